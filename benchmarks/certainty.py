"""Fits how sure an answer from the tables is, and holds it against truth.

    python benchmarks/certainty.py [FITTED MEASURED] [--store]

Questions with computed golds are made from a table (as `qa questions make` does), misspelt and shared names among them, and asked as they
are and with slips: letters swapped, left out or doubled. The coefficients are fitted on the first table (the directory of
Shropshire if none is named) and measured on the second (that of England), whose names and places are others.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import calibration
import fitting
import material
from calibration import Told
from fitting import Judged

from qa.answering import certainty as model
from qa.evaluation.asking import in_process
from qa.evaluation.cases import Case
from qa.evaluation.formats import jsonl
from qa.evaluation.judging import faults
from qa.evaluation.making import load, make
from qa.finding import find
from qa.indexing import open_index
from qa.retrieval.confidence import probability
from qa.service import Service
from qa.settings import Settings
from qa.understanding import Vocabulary, understand

RATINGS = material.SQUAD.parent / "ratings"
STORED = Path(model.__file__).with_suffix(".toml")
A_KIND = 40  # questions of each kind
SLIPS = (0, 0, 1, 2)  # how many slips a question has, one of these
_WORD = re.compile(r"[^\W\d_]{4,}")


def slipped(question: str, random: Random) -> str:
    """A question as somebody in a hurry types it."""
    for _ in range(random.choice(SLIPS)):
        words = list(_WORD.finditer(question))
        if words:
            word = random.choice(words)
            at = random.randrange(word.start() + 1, word.end() - 1)
            pair = question[at : at + 2]
            typed = random.choice((pair[::-1], pair[:1], pair[:1] * 2 + pair[1:]))
            question = question[:at] + typed + question[at + 2 :]
    return question


def asked(table: Path) -> list[Judged]:
    """Every answer from a table to a made question, how it was read, and whether it is right."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / table.name).symlink_to(table.resolve())
        return list(_asked(Path(folder)))


def _asked(folder: Path) -> Iterator[Judged]:
    settings = Settings.load({"corpus": str(folder), "cache": "none"}, {})
    index = open_index(settings)
    vocabulary, ask = Vocabulary(index.facts, index.subjects, (), index.scale), in_process(Service(index, settings))
    for case in _cases(folder):
        told, _ = ask(case)
        if told.status in ("answered", "ambiguous") and told.body["answer"]["basis"] == "facts":
            question = understand(case.question, case.history, vocabulary)
            signs = model.signs(question, find(question, vocabulary))
            yield Judged(signs, True, True, not faults(case, told), table_of(folder))


def table_of(folder: Path) -> str:
    """The name of the one table of a folder."""
    return next(folder.iterdir()).name


def _cases(folder: Path) -> Iterator[Case]:
    random = Random(11)
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "made.jsonl"
        file.write_text("\n".join(make(load(folder), seed=11, per_kind=A_KIND)), encoding="utf-8")
        for case in jsonl.read(file).cases:
            yield case.model_copy(update={"question": slipped(case.question, random)})


def told(judged: list[Judged], coefficients: Mapping[str, float]) -> list[Told]:
    """How sure each answer is told to be, and whether it was right."""
    return [Told(probability(one.signs or {}, coefficients), one.right) for one in judged]


def main() -> None:
    """Fit, print what comes of it on either table, and store the coefficients where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("fitted", type=Path, nargs="?", default=RATINGS / "stw-2025.csv")
    parser.add_argument("measured", type=Path, nargs="?", default=RATINGS / "england-2021.csv.gz")
    parser.add_argument("--store", action="store_true", help="write the coefficients beside the code that uses them")
    options = parser.parse_args()
    learnt = asked(options.fitted)
    coefficients = fitting.logistic(learnt, [one.right for one in learnt])
    for name, judged in (("fitted on", learnt), ("measured on", asked(options.measured))):
        print(calibration.table(f"{name} {judged[0].article}", told(judged, coefficients)))
    lines = [f"{name} = {value:.4f}" for name, value in coefficients.items()]
    written = f"# Fitted by benchmarks/certainty.py on made questions about {options.fitted.name}. Don't edit: fit again.\n[certainty]\n"
    written += "\n".join(lines) + "\n"
    print(written)
    if options.store:
        STORED.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
