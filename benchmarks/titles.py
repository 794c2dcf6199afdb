"""How passages are ranked where each document has one topic and a title, beside BM25 alone on the same
passages.

    python benchmarks/titles.py [../shared/data] [--encoder FOLDER]

Each paragraph of the SQuAD articles is served as a document of its own. Its title is the phrase of its first
two sentences that tells it from the others most. The coefficients are fitted on nothing of SQuAD: on the
publication's page, the inspection reports and the pages of this project.
"""

from __future__ import annotations

import argparse
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import fitting
import material
import ranking
import wordings
from material import Case

from qa.language.sentences import sentences
from qa.language.stems import is_stop, stem, terms
from qa.language.tokens import Token, tokenize
from qa.passages import passages_of
from qa.records import Block, Document, Passage
from qa.retrieval import Retriever
from qa.retrieval.model import Model

LONGEST = 3  # words of a title
OFTEN = 4  # places of a word from which more count for nothing
CAPITAL = 1.3  # times as much a phrase with a capital tells


def topics(passages: Sequence[Passage], cases: Sequence[Case]) -> tuple[list[Passage], list[Case]]:
    """The passages of one document a paragraph, and the questions as asked of these."""
    documents = list(dict.fromkeys(passage.document for passage in passages))
    paragraphs = [(one, block) for one in documents for block in one.blocks if block.kind == "paragraph"]
    bodies = [one.text[block.start : block.end] for one, block in paragraphs]
    held_by = Counter(term for body in bodies for term in set(terms(body)))
    weights = {term: math.log(len(bodies) / held) for term, held in held_by.items()}
    found, asked = list[Passage](), list[Case]()
    for number, ((one, block), body) in enumerate(zip(paragraphs, bodies, strict=True)):
        made = Document(
            f"{number:03}-{one.path}", title(body, weights), body, (Block("paragraph", 0, len(body)),)
        )
        found += passages_of(made)
        asked += _moved(cases, one.path, block, made.path)
    return found, asked


def title(body: str, weights: Mapping[str, float]) -> str:
    """The phrase of the first two sentences that tells most, by the information and number of its words."""
    tokens = tokenize(body)
    often = Counter(stem(token.text) for token in tokens)
    end = sentences(body)[:2][-1].end
    best = max(
        _phrases(body, [token for token in tokens if token.end <= end]),
        default=(0, 0),
        key=lambda span: _tells(body, span, often, weights),
    )
    return body[slice(*best)]


def _phrases(body: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Words in a row without a stop word or a mark between them."""
    for _, group in itertools.groupby(enumerate(tokens), key=lambda pair: is_stop(pair[1].text)):
        run = [token for _, token in group if not is_stop(token.text)]
        for first, size in itertools.product(range(len(run)), range(1, LONGEST + 1)):
            held = run[first : first + size]
            if len(held) == size and all(
                body[left.end : right.start] == " " for left, right in itertools.pairwise(held)
            ):
                yield held[0].start, held[-1].end


def _tells(body: str, span: tuple[int, int], often: Mapping[str, int], weights: Mapping[str, float]) -> float:
    words = [stem(token.text) for token in tokenize(body[slice(*span)])]
    told = sum(weights.get(word, 0.0) * min(often[word], OFTEN) for word in words) / math.sqrt(len(words))
    return told * (CAPITAL if body[span[0]].isupper() else 1)


def _moved(cases: Sequence[Case], path: str, block: Block, to: str) -> Iterator[Case]:
    for case in cases:
        spans = tuple(
            (s - block.start, e - block.start) for s, e in case.spans if block.start <= s and e <= block.end
        )
        if case.document == path and spans:
            yield Case(case.question, to, spans)


def main() -> None:
    """Print a line for each way of ranking."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=wordings.SHARED)
    parser.add_argument("--encoder", type=Path, help="the folder of an encoder")
    options = parser.parse_args()
    maker = fitting.maker(options.encoder)
    read = material.read(options.folder / "squad")
    passages, cases = topics(*read)
    articles = set(material.articles(read[1]))
    found = [
        example
        for asked in wordings.read(options.folder)
        if asked.document.path not in articles
        for example in fitting.examples(
            Retriever(
                asked.passages, model=Model({}, {}, 0.0), vectors=maker(asked.passages) if maker else None
            ),
            [case for case in asked.cases if case.spans],
        )
    ]
    model = Model(fitting.ranking_of(found), Model.load(encoded=maker is not None).confidence, 0.0)
    retriever = Retriever(passages, model=model, vectors=maker(passages) if maker else None)
    print(
        f"{len(cases)} questions; {len({passage.document.path for passage in passages})} documents, "
        f"{len(passages)} passages"
    )
    print(ranking.line("plain", list(map(ranking.plain(passages), cases))))
    print(ranking.line("full", list(map(ranking.full(retriever), cases))))


if __name__ == "__main__":
    main()
