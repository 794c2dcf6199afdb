"""``qa questions make``: a question set from the loaded tables, with golds computed independently of the path
that answers questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from qa.errors import UsageError
from qa.evaluation.making.composed import CANONICAL, KINDS, composed
from qa.evaluation.making.kinds import MAKERS, Made
from qa.evaluation.making.material import Material
from qa.evaluation.making.plain_tables import Tables, tables
from qa.evaluation.making.world import World, wordings
from qa.reading import read_corpus
from qa.records import Report

_TRIES = 40  # attempts at one question before a kind counts as exhausted

__all__ = ["CANONICAL", "KINDS", "MAKERS", "Loaded", "load", "make"]


@dataclass(frozen=True)
class Loaded:
    """The tables of a corpus: as entries, for the kinds of simple questions, and as material for composed
    ones.
    """

    tables: Tables
    material: Material


def load(corpus: Path) -> Loaded:
    """Read the tables of a corpus folder.

    Raises:
        UsageError: they hold no overall rating.
        CorpusError: the folder can't be read.
    """
    read = read_corpus(corpus, Report())
    facts = list(read.facts)
    found = tables(facts, read.scale)
    if not any(entry.rating for entry in found.entries):
        raise UsageError(
            f"{corpus} has no rating table to make questions from. Name a corpus with one by --corpus."
        )
    return Loaded(found, Material.of(facts, read.scale))


def make(loaded: Loaded, *, seed: int, per_kind: int, kinds: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of a question set: up to ``per_kind`` questions of each kind that the tables allow; the
    same seed gives the same set.

    ``kinds`` are prefixes of the kinds to make, such as "composed" or "count_filter"; empty: all.

    Raises:
        UsageError: one of ``kinds`` begins none.
    """
    world = World(loaded.tables)
    for kind in _chosen(kinds):
        random = Random(
            f"{seed} {kind}"
        )  # one for each kind, so that a change in one leaves the others unchanged
        if kind in MAKERS:
            world.random = random
            for number, (question, made) in enumerate(_questions(world, kind, per_kind), 1):
                yield _line(kind, number, question, made.gold, made.history)
        else:
            for number, one in enumerate(composed(loaded.material, kind, per_kind, random), 1):
                yield _line(kind, number, one.question, one.gold)


def _chosen(kinds: Sequence[str]) -> list[str]:
    every = (*MAKERS, *KINDS)
    for begun in kinds:
        if not any(kind.startswith(begun) for kind in every):
            raise UsageError(f"No kind of question begins with {begun!r}. The kinds are {', '.join(every)}.")
    return [kind for kind in every if not kinds or kind.startswith(tuple(kinds))]


def _line(kind: str, number: int, question: str, gold: Mapping[str, Any], history: Sequence[str] = ()) -> str:
    line = {"id": f"{kind}-{number:03d}", "kind": kind, "question": question}
    before = {"history": list(history)} if history else {}
    return json.dumps(
        {**line, **before, "answerable": gold.get("answerable", True), **gold}, ensure_ascii=False
    )


def _questions(world: World, kind: str, wanted: int) -> Iterable[tuple[str, Made]]:
    found: dict[tuple[str, ...], Made] = {}
    for _ in range(wanted * _TRIES):
        if len(found) == wanted:
            break
        made = MAKERS[kind](world)
        if made is not None:
            asked = world.random.choice(wordings()[kind]).format_map(made.values)
            found.setdefault((*made.history, asked), made)
    return [(asked[-1], made) for asked, made in found.items()]
