"""How common words are in general English, read from background.toml, to steady the counts of a
small corpus.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from qa.language.stems import stem
from qa.language.words import endings, flagged


@cache
def _manner() -> frozenset[str]:
    return frozenset(map(stem, flagged("manner")))


def is_manner(word: str) -> bool:
    """True if a word is a verb, adjective or adverb, judged by a list and its ending."""
    return stem(word) in _manner() or (len(word) > 5 and word.endswith(endings()))


@cache
def shares() -> Mapping[str, float]:
    """Return the terms of the shipped list and the share of passages of general prose that contain them."""
    found: dict[str, float] = {}
    for band in _table()["bands"]:
        for word in band["words"].lower().split():
            term = stem(word)
            found[term] = max(found.get(term, 0.0), band["share"])
    return found


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("qa.retrieval").joinpath("background.toml").read_text(encoding="utf-8"))
