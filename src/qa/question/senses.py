"""One sense for each span: by the words around it where they decide, else by the order of kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa.language.words import flagged
from qa.question.chunks import Chunk
from qa.question.parts import Meant, Span
from qa.question.senses_in_context import BY_CONTEXT
from qa.question.spans_around import next_span

_FIRST = (
    "period length area measured subject number ordinal part place wider provider rating range unrated "
    "aspects aspect service past closing kind field is value spread compare not except and or quantifier "
    "measure by order_way order chance super versus change time called postcode run_by quality rated prose "
    "near follow emphasis unheld strange times end served named offered"
).split()
_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}
_COMPARES_NUMBERS = {"below": "fewer", "above": "more"}
_PLACES = ("local_authority", "region", "town")


def chosen(spans: Sequence[Span], place: int, yes_no: bool) -> Chunk:
    """Return a span as a chunk of one kind; ``yes_no`` is true if the question is answered by yes or no."""
    span = spans[place]
    if not span.senses:
        return Chunk("function" if span.small else "word", span.text, (span,))
    kinds = sorted(span.kinds, key=_RANK.__getitem__)
    for of, choose in BY_CONTEXT:
        if of <= span.kinds:
            kinds = [choose(spans, place, yes_no) or kinds[0], *kinds]
            break
    return Chunk(
        kinds[0], _value(span, kinds[0], spans, place) if kinds[0] in (*span.kinds, "versus") else "", (span,)
    )


def apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Return the chunks for a span, given those around it. "Any good" describes subjects, but "any good
    homes" asks for some that are rated Good; "at all" is emphasis, but "at all homes" is about all of
    them."""
    read = _APART.get(chunk.kind)
    return [chunk] if read is None else read(chunk, spans, place)


def _range_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "any good homes" as any that are rated Good, and "ok" used as an interjection as a small word."""
    if chunk.value != "fine":
        return [chunk]
    behind = next_span(spans, place)
    if chunk.text.startswith("any ") and behind is not None and "kind" in behind.kinds:
        return [Chunk("quantifier", "any", chunk.spans), Chunk("rating", "Good", chunk.spans)]
    return [Chunk("function", chunk.text, chunk.spans)] if _is_spoken(spans, place) else [chunk]


def _rating_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "good at all" as good or better."""
    stressed = chunk.value == "Good" and _is_stressed(spans, place)
    return [Chunk("range", "fine", chunk.spans)] if stressed else [chunk]


def _asking_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "homes whose rating is good" as "homes with it"; "whose rating is good?" asks."""
    told = chunk.text == "whose" and place and not spans[place].gap and spans[place - 1].kinds & _WHOSE
    return [Chunk("function", chunk.text, chunk.spans)] if told else [chunk]


_WHOSE = frozenset(("kind", "field", "follow", "provider", "subject", "where"))


def _narrowing_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "big" in "big chains" as an unknown word."""
    return [Chunk("strange", chunk.text, chunk.spans)] if _narrows(chunk, spans, place) else [chunk]


def _emphasis_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "at all homes" as all of them, and other emphasis as small words."""
    if chunk.text == "at all" and _goes_on_with_noun(spans[place + 1 : place + 3]):
        return [Chunk("quantifier", "all", chunk.spans)]
    return [Chunk("function", chunk.text, chunk.spans)]


def _chance_apart(chunk: Chunk, spans: Sequence[Span], place: int) -> list[Chunk]:
    """Read "more likely to be good" as a larger share of them."""
    way = "compare" if chunk.value in ("more", "fewer") else "super"
    return [Chunk("measure", "share", chunk.spans), Chunk(way, chunk.value, chunk.spans)]


def _narrows(chunk: Chunk, spans: Sequence[Span], place: int) -> bool:
    """True for "big" of "big chains" and "new" of "new homes": it says which are meant, and nothing tells."""
    behind = spans[place + 1 : place + 4]
    if chunk.says("time", "after"):
        return chunk.text == "new" and bool(behind) and "kind" in behind[0].kinds
    if chunk.kind != "function" or chunk.text not in flagged("narrows"):
        return False
    noun = next((one for one in behind if not one.kinds & {"rating", "range", "rated"}), None)
    return noun is not None and not noun.gap and bool(noun.kinds & {"kind", "field"})


def _is_spoken(spans: Sequence[Span], place: int) -> bool:
    """True for "ok" that opens or ends a question, asks for permission or is an opinion: "ok, which …", "…
    ok?", "ok to", "it seems ok"."""
    if place and spans[place - 1].text in _SEEMING:
        return True
    behind = spans[place + 1] if place + 1 < len(spans) else None
    if spans[place].text not in _SPOKEN:
        return False
    if place == 0:
        return behind is not None and (bool(behind.gap) or "kind" not in behind.kinds)
    if behind is None:
        return "," in spans[place].gap
    return behind.text in _LEAVE or (behind.text == "with" and place > 0 and spans[place - 1].text == "it")


_SPOKEN = frozenset(("all right", "alright", "fine", "ok", "okay"))
_LEAVE = frozenset("if that to".split())
_SEEMING = frozenset("looked looks seemed seems sounded sounds".split())


def _is_stressed(spans: Sequence[Span], place: int) -> bool:
    """True for words right before "at all" as emphasis."""
    behind = spans[place + 1 : place + 4]
    return bool(behind) and "emphasis" in behind[0].kinds and not _goes_on_with_noun(behind[1:])


def _goes_on_with_noun(behind: Sequence[Span]) -> bool:
    """True for "the homes", "hospitals", "good homes", "five": what may follow "all"."""
    if not behind or behind[0].gap:
        return False
    first = behind[0]
    if first.text in _ARTICLES or first.kinds & {"kind", "field", "number"}:
        return True
    return bool(first.kinds & {"rating", "range", "place"}) and "kind" in behind[-1].kinds


_ARTICLES = frozenset("the of these those its their our".split())


_APART: Mapping[str, Callable[[Chunk, Sequence[Span], int], list[Chunk]]] = {
    "measure": _asking_apart,
    "range": _range_apart,
    "rating": _rating_apart,
    "time": _narrowing_apart,
    "function": _narrowing_apart,
    "emphasis": _emphasis_apart,
    "chance": _chance_apart,
}


def _value(span: Span, kind: str, spans: Sequence[Span], place: int) -> object:
    """Return the value meant if a sense has several: "best" before a number cuts a list, "under 5" compares
    numbers."""
    values = span.of(kind)
    if kind == "versus" and not values:
        return {"above": "better", "below": "worse"}[span.first("compare")]
    pick = _OF_SEVERAL.get(kind)
    return values[0] if pick is None else pick(values, next_span(spans, place))


def _place_meant(values: Sequence[Meant], following: Span | None) -> Meant:
    """The first of a council, a region, a town, and a table's own columns."""
    return min(values, key=_place_rank)


def _place_rank(meant: Meant) -> int:
    return _PLACES.index(meant.field) if meant.field in _PLACES else len(_PLACES)


def _order_meant(values: Sequence[str], following: Span | None) -> str:
    """The "best" that limits a list if a number follows ("the best 5"); otherwise the one that ranks."""
    cuts = following is not None and "number" in following.kinds
    return next((value for value in values if (value in ("top", "bottom")) == cuts), values[0])


def _comparison_meant(values: Sequence[str], following: Span | None) -> str:
    """The "under" for numbers if a number follows, otherwise the one for ratings."""
    numeric = following is not None and bool(
        following.kinds & {"number", "part"} or following.says("quantifier", "half")
    )
    wanted = [value for value in values if (value in ("below", "above")) != numeric]
    if numeric and not wanted:
        return _COMPARES_NUMBERS.get(values[0], values[0])
    return (wanted or values)[0]


_OF_SEVERAL: Mapping[str, Callable[[Sequence[Any], Span | None], object]] = {
    "place": _place_meant,
    "super": _order_meant,
    "compare": _comparison_meant,
}
