"""Fits the coefficients of retrieval on SQuAD and on the questions in other words than the text.

    python benchmarks/fitting.py [../shared/data] [--encoder FOLDER] [--store]

*Ranking* is a conditional logit over the sentences of the passages that are found for a question: the
coefficients that make the sentences that hold the answer most probable, by Newton's method with a quadratic
penalty. *Confidence* is a logistic regression: do the sentences that are told hold the answer? With an
encoder, the coefficients are those of the table "with_encoder".
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import material
import numpy as np
import wordings
from numpy.typing import NDArray
from remembering import remembering
from wordings import Question

from qa.records import Passage
from qa.retrieval import Retriever
from qa.retrieval.confidence import Best, signals
from qa.retrieval.demands import demands
from qa.retrieval.matching import Look
from qa.retrieval.model import Model
from qa.retrieval.ranking import ENCODED, FEATURES, IMPRINT, WHOLE, add_up, rank
from qa.retrieval.several_points import several
from qa.retrieval.vectors import VectorIndex

Matrix: TypeAlias = NDArray[np.float64]
Present: TypeAlias = NDArray[np.bool_]

STORED = Path(__file__).resolve().parents[1] / "src" / "qa" / "retrieval" / "coefficients.toml"
PENALTY = 5.0  # on squares of the coefficients of features divided by their deviations
CONFIDENCE_PENALTY = 20.0  # likewise, of signals
THRESHOLD = 0.45  # of confidence, below which nothing is told as an answer
# Of a question of this project in the fit of the confidence, a question of SQuAD, most of whose words are the
# text's ….
SQUAD_COUNTS = 0.02
OTHERS_COUNT = 0.03  # … and one that is asked of another document
TELLS = tuple(dict.fromkeys(f"tells_{flag}" for kind in demands().kinds for flag in kind.tells))
#: The few titles of the material can't tell what a title is worth, nor do its articles have headings.
#: What speaks of its document is kept from answering whatever it has of a question.
FIXED: Mapping[str, float] = {"title": 0.2, "headed": 4.5, IMPRINT: -4.0}
HEADED_SURE = (
    8.0  # for how sure it is that what stands under a heading that is the question answers it, likewise
)
UNSEEN = {"tells_role": "tells_name"}  # too few questions ask for it: taken from a feature like it


# Ranking ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The sentences that were looked at for a question: their features, their passages, and which hold the
    answer.
    """

    values: Mapping[str, Matrix]
    passages: NDArray[np.int64]
    right: Present  # of each sentence
    right_passages: frozenset[int]

    def matrix(self, names: Sequence[str]) -> Matrix:
        """A row a sentence and a column a feature, 0 where a question does not have it."""
        return np.stack([self.values.get(name, np.zeros(len(self.right))) for name in names], axis=1)

    def score(self, coefficients: Mapping[str, float]) -> Matrix:
        """What each sentence scores by these features."""
        scores: Matrix = self.matrix(list(coefficients)) @ np.array(list(coefficients.values()))
        return scores


def examples(retriever: Retriever, cases: Sequence[Question]) -> list[Example]:
    """What there is to rank for each question."""
    return [_example(retriever, case) for case in cases]


def _example(retriever: Retriever, case: Question) -> Example:
    seen = retriever.look(case.question)
    sentences = [
        (number, span)
        for number, sheet in zip(seen.passages, seen.sheets, strict=True)
        for span in sheet.spans[1:]
    ]
    numbers = np.array([number for number, _ in sentences], dtype=np.int64)
    right = np.array(
        [case.answered_by(retriever.passages[number], span) for number, span in sentences], dtype=bool
    )
    whole = frozenset(number for number in seen.passages if case.answered_by(retriever.passages[number]))
    names = (
        *FEATURES,
        *WHOLE,
        IMPRINT,
        *(ENCODED if seen.near else ()),
        *(f"tells_{flag}" for flag in seen.asked.kind.tells),
    )
    return Example({name: _column(seen, name) for name in names if seen.passages}, numbers, right, whole)


def _column(seen: Look, feature: str) -> Matrix:
    """A feature of each sentence: what it scores where that feature counts 1 and all others nothing."""
    sums = add_up(seen, dict.fromkeys((*FEATURES, *WHOLE, IMPRINT, *ENCODED, *TELLS), 0.0) | {feature: 1.0})
    return np.array(
        [score + whole for scores, whole in zip(sums.units, sums.wholes, strict=True) for score in scores[1:]]
    )


def conditional_logit(
    found: Sequence[Example], names: Sequence[str], given: Mapping[str, float]
) -> dict[str, float]:
    """The coefficients that, beside those ``given``, make the right sentences most probable among all of
    their questions.
    """
    usable = [example for example in found if example.right.any()]
    values = np.concatenate([example.matrix(names) for example in usable])
    deviation = values.std(axis=0) + 1e-9
    right = np.concatenate([example.right for example in usable])
    lengths = np.array([len(example.right) for example in usable])
    problem = _Logit(
        values / deviation, right, lengths, np.concatenate([example.score(given) for example in usable])
    )
    return dict(zip(names, (problem.solve() / deviation).tolist(), strict=True))


class _Logit:
    """Rows in groups, one a question, of which some are right; ``given`` is what each scores already."""

    def __init__(self, values: Matrix, right: Present, lengths: NDArray[np.int64], given: Matrix) -> None:
        self._values, self._right, self._given = values, right, given
        self._firsts = np.cumsum(lengths) - lengths
        self._group = np.repeat(np.arange(len(lengths)), lengths)

    def solve(self, rounds: int = 50) -> Matrix:
        """Newton's method, each step halved until it is one upwards."""
        coefficients = np.zeros(self._values.shape[1])
        height, all_odds, right_odds = self._at(coefficients)
        for _ in range(rounds):
            step, slope = self._step(coefficients, all_odds, right_odds)
            size = 1.0
            while (there := self._at(coefficients + size * step))[
                0
            ] < height + 1e-4 * size * slope and size > 1e-3:
                size /= 2
            coefficients = coefficients + size * step
            risen, (height, all_odds, right_odds) = there[0] - height, there
            if risen < 1e-2:
                break
        return coefficients

    def _at(self, coefficients: Matrix) -> tuple[float, Matrix, Matrix]:
        """The penalised log likelihood, and each row's probability among all of its group and among the right
        ones.
        """
        scores = self._values @ coefficients + self._given
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


def ranking_of(found: Sequence[Example], dropped: Sequence[str] = ()) -> dict[str, float]:
    """The coefficients of all features; those ``dropped`` are left out of the fit and count for nothing."""
    encoded = any(name in example.values for example in found for name in ENCODED)
    names = (*FEATURES, *WHOLE, IMPRINT, *(ENCODED if encoded else ()), *TELLS)
    given = {name: weight for name, weight in FIXED.items() if name not in dropped}
    fitted = given | conditional_logit(
        found, [name for name in names if name not in {*FIXED, *UNSEEN, *dropped}], given
    )
    return {name: fitted.get(UNSEEN.get(name, name), 0.0) for name in dict.fromkeys((*names, *UNSEEN))}


# Confidence -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """A question asked of some passages: the signals, whether the sentences told hold the answer, and how
    much the case counts.
    """

    signs: Mapping[str, float]
    right: bool
    weight: float


def judge(retriever: Retriever, cases: Sequence[Question], model: Model, weight: float) -> list[Judged]:
    """Ask these questions; those for which nothing is found tell nothing."""
    return [judged for case in cases if (judged := _judged(retriever, case, model, weight))]


def _judged(retriever: Retriever, case: Question, model: Model, weight: float) -> Judged | None:
    kind = several(case.question)
    seen = retriever.look(case.question, kind=kind)
    if not seen.passages:
        return None
    ranking = rank(seen, model.ranking)
    points, told = retriever.tell(ranking, kind)
    return Judged(signals(ranking, Best.of(ranking), told), case.told_by(points), weight)


def logistic(judged: Sequence[Judged]) -> dict[str, float]:
    """The coefficients of the probability that what is told is right, by Newton's method."""
    names = list(judged[0].signs)
    raw = np.array([[one.signs[name] for name in names] for one in judged])
    weights, truth = np.array([one.weight for one in judged]), np.array([one.right for one in judged])
    mean, deviation = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    values = np.column_stack([np.ones(len(raw)), (raw - mean) / deviation])
    penalty = np.diag([0.0] + [CONFIDENCE_PENALTY] * len(names))
    coefficients = np.zeros(values.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-values @ coefficients))
        curvature = (values * (weights * chance * (1 - chance))[:, None]).T @ values + penalty
        coefficients += np.linalg.solve(
            curvature, values.T @ (weights * (truth - chance)) - penalty @ coefficients
        )
    scaled = coefficients[1:] / deviation
    return {
        "constant": float(coefficients[0] - scaled @ mean),
        **dict(zip(names, scaled.tolist(), strict=True)),
    }


# All together -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """Passages served together, and what is asked of them: questions of their own, and of other documents,
    which they don't answer.
    """

    retriever: Retriever
    cases: Sequence[Question]
    others: Sequence[Question]
    weight: float  # of each question in the fit of the confidence

    def asking(self, documents: Container[str]) -> tuple[list[Question], list[Question]]:
        """Its questions about these documents, and those of others."""
        own, others = (
            [case for case in cases if case.document in documents] for cases in (self.cases, self.others)
        )
        return own, others


def gather(shared: Path, vectors: Maker | None = None) -> tuple[Served, list[Served]]:
    """All articles of SQuAD served together, by which the ranking is fitted, too; and each document and
    article served alone.
    """
    passages, cases = material.read(shared / "squad")
    empty = Model({}, {}, 0.0)

    def served(
        held: Sequence[Passage], own: Sequence[Question], others: Sequence[Question], weight: float
    ) -> Served:
        return Served(
            Retriever(held, model=empty, vectors=vectors(held) if vectors else None), own, others, weight
        )

    alone = []
    for article in material.articles(cases):
        own, others = (
            material.about(cases, [article]),
            [case for case in cases if case.document != article][:: len(material.articles(cases))],
        )
        alone.append(served(material.of(passages, [article]), own, others, SQUAD_COUNTS))
    documents = wordings.read(shared)
    everything = [case for asked in documents for case in asked.cases]
    for asked in documents:
        not_there = [case for case in everything if case.document != asked.document.path][:: len(documents)]
        alone.append(served(asked.passages, asked.cases, not_there, 1.0))
    alone += [
        served(asked.passages, asked.cases, (), 1.0)
        for asked in (*wordings.reports(shared), *wordings.several(documents))
    ]
    return served(passages, cases, (), SQUAD_COUNTS), alone


def fit(together: Served, alone: Sequence[Served], left_out: Collection[str] = ()) -> Model:
    """The whole model, fitted on all documents but those left out."""

    def kept(served: Served) -> tuple[list[Question], list[Question]]:
        return served.asking({case.document for case in (*served.cases, *served.others)} - set(left_out))

    found = examples(together.retriever, kept(together)[0])
    own = [served for served in alone if served.weight == 1 and kept(served)[0]]
    for served in own:
        found += examples(served.retriever, [case for case in kept(served)[0] if case.spans])
    model = Model(ranking_of(found), {}, THRESHOLD)
    judged = judge(together.retriever, kept(together)[0], model, together.weight)
    for served in alone:
        cases, others = kept(served)
        if cases:
            judged += judge(served.retriever, cases, model, served.weight) + judge(
                served.retriever, others, model, OTHERS_COUNT
            )
    return replace(model, confidence=logistic(judged) | {"headed": HEADED_SURE})


Maker = Callable[[Sequence[Passage]], VectorIndex]


def maker(folder: Path | None) -> Maker | None:
    """What makes the vectors of passages by the encoder of a folder."""
    if folder is None:
        return None
    encoder = remembering(folder)
    return lambda passages: VectorIndex(passages, encoder)


def _written(model: Model, encoded: bool) -> str:
    """The file of coefficients with this model in its place."""
    stored = tomllib.loads(STORED.read_text(encoding="utf-8")) if STORED.is_file() else {}
    tables = {name: stored.get(name, {}) for name in ("without", "with_encoder")}
    tables["with_encoder" if encoded else "without"] = {
        "ranking": model.ranking,
        "confidence": model.confidence,
    }
    lines = [
        (
            "# Fitted by benchmarks/fitting.py on 8 articles of the SQuAD 2.0 development set (CC BY-SA "
            "4.0) with the answerable questions on"
        ),
        (
            "# them, and on the questions of benchmarks/data/; docs/ranking.md says what each coefficient "
            "is for. Don't edit: fit again."
        ),
        f"threshold = {THRESHOLD}",
    ]
    for name, table in tables.items():
        for part, coefficients in table.items():
            lines += [
                "",
                f"[{name}.{part}]",
                *(f"{key} = {value:.4f}" for key, value in coefficients.items()),
            ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on all documents, print the coefficients, and store them where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=wordings.SHARED)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    parser.add_argument(
        "--store", action="store_true", help="write the coefficients beside the code that uses them"
    )
    options = parser.parse_args()
    written = _written(fit(*gather(options.folder, maker(options.encoder))), options.encoder is not None)
    print(written)
    if options.store:
        STORED.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
