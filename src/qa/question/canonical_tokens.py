"""The text of the controlled language of :mod:`qa.question.canonical`, read token by token."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from qa.language.dates import find_periods

_NUMBER = r"-?\d+(?:\.\d+)?"


class NotCanonical(Exception):
    """The text is not in the controlled language."""


class TokenReader:
    """A position in a text, and methods that take what comes next: fixed words, quoted names, numbers,
    lists."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0

    def has(self, words: str) -> bool:
        """Take ``words`` if they come next."""
        if self.text.startswith(words, self.place):
            self.place += len(words)
            return True
        return False

    def expect(self, words: str) -> None:
        """Take ``words``, which must come next."""
        if not self.has(words):
            raise NotCanonical

    def match(self, pattern: str) -> str:
        """Take what ``pattern`` matches here."""
        found = re.compile(pattern).match(self.text, self.place)
        if found is None:
            raise NotCanonical
        self.place = found.end()
        return found.group()

    def choice(self, words: dict[str, Any]) -> Any:
        """Take the longest of the words that comes next; return its value."""
        for word in sorted(words, key=len, reverse=True):
            if self.has(word):
                return words[word]
        raise NotCanonical

    def quoted(self) -> str:
        """Take a name or value in quotation marks."""
        return self.match("“[^”]*”")[1:-1]

    def listed(self, item: Callable[[], Any], last: str) -> tuple[Any, ...]:
        """Take a list: ``a, b or c``. A comma before anything else ends it."""
        found = [item()]
        while True:
            place = self.place
            try:
                if not (self.has(f" {last} ") or self.has(", ")):
                    break
                found.append(item())
            except NotCanonical:
                self.place = place
                break
        return tuple(found)

    def bounds(self) -> tuple[float | None, float | None]:
        """Take bounds on a number: ``None`` is open."""
        if self.has("at least "):
            return self.number(), None
        if self.has("at most "):
            return None, self.number()
        if self.has("exactly "):
            value = self.number()
            return value, value
        self.expect("from ")
        low = self.number()
        self.expect(" to ")
        return low, self.number()

    def number(self) -> float:
        """Take a number."""
        return float(self.match(_NUMBER))

    def period(self, pattern: str) -> Any:
        """Take a period."""
        found = find_periods(self.match(pattern))
        if len(found) != 1:
            raise NotCanonical
        return found[0]
