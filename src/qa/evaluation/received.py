"""The answer as the evaluation received it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from qa.language.counts import UNITS
from qa.phrasing import MONTHS
from qa.question.query import WHOLE

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMBER_WORDS = {word: float(value) for word, value in UNITS.items() if value <= 12} | {
    "none": 0.0,
    "no": 0.0,
}


def plain(text: object) -> str:
    """Return the text in lower case with single spaces; ``None`` becomes empty."""
    return " ".join(str(text or "").split()).casefold()


def numbers(text: str) -> set[float]:
    """Return every number in the text, in digits ("1,408", "77.9") or as a word up to twelve; "none" and "no"
    are 0."""
    said = plain(text)
    digits = {float(found.replace(",", "")) for found in _NUMBER.findall(said)}
    return digits | {_NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", said) if word in _NUMBER_WORDS}


@dataclass(frozen=True)
class Response:
    """The response to a question: an HTTP status, and the answer record (empty if the status is not 200)."""

    http_status: int
    body: Mapping[str, Any]

    @property
    def failed(self) -> bool:
        """True if there is no answer record at all."""
        return self.http_status != 200

    @property
    def status(self) -> str:
        """The answer's status, e.g. "answered"."""
        return str(self.body.get("status", ""))

    @property
    def text(self) -> str:
        """The answer's sentences."""
        return str((self.body.get("answer") or {}).get("text") or "")

    @property
    def confidence(self) -> float:
        """The answer's own probability of being right, 0 to 1."""
        return float((self.body.get("answer") or {}).get("confidence") or 0.0)

    @property
    def facts(self) -> Sequence[Mapping[str, Any]]:
        """The facts that the answer is based on."""
        return self.body.get("facts") or []

    @property
    def facts_total(self) -> int:
        """How many facts match, listed or not."""
        return int(self.body.get("facts_total", len(self.facts)))

    @property
    def figures(self) -> Sequence[Mapping[str, Any]]:
        """The numbers of the answer, each with its label."""
        return self.body.get("figures") or []

    @property
    def passages(self) -> Sequence[Mapping[str, Any]]:
        """The passages, best first."""
        return self.body.get("passages") or []

    @property
    def refused(self) -> bool:
        """True if the question was properly returned without an answer."""
        return not self.failed and self.status not in {"answered", "ambiguous"}

    @property
    def sentence(self) -> str:
        """The marked sentence of the best passage; empty if nothing is answered or marked."""
        mark = self.passages[0].get("answer") if self.passages and self.status == "answered" else None
        return str(self.passages[0]["text"][mark["start"] : mark["end"]]) if mark else ""

    @cached_property
    def said(self) -> str:
        """Everything in the answer text, the facts and the figures, for finding names in it."""
        return plain(" | ".join(_strings([self.text, self.facts, self.figures])))

    def names(self, wanted: str) -> bool:
        """True if a name is in the facts, the figures or the answer text."""
        return plain(wanted) in self.said

    def has_figure(self, gold: float) -> bool:
        """True if the answer gives a figure: a whole number exactly, another to one decimal."""
        tolerance = 0.0001 if gold == int(gold) else 0.0501
        values = (figure.get("value") for figure in self.figures)
        listed = {float(value) for value in values if isinstance(value, (int, float))}
        return any(abs(number - gold) <= tolerance for number in listed | numbers(self.text))

    def has_date(self, gold: date) -> bool:
        """True if the answer gives a day, as a fact's publication date or written out in the text."""
        month = MONTHS[gold.month - 1]
        written = (
            gold.isoformat(),
            f"{gold.day} {month} {gold.year}",
            f"{gold.day} {month[:3]} {gold.year}",
            f"{gold:%d/%m/%Y}",
        )
        published = any(fact.get("published") == gold.isoformat() for fact in self.facts)
        return published or any(plain(form) in plain(self.text) for form in written)

    def gives(self, names: Iterable[str], rating: str, aspect: str) -> bool:
        """True if a fact gives one of these subjects this rating for this aspect."""
        wanted = {(plain(name), plain(rating), plain(aspect)) for name in names}
        told = {
            (plain(fact.get("subject")), plain(fact.get("rating")), plain(fact.get("aspect") or WHOLE))
            for fact in self.facts
        }
        return not wanted.isdisjoint(told)

    def first_of(self, names: Sequence[str]) -> str:
        """Return, in plain form, the first of these names in the answer: the label of the first figure that
        has one, otherwise the first in the text."""
        wanted = [plain(name) for name in names]
        labels = (plain(figure.get("label")) for figure in self.figures)
        text = plain(self.text)
        in_text = min((name for name in wanted if name in text), key=text.find, default="")
        return next((label for label in labels if label in wanted), in_text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
    elif value is not None:
        yield str(value)
