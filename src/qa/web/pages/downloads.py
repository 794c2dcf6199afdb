"""The data behind an answer as a table to download: the whole list, the figures of its groups, or its
facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request

from qa.answering.distances import in_unit
from qa.facts.run import run
from qa.facts.whole_list import whole_list
from qa.question.query import Query, Share, nears
from qa.question.reading import Reading
from qa.records import ATTRIBUTES, Answer, RatingFact
from qa.service import Service
from qa.web.pages.chips import only_query
from qa.web.pages.list_address import ListAddress, read_list_address
from qa.web.pages.sheets import Cell, Sheet, as_csv, as_xlsx
from qa.web.serving.current import service

FIRST = ("subject", "service", "aspect", "previous_rating", "rating", "published", "note")
LAST = ("source", "url", "row")
MOST_GROUPS = 100_000
CSV = "text/csv; charset=utf-8; header=absent"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

routes = Blueprint("downloads", __name__)


@routes.get("/answer.csv")
def answer_csv() -> Response:
    """Send the table behind the answer to ``?q=…`` as CSV. Raises RequestError (422) if that
    can't be asked.
    """
    return _sent(as_csv(_asked()), "ratings.csv", CSV)


@routes.get("/answer.xlsx")
def answer_xlsx() -> Response:
    """Send the same as a workbook."""
    return _sent(as_xlsx(_asked()), "ratings.xlsx", XLSX)


def _sent(body: bytes, name: str, content_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(body, headers=headers, content_type=content_type)


def _asked() -> Sheet:
    return sheet(service(), read_list_address(request.args))


def sheet(held: Service, address: ListAddress) -> Sheet:
    """Return the table behind an answer: all rows of a list, all groups of a grouping, otherwise its
    facts.
    """
    (asked,) = held.converse(address.questions, top=1, since=len(address.questions) - 1)
    reading, query = asked.reading, only_query(asked)
    listed = whole_list(query, held.facts, held.scale, address.everything) if query else None
    if listed is not None and query is not None:
        unit = next((near.unit for near in nears(query)), "")
        off = [None if miles is None else in_unit(miles, unit) for miles in listed.distances]
        return _of_facts(listed.facts, _head(held, reading, address, listed.facts), off, unit)
    if query is not None and query.by:
        return _of_groups(held, query, _head(held, reading, address, ()))
    facts = asked.answer.facts
    return _of_facts(facts, _head(held, reading, address, facts), *_distances(asked.answer))


def _distances(answer: Answer) -> tuple[list[float | None], str]:
    """Return the distance of each fact, and their unit; nothing if the question asks for none."""
    values = {one.fact: one.value for one in answer.distances}
    unit = answer.distances[0].unit if answer.distances else ""
    return [values.get(fact.id) for fact in answer.facts] if values else [], unit


def _head(
    held: Service, reading: Reading, address: ListAddress, facts: Sequence[RatingFact]
) -> tuple[tuple[str, str], ...]:
    """Return the lines above the table: the question, how it was read, the filters, and where
    the rows come from.
    """
    sources = list(dict.fromkeys(fact.source.title for fact in facts)) or list(held.facts.tables())
    left_out = (("Left out", "; ".join(reading.left_out)),) if reading.left_out else ()
    filters = (
        (("Only where", "; ".join(f"{name} is {value}" for name, value in address.filters)),)
        if address.filters
        else ()
    )
    until = (("Ratings up to", held.facts.dates[1].isoformat()),) if held.facts.dates[1] else ()
    return (
        ("Question", address.questions[-1]),
        ("Read as", reading.standalone),
        *left_out,
        *filters,
        ("Source", "; ".join(sources)),
        *until,
        ("Index", held.index.fingerprint),
    )


def _of_facts(
    facts: Sequence[RatingFact], head: tuple[tuple[str, str], ...], off: Sequence[float | None], unit: str
) -> Sheet:
    """Return one row per fact, with the distance ``off`` if the question asks for distances; attributes that
    no fact has are left out.
    """
    attributes = [name for name in ATTRIBUTES if any(fact.attributes.get(name) for fact in facts)]
    measured = (f"distance_{unit}",) if off else ()
    rows = (
        (
            *_cells(fact, attributes),
            *((off[place],) if off else ()),
            *(fact.source.title, fact.source.url, fact.source.row),
        )
        for place, fact in enumerate(facts)
    )
    return Sheet(head, (*FIRST, *attributes, *measured, *LAST), tuple(rows))


def _cells(fact: RatingFact, attributes: Sequence[str]) -> Iterator[Cell]:
    for name in FIRST:
        yield getattr(fact, name)
    for name in attributes:
        yield fact.attributes.get(name)


def _of_groups(held: Service, query: Query, head: tuple[tuple[str, str], ...]) -> Sheet:
    """Return one row per group: its labels, its figure; for a share, the numbers behind it."""
    groups = run(query, held.facts, held.scale, limit=MOST_GROUPS).groups
    names = tuple(held.context.field(name).label for name in query.by)
    if isinstance(query.measure, Share):
        rows = tuple((*group.labels, group.figure, group.matching, group.whole) for group in groups)
        return Sheet(head, (*names, "percent", "matching", "of"), rows)
    return Sheet(head, (*names, "figure"), tuple((*group.labels, _number(group.figure)) for group in groups))


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
