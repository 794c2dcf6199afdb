"""What the closer look adds to a question at 10,000 passages: `python benchmarks/closer.py
[../shared/data/squad]`.

The articles are repeated, each copy with words of its own, until there are enough passages; every tenth
question is asked.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import material

from qa.language.stems import terms
from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Passage, Report
from qa.retrieval import Retriever
from qa.retrieval.passage_index import PassageIndex
from qa.shelf import Listed

PASSAGES = 10_000
TIMES = 3


def main() -> None:
    """Print the times of both, and their difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=material.SQUAD)
    folder = parser.parse_args().folder
    _, cases = material.read(folder)
    passages = _repeated(folder / "corpus")[:PASSAGES]
    engine, retriever = PassageIndex.of(Listed(passages)).engine, Retriever(passages)
    asked = [case.question for case in cases[::10]]
    alone = [
        _milliseconds(lambda question: engine.search(terms(question), 5), question) for question in asked
    ]
    whole = [_milliseconds(retriever.search, question) for question in asked]
    added = [more - less for more, less in zip(whole, alone, strict=True)]
    print(f"{len(passages):,} passages, {len(asked)} questions; milliseconds of the processor a question")
    for name, times in (("engine alone", alone), ("whole", whole), ("added", added)):
        print(
            f"{name:14}median {statistics.median(times):6.2f}   p95 "
            f"{statistics.quantiles(times, n=20)[-1]:6.2f}"
        )


def _repeated(folder: Path) -> list[Passage]:
    """The passages of as many copies of a folder as are needed, each paragraph with the number of its copy,
    lest it counts as a repeat.
    """
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}
    found: list[Passage] = []
    with tempfile.TemporaryDirectory() as copies:
        for copy in itertools.count():
            there = Path(copies) / str(copy)
            there.mkdir()
            for name, written in texts.items():
                (there / f"{name}-{copy}.txt").write_text(
                    written.replace("\n\n", f" This is copy {copy}.\n\n"), encoding="utf-8"
                )
            found += [
                passage
                for document in read_corpus(there, Report()).documents
                for passage in passages_of(document)
            ]
            if len(found) >= PASSAGES:
                break
    return found


def _milliseconds(search: Callable[[str], object], question: str) -> float:
    """The fastest of a few tries."""
    spent = []
    for _ in range(TIMES):
        begun = time.process_time()
        search(question)
        spent.append(1000 * (time.process_time() - begun))
    return min(spent)


if __name__ == "__main__":
    main()
