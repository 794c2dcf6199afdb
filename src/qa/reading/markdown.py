"""Markdown: CommonMark with tables, its markup taken off; its head as :mod:`qa.reading.metadata`
describes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa.reading.column_headings import Row
from qa.reading.decoding import decode
from qa.reading.description import read_sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.formats import title_of
from qa.reading.grid import as_text, grid_facts, mark_rows, take_notes
from qa.reading.judgements import judgement_facts, without_box
from qa.reading.metadata import Metadata, split_head
from qa.reading.single_subject_table import Place, with_place
from qa.reading.table import Origin
from qa.records import BlockKind, FileContents, Report

_DEEPEST = 50  # levels of lists and quotations; markdown-it takes anything deeper as text
_INSIDE: Mapping[str, BlockKind] = {"list_item_open": "item", "blockquote_open": "quote"}
# The text of an inline mark-up token.
_INLINE = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a Markdown file: its text is that of its blocks, each on lines of its own. Raises Unreadable."""
    sidecar = read_sidecar(path)
    lines = decode(path.read_bytes(), name, report).split("\n")
    head, length = split_head(lines, name, report)
    page = _Page(length)
    page.add(
        MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse("\n".join(lines[length:]))
    )
    if not page.builder.blocks:
        report.warn(name, None, "The file has no text.", "Put its text in, or take it out of the folder.")
        return FileContents()
    place = Place(page.title) if page.title else None
    tables = [with_place(rows, place, sidecar) for rows in page.tables]
    notes = take_notes(page.builder, tables)
    mark_rows(page.builder, tables, notes, sidecar)
    known = Metadata(sidecar.title, sidecar.url, sidecar.published)
    known.add(head)
    document = known.document(name, page.builder.text, page.builder.blocks, page.title or title_of(name))
    origin = Origin(name, document.title, name, document.url, document.published, "line")
    facts = itertools.chain.from_iterable(grid_facts(rows, notes, sidecar, origin, report) for rows in tables)
    return FileContents(
        (without_box(document, sidecar.scale),),
        itertools.chain(facts, judgement_facts(document, sidecar, report)),
    )


class _Page:
    """Turns tokens into blocks, the first heading of the highest level into the title."""

    def __init__(self, lines_above: int) -> None:
        self.builder = TextBuilder()
        self.tables: list[list[Row]] = []
        self.title: str | None = None
        self._lines_above = lines_above
        self._inside: list[str] = []
        self._rows: list[tuple[int, list[str]]] = []

    def add(self, tokens: Sequence[Token]) -> None:
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type in _INSIDE:
                self._inside.append(token.type)
            elif token.nesting < 0 and self._closes_innermost(token):
                self._inside.pop()
            elif token.type == "tr_open" and token.map:
                self._rows.append((token.map[0] + 1 + self._lines_above, []))
            elif token.type == "table_close":
                self._close_table()
            elif token.type in ("code_block", "fence"):
                self.builder.add("paragraph", token.content)
            elif token.type == "html_block":
                self._add_markup(token.content)
            elif token.type == "inline" and before is not None:
                self._add_inline(before, _text(token))

    def _closes_innermost(self, token: Token) -> bool:
        """True for the end of the list item or quotation that was opened last."""
        return bool(self._inside) and token.type == self._inside[-1].replace("_open", "_close")

    def _add_inline(self, opening: Token, text: str) -> None:
        if opening.type in ("th_open", "td_open"):
            self._rows[-1][1].append(" ".join(text.split()))
        elif opening.type == "heading_open":
            level = int(opening.tag[1])
            is_title = level == 1 and self.title is None
            self.title = " ".join(text.split()) if is_title else self.title
            self.builder.add("title" if is_title else "heading", text, level)
        else:
            self.builder.add(_INSIDE[self._inside[-1]] if self._inside else "paragraph", text)

    def _add_markup(self, markup: str) -> None:
        from qa.reading.html import (
            add_markup,
        )  # importing it takes a tenth of a second, and few reports have HTML

        add_markup(markup, self.builder)

    def _close_table(self) -> None:
        rows = [Row(number, tuple(cells)) for number, cells in self._rows]
        self._rows.clear()
        self.builder.add("table", as_text(rows))
        self.tables.append(rows)


def _text(token: Token) -> str:
    return "".join(_parts(token.children or ()))


def _parts(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.children:  # an image: its replacement text
            yield from _parts(child.children)
        else:
            yield _INLINE.get(child.type, child.content)
