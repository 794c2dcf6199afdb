"""Which words are ordinary English, topics and never misspellings of something else, and how
common they are.
"""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def share(word: str) -> float:
    """The share of English text's words that are this lower-case word; 0 of one that the dictionary lacks."""
    return float(_dictionary().word_usage_frequency(word))


def ordinary(word: str) -> bool:
    """Whether the lower-case word stands in an English dictionary of some 160,000 words."""
    return word in _dictionary().word_frequency
