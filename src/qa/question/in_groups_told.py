"""Follow-ups about what is in the groups that were told: "how many of these homes are good?" after "which
towns have more than two homes?"."""

from __future__ import annotations

from qa.question.families import is_rating
from qa.question.leaning import points
from qa.question.parse import Parsed
from qa.question.query import Is, Query, conjunction, parts_of
from qa.question.vocabulary import Vocabulary
from qa.question.winners import MOST_GROUPS, are_of_a_column, group_labels, of_the_first

_THESE = frozenset(("these", "those"))


def of_told_first(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """Return ``before`` as a Query about what came first in it, or what is in the groups that it told, if
    ``parsed`` asks more about that; otherwise ``None``."""
    return of_the_first(before, parsed, vocabulary) or _in_groups(before, parsed, vocabulary)


def is_in_no_group(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True for a question about "these homes" if no group was told, or too many to count in."""
    return _goes_on(before, parsed) and not 0 < len(group_labels(before, vocabulary)) <= MOST_GROUPS


def _in_groups(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    if not _goes_on(before, parsed):
        return None
    named = group_labels(before, vocabulary)
    if not 0 < len(named) <= MOST_GROUPS:
        return None
    return Query(conjunction(before.scope, Is(before.by[0], named)), before.measure)


def _goes_on(before: Query, parsed: Parsed) -> bool:
    """True if a question is about what is in the groups before, or about "these towns", instead of a ranking
    of them."""
    said = parsed.any("measure", "count", "share") or _says_these(parsed, "kind")
    again = parsed.has("by") or any(chunk.kind == "field" and chunk.used == "by" for chunk in parsed.chunks)
    about = said and points(parsed) and (not again or _says_these(parsed, "field"))
    return about and _tells_some(before) and not parsed.any("super", "most", "least")


def _tells_some(before: Query) -> bool:
    """True for groups that were told because of a condition on each, or of a rating that each has."""
    whole = before.ranks is None and not (before.claim or before.across or before.against)
    rated = any(is_rating(part) for part in parts_of(before.scope))
    return whole and (bool(before.having) or rated) and are_of_a_column(before)


def _says_these(parsed: Parsed, kind: str) -> bool:
    """True for "these homes", "which of those surgeries"; or, with "field", "these towns"."""
    pairs = zip(parsed.chunks, parsed.chunks[1:], strict=False)
    return any(
        one.says("follow", "pronoun") and one.text.split()[-1] in _THESE and noun.kind == kind
        for one, noun in pairs
    )
