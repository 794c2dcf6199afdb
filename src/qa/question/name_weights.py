"""What agreements and disagreements about a name are worth, and the records in which they are weighed.

The weights are log2 of m over u, as Fellegi and Sunter define them: m is how often what is seen is seen of
the subject that is meant, u how often of any other. u comes from the loaded names
(:meth:`qa.question.name_index.Entries.rarity`); the m of slips and habits are constants here, each with its
reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import NamedTuple, TypeAlias

OUTSIDE = ("place", "street", "postcode", "provider", "brand", "kind")  # what agrees beside the name
# "name", "variant", "inner plural", "short form", "joined", "spelling", "initials" or "free"; one of
# OUTSIDE or DISAGREEING; of what the question tells elsewhere, "told place" and so on.
Part: TypeAlias = str
_OTHERS = ("other place", "other kind", "other postcode", "other street", "other number")
DISAGREEING = frozenset(["left over", *_OTHERS, "known word", "resembling word", "address only"])
# How far from what is written a word is said, in slips of the pen: a plural less than a word that the name
# lacks, that less than a slip. A plural within a name is more than a slip: "Elms House" is not Elm House.
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
VARIANT = -2.3  # one word in five or so is said in the plural, the singular or as a possessive: log2 of 0.2
JOINED = -3.3  # one name in ten that can be is written as one word or as two
SPELLING = -4.6  # one word in 25 is mistyped
# Bits of a word just like another; of one that only begins alike less: never told, but worth suggesting.
RESEMBLING = 10.0
SLIP_NEAR = 9.0  # bits of a word that is one slip away, where the nearest names are suggested
GENERAL = 0.5  # of the worth of a general word, or one of a place, where the nearest names are suggested
KNOWN_WORD = -10.0  # a slip that gives another known word, one in a thousand
OTHER_PLACE = -8.0  # one place in 250 is given wrong
OTHER_KIND = -5.0  # one kind in 30: people call a nursing home a hospital
OWNER = 0.8  # of the worth of an agreement by the name: a name said in the owner's stead
TOLD_PLACE = 3.0  # the least that a place, a postcode or street, or a kind mentioned beside the name is worth
TOLD_POSTCODE = 6.0
TOLD_KIND = 1.0
TRUST_LETTERS = 4.0  # bits beyond of the initials of an NHS trust, which nearly all are called by
LETTER = 4.1  # bits of one letter of initials: 17 letters that begin words, about evenly
KIND_AGREES = 0.3  # bits from which a kind word counts as agreeing with the entry's kind
KIND_DENIES = -0.3
COMMON_BITS = (
    1.5  # a general word that a third of the names have says nothing: "the Oxleas trust" among trusts
)
SMALL_WORD = 1.0  # bits at most of "the", "of" and the like, which people say or leave out of any name
UNTOLD = 0.2  # of an untold word's rarity


class Reason(NamedTuple):
    """Why a candidate fits or not: the ``words`` as typed, what ``part`` of it they agree or disagree with,
    and the bits of that.

    ``meant`` is the word of the name that a misspelt one was read as.
    """

    words: str
    part: Part
    bits: float
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the span: its forms (as typed, without 's), known words near to it, and whether any
    vocabulary knows it itself."""

    forms: tuple[str, ...]
    variants: tuple[str, ...] = ()  # the same word in the plural or singular
    near: tuple[str, ...] = ()
    resembling: Mapping[str, float] = default(
        default_factory=dict
    )  # known words too far to be meant, and how alike they are
    known: bool = True
    initials: bool = False  # whether it may be somebody's initials
    joined: tuple[str, ...] = ()  # the words that it is of, where names write it as several
    bearers: frozenset[int] = frozenset()  # entries whose initials it is


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``start`` to ``end`` of the span that are a place, with the (field, folded value) that they may
    be."""

    start: int
    end: int
    readings: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the question says beside the name, folded: the alternatives for each place, the
    field and values of each kind.
    """

    places: tuple[tuple[str, frozenset[tuple[str, str]]], ...] = ()
    postcodes: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    kinds: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """How well an entry fits the span. ``tier`` says how completely its name is told: 0 wholly, 1 but for
    general words, 2 in part, 3 in part and by its owner."""

    entry: int
    score: float
    tier: int
    slips: float
    nearness: float  # bits of what agrees, by which the unknown are offered others
    named: frozenset[str]  # words of the entry's name that were said
    reasons: tuple[Reason, ...]
    disagreements: tuple[Reason, ...]  # those that speak against the entry

    def has(self, *parts: Part) -> bool:
        """True if one of the reasons is of these parts."""
        return any(reason.part in parts for reason in self.reasons)

    @property
    def bits(self) -> float:
        """The bits of all reasons, without those of what is untold of the name."""
        return sum([reason.bits for reason in self.reasons])
