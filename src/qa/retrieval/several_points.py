"""Whether a question asks for several things: why, how, which lessons, everything, a summary; read from
points.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.language.stems import stem, terms
from qa.language.tokens import tokenize
from qa.language.words import flagged

SUMMARY, ABOUT, MEANING = "summary", "about", "meaning"
FAR = 5.0  # unless a kind says otherwise
#: Terms about the document itself, or that only ask, so that they match nothing in it.
_WORDS = (
    "report page document article publication paper text whole news please it give me tell show get "
    "want need like can make say said"
)
OF_THE_DOCUMENT = frozenset(map(stem, _WORDS.split()))


@dataclass(frozen=True, slots=True)
class Several:
    """A kind of question that wants several points; ``signs`` finds the words of a sentence that probably
    makes one."""

    name: str
    most: int
    cue: re.Pattern[str]
    signs: re.Pattern[str] | None
    outright: re.Pattern[str] | None  # finds the words of a sentence that certainly makes one
    far: float  # how far below the best one's score the first few points may be
    form: re.Pattern[str] | None  # words that only ask
    headings: tuple[str, ...] = ()  # headings of sections that contain only such points

    def beside_form(self, question: str) -> frozenset[str]:
        """Return the terms of what a question asks about besides such points; empty if it asks for all."""
        left = self.form.sub(" ", question) if self.form else question
        words = (token.text for token in tokenize(left) if token.text not in flagged("regulator"))
        return frozenset(term for word in words for term in terms(word)) - OF_THE_DOCUMENT

    def without_form(self, question: str) -> str:
        """Return the question without the words that only ask; unchanged if none would be left."""
        left = self.form.sub(" ", question) if self.form else question
        return left if terms(left) else question


def several(question: str) -> Several | None:
    """Return the first kind that a question belongs to; ``None`` if one sentence may answer it."""
    return next((kind for kind in _kinds() if kind.cue.search(question)), None)


@cache
def _kinds() -> tuple[Several, ...]:
    table = tomllib.loads(files("qa.retrieval").joinpath("points.toml").read_text(encoding="utf-8"))
    return tuple(
        Several(
            kind["name"],
            kind["most"],
            _pattern(kind["cue"]),
            _pattern(kind["signs"]) if kind["signs"] else None,
            _pattern(kind["outright"]) if "outright" in kind else None,
            kind.get("far", FAR),
            _pattern(kind["form"]) if "form" in kind else None,
            tuple(kind.get("headings", ())),
        )
        for kind in table["kinds"]
    )


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)
