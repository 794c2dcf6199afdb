"""Question + FactStore → Findings: the facts and figures that an answer about ratings rests on, all computed by the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qa.facts import AspectRatings, Condition, FactQuery, FactStore
from qa.records import RatingFact
from qa.scale import Scale
from qa.understanding import Question, Vocabulary
from qa.understanding.question import AskedRating, Named

MOST_FACTS = 50
_MOST_GROUPS = 200
_PAST = re.compile(r"\b(?:was|were|had)\b", re.I)
_SIGNS = {"up": (1,), "down": (-1,), "unchanged": (0,), "changed": (1, -1)}


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a comparison or ranking: its name, how many it counts, and of how many where it is a share."""

    label: str
    number: int
    whole: int | None = None

    @property
    def value(self) -> float:
        """The count, or the percentage with one decimal."""
        return self.number if self.whole is None else percent(self.number, self.whole)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the tables say. ``missing`` names why nothing could be found, for the text to explain."""

    facts: tuple[RatingFact, ...] = ()
    total: int = 0
    groups: tuple[Group, ...] = ()
    whole: int | None = None  # of a share: the locations that hold a rating; of a check: all that were looked at
    verdict: bool | None = None
    exceptions: tuple[RatingFact, ...] = ()
    ambiguous: Named | None = None
    missing: str | None = None
    detail: str = ""


def percent(part: int, whole: int) -> float:
    """Return 100 × part / whole to one decimal; 0 where there is no whole."""
    return round(100 * part / whole, 1) if whole else 0.0


def find(question: Question, vocabulary: Vocabulary) -> Findings:
    """Return what the tables hold for ``question``; its intent picks the finder."""
    finder = _FINDERS.get(question.intent)
    if finder is None:
        return Findings()
    return _refusal(question, vocabulary) or finder(question, _Tables(vocabulary))


def _refusal(question: Question, vocabulary: Vocabulary) -> Findings | None:
    """Say why the tables can't answer, before anything is computed."""
    if question.unknown and (not (question.named or question.providers) or (question.intent == "compare" and len(question.named) < 2)):
        return Findings(missing="unknown", detail=", ".join(question.unknown))
    if "future" in question.unheld:
        return Findings(missing="future")
    aspects = [aspect for aspect in question.aspects if aspect not in vocabulary.aspects]
    if aspects:
        return Findings(missing="aspect", detail=aspects[0])
    if question.intent in ("count", "share", "rank", "list", "compare") and not question.named:
        unheld = [kind.unheld for kind in question.kinds if kind.unheld]
        if unheld:
            return Findings(missing="kind", detail=unheld[0])
    return None


@dataclass(frozen=True, slots=True)
class _Tables:
    vocabulary: Vocabulary

    @property
    def store(self) -> FactStore:
        return self.vocabulary.store

    @property
    def scale(self) -> Scale:
        return self.vocabulary.scale

    @property
    def historic(self) -> bool:
        """Whether any rating before is known, so that "before" and "after" mean something."""
        return bool(self.vocabulary.previous_ratings)

    def query(self, question: Question, *, rated: bool = True) -> FactQuery:
        """Return the query that the slots stand for; without the ratings asked for where not ``rated``."""
        query = FactQuery(
            subjects=tuple(number for one in question.named for number in one.subjects),
            conditions=self.conditions(question),
            service=question.services[0] if question.services else "Overall",
            aspect=_aspect(question),
            since=question.period.since if question.period else None,
            until=question.period.until if question.period else None,
            inherited=True if question.asks("inherited") else None,
        )
        return self._rated(query, question) if rated else query

    def conditions(self, question: Question) -> tuple[Condition, ...]:
        """Return the filters of place, kind and provider: one field's values are alternatives, different fields all hold."""
        found = [place.condition for place in question.places]
        found += [condition for kind in question.kinds if (condition := self.vocabulary.kind_condition(kind))]
        found += [Condition("provider", (provider,)) for provider in question.providers]
        return merged(found)

    def _rated(self, query: FactQuery, question: Question) -> FactQuery:
        """Add the ratings and changes asked for. "That were RI", with no word of time, is of before where nobody is so now."""
        for asked in question.ratings:
            ratings = self.expanded(asked)
            if asked.role == "before" and self.historic:
                query = replace(query, previous=ratings)
            elif asked.aspect and asked.aspect != query.aspect:
                query = replace(query, also=(*query.also, AspectRatings(asked.aspect, ratings)))
            else:
                query = replace(query, ratings=(*query.ratings, *ratings))
                if asked.role is None and self.historic and _PAST.search(question.text) and not self.store.count(query):
                    query = replace(query, ratings=(), previous=ratings)
        signs = next((_SIGNS[cue] for cue in ("unchanged", "down", "up", "changed") if question.asks(cue)), ())
        if signs and self.historic and not (query.ratings or query.previous):
            query = replace(query, changes=signs)
        return query

    def expanded(self, asked: AskedRating) -> tuple[str, ...]:
        """Return the ratings meant: of a negated one, the others of the scale."""
        return tuple(rating for rating in self.scale.ratings if rating not in asked.ratings) if asked.negated else asked.ratings

    def found(self, query: FactQuery) -> Findings:
        """Return the facts of a query, at most fifty of them, and how many there are."""
        facts = self.store.find(query, MOST_FACTS)
        return Findings(facts, self.store.count(query) if len(facts) == MOST_FACTS else len(facts))


def merged(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions with one a field, its values the union."""
    values: dict[str, tuple[str, ...]] = {}
    for condition in conditions:
        values[condition.field] = tuple(dict.fromkeys((*values.get(condition.field, ()), *condition.values)))
    return tuple(Condition(field, held) for field, held in values.items())


def _aspect(question: Question) -> str:
    told = [asked.aspect for asked in question.ratings if asked.aspect]
    if "Overall" in question.aspects or (len(set(told)) > 1 and "Overall" in told):
        return "Overall"
    return (told or list(question.aspects) or ["Overall"])[0]


# One finder an intent -----------------------------------------------------------------------------------------------


def _subjects(question: Question, tables: _Tables) -> Findings:
    """The facts of the named subjects, in the order named."""
    facts: list[RatingFact] = []
    for one in question.named:
        if len(one.subjects) > 1:
            return _candidates(question, one, tables)
        found = tables.store.find(tables.query(replace(question, named=(one,), places=(), kinds=()), rated=False))
        if not found:
            return _unrated(question, one, tables)
        facts += found
    unique = tuple({fact.id: fact for fact in facts}.values())
    return Findings(unique, len(unique))


def _candidates(question: Question, one: Named, tables: _Tables) -> Findings:
    narrow, wide = replace(question, named=(one,)), replace(question, named=(one,), places=(), kinds=())
    found = tables.found(tables.query(narrow, rated=False))
    if not found.facts:
        found = tables.found(tables.query(wide, rated=False))
    if not found.facts:
        return _unrated(question, one, tables)
    return replace(found, ambiguous=one) if found.total > 1 else found


def _unrated(question: Question, one: Named, tables: _Tables) -> Findings:
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


def _list(question: Question, tables: _Tables) -> Findings:
    return tables.found(tables.query(question))


def _count(question: Question, tables: _Tables) -> Findings:
    found = tables.found(tables.query(question))
    several = [Group(place.value, tables.store.count(tables.query(replace(question, places=(place,))))) for place in question.places]
    if question.group == "rating":
        return replace(found, groups=_groups(tables.store.groups(tables.query(question), "rating")))
    if question.group and question.group in tables.vocabulary.fields and not question.asks("most", "least"):
        return replace(found, groups=_groups(tables.store.groups(tables.query(question), question.group)))
    return replace(found, groups=tuple(several) if len(several) > 1 and len({place.field for place in question.places}) == 1 else ())


def _groups(counted: Iterable[tuple[str, int]]) -> tuple[Group, ...]:
    return tuple(Group(label, number) for label, number in counted)


def _share(question: Question, tables: _Tables) -> Findings:
    query = tables.query(question)
    if query.inherited:
        whole = tables.store.count(replace(query, inherited=None))
    else:
        whole = tables.store.count(replace(tables.query(question, rated=False), ratings=tables.scale.ratings))
    return replace(tables.found(query), whole=whole)


def _rollup(question: Question, tables: _Tables) -> Findings:
    everything = tables.query(question, rated=False)
    counts = dict(tables.store.groups(everything, "rating"))
    found = tables.found(tables.query(question))
    if not question.ratings:
        found = tables.found(everything)
    return replace(found, whole=tables.store.count(everything), groups=_groups(_in_scale_order(counts, tables.scale)))


def _in_scale_order(counts: dict[str, int], scale: Scale) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (rank if (rank := scale.rank(item[0])) is not None else 99, item[0]))


def _compare(question: Question, tables: _Tables) -> Findings:
    if question.named:
        return _subjects(question, tables)
    parts = [(place.value, replace(question, places=(place,))) for place in question.places] if len(question.places) > 1 else []
    parts = parts or [(provider, replace(question, providers=(provider,))) for provider in question.providers]
    groups = [_figure(label, part, tables) for label, part in parts]
    return _ranked(question, groups, [part for _, part in parts], tables)


def _figure(label: str, question: Question, tables: _Tables) -> Group:
    number = tables.store.count(tables.query(question))
    if not question.asks("share") and not question.asks("better", "worse", "best", "worst"):
        return Group(label, number)
    if not question.ratings:  # which does better: by its share of the two best ratings
        number = tables.store.count(replace(tables.query(question), ratings=tables.scale.ratings[:2]))
    return Group(label, number, tables.store.count(replace(tables.query(question, rated=False), ratings=tables.scale.ratings)))


def _ranked(question: Question, groups: Sequence[Group], parts: Sequence[Question], tables: _Tables) -> Findings:
    """Order the groups, the asked-for end first, and give the winners' facts."""
    low = question.asks("least", "worse", "worst") and not question.asks("most")
    order = sorted(zip(groups, parts, strict=True), key=lambda pair: (pair[0].value if low else -pair[0].value, pair[0].label))
    winners = [part for group, part in order if group.value == order[0][0].value] if order else []
    facts = [fact for part in winners for fact in tables.store.find(tables.query(part), MOST_FACTS)][:MOST_FACTS]
    total = sum(tables.store.count(tables.query(part)) for part in winners)
    return Findings(tuple(facts), total, tuple(group for group, _ in order))


def _rank(question: Question, tables: _Tables) -> Findings:
    if not question.group or question.group not in tables.vocabulary.fields:
        return _best(question, tables)
    query = tables.query(question)
    low = question.asks("least", "worst") and not question.asks("most")
    groups = _counted(question, tables, question.group, low=low)
    groups.sort(key=lambda group: (group.value if low else -group.value, group.label))
    groups = groups[: max(question.top, 1) if question.top > 1 else None]
    if not groups:
        return Findings()
    winners = [group.label for group in groups if group.value == groups[0].value] if question.top == 1 else [group.label for group in groups]
    facts = tables.found(replace(query, conditions=merged([*query.conditions, Condition(question.group, tuple(winners))])))
    return replace(facts, groups=tuple(groups[:20]))


def _counted(question: Question, tables: _Tables, field: str, *, low: bool) -> list[Group]:
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


def _best(question: Question, tables: _Tables) -> Findings:
    """The best or the worst rating that any subject of the scope holds, and who holds it."""
    query = tables.query(question, rated=False)
    held = {rating for rating, _ in tables.store.groups(query, "rating")}
    order = tables.scale.ratings if not question.asks("worst") else tuple(reversed(tables.scale.ratings))
    rating = next((rating for rating in order if rating.casefold() in {one.casefold() for one in held}), None)
    return tables.found(replace(query, ratings=(rating,))) if rating else Findings()


def _check(question: Question, tables: _Tables) -> Findings:
    return _check_named(question, tables) if question.named else _check_scope(question, tables)


def _check_named(question: Question, tables: _Tables) -> Findings:
    found = _subjects(question, tables)
    if found.ambiguous or found.missing:
        return found
    return replace(found, verdict=all(_holds(question, fact, tables) for fact in found.facts))


def _holds(question: Question, fact: RatingFact, tables: _Tables) -> bool:
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
            return before is not None and after is not None and _sign(before - after) in _SIGNS[cue]
    return after is not None and after <= 1  # "is it safe?": as CQC's users count, Good or Outstanding


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _check_scope(question: Question, tables: _Tables) -> Findings:
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


_FINDERS: dict[str, Callable[[Question, _Tables], Findings]] = {
    "lookup": _subjects,
    "when": _subjects,
    "attribute": _subjects,
    "check": _check,
    "list": _list,
    "count": _count,
    "share": _share,
    "rollup": _rollup,
    "compare": _compare,
    "rank": _rank,
}
