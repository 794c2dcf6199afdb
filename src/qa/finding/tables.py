"""A question's slots → queries over the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qa.facts import AspectRatings, Condition, FactQuery, FactStore
from qa.finding.findings import Findings
from qa.scale import Scale
from qa.understanding import Question, Vocabulary
from qa.understanding.question import AskedRating

MOST_FACTS = 50


_OR = re.compile(r"\bor\b", re.I)
_PAST = re.compile(r"\b(?:was|were|had)\b", re.I)


SIGNS = {"up": (1,), "down": (-1,), "unchanged": (0,), "changed": (1, -1)}


@dataclass(frozen=True, slots=True)
class Tables:
    """Reads slots as queries."""

    vocabulary: Vocabulary
    documents: tuple[str, ...] | None = None  # the tables to use; ``None`` for all

    @property
    def store(self) -> FactStore:
        """The loaded facts."""
        return self.vocabulary.store

    @property
    def scale(self) -> Scale:
        """The scale that they are rated on."""
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
            aspect=aspect_of(question),
            since=question.period.since if question.period else None,
            until=question.period.until if question.period else None,
            inherited=True if question.asks("inherited") else None,
            documents=self.documents,
        )
        return self._rated(query, question) if rated else query

    def conditions(self, question: Question) -> tuple[Condition, ...]:
        """Return the filters of place, kind and provider: one field's values are alternatives, different fields all hold."""
        found = [place.condition for place in question.places]
        found += [replace(place.condition, negated=True) for place in question.outside]
        found += [condition for kind in question.kinds if (condition := self.vocabulary.kind_condition(kind))]
        found += [Condition("provider", (provider,)) for provider in question.providers]
        return merged(found)

    def _rated(self, query: FactQuery, question: Question) -> FactQuery:
        """Add the ratings and changes asked for. "That were RI", with no word of time, is of before where nobody is so now."""
        for asked in question.ratings:
            ratings = self.expanded(asked)
            query = replace(query, also=(*query.also, *(AspectRatings(aspect, ratings) for aspect in _both(question, asked))))
            if asked.role == "before" and self.historic:
                query = replace(query, previous=ratings)
            elif asked.aspect and asked.aspect != query.aspect:
                query = replace(query, also=(*query.also, AspectRatings(asked.aspect, ratings)))
            else:
                query = replace(query, ratings=(*query.ratings, *ratings))
                if asked.role is None and self.historic and _PAST.search(question.text) and not self.store.count(query):
                    query = replace(query, ratings=(), previous=ratings)
        signs = next((SIGNS[cue] for cue in ("unchanged", "down", "up", "changed") if question.asks(cue)), ())
        if signs and self.historic and not (query.previous and signs == SIGNS["unchanged"]):  # "stuck on good before"
            query = replace(query, changes=signs)
        return query

    def expanded(self, asked: AskedRating) -> tuple[str, ...]:
        """Return the ratings meant: of a negated one, the others of the scale."""
        return tuple(rating for rating in self.scale.ratings if rating not in asked.ratings) if asked.negated else asked.ratings

    def found(self, query: FactQuery) -> Findings:
        """Return the facts of a query, at most fifty of them, and how many there are."""
        facts = self.store.find(query, MOST_FACTS)
        return Findings(facts, self.store.count(query) if len(facts) == MOST_FACTS else len(facts))


def _both(question: Question, asked: AskedRating) -> list[str]:
    """Other aspects that the only rating asked for is of, too: "good for both safe and effective"."""
    if len(question.ratings) > 1 or asked.role == "before" or asked.aspect is None or _OR.search(question.text):
        return []
    return [aspect for aspect in question.aspects if aspect != asked.aspect]


def merged(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return the conditions with one a field, its values the union."""
    values: dict[tuple[str, bool], tuple[str, ...]] = {}
    for condition in conditions:
        told = (condition.field, condition.negated)
        values[told] = tuple(dict.fromkeys((*values.get(told, ()), *condition.values)))
    return tuple(Condition(field, held, negated) for (field, negated), held in values.items())


def aspect_of(question: Question) -> str:
    """Return the aspect that is asked about: the whole where it is named beside another."""
    told = [asked.aspect for asked in question.ratings if asked.aspect]
    beside = bool(told) and len(told) < len(question.ratings)  # a rating of the whole beside one of an aspect
    if "Overall" in question.aspects or beside or (len(set(told)) > 1 and "Overall" in told):
        return "Overall"
    return (told or list(question.aspects) or ["Overall"])[0]
