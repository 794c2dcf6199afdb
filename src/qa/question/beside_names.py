"""Words right beside a name belong to it, so a subject that has only part of the typed name is a different
one.

"Bennett Radbrook Green" is not Radbrook Green, and "HC-One Braid Hills" is none of the HC-One places in the
tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.language.words import flagged
from qa.question.annotated import Annotated
from qa.question.choosing import Choice
from qa.question.name_index import PLACE_ORDER
from qa.question.naming_found import INSIDE
from qa.question.parts import Span

GLUED = frozenset(("", "-", "–", "'", "’"))  # what may stand between the words of one name
_NAMED = frozenset(("subject", "provider"))
_Resolve = Callable[[tuple[int, int]], Choice]


def with_capitals(annotated: Annotated, spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` with small words marked that are written as part of a name: "English" of "English
    Care".

    They have a capital inside a sentence beside another word with one, or are at the start of a text in which
    all words have one. Words that mean little beside a name lose that meaning: "Years" of "Years Care Dean
    Road".
    """
    if annotated.text.isupper() or annotated.text.islower():
        return list(spans)
    titled = all(annotated.text[word.start].isupper() or word.text in _JOINING for word in annotated.words)
    found = list(spans)
    for place in range(len(found) - 1, -1, -1):
        if _may_be_in_name(annotated, found, place, titled):
            found[place] = _as_in_name(annotated, found, place, titled)
    return found if titled else _alone(annotated, found)


def _may_be_in_name(annotated: Annotated, spans: Sequence[Span], place: int, titled: bool) -> bool:
    """True for a word whose capital may come from a name, not from the start of the question."""
    span = spans[place]
    if (place and span.gap) or not _has_capital(annotated, span):
        return False
    if span.text in _NEVER and "by" not in span.kinds:
        return False
    return place > 0 or _opens(span) or (titled and span.text not in _VERBS)


def _as_in_name(annotated: Annotated, spans: Sequence[Span], place: int, titled: bool) -> Span:
    """Return the span as it is read beside a name or place: a small word becomes part of it, and a word with
    a weak meaning may lose that meaning."""
    span, beside = spans[place], _beside(spans, place)
    proper = [one for one in beside if _is_proper(annotated, one)]
    placed = place > 0 and any(_is_proper_place(annotated, one) for one in beside)
    if span.small and (proper or placed):
        return replace(span, capital=True)
    if _is_weak(span, titled) and (
        _is_of_name(annotated, span, proper)
        or (not titled and _is_of_name_in_sentence(spans, place, named=bool(proper), placed=placed))
    ):
        return replace(span, senses=(), capital=True)
    return span


def _is_of_name(annotated: Annotated, span: Span, proper: Sequence[Span]) -> bool:
    """True for a word beside a name that is not itself a word for a kind of place, and for a word in capitals
    beside any name: "START Care"."""
    return any(_is_loud(annotated, span) or not one.kinds & _KINDS for one in proper)


def _is_of_name_in_sentence(spans: Sequence[Span], place: int, *, named: bool, placed: bool) -> bool:
    """True for a word between "is" or the like and a name, and for a time beside a place."""
    before_name = named and place > 0 and spans[place - 1].text.split()[-1] in _BEFORE_NAMES
    return before_name or (placed and spans[place].kinds == {"time"})


def _beside(spans: Sequence[Span], place: int) -> list[Span]:
    """Return the spans before and after ``place`` that are separated from it by a hyphen or the like at
    most."""
    after = [one for one in spans[place + 1 : place + 2] if one.gap in GLUED]
    return [*spans[max(place - 1, 0) : place], *after]


def _alone(annotated: Annotated, spans: list[Span]) -> list[Span]:
    """If a question names nothing, read a word with a capital inside it as a name: "How is Family rated?"."""
    if any(span.strange or span.kinds - _ASKING for span in spans):
        return spans
    return [
        replace(span, capital=True)
        if place and span.small and span.text not in _NEVER and _has_capital(annotated, span)
        else span
        for place, span in enumerate(spans)
    ]


_BEFORE_NAMES = frozenset(
    ("is", "was", "for", "of", "at", "about")
)  # "is Initial Care Home", not "the first"
_ASKING = frozenset(("measure", "quality", "prose", "rated", "rating", "range", "time", "quantifier"))


_JOINING = frozenset("a an and at by for in of on the to with".split())
_KINDS = frozenset(("kind", "service"))
_WEAK = frozenset(
    "measure time number ordinal rated follow quality versus kind field".split()
)  # beside a name
_JOINED = frozenset(("by", "compare", "and"))
_SINCE = frozenset("after before since from until till by to following during".split())
_ASKED = (
    "rat",
    "scor",
    "grad",
    "inspect",
    "result",
    "report",
    "review",
    "overall",
    "latest",
    "current",
    "cqc",
)


def _is_weak(span: Span, titled: bool) -> bool:
    """True for one word with a slight meaning in a question that may as well be part of a name: "Years",
    "Twelve"; inside a sentence also "By", "Plus" and "Better"."""
    joining = not titled and span.kinds and span.kinds <= _JOINED and span.text != "and"
    if span.end - span.start > 1 or not span.senses or not (span.kinds <= _WEAK or joining):
        return False
    return not span.text.startswith(_ASKED) and all(not kind.field for kind in span.of("kind"))


def _opens(span: Span) -> bool:
    """True for what says nothing at the start of a question: "Secure"."""
    return span.kinds == {"time"} and span.text not in _SINCE and span.text not in _VERBS


def _is_loud(annotated: Annotated, span: Span) -> bool:
    """True for a word in capitals: "START"."""
    return (
        span.end - span.start == 1
        and len(typed := annotated.typed(span.start, span.end)) > 1
        and typed.isupper()
    )


def with_places(spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` with a town, council or region right after a name read as the place, even if a subject
    has that name or is in a street of that name: "Magic House, Evesham"."""
    found = list(spans)
    for place in range(1, len(found)):
        span, before = found[place], found[place - 1]
        if not span.kinds >= {"subject", "place"} or span.gap not in _BEHIND:
            continue
        towns = any(meant.field in PLACE_ORDER for meant in span.of("place"))
        if towns and (before.strange or before.kinds & {"subject", "provider", "kind"} or span.gap == ","):
            kept = tuple(sense for sense in span.senses if sense.kind != "subject")
            found[place] = replace(span, senses=kept)
    return found


_BEHIND = frozenset((",", ""))
_VERBS = frozenset(
    "ask check compare confirm display find get give know list look need read say see show tell want".split()
)
_NEVER = flagged("stop") | flagged("regulator") | flagged("small_talk")


def _has_capital(annotated: Annotated, span: Span) -> bool:
    return annotated.text[annotated.words[span.start].start].isupper()


def _is_proper_place(annotated: Annotated, span: Span) -> bool:
    return "place" in span.kinds and _has_capital(annotated, span)


def _is_proper(annotated: Annotated, span: Span) -> bool:
    """True for a word with a capital that may belong to a name."""
    one = span.kinds & _KINDS and not span.text.endswith("s")
    named = not span.senses or one or span.kinds & {"subject", "provider"}
    return bool(named) and not span.small and _has_capital(annotated, span)


def longer(
    annotated: Annotated, spans: Sequence[Span], resolve: _Resolve
) -> tuple[tuple[int, int], Choice] | None:
    """Return the first stretch of ``spans`` that is a name with more words beside it, and which subject all
    of it means; ``None`` if every name is complete."""
    for place in range(1, len(spans)):
        one, two, way = spans[place - 1], spans[place], (place - 1, place + 1)
        if not two.gap and two.kinds == {"strange"} and _is_place_but_for_a_slip(annotated, spans, place - 1):
            return _unknown(way, resolve)
        if two.gap not in GLUED or not (_is_name(one) and _is_name(two)):
            continue
        if "strange" in one.kinds | two.kinds:
            if "strange" in one.kinds ^ two.kinds and _alike(annotated, one, two):
                return _unknown(way, resolve)
        elif not _is_decided_together(one, two):
            return way, resolve(way)
    return _joined(annotated, spans, resolve)


def _is_place_but_for_a_slip(annotated: Annotated, spans: Sequence[Span], place: int) -> bool:
    """True for a misspelt place name before a name that no subject has: it belongs to that name, as in
    "Stamley Meadows"."""
    span = spans[place]
    slip = any(word in annotated.corrections for word in range(span.start, span.end))
    return slip and "place" in span.kinds and not (place and spans[place - 1].text in INSIDE)


def _joined(
    annotated: Annotated, spans: Sequence[Span], resolve: _Resolve
) -> tuple[tuple[int, int], Choice] | None:
    """Read two unknown stretches joined by "and" or a small word with a capital as one unknown name:
    "Gloucestershire Health and Care", "Black Country Partnership"; likewise a word joined by "of" to a
    name."""
    for place in range(1, len(spans) - 1):
        one, between, two = spans[place - 1 : place + 2]
        counted = place > 1 and bool(spans[place - 2].kinds & {"number", "part"})  # "5 miles of Leeds"
        if not counted and _is_of(one, between, two):
            return _unknown((place - 1, place + 2), resolve)
        if not (one.kinds == two.kinds == {"strange"}) or between.gap not in GLUED or two.gap not in GLUED:
            continue
        if between.text == "and" or (between.small and _has_capital(annotated, between)):
            return _unknown((place - 1, place + 2), resolve)
    return None


def _is_of(one: Span, between: Span, two: Span) -> bool:
    """True for an unknown word of a name or place: "Sunrise of Shrewsbury" is neither Shrewsbury nor a home
    there."""
    named = bool(two.kinds) and two.kinds <= _NAMED | {"place"}
    return one.kinds == {"strange"} and between.text == "of" and not (between.gap or two.gap) and named


def _unknown(way: tuple[int, int], resolve: _Resolve) -> tuple[tuple[int, int], Choice]:
    choice = resolve(way)
    near = choice.near or choice.candidates[:3]
    return way, replace(choice, outcome="unknown", candidates=(), near=near)


def _is_name(span: Span) -> bool:
    return bool(span.kinds) and span.kinds <= _NAMED | {"strange"}


def _is_decided_together(one: Span, two: Span) -> bool:
    """True for a name in two spans with the same meaning: nothing is left to decide."""
    return one.senses == two.senses


def _alike(annotated: Annotated, one: Span, two: Span) -> bool:
    """True if both are written as one name would be; not for "lovely Oak House", where only the name has
    capitals."""
    strange, named = (one, two) if "strange" in one.kinds else (two, one)
    return _has_capital(annotated, strange) or not _has_capital(annotated, named)
