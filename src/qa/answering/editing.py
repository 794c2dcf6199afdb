"""A Query part by part: a label for each part in a few words, the Query without the part, and the Queries
with something else in its place.

    >>> [part.words for part in parts_shown(query, context, offers)]
    ['care homes', 'in Kent (council area)', 'Good for Safe', 'counted', 'by town']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from qa.answering.context import Context
from qa.answering.editing_words import (
    condition_words,
    having_words,
    is_kind,
    measure_words,
    order_words,
    quantifier_words,
    relation_words,
)
from qa.answering.side_labels import side_labels
from qa.answering.wording import subjects_of, tells_of_ratings
from qa.phrasing import long_date
from qa.question.query import (
    ALL,
    ANY,
    MOST,
    NONE,
    WHOLE,
    Condition,
    Count,
    Is,
    Measure,
    Named,
    Near,
    Published,
    Query,
    Rated,
    Ratings,
    Share,
    asks_place,
    conjunction,
    parts_of,
)

Kind: TypeAlias = Literal["scope", "rating", "period", "measure", "claim", "against", "by", "having", "order"]


class Other(NamedTuple):
    """Another value of a part, in words, and the Query with that value."""

    words: str
    query: Query


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a Query; ``without`` is ``None`` if the Query needs it."""

    kind: Kind
    words: str
    without: Query | None = None
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """The possible replacements for a part: the commonest values by field, the kinds of place, the ratings
    and key questions in the tables. ``namesakes`` gives the other places with the same name as a field's
    value.
    """

    common: Mapping[str, Sequence[str]]
    kinds: Sequence[Is] = ()
    ratings: Sequence[str] = ()
    aspects: Sequence[str] = ()
    namesakes: Callable[[str, str], Sequence[Is]] = lambda field, value: ()


_RADII = (1.0, 2.0, 5.0, 10.0, 20.0)  # the distances on offer, in miles or kilometres
_Rebuild: TypeAlias = Callable[[Condition], Query]


def parts_shown(query: Query, context: Context, offers: Offers) -> tuple[Part, ...]:
    """Return the parts of a Query in reading order; a Query for passages has none."""
    if query.prose is not None:
        return ()
    editor = _Editor(query, context, offers)
    return (
        *editor.scope(),
        *editor.claim(),
        *editor.told(),
        *editor.measure(),
        *editor.against(),
        *editor.groups(),
        *editor.rest(),
    )


@dataclass(frozen=True, slots=True)
class _Editor:
    query: Query
    context: Context
    offers: Offers

    # Conditions: of the scope, and of the claim or share -------------------------------------------------

    def scope(self) -> Iterator[Part]:
        query = self.query
        if not any(isinstance(part, Named) or is_kind(part, self.context) for part in parts_of(query.scope)):
            yield Part("scope", self.context.noun)
        yield from self._conditions(query.scope, lambda scope: replace(query, scope=scope))

    def told(self) -> Iterator[Part]:
        """Yield the parts of the claim or share."""
        query = self.query
        if query.claim is not None:
            claim = query.claim
            yield from self._conditions(
                claim.condition, lambda one: replace(query, claim=replace(claim, condition=one)), last=True
            )
        if isinstance(query.measure, Share):
            yield from self._conditions(
                query.measure.of, lambda one: replace(query, measure=Share(one)), last=True
            )

    def _conditions(self, whole: Condition, rebuild: _Rebuild, *, last: bool = False) -> Iterator[Part]:
        """Yield the parts of conditions; ``last`` is true if one condition must stay."""
        parts = parts_of(whole)
        for place, part in enumerate(parts):
            before, after = parts[:place], parts[place + 1 :]
            without = None if last and len(parts) == 1 else rebuild(conjunction(*before, *after))
            others = (
                Other(words, rebuild(conjunction(*before, one, *after)))
                for words, one in self._other_conditions(part)
            )
            yield Part(_kind(part), condition_words(part, self.context), without, tuple(others))

    def _other_conditions(self, part: Condition) -> Iterator[tuple[str, Condition]]:
        match part:
            case Is() if part in self.offers.kinds:
                yield from self._in_words(kind for kind in self.offers.kinds if kind != part)
            case Is(field, (value,)):
                yield from self._other_values(field, value)
            case Near(_, distance) if distance is not None:
                radii = (other for other in _RADII if other != distance)
                yield from self._in_words(replace(part, distance=other) for other in radii)
            case Rated((rating,)):
                yield from self._other_ratings(part, rating)

    def _in_words(self, conditions: Iterable[Condition]) -> Iterator[tuple[str, Condition]]:
        return ((condition_words(one, self.context), one) for one in conditions)

    def _other_values(self, field: str, value: str) -> Iterator[tuple[str, Condition]]:
        """Yield the other fields that have a value, then the commonest other values of its field."""
        yield from self._in_words(self.offers.namesakes(field, value))
        for other in self.offers.common.get(field, ()):
            if other != value:
                yield other, Is(field, (other,))

    def _other_ratings(self, part: Rated, rating: str) -> Iterator[tuple[str, Condition]]:
        for other in self.offers.ratings:
            if other != rating:
                yield other, replace(part, ratings=(other,))
        if part.aspect != WHOLE:
            yield f"{rating} overall", replace(part, aspect=WHOLE)

    # What is asked about them -------------------------------------------------------------------------------

    def measure(self) -> Iterator[Part]:
        query = self.query
        if query.claim is not None:
            return
        named = subjects_of(query.scope) is not None
        listed = self._measured(Ratings())
        plain = query.measure == Ratings() and not query.by
        others = (
            list(self._other_aspects())
            if named
            else [Other("counted", self._measured(Count()))]
            if plain
            else []
        )
        yield Part(
            "measure",
            measure_words(query, named, self.context),
            None if plain or listed == query else listed,
            tuple(others),
        )

    def _measured(self, measure: Measure) -> Query:
        """Return the Query with another measure. Parts that need groups are dropped, and the condition of a
        share moves into the scope.
        """
        query, shared = self.query, self.query.measure
        scope = conjunction(query.scope, *parts_of(shared.of)) if isinstance(shared, Share) else query.scope
        if isinstance(measure, Ratings):
            query = _without_groups(query)
        relation = (
            None
            if query.relation in ("difference", "ratio") and isinstance(measure, Ratings)
            else query.relation
        )
        return replace(
            query,
            scope=scope,
            measure=measure,
            relation="compare" if query.against and relation is None else relation,
        )

    def _other_aspects(self) -> Iterator[Other]:
        measure = self.query.measure
        if not isinstance(measure, Ratings) or measure.before:
            return
        for aspects in ((WHOLE,), *((aspect,) for aspect in self.offers.aspects), ()):
            if aspects != measure.aspects and (aspects or len(self.offers.aspects) > 1):
                query = replace(self.query, measure=replace(measure, aspects=aspects))
                yield Other(" ".join(aspects) or "every key question", query)

    def claim(self) -> Iterator[Part]:
        query = self.query
        if query.claim is None:
            return
        if asks_place(query):
            yield Part("claim", "place in the order", replace(query, claim=None))
            return
        told = conjunction(query.scope, *parts_of(query.claim.condition))
        single = _is_single(query.scope)
        others = [
            Other(quantifier_words(one), replace(query, claim=replace(query.claim, quantifier=one)))
            for one in (ALL, MOST, ANY, NONE)
            if one != query.claim.quantifier and not single
        ]
        words = "yes or no" if single else quantifier_words(query.claim.quantifier)
        yield Part("claim", words, replace(query, scope=told, claim=None), tuple(others))

    def against(self) -> Iterator[Part]:
        query = self.query
        if not query.against:
            return
        labels = side_labels((query.scope, *query.against), self.context)[1:]
        for place, label in enumerate(labels):
            rest = query.against[:place] + query.against[place + 1 :]
            without = replace(query, against=rest, relation=query.relation if rest else None)
            yield Part("against", f"{relation_words(query.relation)} {label}", without)

    # Groups, order, the rest --------------------------------------------------------------------------------

    def groups(self) -> Iterator[Part]:
        query = self.query
        for name in query.by:
            yield self._by(name)
        for one in query.having:
            kept = tuple(other for other in query.having if other != one)
            yield Part("having", having_words(one, self.context), replace(query, having=kept))
        if query.across is not None:
            words = "how many groups" if query.across == "count" else "mean of the groups"
            yield Part("measure", words, replace(query, across=None))

    def _by(self, name: str) -> Part:
        """Return the part of the form for grouping by a field, with the other fields to choose from."""
        query, common = self.query, self.offers.common
        rest = tuple(one for one in query.by if one != name)
        without = replace(query, by=rest) if rest else _without_groups(query)
        fields = [field for field in common if field not in query.by] if name in common else []
        others = tuple(
            Other(f"by {self.context.field(field).label}", self._regrouped(name, field)) for field in fields
        )
        return Part("by", f"by {_group(name, self.context)}", without, others)

    def _regrouped(self, name: str, field: str) -> Query:
        by = tuple(field if one == name else one for one in self.query.by)
        return replace(self.query, by=by)

    def rest(self) -> Iterator[Part]:
        query = self.query
        if words := order_words(query, self.context):
            yield Part("order", words, replace(query, order=None, ranks=None), tuple(self._other_ranks()))
        if query.most is not None:
            yield Part("order", f"{query.most} of them", replace(query, most=None))
        if query.at is not None:
            yield Part("period", f"as at {long_date(query.at)}", replace(query, at=None))

    def _other_ranks(self) -> Iterator[Other]:
        query = self.query
        if query.ranks and query.ranks[0] == 1:
            for last in (1, 3, 5, 10):
                if last != query.ranks[1]:
                    changed = replace(query, ranks=(1, last))
                    yield Other(order_words(changed, self.context), changed)
        if query.order is not None:
            changed = replace(query, order=replace(query.order, descending=not query.order.descending))
            yield Other(order_words(changed, self.context), changed)


def _kind(part: Condition) -> Kind:
    if isinstance(part, Published):
        return "period"
    return "rating" if tells_of_ratings(part) else "scope"


def _is_single(scope: Condition) -> bool:
    named = next((part for part in parts_of(scope) if isinstance(part, Named)), None)
    return named is not None and len(named.subjects) == 1


def _group(name: str, context: Context) -> str:
    return {"aspect": "key question"}.get(name) or context.field(name).label


def _without_groups(query: Query) -> Query:
    """Return ``query`` without its groups, and without the parts that apply only to groups."""
    of_groups = query.order is not None and query.order.key not in ("date", "rating", "name", "steps")
    order, ranks = (None, None) if of_groups else (query.order, query.ranks)
    return replace(query, by=(), having=(), across=None, order=order, ranks=ranks if order else None)


def in_few_words(queries: Iterable[Query], context: Context) -> str:
    """Return Queries as the labels of their parts: ``Care homes · in Kent (council area) · counted``."""
    nothing = Offers({})
    told = (" · ".join(part.words for part in parts_shown(query, context, nothing)) for query in queries)
    return "; ".join(f"{words[:1].upper()}{words[1:]}" for words in told)
