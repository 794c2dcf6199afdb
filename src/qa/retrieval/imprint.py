"""Sentences about the document itself, as in an imprint: who may copy it, where to get it. Read from
imprint.toml.

They share words with many questions ("information", "available") and answer only those about the document.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from qa.language.remembering import remembered
from qa.records import Span


class Imprint:
    """Where the passages of an index are about the document itself; ``text`` returns the text of a passage by
    its number. Results are cached; threads may share it."""

    def __init__(self, text: Callable[[int], str]) -> None:
        self._text, self._places = text, remembered(self._places_of)

    def of(self, number: int) -> tuple[int, ...]:
        """Return the places where words of an imprint begin in a passage."""
        return self._places(str(number))

    def _places_of(self, number: str) -> tuple[int, ...]:
        return tuple(places(self._text(int(number))))


def places(text: str) -> Iterator[int]:
    """Yield the places where words of an imprint begin in a text."""
    folded = text.casefold()
    if any(sign in folded for sign in _signs()):
        yield from (found.start() for found in _pattern("told").finditer(text))


def speaks_of_itself(text: str, span: Span) -> bool:
    """True if a sentence is about its document."""
    return _pattern("told").search(text, span.start, span.end) is not None


def asks_for_it(question: str) -> bool:
    """True if a question is about the document itself."""
    return _pattern("asked").search(question) is not None


def units(spans: Sequence[Span], found: Sequence[int]) -> set[int]:
    """Return the sentences that contain these places."""
    return {unit for unit, span in enumerate(spans) for place in found if span.start <= place < span.end}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("qa.retrieval").joinpath("imprint.toml").read_text(encoding="utf-8"))


@cache
def _signs() -> tuple[str, ...]:
    """Return what a text must have any of, to be looked through: that is nine times as fast."""
    return tuple(sign for row in _table()["told"] for sign in row["signs"])


@cache
def _pattern(of: str) -> re.Pattern[str]:
    patterns = (f"(?:{row['pattern']})" for row in _table()[of])
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)
