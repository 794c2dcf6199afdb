"""Turns groups of lines into blocks: title, headings and their levels, items, notes and paragraphs.

A sentence that continues on the next page is joined on the page where it begins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.language.sentences import sentences
from qa.reading.pdf.contents import without_contents
from qa.reading.pdf.hyphens import Hyphens
from qa.reading.pdf.line_groups import MARK, Look, grouped, look_of
from qa.reading.pdf.pages import TextLine
from qa.reading.written_dates import IN_TEXT
from qa.records import BlockKind

LONGEST_HEADING = 220
_MOST_HEADING_LINES = 4
_LARGER = 1.08  # times the size of the text, from which a line is a heading
_SMALLER = 0.92  # times the size of the text, below which a numbered line is a footnote
_SAME_EDGE = 9.0  # points
_SHARED_BY = 3  # lines that must begin at the edge of a column
_LABELLED = re.compile(r"[A-Z][\w’']*(?: [\w’']+){0,3}:\s+\S")
_NO_HEADING_END = (".", ",", ";")
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00a0": " ",
        "\u00ad": None,
    }
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it is put into the document's text; ``mark`` is the beginning of its item, e.g. "• "."""

    kind: BlockKind
    text: str
    page: int
    level: int = 0
    mark: str = ""


def drafts_of(pages: Sequence[Sequence[TextLine]]) -> list[Draft]:
    """Return the blocks of a document whose ``pages`` have no running heads. Tables of contents
    are left out.
    """
    look = look_of(pages)
    groups = [group for lines in pages for group in without_contents(grouped(lines, look))]
    edges = _edges(pages)
    kinds = [_kind(group, look, edges) for group in groups]
    levels = _levels([group for group, kind in zip(groups, kinds, strict=True) if kind == "heading"])
    hyphens = Hyphens(line.text for lines in pages for line in lines)
    drafts = [
        _draft(group, kind, levels.get(group[0].style, 0) if kind == "heading" else 0, hyphens)
        for group, kind in zip(groups, kinds, strict=True)
    ]
    return list(_made_whole(_with_text_below(drafts)))


def _draft(group: Sequence[TextLine], kind: BlockKind, level: int, hyphens: Hyphens) -> Draft:
    text = hyphens.joined(" ".join(line.text for line in group)).translate(_LIGATURES)
    text, mark = " ".join(_CONTROLS.sub("", text).split()), ""
    if kind == "item" and (found := MARK.match(text)):
        mark = "• " if (found["symbol"] or "")[:1] >= "\uf000" else text[: found.end()]
        text = text[found.end() :]
    return Draft(kind, text, group[0].page, level, mark)


# Kinds ------------------------------------------------------------------------------------------------------


def _edges(pages: Sequence[Sequence[TextLine]]) -> dict[int, list[float]]:
    """Return by page the left edges of its columns: the positions that several lines share."""
    found = dict[int, list[float]]()
    for lines in pages:
        lefts = [line.left for line in lines]
        for line in lines:
            found.setdefault(line.page, [min(lefts)])
            if sum(abs(left - line.left) < _SAME_EDGE for left in lefts) >= _SHARED_BY:
                found[line.page].append(line.left)
    return found


def _kind(group: Sequence[TextLine], look: Look, edges: Mapping[int, Sequence[float]]) -> BlockKind:
    first, text = group[0], " ".join(line.text for line in group)
    tagged = first.element.kind if first.element is not None else ""
    if tagged == "heading":
        return "heading" if _has_letters(text) else "paragraph"
    if tagged == "note" or _looks_like_note(first, text, look):
        return "note"
    if tagged == "item":
        return "item"
    if _looks_like_heading(group, text, look, edges[first.page]):
        return "heading"
    return "item" if MARK.match(text) else "paragraph"


def _looks_like_note(first: TextLine, text: str, look: Look) -> bool:
    """Return whether a text is small, low on the page and numbered."""
    is_small_and_low = first.size < _SMALLER * look.size and first.edge < 0.35
    return is_small_and_low and re.match(r"\d{1,3}\s", text) is not None


def _looks_like_heading(group: Sequence[TextLine], text: str, look: Look, edges: Sequence[float]) -> bool:
    if not _may_be_heading(group, text):
        return False
    first = group[0]
    if first.size >= _LARGER * look.size:
        return True
    is_bold = look.bold_is_rare and all(line.bold for line in group) and first.size >= 0.95 * look.size
    return is_bold and _stands_alone(group, edges) and not _LABELLED.match(text)


def _may_be_heading(group: Sequence[TextLine], text: str) -> bool:
    """Return whether a text is short, in one size, and neither a sentence nor a date."""
    if len(text) > LONGEST_HEADING or len(group) > _MOST_HEADING_LINES:
        return False
    if text.endswith(_NO_HEADING_END) or text[:1].islower() or _tells_date(text):
        return False
    return _has_letters(text) and all(abs(line.size - group[0].size) <= 0.6 for line in group)


def _stands_alone(group: Sequence[TextLine], edges: Sequence[float]) -> bool:
    """Return whether lines begin at the edge of a column with nothing beside them."""
    if any(line.gapped for line in group):
        return False
    return any(abs(edge - group[0].left) < _SAME_EDGE for edge in edges)


def _tells_date(text: str) -> bool:
    return _LABELLED.match(text) is not None and IN_TEXT.search(text) is not None


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _levels(headings: Iterable[Sequence[TextLine]]) -> dict[tuple[float, bool], int]:
    """Return the level of each style of headings: according to the tags, otherwise one below
    the next larger style.
    """
    tagged = defaultdict[tuple[float, bool], Counter[int]](Counter)
    for group in headings:
        tagged[group[0].style][group[0].element.level if group[0].element is not None else 0] += 1
    levels, above = dict[tuple[float, bool], int](), 0
    for style in sorted(tagged, reverse=True):
        told = [level for level, _ in tagged[style].most_common() if level]
        above = levels[style] = told[0] if told else above + 1
    return levels


def _with_text_below(drafts: Sequence[Draft]) -> list[Draft]:
    """Return ``drafts``, with headings that nothing follows made paragraphs."""
    last = max((place for place, draft in enumerate(drafts) if draft.kind != "heading"), default=-1)
    return [
        replace(draft, kind="paragraph", level=0) if place > last and draft.kind == "heading" else draft
        for place, draft in enumerate(drafts)
        if draft.text
    ]


# Over the end of a page -------------------------------------------------------------------------------------


def _made_whole(drafts: Sequence[Draft]) -> Iterable[Draft]:
    """Yield ``drafts``; a sentence that continues on the next page is joined where it begins."""
    held: list[Draft] = []
    begun: int | None = (
        None  # the index in ``held`` of the last text of the previous page, except notes at its foot
    )
    for draft in drafts:
        rest: Draft | None = draft
        if begun is not None and draft.page == held[begun].page + 1 and draft.kind in ("paragraph", "item"):
            whole, rest = _joined(held[begun], draft)
            held[begun] = whole
        if rest is not None:
            held.append(rest)
            if rest.kind != "note":
                begun = len(held) - 1 if rest.kind in ("paragraph", "item") else None
    return held


def _joined(above: Draft, below: Draft) -> tuple[Draft, Draft | None]:
    """Return the text that ends a page with the rest of its last sentence, and the remaining
    text below, if any.
    """
    if (
        below.mark
        or re.search(r"[.!?:;][”’\"')\]]*\Z", above.text)
        or not (below.text[:1].islower() or _is_open(above.text))
    ):
        return above, below
    together = f"{above.text} {below.text}"
    border = len(above.text)
    end = next((span.end for span in sentences(together) if span.end > border + 1), len(together))
    rest = together[end:].strip()
    whole = replace(above, text=together[:end])
    return whole, replace(below, kind="paragraph", text=rest) if rest else None


def _is_open(text: str) -> bool:
    """Return whether a text of some length breaks off within a sentence."""
    return len(text) > 60 and not text.endswith((".", "!", "?", ":", ";"))
