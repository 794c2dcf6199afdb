"""What a condition is about, and the order in which conditions are said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from qa.fields import FIELDS
from qa.question import query as q
from qa.question.query import Condition, Query, conjunction, parts_of

_FAMILIES: dict[type, str] = {
    q.Named: "subject",
    q.Postcode: "where",
    q.Near: "where",
    q.Rated: "rated",
    q.RatedFor: "rated",
    q.AspectAgainst: "rated",
    q.RatedAgainst: "rated",
    q.Unrated: "rated",
    q.Moved: "moved",
    q.Happened: "moved",
    q.Dated: "dated",
    q.Closed: "closed",
    q.Published: "published",
    q.NameHas: "name",
    q.Measured: "measured",
}
_PLACES = frozenset(("address", *(field.name for field in FIELDS if field.place)))
_KINDS = frozenset(("kind", "care_home", "type", "noun"))


def family(condition: Condition) -> str:
    """Return what a condition is about: conditions of one family replace each other."""
    if isinstance(condition, q.Not):
        return family(condition.part)
    if isinstance(condition, q.Or | q.And):
        about = families(condition.parts)
        return about.pop() if len(about) == 1 else "mixed"
    if isinstance(condition, q.Is):
        return (
            "where"
            if condition.field in _PLACES
            else "kind"
            if condition.field in _KINDS
            else condition.field
        )
    return _FAMILIES[type(condition)]


def is_rating(condition: Condition) -> bool:
    """True if a condition is about ratings or how they changed."""
    return family(condition) in ("rated", "moved")


def names_somebody(query: Query) -> bool:
    """True if a Query asks about subjects by name."""
    return any(isinstance(part, q.Named) for part in parts_of(query.scope))


def saying_order(condition: Condition) -> int:
    """Sort key for the conditions of a scope: subjects, kinds, owners, places, the rest."""
    ranks = {"subject": 0, "kind": 1, "provider": 2, "where": 3}
    return ranks.get(family(condition), 4)


def in_saying_order(*conditions: Condition) -> Condition:
    """Return the conjunction of conditions in the order in which they are said."""
    return conjunction(*sorted(conditions, key=saying_order))


def families(conditions: Iterable[Condition]) -> set[str]:
    """Return the families of these conditions."""
    return set(map(family, conditions))


def as_share(query: Query, told: Collection[Condition]) -> Query:
    """Return ``query`` for the share of subjects that meet the conditions ``told``, which are part of its
    scope, instead of their number."""
    rest = conjunction(*(one for one in parts_of(query.scope) if one not in told))
    return replace(query, scope=rest, measure=q.Share(conjunction(*told)))


def arranged(query: Query) -> Query:
    """Return ``query`` with the conditions of its scopes in the order in which they are said."""
    if not any(isinstance(scope, q.And) for scope in (query.scope, *query.against)):
        return query
    scopes = [_arranged(scope) for scope in (query.scope, *query.against)]
    return replace(query, scope=scopes[0], against=tuple(scopes[1:]))


def _arranged(scope: Condition) -> Condition:
    return in_saying_order(*parts_of(scope)) if isinstance(scope, q.And) and scope.parts else scope
