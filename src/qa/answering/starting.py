"""Makes questions to begin with from the corpus: one of each kind that it can answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.answering.stock import Example, Stock
from qa.question.query import EVERYTHING, Condition, Count, Moved, Named, Order, Query, Rated, conjunction

TEXTUAL = "In the reports"  # examples that the passages, not the tables, must answer
SPLIT = "How they are rated"
_TELLING = 4  # words of a heading that describe its section best
_TRIED = 50  # headings to try; a corpus may have thousands
_PLACES = ("local_authority", "region", "town")


def starters(stock: Stock, kind: Condition = EVERYTHING, first: Named | None = None) -> Iterator[Example]:
    """Yield questions that the tables answer, each of another kind.

    ``kind`` is the commonest kind of subject, ``first`` a subject whose rating may be asked for.
    """
    for label, query in _possible(stock, kind, first):
        if (question := stock.say(query)) and stock.holds(query):
            yield Example(label, question, query)


def _possible(stock: Stock, kind: Condition, first: Named | None) -> Iterator[tuple[str, Query]]:
    if stock.ratings:
        worst, best = (conjunction(kind, Rated((stock.ratings[place],))) for place in (-1, 0))
        yield "A figure", Query(worst, Count())
        yield "A list", Query(best)
        yield SPLIT, Query(kind, Count(), by=("rating",))
        for place in _PLACES:
            if len(stock.common.get(place, ())) > 1:
                yield "A ranking", Query(worst, Count(), (place,), order=Order(), ranks=(1, 1))
                break
    if stock.historic:
        yield "What changed", Query(conjunction(kind, Moved((1,))))
    if first:
        yield "One of them", Query(first)


def _begun_small(heading: str) -> str:
    """Return a heading for use in a sentence: in lower case at the beginning if its second letter is lower
    case, or its first word is "A".
    """
    small = heading[1:2].islower() or heading.startswith("A ")
    return heading[:1].lower() + heading[1:] if small else heading


def textual(sections: Iterable[str]) -> list[Example]:
    """Return questions about sections of the reports, made from their headings: the most descriptive first,
    and only as many as can be tried."""
    headings = sorted(sections, key=lambda heading: abs(len(heading.split()) - _TELLING))[:_TRIED]
    return [
        Example(TEXTUAL, f"What does the report say about {_begun_small(heading)}?", section=heading)
        for heading in headings
    ]
