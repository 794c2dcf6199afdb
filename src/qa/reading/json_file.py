"""JSON: locations of the Care Quality Commission's API, one, a list or one a line; any other list of records
as a table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from qa.reading.cqc_commentary import commentary_of
from qa.reading.cqc_locations import (
    PUBLISHER,
    identifier_of,
    is_listed,
    is_location,
    location_facts,
    page_of,
    text_of,
)
from qa.reading.description import Sidecar, read_sidecar
from qa.reading.formats import title_of
from qa.reading.json_records import records_of, rows_of_records
from qa.reading.problems import Tally, Unreadable
from qa.reading.table import Origin, read_facts
from qa.reading.table_start import LOOKED_AT, find_layout
from qa.records import FactSource, FileContents, RatingFact, Report

MOST_BYTES = 500_000_000  # of a file that is read as a whole; a file of lines may be of any length
LONGEST_LINE = 20_000_000  # bytes
_LINES = (".ndjson",)
_WHOLE = "Download the file again; it may have been cut off."


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a file of JSON; its facts are made while they are consumed. Raises Unreadable."""
    sidecar = read_sidecar(path)
    if name.lower().endswith(_LINES):
        return _read_lines(path, name, sidecar, report)
    value = _parsed(path)
    places = _places(value)
    if places is None or sidecar.rows is not None:
        return _read_records(value, name, sidecar, report)
    documents = [document for place in places for document in commentary_of(place, name, len(places) == 1)]
    return FileContents(
        tuple(documents), _facts(enumerate(places, 1), name, sidecar, report, "record", len(places) == 1)
    )


def _parsed(path: Path) -> Any:
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
            "Split it, or write one record per line (.ndjson).",
        )
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("The file is empty.", "Put its text in, or take it out of the folder.")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"The file is not JSON: {error.msg}.", _WHOLE, error.lineno) from error


def _places(value: Any) -> list[dict[str, Any]] | None:
    """Return the locations in a file; ``None`` if it has something else. Raises Unreadable for
    a mere list of names.
    """
    if isinstance(value, dict) and not is_location(value):
        value = next(
            (value[key] for key in ("locations", "providers") if isinstance(value.get(key), list)), value
        )
    places = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    if places and all(map(is_location, places)):
        return places
    if places and all(map(is_listed, places)):
        raise Unreadable(
            "The file only names places; it has no ratings.",
            "Get the places themselves from the API, by their identifiers.",
        )
    return None


def _facts(
    places: Iterable[tuple[int, Mapping[str, Any]]],
    name: str,
    sidecar: Sidecar,
    report: Report,
    unit: str,
    alone: bool,
) -> Iterator[RatingFact]:
    tally, count = Tally(name, unit), 0
    for row, place in places:
        count += 1
        title = sidecar.title or (f"{PUBLISHER}: {text_of(place.get('name'))}" if alone else title_of(name))
        source = FactSource(name, title, page_of(place), row)
        yield from location_facts(
            place, sidecar.scale, name if alone else f"{name}:{identifier_of(place)}", source, tally
        )
    report.rows[name] = report.rows.get(name, 0) + count
    tally.tell(report)


# One a line -------------------------------------------------------------------------------------------------


def _read_lines(path: Path, name: str, sidecar: Sidecar, report: Report) -> FileContents:
    tally = Tally(name, "line")
    first = next(iter(_lines(path, tally)), None)
    if first is None:
        tally.tell(report)
        if not report.problems:
            report.warn(name, None, "The file is empty.", "Put its text in, or take it out of the folder.")
        return FileContents()
    if not is_location(first[1]):
        records = [value for _, value in _lines(path, tally)]
        tally.tell(report)
        return _read_records(records, name, sidecar, report)
    quiet = Tally(name, "line")
    documents = [
        document
        for _, place in _lines(path, quiet, b'"assessment"')
        for document in commentary_of(place, name, False)
    ]
    return FileContents(tuple(documents), _facts_of_lines(path, name, sidecar, report))


def _facts_of_lines(path: Path, name: str, sidecar: Sidecar, report: Report) -> Iterator[RatingFact]:
    tally = Tally(name, "line")
    places = ((number, value) for number, value in _lines(path, tally) if _is_place(number, value, tally))
    yield from _facts(places, name, sidecar, report, "line", False)
    tally.tell(report)


def _is_place(number: int, value: object, tally: Tally) -> bool:
    if is_location(value):
        return True
    tally.error(
        "{rows}: no location; not read.", "Each line needs a location with its locationId and name.", number
    )
    return False


def _lines(path: Path, tally: Tally, holding: bytes = b"") -> Iterator[tuple[int, Any]]:
    """Yield the values of the non-empty lines; lines that are not JSON are reported."""
    with path.open("rb") as file:
        for number in itertools.count(1):
            line = file.readline(LONGEST_LINE)
            if not line:
                return
            if not line.strip() or holding not in line:
                continue
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                tally.error(f"{{rows}}: not JSON, so not read: {error.msg}.", _WHOLE, number)
                continue
            if not holding or isinstance(value, dict):
                yield number, value


# Other records ----------------------------------------------------------------------------------------------


def _read_records(value: Any, name: str, sidecar: Sidecar, report: Report) -> FileContents:
    rows = rows_of_records(records_of(value, sidecar.rows))
    layout = find_layout(rows[:LOOKED_AT], sidecar)
    origin = Origin(name, sidecar.title or title_of(name), name, sidecar.url, sidecar.published, "record")
    return FileContents(facts=read_facts(rows[layout.body :], layout, sidecar, origin, report))
