"""A question half read: its words, what its phrases may mean, and what is explained so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa.folding import Word, fold
from qa.understanding.mentions import Mention
from qa.understanding.question import Named
from qa.understanding.vocabulary import Vocabulary

_CLAUSE = re.compile(r"[^.?!:;]+")
AGGREGATES = ("count", "share", "most", "least", "table", "best", "worst")


@dataclass(slots=True)
class Draft:
    """A question half read: which of its words are explained, and by what."""

    text: str
    vocabulary: Vocabulary
    words: tuple[Word, ...]
    exact: frozenset[int] = frozenset()  # offsets of the words that are never corrected
    forms: list[tuple[str, ...]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    weak: list[Mention] = field(default_factory=list)
    explained: set[int] = field(default_factory=set)
    corrections: dict[str, str] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    beside: frozenset[int] = frozenset()  # the words of what the question tells beside what it asks
    _read: _Read | None = None  # what the mentions told when they were last looked at
    _telling: list[int] = field(init=False)  # the words that say more than chatter does

    def __post_init__(self) -> None:
        chatter = self.vocabulary.lexicon.chatter
        self._telling = [
            index
            for index, word in enumerate(self.words)
            if word.text not in chatter and word.base not in chatter and (len(word.text) > 1 or not word.text.isalpha())
        ]

    @property
    def cues(self) -> frozenset[str]:
        """The cues said, and the follow-up marks as ``follow-…``."""
        return self._of_mentions().cues

    @property
    def aggregate(self) -> bool:
        """Whether figures or lists are asked for, rather than one named subject."""
        return self._of_mentions().aggregate

    @property
    def unheld(self) -> frozenset[int]:
        """The indexes of the words that ask for what no table holds."""
        return self._of_mentions().unheld

    def leftover(self) -> list[int]:
        """Return the indexes of the words that nothing explains."""
        chatter, corrections, explained = self.vocabulary.lexicon.chatter, self.corrections, self.explained
        return [index for index in self._telling if index not in explained and corrections.get(self.words[index].text) not in chatter]

    def _of_mentions(self) -> _Read:
        """What the mentions tell together; they are only ever replaced as a whole."""
        if self._read is None or self._read.mentions is not self.mentions:
            self._read = _Read.of(self.mentions)
        return self._read


@dataclass(frozen=True, slots=True)
class _Read:
    """What mentions tell together."""

    mentions: Sequence[Mention]
    cues: frozenset[str]
    aggregate: bool
    unheld: frozenset[int]

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> _Read:
        cues = _cues(mentions)
        several = any("kind" in mention.types and mention.text.endswith("s") for mention in mentions)
        listed = "list" in cues and any("rating" in mention.types or _filters(mention) for mention in mentions)
        unheld = frozenset(index for mention in mentions if "unheld" in mention.types for index in mention.words)
        return cls(mentions, cues, several or listed or not cues.isdisjoint(AGGREGATES), unheld)


def _cues(mentions: Sequence[Mention]) -> frozenset[str]:
    ranges = {mention for mention, after in pairwise(mentions) if mention.of("comparator") and after.of("rating")}  # "less than good"
    found = {sense.value for mention in mentions if mention not in ranges for sense in mention.of("cue")}
    return frozenset(found | {f"follow-{sense.value}" for mention in mentions for sense in mention.of("follow")})


def _filters(mention: Mention) -> bool:
    """Whether the mention is of a kind of service, and not just of "places"."""
    return any(sense.kind is None or sense.kind.field for sense in mention.of("kind"))


def within(words: Sequence[Word], span: tuple[int, int]) -> set[int]:
    """Return the indexes of the words that lie in a half-open span of the text."""
    return {index for index, word in enumerate(words) if span[0] <= word.start and word.end <= span[1]}


def clauses(draft: Draft) -> list[set[int]]:
    """Return the words of each stretch between full stops, question marks, colons and semicolons."""
    return [within(draft.words, found.span()) for found in _CLAUSE.finditer(draft.text)]


def fold_set(text: str) -> set[str]:
    """Return the folded words of ``text`` as a set."""
    return {word.text for word in fold(text)}


def typed(draft: Draft, indexes: Iterable[int]) -> str:
    """Return the text as typed from the first of these words to the last."""
    found = sorted(indexes)
    return draft.text[draft.words[found[0]].start : draft.words[found[-1]].end]
