"""Fits how sure an answer from the tables is, and holds it against truth.

    python benchmarks/certainty.py [FITTED ...] [--measured TABLE] [--a-kind N] [--store]

Questions with computed golds are made from a table as `qa questions make` does: of every kind, and composed
ones in looser words; they are asked as they are and with slips of the hand. The coefficients are fitted on
the first tables (the directory of Shropshire and the invented one of the tests, if none is named) and
measured on another (that of England), whose names and places are others.

The questions that people composed (tests/data/composed) are a second thing to measure on: those about the
default corpus and Shropshire are fitted on only where --composed says so, and then tell nothing of how good
the fit is.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from unittest import mock

import calibration
import material
import numpy as np
from calibration import Told
from fitting import Judged

from qa.evaluation.asking import in_process
from qa.evaluation.cases import Case
from qa.evaluation.formats import jsonl
from qa.evaluation.judging import faults
from qa.evaluation.making import KINDS, MAKERS, load, make
from qa.evaluation.making.slips import SLIPS, slipped
from qa.facts.run import run
from qa.indexing.opening import Index, open_index
from qa.question import certainty as model
from qa.question.read import read
from qa.question.reading import Reading
from qa.question.vocabulary import Vocabulary
from qa.service import Service
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
RATINGS = material.SQUAD.parent / "ratings"
STORED = Path(model.__file__).with_suffix(".toml")
EVERYTHING_TOLD = {"constant": 3.0}  # so that no answer is kept back while the truth is looked for
SURE = 0.8
PENALTY, ROUNDS = 2.0, 25


def invented(folder: Path) -> Path:
    """Write the invented directory of the tests."""
    sys.path.insert(0, str(ROOT / "tests"))
    import directory

    return directory.write(folder, "invented.csv", directory.directory())


def asked(table: Path, a_kind: int) -> list[Judged]:
    """Every answer from a table to a made question, how it was read, and whether it is right."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(model, "coefficients", return_value=EVERYTHING_TOLD),
    ):
        shutil.copyfile(table, Path(folder) / table.name)
        return list(_asked(Path(folder), a_kind))


def _asked(folder: Path, a_kind: int) -> Iterator[Judged]:
    yield from _judged(folder, cases(folder, a_kind))


def composed(corpus: str) -> list[Judged]:
    """Likewise to the questions that people composed of a corpus, "default" or "stw"."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(model, "coefficients", return_value=EVERYTHING_TOLD),
    ):
        table = RATINGS / "stw-2025.csv"
        shutil.copyfile(table, Path(folder) / table.name)
        sets = sorted((ROOT / "tests" / "data" / "composed").glob(f"{corpus}-*.jsonl"))
        every = [case for one in sets for case in jsonl.read(one).cases]
        return list(_judged(ROOT / "corpus" if corpus == "default" else Path(folder), every))


def _judged(folder: Path, every: Iterable[Case]) -> Iterator[Judged]:
    settings = Settings.load({"corpus": str(folder), "cache": "none"}, {})
    index = open_index(settings)
    service = Service(index, settings)
    ask = in_process(service)
    for case in every:
        told, _ = ask(case)
        if told.status == "answered" and told.body["answer"]["basis"] == "facts":
            yield Judged(signs_of(case, service.vocabulary, index), not faults(case, told), 1.0)


def signs_of(case: Case, vocabulary: Vocabulary, index: Index) -> Mapping[str, float]:
    """The signs of how a question is read and of what is found for it."""
    before: Reading | None = None
    for earlier in case.history:
        before = read(earlier, before, vocabulary)
    reading = read(case.question, before, vocabulary)
    query = reading.queries[0]
    return {**dict(reading.signs), **model.signs_found(query, run(query, index.facts, index.scale))}


def cases(folder: Path, a_kind: int) -> Iterator[Case]:
    """The made questions, those of single kinds with slips as well."""
    random = Random(11)
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "made.jsonl"
        file.write_text(
            "\n".join(make(load(folder), seed=11, per_kind=a_kind, kinds=(*MAKERS, "composed"))),
            encoding="utf-8",
        )
        for case in jsonl.read(file).cases:
            if case.kind in KINDS:
                yield case
            else:
                yield case.model_copy(
                    update={"question": slipped(case.question, random, random.choice(SLIPS))}
                )


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """The coefficients of the probability that an answer is right, by Newton's method; a sign that one
    reading lacks is 0 in it.

    The penalty is on the coefficients themselves: what was seen once or twice moves little, however rare it
    is.
    """
    names = sorted({name for one in judged for name in one.signs})
    values = np.array([[1.0, *(one.signs.get(name, 0.0) for name in names)] for one in judged])
    truth = np.array([one.right for one in judged], dtype=np.float64)
    penalty = np.diag([0.0] + [PENALTY] * len(names))
    coefficients = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-values @ coefficients))
        curvature = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        coefficients += np.linalg.solve(curvature, values.T @ (truth - chance) - penalty @ coefficients)
    return {"constant": float(coefficients[0]), **dict(zip(names, coefficients[1:].tolist(), strict=True))}


def told(judged: Sequence[Judged], coefficients: Mapping[str, float]) -> list[Told]:
    """How sure each answer is told to be, and whether it was right."""
    with mock.patch.object(model, "coefficients", return_value=coefficients):
        return [Told(model.confidence(one.signs), one.right) for one in judged]


def summary(name: str, judged: Sequence[Judged], coefficients: Mapping[str, float]) -> str:
    """The bins, and what share of the answers told for sure is right."""
    every = told(judged, coefficients)
    sure = [one.right for one in every if one.confidence >= SURE]
    return (
        f"{calibration.table(name, every)} · told with {SURE} or more: {len(sure)}, "
        f"{100 * np.mean(sure):.1f} % right"
    )


def written(coefficients: Mapping[str, float], tables: Sequence[str]) -> str:
    """The file that holds the coefficients."""
    lines = [f"{name} = {value:.4f}" for name, value in sorted(coefficients.items())]
    head = (
        "# Fitted by benchmarks/certainty.py on made and composed questions about: "
        f"{', '.join(tables)}. Don't edit: fit again."
    )
    return "\n".join([head, "[certainty]", *lines]) + "\n"


def main() -> None:
    """Fit, print what comes of it on every table, and store the coefficients where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("fitted", type=Path, nargs="*")
    parser.add_argument("--measured", type=Path, default=RATINGS / "england-2021.csv.gz")
    parser.add_argument("--a-kind", type=int, default=40, help="questions of each kind")
    parser.add_argument(
        "--composed", action="store_true", help="fit on tests/data/composed of default and stw, too"
    )
    parser.add_argument(
        "--store", action="store_true", help="write the coefficients beside the code that uses them"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = options.fitted or [RATINGS / "stw-2025.csv", invented(Path(folder))]
        learnt = {table.name: asked(table, options.a_kind) for table in tables}
    if options.composed:
        learnt |= {f"composed of {corpus}": composed(corpus) for corpus in ("default", "stw")}
    coefficients = fit([one for of_table in learnt.values() for one in of_table])
    for name, judged in learnt.items():
        print(summary(f"fitted on {name}", judged, coefficients))
    print(
        summary(f"measured on {options.measured.name}", asked(options.measured, options.a_kind), coefficients)
    )
    print(written(coefficients, list(learnt)))
    if options.store:
        STORED.write_text(written(coefficients, list(learnt)), encoding="utf-8")


if __name__ == "__main__":
    main()
