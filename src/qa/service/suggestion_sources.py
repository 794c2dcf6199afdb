"""What suggestions are made from: names and values of a corpus, and Queries that have an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from qa.answering.context import Context
from qa.answering.editing import Offers
from qa.answering.natural import natural, only_meant
from qa.answering.stock import Stock
from qa.facts.of_one import tells_of_one
from qa.facts.run import run
from qa.language.tokens import key
from qa.question import query as q
from qa.question.vocabulary import Vocabulary

_SUGGESTED = 512  # Queries that are remembered with whether they have an answer
_FIRST = 3  # places of an owner that are suggested if it runs none of those asked about
_COMMON = 6  # values of a field that suggestions may name
Named: TypeAlias = Callable[[str, str], "q.Named | None"]


class SuggestionSources:
    """Makes the records that suggest and reword questions, from the tables behind a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary, self.facts, self.scale = vocabulary, vocabulary.store, vocabulary.scale

    def context(self) -> Context:
        """Return what the wording of answers needs to know about the tables."""
        labels: Mapping[tuple[str, tuple[str, ...]], str] = self.vocabulary.kinds.labels
        return Context(
            self.scale,
            self.facts.dates[1],
            self.vocabulary.kinds.noun,
            self.vocabulary.fields,
            self.vocabulary.key_questions,
            lambda field, values: labels.get((field, values)),
            not self.facts.view(self.scale).in_areas_only.any(),
        )

    def stock(
        self,
        context: Context,
        told: Callable[[str], str | None],
        named: Named,
    ) -> Stock:
        """Return what suggestions are made from. ``told`` returns the question "What do the reports say about
        …?", ``named`` who a name means, with the words after it that say where.
        """
        held = {rating.casefold() for rating in self.vocabulary.ratings}
        return Stock(
            lambda query: self._worded(query, context, named),
            lru_cache(_SUGGESTED)(self._holds),
            self._common(),
            tuple(rating for rating in self.scale.ratings if rating.casefold() in held),
            context.aspects,
            self.vocabulary.historic,
            first=lru_cache(_SUGGESTED)(self._first),
            told=told,
            named=lambda typed: named(typed, ""),
            history=self.vocabulary.history,
        )

    def _worded(self, query: q.Query, context: Context, named: Named) -> str | None:
        """Word a Query as a question. Its name is looked up only if the rest can be worded."""
        if natural(query, context) is None:
            return None
        return natural(
            only_meant(query, lambda name, where: self._only(name, where, named), self.facts.subjects),
            context,
        )

    def _only(self, name: str, where: str, named: Named) -> q.Named | None:
        """Return who a name means; nobody, without looking further, if several have just this name."""
        return None if not where and len(self.vocabulary.names.bearers(name)) > 1 else named(name, where)

    def offers(self, stock: Stock) -> Offers:
        """Return what the parts of a Query can be changed to."""
        kinds = [one for one in self.vocabulary.kinds.labelled.values() if isinstance(one, q.Is)]
        held = [kind for kind in kinds if stock.holds(q.Query(kind))]
        return Offers(stock.common, held, stock.ratings, stock.aspects, self._namesakes)

    def _holds(self, query: q.Query) -> bool:
        """Whether a Query is worth asking: "which has the most?" needs several to choose from."""
        if query.by and query.ranks:
            groups = run(replace(query, order=None, ranks=None), self.facts, self.scale, limit=2).groups
            return len(groups) > 1
        if (tells := tells_of_one(query, self.facts, self.scale)) is not None:
            return tells
        told = 1 if query.claim or query.against else 0  # facts beyond these are only counted
        found = run(query, self.facts, self.scale, limit=told)
        return found.total > (1 if isinstance(query.measure, q.Events) else 0) and not found.missing

    def _first(self, query: q.Query) -> tuple[str, ...]:
        """Return the names of the first few places that a Query lists."""
        return tuple(
            dict.fromkeys(fact.subject for fact in run(query, self.facts, self.scale, limit=_FIRST).facts)
        )

    def _namesakes(self, field: str, value: str) -> tuple[q.Is, ...]:
        """The places in other columns with the name ``value``."""
        fields = self.vocabulary.place_fields
        others = (
            ((one, self.vocabulary.value_of(one, key(value))) for one in fields if one != field)
            if field in fields
            else ()
        )
        return tuple(q.Is(one, (called,)) for one, called in others if called)

    def _common(self) -> dict[str, tuple[str, ...]]:
        """The commonest values of each kind of place, the commonest first."""
        names = [
            name for name in ("local_authority", "region", "town") if name in self.vocabulary.field_names
        ]
        counted = {
            name: run(q.Query(measure=q.Count(), by=(name,)), self.facts, self.scale, limit=_COMMON)
            for name in names
        }
        return {name: tuple(group.labels[0] for group in found.groups) for name, found in counted.items()}
