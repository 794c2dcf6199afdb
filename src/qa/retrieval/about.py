"""Answers questions about a report itself (its title, publisher, dates, address and licence) if its text does
not give them.

They make a document of their own, a digest, so that an answer cites them like any passage; no other question
searches it.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.language.tokens import tokenize
from qa.phrasing import long_date
from qa.records import Block, Document, Passage, Span
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.point import Point
from qa.shelf import Card

ENDING = ".about"  # the end of that document's path, after the report's path
SURE = 0.9  # confidence that it is the attribute asked for


@dataclass(frozen=True, slots=True)
class _Attribute:
    """How people ask for an attribute: with a word ``of`` it and one of ``others``; ``known``
    are all words allowed beside.
    """

    name: str
    of: frozenset[str]
    others: frozenset[str]
    known: frozenset[str]

    def is_asked(self, words: frozenset[str]) -> bool:
        """True if a question with these words asks for it, perhaps beside others."""
        return bool(words & self.of and words & self.others)


class About:
    """The attributes of one report."""

    def __init__(self, card: Card) -> None:
        told = {name: frame.format(value) for name, (value, frame) in _known(card).items()}
        self._values = {name: value for name, (value, _) in _known(card).items()}
        ends = [0]
        for sentence in told.values():
            ends.append(ends[-1] + len(sentence) + 1)
        self._spans = {
            name: Span(start, start + len(sentence))
            for start, (name, sentence) in zip(ends, told.items(), strict=False)
        }
        text = " ".join(told.values())
        path = f"{card.path}{ENDING}"
        document = Document(
            path,
            card.title,
            text,
            (Block("paragraph", 0, len(text)),) if text else (),
            "digest",
            card.url,
            card.published,
            card.updated,
            card.licence,
            card.publisher,
        )
        self._passage = Passage(f"{path}-0-{len(text)}", document, 0, len(text))

    @property
    def passages(self) -> Sequence[Passage]:
        """The passage with everything known, or none if nothing is."""
        return (self._passage,) if self._spans else ()

    def search(self, question: str, said: str = "") -> Retrieved | None:
        """Return the attributes that a question asks for; ``None`` if it asks for anything else or more, for
        something unknown, or for something in ``said`` already."""
        asked = _asked(question)
        if not asked or not all(name in self._spans for name in asked):
            return None
        if all(self._values[name] in said for name in asked):
            return None
        known = sorted([self._spans[name] for name in asked], key=lambda span: span.start)
        points = tuple(Point.of(self._passage, span) for span in known)
        return Retrieved((Ranked(self._passage, 0.0, known[0], ()),), SURE, True, points=points)


def _asked(question: str) -> list[str]:
    """Return the names of the attributes that a question asks for; none if it asks for anything else, too."""
    words = frozenset(token.text for token in tokenize(question))
    asked = [attribute for attribute in _attributes() if attribute.is_asked(words)]
    known = frozenset[str]().union(*(attribute.known for attribute in asked))
    return [attribute.name for attribute in asked] if words <= known else []


def _known(card: Card) -> dict[str, tuple[str, str]]:
    """Return the value of each known attribute, and the sentence that states it; the title of a digest is not
    always that of the original."""
    values = {
        "title": (card.title if card.kind != "digest" else "", "The title of the document is “{}”."),
        "publisher": (card.publisher, "The document is published by {}."),
        "published": (_day(card.published), "The document was published on {}."),
        "updated": (_day(card.updated), "The document was last updated on {}."),
        "url": (card.url, "The document is found at {}."),
        "licence": (card.licence, "The licence of the document is {}."),
    }
    return {name: (value, frame) for name, (value, frame) in values.items() if value}


def _day(date: datetime.date | None) -> str:
    return long_date(date) if date else ""


@cache
def _attributes() -> tuple[_Attribute, ...]:
    table = tomllib.loads(files("qa.retrieval").joinpath("about.toml").read_text(encoding="utf-8"))
    frame = frozenset(table["frame"].split())
    rows = [
        [frozenset(row.get(key, "").split()) for key in ("of", "with", "beside")]
        for row in table["attributes"]
    ]
    return tuple(
        _Attribute(row["name"], of, others, frame | of | others | beside)
        for row, (of, others, beside) in zip(table["attributes"], rows, strict=True)
    )
