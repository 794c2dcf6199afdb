"""Labels for the parts of a Query, two or three words each: ``in Kent (council area)``, ``Good for Safe``,
``counted``, ``top 5``.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa.answering.context import Context
from qa.answering.english import listed, number, ordinal, period
from qa.answering.groups_asked import times_phrase
from qa.answering.past_phrases import event_phrase
from qa.answering.rating_phrases import for_what
from qa.answering.wording import condition_phrase
from qa.answering.wording_parts import place_label
from qa.question.query import (
    ALL,
    ANY,
    EVERYTHING,
    MOST,
    NONE,
    WHOLE,
    Condition,
    Count,
    Dates,
    Events,
    Having,
    Is,
    Moved,
    Named,
    Near,
    Or,
    Published,
    Quantifier,
    Query,
    Rated,
    RatedFor,
    Ratings,
    Share,
    Times,
    Total,
    Values,
)

_MOVES: Mapping[tuple[int, ...], str] = {(1,): "improved", (-1,): "got worse", (0,): "stayed the same"}
_RELATIONS = {
    "compare": "compared with",
    "difference": "difference from",
    "ratio": "ratio to",
    "better": "better than",
    "worse": "worse than",
    "same": "the same as",
}
_TOTALS = {"sum": "total", "mean": "mean", "least": "smallest", "most": "largest"}
_ENDS = {  # what comes first, and what comes first in the other direction
    "figure": ("most", "fewest"),
    "date": ("newest", "oldest"),
    "rating": ("best rated", "worst rated"),
    "distance": ("furthest", "nearest"),
    "steps": ("most improved", "most fallen"),
}
_KINDS = ("care_home", "kind", "type")
_SHOWN = 3  # names shown


def is_kind(condition: Condition, context: Context) -> bool:
    """True if a condition gives a kind of place, and so the noun for the subjects."""
    if isinstance(condition, Or):
        return bool(condition.parts) and all(is_kind(part, context) for part in condition.parts)
    return (
        isinstance(condition, Is)
        and condition.field in _KINDS
        and context.label(condition.field, condition.values) is not None
    )


def condition_words(condition: Condition, context: Context) -> str:
    """Label one condition: a kind by its name, a rating without "rated"."""
    match condition:
        case Is(field, values) if field in _KINDS and (label := context.label(field, values)):
            return label
        case Named():
            return _names(condition)
        case Published(since, until, aspect, service):
            return f"published {period(since, until)}{for_what(aspect, service)}"
        case Moved(signs, aspect, service, None, None):
            return f"{_MOVES.get(tuple(sorted(set(signs))), 'changed')}{for_what(aspect, service)}"
        case Near(of, None):
            return f"measured from {place_label(of, context)}"
        case Rated() | RatedFor():
            return condition_phrase(condition, context).removeprefix("rated ")
        case Or(parts) if parts and all(isinstance(part, Is) for part in parts):
            return " or ".join(condition_words(part, context) for part in parts)
    return condition_phrase(condition, context)


def _names(named: Named) -> str:
    labels = list(dict.fromkeys(named.labels)) or ["the one named"]
    if len(labels) == 1 < len(named.subjects):
        return f"{labels[0]} ({len(named.subjects)} of that name)"
    return listed(labels, _SHOWN)


def measure_words(query: Query, named: bool, context: Context) -> str:
    """Label what is asked about a scope; ``named`` is true if the scope names subjects."""
    measure = query.measure
    match measure:
        case Ratings():
            return _ratings_words(measure, named)
        case Values(fields):
            return listed([context.field(field).label for field in fields], len(fields))
        case Dates(aspect, service):
            return f"date of the rating{for_what(aspect, service)}"
        case Events(event, which):
            each = "each time" if which == "every" else f"the {which} time"
            return f"{each} {event_phrase(event, context)}"
        case Times(event):
            return f"how often {event_phrase(event, context)}"
        case Count(of):
            return f"different {context.field(of).plural} counted" if of else "counted"
        case Share():
            return "as a share"
        case Total(function, field):
            return f"{_TOTALS[function]} {context.field(field).label}"


def _ratings_words(measure: Ratings, named: bool) -> str:
    before = "rating before" if measure.before else "rating"
    if not measure.aspects:
        return "every key question" if not measure.before else f"{before} for every key question"
    if measure.aspects == (WHOLE,):
        if measure.before or measure.service != WHOLE:
            return f"{before}{for_what(WHOLE, measure.service)}"
        return "overall rating" if named else "listed"
    told = listed(measure.aspects, len(measure.aspects))
    return f"{before} for {told}{f' in “{measure.service}”' if measure.service != WHOLE else ''}"


def quantifier_words(quantifier: Quantifier) -> str:
    """``all of them``, ``most of them``, ``at least 3 of them``, ``fewer than 25% of them``."""
    known = {ALL: "all", MOST: "most", ANY: "any", NONE: "none"}.get(quantifier)
    return f"{known or _bounds(quantifier)} of them"


def _bounds(quantifier: Quantifier) -> str:
    told = []
    for name, words in (
        ("over", "more than"),
        ("least", "at least"),
        ("under", "fewer than"),
        ("most", "at most"),
    ):
        part = getattr(quantifier, name)
        if part is not None:
            percent = f"{round(float(100 * part), 1):g}%"
            told.append(f"{words} {'half' if 2 * part == 1 else 'all' if part == 1 else percent}")
    low, high = quantifier.low, quantifier.high
    if high is None:
        told += [f"at least {low}"] if low else []
    else:
        told.append(f"exactly {low}" if low == high else f"{low} to {high}" if low else f"at most {high}")
    return listed(told, len(told))


def having_words(having: Having, context: Context) -> str:
    """``where at least 8 of them``, ``where none of them Inadequate``, ``where more of them Inadequate than
    Outstanding``."""
    if having.than is not None:
        (before, between), sides = times_phrase(having.quantifier), having.conditions
        one, other = (condition_phrase(side, context) for side in sides)
        return f"where {before} of them {one} {between} {other}"
    told = "" if having.condition == EVERYTHING else f" {condition_phrase(having.condition, context)}"
    return (
        f"where {quantifier_words(having.quantifier)}{told}"
        if told
        else f"where {_bounds(having.quantifier)}"
    )


def order_words(query: Query, context: Context) -> str:
    """``top 5``, ``the 3 oldest``, ``second most``, ``newest first``; empty if nothing is sorted."""
    order, ranks = query.order, query.ranks
    if order is None and ranks is None:
        return ""
    key, down = (order.key, order.descending) if order else ("figure", True)
    if ranks is None:
        return _sorted_by(key, down, context)
    first, last = ranks
    if key != "figure":
        return _ranked(_end(key, down) or f"by {_label(key, context)}", first, last)
    if first == last:
        return _ranked("most" if down else "fewest", first, last)
    return f"{'top' if down else 'bottom'} {_span(first, last)}"


def _sorted_by(key: str, down: bool, context: Context) -> str:
    """``newest first``, ``sorted by number of beds, reversed``."""
    if end := _end(key, down):
        return f"{end} first"
    return f"sorted by {_label(key, context)}{', reversed' if down else ''}"


def _end(key: str, down: bool) -> str:
    """Return the word for the end of an order that comes first; empty if there is none."""
    ends = _ENDS.get(key)
    return ends[0 if down else 1] if ends else ""


def _label(key: str, context: Context) -> str:
    return "name" if key == "name" else context.field(key).label


def _ranked(end: str, first: int, last: int) -> str:
    if first == last:
        return f"the {end}" if first == 1 else f"{ordinal(first)} {end}"
    return f"the {number(last)} {end}" if first == 1 else f"places {_span(first, last)}, {end} first"


def _span(first: int, last: int) -> str:
    return number(last) if first == 1 else f"{number(first)} to {number(last)}"


def relation_words(relation: str | None) -> str:
    """``compared with``, ``difference from``."""
    return _RELATIONS[relation or "compare"]
