"""Rating facts and stores of them, made in a line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import count

from qa.engines import ENGINES
from qa.facts import FactStore
from qa.passages import passages_of
from qa.records import Document, FactSource, RatingFact
from qa.scale import CQC
from qa.understanding import Vocabulary
from qa.understanding.vocabulary import subject_terms

RANKS = {word: rank for rank, word in enumerate(CQC.ratings)}
GOOD, RI, BAD, TOP = "Good", "Requires improvement", "Inadequate", "Outstanding"
_ROWS = count(2)


def fact(
    subject: str = "Oak House",
    rating: str | None = GOOD,
    published: str | None = "2020-05-01",
    *,
    aspect: str = "Overall",
    service: str | None = None,
    previous: str | None = None,
    document: str = "table.csv",
    **attributes: str,
) -> RatingFact:
    row = next(_ROWS)
    date = datetime.date.fromisoformat(published) if published else None
    source = FactSource(document, document, None, row)
    return RatingFact(f"{document}:{row}", subject, aspect, service, rating, previous, date, None, attributes, source)


def store(*facts: RatingFact) -> FactStore:
    return FactStore.in_memory(facts, RANKS)


def dated(*rows: tuple[str | None, str | None]) -> FactStore:
    """One subject, rated thus on these dates."""
    return store(*[fact(rating=rating, published=published, identifier="1") for rating, published in rows])


def told(found: Sequence[RatingFact]) -> list[tuple[str, str | None, str | None]]:
    return [(one.subject, one.rating, one.previous_rating) for one in found]


def vocabulary_of(*facts: RatingFact, documents: Sequence[Document] = ()) -> Vocabulary:
    """The vocabulary of a corpus of these facts and documents."""
    held = store(*facts)
    passages = [passage for document in documents for passage in passages_of(document)]
    return Vocabulary(held, ENGINES["memory"](map(subject_terms, held.subjects()), 1.2, 0.75), passages, CQC)
