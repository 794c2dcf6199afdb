"""Places that no column has, other names of places that one has, and names that several places share; from
gazetteer.toml.

Glossary, with example values:

* a *wider place* consists of values of a column: "Greater Manchester" of ten councils, "the North" of three
  regions;
* a *shared name* may mean several places: "Newcastle";
* *values* are the values of a column in the loaded tables, as they are spelled there: ``values("region")``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from qa.language.tokens import key
from qa.question.query import Condition, Is, conjunction

Values: TypeAlias = Callable[[str], Sequence[str]]  # a field → its values in the loaded tables
COUNCIL, REGION, TOWN = "local_authority", "region", "town"
_COLUMNS = 12  # columns whose folded values are cached: three for each corpus that a process may have open


@dataclass(frozen=True, slots=True)
class WiderPlace:
    """A place in a question that consists of ``values`` of ``field`` in the loaded tables.

    ``said`` describes the reading: "Greater Manchester, read as its ten councils". ``lacking`` are its parts
    that the tables don't have. If it is not ``exact``, the values are more or less than was asked for: it may
    be offered but not used for an answer.
    """

    said: str
    field: str
    values: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    exact: bool = True

    @property
    def condition(self) -> Condition:
        """The condition of being in the place."""
        return Is(self.field, self.values)


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """One of the places that share a name: ``said`` distinguishes it from the others."""

    said: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class _Wider:
    said: str
    field: str
    parts: tuple[str, ...]
    exact: bool
    town: bool


@dataclass(frozen=True, slots=True)
class _Shared:
    said: str
    towns: tuple[str, ...]
    councils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names that people use for places; all names are folded (:func:`qa.language.tokens.key`).

    ``also`` maps another name of a value to the value, ``short`` a word to its long form, ``initials`` a word
    to several words. ``newer`` are councils that older tables lack. ``names`` are all that :meth:`find` or
    :meth:`shared` may know.
    """

    also: Mapping[str, str]
    short: Mapping[str, str]
    initials: Mapping[str, tuple[str, ...]]
    newer: frozenset[str]
    _wider: Mapping[str, tuple[_Wider, ...]]
    _shared: Mapping[str, tuple[_Shared, ...]]
    names: frozenset[str]

    def find(self, name: str, values: Values) -> WiderPlace | None:
        """Return what the folded ``name`` consists of, if the tables have part of it and no council or region
        of that name; otherwise ``None``."""
        held = {field: _by_key(tuple(values(field))) for field in (REGION, COUNCIL)}
        if name in self.also:
            return _renamed(self.also[name], held)
        if any(council_key(name) in by_key for by_key in held.values()):
            return None
        places = (
            _resolved(wider, held[wider.field])
            for wider in self._wider.get(name, ())
            if not _gives_way(wider, name, values)
        )
        return next((place for place in places if place is not None), None)

    def shared(self, name: str, values: Values) -> tuple[SharedPlace, ...]:
        """Return the places that the folded ``name`` may mean, if the tables have several of them; otherwise
        an empty tuple."""
        listed = self._shared.get(name, ())
        held = {field: _by_key(tuple(values(field))) for field in (TOWN, COUNCIL)} if listed else {}
        places = tuple(place for shared in listed if (place := _held(shared, held)) is not None)
        return places if len(places) > 1 else ()


@cache
def gazetteer() -> Gazetteer:
    """Return the shipped gazetteer, read once."""
    data = tomllib.loads(files("qa.question").joinpath("gazetteer.toml").read_text(encoding="utf-8"))
    wider: dict[str, tuple[_Wider, ...]] = {}
    for row in data["wider"]:
        for name in map(key, row["names"]):
            wider[name] = (*wider.get(name, ()), _read_wider(row))
    shared = {key(row["name"]): tuple(map(_read_shared, row["places"])) for row in data["shared"]}
    also = {key(name): key(value) for name, value in data["also"].items()}
    initials = {short: tuple(long.split()) for short, long in data["initials"].items()}
    names = frozenset((*also, *wider, *shared))
    return Gazetteer(also, data["short"], initials, frozenset(data["newer"]), wider, shared, names)


@cache
def places_elsewhere() -> frozenset[str]:
    """Return the names of places that few tables have, in lower case; such a name is never ignored
    silently."""
    lines = files("qa.question").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(key(line) for line in lines if line and not line.startswith("#"))


def council_key(name: str) -> str:
    """Return the key of a council's name without "City of" and "County of"; ``County Durham`` keeps its
    own."""
    folded = key(name)
    for form in ("city of ", "county of "):
        folded = folded.removeprefix(form) if folded != "city of london" else folded
        folded = folded.removesuffix(f" {form.strip()}")
    return folded


def _read_wider(row: Mapping[str, Any]) -> _Wider:
    field = COUNCIL if "councils" in row else REGION
    parts = tuple(row["councils"] if field == COUNCIL else row["regions"])
    return _Wider(row["said"], field, parts, row.get("exact", True), row.get("town", False))


def _read_shared(row: Mapping[str, Any]) -> _Shared:
    return _Shared(row["said"], tuple(row.get("towns", ())), tuple(row.get("councils", ())))


@lru_cache(maxsize=_COLUMNS)
def _by_key(values: tuple[str, ...]) -> Mapping[str, str]:
    return {council_key(value): value for value in values}


@lru_cache(maxsize=_COLUMNS)
def _keys(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, values))


def _renamed(value: str, held: Mapping[str, Mapping[str, str]]) -> WiderPlace | None:
    """Return the region or council that ``value`` is the key of."""
    return next(
        (
            WiderPlace(by_key[value], field, (by_key[value],))
            for field, by_key in held.items()
            if value in by_key
        ),
        None,
    )


def _gives_way(wider: _Wider, name: str, values: Values) -> bool:
    return wider.town and name in _keys(tuple(values(TOWN)))


def _resolved(wider: _Wider, by_key: Mapping[str, str]) -> WiderPlace | None:
    keys = {part: council_key(part) for part in wider.parts}
    found = tuple(by_key[keys[part]] for part in wider.parts if keys[part] in by_key)
    lacking = tuple(part for part in wider.parts if keys[part] not in by_key)
    return WiderPlace(wider.said, wider.field, found, lacking, wider.exact) if found else None


def _held(shared: _Shared, held: Mapping[str, Mapping[str, str]]) -> SharedPlace | None:
    """Return the place if the tables have the towns and councils that it names."""
    conditions = []
    for field, names in ((TOWN, shared.towns), (COUNCIL, shared.councils)):
        values = tuple(
            dict.fromkeys(
                held[field][council_key(name)] for name in names if council_key(name) in held[field]
            )
        )
        if names and not values:
            return None
        if names:
            conditions.append(Is(field, values))
    return SharedPlace(shared.said, conjunction(*conditions))
