"""The types of requests for documents, passages, facts and subjects, and of their responses, each described
in one place.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import Field

from qa.facts import FactList
from qa.library import Described, Section
from qa.records import IndexState, PassageSource, RatingFact
from qa.web.api.validation import INTEGRAL, Request, Text

MOST = 500  # items of a page
MAX_VALUES = 20  # of one filter
MAX_VALUE = 500  # characters
MAX_TYPED = 200  # characters of the beginning of a name
MOST_SUBJECTS = 20
FARTHEST = 100_000_000  # place from which a page may begin

Values = Annotated[
    list[Annotated[Text, Field(max_length=MAX_VALUE)]],
    Field(default_factory=list, min_length=1, max_length=MAX_VALUES),
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="The most items of a page."), INTEGRAL]
Offset = Annotated[
    int, Field(ge=0, le=FARTHEST, description="How many items of the list go before the page."), INTEGRAL
]
Sort = Literal[
    "read",
    "-read",
    "subject",
    "-subject",
    "aspect",
    "-aspect",
    "service",
    "-service",
    "rating",
    "-rating",
    "published",
    "-published",
]


class NoParameters(Request):
    """A request that takes no parameters."""


class PageRequest(Request):
    """One page of a list."""

    limit: Limit = 50
    offset: Offset = 0


class FactsRequest(PageRequest):
    """Which rating facts, in which order; every filter may be given several times, for any of its values."""

    subject: Annotated[
        Values, Field(description="Full name as published; case, accents and punctuation don't matter.")
    ]
    provider: Annotated[Values, Field(description="Full name of the provider.")]
    town: Annotated[Values, Field(description="Postal town.")]
    local_authority: Annotated[Values, Field(description="Council area.")]
    region: Annotated[Values, Field(description="Region.")]
    kind: Annotated[Values, Field(description="The publisher's category of service, e.g. `GP Practices`.")]
    care_home: Annotated[Values, Field(description="`Y` or `N`, as published.")]
    rating: Annotated[Values, Field(description="The rating in the publisher's words, in any case.")]
    aspect: Annotated[Values, Field(description="`Overall` or a key question, in any case.")]
    service: Annotated[
        Values, Field(description="`Overall`, or the part of a subject that a rating is about, in any case.")
    ]
    document: Annotated[
        Values,
        Field(description="Path of a rating table, as in `source.document`; one that is not loaded is 422."),
    ]
    state: Annotated[
        Literal["current", "all"],
        Field(
            description="`current`: the ratings that count; `all`: superseded and contradictory ones, too."
        ),
    ] = "current"
    sort: Annotated[
        Sort,
        Field(
            description=(
                "What to sort by, `-` before it for descending; `read` is the tables' own order, `rating` "
                "goes from best to worst."
            )
        ),
    ] = "read"
    format: Annotated[Literal["json", "csv"], Field(description="How the page is written.")] = "json"

    def wanted(self) -> FactList:
        """Return the requested list."""
        filters = {name: tuple(value) for name, value in self if isinstance(value, list)}
        order = self.sort.removeprefix("-")
        return FactList(
            **filters,
            current=self.state == "current",
            order=order,  # type: ignore[arg-type]
            descending=order != self.sort,
        )


class PassageRequest(Request):
    """A permalink's revision."""

    revision: Annotated[
        str | None,
        Field(
            pattern="^[0-9a-f]{12}$",
            description="The revision that was quoted: 404 if the document has changed since.",
        ),
    ] = None


class SubjectsRequest(Request):
    """The beginning of a name."""

    q: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=MAX_TYPED,
            description="What is typed so far: each word begins one of the name.",
        ),
    ]
    limit: Annotated[
        int, Field(ge=1, le=MOST_SUBJECTS, description="The most subjects to return."), INTEGRAL
    ] = 10


@dataclass(frozen=True, slots=True)
class Health:
    """The response of ``/healthz``: the service answers, from this index."""

    status: str
    fingerprint: str
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The response of ``/readyz``: whether questions can be answered, whether from the current corpus, and
    which parts can't be reached.
    """

    status: str
    fingerprint: str
    as_of: datetime.date | None
    stale: bool
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the other pages of a list; ``None`` if there is none."""

    first: str
    previous: str | None
    next: str | None
    last: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """``tables`` are the paths of the rating tables, whose rows ``/facts`` lists."""

    documents: tuple[Described, ...]
    total: int
    limit: int
    offset: int
    tables: tuple[str, ...]
    links: Links
    index: IndexState


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The position of a passage in a document's text."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as extracted: every span of an answer counts code points of this ``text``."""

    source: Described
    text: str
    sections: tuple[Section, ...]
    passages: tuple[PassageSpan, ...]
    index: IndexState


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage under its id.

    ``link`` stays good for as long as the document is not changed, and never shows another text.
    """

    id: str
    text: str
    headings: tuple[str, ...]
    source: PassageSource
    link: str
    index: IndexState


@dataclass(frozen=True, slots=True)
class FactPage:
    """One page of a list of rating facts."""

    facts: tuple[RatingFact, ...]
    total: int
    limit: int
    offset: int
    links: Links
    index: IndexState


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A rated subject, with what distinguishes it from others of its name; ``id`` leads to
    ``/subjects/{id}``.
    """

    name: str
    attributes: Mapping[str, str]
    id: str


@dataclass(frozen=True, slots=True)
class NearSubject:
    """A subject nearby, and how far it is along the great circle."""

    name: str
    attributes: Mapping[str, str]
    id: str
    miles: float


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How many have a rating."""

    rating: str
    count: int


@dataclass(frozen=True, slots=True)
class SubjectDetails:
    """Everything in the tables about one rated subject.

    ``current`` are its current ratings, ``history`` its dated overall ratings.
    """

    id: str
    name: str
    attributes: Mapping[str, str]
    current: tuple[RatingFact, ...]
    contradictory: tuple[RatingFact, ...]
    history: tuple[RatingFact, ...]
    same_name: tuple[NamedSubject, ...]
    same_name_total: int
    near: tuple[NearSubject, ...]
    index: IndexState


@dataclass(frozen=True, slots=True)
class OwnerDetails:
    """A provider or a brand with its places, by rating; ``facts`` are their current ratings, at most 50."""

    id: str
    name: str
    total: int
    ratings: tuple[RatingCount, ...]
    facts: tuple[RatingFact, ...]
    index: IndexState


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of a kind there are, and how they are rated."""

    kind: str
    total: int
    ratings: tuple[RatingCount, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One meaning of a place's name: the column that has it, such as "town" or
    "local_authority", and what is rated there.
    """

    field: str
    name: str
    total: int
    ratings: tuple[RatingCount, ...]
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class PlaceDetails:
    """A place by its name; one name may be a town's and a council area's."""

    id: str
    areas: tuple[Area, ...]
    index: IndexState


@dataclass(frozen=True, slots=True)
class SubjectList:
    """The subjects whose names begin as typed, those that begin with it first."""

    subjects: tuple[NamedSubject, ...]
    index: IndexState


def links(path: str, asked: PageRequest, total: int) -> Links:
    """Return the addresses of the pages around the requested one."""
    given = asked.model_dump(exclude_defaults=True, exclude={"offset"})

    def page(offset: int) -> str:
        parameters = urlencode({**given, **({"offset": offset} if offset else {})}, doseq=True)
        return f"{path}?{parameters}" if parameters else path

    following = asked.offset + asked.limit
    return Links(
        first=page(0),
        previous=page(max(0, asked.offset - asked.limit)) if asked.offset else None,
        next=page(following) if following < total else None,
        last=page(max(0, total - 1) // asked.limit * asked.limit),
    )
