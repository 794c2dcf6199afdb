"""One sense for each span: by the words around it where they decide, else by the order of kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.language.words import flagged
from qa.question.chunks import Chunk
from qa.question.parts import Span

_FIRST = (
    "period length area measured subject number ordinal part place wider provider rating range unrated "
    "aspects aspect service past closing kind field is value spread compare not except and or quantifier "
    "measure by order_way order chance super versus change time called postcode run_by quality rated prose "
    "near follow emphasis unheld strange times end served named offered"
).split()
_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}
_COMPARES_NUMBERS = {"below": "fewer", "above": "more"}
GLUE = frozenset(
    "a an the of for in on at by from with that which who are is were was be been being its their has "
    "have had to as it".split()
)
SIZES = frozenset("big huge large little major massive medium small tiny".split())  # before a noun
_PLACES = ("local_authority", "region", "town")
_NEGATING = ("not", "never", "havent", "hasnt", "have not", "has not", "have never", "has never")
_INSIDE = frozenset(("in", "near", "around", "within", "across", "outside"))


def chosen(spans: Sequence[Span], place: int, yes_no: bool) -> Chunk:
    """Return a span as a chunk of one kind; ``yes_no`` is true if the question is answered by yes or no."""
    span = spans[place]
    if not span.senses:
        return Chunk("function" if span.small else "word", span.text, (span,))
    kinds = sorted(span.kinds, key=_RANK.__getitem__)
    for of, choose in _BY_CONTEXT:
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
    behind = next_span(spans, place)
    if (
        chunk.says("range", "fine")
        and chunk.text.startswith("any ")
        and behind is not None
        and "kind" in behind.kinds
    ):
        return [Chunk("quantifier", "any", chunk.spans), Chunk("rating", "Good", chunk.spans)]
    if chunk.says("range", "fine") and _is_spoken(spans, place):
        return [Chunk("function", chunk.text, chunk.spans)]
    if chunk.says("rating", "Good") and _is_stressed(spans, place):
        return [Chunk("range", "fine", chunk.spans)]  # "good at all"
    if _narrows(chunk, spans, place):
        return [Chunk("strange", chunk.text, chunk.spans)]
    if chunk.kind == "emphasis":
        whole = chunk.text == "at all" and _goes_on_with_noun(spans[place + 1 : place + 3])
        return [
            Chunk("quantifier", "all", chunk.spans) if whole else Chunk("function", chunk.text, chunk.spans)
        ]
    if chunk.kind == "chance":  # "more likely to be good": a larger share of them is
        way = "compare" if chunk.value in ("more", "fewer") else "super"
        return [Chunk("measure", "share", chunk.spans), Chunk(way, chunk.value, chunk.spans)]
    return [chunk]


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


def _value(span: Span, kind: str, spans: Sequence[Span], place: int) -> object:
    """Return the value meant if a sense has several: "best" before a number cuts a list, "under 5" compares
    numbers."""
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
    """Return the next span that is more than a small word, or ``None``."""
    return next((span for span in spans[place + 1 : place + 4] if span.text not in GLUE), None)


def _previous(spans: Sequence[Span], place: int) -> Span | None:
    return spans[place - 1] if place else None


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
    span = spans[place]
    if "field" not in span.kinds or not span.says("kind") or any(kind.field for kind in span.of("kind")):
        return "kind"
    behind = spans[place + 1] if place + 1 < len(spans) else None
    if behind is not None and behind.says("run_by") and behind.text.split()[0] in _RUNNING:
        return "field"  # "no provider runs more homes than …"
    if (
        behind is not None
        and behind.text in ("with", "that")
        and any("super" in one.kinds for one in spans[place + 2 : place + 5])
    ):
        return "field"  # "the provider with the most homes"
    if (
        place
        and (spans[place - 1].says("quantifier", *_SOME) or (yes_no and spans[place - 1].text in _ONE))
        and _holds(spans[place + 1 :])
    ):
        return "field"  # "does any provider have three outstanding homes?"
    if place == 1 and spans[0].text in _AMONG and _holds(spans[place + 1 :]):
        return "field"  # "among providers with at least 2 homes, which …"
    of_one = place > 0 and spans[place - 1].text in ("a", "an")  # "the mean of a provider"
    meant = of_one and any(other.says("measure", "mean") for other in spans)
    ahead = spans[max(0, place - 3) : place]
    before = [other for other in ahead if other.senses or other.text not in GLUE | SIZES]
    return "field" if meant or _heads_groups(before) else "kind"


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
    before = _previous(spans, place)
    if before is not None and before.text in _INSIDE:
        return "wider" if "wider" in spans[place].kinds else "place"
    alone = not any(
        span.kinds & {"kind", "subject", "field", "super"} or span.says("measure", "count", "share")
        for other, span in enumerate(spans)
        if other != place
    )
    compared = any(span.says("versus", "compare") for span in spans)  # "how does that compare with London?"
    asked = (
        alone
        and not compared
        and any(
            span.kinds & {"rated", "quality", "aspect", "rating"}
            for other, span in enumerate(spans)
            if other != place
        )
    )
    return "subject" if asked else "wider" if "wider" in spans[place].kinds else "place"


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
    before = [span for span in spans[max(0, place - 4) : place] if span.text not in GLUE]
    behind = spans[place + 1] if place + 1 < len(spans) else None
    counts = behind is not None and bool(behind.kinds & {"kind", "field", "measure", "subject"})
    told = before and (
        "rated" in before[-1].kinds
        or before[-1].text in _GIVEN
        or (len(before) > 1 and "compare" in before[-1].kinds and "rated" in before[-2].kinds)
        or ("compare" in before[-1].kinds and before[-1].text.startswith(("rated", "scored", "graded")))
    )
    joined = (
        place > 1
        and spans[place - 1].text in ("or", "and")
        and spans[place - 2].kinds >= {"number", "rating"}
    )
    if joined:
        return _number_or_rating(spans, place - 2, yes_no)
    cuts = bool(before) and "super" in before[-1].kinds
    of_aspect = (
        not cuts and behind is not None and behind.text in ("for", "on") and _names_aspect(spans[place + 2 :])
    )
    given = told or of_aspect or (place > 0 and spans[place - 1].text in ("a", "an"))
    return "rating" if given and not counts else "number"


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
    everything = "aspects" in before.kinds and "aspect" in behind.kinds
    whole = any(span.says("quantifier", "all", "none", "any", "each", "most") for span in spans[:place])
    names = behind.kinds & {"subject", "place", "provider"}
    ones = "rating" in behind.kinds and not {"one", "ones"}.isdisjoint(
        span.text for span in spans[place + 2 : place + 5]
    )
    named = before.kinds & {"kind", "place"} and (names or ones)  # "all homes but the outstanding ones"
    every = before.says("quantifier", "all", "none", "any", "each") or before.text.startswith("every")
    all_but = every and names  # "everybody but Oxleas", "everything but Oxleas"
    return "except" if everything or all_but or (whole and named) else "and"


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
_BY_CONTEXT: tuple[tuple[frozenset[str], _Chooser], ...] = (
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
