"""Tables of HTML pages as rows of cells."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from qa.reading.columns import Row

_WIDEST_SPAN = 100
_LONGEST_SPAN = 5_000
_SPACED = frozenset("br p div li ul ol dd dt".split())


def is_data_table(table: Tag) -> bool:
    """Return whether a table holds data, and is not there to lay out the page."""
    return table.find(["table", "h1", "h2", "h3", "form"]) is None and table.get("role") != "presentation"


def rows_of(table: Tag) -> list[Row]:
    """Return the rows, numbered from 1; a cell that spans several places stands in each of them."""
    rows: list[Row] = []
    spanning: dict[int, tuple[int, str]] = {}  # column → how many more rows its cell takes, its text
    for number, line in enumerate(table.find_all("tr"), 1):
        cells: dict[int, str] = {column: text for column, (_, text) in spanning.items()}
        spanning = {column: (left - 1, text) for column, (left, text) in spanning.items() if left > 1}
        column = 0
        for cell in line.find_all(["td", "th"], recursive=False):
            while column in cells:
                column += 1
            text, height = _text(cell), _span(cell, "rowspan", _LONGEST_SPAN)
            for _ in range(_span(cell, "colspan", _WIDEST_SPAN)):
                cells[column] = text
                if height > 1:
                    spanning[column] = (height - 1, text)
                column += 1
        rows.append(Row(number, tuple(cells.get(place, "") for place in range(max(cells, default=-1) + 1))))
    return rows


def _span(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name, ""))
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() else 1


def _text(cell: Tag) -> str:
    """Return a cell's text; what stands raised and short in it is a footnote mark."""
    parts: list[str] = []
    for child in cell.descendants:
        if isinstance(child, Tag):
            if child.name in _SPACED:
                parts.append(" ")
        elif type(child) is NavigableString:
            raised = child.find_parent("sup") is not None and len(child.strip()) <= 3
            parts.append(f"[{child.strip('[]() ')}]" if raised and child.strip().isalnum() else str(child))
    return " ".join("".join(parts).split())
