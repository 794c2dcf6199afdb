"""A folder with one table, served: what questions are asked of from end to end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

HEADS = (
    *(
        "Location ID",
        "Location Name",
        "Care Home?",
        "Location City",
        "Location Local Authority",
        "Service / Population Group",
    ),
    *("Domain", "Latest Rating", "Publication Date", "Provider Name"),
)


def row(number: int, name: str, rating: str, date: str, **told: str) -> list[str]:
    """One row under :data:`HEADS`; a care home in Leeds rated overall, unless told otherwise."""
    town = told.get("town", "Leeds")
    told_of = (told.get("service", "Overall"), told.get("aspect", "Overall"))
    return [
        str(number),
        name,
        told.get("care_home", "Y"),
        town,
        told.get("council", town),
        *told_of,
        rating,
        date,
        told.get("provider", ""),
    ]


def serve(folder: Path, rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS) -> Service:
    """A service of one table."""
    lines = [",".join(cells) for cells in (heads, *rows)]
    (folder / "table.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


def figures(answer: Answer, unit: str) -> list[tuple[str, float | str]]:
    """The figures of one unit: what they are of, and their values."""
    return [(one.label, one.value) for one in answer.figures if one.unit == unit]


def verdict(answer: Answer) -> bool | None:
    """Whether the answer begins with yes or no."""
    return {"Yes": True, "No": False}.get(answer.answer.text.replace(":", ".").partition(".")[0])
