"""Reads the tags of a tagged PDF: which text is a heading, an item, a note, a line of the table
of contents.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2.raw as pdfium

ElementKind = Literal["heading", "item", "note", "contents", "paragraph"]

MOST_ELEMENTS = 20_000  # elements of a page; a page with more is read without its tags
_DEEPEST = 60
_TYPE_BYTES = 128

# Standard structure types; all others are parts of the element around them, or contain such elements.
_KINDS: Mapping[str, ElementKind] = {
    **dict.fromkeys(("H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"), "heading"),
    **dict.fromkeys(("P", "TD", "TH", "Caption", "BlockQuote"), "paragraph"),
    "LI": "item",
    "Note": "note",
    "FENote": "note",
    "TOCI": "contents",
}
_WHOLE = frozenset(("item", "note", "contents"))  # a paragraph within one of these is one more of its kind


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a page with lines of its own; ``number`` identifies it within its page."""

    kind: ElementKind
    number: int
    level: int = 0  # for a heading: 1 is the highest; 0 if the tag does not say


def elements_of(page: Any) -> dict[int, Element]:
    """Return by marked-content id the element of a page's text; nothing if the PDF is not tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        walk = _Walk()
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk.enter(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), None, 0)
        return walk.found
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Walk:
    def __init__(self) -> None:
        self.found: dict[int, Element] = {}
        self._count = 0

    def enter(self, node: Any, around: Element | None, depth: int) -> None:
        """Note the content of ``node``, which lies in the element ``around``, and all below."""
        self._count += 1
        if not node or depth > _DEEPEST or self._count > MOST_ELEMENTS:
            return
        element = self._element(_type_of(node), around)
        for place in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(node)):
            number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(node, place)
            if element is not None and number >= 0:
                self.found.setdefault(number, element)
        for place in range(min(pdfium.FPDF_StructElement_CountChildren(node), MOST_ELEMENTS)):
            self.enter(pdfium.FPDF_StructElement_GetChildAtIndex(node, place), element, depth + 1)

    def _element(self, name: str, around: Element | None) -> Element | None:
        kind = _KINDS.get(name)
        if kind is None:
            return around
        if kind == "paragraph" and around is not None and around.kind in _WHOLE:
            kind = around.kind
        level = int(name[1]) if kind == "heading" and name[1:].isdigit() else 0
        return Element(kind, self._count, level)


def _type_of(node: Any) -> str:
    buffer = ctypes.create_string_buffer(_TYPE_BYTES)
    length = pdfium.FPDF_StructElement_GetType(node, buffer, _TYPE_BYTES)
    return buffer.raw[: max(0, min(length, _TYPE_BYTES) - 2)].decode("utf-16-le", "replace")
