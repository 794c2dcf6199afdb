"""Small pieces of English: dates, periods, numbers, lists. Nothing here depends on the content
of an answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from qa.phrasing import joined, long_date, month_and_year
from qa.records import RatingFact

_DAY = datetime.timedelta(days=1)
_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def period(since: datetime.date | None, until: datetime.date | None) -> str:
    """Word a half-open range of days: ``in 2020``, ``in March 2020``, ``on 12 March 2020``, ``since …``, ``up
    to …``, ``from … to …``.
    """
    if until is None:
        return f"since {long_date(since)}" if since else "at any time"
    last = until - _DAY
    if since is None:
        return f"up to {long_date(last)}"
    if since == last:
        return f"on {long_date(since)}"
    whole_months = since.day == 1 and until.day == 1
    if whole_months and since.month == until.month == 1:
        return f"in {since.year}" if since.year == last.year else f"from {since.year} to {last.year}"
    if whole_months and (since.year, since.month) == (last.year, last.month):
        return f"in {month_and_year(since)}"
    return f"from {long_date(since)} to {long_date(last)}"


def number(value: float) -> str:
    """``1,284`` or ``33.2``: whole numbers with commas, others with one decimal."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.1f}"


def exact(value: float) -> str:
    """``1,284`` or ``52.523721``: a number with all its decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def listed(items: Sequence[str], most: int = 12) -> str:
    """``a, b and c``; items beyond ``most`` become "others"."""
    return joined([*items[:most], "others"] if len(items) > most else items)


def listed_or(items: Sequence[str]) -> str:
    """``a, b or c``."""
    return joined(items, "or")


def listed_comma(items: Sequence[str]) -> str:
    """``a, b, c`` without repeats."""
    return ", ".join(dict.fromkeys(items))


def singular(label: str) -> str:
    """``hospices`` → ``hospice``; if "and" joins several words, each of them."""
    if " and " in label:
        return " or ".join(singular(part) for part in label.split(" and "))
    return f"{label[:-3]}y" if label.endswith("ies") else label[:-1] if is_plural(label) else label


def is_plural(label: str) -> bool:
    """True if a label looks like several: ``beds``, not ``address``."""
    return label.endswith("s") and not label.endswith(("ss", "us"))


def with_article(noun: str) -> str:
    """``a care home``, ``an owner``."""
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def ordinal(place: int) -> str:
    """``second``; beyond ten ``11th``."""
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th") if place % 100 not in (11, 12, 13) else "th"
    return f"{place}{ending}"


def lowered(heading: str) -> str:
    """A heading inside a sentence: a word begins in lower case if its second letter is lower case: ``NHS
    region``.
    """
    return " ".join(word[:1].lower() + word[1:] if word[1:2].islower() else word for word in heading.split())


def more_are(count: int, what: str) -> str:
    """``2 more are listed.``"""
    return f"{number(count)} more {'is' if count == 1 else 'are'} {what}."


def sentence(text: str) -> str:
    """Return ``text`` with a capital letter at the beginning and a full stop at the end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def published(fact: RatingFact) -> str:
    """State in words when a rating was published."""
    return f"published {long_date(fact.published)}" if fact.published else "date not published"
