"""What a question demands: a person, a date, a place, a number, or none of these; read from demands.toml."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.language.stems import terms
from qa.retrieval.classes import FLAGS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: flags, by their names, of the words that give an answer (``tells``), and of those
    that an answer must have (``demands``)."""

    name: str
    words: frozenset[
        str
    ]  # the question must have one of these words for the cue to count; empty: any question
    cue: re.Pattern[str]
    tells: Mapping[str, int]
    demands: int
    # Flags of words that don't count even with a demanded flag: a year is also a number.
    bars: int
    named: bool  # only for a question with a name
    strict: bool  # a sentence without the kind of answer can't answer; otherwise it is only less likely
    holds: re.Pattern[str] | None  # what else a sentence must have
    asks: bool  # the words of the cue only ask, so that no sentence needs them

    def asking(self, question: str) -> Sequence[str]:
        """Return the terms of a question that only ask for what it demands: "organ" for "which
        organisation"."""
        found = self.cue.search(question.lower()) if self.asks else None
        return terms(found[0]) if found else ()


@dataclass(frozen=True, slots=True)
class Demands:
    """The kinds of question, of which the first that fits is used, and words by their flags."""

    kinds: tuple[Kind, ...]
    words: Mapping[str, int]

    def kind(self, question: str, words: Iterable[str], named: bool = False) -> Kind:
        """Return the kind of a question with these tokens, which is ``named`` if it has a name; the last kind
        if no other fits."""
        lower, there = question.lower(), frozenset(words)
        return next(
            kind
            for kind in self.kinds
            if (named or not kind.named)
            and not (kind.words and kind.words.isdisjoint(there))
            and kind.cue.search(lower)
        )


@cache
def demands() -> Demands:
    """Return the shipped table, read once."""
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
            sum(FLAGS[name] for name in row.get("bars", ())),
            row.get("named", False),
            row.get("strict", False),
            re.compile(row["holds"], re.IGNORECASE) if "holds" in row else None,
            row.get("asks", False),
        )
        for row in table["kinds"]
    ]
    return Demands(tuple(kinds), dict(words))
