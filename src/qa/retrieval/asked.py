"""A question as retrieval reads it: what each of its words may stand for, how much it tells, and what kind of answer is demanded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa import text
from qa.retrieval.background import fillers
from qa.retrieval.demands import Kind, demands
from qa.retrieval.index import SentenceIndex
from qa.retrieval.thesaurus import Reading, Thesaurus

MOST = 48  # concepts of a question that are looked at, those that tell most
ALIKE = 0.5  # how far a word that only begins alike counts for the word asked …
OTHER = 0.5  # … and other words that the thesaurus gives
KNOWN = 0.3
FLOOR = 0.3
TOPIC = 0.4  # how far the words of the questions before count


@dataclass(frozen=True, slots=True)
class Option:
    """Terms that, standing together, may tell what was asked; ``strength`` (0 to 1) is how far they count for it.

    ``shown`` is what the thesaurus says, empty where the terms are those asked.
    """

    terms: tuple[str, ...]
    strength: float
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question, or a phrase of stop words that has other words."""

    word: str
    weight: float
    term: str  # of the very word
    options: tuple[Option, ...]  # whatever may stand for it
    name: bool = False
    number: bool = False
    aside: bool = False  # helps to rank, but nothing is lacking without it: of the questions before, or a word that asks for nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks."""

    concepts: tuple[Concept, ...]
    sequence: tuple[str, ...]  # the terms of all its words in order, stop words' too
    kind: Kind


def read(question: str, index: SentenceIndex, thesaurus: Thesaurus, topic: Sequence[str] = ()) -> Asked:
    """Read a question in the light of the words that the index knows; ``topic`` are words of the questions before."""
    tokens = text.tokens(question)
    words = [token.text for token in tokens]
    found: dict[str, Concept] = {}
    place = 0
    for reading in (*thesaurus.readings(words), Reading(len(words), len(words), ())):
        plain = [[token] for token in tokens[place : reading.start] if not _is_empty(token.text, index)]
        for part in plain:
            _add(found, _concepts(question, part, (), index))
        _add(found, _concepts(question, tokens[reading.start : reading.end], _options(reading, index), index))
        place = reading.end
    _add(found, _topic(topic, index))
    return Asked(_telling(found.values()), tuple(text.term(word) for word in words), demands().kind(question))


def _add(found: dict[str, Concept], concepts: Iterable[Concept]) -> None:
    for concept in concepts:
        found.setdefault(concept.term, concept)


def _telling(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    listed = list(concepts)
    kept = sorted(range(len(listed)), key=lambda place: -listed[place].weight)[:MOST]
    return tuple(listed[place] for place in sorted(kept))


def _options(reading: Reading, index: SentenceIndex) -> tuple[Option, ...]:
    """The other words of a phrase that the index knows."""
    return tuple(Option(other.terms, OTHER, other.shown) for other in reading.others if all(term in index.terms for term in other.terms))


def _concepts(question: str, tokens: Sequence[text.Token], options: tuple[Option, ...], index: SentenceIndex) -> Iterable[Concept]:
    """The words of a phrase, each with the other words of the whole phrase.

    Words that the index does not know count for no more, together, than the other words that it does know.
    """
    content = [token for token in tokens if not _is_empty(token.text, index)]
    weights = [index.weight(text.term(token.text)) for token in content]
    known = [text.term(token.text) in index.terms for token in content]
    best = max((_weight(option.terms, index) for option in options), default=0.0)
    if not content and options:
        shown = question[tokens[0].start : tokens[-1].end]
        yield Concept(shown, best, shown.lower(), options)
        return
    if options and not all(known):
        sure = sum(weight for weight, is_known in zip(weights, known, strict=True) if is_known)
        spare = sum(weights) - sure
        share = min(1.0, max(best - sure, FLOOR * best) / spare)
        weights = [weight if is_known else weight * share for weight, is_known in zip(weights, known, strict=True)]
    whole = sum(weights)
    factor = KNOWN if all(known) else 1.0
    scaled = tuple(
        replace(option, strength=factor * option.strength * min(1.0, _weight(option.terms, index) / whole)) for option in options
    )
    for token, weight in zip(content, weights, strict=True):
        term = text.term(token.text)
        alike = tuple(Option((other,), ALIKE) for other in _alike(term, index))
        yield Concept(token.text, weight, term, (*alike, *scaled), _is_name(question, [token], index), token.text[0].isdigit(), token.text in fillers())


def _is_empty(word: str, index: SentenceIndex) -> bool:
    return text.is_stop(word) or (word in fillers() and text.term(word) not in index.terms)


def _weight(terms: tuple[str, ...], index: SentenceIndex) -> float:
    return max(index.weight(term) for term in terms)


def _is_name(question: str, tokens: Sequence[text.Token], index: SentenceIndex) -> bool:
    for token in tokens:
        number = index.terms.get(text.term(token.text))
        if (token.start > 0 and question[token.start].isupper()) or (number is not None and index.names[number]):
            return True
    return False


def _topic(words: Iterable[str], index: SentenceIndex) -> Iterable[Concept]:
    for word in words:
        for term in text.terms(word):
            if term in index.terms:
                yield Concept(word, TOPIC * index.weight(term), term, (), aside=True)


def _alike(term: str, index: SentenceIndex) -> Sequence[str]:
    """Terms of the index that begin alike and so, most of the time, are of the same family: "immune", "immunology"."""
    if len(term) < 4 or term[0].isdigit():
        return ()
    shared = max(4, -(-6 * len(term) // 10))
    return [other for other in index.beginning(term[:shared]) if other != term and _are_alike(term, other)]


def _are_alike(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    shared = next((place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), shorter)
    return shared >= max(4, shorter - 1, 0.6 * longer)
