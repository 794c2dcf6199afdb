"""HTML: the text of a page's content, without scripts, navigation and the like; its rating tables
as facts.
"""

from __future__ import annotations

import codecs
import itertools
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import CData, NavigableString, Tag

from qa.reading.column_headings import Row
from qa.reading.decoding import decode
from qa.reading.description import read_sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.formats import title_of
from qa.reading.grid import as_text, grid_facts, mark_rows, take_notes
from qa.reading.html_boilerplate import is_furniture
from qa.reading.html_head import read_head
from qa.reading.html_tables import damage, described, is_data_table, rows_of
from qa.reading.lines import lines_of
from qa.reading.metadata import Metadata, read_metadata_lines
from qa.reading.single_subject_table import Place, with_place
from qa.reading.table import Origin
from qa.records import BlockKind, FileContents, Report

_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INSIDE: Mapping[str, BlockKind] = {"li": "item", "blockquote": "quote"}


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The encodings of the web, by the names that Python gives them.
_CODECS = (
    _names(
        """
    utf-8 utf-16 utf-16-le utf-16-be ascii cp874 cp866 koi8-r koi8-u mac-roman mac-cyrillic gbk gb18030 gb2312
    big5 big5hkscs shift_jis cp932 euc_jp iso2022_jp euc_kr cp949
    """
    )
    | {f"cp125{number}" for number in range(9)}
    | {f"iso8859-{number}" for number in range(1, 17)}
)

# Elements that get lines of their own; all others are part of the text around them.
_BLOCKS = _names(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead
    tr ul
    """
)


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a page: its text is that of its blocks, each on lines of its own. Raises Unreadable."""
    sidecar = read_sidecar(path)
    soup = _parsed(_decode(path.read_bytes(), name, report))
    if found := damage(soup):
        report.warn(
            name,
            None,
            f"{found} A table may not have been read.",
            "Download the page again, and check whether it is complete.",
        )
    content = _content(soup)
    page = _Page(content, TextBuilder())
    if not page.builder.blocks:
        report.warn(
            name,
            None,
            "The page has no text.",
            "Save it again when it has loaded, or take it out of the folder.",
        )
        return FileContents()
    known = Metadata(sidecar.title, sidecar.url, sidecar.published)
    known.add(Metadata(title=page.title))
    known.add(read_head(soup))
    known.add(page.take_metadata(name, report))
    place = Place(page.title, dict(described(content))) if page.title else None
    tables = [with_place(rows, place, sidecar) for rows in page.tables]
    notes = take_notes(page.builder, tables)
    mark_rows(page.builder, tables, notes, sidecar)
    document = known.document(name, page.builder.text, page.builder.blocks, title_of(name))
    origins = (
        Origin(name, document.title, f"{name}:{number}", document.url, document.published)
        for number in range(1, len(tables) + 1)
    )
    facts = (
        grid_facts(rows, notes, sidecar, origin, report) for rows, origin in zip(tables, origins, strict=True)
    )
    return FileContents((document,), itertools.chain.from_iterable(facts))


def _decode(data: bytes, name: str, report: Report) -> str:
    """Return the text of ``data`` in the encoding that the page declares, if it is that."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            codec = codecs.lookup(declared[1].decode("ascii")).name
            if codec in _CODECS:  # others may be no letters at all, or take forever
                return data.decode("cp1252" if codec == "iso8859-1" else codec)
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration is wrong
    return decode(data, name, report)


def _parsed(markup: str) -> BeautifulSoup:
    """Return the tree of ``markup``, which may be XHTML and may be no markup at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(markup, "html.parser")


def _content(soup: BeautifulSoup) -> Tag:
    """Return the element with the main content of the page."""
    articles = soup.find_all("article")
    return (
        soup.find("main")
        or soup.find(role="main")
        or (articles[0] if len(articles) == 1 else None)
        or soup.body
        or soup
    )


def add_markup(markup: str, builder: TextBuilder) -> None:
    """Append the blocks of HTML within another format."""
    _Page(_parsed(markup), builder)


class _Page:
    """Turns elements into blocks, the first h1 into the title."""

    def __init__(self, content: Tag, builder: TextBuilder) -> None:
        self.builder = builder
        self.tables: list[list[Row]] = []
        self.title: str | None = None
        self._inline: list[str] = []
        self._inside: list[BlockKind] = []
        self._add(content)
        self._flush()

    def _add(self, content: Tag) -> None:
        """Walk the elements without recursion, for pages may nest them by the thousand."""
        walk: list[Iterator[object]] = [iter(content.children)]
        open_tags: list[Tag] = [content]
        while walk:
            child = next(walk[-1], None)
            if child is None:
                walk.pop()
                self._close(open_tags.pop())
            elif isinstance(child, Tag):
                if not is_furniture(child, content) and self._open(child):
                    walk.append(iter(child.children))
                    open_tags.append(child)
            elif type(child) in (NavigableString, CData):
                self._inline.append(
                    str(child) if open_tags[-1].name == "pre" else re.sub(r"\s+", " ", str(child))
                )

    def _open(self, tag: Tag) -> bool:
        """Start an element; return whether its children are to be walked."""
        if tag.name == "br":
            self._inline.append("\n")
            return False
        if tag.name in _BLOCKS and tag.name != "dd":
            self._flush()
        if tag.name == "table" and is_data_table(tag):
            rows = rows_of(tag)
            self.builder.add("paragraph", " ".join(tag.caption.get_text(" ").split()) if tag.caption else "")
            self.builder.add("table", as_text(rows))
            self.tables.append(rows)
            return False
        if tag.name in _INSIDE:
            self._inside.append(_INSIDE[tag.name])
        return True

    def _close(self, tag: Tag) -> None:
        if tag.name == "dt":
            self._inline.append(" " if "".join(self._inline).rstrip().endswith(":") else ": ")
        elif tag.name in _HEADINGS:
            self._flush_heading(_HEADINGS[tag.name])
        elif tag.name in _BLOCKS:
            self._flush()
        if tag.name in _INSIDE:
            self._inside.pop()

    def _flush_heading(self, level: int) -> None:
        text = " ".join("".join(self._inline).split())
        self._inline.clear()
        is_title = level == 1 and self.title is None and bool(text)
        self.title = text if is_title else self.title
        self.builder.add("title" if is_title else "heading", text, level)

    def _flush(self) -> None:
        kind = self._inside[-1] if self._inside else "paragraph"
        for part in re.split(r"\n\s*\n", "".join(self._inline)):
            self.builder.add(
                kind, "\n".join(filter(None, (" ".join(line.split()) for line in part.split("\n"))))
            )
        self._inline.clear()

    def take_metadata(self, name: str, report: Report) -> Metadata:
        """Return the metadata in paragraphs of dates; their blocks become metadata."""
        metadata = Metadata()
        for place, block in enumerate(self.builder.blocks):
            if block.kind not in ("paragraph", "item"):
                continue
            lines = [replace(line, number=0) for line in lines_of(self.builder.text[block.start : block.end])]
            told = read_metadata_lines(lines, name, report)
            if told is not None:
                metadata.add(told)
                self.builder.blocks[place] = replace(block, kind="metadata")
        return metadata
