"""The fields of a rated subject: one table, from which every list of fields is derived.

A table may bring columns that nobody foresaw. They are kept under their own headings, as :class:`Field`
records made by :func:`own_field`, and can be asked like the fields below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["category", "number", "date", "yesno"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a subject.

    ``name`` is how programs write it, ``label`` what people call it (one of them), ``plural`` several.
    ``words`` are further names that people use. A *place* can be asked for by its values ("in Leeds"); an
    *address* field is part of where a subject is; a *named* field's values may stand alone in a question
    ("HC-One").
    """

    name: str
    label: str
    plural: str
    type: FieldType = "category"
    words: tuple[str, ...] = ()
    place: bool = False
    address: bool = False
    named: bool = False
    own: bool = False  # a column of the loaded table itself, under its own heading


FIELDS = (
    Field("identifier", "identifier", "identifiers", words=("location id", "id")),
    Field(
        "kind",
        "kind of service",
        "kinds of service",
        words=("category", "service type", "sector"),
        named=True,
    ),
    Field("type", "type of place", "types of place", words=("location type",)),
    Field("care_home", "care home", "care homes", type="yesno"),
    Field(
        "provider",
        "provider",
        "providers",
        words=("company", "operator", "organisation", "owner", "chain", "trust"),
        named=True,
    ),
    Field("provider_identifier", "provider identifier", "provider identifiers"),
    Field("brand", "brand", "brands", words=("brand name", "chain", "group"), named=True),
    Field("street", "street", "streets", address=True),
    Field("address", "second address line", "second address lines", address=True, place=True, named=True),
    Field(
        "town",
        "town",
        "towns",
        words=("city", "postal town", "village"),
        place=True,
        address=True,
        named=True,
    ),
    Field("postcode", "postcode", "postcodes", address=True),
    Field(
        "local_authority",
        "council",
        "councils",
        words=("local authority", "council area", "borough", "county"),
        place=True,
        address=True,
        named=True,
    ),
    Field("region", "region", "regions", place=True, address=True, named=True),
    Field("status", "registration status", "registration statuses", words=("registered status",)),
    Field(
        "opened",
        "opening date",
        "opening dates",
        type="date",
        words=("registration date", "start date", "date it opened"),
    ),
    Field(
        "closed",
        "closing date",
        "closing dates",
        type="date",
        words=("deregistration date", "end date", "date it closed"),
    ),
    Field(
        "predecessor",
        "predecessor",
        "predecessors",
        words=("former name", "previous name", "old name", "earlier name"),
    ),
    Field("successor", "successor", "successors", words=("new name", "later name")),
    Field("inherited", "inherited rating", "inherited ratings", type="yesno"),
)
BY_NAME = {field.name: field for field in FIELDS}
PLACE_FIELDS = tuple(field.name for field in FIELDS if field.place)


# A table's own column is a place if its heading ends in one of these words, or in one of them and "name".
PLACE_HEADINGS = frozenset(
    (
        *(
            "area",
            "borough",
            "ccg",
            "city",
            "constituency",
            "country",
            "county",
            "district",
            "division",
            "icb",
            "lad",
            "locality",
        ),
        *("lsoa", "msoa", "neighbourhood", "parish", "region", "suburb", "village", "ward", "zone"),
    )
)


_CLOSED = frozenset("archived ceased closed deactivated deregistered dereg dissolved inactive".split())
_STILL_OPEN = ("open", "proposed", "not")


def says_closed(status: str) -> bool:
    """Return whether the words of a registration's status say that it has ended: "Deregistered",
    "Inactive-Dereg".
    """
    words = "".join(letter if letter.isalpha() else " " for letter in status.casefold()).split()
    return not _CLOSED.isdisjoint(words) and not words[0].startswith(_STILL_OPEN)


# Words before such a word that add nothing to it: "electoral ward", "parliamentary constituency".
_SAID_BEFORE = {
    "constituency": ("electoral", "parliament", "parliamentary", "westminster"),
    "district": ("council", "local authority"),
    "division": ("electoral",),
    "parish": ("civil",),
    "ward": ("council", "electoral", "local"),
}


def own_field(heading: str, name: str, type: FieldType = "category", *, place: bool = False) -> Field:
    """Return the field of a table's own column: ``heading`` as the table has it, ``name`` its folded form
    with underscores.
    """
    label = " ".join(heading.replace("_", " ").split())
    words = tuple(
        f"{before} {one}" for one in label.casefold().split() for before in _SAID_BEFORE.get(one, ())
    )
    return Field(
        name, label, plural_of(label), type, words=words if place else (), place=place, named=place, own=True
    )


def plural_of(label: str) -> str:
    """Return the plural of a field's label: ``ward`` → ``wards``, ``county`` → ``counties``."""
    if label.endswith("y") and label[-2:-1] not in tuple("aeiou"):
        return f"{label[:-1]}ies"
    return label if label.endswith("s") else f"{label}s"


def by_name(fields: Sequence[Field], name: str) -> Field:
    """Return the field of this name. Raises KeyError if there is none."""
    return next((field for field in fields if field.name == name), None) or BY_NAME[name]
