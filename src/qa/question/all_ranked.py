"""What "them" means after a ranking with one winner: all that were ranked, while "it" is the winner."""

from __future__ import annotations

from dataclasses import replace

from qa.question.parse import Parsed
from qa.question.query import Query

_OF_SEVERAL = frozenset(("of them", "of these", "of those"))
_SEVERAL = frozenset("them these they theyre those".split())


def all_ranked(before: Query, parsed: Parsed) -> Query | None:
    """Return the Query of all that ``before`` ranked, for "is any of them below good?", "how many are safe?"
    and "are they all good?" after "which is the oldest?"; ``None`` if the winner is meant."""
    said = [chunk.text for chunk in parsed.chunks if chunk.says("follow", "pronoun")]
    counted = parsed.has("quantifier") or parsed.any("measure", "count", "share")
    plural = _SEVERAL.issuperset(said) and (said or parsed.has("cond"))
    several = not _OF_SEVERAL.isdisjoint(said) or (counted and plural)
    return replace(before, ranks=None, order=None) if several else None
