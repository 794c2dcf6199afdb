"""Small pieces of English: dates, numbers, lists, scopes. Nothing here knows of questions beyond their slots."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache

from qa.records import RatingFact
from qa.understanding.question import Place, Question

PLACE_KINDS = {"local_authority": "council area", "region": "region", "town": "postal town"}


@lru_cache(maxsize=1024)
def day(date: datetime.date) -> str:
    """``15 March 2018``."""
    return f"{date.day} {date:%B %Y}"


def number(value: float) -> str:
    """``1,284`` or ``33.2``: whole numbers with commas, others with one decimal."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.1f}"


def listed(items: Sequence[str], most: int = 12) -> str:
    """``a, b and c``; beyond ``most`` the rest is "others"."""
    shown = list(items[:most])
    if len(items) > most:
        return f"{', '.join(shown)} and others"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def published(fact: RatingFact) -> str:
    """When a rating was published, in words."""
    return f"published {day(fact.published)}" if fact.published else "date not published"


def noun(question: Question, count: int | None = None, plain: str = "places") -> str:
    """What is counted, in people's words: ``care homes``, ``care home`` for one; ``plain`` where the question does not say."""
    labels = [kind.label for kind in question.kinds if kind.field] or [plain]
    return listed([singular(label) for label in labels] if count == 1 else labels)


def singular(label: str) -> str:
    """``hospices`` → ``hospice``."""
    return f"{label[:-3]}y" if label.endswith("ies") else label[:-1] if label.endswith("s") and not label.endswith("ss") else label


def place(one: Place) -> str:
    """``Leeds (council area)``."""
    return f"{one.value} ({PLACE_KINDS[one.field]})"


def scope(question: Question, count: int | None = None, plain: str = "places") -> str:
    """What a figure is about, without the ratings asked for: ``care homes in Kent (council area)``."""
    parts = [noun(question, count, plain)]
    if question.services:
        parts.append(f"rated for “{question.services[0]}”")
    if question.providers:
        parts.append(f"run by {listed(question.providers)}")
    if question.places:
        parts.append(f"in {listed([place(one) for one in question.places])}")
    if question.outside:
        parts.append(f"outside {listed([place(one) for one in question.outside])}")
    if question.asks("inherited"):
        parts.append("with an inherited rating")
    if question.period:
        parts.append(f"with a rating published {question.period.text}")
    return " ".join(parts)


def rated(question: Question) -> str:
    """The ratings asked for, as a clause: ``rated Inadequate``, ``rated Good overall and Requires improvement for Well-led``."""
    clauses = []
    changed = any(asked.role == "before" for asked in question.ratings) and any(asked.role != "before" for asked in question.ratings)
    for asked in question.ratings:
        words = listed_or(asked.ratings) if len(asked.ratings) > 1 else asked.ratings[0] if asked.ratings else asked.text
        aspect = asked.aspect or (question.aspects[0] if len(question.aspects) == 1 and len(question.ratings) == 1 else None)
        clause = (
            ("not " if asked.negated else "")
            + words
            + (f" for {aspect}" if aspect and aspect != "Overall" else " overall" if aspect else "")
        )
        clauses.append(f"{clause} before" if asked.role == "before" else f"{clause} after" if changed else clause)
    return f"rated {listed(clauses)}" if clauses else ""


def listed_or(items: Sequence[str]) -> str:
    """``a, b or c``."""
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else "".join(items)
