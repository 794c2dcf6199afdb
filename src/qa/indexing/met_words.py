"""The words that a process has met in the files it has read. Each is sent once to the process that puts the
index together; after that its number stands for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from qa.retrieval.gathering import Numbers
from qa.retrieval.lexicon import Growing

MOST = 200_000  # words after which a process starts afresh, lest they use up its memory


class Added(NamedTuple):
    """The words met since they were last sent; if ``anew``, from the beginning."""

    words: list[tuple[str, str]]  # of passages, with their stems
    forms: list[str]  # of documents, see `qa.language.spoken`
    anew: bool


class Met:
    """The words met so far: the lexicon of the passages, and the word forms of the documents."""

    def __init__(self) -> None:
        self.lexicon, self.forms = Growing(), list[str]()  # the forms that another process has sent
        self._numbers = dict[str, int]()  # the forms of this process, with their numbers
        self._told = 0, 0

    @property
    def is_full(self) -> bool:
        """True if there are so many that the process should start afresh."""
        return len(self.lexicon.words) + len(self._numbers) > MOST

    def numbers(self, forms: Iterable[str]) -> Numbers:
        """The numbers of these forms."""
        numbers = self._numbers
        return np.array([numbers.setdefault(form, len(numbers)) for form in forms], dtype=np.int32)

    def added(self) -> Added:
        """What was added since this was last asked."""
        words, forms = self._told
        self._told = len(self.lexicon.words), len(self._numbers)
        new = list(itertools.islice(self._numbers, forms, None))
        return Added(self.lexicon.since(words), new, (words, forms) == (0, 0))

    def take(self, added: Added) -> None:
        """Add what another process has sent."""
        self.lexicon.take(added.words)
        self.forms.extend(added.forms)
