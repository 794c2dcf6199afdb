"""An answer as one turn of the conversation: everything that the page shows, ready for the templates, which
have no rules of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qa.language.sentences import sentences
from qa.records import Answer
from qa.web.pages import (
    answer_charts,
    chips,
    citations,
    contact_links,
    fact_tables,
    links,
    paragraphs,
    quotes,
)
from qa.web.pages.corrections import Correction, corrections, kept_as_typed
from qa.web.pages.date_format import long_date
from qa.web.pages.list_address import ListAddress
from qa.web.pages.list_view import Listing, listing
from qa.web.serving.request_queue import in_turns

if TYPE_CHECKING:
    from qa.service import Asked, Service
    from qa.web.pages.conversation import Conversation

EMERGENCY = "999"
PASSAGES = 5  # as many as the contract's default


class Contact(NamedTuple):
    """Where to turn: a sentence, its numbers ready to press; ``now`` is the one that helps at once."""

    runs: tuple[contact_links.Run, ...]
    now: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a question; ``left_out`` if nothing in the reading used it."""

    text: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    number: int
    question: tuple[Stretch, ...]
    answer: Answer
    sentences: tuple[paragraphs.Paragraph, ...]
    contacts: tuple[Contact, ...]
    basis: str
    choices: tuple[fact_tables.Choice, ...]
    table: fact_tables.FactTable | None
    listing: Listing | None
    chart: answer_charts.Chart | None
    conflicts: tuple[str, ...]
    quotes: tuple[quotes.QuoteGroup, ...]
    found: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    next_heading: str
    shared: links.Shared
    ready: str
    reading: tuple[chips.Row, ...]
    left_out: tuple[str, ...]
    alternative: chips.Option | None
    suggestions: tuple[chips.Option, ...]
    citations: dict[str, tuple[citations.Citation, ...]]  # by passage id

    @property
    def points(self) -> int:
        """The number of points in the answer; 0 if it consists of sentences."""
        return sum(len(sentence.points) for sentence in self.sentences)

    @property
    def open_to_opinion(self) -> bool:
        """Whether a reader may be asked if the answer was right: not if somebody may be in
        danger, nor after small talk.
        """
        return self.answer.status not in ("signposted", "small_talk")


def turns(
    service: Service, conversation: Conversation, changes: chips.Readings, *, only_last: bool = False
) -> list[Turn]:
    """Answer the questions of a conversation again, each with the previous ones; ``only_last`` leaves out the
    earlier answers.

    Only the newest turn's reading can be changed, so that a long conversation stays a small page.
    """
    questions = conversation.questions
    start = max(0, len(questions) - 1) if only_last else 0
    answered = list(in_turns(service.converse(questions, top=PASSAGES, since=start)))
    first, last = conversation.dropped + start + 1, len(answered) - 1
    return [
        turn(service, asked, first + place, changes, changeable=place == last)
        for place, asked in enumerate(answered)
    ]


def turn(service: Service, asked: Asked, number: int, changes: chips.Readings, *, changeable: bool) -> Turn:
    """Lay out one answer; its reading can be changed if it is ``changeable``."""
    answer, missing = asked.answer, asked.answer.status == "not_found"
    choices = fact_tables.choices(changes.candidates(asked))
    other, listed = asked.reading.alternative, _listing(asked, service)
    chart = (
        None
        if listed and listed.split
        else answer_charts.chart(answer.figures, changes.groups, service.scale.ratings)
    )
    basis = _basis(answer, service, len(choices))
    passages = (*answer.passages, *paragraphs.passages_of_points(answer, service.library))
    return Turn(
        number=number,
        question=asked_in_stretches(answer, changes.in_words(answer.question)),
        answer=answer,
        sentences=()
        if answer.status == "signposted"
        else tuple(
            paragraphs.told(
                paragraphs.without_repeats(answer, service, basis), other, listed, chart, passages
            )
        ),
        contacts=_contacts(answer),
        basis=basis,
        choices=choices,
        table=None if choices else fact_tables.fact_table(answer),
        listing=listed,
        chart=chart,
        conflicts=tuple(_conflicts(answer)),
        quotes=quotes.closest(passages) if missing else quotes.groups(passages),
        found=tuple(_found(answer)),
        corrections=corrections(answer),
        next_heading="Ask next"
        if answer.status in ("answered", "ambiguous")
        else "Questions the reports can answer",
        shared=links.shared(answer, asked.leans_on),
        ready=f"Answer ready: {counted(answer.facts_total, 'rating')}, {_passages(answer) or 'no passages'}",
        reading=changes.rows(asked, changeable=changeable),
        left_out=answer.understood.left_out if answer.status == "answered" else (),
        alternative=chips.Option(changes.in_words(other), other)
        if other and answer.status == "answered"
        else None,
        suggestions=tuple(
            chips.Option(changes.in_words(one), one) for one in answer.suggestions if one != other
        ),
        citations={passage.id: citations.citations(passage, service.library) for passage in passages},
    )


def _listing(asked: Asked, service: Service) -> Listing | None:
    query, facts = chips.only_query(asked), asked.answer.facts
    address = ListAddress((*asked.leans_on, asked.answer.question))
    return listing(service, query, address, len(facts)) if query and facts else None


def asked_in_stretches(answer: Answer, words: str) -> tuple[Stretch, ...]:
    """Cut a question where unused words begin and end; ``words`` replace it if it is the
    English of a Query.
    """
    question = answer.question
    if words != question or answer.understood.intent == "passage":
        return (Stretch(words),)
    found, place = [], 0
    for word in answer.understood.words:
        if word.part is None and word.start >= place:
            found += [
                Stretch(question[place : word.start]),
                Stretch(question[word.start : word.end], left_out=True),
            ]
            place = word.end
    return tuple(stretch for stretch in (*found, Stretch(question[place:])) if stretch.text)


def counted(number: int, one: str) -> str:
    """``1 rating``, ``8,000 ratings``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _contacts(answer: Answer) -> tuple[Contact, ...]:
    """Return the sentences for somebody who has to turn elsewhere, with telephone numbers as links."""
    text = answer.answer.text
    cut = [text[start:end].strip() for start, end in pairwise([0, *(span.end for span in sentences(text))])]
    first = next((place for place, sentence in enumerate(cut[:2]) if EMERGENCY in sentence), None)
    contacts = (Contact(contact_links.linked(sentence), place == first) for place, sentence in enumerate(cut))
    return tuple(contacts) if answer.status == "signposted" else ()


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
            yield (
                f"The rating table and passage {ranks[conflict.passage]} disagree about "
                f"{subjects[conflict.fact]}. Both are shown."
            )


def _found(answer: Answer) -> Iterator[tuple[str, str]]:
    """Return how the question was read, as (term, words); empty terms are left out."""
    read = answer.understood
    yield "Kind of question", read.intent.replace("_", " ")
    if read.standalone and read.standalone != answer.question:
        yield "Read as", read.standalone
    yield from _listed("About", read.subjects)
    yield from _listed(
        "Only where", (f"{one.field.replace('_', ' ')} is {one.value}" for one in read.filters)
    )
    yield from _listed("Taken as typed", kept_as_typed(answer.question))
    yield from _listed("Also searched", (f"{one.source} → {one.target}" for one in read.expanded))
    yield from _listed("Not known to the reports", read.unknown)
    yield "Confidence", f"{answer.answer.confidence:.0%}"
    yield "Index", answer.index.fingerprint


def _listed(term: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    told = "; ".join(words)
    if told:
        yield term, told
