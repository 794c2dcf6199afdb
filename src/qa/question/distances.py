"""Words of distance → conditions: "near Wem", "within 10 miles of Ludlow", "between 5 and 10 miles from Wem",
"nearest to SY13", "over 5 km from Elm House", "how far is Elm House from Ludlow".

The first of two passes runs before lists are joined: it makes one chunk of a length and the words around it.
The second knows the places: it makes a condition of such a chunk and the place after it, and of "nearest" and
the place after its "to".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from qa.language.words import is_function
from qa.question.chunks import Chunk, Chunks
from qa.question.parts import Meant
from qa.question.query import And, Condition, Is, Named, Near, Not, Postcode, conjunction
from qa.question.vocabulary import Vocabulary

NEAR_MILES = 5.0  # what "near" means in a question that gives no distance
FEW_NEAREST = 5  # for "the nearest homes", which gives no number
_LEADS = frozenset("a an the any within in inside".split())
_BEYOND = frozenset(("more", "above", "at_least", "or_above"))
_AROUND = frozenset("of from to around near".split())
_BEFORE_PLACE = frozenset("the to of from a my our".split())
_AREAS = ("local_authority", "region")
ENDS = ("nearest", "furthest")
HOW_FAR = "how far"
_ALONE = ("close by", "nearby")  # these mean something even if nothing follows
_NAMES = ("where", "subject")
_NO_ANCHOR = (
    "provider",
    "value",
    "kind",
    "reach",
    "near",
)  # after "near", what can't be a place to measure from


class Reach(NamedTuple):
    """A distance with its unit, and from what distance on: "between 5 and 10 miles"."""

    distance: float
    unit: Literal["miles", "km"]
    least: float | None = None


def bind_reach(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Make one chunk of a length and the words around it: "within a 10 mile radius of", "more
    than 5 km away from".
    """
    found, place = Chunks(), 0
    while place < len(chunks):
        chunk = chunks[place]
        place += 1
        if chunk.kind != "length":
            found.append(chunk)
            continue
        lead: list[Chunk] = []
        while found and _leads_to_length(found[-1]):
            lead.insert(0, found.pop())
        end = _skip(chunks, place, _goes_on)
        spans = tuple(span for one in (*lead, chunk, *chunks[place:end]) for span in one.spans)
        beyond = any(one.kind == "except" or one.says("compare", *_BEYOND) for one in lead)
        found.append(Chunk("reach", Reach(*chunk.value), spans, out=beyond))
        place = end
    return found


def _skip(chunks: Chunks, place: int, is_small: Callable[[Chunk], bool]) -> int:
    """Return the index of the first chunk from ``place`` on that is not small; the number of chunks if all
    are."""
    while place < len(chunks) and is_small(chunks[place]):
        place += 1
    return place


def _leads_to_length(chunk: Chunk) -> bool:
    return chunk.text in _LEADS or chunk.kind == "compare" or chunk.says("except", "outside")


def _leads_to_place(chunk: Chunk) -> bool:
    return chunk.text in _BEFORE_PLACE


def _goes_on(chunk: Chunk) -> bool:
    return chunk.text in _AROUND or chunk.says("near", "near", "radius") or chunk.text == "away from"


def bind_distances(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Make conditions of words of distance and the places that they are measured from; "around" without a
    place means nothing."""
    for step in (_bind_how_far, _bind_ends, _bind_near):
        chunks = step(chunks, vocabulary)
    return chunks


def _bind_how_far(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """ "How far is Elm House from Ludlow?": read it as the first of the two, at a known distance from the
    second."""
    for chunk in chunks.saying("near", HOW_FAR):
        _split_pair(chunks)
        named = [one for one in chunks if one.kind in _NAMES and not one.out]
        if len(named) == 1 and not _measures_from_those(chunks):
            _from_here(chunk)
        elif len(named) in (1, 2):
            chunk.kind, chunk.value = "function", chunk.text
            place = chunks.index(named[-1])
            begin = place - 1 if place and chunks[place - 1].text in ("from", "to", "and") else place
            chunks[begin : place + 1] = [_measured(chunk, chunks[begin:place], named[-1], None)]
        else:
            chunks[chunks.index(chunk)] = replace(chunk, kind="prose", value=chunk.text)
    return chunks


def _measures_from_those(chunks: Chunks) -> bool:
    """True for "how far is it from Ludlow?", whose other end was named before."""
    from_one = any(one.text in ("from", "to", "away from") for one in chunks)
    return from_one and any(one.says("follow", "pronoun", "there") for one in chunks)


def _split_pair(chunks: Chunks) -> None:
    """Split the one chunk of "between Wem and Ludlow" in two."""
    for place, chunk in enumerate(chunks):
        if chunk.kind in _NAMES and len(chunk.value) == 2 and not chunk.out:
            chunks[place : place + 1] = [replace(chunk, value=(one,)) for one in chunk.value]
            return


def _bind_near(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Turn "near" and lengths into conditions, each with the place after it."""
    found, place = Chunks(), 0
    while place < len(chunks):
        chunk = chunks[place]
        place += 1
        if chunk.kind not in ("reach", "near") or chunk.value in ENDS:
            found.append(chunk)
            continue
        behind = _skip(chunks, place, _leads_to_place)
        anchor = chunks[behind] if behind < len(chunks) else None
        if anchor is not None and chunk.kind == "near" and _means_within(anchor, vocabulary):
            found.append(_plain(chunk))
        elif anchor is not None and anchor.kind in _NAMES and not _is_measured(anchor):
            reach = chunk.value if chunk.kind == "reach" else Reach(NEAR_MILES, "miles")
            found.append(_measured(chunk, chunks[place:behind], anchor, reach))
            place = behind + 1
        else:
            found.append(_without_place(chunk, anchor))
    return found


def _means_within(anchor: Chunk, vocabulary: Vocabulary) -> bool:
    """True for a place that nothing can be near to: there "near" means within it."""
    return _is_area(anchor) or (anchor.kind == "where" and not vocabulary.has_coordinates)


def _without_place(chunk: Chunk, behind: Chunk | None) -> Chunk:
    """Read "near" or a length without a place: it means nothing, or the distance is from the person
    asking."""
    if behind is not None and behind.kind in _NO_ANCHOR:
        return chunk
    if chunk.kind == "near" and chunk.text not in _ALONE:
        return _plain(chunk)
    _from_here(chunk)
    return chunk


def _is_area(anchor: Chunk) -> bool:
    """True for a county, a region or several places: "around Shropshire" means in it, as nothing is near its
    middle."""
    return anchor.kind == "where" and any(
        isinstance(value, Meant)
        and (len(value.values) > 1 or (value.field in _AREAS and "town" not in value.others))
        for value in anchor.value
    )


def _from_here(chunk: Chunk) -> None:
    """ "Nearby", "the nearest home": near the person asking, whose place is unknown; a follow-up may give
    it."""
    if chunk.kind == "reach":
        chunk.taken.append(Chunk("reach", chunk.value, chunk.spans))
    chunk.kind, chunk.value, chunk.out = "unheld", "here", False


def _bind_ends(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """ "The nearest good care home to Wem", "nearest to Wem": all at a known distance, of which an order
    takes the first."""
    for chunk in [one for one in chunks if one.kind == "near" and one.value in ENDS]:
        anchor = _anchor(chunks, chunk)
        if anchor is None:
            _from_here(chunk)
            continue
        place = chunks.index(anchor)
        begin = place
        while (
            begin
            and chunks[begin - 1] is not chunk
            and (chunks[begin - 1].text in _AROUND or chunks[begin - 1].text == "the")
        ):
            begin -= 1
        made = _measured(chunk, chunks[begin:place], anchor, None)
        chunks[begin : place + 1] = [made]
    return chunks


def _anchor(chunks: Chunks, chunk: Chunk) -> Chunk | None:
    """Return the place right after "nearest", otherwise the first after a "to" or "from"."""
    place = chunks.index(chunk) + 1
    direct = _skip(chunks, place, _leads_to_place)
    if direct < len(chunks) and chunks[direct].kind in _NAMES and not _names_kind(chunks, direct):
        return chunks[direct]
    for before, one in pairwise(chunks[place:]):
        told = before.text in ("to", "from", "the") or before.says("near", "near")
        if told and one.kind in _NAMES and not _is_measured(one):
            return one
    return None


def _names_kind(chunks: Sequence[Chunk], place: int) -> bool:
    """True for "nearest Leeds care home to York", whose first place is not where the distance is measured
    from."""
    behind = chunks[place + 1 :]
    return bool(behind) and behind[0].kind == "kind" and any(one.text in ("to", "from") for one in behind)


def _is_measured(anchor: Chunk) -> bool:
    return anchor.kind == "where" and any(isinstance(value, Near | And) for value in anchor.value)


def _measured(said: Chunk, between: Sequence[Chunk], anchor: Chunk, reach: Reach | None) -> Chunk:
    values = tuple(_within(_of(value), reach) for value in anchor.value)
    spans = tuple(
        span
        for one in ((said, *between, anchor) if reach is not None else (*between, anchor))
        for span in one.spans
    )
    taken = [said] if reach is not None else []
    return Chunk(
        "where",
        values,
        spans,
        out=said.out or anchor.out,
        either=anchor.either,
        taken=[*taken, *anchor.taken],
    )


def _within(of: Condition, reach: Reach | None) -> Condition:
    if reach is None:
        return Near(of)
    near = Near(of, reach.distance, reach.unit)
    return near if reach.least is None else conjunction(near, Not(replace(near, distance=reach.least)))


def _of(value: object) -> Condition:
    if isinstance(value, Postcode):
        return value
    assert isinstance(value, Meant)  # list items of places or names are Meants
    return Named(value.subjects, value.labels) if value.subjects else Is(value.field, value.values)


def _plain(chunk: Chunk) -> Chunk:
    """Remove the meaning of "around" in "around the table"."""
    kind = "function" if all(map(is_function, chunk.text.split())) else "word"
    return replace(chunk, kind=kind, value=chunk.text)
