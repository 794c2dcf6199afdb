"""Everything that questions need of the names in the tables, as arrays: made when an index is built, kept in
it, and mapped from there, so that opening an index reads no row of a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from qa.engines import pack
from qa.engines.keyed import Counts, Lists
from qa.engines.pack import Parts, nested, within
from qa.engines.strings import Numbered
from qa.facts import FIELDS, FactStore
from qa.question.mentions import Phrases
from qa.question.name_index import OF_KIND, Entries, Places, place_fields, subject_entries, value_entries
from qa.question.name_kinds import NameKinds
from qa.question.name_words import Spellings, forms_of
from qa.question.owners import OwnerForms

OWNERS = ("provider", "brand")
# Fields that are kept alike, and how they are made of their parts.
_WHOLES: Mapping[str, Callable[[Parts], Any]] = {
    "places": Places.of_parts,
    "kinds": NameKinds,
    "run_by": Lists.of_parts,
    "spellings": Spellings.of_parts,
    "phrases": Phrases.of_parts,
    "identifiers": Lists.of_parts,
    "code_lengths": Counts.of_parts,
    "first_words": Numbered.of_parts,
    "postcodes": Numbered.of_parts,
    "areas": Numbered.of_parts,
}
_OF_A_SUBJECT = (*OWNERS, *OF_KIND)  # columns beside those of its address


@dataclass(frozen=True, slots=True, eq=False)
class NameTables:
    """The names of one store; immutable, shared by threads."""

    sorts: Mapping[str, Entries]  # of "subject", "provider" and "brand"
    places: Places
    kinds: NameKinds
    run_by: Lists  # the name of an owner, also in its shorter forms → the entries of what it runs
    owner_forms: Mapping[str, OwnerForms]
    spellings: Spellings  # of the words of all names
    phrases: Phrases
    identifiers: Lists  # identifiers in lower case → the numbers of their subjects
    code_lengths: Counts  # how many of them are a number of so many digits
    first_words: Numbered  # of the names of subjects
    postcodes: Numbered  # in capitals
    areas: Numbered  # the areas, districts and sectors of the postcodes, in lower case

    @classmethod
    def of(cls, store: FactStore) -> NameTables:
        """Make them of a store."""
        cells = _Cells(store)
        subjects = subject_entries(store.cells("name"), cells.of_subjects())
        sorts = {"subject": subjects} | {field: value_entries(cells.of(field)) for field in OWNERS}
        places = Places.of(cells.of_places())
        forms = lru_cache(None)(forms_of)  # for owners, which are fewer than places
        return cls(
            sorts,
            places,
            NameKinds.of(subjects, [one.name for one in store.fields]),
            _run_by(subjects, forms),
            {field: OwnerForms.of(field, sorts[field], forms) for field in OWNERS},
            Spellings.of({word for entries in sorts.values() for word in entries.holders}),
            Phrases.of(sorts, places),
            *_identifiers(store),
            Numbered.of(sorted({name.split()[0] for name in subjects.names if name})),
            *_postcodes(store),
        )

    def parts(self) -> Parts:
        """Return the arrays of which they consist."""
        return nested(
            sorts=nested(**{name: entries.parts() for name, entries in self.sorts.items()}),
            owner_forms=nested(**{field: forms.forms.parts() for field, forms in self.owner_forms.items()}),
            **{name: getattr(self, name).parts() for name in _WHOLES},
        )

    def save(self, path: Path) -> None:
        """Write them into a file."""
        pack.write(path, self.parts())

    @classmethod
    def load(cls, path: Path) -> NameTables:
        """Map what was saved. Raises OSError or ValueError if it is missing or incomplete."""
        parts = pack.read(path)
        sorts = {name: Entries(within(parts, f"sorts/{name}")) for name in ("subject", *OWNERS)}
        forms = {
            field: OwnerForms(Lists.of_parts(within(parts, f"owner_forms/{field}")), sorts[field].values)
            for field in OWNERS
        }
        wholes = {name: made(within(parts, name)) for name, made in _WHOLES.items()}
        return cls(sorts=sorts, owner_forms=forms, **wholes)


class _Cells:
    """The columns of a store's subjects, each read once."""

    def __init__(self, store: FactStore) -> None:
        self._fields = store.fields
        self.of = lru_cache(None)(lambda field: store.cells(field) if field in FIELDS else [])

    def of_subjects(self) -> dict[str, list[str]]:
        """The columns of addresses, owners and kinds."""
        wanted = [one.name for one in self._fields if one.address or one.name in _OF_A_SUBJECT]
        return {field: column for field in wanted if (column := self.of(field))}

    def of_places(self) -> dict[str, list[str]]:
        """The distinct values of the columns of places, those of precedence first."""
        return {
            field: list(filter(None, dict.fromkeys(self.of(field)))) for field in place_fields(self._fields)
        }


def _run_by(subjects: Entries, forms_of: Callable[[str], set[str]]) -> Lists:
    """Map the name of each owner, also in its shorter forms, to the entries that it runs."""
    held: dict[str, list[int]] = {}
    for field in OWNERS:
        for entry, name in enumerate(subjects.columns.get(field, ())):
            held.setdefault(name, []).append(entry)
    held.pop("", None)
    found: dict[str, list[int]] = {}
    for name, entries in held.items():
        for form in forms_of(name):
            found.setdefault(form, entries)
    return Lists.of(found)


def _identifiers(store: FactStore) -> tuple[Lists, Counts]:
    found: dict[str, list[int]] = {}
    for number, identifier in store.identifiers():
        found.setdefault(identifier.casefold(), []).append(number)
    return Lists.of(found), Counts.of(Counter(str(len(code)) for code in found if code.isdigit()))


def _postcodes(store: FactStore) -> tuple[Numbered, Numbered]:
    """Return the postcodes, and their areas."""
    postcodes = store.values("postcode")
    areas = {area for postcode in postcodes for area in _areas(postcode)}
    return Numbered.of(sorted(set(map(str.upper, postcodes)))), Numbered.of(sorted(areas))


def _areas(postcode: str) -> Iterator[str]:
    """The area, the district, whole and undivided, and the sector of a postcode: sw, sw1a, sw1, "sw1a 1"."""
    outward, _, inward = postcode.casefold().partition(" ")
    letters = outward.rstrip("0123456789") if outward[-1:].isdigit() else outward[:-1].rstrip("0123456789")
    undivided = outward[:-1] if outward[-1:].isalpha() else outward
    yield from (outward, undivided, letters, f"{outward} {inward[:1]}")
