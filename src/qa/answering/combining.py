"""Joins the answers to the parts of a question into one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from qa.answering.quoting import BULLET
from qa.records import AnswerPoint, Basis, Conflict, Figure, Part, QuotedPassage, RatingFact, Status

SHOWN = 2  # passages for each part of a question


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """The answer to one Query, before it becomes part of the record."""

    status: Status
    text: str
    basis: Basis
    confidence: float
    facts: tuple[RatingFact, ...] = ()
    facts_total: int = 0
    figures: tuple[Figure, ...] = ()
    passages: tuple[QuotedPassage, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    facts_next: str | None = None
    points: tuple[AnswerPoint, ...] = ()


def numbered(passages: Sequence[QuotedPassage]) -> tuple[QuotedPassage, ...]:
    """Return ``passages`` with ranks in this order."""
    return tuple(replace(passage, rank=rank) for rank, passage in enumerate(passages, 1))


def part_of(told: DraftAnswer) -> Part:
    """Return the answer to one of several Queries as a part of the whole answer."""
    passages = tuple(passage.id for passage in told.passages[:SHOWN])
    return Part(told.text, passages, tuple(fact.id for fact in told.facts), told.figures)


def join(parts: Sequence[DraftAnswer], asked: Sequence[str]) -> DraftAnswer:
    """Join the answers to several Queries into one. If one of them lacks something, the others are
    unaffected. ``asked`` are the words for each Query; empty for a part whose answer says itself what is
    missing."""
    answered = [part for part in parts if part.status == "answered"]
    said = {part.text for part in parts}
    same = not answered and len(said) == 1  # one question back for all
    texts = [*said] if same else _once([*map(_text, parts, asked)])
    telling = answered or parts
    facts, whole = _facts(answered), telling[0]
    return replace(
        whole,
        text=" ".join(texts),
        basis="facts" if facts else whole.basis,
        confidence=min(part.confidence for part in telling),
        facts=facts[:50],
        facts_total=_total(answered, len(facts)),
        figures=tuple(dict.fromkeys(chain.from_iterable(part.figures for part in answered))),
        passages=numbered(_passages(parts)[: max(len(parts[0].passages), 1)]),
        conflicts=tuple(chain.from_iterable(part.conflicts for part in answered)),
        facts_next=None,
        points=tuple(dict.fromkeys(chain.from_iterable(part.points for part in answered))),
    )


def _text(part: DraftAnswer, asked: str) -> str:
    return f"On “{asked}”: {part.text}" if asked and part.status != "answered" else part.text


def _once(texts: Sequence[str]) -> list[str]:
    """Drop lines that an earlier text already has; a list reduced to one line becomes plain text."""
    told = list[str]()
    for text in texts:
        new = [
            line
            for line in text.split("\n")
            if not any(line.removeprefix(BULLET) in earlier for earlier in told)
        ]
        left = new[0].removeprefix(BULLET) if len(new) == 1 else "\n".join(new)
        told += [left] if left else []
    return told


def _facts(parts: Sequence[DraftAnswer]) -> tuple[RatingFact, ...]:
    return tuple({fact.id: fact for part in parts for fact in part.facts}.values())


def _passages(parts: Sequence[DraftAnswer]) -> list[QuotedPassage]:
    return list({passage.id: passage for part in parts for passage in part.passages[:SHOWN]}.values())


def _total(parts: Sequence[DraftAnswer], unlike: int) -> int:
    """Return the number of facts that the parts are based on; facts shared by several parts count once."""
    totals = [part.facts_total for part in parts]
    same = len({frozenset(fact.id for fact in part.facts) for part in parts if part.facts}) < 2
    return max(totals, default=0) if same else max(sum(totals), unlike)
