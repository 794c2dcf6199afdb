"""An answer as one turn of the conversation: what the page shows, ready for the templates, which hold no rules of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qa.answering.quoting import BULLET
from qa.answering.remarks import did_you_mean, left_out_sentence
from qa.records import Answer
from qa.web import citing, contacts, quotes, readings, sharing, tables
from qa.web.admitting import in_turns
from qa.web.corrections import Correction, corrections, kept_as_typed
from qa.web.dates import long_date

if TYPE_CHECKING:
    from qa.service import Asked, Service
    from qa.web.conversation import Conversation

PASSAGES = 5  # as many as the contract's default


class Paragraph(NamedTuple):
    """A paragraph of the answer's text, in runs, or a list of its points."""

    runs: tuple[contacts.Run, ...]
    points: Sequence[str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a question; ``left_out`` where nothing in the reading used it."""

    text: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    number: int
    question: tuple[Stretch, ...]
    answer: Answer
    sentences: tuple[Paragraph, ...]
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
    reading: tuple[readings.Row, ...]
    left_out: tuple[str, ...]
    alternative: readings.Option | None
    suggestions: tuple[readings.Option, ...]
    citations: dict[str, tuple[citing.Citation, ...]]  # by passage id

    @property
    def open_to_opinion(self) -> bool:
        """Whether a reader may be asked if the answer was right: not where somebody may be in danger, nor of small talk."""
        return self.answer.status not in ("signposted", "small_talk")


def turns(service: Service, conversation: Conversation, changes: readings.Readings, *, only_last: bool = False) -> list[Turn]:
    """Answer the questions of a conversation again, each with those before it; ``only_last`` leaves out the earlier ones.

    Only the newest turn's reading can be changed, so that a long conversation stays a small page.
    """
    questions = conversation.questions
    start = max(0, len(questions) - 1) if only_last else 0
    answered = list(in_turns(service.converse(questions, top=PASSAGES, since=start)))
    first, last = conversation.dropped + start + 1, len(answered) - 1
    return [turn(service, asked, first + place, changes, changeable=place == last) for place, asked in enumerate(answered)]


def turn(service: Service, asked: Asked, number: int, changes: readings.Readings, *, changeable: bool) -> Turn:
    """Lay out one answer; its reading can be changed where it is ``changeable``."""
    answer, missing = asked.answer, asked.answer.status == "not_found"
    choices = tables.choices(changes.candidates(asked))
    other = asked.reading.alternative
    return Turn(
        number=number,
        question=asked_in_stretches(answer, changes.in_words(answer.question)),
        answer=answer,
        sentences=tuple(_paragraph(answer, paragraph) for paragraph in _paragraphs(answer, other)),
        basis=_basis(answer, service, len(choices)),
        choices=choices,
        table=None if choices else tables.fact_table(answer),
        chart=tables.chart(answer.figures, changes.groups),
        conflicts=tuple(_conflicts(answer)),
        quotes=quotes.closest(answer.passages) if missing else quotes.groups(answer.passages),
        found=tuple(_found(answer)),
        corrections=corrections(answer),
        next_heading="Ask next" if answer.status in ("answered", "ambiguous") else "Questions the reports can answer",
        shared=sharing.shared(answer, asked.leans_on),
        ready=f"Answer ready: {counted(answer.facts_total, 'rating')}, {_passages(answer) or 'no passages'}",
        reading=changes.rows(asked, changeable=changeable),
        left_out=answer.understood.left_out if answer.status == "answered" else (),
        alternative=readings.Option(changes.in_words(other), other) if other and answer.status == "answered" else None,
        suggestions=tuple(readings.Option(changes.in_words(one), one) for one in answer.suggestions if one != other),
        citations={passage.id: citing.citations(passage, service.library) for passage in answer.passages},
    )


def asked_in_stretches(answer: Answer, words: str) -> tuple[Stretch, ...]:
    """Cut a question where the words begin and end that nothing in the reading used; ``words`` say it where it is a Query itself."""
    question = answer.question
    if words != question or answer.understood.intent == "passage":
        return (Stretch(words),)
    found, place = [], 0
    for word in answer.understood.words:
        if word.part is None and word.start >= place:
            found += [Stretch(question[place : word.start]), Stretch(question[word.start : word.end], left_out=True)]
            place = word.end
    return tuple(stretch for stretch in (*found, Stretch(question[place:])) if stretch.text)


def counted(number: int, one: str) -> str:
    """``1 rating``, ``8,000 ratings``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _paragraph(answer: Answer, text: str) -> Paragraph:
    return Paragraph(contacts.linked(text) if answer.status == "signposted" else _plain(text), _lines(text))


def _plain(text: str) -> tuple[contacts.Run, ...]:
    return (contacts.Run(text),)


def _paragraphs(answer: Answer, other: str | None) -> list[str]:
    """Return the answer's text, cut where the answer to each part of a compound question ends.

    What was left out, and what else may be meant, stand by themselves on the page.
    """
    text, ends = _without_remarks(answer, other), [0]
    for part in answer.parts:
        start = text.find(part.text, ends[-1])
        ends += [start + len(part.text)] if start >= 0 else []
    cut = [text[start:end].strip() for start, end in pairwise([*ends, len(text)])]
    return [paragraph for paragraph in cut if paragraph]


def _without_remarks(answer: Answer, other: str | None) -> str:
    text = answer.answer.text
    if answer.status == "answered":
        for remark in (did_you_mean(other) if other else "", left_out_sentence(answer.understood.left_out)):
            start = text.rfind(f" {remark}") if remark else -1
            text = text[:start] + text[start + len(remark) + 1 :] if start >= 0 else text
    return text


def _lines(paragraph: str) -> Sequence[str]:
    """The points that a paragraph lists, none where it is prose."""
    lines = paragraph.split("\n")
    return [line.removeprefix(BULLET) for line in lines] if len(lines) > 1 and all(line.startswith(BULLET) for line in lines) else ()


def _basis(answer: Answer, service: Service, choices: int) -> str:
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
        case "ambiguous" if answer.facts_total > choices > 0:
            return f"{choices} of {answer.facts_total:,} shown: add a town or postcode."
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
