"""Shows how a question was read as chips. Removing or changing a chip asks the resulting Query.

A chip asks its Query in the service's own English, which is read back as exactly that Query. A change that
can't be said so is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qa.answering.editing import in_few_words, parts_shown
from qa.question.canonical import read_canonical_all
from qa.question.query import Condition, Named, Query, conjunction, parts_of
from qa.question.say import say_all
from qa.records import RatingFact
from qa.web.api.ask_request import MAX_QUESTION

if TYPE_CHECKING:
    from qa.service import Asked, Service

SHOWN = 6  # chips; the others are folded
_MOST = 6  # other values offered for a part
_GROUPS = ("key questions", "services", "ratings", "years", "more")
_READ = 500  # candidates for one name
_IDENTIFIES = ("identifier", "street", "town", "postcode")


@dataclass(frozen=True, slots=True)
class Option:
    """Another reading: its label, and the question that is read so."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the reading; ``without`` is the question without it, empty if there is none,
    ``options`` change it.
    """

    words: str
    without: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that may be meant, by its rating fact; ``question`` asks of this one and no other."""

    fact: RatingFact
    question: str


@dataclass(frozen=True, slots=True)
class Row:
    """The chips of one Query: those that are seen at once, and the others."""

    shown: tuple[Chip, ...]
    folded: tuple[Chip, ...] = ()


class Readings:
    """Makes the chips of one service's answers."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @cached_property
    def groups(self) -> frozenset[str]:
        """What groups are called in the plural."""
        return frozenset((*_GROUPS, *(field.plural for field in self._service.context.fields)))

    def rows(self, asked: Asked, *, changeable: bool) -> tuple[Row, ...]:
        """Return a row of chips for each Query that the answer covers; if they can't be
        changed, only with the words.
        """
        queries = told(asked)
        return tuple(_row(tuple(self._chips(queries, place, changeable))) for place in range(len(queries)))

    def in_words(self, question: str) -> str:
        """Return a question in readable form: one that a chip asks in the words of its chips,
        any other as it is.
        """
        queries = read_canonical_all(question, self._service.vocabulary)
        return in_few_words(queries, self._service.context) if queries else question

    def candidates(self, asked: Asked) -> tuple[Candidate, ...]:
        """Return the possible meanings of an ambiguous name, each with the question that names only this one,
        in the order of the facts.
        """
        choice, queries = asked.reading.ambiguous, told(asked)
        if choice is None or asked.answer.status != "ambiguous":
            return ()
        subjects = {
            _identity(one.name, one.attributes): one.id
            for one in self._service.vocabulary.store.subjects(choice.subjects[:_READ])
        }
        found: dict[int, Candidate] = {}
        for fact in asked.answer.facts:
            number = subjects.get(_identity(fact.subject, fact.attributes))
            if number is not None and number not in found:
                question = self.asks(
                    tuple(_naming(query, choice.subjects, number, fact.subject) for query in queries)
                )
                found.update({number: Candidate(fact, question)} if question else {})
        return tuple(found.values())

    def _chips(self, queries: tuple[Query, ...], place: int, changeable: bool) -> Iterator[Chip]:
        for part in parts_shown(queries[place], self._service.context, self._service.offers):
            if not changeable:
                yield Chip(part.words)
                continue
            offered = (
                (other.words, self._with(queries, place, other.query)) for other in part.others[:_MOST]
            )
            options = tuple(Option(words, question) for words, question in offered if question)
            yield Chip(part.words, self._with(queries, place, part.without) or "", options)

    def _with(self, queries: tuple[Query, ...], place: int, changed: Query | None) -> str | None:
        """Return the question that asks ``queries`` with a changed one in its ``place``."""
        return self.asks((*queries[:place], changed, *queries[place + 1 :])) if changed is not None else None

    def asks(self, queries: tuple[Query, ...]) -> str | None:
        """Return the question that is read as ``queries``; ``None`` if there is none."""
        question = say_all(queries, self._service.vocabulary)
        fits = len(question) <= MAX_QUESTION and len(set(queries)) == len(queries)
        return (
            question if fits and read_canonical_all(question, self._service.vocabulary) == queries else None
        )


def told(asked: Asked) -> tuple[Query, ...]:
    """Return the Queries that an answer covers; none if it comes from passages, or if nothing was read."""
    queries = asked.reading.queries if asked.answer.understood.reading is not None else ()
    return tuple(query for query in queries if query.prose is None)


def only_query(asked: Asked) -> Query | None:
    """Return the one Query that an answer from the tables covers; ``None`` if it covers several, or none."""
    told_of = (
        told(asked) if asked.answer.status == "answered" and asked.answer.answer.basis == "facts" else ()
    )
    return told_of[0] if len(told_of) == 1 else None


def _row(chips: tuple[Chip, ...]) -> Row:
    shown = len(chips) if len(chips) == SHOWN + 1 else SHOWN  # hiding a single one would save nothing
    return Row(chips[:shown], chips[shown:])


def _identity(name: str, attributes: Mapping[str, str]) -> tuple[str | None, ...]:
    return (name, *(attributes.get(field) for field in _IDENTIFIES))


def _naming(query: Query, candidates: Sequence[int], number: int, name: str) -> Query:
    """``query`` with one of the ``candidates`` in the place of them all."""
    one = Named((number,), (name,))
    scopes = [_with(scope, candidates, one) for scope in (query.scope, *query.against)]
    return replace(query, scope=scopes[0], against=tuple(scopes[1:]))


def _with(scope: Condition, candidates: Sequence[int], one: Named) -> Condition:
    return conjunction(
        *(
            one if isinstance(part, Named) and set(part.subjects) <= set(candidates) else part
            for part in parts_of(scope)
        )
    )
