"""The address of a single answer: it asks the question again, after those that it depends on and no
others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from qa.records import Answer

QUESTION, BEFORE = "q", "after"  # the fields of the address


@dataclass(frozen=True, slots=True)
class Shared:
    """The addresses of an answer, and of its ratings as a table; ``questions`` is the number of
    questions in them.
    """

    page: str
    table: str
    workbook: str
    whole: str  # the whole list, page by page
    questions: int


def shared(answer: Answer, leans_on: Sequence[str]) -> Shared:
    """Return the addresses of an answer; ``leans_on`` are the earlier questions without which it can't be
    read, oldest first.
    """
    query = urlencode([(QUESTION, answer.question), *((BEFORE, text) for text in leans_on)])
    place = f"#turn-{len(leans_on) + 1}" if leans_on else ""
    return Shared(
        f"/?{query}{place}",
        f"/answer.csv?{query}",
        f"/answer.xlsx?{query}",
        f"/list?{query}",
        len(leans_on) + 1,
    )
