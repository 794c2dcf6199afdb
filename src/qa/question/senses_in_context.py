"""Picks the meaning of a span that has several, by the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.question.kind_or_field import kind_or_field
from qa.question.parts import Span
from qa.question.spans_around import GLUE, next_span, span_after, span_before

_NEGATING = ("not", "never", "havent", "hasnt", "have not", "has not", "have never", "has never")
_INSIDE = frozenset(("in", "near", "around", "within", "across", "outside"))


def _most(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Do most homes …" is about a majority; "the most" and everything else is about a rank."""
    before, behind = span_before(spans, place), next_span(spans, place)
    ranked = before is not None and (before.text == "the" or "ordinal" in before.kinds)
    if yes_no and not ranked and not spans[place].text.startswith("the most"):
        return "quantifier"
    return (
        "quantifier"
        if spans[place].text.endswith(" of") and behind is not None and "kind" in behind.kinds
        else "super"
    )


def _when_or_newest(spans: Sequence[Span], place: int, yes_no: bool) -> str | None:
    """ "Which home was last rated?" asks for the one with the newest rating, "when was it last rated?" for
    the date."""
    which = any(span.text in _WHICH_ONE for span in spans[:place])
    told = any(span.kinds & {"rating", "range", "period"} for span in spans[place + 1 :])
    span = spans[place]
    dated = any(one.says("measure", "when") for one in (*spans[:place], *spans[place + 1 :]))
    if not span.says("super", "newest", "oldest"):
        return None
    otherwise = "measure" if span.says("measure", "when") else "rated"
    return "super" if which and not told and not dated else otherwise


_WHICH_ONE = frozenset(("which", "which one", "which of", "who", "whose"))


def _service_or_kind(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    return "service" if spans[place].says("served") else "kind"


def _place_or_subject(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """A name of both a place and a subject is the place, unless the question asks about nothing else."""
    as_place = "wider" if "wider" in spans[place].kinds else "place"
    before = span_before(spans, place)
    if before is not None and before.text in _INSIDE:
        return as_place
    if any(span.says("versus", "compare") for span in spans):  # "how does that compare with London?"
        return as_place
    others = (*spans[:place], *spans[place + 1 :])
    if any(map(_asks_about_several, others)):
        return as_place
    return "subject" if any(span.kinds & _OF_RATINGS for span in others) else as_place


def _asks_about_several(span: Span) -> bool:
    """True for what a question about a place contains beside its name: kinds, counts, ranks."""
    return bool(span.kinds & {"kind", "subject", "field", "super"}) or span.says("measure", "count", "share")


_OF_RATINGS = frozenset(("rated", "quality", "aspect", "rating"))


def _better(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    behind = next_span(spans, place)
    return "compare" if behind is not None and behind.kinds & {"rating", "number", "part"} else "versus"


def _or_more(spans: Sequence[Span], place: int) -> bool:
    """ "More care homes or more GP practices" has no bound, but a second side."""
    behind = next_span(spans, place)
    before = span_before(spans, place)
    counted = before is not None and bool(before.kinds & {"number", "part", "rating"})
    more = spans[place].text in ("or more", "or fewer", "or less") and not counted
    return more and behind is not None and bool(behind.kinds & {"kind", "rating"})


def _above(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Rated higher than good" compares with a rating, "rated higher than Oxleas" with a subject."""
    if _or_more(spans, place):
        return "or"
    if spans[place].text == "plus":
        before, behind = span_before(spans, place), next_span(spans, place)
        if before is None or not before.kinds & {"rating", "number"}:
            return "and"
        return "and" if behind is not None and "rating" in before.kinds & behind.kinds else "compare"
    behind = next_span(spans, place)
    plain = behind is None or not behind.kinds & {"rating", "range", "number", "part", "quantifier", "versus"}
    named = behind is not None and bool(behind.kinds & {"subject", "strange", "provider", "place"})
    return "versus" if plain and named and spans[place].says("compare", "above", "below") else "compare"


def _often_or_likely(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Where are homes more often inadequate, Kent or Surrey?" compares shares; "which home has been
    inadequate more often, A or B?" counts times."""
    sides = any("or" in span.kinds or span.text in ("than", "v", "versus", "vs") for span in spans)
    times = any("been" in span.text.split() or "aspect" in span.kinds for span in spans)
    return "chance" if sides and not times else "super"


def _number_or_rating(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Rated 5", "a 6 for staff" and "a score of 5 or better" are ratings on a scale of numbers; all other
    numbers count something."""
    if _is_joined_number(spans, place):
        return _number_or_rating(spans, place - 2, yes_no)
    behind = span_after(spans, place)
    if behind is not None and behind.kinds & {"kind", "field", "measure", "subject"}:
        return "number"
    before = [span for span in spans[max(0, place - 4) : place] if span.text not in GLUE]
    given = (
        (place > 0 and spans[place - 1].text in ("a", "an"))
        or _is_given(before)
        or _is_for_aspect(spans, place, before)
    )
    return "rating" if given else "number"


def _is_joined_number(spans: Sequence[Span], place: int) -> bool:
    """True for the second number of "rated 5 or 6", which is read like the first."""
    joined = place > 1 and spans[place - 1].text in ("or", "and")
    return joined and spans[place - 2].kinds >= {"number", "rating"}


def _is_given(before: Sequence[Span]) -> bool:
    """True if the words before a number say that it was awarded: "rated", "got", "scored above"."""
    if not before:
        return False
    last = before[-1]
    if "rated" in last.kinds or last.text in _GIVEN:
        return True
    if "compare" not in last.kinds:
        return False
    return last.text.startswith(("rated", "scored", "graded")) or (
        len(before) > 1 and "rated" in before[-2].kinds
    )


def _is_for_aspect(spans: Sequence[Span], place: int, before: Sequence[Span]) -> bool:
    """True for the numbers of "a 6 for staff" and "5 on the setting", but not of "the top 5 for staff"."""
    behind = span_after(spans, place)
    if behind is None or behind.text not in ("for", "on") or (before and "super" in before[-1].kinds):
        return False
    return _names_aspect(spans[place + 2 :])


def _one(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "The outstanding one" is one of those mentioned before, "one outstanding home" a number."""
    ahead = spans[max(0, place - 3) : place]
    rated = place > 0 and bool(spans[place - 1].kinds & {"rating", "range"})
    which = spans[place].text == "one" and any(span.text in _THE for span in ahead)
    return "kind" if rated and which else "number"


_THE = frozenset(("the", "that", "this", "only", "any", "an", "every", "each", "another", "no"))


def _names_aspect(behind: Sequence[Span]) -> bool:
    """True for "a 6 for staff" and "5 on the setting": the words after "for" are what is rated."""
    first = next((span for span in behind if span.text not in GLUE), None)
    return first is not None and "aspect" in first.kinds


def _unrated(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Not rated good" is a negation; "not rated" alone says that there is no rating."""
    behind = next_span(spans, place)
    rated = behind is not None and bool(behind.kinds & {"rating", "range", "compare"})
    return "not" if rated and spans[place].text.startswith(_NEGATING) else "unrated"


def _but(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "For everything but safe", "all homes but Oak House": an exception, not a second condition."""
    before, behind = span_before(spans, place), next_span(spans, place)
    if before is None or behind is None:
        return "and"
    if "aspects" in before.kinds and "aspect" in behind.kinds:
        return "except"
    named = bool(behind.kinds & {"subject", "place", "provider"})
    if named and _says_every(before):
        return "except"
    excepted = named or _names_ones(spans, place, behind)
    if excepted and before.kinds & {"kind", "place"} and _takes_some_of(spans[:place]):
        return "except"
    return "and"


def _says_every(span: Span) -> bool:
    """True for the first word of "everybody but Oxleas" and "all but Oxleas"."""
    return span.says("quantifier", "all", "none", "any", "each") or span.text.startswith("every")


def _names_ones(spans: Sequence[Span], place: int, behind: Span) -> bool:
    """True for the words after "but" in "all homes but the outstanding ones"."""
    after = spans[place + 2 : place + 5]
    return "rating" in behind.kinds and any(span.text in ("one", "ones") for span in after)


def _takes_some_of(ahead: Sequence[Span]) -> bool:
    """True if the words say how many of the places are meant: "all homes", "most homes"."""
    return any(span.says("quantifier", "all", "none", "any", "each", "most") for span in ahead)


def _of_anything(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Inadequate for anything" is about key questions, "has anything been inadequate" about places."""
    before = span_before(spans, place)
    ahead = [span for span in spans[max(0, place - 4) : place] if span.text not in GLUE]
    rated = any(span.kinds & {"rating", "range"} for span in ahead)
    return "aspects" if before is not None and before.text in _FOR and rated else "quantifier"


_FOR = frozenset("at for in on".split())
_GIVEN = frozenset(("get", "gets", "got", "gave", "given", "awarded", "received", "achieved", "a"))
_Chooser = Callable[[Sequence[Span], int, bool], "str | None"]
BY_CONTEXT: tuple[tuple[frozenset[str], _Chooser], ...] = (
    (frozenset(("quantifier", "super")), _most),
    (frozenset(("aspects", "quantifier")), _of_anything),
    (frozenset(("measure", "super")), _when_or_newest),
    (frozenset(("rated", "super")), _when_or_newest),
    (frozenset(("wider", "subject")), _place_or_subject),
    (frozenset(("place", "subject")), _place_or_subject),
    (
        frozenset(("wider", "place")),
        lambda spans, place, yes_no: "wider",
    ),  # which yields to the others
    (frozenset(("kind", "field")), kind_or_field),
    (frozenset(("kind", "service")), _service_or_kind),
    (frozenset(("number", "rating")), _number_or_rating),
    (frozenset(("number", "kind")), _one),
    (frozenset(("super", "chance")), _often_or_likely),
    (frozenset(("compare", "versus")), _better),
    (frozenset(("compare",)), _above),
    (frozenset(("called", "rated")), lambda spans, place, yes_no: "rated"),  # a name follows it
    (frozenset(("unrated",)), _unrated),
    (frozenset(("and", "except")), _but),
)
