"""Greetings, thanks, "what can you do" and "download it": texts that ask for nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import get_args

from qa.language.tokens import fold, key
from qa.question.reading import Spoken

_LONGEST = 7  # words of a phrase of small talk


@cache
def _phrases() -> Mapping[str, Spoken]:
    table = tomllib.loads(files("qa.question").joinpath("small_talk.toml").read_text(encoding="utf-8"))
    return {key(phrase): kind for kind in get_args(Spoken) for phrase in table[kind]}


@cache
def _between() -> frozenset[str]:
    return frozenset(
        tomllib.loads(files("qa.question").joinpath("small_talk.toml").read_text(encoding="utf-8"))["between"]
    )


def small_talk(text: str) -> Spoken | None:
    """Return the kind of small talk if ``text`` is nothing else; ``None`` for a question."""
    words = [word.text for word in fold(text)[:60]]
    found: list[Spoken] = []
    while words:
        sizes = range(min(len(words), _LONGEST), 0, -1)
        size = next((size for size in sizes if " ".join(words[:size]) in _phrases()), 0)
        if size:
            found.append(_phrases()[" ".join(words[:size])])
            words = words[size:]
        elif found and words[0] in _between():
            words = words[1:]
        else:
            return None
    return "help" if "help" in found else found[0] if found else None
