"""An index of the sentences of all passages, word by word: what the closer look at the best passages reads.

A *unit* is a sentence, or what stands above a passage: its document's title and its headings, which is the first unit of each
passage. The tokens of all units follow one another in flat arrays, which are small; :mod:`qa.retrieval.sheets` lays out the passages
that are looked at.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.language.spelling import Speller
from qa.language.stems import is_stop, stem
from qa.language.tokens import Token, tokenize
from qa.passages import sentences_of
from qa.records import Passage, Span
from qa.retrieval import classes
from qa.retrieval.background import shares
from qa.retrieval.classes import Flags
from qa.retrieval.demands import demands

SHORTEST = 6  # letters of a word that is corrected; passages hold so many words that shorter ones are near to too many
SATURATION = 1.2  # of words repeated in a sentence, as BM25's k1 …
LENGTH = 0.75  # … and its b
USUAL = 14.0  # words of a sentence, its stop words left out
PRIOR = 300  # passages of general prose that the corpus' own counts are joined with
UNCOMMON = 0.001  # share of those that hold a word which the background list does not

Numbers: TypeAlias = NDArray[np.int32]
Offsets: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SentenceIndex:
    """Flat arrays over all tokens, units and passages, each in the order of the text."""

    terms: Mapping[str, int]  # term → its number; stop words' terms too
    weights: NDArray[np.float64]  # of each term: the information that it carries
    names: NDArray[np.bool_]  # of each term: whether it is a name as a rule
    numbers: Numbers  # of each token: the number of its term
    starts: Numbers  # of each token: where it begins in its passage
    ends: Numbers
    flags: Flags
    unit_tokens: Offsets  # of each unit: its first token; one more than there are units
    unit_rooms: NDArray[np.float64]  # of each unit: k1 · (1 - b + b · length / usual length), as in BM25
    unit_spans: Numbers  # of each unit: its start and end in its passage; 0 and 0 of what stands above
    passage_units: Offsets  # of each passage: its first unit; one more than there are passages
    size: int  # passages
    sorted_terms: Sequence[str]  # without stop words, to find those that begin alike
    spelling: Speller

    def weight(self, term: str) -> float:
        """The information that a term carries; of one that no passage holds, as if a passage could."""
        number = self.terms.get(term)
        return float(self.weights[number]) if number is not None else _weight(0, shares().get(term, UNCOMMON), self.size)

    def beginning(self, prefix: str) -> Iterator[str]:
        """The terms that begin with a prefix."""
        for place in range(bisect_left(self.sorted_terms, prefix), len(self.sorted_terms)):
            if not self.sorted_terms[place].startswith(prefix):
                return
            yield self.sorted_terms[place]


def _weight(held_by: float, share: float, size: int) -> float:
    return math.log(1 + (size + PRIOR) / (held_by + PRIOR * share + 0.5))


class _Growing:
    """What is gathered passage by passage, before it is made into arrays."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.numbers, self.starts, self.ends = array("i"), array("i"), array("i")
        self.capital = array("b")
        self.unit_tokens, self.unit_spans, self.passage_units = array("q"), array("i"), array("q")

    def add(self, passage: Passage) -> list[str]:
        """Take in a passage; returns its tokens' words without the stop words', those above it first."""
        above = " ".join(dict.fromkeys((passage.document.title, *passage.headings, *passage.columns)))
        body = passage.text
        self.passage_units.append(len(self.unit_tokens))
        self._unit(Span(0, 0))
        heading, tokens, first = tokenize(above), tokenize(body), 0
        self._tokens(above, heading)
        for span in sentences_of(passage):
            self._unit(span)
            last = bisect_left(tokens, span.end, first, key=lambda token: token.start)
            self._tokens(body, tokens[first:last])
            first = last
        return [token.text for token in (*heading, *tokens) if not is_stop(token.text)]

    def _unit(self, span: Span) -> None:
        self.unit_tokens.append(len(self.numbers))
        self.unit_spans.extend((span.start, span.end))

    def _tokens(self, source: str, tokens: Sequence[Token]) -> None:
        words = self.words
        for word, start, end in tokens:
            self.numbers.append(words.setdefault(word, len(words)))
            self.starts.append(start)
            self.ends.append(end)
            self.capital.append(source[start].isupper())


def index_of(passages: Sequence[Passage]) -> tuple[SentenceIndex, list[list[str]]]:
    """The index of these passages, and the terms of each for the engine."""
    growing = _Growing()
    entries = [[stem(word) for word in growing.add(passage)] for passage in passages]
    return _finished(growing, len(passages)), entries


def _finished(growing: _Growing, size: int) -> SentenceIndex:
    terms: dict[str, int] = {}
    term_of = np.array([terms.setdefault(stem(word), len(terms)) for word in growing.words] or [0], dtype=np.int32)
    listed = demands().words
    own_flags = np.array([classes.flags_of(word, listed, is_stop(word)) for word in growing.words] or [0], dtype=np.uint16)
    words = np.array(growing.numbers, dtype=np.int32)
    numbers, flags = term_of[words], own_flags[words]
    unit_tokens = np.append(np.array(growing.unit_tokens, dtype=np.int64), len(numbers))
    passage_units = np.append(np.array(growing.passage_units, dtype=np.int64), len(growing.unit_tokens))
    first = np.zeros(len(numbers), dtype=bool)
    first[unit_tokens[unit_tokens < len(numbers)]] = True
    capital = np.array(growing.capital, dtype=bool)
    names = classes.usual_names(numbers, capital, first, len(terms))
    sizes = np.bincount(
        np.repeat(np.arange(len(unit_tokens) - 1), np.diff(unit_tokens))[flags & classes.STOP == 0], minlength=len(unit_tokens) - 1
    )
    stop = np.zeros(len(terms), dtype=bool)
    stop[term_of[own_flags & classes.STOP > 0]] = True
    return SentenceIndex(
        terms,
        _weights(terms, numbers, unit_tokens[passage_units], size),
        names & ~stop,
        numbers,
        np.array(growing.starts, dtype=np.int32),
        np.array(growing.ends, dtype=np.int32),
        classes.in_context(flags, capital, first, names[numbers]),
        unit_tokens,
        (SATURATION * (1 - LENGTH + LENGTH * sizes / USUAL)).astype(np.float64),
        np.array(growing.unit_spans, dtype=np.int32).reshape(-1, 2),
        passage_units,
        size,
        sorted(term for term, number in terms.items() if not stop[number]),
        Speller(filter(str.isalpha, growing.words), SHORTEST),
    )


def _weights(terms: Mapping[str, int], numbers: Numbers, passage_tokens: Offsets, size: int) -> NDArray[np.float64]:
    """ln(1 + (N + P) / (n + P·s + ½)) for a term that n of N passages and a share s of P passages of general prose hold."""
    passage = np.repeat(np.arange(size), np.diff(passage_tokens))
    pairs = np.unique(passage * len(terms) + numbers) % max(len(terms), 1)
    held_by = np.bincount(pairs.astype(np.int64), minlength=len(terms))
    share = np.array([shares().get(term, UNCOMMON) for term in terms])
    weights: NDArray[np.float64] = np.log(1 + (size + PRIOR) / (held_by + PRIOR * share + 0.5))
    return weights
