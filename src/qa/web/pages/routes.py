"""The pages: the conversation at ``/``, and the pages about the data, accessibility and privacy."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, request

from qa.answering.english import listed, singular
from qa.service import Service
from qa.web.pages import feedback_form
from qa.web.pages.answers import Turn, counted, turns
from qa.web.pages.badges import legend
from qa.web.pages.conversation import Conversation, from_form, from_link
from qa.web.pages.rendering import page
from qa.web.serving.api_keys import asks_for_keys
from qa.web.serving.current import behind, loaded, service
from qa.web.serving.error_responses import ADVICE
from qa.web.serving.rate_limit import count_turns
from qa.web.serving.request_body import form

ONLY_LAST = "X-Turns"  # a header of the page's script, which asks for the newest turn only

LISTED = 100  # documents, and problems, on /about

routes = Blueprint("pages", __name__)


@routes.get("/")
def start() -> Response:
    """Show the start page, or the answer to a shared question (``/?q=…``)."""
    return show_conversation(from_link(request.args))


@routes.post("/")
def converse() -> Response:
    """Answer the form: the whole conversation that it carries, with the new question."""
    return show_conversation(from_form(form()), only_last=wants_last())


@routes.post("/feedback")
def opinion() -> Response:
    """Store a reader's opinion of an answer, and show the conversation as it was."""
    feedback = behind().feedback
    if feedback is None:
        abort(404)
    conversation, said = feedback_form.from_form(form())
    reply = feedback_form.keep(said, conversation, service(), feedback) if said else None
    return show_conversation(conversation, reply=reply)


@routes.get("/about")
def about() -> Response:
    """Describe the loaded corpus."""
    held = service()
    tables = [(name, held.report.rows.get(name)) for name in held.facts.tables()]
    return page(
        "about.html",
        asks_for_keys=asks_for_keys(),
        index=held.index,
        documents=held.library.listed(0, LISTED),
        more_documents=max(0, len(held.documents) - LISTED),
        tables=tables,
        problems=held.report.problems[:LISTED],
        more_problems=max(0, len(held.report.problems) - LISTED),
    )


@routes.get("/accessibility")
def accessibility() -> Response:
    """Say how accessible the pages are, and how that was checked."""
    return page("accessibility.html")


@routes.get("/privacy")
def privacy() -> Response:
    """Describe what is kept."""
    return page("privacy.html", asks_opinion=behind().feedback is not None)


@routes.get("/problems/<int:status>")
def problem_page(status: int) -> Response:
    """Explain a kind of problem, and what to do: the page that its type links to."""
    if status not in ADVICE:
        abort(404)
    title, advice = ADVICE[status]
    return page("problem.html", status=status, phrase=HTTPStatus(status).phrase, title=title, advice=advice)


def wants_last() -> bool:
    """True if the page's script asks: it has the earlier turns already."""
    return request.headers.get(ONLY_LAST) == "last"


def show_conversation(
    conversation: Conversation,
    *,
    only_last: bool = False,
    embedded: bool = False,
    reply: feedback_form.Reply | None = None,
) -> Response:
    """Return the page of a conversation; ``embedded`` is the plain one for a frame, ``reply`` answers an
    opinion on one of its turns.
    """
    count_turns(1 if only_last else len(conversation.questions))
    shown = turns(service(), conversation, loaded().readings, only_last=only_last)
    return page(
        "embed.html" if embedded else "chat.html",
        conversation=conversation,
        turns=shown,
        alone=bool(shown) and shown[-1].answer.status == "signposted",
        jumps=_jumps(conversation, shown),
        legend=legend(service().scale.ratings),
        headline=_headline(),
        scope=_scope(),
        embedded=embedded,
        asks_opinion=behind().feedback is not None and not embedded,
        reply=reply,
    )


def _jumps(conversation: Conversation, shown: list[Turn]) -> list[tuple[int, str]]:
    """Return the number of each turn and its question, without those that were answered with a contact."""
    told = {turn.number for turn in shown if turn.answer.status == "signposted"}
    questions = enumerate(conversation.questions, conversation.dropped + 1)
    return [
        (number, loaded().readings.in_words(text))
        for number, text in questions
        if number not in told and not service().is_signposted(text)
    ]


def _headline() -> str:
    """Name the publisher as people do: by its initials, if the name is long and the reports use them."""
    summary = service().summary
    words = (summary.publisher or "").split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    known = len(words) > 2 and initials.lower() in service().vocabulary.passage_words
    known_as = initials if known else " ".join(words)
    return " ".join(("Ask about", known_as or "the", "ratings" if summary.facts else "reports"))


def _scope() -> str:
    """Say how much is loaded as people do: ``345 places in West Midlands and 3 reports``."""
    held, summary = service(), service().summary
    noun = held.context.noun
    rated = (
        f"{summary.subjects:,} {singular(noun) if summary.subjects == 1 else noun}{_where(held)}"
        if summary.subjects
        else ""
    )
    reports = counted(summary.documents, "report") if summary.documents else ""
    return " and ".join(part for part in (rated, reports) if part)


def _where(held: Service) -> str:
    """Describe where the rated places are: one region or a few councils by name, otherwise the
    number of regions.
    """
    for field, most in (("region", 1), ("local_authority", 3)):
        values = held.facts.values(field) if held.facts.field(field) else ()
        if 0 < len(values) <= most:
            return f" in {listed(values)}"
    regions = len(held.facts.values("region")) if held.facts.field("region") else 0
    return f" in {regions} {held.context.field('region').plural}" if regions else ""
