"""How many points of an answer of several are told: the questions of `benchmarks/data/points.jsonl`.

    python benchmarks/pointing.py [../shared/data] [--encoder FOLDER]

Half are asked of the publication's page, once as it was saved and once as the digest that comes with Askwell
retells it, with and without the corpus folder's thesaurus; half of three inspection reports. A question is
right where it is answered and tells as many points as are wanted.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import fitting
import wordings

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Passage, Report
from qa.retrieval import Retriever, Thesaurus

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def told(retriever: Retriever, case: Mapping[str, Any]) -> tuple[bool, float]:
    """Whether a question is answered with enough points, and the share of those that there are."""
    found = retriever.search(case["question"])
    text = " ".join(point.text for point in found.points) if found.answered else ""
    points = [bool(re.search(point, text, re.IGNORECASE)) for point in case["points"]]
    return found.answered and sum(points) >= case["at_least"], statistics.fmean(points)


def main() -> None:
    """Print a line for each place that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=wordings.SHARED)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    options = parser.parse_args()
    maker = fitting.maker(options.encoder)

    def retriever(passages: Sequence[Passage], thesaurus: Thesaurus | None = None) -> Retriever:
        return Retriever(passages, thesaurus=thesaurus, vectors=maker(passages) if maker else None)

    rows = [
        json.loads(line) for line in (wordings.DATA / "points.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    corpus = read_corpus(CORPUS, Report())
    digest = [passage for document in corpus.documents for passage in passages_of(document)]
    own = Thesaurus.load(corpus.thesaurus)
    asked = {Path(one.document.path).stem: one.passages for one in wordings.read(options.folder)}
    places = {
        "digest": (retriever(digest, own), "page"),
        "digest, no thesaurus": (retriever(digest), "page"),
        "page": (retriever(asked["page"], own), "page"),
        "page, no thesaurus": (retriever(asked["page"]), "page"),
        **{
            name: (retriever(passages), name) for name, passages in asked.items() if name.startswith("ofsted")
        },
    }
    print(f"{'':24}{'questions':>10}{'right':>8}{'points':>8}")
    for name, (place, document) in places.items():
        found = [told(place, row) for row in rows if row["document"] == document]
        right, share = (statistics.fmean(column) for column in zip(*found, strict=True))
        figures = f"{right:8.3f}{share:8.3f}"
        print(f"{name:24}{len(found):10d}{figures}")


if __name__ == "__main__":
    main()
