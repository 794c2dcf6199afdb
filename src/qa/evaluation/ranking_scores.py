"""How well passages are ranked: Success@k, reciprocal rank, nDCG@k and recall@k as trec_eval computes them;
pure.

The unit that is ranked depends on the gold. With ``relevant`` it is the document, at the rank of its first
passage; with ``spans`` and ``evidence`` it is the passage, and all golds are one piece of evidence: the first
passage that contains it counts, so that a perfect ranking has it first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from qa.evaluation.cases import Case
from qa.evaluation.received import Response

_MOST_OF = 0.9  # part of a returned passage that must be within a gold that is a whole passage


@dataclass(frozen=True)
class Relevance:
    """``gains``: the grade of each result, best first (0 is not relevant); ``ideal``: the grades of all that
    is relevant.
    """

    gains: tuple[float, ...]
    ideal: tuple[float, ...]


def relevance(case: Case, told: Response) -> Relevance:
    """Return the grades of the passages (or documents) returned."""
    if case.relevant is not None:
        return Relevance(
            _graded(case.relevant, told), tuple(grade for grade in case.relevant.values() if grade > 0)
        )
    holding = (number for number, passage in enumerate(told.passages) if _shows(case, passage))
    first = next(holding, None)
    return Relevance(tuple(float(number == first) for number in range(len(told.passages))), (1.0,))


def success(found: Relevance, depth: int) -> float:
    """Return 1 if something relevant is among the first ``depth``, otherwise 0."""
    return float(any(gain > 0 for gain in found.gains[:depth]))


def reciprocal_rank(found: Relevance) -> float:
    """Return 1 / the rank of the first relevant result; 0 without one (Voorhees, TREC-8, 1999)."""
    return next((1 / rank for rank, gain in enumerate(found.gains, 1) if gain > 0), 0.0)


def ndcg(found: Relevance, depth: int) -> float:
    """Return the normalised discounted cumulative gain with linear gains (Järvelin and Kekäläinen, 2002), as
    trec_eval's ``ndcg_cut``."""
    best = _discounted(sorted(found.ideal, reverse=True)[:depth])
    return _discounted(found.gains[:depth]) / best if best else 0.0


def recall(found: Relevance, depth: int) -> float:
    """Return the share of everything relevant that is among the first ``depth``; 0 if nothing is relevant."""
    return sum(gain > 0 for gain in found.gains[:depth]) / len(found.ideal) if found.ideal else 0.0


def holds(case: Case, document: str, start: int, end: int) -> bool:
    """True if ``document[start:end]`` contains a gold span, or half of one that is a whole passage, or is
    almost wholly within such a span."""
    return document == case.document and any(_covers(case, span, start, end) for span in case.spans)


def sentence_holds(case: Case, told: Response) -> bool:
    """True if the marked sentence of the best passage contains a gold span."""
    passage = told.passages[0] if told.passages else {}
    mark = passage.get("answer")
    if not mark:
        return False
    begin = passage["source"]["start"]
    return holds(case, passage["source"]["document"], begin + mark["start"], begin + mark["end"])


def _covers(case: Case, span: tuple[int, int], start: int, end: int) -> bool:
    shared = min(end, span[1]) - max(start, span[0])
    if not case.whole:
        return shared >= span[1] - span[0]
    return shared >= (span[1] - span[0]) / 2 or shared >= (end - start) * _MOST_OF > 0


def _shows(case: Case, passage: Mapping[str, Any]) -> bool:
    source = passage["source"]
    if case.spans:
        return holds(case, source["document"], source["start"], source["end"])
    return all(re.search(pattern, passage["text"], re.IGNORECASE) for pattern in case.evidence)


def _graded(relevant: Mapping[str, int], told: Response) -> tuple[float, ...]:
    documents = dict.fromkeys(passage["source"]["document"] for passage in told.passages)
    return tuple(float(max(0, grade(relevant, document))) for document in documents)


def grade(relevant: Mapping[str, int], document: str) -> int:
    """Return the grade of a document by its path, its file name, or that without its extension (the
    identifier in a collection)."""
    path = PurePosixPath(document)
    return next(
        (relevant[name] for name in (document, path.name, path.stem, unquote(path.stem)) if name in relevant),
        0,
    )


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
