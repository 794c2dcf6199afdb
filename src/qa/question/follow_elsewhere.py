""" "Is there one elsewhere?" after a question about a place: everywhere but there."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.families import family
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of


def elsewhere(before: Query, parsed: Parsed) -> Query:
    """If a fragment says "elsewhere", return the Query before for everywhere except its place; otherwise
    return the same Query. Without a place before it, the word stays left out."""
    said = [chunk for chunk in parsed.left_out if chunk.says("follow", "elsewhere")]
    where = _place_of(before)
    if not said or not where or _names_other(parsed):
        return before
    for chunk in said:
        chunk.use("scope")
        parsed.left_out.remove(chunk)
    rest = (one for one in parts_of(before.scope) if one not in where)
    return replace(before, scope=conjunction(*rest, q.Not(conjunction(*where))))


def took_elsewhere(parsed: Parsed) -> bool:
    """True if a fragment says "elsewhere" and :func:`elsewhere` has read it."""
    return any(one.says("follow", "elsewhere") and one.used for one in parsed.chunks)


def _place_of(query: Query) -> list[Condition]:
    """The place conditions of a Query; none if it compares or excludes places."""
    where = [one for one in parts_of(query.scope) if family(one) == "where"]
    return [] if query.against or any(isinstance(one, q.Not) for one in where) else where


def _names_other(parsed: Parsed) -> bool:
    """True for "elsewhere in Kent", and for "do they have homes elsewhere?", which asks about an owner;
    "what is it elsewhere?" does not."""
    pronouns = (one for one in parsed.chunks if one.says("follow", "pronoun", "person"))
    return parsed.has("where") or any(one.text != "it" for one in pronouns)
