"""Align the words of a span with the words of a name."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.aligned import Match
from qa.question.name_index import Entries
from qa.question.name_weights import (
    JOINED,
    KNOWN_WORD,
    LETTER,
    RESEMBLING,
    SLIP_NEAR,
    SMALL_WORD,
    SPELLING,
    TRUST_LETTERS,
    VARIANT,
    Part,
    Typed,
)
from qa.question.name_words import FREE, GENERIC, is_cut_short

_TRUST = frozenset(("nhs", "trust"))


def align_name(match: Match) -> None:
    """Align the words that are in the name, in the plural or as one word or several."""
    for part, penalty, forms_of in match.span.steps:
        for index, forms in forms_of:
            if index not in match.done and not match.held.isdisjoint(forms):
                _agree(match, index, forms, part, penalty)
    for index in match.span.counties:
        if index not in match.done and (counties := _counties(match, index)):
            _agree(match, index, counties, "short form", VARIANT)
    for index in match.span.joined:
        if index not in match.done:
            _take_apart(match, index, match.words[index])
    for index, joined in match.span.pairs:
        if joined in match.held:
            _put_together(match, index, joined)


def _agree(match: Match, index: int, forms: Sequence[str], part: Part, penalty: float) -> None:
    """Align a word with one of its ``forms`` in the name."""
    if (at := match.open(forms, index)) is not None:
        said, word = match.words[index].forms[0], match.name[at]
        if part == "variant" and _is_inner_plural(match, index, word):
            part = "inner plural"
        bits = bits_of(match.entries, said, word)
        if word in FREE:
            bits = min(bits, SMALL_WORD)
        match.take(index, (at,), part, bits + penalty)


def _is_inner_plural(match: Match, index: int, word: str) -> bool:
    """True if a distinctive word, not the last one typed, is plural where the name has the singular, or the
    reverse: "Elms House"."""
    typed = match.words[index]
    if index == len(match.words) - 1 or word in GENERIC or word in typed.forms:
        return False
    return not is_cut_short(typed.forms[0], word)


def _counties(match: Match, index: int) -> list[str]:
    """The counties of the name that the typed word may abbreviate: Staffs, Yorks."""
    said = match.span.texts[index]
    return [word for word in match.name if word.endswith("shire") and word.startswith(said[:-1])]


def _take_apart(match: Match, index: int, typed: Typed) -> None:
    """Align a typed word that the name writes as several: "hcone"."""
    size = len(typed.joined)
    at = _found_in_row(match.name, typed.joined) if match.held.issuperset(typed.joined) else None
    if at is not None and match.taken.isdisjoint(range(at, at + size)):
        bits = sum(match.entries.rarity(word) for word in typed.joined)
        bits = min(bits, match.entries.rarity(typed.forms[0]))
        match.take(index, range(at, at + size), "joined", bits + JOINED)


def _found_in_row(name: Sequence[str], words: tuple[str, ...]) -> int | None:
    """Where the words are in the name one after another."""
    size = len(words)
    return next((at for at in range(len(name)) if tuple(name[at : at + size]) == words), None)


def _put_together(match: Match, index: int, joined: str) -> None:
    """Align a word and the next one, which the name writes as one word."""
    at = match.open([joined], index) if match.done.isdisjoint((index, index + 1)) else None
    if at is not None:
        match.take(index, [at], "joined", match.entries.rarity(joined) + JOINED)
        match.at[index + 1] = at
        match.done.add(index + 1)


def align_initials(match: Match) -> None:
    """Align a word that is the initials of the name, if no word of it was typed."""
    for index in match.span.bearing:
        typed = match.words[index]
        if index not in match.done and match.entry in typed.bearers and match.is_untold():
            customary = TRUST_LETTERS if match.held >= _TRUST else 0.0
            match.take(index, range(len(match.name)), "initials", LETTER * len(typed.forms[-1]) + customary)
            match.initials = True


def align_misspelt(match: Match) -> None:
    """Align the words that may be misspellings of a word of the name, or resemble one."""
    left = [index for index in match.span.slips if index not in match.done]
    street = match.column("street").split() if left else ()
    for index in left:
        typed = match.words[index]
        if typed.forms[0] in street:  # the name may be spelled differently from its own street
            continue
        if typed.near and (at := match.open(typed.near, index)) is not None:
            part, penalty = ("known word", KNOWN_WORD) if typed.known else ("spelling", SPELLING)
            bits = match.entries.rarity(match.name[at]) + penalty
            match.take(index, [at], part, bits, match.name[at])
            match.nearness += max(0.0, SLIP_NEAR - max(bits, 0.0))
        elif typed.resembling and (at := match.open(list(typed.resembling), index)) is not None:
            word = match.name[at]
            most = min(RESEMBLING, match.entries.rarity(word))
            match.take(index, [at], "resembling word", typed.resembling[word] * most)


def bits_of(entries: Entries, said: str, word: str) -> float:
    """Return what ``said`` is worth as a form of ``word``, its plural or singular: the bits of the commoner
    of the two."""
    rarity = entries.rarity(word)
    return rarity if said == word else min(entries.rarity(said), rarity)
