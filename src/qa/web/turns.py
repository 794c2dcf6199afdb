"""An answer as one turn of the conversation: what the page shows, ready for the templates, which hold no rules of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.records import Answer
from qa.web import citing, contacts, quotes, readings, sharing, tables
from qa.web.corrections import Correction, corrections, kept_as_typed
from qa.web.dates import long_date

if TYPE_CHECKING:
    from qa.service import Service
    from qa.web.conversation import Conversation

PASSAGES = 5  # as many as the contract's default


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    number: int
    question: str
    answer: Answer
    sentences: tuple[tuple[contacts.Run, ...], ...]
    basis: str
    choices: tuple[tables.Choice, ...]
    table: tables.FactTable | None
    chart: tables.Chart | None
    conflicts: tuple[str, ...]
    quotes: tuple[quotes.QuoteGroup, ...]
    found: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    next_heading: str
    shared: sharing.Shared
    ready: str
    chips: tuple[readings.Chip, ...]
    citations: dict[str, tuple[citing.Citation, ...]]  # by passage id

    @property
    def open_to_opinion(self) -> bool:
        """Whether a reader may be asked if the answer was right: not where somebody may be in danger, nor of small talk."""
        return self.answer.status not in ("signposted", "small_talk")


def turns(service: Service, conversation: Conversation, changes: readings.Readings, *, only_last: bool = False) -> list[Turn]:
    """Answer the questions of a conversation again, each with those before it; ``only_last`` leaves out the earlier ones.

    Only the newest turn's reading can be changed: to offer that for all would take a second or more.
    """
    asked = conversation.questions
    start = max(0, len(asked) - 1) if only_last else 0
    answers = [service.ask(asked[place], asked[:place], top=PASSAGES) for place in range(start, len(asked))]
    chips = [*map(readings.plain, answers[:-1]), *map(changes.changeable, answers[-1:])]
    numbers = range(conversation.dropped + start + 1, conversation.dropped + len(asked) + 1)
    before = [asked[:place] for place in range(start, len(asked))]
    return [turn(service, *parts) for parts in zip(answers, before, numbers, chips, strict=True)]


def turn(service: Service, answer: Answer, earlier: Sequence[str], number: int, chips: tuple[readings.Chip, ...]) -> Turn:
    """Lay out one answer; ``earlier`` are the questions before it."""
    ambiguous, missing = answer.status == "ambiguous", answer.status == "not_found"
    return Turn(
        number=number,
        question=answer.question,
        answer=answer,
        sentences=tuple(map(contacts.linked if answer.status == "signposted" else _plain, _paragraphs(answer))),
        basis=_basis(answer, service),
        choices=tables.choices(answer) if ambiguous else (),
        table=None if ambiguous else tables.fact_table(answer),
        chart=tables.chart(answer.figures),
        conflicts=tuple(_conflicts(answer)),
        quotes=quotes.closest(answer.passages) if missing else quotes.groups(answer.passages),
        found=tuple(_found(answer)),
        corrections=corrections(answer),
        next_heading="Ask next" if answer.status in ("answered", "ambiguous") else "Questions the reports can answer",
        shared=sharing.shared(answer, earlier),
        ready=f"Answer ready: {counted(answer.facts_total, 'rating')}, {_passages(answer) or 'no passages'}",
        chips=chips,
        citations={passage.id: citing.citations(passage, service.library) for passage in answer.passages},
    )


def counted(number: int, one: str) -> str:
    """``1 rating``, ``8,000 ratings``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _plain(text: str) -> tuple[contacts.Run, ...]:
    return (contacts.Run(text),)


def _paragraphs(answer: Answer) -> list[str]:
    """Return the answer's text, cut where the answer to each part of a compound question ends."""
    text, ends = answer.answer.text, [0]
    for part in answer.parts:
        start = text.find(part.text, ends[-1])
        ends += [start + len(part.text)] if start >= 0 else []
    cut = [text[start:end].strip() for start, end in pairwise([*ends, len(text)])]
    return [paragraph for paragraph in cut if paragraph]


def _basis(answer: Answer, service: Service) -> str:
    """Say in one line what the answer rests on."""
    summary = service.summary
    match answer.status:
        case "answered":
            rests_on = _present(counted(answer.facts_total, "rating"), answer.facts_total), _passages(answer)
            told = " and ".join(part for part in rests_on if part)
            return f"From {told}{_up_to(answer.index.as_of)}." if told else ""
        case "not_found":
            amounts = (summary.documents, "report"), (summary.facts, "rating")
            searched = " and ".join(counted(number, word) for number, word in amounts if number)
            return f"Searched {searched}{_up_to(answer.index.as_of)}." if searched else ""
        case "ambiguous" if answer.facts_total > len(answer.facts):
            return f"{len(answer.facts)} of {answer.facts_total:,} shown: add a town or postcode."
    return ""


def _passages(answer: Answer) -> str:
    return _present(counted(len(answer.passages), "passage"), len(answer.passages))


def _present(words: str, number: int) -> str:
    return words if number else ""


def _up_to(day: datetime.date | None) -> str:
    return f", up to {long_date(day)}" if day else ""


def _conflicts(answer: Answer) -> Iterator[str]:
    subjects = {fact.id: fact.subject for fact in answer.facts}
    ranks = {passage.id: passage.rank for passage in answer.passages}
    for conflict in answer.conflicts:
        if conflict.fact in subjects and conflict.passage in ranks:
            yield f"The rating table and passage {ranks[conflict.passage]} disagree about {subjects[conflict.fact]}. Both are shown."


def _found(answer: Answer) -> Iterator[tuple[str, str]]:
    """Tell how the question was read, as (term, words); what has nothing to tell is left out."""
    read = answer.understood
    yield "Kind of question", read.intent.replace("_", " ")
    if read.standalone and read.standalone != answer.question:
        yield "Read as", read.standalone
    yield from _listed("About", read.subjects)
    yield from _listed("Only where", (f"{one.field.replace('_', ' ')} is {one.value}" for one in read.filters))
    yield from _listed("Taken as typed", kept_as_typed(answer.question))
    yield from _listed("Also searched", (f"{one.source} → {one.target}" for one in read.expanded))
    yield from _listed("Not known to the reports", read.unknown)
    yield "Confidence", f"{answer.answer.confidence:.0%}"
    yield "Index", answer.index.fingerprint


def _listed(term: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    told = "; ".join(words)
    if told:
        yield term, told
