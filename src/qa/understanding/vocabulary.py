"""What the loaded corpus can be asked about: its names, places, kinds, aspects, ratings and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

from qa.engines import Engine
from qa.facts import FIELDS, NOUN, Condition, FactStore, Name, Subject
from qa.folding import fold, key
from qa.records import Passage
from qa.scale import CQC, Scale
from qa.text import is_stop, term
from qa.understanding.english import ordinary
from qa.understanding.lexicon import LONGEST, KindOfService, Sense, lexicon, plurals
from qa.understanding.spelling import Words

PLACE_FIELDS = ("local_authority", "region", "town")  # the order in which a shared name of a place is read
_FEW = 5_000  # subjects up to which initials are read as names
_FEW_NOUNS = 20  # different last words of names up to which they are read as kinds
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SMALL_WORDS = {"and", "of", "the", "for", "in", "at"}
_LOWER_CASE = re.compile(r"\b[a-z][a-z'’]*\b")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much the tables hold."""

    subjects: int
    facts: int


class Vocabulary:
    """Everything that understanding may ask about the corpus; immutable, shared by threads."""

    def __init__(self, store: FactStore, subject_engine: Engine, passages: Sequence[Passage], scale: Scale) -> None:
        self.store, self.scale, self.lexicon = store, scale, lexicon()
        self.passages = passages
        self._subject_engine = subject_engine
        facts, subjects = store.size
        self.sizes = Sizes(subjects, facts)
        self.name_words = store.words()
        self.aspects, self.services, self.ratings = store.values("aspect"), store.values("service"), store.values("rating")
        # Remembered by this vocabulary, not by its class, which would keep that of every corpus ever loaded.
        self.knows = lru_cache(65_536)(self._knows)
        self.senses = lru_cache(65_536)(self._senses)
        self.kind_condition = lru_cache(256)(self._kind_condition)
        self.store_values = lru_cache(64)(self._store_values)
        self.previous_ratings = store.values("previous_rating")

    @cached_property
    def own_words(self) -> dict[str, tuple[Sense, ...]]:
        """What the tables call their aspects, services, ratings and kinds, where the lexicon has no word for it."""
        found: dict[str, list[Sense]] = {}
        told = (("aspect", self.aspects), ("service", self.services), ("rating", (*self.scale.ratings, *self.ratings)))
        for sense_type, values in told:
            for value in values:
                found.setdefault(key(value), []).append(Sense(sense_type, value))
        nouns = self.store.values(NOUN) if not self.fields & {"kind", "care_home", "type"} else ()
        for noun in nouns if len(nouns) <= _FEW_NOUNS else ():
            plural = plurals(noun)[-1]
            for phrase in (*plurals(noun), *_all_of(self.sizes.subjects)):
                found.setdefault(phrase, []).append(Sense("kind", plural, KindOfService(plural, NOUN, (noun,))))
        for kind in self.kinds:
            for phrase in plurals(key(kind)):
                found.setdefault(phrase, []).append(Sense("kind", kind))
        own_scale = {key(rating) for rating in self.scale.ratings} if self.scale != CQC else set()  # "poor" may be a rating there
        return {phrase: tuple(senses) for phrase, senses in found.items() if phrase in own_scale or phrase not in self.lexicon.phrases}

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Folded words that the passages use in lower case: they are topics rather than names."""
        return frozenset(word for passage in self.passages for found in _LOWER_CASE.findall(passage.text) for word in (key(found),))

    @cached_property
    def passage_words(self) -> frozenset[str]:
        """Every folded word of the passages, their headings and titles."""
        texts = {text for passage in self.passages for text in (passage.text, passage.document.title, *passage.headings)}
        return frozenset(form for text in texts for word in fold(text) for form in (word.text, word.base) if form)

    @cached_property
    def misspelt_names(self) -> Words:
        """The words of the names, to look misspelt ones up."""
        return Words(self.name_words)

    @cached_property
    def correctable(self) -> Words:
        """The words that a misspelling may be corrected to: of the lexicon, places, kinds and services, then those that carry nothing."""
        told = [*self.services, *(value for field in (*PLACE_FIELDS, "kind") for value in self.store_values(field))]
        asking = sorted({word for phrase in self.lexicon.phrases for word in phrase.split()})
        words = dict.fromkeys((*asking, *(word.text for value in told for word in fold(value)), *sorted(self.lexicon.chatter)))
        return Words(word for word in words if len(word) > 3)

    @cached_property
    def rating_words(self) -> Words:
        """The words of ratings, of which one with a capital may be a misspelling, too."""
        return Words(sorted({word for rating in (*self.scale.ratings, *self.ratings) for word in key(rating).split() if len(word) > 3}))

    @cached_property
    def fields(self) -> frozenset[str]:
        """The subject fields of which the loaded tables hold any value."""
        return frozenset(field for field in FIELDS if self.store.values(field))

    @cached_property
    def has_places(self) -> bool:
        """Whether the loaded tables tell of any place."""
        return not self.fields.isdisjoint(PLACE_FIELDS)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The values of the field "kind"."""
        return self.store.values("kind")

    @cached_property
    def noun(self) -> str:
        """What people call all that is rated: "trusts" where every name ends so."""
        nouns = self.store.values(NOUN)
        return f"{nouns[0]}s" if len(nouns) == 1 and not self.kinds else "places"

    @cached_property
    def initials(self) -> dict[str, tuple[int, ...]]:
        """Full initials of the subjects' names, small words left out, where there are few enough subjects to tell them apart."""
        found: dict[str, list[int]] = {}
        for subject in self.store.subjects() if self.sizes.subjects <= _FEW else ():
            letters = "".join(word.text[0] for word in fold(subject.name) if word.text not in _SMALL_WORDS)
            found.setdefault(letters, []).append(subject.id)
        return {letters: tuple(numbers) for letters, numbers in found.items() if len(letters) >= 3}

    @cached_property
    def openings(self) -> dict[str, int] | None:
        """First word → most words of a phrase that begins with it, where they may be several; ``None`` where not all names are at hand."""
        if self._few_names is None:
            return None
        found: dict[str, int] = {}
        for phrase in (*self.lexicon.phrases, *self.own_words, *self.lexicon.places, *filter(None, self._few_names)):
            first, *others = phrase.split()
            found[first] = max(found.get(first, 1), min(len(others) + 1, LONGEST))
        return found

    def names(self, keys: Sequence[str]) -> dict[str, list[Name]]:
        """Return the names of subjects, providers, places and kinds that stand under these folded keys."""
        if self._few_names is not None:
            return {key: self._few_names[key] for key in keys if key in self._few_names}
        return _by_key(self.store.names(keys)) if keys else {}

    @cached_property
    def _few_names(self) -> dict[str, list[Name]] | None:
        """All names where they are few, as asking the store for them takes longer than all else that is done for a mention."""
        return _by_key(self.store.names()) if self.sizes.subjects <= _FEW else None

    def general(self, word: str) -> bool:
        """Whether the folded word is a filler or of a kind of service: names made of nothing else name nobody."""
        return word in self.lexicon.chatter or word in self.lexicon.kind_words

    def everyday(self, word: str) -> bool:
        """Whether the folded word is one of the lexicon's, and so names nobody by itself."""
        return word in self.lexicon.words or word in self.lexicon.chatter

    def _knows(self, word: str) -> bool:
        """Whether any vocabulary holds the folded word, so that it is never corrected."""
        return (
            word in self.lexicon.words
            or word in self.lexicon.chatter
            or word in self.lexicon.known_places
            or word in self.name_words
            or word in self.passage_words
            or any(character.isdigit() for character in word)
            or ordinary(word)
        )

    def _senses(self, phrase: str) -> tuple[Sense, ...]:
        """What a phrase of the lexicon, or of the tables' own words, may mean in the loaded tables."""
        return tuple(
            sense for sense in (*self.lexicon.phrases.get(phrase, ()), *self.own_words.get(phrase, ())) if self._applies(sense, phrase)
        )

    def _applies(self, sense: Sense, phrase: str) -> bool:
        """Whether a sense means anything in the loaded tables; where it does not, its words are topics like any other."""
        if sense.value == "before" and phrase in self.lexicon.weak_before:
            return bool(self.previous_ratings)
        if sense.type == "kind" and sense.kind:
            return not sense.kind.field or self.kind_condition(sense.kind) is not None
        if sense.type == "service":
            return any(service.casefold() == sense.value.casefold() for service in self.services)
        if sense.type == "group":
            return sense.value == "rating" or sense.value in self.fields
        return True

    def candidates(self, words: Iterable[str], most: int = 80) -> list[Subject]:
        """Return the subjects that BM25 over names and addresses finds for these words, the best first."""
        query = [term for word in words for term in name_terms(word)]
        numbers = [hit.entry + 1 for hit in self._subject_engine.search(query, most)] if query else []
        by_number = {subject.id: subject for subject in self.store.subjects(numbers)} if numbers else {}
        return [by_number[number] for number in numbers if number in by_number]

    def _kind_condition(self, kind: KindOfService) -> Condition | None:
        """Return the condition that a kind of service stands for in these tables; ``None`` where they can't tell it."""
        if not kind.field or (kind.field not in self.fields and kind.field != NOUN):
            return None
        values = tuple(
            value
            for value in self.store_values(kind.field)
            if any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in kind.values)
        )
        return Condition(kind.field, values) if values else None

    def _store_values(self, field: str) -> tuple[str, ...]:
        """Return the distinct values of a subject's field."""
        return self.store.values(field)


def _by_key(names: Iterable[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name.key, []).append(name)
    return found


def _all_of(number: int) -> tuple[str, ...]:
    """What people call all of a few subjects: "the seven"."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return (f"the {word}", f"these {word}", f"those {word}") if number > 1 else ()


def subject_terms(subject: Subject) -> list[str]:
    """Return the terms under which a subject is indexed: its name, address, provider and kind."""
    told = ("street", "address", "town", "local_authority", "region", "postcode", "provider", "kind")
    return [term for text in (subject.name, *(subject.attributes.get(field, "") for field in told)) for term in name_terms(text)]


@lru_cache(maxsize=65_536)
def name_terms(text: str) -> tuple[str, ...]:
    """Return the terms of a name or address, its words folded; asked and indexed alike."""
    return tuple(term(word.text) for word in fold(text) if not is_stop(word.text))
