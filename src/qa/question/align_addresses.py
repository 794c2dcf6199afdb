"""Align the words of a span with the address of an entry and with its owner."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.aligned import Match
from qa.question.name_weights import OWNER
from qa.question.name_words import FREE, GENERIC

_DISTRICT_BITS = 4.0  # bits of the first half of a postcode


def align_address(match: Match) -> None:
    """Align places, streets and postcodes, in this order."""
    _phrases(match)
    for field in ("street", "address"):
        _along(match, field)
    postcode = match.column("postcode")
    if postcode:
        _postcode(match, postcode)
    left = [index for index in match.span.telling_places if index not in match.done]
    if left:
        _words_of_places(match, left)


def _phrases(match: Match) -> None:
    """Align the places that are where the entry is."""
    for phrase in match.span.phrases:
        span = range(phrase.start, phrase.end)
        if not match.done.issuperset(span) and any(
            match.column(field) == value for field, value in phrase.readings
        ):
            match.say([index for index in span if index not in match.done], "place", _place_bits(match, span))


def _words_of_places(match: Match, left: Sequence[int]) -> None:
    """Align single words of the town or council that identify it."""
    here = [*match.column("town").split(), *match.column("local_authority").split()]
    for index in left:
        if match.words[index].forms[0] in here:
            match.say([index], "place", _place_bits(match, [index]))


def _place_bits(match: Match, span: Sequence[int]) -> float:
    held = min(len(match.entries.near_holders.get(match.words[index].forms[0], ())) for index in span)
    return max(0.0, match.entries.prior - (held + 1).bit_length())


def _along(match: Match, field: str) -> None:
    """Align a street or second address line if all its words except numbers were typed in sequence; a
    number beside it agrees as well."""
    said = match.column(field).split()
    if match.span.said.isdisjoint(said):
        return
    words = [word for word in said if not word[0].isdigit() and word not in FREE]
    if not match.span.said.issuperset(words) or GENERIC.issuperset(words):
        return
    start = _typed_at(match, words)
    if start is not None:
        numbered = start and match.span.texts[start - 1] in said
        _say_street(match, range(start - 1 if numbered else start, start + len(words)))


def _say_street(match: Match, span: Sequence[int]) -> None:
    fresh = [index for index in span if index not in match.done]
    if fresh:
        match.say(fresh, "street", _place_bits(match, fresh))


def _typed_at(match: Match, words: Sequence[str]) -> int | None:
    """The first index at which these words were typed in sequence."""
    texts, size = match.span.texts, len(words)
    for start in range(len(texts) - size + 1):
        if texts[start : start + size] == words:
            return start
    return None


def _postcode(match: Match, postcode: str) -> None:
    """Align the postcode, written as one word or two, or its first half."""
    outward, _, inward = postcode.partition(" ")
    texts = match.span.texts
    if outward not in match.span.said and outward + inward not in match.span.said:
        return
    for index, text in enumerate(texts):
        pair = index + 1 < len(texts) and text == outward and texts[index + 1] == inward
        if index in match.done or not (pair or text in (outward, outward + inward)):
            continue
        match.say(
            [index, index + 1] if pair else [index],
            "postcode",
            match.entries.prior if pair or text != outward else _DISTRICT_BITS,
        )
        return


def align_owner(match: Match) -> None:
    """Align words of the name of the owner or brand."""
    for field in ("provider", "brand"):
        held = match.column(field).split() if len(match.done) < len(match.words) else []
        if match.span.own.isdisjoint(held):
            continue
        for index, typed in enumerate(match.words):
            if index not in match.done and any(form in held and form not in GENERIC for form in typed.forms):
                match.say([index], field, OWNER * match.entries.rarity(typed.forms[0]))
