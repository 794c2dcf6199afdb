"""Ratings that were so before and still are: "good before and still are", "was inadequate and remains so"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunks

_BEING = frozenset("are do does have has is were was".split())


def say_still_so(chunks: Chunks) -> Chunks:
    """Read "were good and still are" as rated Good before and now."""
    rated = [chunk for chunk in chunks if chunk.kind == "cond" and isinstance(chunk.value, q.Rated)]
    still = len(chunks) > 1 and chunks[-2].text == "still" and chunks[-1].text in _BEING
    if len(rated) == 1 and still:
        told = rated[0].value
        times = (replace(told, when="before"), replace(told, when="now"))
        rated[0].value = q.conjunction(*times)
        rated[0].members = (rated[0].value,)
    return chunks
