"""The closer look: what each sentence of the best passages has of what was asked, as a matrix of features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.asked import Asked
from qa.retrieval.classes import FLAGS, NAME, STOP
from qa.retrieval.index import SentenceIndex

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]

SATURATION = 1.2  # of repeated words, as BM25's k1 …
LENGTH = 0.75  # … and its b
USUAL = 14.0  # words of a sentence, without its stop words


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The units and tokens of some passages, one after another."""

    passages: Places  # numbers in the index
    units: Places  # numbers in the index
    passage_units: Places  # of each passage: its first unit here
    unit_passage: Places  # of each unit: its passage here
    tokens: Places  # numbers in the index
    token_unit: Places  # of each token: its unit here
    unit_lengths: Places  # tokens


def window(index: SentenceIndex, passages: Sequence[int]) -> Window:
    chosen = np.asarray(passages, dtype=np.int64)
    units, unit_passage, firsts = _ranges(index.passage_units, chosen)
    tokens, token_unit, _ = _ranges(index.unit_tokens, units)
    return Window(chosen, units, firsts, unit_passage, tokens, token_unit, np.bincount(token_unit, minlength=len(units)))


def _ranges(offsets: Places, chosen: Places) -> tuple[Places, Places, Places]:
    """All numbers from ``offsets[i]`` to ``offsets[i + 1]`` for each i chosen; the place of its i for each; and where each i begins."""
    begins = offsets[chosen]
    lengths = offsets[chosen + 1] - begins
    firsts = np.cumsum(lengths) - lengths
    owner = np.repeat(np.arange(len(chosen)), lengths)
    return np.arange(len(owner)) + (begins - firsts)[owner], owner, firsts


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen. ``held`` and ``meant`` tell, of each unit and concept, how far the unit has the very word, or any of its options."""

    window: Window
    asked: Asked
    weights: Matrix  # of each concept
    held: Matrix
    meant: Matrix
    counts: Matrix  # of each unit and concept: how often the very word stands there
    told: Matrix  # of each unit and flag: how many words that the question does not have carry it
    sizes: Matrix  # of each unit: its words without stop words
    shared: Matrix  # of each unit: pairs of neighbouring words that the question has, too
    marks: NDArray[np.bool_]  # of each token: whether it is a word asked for


def look(index: SentenceIndex, asked: Asked, passages: Sequence[int]) -> Look:
    """Look at these passages."""
    seen = window(index, passages)
    columns = _columns(asked)
    numbers, flags = index.numbers[seen.tokens], index.flags[seen.tokens]
    lookup = np.zeros(len(index.terms), dtype=np.int16)
    for term, column in columns.items():
        number = index.terms.get(term)
        if number is not None:
            lookup[number] = column
    found = lookup[numbers]
    units, width = len(seen.units), len(columns) + 1
    counts = np.bincount(seen.token_unit * width + found, minlength=units * width).reshape(units, width).astype(np.float64)
    held, meant = _strengths(index, asked, columns, counts > 0)
    own = [columns[concept.options[0].terms[0]] for concept in asked.concepts]
    new = (flags & STOP == 0) & (found == 0)
    told = np.stack([np.bincount(seen.token_unit[new & (flags & flag > 0)], minlength=units) for flag in FLAGS.values()], axis=1)
    return Look(
        seen,
        asked,
        np.array([concept.weight for concept in asked.concepts]),
        held,
        meant,
        counts[:, own],
        told.astype(np.float64),
        np.bincount(seen.token_unit[flags & STOP == 0], minlength=units).astype(np.float64),
        _pairs(asked, columns, found, seen.token_unit, units),
        found > 0,
    )


def _columns(asked: Asked) -> dict[str, int]:
    columns: dict[str, int] = {}
    for term in asked.sequence:
        columns.setdefault(term, len(columns) + 1)
    for concept in asked.concepts:
        for option in concept.options:
            for term in option.terms:
                columns.setdefault(term, len(columns) + 1)
    return columns


def _strengths(index: SentenceIndex, asked: Asked, columns: dict[str, int], present: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    held = np.zeros((len(present), len(asked.concepts)))
    meant = np.zeros_like(held)
    for place, concept in enumerate(asked.concepts):
        for option in concept.options:
            has = present[:, [columns[term] for term in option.terms]].all(axis=1)
            if option.strength == 1:
                held[:, place] = has
            np.maximum(meant[:, place], has * option.strength, out=meant[:, place])
    return held, meant


def _pairs(asked: Asked, columns: dict[str, int], found: NDArray[np.int16], token_unit: Places, units: int) -> Matrix:
    """How many different pairs of neighbouring words, stop words too, each unit shares with the question."""
    width = len(columns) + 1
    sequence = [columns[term] for term in asked.sequence]
    wanted = np.zeros(width * width, dtype=bool)
    wanted[[left * width + right for left, right in zip(sequence, sequence[1:], strict=False)]] = True
    codes = found[:-1].astype(np.int64) * width + found[1:]
    at = np.flatnonzero(wanted[codes] & (token_unit[:-1] == token_unit[1:]))
    pairs = np.unique(token_unit[at] * (width * width) + codes[at])
    return np.bincount(pairs // (width * width), minlength=units).astype(np.float64)
