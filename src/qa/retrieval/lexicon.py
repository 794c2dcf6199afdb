"""The words of passages by number, each with its stem."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.language.stems import is_stop, stem


class Lexicon(Protocol):
    """The words and terms that the numbers in rows stand for. Rows that share a lexicon are joined without
    comparing words."""

    @property
    def words(self) -> Sequence[str]:
        """The words in the order of their numbers."""
        ...

    @property
    def terms(self) -> Sequence[str]:
        """Their stems in the order of the stems' numbers."""
        ...

    @property
    def term_of(self) -> NDArray[np.int32]:
        """For each word, the number of its stem."""
        ...


class Listed:
    """A lexicon that does not change, of so many ``passages``; each of its words is in one of them."""

    def __init__(
        self,
        words: Sequence[str] = (),
        terms: Sequence[str] = (),
        term_of: NDArray[np.int32] | None = None,
        passages: int = 0,
    ) -> None:
        self.words, self.terms, self.passages = words, terms, passages
        self.term_of = np.zeros(0, dtype=np.int32) if term_of is None else term_of


class Growing:
    """A lexicon that adds every word that it is asked for; a process that reads files has one for all of
    them."""

    def __init__(self) -> None:
        self.words, self.terms = list[str](), list[str]()
        self._numbers, self._term_numbers = dict[str, int](), dict[str, int]()
        self._term_of, self._stop = array("i"), bytearray()

    @property
    def term_of(self) -> NDArray[np.int32]:
        """See :class:`Lexicon`."""
        return np.array(self._term_of, dtype=np.int32)

    @property
    def stop(self) -> NDArray[np.bool_]:
        """For each word, whether it is too common to be indexed."""
        return np.array(self._stop, dtype=np.bool_)

    def number(self, word: str) -> int:
        """Return the number of a word, adding it if it is new."""
        number = self._numbers.get(word)
        return self._add(word, stem(word)) if number is None else number

    def since(self, known: int) -> list[tuple[str, str]]:
        """Return the words after the first ``known``, with their stems."""
        places = self._term_of[known:]
        return [(word, self.terms[place]) for word, place in zip(self.words[known:], places, strict=True)]

    def take(self, added: Iterable[tuple[str, str]]) -> None:
        """Add words with their stems, from another lexicon's :meth:`since`."""
        for word, term in added:
            self._add(word, term)

    def _add(self, word: str, term: str) -> int:
        number = self._numbers[word] = len(self.words)
        place = self._term_numbers.setdefault(term, len(self.terms))
        if place == len(self.terms):
            self.terms.append(term)
        self.words.append(word)
        self._term_of.append(place)
        self._stop.append(is_stop(word))
        return number
