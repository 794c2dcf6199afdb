"""A question as retrieval sees it: what each word can match, how much information it carries, and what kind
of answer is expected."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.language.clauses import asked_part
from qa.language.remembering import remembered
from qa.language.stems import is_stop, stem, terms
from qa.language.tokens import Token, as_typed, tokenize
from qa.language.words import flagged
from qa.records import Change
from qa.retrieval.background import is_manner, shares
from qa.retrieval.classes import FLAGS, is_year
from qa.retrieval.demands import Kind, demands
from qa.retrieval.index import SentenceIndex
from qa.retrieval.near_words import is_common, neighbours
from qa.retrieval.thesaurus import Thesaurus

MOST = 48  # the most concepts of a question; the most informative ones are kept

MOST_ALIKE = 6  # the most words that begin alike; those of most similar length are kept

# How much these count for the word in the question:
OTHER = 0.6  # other words from the thesaurus
PHRASE = 0.9  # strength of the other words for a phrase, which is rarely ambiguous
OF_KNOWN = 0.8  # factor for other words if the passages have the question's own words, too
ALIKE = 0.5  # words that only begin alike
NEAR = 0.4  # words of similar meaning, for the nearest ones
CORRECTED = 0.9  # a corrected word
ASIDE = 0.4  # in the first search, words of earlier questions and words that ask for nothing

# The most words of similar meaning for a word that the passages lack, and for one that they have.
MOST_NEAR, MOST_NEAR_KNOWN = 10, 4
NEAR_LEAST, NEAR_MOST = 0.25, 0.75  # nearness from which they count at all, and from which they count fully

LEAST = 0.3  # share of its other words' weight that a word keeps beside a better known one
_COUNT_ANYTHING = frozenset({"times", "ways", "kinds", "types", "different", "things"})
_HOW_MANY = ("how", "many")
_WHO_IS = frozenset({("name", "of"), *(("who", verb) for verb in ("is", "was", "are", "were", "the"))})
_DETERMINERS = frozenset({"of", "the", "a", "an", "its", "their", "current", "present", "new", "now"})
_PHRASE = 120  # the most letters of a phrase that is cached


class Option(NamedTuple):
    """Terms that together may match a word of the question; ``strength`` (0 to 1) is how much they count.

    ``shown`` is the entry of the thesaurus, empty if a word only begins alike or was misspelt.
    """

    terms: tuple[str, ...]
    strength: float
    shown: str = ""


class Concept(NamedTuple):
    """A word of a question with everything that can match it, or a phrase of stop words that has other
    words."""

    word: str
    phrase: str  # the words, as typed, that the thesaurus reads as one phrase
    weight: float
    term: str  # the term of the word itself
    options: tuple[Option, ...]
    name: bool = False
    year: bool = False
    aside: bool = False  # helps to rank, but is not missed
    manner: bool = False  # a verb, adjective or adverb


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks."""

    concepts: tuple[Concept, ...]
    sequence: tuple[str, ...]  # the terms of all its words in order, including stop words
    content: frozenset[str]  # its content terms, which may be more than there are concepts
    kind: Kind
    counted: str | None  # the term for what "how many" counts; a sentence must give a number of them
    post: str | None  # the term for the post that "who is" asks about; a sentence must have it
    corrections: tuple[Change, ...]


class _Word(NamedTuple):
    """What an index knows about a word."""

    term: str
    weight: float
    known: bool
    name: bool
    empty: bool  # says nothing that could be searched for
    filler: bool
    others: tuple[Option, ...]  # words that begin alike or mean alike
    correction: str | None  # the word that was meant, if this one is unknown everywhere
    corrected_name: bool
    manner: bool
    year: bool


class _Part(NamedTuple):
    """A word of a phrase as the thesaurus reads it: its position in the phrase, its weight and
    what can match it.
    """

    place: int
    weight: float
    options: tuple[Option, ...]


class Reader:
    """Reads questions, given the words in an index; what it looks up about words and phrases is cached."""

    def __init__(self, index: SentenceIndex, thesaurus: Thesaurus) -> None:
        self._index, self._thesaurus = index, thesaurus
        self._word = remembered(self._word_of)
        self._parts = remembered(self._parts_of, longest=_PHRASE)
        self._topical = remembered(self._topical_of)

    def read(self, question: str, topic: Sequence[str] = ()) -> Asked:
        """Return what a question asks. ``topic`` are words of the previous questions and of the
        background."""
        whole, question = question, asked_part(question)
        if question != whole:
            topic = (*topic, *(token.text for token in tokenize(whole) if question[token.start].isspace()))
        tokens = tokenize(question)
        words = [token.text for token in tokens]
        known_words = list(map(self._word, words))
        concepts, corrections = self._concepts(question, tokens, known_words)
        self._topic(concepts, topic)
        sequence = tuple([known.term for known in known_words])
        content = frozenset([known.term for known in known_words if not known.empty])
        kind = demands().kind(question, words, any(one.name for one in concepts.values()))
        for term in kind.asking(question):
            if term in concepts:
                concepts[term] = concepts[term]._replace(aside=True)
        return Asked(
            _telling(concepts),
            sequence,
            content,
            kind,
            *_sought(words),
            tuple(corrections),
        )

    def _concepts(
        self, question: str, tokens: Sequence[Token], known_words: Sequence[_Word]
    ) -> tuple[dict[str, Concept], list[Change]]:
        """Return the content words by their terms, with everything that can match them, and the
        corrections."""
        exact, corrections = as_typed(question), list[Change]()
        parts, concepts = self._phrases(question, tokens, known_words)
        for place, (part, shown) in parts.items():
            token, known = tokens[place], known_words[place]
            if known.term not in concepts:
                capital = token.start > 0 and question[token.start].isupper()
                known = known._replace(correction=None) if token.start in exact else known
                concepts[known.term] = self._concept(token.text, known, part, shown, capital, corrections)
        return concepts, corrections

    def _phrases(
        self, question: str, tokens: Sequence[Token], known_words: Sequence[_Word]
    ) -> tuple[dict[int, tuple[_Part, str]], dict[str, Concept]]:
        """Return the content words by their positions, each with the phrase that it is part of, and the
        phrases of stop words that other words can replace."""
        words, phrases = [token.text for token in tokens], dict[str, Concept]()
        parts = {
            place: (_Part(place, known.weight, ()), words[place])
            for place, known in enumerate(known_words)
            if not known.empty
        }
        for start, end in self._thesaurus.parts(words):
            shown = question[tokens[start].start : tokens[end - 1].end]
            weight, options, of_words = self._parts(tuple(words[start:end]))
            parts.update({start + part.place: (part, shown) for part in of_words})
            if not of_words and options:
                phrases[shown] = Concept(shown, shown, weight, shown, options)
        return parts, phrases

    def _concept(
        self, word: str, known: _Word, part: _Part, shown: str, capital: bool, corrections: list[Change]
    ) -> Concept:
        """Return a word with everything that can match it; a misspelt name is only read as another name."""
        weight, options, meant = part.weight, known.others + part.options, known.correction
        if meant is not None and not options and (known.corrected_name or not capital):
            corrections.append(Change(word, meant))
            options = (Option((stem(meant),), CORRECTED),)
            weight = self._index.weight(stem(meant))
        return Concept(
            word,
            shown,
            weight,
            known.term,
            options,
            capital or known.name,
            known.year,
            known.filler and not part.options,
            known.manner,
        )

    def _topic(self, concepts: dict[str, Concept], words: Iterable[str]) -> None:
        """Add the words of the previous questions; if there are no others ("when was that?"), they are the
        question."""
        asks = any(not concept.aside for concept in concepts.values())
        for word in words:
            for concept in self._topical(word):
                whole = concept if asks else concept._replace(weight=concept.weight / ASIDE, aside=False)
                concepts.setdefault(concept.term, whole)

    def _topical_of(self, word: str) -> tuple[Concept, ...]:
        known = [term for term in terms(word) if term in self._index.terms]
        return tuple(
            Concept(word, word, ASIDE * self._index.weight(term), term, (), aside=True) for term in known
        )

    def _word_of(self, word: str) -> _Word:
        term, index = stem(word), self._index
        known, filler = term in index.terms, word in flagged("idle")
        name, alike = self._is_name(term), self._alike(term)
        meant = None if known or alike else self._meant(word, term)
        empty = is_stop(word) or (filler and not known)
        near = () if empty or name else self._near(term, MOST_NEAR_KNOWN if known else MOST_NEAR, alike)
        weight = index.weight(term)
        if near and not known:
            weight = min(weight, self._most(near))
        return _Word(
            term,
            weight,
            known,
            name,
            empty,
            filler,
            alike + near,
            meant,
            meant is not None and self._is_name(stem(meant)),
            not name and is_manner(word),
            is_year(word),
        )

    def _most(self, options: Iterable[Option]) -> float:
        """Return the greatest weight among the words that can match a word."""
        return max(self._index.weight(option.terms[0]) for option in options)

    def _is_name(self, term: str) -> bool:
        """True if the passages contain a term, mostly as a name."""
        number = self._index.terms.get(term)
        return number is not None and bool(self._index.names[number])

    def _meant(self, word: str, term: str) -> str | None:
        """Return the passages' word nearest to one that they lack, unless that one is in the English word
        list or the thesaurus."""
        if not word.isalpha() or is_common(term) or term in shares() or word in self._thesaurus.words:
            return None
        return self._index.spelling.nearest(word)

    def _parts_of(self, words: tuple[str, ...]) -> tuple[float, tuple[Option, ...], tuple[_Part, ...]]:
        """Return the weight of a phrase, its other words, and its own words with their share of both.

        Words that the index does not know count for no more, together, than the other words that it does
        know.
        """
        weights = {
            other: max(map(self._index.weight, other.terms))
            for other in self._thesaurus.others_of(words)
            if all(map(self._index.terms.__contains__, other.terms))
        }
        best = max(weights.values(), default=0.0)
        content = [place for place, word in enumerate(words) if not self._word(word).empty]
        own, all_known = self._own_weights([words[place] for place in content], best)
        whole = sum(own) or best
        strength = OTHER if len(words) == 1 else PHRASE
        if content and all_known:
            strength *= OF_KNOWN
        options = tuple(
            Option(other.terms, strength * min(1.0, weight / whole), other.shown)
            for other, weight in weights.items()
        )
        return (
            best,
            options,
            tuple(_Part(place, weight, options) for place, weight in zip(content, own, strict=True)),
        )

    def _own_weights(self, words: Sequence[str], best: float) -> tuple[list[float], bool]:
        """Return the weights of some words, and whether the index has them all. ``best`` is the weight of
        other words for them, 0 if there are none."""
        known = [self._word(word) for word in words]
        own, strange = [one.weight for one in known], [not one.known for one in known]
        return _limited(own, strange, best) if best and any(strange) else own, not any(strange)

    def _near(self, term: str, most: int, alike: Sequence[Option]) -> tuple[Option, ...]:
        """Return at most ``most`` terms of the index nearest in meaning, except those that begin
        ``alike``."""
        found = [one for one in neighbours(term) if one.term in self._index.terms][:most]
        options = (
            Option((one.term,), NEAR * min(1.0, (one.nearness - NEAR_LEAST) / (NEAR_MOST - NEAR_LEAST)))
            for one in found
        )
        return tuple(option for option in options if all(option.terms != other.terms for other in alike))

    def _alike(self, term: str) -> tuple[Option, ...]:
        """Return terms of the index that begin alike, so that they are mostly of the same family: "immune",
        "immunology"."""
        if len(term) < 4 or term[0].isdigit():
            return ()
        shared = max(4, -(-6 * len(term) // 10))
        found = [
            other
            for other in self._index.beginning(term[:shared])
            if other != term and _are_alike(term, other)
        ]
        return tuple(
            Option((other,), ALIKE)
            for other in sorted(found, key=lambda other: abs(len(other) - len(term)))[:MOST_ALIKE]
        )


def _limited(weights: Sequence[float], strange: Sequence[bool], best: float) -> list[float]:
    """Return the weights of a phrase's words, with those of the ``strange`` ones lowered so that together
    they weigh no more than ``best``."""
    unknown = sum(itertools.compress(weights, strange))
    share = min(1.0, max(best - sum(weights) + unknown, LEAST * best) / unknown)
    return [
        weight * share if is_strange else weight for weight, is_strange in zip(weights, strange, strict=True)
    ]


def _are_alike(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    shared = next(
        (place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), shorter
    )
    return shared >= max(4, shorter - 1, 0.6 * longer)


def _telling(concepts: dict[str, Concept]) -> tuple[Concept, ...]:
    listed = tuple(concepts.values())
    if len(listed) <= MOST:
        return listed
    kept = sorted(range(len(listed)), key=lambda place: -listed[place].weight)[:MOST]
    return tuple(listed[place] for place in sorted(kept))


def _sought(words: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the term of "beds" in "how many empty beds are there" and of "director" in "who is the medical
    director of it"."""
    counted = post = None
    for place, pair in enumerate(itertools.pairwise(words), 2):
        if pair == _HOW_MANY and (noun := _noun(words[place:])) and noun not in _COUNT_ANYTHING:
            counted = stem(noun)
        elif (
            pair in _WHO_IS
            and (noun := _noun(words[place:]))
            and demands().words.get(noun, 0) & FLAGS["role"]
        ):
            post = stem(noun)
    return counted, post


def _noun(words: Sequence[str]) -> str | None:
    """Return the last of the words before a verb or preposition, or anything in its place."""
    begun = itertools.dropwhile(lambda word: word in _DETERMINERS, words)
    return next(iter(list(itertools.takewhile(lambda word: not is_stop(word), begun))[-1:]), None)
