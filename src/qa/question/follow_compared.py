"""The figure before beside another: "is that share worse than Barchester's?", "does any other council have
more?"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of
from qa.question.families import as_share, family, is_rating
from qa.question.follow_beside import says_match
from qa.question.parse import Parsed
from qa.question.query import Condition, Is, Query, conjunction, parts_of
from qa.question.vocabulary import Vocabulary

_THAT = frozenset("compare follow function measure or quality rated versus".split())
_ANY_OTHER = frozenset("compare field follow function measure quality quantifier versus".split())


def figure_beside(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """Return the Query that sets the figure before beside the same of another place, owner or kind, or that
    asks which group has the most; ``None`` for any other question."""
    if not isinstance(before.measure, q.Count | q.Share) or before.by or before.claim or before.across:
        return None
    return _beside_another(before, parsed, vocabulary) or _beside_any_other(before, parsed)


def _beside_another(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """ "Is that percentage higher than for hospitals?", "does the North East beat that?" """
    said = [*_better(parsed), *filter(says_match, parsed.chunks)]
    heads = _named(parsed)
    if len(said) != 1 or len(heads) != 1 or before.against or not _says_that(parsed, heads[0]):
        return None
    other = condition_of(heads[0], vocabulary)
    if other is None or other in parts_of(before.scope):
        return None
    for chunk in (*said, *parsed.chunks.of("measure")):
        chunk.use("against")
    query = _share_of_rated(before) if parsed.any("measure", "share") else before
    asked = _instead(parts_of(query.scope), other, vocabulary.place_fields)
    return replace(query, against=(asked,), relation="compare")


def _named(parsed: Parsed) -> list[Chunk]:
    return [one for one in parsed.chunks if one.kind in _HEADS and not one.out]


_HEADS = ("where", "provider", "kind")


def _better(parsed: Parsed) -> list[Chunk]:
    return [one for one in parsed.chunks if one.says("versus", "better", "worse")]


def _says_that(parsed: Parsed, head: Chunk) -> bool:
    """True for a question about "that" and one other thing, and nothing more."""
    pointed = any(word.text == "that" for word in parsed.annotated.words)
    return pointed and all(one.kind in _THAT or one is head for one in parsed.chunks)


def _share_of_rated(before: Query) -> Query:
    """The share of what was counted: those with the rating, of all there are."""
    told = [one for one in parts_of(before.scope) if is_rating(one)]
    return before if isinstance(before.measure, q.Share) or not told else as_share(before, told)


def _instead(parts: Sequence[Condition], other: Condition, places: Collection[str]) -> Condition:
    """The scope with ``other`` in place of what it is of the same sort as: another owner, kind or place."""
    sort = _sort(other, places)
    return conjunction(*(one for one in parts if _sort(one, places) != sort), other)


def _sort(condition: Condition, places: Collection[str]) -> str:
    if isinstance(condition, Is) and condition.field in places:
        return "where"
    return "provider" if family(condition) == "brand" else family(condition)


def _beside_any_other(before: Query, parsed: Parsed) -> Query | None:
    """ "Does any other council have more?" after a figure of one council: which council has the most."""
    more = [*(one for one in parsed.chunks if one.says("compare", "more", "fewer")), *_better(parsed)]
    own = _of_one_group(before, parsed)
    if len(more) != 1 or own is None or not parsed.yes_no or not _only_any_other(parsed):
        return None
    for chunk in (*more, *parsed.chunks.saying("measure", "share")):
        chunk.use("order")
    scope = conjunction(*(one for one in parts_of(before.scope) if one != own))
    order = q.Order("figure", more[0].value in ("more", "better"))
    query = Query(scope, before.measure, (own.field,), order=order, ranks=(1, 1))
    counted = more[0].kind == "compare" and not parsed.any("measure", "share")
    return _as_count(query) if counted else query  # "have more", not "have a higher share"


def _as_count(query: Query) -> Query:
    """The number of those that a share is of."""
    if not isinstance(query.measure, q.Share):
        return query
    return replace(query, scope=conjunction(query.scope, query.measure.of), measure=q.Count())


def _only_any_other(parsed: Parsed) -> bool:
    return all(one.kind in _ANY_OTHER for one in parsed.chunks)


def _of_one_group(before: Query, parsed: Parsed) -> Is | None:
    """The one value of the column that the question names: "council" after a figure of Devon."""
    fields = [one.value for one in parsed.chunks if one.kind == "field"]
    values = (one for one in parts_of(before.scope) if isinstance(one, Is) and len(one.values) == 1)
    return next((one for one in values if [(one.field,)] == fields), None)
