"""What a question demands: a person, a date, a place, a number, or none of these; read from demands.toml."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.retrieval.classes import FLAGS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: flags, by their names, of the words that ``tells`` an answer, and of those that a question ``demands``."""

    name: str
    words: frozenset[str]  # of which the question has one where the cue may be found; empty where any question may
    cue: re.Pattern[str]
    tells: Mapping[str, int]
    demands: int
    strict: bool  # nothing answers that lacks what is demanded; elsewhere that is only less probable


@dataclass(frozen=True, slots=True)
class Demands:
    """The kinds of question, the first that fits, and words by their flags."""

    kinds: tuple[Kind, ...]
    words: Mapping[str, int]

    def kind(self, question: str, words: Iterable[str]) -> Kind:
        """The kind of a question, of which ``words`` are the tokens; the last one where none fits."""
        lower, there = question.lower(), frozenset(words)
        return next(kind for kind in self.kinds if not (kind.words and kind.words.isdisjoint(there)) and kind.cue.search(lower))


@cache
def demands() -> Demands:
    """The shipped table, read once."""
    table = tomllib.loads(files("qa.retrieval").joinpath("demands.toml").read_text(encoding="utf-8"))
    words = defaultdict[str, int](int)
    for flag, listed in table["words"].items():
        for word in listed.split():
            words[word] |= FLAGS[flag]
    kinds = [
        Kind(
            row["name"],
            frozenset(row.get("words", "").split()),
            re.compile(row["cue"]),
            {name: FLAGS[name] for name in row["tells"]},
            sum(FLAGS[name] for name in row["demands"]),
            row.get("strict", False),
        )
        for row in table["kinds"]
    ]
    return Demands(tuple(kinds), dict(words))
