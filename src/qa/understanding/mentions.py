"""Words → mentions: which phrases of the lexicon and which names a question holds, the longest first, none overlapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.facts import Name
from qa.folding import Word
from qa.understanding.lexicon import LONGEST, Sense
from qa.understanding.vocabulary import PLACE_FIELDS, Vocabulary

_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?) ?(\d[A-Za-z]{2})\b")
_NAMES = ("subject", "provider")
_SHORT = 3  # words up to which a name may be made of lexicon words by chance


@dataclass(frozen=True, slots=True)
class Mention:
    """The words ``start`` to ``end`` of the question, and all that they may mean."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    types: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", frozenset(sense.type for sense in self.senses))

    def of(self, *types: str) -> tuple[Sense, ...]:
        """Return the senses of these types."""
        if self.types.isdisjoint(types):
            return ()
        return tuple(sense for sense in self.senses if sense.type in types)

    def says(self, sense_type: str, *values: str) -> bool:
        """Whether one of the senses is of this type and, where values are given, has one of them."""
        return sense_type in self.types and any(sense.type == sense_type and (not values or sense.value in values) for sense in self.senses)

    @property
    def words(self) -> range:
        """The indexes of its words."""
        return range(self.start, self.end)


def spellings(words: Sequence[Word], abbreviations: Mapping[str, str], corrections: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return for each word the forms under which it is looked up, as typed first."""
    return [
        tuple(form for form in (word.text, word.base, abbreviations.get(word.text), corrections.get(word.text)) if form) for word in words
    ]


def postcodes(text: str) -> list[tuple[int, int, str]]:
    """Return the full postcodes in ``text``, with their offsets, in the spelling of the tables: ``TQ5 9TF``."""
    return [(found.start(), found.end(), f"{found[1]} {found[2]}".upper()) for found in _POSTCODE.finditer(text)]


def find_mentions(forms: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions in reading order, and the *weak names* left out of them.

    A weak name is one of a subject or provider made of nothing but lexicon words and places, such as "Norfolk Care Homes".
    """
    phrases = _phrases(forms, vocabulary)
    called = vocabulary.lexicon.places
    names = vocabulary.names(list({called.get(phrase, phrase) for _, _, phrase in phrases}))
    senses: dict[tuple[int, int], dict[Sense, str]] = {}
    lexical, own = vocabulary.lexicon.phrases, vocabulary.own_words
    for start, end, phrase in phrases:
        if phrase not in lexical and phrase not in own and called.get(phrase, phrase) not in names:
            continue
        bare = phrase.removeprefix("the ")  # "the Queen Elizabeth Hospital" may be any that is called so, with "the" or without
        named = [*names.get(called.get(phrase, phrase), ()), *(names.get(bare, ()) if bare != phrase and phrase in names else ())]
        told = (*vocabulary.senses(phrase), *(_names(named, vocabulary) if named else ()))
        for sense in told:
            senses.setdefault((start, end), {}).setdefault(sense, phrase)
    found = [Mention(start, end, next(iter(told.values())), tuple(told)) for (start, end), told in senses.items()]
    return _longest(found)


def _names(names: Sequence[Name], vocabulary: Vocabulary) -> list[Sense]:
    """Return the senses of a name. A region hides the council that only shortens to it: London, not the City of London. Short forms
    of nothing but everyday words are no names: "The Care" of The Care Company."""
    region = any(name.field == "region" for name in names)
    plain = bool(names) and all(vocabulary.general(word) for word in names[0].key.split())
    hidden = [
        name
        for name in names
        if name.form == "short" and ((region and name.field in PLACE_FIELDS and name.field != "region") or (plain and name.field in _NAMES))
    ]
    return [Sense(name.field, name.value) for name in names if name not in hidden]


def _phrases(forms: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    """Every phrase that may mean something, with its words' indexes."""
    spans: list[tuple[int, int, str]] = []
    openings = vocabulary.openings
    for start, first in enumerate(forms):
        most = LONGEST if openings is None else max([openings.get(form, 1) for form in first])
        growing: Sequence[str] = first
        spans += [(start, start + 1, form) for form in first]
        for end in range(start + 2, min(start + most, len(forms)) + 1):
            growing = [f"{phrase} {form}" for phrase in growing[:8] for form in forms[end - 1]]
            spans += [(start, end, phrase) for phrase in growing]
    return spans


def _longest(found: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    plain = [mention for mention in found if any(sense.type not in _NAMES for sense in mention.senses)]
    covered = {index for mention in plain for index in mention.words}
    weak = [replace(mention, senses=mention.of(*_NAMES)) for mention in found if mention.of(*_NAMES) and _is_weak(mention, covered)]
    found = [_without_names(mention) for mention in plain] + [
        replace(mention, senses=mention.of(*_NAMES)) for mention in found if mention.of(*_NAMES) and not _is_weak(mention, covered)
    ]
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if taken.isdisjoint(mention.words):
            kept.append(mention)
            taken.update(mention.words)
    return sorted(kept, key=lambda one: one.start), weak


def _without_names(mention: Mention) -> Mention:
    if mention.types.isdisjoint(_NAMES):
        return mention
    return replace(mention, senses=tuple(sense for sense in mention.senses if sense.type not in _NAMES))


def _is_weak(mention: Mention, covered: set[int]) -> bool:
    return (len(mention.words) <= _SHORT or mention.text.endswith(" council")) and covered.issuperset(mention.words)


def is_place(mention: Mention) -> bool:
    """Whether the mention names a place of the loaded tables."""
    return bool(mention.of(*PLACE_FIELDS))
