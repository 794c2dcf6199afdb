"""Tables of HTML pages as rows of cells."""

from __future__ import annotations

import itertools

from bs4.element import NavigableString, Tag

from qa.reading.columns import Row

_WIDEST_SPAN = 100
_LONGEST_SPAN = 5_000
_SPACED = frozenset(("br", "p", "div", "li", "ul", "ol", "dt", "dd"))


def is_data_table(table: Tag) -> bool:
    """Return whether a table holds data, and is not there to lay out the page."""
    return table.find(["table", "h1", "h2", "h3", "form"]) is None and table.get("role") != "presentation"


def rows_of(table: Tag) -> list[Row]:
    """Return the rows, numbered from 1; a cell that spans several places stands in each of them."""
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
    """Return the cells of each row with their texts. Rows and cells end where the next one starts, closed or not."""
    lines: list[list[tuple[Tag, list[str]]]] = []
    for child in table.descendants:
        if isinstance(child, Tag):
            if child.name == "tr":
                lines.append([])
            elif child.name in ("td", "th") and lines:
                lines[-1].append((child, []))
            elif child.name in _SPACED and lines and lines[-1]:
                lines[-1][-1][1].append(" ")
        elif type(child) is NavigableString and lines and lines[-1]:
            lines[-1][-1][1].append(_words(child))
    return [[(cell, " ".join("".join(parts).split())) for cell, parts in line] for line in lines]


def _words(text: NavigableString) -> str:
    """Return the text; where it stands raised and is short, it is a footnote mark."""
    mark = text.strip()
    raised = (
        mark.isalnum() and len(mark) <= 2 and text.parent is not None and (text.parent.name == "sup" or text.find_parent("sup") is not None)
    )
    return f"[{mark}]" if raised else str(text)


def _span(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name, ""))
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() else 1
