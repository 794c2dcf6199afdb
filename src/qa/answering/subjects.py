"""Words rating facts of one subject, and of several, each with its date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from qa.answering.context import Context, count_figure
from qa.answering.english import more_are, published, sentence
from qa.answering.rating_phrases import for_what
from qa.fields import says_closed
from qa.phrasing import long_date
from qa.question.query import WHOLE
from qa.reading.written_dates import read_date
from qa.records import Figure, RatingFact

FEW, SOME = 3, 10  # names in the first sentence; names in all


def by_subject(facts: Sequence[RatingFact]) -> list[list[RatingFact]]:
    """Return the facts of each subject together, in the order in which the subjects first appear."""
    found: dict[tuple[str, str | None, str | None], list[RatingFact]] = {}
    for fact in facts:
        told = fact.attributes
        found.setdefault((fact.subject, told.get("identifier"), told.get("postcode")), []).append(fact)
    return list(found.values())


def name(fact: RatingFact) -> str:
    """Return the subject, with its town if that is known: names repeat across the country."""
    town = fact.attributes.get("town")
    return (
        f"{fact.subject} in {town}"
        if town and town.casefold() not in fact.subject.casefold()
        else fact.subject
    )


def statement(facts: Sequence[RatingFact], context: Context) -> str:
    """State the rating of one subject: ``Oak House in Leeds was rated Good (published 2 March 2020)``."""
    if len(facts) == 1:
        return f"{name(facts[0])} {change(facts[0], context)}{closing(facts[0])}"
    dates: dict[datetime.date | None, list[RatingFact]] = {}
    for fact in facts:
        dates.setdefault(fact.published, []).append(fact)
    told = [f"{', '.join(map(_aspect, same))} ({published(same[0])})" for same in dates.values()]
    return f"{name(facts[0])}: {'; '.join(told)}{closing(facts[0])}"


def closing(fact: RatingFact) -> str:
    """``; it closed on 31 January 2022``, if a subject has closed."""
    closed, status = fact.attributes.get("closed"), fact.attributes.get("status")
    if closed:
        date = read_date(closed)
        return f"; it closed on {long_date(date)}" if date else f"; it closed ({closed})"
    return f"; it has closed ({status})" if status and says_closed(status) else ""


def _aspect(fact: RatingFact) -> str:
    service = f" in “{fact.service}”" if fact.service and fact.service != WHOLE else ""
    before = f" (before: {fact.previous_rating})" if fact.previous_rating else ""
    return f"{fact.aspect}{service} {fact.rating or 'not rated'}{before}"


def change(fact: RatingFact, context: Context) -> str:
    """``was rated Good, up from Requires improvement before (published 15 March 2018)``."""
    return f"{_result(fact, context)} ({published(fact)})"


def _result(fact: RatingFact, context: Context) -> str:
    what = for_what(fact.aspect, fact.service or WHOLE)
    if fact.rating is None:
        return f"has no published rating{what}"
    if context.place(fact, fact.rating) is None:
        return f"has the published result “{fact.rating}”{what}"
    return f"was rated {fact.rating}{what}{_moved(fact, context)}"


def _moved(fact: RatingFact, context: Context) -> str:
    """``, up from Good before``; empty if the previous rating is unknown."""
    if fact.previous_rating is None:
        return ""
    before, after = context.place(fact, fact.previous_rating), context.place(fact, fact.rating)
    if before is None or after is None:
        return f", from {fact.previous_rating} before"
    if before == after:
        return ", the same as before"
    return f", {'up' if after < before else 'down'} from {fact.previous_rating} before"


def statements(
    facts: Sequence[RatingFact], context: Context, most: int = SOME
) -> tuple[str, tuple[Figure, ...]]:
    """Return a sentence for each subject, at most ``most`` of them, and how many more there are."""
    subjects = by_subject(facts)
    told = [sentence(statement(one, context)) for one in subjects[:most]]
    more = len(subjects) - most
    if more <= 0:
        return " ".join(told), ()
    return f"{' '.join(told)} {more_are(more, 'listed')}", (count_figure("more", more),)
