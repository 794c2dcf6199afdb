"""Finders of single subjects and of lists: look-ups, checks, candidates of a shared name."""

from __future__ import annotations

from dataclasses import replace

from qa.finding.findings import Findings
from qa.finding.tables import MOST_FACTS, SIGNS, Tables
from qa.records import RatingFact
from qa.understanding import Question
from qa.understanding.question import Named


def subjects(question: Question, tables: Tables) -> Findings:
    """The facts of the named subjects, in the order named."""
    facts: list[RatingFact] = []
    for one in question.named:
        if len(one.subjects) > 1:
            return _candidates(question, one, tables)
        found = tables.store.find(tables.query(replace(question, named=(one,), places=(), kinds=()), rated=False))
        if not found:
            return _unrated(question, one, tables)
        if (
            question.asks("before")
            and not question.asks("after")
            and not question.ratings
            and all(fact.previous_rating is None for fact in found)
        ):
            return Findings(missing="before", detail=found[0].subject)
        facts += found
    unique = tuple({fact.id: fact for fact in facts}.values())
    return Findings(unique, len(unique))


def _candidates(question: Question, one: Named, tables: Tables) -> Findings:
    narrow, wide = replace(question, named=(one,)), replace(question, named=(one,), places=(), kinds=())
    found = tables.found(tables.query(narrow, rated=False))
    if not found.facts:
        found = tables.found(tables.query(wide, rated=False))
    if not found.facts:
        return _unrated(question, one, tables)
    return replace(found, ambiguous=one) if found.total > 1 else found


def _unrated(question: Question, one: Named, tables: Tables) -> Findings:
    """Nothing is held for what was asked of the subject: say what is missing."""
    held = tables.store.history(one.subjects[:1])
    name = held[0].subject if held else one.text
    if question.period and tables.store.find(tables.query(replace(question, named=(one,), places=(), kinds=(), period=None), rated=False)):
        return Findings(missing="period", detail=name)
    asked = tables.query(question, rated=False)
    contradictory = tables.store.contradictions(one.subjects, asked.aspect, asked.service)
    if contradictory:
        return Findings(contradictory, len(contradictory), missing="contradiction", detail=name)
    return Findings(missing="row", detail=name)


def list_all(question: Question, tables: Tables) -> Findings:
    """Everything that fits."""
    return tables.found(tables.query(question))


def check(question: Question, tables: Tables) -> Findings:
    """Whether it is as the question supposes: of named subjects, or of all, any or none of a scope."""
    return _check_named(question, tables) if question.named else _check_scope(question, tables)


def _check_named(question: Question, tables: Tables) -> Findings:
    found = subjects(question, tables)
    if found.ambiguous or found.missing:
        return found
    if question.asks(*SIGNS) and not question.ratings and any(fact.previous_rating is None for fact in found.facts):
        return Findings(missing="before", detail=next(fact.subject for fact in found.facts if fact.previous_rating is None))
    return replace(found, verdict=all(_holds(question, fact, tables) for fact in found.facts))


def _holds(question: Question, fact: RatingFact, tables: Tables) -> bool:
    """Whether one fact is as the question supposes."""
    for asked in question.ratings:
        told = fact.previous_rating if asked.role == "before" and tables.historic else fact.rating
        if (told or "").casefold() not in {rating.casefold() for rating in tables.expanded(asked)}:
            return False
    if question.ratings:
        return True
    before, after = tables.scale.rank(fact.previous_rating or ""), tables.scale.rank(fact.rating or "")
    for cue in ("unchanged", "down", "up", "changed"):
        if question.asks(cue):
            return before is not None and after is not None and _sign(before - after) in SIGNS[cue]
    return after is not None and after <= 1  # "is it safe?": as CQC's users count, Good or Outstanding


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _check_scope(question: Question, tables: Tables) -> Findings:
    """Whether all, any or none of the scope's subjects are as asked; the exceptions where not all are."""
    scope = tables.query(question, rated=False)
    asked = tables.query(question)
    whole, number = tables.store.count(scope), tables.store.count(asked)
    if question.asks("none", "neither"):
        return replace(tables.found(asked), verdict=number == 0, whole=whole)
    if question.asks("all"):
        holding = {fact.id for fact in tables.store.find(asked, 10_000)}
        exceptions = tuple(fact for fact in tables.store.find(scope, 10_000) if fact.id not in holding) if number < whole else ()
        return replace(tables.found(asked), verdict=number == whole, whole=whole, exceptions=exceptions[:MOST_FACTS])
    return replace(tables.found(asked), verdict=number > 0, whole=whole)
