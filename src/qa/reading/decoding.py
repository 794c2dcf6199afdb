"""Bytes to text, in the one encoding that fits: UTF-8, UTF-16, or else Windows-1252; guesses are reported."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from qa.reading.problems import Unreadable
from qa.records import Report

_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # bytes without a letter in Windows-1252
_SAVE_AS = "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”; in an editor: “Save with encoding”)."
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Encoding:
    """The ``name`` of a codec.

    ``line`` is the first line that is not UTF-8, if the codec is a fallback. ``unmarked`` is true for UTF-16
    without a byte-order mark.
    """

    name: str
    line: int | None = None
    unmarked: bool = False

    def tell(self, file: str, report: Report) -> None:
        """Warn if the encoding had to be guessed."""
        if self.line is not None:
            report.warn(
                file,
                self.line,
                "The file is not UTF-8; it was read as Windows-1252.",
                f"Check that names with accents are right. {_SAVE_AS}",
            )
        if self.unmarked:
            report.warn(
                file,
                None,
                "The file has no byte-order mark; it was read as UTF-16.",
                f"If the names look right, do nothing. Otherwise: {_SAVE_AS}",
            )


def find_encoding(chunks: Iterable[bytes]) -> Encoding:
    """Return the encoding of a file given in chunks. Raises Unreadable if no encoding fits."""
    rest = iter(chunks)
    first = next(rest, None)
    if first is None:
        return Encoding("utf-8-sig")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    if unmarked := _utf16_without_mark(first):
        return Encoding(unmarked, unmarked=True)
    return _byte_encoding(itertools.chain((first,), rest))


def _byte_encoding(chunks: Iterable[bytes]) -> Encoding:
    """Return the encoding of a file in which each unaccented letter is one byte."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    line, not_utf8, undefined = 1, 0, 0
    for chunk in chunks:
        if (nul := chunk.find(0)) >= 0:
            raise Unreadable(
                "The file has NUL bytes: it is not a text file, or it is damaged.",
                _SAVE_AS,
                line + chunk.count(b"\n", 0, nul),
            )
        if not not_utf8:
            not_utf8 = _line_that_fails(utf8, chunk, line)
        if not undefined and (found := [chunk.find(byte) for byte in _UNDEFINED if byte in chunk]):
            undefined = line + chunk.count(b"\n", 0, min(found))
        line += chunk.count(b"\n")
    if not not_utf8:
        not_utf8 = _line_that_fails(utf8, b"", line, final=True)
    if not_utf8 and undefined:
        raise Unreadable("The file is neither UTF-8 nor Windows-1252 text.", _SAVE_AS, not_utf8)
    return Encoding("cp1252", not_utf8) if not_utf8 else Encoding("utf-8-sig")


def _utf16_without_mark(chunk: bytes) -> str | None:
    """Return the UTF-16 codec of text whose characters nearly all have a zero byte on one side, and never on
    the other.
    """
    even, odd = chunk[::2].count(0), chunk[1::2].count(0)
    if max(even, odd) * 4 < len(chunk) or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _line_that_fails(decoder: codecs.IncrementalDecoder, chunk: bytes, line: int, final: bool = False) -> int:
    """Return the line on which ``chunk`` stops being UTF-8; 0 if it does not."""
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        return line + chunk.count(b"\n", 0, error.start)
    return 0


def decode(data: bytes, file: str, report: Report) -> str:
    """Return the text of ``data`` with line ends made ``\\n`` and a byte-order mark removed.

    Raises Unreadable.
    """
    encoding = find_encoding(data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    encoding.tell(file, report)
    try:
        text = data.decode(encoding.name)
    except UnicodeDecodeError as error:
        raise Unreadable("The file starts like UTF-16 text, but is not.", _SAVE_AS) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
