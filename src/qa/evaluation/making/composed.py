"""Composed questions: random Queries over the loaded tables, in canonical English and in looser words, with
golds computed row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from qa.evaluation.making.everyday import EverydayMaker
from qa.evaluation.making.gold import gold
from qa.evaluation.making.loosely import Loosely
from qa.evaluation.making.material import Material
from qa.evaluation.making.queries import SHAPES, QueryMaker
from qa.evaluation.making.slips import SLIPS, slipped
from qa.evaluation.plain import evaluate_rows
from qa.question.query import Query
from qa.question.say import say

_TRIES = 30  # attempts at one question before a kind counts as exhausted
# The share of questions answered by "none" that is kept: people mostly ask for what they expect to be
# there.
_NOTHING = 0.1
CANONICAL = "canonical"
_CANONICAL_ONLY = ("events", "times")  # of the past, for which there are no looser words yet
KINDS = (
    *(f"composed_{shape}" for shape in SHAPES if shape not in _CANONICAL_ONLY),
    *(f"{CANONICAL}_{shape}" for shape in SHAPES),
)


@dataclass(frozen=True)
class Composed:
    """A Query put into words, and its gold."""

    query: Query
    question: str
    gold: Mapping[str, Any]


def composed(material: Material, kind: str, wanted: int, random: Random) -> list[Composed]:
    """Return up to ``wanted`` distinct questions of a kind: "composed_count" in looser words,
    "canonical_count" in the words of ``say.py``."""
    way, _, shape = kind.partition("_")
    if way == CANONICAL:
        draw = QueryMaker(material.words, random).query
        word: Callable[[Query], str | None] = lambda query: say(query, material.vocabulary)  # noqa: E731 - beside the other
    else:
        draw = EverydayMaker(material, random).query
        word = Loosely(material.vocabulary, random, material.is_clear).question
    found: dict[str, Composed] = {}
    for _ in range(wanted * _TRIES):
        if len(found) == wanted:
            break
        query = draw(shape)
        asked = word(query)
        told = gold(query, evaluate_rows(query, material.rows), material.vocabulary.scale) if asked else None
        if asked and told is not None and not (_is_nothing(told) and random.random() > _NOTHING):
            typed = asked if way == CANONICAL else slipped(asked, random, random.choice(SLIPS))
            found.setdefault(typed, Composed(query, typed, told))
    return list(found.values())


def _is_nothing(told: Mapping[str, Any]) -> bool:
    return 0 in (told.get("value"), told.get("total"))
