"""Tables in text files: .csv and .tsv, also gzipped, separated by whatever their heading is separated by."""

from __future__ import annotations

import csv
import gzip
import itertools
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from qa.reading import bounds
from qa.reading.column_headings import Row
from qa.reading.decoding import Encoding, find_encoding
from qa.reading.description import Sidecar, read_sidecar
from qa.reading.formats import title_of
from qa.reading.problems import Unreadable
from qa.reading.table import Origin, read_facts
from qa.reading.table_start import LOOKED_AT, Layout, completed_from_all_rows, find_layout
from qa.records import FileContents, RatingFact, Report

_SEPARATORS = ",;\t|"
_CHUNK = 1 << 20  # bytes


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a table; its facts are read from the file while they are consumed. Raises Unreadable."""
    sidecar = read_sidecar(path)
    encoding = _encoding(path)
    encoding.tell(name, report)
    separator, layout = _find(path, encoding, sidecar)
    layout = completed_from_all_rows(layout, lambda: _rows(path, encoding, separator), sidecar)
    origin = Origin(name, sidecar.title or title_of(name), name, sidecar.url, sidecar.published)
    return FileContents(facts=_facts(path, encoding, separator, layout, sidecar, origin, report))


def _facts(
    path: Path,
    encoding: Encoding,
    separator: str,
    layout: Layout,
    sidecar: Sidecar,
    origin: Origin,
    report: Report,
) -> Iterator[RatingFact]:
    rows = itertools.islice(_rows(path, encoding, separator), layout.body, None)
    yield from read_facts(rows, layout, sidecar, origin, report)


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _encoding(path: Path) -> Encoding:
    """Read through the whole file once, so that damage is reported before the first fact is yielded."""
    try:
        with _open(path) as file:
            return find_encoding(bounds.unpacking(iter(lambda: file.read(_CHUNK), b"")))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(
            "The compressed file is damaged or was cut off.",
            "Download it again, or compress it again with gzip.",
        ) from error


def _rows(path: Path, encoding: Encoding, separator: str) -> Iterator[Row]:
    """Yield the rows, each with the line on which it starts. Raises Unreadable if the quotation
    marks don't match.
    """
    with _open(path) as file, TextIOWrapper(file, encoding.name, newline="") as text:
        reader = csv.reader(bounds.lines(text), delimiter=separator, strict=True)
        line = 1
        try:
            for cells in reader:
                yield Row(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(f"The row that starts here can't be read: {error}.", _QUOTES, line) from error
        except UnicodeDecodeError as error:
            raise Unreadable(
                f"The text stops being {encoding.name.upper()}.", "Save it as UTF-8.", line
            ) from error


_QUOTES = (
    "Look for a quotation mark that is not closed, or not doubled within a cell; a cell may hold "
    "100,000 characters."
)


def _find(path: Path, encoding: Encoding, sidecar: Sidecar) -> tuple[str, Layout]:
    """Return the separator under which a heading is recognised, and the layout.

    Raises the problem of the likeliest one.
    """
    problems: dict[str, Unreadable] = {}
    for separator in _by_likelihood(path, encoding):
        try:
            return separator, find_layout(
                list(itertools.islice(_rows(path, encoding, separator), LOOKED_AT)), sidecar
            )
        except Unreadable as problem:
            problems[separator] = problem
    raise next(iter(problems.values()))


def _by_likelihood(path: Path, encoding: Encoding) -> list[str]:
    with _open(path) as file, TextIOWrapper(file, encoding.name, newline="") as text:
        top = "".join(itertools.islice(bounds.lines(text), 50))
    return sorted(_SEPARATORS, key=lambda separator: -top.count(separator))
