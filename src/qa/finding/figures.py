"""Finders of figures: counts, shares, roll-ups, comparisons and rankings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.facts import Condition
from qa.finding.findings import Findings, Group
from qa.finding.subjects import subjects
from qa.finding.tables import MOST_FACTS, Tables
from qa.scale import Scale
from qa.understanding import Question

_MOST_GROUPS = 200


def count(question: Question, tables: Tables) -> Findings:
    """How many, by place where several are named or by group where that is asked."""
    found = tables.found(tables.query(question))
    several = [Group(place.value, tables.store.count(tables.query(replace(question, places=(place,))))) for place in question.places]
    if question.group == "rating":
        return replace(found, groups=_groups(tables.store.groups(tables.query(question), "rating")))
    if question.group and question.group in tables.vocabulary.fields and not question.asks("most", "least"):
        return replace(found, groups=_groups(tables.store.groups(tables.query(question), question.group)))
    return replace(found, groups=tuple(several) if len(several) > 1 and len({place.field for place in question.places}) == 1 else ())


def _groups(counted: Iterable[tuple[str, int]]) -> tuple[Group, ...]:
    return tuple(Group(label, number) for label, number in counted)


def share(question: Question, tables: Tables) -> Findings:
    """What share of the locations that hold one of the scale's ratings."""
    query = tables.query(question)
    if not (query.ratings or query.previous or query.changes or query.inherited or query.since or query.until or query.also):
        query = replace(query, ratings=tables.scale.ratings)  # a share is of those that hold a rating, whatever of them is meant
    if query.inherited:
        whole = tables.store.count(replace(query, inherited=None))
    else:
        whole = tables.store.count(replace(tables.query(question, rated=False), ratings=tables.scale.ratings))
    return replace(tables.found(query), whole=whole)


def rollup(question: Question, tables: Tables) -> Findings:
    """A provider's locations, by rating."""
    everything = tables.query(question, rated=False)
    if not tables.store.count(everything):
        return Findings(missing="row", detail=question.providers[0])
    counts = dict(tables.store.groups(everything, "rating"))
    found = tables.found(tables.query(question))
    if not question.ratings:
        found = tables.found(everything)
    return replace(found, whole=tables.store.count(everything), groups=_groups(_in_scale_order(counts, tables.scale)))


def _in_scale_order(counts: dict[str, int], scale: Scale) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (rank if (rank := scale.rank(item[0])) is not None else 99, item[0]))


def compare(question: Question, tables: Tables) -> Findings:
    """Subjects beside each other, or the figures of several places or providers, the winner first."""
    if question.named:
        return subjects(question, tables)
    parts = [(place.value, replace(question, places=(place,))) for place in question.places] if len(question.places) > 1 else []
    parts = parts or [(provider, replace(question, providers=(provider,))) for provider in question.providers]
    groups = [_figure(label, part, tables) for label, part in parts]
    return _ranked(question, groups, [part for _, part in parts], tables)


def _figure(label: str, question: Question, tables: Tables) -> Group:
    number = tables.store.count(tables.query(question))
    if not question.asks("share") and not question.asks("better", "worse", "best", "worst"):
        return Group(label, number)
    if not question.ratings:  # which does better: by its share of the two best ratings
        number = tables.store.count(replace(tables.query(question), ratings=tables.scale.ratings[:2]))
    return Group(label, number, tables.store.count(replace(tables.query(question, rated=False), ratings=tables.scale.ratings)))


def _ranked(question: Question, groups: Sequence[Group], parts: Sequence[Question], tables: Tables) -> Findings:
    """Order the groups, the asked-for end first, and give the winners' facts."""
    low = question.asks("least", "worse", "worst") and not question.asks("most")
    order = sorted(zip(groups, parts, strict=True), key=lambda pair: (pair[0].value if low else -pair[0].value, pair[0].label))
    winners = [part for group, part in order if group.value == order[0][0].value] if order else []
    facts = [fact for part in winners for fact in tables.store.find(tables.query(part), MOST_FACTS)][:MOST_FACTS]
    total = sum(tables.store.count(tables.query(part)) for part in winners)
    return Findings(tuple(facts), total, tuple(group for group, _ in order))


def rank(question: Question, tables: Tables) -> Findings:
    """Which places, providers or kinds have most or fewest; without a group, who is rated best or worst."""
    if question.asks("oldest", "newest"):
        return _by_date(question, tables)
    if not question.group or question.group not in tables.vocabulary.fields:
        return _best(question, tables)
    query = tables.query(question)
    low = question.asks("least", "worst") and not question.asks("most")
    groups = _counted(question, tables, question.group, low=low)
    groups.sort(key=lambda group: (group.value if low else -group.value, group.label))
    groups = groups[: max(question.top, 1) if question.top > 1 else None]
    if not groups:
        return Findings()
    winners = (
        [group.label for group in groups if group.value == groups[0].value] if question.top == 1 else [group.label for group in groups]
    )
    facts = tables.found(
        replace(
            query, conditions=(*(one for one in query.conditions if one.field != question.group), Condition(question.group, tuple(winners)))
        )
    )
    return replace(facts, groups=tuple(groups[:20]))


def _counted(question: Question, tables: Tables, field: str, *, low: bool) -> list[Group]:
    """Count by ``field``: those of none too where the fewest are wanted, and each with its whole where shares are."""
    query, everything = tables.query(question), tables.query(question, rated=False)
    if question.asks("share"):
        counted = dict(tables.store.groups(query, field))
        wholes = tables.store.groups(replace(everything, ratings=tables.scale.ratings), field)
        return [Group(label, counted.get(label, 0), whole) for label, whole in wholes]
    if low:
        counted = dict(tables.store.groups(query, field))
        return [Group(label, counted.get(label, 0)) for label, _ in tables.store.groups(everything, field)]
    return [Group(label, number) for label, number in tables.store.groups(query, field, _MOST_GROUPS)]


def _by_date(question: Question, tables: Tables) -> Findings:
    """Who holds the rating with the oldest or the newest date of publication."""
    query = tables.query(question)
    oldest, newest = tables.store.span(query)
    date = newest if question.asks("newest") else oldest
    if date is None:
        return Findings()
    day = replace(query, since=date, until=date + datetime.timedelta(days=1))
    return replace(tables.found(day), detail="newest" if question.asks("newest") else "oldest")


def _best(question: Question, tables: Tables) -> Findings:
    """The best or the worst rating that any subject of the scope holds, or held before, and who does."""
    query = tables.query(question, rated=False)
    before = question.asks("before") and not question.asks("after") and tables.historic
    for rating in tables.scale.ratings if not question.asks("worst") else reversed(tables.scale.ratings):
        holding = replace(query, previous=(rating,)) if before else replace(query, ratings=(rating,))
        if tables.store.count(holding):
            return replace(tables.found(holding), detail=f"{rating} before" if before else rating)
    return Findings()
