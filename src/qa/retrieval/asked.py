"""A question as retrieval reads it: what each of its words may stand for, how much it tells, and what kind of answer is demanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa import text
from qa.records import Change
from qa.retrieval.background import fillers, shares
from qa.retrieval.classes import is_year
from qa.retrieval.demands import Kind, demands
from qa.retrieval.index import SentenceIndex
from qa.retrieval.thesaurus import Other, Reading, Thesaurus

MOST = 48  # concepts of a question that are looked at, those that tell most

# How far they count for the word asked:
OTHER = 0.5  # other words that the thesaurus gives, …
OF_KNOWN = 0.15  # … where the passages have the very word, too,
ALIKE = 0.5  # words that only begin alike,
CORRECTED = 0.9  # a word that differs by a slip,
ASIDE = 0.4  # in the first search, words of the questions before and words that ask for nothing

_UNITS_OF_ANYTHING = frozenset({"times", "people", "ways", "kinds", "types", "different", "things"})

LEAST = 0.3  # of the weight of its other words, what a word keeps that stands beside a better known one


@dataclass(frozen=True, slots=True)
class Option:
    """Terms that, standing together, may tell what was asked; ``strength`` (0 to 1) is how far they count for it.

    ``shown`` is what the thesaurus says, empty where a word only begins alike or was misspelt.
    """

    terms: tuple[str, ...]
    strength: float
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
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


def read(question: str, index: SentenceIndex, thesaurus: Thesaurus, topic: Sequence[str] = ()) -> Asked:
    """Read a question in the light of the words that the index knows; ``topic`` are words of the questions before."""
    tokens = text.tokens(question)
    words = [token.text for token in tokens]
    reader = _Reader(question, index, thesaurus)
    place = 0
    for reading in (*thesaurus.readings(words), Reading(len(words), len(words), ())):
        for token in tokens[place : reading.start]:
            reader.word(token)
        reader.phrase(tokens[reading.start : reading.end], reading.others)
        place = reading.end
    reader.topic(topic)
    sequence = tuple(map(text.term, words))
    return Asked(_telling(reader.found.values()), sequence, demands().kind(question), _counted(words), tuple(reader.corrections))


def _telling(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    listed = list(concepts)
    kept = sorted(range(len(listed)), key=lambda place: -listed[place].weight)[:MOST]
    return tuple(listed[place] for place in sorted(kept))


def _counted(words: Sequence[str]) -> str | None:
    """The term of "beds" in "how many empty beds are there": the last word before the verb, or before whatever stands in its place."""
    for place, pair in enumerate(zip(words, words[1:], strict=False)):
        if pair == ("how", "many"):
            content = [word for word in words[place + 2 :] if word != "of"]
            end = next((end for end, word in enumerate(content) if text.is_stop(word)), len(content))
            return text.term(content[end - 1]) if end and content[end - 1] not in _UNITS_OF_ANYTHING else None
    return None


class _Reader:
    """Gathers the concepts of a question, each term once."""

    def __init__(self, question: str, index: SentenceIndex, thesaurus: Thesaurus) -> None:
        self._question, self._index, self._thesaurus = question, index, thesaurus
        self.found: dict[str, Concept] = {}
        self.corrections: list[Change] = []

    def word(self, token: text.Token) -> None:
        """Take in a word that has no other words."""
        if not self._is_empty(token.text):
            self._add(token, token.text, self._index.weight(text.term(token.text)), ())

    def phrase(self, tokens: Sequence[text.Token], others: Sequence[Other]) -> None:
        """Take in words that together have other words, of which those count that the passages have."""
        options = [Option(other.terms, OTHER, other.shown) for other in others if all(map(self._index.terms.__contains__, other.terms))]
        content = [token for token in tokens if not self._is_empty(token.text)]
        shown = self._question[tokens[0].start : tokens[-1].end] if tokens else ""
        if options and not content:
            self.found.setdefault(shown, Concept(shown, shown, max(map(self._weight, options)), shown, tuple(options)))
        if options and content:
            self._read_as(content, shown, options)
        elif content:
            for token in content:
                self.word(token)

    def _read_as(self, tokens: Sequence[text.Token], shown: str, options: Sequence[Option]) -> None:
        """Words that the index does not know count for no more, together, than the other words that it does know."""
        weights = {token: self._index.weight(text.term(token.text)) for token in tokens}
        strange = [token for token in tokens if text.term(token.text) not in self._index.terms]
        if strange:
            best = max(map(self._weight, options))
            familiar = sum(weight for token, weight in weights.items() if token not in strange)
            share = min(1.0, max(best - familiar, LEAST * best) / sum(weights[token] for token in strange))
            weights.update({token: weights[token] * share for token in strange})
        whole, strength = sum(weights.values()), OTHER if strange else OF_KNOWN
        scaled = tuple(Option(option.terms, strength * min(1.0, self._weight(option) / whole), option.shown) for option in options)
        for token, weight in weights.items():
            self._add(token, shown, weight, scaled)

    def _add(self, token: text.Token, phrase: str, weight: float, options: tuple[Option, ...]) -> None:
        term, index = text.term(token.text), self._index
        if term in self.found:
            return
        alike = tuple(Option((other,), ALIKE) for other in _alike(term, index))
        if not (options or alike) and term not in index.terms and term not in shares() and token.text not in self._thesaurus.words:
            alike = self._corrected(token)
            weight = index.weight(alike[0].terms[0]) if alike else weight
        number = index.terms.get(term)
        name = self._is_capital(token) or (number is not None and bool(index.names[number]))
        year, aside = is_year(token.text), token.text in fillers()
        self.found[term] = Concept(token.text, phrase, weight, term, (*alike, *options), name, year, aside)

    def _corrected(self, token: text.Token) -> tuple[Option, ...]:
        """The word that was meant, if one is near; a name is read as no other word than a name."""
        nearest = self._index.spelling.nearest(token.text)
        if nearest is None or (self._is_capital(token) and not self._index.names[self._index.terms[text.term(nearest)]]):
            return ()
        self.corrections.append(Change(token.text, nearest))
        return (Option((text.term(nearest),), CORRECTED),)

    def _is_capital(self, token: text.Token) -> bool:
        return token.start > 0 and self._question[token.start].isupper()

    def topic(self, words: Iterable[str]) -> None:
        """Take in the words of the questions before that the passages have."""
        for word in words:
            for term in text.terms(word):
                if term in self._index.terms:
                    self.found.setdefault(term, Concept(word, word, ASIDE * self._index.weight(term), term, (), aside=True))

    def _is_empty(self, word: str) -> bool:
        return text.is_stop(word) or (word in fillers() and text.term(word) not in self._index.terms)

    def _weight(self, option: Option) -> float:
        return max(map(self._index.weight, option.terms))


def _alike(term: str, index: SentenceIndex) -> Iterator[str]:
    """Terms of the index that begin alike and so, most of the time, are of the same family: "immune", "immunology"."""
    if len(term) >= 4 and not term[0].isdigit():
        shared = max(4, -(-6 * len(term) // 10))
        yield from (other for other in index.beginning(term[:shared]) if other != term and _are_alike(term, other))


def _are_alike(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    shared = next((place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), shorter)
    return shared >= max(4, shorter - 1, 0.6 * longer)
