"""Names made of words with other meanings: if a whole stretch of a look-up matches one name, it is read as
that name.

"Church Stretton Dental" is a town and a kind of place, and "Bridgnorth" misspelt is still a town; but if
nothing beside it counts or lists, a stretch whose words all fit one name means the subject with that name. If
it fits no subject, no shorter name in it may be used for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain, islice

from qa.language.tokens import key
from qa.question.annotated import Annotated
from qa.question.choosing import Choice
from qa.question.name_index import PLACE_ORDER
from qa.question.name_weights import DISAGREEING, OUTSIDE
from qa.question.parts import Span

_PARTS = frozenset(
    "subject kind place rating service aspect ordinal number field super provider follow quality unheld "
    "wider area quantifier change time".split()
)
_EDGES = frozenset(
    "rating range quality quantifier aspect aspects follow super unrated change time".split()
)  # what is asked about a subject, beside the name
COPULAS = frozenset(("is", "was"))
ARTICLES = frozenset(("a", "an"))
_LOOSE = frozenset("the of and at for on by a".split())
_WALLS = frozenset(
    "is are was were be been do does did has have had can could will would should in near around within "
    "across outside that which who whom whose what where when why how than with without from or but if as "
    "it its they them there not".split()
)
_BRIDGED = frozenset(("", "-", "–", "(", ")", ")-", "/", "&", "- "))
_AHEAD_OF_PLACES = frozenset("in near around within across at on".split())
_COMMA = _BRIDGED | {","}
_MANY = ("count", "list", "share", "mean", "difference", "ratio")
_MOST_STRETCHES = 12  # the most stretches of a question that are examined
_MOST_WAYS = 4
_MOST_TRIED = 24  # the most ways of reading stretches as names, each a lookup
_Resolve = Callable[[tuple[int, int]], Choice]


def whole_names(
    annotated: Annotated, spans: Sequence[Span], resolve: _Resolve
) -> list[tuple[tuple[int, int], Choice]]:
    """Return the stretches of ``spans`` that are one name, from the last to the first, each with its
    choice."""
    if counts_or_lists(spans):
        return []
    found: list[tuple[tuple[int, int], Choice]] = []
    tried = 0
    for stretch in islice(chain(_stretches(spans, _COMMA), _stretches(spans, _BRIDGED)), _MOST_STRETCHES):
        if _overlaps(stretch, found):
            continue
        for way in _ways(spans, stretch):
            if tried == _MOST_TRIED or not _is_doubtful(annotated, spans, way):
                continue
            tried += 1
            choice = resolve(way)
            if _is_one_name(choice) and not (_has_comma(spans, way) and _is_beside(choice)):
                found.append((way, choice))
                break
    found.sort()
    return found[::-1]


def _overlaps(stretch: tuple[int, int], found: Sequence[tuple[tuple[int, int], Choice]]) -> bool:
    return any(start < stretch[1] and stretch[0] < end for (start, end), _ in found)


def _has_comma(spans: Sequence[Span], way: tuple[int, int]) -> bool:
    """True if a comma is inside the stretch."""
    return any("," in span.gap for span in spans[way[0] + 1 : way[1]])


def _is_one_name(choice: Choice) -> bool:
    """True if all words fit one name, or one that several subjects have; for an owner also if they begin
    one."""
    if not choice.candidates or any(reason.part in DISAGREEING for reason in choice.candidates[0].reasons):
        return False
    if choice.field != "subject":
        first = choice.candidates[0]
        name = key(str(first.value)).split()
        goes_on = any(
            one.part == "free" and one.words == "for" and "for" not in name for one in first.reasons
        )
        return choice.outcome == "tell" and not goes_on  # "compare with Surrey for care homes"
    return choice.candidates[0].tier < (2 if choice.outcome == "tell" else 1)


def is_singular(span: Span) -> bool:
    """True for a word for one place of a kind, or for what is done there: "hospital", "care home",
    "dental"."""
    return bool(span.kinds & {"kind", "service"}) and not span.text.endswith("s")


def counts_or_lists(spans: Sequence[Span]) -> bool:
    """True if a question counts, lists or groups, so that it is about many rather than one subject."""
    return any(
        span.says("measure", *_MANY)
        or span.kinds & {"by", "spread"}
        or span.says("near", "nearest", "furthest")
        or (span.says("measure", "which") and span.text.startswith("which"))
        for span in spans
    )


def _is_beside(choice: Choice) -> bool:
    """True if words of the stretch are in the address rather than in the name ("Oak House, Leeds"), or it is
    not clear whose name it is."""
    first = choice.candidates[0]
    return choice.outcome != "tell" or first.tier > 0 or any(one.part in OUTSIDE for one in first.reasons)


def _stretches(spans: Sequence[Span], bridged: Container[str]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for place, span in enumerate([*spans, Span(0, 0, "", gap=".")]):
        inside = place < len(spans) and (span.gap == "-" or _may_join(span) or _is_small(span))
        if start is not None and (not inside or span.gap not in bridged):
            yield from _trimmed(spans, start, _end_of_subject(spans, start, place))
            start = None
        if inside and start is None and place < len(spans):
            start = place


def _end_of_subject(spans: Sequence[Span], start: int, end: int) -> int:
    """Return where the subject of "is Oak House a care home?" ends: what it is asked to be is no part of its
    name. A name that is not known without the rest keeps it: "is Rent a Home good?"."""
    if not start or spans[start - 1].text not in COPULAS:
        return end
    for place in range(end - 1, start, -1):
        if spans[place].text in ARTICLES:
            known = any(span.kinds & {"subject", "provider"} for span in spans[start:place])
            return place if known and is_singular(spans[end - 1]) else end
    return end


def _trimmed(spans: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int]]:
    while end > start and spans[end - 1].text in _LOOSE:
        end -= 1
    while start < end and spans[start].text in _LOOSE:
        start += 1
    if end > start:
        yield start, end


def _ways(spans: Sequence[Span], stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """The stretch without what may be asked about a subject at its ends, and the part after "at": "a place at
    …"."""
    start, end = stretch
    ways = [(start, end)]
    while end - start > 1 and (spans[end - 1].kinds & _EDGES or _is_small(spans[end - 1])):
        end -= 1
        ways.append((start, end))
    while end - start > 1 and (spans[start].kinds & _EDGES or _is_small(spans[start])):
        start += 1
        ways.append((start, end))
    behind = next(
        (at + 1 for at in range(stretch[1] - 2, stretch[0], -1) if spans[at].text == "at"), stretch[0]
    )
    if behind == stretch[0]:
        return ways[:_MOST_WAYS]
    of_service = any("service" in span.kinds for span in spans[stretch[0] : behind])
    place = (behind, stretch[1])
    return [place, *ways[:_MOST_WAYS]] if of_service else [*ways[:_MOST_WAYS], place]  # "a&e at …"


def _is_small(span: Span) -> bool:
    """True for a small word that may be inside a name: "of", "and", "well"."""
    return span.text in _LOOSE or (span.small and span.text not in _WALLS)


def _may_join(span: Span) -> bool:
    if span.text in _WALLS:
        return False
    plus = span.kinds >= {"and", "compare"}  # "Trinity Healthcare Plus"
    return span.strange or bool(span.kinds & _PARTS) or span.says("measure", "sum") or plus


def _is_doubtful(annotated: Annotated, spans: Sequence[Span], way: tuple[int, int]) -> bool:
    """True if the parts of the stretch do not give a good reading.

    It has unknown words, a slip, a name in a longer one, a kind of place in the singular, or a whole postcode
    after it. A town after "in" is a good reading even with a slip.
    """
    row = [span for span in spans[way[0] : way[1]] if span.text not in _LOOSE]
    if len(row) == 1:
        ahead = spans[way[0] - 1].text if way[0] else ""
        return _is_doubtful_alone(annotated, row[0], ahead)
    return bool(row) and (
        _has_whole_postcode(row[-1])
        or any(_is_doubtful_part(annotated, span) for span in row)
        or is_singular(row[-1])
        or _is_possessive(annotated, row[-1])
    )


def _is_doubtful_alone(annotated: Annotated, span: Span, ahead: str) -> bool:
    """True for a slip or a line of an address; after "in" only for a slip that is no town, since "dentists in
    Shrewsbry" does not mean a dentist called Shrewsbury."""
    slip = _slip(annotated, span)
    if ahead in _AHEAD_OF_PLACES:
        return slip and ("place" not in span.kinds or _is_line(span))
    return slip or _is_line(span)


def _is_doubtful_part(annotated: Annotated, span: Span) -> bool:
    """True for an unknown word, a name or a slip, which a longer name may have."""
    return not span.senses or bool(span.kinds & {"subject", "provider"}) or _slip(annotated, span)


def _has_whole_postcode(span: Span) -> bool:
    return any(" " in code for area in span.of("area") for code in area.areas)


def _is_line(span: Span) -> bool:
    """True for nothing but a line of an address or a ward, which may rather be the name of a subject."""
    return span.kinds == {"place"} and not any(
        {meant.field, *meant.others} & set(PLACE_ORDER) for meant in span.of("place")
    )


def _slip(annotated: Annotated, span: Span) -> bool:
    return any(place in annotated.corrections for place in range(span.start, span.end))


def _is_possessive(annotated: Annotated, span: Span) -> bool:
    """True for "Bridge Dental's"."""
    return bool(annotated.words[span.end - 1].base) and bool(span.kinds & {"kind", "service"})
