"""Which column of a table holds what: recognised by its heading, and by its values where the heading alone can't tell.

Glossary, with example values:

* a *row* is ``Row(7, ("Oxleas NHS Foundation Trust", "Good"))``, its number the 1-based line of the file or row of the sheet;
* a *field* is what a column may hold: "subject", "aspect", "service", "published", "note", "url", one of ATTRIBUTES;
* a *rating column* holds the rating of every row, or of one aspect: a table may have one column each for Overall, Safe, Caring …;
* a *layout* says where a table starts and which column holds which field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ASPECTS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as printed. ``notes`` are the footnotes that its cells' marks point to, the marks taken off."""

    number: int
    cells: Sequence[str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingColumn:
    """A column of ratings. ``aspect`` is ``None`` where another column, or nothing, names it."""

    index: int
    aspect: str | None = None
    previous: int | None = None  # the column of the ratings before


# A field's headings in plain spelling (see ``plain``), the surest first. Headings lose a leading "location" before they are looked up.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "subject": (
        *(
            "name",
            "trust name",
            "trust",
            "nhs trust",
            "subject",
            "organisation name",
            "organisation",
            "service name",
            "hospital name",
            "hospital",
        ),
        *(
            "care home name",
            "home name",
            "practice name",
            "practice",
            "surgery",
            "setting name",
            "setting",
            "establishment name",
            "establishment",
        ),
        *("school name", "school", "site name", "site", "care home", "location"),
    ),
    "identifier": ("id", "identifier", "trust code", "organisation code", "urn", "unique reference number", "code"),
    "aspect": ("domain", "key question", "aspect", "question"),
    "service": ("service population group", "population group", "core service", "service group", "service"),
    "published": (
        *("publication date", "date of publication", "date published", "published", "published date", "published on"),
        *("report publication date", "rating publication date", "date of rating", "rating date", "date"),
    ),
    "note": ("note", "notes", "footnote", "comment", "comments", "remarks"),
    "url": ("url", "report url", "report link", "link", "web page", "webpage", "source"),
    "kind": ("primary inspection category", "inspection category", "category", "sector"),
    "type": ("type", "organisation type", "provider type"),
    "care_home": ("care home",),
    "provider": ("provider name", "provider", "registered provider", "parent organisation"),
    "provider_identifier": ("provider id", "provider code"),
    "street": ("street address", "street", "address line 1", "address 1", "address"),
    "address": ("address line 2", "address 2"),
    "town": ("city", "town", "town city", "town or city", "post town", "postal town"),
    "postcode": ("post code", "postcode", "postal code"),
    "local_authority": ("local authority", "local authority name", "council", "la name"),
    "region": ("region", "region name"),
    "inherited": ("inherited rating y n", "inherited rating", "inherited"),
}
RATINGS = (
    *("latest rating", "rating", "current rating", "latest overall rating", "new rating", "rating now", "rating after", "published rating"),
    *("to", "after", "now", "new", "current", "latest"),
)
PREVIOUS = (
    *("previous rating", "previous overall rating", "rating before", "earlier rating", "former rating", "old rating", "prior rating"),
    *("original rating", "initial rating", "first rating", "starting rating", "from", "before", "was", "previous", "previously", "old"),
)
FIELDS = frozenset((*HEADINGS, "rating", "previous_rating"))
HEADING_WORDS = frozenset((*RATINGS, *PREVIOUS, *(name for names in HEADINGS.values() for name in names)))
# Headings that say so only above a column of words, for "from" and "to" may be dates, places or numbers.
WEAK = frozenset(("to", "after", "now", "new", "current", "latest", "from", "before", "was", "previous", "previously", "old"))
_PLAIN_OUT = re.compile(r"[^\w%]+|_")
_AROUND_ASPECT = re.compile(r"^ratings? |^(?:is|are) (?:the |this )?(?:services?|it|they|trust|provider) |(?: rating| domain)$")


def plain(heading: str) -> str:
    """Return ``heading`` in plain spelling: "Location Post Code" and "location_post_code" are "post code"."""
    words = _PLAIN_OUT.sub(" ", heading.casefold()).split()
    if words[:1] == ["location"] and len(words) > 1:
        del words[0]
    return " ".join(words)


def aspect_of(words: str, aspects: Mapping[str, str]) -> str | None:
    """Return the aspect that a heading or cell names, e.g. "Well-led" for "Well led rating"; ``None`` where it names none.

    ``aspects`` maps plain headings to aspects, beside those that every table may use.
    """
    words = plain(words)
    return aspects.get(words) or _KNOWN_ASPECTS.get(_AROUND_ASPECT.sub("", words))


_KNOWN_ASPECTS = {plain(aspect): aspect for aspect in ASPECTS}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (0-based) holds what. ``doubts`` are reasons why the table can't be read like this."""

    fields: Mapping[str, int]
    ratings: tuple[RatingColumn, ...]
    unused: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    by_values: str | None = None  # the heading of a rating column that only its values told

    @property
    def found(self) -> int:
        """How many columns were recognised."""
        return len(self.fields) + sum(1 + (rating.previous is not None) for rating in self.ratings)

    @property
    def usable(self) -> bool:
        """Whether facts can be read."""
        return "subject" in self.fields and bool(self.ratings) and not self.doubts
