"""The last step of reading a name: from the alignments of the candidates, decide who is meant, or ask back,
or call it unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from qa.question.name_index import Entries
from qa.question.name_weights import DISAGREEING, GENERAL, OUTSIDE, Alignment, Reason
from qa.question.name_words import COMMON, FREE, GENERIC, bare

Outcome: TypeAlias = Literal["tell", "ask", "unknown"]
Share: TypeAlias = Callable[[str], float]

NEAR = 3  # suggestions
_NEAR_BY = 0.3  # the share of a name's information that must agree for it to be suggested
_UNTOLD = 2.0  # bits that a name loses in suggestions for each distinctive word that was not typed
_ASKED = 240  # the most candidates of a question back
_RARE_INITIALS = 3.0  # bits beyond the number of names that initials need to be certain
_BEGINNING = 6.0  # bits that the first words of a name need to identify it: "Care UK", not "Care Home"
# Bits beyond the number of names from which a candidate with a disagreement is likely enough to ask back
# about
_EVEN = 0.0
_MANY_BEARERS = 8  # subjects with the same initials, above which they identify none
_AHEAD = 3.5  # bits by which one candidate is ahead of another, eleven to one
_SLIPS = 1.5  # slips from which on a name is asked back: a misspelt word and a kind that the name lacks
_IN_PART = {2: 1.5, 3: 3.0}  # slips that a partial name counts as
# from this share of English text on, a word is too common to identify a name: "life", of "Trust Life Care"
_PLAIN = 1e-4
BY_NAME = (0, 1, 1)  # rank of a name that was typed but for general words, and by words of it alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible meaning of a name: ``value`` as in :class:`Mention`, the score in bits, how completely the
    name was typed (0 is best), and the reasons."""

    value: int | str
    score: float
    tier: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a span means, and how certain that is. ``field`` is "subject", "provider" or "brand".

    With outcome "tell", ``candidates`` are one, or the registrations of one place. With "ask" they are all
    that may be meant, the best first. With "unknown" there are none, and ``near`` are at most three to
    suggest. ``start`` and ``end`` are the offsets of the whole name as typed. ``others`` are other sorts of
    things that the words may mean, if not much less likely: "Bupa", places and companies.
    """

    outcome: Outcome
    field: str
    candidates: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    start: int
    end: int
    others: tuple[Choice, ...] = ()

    @property
    def values(self) -> tuple[int | str, ...]:
        """The candidates' values, the best first."""
        return tuple(candidate.value for candidate in self.candidates)

    def text(self, question: str) -> str:
        """Return the whole name as typed in ``question``."""
        return question[self.start : self.end]


def choose(
    field: str, entries: Entries, alignments: Iterable[Alignment], share: Share, offsets: tuple[int, int]
) -> Choice:
    """Decide who is meant. ``share`` gives a word's share of English text, ``offsets`` are those of the whole
    name as typed."""
    alignments = sorted(alignments, key=lambda one: (-one.score, one.entry))
    agreeing = _agreeing(entries, alignments, share)
    level = [one for one in agreeing if _level(one, agreeing[0])]
    level += _written_so(level, alignments)
    if level and _one_place(entries, level) and _sure(entries, level[0], field, share):
        return Choice("tell", field, candidates(entries, level), (), *offsets)
    if len(level) > 1:  # not those with more of their name missing
        return Choice("ask", field, candidates(entries, level[:_ASKED]), (), *offsets)
    asked = agreeing + [one for one in alignments if _may_be_slip(entries, one, share)]
    if asked:
        return Choice("ask", field, candidates(entries, asked[:_ASKED]), (), *offsets)
    near = islice(_nearest(entries, alignments), NEAR)
    return Choice("unknown", field, (), candidates(entries, near), *offsets)


def _agreeing(entries: Entries, alignments: Iterable[Alignment], share: Share) -> list[Alignment]:
    """The alignments that nothing contradicts and that identify a subject, best first; not those for initials
    that many share."""
    found = sorted(
        (one for one in alignments if not one.disagreements and _tells(entries, one, share)), key=_order
    )
    borne = [one for one in found if one.has("initials")]
    return [one for one in found if one not in borne] if len(borne) > _MANY_BEARERS else found


def _nearest(entries: Entries, alignments: Iterable[Alignment]) -> Iterable[Alignment]:
    """The alignments to suggest, nearest first, one for each name."""
    alike = [one for one in alignments if _is_near(entries, one)]
    near: dict[str, Alignment] = {}
    for one in sorted(alike, key=lambda one: (-_nearness(entries, one), one.entry)):
        near.setdefault(bare(entries.names[one.entry]), one)
    return near.values()


def choose_exactly(
    field: str, entries: Entries, alignments: Sequence[Alignment], share: Share, offsets: tuple[int, int]
) -> Choice | None:
    """Return whom :func:`choose` tells of ``alignments``, if that is somebody whose name was typed without a
    slip: then no entry that lacks a typed word changes it."""
    exact = any(
        not one.disagreements and not _order(one)[0] and _tells(entries, one, share) for one in alignments
    )
    choice = choose(field, entries, alignments, share, offsets) if exact else None
    return choice if choice is not None and choice.outcome == "tell" else None


def candidates(entries: Entries, chosen: Iterable[Alignment]) -> tuple[Candidate, ...]:
    """Return the candidates for these alignments."""
    return tuple(
        Candidate(entries.values[one.entry], round(one.score, 2), one.tier, one.reasons) for one in chosen
    )


def _tells(entries: Entries, one: Alignment, share: Share) -> bool:
    """True if the words are enough to identify a subject: a whole name, its first words, or words that are
    rare in English."""
    if one.tier == 0 or one.has("initials"):
        return True
    telling = [word for word in one.named if word not in GENERIC]
    if sum(map(len, telling)) == 1:
        return False  # one letter identifies no subject: "K" of A & K Home Care
    if one.tier == 1 and telling:
        return True
    rare = any(share(word) < COMMON for word in telling)
    return rare or len(telling) > 1 or _begins(entries, one)


def _begins(entries: Entries, one: Alignment) -> bool:
    """True if the words are the first two or more of the name, and are not common together: "Care UK"."""
    name = [word for word in entries.names[one.entry].split() if word not in FREE]
    told = name[: len(one.named)]
    return len(told) > 1 and set(told) == one.named and sum(map(entries.rarity, told)) >= _BEGINNING


def _may_be_slip(entries: Entries, one: Alignment, share: Share) -> bool:
    """True if only one thing disagrees and it may be a slip: the candidate is likely enough, or one letter
    off a whole name."""
    against = one.disagreements
    if len(against) != 1 or not _tells(entries, one, share):
        return False
    return one.score >= entries.prior + _EVEN or (against[0].part == "known word" and one.tier < 2)


def _sure(entries: Entries, one: Alignment, field: str, share: Share) -> bool:
    """True for a complete name, or a partial subject name without slips.

    Initials must be rarer than the number of names, and one common word does not identify a longer name.
    """
    if one.has("initials"):
        return one.score >= entries.prior + _RARE_INITIALS
    if one.tier == 2:  # the beginning of an owner's name, which its places may share
        return not one.slips and (field == "subject" or _begins(entries, one))
    telling = [word for word in one.named if word not in GENERIC]
    if one.tier == 1 and len(telling) == 1 and share(telling[0]) >= _PLAIN:
        return False
    return one.tier < 2 and one.slips <= _SLIPS


def _one_place(entries: Entries, level: Sequence[Alignment]) -> bool:
    """True for one entry, or several registrations of one place: same name, same address."""
    where = [entries.columns[field] for field in ("street", "postcode", "town") if field in entries.columns]
    same = {(bare(entries.names[one.entry]), *(column[one.entry] for column in where)) for one in level}
    located = all(any(column[one.entry] for column in where) for one in level)
    return len(level) == 1 or (len(same) == 1 and located)


def _order(one: Alignment) -> tuple[float, int]:
    """Sort by fewest slips (a slip costs less than leaving out a distinctive word of the name), then by how
    much of the name was typed.
    """
    return one.slips + _IN_PART.get(one.tier, 0.0), one.tier


def _written_so(level: Sequence[Alignment], alignments: Iterable[Alignment]) -> list[Alignment]:
    """Prefer names that have as one word what the first has as two, if only the kind of place differs: for
    "HaywardCare Home", HaywardCare rather than Hayward Care Centre."""
    joined = {reason.words for reason in level[0].reasons if reason.part == "joined"} if level else set()
    return [
        one
        for one in (alignments if joined else ())
        if [reason.part for reason in one.disagreements] == ["other kind"]
        and any(reason.part == "name" and reason.words in joined for reason in one.reasons)
    ]


def _level(one: Alignment, first: Alignment) -> bool:
    """True if ``one`` is as likely meant as the ``first``.

    People leave "Care Home" and the like out of names about as often as they type it, so "Aaron Court" may be
    Aaron Court Care Home even if another place is called just Aaron Court; but what they do type is meant.
    Words that both agree with may be worth far more for one of them.
    """
    alike = _order(one)[0] == _order(first)[0] and one.bits >= first.bits - _AHEAD
    return alike and not _lacks_small_words(one, first)


def _lacks_small_words(one: Alignment, first: Alignment) -> bool:
    """True if a small word was typed that ``first`` has in its name and ``one`` lacks: "at" of "Elm Care at
    Home" is not in Elm Care Home. Articles are ignored."""
    free = {reason.words for reason in one.reasons if reason.part == "free"} - _ARTICLES
    return any(reason.part == "name" and reason.words in free for reason in first.reasons)


_ARTICLES = frozenset(("the", "a", "an"))


def _is_near(entries: Entries, one: Alignment) -> bool:
    """True if the owner is mentioned, or if words other than general ones agree and carry enough of the
    name's information: "Southern Health" is not near to South West Yorkshire Partnership."""
    if one.named <= GENERIC or one.has("provider", "brand"):
        return one.has("provider", "brand")
    telling = (word for word in entries.names[one.entry].split() if word not in GENERIC)
    general = (
        reason.bits for reason in one.reasons if reason.bits > 0 and GENERIC.issuperset(reason.words.split())
    )
    return one.nearness - GENERAL * sum(general) >= _NEAR_BY * sum(map(entries.rarity, telling))


def _nearness(entries: Entries, one: Alignment) -> float:
    """Return how near a name is, to order suggestions: the evidence that agrees, less the typed words that
    the name lacks, and less each distinctive word that only the name has. All places of a mentioned owner are
    as near as a name with two extra words."""
    if not one.named:
        return round(one.nearness + one.bits - 2 * _UNTOLD, 1)
    untold = sum(word not in one.named and word not in GENERIC for word in entries.names[one.entry].split())
    return round(one.nearness + one.score - _UNTOLD * untold, 1)


def rank(choice: Choice) -> tuple[int, int, int]:
    """Sort key for choices: those without disagreements first, then by how completely the name was typed, and
    by the name alone."""
    if not choice.candidates:
        return 2, 0, 0
    best = choice.candidates[0]
    parts = [reason.part for reason in best.reasons]
    return int(any(part in DISAGREEING for part in parts)), best.tier, sum(part in OUTSIDE for part in parts)
