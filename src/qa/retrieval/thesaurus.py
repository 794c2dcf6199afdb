"""The thesaurus: other words for the words and phrases that people ask with, read from thesaurus.toml, which
explains its notation."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from qa.language.stems import is_stop, stem, terms
from qa.language.tokens import tokenize

#: Left out of phrases and of the questions searched for them.
SKIPPED = frozenset(
    {"a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those"}
)

Key = tuple[str, ...]  # the stems of a phrase's words, without skipped words


class Other(NamedTuple):
    """A replacement: ``shown`` as the file has it, ``terms`` those of its words that are indexed."""

    shown: str
    terms: tuple[str, ...]


class Part(NamedTuple):
    """A part of a question that has other words: its tokens from ``start`` to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Other words for words and phrases; ``longest`` maps a first stem to the most stems of a phrase that
    begins with it.
    """

    others: Mapping[Key, tuple[Other, ...]]
    longest: Mapping[str, int]
    words: frozenset[str]  # of all phrases

    @classmethod
    def load(cls, *own: Mapping[str, Any]) -> Thesaurus:
        """Return the shipped words, of the field and of everyday English, with an operator's ``own``
        added."""
        return _shipped().with_tables(*own) if any(own) else _shipped()

    @classmethod
    def of(cls, *tables: Mapping[str, Any]) -> Thesaurus:
        """Return the thesaurus of tables in the notation of thesaurus.toml."""
        return cls({}, {}, frozenset()).with_tables(*tables)

    def with_tables(self, *tables: Mapping[str, Any]) -> Thesaurus:
        """Return this thesaurus with the words of further tables added."""
        pairs = [pair for table in tables for pair in _pairs(table)]
        others, longest = dict(self.others), dict(self.longest)
        for asked, found in _gathered(pairs).items():
            before = {other.terms: other for other in others.get(asked, ())}
            others[asked] = tuple((before | found | before).values())  # the first of equal ones stays
            longest[asked[0]] = max(len(asked), longest.get(asked[0], 0))
        words = {token.text for phrase, _ in pairs for token in tokenize(phrase)}
        return Thesaurus(others, longest, self.words | words)

    def others_of(self, words: Sequence[str]) -> tuple[Other, ...]:
        """Return the other words for a part of a question, given by its tokens' texts. Raises
        KeyError if it has none.
        """
        return self.others[tuple([stem(word) for word in words if word not in SKIPPED])]

    def parts(self, words: Sequence[str]) -> Iterator[Part]:
        """Yield the parts of a question that have other words, the longest at each place, disjoint; ``words``
        are its tokens' texts."""
        kept = [place for place, word in enumerate(words) if word not in SKIPPED]
        stems = [stem(words[place]) for place in kept]
        start = 0
        while start < len(stems):
            length = self._length(stems, start)
            if length:
                yield Part(kept[start], kept[start + length - 1] + 1)
            start += length or 1

    def _length(self, stems: Sequence[str], start: int) -> int:
        for length in range(min(self.longest.get(stems[start], 0), len(stems) - start), 0, -1):
            if tuple(stems[start : start + length]) in self.others:
                return length
        return 0


@cache
def _shipped() -> Thesaurus:
    """The thesaurus that comes with Askwell, made once and shared by all corpora."""
    found = (
        files("qa.retrieval").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        for name in ("thesaurus", "everyday")
    )
    return Thesaurus.of(*map(tomllib.loads, found))


def _pairs(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each phrase that may be asked, with its replacements."""
    for line in table.get("same", []):
        for phrase in _listed(line):
            yield phrase, line
    for told, asked in table.get("means", {}).items():
        for phrase in _listed(asked):
            yield phrase, told


def _gathered(pairs: Iterable[tuple[str, str]]) -> Mapping[Key, dict[tuple[str, ...], Other]]:
    """Return the replacements of each phrase that may be asked, by their terms; of equal ones, the first."""
    gathered = defaultdict[Key, dict[tuple[str, ...], Other]](dict)
    others_of: dict[str, tuple[Other, ...]] = {}  # shared by all phrases of a line
    for phrase, told in pairs:
        asked = _key(phrase)
        if told not in others_of:
            others_of[told] = tuple(_others(told))
        for other in others_of[told] if asked else ():
            if other.terms and other.terms != asked:
                gathered[asked].setdefault(other.terms, other)
    return gathered


def _listed(line: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in line.split(",") if phrase.strip()]


def _key(phrase: str) -> Key:
    """Return the key of a phrase; empty for one that can't be searched for, such as a single stop word."""
    words = [token.text for token in tokenize(phrase) if token.text not in SKIPPED]
    return tuple(map(stem, words)) if len(words) > 1 or not all(map(is_stop, words)) else ()


def _others(line: str) -> Iterator[Other]:
    return (Other(phrase, tuple(dict.fromkeys(terms(phrase)))) for phrase in _listed(line))
