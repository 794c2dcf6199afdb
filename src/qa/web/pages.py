"""The pages: the conversation at ``/``, and what stands behind it (about the data, accessibility, privacy)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from jinja2 import Environment

from qa.web import opinions
from qa.web.assets import Assets, compressed
from qa.web.bodies import form
from qa.web.conversation import Conversation, from_form, from_link
from qa.web.current import behind, loaded, service
from qa.web.dates import long_date, short_date
from qa.web.guarding import asks_for_keys
from qa.web.limiting import charge_turns
from qa.web.quotes import safe_url
from qa.web.ratings import legend
from qa.web.turns import counted, turns

ONLY_LAST = "X-Turns"  # the page's script asks for the newest turn only: it has the others

LISTED = 100  # documents, and problems, on /about

pages = Blueprint("pages", __name__)


def prepare(environment: Environment, assets: Assets) -> None:
    """Give the templates what they may use."""
    environment.filters.update(long_date=long_date, short_date=short_date, web_address=safe_url)
    environment.globals.update(asset=assets.url, counted=counted)


@pages.get("/")
def start() -> Response:
    """Show the start page, or the answer to a shared question (``/?q=…``)."""
    return show_conversation(from_link(request.args))


@pages.post("/")
def converse() -> Response:
    """Answer the form: the whole conversation that it carries, with the new question."""
    return show_conversation(from_form(form()), only_last=wants_last())


@pages.post("/feedback")
def opinion() -> Response:
    """Keep what a reader says of an answer, and show the conversation as it stood."""
    feedback = behind().feedback
    if feedback is None:
        abort(404)
    conversation, said = opinions.from_form(form())
    reply = opinions.keep(said, conversation, service(), feedback) if said else None
    return show_conversation(conversation, reply=reply)


@pages.get("/about")
def about() -> Response:
    """Say what is loaded."""
    held = service()
    tables = [(name, held.report.rows.get(name)) for name in held.facts.tables()]
    return page(
        "about.html",
        asks_for_keys=asks_for_keys(),
        index=held.index,
        documents=[held.library.described(document) for document in held.documents[:LISTED]],
        more_documents=max(0, len(held.documents) - LISTED),
        tables=tables,
        problems=held.report.problems[:LISTED],
        more_problems=max(0, len(held.report.problems) - LISTED),
    )


@pages.get("/accessibility")
def accessibility() -> Response:
    """Say how accessible the pages are, and how that was checked."""
    return page("accessibility.html")


@pages.get("/privacy")
def privacy() -> Response:
    """Say what is kept."""
    return page("privacy.html", asks_opinion=behind().feedback is not None)


def wants_last() -> bool:
    """Whether the page's script asks, which has the earlier turns already."""
    return request.headers.get(ONLY_LAST) == "last"


def show_conversation(
    conversation: Conversation, *, only_last: bool = False, embedded: bool = False, reply: opinions.Reply | None = None
) -> Response:
    """Return the page of a conversation; ``embedded`` is the plain one for a frame, ``reply`` answers an opinion on one of its turns."""
    charge_turns(1 if only_last else len(conversation.questions))
    shown = turns(service(), conversation, loaded().readings, only_last=only_last)
    return page(
        "embed.html" if embedded else "chat.html",
        conversation=conversation,
        turns=shown,
        in_words=loaded().readings.in_words,
        legend=legend(service().scale.ratings),
        headline=_headline(),
        scope=_scope(),
        embedded=embedded,
        asks_opinion=behind().feedback is not None and not embedded,
        reply=reply,
    )


def _headline() -> str:
    """Name the publisher as people do: by its initials where its name is long and the reports use them."""
    summary = service().summary
    words = (summary.publisher or "").split()
    initials = "".join(word[0] for word in words if word[0].isupper())
    known = len(words) > 2 and any(initials in passage.text for passage in service().passages)
    known_as = initials if known else " ".join(words)
    return " ".join(("Ask about", known_as or "the", "ratings" if summary.facts else "reports"))


def _publisher() -> str:
    name = service().summary.publisher or "regulator"
    return f"the {name}" if " " in name or name == "regulator" else name


def _scope() -> str:
    """Say how much is loaded: ``1,284 reports and 20 ratings``."""
    summary = service().summary
    amounts = (summary.documents, "published report"), (summary.facts, "rating")
    return " and ".join(counted(number, word) for number, word in amounts if number)


def page(template: str, **values: object) -> Response:
    """Return a page made from one of the templates."""
    text = render_template(template, summary=service().summary, publisher=_publisher(), **values)
    return compressed(Response(text, headers={"Cache-Control": "private, no-cache"}, mimetype="text/html"))
