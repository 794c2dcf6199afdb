"""A name that was typed without a slip is told at once, and as it would be among all that are like it."""

from __future__ import annotations

import random

import pytest
from made_facts import fact, store
from made_names import directory, known, unknown

from qa.language.dictionary import ordinary, share
from qa.language.tokens import fold
from qa.question.agreeing import Agreeing
from qa.question.choosing import Choice
from qa.question.name_tables import NameTables
from qa.question.names import Evidence, NameIndex, Place

TORRICK = Evidence((Place("torrick", (("town", "Torrick"),)),))
# name, town
HELD = [
    *(("Aaron Court", "Torrick"), ("Aaron Court Care Home", "Selmouth"), ("Aaron House", "Court")),
    *(("Brack Leeds", "Torrick"), ("Brack", "Leeds"), ("Elmos", "Torrick"), ("Elmo", "Selmouth")),
    *(("Kolve Staffs", "Torrick"), ("Kolve Staffordshire", "Torrick"), ("The Larches", "Torrick")),
    *(("The Larches", "Selmouth"), ("Haywardcare", "Torrick"), ("Hayward Care Centre", "Torrick")),
]


def resolved(index: NameIndex, text: str, evidence: Evidence) -> Choice:
    words = fold(text)
    return index.resolve(words, (0, len(words)), evidence)


def choices(texts: list[str], held: list[tuple[str, str]] | None = None) -> list[Choice]:
    rows = [fact(name, identifier=name + town, town=town) for name, town in held or []]
    index = NameIndex(NameTables.of(store(*rows)), ordinary, share) if held else directory()[0]
    index._resolved.cache_clear()
    return [resolved(index, text, evidence) for text in texts for evidence in (Evidence(), TORRICK)]


@pytest.mark.parametrize("sort", ["known", "unknown", "alike"])
def test_nobody_else_is_told_than_among_all_that_are_like_the_name(
    sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {"known": known, "unknown": unknown}.get(sort)
    lookups = list(made(random.Random(11), 12)) if made else []
    texts = [one.question[one.start : one.end] for one in lookups]
    held = None
    if not made:
        held = HELD
        texts = [text for name, town in HELD for text in (name, name.lower(), f"{name} {town}", f"{name}'s")]
    told = choices(texts, held)
    assert bool([one for one in told if one.outcome == "tell"]) == (sort != "unknown")
    monkeypatch.setattr(Agreeing, "with_all", lambda self, typed: [])
    assert choices(texts, held) == told
