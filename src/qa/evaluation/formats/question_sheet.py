"""CSV and TSV for people who work in spreadsheets: one row per question, the columns named like the fields of
the JSON format.

In a cell with several values, each is on its own line or after a ";". ``values`` and ``relevant`` take ``name
= value``, ``facts`` takes ``trust | before | after`` and ``spans`` takes ``start-end``.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.cases import Case, QuestionSet
from qa.evaluation.formats.checks import Raw, check_all, read_text

_KNOWN = tuple(field.alias or name for name, field in Case.model_fields.items())
_TRUTH = {
    "yes": True,
    "true": True,
    "y": True,
    "1": True,
    "no": False,
    "false": False,
    "n": False,
    "0": False,
}


def recognises(path: Path) -> bool:
    """True if this is a file of comma- or tab-separated values."""
    return (
        path.is_file()
        and path.suffix.lower() in {".csv", ".tsv"}
        and "qrels" not in path.name
        and "topics" not in path.name
    )


def read(path: Path) -> QuestionSet:
    """Read a question set; rows without any value are left out."""
    text = read_text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text))
    columns = {name: name.strip().casefold() for name in reader.fieldnames or () if name}
    if "question" not in columns.values():
        raise UsageError(
            f"{path}, line 1: there is no column 'question'. Name the columns like the fields of "
            "docs/evaluation.md."
        )
    unknown = [name for name, column in columns.items() if column not in _KNOWN]
    if unknown:
        raise UsageError(
            f"{path}, line 1: {', '.join(map(repr, unknown))} is not a field. Take the column out, or name "
            f"it as one of these: {', '.join(_KNOWN)}."
        )
    return QuestionSet(path.stem, check_all(path, _rows(reader, columns)))


def _delimiter(path: Path, text: str) -> str:
    head = text.partition("\n")[0]
    return "\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=head.count)


def _rows(reader: csv.DictReader[str], columns: dict[str, str]) -> Iterator[tuple[str, Raw]]:
    begins = reader.line_num + 1  # a quoted cell may span several lines: a row is named by its first
    for row in reader:
        filled = {
            columns[name]: cell.strip()
            for name, cell in row.items()
            if name in columns and cell and cell.strip()
        }
        try:
            if None in row:
                raise ValueError(
                    f"The row has more cells than the {len(columns)} columns. Put a cell with a comma "
                    "in double quotes."
                )
            question = {name: _CELLS.get(name, str)(cell) for name, cell in filled.items()}
        except ValueError as error:
            yield f"line {begins}", error
        else:
            if question:
                yield f"line {begins}", json.dumps(question)
        begins = reader.line_num + 1


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n;]", cell) if part.strip()]


def _truth(cell: str) -> bool:
    if cell.casefold() not in _TRUTH:
        raise ValueError(f"{cell!r} is neither yes nor no.")
    return _TRUTH[cell.casefold()]


def _number(cell: str) -> int | float:
    try:
        return int(cell) if re.fullmatch(r"-?\d+", cell) else float(cell.removesuffix("%").replace(",", ""))
    except ValueError:
        raise ValueError(f"{cell!r} is not a number.") from None


def _number_or_text(cell: str) -> int | float | str:
    try:
        return _number(cell)
    except ValueError:
        return cell


def _named(read_value: Callable[[str], Any]) -> Callable[[str], dict[str, Any]]:
    def read_cell(cell: str) -> dict[str, Any]:
        pairs = [part.rpartition("=") for part in _listed(cell)]
        if not all(mark for _, mark, _ in pairs):
            raise ValueError(f"{cell!r} is not of the form: name = value.")
        return {name.strip(): read_value(value.strip()) for name, _, value in pairs}

    return read_cell


def _facts(cell: str) -> list[dict[str, str | None]]:
    rows = [[part.strip() or None for part in line.split("|")] for line in _listed(cell)]
    if any(len(row) != 3 for row in rows):
        raise ValueError(f"{cell!r} is not of the form: trust | before | after.")
    return [{"trust": trust, "from": before, "to": after} for trust, before, after in rows]


def _spans(cell: str) -> list[list[int]]:
    found = [re.fullmatch(r"(\d+)\s*-\s*(\d+)", part) for part in _listed(cell)]
    if not all(found):
        raise ValueError(f"{cell!r} is not of the form: start-end.")
    return [[int(one[1]), int(one[2])] for one in found if one]


_CELLS: dict[str, Callable[[str], Any]] = {
    "answerable": _truth,
    "whole": _truth,
    "count": _number,
    "value": _number,
    "total": _number,
    "at_least": _number,
    "facts": _facts,
    "spans": _spans,
    "values": _named(_number_or_text),
    "relevant": _named(_number),
    **dict.fromkeys(("history", "names", "winner", "direct", "points", "evidence", "answers"), _listed),
}
