"""Finds every name in a question: full and short names, places, streets, postcodes, initials. Nothing is
filtered out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qa.engines.keyed import Counts, Lists
from qa.engines.pack import Part, Parts, nested, within
from qa.language.tokens import Word, key
from qa.question.name_index import Entries, Places
from qa.question.name_weights import LETTER
from qa.question.name_words import COMMON, GENERIC, KIND_WORDS, short_forms

Form: TypeAlias = Literal["full", "short", "initials", "spelling"]

_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_INWARD = re.compile(r"[0-9][a-z]{2}")
# The fields and forms that a phrase may be; the last is a place.
_MEANT: Sequence[tuple[str, Form]] = (
    *((field, form) for field in ("subject", "provider", "brand") for form in ("full", "short")),
    ("street", "full"),
    ("place", "full"),
)
_STREET, _PLACE = 6, 7
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


class Phrases:
    """Full and short names, streets and places by their folded words."""

    def __init__(self, meant: Lists, openings: Counts, by_postcode: Lists) -> None:
        """``meant`` has under each phrase numbers for what it may be (see :meth:`of`), ``openings`` under the
        first word of phrases how many words the longest has, ``by_postcode`` the entries at each postcode.
        """
        self.meant, self.openings, self.by_postcode = meant, openings, by_postcode

    @classmethod
    def of(cls, sorts: Mapping[str, Entries], places: Places) -> Phrases:
        """Make them of the entries of "subject", "provider" and so on, and of the names of places.

        A number is that of an entry, times eight, and that of its field and form among ``_MEANT``.
        """
        subjects, meant = sorts["subject"], dict[str, list[int]]()
        for field, entries in sorts.items():
            full, short = _MEANT.index((field, "full")), _MEANT.index((field, "short"))
            for number, name in enumerate(entries.names):
                meant.setdefault(name, []).append(number * 8 + full)
                for form in short_forms(name):
                    meant.setdefault(form, []).append(number * 8 + short)
        for number, street in enumerate(subjects.columns.get("street", ())):
            meant.setdefault(street, []).append(number * 8 + _STREET)
        for form in places.readings:
            meant.setdefault(form, []).append(_PLACE)
        meant.pop("", None)
        by_postcode: dict[str, list[int]] = {}
        for number, postcode in enumerate(subjects.columns.get("postcode", ())):
            by_postcode.setdefault(postcode, []).append(number)
        return cls(Lists.of(meant), Counts.of(_openings(meant)), Lists.of(by_postcode))

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        return nested(
            meant=self.meant.parts(), openings=self.openings.parts(), by_postcode=self.by_postcode.parts()
        )

    @classmethod
    def of_parts(cls, parts: Parts) -> Phrases:
        """Make them of their :meth:`parts`."""
        meant, by_postcode = (Lists.of_parts(within(parts, name)) for name in ("meant", "by_postcode"))
        return cls(meant, Counts.of_parts(within(parts, "openings")), by_postcode)


class Mentions:
    """The names of a loaded corpus, stored by their folded words. Lookup is linear in the number of words."""

    def __init__(
        self,
        sorts: Mapping[str, Entries],
        places: Places,
        phrases: Phrases,
        knows: Callable[[str], bool],
        knows_elsewhere: Callable[[str], bool],
        share: Callable[[str], float],
    ) -> None:
        """``sorts`` are the entries of "subject", "provider" and so on; for the rest see
        :class:`qa.question.names.NameIndex`."""
        self._sorts, self._places, self._phrases = sorts, places, phrases
        self._knows, self._knows_elsewhere, self._share = knows, knows_elsewhere, share
        self._subjects = sorts["subject"]

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
            () if word.start in exact else self._near(each) for word, each in zip(words, forms, strict=True)
        ]
        meant, openings = self._phrases.meant, self._phrases.openings
        for start in range(len(words)):
            most = max([openings.get(form, 0) for form in (*forms[start], *near[start])], default=0)
            growing: list[tuple[str, bool]] = [("", False)]
            for end in range(start + 1, min(start + most, len(words)) + 1):
                growing = _grown(growing, forms[end - 1], near[end - 1])
                for text, slip in growing:
                    if (numbers := meant.get(text)) is not None:
                        found += self._readings(start, end, text, numbers.tolist(), slip)
            found += self._by_initials(start, forms[start])
        return list(dict.fromkeys(found))

    def _near(self, forms: Sequence[str]) -> tuple[str, ...]:
        """The words of places that a word in its ``forms`` may be a slip for."""
        return tuple(one for one in self._near_places(forms[0]) if one not in forms)

    def _readings(
        self, start: int, end: int, text: str, meant: Sequence[int], slip: bool
    ) -> Iterable[Mention]:
        weight = sum(self._subjects.rarity(word) for word in text.split())
        everyday = self.is_everyday(text.split())
        for (field, form), values in self._named(meant).items() if not slip else ():
            yield Mention(start, end, field, tuple(values), form, weight, everyday)
        readings = self._places.readings[text] if _PLACE in meant else ()
        for field in dict.fromkeys(field for field, _ in readings):
            there = tuple(value for one, value in readings if one == field)
            plain: Form = "full" if any(key(str(value)) == text for value in there) else "short"
            yield Mention(start, end, field, there, "spelling" if slip else plain, weight, everyday)

    def _named(self, meant: Sequence[int]) -> Mapping[tuple[str, Form], list[int | str]]:
        """The values of the names and streets that a phrase may be, by their field and form."""
        found = dict[tuple[str, Form], list[int | str]]()
        for number in meant:
            if number % 8 != _PLACE:
                field, form = _MEANT[number % 8]
                entries = self._sorts.get(field, self._subjects)
                found.setdefault((field, form), []).append(entries.values[number // 8])
        return found

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
                    at = self._phrases.by_postcode.listed(text)
                    there = tuple(self._subjects.values[number] for number in at)
                    found.append(Mention(start, end, "postcode", there, "full", self._subjects.prior))
        return found

    def _by_initials(self, at: int, forms: Sequence[str]) -> Iterable[Mention]:
        for form in forms:
            if len(form) >= 3 and not self._knows_elsewhere(form):
                for field, entries in self._sorts.items():
                    if held := entries.initials.listed(form):
                        values = tuple(entries.values[number] for number in held)
                        yield Mention(at, at + 1, field, values, "initials", LETTER * len(form))

    def _near_places(self, word: str) -> tuple[str, ...]:
        if len(word) < 5 or self._knows(word):
            return ()
        return tuple(self._places.spellings.near(word)[:3])


def _openings(phrases: Iterable[str]) -> dict[str, int]:
    """First word → the number of words of the longest phrase that begins with it."""
    found: dict[str, int] = {}
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        size = rest.count(" ") + 2 if rest else 1
        if size > found.get(first, 0):
            found[first] = size
    return found


def _grown(
    phrases: Sequence[tuple[str, bool]], forms: Sequence[str], near: Sequence[str]
) -> list[tuple[str, bool]]:
    """Return phrases with one more word, in each of its forms; true for one with a word that is only near."""
    return [
        (f"{text} {form}".lstrip(), slip or form in near)
        for text, slip in phrases[:_WAYS]
        for form in (*forms, *near)
    ]
