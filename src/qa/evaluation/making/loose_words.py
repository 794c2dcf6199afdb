"""The words of looser questions (names, aspects, ratings, numbers, quantities), from composed.toml."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from qa.evaluation.making.slips import shortened
from qa.fields import Field
from qa.language.counts import UNITS
from qa.phrasing import joined
from qa.question import query as q
from qa.question.query import Condition, Quantifier
from qa.question.vocabulary import Vocabulary

_WORDINGS = Path(__file__).with_name("composed.toml")
_NUMBERS = ("no", *(word for word, number in UNITS.items() if 0 < number <= 10))
_MOST_NAMES = 4


class NoWordsError(Exception):
    """There is no looser wording for this."""


@functools.cache
def wordings() -> Mapping[str, Any]:
    """Return the file of wordings."""
    return tomllib.loads(_WORDINGS.read_text(encoding="utf-8"))


class LooseWords:
    """Words Queries over one corpus; every choice is made by ``random``. ``is_clear`` returns true for a
    shorter name that means one subject."""

    def __init__(self, vocabulary: Vocabulary, random: Random, is_clear: Callable[[str], bool]) -> None:
        self.vocabulary, self.random, self.is_clear = vocabulary, random, is_clear
        self.fields: Mapping[str, Field] = {field.name: field for field in vocabulary.fields}

    def _ask(self, section: str, **told: str) -> str:
        return str(self.random.choice(wordings()["question"][section])).format_map(told)

    def _names(self, scope: Condition) -> list[str]:
        """Return the names of a scope that only names subjects, perhaps shortened; empty for any other
        scope."""
        if not isinstance(scope, q.Named) or len(scope.labels) > _MOST_NAMES:
            return []
        return [self._short(name) for name in scope.labels]

    def _short(self, name: str) -> str:
        return shortened(name, self.is_clear) if self.random.random() < 0.4 else name

    def _named(self, names: Sequence[str]) -> Mapping[str, str]:
        one = len(names) == 1
        return {
            "names": joined(names, "and"),
            "is": "is" if one else "are",
            "does": "does" if one else "do",
            "was": "was" if one else "were",
        }

    def _field(self, name: str) -> Field:
        if name not in self.fields:
            raise NoWordsError
        return self.fields[name]

    def _aspect(self, aspect: str) -> str:
        return str(self.random.choice(wordings()["word"]["aspect"].get(aspect, [aspect])))

    def _ratings(self, ratings: Sequence[str]) -> str:
        told = joined([self._rating(rating) for rating in ratings], "or")
        if len(ratings) > 1 and self.random.random() < 0.75:
            return self._as_range(ratings) or told
        return told

    def _as_range(self, ratings: Sequence[str]) -> str | None:
        """Return several ratings as "all but", "below" or "at least" one of them; ``None`` if they form no
        range."""
        scale = list(self.vocabulary.scale.ratings)
        left_out = [rating for rating in scale if rating not in ratings]
        held = [scale.index(rating) for rating in ratings]
        if len(left_out) == 1 and self.random.random() < 0.6:
            return self._range("but", left_out[0])
        if held[-1] == len(scale) - 1 and held[0] == len(scale) - len(held):
            way = self.random.choice(("below", "down"))
            return self._range(way, scale[held[0] - 1] if way == "below" else scale[held[0]])
        if held[0] == 0 and held[-1] == len(held) - 1:
            return self._range("up", scale[held[-1]])
        return None

    def _range(self, way: str, rating: str) -> str:
        said = self._rating(rating)
        return str(self.random.choice(wordings()["word"]["range"][way])).format(rating=said)

    def _rating(self, rating: str) -> str:
        return rating if self.random.random() < 0.4 else rating.lower()

    def _quantity(self, quantifier: Quantifier) -> str:
        words = wordings()["word"]["quantifier"]
        for known, name in ((q.ALL, "all"), (q.ANY, "any"), (q.NONE, "none"), (q.MOST, "most")):
            if quantifier == known:
                return str(self.random.choice(words[name]))
        half, parts = Fraction(1, 2), {"least": "half", "under": "minority"}
        for bound, name in parts.items():
            if getattr(quantifier, bound) == half:
                return str(self.random.choice(words[name]))
        if quantifier.under == 1:
            return str(self.random.choice(words["not_all"]))
        for bound, name in (("over", "over"), ("most", "up_to")):
            part: Fraction | None = getattr(quantifier, bound)
            if part is not None and (100 * part).denominator == 1:
                return str(self.random.choice(words[name])).format(percent=int(100 * part))
        raise NoWordsError

    def _bounds(self, quantifier: Quantifier) -> str:
        if quantifier.is_share:
            raise NoWordsError
        low = self._number(quantifier.low) if quantifier.low or quantifier.high == 0 else None
        return self._between(low, None if quantifier.high is None else self._number(quantifier.high))

    def _between(self, low: str | None, high: str | None) -> str:
        way = "least" if high is None else "most" if low is None else "exactly" if low == high else "between"
        if low == "no":
            return "no"
        return str(self.random.choice(wordings()["word"]["bounds"][way])).format(low=low, high=high)

    def _number(self, number: int) -> str:
        return (
            _NUMBERS[number]
            if number < len(_NUMBERS) and (not number or self.random.random() < 0.4)
            else str(number)
        )
