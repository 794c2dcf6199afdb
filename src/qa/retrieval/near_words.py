"""Words of similar meaning in general English, read from near_words.txt.

The thesaurus is written by hand; this table is made by `benchmarks/near_words.py`. It has, for the stems of
common words, the stems with the nearest meanings. It is broad and rough, so its words count for less.

Glossary, with example values for "kids":

* a *neighbour* is a stem of similar meaning and how near it is, from 0 to 1: ``("youngster", 0.5)``;
* a *line* of the file is a stem with its neighbours, the nearest first: ``kid kiddi:59 boy:58``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FILE = "near_words.txt"


class Neighbour(NamedTuple):
    """A stem, and how near its meaning is."""

    term: str
    nearness: float


def neighbours(term: str) -> tuple[Neighbour, ...]:
    """Return the stems nearest in meaning to this one, the nearest first; empty for an uncommon word."""
    told = (pair.partition(":") for pair in _lines().get(term, "").split())
    return tuple(Neighbour(other, int(nearness) / 100) for other, _, nearness in told)


def is_common(term: str) -> bool:
    """True if the table has this stem, so that it is not a misspelling of another."""
    return term in _lines()


@cache
def _lines() -> Mapping[str, str]:
    """The neighbours of each stem as the file has them, parsed only when needed."""
    text = files("qa.retrieval").joinpath(FILE).read_text(encoding="utf-8")
    parts = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {term: told for term, _, told in parts}
