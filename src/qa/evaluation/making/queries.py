"""Random Queries that look like questions people can ask, over any loaded tables: both property tests draw
from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random

from qa.evaluation.making.random_conditions import ConditionMaker, Words, place
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Having, Order, Quantifier, Query

# Each kind of Query and its frequency.
SHAPES = {
    "lookup": 10,
    "listing": 14,
    "ordered": 10,
    "values": 6,
    "dates": 4,
    "events": 6,
    "times": 4,
    "count": 14,
    "share": 8,
    "total": 5,
    "groups": 16,
    "ranking": 10,
    "across": 5,
    "claim": 12,
    "against": 10,
}
_QUANTIFIERS: tuple[Callable[[int], Quantifier], ...] = (
    lambda _: q.ALL,
    lambda _: q.ANY,
    lambda _: q.NONE,
    lambda _: q.MOST,
    lambda _: Quantifier(least=Fraction(1, 2)),
    lambda _: Quantifier(under=Fraction(1)),
    lambda _: Quantifier(under=Fraction(1, 2)),
    lambda number: Quantifier(over=Fraction(number, 10)),
    lambda number: Quantifier(most=Fraction(number, 10)),
    lambda number: Quantifier(low=number),
    lambda number: Quantifier(high=number),
    lambda number: Quantifier(low=number, high=number),
    lambda number: Quantifier(low=number, high=number + 2),
)
_TIMES = (q.MORE, q.MORE, q.FEWER, q.AS_MANY, Quantifier(least=Fraction(1)), Quantifier(over=Fraction(3, 2)))


class QueryMaker(ConditionMaker):
    """Draws Queries from ``words``; every choice is made by ``random``, so that the same seed gives the same
    Queries."""

    def __init__(self, words: Words, random: Random, *, grouped_claims: bool = False) -> None:
        """``grouped_claims``: some claims are about groups ("Does every region have one?")."""
        super().__init__(words, random)
        self.grouped_claims = grouped_claims
        self.shapes: dict[str, Callable[[], Query]] = {name: getattr(self, f"_{name}") for name in SHAPES}

    def query(self, shape: str | None = None) -> Query:
        """Return a Query of one of the kinds, or of the given one."""
        chosen = shape or self.random.choices(list(SHAPES), list(SHAPES.values()))[0]
        made = self.shapes[chosen]()
        if self.words.dates and not made.prose and self.random.random() < 0.04:
            return replace(made, at=self._date())
        return made

    # Measures and their fitting parts -----------------------------------------------------------------------

    def _lookup(self) -> Query:
        if not self.words.subjects:
            return self._listing()
        aspects = (
            self._some(self.words.aspects, 3, one=0.3)
            if self.random.random() < 0.5
            else self.random.choice([(), (WHOLE,)])
        )
        service = self._pair()[1]
        before = self.random.random() < 0.15
        return Query(self._named()[1], q.Ratings(aspects, service, before))

    def _listing(self) -> Query:
        measure = (
            q.Ratings()
            if self.random.random() < 0.7
            else q.Ratings(self._some(self.words.aspects, 2, one=0.6))
        )
        most = self.random.choice((5, 10, 20)) if self.random.random() < 0.2 else None
        return Query(self.condition(), measure, most=most)

    def _ordered(self) -> Query:
        fields = [*self.words.groupable(), *sorted(self.words.numbers)]
        keys = ["date", "date", "rating", "steps", "name", *([self.random.choice(fields)] if fields else [])]
        scope = self.condition(3)
        keys += ["distance"] * 3 if q.near_parts(scope) else []
        order = Order(self.random.choice(keys), self.random.random() < 0.6)
        return Query(scope, q.Ratings(), order=order, ranks=self._ranks(), most=None)

    def _values(self) -> Query:
        fields = tuple(one.name for one in self.words.fields)
        if not fields:
            return self._listing()
        scope = self._named()[1] if self.words.subjects and self.random.random() < 0.6 else self.condition(3)
        return Query(scope, q.Values(self._some(fields, 2, one=0.7)))

    def _dates(self) -> Query:
        scope = self._named()[1] if self.words.subjects and self.random.random() < 0.6 else self.condition(3)
        return Query(scope, q.Dates(*self._pair()))

    def _events(self) -> Query:
        scope = self._named()[1] if self.words.subjects and self.random.random() < 0.7 else self.condition(2)
        made = Query(scope, q.Events(self.event(), self.random.choice(("first", "last", "every"))))
        if self.random.random() < 0.2:
            key = self.random.choice(("date", "date", "rating"))
            return replace(made, order=Order(key, self.random.random() < 0.6), ranks=self._ranks())
        return made

    def _times(self) -> Query:
        scope = self._named()[1] if self.words.subjects and self.random.random() < 0.6 else self.condition(2)
        made = Query(scope, q.Times(self.event()))
        if self.random.random() < 0.2:
            return replace(made, order=Order("figure", self.random.random() < 0.7), ranks=self._ranks())
        return replace(made, by=self._by()) if self.random.random() < 0.2 else made

    def _count(self) -> Query:
        groupable = self.words.groupable()
        of = self.random.choice(groupable) if groupable and self.random.random() < 0.2 else None
        return Query(self.condition(), q.Count(of))

    def _share(self) -> Query:
        return Query(self.condition(3), q.Share(self._telling()))

    def _total(self) -> Query:
        return Query(self.condition(3), self._total_measure())

    def _total_measure(self) -> q.Measure:
        if not self.words.numbers:
            return q.Count()
        function = self.random.choice(("sum", "mean", "least", "most"))
        return q.Total(function, self.random.choice(sorted(self.words.numbers)))  # type: ignore[arg-type]

    def _groups(self) -> Query:
        made = Query(self.condition(3), self._figure(), by=self._by())
        return replace(made, having=self._having()) if self.random.random() < 0.5 else made

    def _ranking(self) -> Query:
        order = Order("figure", self.random.random() < 0.7)
        return replace(self._groups(), order=order, ranks=self._ranks(always=self.random.random() < 0.8))

    def _across(self) -> Query:
        return replace(self._groups(), across=self.random.choice(("count", "mean")))

    def _claim(self) -> Query:
        scope: Condition = self.condition(3)
        if self.words.subjects and self.random.random() < 0.3:
            scope = self._named()[1]
        if self.grouped_claims and self.random.random() < 0.3:
            condition = q.EVERYTHING if self.random.random() < 0.5 else self._telling()
            made = self._ranking() if self.random.random() < 0.3 else self._groups()
            return replace(made, claim=q.Claim(self.quantifier(), condition), measure=q.Count())
        return Query(scope, claim=q.Claim(self.quantifier(), self._telling()))

    def _against(self) -> Query:
        """Return two or three scopes that differ in one condition, or two subjects."""
        relation: q.Relation = self.random.choice(
            ("compare", "difference", "ratio", "better", "worse", "same")
        )
        if self.words.subjects and self.random.random() < 0.3:
            return self._subjects_against()
        held = [name for name in self.words.groupable() if len(self.words.values[name]) > 1]
        if not held:
            return self._count()
        name = self.random.choice(held)
        values = self.random.sample(list(self.words.values[name]), 2)
        common = [
            part
            for part in q.parts_of(self.condition(2))
            if not (isinstance(part, q.Is) and part.field == name)
        ]
        sides = [q.conjunction(*sorted([q.Is(name, (value,)), *common], key=place)) for value in values]
        return Query(sides[0], self._figure(), against=tuple(sides[1:]), relation=relation)

    def _subjects_against(self) -> Query:
        subjects = self.words.subjects
        chosen = self.random.sample(subjects, min(len(subjects), self.random.choice((2, 2, 3))))
        first, *others = (q.Named((number,), (name,)) for number, name in chosen)
        relation: q.Relation = self.random.choice(("compare", "better", "worse", "same"))
        measure = q.Ratings(self.random.choice([(WHOLE,), (self._pair()[0],)]))
        return Query(first, measure, against=tuple(others), relation=relation if others else None)

    def _figure(self) -> q.Measure:
        chance = self.random.random()
        if chance < 0.6:
            return q.Count()
        if chance < 0.7 and self.words.groupable():
            return q.Count(self.random.choice(self.words.groupable()))
        return q.Share(self._telling()) if chance < 0.9 else self._total_measure()

    def _telling(self) -> Condition:
        """Return a condition that a share or a claim may be about, mostly on ratings."""
        return self._rated()[1] if self.random.random() < 0.6 else self._part()[1]

    def _by(self) -> tuple[str, ...]:
        ways = [*self.words.groupable(), "rating", "aspect", "service", "year"]
        return tuple(self.random.sample(ways, 1 if self.random.random() < 0.75 else 2))

    def _having(self) -> tuple[Having, ...]:
        number = 1 if self.random.random() < 0.75 else 2
        made = [self._one_having() for _ in range(number)]
        return tuple(
            one
            for one in dict.fromkeys(made)
            if one.condition != q.EVERYTHING or self._counts(one.quantifier)
        )

    def _one_having(self) -> Having:
        if self.random.random() < 0.2:
            return Having(self.random.choice(_TIMES), self._telling(), self._telling())
        return Having(self.quantifier(), q.EVERYTHING if self.random.random() < 0.4 else self._telling())

    @staticmethod
    def _counts(quantifier: Quantifier) -> bool:
        """True if a quantifier restricts how many subjects a group has: every group has at least one, and all
        of its own."""
        return not quantifier.is_share and quantifier != q.ANY and quantifier.high != 0

    def quantifier(self) -> Quantifier:
        """Return a quantifier that has words in English."""
        return self.random.choice(_QUANTIFIERS)(
            self.random.randint(1, 9) if self.random.random() < 0.3 else self.random.randint(1, 3)
        )

    def _ranks(self, *, always: bool = False) -> tuple[int, int] | None:
        if not always and self.random.random() < 0.4:
            return None
        number = self.random.randint(1, 5)
        return self.random.choice([(1, 1), (1, number), (number, number)])
