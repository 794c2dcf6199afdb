"""Score one candidate for a name: align every word of the span and weigh each agreement or disagreement.

What each is worth is in :mod:`qa.question.name_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.question.align_addresses import align_address, align_owner
from qa.question.align_context import weigh_context
from qa.question.align_kinds import align_kind
from qa.question.align_names import align_initials, align_misspelt, align_name
from qa.question.aligned import Match, TypedSpan
from qa.question.name_weights import DISAGREEING, SLIPS, UNTOLD, Alignment, Reason
from qa.question.name_words import FREE, GENERIC

_BETWEEN = frozenset(("at", "in", "on", "by", "for", "with"))  # small words that join parts of a name


def align(span: TypedSpan, entry: int) -> Alignment:
    """Return the alignment of the span with one entry: first the name, then the address, owner and kind.
    Words that are left over disagree."""
    match = Match(span, entry)
    align_name(match)
    if len(match.done) < len(match.words):
        align_initials(match)
        align_misspelt(match)
    if len(match.done) < len(match.words):
        if match.entries.columns:
            align_address(match)
            align_owner(match)
        align_kind(match)
    weigh_context(match)
    _say_left_over(match)
    return _scored(match)


def _scored(match: Match) -> Alignment:
    """Return the alignment that all reasons make."""
    rarity, reasons = match.entries.rarity, tuple(match.reasons)
    untold = sum([rarity(word) for at, word in enumerate(match.name) if at not in match.taken])
    score = sum([reason.bits for reason in reasons]) - (0.0 if match.initials else UNTOLD * untold)
    slips = sum([SLIPS.get(reason.part, 0.0) for reason in reasons]) + _small_word_untold(match)
    named = frozenset([match.name[at] for at in match.taken - match.beside])
    against = tuple([reason for reason in reasons if reason.part in DISAGREEING])
    return Alignment(match.entry, score, _tier(match), slips, match.nearness, named, reasons, against)


def _say_left_over(match: Match) -> None:
    """Note the words that agree with nothing, and an address without a name."""
    left = enumerate(match.span.left)
    match.reasons += [reason for index, reason in left if index not in match.done]
    if match.name and not match.initials and match.is_untold():
        match.reasons.append(Reason("", "address only", 0.0))


def _small_word_untold(match: Match) -> float:
    """Return a quarter of a slip if "at" or the like was left out between typed words: "Care at Home" is
    not a care home."""
    if _BETWEEN.isdisjoint(match.held):
        return 0.0
    inner = range(min(match.taken, default=0), max(match.taken, default=0))
    return 0.25 * any(match.name[at] in _BETWEEN for at in inner if at not in match.taken)


def _without_owner(match: Match, words: Sequence[str]) -> list[str]:
    """The words without initials of the owner before a name: "EACH" of East Anglia's Children's
    Hospices."""
    owners = [owner for field in ("provider", "brand") if (owner := match.column(field))]
    return [
        word
        for word in words
        if not any(
            word[0] == owner[0] and len(word) == owner.count(" ") + 1 > 1 and word == _initials_of(owner)
            for owner in owners
        )
    ]


def _tier(match: Match) -> int:
    """How completely the name was typed, as in :class:`Alignment`."""
    if match.initials:
        return 1
    parts = {reason.part for reason in match.reasons}
    in_part = 2 if parts.isdisjoint(("provider", "brand")) else 3
    if not _is_in_order(match.at):
        return in_part
    untold = _words_untold(match)
    if not untold and in_part == 2 and "kind" not in parts:
        return 0
    return 1 if GENERIC.issuperset(untold) else in_part


def _words_untold(match: Match) -> list[str]:
    """The words of the name that were not typed, without small words and initials of the owner."""
    untold = [word for at, word in enumerate(match.name) if at not in match.taken and word not in FREE]
    return _without_owner(match, untold) if untold else []


def _is_in_order(at: Mapping[int, int]) -> bool:
    """True if the words were typed in the order of the name; ``at`` maps words of the span to those of it."""
    if len(at) < 2:
        return True
    order = [at[index] for index in sorted(at)]
    return order == sorted(order)


def _initials_of(words: str) -> str:
    return "".join([word[0] for word in words.split()])
