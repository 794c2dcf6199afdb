"""Words yes/no answers: "Yes." or "No." first, then how many of how many, and the exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import up_to
from qa.answering.english import listed, more_are, number
from qa.answering.history import speaks_of_closing, tell_closing, tell_past
from qa.answering.lists import nobody, none_of, unique
from qa.answering.subjects import FEW, SOME, by_subject, name, statements
from qa.answering.wording import predicate, scope_phrase, shares_names, speaks_of_rated, subjects_of
from qa.answering.yes_no_of_groups import share_figure, share_said, tell_claim_of_groups
from qa.facts.query_parts import past_leaf
from qa.facts.result import Result
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Claim,
    Condition,
    Is,
    Not,
    Published,
    Query,
    Rated,
    RatedFor,
    parts_of,
)
from qa.records import Figure, RatingFact


def tell_claim(query: Query, result: Result, context: Context) -> Telling:
    """State the verdict of a Result ("Yes." or "No.") and the evidence for it."""
    assert query.claim
    if query.by:
        return tell_claim_of_groups(query, result, context)
    lead = "Yes" if result.verdict else "No"
    if subjects_of(query.scope) and speaks_of_closing(query.claim.condition) and not result.missing:
        return tell_closing(query, result, context)
    told_over = result.history.ratings if result.history is not None else 0
    if subjects_of(query.scope) and told_over > 1 and past_leaf(query.claim.condition):
        return tell_past(query.claim, query, result, context)
    named = subjects_of(query.scope)
    many = shares_names(named) and (result.whole or 0) > FEW
    if named and not many and (result.facts or result.exceptions):
        return _of_named(query.claim, lead, result, context)
    return _of_scope(query, query.claim, lead, result, context)


def evidence(query: Query, result: Result) -> tuple[tuple[RatingFact, ...], int]:
    """Return the facts that a verdict is based on, and their number.

    For named subjects all facts; for "all" and "not all" the counter-examples, if any; otherwise the
    examples.
    """
    assert query.claim
    quantifier, matching, whole = query.claim.quantifier, result.matching or 0, result.whole or 0
    if query.by:
        return result.facts, result.total
    if subjects_of(query.scope):
        facts = tuple({fact.id: fact for fact in (*result.facts, *result.exceptions)}.values())
        return facts[:50], max(len(facts), result.total)
    if result.exceptions and 1 in (quantifier.least, quantifier.under):
        return result.exceptions, max(whole - matching, len(result.exceptions))
    return result.facts, result.total


def _of_named(claim: Claim, lead: str, result: Result, context: Context) -> Telling:
    """State the rating and its date; "is it safe" never gets a bare "Yes", because a rating says how a place
    was found, not how it is now.
    """
    facts = {fact.id: fact for fact in (*result.facts, *result.exceptions)}
    told, figures = statements(tuple(facts.values()), context)
    if supposes_present(claim.condition):
        begun = "" if lead == "Yes" else f"{lead}. "
        return Telling(f"{begun}{told} A rating says no more than that, nor how it is now.", figures)
    places = by_subject(tuple(facts.values()))
    if len(places) == 1 and isinstance(claim.condition, Is):  # what it is comes before how it is rated
        told = f"{_what_it_is(places[0][0], claim.condition, lead, context)}. {told}"
    return Telling(f"{lead}. {told}", figures)


def _what_it_is(fact: RatingFact, asked: Condition, lead: str, context: Context) -> str:
    """``Elm House in Leeds is a care home``, ``… is not run by Oak Care``: as currently listed."""
    stated = predicate(asked if lead == "Yes" else Not(asked), 1, context)
    for past, now in (("was ", "is "), ("had ", "has "), ("did not have ", "does not have ")):
        if stated.startswith(past):
            stated = f"{now}{stated.removeprefix(past)}"
            break
    return f"{name(fact)} {stated}"


def supposes_present(condition: Condition) -> bool:
    """True if a condition is about a quality ("is it safe", "is it well-led"), which is one of several
    ratings for a key question."""
    if isinstance(condition, RatedFor):
        return len(condition.ratings) > 1
    return (
        isinstance(condition, Rated)
        and condition.aspect != WHOLE
        and condition.when == "now"
        and len(condition.ratings) > 1
    )


def _of_scope(query: Query, claim: Claim, lead: str, result: Result, context: Context) -> Telling:
    count, of, named = result.matching or 0, result.whole or 0, subjects_of(query.scope)
    asked = claim.condition.part if isinstance(claim.condition, Not) else claim.condition
    rated = "rated " if speaks_of_rated(asked) else ""
    scope = scope_phrase(query.scope, of, context)
    whom, what = scope_phrase(query.scope, None, context), predicate(claim.condition, 2, context)
    label = f"{whom}: {what.removeprefix('were ')}"
    figures = [
        count_figure(label, count),
        count_figure(f"{rated}{scope_phrase(query.scope, None, context)}", of),
        *share_figure(claim.quantifier, label, count, of),
    ]
    part = share_said(claim.quantifier, count, of)
    if not of and named and any(isinstance(part, Published) for part in parts_of(query.scope)):
        # no table says that they had none then
        return Telling(f"{nobody(query.scope, context)}. {up_to(result, context)}", tuple(figures))
    if not of:
        text = f"{lead}: there is no {rated}{scope_phrase(query.scope, 1, context)}. {up_to(result, context)}"
        return Telling(text, tuple(figures))
    if claim.condition == EVERYTHING and count == of:
        return Telling(_there_are(f"{number(of)} {scope}", of, lead, result, context), tuple(figures[:1]))
    stated = predicate(claim.condition, count, context)
    if named and named.labels and not count:
        text = f"{lead}. {none_of(named.labels, claim.condition, context)}. {up_to(result, context)}"
        return Telling(text, tuple(figures))
    if not count:
        text = f"{lead}. None of {_all(of)} {rated}{scope}{part} {stated}. {up_to(result, context)}"
        return Telling(text, tuple(figures))
    counted = f"All {number(of)}" if count == of > 1 else f"{number(count)} of {number(of)}"
    text = f"{lead}. {counted} {rated}{scope}{part} {stated}"
    facts, _ = evidence(query, result)
    if facts and facts == result.exceptions:
        others = of - count if 1 in (claim.quantifier.least, claim.quantifier.under) else count
        told, more = _exceptions(result.exceptions, others, context)
        return Telling(f"{text}. {told}", (*figures, *more))
    return Telling(_with_names(text, count, of, result, context, asked), tuple(figures))


def _there_are(whom: str, of: int, lead: str, result: Result, context: Context) -> str:
    """Answer whether there are any, with their names if they are few."""
    names = unique([one[0].subject for one in by_subject(result.facts)])
    told = f": {listed(names)}" if len(names) == of <= FEW else ""
    return f"{lead}. There {'is' if of == 1 else 'are'} {whom}{told}. {up_to(result, context)}"


def _all(of: int) -> str:
    return f"the {number(of)}" if of > 1 else "the one"


def _exceptions(others: Sequence[RatingFact], total: int, context: Context) -> tuple[str, tuple[Figure, ...]]:
    """Name the subjects for which a claim does not hold: up to three, each with its rating and date."""
    shown = [fact for one in by_subject(others)[:FEW] for fact in one]
    told, _ = statements(shown, context)
    more = max(total, len(by_subject(others))) - len(by_subject(shown))
    return (f"{told} {more_are(more, 'listed')}", (count_figure("more", more),)) if more > 0 else (told, ())


def _with_names(text: str, count: int, of: int, result: Result, context: Context, asked: Condition) -> str:
    """Name the subjects for which a claim is true, if they are few and not simply all; the first few with
    their ratings if several were ``asked`` for."""
    told = by_subject(result.facts)
    names = unique([one[0].subject for one in told])
    if count <= FEW and _asks_several(asked, told):
        names = unique([f"{one[0].subject} ({one[0].rating})" for one in told])
    if not names or len(names) < count or count == of or count > SOME:
        return f"{text}. {up_to(result, context)}"
    if count <= FEW:
        return f"{text}: {listed(names)}. {up_to(result, context)}"
    return f"{text}. They are {listed(names)}. {up_to(result, context)}"


def _asks_several(asked: Condition, told: Sequence[Sequence[RatingFact]]) -> bool:
    """True for "were any outstanding, or less than good?", which leaves open which of them it is."""
    if not isinstance(asked, Rated) or asked.when != "now" or len(asked.ratings) < 2:
        return False
    return all(one[0].aspect == asked.aspect for one in told)
