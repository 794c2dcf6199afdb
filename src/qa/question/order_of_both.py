"""How two things that were asked about are compared: by an end of their order, or by a newly named rating."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.parse import Parsed
from qa.question.query import Order, Query
from qa.question.references import is_pointer
from qa.question.worth import BETTER, puts_more_first
from qa.scale import Scale

_WAYS = {
    "versus": ("better", "worse"),
    "compare": ("more", "fewer"),
    "super": ("best", "worst", "most", "least"),
    "quantifier": ("most",),
}


def order_of_both(parsed: Parsed, query: Query, scale: Scale) -> Order | None:
    """Return the order of the sides that the question asks for, ``None`` if it asks for none. The better of
    two has the smaller share of poor ratings."""
    said = [str(one.value) for one in parsed.chunks if one.kind in _WAYS and one.value in _WAYS[one.kind]]
    if not said:
        return None
    key = "rating" if isinstance(query.measure, q.Ratings) else "figure"
    return Order(key, puts_more_first(scale, query.measure, query.scope, said[0]))


def share_of_better(parsed: Parsed, scale: Scale) -> q.Share | None:
    """Return the share by which sides are better or worse that were only counted before; ``None`` if how good
    they are is not asked."""
    return q.Share(q.Rated(scale.fine)) if _asks_how_good(parsed) else None


def _asks_how_good(parsed: Parsed) -> bool:
    """True for "are they better?", which asks for no number; "higher" may be one."""
    said = {word for chunk in parsed.chunks if chunk.kind == "versus" for word in chunk.text.split()}
    return not BETTER.isdisjoint(said) and not parsed.any("measure", "share", "count")


def counted_anew(parsed: Parsed) -> list[Chunk]:
    """Return the words for the rating in "which of the two has more inadequate ones?", with "ones"; nothing
    for any other question."""
    rated = [chunk for chunk in parsed.chunks if chunk.kind == "cond" and isinstance(chunk.value, q.Rated)]
    ones = [chunk for chunk in parsed.chunks if is_pointer(chunk)]
    more = parsed.any("compare", "more", "fewer") or parsed.any("super", "most", "least")
    return [*rated, *ones] if len(rated) == 1 and more else []
