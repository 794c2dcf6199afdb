"""Finds every name in a question: full and short names, places, streets, postcodes, initials. Nothing is
filtered out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qa.language.tokens import Word, key
from qa.question.name_index import Entries, Places
from qa.question.name_weights import LETTER
from qa.question.name_words import COMMON, GENERIC, KIND_WORDS, short_forms

Form: TypeAlias = Literal["full", "short", "initials", "spelling"]
Values: TypeAlias = tuple[int | str, ...]

_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_INWARD = re.compile(r"[0-9][a-z]{2}")
_WAYS = 8  # the most ways of writing one phrase that are looked up


@dataclass(frozen=True, slots=True)
class Mention:
    """The words ``start`` to ``end`` (excluded) of the question and one thing that they may name.

    ``field`` is "subject" (``values`` are subject numbers), "postcode" or "street" (also subject numbers;
    empty if no subject is there), or a named field such as "provider" or "town" (published values).
    ``weight`` is the rarity of the words in bits. ``everyday`` is true if all of them are words of everyday
    English, which identify something only as a whole name.
    """

    start: int
    end: int
    field: str
    values: tuple[int | str, ...]
    form: Form
    weight: float
    everyday: bool = False


class Mentions:
    """The names of a loaded corpus, stored by their folded words. Lookup is linear in the number of words."""

    def __init__(
        self,
        sorts: Mapping[str, Entries],
        places: Places,
        knows: Callable[[str], bool],
        knows_elsewhere: Callable[[str], bool],
        share: Callable[[str], float],
    ) -> None:
        """``sorts`` are the entries of "subject", "provider" and so on; for the rest see
        :class:`qa.question.names.NameIndex`."""
        self._sorts, self._places = sorts, places
        self._knows, self._knows_elsewhere, self._share = knows, knows_elsewhere, share
        subjects = self._subjects = sorts["subject"]
        self._streets, self._by_postcode = _grouped(subjects, "street"), _grouped(subjects, "postcode")
        self._names = _names(sorts)
        self._openings = _openings([*self._names, *places.readings, *self._streets])

    def is_everyday(self, words: Iterable[str]) -> bool:
        """True if all the folded words are everyday English or general in names: they count only as a whole
        name."""
        return all(word in GENERIC or word in KIND_WORDS or self._is_common(word) for word in words)

    def _is_common(self, word: str) -> bool:
        """True if English uses the word often; "childrens" is the possessive of such a word."""
        return max(self._share(word), self._share(word.removesuffix("s"))) >= COMMON

    def find(self, words: Sequence[Word], exact: Collection[int] = ()) -> list[Mention]:
        """Return every name in ``words``, with all readings, in reading order; words that begin at one of the
        offsets ``exact`` are not corrected."""
        found = self._postcodes(words)
        forms = [tuple(dict.fromkeys(form for form in (word.text, word.base) if form)) for word in words]
        near = [
            () if word.start in exact else tuple(one for one in self._near_places(each[0]) if one not in each)
            for word, each in zip(words, forms, strict=True)
        ]
        for start in range(len(words)):
            most = max((self._openings.get(form, 0) for form in (*forms[start], *near[start])), default=0)
            growing: list[tuple[str, bool]] = [("", False)]
            for end in range(start + 1, min(start + most, len(words)) + 1):
                growing = [
                    (f"{text} {form}".lstrip(), slip or form in near[end - 1])
                    for text, slip in growing[:_WAYS]
                    for form in (*forms[end - 1], *near[end - 1])
                ]
                for text, slip in growing:
                    if text in self._names or text in self._places.readings or text in self._streets:
                        found += self._readings(start, end, text, slip)
            found += self._by_initials(start, forms[start])
        return list(dict.fromkeys(found))

    def _readings(self, start: int, end: int, text: str, slip: bool) -> Iterable[Mention]:
        weight = sum(self._subjects.rarity(word) for word in text.split())
        everyday = self.is_everyday(text.split())
        if not slip:
            for field, form, values in self._names.get(text, ()):
                yield Mention(start, end, field, values, form, weight, everyday)
            if (there := self._streets.get(text)) is not None:
                yield Mention(start, end, "street", there, "full", weight, everyday)
        for field in dict.fromkeys(field for field, _ in self._places.readings.get(text, ())):
            values = tuple(value for one, value in self._places.readings[text] if one == field)
            plain: Form = "full" if any(key(str(value)) == text for value in values) else "short"
            yield Mention(start, end, field, values, "spelling" if slip else plain, weight, everyday)

    def _postcodes(self, words: Sequence[Word]) -> list[Mention]:
        found = []
        for start, word in enumerate(words):
            follower = words[start + 1].text if start + 1 < len(words) else ""
            for end, text in (
                (start + 1, f"{word.text[:-3]} {word.text[-3:]}"),
                (start + 2, f"{word.text} {follower}"),
            ):
                outward, _, inward = text.partition(" ")
                if _POSTCODE.fullmatch(outward) and _INWARD.fullmatch(inward):
                    there = self._by_postcode.get(text, ())
                    found.append(Mention(start, end, "postcode", there, "full", self._subjects.prior))
        return found

    def _by_initials(self, at: int, forms: Sequence[str]) -> Iterable[Mention]:
        for form in forms:
            if len(form) >= 3 and not self._knows_elsewhere(form):
                for field, entries in self._sorts.items():
                    if (held := entries.initials.get(form)) is not None:
                        values = tuple(entries.values[number] for number in held)
                        yield Mention(at, at + 1, field, values, "initials", LETTER * len(form))

    def _near_places(self, word: str) -> tuple[str, ...]:
        if len(word) < 5 or self._knows(word):
            return ()
        return tuple(self._places.spellings.near(word)[:3])


def _names(sorts: Mapping[str, Entries]) -> dict[str, tuple[tuple[str, Form, Values], ...]]:
    """Return every full and short name of all sorts → (field, form, values)."""
    held: dict[str, dict[tuple[str, Form], list[int | str]]] = {}
    for field, entries in sorts.items():
        for value, name in zip(entries.values, entries.names, strict=True):
            held.setdefault(name, {}).setdefault((field, "full"), []).append(value)
            for short in short_forms(name):
                held.setdefault(short, {}).setdefault((field, "short"), []).append(value)
    held.pop("", None)
    return {
        text: tuple((field, form, tuple(values)) for (field, form), values in each.items())
        for text, each in held.items()
    }


def _grouped(entries: Entries, field: str) -> dict[str, Values]:
    """Map the folded values of a column to the entries that have them."""
    held: dict[str, list[int | str]] = {}
    for value, text in zip(entries.values, entries.columns.get(field, ()), strict=False):
        if text:
            held.setdefault(text, []).append(value)
    return {text: tuple(values) for text, values in held.items()}


def _openings(phrases: Iterable[str]) -> dict[str, int]:
    """First word → the number of words of the longest phrase that begins with it."""
    found: dict[str, int] = {}
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        size = rest.count(" ") + 2 if rest else 1
        if size > found.get(first, 0):
            found[first] = size
    return found
