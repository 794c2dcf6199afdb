"""The words that a process has met in all the files it has read: each is told but once to whoever puts an
index together, as its number from then on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from qa.retrieval.gathering import Numbers
from qa.retrieval.lexicon import Growing

MOST = 200_000  # words after which a process begins anew, so that none is short of memory for files before


class Added(NamedTuple):
    """The words that were met since they were last told; if ``anew``, the first of all."""

    words: list[tuple[str, str]]  # of passages, with their stems
    forms: list[str]  # of documents, see `qa.language.spoken`
    anew: bool


class Met:
    """The words met so far: those of passages as their lexicon, and the forms of those of documents."""

    def __init__(self) -> None:
        self.lexicon, self.forms = Growing(), list[str]()  # the forms that another process has told
        self._numbers = dict[str, int]()  # those of this one, with their numbers
        self._told = 0, 0

    @property
    def is_full(self) -> bool:
        """Whether there are so many that a process should begin anew."""
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
        """Add what another process has."""
        self.lexicon.take(added.words)
        self.forms.extend(added.forms)
