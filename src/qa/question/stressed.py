"""Words that add emphasis or a reason, but no condition: "safe enough", "outright failing", "good all the
same", "any good ones to set against them"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk
from qa.question.shape import Shape


def take_stressed(shape: Shape) -> None:
    """Take words that only add emphasis or a reason."""
    for step in (_enough, _outright, _all_the_same, _to_set_against):
        step(shape)


def _enough(shape: Shape) -> None:
    """Take "enough" in "safe enough", which means the same as "safe"."""
    for chunk in shape.chunks:
        ahead = shape.chunks.before(chunk)
        if chunk.text == "enough" and ahead is not None and ahead.kind == "aspect":
            _take([chunk])


def _outright(shape: Shape) -> None:
    """Take "outright" beside a rating, or beside a word that denies one: "the outright failing ones"."""
    for chunk in shape.chunks:
        beside = [one for one in (shape.chunks.before(chunk), shape.chunks.after(chunk)) if one is not None]
        if chunk.text in _STRESSING and any(one.kind in ("cond", "unrated", "not") for one in beside):
            _take([chunk])


_STRESSING = frozenset(
    "absolutely actually decidedly definitely downright flatly frankly genuinely outright plain plainly "
    "positively really simply truly".split()
)


def _all_the_same(shape: Shape) -> None:
    """Take "all the same" after a rating at the end of a clause: "which are good all the same?". In "are they
    all the same?" it compares."""
    for chunk in shape.chunks:
        same, ahead = shape.chunks.after(chunk), shape.chunks.before(chunk)
        if chunk.text != "all the" or same is None or same.text != "same" or ahead is None:
            continue
        behind = shape.chunks.after(same)
        if ahead.kind in ("cond", "aspect") and (behind is None or behind.spans[0].gap):
            _take([chunk, same])


def _to_set_against(shape: Shape) -> None:
    """Take "to set against them" at the end, which only gives a reason for asking; nothing is compared."""
    for place, chunk in enumerate(shape.chunks):
        row = shape.chunks[place:]
        words = " ".join(one.text for one in row).split()
        if chunk.text == "to" and words[:-1] in _SETTING and words[-1] in _THEM and place:
            _take(row)


_SETTING = [
    phrase.split() for phrase in ("to set against", "to put against", "to weigh against", "to offset")
]
_THEM = frozenset("it that them these this those".split())


def _take(chunks: Sequence[Chunk]) -> None:
    for chunk in chunks:
        chunk.kind, chunk.value = "function", chunk.text
        chunk.use("small")
