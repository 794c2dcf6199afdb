"""The English of :mod:`qa.question.say` → the same Query. A small controlled language, read strictly: any
other text gives no Query.

Grammar, with “…” a quoted name or value::

    queries    = query {". " query}
    query      = head {"; " part}
    head       = [across ": "] measure " " scope | "Place of those " predicate ": " measure " " scope
               | "Whether " quantifier " of " scope "; " predicate
    part       = relation " " scope | "by " groups | "where " quantifier " of them " predicate
               | "where " part " times as many of them " predicate " as those " condition
               | "sorted by " key ", " way | "places " n " to " n | n " of them" | "as at " date
    scope      = noun {", " condition}
    predicate  = "are held" | condition {" and also " condition}
    condition  = "either " condition {" or else " condition} | "both " condition {" and also " condition}
               | "other than those " condition | "(" condition ")" | an atom
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from qa.question import query as q
from qa.question.canonical_conditions import ConditionReader
from qa.question.canonical_tokens import NotCanonical
from qa.question.query import WHOLE, Condition, Quantifier, Query
from qa.question.say import (
    ACROSS,
    AS_THOSE,
    BESIDE,
    EVERY_AREA,
    EVERY_ASPECT,
    EXACTLY,
    PLACE,
    RELATIONS,
    SHARES,
    TIMES,
    TOTALS,
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
    PLACE,
)
_SHARES: Mapping[str, tuple[str, ...]] = {
    **{words: (bound,) for bound, words in SHARES.items()},
    EXACTLY: ("least", "most"),
}


def read_canonical(text: str, vocabulary: Vocabulary) -> Query | None:
    """Return the Query that :func:`~qa.question.say.say` put into ``text``; ``None`` for any other text."""
    queries = read_canonical_all(text, vocabulary)
    return queries[0] if len(queries) == 1 else None


def read_canonical_all(text: str, vocabulary: Vocabulary) -> tuple[Query, ...]:
    """Return the Queries that :func:`~qa.question.say.say_all` put into ``text``; none for any other text."""
    if not text.startswith(_OPENS):
        return ()
    reader = _QueryReader(text, vocabulary)
    try:
        queries = [reader.query()]
        while reader.has(BESIDE):
            queries.append(reader.query())
    except (NotCanonical, ValueError, ZeroDivisionError):
        return ()
    return tuple(queries) if reader.place == len(text) else ()


class _QueryReader(ConditionReader):
    """Reads Queries and their parts other than conditions."""

    def query(self) -> Query:
        """Read a whole Query."""
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
        if self.has(PLACE):
            claim = q.Claim(q.ANY, self.predicate())
            self.expect(": ")
            measure = self.measure()
            self.expect(" ")
            return {"scope": self.scope(), "measure": measure, "claim": claim}
        across = next((name for name, words in ACROSS.items() if self.has(f"{words}: ")), None)
        measure = self.measure()
        self.expect(" ")
        return {"scope": self.scope(), "measure": measure, "across": across}

    def _part(self, parts: dict[str, Any], having: list[q.Having]) -> None:
        if self.has("by "):
            parts["by"] = self.listed(self.group, "and")
        elif self.has("where "):
            having.append(self._having())
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

    def _having(self) -> q.Having:
        quantifier = self.quantifier()
        if self.has(f" {TIMES} "):
            condition = self.predicate()
            self.expect(AS_THOSE)
            return q.Having(quantifier, condition, self.condition())
        self.expect(" of them ")
        return q.Having(quantifier, self.predicate())

    def group(self) -> str:
        """Take the name of a field or other way to group or sort."""
        own = {
            word: word
            for word in ("figure", "date", "name", "distance", "steps", "service", "rating", "year")
        }
        return str(self.choice({**own, **self.labels}))

    def measure(self) -> q.Measure:
        """Take what is measured, up to "of"."""
        for words, read in _MEASURES:
            if self.has(words):
                made = read(self)
                break
        else:
            made = self._events() if self.text.startswith(_EVENTS, self.place) else self._total()
        self.expect(" of")
        return made

    def _ratings(self) -> q.Ratings:
        before = self.has(" before")
        aspects: tuple[str, ...] = (WHOLE,)
        if self.has(f" for {EVERY_ASPECT}") or self.has(f" for {EVERY_AREA}"):
            aspects = ()
        elif self.has(" for "):
            aspects = self.listed(self.aspect, "and")
        return q.Ratings(aspects, self.service(), before)

    def _values(self) -> q.Values:
        return q.Values(self.listed(lambda: self.choice(self.labels), "and"))

    def _share(self) -> q.Share:
        share = q.Share(self.predicate())
        self.expect(")")
        return share

    def _events(self) -> q.Events:
        which = self.choice({words: name for name, words in WHICH.items()})
        return q.Events(self.event(), which)

    def _total(self) -> q.Total:
        function = self.choice({word: name for name, word in TOTALS.items()})
        self.expect(" of ")
        return q.Total(function, self.choice(self.labels))

    def quantifier(self) -> Quantifier:
        """Take a quantifier."""
        if self.has("all"):
            return q.ALL
        if self.has("none"):
            return q.NONE
        for words, bounds in _SHARES.items():
            place = self.place
            if self.has(f"{words} "):
                part = re.compile(r"\d+/\d+").match(self.text, self.place)
                if part is not None:
                    self.place = part.end()
                    shares: dict[str, Any] = dict.fromkeys(bounds, Fraction(part.group()))
                    return Quantifier(**shares)
                self.place = place
        low, high = self.bounds()
        return Quantifier(int(low or 0), None if high is None else int(high))


_EVENTS = tuple(WHICH.values())
_MEASURES: tuple[tuple[str, Callable[[_QueryReader], q.Measure]], ...] = (  # how each begins
    ("Ratings", _QueryReader._ratings),
    ("The ", _QueryReader._values),
    ("Dates of the ratings", lambda reader: q.Dates(*reader.of_what())),
    ("Share (", _QueryReader._share),
    ("Number of ratings", lambda reader: q.Times(reader.event())),
    ("Number of different ", lambda reader: q.Count(reader.choice(reader.plurals))),
    ("Number", lambda reader: q.Count()),
)
