"""How near a question is in meaning to sentences and passages, by the vectors of their words.

`benchmarks/near_words.py` makes the vectors, for the stems of common English words. The vector of a text is
the sum of those of its words, by their information in general English; nearness is a cosine. All sums are of
whole numbers, so that they are the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.matrices import row_products
from qa.retrieval.background import shares

STEMS, VECTORS = "word_vectors.txt", "word_vectors.npy"
STEPS = 180  # length of a vector
SHARPNESS = 16  # steps of weight in one
FLATTENED = 0.7  # a word weighs its information to this power
PRIOR = 300  # passages of general prose that a share is of
UNCOMMON = 0.001  # the share assumed for a word that is not in the background list
NOTHING = -1  # the row of a word that has no vector

Values: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.int32]  # of words in the table
Vectors: TypeAlias = NDArray[np.float32]  # whole numbers


class Nearness(NamedTuple):
    """How near a question is to units and passages, from -1 to 1; 0 where no word has a vector."""

    units: Values
    passages: Values


class Tokens(NamedTuple):
    """The tokens of units in a row: their words' rows in the table, and the units that they stand in."""

    rows: Rows
    units: NDArray[np.int64]


class _Table(NamedTuple):
    rows: Mapping[str, int]  # stem → its row
    vectors: Vectors  # times the weight of the word; the last row, of all other words, is 0


def rows_of(terms: Iterable[str]) -> Rows:
    """Return the row of each term in the table of vectors."""
    rows = _table().rows
    return np.array([rows.get(term, NOTHING) for term in terms], dtype=np.int32)


def vector_of(terms: Iterable[str]) -> Vectors:
    """Return the vector of a text, given by its terms, of length STEPS; 0 if no word has a vector."""
    vector: Vectors = _scaled(_sum_of(terms)[None])[0]
    return vector


def vectors_of(tokens: Tokens, count: int) -> Vectors:
    """Return the vectors of ``count`` texts, each the unit of its tokens, likewise."""
    return _scaled(_sums(tokens, count))


def nearest(vectors: Vectors, question: Vectors, count: int) -> list[int]:
    """Return the ``count`` texts nearest to a question, the nearest first."""
    far = -row_products(vectors, question)
    near = np.arange(len(far))
    if count < len(far):
        near = np.flatnonzero(far <= np.partition(far, count - 1)[count - 1])
    nearest_first: list[int] = near[np.argsort(far[near], kind="stable")][:count].tolist()
    return nearest_first


def nearness(question: Iterable[str], tokens: Tokens, count: int, firsts: Sequence[int]) -> Nearness:
    """Return how near a question, given by its terms, is to each of ``count`` units and to each passage, of
    which ``firsts`` are the first units."""
    having = np.flatnonzero(tokens.rows != NOTHING)
    units = _sums(Tokens(tokens.rows[having], tokens.units[having]), count)
    passages = np.add.reduceat(units, firsts, axis=0) if len(firsts) else units
    asked = _sum_of(question)
    return Nearness(_cosines(units, asked), _cosines(passages, asked))


def _sum_of(terms: Iterable[str]) -> Values:
    summed: Values = _table().vectors[rows_of(sorted(terms))].sum(axis=0, dtype=np.float64)
    return summed


def _sums(tokens: Tokens, count: int) -> Values:
    """Return the sum of the vectors of each unit's words."""
    vectors, units = _table().vectors, tokens.units
    sums = np.zeros((count, vectors.shape[1]))
    begins = np.flatnonzero(np.append(True, units[1:] != units[:-1])[: len(units)])
    if len(begins):
        sums[units[begins]] = np.add.reduceat(vectors[tokens.rows], begins, axis=0)
    return sums


def _cosines(rows: Values, asked: Values) -> Values:
    products = row_products(rows, asked)
    lengths = np.sqrt((rows * rows).sum(axis=1) * (asked * asked).sum())
    cosines: Values = np.divide(products, lengths, out=np.zeros(len(rows)), where=lengths > 0)
    return cosines


def _scaled(sums: Values) -> Vectors:
    """Return vectors of whole numbers, of length STEPS."""
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    scaled = np.divide(STEPS * sums, lengths, out=np.zeros(sums.shape), where=lengths > 0)
    vectors: Vectors = np.round(scaled).astype(np.float32)
    return vectors


@cache
def _table() -> _Table:
    folder = files("qa.retrieval")
    lines = folder.joinpath(STEMS).read_text(encoding="utf-8").splitlines()
    stems = [line for line in lines if not line.startswith("#")]
    with folder.joinpath(VECTORS).open("rb") as file:
        vectors = np.load(file, allow_pickle=False).astype(np.float32)
    weights = np.array(list(map(_weight, stems)), dtype=np.float32)
    nothing = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    rows = {stem: row for row, stem in enumerate(stems)}
    return _Table(rows, np.concatenate([vectors * weights[:, None], nothing]))


def _weight(stem: str) -> int:
    """Return the weight of a word in steps."""
    information: float = math.log(1 + (1 + PRIOR) / (PRIOR * shares().get(stem, UNCOMMON) + 0.5))
    return round(SHARPNESS * math.pow(information, FLATTENED))
