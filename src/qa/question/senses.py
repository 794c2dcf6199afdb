"""One sense for each span: by the words around it where they decide, else by the order of kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.language.words import is_function
from qa.question.chunks import Chunk
from qa.question.parts import Span

_FIRST = (
    "period area subject number ordinal part place wider provider rating range unrated aspects aspect "
    "service kind field is value spread compare not except and or quantifier measure by order_way order "
    "super versus change time called postcode run_by quality rated prose follow unheld strange times end "
    "served named offered"
).split()
_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}
_COMPARES_NUMBERS = {"below": "fewer", "above": "more"}
GLUE = frozenset(
    "a an the of for in on at by from with that which who are is were was be been being its their has "
    "have had to as it".split()
)
_PLACES = ("local_authority", "region", "town")
_INSIDE = frozenset(("in", "near", "around", "within", "across", "outside"))


def chosen(spans: Sequence[Span], place: int, yes_no: bool) -> Chunk:
    """Return a span as a chunk of one kind; ``yes_no`` says that the question is answered by yes or no."""
    span = spans[place]
    if not span.senses:
        return Chunk("function" if is_function(span.text) else "word", span.text, (span,))
    kinds = sorted(span.kinds, key=_RANK.__getitem__)
    for of, choose in _BY_CONTEXT:
        if of <= span.kinds:
            kinds = [choose(spans, place, yes_no) or kinds[0], *kinds]
            break
    return Chunk(
        kinds[0], _value(span, kinds[0], spans, place) if kinds[0] in (*span.kinds, "versus") else "", (span,)
    )


def apart(chunk: Chunk, behind: Span | None) -> list[Chunk]:
    """ "Any good" says how somebody is, but "any good homes" asks for some that are rated Good."""
    if (
        chunk.says("range", "fine")
        and chunk.text.startswith("any ")
        and behind is not None
        and "kind" in behind.kinds
    ):
        return [Chunk("quantifier", "any", chunk.spans), Chunk("rating", "Good", chunk.spans)]
    return [chunk]


def _value(span: Span, kind: str, spans: Sequence[Span], place: int) -> object:
    """The value meant, where a sense has several: "best" with a number behind it cuts a list, "under 5"
    compares numbers."""
    values = span.of(kind)
    following = next_span(spans, place)
    if (
        kind == "place" and len(values) > 1
    ):  # a council before a region before a town before a table's own columns
        return min(
            values, key=lambda meant: _PLACES.index(meant.field) if meant.field in _PLACES else len(_PLACES)
        )
    if kind == "versus" and not values:
        return {"above": "better", "below": "worse"}[span.first("compare")]
    if kind == "super" and len(values) > 1:
        cuts = following is not None and "number" in following.kinds
        return next((value for value in values if (value in ("top", "bottom")) == cuts), values[0])
    if kind == "compare":
        numeric = following is not None and bool(
            following.kinds & {"number", "part"} or following.says("quantifier", "half")
        )
        wanted = [value for value in values if (value in ("below", "above")) != numeric]
        return (
            _COMPARES_NUMBERS.get(values[0], values[0]) if numeric and not wanted else (wanted or values)[0]
        )
    return values[0]


def next_span(spans: Sequence[Span], place: int) -> Span | None:
    """The next span that is more than a small word."""
    return next((span for span in spans[place + 1 : place + 4] if span.text not in GLUE), None)


def _previous(spans: Sequence[Span], place: int) -> Span | None:
    return spans[place - 1] if place else None


def _most(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Do most homes …" speaks of a part; "the most", and all else, of a place in an order."""
    before, behind = _previous(spans, place), next_span(spans, place)
    if yes_no and not (before and before.text == "the") and not spans[place].text.startswith("the most"):
        return "quantifier"
    return (
        "quantifier"
        if spans[place].text.endswith(" of") and behind is not None and "kind" in behind.kinds
        else "super"
    )


def _kind_or_field(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Which provider", "per service": a field to group by, else what is counted."""
    span = spans[place]
    if "field" not in span.kinds or not span.says("kind") or any(kind.field for kind in span.of("kind")):
        return "kind"
    of_one = place > 0 and spans[place - 1].text in ("a", "an")  # "the mean of a provider"
    meant = of_one and any(other.says("measure", "mean") for other in spans)
    before = [other for other in spans[max(0, place - 3) : place] if other.senses or other.text not in GLUE]
    return "field" if meant or _heads_groups(before) else "kind"


def _heads_groups(before: Sequence[Span]) -> bool:
    """True if what stands behind these spans is what is grouped by, rather than what is counted."""
    if not before:
        return True
    last = before[-1]
    if last.kinds & {"by", "super", "number", "follow"}:
        return True
    if len(before) > 1 and "kind" in last.kinds and "super" in before[-2].kinds:
        return True  # "the biggest care home providers"
    asked = last.says("measure", "which", "list", "count", "mean")
    return asked or last.says("quantifier", "each") or last.says("compare")


def _service_or_kind(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    return "service" if spans[place].says("served") else "kind"


def _place_or_subject(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """A name of a place and of somebody is the place, but where nobody else and nothing else is asked
    about."""
    before = _previous(spans, place)
    if before is not None and before.text in _INSIDE:
        return "wider" if "wider" in spans[place].kinds else "place"
    others = [span for other, span in enumerate(spans) if other != place]
    alone = not any(
        span.kinds & {"kind", "subject", "field", "super"} or span.says("measure", "count", "share")
        for span in others
    )
    asked = any(span.kinds & {"rated", "quality", "aspect", "rating"} for span in others)
    return "subject" if alone and asked else "wider" if "wider" in spans[place].kinds else "place"


def _better(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    behind = next_span(spans, place)
    return "compare" if behind is not None and behind.kinds & {"rating", "number", "part"} else "versus"


def _or_more(spans: Sequence[Span], place: int) -> bool:
    """ "More care homes or more GP practices": no bound, but the other side."""
    behind = next_span(spans, place)
    before = _previous(spans, place)
    counted = before is not None and bool(before.kinds & {"number", "part", "rating"})
    more = spans[place].text in ("or more", "or fewer", "or less") and not counted
    return more and behind is not None and bool(behind.kinds & {"kind", "rating"})


def _above(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Rated higher than good" compares with a rating, "rated higher than Oxleas" with somebody."""
    if _or_more(spans, place):
        return "or"
    if spans[place].text == "plus":
        before = _previous(spans, place)
        return "compare" if before is not None and before.kinds & {"rating", "number"} else "and"
    behind = next_span(spans, place)
    plain = behind is None or not behind.kinds & {"rating", "range", "number", "part", "quantifier", "versus"}
    named = behind is not None and bool(behind.kinds & {"subject", "strange", "provider", "place"})
    return "versus" if plain and named and spans[place].says("compare", "above", "below") else "compare"


def _unrated(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Not rated good" is a negation; "not rated" alone says that there is no rating."""
    behind = next_span(spans, place)
    rated = behind is not None and bool(behind.kinds & {"rating", "range", "compare"})
    return (
        "not"
        if rated and spans[place].text.startswith(("not", "never", "havent", "hasnt", "have not", "has not"))
        else "unrated"
    )


_Chooser = Callable[[Sequence[Span], int, bool], "str | None"]
_BY_CONTEXT: tuple[tuple[frozenset[str], _Chooser], ...] = (
    (frozenset(("quantifier", "super")), _most),
    (frozenset(("wider", "subject")), _place_or_subject),
    (frozenset(("place", "subject")), _place_or_subject),
    (frozenset(("kind", "field")), _kind_or_field),
    (frozenset(("kind", "service")), _service_or_kind),
    (frozenset(("compare", "versus")), _better),
    (frozenset(("compare",)), _above),
    (frozenset(("unrated",)), _unrated),
)
