"""Decides whether "provider" or "service" is counted or is what places are grouped by."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.parts import Span
from qa.question.spans_around import GLUE, RUNNING, SIZES, span_after


def kind_or_field(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """Return "field" if the word is grouped by ("which provider", "per service"), "kind" if it is counted."""
    if any(kind.field for kind in spans[place].of("kind")):
        return "kind"
    grouped = (
        _runs_places(spans, place)
        or _is_one_with_most(spans, place)
        or _is_any_that_holds(spans, place, yes_no)
        or _is_averaged(spans, place)
        or _heads_groups(_words_ahead(spans, place))
    )
    return "field" if grouped else "kind"


def _runs_places(spans: Sequence[Span], place: int) -> bool:
    """True for the provider of "no provider runs more homes than …"."""
    behind = span_after(spans, place)
    return behind is not None and behind.says("run_by") and behind.text.split()[0] in RUNNING


def _is_one_with_most(spans: Sequence[Span], place: int) -> bool:
    """True for the provider of "the provider with the most homes"."""
    behind = span_after(spans, place)
    joined = behind is not None and behind.text in ("with", "that")
    return joined and any("super" in one.kinds for one in spans[place + 2 : place + 5])


def _is_any_that_holds(spans: Sequence[Span], place: int, yes_no: bool) -> bool:
    """True for the providers of "does any provider have three outstanding homes?" and "among providers with
    at least 2 homes, which …"."""
    if not place:
        return False
    ahead = spans[place - 1]
    picked = ahead.says("quantifier", *_SOME) or (yes_no and ahead.text in _ONE)
    begun = place == 1 and ahead.text in _AMONG
    return (picked or begun) and _holds(spans[place + 1 :])


def _is_averaged(spans: Sequence[Span], place: int) -> bool:
    """True for the provider of "the mean of a provider"."""
    of_one = place > 0 and spans[place - 1].text in ("a", "an")
    return of_one and any(other.says("measure", "mean") for other in spans)


def _words_ahead(spans: Sequence[Span], place: int) -> list[Span]:
    """The last spans before a place that are more than small words or sizes."""
    ahead = spans[max(0, place - 3) : place]
    return [other for other in ahead if other.senses or other.text not in GLUE | SIZES]


_AMONG = ("among", "amongst", "of", "out of")
_SOME = ("any", "none", "all", "most")
_ONE = ("a", "one", "single")  # "is there a provider with no outstanding homes?"


def _holds(behind: Sequence[Span]) -> bool:
    """True for words about what groups have: "with 20 or more care homes", "have an outstanding home", "that
    has more than ten inadequate"."""
    if behind and behind[0].text in _THAT:
        behind = behind[1:]
    if not behind or behind[0].text not in _HAVING:
        return False
    if any(kind.field for span in behind for kind in span.of("kind")):
        return True
    counted = any("number" in span.kinds for span in behind)
    return counted and not any(span.kinds & _OF_ONE for span in behind)


_THAT = ("that", "which", "who")
_OF_ONE = frozenset(("aspect", "aspects", "field", "times", "period"))  # numbers of one place


_HAVING = frozenset("got had has have where whose with".split())


def _heads_groups(before: Sequence[Span]) -> bool:
    """True if the words after these spans are a field to group by, rather than what is counted."""
    if not before:
        return True
    last = before[-1]
    if last.kinds & {"by", "super", "number", "follow"} or last.says("versus", "same"):
        return True
    if len(before) > 1 and "kind" in last.kinds and "super" in before[-2].kinds:
        return True  # "the biggest care home providers"
    asked = last.says("measure", "which", "list", "count", "mean")
    return asked or last.says("quantifier", "each", "only") or last.says("compare")
