"""What questions need of the names in the tables is kept in the index: opening it makes nothing of their rows."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from county import HEADS, rows
from made_names import vocabulary

from qa.engines.pack import Parts, Text
from qa.facts import FactStore
from qa.facts.store_rows import Subject
from qa.indexing.opening import open_index
from qa.question.name_tables import NameTables
from qa.service import Service
from qa.settings import Settings
from qa.web.serving.application import WARM_UP_QUESTION

QUESTIONS = (
    "What is Dunmere Lodge rated?",
    "What is Dunmire Lodge rated?",  # one slip
    "How is Kestrane rated?",
    "How many care homes in Ripon are good?",
    "How many homes does Larkmoor Care run?",
    "Who runs Saltersgate?",
    "Which homes are in RP1 1AA?",
    "How many homes in RP1 are good?",
    "Which of the homes of Tolland are outstanding?",
    "What is 3 rated?",
    "Is Ash Grove good?",
    "What is Millrace Practice rated for safe?",
    "How is Xyzzy Manor rated?",
    "Compare Harlow Dale and Overmoor",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A corpus of one table, whose index is kept."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "corpus").mkdir()
    lines = [",".join(cells) for cells in (HEADS, *rows())]
    (folder / "corpus" / "table.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = Settings.load({"corpus": folder / "corpus", "cache": folder / "cache"}, {})
    open_index(found)
    return found


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where names are made of the tables, or all rows of their subjects are read."""
    some = FactStore.subjects

    def only_some(store: FactStore, numbers: Any = None) -> list[Subject]:
        assert numbers is not None, "all subjects were read"
        return some(store, numbers)

    monkeypatch.setattr(FactStore, "subjects", only_some)
    for owner, name in ((NameTables, "of"), (FactStore, "cells"), (FactStore, "identifiers")):
        monkeypatch.setattr(owner, name, lambda *_, what=name: pytest.fail(f"{what} was called"))


@pytest.mark.usefixtures("unread")
def test_opening_a_kept_index_and_asking_makes_no_names_of_the_tables(settings: Settings) -> None:
    service = Service.open(settings)
    assert service.ask(WARM_UP_QUESTION).status == "not_found"
    told = [service.ask(question) for question in QUESTIONS]
    assert sum(answer.status == "answered" for answer in told) > len(QUESTIONS) // 2


def test_answers_by_kept_names_are_those_by_names_made_anew(settings: Settings) -> None:
    index = open_index(settings)
    kept = Service(index, settings)
    anew = Service(replace(index, names=NameTables.of(index.facts)), settings)
    for question in QUESTIONS:
        assert kept.ask(question) == anew.ask(question)


def contents(parts: Parts) -> dict[str, object]:
    """Every array by its name, with its type."""
    return {
        name: part.held[part.start : part.start + part.size]
        if isinstance(part, Text)
        else (part.dtype.str, part.shape, part.tobytes())
        for name, part in parts.items()
    }


@pytest.mark.parametrize("held", [True, False], ids=["a directory", "nothing"])
def test_names_come_back_as_they_were(held: bool, tmp_path: Path) -> None:
    made = NameTables.of(vocabulary().store if held else FactStore.in_memory((), {}))
    made.save(tmp_path / "names.arrays")
    assert contents(NameTables.load(tmp_path / "names.arrays").parts()) == contents(made.parts())


MAKE = """
import hashlib, sys
from made_names import vocabulary
from test_name_tables import contents
from qa.question.name_tables import NameTables
tables = NameTables.of(vocabulary().store)
print(hashlib.sha256(repr(sorted(contents(tables.parts()).items())).encode()).hexdigest())
"""


def test_names_are_the_same_bytes_with_any_hash_seed() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", MAKE],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
