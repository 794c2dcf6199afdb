"""The one sense meant, of several that a span has: decided by the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.question.parts import Span

GLUE = frozenset(
    "a an the of for in on at by from with that which who are is were was be been being its their has "
    "have had to as it".split()
)
SIZES = frozenset("big huge large little major massive medium small tiny".split())  # before a noun
_NEGATING = ("not", "never", "havent", "hasnt", "have not", "has not", "have never", "has never")
_INSIDE = frozenset(("in", "near", "around", "within", "across", "outside"))


def next_span(spans: Sequence[Span], place: int) -> Span | None:
    """Return the next span that is more than a small word, or ``None``."""
    return next((span for span in spans[place + 1 : place + 4] if span.text not in GLUE), None)


def _previous(spans: Sequence[Span], place: int) -> Span | None:
    return spans[place - 1] if place else None


def _following(spans: Sequence[Span], place: int) -> Span | None:
    return spans[place + 1] if place + 1 < len(spans) else None


def _most(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Do most homes …" is about a part; "the most", and everything else, about a rank."""
    before, behind = _previous(spans, place), next_span(spans, place)
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


def _kind_or_field(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Which provider" and "per service" are fields to group by; otherwise the word is what is counted."""
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
    behind = _following(spans, place)
    return behind is not None and behind.says("run_by") and behind.text.split()[0] in _RUNNING


def _is_one_with_most(spans: Sequence[Span], place: int) -> bool:
    """True for the provider of "the provider with the most homes"."""
    behind = _following(spans, place)
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


def _service_or_kind(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    return "service" if spans[place].says("served") else "kind"


def _place_or_subject(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """A name of both a place and a subject is the place, unless the question has nothing else to ask
    about."""
    as_place = "wider" if "wider" in spans[place].kinds else "place"
    before = _previous(spans, place)
    if before is not None and before.text in _INSIDE:
        return as_place
    if any(span.says("versus", "compare") for span in spans):  # "how does that compare with London?"
        return as_place
    others = (*spans[:place], *spans[place + 1 :])
    if any(map(_asks_about_several, others)):
        return as_place
    return "subject" if any(span.kinds & _OF_RATINGS for span in others) else as_place


def _asks_about_several(span: Span) -> bool:
    """True for words that a question about a place has, beside its name: kinds, counts, ranks."""
    return bool(span.kinds & {"kind", "subject", "field", "super"}) or span.says("measure", "count", "share")


_OF_RATINGS = frozenset(("rated", "quality", "aspect", "rating"))


def _better(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    behind = next_span(spans, place)
    return "compare" if behind is not None and behind.kinds & {"rating", "number", "part"} else "versus"


def _or_more(spans: Sequence[Span], place: int) -> bool:
    """ "More care homes or more GP practices" has no bound, but a second side."""
    behind = next_span(spans, place)
    before = _previous(spans, place)
    counted = before is not None and bool(before.kinds & {"number", "part", "rating"})
    more = spans[place].text in ("or more", "or fewer", "or less") and not counted
    return more and behind is not None and bool(behind.kinds & {"kind", "rating"})


def _above(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Rated higher than good" compares with a rating, "rated higher than Oxleas" with a subject."""
    if _or_more(spans, place):
        return "or"
    if spans[place].text == "plus":
        before, behind = _previous(spans, place), next_span(spans, place)
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
    """ "Rated 5", "a 6 for staff" and "a score of 5 or better" are ratings of a scale of numbers; all other
    numbers count."""
    if _is_joined_number(spans, place):
        return _number_or_rating(spans, place - 2, yes_no)
    behind = _following(spans, place)
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
    """True for the second number of "rated 5 or 6", which means the same as the first."""
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
    behind = _following(spans, place)
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
    before, behind = _previous(spans, place), next_span(spans, place)
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
    """True if the words say how many are meant: "all homes", "most homes"."""
    return any(span.says("quantifier", "all", "none", "any", "each", "most") for span in ahead)


def _of_anything(spans: Sequence[Span], place: int, yes_no: bool) -> str:
    """ "Inadequate for anything" is about key questions, "has anything been inadequate" about places."""
    before = _previous(spans, place)
    ahead = [span for span in spans[max(0, place - 4) : place] if span.text not in GLUE]
    rated = any(span.kinds & {"rating", "range"} for span in ahead)
    return "aspects" if before is not None and before.text in _FOR and rated else "quantifier"


_FOR = frozenset("at for in on".split())
_RUNNING = frozenset("manage manages operate operates own owns run runs".split())
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
    (frozenset(("kind", "field")), _kind_or_field),
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
