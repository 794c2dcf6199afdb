"""How a question was read, as chips that can be changed: each offers the question without its part, or with another value in its place.

A changed question is only offered if the service, asked it, reads exactly what the chip promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qa.facts import FactQuery
from qa.facts.queries import WHOLE
from qa.records import Answer, FieldValue
from qa.scale import folded

if TYPE_CHECKING:
    from qa.service import Service

MOST = 6  # other values offered for a part
PLACES = ("local_authority", "region", "town")
# What a part of the reading is called, and how the question is called without it.
LABELS = {
    "local_authority": ("Council area", "Any council area"),
    "region": ("Region", "Any region"),
    "town": ("Town", "Any town"),
    "postcode": ("Postcode", "Any postcode"),
    "kind": ("Kind", "Any kind"),
    "type": ("Type", "Any type"),
    "provider": ("Run by", "Any provider"),
    "aspect": ("Rated for", "Overall"),
    "service": ("Service", "The whole"),
    "rating": ("Rating", "Any rating"),
    "previous_rating": ("Rating before", "Any rating before"),
    "published": ("Published", "Any date"),
}
# Words that ask and join, and so add nothing to a reading.
PLAIN = frozenset({
    "a", "all", "an", "and", "any", "are", "at", "been", "by", "can", "do", "does", "every", "find",
    "for", "get", "give", "had", "has", "have", "how", "i", "in", "is", "list", "many", "me", "much",
    "number", "of", "on", "please", "rated", "rating", "ratings", "run", "s", "show", "tell", "that", "the", "their",
    "there", "these", "they", "those", "to", "us", "was", "were", "what", "which", "with", "you",
})  # fmt: skip
QUESTIONS = {"list": "Which {kind}{there}{place}{provider}{rest}?", "count": "How many {kind}{there}{place}{provider}{rest}?"}


@dataclass(frozen=True, slots=True)
class Option:
    """Another reading: what it is called, and the question that is read so."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the reading, with what it can be changed into; there may be nothing."""

    label: str
    value: str
    options: tuple[Option, ...]


class Readings:
    """Makes the chips of one service's answers."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def changeable(self, answer: Answer) -> tuple[Chip, ...]:
        """Return the parts of the reading with the questions that change one of them."""
        faithful = self._faithful(answer)
        return tuple(Chip(_label(part), part.value, tuple(self._options(answer, part, faithful))) for part in _parts(answer))

    def _options(self, answer: Answer, part: FieldValue, faithful: bool) -> Iterator[Option]:
        others = [value for value in self._values.get(part.field, ()) if folded(value) != folded(part.value)][:MOST]
        for value in (*others, None):
            question = self._question(answer, part, value, faithful)
            if question and part.field in LABELS:
                yield Option(value or LABELS[part.field][1], question)

    @cached_property
    def _values(self) -> dict[str, Sequence[str]]:
        """The values to offer, by field: of ratings the whole scale, of places and kinds the commonest."""
        facts, ratings = self._service.facts, self._service.scale.ratings
        common = {field: [value for value, _ in facts.groups(FactQuery(), field, MOST + 1)] for field in (*PLACES, "kind")}
        aspects = [aspect for aspect in facts.values("aspect") if aspect != WHOLE]
        return {**common, "aspect": aspects, "rating": ratings, "previous_rating": ratings}

    def _question(self, answer: Answer, part: FieldValue, value: str | None, faithful: bool) -> str | None:
        """Return the first wording in which ``part`` is read as ``value``, or not at all, and nothing else differs."""
        read = answer.understood
        changed = [FieldValue(part.field, value or "") if one == part else one for one in read.filters]
        wanted = [one for one in changed if one.value]
        wordings = [_composed(read.intent, wanted)] if faithful else []
        for question in (*wordings, *_reworded(read.standalone, part, value)):
            again = self._service.ask(question, top=1).understood
            if again.intent == read.intent and set(map(_key, again.filters)) == set(map(_key, wanted)) and not again.unknown:
                return question
        return None

    def _faithful(self, answer: Answer) -> bool:
        """Whether the reading, put in plain words, says all that the question said: no word is left over, the facts are the same."""
        read = answer.understood
        if read.intent not in QUESTIONS or read.subjects or _left_over(read.standalone, read.filters):
            return False
        again = self._service.ask(_composed(read.intent, read.filters), top=1)
        return (again.facts, again.facts_total) == (answer.facts, answer.facts_total)


def _left_over(question: str, filters: Sequence[FieldValue]) -> bool:
    """Whether the question has words that none of its filters accounts for, such as ``improved``."""
    for one in filters:
        question = re.sub(_typed(one.value), " ", question, flags=re.IGNORECASE)
    return not PLAIN.issuperset(re.findall(r"\w+", question.lower()))


def _reworded(question: str, part: FieldValue, value: str | None) -> Iterator[str]:
    """Yield the reader's own words with another value in place of the one that was typed, or without it."""
    lead = r"" if value else r"\s+(?:(?:in|near|for|by|run by|rated|to|from|at)\s+)?"
    typed = re.search(lead + _typed(part.value), question, re.IGNORECASE)
    if typed:
        yield question[: typed.start()] + (_said(part.field, value) if value else "") + question[typed.end() :]


def _composed(intent: str, wanted: Sequence[FieldValue]) -> str:
    """Put a reading in plain words, e.g. ``Which care homes in Ludlow were rated good for safe?``."""
    told = {one.field: _said(one.field, one.value) for one in wanted}
    place = next((told[field] for field in (*PLACES, "postcode") if field in told), "")
    there = "" if "rating" in told or "aspect" in told else " are there"
    rest = f" were rated {told['rating']}" if "rating" in told else " are rated" if "aspect" in told else ""
    rest += f" for {told['aspect']}" if "aspect" in told else ""
    rest += f" {told['published']}" if "published" in told else ""
    provider = f" run by {told['provider']}" if "provider" in told else ""
    kind, where = told.get("kind", "places"), f" in {place}" if place else ""
    return QUESTIONS[intent].format(kind=kind, there=there, place=where, provider=provider, rest=rest)


def _typed(value: str) -> str:
    """Return a pattern for ``value`` as people type it: any case, and endings that differ a little."""
    stems = (re.escape(word[: max(4, len(word) - 2)]) + r"[\w’']*" for word in value.split())
    return r"\b" + r"\s+".join(stems)


def _said(field: str, value: str) -> str:
    return value.lower() if field in ("rating", "previous_rating", "aspect") else value


def plain(answer: Answer) -> tuple[Chip, ...]:
    """Return the parts of the reading, without any change to choose."""
    return tuple(Chip(_label(part), part.value, ()) for part in _parts(answer))


def _key(one: FieldValue) -> tuple[str, str]:
    return one.field, folded(one.value)


def _label(part: FieldValue) -> str:
    return LABELS[part.field][0] if part.field in LABELS else part.field.replace("_", " ").capitalize()


def _parts(answer: Answer) -> tuple[FieldValue, ...]:
    """Return what the facts were narrowed by; each may be told once only."""
    narrowed = answer.status in ("answered", "not_found") and answer.understood.intent != "passage"
    return tuple(dict.fromkeys(answer.understood.filters)) if narrowed else ()
