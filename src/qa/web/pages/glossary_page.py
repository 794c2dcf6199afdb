"""The page that explains words: the ratings of the scale, the key questions in the tables, and the other
words of the glossary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response

from qa.facts.subject_id import slug
from qa.language.tokens import key
from qa.retrieval import Term
from qa.service import Service
from qa.web.pages.badges import Badge, badge
from qa.web.pages.conversation import Conversation
from qa.web.pages.rendering import page
from qa.web.serving.current import service

ADDRESS = "/glossary"

routes = Blueprint("glossary", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A word and its meaning, empty if no glossary has one; ``badge`` shows a rating as answers show it."""

    id: str
    name: str
    means: str
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one sort under a heading of their own."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A glossary that entries come from, with its publisher and address, if these are known."""

    title: str
    publisher: str | None
    url: str | None


@routes.get(ADDRESS)
def glossary() -> Response:
    """Show the meanings of words."""
    held = service()
    documents = (term.passage.document for term in held.glossary.terms)
    sources = tuple(dict.fromkeys(Source(one.title, one.publisher, one.url) for one in documents))
    return page("glossary.html", groups=tuple(_groups(held)), sources=sources, conversation=Conversation())


def entry_href(held: Service, word: str) -> str:
    """Return the address at which a word is explained; empty if it is not."""
    folded = key(word)
    return f"{ADDRESS}#{_id(word)}" if any(key(term.name) == folded for term in held.glossary.terms) else ""


def _id(word: str) -> str:
    return f"word-{slug(word)}"


def _groups(held: Service) -> Iterator[Group]:
    known: dict[str, Term] = {}
    for term in held.glossary.terms:
        known.setdefault(key(term.name), term)
    ratings = tuple(
        _entry(rating, known.pop(key(rating), None), badge(rating)) for rating in held.scale.ratings
    )
    if held.facts.size[0]:
        yield Group("ratings", "Ratings, the best first", ratings)
    aspects = [aspect for aspect in held.context.aspects if key(aspect) in known]
    if aspects:
        yield Group(
            "key-questions",
            "Key questions",
            tuple(_entry(aspect, known.pop(key(aspect))) for aspect in aspects),
        )
    if known:
        yield Group("words", "Other words", tuple(_entry(term.name, term) for term in known.values()))


def _entry(name: str, term: Term | None, shown: Badge | None = None) -> Entry:
    return Entry(_id(name), name, term.means if term else "", shown)
