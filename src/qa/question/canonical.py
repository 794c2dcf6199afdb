"""The English of :mod:`qa.question.say` → the same Query. A small controlled language, read strictly: text
that is not of it is no Query.

Grammar, with “…” a quoted name or value::

    queries    = query {". " query}
    query      = head {"; " part}
    head       = [across ": "] measure " " scope | "Whether " quantifier " of " scope "; " predicate
    part       = relation " " scope | "by " groups | "where " quantifier " of them " predicate
               | "sorted by " key ", " way | "places " n " to " n | n " of them" | "as at " date
    scope      = noun {", " condition}
    predicate  = "are held" | condition {" and also " condition}
    condition  = "either " condition {" or else " condition} | "both " condition {" and also " condition}
               | "other than those " condition | "(" condition ")" | an atom
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from qa.language.dates import find_periods
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Quantifier, Query
from qa.question.say import (
    ACROSS,
    BESIDE,
    EVERY_AREA,
    EVERY_ASPECT,
    HIGHER,
    RELATIONS,
    SIGNS,
    TOTALS,
    WHENS,
    WHICH,
)
from qa.question.vocabulary import Vocabulary

_OPENS = (
    *ACROSS.values(),
    "Ratings",
    "The ",
    "Dates of the ratings",
    *WHICH.values(),
    "Number of",
    "Share (",
    *(f"{word} of" for word in TOTALS.values()),
    "Whether ",
)
_SHARES: Mapping[str, Callable[[Fraction], Quantifier]] = {
    "more than": lambda part: Quantifier(over=part),
    "at least": lambda part: Quantifier(least=part),
    "fewer than": lambda part: Quantifier(under=part),
    "at most": lambda part: Quantifier(most=part),
}
_PERIOD = r"[^,;)]*?(?=, |;|\)|\. | of | and also | or else |$)"
_BEGINS = (" since ", " before ", " in ", " on ", " from ")  # what a period in English begins with
_NUMBER = r"-?\d+(?:\.\d+)?"


class _NotCanonical(Exception):
    """The text is not of the controlled language."""


def read_canonical(text: str, vocabulary: Vocabulary) -> Query | None:
    """Return the Query that :func:`~qa.question.say.say` put into ``text``; ``None`` for any other text."""
    queries = read_canonical_all(text, vocabulary)
    return queries[0] if len(queries) == 1 else None


def read_canonical_all(text: str, vocabulary: Vocabulary) -> tuple[Query, ...]:
    """Return the Queries that :func:`~qa.question.say.say_all` put into ``text``; none for any other text."""
    if not text.startswith(_OPENS):
        return ()
    reader = _Reader(text, vocabulary)
    try:
        queries = [reader.query()]
        while reader.has(BESIDE):
            queries.append(reader.query())
    except (_NotCanonical, ValueError, ZeroDivisionError):
        return ()
    return tuple(queries) if reader.place == len(text) else ()


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.place, self.vocabulary = text, 0, vocabulary
        self.labels = {field.label: field.name for field in vocabulary.fields} | {"key question": "aspect"}
        self.plurals = {field.plural: field.name for field in vocabulary.fields}
        self.aspects = {aspect: aspect for aspect in vocabulary.aspects}

    # Tokens -------------------------------------------------------------------------------------------------

    def has(self, words: str) -> bool:
        """Take ``words`` if they stand here."""
        if self.text.startswith(words, self.place):
            self.place += len(words)
            return True
        return False

    def expect(self, words: str) -> None:
        """Take ``words``, which must stand here."""
        if not self.has(words):
            raise _NotCanonical

    def match(self, pattern: str) -> str:
        """Take what ``pattern`` finds here."""
        found = re.compile(pattern).match(self.text, self.place)
        if found is None:
            raise _NotCanonical
        self.place = found.end()
        return found.group()

    def choice(self, words: dict[str, Any]) -> Any:
        """Take one of the words, the longest that stands here; return its value."""
        for word in sorted(words, key=len, reverse=True):
            if self.has(word):
                return words[word]
        raise _NotCanonical

    def quoted(self) -> str:
        """Take a name or value in quotation marks."""
        return self.match("“[^”]*”")[1:-1]

    def listed(self, item: Callable[[], Any], last: str) -> tuple[Any, ...]:
        """Take a list: ``a, b or c``. A comma before anything else ends it."""
        found = [item()]
        while True:
            place = self.place
            try:
                if not (self.has(f" {last} ") or self.has(", ")):
                    break
                found.append(item())
            except _NotCanonical:
                self.place = place
                break
        return tuple(found)

    # The Query ----------------------------------------------------------------------------------------------

    def query(self) -> Query:
        """Read the whole."""
        parts: dict[str, Any] = self._head()
        against: list[Condition] = []
        having: list[q.Having] = []
        while self.has("; "):
            for relation, words in RELATIONS.items():
                if self.has(f"{words} "):
                    parts["relation"] = relation
                    against.append(self.scope())
                    break
            else:
                self._part(parts, having)
        return Query(**parts, against=tuple(against), having=tuple(having))

    def _head(self) -> dict[str, Any]:
        if self.has("Whether "):
            quantifier = self.quantifier()
            self.expect(" of ")
            scope = self.scope()
            self.expect("; ")
            return {"scope": scope, "claim": q.Claim(quantifier, self.predicate())}
        across = next((name for name, words in ACROSS.items() if self.has(f"{words}: ")), None)
        measure = self.measure()
        self.expect(" ")
        return {"scope": self.scope(), "measure": measure, "across": across}

    def _part(self, parts: dict[str, Any], having: list[q.Having]) -> None:
        if self.has("by "):
            parts["by"] = self.listed(self.group, "and")
        elif self.has("where "):
            quantifier = self.quantifier()
            self.expect(" of them ")
            having.append(q.Having(quantifier, self.predicate()))
        elif self.has("sorted by "):
            key_name = self.group()
            parts["order"] = q.Order(
                key_name, self.choice({", highest first": True, ", lowest first": False})
            )
        elif self.has("places "):
            first = int(self.match(r"\d+"))
            self.expect(" to ")
            parts["ranks"] = (first, int(self.match(r"\d+")))
        elif self.has("as at "):
            parts["at"] = self.period(r"[^;]+?(?=;|\. |$)").since
        else:
            parts["most"] = int(self.match(r"\d+"))
            self.expect(" of them")

    def group(self) -> str:
        """Take the name of a field or other way to group or sort."""
        own = {word: word for word in ("figure", "date", "name", "distance", "service", "rating", "year")}
        return str(self.choice({**own, **self.labels}))

    def measure(self) -> q.Measure:
        """Take what is measured, up to "of"."""
        if self.has("Ratings"):
            before = self.has(" before")
            aspects: tuple[str, ...] = (WHOLE,)
            if self.has(f" for {EVERY_ASPECT}") or self.has(f" for {EVERY_AREA}"):
                aspects = ()
            elif self.has(" for "):
                aspects = self.listed(self.aspect, "and")
            measure: q.Measure = q.Ratings(aspects, self.service(), before)
        elif self.has("The "):
            measure = q.Values(self.listed(lambda: self.choice(self.labels), "and"))
        elif self.has("Dates of the ratings"):
            measure = q.Dates(*self.of_what())
        elif self.has("Share ("):
            measure = q.Share(self.predicate())
            self.expect(")")
        elif self.text.startswith(tuple(WHICH.values()), self.place):
            which = self.choice({words: name for name, words in WHICH.items()})
            measure = q.Events(self.event(), which)
        elif self.has("Number of ratings"):
            measure = q.Times(self.event())
        elif self.has("Number of different "):
            measure = q.Count(self.choice(self.plurals))
        elif self.has("Number of"):
            return q.Count()
        else:
            function = self.choice({word: name for name, word in TOTALS.items()})
            self.expect(" of ")
            measure = q.Total(function, self.choice(self.labels))
        self.expect(" of")
        return measure

    def quantifier(self) -> Quantifier:
        """Take a quantifier."""
        if self.has("all"):
            return q.ALL
        if self.has("none"):
            return q.NONE
        for words, share in _SHARES.items():
            place = self.place
            if self.has(f"{words} "):
                part = re.compile(r"\d+/\d+").match(self.text, self.place)
                if part is not None:
                    self.place = part.end()
                    return share(Fraction(part.group()))
                self.place = place
        low, high = self.bounds()
        return Quantifier(int(low or 0), None if high is None else int(high))

    def bounds(self) -> tuple[float | None, float | None]:
        """Take bounds on a number: ``None`` is open."""
        if self.has("at least "):
            return self.number(), None
        if self.has("at most "):
            return None, self.number()
        if self.has("exactly "):
            value = self.number()
            return value, value
        self.expect("from ")
        low = self.number()
        self.expect(" to ")
        return low, self.number()

    def number(self) -> float:
        """Take a number."""
        return float(self.match(_NUMBER))

    # The scope ----------------------------------------------------------------------------------------------

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
        """Take one or more conditions that hold together."""
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
        """Take what stands behind "rating": which ones, how they moved, and when."""
        aspect, service = self.of_what()
        ratings = self.listed(self.rating, "or") if self.has(" at ") else ()
        before = self.listed(self.rating, "or") if self.has(" from ") else ()
        signs = next((signs for signs, words in SIGNS.items() if self.has(f" that {words}")), ())
        new = self.has(" that was new")
        since, until = self.within() if self.has(" published") else (None, None)
        return q.Event(ratings, signs, new, aspect, service, since, until, before)

    def within(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Take a period with the blank before it, where one stands here."""
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
            except _NotCanonical:
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

    # Small pieces -------------------------------------------------------------------------------------------

    def rating(self) -> str:
        """Take a rating of the scale, or a quoted result."""
        if self.text.startswith("“", self.place):
            return self.quoted()
        return str(self.choice({word: word for word in self.vocabulary.scale.ratings}))

    def aspect(self) -> str:
        """Take the name of an aspect."""
        return str(self.choice({**self.aspects, WHOLE: WHOLE}))

    def of_what(self) -> tuple[str, str]:
        """Take an aspect and a service, where they are said."""
        place = self.place
        aspect = WHOLE
        if self.has(" for "):
            try:
                aspect = self.aspect()
            except _NotCanonical:
                self.place = place
        return aspect, self.service()

    def service(self) -> str:
        """Take a service, where one is said."""
        return self.quoted() if self.text.startswith(" in “", self.place) and self.has(" in ") else WHOLE

    def subject(self) -> int:
        """Take a quoted name; return the number of the one subject that is called so."""
        number = self.vocabulary.labels.called(self.quoted())
        if number is None:
            raise _NotCanonical
        return number

    def period(self, pattern: str) -> Any:
        """Take a period."""
        found = find_periods(self.match(pattern))
        if len(found) != 1:
            raise _NotCanonical
        return found[0]
