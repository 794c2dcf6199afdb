"""Rating facts and stores of them, made in a line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import count

from qa.facts import FactStore
from qa.facts.run import run
from qa.indexing.file_reading import words_of
from qa.language.spoken import Spoken
from qa.question.query import Count, Query
from qa.question.vocabulary import Vocabulary
from qa.records import Document, FactSource, RatingFact
from qa.scale import CQC
from qa.shelf import Shelved

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
    return RatingFact(
        f"{document}:{row}", subject, aspect, service, rating, previous, date, None, attributes, source
    )


def store(*facts: RatingFact) -> FactStore:
    return FactStore.in_memory(facts, RANKS)


def dated(*rows: tuple[str | None, str | None]) -> FactStore:
    """One subject, rated thus on these dates."""
    return store(*[fact(rating=rating, published=published, identifier="1") for rating, published in rows])


def rated(held: FactStore, query: Query = Query(), limit: int = 50) -> tuple[RatingFact, ...]:  # noqa: B008 - it is never changed
    """The facts that tell the answer to a Query; the overall ratings of all if there is none."""
    return run(query, held, CQC, limit=limit).facts


def by(held: FactStore, field: str) -> dict[str, float]:
    """How many subjects each value of a field has."""
    return {
        group.labels[0]: group.figure for group in run(Query(measure=Count(), by=(field,)), held, CQC).groups
    }


def told(found: Sequence[RatingFact]) -> list[tuple[str, str | None, str | None]]:
    return [(one.subject, one.rating, one.previous_rating) for one in found]


def vocabulary_of(*facts: RatingFact, documents: Sequence[Document] = ()) -> Vocabulary:
    """The vocabulary of a corpus of these facts and documents."""
    shelved = list(map(Shelved.of, documents))
    spoken = Spoken() if shelved else None
    for words in map(words_of, shelved):
        if spoken:
            spoken.words.update(words.words)
            spoken.common.update(words.common)
    passages = [passage for one in shelved for passage in one.as_passages()]
    return Vocabulary(store(*facts), spoken, CQC, passages=passages)
