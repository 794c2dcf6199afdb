"""Who fulfils something: how many, how their ratings split, and the names of some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.english import day, listed, number, published
from qa.answering.remarks import joined
from qa.answering.subjects import FEW, SOME, by_subject, statement
from qa.answering.wording import fixes_rating, predicate, scope_phrase, split_scope, subjects_of
from qa.facts.result import Result
from qa.question.query import EVERYTHING, Condition, Not, conjunction, parts_of
from qa.records import Figure, RatingFact

_TIMES = {2: "twice", 3: "three times"}


def counted(
    scope: Condition, total: int, result: Result, context: Context, most: int | None = None
) -> Telling:
    """How many of a scope there are, how their ratings split, and who: up to three names first, up to eight
    in all.

    ``most`` is how many of them the question wanted to see.
    """
    figure = count_figure(scope_phrase(scope, None, context), total)
    if not total:
        return Telling(f"{nobody(scope, context)}. {up_to(result, context)}", (figure,))
    lead = f"{number(total)} {'of ' if subjects_of(scope) else ''}{stated(scope, total, context)}"
    subjects = by_subject(result.facts)
    if len(subjects) != total:  # not all are given
        return Telling(joined(f"{lead}.", _some(subjects, most), up_to(result, context)), (figure,))
    split = sorted(_split(scope, result.facts), key=lambda one: _rank(one.label, context))
    if total <= FEW:
        return Telling(f"{lead}: {_few(subjects, not fixes_rating(scope), context)}.", (figure,))
    lead += _told(split, subjects, scope)
    who = f"They are {listed(_named(subjects))}." if total <= SOME else _some(subjects, None)
    return Telling(f"{lead}. {who} {up_to(result, context)}", (figure, *split))


def _named(subjects: Sequence[Sequence[RatingFact]]) -> list[str]:
    """The names, each once; where several subjects have one name, that they are several."""
    names = Counter(one[0].subject for one in subjects)
    return [
        f"{name} ({_TIMES.get(times, 'several times')})" if times > 1 else name
        for name, times in names.items()
    ]


def _some(subjects: Sequence[Sequence[RatingFact]], most: int | None) -> str:
    """Three of the names; all that were wanted where those are few."""
    if most == len(subjects) <= SOME:
        return f"The first are {listed(_named(subjects))}." if subjects else ""
    return f"Among them are {listed(_named(subjects[:FEW]))}." if subjects else ""


def _told(split: Sequence[Figure], subjects: Sequence[Sequence[RatingFact]], scope: Condition) -> str:
    """``: 6 Good and 5 Requires improvement``; ``: all Good``, where that is not what the question asked
    for."""
    if split:
        return f": {listed([f'{number(float(one.value))} {one.label}' for one in split])}"
    ratings = {fact.rating for one in subjects for fact in one}
    alone = all(len(one) == 1 for one in subjects) and len(ratings) == 1 and not fixes_rating(scope)
    return f": all {ratings.pop() or 'without a rating'}" if alone else ""


def _few(subjects: Sequence[Sequence[RatingFact]], rated: bool, context: Context) -> str:
    """``Oak House (Good, published 2 March 2020) and Elm House (…)``; one date of all, and a rating told
    already, once."""
    if any(len(one) > 1 for one in subjects):
        return "; ".join(statement(one, context) for one in subjects)
    facts = [one[0] for one in subjects]
    if not rated and (date := one_date(facts)):
        return f"{listed([fact.subject for fact in facts])} (published {day(date)})"
    rating = [f"{fact.rating or 'no rating'}, " if rated else "" for fact in facts]
    return listed(
        [f"{fact.subject} ({told}{published(fact)})" for fact, told in zip(facts, rating, strict=True)]
    )


def _split(scope: Condition, facts: Sequence[RatingFact]) -> list[Figure]:
    """How many there are of each rating, where they differ and the question did not ask for one."""
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.rating or "without a rating"] = counts.get(fact.rating or "without a rating", 0) + 1
    if fixes_rating(scope) or len(counts) < 2 or len({(fact.aspect, fact.service) for fact in facts}) > 1:
        return []
    return [count_figure(rating, count) for rating, count in counts.items()]


def _rank(rating: str, context: Context) -> tuple[int, str]:
    rank = context.scale.rank(rating)
    return (len(context.scale.ratings) if rank is None else rank, rating)


def stated(scope: Condition, count: int, context: Context) -> str:
    """A scope as subject and predicate: ``care homes in Leeds (council area) were rated Good``."""
    who, what = split_scope(scope)
    told = predicate(what, count, context)
    return f"{scope_phrase(who, count, context)} {told}".strip()


def nobody(scope: Condition, context: Context) -> str:
    """``None: no care home in Wem was rated Outstanding``; of named subjects
    ``Neither A nor B was rated Outstanding``."""
    who, what = split_scope(scope)
    named = subjects_of(scope)
    if named and named.labels:
        rest = conjunction(*(part for part in parts_of(scope) if part != named))
        return (
            none_of(named.labels, rest, context)
            if rest != EVERYTHING
            else f"Nothing is held of {listed(named.labels)}"
        )
    told = predicate(what, 1, context).replace("had no rating", "was without a rating", 1)
    return f"None: no {scope_phrase(who, 1, context)} {told or 'is held'}"


def none_of(names: Sequence[str], condition: Condition, context: Context) -> str:
    """``A was not rated Good``, ``Neither A nor B was rated Good``, ``None of A, B and C was rated Good``."""
    if len(names) == 1:
        return f"{names[0]} {predicate(Not(condition), 1, context)}"
    told = predicate(condition, 1, context)
    return (
        f"Neither {names[0]} nor {names[1]} {told}" if len(names) == 2 else f"None of {listed(names)} {told}"
    )


def unique(items: Sequence[str]) -> list[str]:
    """Return ``items`` in their order, each once."""
    return list(dict.fromkeys(items))
