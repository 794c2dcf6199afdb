"""Words rating histories: when and how often ratings were given, and how many ratings that is based on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import over
from qa.answering.english import listed, more_are, number, ordinal, published, sentence
from qa.answering.lists import none_of
from qa.answering.past_phrases import event_phrase
from qa.answering.rating_phrases import for_what
from qa.answering.remarks import joined
from qa.answering.subjects import SOME, by_subject, closing, name
from qa.answering.wording import scope_phrase, subjects_of, undenied
from qa.facts.query_parts import past_leaf
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import (
    WHOLE,
    Claim,
    Closed,
    Condition,
    Dated,
    Event,
    Events,
    Happened,
    Query,
    Times,
)
from qa.records import Figure, RatingFact

_TIMES = {1: "once", 2: "twice"}
_SHOWN = 12  # ratings shown per subject
_ENDS = (("last", "first"), ("best", "worst"))  # of an order by date and of one by rating


def tell_events(measure: Events, query: Query, result: Result, context: Context) -> Telling:
    """State when ratings were given: for each subject the first, the last or all of those asked about."""
    subjects = by_subject(result.facts)
    if not subjects:
        return _none(measure.event, query, result, context)
    label = f"ratings of {scope_phrase(query.scope, None, context)}"
    figures = (count_figure(label, result.total),) if measure.which == "every" or result.total > 1 else ()
    if len(subjects) == 1 and query.order is not None and query.ranks is not None:
        return Telling(joined(_some(measure.event, subjects[0], query, context), _over(result)), figures)
    told = [_one(measure, facts, context) for facts in subjects[:SOME]]
    more = len(subjects) - SOME if result.total == len(result.facts) else 0
    rest = more_are(more, "listed") if more > 0 else ""
    return Telling(joined(*told, rest, _over(result)), figures)


def _one(measure: Events, facts: Sequence[RatingFact], context: Context) -> str:
    event, first = measure.event, facts[0]
    if measure.which == "every":
        if _is_any(event):
            shown = [f"{fact.rating} ({published(fact)})" for fact in facts[:_SHOWN]]
            more = f", and {number(len(facts) - _SHOWN)} more" if len(facts) > _SHOWN else ""
            what = for_what(event.aspect, event.service)
            return sentence(
                f"{name(first)} was rated{what} {times(len(facts))}: {listed(shown, _SHOWN)}{more}"
            )
        shown = [_detail(event, fact) for fact in facts[:_SHOWN]]
        more = f", and {number(len(facts) - _SHOWN)} more" if len(facts) > _SHOWN else ""
        told = f"{name(first)} was {event_phrase(event, context)} {times(len(facts))}"
        return sentence(f"{told}: {listed(shown, _SHOWN)}{more}")
    place = measure.which
    if _is_any(event):
        before = f", from {first.previous_rating} before" if first.previous_rating else ""
        rated = f"{first.rating}{for_what(first.aspect, first.service or 'Overall')}{before}"
        return sentence(f"{name(first)} was {place} rated {rated} ({published(first)})")
    return sentence(f"{name(first)} was {place} {event_phrase(event, context)}: {_detail(event, first)}")


def _some(event: Event, facts: Sequence[RatingFact], query: Query, context: Context) -> str:
    """``The second rating of Oak House was Good (…)``, ``The last 2 times that Oak House was rated Good: …``:
    of one subject, those at some places of an order, which are not all there are."""
    assert query.order
    assert query.ranks
    first, last = query.ranks
    ends = _ENDS[query.order.key == "rating"]
    end = ends[not query.order.descending]
    place = ordinal(first) if first == last > 1 else ""
    which = place if place and end == "first" else " ".join(filter(None, (place, end)))
    many = f"{number(len(facts))} " if len(facts) > 1 else ""
    shown = listed([_detail(event, fact) for fact in facts[:_SHOWN]], _SHOWN)
    if _is_any(event):
        noun, verb = ("ratings", "were") if len(facts) > 1 else ("rating", "was")
        what = for_what(event.aspect, event.service)
        return sentence(f"The {which} {many}{noun}{what} of {name(facts[0])} {verb} {shown}")
    noun = "times" if len(facts) > 1 else "time"
    return sentence(
        f"The {which} {many}{noun} that {name(facts[0])} was {event_phrase(event, context)}: {shown}"
    )


def _is_any(event: Event) -> bool:
    return not (event.ratings or event.signs or event.new or event.before)


def _detail(event: Event, fact: RatingFact) -> str:
    """``Good, up from Requires improvement (published …)``: what the question does not fix about an event."""
    before = (
        f", from {fact.previous_rating} before"
        if fact.previous_rating and (event.signs or event.new or event.before)
        else ""
    )
    return f"{fact.rating}{before} ({published(fact)})"


def times(count: int) -> str:
    """``once``, ``twice``, ``5 times``."""
    return _TIMES.get(count, f"{number(count)} times")


def _over(result: Result) -> str:
    return sentence(over(result.history)) if result.history is not None else ""


def _none(event: Event, query: Query, result: Result, context: Context) -> Telling:
    """State that none of the known ratings matches: their number, and from when to when."""
    named = subjects_of(query.scope)
    if event.ratings and not (event.since or event.until):
        event = replace(event, new=False)  # a subject that never had the rating never newly got it
    figure = count_figure(f"{scope_phrase(query.scope, None, context)}: {event_phrase(event, context)}", 0)
    if named and named.labels:
        often = f" {times(query.ranks[0])}" if query.ranks is not None and query.ranks[0] > 1 else ""
        told = f"{none_of(named.labels, Happened(event), context)}{often}"
    else:
        told = f"No {scope_phrase(query.scope, 1, context)} was {event_phrase(event, context)}"
    return Telling(joined(sentence(told), _over(result)), (figure,))


def tell_times(measure: Times, query: Query, result: Result, context: Context) -> Telling:
    """State how often: for one subject with the dates, for several the total and the number of subjects."""
    count, event = int(result.figure or 0), measure.event
    if not count:
        return _none(event, query, result, context)
    if result.groups and not query.by:
        return _most_often(event, query, result, context)
    label = f"{scope_phrase(query.scope, None, context)}: {event_phrase(event, context)}"
    figure = count_figure(label, count)
    if result.matching == 1 and result.facts and subjects_of(query.scope):
        told = _times_of_one(event, result, count, context)
        return Telling(joined(sentence(told), _over(result)), (figure,))
    whom = scope_phrase(query.scope, None, context)
    told = f"{number(count)} times: {whom} were {event_phrase(event, context)}"
    told = f"{told}, {number(result.matching or 0)} of them at least once"
    figures = (figure, count_figure(f"{whom} of whom that is so", result.matching or 0))
    return Telling(joined(sentence(told), _over(result)), figures)


def _times_of_one(event: Event, result: Result, count: int, context: Context) -> str:
    """``Oak House was rated Inadequate twice: published 2 March 2020 and 3 May 2022``."""
    dates = [long_date(fact.published) for fact in result.facts if fact.published is not None]
    when = f": published {listed(dates, _SHOWN)}" if len(dates) == len(result.facts) <= _SHOWN else ""
    return f"{name(result.facts[0])} was {event_phrase(event, context)} {times(count)}{when}"


def _most_often(event: Event, query: Query, result: Result, context: Context) -> Telling:
    """``Oak House and Elm House were most often rated Inadequate, of care homes: 4 times each.``"""
    shown = result.groups[:SOME]
    figures = tuple(count_figure(group.labels[0], group.figure) for group in shown)
    told = listed([f"{group.labels[0]} ({times(int(group.figure))})" for group in shown], SOME)
    more = result.groups_total - len(shown)
    whom = scope_phrase(query.scope, None, context)
    end = "least" if query.order is not None and not query.order.descending else "most"
    text = f"Of {whom}, {end} often {event_phrase(event, context)}: {told}."
    rest = (count_figure("more", more),) if more > 0 else ()
    said = more_are(more, "listed") if more > 0 else ""
    return Telling(joined(text, said, _over(result)), (*figures, *rest))


def tell_past(claim: Claim, query: Query, result: Result, context: Context) -> Telling:
    """State whether something was ever true for the named subjects: by which ratings, out of how many known
    ones."""
    lead = "Yes" if result.verdict else "No"
    named, leaf = subjects_of(query.scope), past_leaf(claim.condition)
    assert named is not None
    figures: tuple[Figure, ...] = ()
    if result.facts and result.facts != result.exceptions:
        moved = isinstance(leaf, Happened) and bool(leaf.event.signs)
        told = [_ratings_of(facts, moved=moved) for facts in by_subject(result.facts)[:SOME]]
        return Telling(joined(f"{lead}.", *told, _over(result)), figures)
    assert leaf is not None
    return Telling(joined(f"{lead}. {none_of(named.labels, leaf, context)}.", _over(result)), figures)


def speaks_of_closing(condition: Condition) -> bool:
    """True if a condition, or its negation, is that a subject has closed."""
    inner = undenied(condition)
    return isinstance(inner, Closed) or (isinstance(inner, Dated) and inner.field == "closed")


def tell_closing(query: Query, result: Result, context: Context) -> Telling:
    """State whether the named subjects have closed, and when."""
    lead = "Yes" if result.verdict else "No"
    facts = tuple({fact.id: fact for fact in (*result.facts, *result.exceptions)}.values())
    told = [_closing(one[0]) for one in by_subject(facts)[:SOME]]
    return Telling(joined(f"{lead}.", *told))


def _closing(fact: RatingFact) -> str:
    said = closing(fact).removeprefix("; it ")
    if not said:
        return f"The tables do not say that {name(fact)} closed; its last rating was {published(fact)}."
    return sentence(f"{name(fact)} {said}; it was last rated {fact.rating or 'nothing'} ({published(fact)})")


def _ratings_of(facts: Sequence[RatingFact], *, moved: bool) -> str:
    what = for_what(facts[0].aspect, facts[0].service or WHOLE)
    before = [f", from {fact.previous_rating} before" if moved else "" for fact in facts]
    shown = [f"{fact.rating}{from_} ({published(fact)})" for fact, from_ in zip(facts, before, strict=True)]
    told = listed(shown[:_SHOWN], _SHOWN)
    return sentence(f"{name(facts[0])} was rated{what} {told}")
