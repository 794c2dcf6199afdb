"""Lines of a page to groups that belong together: a paragraph, an item, a heading of several lines."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from qa.reading.pdf.pages import HYPHEN, TextLine

# What an item of a list begins with. Symbols of fonts that have no code of their own stand in U+F000 to
# U+F0FF.
MARK = re.compile(
    r"(?P<symbol>[•◦‣▪▫●○■□◼◻➢➤✓✔∙·*\uf000-\uf0ff]|[-–—](?=\s+\S))\s*(?=\S)"
    r"|o\s+(?=[A-Z])|(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)"
)
_CELL_LINES = 3  # of a cell that is joined to the one on its left
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*\Z")


@dataclass(frozen=True, slots=True)
class Look:
    """What most of a document looks like: the size of its letters, the step from line to line, and whether
    bold letters are few.
    """

    size: float
    step: float
    bold_is_rare: bool


def look_of(pages: Iterable[Sequence[TextLine]]) -> Look:
    """Return how the text of a document looks."""
    pages = list(pages)
    sizes, bold, total = Counter[float](), 0, 0
    for line in (line for lines in pages for line in lines):
        sizes[line.style[0]] += len(line.text)
        total += len(line.text)
        bold += len(line.text) if line.bold else 0
    size = max(sizes, key=lambda size: (sizes[size], -size), default=12.0)
    steps = [
        above.bottom - below.bottom
        for lines in pages
        for above, below in itertools.pairwise(lines)
        if above.style[0] == below.style[0] == size and 0.5 * size < above.bottom - below.bottom < 2.5 * size
    ]
    return Look(size, median_low(steps) if steps else 1.25 * size, bold <= 0.4 * total)


def grouped(lines: Sequence[TextLine], look: Look) -> list[list[TextLine]]:
    """Return the lines of a page in groups. The tags of a tagged PDF decide, otherwise position
    and look of the lines.
    """
    groups: list[list[TextLine]] = []
    margin = max((line.right for line in lines), default=0.0)
    for line in lines:
        if groups and _continues(groups[-1], line, look, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _with_cells(groups)


def _continues(group: Sequence[TextLine], line: TextLine, look: Look, margin: float) -> bool:
    above = group[-1]
    if above.element is not None and line.element is not None:
        return above.element == line.element
    step = above.bottom - line.bottom
    if abs(step) < 0.5 * look.size and line.left >= above.right - look.size:
        return True  # more of the same line
    if not _is_alike(above, line) or MARK.match(line.text):
        return False
    ended = _SENTENCE_END.search(above.text) is not None
    if step < 0:  # the next column
        return not ended and line.text[:1].islower()
    if _is_far_below(above, line, look):
        return False
    return not (ended and _is_new_paragraph(group, line, look, margin))


def _is_new_paragraph(group: Sequence[TextLine], line: TextLine, look: Look, margin: float) -> bool:
    """Return whether a line is indented, or the one above is short."""
    above = group[-1]
    if above.right < margin - 0.2 * (margin - above.left):
        return True
    return line.left > above.left + 0.7 * look.size and not MARK.match(group[0].text)


def _is_alike(above: TextLine, line: TextLine) -> bool:
    return abs(above.size - line.size) <= 0.6 and above.bold == line.bold


def _is_far_below(above: TextLine, line: TextLine, look: Look) -> bool:
    """Return whether there is more than a line's step between two lines."""
    lines = 1 + above.text.count(HYPHEN)  # pdfium joins a line that ends with a hyphen with the next
    return above.bottom - line.bottom > (lines + 0.3) * max(look.step, 1.15 * line.size)


def _with_cells(groups: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """Return ``groups``, with text to the right of one, a cell of the same row, joined to it."""
    rows: list[list[TextLine]] = []
    for group in groups:
        if rows and len(group) <= _CELL_LINES and _is_beside(rows[-1], group):
            rows[-1].extend(group)
        else:
            rows.append(list(group))
    return rows


def _is_beside(row: Sequence[TextLine], group: Sequence[TextLine]) -> bool:
    if len(row) > 2 * _CELL_LINES or min(line.left for line in group) < max(line.right for line in row):
        return False
    slack = 0.3 * row[0].size
    return row[-1].bottom - slack <= group[-1].bottom and group[0].bottom <= row[0].bottom + slack
