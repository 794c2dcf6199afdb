"""Tables of HTML pages as rows of cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from bs4.element import NavigableString, PageElement, Tag
from rapidfuzz.distance import OSA

from qa.reading.column_headings import Row
from qa.reading.problems import quoted

_OF_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_LIKE_TABLES = frozenset(
    "body head br dd dt em hr li ol rb rd rp rt s tt u ul p q a b i h1 h2 h3 h4 h5 h6".split()
)  # elements of other sorts
_NAME = re.compile(r"[\w:.-]+")
_WIDEST_SPAN = 100
_LONGEST_SPAN = 5_000
_SPACED = frozenset(("br", "p", "div", "li", "ul", "ol", "dt", "dd"))


def is_data_table(table: Tag) -> bool:
    """Return whether a table has data, rather than laying out the page."""
    return table.find(["table", "h1", "h2", "h3", "form"]) is None and table.get("role") != "presentation"


def damage(soup: Tag) -> str:
    """Describe broken table markup, as in a damaged file: elements that do not exist in HTML,
    rows outside a table.
    """
    names = {tag.name for tag in soup.find_all(True)}
    odd = sorted(
        name for name in names if name not in _LIKE_TABLES and (not _NAME.fullmatch(name) or _is_like(name))
    )
    if odd:
        return f"Elements that HTML does not have: {quoted(odd)}."
    stray = any(tag.find_parent("table") is None for tag in soup.find_all(["tr", "td", "th"]))
    return "Rows or cells outside a table." if stray else ""


def _is_like(name: str) -> bool:
    return name not in _OF_TABLES and any(
        OSA.distance(name, other, score_cutoff=1) == 1 for other in _OF_TABLES
    )


def described(content: Tag) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the description lists of a page: "Beds", "32"."""
    for term in content.find_all("dt"):
        value = term.find_next_sibling(["dt", "dd"])
        if value is not None and value.name == "dd":
            yield " ".join(term.get_text(" ").split()).rstrip(":"), " ".join(value.get_text(" ").split())


def rows_of(table: Tag) -> list[Row]:
    """Return the rows, numbered from 1; a cell that spans several places is repeated in each of them."""
    rows: list[Row] = []
    spanning: dict[int, tuple[int, str]] = {}  # column → how many more rows its cell takes, its text
    for number, line in enumerate(_cells(table), 1):
        cells = {column: text for column, (_, text) in spanning.items()}
        spanning = {column: (left - 1, text) for column, (left, text) in spanning.items() if left > 1}
        column = 0
        for cell, text in line:
            height = _span(cell, "rowspan", _LONGEST_SPAN)
            column = next(free for free in itertools.count(column) if free not in cells)
            for _ in range(_span(cell, "colspan", _WIDEST_SPAN)):
                cells[column] = text
                if height > 1:
                    spanning[column] = (height - 1, text)
                column += 1
        rows.append(Row(number, tuple(cells.get(place, "") for place in range(max(cells, default=-1) + 1))))
    return rows


def _cells(table: Tag) -> list[list[tuple[Tag, str]]]:
    """Return the cells of each row with their texts. Rows and cells end where the next one
    starts, closed or not.
    """
    lines: list[list[tuple[Tag, list[str]]]] = []
    for child in table.descendants:
        name = child.name if isinstance(child, Tag) else None
        if name == "tr":
            lines.append([])
        elif isinstance(child, Tag) and name in ("td", "th") and lines:
            lines[-1].append((child, []))
        elif lines and lines[-1]:
            lines[-1][-1][1].append(_printed(child))
    return [[(cell, " ".join("".join(parts).split())) for cell, parts in line] for line in lines]


def _printed(part: PageElement) -> str:
    """Return the text of a part of a cell: its words, or a space for an element that separates words."""
    if isinstance(part, Tag):
        return " " if part.name in _SPACED else ""
    return _words(part) if type(part) is NavigableString else ""


def _words(text: NavigableString) -> str:
    """Return the text; short superscript text is a footnote mark."""
    mark = text.strip()
    raised = (
        mark.isalnum()
        and len(mark) <= 2
        and text.parent is not None
        and (text.parent.name == "sup" or text.find_parent("sup") is not None)
    )
    return f"[{mark}]" if raised else str(text)


def _span(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name, ""))
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() else 1
