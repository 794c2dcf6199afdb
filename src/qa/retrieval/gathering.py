"""The words of passages as rows of numbers, gathered file by file; :mod:`qa.retrieval.index` joins them into
one index.

A *unit* is a sentence, or the title and headings above a passage, which are the first unit of each passage. A
*pair* is a term of a passage with the number of times it occurs there, except as a stop word.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.engines.arrays import ascending, looked_up
from qa.language.tokens import stretch_tokens
from qa.passages import sentences_of
from qa.records import Passage
from qa.retrieval.lexicon import Growing, Lexicon, Listed

Numbers: TypeAlias = NDArray[np.int32]
Offsets: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.unsignedinteger]  # as wide as its greatest number requires

TOGETHER = 500  # passages whose texts are tokenized together
_SPACE = np.array([chr(code).isspace() for code in range(0x3002)])  # no higher code is white space


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Flat arrays over all tokens, units, pairs and passages, each in the order of the text.

    Offsets begin with 0 and have one more entry than the sequence that they divide.
    """

    lexicon: Lexicon
    tokens: Numbers  # for each token: the number of its word
    starts: Small  # for each token: where it begins in its passage, or in the headings above
    lengths: Small  # for each token: its length in characters
    capital: NDArray[np.bool_]  # for each token: whether it begins with a capital
    unit_tokens: Offsets  # for each unit: its first token
    unit_spans: Numbers  # for each unit: its start and end in its passage; 0 and 0 for the headings above
    passage_units: Offsets  # for each passage: its first unit
    pair_terms: Numbers
    pair_counts: Small  # 0 if the term is there only as a stop word
    passage_pairs: Offsets  # for each passage: its first pair

    @property
    def words(self) -> Sequence[str]:
        """The words by number."""
        return self.lexicon.words

    @property
    def terms(self) -> Sequence[str]:
        """The terms by number."""
        return self.lexicon.terms

    @property
    def term_of(self) -> Numbers:
        """For each word, the number of its term."""
        return self.lexicon.term_of

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self.passage_units) - 1

    def entry(self, passage: int) -> list[str]:
        """Return the terms of a passage, each as often as it occurs, for a search engine."""
        held = slice(self.passage_pairs[passage], self.passage_pairs[passage + 1])
        pairs = zip(self.pair_terms[held].tolist(), self.pair_counts[held].tolist(), strict=True)
        return [term for number, count in pairs for term in (self.terms[number],) * count]

    def sorted_pairs(self, numbers: Numbers, in_order: bool) -> tuple[Numbers, Small]:
        """Return the terms of the pairs renumbered, and their counts, with each passage's terms ascending; if
        the new numbers are ``in_order``, they already are."""
        terms = looked_up([(numbers, self.pair_terms)], np.int32)
        if in_order:
            return terms, self.pair_counts
        owner = np.repeat(np.arange(self.size), np.diff(self.passage_pairs))
        _, terms, counts = ascending(owner, terms, self.pair_counts)
        return terms, counts

    def part(self, first: int, last: int) -> Rows:
        """Return the rows of the passages from number ``first`` up to, but not including, ``last``."""
        units = slice(self.passage_units[first], self.passage_units[last])
        tokens = slice(self.unit_tokens[units.start], self.unit_tokens[units.stop])
        pairs = slice(self.passage_pairs[first], self.passage_pairs[last])
        return Rows(
            self.lexicon,
            self.tokens[tokens],
            self.starts[tokens],
            self.lengths[tokens],
            self.capital[tokens],
            self.unit_tokens[units.start : units.stop + 1] - tokens.start,
            self.unit_spans[units],
            self.passage_units[first : last + 1] - units.start,
            self.pair_terms[pairs],
            self.pair_counts[pairs],
            self.passage_pairs[first : last + 1] - pairs.start,
        )


class _Stretches:
    """The runs of text without white space seen so far, numbered, with their tokens."""

    def __init__(self, lexicon: Growing) -> None:
        self._lexicon = lexicon
        self._numbers: dict[str, int] = {}
        self._first = array("i", [0])  # for each stretch its first token; at the end, the number of tokens
        self._tokens, self._starts, self._lengths = array("i"), array("i"), array("i")
        self._capital = bytearray()

    def tokens(self, text: str) -> tuple[Numbers, Offsets, Numbers, NDArray[np.bool_]]:
        """Return for each token of a text the number of its word, its start, its length and whether it begins
        with a capital."""
        numbers, known = self._numbers, len(self._numbers)
        met = np.array([numbers.setdefault(one, len(numbers)) for one in text.split()], dtype=np.int64)
        for stretch in itertools.islice(numbers, known, None):
            self._add(stretch)
        first = np.array(self._first, dtype=np.int64)
        counts = np.diff(first)[met]
        places = np.repeat(first[met] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return (
            np.array(self._tokens, dtype=np.int32)[places],
            np.repeat(_stretch_starts(text), counts) + np.array(self._starts, dtype=np.int64)[places],
            np.array(self._lengths, dtype=np.int32)[places],
            np.frombuffer(bytes(self._capital), dtype=np.bool_)[places],
        )

    def _add(self, stretch: str) -> None:
        for word, start, end in stretch_tokens(stretch):
            self._tokens.append(self._lexicon.number(word))
            self._starts.append(start)
            self._lengths.append(end - start)
            self._capital.append(stretch[start].isupper())
        self._first.append(len(self._tokens))


def _stretch_starts(text: str) -> Offsets:
    """Return where each run of text between white space begins."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    filled = ~_SPACE[np.minimum(codes, len(_SPACE) - 1)]
    begins = filled.copy()
    begins[1:] &= ~filled[:-1]
    return np.flatnonzero(begins).astype(np.int64)


class _Gathering:
    """Collects some passages at a time, before they are made into arrays."""

    def __init__(self, lexicon: Growing) -> None:
        self.stretches = _Stretches(lexicon)
        self.tokens, self.starts, self.lengths = list[Numbers](), list[Offsets](), list[Numbers]()
        self.capital, self.unit_sizes = list[NDArray[np.bool_]](), list[Offsets]()
        self.unit_spans, self.passage_units = array("i"), array("q", [0])

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages: their texts are joined, and their units marked."""
        texts, ends, origins, is_unit, begun = list[str](), array("q"), array("q"), bytearray(), 0
        for passage in passages:
            above = " ".join(dict.fromkeys((passage.document.title, *passage.headings, *passage.columns)))
            body, spans = passage.text, sentences_of(passage)
            within = begun + len(above) + 1
            texts += (above, body)
            self.unit_spans.extend((0, 0, *(place for span in spans for place in (span.start, span.end))))
            self.passage_units.append(self.passage_units[-1] + 1 + len(spans))
            begun, first = within + len(body) + 1, begun
            ends.extend((within, *(within + span.end for span in spans), begun))
            origins.extend((first, *(within for _ in spans), within))
            is_unit += b"\1" * (1 + len(spans)) + b"\0"  # text after the last sentence is in no unit
        tokens, starts, lengths, capital = self.stretches.tokens("\n".join(texts))
        sizes, told = (
            np.diff(np.searchsorted(starts, ends), prepend=0),
            np.frombuffer(is_unit, dtype=np.bool_),
        )
        stays = np.repeat(told, sizes)
        self.tokens.append(tokens[stays])
        self.starts.append((starts - np.repeat(np.array(origins), sizes))[stays])
        self.lengths.append(lengths[stays])
        self.capital.append(capital[stays])
        self.unit_sizes.append(sizes[told])


def gather(passages: Iterable[Passage], lexicon: Growing | None = None) -> Rows:
    """Return the rows of these passages; their words are added to a lexicon."""
    lexicon = lexicon or Growing()
    growing, left = _Gathering(lexicon), iter(passages)
    while some := list(itertools.islice(left, TOGETHER)):
        growing.add(some)
    tokens = _one(growing.tokens, np.int32)
    unit_tokens = offsets_of(_one(growing.unit_sizes, np.int64))
    passage_units = np.array(growing.passage_units, dtype=np.int64)
    return Rows(
        lexicon,
        tokens,
        narrow(_one(growing.starts, np.int64)),
        narrow(_one(growing.lengths, np.int32)),
        _one(growing.capital, np.bool_),
        unit_tokens,
        np.array(growing.unit_spans, dtype=np.int32).reshape(-1, 2),
        passage_units,
        *_pairs(lexicon.term_of[tokens], lexicon.stop[tokens], unit_tokens[passage_units]),
    )


def _pairs(
    terms: Numbers, stop: NDArray[np.bool_], passage_tokens: Offsets
) -> tuple[Numbers, Small, Offsets]:
    """Return the terms of each passage, ascending, how often each occurs except as a stop word, and for each
    passage its first pair."""
    passages = len(passage_tokens) - 1
    owner = np.repeat(np.arange(passages), np.diff(passage_tokens))
    owner, terms, counted = ascending(owner, terms, ~stop)
    begins = np.flatnonzero(np.append(True, (np.diff(owner) > 0) | (np.diff(terms) != 0))[: len(terms)])
    counts = np.add.reduceat(counted, begins, dtype=np.int64) if len(begins) else begins
    return terms[begins], narrow(counts), offsets_of(np.bincount(owner[begins], minlength=passages))


def narrow(numbers: NDArray[np.integer]) -> Small:
    """Return non-negative numbers in the narrowest type that the greatest needs."""
    narrowed: Small = numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))), copy=False)
    return narrowed


def offsets_of(lengths: NDArray[np.integer]) -> Offsets:
    """Return where each of consecutive runs of these lengths begins, and finally where the last one ends."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def joined(parts: Sequence[Rows]) -> Rows:
    """Return the rows of several parts, one after the other.

    Words and terms are numbered alphabetically, so that the division into parts does not matter.
    """
    parts = [part for part in parts if part.size]
    lexicon, renumbered = _merged(parts)
    numbered = [(renumbered[id(part.lexicon)], part) for part in parts]
    pairs = [part.sorted_pairs(new.terms, new.in_order) for new, part in numbered]
    columns = {
        name: [getattr(part, name) for part in parts]
        for name in (
            "starts",
            "lengths",
            "capital",
            "unit_tokens",
            "unit_spans",
            "passage_units",
            "passage_pairs",
        )
    }
    return Rows(
        lexicon,
        looked_up([(new.words, part.tokens) for new, part in numbered], np.int32),
        narrow(_one(columns["starts"], np.uint8)),
        narrow(_one(columns["lengths"], np.uint8)),
        _one(columns["capital"], np.bool_),
        _offsets(columns["unit_tokens"]),
        np.concatenate([np.zeros((0, 2), dtype=np.int32), *columns["unit_spans"]]),
        _offsets(columns["passage_units"]),
        _one([of_terms for of_terms, _ in pairs], np.int32),
        narrow(_one([counts for _, counts in pairs], np.uint8)),
        _offsets(columns["passage_pairs"]),
    )


class _Renumbered(NamedTuple):
    """The new numbers for the words and terms of a lexicon; -1 for one in no part."""

    words: Numbers
    terms: Numbers
    in_order: bool  # whether the new numbers of terms are in the same order as the old ones

    @classmethod
    def of(cls, lexicon: Lexicon, words: Mapping[str, int], terms: Mapping[str, int]) -> _Renumbered:
        """Return the new numbers for a lexicon, given the numbers of all words and terms."""
        new = _numbers(lexicon.terms, terms)
        return cls(_numbers(lexicon.words, words), new, bool((np.diff(new[new >= 0]) > 0).all()))


class _Used(NamedTuple):
    """The words of a lexicon that stand in a part, and their terms: which, and by their numbers there."""

    lexicon: Lexicon
    words: NDArray[np.bool_]
    terms: NDArray[np.bool_]

    @classmethod
    def of(cls, lexicon: Lexicon, parts: Iterable[Rows]) -> _Used:
        """What these parts use of their lexicon."""
        parts = list(parts)
        if isinstance(lexicon, Listed) and lexicon.passages == sum(part.size for part in parts):
            return cls(
                lexicon, np.ones(len(lexicon.words), dtype=bool), np.ones(len(lexicon.terms), dtype=bool)
            )
        words, terms = np.zeros(len(lexicon.words), dtype=bool), np.zeros(len(lexicon.terms), dtype=bool)
        for part in parts:
            words[part.tokens] = True
        terms[lexicon.term_of[words]] = True
        return cls(lexicon, words, terms)


def _merged(parts: Sequence[Rows]) -> tuple[Listed, dict[int, _Renumbered]]:
    """Return the lexicon of all words in these parts, in alphabetical order, and the new numbers for the
    lexicon of each part, by its identity."""
    lexicons = {id(part.lexicon): part.lexicon for part in parts}
    used = [
        _Used.of(lexicon, (part for part in parts if part.lexicon is lexicon))
        for lexicon in lexicons.values()
    ]
    words = _listed((one.lexicon.words, one.words) for one in used)
    terms = _listed((one.lexicon.terms, one.terms) for one in used)
    new = {id(one.lexicon): _Renumbered.of(one.lexicon, words, terms) for one in used}
    term_of = np.zeros(len(words), dtype=np.int32)
    for lexicon, of_words, _ in used:
        numbers = new[id(lexicon)]
        term_of[numbers.words[of_words]] = numbers.terms[lexicon.term_of[of_words]]
    return Listed(list(words), list(terms), term_of, sum(part.size for part in parts)), new


def _listed(some: Iterable[tuple[Sequence[str], NDArray[np.bool_]]]) -> dict[str, int]:
    """The strings that are used of several lists, each once, by the alphabet, with their numbers: those of a
    list that is sorted stay one run, which is sorted fast.
    """
    every = itertools.chain.from_iterable(itertools.compress(listed, used.tolist()) for listed, used in some)
    return {one: number for number, (one, _) in enumerate(itertools.groupby(sorted(every)))}


def _numbers(listed: Sequence[str], numbers: Mapping[str, int]) -> Numbers:
    return np.fromiter(map(numbers.get, listed, itertools.repeat(-1)), dtype=np.int32, count=len(listed))


def _one(arrays: Sequence[NDArray[Any]], least: type[np.generic]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.zeros(0, dtype=least), *arrays])


def _offsets(parts: Sequence[Offsets]) -> Offsets:
    return offsets_of(np.concatenate([np.zeros(0, dtype=np.int64), *map(np.diff, parts)]))
