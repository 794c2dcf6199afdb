"""The result of a Query over the tables: one record, whose shape chooses the sentence."""

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
    """One group: its labels (one for each field of ``Query.by``), its figure, and the
    denominator if that is a share.

    ``figure`` is a count, a percentage, not rounded, or the total of a number column; ``matching`` the
    numerator of a share. If the Query compares two numbers of each group, these are ``compared``.
    """

    labels: tuple[str, ...]
    figure: float
    matching: int | None = None
    whole: int | None = None
    compared: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a field for one subject; ``None`` if the cell is empty."""

    subject: int
    name: str
    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """How much history an answer about the past is based on: the number of dated ratings, published from
    ``oldest`` to ``newest``."""

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

    ``facts`` are those that the answer is based on, at most 50, in the Query's order; ``total`` is their
    number in all (for :class:`~qa.question.query.Values`: the number of subjects). ``figure`` is the one
    number asked for (a count, a share in percent, a total, a mean, a difference or a ratio; ``None`` if there
    is nothing to compute it from). ``matching`` of ``whole`` are the counts behind a share, a total or a
    claim; for a claim over groups they count groups. ``place`` is that of the one group whose place in an
    order is asked for, ``None`` if it makes no group; ``matching`` groups of the ``whole`` are then at
    that place. ``others`` are further groups: those at other places
    than requested, or the exceptions to a claim over groups. ``exceptions`` are facts of the exceptions to a
    claim about all; for a claim about none, facts of those for which it is true. ``oldest`` and ``newest``
    date the facts counted.

    ``missing`` says why nothing, or not all, could be found, and ``detail`` gives the field, the aspect or
    service, the subjects' names ("; " between them), the known dates, or the several scales ("; " between
    them) of ratings to compare. ``history`` is what is known of the past, if a Query asks for more than the
    present ratings. If the Query has a distance, ``distances`` are the miles to each of ``facts`` and
    ``exceptions`` (``None``: not known), and ``middles`` the number of places that each middle is the mean
    of. "coordinates" are missing if no table has them, a "middle" if no subject there has any.
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
    place: int | None = None
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
    """Return 100 × part / whole, for ranking and comparing shares; 0 if the whole is 0. Equal
    shares are equal numbers.
    """
    return 100 * part / whole if whole else 0.0


def percent(part: int, whole: int) -> float:
    """Return 100 × part / whole to one decimal; 0 if the whole is 0."""
    return round(share(part, whole), 1)
