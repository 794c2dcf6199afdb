"""Words yes/no answers: "Yes." or "No." first, then how many of how many, and the exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import up_to
from qa.answering.english import listed, more_are, number
from qa.answering.history import speaks_of_closing, tell_closing, tell_past
from qa.answering.lists import nobody, none_of, unique
from qa.answering.subjects import FEW, SOME, by_subject, name, statements
from qa.answering.wording import (
    predicate,
    scope_phrase,
    shares_names,
    speaks_of_rated,
    subjects_of,
    undenied,
)
from qa.answering.yes_no_of_groups import share_figure, share_said, tell_claim_of_groups
from qa.facts.query_parts import past_leaf
from qa.facts.result import Result
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Claim,
    Condition,
    Is,
    Named,
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
    named = subjects_of(query.scope)
    if named is None:
        return _of_scope(query, query.claim, lead, result, context)
    if speaks_of_closing(query.claim.condition) and not result.missing:
        return tell_closing(query, result, context)
    if _has_history(result) and past_leaf(query.claim.condition):
        return tell_past(query.claim, query, result, context)
    if (result.facts or result.exceptions) and not _are_many_of_a_name(named, result):
        return _of_named(query.claim, lead, result, context)
    return _of_scope(query, query.claim, lead, result, context)


def _has_history(result: Result) -> bool:
    """True if several ratings of the subjects, one after the other, are known."""
    return result.history is not None and result.history.ratings > 1


def _are_many_of_a_name(named: Named, result: Result) -> bool:
    return shares_names(named) and (result.whole or 0) > FEW


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
    count, of = result.matching or 0, result.whole or 0
    asked = undenied(claim.condition)
    rated = "rated " if speaks_of_rated(asked) else ""
    every = scope_phrase(query.scope, None, context)
    label = f"{every}: {predicate(claim.condition, 2, context).removeprefix('were ')}"
    figures = (
        count_figure(label, count),
        count_figure(f"{rated}{every}", of),
        *share_figure(claim.quantifier, label, count, of),
    )
    if not of:
        return Telling(f"{_of_nobody(query.scope, lead, rated, context)}. {up_to(result, context)}", figures)
    scope = scope_phrase(query.scope, of, context)
    if claim.condition == EVERYTHING and count == of:
        return Telling(_there_are(f"{number(of)} {scope}", of, lead, result, context), figures[:1])
    whom = f"{rated}{scope}{share_said(claim.quantifier, count, of)}"
    if not count:
        none = _none_of_scope(query.scope, claim.condition, f"{_all(of)} {whom}", context)
        return Telling(f"{lead}. {none}. {up_to(result, context)}", figures)
    counted = f"All {number(of)}" if count == of > 1 else f"{number(count)} of {number(of)}"
    text = f"{lead}. {counted} {whom} {predicate(claim.condition, count, context)}"
    facts, _ = evidence(query, result)
    if facts and facts == result.exceptions:
        others = of - count if 1 in (claim.quantifier.least, claim.quantifier.under) else count
        told, more = _exceptions(result.exceptions, others, context)
        return Telling(f"{text}. {told}", (*figures, *more))
    return Telling(_with_names(text, count, of, result, context, asked), figures)


def _of_nobody(scope: Condition, lead: str, rated: str, context: Context) -> str:
    """``No: there is no rated care home in Wem``."""
    if subjects_of(scope) and any(isinstance(part, Published) for part in parts_of(scope)):
        return nobody(scope, context)  # the tables don't tell that they had none then
    return f"{lead}: there is no {rated}{scope_phrase(scope, 1, context)}"


def _none_of_scope(scope: Condition, condition: Condition, whom: str, context: Context) -> str:
    """``None of the 5 care homes in Wem was rated Outstanding``; named subjects by their names."""
    named = subjects_of(scope)
    if named and named.labels:
        return none_of(named.labels, condition, context)
    return f"None of {whom} {predicate(condition, 0, context)}"


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
