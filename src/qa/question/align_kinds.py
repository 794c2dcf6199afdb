"""Align the words for a kind of place in a span with the kind of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.aligned import Match
from qa.question.name_weights import KIND_AGREES, KIND_DENIES, OTHER_KIND
from qa.question.name_words import KIND_WORDS


def align_kind(match: Match) -> None:
    """Align the words for a kind that are not in the name."""
    left = [index for index in match.span.kind_words if index not in match.done]
    while left:
        said, bits = _kind_said(match, left.pop(0), left)
        left = [one for one in left if one not in said]
        if bits is not None:
            _judge_kind(match, said, bits)


def _judge_kind(match: Match, said: Sequence[int], bits: float) -> None:
    """Add the evidence of the words for a kind: so many bits for or against the kind of the entry."""
    if bits >= KIND_AGREES:
        own = _own_kind_bits(match, _texts(match, said))
        bits = bits if own > KIND_DENIES else own
    fresh = [one for one in said if one not in match.done]
    if bits >= KIND_AGREES:
        match.say(fresh, "kind", bits)
    elif bits <= KIND_DENIES:
        match.say(fresh, "other kind", OTHER_KIND + max(bits, -5.0))


def _kind_said(match: Match, index: int, left: Sequence[int]) -> tuple[list[int], float | None]:
    """Return the words for one kind that begin at ``index`` (two words if a pair is known), and how well they
    agree with the kind of the entry. ``left`` are the words for kinds after it."""
    pair = _pair(match, index, left)
    bits = _kind_bits(match, _texts(match, pair)) if pair else None
    return (pair, bits) if bits is not None else ([index], _kind_bits(match, _texts(match, [index])))


def _pair(match: Match, index: int, left: Sequence[int]) -> list[int]:
    """Return a word for a kind together with the one beside it ("care home"), of which the name may have one;
    empty if there is no such pair."""
    if left and left[0] == index + 1:
        return [index, index + 1]
    if index and match.span.texts[index - 1] in KIND_WORDS and index - 1 in match.done:
        return [index - 1, index]
    return [index, index + 1] if _is_before_kind(match, index) else []


def _texts(match: Match, indexes: Sequence[int]) -> tuple[str, ...]:
    return tuple([match.span.texts[index] for index in indexes])


def _is_before_kind(match: Match, index: int) -> bool:
    """True if the word after a typed one is a word for a kind that the name has."""
    after = index + 1
    return after < len(match.words) and after in match.done and match.span.texts[after] in KIND_WORDS


def _kind_bits(match: Match, words: tuple[str, ...]) -> float | None:
    bits = match.span.kinds.bits(words, match.entry)
    return bits or None


def _own_kind_bits(match: Match, words: tuple[str, ...]) -> float:
    """How far typed words for a kind agree with the kind in the name itself, if that kind was not typed:
    "Broadstreet Hospital" is not Broadstreet Medical Centre."""
    untold = [at for at, word in enumerate(match.name) if word in KIND_WORDS and at not in match.taken]
    pair = tuple(untold[-2:])
    if len(pair) == 2 and pair[0] + 1 != pair[1]:
        pair = pair[1:]
    return match.span.kinds.alike(words, tuple(match.name[at] for at in pair)) if pair else 0.0
