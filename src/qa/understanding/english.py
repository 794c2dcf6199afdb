"""Which words are ordinary English: they are topics, and never misspellings of something else."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def ordinary(word: str) -> bool:
    """Whether the lower-case word stands in an English dictionary of some 160,000 words."""
    return word in _dictionary().word_frequency
