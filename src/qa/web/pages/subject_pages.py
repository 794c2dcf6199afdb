"""The pages of subjects: a rated subject, a provider or a brand, a place; and the whole list
behind an answer.
"""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, abort, request

from qa.answering.english import sentence
from qa.answering.wording import scope_phrase
from qa.facts.whole_list import WholeList, whole_list
from qa.question.query import Condition, Is, Query, conjunction, parts_of
from qa.service import Service
from qa.web.api import lookups
from qa.web.pages.badges import legend
from qa.web.pages.chips import only_query
from qa.web.pages.conversation import Conversation
from qa.web.pages.list_address import ListAddress, read_list_address
from qa.web.pages.list_view import list_view, value_href
from qa.web.pages.place_view import place_view
from qa.web.pages.rendering import page
from qa.web.pages.subject_view import subject_view
from qa.web.serving.current import loaded, service

routes = Blueprint("subjects", __name__)


@routes.get("/subjects/<path:identifier>")
def subject(identifier: str) -> Response:
    """Show everything known about one subject. Raises RequestError (404) if there is none with this id."""
    return page("subject.html", view=subject_view(service(), identifier), conversation=Conversation())


@routes.get("/providers/<path:identifier>")
def provider(identifier: str) -> Response:
    """Show a provider's places. Raises RequestError (404) if there is none with this name."""
    return _owner("provider", identifier)


@routes.get("/brands/<path:identifier>")
def brand(identifier: str) -> Response:
    """Show a brand's places. Raises RequestError (404) if there is none with this name."""
    return _owner("brand", identifier)


@routes.get("/places/<path:identifier>")
def place(identifier: str) -> Response:
    """Show what is rated at a place. Raises RequestError (404) if no table has its name."""
    held = service()
    view = place_view(held, lookups.place(held, identifier), loaded().readings)
    return page("place.html", view=view, legend=legend(held.scale.ratings), conversation=Conversation())


@routes.get("/list")
def listing() -> Response:
    """Show a page of the whole list behind the answer to ``?q=…``. Raises RequestError (422) if
    that can't be asked.
    """
    held, address = service(), read_list_address(request.args)
    (asked,) = held.converse(address.questions, top=1, since=len(address.questions) - 1)
    query = only_query(asked)
    listed = whole_list(query, held.facts, held.scale, address.wanted) if query else None
    if listed is None or (address.page > 1 and not listed.facts):
        abort(404)
    scope = (query or Query()).scope
    return page(
        "list.html",
        title=sentence(scope_phrase(scope, None, held.context)).removesuffix("."),
        noun=_noun(held, scope, listed),
        legend=legend(held.scale.ratings),
        left_out=asked.reading.left_out,
        view=list_view(held, query or Query(), listed, address),
        conversation=Conversation(address.questions),
    )


def _owner(field: Literal["provider", "brand"], identifier: str) -> Response:
    held = service()
    name = lookups.owner_name(held, field, identifier)
    query = Query(Is(field, (name,)))
    question = loaded().readings.asks((query,))
    address = ListAddress((question or name,))
    listed = whole_list(query, held.facts, held.scale, address.wanted) or _nothing()
    view = list_view(held, query, listed, address)
    return page(
        "owner.html",
        name=name,
        field=field,
        view=view,
        listed=question is not None,
        legend=legend(held.scale.ratings),
        json=f"{value_href(field, name)}.json",
        conversation=Conversation(),
    )


def _noun(held: Service, scope: Condition, listed: WholeList) -> str:
    """What a list counts: ``care homes`` if each is in it once, otherwise ``ratings``."""
    if len(set(listed.subjects.tolist())) < listed.total:
        return "rating" if listed.total == 1 else "ratings"
    kinds = [
        one for one in parts_of(scope) if isinstance(one, Is) and one.field in ("kind", "care_home", "type")
    ]
    return scope_phrase(conjunction(*kinds), listed.total, held.context)


def _nothing() -> WholeList:
    abort(404)
