"""Opens a PDF with care: passwords, damage and decompression bombs are reported before pdfium
sees the file.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from qa.reading.problems import Unreadable

MOST_BYTES = 300_000_000
MOST_UNPACKED = 8_000_000  # bytes of a stream that is packed more than …
DENSEST = 100  # … this many times, which no text or drawing is
_CHUNK = 1 << 16
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_FLATE_FIRST = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_SAVE = "Open it in a PDF viewer and save or print it as PDF again, or take it out of the folder."


@dataclass(frozen=True, slots=True)
class Opened:
    """An open PDF.

    ``is_whole``: all of its packed streams fit their checksums, which pdfium does not look at.
    """

    pdf: pypdfium2.PdfDocument
    is_whole: bool


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a PDF, and close it in the end. Raises Unreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            f"The PDF is larger than {MOST_BYTES // 1_000_000} MB.", "Split it, or take it out of the folder."
        )
    data = path.read_bytes()
    fits = list(map(_fits, _packed_streams(data)))
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("The PDF is protected by a password.", "Save it without one.") from error
        raise Unreadable("The file is not a PDF, or it is damaged.", _SAVE) from error
    try:
        yield Opened(document, all(fits) or b"/Encrypt" in data)
    finally:
        document.close()


class _Packed(NamedTuple):
    data: bytes
    times: int  # how often it is packed
    is_outermost: bool  # whether it can be unpacked directly


def _packed_streams(data: bytes) -> Iterator[_Packed]:
    """Yield the packed streams of a PDF but pictures, which pdfium does not unpack for their text."""
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, found.start() - 2_000) : found.start()].rpartition(b" obj")[2]
        times = len(_FLATE.findall(dictionary))
        if times and b"/Image" not in dictionary:
            end = data.find(b"endstream", found.end())
            yield _Packed(
                data[found.end() : end if end >= 0 else len(data)],
                times,
                _FLATE_FIRST.search(dictionary) is not None,
            )


def _fits(packed: _Packed) -> bool:
    """Return whether a stream can be unpacked and matches its checksum. Raises Unreadable if it unpacks to
    far more than any text does.
    """
    size, data = 0, packed.data
    try:
        for part in _unpacked(data, min(packed.times, 4)):
            size += len(part)
            if size > MOST_UNPACKED and size > DENSEST * len(data):
                raise Unreadable(
                    "A part of the PDF unpacks to far more than any text would, as if to do harm.", _SAVE
                )
    except zlib.error:
        return not packed.is_outermost
    return True


def _unpacked(packed: bytes, times: int) -> Iterator[bytes]:
    """Yield the contents of a stream that was packed ``times`` times, a little at a time. Raises zlib.error
    if it is damaged.
    """
    parts: Iterator[bytes] = (packed[start : start + _CHUNK] for start in range(0, len(packed), _CHUNK))
    for _ in range(times):
        parts = _inflated(parts)
    return parts


def _inflated(parts: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for part in parts:
        rest = part
        while rest and not inflater.eof:
            yield inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
    if not inflater.eof:
        raise zlib.error("cut off")
