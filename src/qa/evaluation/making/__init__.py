"""``qa questions make``: a question set from the loaded tables, its golds computed apart from the path that answers questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from qa.errors import UsageError
from qa.evaluation.making.kinds import MAKERS, Made
from qa.evaluation.making.tables import Tables, tables
from qa.evaluation.making.world import World, wordings
from qa.reading import read_corpus
from qa.records import Report
from qa.scale import CQC

_TRIES = 40  # for one question, before a kind counts as used up

__all__ = ["MAKERS", "load", "make"]


def load(corpus: Path) -> Tables:
    """Read the tables of a corpus folder.

    Raises:
        UsageError: they hold no overall rating.
        CorpusError: the folder can't be read.
    """
    read = read_corpus(corpus, Report())
    found = tables(read.facts, read.scales, CQC)
    if not any(entry.rating for entry in found.entries):
        raise UsageError(f"{corpus} holds no rating table to make questions from. Name a corpus with one by --corpus.")
    return found


def make(loaded: Tables, *, seed: int, per_kind: int) -> Iterator[str]:
    """Yield the lines of a question set: up to ``per_kind`` questions of each kind that the tables allow, the same for the same seed."""
    world = World(loaded)
    for kind in MAKERS:
        world.random = Random(f"{seed} {kind}")  # for each kind its own, so that a change in one leaves the others as they are
        for number, (question, made) in enumerate(_questions(world, kind, per_kind), 1):
            history = {"history": list(made.history)} if made.history else {}
            answerable = {"answerable": made.gold.get("answerable", True)}
            line = {"id": f"{kind}-{number:03d}", "kind": kind, "question": question, **history, **answerable, **made.gold}
            yield json.dumps(line, ensure_ascii=False)


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
