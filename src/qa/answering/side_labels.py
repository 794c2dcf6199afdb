"""What the sides of a comparison have in common, and the label that tells each from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.context import Context
from qa.answering.english import listed_or
from qa.answering.rating_phrases import is_bare_rating
from qa.answering.wording import condition_phrase, names_of, scope_phrase
from qa.question.query import (
    WHOLE,
    Condition,
    Is,
    Named,
    Near,
    Published,
    Rated,
    conjunction,
    parts_of,
    shared_parts,
)


def side_labels(scopes: Sequence[Condition], context: Context) -> list[str]:
    """Return labels that distinguish several scopes: ``["Kent", "Devon"]``, ``["Safe", "Caring"]``."""
    own = _own(scopes)
    if _differ_in_aspect(own):
        return [str(getattr(part, "aspect", "")) for (part,) in own]
    return [_label(parts, scope, context) for parts, scope in zip(own, scopes, strict=True)]


def shared_scope(scopes: Sequence[Condition]) -> Condition:
    """Return the common conditions of several scopes, including ratings that differ only in the aspect."""
    own = _own(scopes)
    common = [part for part in parts_of(scopes[0]) if part not in own[0]]
    if _differ_in_aspect(own):
        common += [replace(part, aspect=WHOLE) for part in own[0] if isinstance(part, Rated)]
    return conjunction(*common)


def _own(scopes: Sequence[Condition]) -> list[list[Condition]]:
    """Return the conditions of each scope that the scopes do not all share."""
    common = shared_parts(scopes)
    return [[part for part in parts_of(scope) if part not in common] for scope in scopes]


def _differ_in_aspect(own: Sequence[Sequence[Condition]]) -> bool:
    rated = [part for parts in own for part in parts if isinstance(part, Rated)]
    alike = {(part.ratings, part.service, part.when, part.since, part.until) for part in rated}
    return all(len(parts) == 1 for parts in own) and len(rated) == len(own) and len(alike) == 1


def _plain_values(part: Is) -> str:
    """The values of a column by themselves; empty for yes and no, which name nothing."""
    return "" if {value.casefold() for value in part.values} <= _YES_OR_NO else listed_or(part.values)


_YES_OR_NO = frozenset("n no y yes".split())


def _label(parts: Sequence[Condition], scope: Condition, context: Context) -> str:
    if not parts:
        return f"all {scope_phrase(scope, None, context)}"
    if len(parts) > 1:
        return scope_phrase(conjunction(*parts), None, context)
    (part,) = parts
    if isinstance(part, Is) and (label := context.label(part.field, part.values) or _plain_values(part)):
        return label
    if isinstance(part, Named) and part.labels:
        return names_of(part, context.noun)
    if isinstance(part, Rated) and is_bare_rating(part):
        return listed_or(part.ratings)
    if isinstance(part, Near):
        return f"the area {condition_phrase(part, context)}"
    if isinstance(part, Published):
        return condition_phrase(part, context).replace("with a rating", "those", 1)
    return condition_phrase(part, context)
