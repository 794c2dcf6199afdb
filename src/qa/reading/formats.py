"""The formats that can be read, by the endings of files' names: a row of ``FORMATS`` registers one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal, NamedTuple


class Format(NamedTuple):
    """The module that reads files of one ending, and what they hold: a table alone, a report (which may have
    tables among its text), or either.
    """

    module: str
    holds: Literal["table", "report", "either"]


_DELIMITED = Format("qa.reading.delimited", "table")
_SPREADSHEET = Format("qa.reading.spreadsheet", "table")
_MARKDOWN = Format("qa.reading.markdown", "report")
_PLAIN = Format("qa.reading.plain", "report")
_HTML = Format("qa.reading.html", "report")
_JSON = Format("qa.reading.json_file", "either")

FORMATS: Mapping[str, Format] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".html": _HTML,
    ".htm": _HTML,
    ".csv": _DELIMITED,
    ".csv.gz": _DELIMITED,
    ".tsv": _DELIMITED,
    ".tsv.gz": _DELIMITED,
    ".xlsx": _SPREADSHEET,
    ".ods": _SPREADSHEET,
    ".pdf": Format("qa.reading.pdf", "report"),
    ".docx": Format("qa.reading.office.docx", "report"),
    ".odt": Format("qa.reading.office.odt", "report"),
    ".rtf": Format("qa.reading.rtf", "report"),
    ".eml": Format("qa.reading.eml", "report"),
    ".json": _JSON,
    ".ndjson": _JSON,
}
_DOTS = max(ending.count(".") for ending in FORMATS)
# File types that can't be read, and what to do instead. For other types the message lists the readable ones.
_SAVE_AS: Mapping[str, str] = {
    ".doc": "Open it in an office program and save it as .docx or .pdf.",
    ".pages": "Export it as .docx or .pdf.",
    ".ppt": "Open it in an office program and save it as .pdf.",
    ".pptx": "Open it in an office program and save it as .pdf.",
    ".odp": "Open it in an office program and save it as .pdf.",
    ".xls": "Open it in a spreadsheet program and save it as .xlsx.",
    ".numbers": "Export it as .xlsx or .csv.",
    ".msg": "Save the message as .eml, .txt or .pdf.",
    ".zip": "Unpack it into the folder.",
    ".7z": "Unpack it into the folder.",
    ".rar": "Unpack it into the folder.",
    ".tar.gz": "Unpack it into the folder.",
}


def format_of(name: str) -> Format | None:
    """Return the format of a file of this name: of its longest registered ending, ".csv.gz" before ".gz";
    ``None`` if it can't be read.
    """
    return FORMATS.get(_ending(name))


def is_table(name: str) -> bool:
    """Return whether files of this name have nothing but tables."""
    known = format_of(name)
    return known is not None and known.holds == "table"


def may_be_table(name: str) -> bool:
    """Return whether a file of this name may be a table, or rows of one."""
    known = format_of(name)
    return known is not None and known.holds != "report"


def how_to_save(name: str) -> str:
    """Say what to do about a file whose type can't be read."""
    known = next((way for ending, way in _SAVE_AS.items() if name.lower().endswith(ending)), None)
    return known or f"Save it as one of {endings()}, or take it out of the folder."


def endings() -> str:
    """Return the endings of the files that can be read, as a list for a message."""
    return ", ".join(sorted(FORMATS))


def title_of(name: str) -> str:
    """Return the file's name in words, for a file that gives no title: "ratings/england-2021.csv.gz" is
    "England 2021".
    """
    path = PurePosixPath(name)
    while ending := _ending(path.name):
        path = path.with_name(path.name[: -len(ending)])
    words = " ".join(path.name.replace("-", " ").replace("_", " ").split()) or name
    return words[0].upper() + words[1:]


def _ending(name: str) -> str:
    _, *parts = name.lower().rsplit(".", _DOTS)
    found = (f".{'.'.join(parts[place:])}" for place in range(len(parts)))
    return next((ending for ending in found if ending in FORMATS), "")
