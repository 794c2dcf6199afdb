"""What agreements and disagreements about a name are worth, and the records in which they are weighed.

The weights are log2 of m over u, as Fellegi and Sunter define them: m is how often something is observed for
the subject that is meant, u how often for any other. u comes from the loaded names
(:meth:`qa.question.name_index.Entries.rarity`); the m of slips and habits are constants here, each with its
reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import NamedTuple, TypeAlias

OUTSIDE = ("place", "street", "postcode", "provider", "brand", "kind")  # parts beside the name
# "name", "variant", "inner plural", "short form", "joined", "spelling", "initials" or "free"; one of
# OUTSIDE or DISAGREEING; for the rest of the question "told place" and so on.
Part: TypeAlias = str
_OTHERS = ("other place", "other kind", "other postcode", "other street", "other number")
DISAGREEING = frozenset(["left over", *_OTHERS, "known word", "resembling word", "address only"])
# How far a typed word is from the written one, in slips: a plural is less than a word that the name
# lacks, which is less than a slip. A plural within a name is more: "Elms House" is not Elm House.
SLIPS = {
    "variant": 0.5,
    "inner plural": 2.0,
    "kind": 0.75,
    "provider": 0.75,
    "brand": 0.75,
    "initials": 0.5,
    "joined": 1.0,
    "spelling": 1.0,
}
VARIANT = -2.3  # about one word in five is typed in the plural, the singular or as a possessive: log2 of 0.2
JOINED = -3.3  # of the names that can be, one in ten is written as one word or as two
SPELLING = -4.6  # one word in 25 is mistyped
# Bits of a word that resembles another, less if only its beginning does: suggested, never answered.
RESEMBLING = 10.0
SLIP_NEAR = 9.0  # bits of a word one slip away, for suggesting the nearest names
GENERAL = 0.5  # worth of a general word or of a place, relative to others, for suggesting names
KNOWN_WORD = -10.0  # a slip that gives another known word, one in a thousand
OTHER_PLACE = -8.0  # one place in 250 is wrong
OTHER_KIND = -5.0  # one kind in 30: people call a nursing home a hospital
OWNER = 0.8  # worth of the owner's name, relative to the subject's own
TOLD_PLACE = 3.0  # bits of a place mentioned beside the name; below, of a postcode or street and of a kind
TOLD_POSTCODE = 6.0
TOLD_KIND = 1.0
TRUST_LETTERS = 4.0  # extra bits for the initials of an NHS trust; nearly all are called by them
LETTER = 4.1  # bits of one letter of initials: words begin about evenly with 17 letters
KIND_AGREES = 0.3  # bits from which a kind word counts as agreeing with the entry's kind
KIND_DENIES = -0.3
COMMON_BITS = 1.5  # a general word in a third of the names says nothing: "the Oxleas trust" among trusts
SMALL_WORD = 1.0  # the most bits of "the", "of" and the like, which people add to or leave out of any name
UNTOLD = 0.2  # part of its rarity that a word missing from the question costs


class Reason(NamedTuple):
    """Why a candidate fits or not: the ``words`` as typed, the ``part`` that they agree or disagree with, and
    the bits.

    ``meant`` is the word of the name that a misspelt one was read as.
    """

    words: str
    part: Part
    bits: float
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the span: its forms (as typed, without 's), similar known words, and whether any vocabulary
    has the word itself."""

    forms: tuple[str, ...]
    variants: tuple[str, ...] = ()  # the same word in the plural or singular
    near: tuple[str, ...] = ()
    resembling: Mapping[str, float] = default(
        default_factory=dict
    )  # known words that are too different to be meant, with their similarity
    known: bool = True
    initials: bool = False  # whether it may be initials
    joined: tuple[str, ...] = ()  # its parts, if names write it as several words
    bearers: frozenset[int] = frozenset()  # entries with these initials


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``start`` to ``end`` of the span that are a place, with the (field, folded value) pairs that they
    may be."""

    start: int
    end: int
    readings: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NameContext:
    """What the question says beside the name, folded: the alternatives for each place, the field and values
    of each kind."""

    places: tuple[tuple[str, frozenset[tuple[str, str]]], ...] = ()
    postcodes: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    kinds: tuple[tuple[str, frozenset[str]], ...] = ()


class Alignment(NamedTuple):
    """How well an entry fits the span. ``tier`` says how completely its name was typed: 0 wholly, 1 except
    for general words, 2 in part, 3 in part and with its owner."""

    entry: int
    score: float
    tier: int
    slips: float
    nearness: float  # bits of what agrees, for suggestions if the name is unknown
    named: frozenset[str]  # words of the entry's name that were typed
    reasons: tuple[Reason, ...]
    disagreements: tuple[Reason, ...]  # the reasons against the entry

    def has(self, *parts: Part) -> bool:
        """True if one of the reasons is about one of these parts."""
        return any(reason.part in parts for reason in self.reasons)

    @property
    def bits(self) -> float:
        """The bits of all reasons, without those for missing words of the name."""
        return sum([reason.bits for reason in self.reasons])
