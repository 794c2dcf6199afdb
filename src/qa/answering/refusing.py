"""Words refusals: why there is no answer, and what the corpus does contain."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.english import listed, number
from qa.answering.remarks import asked_back, joined, near_names, unknown_names, which_one
from qa.phrasing import long_date
from qa.question.reading import HERE, NO_TEXT, NOT_APART, Reading, Unknown

PLAIN = "The loaded reports and ratings do not answer that."


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is loaded: the number of rating facts and rated subjects, the newest date, and whether there are
    reports.
    """

    facts: int
    subjects: int
    up_to: datetime.date | None = None
    reports: bool = True


def refusal(reading: Reading, why: str = "") -> str:
    """Return why the question is not answered. ``why`` is what the tables lack, if they were asked."""
    if reading.unknown:
        return _nobody_known(reading.unknown)
    if reading.unheld:
        return _not_held(reading.unheld)
    if why:
        return why
    if reading.unnamed:
        return which_one(reading.unnamed)
    if reading.left_out and (reading.blocked or not reading.queries):
        return asked_back(reading.left_out)
    return PLAIN


def _nobody_known(names: Sequence[Unknown]) -> str:
    """Say which names are found nowhere, or in no table, and suggest similar names."""
    nowhere = unknown_names([one.typed for one in names if not one.in_text])
    in_no_table = unknown_names([one.typed for one in names if one.in_text], "tables")
    return joined(nowhere, in_no_table, near_names([name for one in names for name in one.near]))


def _not_held(topics: Sequence[str]) -> str:
    """``The loaded reports and ratings say nothing about where you are. Name a town or a postcode.``"""
    nothing = [one for one in topics if one != NO_TEXT and not one.endswith(NOT_APART)]
    alike = [one.removesuffix(NOT_APART) for one in topics if one.endswith(NOT_APART)]
    return joined(
        "The loaded tables hold ratings, but not the reports: they don’t say what was found, or why."
        if NO_TEXT in topics
        else "",
        f"The loaded reports and ratings say nothing about {listed(nothing)}." if nothing else "",
        f"The loaded tables do not tell {listed(alike)}{NOT_APART}." if alike else "",
        "Name a town or a postcode to measure from." if HERE in nothing else "",
    )


def held(holdings: Holdings, they: str = "They") -> str:
    """Return in one sentence what can be answered; ``they`` is the word for the reports and tables."""
    if not holdings.facts:
        return f"{they} contain reports, but no rating table."
    up_to = f", published up to {long_date(holdings.up_to)}" if holdings.up_to else ""
    ratings = "rating" if holdings.facts == 1 else "ratings"
    subjects = "subject" if holdings.subjects == 1 else "subjects"
    reports = f"{',' if up_to else ''} and the text of the reports" if holdings.reports else ""
    rated = f"{number(holdings.facts)} {ratings} of {number(holdings.subjects)} {subjects}"
    return f"{they} hold {rated}{up_to}{reports}."
