"""The meanings of terms, for questions that ask for one: entries of glossary.toml, which explains its format,
and of a corpus folder's own.

The entries make a document of their own, a digest, so that an answer cites them like any passage; no other
question searches it.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from qa.language.tokens import tokenize
from qa.records import Block, Document, Passage, Span
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.point import Point

PATH = "glossary.toml"
SURE = 0.95  # confidence that a definition answers a question for just that

_ASKS = re.compile(
    r"\W*(?:(?:and|so|but|ok|okay|hi|hello|please|sorry)\W+)*(?:what(?:['’]?s)?|who(?:['’]?s)?|define|definition|meaning|explain|describe"
    r"|(?:can|could) you (?:explain|tell me)|tell me what|i (?:do not|don['’]?t) know what)\b"
    r"|.*\b(?:mean|means|meant|meaning|definition|stands? for)\W*$",
    re.IGNORECASE | re.DOTALL,
)


_WHOM = re.compile(r"\W*(?:(?:and|so|but|ok|okay|please)\W+)*whos?\b", re.IGNORECASE)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_MEANS = _words("mean means meant meaning define definition defined stand stands")
# Words that only ask what something is.
_FRAME = _words(
    """
    what s whats who is are the a an exactly actually define definition of explain describe term word phrase
    please can could you tell me i not know and so but ok okay hi hello sorry do does
    """
)
# Words that may also be in a question for a meaning.
_BESIDE = _MEANS | _words(
    "was did to be it for by in cqc when if they say says something somebody service place rated rating this"
)


class Term(NamedTuple):
    """One entry: the tokens that ask for it, whether these ``alone`` do, and its passage."""

    asked: frozenset[tuple[str, ...]]
    alone: bool
    passage: Passage
    name: str = ""
    means: str = ""


class Glossary:
    """The terms of some tables in the format of glossary.toml; those of the first table take precedence.

    "Who is outstanding?" asks for places, not for the meaning of one of the ``ratings``.
    """

    def __init__(self, *tables: Mapping[str, Any], ratings: Iterable[str] = ()) -> None:
        self._ratings = frozenset(map(str.casefold, ratings))
        self.terms = [
            term
            for number, table in enumerate(tables)
            for term in _terms(table, f"{PATH}.{number}" if number else PATH)
        ]

    @classmethod
    def load(cls, own: Mapping[str, Any], shipped: bool = True, ratings: Iterable[str] = ()) -> Glossary:
        """Load a corpus folder's ``own`` entries, and those that come with Askwell unless its tables use
        another scale."""
        ours = tomllib.loads(files("qa.retrieval").joinpath(PATH).read_text(encoding="utf-8"))
        return cls(*([own] if own else []), *([ours] if shipped else []), ratings=ratings)

    @property
    def documents(self) -> Sequence[Document]:
        """The documents that the entries make."""
        return list(dict.fromkeys(term.passage.document for term in self.terms))

    @property
    def passages(self) -> Sequence[Passage]:
        """A passage for each entry."""
        return [term.passage for term in self.terms]

    def search(self, question: str) -> Retrieved | None:
        """Return the definition that a question asks for; ``None`` if it asks for anything else or more."""
        words = tuple(token.text for token in tokenize(question))
        said = frozenset(words)
        asks = _ASKS.match(question) is not None
        whom = _WHOM.match(question) is not None
        for term in self.terms:
            if whom and term.name.casefold() in self._ratings:
                continue
            for asked in term.asked:
                if said.issuperset(asked) and (
                    (term.alone and words == asked) or (asks and _only(words, asked))
                ):
                    return _found(term.passage)
        return None


def _only(words: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    """True if a question has these words in a row, and otherwise only words that ask for a meaning."""
    for start in range(len(words) - len(asked) + 1):
        if words[start : start + len(asked)] == asked:
            beside = (*words[:start], *words[start + len(asked) :])
            return (_FRAME if _MEANS.isdisjoint(beside) else _FRAME | _BESIDE).issuperset(beside)
    return False


def _found(passage: Passage) -> Retrieved:
    span = Span(0, len(passage.text))
    return Retrieved(
        (Ranked(passage, 0.0, span, ()),),
        SURE,
        True,
        points=(Point(passage.text, passage, span.start, span.end),),
    )


def _terms(table: Mapping[str, Any], path: str) -> Iterable[Term]:
    told = [f"{term['name']}: {' '.join(term['means'].split())}" for term in table.get("terms", ())]
    starts = [sum(map(len, told[:place])) + 2 * place for place in range(len(told))]
    blocks = tuple(
        Block("paragraph", start, start + len(one)) for start, one in zip(starts, told, strict=True)
    )
    published = table.get("published")
    document = Document(
        path,
        table.get("title", "Glossary"),
        "\n\n".join(told),
        blocks,
        kind="digest",
        url=table.get("url"),
        published=published if isinstance(published, datetime.date) else None,
        publisher=table.get("publisher"),
    )
    for term, block in zip(table.get("terms", ()), blocks, strict=True):
        names = [name for name in (*term.get("asked", "").split(","), term["name"]) if name.strip()]
        asked = frozenset(tuple(token.text for token in tokenize(name)) for name in names)
        passage = Passage(f"{path}-{block.start}-{block.end}", document, block.start, block.end)
        yield Term(asked, term.get("alone", False), passage, term["name"], " ".join(term["means"].split()))
