"""Recognises tables of contents: headings with the numbers of their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.reading.pdf.pages import TextLine

_TITLE = re.compile(r"(?:table of )?contents(?: page)?", re.IGNORECASE)
_LED = re.compile(r"\S.*?(?:\.\s?){4,}\s*\d{1,4}")  # dots lead to the number
_NUMBERED = re.compile(r"\S.*\s\d{1,4}", re.DOTALL)


def without_contents(groups: Sequence[Sequence[TextLine]]) -> Iterator[Sequence[TextLine]]:
    """Yield the groups of a page but those of a list of contents: as the tags say it, with dots, or below a
    title that says so.
    """
    below_title = False
    for place, group in enumerate(groups):
        text = _text(group)
        if _TITLE.fullmatch(text) and place + 1 < len(groups) and _is_entry(groups[place + 1], True):
            below_title = True
        elif not _is_entry(group, below_title):
            below_title = False
            yield group


def _is_entry(group: Sequence[TextLine], below_title: bool) -> bool:
    element = group[0].element
    if element is not None and element.kind == "contents":
        return True
    return all(_LED.fullmatch(line.text) for line in group) or (
        below_title and _NUMBERED.fullmatch(_text(group)) is not None
    )


def _text(group: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in group)
