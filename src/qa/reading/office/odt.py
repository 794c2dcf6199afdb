"""OpenDocument texts (.odt): headings by their levels, lists, tables and footnotes.

What is deleted or a remark is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from qa.reading.description import read_sidecar
from qa.reading.office.archive import Archive
from qa.reading.office.flow import Flow
from qa.reading.problems import Unreadable
from qa.records import FileContents, Report

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DEEPEST = 60
_MOST_REPEATED = 100  # how often a cell or space may be repeated
_LEFT_OUT = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_TEXT}note",
        f"{_TEXT}ruby-text",
        f"{_OFFICE}forms",
    )
)
_ROW_HOLDERS = frozenset(f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_TEXT_HOLDERS = frozenset(f"{_TEXT}{name}" for name in ("list", "list-item", "list-header", "section"))
_CONTENTS = frozenset(
    f"{_TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index")
)


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read an OpenDocument text. Raises Unreadable."""
    sidecar = read_sidecar(path)
    with Archive(path) as archive:
        if b"encryption-data" in (archive.data("META-INF/manifest.xml") or b""):
            raise Unreadable("The document is protected by a password.", "Save it without one.")
        content = archive.part("content.xml")
        body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
        if content is None or body is None:
            message = "The file is not an OpenDocument text, or it is damaged."
            raise Unreadable(
                message, "Open it in an office program and save it as .odt, or take it out of the folder."
            )
        styles, meta = archive.part("styles.xml"), archive.part("meta.xml")
    reader = _Reader(dict(_parents(content, styles)), set(_bold_styles(content, styles)))
    reader.add_blocks(body, 0)
    title = next((found.text or "" for found in meta.iter(_TITLE)), "") if meta is not None else ""
    return reader.flow.contents(name, sidecar, " ".join(title.split()), report)


def _all_styles(*roots: Element | None) -> Iterator[Element]:
    for root in roots:
        if root is not None:
            yield from root.iter(f"{_STYLE}style")


def _parents(*roots: Element | None) -> Iterator[tuple[str, str]]:
    """Yield the name of each style and of the one that it is based on."""
    for style in _all_styles(*roots):
        yield style.get(f"{_STYLE}name", ""), style.get(f"{_STYLE}parent-style-name", "")


def _bold_styles(*roots: Element | None) -> Iterator[str]:
    for style in _all_styles(*roots):
        look = style.find(f"{_STYLE}text-properties")
        if look is not None and look.get(f"{_FO}font-weight") in ("bold", "600", "700", "800", "900"):
            yield style.get(f"{_STYLE}name", "")


class _Reader:
    def __init__(self, parents: Mapping[str, str], bold: set[str]) -> None:
        self.flow = Flow()
        self._parents = parents
        self._bold = bold
        self._count = 0  # of the notes
        self._in_table = False

    def add_blocks(self, holder: Element, depth: int) -> None:
        """Add the paragraphs, lists and tables of ``holder`` in their order."""
        if depth > _DEEPEST:
            return
        for child in holder:
            if child.tag == f"{_TEXT}h":
                level = child.get(f"{_TEXT}outline-level", "1")
                self.flow.add(
                    "heading", self._printed(child), int(level) if level.isascii() and level.isdigit() else 1
                )
            elif child.tag == f"{_TEXT}p":
                self._add_paragraph(child)
            elif child.tag == f"{_TEXT}list":
                self._add_list(child, depth + 1)
            elif child.tag == f"{_TABLE}table":
                self._add_table(child, depth)
            elif child.tag not in _LEFT_OUT and child.tag not in _CONTENTS:
                self.add_blocks(child, depth + 1)

    def _add_paragraph(self, paragraph: Element) -> None:
        style = paragraph.get(f"{_TEXT}style-name", "")
        lineage = self._lineage(style)
        text = self._printed(paragraph)
        if "Title" in lineage:
            self.flow.add("title", text, 1)
        elif not self._bold.isdisjoint(lineage) or self._is_bold(paragraph):
            self.flow.add_bold(text)
        else:
            self.flow.add("quote" if "Quotations" in lineage else "paragraph", text)
        for box in paragraph.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"):
            self.add_blocks(box, 10)

    def _lineage(self, style: str) -> list[str]:
        found: list[str] = []
        while style and style not in found:
            found.append(style)
            style = self._parents.get(style, "")
        return found

    def _is_bold(self, paragraph: Element) -> bool:
        """Return whether all printed text of a paragraph is in bold spans."""
        spans = [child for child in paragraph if child.tag == f"{_TEXT}span"]
        outside = (paragraph.text or "") + "".join(child.tail or "" for child in paragraph)
        return (
            bool(spans)
            and not outside.strip()
            and all(span.get(f"{_TEXT}style-name") in self._bold for span in spans)
        )

    def _add_list(self, holder: Element, depth: int) -> None:
        """Add the items of a list, and those of the lists within."""
        if depth > _DEEPEST:
            return
        for item in holder:
            for child in item:
                if child.tag == f"{_TEXT}p":
                    self.flow.add("item", self._printed(child))
                elif child.tag == f"{_TEXT}h":
                    self.add_blocks(item, depth + 1)
                    break
                elif child.tag == f"{_TEXT}list":
                    self._add_list(child, depth + 1)

    def _printed(self, element: Element, depth: int = 0) -> str:
        """Return the printed text of a paragraph."""
        parts = [element.text or ""]
        for child in element:
            if child.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
                parts.append(" ")
            elif child.tag == f"{_TEXT}line-break":
                parts.append("\n")
            elif child.tag == f"{_TEXT}note":
                parts.append(self._note(child))
            elif child.tag not in _LEFT_OUT and not child.tag.endswith("}text-box") and depth < _DEEPEST:
                parts.append(self._printed(child, depth + 1))
            parts.append(child.tail or "")
        return "".join(parts)

    def _note(self, note: Element) -> str:
        """Store a footnote; its mark is kept in tables, because it links a row to its note."""
        body = note.find(f"{_TEXT}note-body")
        if body is None:
            return ""
        self._count += 1
        self.flow.add_note(str(self._count), " ".join(self._printed(part) for part in body))
        return f"[{self._count}]" if self._in_table else ""

    def _add_table(self, table: Element, depth: int) -> None:
        """Add a table; one that contains a table or headings is only layout, and its cells are
        read one by one.
        """
        rows = list(_within(table, f"{_TABLE}table-row", _ROW_HOLDERS))
        if any(part.tag in (f"{_TABLE}table", f"{_TEXT}h") for row in rows for part in row.iter()):
            for row in rows:
                for cell in row:
                    self.add_blocks(cell, depth + 5)
            return
        self._in_table = True
        self.flow.add_table(list(self._lines(rows)))
        self._in_table = False

    def _lines(self, rows: Iterable[Element]) -> Iterator[list[str]]:
        """Yield the texts of the cells of each row; one that spans several places is repeated
        in each of them.
        """
        covered: dict[tuple[int, int], str] = {}  # row and column → the text of the cell that lies over them
        for number, row in enumerate(rows):
            line: list[str] = []
            for cell in row:
                text = " ".join(self._printed(part) for part in _within(cell, f"{_TEXT}p", _TEXT_HOLDERS))
                if cell.tag == f"{_TABLE}covered-table-cell":
                    line += [
                        covered.get((number, len(line) + place), "")
                        for place in range(_times(cell, "number-columns-repeated"))
                    ]
                    continue
                height, width = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
                for below, beside in itertools.product(range(height), range(width)):
                    covered[number + below, len(line) + beside] = text
                line += [text] * _times(cell, "number-columns-repeated")
            line = _trimmed(line)
            yield from [line] * (_times(row, "number-rows-repeated") if line else 1)


def _within(holder: Element, tag: str, holders: frozenset[str], depth: int = 0) -> Iterator[Element]:
    """Yield the elements of this tag in ``holder``, also inside mere containers."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in holders and depth < _DEEPEST:
            yield from _within(child, tag, holders, depth + 1)


def _times(element: Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}", "1")
    return min(max(int(value), 1), _MOST_REPEATED) if value.isascii() and value.isdigit() else 1


def _trimmed(line: list[str]) -> list[str]:
    while line and not line[-1].strip():
        line.pop()
    return line
