"""Classifies words as a year, a month, a number, a name …; computed for all words of an index at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Flags: TypeAlias = NDArray[np.uint16]

_NAMES = (
    "year",
    "month",
    "era",
    "number",
    "unit",
    "name",
    "person",
    "place",
    "role",
    "people",
    "often",
    "title",
    "preposition",
    "stop",
    "vague",
)
FLAGS: Mapping[str, int] = {name: 1 << place for place, name in enumerate(_NAMES)}
ANY = (1 << len(_NAMES)) - 1  # all flags
STOP, NAME = FLAGS["stop"], FLAGS["name"]
_ANY, _NO_MONTH = np.uint16(ANY), np.uint16(ANY ^ FLAGS["month"])  # "may", "march"
_NO_NAME = np.uint16(STOP | FLAGS["number"] | FLAGS["month"])

_YEAR = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})s?")
_USUALLY = 0.7  # share of capitals within sentences from which a word is always a name


def flags_of(word: str, listed: Mapping[str, int], is_stop: bool) -> int:
    """Return the flags that follow from a token's text; ``listed`` maps words to the flags of their lists."""
    flags = listed.get(word, 0) | (STOP if is_stop else 0)
    if word[0].isdigit():
        flags |= FLAGS["number"] | (FLAGS["year"] if is_year(word) else 0)
    return flags


def is_year(word: str) -> bool:
    """True if a word may be a year, or a decade."""
    return _YEAR.fullmatch(word) is not None


def usual_names(seen: NDArray[np.int64], capitals: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which terms are usually names: those mostly ``seen`` with a capital where they do not begin a
    sentence."""
    return (capitals > 0) & (capitals >= _USUALLY * seen)


def in_context(
    flags: Flags, capital: NDArray[np.bool_], first: NDArray[np.bool_], usual: NDArray[np.bool_]
) -> Flags:
    """Return every token's flags, adding those that follow from its capital and its neighbours.

    All arrays have one entry per token, in the order of the text; ``first`` marks those that begin a
    sentence, ``usual`` those whose term is usually a name.
    """
    within = ~first
    flags = flags & np.where(capital, _ANY, _NO_MONTH)
    name = capital & (flags & _NO_NAME == 0) & (within | usual)
    before, after_name, leads = _before(flags, first), np.zeros_like(name), np.zeros_like(name)
    after_name[1:] = name[:-1]
    follows = name & (after_name & within | (before & FLAGS["title"] > 0))
    leads[:-1] = follows[1:] & within[1:]
    place = name & (before & FLAGS["preposition"] > 0)
    for named, flag in ((name, NAME), (follows | leads & name, FLAGS["person"]), (place, FLAGS["place"])):
        flags |= named * np.uint16(flag)
    return flags


def _before(flags: Flags, first: NDArray[np.bool_]) -> Flags:
    """Return the flags of the token before; none for tokens that begin a sentence."""
    moved = np.zeros_like(flags)
    moved[1:] = flags[:-1]
    moved[first] = 0
    return moved
