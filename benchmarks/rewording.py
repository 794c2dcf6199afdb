"""Whether questions in other words than the text are answered, and whether those without an answer are
refused.

    python benchmarks/rewording.py [../shared/data] [--encoder FOLDER]

Each document of `benchmarks/data/` is served alone and asked its own questions. They make four folds; the
model of each question is fitted on the documents of the other three, and of SQuAD only on the articles that
are in none of the fold. *right* is the share of the answers told the words of which hold the gold, *words*
the share of the questions with an answer the words found for which do, told or not.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import calibration
import fitting
import wordings
from calibration import Told
from material import Case

from qa.records import Span
from qa.retrieval import Retriever, VectorIndex
from qa.retrieval.model import Model

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question; ``rank`` is that of the first passage with its answer, 0 for none within
    ten.
    """

    document: str
    answerable: bool
    rank: int
    answered: bool
    worded: bool  # the words told hold the gold
    told: Told


def outcomes(retriever: Retriever, cases: Sequence[Case]) -> Iterator[Outcome]:
    """Ask a document its questions."""
    for case in cases:
        found = retriever.search(case.question, top=10)
        rank = (
            next((place for place, one in enumerate(found.ranked, 1) if case.answered_by(one.passage)), 0)
            if case.spans
            else 0
        )
        worded = (
            any(case.answered_by(point.passage, Span(point.start, point.end)) for point in found.points)
            if case.spans
            else False
        )
        yield Outcome(
            case.document, bool(case.spans), rank, found.answered, worded, Told(found.confidence, worded)
        )


def measured(shared: Path, encoder: Path | None) -> Iterator[list[Outcome]]:
    """The outcomes of each document, by the model of its fold."""
    maker = fitting.maker(encoder)
    together, alone = fitting.gather(shared, maker)
    documents = wordings.read(shared)
    names = [asked.document.path for asked in documents]
    folds = [names[place::FOLDS] for place in range(FOLDS)]
    for fold in folds:
        model = fitting.fit(together, alone, fold)
        for asked in documents:
            if asked.document.path in fold:
                yield list(
                    outcomes(_retriever(asked, model, maker(asked.passages) if maker else None), asked.cases)
                )


def _retriever(asked: wordings.Asked, model: Model, vectors: VectorIndex | None) -> Retriever:
    return Retriever(asked.passages, model=model, vectors=vectors)


def line(name: str, found: Sequence[Outcome]) -> str:
    """One line of the table."""
    with_answer, without = (
        [one for one in found if one.answerable],
        [one for one in found if not one.answerable],
    )
    answered = [one for one in found if one.answered]
    figures = [
        statistics.fmean(0 < one.rank <= 1 for one in with_answer),
        statistics.fmean(0 < one.rank <= 3 for one in with_answer),
        statistics.fmean(one.worded for one in with_answer),
        statistics.fmean(one.answered for one in with_answer),
        statistics.fmean(not one.answered for one in without),
        statistics.fmean(one.told.right for one in answered) if answered else 0.0,
    ]
    return f"{name:40}" + "".join(f"{figure:10.3f}" for figure in figures)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=wordings.SHARED)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    options = parser.parse_args()
    found = list(measured(options.folder, options.encoder))
    print(
        f"{'':40}"
        + "".join(f"{head:>10}" for head in ("hit@1", "hit@3", "words", "answered", "refused", "right"))
    )
    for outcome in found:
        print(line(outcome[0].document, outcome))
    every = [one for outcome in found for one in outcome]
    print(line("all", every))
    print(calibration.table("confidence", [one.told for one in every if one.answered]))


if __name__ == "__main__":
    main()
