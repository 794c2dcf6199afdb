"""Whether questions in other words than the text are answered, and whether those without an answer are
refused.

    python benchmarks/rewording.py [../shared/data] [--encoder FOLDER]

Each document of `benchmarks/data/` is served alone and asked its own questions. They make four folds; the
model of each question is fitted on the documents of the other three, and of SQuAD only on the articles that
are in none of the fold. *right* is the share of the answers told the words of which hold the gold, *words*
the share of the questions with an answer the words found for which do, told or not. Two other sets are asked
likewise: of the inspection reports, and those whose answer is several points.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import calibration
import fitting
import wordings
from calibration import Told
from wordings import PointsCase, Question

from qa.retrieval import Retriever

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


def outcomes(retriever: Retriever, cases: Sequence[Question]) -> Iterator[Outcome]:
    """Ask a document its questions."""
    for case in cases:
        found = retriever.search(case.question, top=10)
        rank = next((place for place, one in enumerate(found.ranked, 1) if case.answered_by(one.passage)), 0)
        worded, answerable = case.told_by(found.points), bool(case.spans) or isinstance(case, PointsCase)
        yield Outcome(case.document, answerable, rank, found.answered, worded, Told(found.confidence, worded))


def measured(shared: Path, encoder: Path | None) -> Iterator[tuple[str, list[Outcome]]]:
    """The set of questions and the outcomes of each document, by the model of its fold."""
    maker = fitting.maker(encoder)
    together, alone = fitting.gather(shared, maker)
    documents = wordings.read(shared)
    sets = {
        "own": documents,
        "reports": wordings.reports(shared),
        "several points": wordings.several(documents),
    }
    for fold in folds([asked.document.path for asked in documents]):
        model = fitting.fit(together, alone, fold)
        for name, every in sets.items():
            for asked in every:
                if asked.document.path in fold:
                    retriever = Retriever(
                        asked.passages, model=model, vectors=maker(asked.passages) if maker else None
                    )
                    yield name, list(outcomes(retriever, asked.cases))


def folds(documents: Sequence[str]) -> list[list[str]]:
    """The documents in as many parts as models are fitted."""
    return [list(documents[place::FOLDS]) for place in range(FOLDS)]


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
        statistics.fmean(not one.answered for one in without) if without else math.nan,
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
    sets: dict[str, list[Outcome]] = {}
    for name, outcome in found:
        print(line(f"{name}: {outcome[0].document}", outcome))
        sets.setdefault(name, []).extend(outcome)
    for name, every in sets.items():
        print(line(name, every))
    sets["all"] = [one for outcome in sets.values() for one in outcome]
    for name, every in sets.items():
        print(calibration.table(name, [one.told for one in every if one.answered]))


if __name__ == "__main__":
    main()
