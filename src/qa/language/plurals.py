"""Plurals of the words that tables and grammars use."""

from __future__ import annotations


def plurals(phrase: str) -> tuple[str, ...]:
    """Return a phrase and its plural: ``hospice``, ``hospices``."""
    if phrase.endswith("y") and phrase[-2:-1] not in tuple("aeiou"):
        return phrase, f"{phrase[:-1]}ies"
    return (phrase,) if phrase.endswith("s") else (phrase, f"{phrase}s")
