"""An answer as one turn of the conversation: everything that the page shows, ready for the templates, which
have no rules of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qa.answering.english import listed as listed_names
from qa.answering.groups_asked import of_each
from qa.answering.wording import scope_phrase
from qa.language.sentences import sentences
from qa.question.query import Query, Ratings, Share
from qa.question.reading import HERE
from qa.records import Answer, QuotedPassage
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
from qa.web.pages.list_view import LEAST_LISTED, Listing, listing
from qa.web.pages.quotes import Quote
from qa.web.serving.request_queue import in_turns

if TYPE_CHECKING:
    from qa.service import Asked, Service
    from qa.web.pages.conversation import Conversation

EMERGENCY = "999"
_NEXT = {"answered": "Ask next", "ambiguous": "Ask next"}
PASSAGES = 5  # as many as the contract's default


class Contact(NamedTuple):
    """A sentence that says whom to contact, with numbers to press; ``now`` marks the one to call first."""

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
    whole_list: str  # the address of the list of all that the answer is about, if it is one
    method: str  # how the distances were measured
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
    def lead(self) -> str:
        """The line above the points of an answer."""
        number = next((len(one.points) for one in self.sentences if one.points), 0)
        return f"{counted(number, 'point')} from the report{'s' if len(self.point_sources) > 1 else ''}"

    @property
    def point_sources(self) -> tuple[Quote, ...]:
        """A passage of each document that points are quoted from."""
        all_quotes = [one for group in self.quotes for one in (*group.shown, *group.folded)]
        of_points = {point.passage for sentence in self.sentences for point in sentence.points}
        return tuple(
            {one.passage.source.document: one for one in all_quotes if one.number in of_points}.values()
        )

    @property
    def read_as(self) -> str:
        """How the question was read, in one line."""
        rows = (", ".join(chip.words for chip in (*row.shown, *row.folded)) for row in self.reading)
        return "; ".join(dict.fromkeys(rows))

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
    answer = asked.answer
    choices = fact_tables.choices(changes.candidates(asked))
    other, listed = asked.reading.alternative, _listing(asked, service)
    chart = _chart(answer, listed, service, changes)
    named = asked.reading.ambiguous
    offered = {other, *(named.instead if named and choices else ())}  # these are shown above the answer
    basis = _basis(asked, service, len(choices))
    shown = paragraphs.without_repeats(answer, service, basis)
    shown, method = paragraphs.method_apart(shown, asked.reading.notes)
    passages = (*answer.passages, *paragraphs.passages_of_points(answer, service.library))
    quoted = _quotes(asked, passages)
    return Turn(
        number=number,
        question=asked_in_stretches(answer, changes.in_words(answer.question)),
        answer=answer,
        sentences=tuple(paragraphs.told(shown, other, listed, chart, passages, _ranked(asked, service))),
        contacts=_contacts(answer),
        basis="" if quoted and not quoted[0].heading else basis,  # the source of a definition says it
        choices=choices,
        table=None if choices else _table(asked, chart),
        listing=listed,
        whole_list=listed.whole if listed else _list_of_all(asked, changes),
        method=method,
        chart=chart,
        conflicts=tuple(_conflicts(answer)),
        quotes=quoted,
        found=tuple(_found(answer)),
        corrections=corrections(answer),
        next_heading=_NEXT.get(answer.status, "Questions the reports can answer"),
        shared=links.shared(answer, asked.leans_on),
        ready=f"Answer ready: {counted(answer.facts_total, 'rating')}, {_passages(answer) or 'no passages'}",
        reading=changes.rows(asked, changeable=changeable),
        left_out=answer.understood.left_out if answer.status == "answered" else (),
        alternative=_alternative(asked, changes),
        suggestions=tuple(
            chips.Option(changes.in_words(one), one) for one in answer.suggestions if one not in offered
        ),
        citations={passage.id: citations.citations(passage, service.library) for passage in passages},
    )


def _chart(
    answer: Answer, listed: Listing | None, service: Service, changes: chips.Readings
) -> answer_charts.Chart | None:
    """The chart of the figures; none beside a list, which has its own."""
    if listed and listed.split:
        return None
    return answer_charts.chart(answer.figures, changes.groups, service.scale.ratings)


def _table(asked: Asked, chart: answer_charts.Chart | None) -> fact_tables.FactTable | None:
    return fact_tables.fact_table(asked.answer, behind_a_figure=chart is not None or _is_figure(asked))


def _alternative(asked: Asked, changes: chips.Readings) -> chips.Option | None:
    """The other reading that is offered beside an answer."""
    other = asked.reading.alternative if asked.answer.status == "answered" else None
    return chips.Option(changes.in_words(other), other) if other else None


def _listing(asked: Asked, service: Service) -> Listing | None:
    query, facts = chips.only_query(asked), asked.answer.facts
    address = ListAddress((*asked.leans_on, asked.answer.question))
    return listing(service, query, address) if query and facts else None


def _ranked(asked: Asked, service: Service) -> str:
    """What is ranked, in the words of the answer; empty if nothing is."""
    query = chips.only_query(asked)
    if query is None or not query.ranks:
        return ""
    return of_each(query, service.context) if query.by else scope_phrase(query.scope, None, service.context)


def _is_figure(asked: Asked) -> bool:
    """True if the answer is a number, so that its rows are only its evidence."""
    query = chips.only_query(asked)
    return query is not None and not isinstance(query.measure, Ratings)


def _list_of_all(asked: Asked, changes: chips.Readings) -> str:
    """The address of the list of everything that is grouped, or that a claim is about."""
    query = chips.only_query(asked)
    if query is None or not (query.by or query.claim) or asked.answer.facts_total < LEAST_LISTED:
        return ""
    question = changes.asks((Query(query.scope),))
    return ListAddress((question,)).at("/list") if question else ""


def _quotes(asked: Asked, passages: Sequence[QuotedPassage]) -> tuple[quotes.QuoteGroup, ...]:
    """The passages. If nothing was found, the closest one, unless the question is about an unknown name or
    the reader's own place.
    """
    if asked.answer.status != "not_found":
        return quotes.groups(asked.answer, passages, _named(asked))
    nothing = asked.reading.unknown or asked.reading.blocked or HERE in asked.reading.unheld
    return () if nothing else quotes.closest(passages)


def asked_in_stretches(answer: Answer, words: str) -> tuple[Stretch, ...]:
    """Cut a question where unused words begin and end. ``words`` are shown instead if it is the English of a
    Query.
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
    """Return the sentences that say whom to contact, with telephone numbers as links."""
    text = answer.answer.text
    cut = [text[start:end].strip() for start, end in pairwise([0, *(span.end for span in sentences(text))])]
    first = next((place for place, sentence in enumerate(cut[:2]) if EMERGENCY in sentence), None)
    contacts = (Contact(contact_links.linked(sentence), place == first) for place, sentence in enumerate(cut))
    return tuple(contacts) if answer.status == "signposted" else ()


def _named(asked: Asked) -> tuple[str, ...]:
    """The subjects that a question names: by their names, and by the words of the question."""
    answer, typed = asked.answer, asked.reading.names
    for one in answer.understood.corrections:
        typed = tuple(name.replace(one.source, one.target) for name in typed)
    return (*answer.understood.subjects, *typed) if answer.answer.basis == "facts" else ()


def _basis(asked: Asked, service: Service, choices: int) -> str:
    """Say in one line what the answer is based on."""
    answer, summary = asked.answer, service.summary
    match answer.status:
        case "answered":
            ratings = max(answer.facts_total, _taken_over(asked))
            rests_on = _present(counted(ratings, "rating"), ratings), _passages(answer)
            told = " and ".join(part for part in rests_on if part)
            until = f"; {'ratings' if ratings else 'reports'} held{_up_to(answer.index.as_of)[1:]}"
            return f"From {told}{until if answer.index.as_of else ''}." if told else ""
        case "not_found":
            amounts = (summary.documents, "report"), (summary.facts, "rating")
            searched = " and ".join(counted(number, word) for number, word in amounts if number)
            return f"Searched {searched}{_up_to(answer.index.as_of)}." if searched else ""
        case "ambiguous" if answer.facts_total > choices > 0:
            return f"{choices} of {answer.facts_total:,} shown: add a town or postcode."
    return ""


def _taken_over(asked: Asked) -> int:
    """The number of ratings that a verdict or share is based on; 0 if the answer does not say it."""
    query = chips.only_query(asked)
    if query is None or query.by or not (query.claim or isinstance(query.measure, Share)):
        return 0
    return int(max((float(one.value) for one in asked.answer.figures if one.unit == "count"), default=0))


def _passages(answer: Answer) -> str:
    return _present(counted(len(answer.passages), "passage"), len(answer.passages))


def _present(words: str, number: int) -> str:
    return words if number else ""


def _up_to(day: datetime.date | None) -> str:
    return f", up to {long_date(day)}" if day else ""


def _conflicts(answer: Answer) -> Iterator[str]:
    subjects = {fact.id: fact.subject for fact in answer.facts}
    ranks = {passage.id: passage.rank for passage in answer.passages}
    for passage in dict.fromkeys(one.passage for one in answer.conflicts if one.passage in ranks):
        of = [
            subjects[one.fact] for one in answer.conflicts if one.passage == passage and one.fact in subjects
        ]
        if of:
            yield (
                f"Passage {ranks[passage]} can be read as saying otherwise of {listed_names(of, 3)}: "
                "it speaks of all. Both are shown."
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
