"""The records that flow through Askwell, in the order in which a question meets them.

Glossary, with example values:

* a *document* is one file of report text, e.g. ``report.md``; its *blocks* are its headings, paragraphs, list
  items …;
* a *passage* is a verbatim slice of a document: ``document.text[start:end] == passage.text``;
* a *rating fact* is one row of a rating table: subject "Oxleas NHS Foundation Trust", aspect "Overall",
  rating "Good";
* an *aspect* is "Overall" or a key question: "Safe", "Effective", "Caring", "Responsive", "Well-led";
* a *service* is the part of a subject that a rating is about, e.g. "Older people"; "Overall" or ``None`` is
  the whole;
* *attributes* are a row's other columns, under the names of :data:`ATTRIBUTES`.

Records from :class:`FactSource` to :class:`Answer` are the wire format: their field names and order are the
contract's, and ``orjson`` writes them as they are. Those of which an answer has many, and their spans, have
no slots, because ``orjson`` writes an instance with a ``__dict__`` several times faster. It writes everything
in there, so they must never hold anything but their fields. Nothing here imports anything of ``qa``.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal

BlockKind = Literal["title", "heading", "paragraph", "item", "quote", "metadata", "table", "rows", "note"]
DocumentKind = Literal["original", "digest"]
Status = Literal["answered", "not_found", "ambiguous", "signposted", "small_talk"]
Basis = Literal["facts", "passage", "none"]

_START = attrgetter("start")
CELLS = " | "  # between the cells of a table's row in a document's text
ATTRIBUTES = (
    "identifier",
    "kind",  # the regulator's category of service, e.g. "GP Practices"
    "type",
    "care_home",  # "Y" or "N"
    "provider",
    "provider_identifier",
    "brand",
    "street",
    "address",  # second address line
    "town",
    "postcode",
    "local_authority",
    "region",
    "status",  # of the registration, in the publisher's words
    "opened",  # ISO date
    "closed",  # ISO date
    "predecessor",  # its name before, or what preceded it
    "successor",
    "inherited",  # "Y" or "N"
)


# What reading makes -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A half-open range of Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's text: ``text[start:end]`` has no white space at its ends.

    A "table" is one of ratings, whose rows are facts; "rows" are any other table, with one line per row and
    its headings in the first.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of a heading: 1 is the highest
    page: int | None = None  # 1-based, of paged formats


@dataclass(frozen=True, slots=True)
class Document:
    """One file of report text as extracted, with where it came from."""

    path: str  # relative to the corpus folder, with "/" between its parts
    title: str
    text: str
    blocks: tuple[Block, ...]
    kind: DocumentKind = "original"
    url: str | None = None
    published: datetime.date | None = None
    updated: datetime.date | None = None
    licence: str | None = None
    publisher: str | None = None

    @property
    def revision(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the extracted text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True)
class FactSource:
    """The source of a fact: ``row`` is the 1-based line (or sheet row) of the table."""

    document: str
    title: str
    url: str | None
    row: int


@dataclass(frozen=True)
class RatingFact:
    """One published rating; ``None`` if the publisher gives nothing."""

    id: str
    subject: str
    aspect: str
    service: str | None
    rating: str | None
    previous_rating: str | None
    published: datetime.date | None
    note: str | None
    attributes: Mapping[str, str]
    source: FactSource


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a corpus file that its owner should know, and how to fix it.

    ``line`` is 1-based or ``None``.
    """

    file: str
    line: int | None
    message: str
    mend: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.message} {self.mend}".strip()


@dataclass(slots=True)
class Report:
    """What was found while reading; readers add to it as their facts are consumed."""

    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)  # table path → data rows read

    def error(self, file: str, line: int | None, message: str, mend: str) -> None:
        """Note that something could not be read."""
        self.problems.append(Problem(file, line, message, mend, "error"))

    def warn(self, file: str, line: int | None, message: str, mend: str) -> None:
        """Note something that was read, but not as its owner may expect."""
        self.problems.append(Problem(file, line, message, mend, "warning"))

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a file from being served."""
        return [problem for problem in self.problems if problem.severity == "error"]


@dataclass(frozen=True, slots=True)
class FileContents:
    """The contents of one file. ``facts`` may be a lazy, single-use iterable."""

    documents: tuple[Document, ...] = ()
    facts: Iterable[RatingFact] = ()

    def __iter__(self) -> Iterator[object]:
        yield self.documents
        yield self.facts


# What retrieval makes ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim slice of a document, of readable length. ``headings`` are those above it, the highest first.

    ``columns`` are the headings of a table's columns where the passage is rows of one, each on a line of its
    own.
    """

    id: str
    document: Document
    start: int
    end: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The slice itself."""
        return self.document.text[self.start : self.end]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of its document that it takes anything from, in their order."""
        return blocks_between(self.document.blocks, self.start, self.end)

    @property
    def section(self) -> str | None:
        """The nearest heading above the passage."""
        return self.headings[-1] if self.headings else None


def blocks_between(blocks: Sequence[Block], start: int, end: int) -> tuple[Block, ...]:
    """Return the blocks that have anything of a span of their document."""
    first = max(0, bisect_right(blocks, start, key=_START) - 1)
    beginning = itertools.takewhile(lambda block: block.start < end, blocks[first:])
    return tuple([block for block in beginning if max(block.start, start) < min(block.end, end)])


# The answer, as clients see it ------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnswerPoint:
    text: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True)
class AnswerText:
    text: str
    basis: Basis
    confidence: float  # 0 to 1
    points: tuple[AnswerPoint, ...] = ()


@dataclass(frozen=True)
class Figure:
    label: str
    value: int | float | str  # an ISO date string if the unit is "date"
    unit: Literal["count", "percent", "date"]
    group: str | None = None  # the outer group of a cross-table; left out if there is none


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the subject of a fact is from what the question said to be near."""

    fact: str
    value: float
    unit: Literal["miles", "km"]


@dataclass(frozen=True)
class Conflict:
    fact: str
    passage: str


@dataclass(frozen=True)
class Part:
    text: str
    passages: tuple[str, ...]
    facts: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class PassageSource:
    document: str
    title: str
    kind: DocumentKind
    url: str | None
    section: str | None
    page: int | None
    published: datetime.date | None
    start: int
    end: int
    revision: str


@dataclass(frozen=True)
class QuotedPassage:
    """A passage as returned; ``answer`` and ``highlights`` are spans within ``text``."""

    id: str
    rank: int
    score: float
    text: str
    answer: Span | None
    highlights: tuple[Span, ...]
    source: PassageSource


@dataclass(frozen=True)
class FieldValue:
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Change:
    """A word as typed and what it was read as; ``from`` is a Python keyword, so :mod:`qa.wire` writes the
    names.
    """

    source: str
    target: str


@dataclass(frozen=True)
class UsedWord:
    """A span of the question, and the part of the reading that used it: "scope", "rating", "measure" …;
    ``None`` if nothing did.
    """

    start: int
    end: int
    part: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    intent: str
    standalone: str
    subjects: tuple[str, ...] = ()
    filters: tuple[FieldValue, ...] = ()
    corrections: tuple[Change, ...] = ()
    expanded: tuple[Change, ...] = ()
    unknown: tuple[str, ...] = ()
    reading: Mapping[str, Any] | None = None  # the Query as JSON, see qa.question.as_json
    left_out: tuple[str, ...] = ()
    words: tuple[UsedWord, ...] = ()


@dataclass(frozen=True)
class IndexState:
    fingerprint: str
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The record that every use of Askwell shares; see docs/contract.md for each field."""

    question: str
    status: Status
    answer: AnswerText
    facts: tuple[RatingFact, ...]
    facts_total: int
    figures: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    parts: tuple[Part, ...]
    passages: tuple[QuotedPassage, ...]
    understood: Understood
    suggestions: tuple[str, ...]
    index: IndexState
    facts_next: str | None = (
        None  # the address of all facts, if there are more than are given and one lists them
    )
    degraded: bool = False  # not all passages could be searched
    distances: tuple[Distance, ...] = ()  # of the facts, if the question asked what is near
