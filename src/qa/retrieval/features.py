"""The features of each unit that was looked at, by name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qa.retrieval.classes import FLAGS
from qa.retrieval.look import LENGTH, SATURATION, USUAL, Look, Matrix


def features(seen: Look, scores: Matrix, documents: Matrix) -> Mapping[str, Matrix]:
    """One number a unit for each name. ``scores`` are the engine's, ``documents`` numbers, of each passage."""
    w, window = seen.weights, seen.window
    firsts, owner = window.passage_units, window.unit_passage
    held, meant, weights = seen.held, seen.meant, seen.weights
    norm = SATURATION * (1 - LENGTH + LENGTH * seen.sizes / USUAL)
    often = seen.counts * (SATURATION + 1) / (seen.counts + norm[:, None])
    at_all = np.maximum.reduceat(meant, firsts)
    exact = np.maximum.reduceat(held, firsts)
    before = _before(meant > 0, firsts, owner)
    name = np.array([c.name for c in seen.asked.concepts])
    by_document = np.bincount(documents, weights=scores)[documents]
    own = held @ w
    total = w.sum() or 1.0
    return {
        "words": own,
        "often": often @ w,
        "square": held @ w**2,
        "other_words": (meant - held) @ w,
        "context": (before & (meant == 0)) @ w,
        "passage": (exact @ w)[owner],
        "passage_other": ((at_all - exact) @ w)[owner],
        "pairs": seen.shared,
        "names": held[:, name] @ w[name],
        "names_lacking": ((at_all == 0)[:, name] @ w[name])[owner],
        "document": by_document[owner],
        "bm25": scores[owner],
        "first": (np.arange(len(owner)) == firsts[owner] + 1).astype(float),
        "length": np.log1p(seen.sizes),
        "alllen": np.log1p(window.unit_lengths),
        "new": np.log1p(np.maximum(seen.sizes - seen.counts.sum(axis=1), 0)),
        "sentences": np.log(np.maximum(np.bincount(owner) - 1, 1))[owner],
        **_kinds(seen),
    }


def _kinds(seen: Look) -> Mapping[str, Matrix]:
    kind = seen.asked.kind.name
    out = {}
    col = {n: (seen.told[:, i] > 0).astype(float) for i, n in enumerate(FLAGS)}
    col["duration"] = col["number"] * col["unit"]
    for k, fl in (
        ("duration", ("duration", "number")),
        ("number", ("number", "money")),
        ("date", ("year", "month", "number")),
        ("person", ("person", "name")),
        ("place", ("place", "name")),
        ("thing", ("name", "number")),
    ):
        for f in fl:
            out[f"{k}_{f}"] = col[f] * (kind == k)
    return out


def _before(held: Matrix, firsts, owner):
    total = np.cumsum(held, axis=0)
    ahead = total - held
    return ahead - ahead[firsts][owner] > 0
