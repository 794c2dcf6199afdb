"""Readings of words that are recognised by their form: numbers, lengths, dates, postcodes, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.language.dates import find_periods
from qa.language.lengths import find_lengths
from qa.language.numbers import find_numbers
from qa.question.annotated import Annotated, Reading, weight_of
from qa.question.parts import Meant, Sense
from qa.question.query import Postcode
from qa.question.subject_labels import SHORTEST_CODE
from qa.question.vocabulary import Vocabulary

OF_POSTCODES = ("postcode", "postal")
_POSTCODE = re.compile(r"([a-z]{1,2})(\d[a-z\d]?)")
_INWARD = re.compile(r"\d[a-z]{2}")
_SECTOR = re.compile(r"\d")
_AREA = re.compile(r"[a-z]{1,2}")
_AROUND_CODES = "?!.,;:()[]“”‘’'\""


def readings_by_form(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Yield every reading of a stretch of words that is recognised by its form."""
    yield from _numbers(found, vocabulary)
    yield from _lengths(found)
    yield from _periods(found, vocabulary)
    yield from _postcodes(found, vocabulary)
    yield from _identifiers(found, vocabulary)


def _numbers(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    for number in find_numbers(found.text):
        start, end = found.words_within(number.start, number.end)
        if start < end and not vocabulary.labels.is_code(found.text[number.start : number.end]):
            kind = {"count": "number", "part": "part", "ordinal": "ordinal"}.get(number.kind, "times")
            value = number.value if kind == "part" else float(number.value)
            yield (
                start,
                end,
                Sense(kind, int(value) if kind in ("number", "ordinal") and value == int(value) else value),
                weight_of(end - start),
            )


def _lengths(found: Annotated) -> Iterator[Reading]:
    for length in find_lengths(found.text):
        start, end = found.words_within(length.start, length.end)
        if start < end:
            yield (
                start,
                end,
                Sense("length", (length.value, length.unit, length.least)),
                weight_of(end - start) + 1,
            )


def _periods(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    for period in find_periods(found.text, vocabulary.as_of):
        start, end = found.words_within(period.start, period.end)
        if start < end:
            yield start, end, Sense("period", period), weight_of(end - start) + 1


def _postcodes(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Full postcodes, districts and sectors, and areas of one or two letters beside the word postcode."""
    words = [word.text for word in found.words]
    for place, word in enumerate(words):
        if _POSTCODE.fullmatch(word):
            yield from _from_district(words, place, vocabulary)
        elif len(word) in (5, 6, 7) and _POSTCODE.fullmatch(word[:-3]) and _INWARD.fullmatch(word[-3:]):
            yield place, place + 1, _area(f"{word[:-3]} {word[-3:]}"), weight_of(1) + 1
        elif _AREA.fullmatch(word) and vocabulary.places.has_area(word) and _beside_postcode(words, place):
            yield place, place + 1, _area(word), weight_of(1) + 0.5


def _from_district(words: Sequence[str], place: int, vocabulary: Vocabulary) -> Iterator[Reading]:
    """A postcode or a sector that begins with the district at ``place``, and the district itself."""
    district, following = words[place], words[place + 1] if place + 1 < len(words) else ""
    both = f"{district} {following}"
    if _INWARD.fullmatch(following):
        yield place, place + 2, _area(both), weight_of(2) + 1
    elif _SECTOR.fullmatch(following) and vocabulary.places.has_area(both):
        yield place, place + 2, _area(both), weight_of(2)
    if vocabulary.places.has_area(district):
        yield place, place + 1, _area(district), weight_of(1)


def _area(code: str) -> Sense:
    return Sense("area", Postcode((code.upper(),)))


def _beside_postcode(words: Sequence[str], place: int) -> bool:
    """True if the word "postcode" is at most two words after, or three before ("postcodes starting with PL",
    "PL or EX postcode")."""
    near = [*words[max(0, place - 3) : place], *words[place + 1 : place + 6]]
    return any(word.startswith(OF_POSTCODES) for word in near)


def _identifiers(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Subjects by their published identifiers: "1-470061969", "SC009423"."""
    place = 0
    for typed in found.text.split():
        place = found.text.index(typed, place)
        code = typed.strip(_AROUND_CODES)
        numbers = vocabulary.labels.identified(code) if len(code) >= SHORTEST_CODE else ()
        if numbers:
            begin = place + typed.index(code)
            start, end = found.words_within(begin, begin + len(code))
            meant = Meant("subject", subjects=numbers, decided=True)
            yield start, end, Sense("subject", meant), weight_of(end - start) + 2
        place += len(typed)
