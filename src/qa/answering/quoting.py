"""Words answers from passages: a single quotation, or several points in a list.

The source and date are shown with the passages, not in the headline.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import CELLS, AnswerPoint, AnswerText, Passage, Span
from qa.retrieval import Point, Retrieved

OTHERWISE = "says otherwise:"
BULLET = "• "  # begins each line of a list of points
_OPENING, _CLOSING = "“", "”"


def told(retrieved: Retrieved) -> AnswerText:
    """Return the answer that was found in the passages."""
    points = tuple(
        AnswerPoint(point.text, point.passage.id, point.start, point.end) for point in retrieved.points
    )
    return AnswerText(
        _text(retrieved.points), "passage", round(retrieved.confidence, 3), points if len(points) > 1 else ()
    )


def quotation(passage: Passage, span: Span) -> str:
    """Return a slice of a passage: in quotation marks if the words are the publisher's, without them from a
    digest. A row comes with its headings.
    """
    words = " ".join(passage.text[span.start : span.end].split())
    if passage.columns:
        return _row(passage.columns, words.split(CELLS))
    if passage.document.kind == "digest":
        return words
    opening = "" if words.startswith((_OPENING, '"')) else _OPENING
    closing = "" if words.endswith((_CLOSING, '"')) else _CLOSING
    return f"{opening}{words}{closing}"


def otherwise(passage: Passage) -> str:
    """The words before a sentence from a passage that does not agree with the tables."""
    who = "Our digest of the report" if passage.document.kind == "digest" else "The report’s text"
    return f"{who} {OTHERWISE}"


def _text(points: Sequence[Point]) -> str:
    if len(points) == 2 and points[0].passage is points[1].passage:
        points = sorted(points, key=lambda point: point.start)  # in document order, not best first
    quotes = [quotation(point.passage, Span(point.start, point.end)) for point in points]
    if len(points) == 2 and points[0].passage is points[1].passage:
        first, second = points
        if not points[0].passage.columns and not first.passage.text[first.end : second.start].strip():
            return quotation(first.passage, Span(first.start, second.end))
        return " ".join(quotes)
    return "\n".join(f"{BULLET}{quote}" for quote in quotes) if len(quotes) > 1 else "".join(quotes)


def _row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """A table's row in words: ``Birch Lodge: Beds 18; Weekly fee £780``."""
    told = [f"{column} {cell}".strip() for column, cell in zip(columns[1:], cells[1:], strict=False) if cell]
    return f"{cells[0]}: {'; '.join(told)}" if cells[0] and told else cells[0] or "; ".join(told)
