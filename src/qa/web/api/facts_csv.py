"""Rating facts as CSV that a spreadsheet program shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from qa.records import ATTRIBUTES, RatingFact

COLUMNS = (
    "id",
    "subject",
    "aspect",
    "service",
    "rating",
    "previous_rating",
    "published",
    "note",
    "document",
    "title",
    "row",
    "url",
)
# A spreadsheet program takes a cell that begins with one of these for a formula; the last four are full-width
# forms.
RISKY = (*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def facts_csv(facts: Iterable[RatingFact]) -> str:
    """Return the facts as CSV (RFC 4180) under a row of headings; unknown values are empty."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *ATTRIBUTES))
    writer.writerows([safe(cell) for cell in _cells(fact)] for fact in facts)
    return written.getvalue()


def safe(cell: str) -> str:
    """Return a cell that can't run as a formula: an apostrophe is put before one that could. The advice is
    OWASP's ("CSV Injection").
    """
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _cells(fact: RatingFact) -> Iterable[str]:
    for name in COLUMNS[:8]:
        yield _text(getattr(fact, name))
    for name in COLUMNS[8:]:
        yield _text(getattr(fact.source, name))
    for name in ATTRIBUTES:
        yield _text(fact.attributes.get(name))


def _text(value: object) -> str:
    return "" if value is None else str(value)
