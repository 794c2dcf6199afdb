"""A question as retrieval reads it: what each of its words may stand for, how much it tells, and what kind of answer is demanded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa import text
from qa.retrieval.demands import Kind, demands
from qa.retrieval.index import SentenceIndex
from qa.retrieval.thesaurus import Thesaurus

MOST = 48  # concepts of a question that are looked at, those that tell most
ALIKE = 0.5  # how far a word that only begins alike counts for the word asked


@dataclass(frozen=True, slots=True)
class Option:
    """Terms that, standing together, may tell what was asked; ``strength`` (0 to 1) is how far they count for it."""

    terms: tuple[str, ...]
    strength: float
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or phrase of a question. The first option is the word itself."""

    word: str
    weight: float
    options: tuple[Option, ...]
    name: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks."""

    concepts: tuple[Concept, ...]
    sequence: tuple[str, ...]  # the terms of all its words in order, stop words' too
    kind: Kind


def read(question: str, index: SentenceIndex, thesaurus: Thesaurus) -> Asked:
    """Read a question in the light of the words that the index knows."""
    tokens = text.tokens(question)
    sequence = tuple(text.term(token.text) for token in tokens)
    concepts: dict[str, Concept] = {}
    for place, token in enumerate(tokens):
        term = sequence[place]
        if text.is_stop(token.text) or term in concepts:
            continue
        concepts[term] = _concept(term, token, place > 0 and question[token.start].isupper(), index)
    kept = sorted(concepts.values(), key=lambda concept: -concept.weight)[:MOST]
    return Asked(tuple(concept for concept in concepts.values() if concept in kept), sequence, demands().kind(question))


def _concept(term: str, token: text.Token, capital: bool, index: SentenceIndex) -> Concept:
    number = index.terms.get(term)
    alike = tuple(Option((other,), ALIKE, other) for other in _alike(term, index))
    name = capital or (number is not None and bool(index.names[number]))
    return Concept(token.text, index.weight(term), (Option((term,), 1.0), *alike), name, token.text[0].isdigit())


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
