"""Titles of documents, and headings that match the question, as search fields of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from qa.engines import pack
from qa.engines.keyed import Lists
from qa.engines.okapi import postings_of
from qa.language.stems import stem, terms
from qa.language.tokens import tokenize
from qa.retrieval.several_points import OF_THE_DOCUMENT
from qa.retrieval.thesaurus import SKIPPED

# The weight of a heading with the question's content words and no others; an exact match counts 1.
ALIKE = 0.5
MOST = 20  # the most passages of one section that are examined because of their heading
_FOLDER, _FILE, _LISTS, _PARTS = "above", "titles.json", "lists.arrays", ("headed", "alike", "words")
_BETWEEN = " "  # separates the words of a heading, which contain none


class Above:
    """The titles and headings of an index; it never changes, so threads may share it.

    ``titles`` are the titles of the documents, ``title_of`` maps each document to its title; ``headed`` maps
    the words of a heading, and ``alike`` its content words, to the first passages under it; ``words`` maps
    each content word to the places in ``alike`` that have it.
    """

    def __init__(
        self,
        titles: Sequence[str],
        title_of: Sequence[int],
        headed: Lists,
        alike: Lists,
        words: Lists,
        k1: float,
        b: float,
    ) -> None:
        self._listed, self._title_of = titles, title_of
        self._headed, self._alike, self._words = headed, alike, words
        self._titles = postings_of([terms(title) for title in titles], k1, b)

    @classmethod
    def of(
        cls, titles: Iterable[str | None], headings: Iterable[Sequence[str]], k1: float, b: float
    ) -> Above:
        """Make it from the titles of all documents, ``None`` for one without passages, and the headings above
        each passage, in their order."""
        numbers, headed, alike = dict[str, int](), dict[str, list[int]](), dict[str, list[int]]()
        title_of = [-1 if title is None else numbers.setdefault(title, len(numbers)) for title in titles]
        keys: dict[str, tuple[str, str]] = {}
        for number, above in enumerate(headings):
            for heading in dict.fromkeys(above):
                if heading not in keys:
                    keys[heading] = _whole(heading), _telling(heading)
                for found, key in zip((headed, alike), keys[heading], strict=True):
                    under = found.setdefault(key, [])
                    if len(under) < MOST:
                        under.append(number)
        words = dict[str, list[int]]()
        for place, key in enumerate(sorted(alike)):
            for word in key.split(_BETWEEN) if key else ():
                words.setdefault(word, []).append(place)
        lists = Lists.of(headed), Lists.of(alike), Lists.of(words)
        return cls(list(numbers), title_of, *lists, k1, b)

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        place = folder / _FOLDER
        place.mkdir(exist_ok=True)
        parts = pack.nested(headed=self._headed.parts(), alike=self._alike.parts(), words=self._words.parts())
        pack.write(place / _LISTS, parts)
        told = {"titles": self._listed, "title_of": self._title_of}
        (place / _FILE).write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, k1: float, b: float) -> Above:
        """Read what was saved. Raises OSError, EOFError or ValueError if it is missing or incomplete."""
        place = folder / _FOLDER
        told = json.loads((place / _FILE).read_text(encoding="utf-8"))
        parts = pack.read(place / _LISTS)
        headed, alike, words = (Lists.of_parts(pack.within(parts, name)) for name in _PARTS)
        return cls(told["titles"], told["title_of"], headed, alike, words, k1, b)

    def titles(self, query: Mapping[str, float], documents: Sequence[int]) -> list[float]:
        """Return the BM25 score of the title of each of these documents."""
        scores = self._titles.scores(query)
        return [float(scores[self._title_of[number]]) for number in documents]

    def titled(self, asked: Iterable[str]) -> list[int]:
        """Return the documents whose titles have all of these terms."""
        meant = set(range(len(self._listed))).intersection(*map(self._titles.holding, asked))
        return [number for number, title in enumerate(self._title_of) if title in meant]

    def about(self, asked: frozenset[str]) -> Iterator[tuple[str, int]]:
        """Yield the first passages under headings with all of these terms and few others, each with its
        heading's terms."""
        for place in self._words.under_all(asked):
            heading = self._alike.strings[place]
            if len(heading.split(_BETWEEN)) <= 2 * len(asked):
                yield from ((heading, number) for number in self._alike.at(place).tolist())

    def headed(self, question: str) -> dict[int, float]:
        """Return the passages under a heading that matches the question, exactly or except for stop words,
        and how well it does."""
        asked = _telling(question)
        if not asked:
            return {}
        found = dict.fromkeys(self._alike.listed(asked), ALIKE)
        return found | dict.fromkeys(self._headed.listed(_whole(question)), 1.0)


def is_title(telling: str, title: str) -> bool:
    """True if a heading only repeats the title of its document."""
    return telling == _telling(title)


def _telling(heading: str) -> str:
    return _BETWEEN.join(sorted(frozenset(terms(heading)) - OF_THE_DOCUMENT))


def _whole(heading: str) -> str:
    return _BETWEEN.join(stem(token.text) for token in tokenize(heading) if token.text not in SKIPPED)
