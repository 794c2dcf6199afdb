"""What the tables say to a Query: one record, whose shape chooses the sentence that tells it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from qa.records import RatingFact

Missing = Literal[
    "row",
    "before",
    "history",
    "contradiction",
    "field",
    "period",
    "aspect",
    "service",
    "scale",
    "coordinates",
    "middle",
]


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a grouping: its labels (one for each field of ``Query.by``), its figure, and of how many
    where that is a share.

    ``figure`` is a count, a percentage, not rounded, or the total of a number column; ``matching`` the
    numerator of a share.
    """

    labels: tuple[str, ...]
    figure: float
    matching: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds for one subject; ``value`` is ``None`` where the cell is empty."""

    subject: int
    name: str
    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """How much history an answer about the past rests on: so many dated ratings, published from ``oldest`` to
    ``newest``.
    """

    ratings: int
    oldest: datetime.date
    newest: datetime.date


@dataclass(frozen=True, slots=True)
class Side:
    """One scope of a comparison: its figure, or the facts of its subjects."""

    figure: float | None
    matching: int | None
    whole: int | None
    facts: tuple[RatingFact, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What the tables say. Only the parts that the Query asks for are filled.

    ``facts`` are those that the answer rests on, at most 50, in the Query's order; ``total`` is how many
    there are in all (of :class:`~qa.question.query.Values`: how many subjects). ``figure`` is the one number
    asked for (a count, a share in percent, a total, a mean, a difference or a ratio; ``None`` where there is
    nothing to compute it of); ``matching`` of ``whole`` stand behind a share, a total or a claim; of a claim
    over groups they count groups. ``others`` are the groups besides: those that rank at other places than are
    asked for, or those that keep a claim over groups from holding of all. ``exceptions`` are facts of those
    that keep a claim from holding of all; of a claim of none, of those that it is true of. ``oldest`` and
    ``newest`` date the facts counted. ``missing`` says why nothing, or not all, could be found, ``detail`` of
    whom or what: the field, the aspect or service, the subjects' names ("; " between them), the dates held,
    or the several scales ("; " between them) of ratings that are to be compared. ``history`` is what is held
    of those asked about, where a Query asks for more than the present ratings. Where it says near what,
    ``distances`` are how many miles off each of ``facts`` and ``exceptions`` is (``None``: not known), and
    ``middles`` of how many places each middle is the mean. "coordinates" are missing where no table has them,
    a "middle" where nobody there has.
    """

    facts: tuple[RatingFact, ...] = ()
    total: int = 0
    figure: float | None = None
    matching: int | None = None
    whole: int | None = None
    groups: tuple[Group, ...] = ()
    groups_total: int = 0
    others: tuple[Group, ...] = ()
    values: tuple[Value, ...] = ()
    verdict: bool | None = None
    exceptions: tuple[RatingFact, ...] = ()
    sides: tuple[Side, ...] = ()
    oldest: datetime.date | None = None
    newest: datetime.date | None = None
    missing: Missing | None = None
    detail: str = ""
    history: Held | None = None
    distances: tuple[float | None, ...] = ()
    middles: tuple[int, ...] = ()


def share(part: int, whole: int) -> float:
    """Return 100 × part / whole, as shares are ranked and compared; 0 where there is no whole.

    Equal shares are equal numbers.
    """
    return 100 * part / whole if whole else 0.0


def percent(part: int, whole: int) -> float:
    """Return 100 × part / whole to one decimal; 0 where there is no whole."""
    return round(share(part, whole), 1)
