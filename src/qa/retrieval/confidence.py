"""How sure it is that the marked sentence of the first passage answers the question."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Change
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.index import Offsets, SentenceIndex
from qa.retrieval.look import Look, Matrix
from qa.retrieval.model import Model


def judge(
    index: SentenceIndex,
    seen: Look,
    order: Offsets,
    scores: Matrix,
    totals: Matrix,
    required: Sequence[str],
    ranked: tuple[Ranked, ...],
    model: Model,
) -> Retrieved:
    first = int(order[0])
    here = seen.window.owner == first
    there = seen.meant[here].max(axis=0)
    asked = [k for k in range(len(seen.asked.concepts)) if not seen.asked.concepts[k].aside]
    total = sum(seen.weights[k] for k in asked)
    covered = float(sum(seen.weights[k] * there[k] for k in asked) / total) if total else 0.0
    missing = tuple(seen.asked.concepts[k].word for k in asked if not there[k])
    expanded = tuple(Change(c.word, o.shown) for c in seen.asked.concepts for o in c.options if o.shown)
    return Retrieved(ranked, covered, covered > 0.5, expanded, (), missing)
