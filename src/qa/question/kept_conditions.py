"""Which conditions of the Query before a fragment keeps, and which ones it replaces."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from qa.question import query as q
from qa.question.families import families, family
from qa.question.following_measure import is_replaced
from qa.question.leaning import says_everywhere
from qa.question.parse import Parsed
from qa.question.query import Condition

_OWNERS = frozenset(("provider", "brand"))


def kept_conditions(
    old: Sequence[Condition], own: Sequence[Condition], parsed: Parsed, places: Collection[str]
) -> list[Condition]:
    """Return the earlier conditions that still apply: those whose family is not mentioned again. Place
    conditions are dropped if a subject is named."""
    denied = [one for one in own if isinstance(one, q.Not)]  # "without Bradford" narrows the place before
    meant = [one for one in own if one not in denied]
    elsewhere = any(_is_place(one, places) for one in meant)
    if elsewhere:
        old = [one for one in old if not _is_in_own_column(one, places)]
    own_families = families(own)
    if "subject" in own_families and "subject" in families((*meant, *old)):
        return _dates_of(old, own_families)  # "other than Oxleas" narrows a list
    replaced = _replaced(own_families, parsed) | ({"where"} if elsewhere else set())
    return _not_replaced(old, replaced - families(denied), own, parsed)


def _dates_of(old: Sequence[Condition], said: Collection[str]) -> list[Condition]:
    """The earlier condition on the date, unless the fragment has one."""
    return [] if "published" in said else [one for one in old if family(one) == "published"]


def _not_replaced(
    old: Sequence[Condition], replaced: Set[str], own: Sequence[Condition], parsed: Parsed
) -> list[Condition]:
    """The earlier conditions whose families are not replaced. The subject goes as well if the place, kind or
    owner is replaced."""
    kept = [one for one in old if _still_applies(one, replaced, own, parsed)]
    if replaced & {"where", "kind", "provider"}:
        kept = [one for one in kept if family(one) != "subject"]
    return kept


def _is_place(condition: Condition, places: Collection[str]) -> bool:
    return family(condition) == "where" or _is_in_own_column(condition, places)


def _is_in_own_column(condition: Condition, places: Collection[str]) -> bool:
    """True for a place in one of the table's own columns, given as ``places``."""
    return isinstance(condition, q.Is) and condition.field in places


def _replaced(said: set[str], parsed: Parsed) -> set[str]:
    """The families that a fragment replaces; ``said`` are those that it mentions."""
    if means_everywhere(parsed) and "where" not in said:
        said = said | {"where", "provider", "brand", "subject"}
    if said & _OWNERS and not parsed.any("follow", "pronoun"):
        return said | _OWNERS  # both say who owns it: "Springcare's homes" – "and Larkmoor's?"
    return said


def _still_applies(
    condition: Condition, replaced: Collection[str], own: Sequence[Condition], parsed: Parsed
) -> bool:
    about = family(condition)
    if about not in replaced:
        return True
    return about == "rated" and not any(is_replaced(condition, by, parsed) for by in own)


def means_everywhere(parsed: Parsed) -> bool:
    """True for "… and nationally?" and "and in England?", which repeat the question for all places in the
    tables."""
    if parsed.has("where", "subject", "provider"):
        return False
    return says_everywhere(parsed)
