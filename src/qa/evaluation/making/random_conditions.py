"""Random conditions for Queries, and the words that they are made of."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from qa.fields import Field
from qa.question import query as q
from qa.question.query import WHOLE, Condition


@dataclass(frozen=True)
class Words:
    """What Queries choose from: the vocabulary of a store.

    ``ratings`` are the scale's, best first; ``numbers`` the values of number columns.
    """

    fields: tuple[Field, ...]
    values: Mapping[str, Sequence[str]]  # for each field with categories
    numbers: Mapping[str, Sequence[float]]
    aspects: tuple[str, ...]
    services: tuple[str, ...]
    ratings: tuple[str, ...]
    unrated: tuple[str, ...] = ()
    subjects: tuple[tuple[int, str], ...] = ()  # numbers and names
    name_words: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # of postcodes: "SW", "SW1", "TQ5 9"
    dates: tuple[datetime.date, ...] = ()  # publication dates, as far as Queries need them
    by: tuple[str, ...] = field(
        default=()
    )  # the fields to group by; empty: every category with several values

    def groupable(self) -> tuple[str, ...]:
        """The fields that Queries group by."""
        told = (one.name for one in self.fields if one.name in self.values and len(self.values[one.name]) > 1)
        return self.by or tuple(name for name in told if name not in _IDENTIFYING)


_IDENTIFYING = frozenset(("identifier", "provider_identifier", "street", "postcode"))


class ConditionMaker:
    """Draws conditions from ``words``; every choice is made by ``random``, so that the same seed gives the
    same conditions."""

    def __init__(self, words: Words, random: Random) -> None:
        self.words = words
        self.random = random

    def condition(self, most: int = 4) -> Condition:
        """Return a conjunction of zero to ``most`` conditions, with no field or rating in it twice."""
        number = self.random.choices(range(most + 1), [2, 5, 5, 3, 1][: most + 1])[0]
        return self._conjunction(number)

    def _conjunction(self, number: int) -> Condition:
        parts: dict[str, Condition] = {}
        for _ in range(number):
            about, part = self._part()
            parts.setdefault(about, part)
        return q.conjunction(*sorted(parts.values(), key=place))

    def _part(self) -> tuple[str, Condition]:
        about, atom = self._atom()
        chance = self.random.random()
        if chance < 0.15:
            return about, q.Not(atom)
        if chance < 0.25:
            other, second = self._atom()
            if other != about:
                return f"{about} or {other}", q.disjunction(atom, second)
        if chance < 0.28:
            sides = {self._conjunction(2), self._conjunction(2)} - {q.EVERYTHING}
            if len(sides) == 2 and not any(isinstance(side, q.Or) for side in sides):
                return "either", q.disjunction(*sorted(sides, key=repr))
        return about, atom

    def _atom(self) -> tuple[str, Condition]:
        """Return a simple condition, and what it is about."""
        makers = [
            (self._is, 10),
            (self._rated, 8),
            (self._rated_for, 2),
            (self._aspect_against, 1),
            (self._published, 3),
        ]
        makers += [(self._moved, 2), (self._unrated, 1), (self._happened, 3)]
        makers += [(self._dated, 1)] if any(one.type == "date" for one in self.words.fields) else []
        makers += [(lambda: ("closed", q.Closed()), 1)] if self._tells_closing() else []
        makers += [(self._postcode, 1)] if self.words.areas else []
        makers += (
            [(self._near, 2)]
            if {"latitude", "longitude"} <= {*self.words.numbers} and self._holders()
            else []
        )
        makers += [(self._name_has, 1)] if self.words.name_words else []
        makers += [(self._measured, 2)] if self.words.numbers else []
        makers += [(self._named, 1), (self._rated_against, 1)] if self.words.subjects else []
        return self.random.choices([maker for maker, _ in makers], [weight for _, weight in makers])[0]()

    def _is(self) -> tuple[str, Condition]:
        held = [one.name for one in self.words.fields if self.words.values.get(one.name)]
        if not held:
            return self._rated()
        name = self.random.choice(held)
        return name, q.Is(name, self._some(self.words.values[name], 2, one=0.75))

    def _rated(self) -> tuple[str, Condition]:
        aspect, service = self._pair()
        when: q.When = self.random.choices(("now", "before", "first", "ever"), (16, 2, 1, 3))[0]
        bounds = self._bounds() if when == "ever" and self.random.random() < 0.6 else (None, None)
        return f"{aspect} {service} {when}", q.Rated(self._ratings(), aspect, service, when, *bounds)

    def _rated_for(self) -> tuple[str, Condition]:
        aspects = tuple(aspect for aspect in self.words.aspects if aspect != WHOLE)
        if len(aspects) < 2:
            return self._rated()
        low, high = self.random.choice(
            [(1, None), (2, None), (len(aspects), None), (0, 0), (1, 1), (0, 1), (2, 2)]
        )
        return "aspects", q.RatedFor(self._ratings(), aspects, min(low, len(aspects)), high)

    def _aspect_against(self) -> tuple[str, Condition]:
        if len(self.words.aspects) < 2:
            return self._rated()
        aspect, other = self.random.sample(self.words.aspects, 2)
        return "against", q.AspectAgainst(aspect, self.random.choice((1, 0, -1)), other)

    def _rated_against(self) -> tuple[str, Condition]:
        number, name = self.random.choice(self.words.subjects)
        before = self.random.random() < 0.1
        return "rated against", q.RatedAgainst(
            number, self.random.choice((1, 0, -1)), *self._pair(), name, before
        )

    def _published(self) -> tuple[str, Condition]:
        if not self.words.dates:
            return self._rated()
        bounds = self._bounds()
        aspect = WHOLE if self.random.random() < 0.8 else self._pair()[0]
        return "published", q.Published(*bounds, aspect)

    def _moved(self) -> tuple[str, Condition]:
        aspect, service = self._pair()
        bounds = self._bounds() if self.random.random() < 0.5 else (None, None)
        return "moved", q.Moved(self._signs(), aspect, service, *bounds)

    def _signs(self) -> tuple[int, ...]:
        return self.random.choice([(1,), (-1,), (0,), (1, -1)])

    def _bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Return a period, open on one side or on none; without dates, one without bounds."""
        if not self.words.dates:
            return None, None
        since, until = sorted((self._date(), self._date()))
        until += datetime.timedelta(days=self.random.choice((1, 365)))  # no period is empty
        return self.random.choice([(since, None), (None, until), (since, until)])

    def event(self) -> q.Event:
        """Return an event: a rating with some words, a rise or fall, or any."""
        aspect, service = self._pair()
        bounds = self._bounds() if self.random.random() < 0.5 else (None, None)
        about = self.random.random()
        ratings = self._some(self.words.ratings, 2, one=0.7) if about < 0.5 else ()
        signs = self._signs() if about > 0.4 and about < 0.85 else ()
        before = self._some(self.words.ratings, 2, one=0.7) if self.random.random() < 0.2 else ()
        return q.Event(
            ratings, signs, self.random.random() < 0.3 and not signs, aspect, service, *bounds, before
        )

    def _happened(self) -> tuple[str, Condition]:
        low, high = self.random.choice([(1, None), (1, None), (2, None), (1, 1), (0, 1), (2, 3), (0, 0)])
        return "happened", q.Happened(self.event(), low, high)

    def _dated(self) -> tuple[str, Condition]:
        held = [one.name for one in self.words.fields if one.type == "date"]
        if not self.words.dates:
            return self._rated()
        name = self.random.choice(held)
        return f"dated {name}", q.Dated(name, *self._bounds())

    def _tells_closing(self) -> bool:
        return any(one.name in ("closed", "status") for one in self.words.fields)

    def _unrated(self) -> tuple[str, Condition]:
        return "unrated", q.Unrated(*self._pair())

    def _postcode(self) -> tuple[str, Condition]:
        return "postcode", q.Postcode(self._some(self.words.areas, 2, one=0.8))

    def _holders(self) -> list[Callable[[], tuple[str, Condition]]]:
        """Return what may draw the subjects that distances are measured from: a place, a postcode area, a
        named subject."""
        found: list[Callable[[], tuple[str, Condition]]] = [self._postcode] if self.words.areas else []
        found += [lambda: self._named(1)] if self.words.subjects else []
        return [*found, self._is] if self.words.values else found

    def _near(self) -> tuple[str, Condition]:
        distance = self.random.choice((None, 0.5, 3, 10, 25, 60))
        return "near", q.Near(
            self.random.choice(self._holders())()[1], distance, self.random.choice(("miles", "miles", "km"))
        )

    def _name_has(self) -> tuple[str, Condition]:
        return "name has", q.NameHas(self._some(self.words.name_words, 2, one=0.9))

    def _measured(self) -> tuple[str, Condition]:
        name = self.random.choice(sorted(self.words.numbers))
        low, high = sorted(self.random.choices(self.words.numbers[name], k=2))
        return name, q.Measured(name, *self.random.choice([(low, None), (None, high), (low, high)]))

    def _named(self, most: int = 3) -> tuple[str, q.Named]:
        chosen = self.random.sample(
            self.words.subjects, min(self.random.randint(1, most), len(self.words.subjects))
        )
        return "named", q.Named(tuple(number for number, _ in chosen), tuple(name for _, name in chosen))

    # Choices ------------------------------------------------------------------------------------------------

    def _pair(self) -> tuple[str, str]:
        """Return an aspect and a service, mostly of the whole; not both of a part."""
        chance = self.random.random()
        if chance < 0.3 and self.words.aspects:
            return self.random.choice(self.words.aspects), WHOLE
        if chance < 0.4 and self.words.services:
            return WHOLE, self.random.choice(self.words.services)
        return WHOLE, WHOLE

    def _ratings(self) -> tuple[str, ...]:
        if self.words.unrated and self.random.random() < 0.05:
            return (self.random.choice(self.words.unrated),)
        ratings = self.words.ratings
        if self.random.random() < 0.6 or len(ratings) < 3:
            return (self.random.choice(ratings),)
        cut = self.random.randint(1, len(ratings) - 1)
        return self.random.choice((ratings[:cut], ratings[cut:]))

    def _date(self) -> datetime.date:
        return self.random.choice(self.words.dates)

    def _some(self, choices: Sequence[str], most: int, *, one: float) -> tuple[str, ...]:
        """Return one of the choices, with this chance; otherwise several, in their own order."""
        number = 1 if self.random.random() < one else min(most, len(choices))
        chosen = set(self.random.sample(range(len(choices)), number))
        return tuple(choice for place, choice in enumerate(choices) if place in chosen)


_ORDER = (
    *(
        "Named",
        "Is",
        "Postcode",
        "Near",
        "NameHas",
        "Measured",
        "Rated",
        "RatedFor",
        "AspectAgainst",
        "RatedAgainst",
        "Published",
        "Moved",
    ),
    *("Happened", "Dated", "Closed", "Unrated", "Not", "Or", "And"),
)


def place(part: Condition) -> tuple[int, str]:
    """Sort key for the parts of a conjunction: by kind of condition, then by content."""
    return _ORDER.index(type(part).__name__), repr(part)
