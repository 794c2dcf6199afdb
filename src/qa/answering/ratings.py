"""Findings → the sentence that tells them and the figures in it. One teller an intent; every rating is told with its date."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.phrases import day, listed, noun, number, published, rated, scope
from qa.finding import Findings, Group
from qa.records import Figure, RatingFact
from qa.scale import Scale
from qa.understanding import Question


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer's sentence and every number told in it."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the tellers know of the corpus: its scale and how new it is."""

    scale: Scale
    as_of: datetime.date | None
    noun: str  # what its subjects are called, "trusts"


def tell(question: Question, findings: Findings, held: Held) -> Telling:
    """Return the sentence for findings that hold an answer."""
    if findings.missing == "contradiction":
        telling = _contradiction(question, findings, held)
    else:
        telling = _ambiguous(question, findings, held) if findings.ambiguous else _TELLERS[question.intent](question, findings, held)
    dates = [
        Figure("published", date.isoformat(), "date") for date in _dates_told(telling.text, (*findings.facts, *findings.exceptions), held)
    ]
    return Telling(telling.text, (*telling.figures, *dates))


def _dates_told(text: str, facts: Sequence[RatingFact], held: Held) -> list[datetime.date]:
    dates = {fact.published for fact in facts if fact.published} | ({held.as_of} if held.as_of else set())
    return sorted((date for date in dates if day(date) in text), key=lambda date: text.index(day(date)))


def change(fact: RatingFact, scale: Scale) -> str:
    """``was rated Good, up from Requires improvement (published 15 March 2018)``."""
    service = f" for {fact.service}" if fact.service and fact.service != "Overall" else ""
    aspect = f" for {fact.aspect}" if fact.aspect != "Overall" else ""
    if fact.rating is None:
        return f"has no published rating{aspect}{service} ({published(fact)})"
    if fact.previous_rating is None:
        return f"was rated {fact.rating}{aspect}{service} ({published(fact)})"
    before, after = scale.rank(fact.previous_rating), scale.rank(fact.rating)
    moved = "from" if before is None or after is None or before == after else "up from" if after < before else "down from"
    if before == after:
        return f"was rated {fact.rating}{aspect}{service}, the same as before ({published(fact)})"
    return f"was rated {fact.rating}{aspect}{service}, {moved} {fact.previous_rating} before ({published(fact)})"


_MOVES = ("up", "down", "unchanged", "changed")


def _lookup(question: Question, findings: Findings, held: Held) -> Telling:
    told = [f"{name(fact)} {change(fact, held.scale)}" for fact in findings.facts[:6]]
    return Telling(". ".join(told) + ".")


def name(fact: RatingFact) -> str:
    """The subject, with its town where it is known: names repeat across the country."""
    town = fact.attributes.get("town")
    return f"{fact.subject} in {town}" if town and town.casefold() not in fact.subject.casefold() else fact.subject


def _contradiction(question: Question, findings: Findings, held: Held) -> Telling:
    lead = f"The tables give {findings.detail} different ratings with the same date, so neither can be told as the rating"
    return Telling(f"{lead}. {_lookup(question, findings, held).text}")


def _ambiguous(question: Question, findings: Findings, held: Held) -> Telling:
    names = list(dict.fromkeys(fact.subject for fact in findings.facts))
    shared = f"“{findings.ambiguous.text}” may be any of {number(findings.total)}" if findings.ambiguous else ""
    called = f": {listed(names, 6)}" if len(names) > 1 else f" called {names[0]}"
    return Telling(
        f"{shared}{called}. Which one do you mean? A town or postcode tells them apart.", (Figure("candidates", findings.total, "count"),)
    )


def _when(question: Question, findings: Findings, held: Held) -> Telling:
    fact = findings.facts[0]
    if fact.published is None:
        return Telling(f"{name(fact)} was rated {fact.rating}; the date was not published.")
    lead = f"{name(fact)} was not rated {listed([one.text for one in question.ratings])}. " if not _as_supposed(question, fact) else ""
    told = f"{'Its' if lead else f'{name(fact)}’s'} rating of {fact.rating} was published on {day(fact.published)}"
    before = f", up to when it was rated {fact.previous_rating}" if fact.previous_rating and (lead or question.ratings) else ""
    return Telling(f"{lead}{told}{before}. The tables hold publication dates, not inspection dates.")


def _as_supposed(question: Question, fact: RatingFact) -> bool:
    """Whether a fact tells of any rating that the question supposes, now or before."""
    held = {rating.casefold() for rating in (fact.rating, fact.previous_rating) if rating}
    return not question.ratings or any(rating.casefold() in held for one in question.ratings for rating in one.ratings)


def _attribute(question: Question, findings: Findings, held: Held) -> Telling:
    fact = findings.facts[0]
    told = fact.attributes
    if (question.asks("provider") or question.group == "provider") and told.get("provider"):
        return Telling(f"{name(fact)} is run by {told['provider']} (as {published(fact)}).")
    address = listed_comma([told[field] for field in ("street", "address", "town", "local_authority", "postcode") if told.get(field)])
    kind = f" ({told['kind']})" if told.get("kind") else ""
    return Telling(f"{fact.subject}{kind} is at {address}." if address else f"{fact.subject}{kind}: the tables give no address.")


def listed_comma(items: Sequence[str]) -> str:
    """``a, b, c`` without repeats."""
    return ", ".join(dict.fromkeys(items))


def _list(question: Question, findings: Findings, held: Held) -> Telling:
    clause = _clause(question)
    if not findings.total:
        return Telling(
            f"None: no {scope(question, 1, held.noun)} {_was(clause)}{_as_of(held)}.", (Figure(_label(question, held), 0, "count"),)
        )
    names = listed(list(dict.fromkeys(fact.subject for fact in findings.facts)), 8)
    if findings.total <= 3 and question.asks("before", "after", *_MOVES) and findings.facts[0].previous_rating:
        return Telling(_lookup(question, findings, held).text, (Figure(_label(question, held), findings.total, "count"),))
    counted = f"{number(findings.total)} {scope(question, findings.total, held.noun)} {_were(findings.total)} {clause or 'found'}"
    text = f"{counted}: {names}{_all_before(question, findings)}{_as_of(held, findings)}."
    return Telling(text, (Figure(_label(question, held), findings.total, "count"),))


def _all_before(question: Question, findings: Findings) -> str:
    """What all that are listed were rated before, where that is asked, they are all there and it is the same of all."""
    before = {fact.previous_rating for fact in findings.facts}
    told = next(iter(before)) if len(before) == 1 and findings.total == len(findings.facts) else None
    asked = question.asks("before") and not any(one.role == "before" for one in question.ratings)
    return f", all rated {told} before" if told and asked else ""


def _clause(question: Question) -> str:
    """The ratings or the change asked for."""
    words = {
        "unchanged": "given the same rating as before",
        "down": "given a lower rating than before",
        "up": "given a higher rating than before",
    }
    told = rated(question)
    if told:
        return told
    return next(
        (words[cue] for cue in words if question.asks(cue)), "given a different rating than before" if question.asks("changed") else ""
    )


def _was(clause: str) -> str:
    return f"was {clause}" if clause else "was found"


def _label(question: Question, held: Held) -> str:
    return " ".join(part for part in (scope(question, None, held.noun), rated(question)) if part)


def _as_of(held: Held, findings: Findings | None = None) -> str:
    dates = {fact.published for fact in findings.facts} if findings and findings.total == len(findings.facts) else set()
    if len(dates) == 1 and (date := next(iter(dates))):
        return f" (published {day(date)})"
    return f" (ratings published up to {day(held.as_of)})" if held.as_of else ""


def _count(question: Question, findings: Findings, held: Held) -> Telling:
    clause, total = _clause(question), findings.total
    figures = [Figure(_label(question, held), total, "count")]
    who = f"{number(total) if total else 'None: no'} {scope(question, total or 1, held.noun)}"
    text = f"{who} {'was' if total < 2 else 'were'} {clause}" if clause else who if total else f"{who} is held"
    if 0 < total <= 3 and total == len(findings.facts):
        text += f", {listed([fact.subject for fact in findings.facts])}"
    if findings.groups:
        text += f": {listed([f'{group.label} {number(group.number)}' for group in findings.groups], 10)}"
        figures += [Figure(group.label, group.number, "count") for group in findings.groups]
    return Telling(f"{text}{_as_of(held, findings)}.", tuple(figures))


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _share(question: Question, findings: Findings, held: Held) -> Telling:
    whole = findings.whole or 0
    if not whole:
        return Telling(f"None of the {scope(question, None, held.noun)} holds a rating, so there is no share to tell{_as_of(held)}.")
    value = Group("", findings.total, whole).value
    of_all = f"{number(findings.total)} of {number(whole)} {scope(question, None, held.noun)}"
    counted = f"{of_all} that hold a rating were {_clause(question) or 'found'}"
    text = f"{value:g}%: {counted}{_as_of(held)}."
    figures = (
        Figure(_label(question, held), value, "percent"),
        Figure(_label(question, held), findings.total, "count"),
        Figure(f"rated {scope(question, None, held.noun)}", whole, "count"),
    )
    return Telling(text, figures)


def _outside(question: Question) -> str:
    return f"outside {listed([one.value for one in question.outside])}" if question.outside else ""


def _rollup(question: Question, findings: Findings, held: Held) -> Telling:
    whole = findings.whole or 0
    by_rating = listed([f"{number(group.number)} {group.label}" for group in findings.groups])
    provider = listed(question.providers)
    asked = f"{number(findings.total)} {_were(findings.total)} {rated(question)}; " if question.ratings else ""
    kind = noun(question, whole, held.noun) if any(kind.field for kind in question.kinds) else "location" if whole == 1 else "locations"
    where = f" in {listed([one.value for one in question.places])}" if question.places else ""
    where += f" {_outside(question)}" if question.outside else ""
    text = f"{provider} runs {number(whole)} {kind}{where}: {asked}{by_rating or 'none of them rated'}{_as_of(held)}."
    figures = [Figure(provider, whole, "count")] + ([Figure(_label(question, held), findings.total, "count")] if question.ratings else [])
    if question.ratings:
        figures.reverse()
    return Telling(text, (*figures, *(Figure(group.label, group.number, "count") for group in findings.groups)))


def _compare(question: Question, findings: Findings, held: Held) -> Telling:
    if findings.groups:
        return _compare_figures(question, findings, held)
    facts = findings.facts
    if len(facts) == 1:
        return _lookup(question, findings, held)
    before = question.asks("before") and not question.asks("after", "up", "down", "changed")
    told = [fact.previous_rating if before else fact.rating for fact in facts]
    ranks = [held.scale.rank(rating or "") for rating in told]
    each = [f"{name(fact)} {change(fact, held.scale)}" for fact in facts]
    if len({(rating or "").casefold() for rating in told}) == 1:
        changes = len({(fact.previous_rating, fact.rating) for fact in facts}) == 1 and facts[0].previous_rating
        same = "the same: both" if len(facts) == 2 else "the same: all"
        lead = f"Yes, {same}" if question.asks("same") else f"They are {same}"
        moved = " and made the same change" if changes and not before else ""
        return Telling(f"{lead} {'were' if before else 'are'} rated {told[0]}{' before' if before else ''}{moved}. {'. '.join(each)}.")
    known = [rank for rank in ranks if rank is not None]
    low = question.asks("worse", "worst")
    target = (max if low else min)(known) if known else None
    winners = [index for index, rank in enumerate(ranks) if rank == target and rank is not None]
    ordered = winners + [index for index in range(len(facts)) if index not in winners]
    names = listed([facts[index].subject for index in winners])
    lead = f"{names} {'is' if len(winners) == 1 else 'are'} rated {'lower' if low else 'higher'}. " if winners else ""
    return Telling(f"{lead}{'. '.join(each[index] for index in ordered)}.")


def _compare_figures(question: Question, findings: Findings, held: Held) -> Telling:
    groups, unit = findings.groups, "%" if findings.groups[0].whole is not None else ""
    winners = [group.label for group in groups if group.value == groups[0].value]
    told = listed([f"{group.label} {group.value:g}{unit}" if unit else f"{group.label} {number(group.number)}" for group in groups])
    what = " ".join(part for part in (noun(question, None, held.noun), _outside(question), _clause(question)) if part)
    if len(winners) == len(groups):
        lead = f"They are the same, with {number(groups[0].value)}{unit} each"
    else:
        end = "lower" if question.asks("least", "worse", "worst") else "higher"
        lead = f"{listed(winners)} has the {end} {'share' if unit else 'number'}"
    text = f"{lead}, of {what}: {told}{_as_of(held)}."
    return Telling(text, tuple(Figure(group.label, group.value, "percent" if unit else "count") for group in groups))


def _rank(question: Question, findings: Findings, held: Held) -> Telling:
    groups = findings.groups
    if question.asks("oldest", "newest"):
        return _dated(question, findings, held)
    if not groups:
        return _best(question, findings, held)
    unit = "%" if groups[0].whole is not None else ""
    winners = [group for group in groups if group.value == groups[0].value] if question.top == 1 else list(groups)
    most = "fewest" if question.asks("least", "worst") and not question.asks("most") else "most"
    most = {"most": "highest share", "fewest": "lowest share"}[most] if unit else most
    what = " ".join(part for part in (noun(question, None, held.noun), _outside(question), _clause(question)) if part)
    told = [f"{group.label} ({group.value:g}{unit})" if unit else f"{group.label} ({number(group.number)})" for group in winners]
    tie = "It is a tie: " if question.top == 1 and len(winners) > 1 else ""
    verb = "has" if len(winners) == 1 else "have"
    text = f"{tie}{listed(told)} {verb} the {most}{' of' if unit else ''} {what}{_as_of(held)}."
    return Telling(text, tuple(Figure(group.label, group.value, "percent" if unit else "count") for group in groups))


def _dated(question: Question, findings: Findings, held: Held) -> Telling:
    if not findings.facts or not (date := findings.facts[0].published):
        return _list(question, findings, held)
    names = listed([name(fact) for fact in findings.facts], 8)
    what = " ".join(part for part in (scope(question, None, held.noun), rated(question)) if part)
    verb, ratings = ("was", "rating") if findings.total == 1 else ("were", "ratings")
    told = f" ({findings.facts[0].rating})" if findings.total == 1 and findings.facts[0].rating else ""
    text = f"{names}: of {what}, the {findings.detail} {ratings} held{told} {verb} published on {day(date)}."
    return Telling(text, (Figure(f"{findings.detail} {ratings}", findings.total, "count"),))


def _best(question: Question, findings: Findings, held: Held) -> Telling:
    if not findings.facts:
        return _list(question, findings, held)
    end = "lowest" if question.asks("worst") else "highest"
    names = listed(list(dict.fromkeys(fact.subject for fact in findings.facts)), 8)
    verb = "has" if findings.total == 1 else "have"
    verb = "had" if findings.detail.endswith(" before") else verb
    counted = f"{number(findings.total)} {scope(question, findings.total, held.noun)} {verb} the {end} rating held"
    text = f"{names}: {counted}, {findings.detail}{_as_of(held, findings)}."
    return Telling(text, (Figure(f"{scope(question, None, held.noun)} rated {findings.detail}", findings.total, "count"),))


def _check(question: Question, findings: Findings, held: Held) -> Telling:
    lead = "Yes" if findings.verdict else "No"
    if question.named:
        return Telling(f"{lead}. {_lookup(question, findings, held).text}")
    whole, clause = findings.whole or 0, _clause(question) or "found"
    checked = scope(question, whole, held.noun)
    figures = (Figure(_label(question, held), findings.total, "count"), Figure(checked, whole, "count"))
    if not findings.total:
        return Telling(f"{lead}. None of the {number(whole)} {checked} was {clause}{_as_of(held)}.", figures)
    counted = f"{lead}. {number(findings.total)} of {number(whole)} {checked} {_were(findings.total)} {clause}"
    if findings.exceptions:
        others = ". ".join(f"{name(fact)} {change(fact, held.scale)}" for fact in findings.exceptions[:3])
        return Telling(f"{counted}. {others}.", figures)
    names = listed(list(dict.fromkeys(fact.subject for fact in findings.facts)), 8)
    return Telling(f"{counted}: {names}{_as_of(held, findings)}.", figures)


_TELLERS: dict[str, Callable[[Question, Findings, Held], Telling]] = {
    "lookup": _lookup,
    "when": _when,
    "attribute": _attribute,
    "list": _list,
    "count": _count,
    "share": _share,
    "rollup": _rollup,
    "compare": _compare,
    "rank": _rank,
    "check": _check,
}
