"""The pages of a PDF as lines of text, in the order in which the file writes them, with place and look of
each.

The text is pdfium's. Size and weight of a line are looked up at a few of its characters only, as that is what
takes time.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Literal

import pypdfium2
import pypdfium2.raw as pdfium

from qa.reading.pdf.structure import Element, elements_of
from qa.reading.problems import Unreadable

MOST_PAGES = 5_000
MOST_CHARACTERS = 500_000  # on a page
HYPHEN = "\ufffe"  # pdfium's character for a hyphen at the end of a line, which is joined with the next
_WIDE_GAP = 2.0  # times the size of the letters: a gap that separates the cells of a table
_LONGEST_GAPPED = 200  # characters of a line that is looked through for such gaps
_BOLD = 600  # weight
_SPLIT = "Split the file, or take it out of the folder."


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page: positions in points from the left and the bottom edge, the size of its
    letters, and their look.

    ``edge`` is its distance from the nearer of the top and bottom of the page, as a share of the height.
    ``artifact``: the PDF is tagged, and says that this is not content.
    """

    text: str
    page: int  # 1-based
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    edge: float
    element: Element | None = None
    artifact: bool = False
    gapped: bool = False

    @property
    def style(self) -> tuple[float, bool]:
        """The properties that headings of one level share: the size to half a point, and
        whether it is bold.
        """
        return round(self.size * 2) / 2, self.bold


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page. ``fault`` says why there are none, if not because the page is empty."""

    lines: list[TextLine]
    fault: Literal["damaged", "picture"] | None = None


def pages_of(document: pypdfium2.PdfDocument) -> Iterator[PageText]:
    """Yield the text of each page. Raises Unreadable if there is too much."""
    if len(document) > MOST_PAGES:
        raise Unreadable(f"The PDF has {len(document):,} pages; {MOST_PAGES:,} are read at most.", _SPLIT)
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield PageText([], "damaged")
            continue
        try:
            lines = _Page(page, number + 1).lines()
            yield PageText(lines, "picture" if not lines and _has_picture(page) else None)
        except pypdfium2.PdfiumError:
            yield PageText([], "damaged")
        finally:
            page.close()


class _Page:
    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        self.number = number
        self.height = page.get_height() or 1.0
        self.text_page = page.get_textpage()
        self.elements = elements_of(page)

    def lines(self) -> list[TextLine]:
        count = self.text_page.count_chars()
        if count > MOST_CHARACTERS:
            raise Unreadable(
                f"Page {self.number} has {count:,} characters; {MOST_CHARACTERS:,} are read at most.",
                _SPLIT,
            )
        text = self.text_page.get_text_range() if count else ""
        is_wide = any(map("\uffff".__lt__, text))
        lines, place = list[TextLine](), 0
        for printed in text.split("\r\n"):
            bare = printed.strip()
            if bare:
                start = place + len(printed) - len(printed.lstrip())
                lines.append(self._line(bare, _units(text[:start]) if is_wide else start))
            place += len(printed) + 2
        return lines

    def _line(self, text: str, start: int) -> TextLine:
        first, last = self._index(start), self._index(start + len(text) - 1)
        looked_at = [self._index(start + place) for place in _spread(text)]
        left, bottom, _, top = self._box(first)
        size, bold = median_low(map(self._size, looked_at)), all(map(self._is_bold, looked_at))
        content = self._content(first)
        element = self.elements.get(content)
        middle = (bottom + top) / 2 / self.height
        return TextLine(
            text,
            self.number,
            left,
            self._box(last)[2],
            bottom,
            size,
            bold,
            max(0.0, min(middle, 1 - middle)),
            element,
            bool(self.elements) and content < 0,
            bold and len(text) <= _LONGEST_GAPPED and self._has_gap(text, start, size),
        )

    def _has_gap(self, text: str, start: int, size: float) -> bool:
        for place, letter in enumerate(text):
            if letter == " " and 0 < place < len(text) - 1:
                left, right = (
                    self._box(self._index(start + place - 1))[2],
                    self._box(self._index(start + place + 1))[0],
                )
                if right - left > _WIDE_GAP * size:
                    return True
        return False

    def _index(self, place: int) -> int:
        """Return the index of the character at a place of the text; pdfium counts some that are not in it."""
        return max(0, int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.text_page, place)))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        try:
            left, bottom, right, top = self.text_page.get_charbox(index)
        except pypdfium2.PdfiumError:
            return 0.0, 0.0, 0.0, 0.0
        return left, bottom, right, top

    def _size(self, index: int) -> float:
        """Return the size of a character on the page."""
        matrix = pdfium.FS_MATRIX()
        scale = (
            math.hypot(matrix.c, matrix.d)
            if pdfium.FPDFText_GetMatrix(self.text_page, index, ctypes.byref(matrix))
            else 1.0
        )
        return float(pdfium.FPDFText_GetFontSize(self.text_page, index)) * (scale or 1.0)

    def _is_bold(self, index: int) -> bool:
        """Return whether a character is bold, by the weight of its font or the font's name."""
        if pdfium.FPDFText_GetFontWeight(self.text_page, index) >= _BOLD:
            return True
        buffer = ctypes.create_string_buffer(128)
        length = pdfium.FPDFText_GetFontInfo(self.text_page, index, buffer, 128, ctypes.c_int())
        name = buffer.raw[: max(0, min(length, 128) - 1)].lower()
        return b"bold" in name or b"black" in name or b"heavy" in name

    def _content(self, index: int) -> int:
        if not self.elements:
            return -1
        written = pdfium.FPDFText_GetTextObject(self.text_page, index)
        return int(pdfium.FPDFPageObj_GetMarkedContentID(written)) if written else -1


def _spread(text: str) -> Sequence[int]:
    """Return the places of the first, middle and last letters of a text that has no white space
    at its ends.
    """
    middle = next(
        (
            place
            for place in range(len(text) // 2, len(text))
            if not text[place].isspace() and text[place] != HYPHEN
        ),
        0,
    )
    return sorted({0, middle, max(0, len(text) - 1 - (text[-1] == HYPHEN))})


def _units(text: str) -> int:
    """Return how many UTF-16 units ``text`` takes, in which pdfium counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(
        True for _ in itertools.islice(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3), 1)
    )
