"""A question with its gold, as a question set gives it: the published schema is made from :class:`Case`.

Glossary, with example values:

* a *case* is a question with what a right answer must contain, e.g. ``{"question": "Oxleas rating now?",
  "rating": "Good"}``;
* its *gold* is every field that is scored: ``facts``, ``count``, ``direct``, ``evidence``, ``spans``,
  ``answers``, ``relevant`` …;
* a *kind* groups cases in the report, e.g. "rating_lookup"; the few of :data:`MUST_BE_BARE`,
  :data:`ABOUT_TEXT`, "ambiguous" and "hostile" also say how a case is judged;
* a *question set* is the contents of one file or folder: cases, and the documents that they are about if it
  brings its own.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MUST_BE_BARE = frozenset({"rating_negative", "unanswerable", "small_talk", "hostile"})
ABOUT_TEXT = frozenset({"passage_fact", "passage_theme", "paraphrase"})
_CLOSED = ConfigDict(
    frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=False, populate_by_name=False
)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
    return pattern


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must contain more than white space")
    return text


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= span[0] < span[1]:
        raise ValueError(f"{list(span)} is not [start, end] with 0 <= start < end")
    return span


Pattern = Annotated[str, AfterValidator(_compiles)]
Words = Annotated[str, AfterValidator(_not_blank)]
Range = Annotated[tuple[int, int], AfterValidator(_ordered)]


class GoldFact(BaseModel):
    """A rating change to return."""

    model_config = _CLOSED

    trust: Words = Field(description="The subject's full name as published.")
    before: str | None = Field(
        default=None, alias="from", description="The previous rating; null if none was published."
    )
    to: str | None = Field(description="The rating after.")


class Case(BaseModel):
    """A question with its gold. Only `question` is required; a gold field that is left out is not scored."""

    model_config = ConfigDict(**_CLOSED, title="A question of an Askwell question set")

    id: str = Field(
        default="",
        description="Unique in its set; by default the line number. Runs are compared by it.",
    )
    kind: str = Field(
        default="",
        description="What the report groups by; `passage`, `unanswerable` or `question` if left out.",
    )
    question: str = Field(description="The question as typed; blank only if the kind is `hostile`.")
    history: tuple[str, ...] = Field(
        default=(), description="Earlier questions of the conversation, oldest first."
    )
    answerable: bool = Field(
        default=True, description="Whether the answer is in the corpus; if not, answering is wrong."
    )
    facts: tuple[GoldFact, ...] = Field(
        default=(), description="The exact set of rating facts to return; [] requires none."
    )
    count: int | float | None = Field(default=None, description="A figure to give.")
    value: int | float | None = Field(default=None, description="A figure to give; `count` takes precedence.")
    unit: str | None = Field(default=None, description="What `value` counts; not scored.")
    values: dict[str, int | float | str] | None = Field(
        default=None, description="By name, each figure or rating to return."
    )
    names: tuple[str, ...] = Field(
        default=(), description="Each must appear in the facts, the figures or the answer text."
    )
    rating: str | None = Field(
        default=None, description="A rating to return as a fact of one of `names`, and to state in the text."
    )
    domain: str | None = Field(
        default=None, description='The aspect that `rating` and `values` are about; "Overall" if left out.'
    )
    winner: tuple[str, ...] = Field(
        default=(),
        description="One of these comes first among `names`, by default those in `values` and these.",
    )
    total: int | None = Field(default=None, ge=0, description="The number of matching facts (`facts_total`).")
    date: datetime.date | None = Field(default=None, description="A publication date to give.")
    direct: tuple[Pattern, ...] = Field(
        default=(), description="Regular expressions; each must match the answer text."
    )
    points: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions, one for each point of a full answer; see `at_least`.",
    )
    at_least: int | None = Field(
        default=None, ge=1, description="How many of `points` must be given; all of them if left out."
    )
    evidence: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions; all match within one of the first three passages or a fact's note.",
    )
    document: str | None = Field(
        default=None, description="The document that `spans` are in: its path in the corpus folder."
    )
    spans: tuple[Range, ...] = Field(
        default=(),
        description=(
            "Where the answer is, [start, end] in code points of the document's text; any one of "
            "them is right."
        ),
    )
    whole: bool = Field(default=False, description="The spans are whole passages: half of one is enough.")
    answers: tuple[str, ...] | None = Field(
        default=None, description="Short answers as in SQuAD; [] if there is none."
    )
    relevant: dict[str, int] | None = Field(
        default=None, description="Relevance judgements: document to grade, 0 for not relevant."
    )
    note: str | None = Field(default=None, description="For people; not scored.")
    assumption: str | None = Field(default=None, description="For people; not scored.")
    gold_code: str | None = Field(default=None, description="How the gold was computed; not scored.")
    alts: Any = Field(default=None, description="Other readings of the question; not scored.")
    candidates: Any = Field(default=None, description="What an ambiguous name may mean; not scored.")

    @model_validator(mode="after")
    def _agrees(self) -> Case:
        if not self.question.strip() and self.kind != "hostile":
            raise ValueError("the question is blank")
        if self.at_least is not None and self.at_least > len(self.points):
            raise ValueError(f"at_least is {self.at_least}, but there are {len(self.points)} points")
        if self.spans and not self.document:
            raise ValueError("spans need the document that they are in")
        if self.answerable and self.document and not self.spans:
            raise ValueError("an answerable question about a document needs spans")
        return self

    @property
    def figure(self) -> int | float | None:
        """The figure of the gold: ``count``, otherwise ``value``."""
        return self.value if self.count is None else self.count

    @property
    def needs_ranking(self) -> bool:
        """True if passages are scored by rank."""
        return self.answerable and bool(self.evidence or self.spans or self.relevant is not None)

    def gold(self) -> dict[str, Any]:
        """Return the fields that are scored and given, ready for JSON."""
        left_out = {
            "id",
            "kind",
            "question",
            "history",
            "unit",
            "note",
            "assumption",
            "gold_code",
            "alts",
            "candidates",
        }
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)


def with_defaults(case: Case, place: str) -> Case:
    """Fill in an ``id`` from the case's position, and a ``kind`` from its gold, if they are left out."""
    default = "passage" if case.document or case.relevant else "question"
    kind = case.kind or (default if case.answerable else "unanswerable")
    return case.model_copy(update={"id": case.id or place, "kind": kind})


@dataclass(frozen=True)
class SetDocument:
    """A document in a question set: ``path`` is a file name, ``text`` its contents."""

    path: str
    text: str


@dataclass(frozen=True)
class QuestionSet:
    """The contents of one file or folder of questions."""

    name: str
    cases: tuple[Case, ...]
    documents: tuple[SetDocument, ...] = ()
