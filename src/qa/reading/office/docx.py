"""Word documents (.docx): paragraphs by their styles, lists, tables and footnotes.

What is deleted, hidden or in a margin is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from qa.reading.description import read_sidecar
from qa.reading.office.archive import Archive
from qa.reading.office.flow import Flow
from qa.reading.problems import Unreadable
from qa.records import FileContents, Report

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # the same, as some programs write it
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Repeats the element beside it.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 60
_WIDEST_CELL = 100  # columns
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback", "sectPr"))
_HOLDERS = frozenset(
    ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)  # contain paragraphs as the body does
_PRINTED = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_A_DOCUMENT = "The file is not a Word document, or it is damaged."


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a Word document. Raises Unreadable."""
    sidecar = read_sidecar(path)
    with Archive(path) as archive:
        document = archive.part("word/document.xml")
        if document is None:
            raise Unreadable(
                _NOT_A_DOCUMENT, "Open it in Word and save it as .docx, or take it out of the folder."
            )
        reader = _Reader(_styles(archive.part("word/styles.xml")), _notes(archive))
        properties = archive.part("docProps/core.xml")
    body = next((child for child in document if _name(child) == "body"), None)
    if body is not None:
        reader.add_blocks(body, 0)
    title = " ".join((properties.findtext(_TITLE) or "").split()) if properties is not None else ""
    return reader.finished().contents(name, sidecar, title, report)


def _name(element: Element) -> str:
    """Return an element's name if it is one of Word's, or of what Word repeats for older programs."""
    tag = element.tag
    if tag == _FALLBACK:
        return "Fallback"
    return tag.rpartition("}")[2] if tag.startswith((_W, _STRICT)) else ""


def _child(element: Element | None, name: str) -> Element | None:
    """Return the first child with this name, if the element has one."""
    if element is None:
        return None
    return next((child for child in element if _name(child) == name), None)


def _value(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element) not in ("0", "false", "off", "none")


# Styles -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    outline: int | None  # 0 is the highest heading
    bold: bool
    in_list: bool


def _styles(part: Element | None) -> dict[str, _Style]:
    styles = {}
    for style in part if part is not None else ():
        if _name(style) == "style":
            paragraph, run = _child(style, "pPr"), _child(style, "rPr")
            outline = _value(_child(paragraph, "outlineLvl"))
            styles[_value(style, "styleId")] = _Style(
                _value(_child(style, "name")).lower(),
                _value(_child(style, "basedOn")),
                int(outline) if outline.isascii() and outline.isdigit() else None,
                _is_on(_child(run, "b")),
                _child(paragraph, "numPr") is not None,
            )
    return styles


def _lineage(identifier: str, styles: Mapping[str, _Style]) -> Iterator[_Style]:
    """Yield a style and those that it is based on."""
    seen = set[str]()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        yield styles[identifier]
        identifier = styles[identifier].parent


def _notes(archive: Archive) -> dict[str, str]:
    """Return the texts of foot- and endnotes by the names of their references."""
    found = {}
    for part, note in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        root = archive.part(part)
        for element in root if root is not None else ():
            if _name(element) == note and not _value(element, "type"):
                found[f"{note}Reference{_value(element, 'id')}"] = " ".join(
                    " ".join(_texts(element, 0)).split()
                )
    return found


def _texts(element: Element, depth: int) -> Iterator[str]:
    for child in element:
        if _name(child) == "p":
            yield "".join(_Reader({}, {}).printed(child, depth))
        elif depth < _DEEPEST:
            yield from _texts(child, depth + 1)


# Content ----------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, styles: Mapping[str, _Style], notes: Mapping[str, str]) -> None:
        self._flow = Flow()
        self._styles = styles
        self._notes = notes
        self._numbers: dict[str, str] = {}  # reference → its number
        self._in_table = False

    def finished(self) -> Flow:
        """Return all that was read, with the notes that are referred to."""
        for reference, number in self._numbers.items():
            if text := self._notes.get(reference):
                self._flow.add_note(number, text)
        return self._flow

    def add_blocks(self, holder: Element, depth: int) -> None:
        """Add the paragraphs and tables of ``holder`` in their order."""
        if depth > _DEEPEST:
            return
        for child in holder:
            name = _name(child)
            if name == "p":
                self._add_paragraph(child)
                for box in (found for found in child.iter() if _name(found) == "txbxContent"):
                    self.add_blocks(box, depth + 10)
            elif name == "tbl":
                self._add_table(child, depth)
            elif name in _HOLDERS:
                self.add_blocks(child, depth + 1)

    def _add_paragraph(self, paragraph: Element) -> None:
        text = "".join(self.printed(paragraph, 0))
        settings = _child(paragraph, "pPr")
        styles = list(_lineage(_value(_child(settings, "pStyle")), self._styles))
        level = self._level(settings, styles)
        if any(style.name == "title" for style in styles):
            self._flow.add("title", text, 1)
        elif level:
            self._flow.add("heading", text, level)
        elif _child(settings, "numPr") is not None or any(style.in_list for style in styles):
            self._flow.add("item", text)
        elif self._is_bold(paragraph, any(style.bold for style in styles)):
            self._flow.add_bold(text)
        else:
            self._flow.add("quote" if any("quote" in style.name for style in styles) else "paragraph", text)

    def _level(self, settings: Element | None, styles: list[_Style]) -> int:
        """Return the level of a heading, 1 the highest; 0 if it is not a heading."""
        own = _value(_child(settings, "outlineLvl"))
        levels = [int(own)] if own.isascii() and own.isdigit() else []
        levels += [style.outline for style in styles if style.outline is not None]
        levels += [
            int(style.name[8:]) - 1
            for style in styles
            if style.name.startswith("heading ") and style.name[8:].isdigit()
        ]
        return levels[0] + 1 if levels and 0 <= levels[0] < 9 else 0

    def _is_bold(self, paragraph: Element, by_style: bool) -> bool:
        """Return whether all that a paragraph prints is bold."""
        runs = [
            run for run in paragraph.iter() if _name(run) == "r" and "".join(self.printed(run, 0)).strip()
        ]
        return bool(runs) and all(
            _is_on(bold) if (bold := _bold_of(run)) is not None else by_style for run in runs
        )

    def printed(self, element: Element, depth: int) -> Iterator[str]:
        """Yield the printed text of a paragraph or run."""
        for child in element:
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in _PRINTED:
                yield _PRINTED[name]
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._reference(name + _value(child, "id"))
            elif name == "r" and _is_hidden(child):
                continue
            elif name not in _LEFT_OUT and name not in ("txbxContent", "tbl") and depth < _DEEPEST:
                yield from self.printed(child, depth + 1)

    def _reference(self, reference: str) -> str:
        """Return the mark of a footnote: in tables it is kept, because it links a row to its note."""
        if reference not in self._notes:
            return ""
        number = self._numbers.setdefault(reference, str(len(self._numbers) + 1))
        return f"[{number}]" if self._in_table else ""

    def _add_table(self, table: Element, depth: int) -> None:
        """Add a table; one that contains a table or headings is only layout, and its cells are
        read one by one.
        """
        cells = [list(_parts(row, "tc", 0)) for row in _parts(table, "tr", 0)]
        if any(self._is_page(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self.add_blocks(cell, depth + 5)
            return
        self._in_table = True
        lines: list[list[str]] = []
        for row in cells:
            lines.append(self._line(row, lines[-1] if lines else ()))
        self._in_table = False
        self._flow.add_table(lines)

    def _line(self, row: Sequence[Element], above: Sequence[str]) -> list[str]:
        """Return the text of each cell of a row, once for every column that the cell spans. A cell merged
        with the one ``above`` has its text."""
        line: list[str] = []
        for cell in row:
            text = " ".join("".join(self.printed(paragraph, 0)) for paragraph in _parts(cell, "p", 0))
            settings = _child(cell, "tcPr")
            if _is_merged(settings) and len(line) < len(above):
                text = above[len(line)]
            width = _value(_child(settings, "gridSpan"))
            line += [text] * (min(int(width), _WIDEST_CELL) if width.isascii() and width.isdigit() else 1)
        return line

    def _is_page(self, cell: Element) -> bool:
        """Return whether a cell contains a table or a heading, as parts of a page do."""
        for part in cell.iter():
            if _name(part) == "tbl":
                return True
            if _name(part) == "pPr":
                styles = list(_lineage(_value(_child(part, "pStyle")), self._styles))
                if self._level(part, styles):
                    return True
        return False


def _is_merged(settings: Element | None) -> bool:
    """Return whether a cell with these settings continues the one above."""
    merged = _child(settings, "vMerge")
    return merged is not None and _value(merged) != "restart"


def _bold_of(run: Element) -> Element | None:
    return _child(_child(run, "rPr"), "b")


def _is_hidden(run: Element) -> bool:
    return _is_on(_child(_child(run, "rPr"), "vanish"))


def _parts(holder: Element, name: str, depth: int) -> Iterator[Element]:
    """Yield the parts of this name in ``holder``, also inside mere containers."""
    for child in holder:
        if _name(child) == name:
            yield child
        elif _name(child) in _HOLDERS and depth < _DEEPEST:
            yield from _parts(child, name, depth + 1)
