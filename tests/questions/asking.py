"""A folder of tables, served and read apart; its made questions asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from directory import a_year_later, directory, write

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings
from questions import HISTORY_MAKERS, MAKERS
from questions.choosing import Chooser, Names, Wordings, made
from questions.expected import Expected
from questions.plain_table import read_table

KINDS = {**MAKERS, **HISTORY_MAKERS}


@dataclass(frozen=True)
class World:
    """A folder of tables: served, and the names that it holds, read apart from it."""

    service: Service
    names: Names


@dataclass(frozen=True)
class Asked:
    """A conversation, what its last question must be answered with, and what it is."""

    conversation: tuple[str, ...]
    expected: Expected
    answer: Answer

    def faults(self, *, strict: bool = True) -> list[str]:
        return self.expected.faults(self.answer, strict=strict)

    def __str__(self) -> str:
        return f"{' | '.join(self.conversation)}\n      told: {self.answer.answer.text[:300]}"


def served(folder: Path, *tables: Path, cache: Path | str = "none") -> World:
    """The folder's service, and its tables, given oldest first."""
    return World(
        Service.open(Settings.load({"corpus": folder, "cache": cache}, {})), Names(read_table(*tables))
    )


def invented_worlds(folder: Path) -> Callable[[str], World]:
    """For each kind of question the world to ask it in: one invented directory, or for questions of history
    two, a year apart.
    """
    one, two, first = folder / "one", folder / "two", directory()
    for made_folder in (one, two):
        made_folder.mkdir()
    alone = served(one, write(one, "directory.csv", first))
    with_history = served(
        two, write(two, "2021-07.csv", first), write(two, "2022-07.csv", a_year_later(first))
    )
    return lambda kind: with_history if kind in HISTORY_MAKERS else alone


def ask(world: World, wordings: Wordings, kind: str, number: int) -> Iterator[Asked]:
    """Ask up to ``number`` questions of a kind, the same ones each time."""
    choose = Chooser(world.names, wordings.forms, Random(f"made {kind}"))
    for conversation, expected in made(wordings, kind, number, partial(KINDS[kind], choose)):
        yield Asked(tuple(conversation), expected, world.service.ask(conversation[-1], conversation[:-1]))
