"""The conditions of the controlled language of :mod:`qa.question.canonical`: scopes, ratings, events."""

from __future__ import annotations

import datetime

from qa.question import query as q
from qa.question.canonical_tokens import NotCanonical, TokenReader
from qa.question.query import WHOLE, Condition
from qa.question.say import (
    HIGHER,
    SIGNS,
    WHENS,
)
from qa.question.vocabulary import Vocabulary

_PERIOD = r"[^,;)]*?(?=, |;|\)|\. | of | and also | or else | as those |$)"
_BEGINS = (" since ", " before ", " in ", " on ", " from ")  # what an English period begins with


class ConditionReader(TokenReader):
    """Reads scopes and conditions, using the names and values of one corpus."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        super().__init__(text)
        self.vocabulary = vocabulary
        self.labels = {field.label: field.name for field in vocabulary.fields} | {"key question": "aspect"}
        self.plurals = {field.plural: field.name for field in vocabulary.fields}
        self.aspects = {aspect: aspect for aspect in vocabulary.aspects}

    def scope(self) -> Condition:
        """Take a noun and its conditions."""
        parts: list[Condition] = []
        kind = self.choice({**self.vocabulary.kinds.labelled, self.vocabulary.kinds.noun: q.EVERYTHING})
        if kind != q.EVERYTHING:
            parts.append(kind)
        while self.has(", "):
            parts.append(self.condition())
        return q.conjunction(*parts) if len(parts) != 1 else parts[0]

    def predicate(self) -> Condition:
        """Take one or more conditions that must all be true."""
        if self.has("are held"):
            return q.EVERYTHING
        parts = [self.condition()]
        while self.has(" and also "):
            parts.append(self.condition())
        return q.conjunction(*parts)

    def condition(self) -> Condition:
        """Take one condition."""
        if self.has("("):
            inner = self.condition()
            self.expect(")")
            return inner
        if self.has("either "):
            return q.Or(self._several(" or else "))
        if self.has("both "):
            return q.And(self._several(" and also "))
        if self.has("other than those "):
            return q.Not(self.condition())
        return self._atom()

    def _several(self, between: str) -> tuple[Condition, ...]:
        parts = [self.condition()]
        while self.has(between):
            parts.append(self.condition())
        return tuple(parts)

    def _atom(self) -> Condition:
        if self.has("of all"):
            return q.EVERYTHING
        if self.has("at "):
            return self._near()
        if self.has("namely "):
            numbers = self.listed(self.subject, "and")
            return q.Named(numbers, tuple(self.vocabulary.labels.label(number) for number in numbers))
        if self.has("rated "):
            return self._rated()
        if self.has("with a rating"):
            aspect, service = self.of_what()
            self.expect(" published")
            return q.Published(*self.within(), aspect, service)
        if self.has("having had "):
            low, high = self.bounds()
            self.expect(" rating")
            return q.Happened(self.event(), int(low or 0), None if high is None else int(high))
        if self.has("closed"):
            return q.Closed()
        if self.has("without a rating"):
            return q.Unrated(*self.of_what())
        self.expect("whose ")
        return self._whose()

    def _near(self) -> Condition:
        distance = None
        if self.has("most "):
            distance = self.number()
        else:
            self.expect("any distance in")
        unit = self.choice({" miles": "miles", " km": "km"})
        self.expect(" from the middle of those ")
        return q.Near(self.condition(), distance, unit)

    def event(self) -> q.Event:
        """Take the words after "rating": which ratings, how they moved, and when."""
        aspect, service = self.of_what()
        ratings = self.listed(self.rating, "or") if self.has(" at ") else ()
        before = self.listed(self.rating, "or") if self.has(" from ") else ()
        signs = next((signs for signs, words in SIGNS.items() if self.has(f" that {words}")), ())
        new = self.has(" that was new")
        since, until = self.within() if self.has(" published") else (None, None)
        return q.Event(ratings, signs, new, aspect, service, since, until, before)

    def within(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Take a period with the space before it, if there is one here."""
        if not self.text.startswith(_BEGINS, self.place):
            return None, None
        self.expect(" ")
        period = self.period(_PERIOD)
        return period.since, period.until

    def _whose(self) -> Condition:
        if self.has("postcode begins with "):
            return q.Postcode(self.listed(self.quoted, "or"))
        if self.has("name holds "):
            return q.NameHas(self.listed(self.quoted, "and"))
        place = self.place
        if self.has("rating"):
            aspect, service = self.of_what()
            for signs, words in SIGNS.items():
                if self.has(f" {words}"):
                    return q.Moved(signs, aspect, service, *self.within())
            self.place = place
        name = self.choice(self.labels)
        if self.has(" lies"):
            return q.Dated(name, *self.within())
        self.expect(" is ")
        if self.text.startswith("“", self.place):
            return q.Is(name, self.listed(self.quoted, "or"))
        low, high = self.bounds()
        return q.Measured(name, low, high)

    def _rated(self) -> Condition:
        for sign, words in HIGHER.items():
            first, second = words.rsplit(" ", 1)
            if self.has(f"{words} “"):
                self.place -= 1
                number = self.subject()
                of_what, label = self.of_what(), self.vocabulary.labels.label(number)
                return q.RatedAgainst(number, sign, *of_what, label=label, before=self.has(" before"))
            if self.has(f"{first} for "):
                aspect = self.aspect()
                self.expect(f" {second} for ")
                return q.AspectAgainst(aspect, sign, self.aspect(), self.service())
        ratings = self.listed(self.rating, "or")
        place = self.place
        if self.has(" for "):
            try:
                return self._rated_for(ratings)
            except NotCanonical:
                self.place = place
        aspect, service = self.of_what()
        if self.has(" at some time"):
            return q.Rated(ratings, aspect, service, "ever", *self.within())
        when = next((name for name, words in WHENS.items() if self.has(words)), "now")
        return q.Rated(ratings, aspect, service, when)  # type: ignore[arg-type]

    def _rated_for(self, ratings: tuple[str, ...]) -> Condition:
        every = self.has("all")
        low, high = (None, None) if every else self.bounds()
        self.expect(" of ")
        aspects = self.listed(self.aspect, "and")
        least = len(aspects) if every else int(low or 0)
        return q.RatedFor(ratings, aspects, least, None if high is None else int(high), self.service())

    def rating(self) -> str:
        """Take a rating of the scale, or a quoted result."""
        if self.text.startswith("“", self.place):
            return self.quoted()
        return str(self.choice({word: word for word in self.vocabulary.scale.ratings}))

    def aspect(self) -> str:
        """Take the name of an aspect."""
        return str(self.choice({**self.aspects, WHOLE: WHOLE}))

    def of_what(self) -> tuple[str, str]:
        """Take an aspect and a service, if given."""
        place = self.place
        aspect = WHOLE
        if self.has(" for "):
            try:
                aspect = self.aspect()
            except NotCanonical:
                self.place = place
        return aspect, self.service()

    def service(self) -> str:
        """Take a service, if given."""
        return self.quoted() if self.text.startswith(" in “", self.place) and self.has(" in ") else WHOLE

    def subject(self) -> int:
        """Take a quoted name; return the number of the one subject with this name."""
        number = self.vocabulary.labels.called(self.quoted())
        if number is None:
            raise NotCanonical
        return number
