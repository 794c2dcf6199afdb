"""Function words and their flags, from words.toml, which says what each flag means."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Flag = Literal[
    "stop", "function", "telling", "idle", "small_talk", "regulator", "ending", "manner", "narrows"
]


def flagged(flag: Flag) -> frozenset[str]:
    """Return the words that have ``flag``."""
    return _flags()[flag]


@cache
def endings() -> tuple[str, ...]:
    """Return the endings of verbs, adjectives and adverbs that are in no list."""
    return tuple(_table()["endings"]["manner"].split())


@cache
def _flags() -> Mapping[Flag, frozenset[str]]:
    words = defaultdict[str, set[str]](set)
    for group in _table()["words"]:
        for flag in group["flags"]:
            words[flag].update(group["words"].split())
    return {flag: frozenset(words[flag]) for flag in get_args(Flag)}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("qa.language").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _carrying_nothing() -> frozenset[str]:
    return flagged("function") | flagged("stop")


def is_function(word: str) -> bool:
    """True if a folded word is neither a name nor a topic in a question."""
    return word in _carrying_nothing()
