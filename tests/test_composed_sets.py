"""The questions of tests/data/composed: written by people who had not seen the code, composing two or three
things each.

Those of the sets 5 were written by one who had, in the voices of five readers, about kinds of questions
that had just been mended. The sets 7 are blind sets that have been learned from since: three writers who
knew only the data composed the questions and worked their answers out, and what went wrong when they were
first asked was mended where it could be. The sets 8 are three more of that sort, and what went wrong in
them is mended only in part; the sets 9 are of two more writers, and most of what went wrong is mended. The
sets 10 are two more blind sets of this kind, learned from since and mended in part. The sets 11 (two
writers) and 12 (one more) are blind sets, too, and were seen once, when they were first asked. They have
been learned from in part since; what is still wrong stays in them. All were unseen once, when they were
asked for the first time; since then they keep what was reached. Those about the default corpus are asked
wherever the tests run, those about the regulator's directories where these are at hand.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qa.evaluation.asking import in_process
from qa.evaluation.evaluating import evaluate
from qa.evaluation.formats import jsonl
from qa.evaluation.results import Run
from qa.indexing.opening import open_index
from qa.service import Service
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "data" / "composed"
TABLES = {"stw": "stw-2025.csv", "england": "england-2021.csv.gz"}
MOST_WRONG_TOLD = 0.02
# Where more than that was wrong and sure when the golds were settled: what there was, to be brought down.
STILL_WRONG_TOLD: Mapping[str, float] = {
    "default-10": 0.05,
    "default-11": 0.047,
    "default-12": 0.096,
    "england-10": 0.026,
}
# The share right that was reached, less one point.
RIGHT: Mapping[str, float] = {
    "default-1": 0.95,
    "default-2": 0.94,
    "default-3": 0.91,
    "default-4": 0.97,
    "default-5": 0.94,
    "default-6": 0.99,
    "default-7": 0.81,
    "default-8": 0.84,
    "default-9": 0.87,
    "default-10": 0.84,
    "default-11": 0.80,
    "default-12": 0.46,
    "stw-1": 0.97,
    "stw-2": 0.89,
    "stw-3": 0.97,
    "stw-4": 0.95,
    "stw-5": 0.99,
    "stw-6": 0.88,
    "stw-7": 0.85,
    "stw-8": 0.81,
    "stw-9": 0.97,
    "stw-10": 0.97,
    "stw-11": 0.93,
    "stw-12": 0.80,
    "england-1": 0.99,
    "england-2": 0.95,
    "england-3": 0.99,
    "england-4": 0.94,
    "england-5": 0.99,
    "england-6": 0.90,
    "england-7": 0.84,
    "england-8": 0.90,
    "england-9": 0.98,
    "england-10": 0.83,
    "england-11": 0.88,
    "england-12": 0.76,
}

Asking = Callable[[str], Run]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    """Ask a set; each corpus is opened once."""
    opened: dict[str, Service] = {}

    def ask(name: str) -> Run:
        corpus = name.partition("-")[0]
        if corpus not in opened:
            folder = (
                ROOT / "corpus"
                if corpus == "default"
                else _of_table(tmp_path_factory.mktemp(corpus), TABLES[corpus])
            )
            settings = Settings.load({"corpus": folder, "cache": os.environ["ASKWELL_TEST_CACHE"]}, {})
            open_index(settings)
            opened[corpus] = Service.open(settings)  # of the index that is kept, as at a later start
        return evaluate(
            jsonl.read(SETS / f"{name}.jsonl").cases,
            in_process(opened[corpus]),
            questions=[name],
            source=corpus,
        )

    return ask


def _of_table(folder: Path, table: str) -> Path:
    found = ROOT.parent / "shared" / "data" / "ratings" / table
    if not found.is_file():
        pytest.skip(f"the table {table} is not beside the repository")
    shutil.copyfile(found, folder / table)
    return folder


@pytest.mark.parametrize("name", RIGHT)
def test_questions_that_compose_are_answered_right_and_hardly_one_is_wrong_and_sure(
    name: str, asking: Asking
) -> None:
    run = asking(name)
    right, told = run.whole["right"].value, run.whole["wrong_told"].value
    assert right is not None
    assert told is not None
    wrong = "\n".join(
        f"{one.id} {one.confidence} {one.question} {one.faults} {one.told.get('text')}"
        for one in run.failures
    )
    assert right >= RIGHT[name], wrong
    assert told <= STILL_WRONG_TOLD.get(name, MOST_WRONG_TOLD), wrong


def test_every_set_is_kept() -> None:
    assert {path.stem for path in SETS.glob("*.jsonl")} == set(RIGHT)
    assert sum(len(jsonl.read(path).cases) for path in SETS.glob("*.jsonl")) == 2302
