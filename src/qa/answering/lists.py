"""Words lists of subjects: how many there are, how their ratings split, and some of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.distances import away, with_distance
from qa.answering.english import listed, number, published
from qa.answering.rating_phrases import for_what
from qa.answering.remarks import joined
from qa.answering.subjects import FEW, SOME, by_subject, statement
from qa.answering.wording import (
    condition_phrase,
    fixes_rating,
    predicate,
    scope_phrase,
    shares_names,
    split_scope,
    subjects_of,
    undenied,
)
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.areas import areas_of
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Condition,
    Not,
    Published,
    Query,
    Rated,
    RatedAgainst,
    RatedFor,
    conjunction,
    parts_of,
)
from qa.records import Figure, RatingFact

NAMING = ("They are", "The nearest are", "The first are", "Among them are")  # before some of the names
_TIMES = {2: "twice", 3: "three times"}


def counted(
    scope: Condition, total: int, result: Result, context: Context, most: int | None = None
) -> Telling:
    """Count the subjects of a scope, split by rating, and name some: up to three first, up to ten in all.

    ``most`` is the number that the question wanted to see.
    """
    figure = count_figure(scope_phrase(scope, None, context), total)
    if not total:
        return Telling(f"{nobody(scope, context)}. {up_to(result, context)}", (figure,))
    lead = _lead(scope, total, context)
    subjects, far = by_subject(result.facts), away(Query(scope), result)
    if len(subjects) != total:  # not all are given
        return Telling(joined(f"{lead}.", _some(subjects, most, far), up_to(result, context)), (figure,))
    past = bool(result.history) or _by_before(scope)
    split = sorted(_split(scope, result.facts, context), key=lambda one: _rank(one.label, context))
    if total <= FEW:
        rated = not _fixed(scope, result.facts)
        return Telling(f"{lead}: {_few(scope, subjects, rated, context, past, far)}.", (figure,))
    lead += _told(split, subjects, scope, context, "now " if past else "")
    if len({one[0].subject for one in subjects}) == 1:  # if they share one name, the text gives it
        return Telling(joined(f"{lead}.", up_to(result, context)), (figure, *split))
    who = f"They are {listed(_named(subjects, far))}." if total <= SOME else _some(subjects, None, far)
    return Telling(f"{lead}. {who} {up_to(result, context)}", (figure, *split))


def each_dated(scope: Condition, result: Result, context: Context) -> Telling:
    """State how many a scope has, and the date of each one's rating."""
    subjects = by_subject(result.facts)
    figure = count_figure(scope_phrase(scope, None, context), result.total)
    told = _few(scope, subjects, not _fixed(scope, result.facts), context, False, {})
    return Telling(f"{_lead(scope, result.total, context)}: {told}.", (figure,))


def _lead(scope: Condition, total: int, context: Context) -> str:
    """Count the subjects of a scope, or of the named ones. ``1 of the 13 homes called Elm House was rated
    Good``.
    """
    named = subjects_of(scope)
    if not shares_names(named):
        return f"{number(total)} {'of ' if named else ''}{stated(scope, total, context)}"
    held = len(named.labels) if named else total
    who, what = split_scope(scope)
    of = f" of the {number(held)}" if total < held else ""
    whom = scope_phrase(who, None if of else total, context)
    return f"{number(total)}{of} {whom} {predicate(what, total, context)}".strip()


def _named(subjects: Sequence[Sequence[RatingFact]], far: Mapping[str, str]) -> list[str]:
    """Return the names, each once; if several subjects share one name, their number. With distances each name
    has its own.
    """
    if far:
        return [with_distance(one[0].subject, one[0], far) for one in subjects]
    names = Counter(one[0].subject for one in subjects)
    return [
        f"{name} ({_TIMES.get(times, 'several times')})" if times > 1 else name
        for name, times in names.items()
    ]


def _some(subjects: Sequence[Sequence[RatingFact]], most: int | None, far: Mapping[str, str]) -> str:
    """Return three of the names, the nearest if the question asks for distances; or all that were wanted, if
    those are few.
    """
    lead = (
        "The nearest are" if far else "The first are" if most == len(subjects) <= SOME else "Among them are"
    )
    told = subjects if most == len(subjects) <= SOME else subjects[:FEW]
    return f"{lead} {listed(_named(told, far))}." if told else ""


def _told(
    split: Sequence[Figure],
    subjects: Sequence[Sequence[RatingFact]],
    scope: Condition,
    context: Context,
    now: str,
) -> str:
    """The split by rating, ``: 6 Good and 5 Requires improvement`` or ``: all Good``; omitted if the question
    fixed the rating. ``now`` is added before it if the question is about the past."""
    facts = [fact for one in subjects for fact in one]
    what = "".join(unique(_apart(scope, fact) for fact in facts))
    if split:
        return f": {now}{listed([f'{number(float(one.value))} {one.label}' for one in split])}{what}"
    if told := _for_each(scope, facts, context):
        return f": {told}"
    ratings = {fact.rating for fact in facts}
    if len(ratings) != 1 or len(facts) > len(subjects) or _fixed(scope, facts):
        return ""
    return f": {now}all {ratings.pop() or 'without a rating'}{what}"


def _for_each(scope: Condition, facts: Sequence[RatingFact], context: Context) -> str:
    """The split of several ratings of each subject, ``10 Good for Safe, 9 Good and 1 Outstanding for
    Caring``; empty if only one is asked for, or the question gives the ratings."""
    held = unique([fact.aspect for fact in facts])
    if len(held) < 2 or not context.rates_whole or any(isinstance(one, Rated) for one in parts_of(scope)):
        return ""
    found = []
    for aspect in held:
        counts = Counter(fact.rating or "without a rating" for fact in facts if fact.aspect == aspect)
        split = [
            f"{number(counts[one])} {one}" for one in sorted(counts, key=lambda one: _rank(one, context))
        ]
        found.append(f"{listed(split)}{for_what(aspect, WHOLE)}")
    return "; ".join(found)


def _by_before(scope: Condition) -> bool:
    """True if the scope compares with a subject's previous rating, so that the ratings shown are the present
    ones."""
    return any(isinstance(part, RatedAgainst) and part.before for part in parts_of(scope))


def _fixed(scope: Condition, facts: Sequence[RatingFact]) -> bool:
    """True if the scope allows only the one rating that is shown."""
    return fixes_rating(scope) and not any(_apart(scope, fact) for fact in facts)


def _apart(scope: Condition, fact: RatingFact) -> str:
    """Return what a rating is for, if the scope does not say it: "for Safe" after "good homes" or "all
    homes"."""
    parts = [undenied(part) for part in parts_of(scope)]
    known = {WHOLE, *(getattr(part, "aspect", WHOLE) for part in parts)}
    known |= {name for part in parts if isinstance(part, RatedFor) for name in part.aspects}
    services = {None, *(getattr(part, "service", WHOLE) for part in parts)}
    aspect = WHOLE if fact.aspect in known else fact.aspect
    return for_what(aspect, WHOLE if fact.service in services else fact.service or WHOLE)


def _few(
    scope: Condition,
    subjects: Sequence[Sequence[RatingFact]],
    rated: bool,
    context: Context,
    past: bool,
    far: Mapping[str, str],
) -> str:
    """``Oak House (Good, published 2 March 2020) and Elm House (…)``; a date or rating that all share is
    given once.
    """
    if any(len(one) > 1 for one in subjects):
        return "; ".join(statement(one, context) for one in subjects)
    facts = [one[0] for one in subjects]
    if not rated and not far and (date := one_date(facts)):
        return f"{listed([fact.subject for fact in facts])} (published {long_date(date)})"
    return listed([_in_brackets(scope, fact, rated, context, past, far) for fact in facts])


def _in_brackets(
    scope: Condition, fact: RatingFact, rated: bool, context: Context, past: bool, far: Mapping[str, str]
) -> str:
    """``Oak House (1.2 miles, now Good, published 2 March 2020)``."""
    miles = f"{far[fact.id]}, " if fact.id in far else ""
    if not rated:
        return f"{fact.subject} ({miles}{published(fact)})"
    what = _apart(scope, fact) or _area(fact, context)
    rating = f"{'now ' if past else ''}{fact.rating or 'no rating'}{what}"
    return f"{fact.subject} ({miles}{rating}, {published(fact)})"


def _area(fact: RatingFact, context: Context) -> str:
    """Return what a rating is for, if no table has overall ratings."""
    return "" if context.rates_whole else for_what(fact.aspect, WHOLE)


def _split(scope: Condition, facts: Sequence[RatingFact], context: Context) -> list[Figure]:
    """Count the subjects of each rating, if they differ, the question did not fix one, and the ratings are
    overall ones.
    """
    if not context.rates_whole and any(fact.aspect not in {WHOLE, *areas_of(scope)} for fact in facts):
        return []
    counts: dict[str, int] = {}
    for fact in facts:
        counts[fact.rating or "without a rating"] = counts.get(fact.rating or "without a rating", 0) + 1
    if _fixed(scope, facts) or len(counts) < 2 or len({(fact.aspect, fact.service) for fact in facts}) > 1:
        return []
    return [count_figure(rating, count) for rating, count in counts.items()]


def _rank(rating: str, context: Context) -> tuple[int, str]:
    rank = context.scale.rank(rating)
    return (len(context.scale.ratings) if rank is None else rank, rating)


def stated(scope: Condition, count: int, context: Context) -> str:
    """Word a scope as subject and predicate: ``care homes in Leeds (council area) were rated Good``."""
    who, what = split_scope(scope)
    told = predicate(what, count, context)
    return f"{scope_phrase(who, count, context)} {told}".strip()


def nobody(scope: Condition, context: Context) -> str:
    """``None: no care home in Wem was rated Outstanding``; for named subjects ``Neither A nor B was rated
    Outstanding``.
    """
    who, what = split_scope(scope)
    named = subjects_of(scope)
    if named and named.labels:
        rest = conjunction(*(part for part in parts_of(scope) if part != named))
        if rest == EVERYTHING:
            return f"The tables have nothing about {listed(named.labels)}"
        if isinstance(rest, Published):  # no table says that they had none then
            then = condition_phrase(rest, context).removeprefix("with a rating ")
            return f"The tables have no rating of {listed(named.labels)} {then}"
        return none_of(named.labels, rest, context)
    told = predicate(what, 1, context).replace("had no rating", "was without a rating", 1)
    return f"None: no {scope_phrase(who, 1, context)} {told or 'is in the tables'}"


def none_of(names: Sequence[str], condition: Condition, context: Context) -> str:
    """``A was not rated Good``, ``Neither A nor B was rated Good``, ``None of A, B and C was rated Good``."""
    if len(names) == 1:
        return f"{names[0]} {predicate(Not(condition), 1, context)}"
    told = predicate(condition, 1, context)
    if len({*names}) < len(names):
        return f"None of the {number(len(names))} called {listed(unique(names))} {told}"
    return (
        f"Neither {names[0]} nor {names[1]} {told}" if len(names) == 2 else f"None of {listed(names)} {told}"
    )


def unique(items: Iterable[str]) -> list[str]:
    """Return ``items`` in their order, each once."""
    return list(dict.fromkeys(items))
