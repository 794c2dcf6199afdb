"""A question as retrieval reads it: what each of its words may stand for, how much it tells, and what kind of answer is demanded."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from qa import text
from qa.records import Change
from qa.retrieval.background import fillers, shares
from qa.retrieval.classes import is_year
from qa.retrieval.demands import Kind, demands
from qa.retrieval.index import SentenceIndex
from qa.retrieval.thesaurus import Other, Thesaurus

MOST = 48  # concepts of a question that are looked at, those that tell most

# How far they count for the word asked:
OTHER = 0.5  # other words that the thesaurus gives, …
OF_KNOWN = 0.15  # … where the passages have the very word, too,
ALIKE = 0.5  # words that only begin alike,
CORRECTED = 0.9  # a word that differs by a slip,
ASIDE = 0.4  # in the first search, words of the questions before and words that ask for nothing

LEAST = 0.3  # of the weight of its other words, what a word keeps that stands beside a better known one
_COUNT_ANYTHING = frozenset({"times", "people", "ways", "kinds", "types", "different", "things"})
_REMEMBERED = 1 << 16


class Option(NamedTuple):
    """Terms that, standing together, may tell what was asked; ``strength`` (0 to 1) is how far they count for it.

    ``shown`` is what the thesaurus says, empty where a word only begins alike or was misspelt.
    """

    terms: tuple[str, ...]
    strength: float
    shown: str = ""


class Concept(NamedTuple):
    """A word of a question with all that may stand for it, or a phrase of stop words that has other words."""

    word: str
    phrase: str  # the words, as typed, that the thesaurus read together
    weight: float
    term: str  # of the very word
    options: tuple[Option, ...]
    name: bool = False
    year: bool = False
    aside: bool = False  # helps to rank, but nothing is lacking without it


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks."""

    concepts: tuple[Concept, ...]
    sequence: tuple[str, ...]  # the terms of all its words in order, stop words' too
    kind: Kind
    counted: str | None  # the term of what "how many" asks to be counted
    corrections: tuple[Change, ...]


@dataclass(slots=True)
class _Reading:
    """A question while it is read: its concepts so far, each term once."""

    question: str
    concepts: dict[str, Concept] = field(default_factory=dict)
    corrections: list[Change] = field(default_factory=list)

    def capital(self, token: text.Token) -> bool:
        """Whether a word within the question begins with a capital, as names do."""
        return token.start > 0 and self.question[token.start].isupper()


class Reader:
    """Reads questions in the light of the words that an index knows."""

    def __init__(self, index: SentenceIndex, thesaurus: Thesaurus) -> None:
        self._index, self._thesaurus = index, thesaurus
        self._known = lru_cache(_REMEMBERED)(self._known_of)
        self._alike = lru_cache(_REMEMBERED)(self._alike_of)

    def read(self, question: str, topic: Sequence[str] = ()) -> Asked:
        """What a question asks; ``topic`` are words of the questions before."""
        tokens = text.tokens(question)
        words = [token.text for token in tokens]
        reading, place = _Reading(question), 0
        for phrase in self._thesaurus.readings(words):
            self._words(reading, tokens[place : phrase.start])
            self._phrase(reading, tokens[phrase.start : phrase.end], self._known(phrase.others))
            place = phrase.end
        self._words(reading, tokens[place:])
        self._topic(reading, topic)
        sequence = tuple([text.term(word) for word in words])
        return Asked(_telling(reading.concepts), sequence, demands().kind(question), _counted(words), tuple(reading.corrections))

    def _words(self, reading: _Reading, tokens: Iterable[text.Token]) -> None:
        """Take in words that have no other words."""
        for token in tokens:
            if not self._is_empty(token.text):
                self._add(reading, token, token.text, self._index.weight(text.term(token.text)), ())

    def _phrase(self, reading: _Reading, tokens: Sequence[text.Token], options: tuple[tuple[Option, float], ...]) -> None:
        """Take in words that together have other words."""
        content = [token for token in tokens if not self._is_empty(token.text)]
        shown = reading.question[tokens[0].start : tokens[-1].end]
        if options and content:
            self._read_as(reading, content, shown, options)
        elif options:
            weight = max(weight for _, weight in options)
            reading.concepts.setdefault(shown, Concept(shown, shown, weight, shown, tuple(option for option, _ in options)))
        else:
            self._words(reading, content)

    def _read_as(self, reading: _Reading, tokens: Sequence[text.Token], shown: str, options: tuple[tuple[Option, float], ...]) -> None:
        """Words that the index does not know count for no more, together, than the other words that it does know."""
        weights = [self._index.weight(text.term(token.text)) for token in tokens]
        strange = [text.term(token.text) not in self._index.terms for token in tokens]
        if any(strange):
            best = max(weight for _, weight in options)
            unknown = sum(itertools.compress(weights, strange))
            share = min(1.0, max(best - sum(weights) + unknown, LEAST * best) / unknown)
            weights = [weight * share if is_strange else weight for weight, is_strange in zip(weights, strange, strict=True)]
        whole, strength = sum(weights), OTHER if any(strange) else OF_KNOWN
        scaled = tuple([Option(option.terms, strength * min(1.0, weight / whole), option.shown) for option, weight in options])
        for token, weight in zip(tokens, weights, strict=True):
            self._add(reading, token, shown, weight, scaled)

    def _add(self, reading: _Reading, token: text.Token, phrase: str, weight: float, options: tuple[Option, ...]) -> None:
        term, index = text.term(token.text), self._index
        if term in reading.concepts:
            return
        alike, number = self._alike(term), index.terms.get(term)
        if not (options or alike or number is not None or term in shares() or token.text in self._thesaurus.words):
            alike = self._corrected(reading, token)
            weight = index.weight(alike[0].terms[0]) if alike else weight
        name = reading.capital(token) or (number is not None and bool(index.names[number]))
        filler = token.text in fillers()
        reading.concepts[term] = Concept(token.text, phrase, weight, term, (*alike, *options), name, is_year(token.text), filler)

    def _corrected(self, reading: _Reading, token: text.Token) -> tuple[Option, ...]:
        """The word that was meant, if one is near; a name is read as no other word than a name."""
        nearest = self._index.spelling.nearest(token.text)
        if nearest is None or (reading.capital(token) and not self._index.names[self._index.terms[text.term(nearest)]]):
            return ()
        reading.corrections.append(Change(token.text, nearest))
        return (Option((text.term(nearest),), CORRECTED),)

    def _topic(self, reading: _Reading, words: Iterable[str]) -> None:
        for word in words:
            for term in text.terms(word):
                if term in self._index.terms:
                    concept = Concept(word, word, ASIDE * self._index.weight(term), term, (), aside=True)
                    reading.concepts.setdefault(term, concept)

    def _is_empty(self, word: str) -> bool:
        return text.is_stop(word) or (word in fillers() and text.term(word) not in self._index.terms)

    def _known_of(self, others: tuple[Other, ...]) -> tuple[tuple[Option, float], ...]:
        """The other words that the index has, each with the information that it carries."""
        known = [other for other in others if all(term in self._index.terms for term in other.terms)]
        return tuple((Option(other.terms, OTHER, other.shown), max(map(self._index.weight, other.terms))) for other in known)

    def _alike_of(self, term: str) -> tuple[Option, ...]:
        """Terms of the index that begin alike and so, most of the time, are of the same family: "immune", "immunology"."""
        if len(term) < 4 or term[0].isdigit():
            return ()
        shared = max(4, -(-6 * len(term) // 10))
        return tuple(Option((other,), ALIKE) for other in self._index.beginning(term[:shared]) if other != term and _are_alike(term, other))


def _are_alike(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    shared = next((place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), shorter)
    return shared >= max(4, shorter - 1, 0.6 * longer)


def _telling(concepts: dict[str, Concept]) -> tuple[Concept, ...]:
    listed = tuple(concepts.values())
    if len(listed) <= MOST:
        return listed
    kept = sorted(range(len(listed)), key=lambda place: -listed[place].weight)[:MOST]
    return tuple(listed[place] for place in sorted(kept))


def _counted(words: Sequence[str]) -> str | None:
    """The term of "beds" in "how many empty beds are there": the last word before the verb, or before whatever stands in its place."""
    for place, pair in enumerate(itertools.pairwise(words)):
        if pair == ("how", "many"):
            content = list(itertools.takewhile(lambda word: not text.is_stop(word), (word for word in words[place + 2 :] if word != "of")))
            return text.term(content[-1]) if content and content[-1] not in _COUNT_ANYTHING else None
    return None
