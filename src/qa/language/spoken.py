"""The words that texts use: all of them, and those in lower case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qa.language.tokens import forms_in, key

_LOWER_CASE = re.compile(r"\b[a-z][a-z'’]*\b")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Folded words, each with the number of documents that use it.

    ``words`` are all of them, with and without a possessive; ``common`` are used in lower case: they are
    topics rather than names.
    """

    words: Counter[str] = field(default_factory=Counter)
    common: Counter[str] = field(default_factory=Counter)


def document_words(texts: Iterable[str], above: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the words of a document, those in the ``texts`` of its passages and in the headings ``above``
    them, and those in lower case in the texts."""
    texts = list(texts)
    small = {found for text in texts for found in _LOWER_CASE.findall(text)}
    return forms_in((*texts, *above)), set(map(key, small))
