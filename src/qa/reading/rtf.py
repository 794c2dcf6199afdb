"""Rich text (.rtf): paragraphs, headings by outline level or bold letters, and tables.

Heads, feet and properties are left out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from qa.reading.description import read_sidecar
from qa.reading.office.flow import Flow
from qa.reading.problems import Unreadable
from qa.records import FileContents, Report

MOST_BYTES = 200_000_000
_DEEPEST = 500  # how deep groups may be nested
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
# Groups without text of the document.
_LEFT_OUT = frozenset(
    b"""fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr
    footerf footnote listtable listoverridetable revtbl rsidtbl generator themedata datastore xmlnstbl
    annotation atnid fldinst shppict nonshppict""".split()
)
_PRINTED = {
    b"line": "\n", b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "• ", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}


@dataclass(frozen=True, slots=True)
class _Group:
    """The state within a pair of braces."""

    bold: bool = False
    hidden: bool = False
    left_out: bool = False
    skipped: int = 1  # replacement characters after one of Unicode


class _Token(NamedTuple):
    word: bytes
    number: bytes
    byte: bytes
    symbol: bytes
    brace: bytes
    text: bytes


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a file of rich text. Raises Unreadable."""
    sidecar = read_sidecar(path)
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB.", "Save it as .docx, or split it."
        )
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable(
            "The file is not rich text, or it is damaged.", "Save it as .rtf or .docx in an office program."
        )
    reader = _Reader()
    for found in _TOKEN.finditer(data):
        reader.take(_Token(*(part or b"" for part in found.groups())))
    reader.end_paragraph()
    reader.end_table()
    return reader.flow.contents(name, sidecar, "", report)


class _Reader:
    def __init__(self) -> None:
        self.flow = Flow()
        self._groups = [_Group()]
        self._encoding = "cp1252"
        self._parts: list[str] = []
        self._bold: list[bool] = []  # of each part that prints something
        self._level = 0
        self._in_table = False
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._left = 0  # replacement characters still to skip

    def take(self, token: _Token) -> None:
        """Take the next token."""
        if token.brace == b"{":
            if len(self._groups) > _DEEPEST:
                raise Unreadable(
                    "The file nests its groups too deeply to be read.",
                    "Save it again in an office program.",
                )
            self._groups.append(self._groups[-1])
        elif token.brace == b"}":
            if len(self._groups) > 1:
                self._groups.pop()
        elif token.word:
            self._control(token.word, int(token.number or b"1"), bool(token.number))
        elif token.symbol == b"*":
            self._change(left_out=True)
        elif token.symbol in _SYMBOLS:
            self._print(_SYMBOLS[token.symbol])
        elif token.byte:
            self._print_bytes(bytes.fromhex(token.byte.decode("ascii")))
        elif token.text:
            self._print_bytes(token.text)

    def _change(self, **changes: bool | int) -> None:
        self._groups[-1] = replace(self._groups[-1], **changes)  # type: ignore[arg-type]

    def _control(self, word: bytes, number: int, is_told: bool) -> None:
        if word in _LEFT_OUT:
            self._change(left_out=True)
        elif word in _PRINTED:
            self._print(_PRINTED[word])
        elif word == b"u" and is_told:
            self._print(chr(number % 0x10000) if not 0xD800 <= number % 0x10000 <= 0xDFFF else "\ufffd")
            self._left = self._groups[-1].skipped
        elif word in (b"b", b"v"):
            self._change(**{"bold" if word == b"b" else "hidden": number != 0})
        elif word == b"uc":
            self._change(skipped=min(max(number, 0), 10))
        elif word == b"plain":
            self._change(bold=False, hidden=False)
        elif word == b"ansicpg":
            self._encoding = _codec(number)
        elif not self._groups[-1].left_out:
            self._lay_out(word, number)

    def _lay_out(self, word: bytes, number: int) -> None:
        if word == b"par" or word == b"sect":
            self.end_paragraph()
        elif word == b"pard":
            self._level, self._in_table = 0, False
        elif word == b"intbl":
            self._in_table = True
        elif word == b"outlinelevel":
            self._level = min(number, 8) + 1
        elif word == b"cell":
            self._cells.append(self._taken())
        elif word == b"row":
            self._rows.append(self._cells)
            self._cells = []

    def _print_bytes(self, data: bytes) -> None:
        skipped = min(self._left, len(data))
        self._left -= skipped
        if data[skipped:]:
            self._print(data[skipped:].decode(self._encoding, "replace"))

    def _print(self, text: str) -> None:
        group = self._groups[-1]
        if not group.left_out and not group.hidden:
            self._parts.append(text)
            if text.strip():
                self._bold.append(group.bold)

    def _taken(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        self._bold.clear()
        return text

    def end_paragraph(self) -> None:
        """Add the printed text as a paragraph, unless it continues within a cell."""
        if self._in_table:
            self._parts.append(" ")
            return
        self.end_table()
        is_bold, text = bool(self._bold) and all(self._bold), self._taken()
        if self._level:
            self.flow.add("heading", text, self._level)
        elif text.lstrip().startswith("• "):
            self.flow.add("item", text.lstrip()[2:])
        elif is_bold:
            self.flow.add_bold(text)
        else:
            self.flow.add("paragraph", text)

    def end_table(self) -> None:
        """Add the rows of a table that ends here."""
        if self._rows:
            self.flow.add_table(self._rows)
            self._rows = []


def _codec(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
