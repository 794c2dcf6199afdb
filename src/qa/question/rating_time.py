"""When a rating in a question applies (now, before, or ever), by the nearest word for a time."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.changes import SMALL
from qa.question.chunks import Chunk, Chunks
from qa.question.query import When

NOW = frozenset("currently now nowadays today".split()) | {"at present", "these days"}
_WHEN: dict[str, When] = {"before": "before", "start": "before", "from": "before", "ever": "ever"}
_STARTING = frozenset(("began", "begin", "begun", "kicked", "set", "start", "started", "starting", "starts"))
_LATER = frozenset(("afterwards", "eventually", "later", "subsequently"))
_ARROWS = ("->", "→", "=>")


def time_of(rating: Chunk, chunks: Chunks, taken: list[Chunk]) -> When:
    """Return when a rating is meant to have been in force, and add the words that say so to ``taken``."""
    place = chunks.index(rating)
    if _is_before_arrow(chunks, place) or _is_from(chunks, place):
        return "before"
    near = [at for at, one in enumerate(chunks) if one.kind == "time" and _is_time_of(chunks, at, place)]
    if _was_so_then(chunks, place, near):
        return "before"
    if _later_another(chunks, place) and all(at > place for at in near):
        return "before"
    if not near:
        return "now"
    time = _nearest(chunks, place, near, taken)
    return _WHEN.get(_start_said(chunks, place, time, taken).value, "now")


def _nearest(chunks: Chunks, place: int, near: Sequence[int], taken: list[Chunk]) -> Chunk:
    """Return the word for a time nearest to the rating at ``place``; of two equally near, the one before it.
    Add it to ``taken``, with all others that say "before" if it does."""
    time = chunks[min(near, key=lambda at: abs(place - at) * 2 - (at < place))]
    alike = [chunks[at] for at in near if chunks[at].value == time.value == "before"]
    taken += [time, *(one for one in alike if one is not time)]
    return time


def _is_before_arrow(chunks: Chunks, place: int) -> bool:
    """True for the first rating of "good → outstanding"."""
    behind = chunks[place + 1] if place + 1 < len(chunks) else None
    if behind is None or behind.kind != "ratings":
        return False
    return any(mark in behind.spans[0].gap for mark in _ARROWS)


def _is_from(chunks: Chunks, place: int) -> bool:
    """True for the rating of "improved from good"."""
    ahead = chunks[place - 1] if place else None
    return ahead is not None and ahead.kind == "change" and ahead.text.endswith("from")


def _is_time_of(chunks: Chunks, place: int, rating: int) -> bool:
    """True if the word for a time at ``place`` belongs to the rating at ``rating``."""
    time = chunks[place]
    if time.value in ("from", "to") and place != rating - 1:
        return False
    between = chunks[min(rating, place) + 1 : max(rating, place)]
    if place < rating and _came_later(chunks, place, between):
        return False
    if place > rating and _starts_another(chunks, place):
        return False
    return not any(one.kind in ("ratings", "subject") for one in between)


def _start_said(chunks: Chunks, place: int, time: Chunk, taken: list[Chunk]) -> Chunk:
    """Return the word right before the rating at ``place`` that says "from" or "to" ("start from good");
    otherwise ``time``."""
    for ahead in reversed(chunks[:place]):
        if ahead.kind not in ("time", "function", "rated"):
            break
        if ahead.kind == "time":
            taken.append(ahead)
            time = ahead if time.value in ("from", "to") else time
    return time


def _starts_another(chunks: Chunks, place: int) -> bool:
    """True for "the good ones that started at requires improvement", whose verb belongs to the rating after
    it."""
    if chunks[place].text.split()[0] not in _STARTING:
        return False
    behind = next((one for one in chunks[place + 1 :] if one.kind != "function"), None)
    return behind is not None and behind.kind == "ratings"


def _came_later(chunks: Chunks, place: int, between: Sequence[Chunk]) -> bool:
    """True for "inadequate before they were good": what follows "before they" happened later."""
    earlier = any(one.kind == "ratings" for one in chunks[:place])
    pointed = any(one.says("follow", "pronoun") for one in between)
    return earlier and pointed and chunks[place].text == "before"


def _was_so_then(chunks: Chunks, place: int, near: Sequence[int]) -> bool:
    """True for "those that were inadequate are now good", where the first condition is the earlier one."""
    copula = chunks[place - 1] if place else None
    if copula is None or copula.text not in ("was", "were") or any(chunks[at].value in _WHEN for at in near):
        return False
    behind = chunks[place + 1 :]
    now = next((at for at, one in enumerate(behind) if one.says("time", "after") and one.text in NOW), None)
    return now is not None and any(one.kind == "ratings" for one in behind[max(0, now - 2) : now + 3])


def _later_another(chunks: Chunks, place: int) -> bool:
    """True for "requires improvement and later good", where another rating follows at a later time."""
    behind = [one for one in chunks[place + 1 :] if one.kind not in SMALL]
    if len(behind) > 1 and behind[0].kind == "and":
        behind = behind[1:]
    later = len(behind) > 1 and behind[0].says("time", "after") and behind[0].text in _LATER
    return later and next((one.kind == "ratings" for one in behind if one.kind != "time"), False)
