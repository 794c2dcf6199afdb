"""Changes, and aspects set against each other, as conditions: "went up", "worse for safe than for caring"."""

from __future__ import annotations

from dataclasses import replace

from qa.question.chunks import Chunk, Chunks, mark_bound, unique
from qa.question.query import WHOLE, AspectAgainst, Condition, Moved, Not, Rated, conjunction, disjunction

SIGNS = {"up": (1,), "down": (-1,), "unchanged": (0,), "changed": (1, -1)}
SMALL = ("function", "rated", "called")
_UNLIKE = frozenset(("differ", "different", "differing", "differs"))
_BETWEEN_TIMES = (*SMALL, "time", "quality")
_BESIDE_CHANGES = (*SMALL, "period", "time")


def against(chunks: Chunks, service: str, bound: set[int]) -> Chunk | None:
    """Read "worse for safe than for caring" as a comparison of two aspects."""
    if any(one.kind == "subject" for one in chunks):
        return None
    for place, chunk in enumerate(chunks):
        if not chunk.says("versus", *_SIGN) or chunk.used:
            continue
        made = _two_aspects(chunk, chunks[place + 1 :], service, bound)
        made = made or _than_overall(chunks, place, service, bound)
        if made is not None:
            return made
    return None


_SIGN = {"better": 1, "worse": -1, "same": 0}


def _two_aspects(chunk: Chunk, behind: list[Chunk], service: str, bound: set[int]) -> Chunk | None:
    """The comparison by ``chunk`` of the two aspects after it; ``None`` unless there are two."""
    aspects = [one for one in behind if one.kind == "aspect" and id(one) not in bound][:2]
    than = [one for one in behind if _joins_aspects(one)]
    names = unique(name for one in aspects for name in one.value)
    if len(names) != 2 or not (than or len(aspects) == 1):
        return None
    if aspects[0].either:
        return None  # "worse on safe or caring" is a choice
    bound.update(map(id, aspects))
    made = Chunk("cond", _set_against(names, chunk, service), chunk.spans, taken=[chunk, *aspects, *than])
    mark_bound(made.taken)
    return made


def _than_overall(chunks: Chunks, place: int, service: str, bound: set[int]) -> Chunk | None:
    """Read "good overall though well-led came out lower" as a key question rated below the overall
    rating told before it; ``None`` if the comparison goes on or nothing is said of the overall one."""
    versus = chunks[place]
    aspect = next((one for one in reversed(chunks[:place]) if one.kind not in SMALL), None)
    if aspect is None or id(aspect) in bound or not _is_one_key_question(aspect):
        return None
    if not _ends_part(chunks, place) or not _rates_overall(chunks[: chunks.index(aspect)]):
        return None
    bound.add(id(aspect))
    condition = _set_against((aspect.value[0], WHOLE), versus, service)
    made = Chunk("cond", condition, versus.spans, taken=[versus, aspect])
    mark_bound(made.taken)
    return made


def _is_one_key_question(chunk: Chunk) -> bool:
    return chunk.kind == "aspect" and len(chunk.value) == 1 and chunk.value != (WHOLE,)


def _ends_part(chunks: Chunks, place: int) -> bool:
    """True at the end of a part of the question: before "and", punctuation or nothing."""
    behind = chunks[place + 1] if place + 1 < len(chunks) else None
    return behind is None or behind.kind == "and" or bool(behind.spans[0].gap)


def _rates_overall(chunks: list[Chunk]) -> bool:
    """True if there is one rating, and it is the overall one: "good overall"."""
    told = [one.value == (WHOLE,) for one in chunks if one.kind == "aspect"]
    return told == [True] and sum(one.kind == "ratings" for one in chunks) == 1


def _joins_aspects(chunk: Chunk) -> bool:
    return chunk.says("versus", "than") or chunk.text in ("as", "and")


def _set_against(names: tuple[str, ...], versus: Chunk, service: str) -> Condition:
    """The condition that the first of two aspects is better than, worse than or the same as the second;
    "differ" means better or worse."""
    first, other = names
    signs = (1, -1) if versus.text.split()[0] in _UNLIKE else (_SIGN[versus.value],)
    return disjunction(*(AspectAgainst(first, sign, other, service) for sign in signs))


def than_before(chunks: Chunks) -> Chunks:
    """Read "a worse rating than before" as a change."""
    found = Chunks(chunks)
    for place, chunk in enumerate(chunks):
        if not chunk.says("versus", *_CHANGED_SINCE) or chunk.used:
            continue
        if (made := _change_from(chunks, place)) is not None:
            found[found.index(chunk)] = made
    return found


_CHANGED_SINCE = {"better": "up", "worse": "down", "same": "unchanged"}
_IF_IT_WAS = {"better": "down", "worse": "up", "same": "unchanged"}


def _change_from(chunks: Chunks, place: int) -> Chunk | None:
    """The change meant by "worse than before" or, in the other direction, "was it worse before"; ``None`` if
    no word for an earlier time follows."""
    chunk, behind = chunks[place], chunks[place + 1 : place + 6]
    time = next((one for one in behind if one.says("time", "before", "start") and not one.used), None)
    if time is None:
        return None
    between = behind[: behind.index(time)]
    if _says_than(chunk, between):
        if not all(map(_may_come_before_time, between)):
            return None
        return _changed(_CHANGED_SINCE[chunk.value], chunk, [chunk, time, *between])
    if between or not _was(chunks, place):
        return None
    return _changed(_IF_IT_WAS[chunk.value], chunk, [chunk, time, *_any_before(chunks, place)])


def _says_than(chunk: Chunk, between: list[Chunk]) -> bool:
    if chunk.text.endswith((" than", " as")):
        return True
    return any(one.says("versus", "than") or one.text == "as" for one in between)


def _may_come_before_time(chunk: Chunk) -> bool:
    """True for the small words in "worse than what it was before"."""
    if chunk.kind == "follow":
        return chunk.value in ("pronoun", "person")
    return chunk.kind in _BETWEEN_TIMES or chunk.says("versus", "than") or chunk.text in ("what", "where")


def _was(chunks: Chunks, place: int) -> bool:
    """True for "was it worse before": the question opens with "was", or it comes right before."""
    ahead = [one.text for one in chunks[:place] if one.kind in ("function", "rated")]
    return "was" in ahead or "were" in ahead


def _any_before(chunks: Chunks, place: int) -> list[Chunk]:
    ahead = chunks[place - 1] if place else None
    return [ahead] if ahead is not None and ahead.says("quantifier", "any") else []


def _aspect_of_change(chunk: Chunk, chunks: Chunks) -> list[Chunk]:
    """The aspects that changed: "improved for safe since 2016", "whose safe rating went up"."""
    if chunk not in chunks:
        return []
    place = chunks.index(chunk)
    for row in (chunks[place + 1 :], chunks[:place][::-1]):
        near = next((one for one in row if not _is_beside_change(one)), None)
        if near is not None and near.kind == "aspect" and not near.used and not near.out:
            return [near]
    return []


def _is_beside_change(chunk: Chunk) -> bool:
    """True for what may stand between a change and its aspects."""
    return chunk.kind in _BESIDE_CHANGES or chunk.says("super", "most", "least")


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
    mark_bound((*same, *of))
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
        mark_bound((chunk, *rated))
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
    mark_bound(taken)
    return made
