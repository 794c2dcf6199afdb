"""Which words are ordinary English, so topics and never misspellings of something else, and how common they
are."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def share(word: str) -> float:
    """Return the share of English text that is this lower-case word; 0 if the dictionary lacks it."""
    return float(_dictionary().word_usage_frequency(word))


def ordinary(word: str) -> bool:
    """True if the lower-case word is in an English dictionary of some 160,000 words."""
    return word in _dictionary().word_frequency
