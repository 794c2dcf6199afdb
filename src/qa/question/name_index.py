"""The loaded names, indexed so that the few that a question may mean are found fast.

:class:`Entries` hold what can be named (subjects, providers, brands) with word postings; :class:`Places` hold
the names of places. Both are arrays, made once for a corpus, kept in its index and mapped from there; they
never change, and are shared by threads. :mod:`qa.question.names` uses them to decide which subject is meant.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.engines import pack
from qa.engines.keyed import Coded, Counts, Keyed, Lists, Tuples
from qa.engines.pack import Part, Parts, nested, within
from qa.engines.strings import Strings
from qa.fields import Field
from qa.language.remembering import remembered
from qa.language.tokens import key
from qa.question.name_words import Spellings, bare, initials_of, joined_words

_UNTOLD = 0.2  # part of its rarity that each word missing from an entry costs a proposal
_NAMELESS = 2.0  # bits that a proposal loses if no word of its name was typed
_ADDRESS = 0.8  # worth of a word in the address relative to one in the name, for proposals
_FAR = 5.0  # proposals this many bits below the best are not looked at more closely,
_KEPT = 6  # except for the first few, which may be suggested
_CACHED = 1 << 20  # bytes of the words whose rarity is cached
NO_VALUE = "-"  # what the directory has for no brand
_COUNCIL_FORMS = ((", city of", ""), (", county of", ""), ("city of ", ""), ("county of ", ""))
PLACE_ORDER = ("local_authority", "region", "town")  # precedence of columns for a shared name
OF_KIND = ("kind", "type", "care_home")  # columns for the kind of a place

Positions: TypeAlias = NDArray[np.intp]  # wider than necessary, because numpy's lookup is fastest with it
Bits: TypeAlias = NDArray[np.float32]
Columns: TypeAlias = Mapping[str, Sequence[str]]


def place_fields(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the names of the fields of places, those of precedence first."""
    return tuple(dict.fromkeys((*PLACE_ORDER, *(one.name for one in fields if one.place))))


class Entries:
    """Everything of one sort that can be named, numbered from 0: its folded name, its columns, and which
    entries have a word.

    ``columns`` maps a field to the folded values of all entries, "" if there is none; a field without any is
    left out. ``values`` are what a choice returns: subject numbers, or the published names of providers and
    brands.
    """

    def __init__(self, parts: Parts) -> None:
        """Make them of their :meth:`parts`."""
        self._parts = parts
        self.names = Strings.of_parts(within(parts, "names"))
        self.size = len(self.names)
        listed = Strings.of_parts(within(parts, "values"))
        self.values: Strings | range = listed if len(listed) else range(1, self.size + 1)
        self.columns = {
            field: Coded.of_parts(within(parts, f"columns/{field}"))
            for field in dict.fromkeys(name.split("/")[1] for name in parts if name.startswith("columns/"))
        }
        self.holders, self.near_holders, self.full, self.initials = (
            Lists.of_parts(within(parts, name)) for name in ("holders", "near_holders", "full", "initials")
        )
        self.joined = Tuples.of_parts(within(parts, "joined"))
        self.totals: Bits = pack.array(parts, "totals")
        self.prior = math.log2(self.size + 1)
        self.rarity = remembered(self._rarity, _CACHED)

    @classmethod
    def of(cls, values: Iterable[str], names: Sequence[str], columns: Columns) -> Entries:
        """Make them of their ``values``, none if those are numbers, their folded names and columns."""
        held = {field: Coded.of(column) for field, column in columns.items() if any(column)}
        words = dict[str, int]()
        in_names = _pairs([Coded.of(names)], words)
        beside = _pairs([column for field, column in held.items() if field not in OF_KIND], words)
        parts = nested(
            names=Strings.of(names).parts(),
            values=Strings.of(values).parts(),
            columns=nested(**{field: column.parts() for field, column in held.items()}),
            holders=Lists.of_pairs(words, in_names, np.intp).parts(),
            near_holders=Lists.of_pairs(words, np.setdiff1d(beside, in_names, True), np.intp).parts(),
            full=Lists.of(_numbers_of((bare(name),) for name in names), np.intp).parts(),
            joined=Tuples.of(joined_words(names)).parts(),
            initials=Lists.of(_numbers_of(map(initials_of, names)), np.intp).parts(),
        )
        return cls(parts | {"totals": _totals(in_names, len(words), len(names))})

    def parts(self) -> Parts:
        """Return the arrays of which they consist."""
        return self._parts

    def _rarity(self, word: str) -> float:
        """Return the bits that an agreement on ``word`` is worth: log2 of m over u, with u its share among
        the names and m nearly 1."""
        return _bits(self.size, self.holders.count(word))

    def propose(self, groups: Sequence[Mapping[str, float]], most: int) -> list[int]:
        """Return the entries that agree most with the typed words, the best first.

        Each group stands for one typed word: the forms that it may have in a name or address, and the bits of
        each.
        """
        scores, told = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
        for group in groups:
            found = [one for word, bits in group.items() if (one := self._found(word, bits)) is not None]
            if len(found) == 1:
                _add(found[0], scores, told)
            elif found:
                gain, named = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
                for one in found:
                    _raise(one, gain, named)
                scores += gain
                told += named
        return self._best(scores, told, most)

    def _found(self, word: str, bits: float) -> _Found | None:
        """Return the entries with a word and what it is worth there; ``None`` if no entry has it."""
        held, near = self.holders.get(word), self.near_holders.get(word)
        if held is None and near is None:
            return None
        of_near = 0.0 if near is None else _ADDRESS * min(bits, _bits(self.size, len(near)))
        return _Found(held, np.float32(bits), np.float32(self.rarity(word)), near, np.float32(of_near))

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


def _bits(size: int, held: int) -> float:
    """Return the bits of a word that ``held`` of ``size`` entries have."""
    return max(math.log2((size + 1) / (held + 0.5)), 0.0)


class _Found(NamedTuple):
    """A typed word: the entries with it in their names (``held``), with what it is worth there and its
    rarity, and those with it beside their names (``near``), with what it is worth there. No entry is in both.
    """

    held: Positions | None
    bits: np.float32
    rarity: np.float32
    near: Positions | None
    of_near: np.float32


def _add(found: _Found, scores: Bits, told: Bits) -> None:
    """Add the worth of a word to the scores of the entries with it."""
    if found.held is not None:
        scores[found.held] += found.bits
        told[found.held] += found.rarity
    if found.near is not None:
        scores[found.near] += found.of_near


def _raise(found: _Found, gain: Bits, named: Bits) -> None:
    """Raise the gain of the entries with a word, if it is worth more than another form of it."""
    if found.held is not None:
        gain[found.held] = np.maximum(gain[found.held], found.bits)
        named[found.held] = np.maximum(named[found.held], found.rarity)
    if found.near is not None:
        gain[found.near] = np.maximum(gain[found.near], found.of_near)


class Readings(Keyed[tuple[tuple[str, str], ...]]):
    """The fields and values that a form of a name may be."""

    def __init__(self, lists: Lists, fields: Coded, values: Strings) -> None:
        """``lists`` have the numbers of readings, whose fields and values are at these places."""
        super().__init__(lists.strings)
        self._lists, self._fields, self._values = lists, fields, values

    @classmethod
    def of(cls, readings: Mapping[str, Iterable[tuple[str, str]]]) -> Readings:
        """Make them of the readings of each form."""
        numbers: dict[tuple[str, str], int] = {}
        lists = {
            form: [numbers.setdefault(reading, len(numbers)) for reading in held]
            for form, held in sorted(readings.items())
        }
        fields, values = (field for field, _ in numbers), (value for _, value in numbers)
        return cls(Lists.of(lists), Coded.of(fields), Strings.of(values))

    def at(self, place: int) -> tuple[tuple[str, str], ...]:
        """Return the fields and values of the form at a place."""
        return tuple([(self._fields[one], self._values[one]) for one in self._lists.at(place).tolist()])

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        return nested(lists=self._lists.parts(), fields=self._fields.parts(), values=self._values.parts())

    @classmethod
    def of_parts(cls, parts: Parts) -> Readings:
        """Make them of their :meth:`parts`."""
        return cls(
            Lists.of_parts(within(parts, "lists")),
            Coded.of_parts(within(parts, "fields")),
            Strings.of_parts(within(parts, "values")),
        )


class Places:
    """The names of places: the fields and values that a folded name may be, and their words.

    ``readings`` has them by each form of a name, in the order of precedence; ``folded``, with folded values,
    by the form without "on", "the" and the like. ``words`` says of a word how many names of towns, councils
    and regions have it.
    """

    def __init__(self, readings: Readings, folded: Readings, words: Counts, spellings: Spellings) -> None:
        self.readings, self.folded, self.words, self.spellings = readings, folded, words, spellings

    @classmethod
    def of(cls, values: Mapping[str, Iterable[str]]) -> Places:
        """Make them of the values of each field, those of precedence first."""
        readings: dict[str, dict[tuple[str, str], None]] = {}
        for field, named in values.items():
            for value in named:
                for form in (key(value), *_council_forms(field, value)):
                    readings.setdefault(form, {})[field, value] = None
        folded: dict[str, dict[tuple[str, str], None]] = {}
        for form, held in readings.items():
            folded.setdefault(bare(form), {}).update({(field, key(value)): None for field, value in held})
        words: dict[str, int] = defaultdict(int)
        for form, held in readings.items():
            if any(field in PLACE_ORDER for field, _ in held):
                for word in form.split():
                    words[word] += 1
        return cls(Readings.of(readings), Readings.of(folded), Counts.of(words), Spellings.of(words))

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        return nested(
            readings=self.readings.parts(),
            folded=self.folded.parts(),
            words=self.words.parts(),
            spellings=self.spellings.parts(),
        )

    @classmethod
    def of_parts(cls, parts: Parts) -> Places:
        """Make them of their :meth:`parts`."""
        readings, folded = (Readings.of_parts(within(parts, name)) for name in ("readings", "folded"))
        words = Counts.of_parts(within(parts, "words"))
        return cls(readings, folded, words, Spellings.of_parts(within(parts, "spellings")))


def subject_entries(names: Iterable[str], columns: Columns) -> Entries:
    """Return the entries of all subjects, in the order of their numbers, from their names and the values of
    their fields."""
    folded = {field: _folded(column) for field, column in columns.items()}
    return Entries.of((), list(map(key, names)), folded)


def value_entries(values: Iterable[str]) -> Entries:
    """Return the entries of the distinct values of a named field; values that differ only in case or full
    stops are one."""
    by_key: dict[str, str] = {}
    for value in dict.fromkeys(values):
        if folded := key(value if value != NO_VALUE else ""):
            by_key.setdefault(folded, value)
    return Entries.of(by_key.values(), list(by_key), {})


def _folded(values: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {NO_VALUE: ""}
    found = []
    for value in values:
        folded = seen.get(value)
        if folded is None:
            folded = seen[value] = key(value)
        found.append(folded)
    return found


def _pairs(columns: Sequence[Coded], words: dict[str, int]) -> NDArray[np.int64]:
    """Return which rows have which words in any of these columns, as :meth:`Lists.of_pairs` takes it. New
    words are added to ``words`` with their numbers."""
    found = [np.zeros(0, np.int64)]
    for column in columns:
        each = [[words.setdefault(word, len(words)) for word in text.split()] for text in column.values]
        sizes = np.fromiter(map(len, each), np.int64, len(each))
        flat = np.fromiter(itertools.chain.from_iterable(each), np.int64, int(sizes.sum()))
        repeats = sizes[column.codes]  # for each row: its words
        begins = np.cumsum(sizes) - sizes  # for each value: where its words begin
        places = np.repeat(begins[column.codes] - (np.cumsum(repeats) - repeats), repeats)
        places += np.arange(len(places))
        found.append(flat[places] << 32 | np.repeat(np.arange(len(column)), repeats))
    return np.unique(np.concatenate(found))


def _totals(pairs: NDArray[np.int64], words: int, size: int) -> Bits:
    """Return for each entry the bits of all words of its name."""
    held = np.bincount(pairs >> 32, minlength=words)
    weights = np.array([_bits(size, number) for number in held.tolist()])
    return np.bincount(pairs & 0xFFFFFFFF, weights[pairs >> 32], size).astype(np.float32)


def _numbers_of(forms: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Map each form to the numbers of the entries that have it among theirs."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(forms):
        for form in each:
            held[form].append(number)
    return held


def _council_forms(field: str, value: str) -> Iterable[str]:
    if field not in PLACE_ORDER:
        return
    plain = value.casefold()
    for form, short in _COUNCIL_FORMS:
        plain = plain.replace(form, short)
    yield from (form for form in (key(plain), key(value).replace(" the ", " ")) if form)
