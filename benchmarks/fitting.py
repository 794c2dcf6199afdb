"""Fits the coefficients of retrieval on the SQuAD material.

    python benchmarks/fitting.py [../shared/data/squad] [--store]

*Ranking* is a conditional logit over the sentences of the passages that the engine finds for a question: the coefficients that make the
sentences that hold the answer most probable, by Newton's method with a quadratic penalty. *Support* and *confidence* are logistic
regressions, fitted on questions asked of half the articles at a time: was the article of the question served, and does the marked
sentence hold the answer? The threshold is the support that all but few questions about the articles not served stay below.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import material
import numpy as np
from material import Case
from numpy.typing import NDArray

from qa.records import Passage
from qa.retrieval import Retriever
from qa.retrieval.confidence import Best, holds_demanded, probability, signals
from qa.retrieval.demands import demands
from qa.retrieval.look import Look
from qa.retrieval.model import Model
from qa.retrieval.ranking import FEATURES, add_up, rank

Matrix: TypeAlias = NDArray[np.float64]
Present: TypeAlias = NDArray[np.bool_]

STORED = Path(__file__).resolve().parents[1] / "src" / "qa" / "retrieval" / "coefficients.toml"
PENALTY = 5.0  # on squares of the coefficients of features divided by their deviations
ANSWERED_ELSEWHERE = 0.017  # of the questions about articles not served, those that reach the threshold
TELLS = tuple(dict.fromkeys(f"tells_{flag}" for kind in demands().kinds for flag in kind.tells))
UNSEEN = {"tells_role": "tells_name"}  # too few questions ask for it: taken from a feature like it


# Ranking --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The sentences that were looked at for a question: their features, their passages, and which hold the answer."""

    values: Mapping[str, Matrix]
    passages: NDArray[np.int64]
    right: Present  # of each sentence
    right_passages: frozenset[int]

    def matrix(self, names: Sequence[str]) -> Matrix:
        """A row a sentence and a column a feature, 0 where a question does not have it."""
        return np.stack([self.values.get(name, np.zeros(len(self.right))) for name in names], axis=1)


def examples(retriever: Retriever, cases: Sequence[Case]) -> list[Example]:
    """What there is to rank for each question."""
    return [_example(retriever, case) for case in cases]


def _example(retriever: Retriever, case: Case) -> Example:
    seen = retriever.look(case.question)
    sentences = [(number, span) for number, sheet in zip(seen.passages, seen.sheets, strict=True) for span in sheet.spans[1:]]
    numbers = np.array([number for number, _ in sentences], dtype=np.int64)
    right = np.array([case.answered_by(retriever.passages[number], span) for number, span in sentences], dtype=bool)
    whole = frozenset(number for number in seen.passages if case.answered_by(retriever.passages[number]))
    names = (*FEATURES, *(f"tells_{flag}" for flag in seen.asked.kind.tells)) if seen.passages else ()
    return Example({name: _column(seen, name) for name in names}, numbers, right, whole)


def _column(seen: Look, feature: str) -> Matrix:
    """A feature of each sentence: what it scores where that feature counts 1 and all others nothing."""
    sums = add_up(seen, dict.fromkeys((*FEATURES, *TELLS), 0.0) | {feature: 1.0})
    return np.array([score + whole for scores, whole in zip(sums.units, sums.wholes, strict=True) for score in scores[1:]])


def names_of(found: Sequence[Example]) -> list[str]:
    """The features that some example has, those of every question first."""
    return sorted({name for example in found for name in example.values}, key=lambda name: (name in TELLS, name))


def conditional_logit(found: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """The coefficients that make the right sentences most probable among all of their questions."""
    usable = [example for example in found if example.right.any()]
    values = np.concatenate([example.matrix(names) for example in usable])
    deviation = values.std(axis=0) + 1e-9
    problem = _Logit(values / deviation, np.concatenate([e.right for e in usable]), np.array([len(e.right) for e in usable]))
    return dict(zip(names, (problem.solve() / deviation).tolist(), strict=True))


class _Logit:
    """Rows in groups, one a question, of which some are right."""

    def __init__(self, values: Matrix, right: Present, lengths: NDArray[np.int64]) -> None:
        self._values, self._right = values, right
        self._firsts = np.cumsum(lengths) - lengths
        self._group = np.repeat(np.arange(len(lengths)), lengths)

    def solve(self, rounds: int = 50) -> Matrix:
        """Newton's method, each step halved until it is one upwards."""
        coefficients = np.zeros(self._values.shape[1])
        height, all_odds, right_odds = self._at(coefficients)
        for _ in range(rounds):
            step, slope = self._step(coefficients, all_odds, right_odds)
            size = 1.0
            while (there := self._at(coefficients + size * step))[0] < height + 1e-4 * size * slope and size > 1e-3:
                size /= 2
            coefficients = coefficients + size * step
            risen, (height, all_odds, right_odds) = there[0] - height, there
            if risen < 1e-2:
                break
        return coefficients

    def _at(self, coefficients: Matrix) -> tuple[float, Matrix, Matrix]:
        """The penalised log likelihood, and each row's probability among all of its group and among the right ones."""
        scores = self._values @ coefficients
        odds = np.exp(scores - np.maximum.reduceat(scores, self._firsts)[self._group])
        whole = np.add.reduceat(odds, self._firsts)
        right = np.maximum(np.add.reduceat(odds * self._right, self._firsts), 1e-300)
        height = float(np.log(right / whole).sum() - PENALTY / 2 * coefficients @ coefficients)
        return height, odds / whole[self._group], odds * self._right / right[self._group]

    def _step(self, coefficients: Matrix, among_all: Matrix, among_right: Matrix) -> tuple[Matrix, float]:
        slope = self._values.T @ (among_right - among_all) - PENALTY * coefficients
        weighted = self._values * among_all[:, None]
        means = np.add.reduceat(weighted, self._firsts)
        curvature = weighted.T @ self._values - means.T @ means + PENALTY * np.eye(len(coefficients))
        step: Matrix = np.linalg.solve(curvature, slope)
        return step, float(step @ slope)


# Support and confidence -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """A question asked of some articles: the signals (``None`` where nothing was found) and the truth."""

    signs: Mapping[str, float] | None
    demanded: bool  # the marked sentence holds what is demanded
    served: bool  # the question's article is among those served
    right: bool  # the marked sentence holds the answer
    article: str


def judge(retriever: Retriever, cases: Sequence[Case], model: Model) -> list[Judged]:
    """Ask the questions that the passages answer, and as many about other articles."""
    served = {passage.document.path for passage in retriever.passages}
    there = [case for case in cases if any(map(case.answered_by, retriever.passages))]
    others = [case for case in cases if case.document not in served]
    some = others[:: max(1, len(others) // max(1, len(there)))]
    return [_judged(retriever, case, model, asked is there) for asked in (there, some) for case in asked]


def _judged(retriever: Retriever, case: Case, model: Model, served: bool) -> Judged:
    seen = retriever.look(case.question)
    if not seen.passages:
        return Judged(None, False, served, False, case.document)
    ranking = rank(seen, model.ranking)
    best = Best.of(ranking)
    right = case.answered_by(retriever.passages[seen.passages[best.place]], best.sheet.spans[best.unit])
    return Judged(signals(ranking, best, len(retriever.passages)), holds_demanded(best), served, right, case.document)


def logistic(judged: Sequence[Judged], truth: Sequence[bool]) -> dict[str, float]:
    """The coefficients of the probability that something is true, by Newton's method."""
    names = sorted({name for one in judged for name in one.signs or ()})
    raw = np.array([[one.signs[name] if one.signs else 0.0 for name in names] for one in judged])
    mean, deviation = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    values = np.column_stack([np.ones(len(raw)), (raw - mean) / deviation])
    penalty = np.diag([0.0] + [1.0] * len(names))
    coefficients = np.zeros(values.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-values @ coefficients))
        curvature = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        coefficients += np.linalg.solve(curvature, values.T @ (np.array(truth) - chance) - penalty @ coefficients)
    scaled = coefficients[1:] / deviation
    return {"constant": float(coefficients[0] - scaled @ mean), **dict(zip(names, scaled.tolist(), strict=True))}


def threshold(judged: Sequence[Judged], support: Mapping[str, float]) -> float:
    """The support that only the share :data:`ANSWERED_ELSEWHERE` of the questions about other articles reaches."""
    elsewhere = [probability(one.signs, support) if one.signs and one.demanded else 0.0 for one in judged if not one.served]
    return float(np.quantile(elsewhere, 1 - ANSWERED_ELSEWHERE))


# All together ---------------------------------------------------------------------------------------------------------


def ranking_of(found: Sequence[Example], dropped: Sequence[str] = ()) -> dict[str, float]:
    """The coefficients of all features; those ``dropped`` are left out of the fit and count for nothing."""
    names = names_of(found)
    ranking = conditional_logit(found, [name for name in names if name not in UNSEEN and name not in dropped])
    return {name: ranking.get(UNSEEN.get(name, name), 0.0) for name in dict.fromkeys((*names, *UNSEEN))}


def fit_ranking(passages: Sequence[Passage], cases: Sequence[Case]) -> Model:
    """A model with nothing but its ranking fitted."""
    retriever = Retriever(passages, model=Model({}, {}, {}, 0.0))
    return Model(ranking_of(examples(retriever, cases)), {}, {}, 0.0)


def fit_confidence(passages: Sequence[Passage], cases: Sequence[Case], model: Model) -> Model:
    """The model with its confidence fitted on corpora of different sizes."""
    judged = [one for part in _parts(passages, material.articles(cases)) for one in judge(Retriever(part, model=model), cases, model)]
    support = logistic(judged, [one.served for one in judged])
    confidence = logistic(judged, [one.right for one in judged])
    return replace(model, support=support, confidence=confidence, threshold=threshold(judged, support))


def _parts(passages: Sequence[Passage], names: Sequence[str]) -> list[list[Passage]]:
    """What is served in turn: half the articles, in two ways of halving, every article by itself, and the beginning of each."""
    middle = len(names) // 2
    chosen = [*material.halves(names), names[:middle], names[middle:], *([name] for name in names)]
    parts = [material.of(passages, part) for part in chosen]
    return parts + [part[: len(part) // 2] for part in parts[-len(names) :]]


def fit(passages: Sequence[Passage], cases: Sequence[Case]) -> Model:
    """The whole model."""
    return fit_confidence(passages, cases, fit_ranking(passages, cases))


def _written(model: Model) -> str:
    tables = [("ranking", model.ranking), ("support", model.support), ("confidence", model.confidence)]
    lines = [
        "# Fitted by benchmarks/fitting.py on 8 articles of the SQuAD 2.0 development set (CC BY-SA 4.0) and the answerable questions on",
        "# them; docs/ranking.md tells what each coefficient is for. Don't edit: fit again.",
        f"threshold = {model.threshold:.4f}",
    ]
    for name, coefficients in tables:
        lines += ["", f"[{name}]", *(f"{key} = {value:.4f}" for key, value in coefficients.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on all articles, print the coefficients, and store them where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=material.SQUAD)
    parser.add_argument("--store", action="store_true", help="write the coefficients beside the code that uses them")
    options = parser.parse_args()
    written = _written(fit(*material.read(options.folder)))
    print(written)
    if options.store:
        STORED.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
