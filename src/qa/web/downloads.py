"""The facts of an answer as a table to download: CSV that spreadsheets read as text, never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request

from qa.errors import RequestError
from qa.records import ATTRIBUTES, RatingFact
from qa.web.conversation import from_link
from qa.web.current import service

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FIRST = ("subject", "service", "aspect", "previous_rating", "rating", "published", "note")
LAST = ("source", "url", "row")

downloads = Blueprint("downloads", __name__)


@downloads.get("/answer.csv")
def answer_facts() -> Response:
    """Send the facts that the answer to ``?q=…`` lists, at most 50. Raises RequestError (422) for what can't be asked."""
    asked = from_link(request.args)
    if not asked.questions:
        detail = asked.error or "is missing"
        raise RequestError(f"The field q can't be used: {detail}.", fields={"q": detail})
    *earlier, question = asked.questions
    facts = service().ask(question, earlier, top=1).facts
    headers = {"Content-Disposition": 'attachment; filename="ratings.csv"', "X-Robots-Tag": "noindex"}
    return Response(table(facts), headers=headers, content_type="text/csv; charset=utf-8; header=present")


def table(facts: Sequence[RatingFact]) -> bytes:
    """Write ``facts`` as CSV (RFC 4180) with a byte-order mark, by which spreadsheets know UTF-8. Empty attributes are left out."""
    held = [name for name in ATTRIBUTES if any(fact.attributes.get(name) for fact in facts)]
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow((*FIRST, *held, *LAST))
    rows.writerows([harmless(cell) for cell in _cells(fact, held)] for fact in facts)
    return sheet.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(fact: RatingFact, held: Sequence[str]) -> Iterator[str]:
    for name in FIRST:
        yield str(getattr(fact, name) or "")
    for name in held:
        yield fact.attributes.get(name, "")
    yield from (fact.source.title, fact.source.url or "", str(fact.source.row))
