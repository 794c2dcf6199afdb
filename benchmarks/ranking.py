"""How well passages are ranked, beside BM25 alone, and what each part of the ranking is worth.

    python benchmarks/ranking.py [../shared/data/squad] [--encoder FOLDER]

All articles are served, and each half of their questions is measured with coefficients fitted on the other
articles. *plain* is the engine alone on the same passages: titles and headings, stop words left out, stems.
Then one part after another is left out and the rest fitted anew; what is lost without it is what it is worth.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import fitting
import material
import numpy as np
from material import Case

from qa.language.stems import terms
from qa.records import Passage
from qa.retrieval import Retriever, Thesaurus, VectorIndex
from qa.retrieval.model import Model
from qa.retrieval.passage_index import PassageIndex
from qa.shelf import Listed

PARTS: Mapping[str, tuple[str, ...]] = {
    "words repeated": ("often",),
    "other words": ("other_words", "passage_other_words"),
    "what stands before": ("context",),
    "word pairs": ("pairs",),
    "names": ("names", "names_lacking"),
    "first sentence": ("first",),
    "years and months": ("tells_year", "tells_month"),
    "numbers": ("tells_number",),
    "persons, places, posts": ("tells_name", "tells_place", "tells_role"),
    "all that tells an answer": (
        "tells_year",
        "tells_month",
        "tells_number",
        "tells_name",
        "tells_place",
        "tells_role",
        "unmet",
    ),
    "what is demanded": ("unmet",),
    "title": ("title",),
}

Search = Callable[[Case], "Placed"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the answer was found: the rank of its first passage, 0 for none, and whether the first one's
    marked sentence holds it.
    """

    rank: int
    marked: bool


def rank_of(case: Case, passages: Sequence[Passage]) -> int:
    """The rank, from 1, of the first passage that holds the answer; 0 for none."""
    return next((rank for rank, passage in enumerate(passages, 1) if case.answered_by(passage)), 0)


def plain(passages: Sequence[Passage]) -> Search:
    """BM25 alone."""
    engine = PassageIndex.of(Listed(passages)).engine
    by_id = {passage.id: passage for passage in passages}

    def search(case: Case) -> Placed:
        return Placed(
            rank_of(case, [by_id[hit.passage] for hit in engine.search(terms(case.question), 10)]), False
        )

    return search


def full(retriever: Retriever) -> Search:
    """All of the ranking."""

    def search(case: Case) -> Placed:
        ranked = retriever.search(case.question, top=10).ranked
        marked = (
            bool(ranked)
            and ranked[0].answer is not None
            and case.answered_by(ranked[0].passage, ranked[0].answer)
        )
        return Placed(rank_of(case, [one.passage for one in ranked]), marked)

    return search


def crossed(
    passages: Sequence[Passage],
    cases: Sequence[Case],
    dropped: Sequence[str] = (),
    thesaurus: Thesaurus | None = None,
    vectors: VectorIndex | None = None,
) -> list[Placed]:
    """Every question placed with coefficients fitted on the other half of the articles, 0 for the features
    ``dropped``.
    """
    looking = Retriever(passages, thesaurus=thesaurus, vectors=vectors)
    found: list[Placed] = []
    halves = material.halves(material.articles(cases))
    for asked, others in (halves, halves[::-1]):
        learnt = fitting.ranking_of(fitting.examples(looking, material.about(cases, others)), dropped)
        model = Model(learnt, Model.load(encoded=vectors is not None).confidence, 0.0)
        retriever = Retriever(passages, thesaurus=thesaurus, model=model, vectors=vectors)
        found += map(full(retriever), material.about(cases, asked))
    return found


def line(name: str, placed: Sequence[Placed], base: Sequence[Placed] | None = None) -> str:
    """One line of a table; with ``base``, the differences from it."""
    figures = [*(_hit(placed, k) for k in (1, 3, 5)), _mrr(placed), _marked(placed)]
    if base is None:
        return f"{name:28}" + "".join(f"{figure:9.3f}" for figure in figures)
    before = [*(_hit(base, k) for k in (1, 3, 5)), _mrr(base), _marked(base)]
    return f"{name:28}" + "".join(
        f"{100 * (figure - was):+9.1f}" for figure, was in zip(figures, before, strict=True)
    )


def _hit(placed: Sequence[Placed], k: int) -> float:
    return statistics.fmean(0 < one.rank <= k for one in placed)


def _mrr(placed: Sequence[Placed]) -> float:
    return statistics.fmean(1 / one.rank if one.rank else 0.0 for one in placed)


def _marked(placed: Sequence[Placed]) -> float:
    return statistics.fmean(one.marked for one in placed)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=material.SQUAD)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    options = parser.parse_args()
    passages, cases = material.read(options.folder)
    lengths = sorted(len(passage.text) for passage in passages)
    short = statistics.fmean(length < 1200 for length in lengths)
    middle = np.median(lengths)
    print(
        f"{len(cases)} questions; {len(passages)} passages, {middle:.0f} characters in the median, "
        f"{100 * short:.1f} % under 1,200"
    )
    print(f"{'':28}" + "".join(f"{name:>9}" for name in ("hit@1", "hit@3", "hit@5", "MRR@10", "sentence")))
    whole = crossed(passages, cases)
    bare = list(
        map(
            plain(passages),
            [
                case
                for half in material.halves(material.articles(cases))
                for case in material.about(cases, half)
            ],
        )
    )
    print(line("plain", bare))
    print(line("full", whole))
    if maker := fitting.maker(options.encoder):
        print(line("with an encoder", crossed(passages, cases, vectors=maker(passages))))
        return
    print("without (points lost or won)")
    for name, dropped in PARTS.items():
        print(line(f"  {name}", crossed(passages, cases, dropped), whole))
    print(line("  thesaurus", crossed(passages, cases, thesaurus=Thesaurus.of()), whole))


if __name__ == "__main__":
    main()
