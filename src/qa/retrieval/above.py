"""What stands above passages as fields of their own: the titles of their documents, and headings that are the question itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qa.engines.memory import MemoryEngine
from qa.language.stems import stem, terms
from qa.language.tokens import tokenize
from qa.records import Passage
from qa.retrieval.several import OF_THE_DOCUMENT
from qa.retrieval.thesaurus import SKIPPED

ALIKE = 0.5  # of a heading that has the question's telling words and no others, where one that is the question counts 1
MOST = 20  # passages of one section that are looked at because of their heading


class Above:
    """The titles and headings of an index; it never changes, so threads may share it."""

    def __init__(self, passages: Sequence[Passage], k1: float, b: float) -> None:
        numbers: dict[str, int] = {}
        self._title = [numbers.setdefault(passage.document.title, len(numbers)) for passage in passages]
        self._titles = MemoryEngine([terms(title) for title in numbers], k1, b)
        self._headed: Mapping[tuple[str, ...], list[int]] = defaultdict(list)
        self._alike: Mapping[frozenset[str], list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for heading in dict.fromkeys(passage.headings):
                self._headed[_whole(heading)].append(number)
                self._alike[frozenset(terms(heading)) - OF_THE_DOCUMENT].append(number)

    def titles(self, query: Mapping[str, float], passages: Sequence[int]) -> list[float]:
        """The BM25 score of the title of each of these passages' documents."""
        scores = self._titles.scores(query)
        return [float(scores[self._title[number]]) for number in passages]

    def headed(self, question: str) -> dict[int, float]:
        """The passages under a heading that is the question, or that says the same but for stop words, and how far it does."""
        asked = frozenset(terms(question)) - OF_THE_DOCUMENT
        if not asked:
            return {}
        found = dict.fromkeys(self._alike.get(asked, ())[:MOST], ALIKE)
        return found | dict.fromkeys(self._headed.get(_whole(question), ())[:MOST], 1.0)


def _whole(heading: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokenize(heading) if token.text not in SKIPPED)
