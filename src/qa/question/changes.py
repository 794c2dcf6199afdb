"""Changes, and aspects set against each other, as conditions: "went up", "worse for safe than for caring"."""

from __future__ import annotations

from dataclasses import replace

from qa.question.chunks import Chunk, Chunks, unique
from qa.question.query import WHOLE, AspectAgainst, Condition, Moved, Not, Rated, conjunction, disjunction

SIGNS = {"up": (1,), "down": (-1,), "unchanged": (0,), "changed": (1, -1)}
SMALL = ("function", "rated", "called")
_UNLIKE = frozenset(("differ", "different", "differing", "differs"))
_BETWEEN_TIMES = (*SMALL, "time", "quality", "follow")
_BESIDE_CHANGES = (*SMALL, "period", "time")  # what may come between a change and its aspects


def against(chunks: Chunks, service: str, bound: set[int]) -> Chunk | None:
    """Read "worse for safe than for caring" as a comparison of two aspects."""
    for place, chunk in enumerate(chunks):
        if not chunk.says("versus", "better", "worse", "same") or chunk.used:
            continue
        aspects = [one for one in chunks[place + 1 :] if one.kind == "aspect" and id(one) not in bound]
        than = [one for one in chunks[place + 1 :] if one.says("versus", "than") or one.text in ("as", "and")]
        names = unique(name for one in aspects[:2] for name in one.value)
        if (
            len(names) == 2
            and (than or len(aspects) == 1)
            and not aspects[0].either  # "worse on safe or caring" is a choice
            and not any(one.kind == "subject" for one in chunks)
        ):
            bound.update(id(one) for one in aspects[:2])
            sign = {"better": 1, "worse": -1, "same": 0}[chunk.value]
            signs = (1, -1) if chunk.text.split()[0] in _UNLIKE else (sign,)
            sides = (AspectAgainst(names[0], one, names[1], service) for one in signs)
            made = Chunk("cond", disjunction(*sides), chunk.spans)
            made.taken = [chunk, *aspects[:2], *than]
            for one in made.taken:
                one.used = "bound"
            return made
    return None


def than_before(chunks: Chunks) -> Chunks:
    """Read "a worse rating than before" as a change."""
    found = Chunks(chunks)
    for place, chunk in enumerate(chunks):
        if not chunk.says("versus", "better", "worse", "same") or chunk.used:
            continue
        behind = chunks[place + 1 : place + 6]
        time = next((one for one in behind if one.says("time", "before", "start") and not one.used), None)
        between = behind[: behind.index(time)] if time is not None else []
        than = any(one.says("versus", "than") or one.text == "as" for one in between) or chunk.text.endswith(
            (" than", " as")
        )
        if time is not None and not than and _was(chunks, place) and not behind.index(time):
            word = {"better": "down", "worse": "up", "same": "unchanged"}[chunk.value]
            found[found.index(chunk)] = _changed(word, chunk, [chunk, time, *_any_before(chunks, place)])
        elif (
            time is not None
            and than
            and all(
                one.kind in _BETWEEN_TIMES or one.says("versus", "than") or one.text in ("what", "where")
                for one in between
            )
            and not any(one.kind == "follow" and one.value not in ("pronoun", "person") for one in between)
        ):
            word = {"better": "up", "worse": "down", "same": "unchanged"}[chunk.value]
            found[found.index(chunk)] = _changed(word, chunk, [chunk, time, *between])
    return found


def _was(chunks: Chunks, place: int) -> bool:
    """True for "was it worse before": the question opens with "was", or it comes right before."""
    ahead = [one.text for one in chunks[:place] if one.kind in ("function", "rated")]
    return "was" in ahead or "were" in ahead


def _any_before(chunks: Chunks, place: int) -> list[Chunk]:
    ahead = chunks[place - 1] if place else None
    return [ahead] if ahead is not None and ahead.says("quantifier", "any") else []


def _aspect_of_change(chunk: Chunk, chunks: Chunks) -> list[Chunk]:
    """The aspects that changed: "improved for safe since 2016", "whose safe rating went up"."""
    place = next((at for at, one in enumerate(chunks) if one is chunk), None)
    if place is None:
        return []
    for row in (chunks[place + 1 :], chunks[:place][::-1]):
        between = (one for one in row if one.kind not in _BESIDE_CHANGES)
        near = next((one for one in between if not one.says("super", "most", "least")), None)
        if near is not None and near.kind == "aspect" and not near.used and not near.out:
            return [near]
    return []


def change(chunk: Chunk, chunks: Chunks, service: str) -> Chunk:
    """Return ``chunk`` as the condition of having moved, if it is a change; otherwise ``chunk`` itself."""
    if chunk.kind != "change":
        return chunk
    signs = SIGNS[chunk.value]
    same = [one for one in chunks if one.says("versus", "same") and signs == (0,)]
    of = _aspect_of_change(chunk, chunks)
    moved = tuple(Moved(signs, aspect, service) for aspect in (of[0].value if of else (WHOLE,)))
    value = moved[0] if len(moved) == 1 else disjunction(*moved) if of[0].either else conjunction(*moved)
    made = Chunk("cond", value, chunk.spans, taken=[chunk, *chunk.taken, *same, *of], out=chunk.out)
    for one in (*same, *of):
        one.used = "bound"
    made.members = moved
    return made


def not_moved_to(chunks: Chunks) -> Chunks:
    """Read "did not improve to outstanding" and "other than those that went from good to inadequate" as the
    denial of all that is said of the move, and "did not stay at good" as having been good and moved."""
    found = Chunks(chunks)
    for place, chunk in enumerate(chunks):
        if chunk.kind != "change" or chunk.used:
            continue
        rated, value = _denied_move(chunks, place) or _not_kept(chunks, place) or ([], None)
        if value is None:
            continue
        made = Chunk("cond", value, chunk.spans, taken=[chunk, *chunk.taken, *rated])
        made.members = (value,)
        for one in (chunk, *rated):
            one.used = "bound"
        found[found.index(chunk)] = made
    return found


def _denied_move(chunks: Chunks, place: int) -> tuple[list[Chunk], Condition] | None:
    """The ratings of a move that did not happen, and the condition that it did not."""
    sign = _denied_sign(chunks[place])
    rated = _moved_to(chunks, place) if sign else []
    if sign is None or not rated:
        return None
    parts = [one.value for one in rated]
    if len(sign) == 1 or {part.when for part in parts} != {"now", "before"}:
        parts.insert(0, Moved(sign))  # "from good to inadequate" says by itself how it moved
    return rated, Not(conjunction(*parts))


def _not_kept(chunks: Chunks, place: int) -> tuple[list[Chunk], Condition] | None:
    """The rating that was not kept, and the condition of having had it and moved."""
    behind = next((one for one in chunks[place + 1 :] if one.kind not in SMALL), None)
    if not chunks[place].out or chunks[place].value != "unchanged" or behind is None:
        return None
    if behind.kind != "cond" or not isinstance(behind.value, Rated) or behind.out:
        return None
    return [behind], conjunction(replace(behind.value, when="before"), Moved(SIGNS["changed"]))


def _denied_sign(change: Chunk) -> tuple[int, ...] | None:
    """The direction of a move that did not happen; ``None`` if none is denied."""
    if change.out:
        return SIGNS[change.value] if change.value != "unchanged" else None
    words = change.text.split()
    if change.value != "unchanged" or _DENYING.isdisjoint(words):
        return None  # "stayed at good"
    return (1,) if words[-1] in _BETTER else (1, -1)


_DENYING = frozenset("didnt failed hasnt havent never not".split())
_BETTER = frozenset("better improve improved".split())


def _moved_to(chunks: Chunks, place: int) -> list[Chunk]:
    """The ratings that a move is said to be from and to, if it is to any: "to good", "from good to bad"."""
    rated, to = [], chunks[place].text.split()[-1] == "to"
    for one in chunks[place + 1 :]:
        if one.kind == "cond" and isinstance(one.value, Rated) and not one.out:
            if to or one.value.when == "before":
                rated.append(one)
            if to:
                return rated
        elif one.says("time", "to") and one.text.split()[-1] == "to":
            to = True
        elif one.kind not in SMALL and not one.says("time", "from"):
            break
    return []


def _changed(word: str, chunk: Chunk, taken: list[Chunk]) -> Chunk:
    made = Chunk("change", word, chunk.spans, out=chunk.out, taken=taken)
    for one in taken:
        one.used = "bound"
    return made
