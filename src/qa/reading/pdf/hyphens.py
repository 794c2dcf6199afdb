"""Joins words that were broken at the end of a line: with the hyphen if the word has one,
otherwise without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.language.dictionary import ordinary
from qa.reading.pdf.pages import HYPHEN

_BROKEN = re.compile(rf"(?P<left>[^\W\d_]*){HYPHEN}\s*(?P<right>[^\W\d_]*)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Hyphens:
    """Joins the broken words of one document; the rest of the document shows how a word is written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {
            word.casefold() for text in texts if HYPHEN not in text for word in _WORD.findall(text)
        }

    def joined(self, text: str) -> str:
        """Return ``text`` with its broken words made whole."""
        return _BROKEN.sub(self._join, text) if HYPHEN in text else text

    def _join(self, found: re.Match[str]) -> str:
        left, right = found["left"], found["right"]
        whole, hyphened = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
        is_one = (
            left
            and right
            and right.islower()
            and hyphened not in self._words
            and (whole in self._words or ordinary(whole))
        )
        return f"{left}{right}" if is_one else f"{left}-{right}"
