"""Removes running heads, feet and page numbers: text at the edge of most pages that is not content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qa.reading.pdf.pages import TextLine

_EDGE = 0.13  # share of a page's height, from its edge, that may have a running head or foot
_OFTEN = 0.45  # share of the pages: if left and right pages differ, a line is on about half of them
_NUMBER = re.compile(
    r"(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE
)


def without_furniture(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Return the lines of each page without running heads and feet. Digits are ignored when
    comparing them.
    """
    counts = Counter(key for lines in pages for key in {_key(line) for line in lines if line.edge <= _EDGE})
    often = max(2.0, _OFTEN * sum(bool(lines) for lines in pages))
    return [
        [
            line
            for line in lines
            if not (line.edge <= _EDGE and _is_furniture(line, counts[_key(line)] >= often))
        ]
        for lines in pages
    ]


def _is_furniture(line: TextLine, recurs: bool) -> bool:
    return recurs or line.artifact or _NUMBER.fullmatch(line.text) is not None


def _key(line: TextLine) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.casefold().split()))
