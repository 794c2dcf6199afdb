"""Which column of a table holds what: recognised by its heading, and by its values where the heading alone
can't tell.

Glossary, with example values:

* a *row* is ``Row(7, ("Oxleas NHS Foundation Trust", "Good"))``, its number the 1-based line of the file or
  row of the sheet;
* a *field* is what a column may hold: "subject", "aspect", "service", "published", "note", "url", one of
  ATTRIBUTES;
* a *rating column* holds the rating of every row, or of one aspect: a table may have one column each for
  Overall, Safe, Caring …;
* a *layout* says where a table starts and which column holds which field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qa.question.query import WHOLE

ASPECTS = (WHOLE, "Safe", "Effective", "Caring", "Responsive", "Well-led")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as printed.

    ``notes`` are the footnotes that its cells' marks point to, the marks taken off.
    """

    number: int
    cells: Sequence[str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingColumn:
    """A column of ratings. ``aspect`` is ``None`` if another column, or nothing, names it."""

    index: int
    aspect: str | None = None
    previous: int | None = None  # the column of the ratings before


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A field's headings in plain spelling (see ``plain``), the surest first. Headings lose a leading "location"
# before they are looked up.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "subject": (
        *(
            "name",
            "trust name",
            "trust",
            "subject",
            "organisation name",
            "organisation",
            "service name",
            "hospital name",
            "hospital",
        ),
        *(
            "care home name",
            "practice name",
            "surgery",
            "setting name",
            "establishment name",
            "establishment",
            "school name",
            "school",
        ),
        *("site name", "care home", "location"),
    ),
    "identifier": (
        "id",
        "identifier",
        "trust code",
        "organisation code",
        "urn",
        "unique reference number",
        "code",
    ),
    "aspect": ("domain", "key question", "aspect", "question"),
    "service": ("service population group", "population group", "core service", "service group", "service"),
    "published": (
        *(
            "publication date",
            "date of publication",
            "date published",
            "published",
            "published date",
            "published on",
        ),
        *("report publication date", "rating publication date", "date of rating", "rating date", "date"),
    ),
    "note": ("note", "notes", "footnote", "comment", "comments", "remarks"),
    "url": ("url", "report url", "report link", "link", "web page", "webpage", "source"),
    "kind": ("primary inspection category", "inspection category", "category", "provision type", "sector"),
    "type": ("type", "organisation type", "provider type"),
    "care_home": ("care home",),
    "provider": (
        *(
            "provider name",
            "provider",
            "registered provider",
            "parent organisation",
            "organisation which owns the provider",
        ),
    ),
    "provider_identifier": ("provider id", "provider code"),
    "brand": ("brand name", "brand"),
    "street": ("street address", "street", "address line 1", "address 1", "address"),
    "address": ("address line 2", "address 2"),
    "town": ("city", "town", "town city", "town or city", "post town", "postal town"),
    "postcode": ("post code", "postcode", "postal code"),
    "local_authority": (
        "local authority",
        "local authority name",
        "council",
        "la name",
        "la",
        "council area name",
        "council area",
    ),
    "region": ("region", "region name", "ofsted region", "government office region"),
    "status": ("status", "registration status", "registered status"),
    "opened": (
        *("hsca start date", "registration date", "date registered", "start date", "open date", "opened"),
        *("date opened", "opening date"),
    ),
    "closed": (
        *(
            "hsca end date",
            "deregistration date",
            "date deregistered",
            "end date",
            "close date",
            "closed",
            "date closed",
            "closing date",
        ),
        *("closed date", "date of closure", "closure date", "deactivation date"),
    ),
    "predecessor": (
        "predecessor",
        "predecessors",
        "former name",
        "previous name",
        "previously known as",
        "formerly known as",
    ),
    "successor": ("successor", "successors", "succeeded by", "new name", "now known as"),
    "inherited": ("inherited rating y n", "inherited rating", "inherited"),
}
DAYS = ("published", "opened", "closed")  # fields that are dates
FIELDS = frozenset((*HEADINGS, "rating", "previous_rating"))
# Headings such as "Rating", "CQC rating before", "Latest overall rating" and, above a column of words, a bare
# "From" or "To".
_OF_RATINGS = frozenset(("rating", "ratings", "grade", "grades"))
_BESIDE_RATINGS = _OF_RATINGS | {"cqc", "overall", "published", "the"}
_OF_JUDGEMENTS = _OF_RATINGS | frozenset(
    ("overall", "effectiveness", "judgement", "judgment", "judgements", "outcome", "outcomes")
)
_PAST = frozenset(
    (
        "previous",
        "previously",
        "former",
        "formerly",
        "before",
        "prior",
        "old",
        "older",
        "earlier",
        "original",
        "initial",
    )
)
_NO_ASPECT = frozenset(
    (
        "provider",
        "parent",
        "verdict",
        "result",
        "results",
        "status",
        "judgement",
        "judgment",
        "outcome",
        "one",
        "two",
    )
)
_BEFORE = _words(
    "from before was previous previously old original initial first earlier former prior start starting"
)
_AFTER = _words("to after new now current currently latest final present")
# A heading of nothing but such words names what is rated, if no other does: "Name of the mental health
# trust".
_RATED = _words(
    "trust trusts hospital hospitals organisation organisations practice surgery home homes school "
    "setting agency site company"
)
_AROUND_RATED = _words(
    "name names of the nhs foundation mental health community care nursing gp primary acute "
    "specialist ambulance and or"
)
_PLAIN_OUT = re.compile(r"[^\w%]+|_")
_AROUND_ASPECT = re.compile(
    r"^ratings? |^(?:is|are) (?:the |this )?(?:services?|it|they|trust|provider) |(?: rating| domain)$"
)


def plain(heading: str) -> str:
    """Return ``heading`` in plain spelling: "Location Post Code" and "location_post_code" are "post code"."""
    words = _PLAIN_OUT.sub(" ", heading.casefold()).split()
    if words[:1] == ["location"] and len(words) > 1:
        del words[0]
    return " ".join(words)


def aspect_of(words: str, aspects: Mapping[str, str]) -> str | None:
    """Return the aspect that a heading or cell names, e.g. "Well-led" for "Well led rating";
    ``None`` if it names none.

    ``aspects`` maps plain headings to aspects, in addition to those that every table may use.
    """
    words = plain(words)
    return aspects.get(words) or _KNOWN_ASPECTS.get(_AROUND_ASPECT.sub("", words))


def rating_role(heading: str) -> Literal["rating", "previous_rating"] | None:
    """Return whether a plain heading says that a column has ratings, or previous ratings;
    ``None`` if neither.
    """
    words = set(heading.split())
    rest = words - _BESIDE_RATINGS
    if rest and rest <= _BEFORE:
        return "previous_rating"
    return "rating" if (rest and rest <= _AFTER) or (not rest and words & _OF_RATINGS) else None


def speaks_of_ratings(heading: str) -> bool:
    """Return whether a plain heading contains the word itself, and is not a mere "From" or "To"."""
    return not _OF_RATINGS.isdisjoint(heading.split())


def speaks_of_judgement(heading: str) -> bool:
    """Return whether a plain heading says that its column has judgements."""
    return not _OF_JUDGEMENTS.isdisjoint(heading.split())


def speaks_of_publication(heading: str) -> bool:
    """Return whether a plain heading is about a date of publication, such as "latest inspection
    publication date".
    """
    return "date" in heading.split() and not {"publication", "published"}.isdisjoint(heading.split())


def judgement_named(heading: str) -> str:
    """Return what a plain heading above ratings says is judged, "staff" for "staff rating"; empty if it names
    nothing, or the past.
    """
    words = heading.split()
    if len(words) > 1 and words[-1] in _OF_RATINGS:
        words.pop()
    rest = set(words)
    names = not any(map(str.isdigit, heading)) and rest.isdisjoint(_OF_RATINGS | _PAST) and rest - _NO_ASPECT
    return " ".join(words) if names else ""


def aspect_named(words: str) -> str:
    """Return the name of an aspect that a table names in its heading: "Quality of care" of
    "quality of care".
    """
    return words[:1].upper() + words[1:]


def year_of_ratings(heading: str) -> int | None:
    """Return the year in a plain heading with nothing else, such as "2016" or "Rating 2016"."""
    rest = set(heading.split()) - _BESIDE_RATINGS
    return int(rest.pop()) if len(rest) == 1 and re.fullmatch(r"(?:19|20)\d\d", next(iter(rest))) else None


def names_the_rated(heading: str) -> bool:
    """Return whether a plain heading names trusts, hospitals and the like, in whatever words."""
    words = set(heading.split())
    return bool(words & _RATED) and words <= _RATED | _AROUND_RATED


def is_heading(words: str) -> bool:
    """Return whether plain words are a heading that any table may have."""
    return words in _HEADING_WORDS or rating_role(words) is not None


def is_number(cell: str) -> bool:
    """Return whether a cell prints a number: "1,250", "61.11", "12 %"."""
    return cell.strip().replace(",", "").replace(".", "").rstrip("% ").isdigit()


def is_total(words: str) -> bool:
    """Return whether plain words may head a row of sums: "Total", "Subtotal: Leeds", "Leeds total", "England
    average".
    """
    told = words.split()
    return words in ("sub total", "grand total", "all", "overall") or not {*told[:1], *told[-1:]}.isdisjoint(
        _SUMS
    )


_SUMS = _words("total totals subtotal subtotals sum average averages mean median count")
_HEADING_WORDS = frozenset(name for names in HEADINGS.values() for name in names)
_KNOWN_ASPECTS = {plain(aspect): aspect for aspect in ASPECTS}


@dataclass(frozen=True, slots=True)
class Columns:
    """The content of each column (0-based).

    ``own`` are those of no known field, by their headings. ``unused`` are headings that occur twice.
    ``doubts`` are reasons why the table can't be read like this.
    """

    fields: Mapping[str, int]
    ratings: tuple[RatingColumn, ...]
    own: Mapping[str, int] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    by_values: str | None = None  # the heading of a rating column that was recognised only by its values

    @property
    def found(self) -> int:
        """How many columns were recognised."""
        return len(self.fields) + sum(1 + (rating.previous is not None) for rating in self.ratings)

    @property
    def usable(self) -> bool:
        """Whether facts can be read."""
        return "subject" in self.fields and bool(self.ratings) and not self.doubts
