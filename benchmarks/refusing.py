"""Whether what the corpus does not hold is told to be not found, and whether the confidence is the truth.

    python benchmarks/refusing.py [../shared/data/squad]

The articles are halved, odd and even by name; each half is served in turn and all questions are asked. Of the
questions about the other half, which have no answer, those refused are counted, and of those about the served
half those refused wrongly. The model of each question is fitted on articles that are neither served nor asked
about. The confidence of every answer that is given is then held against whether its marked sentence holds the
gold, in ten bins.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import calibration
import fitting
import material
import numpy as np
import wordings
from calibration import Told
from material import Case

from qa.records import Passage
from qa.retrieval import Retriever


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked of half the articles."""

    served: bool  # its article is among them
    answered: bool
    told: Told


def asked_of(
    passages: Sequence[Passage], cases: Sequence[Case], served: Sequence[str], others: Sequence[str]
) -> Iterator[Asked]:
    """All questions asked of the articles ``served``."""
    together, alone = fitting.gather(wordings.SHARED)
    turns = [(list(served), list(served)), *(([article], [*served, article]) for article in others)]
    for about, left_out in turns:
        model = fitting.fit(together, alone, left_out)
        retriever = Retriever(material.of(passages, served), model=model)
        yield from (_asked(retriever, case, case.document in served) for case in material.about(cases, about))


def _asked(retriever: Retriever, case: Case, served: bool) -> Asked:
    found = retriever.search(case.question)
    first = found.ranked[0] if found.ranked else None
    right = first is not None and case.answered_by(first.passage, first.answer)
    return Asked(served, found.answered, Told(found.confidence, right))


def halves(passages: Sequence[Passage], cases: Sequence[Case]) -> list[list[Asked]]:
    """Both halves of the articles, each served while all questions are asked."""
    odd, even = material.halves(material.articles(cases))
    return [list(asked_of(passages, cases, served, others)) for served, others in ((odd, even), (even, odd))]


def shares(asked: Sequence[Asked]) -> tuple[float, float]:
    """Of the questions about the other half, and of those about the served half, the share refused."""
    refused = [
        float(np.mean([not one.answered for one in asked if one.served is served]))
        for served in (False, True)
    ]
    return refused[0], refused[1]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=material.SQUAD)
    found = halves(*material.read(parser.parse_args().folder))
    print(f"{'refused':12}{'of the other half':>20}{'of the served half':>20}")
    told = [*map(shares, found)]
    for name, (other, served) in zip(("odd served", "even served"), told, strict=True):
        print(f"{name:12}{other:20.3f}{served:20.3f}")
    print(
        f"{'mean':12}{np.mean([other for other, _ in told]):20.3f}"
        f"{np.mean([served for _, served in told]):20.3f}"
    )
    print(calibration.table("confidence", [one.told for half in found for one in half if one.answered]))


if __name__ == "__main__":
    main()
