"""What people say for a table's terms: the distinctive words of its aspects' names, the forms of its
ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qa.language.tokens import key
from qa.language.words import is_function
from qa.question.parts import Sense
from qa.question.query import WHOLE
from qa.scale import Scale

_SAID_OTHERWISE = frozenset(
    ("aspect", "unheld", "rated", "prose")
)  # senses that yield to an aspect's own word
_MEET = ("meet", "meets", "meeting", "met")
_DENIED = ("did not", "do not", "does not", "didnt", "dont", "doesnt", "not", "has not", "have not")


def aspect_words(
    aspects: Sequence[str], phrases: Mapping[str, tuple[Sense, ...]]
) -> Iterator[tuple[str, Sense]]:
    """Yield the parts of an aspect's name that no other aspect has: "behaviour" of "Attendance and
    behaviour". Parts with another meaning in ``phrases`` and parts that begin or end with a small word are
    left out."""
    named = {aspect: _stretches(key(aspect)) for aspect in aspects}
    for aspect, stretches in named.items():
        elsewhere = {one for other, told in named.items() if other != aspect for one in told}
        for stretch in stretches:
            other = {sense.kind for sense in phrases.get(stretch, ())} - _SAID_OTHERWISE
            if stretch not in elsewhere and stretch != key(aspect) and not other:
                yield stretch, Sense("aspect", aspect)


def all_of_them(aspects: Sequence[str]) -> Iterator[tuple[str, Sense]]:
    """Yield "for all three" for a table that rates three key questions; the grammar has it for five."""
    number = sum(aspect != WHOLE for aspect in aspects)
    for word in () if number == 5 else _NUMBERS.get(number, ()):
        yield from ((f"{of} all {word}", Sense("aspects", "five")) for of in ("across", "for", "in", "on"))


_NUMBERS = {
    number: (word, str(number))
    for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)
}


def _stretches(name: str) -> list[str]:
    words = name.split()
    spans = ((start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return [
        " ".join(words[start:end])
        for start, end in spans
        if not is_function(words[start]) and not is_function(words[end - 1])
    ]


def rating_words(scale: Scale) -> Iterator[tuple[str, Sense]]:
    """Yield the synonyms of a scale, and its words as inflected verbs: "need attention", "did not meet"."""
    for word, meant in scale.synonyms.items():
        sense = Sense("rating", scale.canonical(meant) or meant)
        yield from ((form, sense) for form in (key(word), *_forms(key(word))))
    for rating in (*scale.ratings, *scale.unrated):
        cased = zip(
            f" {rating}", rating, strict=False
        )  # each letter after the previous one: "AwaitingInspection"
        spaced = key(
            "".join(f" {one}" if before.islower() and one.isupper() else one for before, one in cased)
        )
        for form in dict.fromkeys((*_forms(key(rating)), spaced)):
            yield form, Sense("rating", rating)


def _forms(rating: str) -> Iterator[str]:
    first, _, rest = rating.partition(" ")
    if rest and first.endswith("s") and not first.endswith("ss"):
        base = first.removesuffix("s")
        yield from (f"{form} {rest}" for form in (base, f"{base.removesuffix('e')}ing"))
    if rating == "met":
        yield from _MEET
    if rating == "not met":
        yield from (f"{denied} {meet}" for denied in _DENIED for meet in _MEET)
        yield from ("failed to meet", "fail to meet", "fails to meet", "failing to meet")
