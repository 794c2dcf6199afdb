"""The loaded names, indexed so that the few that a question may mean are found fast.

:class:`Entries` hold what can be named (subjects, providers, brands) with word postings; :class:`Places` hold
the names of places. Both are built once for a loaded corpus, never change, and are shared by threads.
:mod:`qa.question.names` uses them to decide which subject is meant.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.facts import Subject
from qa.language.tokens import key
from qa.question.name_words import Spellings, bare, initials_of, joined_words

_UNTOLD = 0.2  # part of its rarity that each word missing from an entry costs a proposal
_NAMELESS = 2.0  # bits that a proposal loses if no word of its name was typed
_ADDRESS = 0.8  # worth of a word in the address relative to one in the name, for proposals
_FAR = 5.0  # proposals this many bits below the best are not looked at more closely,
_KEPT = 6  # except for the first few, which may be suggested
NO_VALUE = "-"  # what the directory has for no brand
_COUNCIL_FORMS = ((", city of", ""), (", county of", ""), ("city of ", ""), ("county of ", ""))
_OF_KIND = ("kind", "type", "care_home")  # columns for the kind of a place
_CODES = ("town", "local_authority", "region")

Positions: TypeAlias = NDArray[np.intp]  # wider than necessary, because numpy's lookup is fastest with it
Bits: TypeAlias = NDArray[np.float32]


class Entries:
    """Everything of one sort that can be named, numbered from 0: its folded name, its columns, and which
    entries have a word.

    ``columns`` maps a field to the folded values of all entries, "" if there is none. ``values`` are what a
    choice returns: subject numbers, or the published names of providers and brands.
    """

    def __init__(
        self, values: Sequence[int | str], names: Sequence[str], columns: Mapping[str, Sequence[str]]
    ) -> None:
        self.values, self.names, self.columns = values, names, columns
        self.size = len(values)
        self.holders = _postings([names])
        self.near_holders = _postings(
            [column for field, column in columns.items() if field not in _OF_KIND], names
        )
        self.full: dict[str, Positions] = _positions(bare(name) for name in names)
        self.joined = joined_words(names)
        self.initials = _initials(names)
        self._rarity = {word: self._bits(len(held)) for word, held in self.holders.items()}
        self._rarest = self._bits(0)
        weights = self._rarity
        self.totals = np.fromiter(
            (sum(weights[word] for word in set(name.split())) for name in names), np.float32, self.size
        )
        self.prior = math.log2(self.size + 1)

    def rarity(self, word: str) -> float:
        """Return the bits that an agreement on ``word`` is worth: log2 of m over u, with u its share among
        the names and m nearly 1."""
        return self._rarity.get(word, self._rarest)

    def near_rarity(self, word: str) -> float:
        """Return the bits that an agreement on a word of an address or owner is worth."""
        return self._bits(len(self.near_holders.get(word, ())))

    def _bits(self, held: int) -> float:
        return max(math.log2((self.size + 1) / (held + 0.5)), 0.0)

    def propose(self, groups: Sequence[Mapping[str, float]], most: int) -> list[int]:
        """Return the entries that agree most with the typed words, the best first.

        Each group stands for one typed word: the forms that it may have in a name or address, and the bits of
        each.
        """
        scores, told = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
        for group in groups:
            words = [word for word in group if word in self.holders or word in self.near_holders]
            if len(words) == 1:
                self._add(words[0], group[words[0]], scores, told)
            elif words:
                gain, named = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
                for word in words:
                    self._raise(word, group[word], gain, named)
                scores += gain
                told += named
        return self._best(scores, told, most)

    def _add(self, word: str, bits: float, scores: Bits, told: Bits) -> None:
        """Add the worth of a word to the scores of the entries with it; no entry has it in both name and
        address."""
        if (held := self.holders.get(word)) is not None:
            scores[held] += np.float32(bits)
            told[held] += np.float32(self.rarity(word))
        if (held := self.near_holders.get(word)) is not None:
            scores[held] += np.float32(_ADDRESS * min(bits, self.near_rarity(word)))

    def _raise(self, word: str, bits: float, gain: Bits, named: Bits) -> None:
        """Raise the gain of the entries with a word, if it is worth more than another form of it."""
        if (held := self.holders.get(word)) is not None:
            gain[held] = np.maximum(gain[held], np.float32(bits))
            named[held] = np.maximum(named[held], np.float32(self.rarity(word)))
        if (held := self.near_holders.get(word)) is not None:
            near = np.float32(_ADDRESS * min(bits, self.near_rarity(word)))
            gain[held] = np.maximum(gain[held], near)

    def _best(self, scores: Bits, told: Bits, most: int) -> list[int]:
        found = np.flatnonzero(scores != 0)  # flatnonzero is many times faster on booleans
        values, named = scores[found], told[found]
        is_named = (named > 0).astype(np.float32)  # multiplying is many times faster than np.where
        values -= is_named * (_UNTOLD * np.maximum(self.totals[found] - named, 0))
        values -= (1 - is_named) * np.float32(_NAMELESS)
        chosen = np.argpartition(-values, most)[:most] if len(values) > most else np.arange(len(values))
        chosen = chosen[np.lexsort((chosen, -values[chosen]))]
        best = zip(found[chosen].tolist(), values[chosen].tolist(), strict=True)
        least = float(values[chosen[0]]) - _FAR if len(chosen) else 0.0
        return [one for place, (one, score) in enumerate(best) if place < _KEPT or score >= least]


class Places:
    """The names of places: the fields and values that a folded name may be, and their words."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        self.readings: dict[str, tuple[tuple[str, str], ...]] = {}
        for field, named in values.items():  # in the order of precedence for a shared name
            for value in named:
                for form in dict.fromkeys((key(value), *_council_forms(field, value))):
                    held = self.readings.get(form, ())
                    self.readings[form] = held if (field, value) in held else (*held, (field, value))
        self.folded: dict[
            str, frozenset[tuple[str, str]]
        ] = {}  # by the form without "on", "the" and the like
        for form, held in self.readings.items():
            told = frozenset((field, key(value)) for field, value in held)
            self.folded[bare(form)] = self.folded.get(bare(form), frozenset()) | told
        self.words: dict[str, int] = defaultdict(
            int
        )  # word → how many names of towns, councils and regions have it
        for form, held in self.readings.items():
            if any(field in _CODES for field, _ in held):
                for word in form.split():
                    self.words[word] += 1
        self.words = dict(self.words)
        self.spellings = Spellings(self.words)


def subject_entries(subjects: Sequence[Subject], fields: Sequence[str]) -> Entries:
    """Return the entries of all subjects with the folded values of ``fields``."""
    columns = {field: _folded(subject.attributes.get(field, "") for subject in subjects) for field in fields}
    return Entries([subject.id for subject in subjects], [key(subject.name) for subject in subjects], columns)


def value_entries(values: Iterable[str]) -> Entries:
    """Return the entries of the distinct values of a named field; values that differ only in case or full
    stops are one."""
    by_key: dict[str, str] = {}
    for value in dict.fromkeys(values):
        if folded := key(value if value != NO_VALUE else ""):
            by_key.setdefault(folded, value)
    return Entries(list(by_key.values()), list(by_key), {})


def _folded(values: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {NO_VALUE: ""}
    found = []
    for value in values:
        folded = seen.get(value)
        if folded is None:
            folded = seen[value] = key(value)
        found.append(folded)
    return found


def _postings(columns: Sequence[Sequence[str]], but: Sequence[str] | None = None) -> dict[str, Positions]:
    """Map words to the numbers of the rows whose columns have them, except rows whose ``but`` has them
    already."""
    held: dict[str, array[int]] = defaultdict(lambda: array("i"))
    split: dict[str, tuple[str, ...]] = {}
    for column in columns:
        for number, text in enumerate(column):
            if text:
                words = split.get(text)
                if words is None:
                    words = split[text] = tuple(dict.fromkeys(text.split()))
                own = but[number] if but else ""
                for word in words:
                    if word not in own or f" {word} " not in f" {own} ":
                        held[word].append(number)
    several = len(columns) > 1
    return {word: _numbers(numbers, several) for word, numbers in held.items()}


def _numbers(numbers: array[int], several: bool) -> Positions:
    found = np.frombuffer(numbers, np.int32).astype(np.intp)
    return np.unique(found) if several and len(found) > 1 else found


def _positions(forms: Iterable[str]) -> dict[str, Positions]:
    held: dict[str, array[int]] = defaultdict(lambda: array("i"))
    for number, form in enumerate(forms):
        held[form].append(number)
    return {form: np.frombuffer(numbers, np.int32).astype(np.intp) for form, numbers in held.items()}


def _initials(names: Sequence[str]) -> dict[str, Positions]:
    """Map initials of three letters or more, in each way in which people form them, to the entries with
    them."""
    held: dict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(names):
        for letters in initials_of(name):
            held[letters].add(number)
    return {letters: np.array(sorted(numbers), np.intp) for letters, numbers in held.items()}


def _council_forms(field: str, value: str) -> Iterable[str]:
    if field not in _CODES:
        return
    plain = value.casefold()
    for form, short in _COUNCIL_FORMS:
        plain = plain.replace(form, short)
    yield from (form for form in (key(plain), key(value).replace(" the ", " ")) if form)
