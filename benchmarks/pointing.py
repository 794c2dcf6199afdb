"""How many points of an answer of several are told: the questions of `benchmarks/data/points.jsonl`.

    python benchmarks/pointing.py [../shared/data] [--encoder FOLDER]

Half are asked of the publication's page, once as it was saved and once as the digest that comes with Askwell
retells it, with and without the corpus folder's thesaurus; half of three inspection reports. A question is
right where it is answered and tells as many points as are wanted. The models are fitted on the other
documents.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from pathlib import Path

import fitting
import rewording
import wordings
from wordings import PointsCase

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Passage, Report
from qa.retrieval import Retriever, Thesaurus
from qa.retrieval.model import Model

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def told(retriever: Retriever, case: PointsCase) -> tuple[bool, float]:
    """Whether a question is answered with enough points, and the share of those that there are."""
    found = retriever.search(case.question)
    points = found.points if found.answered else ()
    return case.told_by(points), case.share(points)


def main() -> None:
    """Print a line for each place that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=wordings.SHARED)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    options = parser.parse_args()
    maker = fitting.maker(options.encoder)

    documents = wordings.read(options.folder)
    models = fitted(options.folder, maker, [one.document.path for one in documents])

    def retriever(
        document: str, passages: Sequence[Passage], thesaurus: Thesaurus | None = None
    ) -> Retriever:
        return Retriever(
            passages,
            thesaurus=thesaurus,
            model=models[document],
            vectors=maker(passages) if maker else None,
        )

    corpus = read_corpus(CORPUS, Report())
    digest = [passage for document in corpus.documents for passage in passages_of(document)]
    own = Thesaurus.load(corpus.thesaurus)
    asked = {Path(one.document.path).stem: one for one in wordings.several(documents)}
    page = asked["page"].document.path
    places = {
        "digest": (retriever(page, digest, own), "page"),
        "digest, no thesaurus": (retriever(page, digest), "page"),
        "page": (retriever(page, asked["page"].passages, own), "page"),
        **{
            f"{name}, no thesaurus" if name == "page" else name: (
                retriever(one.document.path, one.passages),
                name,
            )
            for name, one in asked.items()
        },
    }
    print(f"{'':24}{'questions':>10}{'right':>8}{'points':>8}")
    for name, (place, document) in places.items():
        found = [told(place, case) for case in asked[document].cases if isinstance(case, PointsCase)]
        right, share = (statistics.fmean(column) for column in zip(*found, strict=True))
        figures = f"{right:8.3f}{share:8.3f}"
        print(f"{name:24}{len(found):10d}{figures}")


def fitted(shared: Path, maker: fitting.Maker | None, documents: Sequence[str]) -> dict[str, Model]:
    """The model for each document, fitted on those of the other folds."""
    gathered = fitting.gather(shared, maker)
    return {
        document: model
        for fold in rewording.folds(documents)
        for model in (fitting.fit(*gathered, fold),)
        for document in fold
    }


if __name__ == "__main__":
    main()
