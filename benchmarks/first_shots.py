"""Fits how sure an answer from the tables may be to a question that nobody has seen before:
`python benchmarks/first_shots.py [--store]`.

The model of qa.question.certainty is fitted on questions that the project has learned from, and so is too
sure of others. ``data/first_shots.csv`` tells of every answer given at the first try to questions written by
people who knew neither the code nor its samples: which set and corpus it is of, how many words the question
has, how sure the model was, and whether it was right when held beside the author's own answer. Long questions
compose more, and are wrong more often, than the model can tell from what it read.

The sets of ``CHECKED`` were asked after the numbers were fitted and are only checked on: they are left out of
the fit, and told apart in the table.

Two numbers are fitted by Newton's method, a constant and what each word beyond the first few takes away; by
how much the odds of the model are shrunk is fixed, as made questions have to stay calibrated, too. Add the
rows of every new set before anything is learned from it, and fit again.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import calibration
import numpy as np
from calibration import Told

from qa.question import certainty as model

DATA = Path(__file__).parent / "data" / "first_shots.csv"
STORED = Path(model.__file__).with_name("first_asked.toml")
SHRUNK = 0.6  # of the model's odds
FEW, MANY = 6, 20  # words up to which none takes anything away, and from which no more do
SURE, ROUNDS = 0.8, 30
CHECKED = ("J", "K", "N", "O", "P")


def main() -> None:
    """Fit, print how sure answers are before and after, and store the numbers where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--store", action="store_true", help="write the numbers beside the code that uses them"
    )
    options = parser.parse_args()
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fitted_on = [row for row in rows if row["set"] not in CHECKED]
    words, chances, right = columns(fitted_on)
    constant, word = fit(words, shrunk(chances), right)
    tell("as the model tells", chances, right)
    tell("as first asked", first_asked(chances, words, constant, word), right)
    words, chances, right = columns([row for row in rows if row["set"] in CHECKED])
    tell("as the model tells, checked", chances, right)
    tell("as first asked, checked", first_asked(chances, words, constant, word), right)
    text = (
        "# Fitted by benchmarks/first_shots.py on questions that nobody had seen. "
        "Don't edit: add rows and fit again.\n"
        f"[first_asked]\nconstant = {constant:.4f}\nfew = {FEW}\nmany = {MANY}\n"
        f"shrunk = {SHRUNK}\nword = {word:.4f}\n"
    )
    print(text)
    if options.store:
        STORED.write_text(text, encoding="utf-8")


def columns(rows: Sequence[Mapping[str, str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words beyond the first few, what the model tells, and whether it was right, of each answer."""
    words = np.array([min(max(int(row["words"]), FEW), MANY) - FEW for row in rows], dtype=np.float64)
    chances = np.array([float(row["confidence"]) for row in rows])
    return words, chances, np.array([row["right"] == "1" for row in rows])


def shrunk(chances: np.ndarray) -> np.ndarray:
    """The odds that the model tells, shrunk."""
    odds: np.ndarray = SHRUNK * np.log(chances / (1 - chances))
    return odds


def first_asked(chances: np.ndarray, words: np.ndarray, constant: float, word: float) -> np.ndarray:
    """How sure an answer is told to be: no surer than the model, and never below even by its length."""
    odds = shrunk(chances) + constant + word * words
    told: np.ndarray = np.minimum(chances, np.maximum(model.EVEN, 1 / (1 + np.exp(-odds))))
    return told


def tell(name: str, told: np.ndarray, right: np.ndarray) -> None:
    """Print how well what is told agrees with what was right."""
    pairs = [Told(float(sure), bool(was)) for sure, was in zip(told, right, strict=True)]
    print(calibration.table(name, pairs))
    sure = told >= SURE
    print(f"told with {SURE} or more: {sure.sum()}, {(sure & ~right).sum()} of them wrong")


def fit(words: np.ndarray, odds: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The constant, and what each of ``words`` adds, of the log-odds that an answer is right, beside
    ``odds``."""
    values = np.column_stack([np.ones_like(words), words])
    found = np.zeros(2)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(values @ found + odds)))
        curvature = (values * (chance * (1 - chance))[:, None]).T @ values
        found += np.linalg.solve(curvature, values.T @ (right - chance))
    return float(found[0]), float(found[1])


if __name__ == "__main__":
    main()
