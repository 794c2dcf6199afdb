"""Random Queries that people might ask in one line: a kind of place, where, how it is rated, and one more
thing."""

from __future__ import annotations

from random import Random

from qa.evaluation.making.material import AREAS, Material
from qa.evaluation.making.queries import QueryMaker
from qa.evaluation.making.random_conditions import place
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query


class EverydayMaker(QueryMaker):
    """Draws from the same algebra as its parent class, in the proportions in which people ask."""

    def __init__(self, material: Material, random: Random) -> None:
        super().__init__(material.everyday, random)
        self.kinds = [
            condition
            for condition in material.vocabulary.kinds.labelled.values()
            if isinstance(condition, q.Is)
        ]
        self.weights = [
            8 if kind.field == "care_home" else 4 if kind.values == ("GP Practices",) else 1
            for kind in self.kinds
        ]

    def condition(self, most: int = 4) -> Condition:
        """Return a conjunction of a kind, a place, a rating and something else, each at random."""
        parts: dict[str, Condition] = {}
        if self.kinds and self.random.random() < 0.75:
            parts["kind"] = self.random.choices(self.kinds, self.weights)[0]
        for about, made, chance in (
            ("place", self._place_of, 0.45),
            ("rating", self._rating_of, 0.5),
            ("more", self._more, 0.25),
        ):
            if len(parts) < most and self.random.random() < chance:
                found = made()
                if found is not None:
                    parts[about] = found
        return q.conjunction(*sorted(parts.values(), key=place))

    def _place_of(self) -> Condition | None:
        held = [name for name in AREAS if self.words.values.get(name)]
        if not held:
            return None
        name = self.random.choice(held)
        place = q.Is(name, self._some(self.words.values[name], 2, one=0.75))
        return q.Not(place) if self.random.random() < 0.2 else place

    def _rating_of(self) -> Condition:
        return self._rated_for()[1] if self.random.random() < 0.1 else self._rated()[1]

    def _more(self) -> Condition | None:
        about, part = self._atom()
        if (
            isinstance(part, q.Rated)
            or about == "rated against"
            or (isinstance(part, q.Is) and part.field in (*AREAS, "kind", "care_home"))
        ):
            return None
        return q.Not(part) if self.random.random() < 0.15 else part

    def _ratings(self) -> tuple[str, ...]:
        ratings = self.words.ratings
        if self.random.random() < 0.12 and len(ratings) > 2:
            left_out = self.random.choice(ratings)
            return tuple(rating for rating in ratings if rating != left_out)
        return super()._ratings()

    def _rated(self) -> tuple[str, Condition]:
        about, rated = super()._rated()
        assert isinstance(rated, q.Rated)
        aspect = WHOLE if rated.when != "now" else rated.aspect
        return about, q.Rated(rated.ratings, aspect, rated.service, rated.when)

    def query(self, shape: str | None = None) -> Query:
        """Return a Query that makes sense: not a share of the good ones that are inadequate, nor of those in
        Leeds that are in York."""
        while True:
            made = super().query(shape)
            if not _clash(made):
                return made

    def _telling(self) -> Condition:
        return self._rated()[1] if self.random.random() < 0.8 else self._moved()[1]


def _clash(query: Query) -> bool:
    """True if a Query has two conditions on one rating, or compares places within a place."""
    told = (
        query.claim.condition
        if query.claim
        else query.measure.of
        if isinstance(query.measure, q.Share)
        else None
    )
    parts = q.parts_of(query.scope)
    about = [(one.aspect, one.service) for one in parts if isinstance(one, q.Rated)]
    if isinstance(told, q.Rated) and (told.aspect, told.service) in about:
        return True
    places = [one for one in parts if isinstance(one, q.Is) and one.field in AREAS]
    return bool(query.against) and len(places) > 1
