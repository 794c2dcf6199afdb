"""Negations and what they stand before: "not good", "except Leeds", "neither in Leeds nor good"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.chunks import Chunk, Chunks, unique
from qa.question.vocabulary import Vocabulary

_ALL_OF = frozenset(("any", "anything", "any of them"))
_NEGATED = frozenset(
    "ratings aspect aspects where provider subject kind value is service called period change quantity "
    "cond postcode".split()
)


def bind_negations(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Work "not" and "except" into what they stand before; what they can't be bound to is left, and so never
    dropped in silence."""
    found = Chunks()
    pending: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        if chunk.says("except", "aside"):
            _left_aside(chunk, found)
            found.append(chunk)
        elif chunk.text == "without" and _of_a_kind(chunks, place):
            found.append(Chunk("quantifier", "none", chunk.spans))  # "councils without an outstanding home"
        elif chunk.kind in ("not", "except"):
            pending.append(chunk)
            found.append(chunk)
        elif chunk.says("time", "after") and chunk.text == "after" and _named_behind(chunks, place):
            chunk.kind, chunk.value = "except", ""  # "after Shrewsbury, which town has the most?"
            pending.append(chunk)
            found.append(chunk)
        elif chunk.says("quantifier", "any") and pending and chunks[place - 1] is pending[-1]:
            if (
                pending[-1].kind == "except" and chunk.text in _ALL_OF
            ):  # "excluding anything rated before 2020"
                chunk.used = "bound"
                found.append(chunk)
            else:
                found[-1] = Chunk("quantifier", "none", (*pending.pop().spans, *chunk.spans))  # "without any"
        elif chunk.kind in _NEGATED and pending and _reaches(chunks, pending[-1], place):
            for one in pending:
                one.used = "bound"
            found.append(_negated(chunk, pending, vocabulary))
            pending = [] if not _goes_on(chunks, place) else pending
        else:
            found.append(chunk)
    return found


def _of_a_kind(chunks: Chunks, place: int) -> bool:
    """Whether what is lacked are places of a kind with a rating, rather than the rating."""
    behind = [one for one in chunks[place + 1 : place + 4] if one.text not in ("a", "an")]
    return [one.kind for one in behind[:2]] == ["ratings", "kind"]


def _left_aside(chunk: Chunk, found: Chunks) -> None:
    """ "Leaving Oxleas aside", "Oxleas excluded": what stands before is left out, if it is not already."""
    chunk.used = "bound"
    last = next((one for one in reversed(found) if one.kind in _NEGATED), None)
    if last is None or last.out:
        return
    if (
        len(last.spans) > 1 and len(last.value) > 1 and last.spans[-1].gap
    ):  # "the South East, London excluded"
        rest = replace(last, value=last.value[:-1], spans=last.spans[:-1])
        found[found.index(last)] = rest
        last = replace(last, value=last.value[-1:], spans=last.spans[-1:])
        found.append(last)
    last.out = True
    last.taken.append(chunk)


def _named_behind(chunks: Chunks, place: int) -> bool:
    behind = chunks[place + 1] if place + 1 < len(chunks) else None
    return (
        behind is not None
        and behind.kind in ("where", "provider", "subject")
        and any(one.kind == "super" for one in chunks)
    )


def _reaches(chunks: Chunks, negation: Chunk, place: int) -> bool:
    """True if nothing but small words stands between a negation and what it is bound to."""
    begin = chunks.index(negation) + 1
    between = chunks[begin:place]
    loose = ("function", "rated", "run_by", "and", "or", "not", "except", "quantifier", "time", "postcode")
    bound = negation.kind == "except"
    return all(
        one.kind in loose or (bound and one.kind in _NEGATED) or one.text in ("nor",) for one in between
    )


def _goes_on(chunks: Chunks, place: int) -> bool:
    """True if a list of another kind goes on behind: "except in Leeds and GP practices", "neither in Leeds
    nor good"."""
    behind = chunks[place + 1 : place + 2]
    return bool(behind) and (
        behind[0].text in ("nor",) or (behind[0].kind in ("and", "or") and behind[0].text != "but")
    )


def _negated(chunk: Chunk, negations: Sequence[Chunk], vocabulary: Vocabulary) -> Chunk:
    odd = len(list(negations)) % 2 == 1
    if chunk.kind != "ratings" or not odd:
        return replace(chunk, out=odd, taken=[*chunk.taken, *negations])
    left_out = {rating for values in chunk.value for rating in values}
    wide = any(one.kind == "except" for one in negations)
    whole = unique((*vocabulary.scale.ratings, *vocabulary.ratings)) if wide else vocabulary.scale.ratings
    folded = {rating.casefold() for rating in left_out}
    rest = tuple(rating for rating in whole if rating.casefold() not in folded)
    return replace(chunk, value=(rest,), out=False, taken=[*chunk.taken, *negations])
