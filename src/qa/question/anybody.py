"""“… and is there any that …?” after a ranking, which asks about everything that was ranked, not about the
winner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.parse import Parsed, parse
from qa.question.query import Claim, Condition, Having, Is, Query, conjunction, parts_of
from qa.question.vocabulary import Vocabulary
from qa.question.winners import are_of_a_column

_HAVING = frozenset("got had has have having own owns run runs with without".split())
_ONE = frozenset(("any", "any at all", "any one", "anybody", "anyone", "one", "somebody", "someone"))
_SMALL = frozenset("and but so that which who whos".split())


@dataclass(frozen=True, slots=True)
class Anybody:
    """What such a question is about: the ``scope`` of the ranking or, for its groups, ``query``. With
    neither, the meaning of the words ``lost`` is unknown."""

    scope: Query | None = None
    query: Query | None = None
    lost: str = ""


def of_anybody(before: Query | None, parsed: Parsed, text: str, vocabulary: Vocabulary) -> Anybody | None:
    """Return what “is there any that …?” asks about everything that ``before``, a ranking, ranks; ``None``
    for any other question."""
    if before is None or not _is_ranking(before) or (one := _somebody(parsed)) is None:
        return None
    if not _has_something(parsed, one):
        return Anybody(scope=Query(before.scope, before.measure if before.by else q.Ratings()))
    if not are_of_a_column(before) or not isinstance(before.measure, q.Count):
        return Anybody(lost=_behind(parsed, one)) if before.by else None
    query = _with_none(before, parsed, one, vocabulary) or _of_groups(before, parsed, one, text, vocabulary)
    if query is None:
        return Anybody(lost=_behind(parsed, one))
    for chunk in parsed.chunks:
        chunk.use("claim")
    return Anybody(query=query)


def _is_ranking(query: Query) -> bool:
    """True if a Query asks which places or groups come first."""
    ranks = query.order is not None and query.ranks is not None
    return ranks and query.claim is None and query.across is None


def _somebody(parsed: Parsed) -> Chunk | None:
    """Return the “any” or “one” of “is there any that” or “does anyone have”, if no noun comes after it."""
    if not parsed.yes_no or parsed.any("follow", "pronoun"):
        return None
    one = next((chunk for chunk in parsed.chunks if chunk.text in _ONE), None)
    return one if one is not None and _opens(parsed, one) and _goes_on(parsed, one) else None


def _opens(parsed: Parsed, one: Chunk) -> bool:
    """True if nothing but small words come before ``one``."""
    return all(chunk.kind == "function" or chunk.text == "there" for chunk in _ahead(parsed, one))


def _goes_on(parsed: Parsed, one: Chunk) -> bool:
    """True if right after ``one`` it is said what it has or, after “is there”, which one it is."""
    behind = parsed.chunks.after(one)
    if behind is None:
        return False
    if behind.text in _HAVING:
        return True
    return behind.text.startswith(_THAT) and any(chunk.text == "there" for chunk in _ahead(parsed, one))


def _ahead(parsed: Parsed, one: Chunk) -> list[Chunk]:
    return [chunk for chunk in parsed.chunks[: parsed.chunks.index(one)] if chunk.text not in _SMALL]


_THAT = ("that", "which", "who", "without")


def _has_something(parsed: Parsed, one: Chunk) -> bool:
    """True for words about groups with places in them: “with none”, “that runs more than ten”."""
    behind = [chunk for chunk in parsed.chunks if chunk.start >= one.end and chunk.text not in _SMALL]
    return bool(behind) and behind[0].text.split()[0] in _HAVING


def _behind(parsed: Parsed, one: Chunk) -> str:
    return parsed.annotated.typed(one.start, parsed.chunks[-1].end)


def _with_none(before: Query, parsed: Parsed, one: Chunk, vocabulary: Vocabulary) -> Query | None:
    """Return the groups without any of the counted places: “any with none”, “any without one”."""
    behind = [chunk.text for chunk in parsed.chunks if chunk.start >= one.end and chunk.text not in _SMALL]
    words = " ".join(behind).split()
    without = words[:1] == ["without"] and words[1:] in (["one"], ["any"], ["a", "single", "one"])
    if not without and words[1:] not in (["none"], ["none", "at", "all"]):
        return None
    having = (Having(q.NONE, conjunction(*_parts(before, vocabulary, places=False))),)
    return _claimed(before, conjunction(*_parts(before, vocabulary, places=True)), having)


def _of_groups(before: Query, parsed: Parsed, one: Chunk, text: str, vocabulary: Vocabulary) -> Query | None:
    """Return the Query of “anyone with more than ten inadequate”, with what is ranked in place of
    “anyone”."""
    words = parsed.annotated.words
    label = next((held.label for held in vocabulary.fields if held.name == before.by[0]), "")
    start, end = words[one.start].start, words[one.end - 1].end
    whole = parse(f"{text[:start]}any {label}{text[end:]}", vocabulary)
    if whole.left_out or len(whole.queries) != 1 or not label:
        return None
    (query,) = whole.queries
    if query.by != before.by or query.claim is None or not query.having:
        return None
    told = _still_told(whole, _parts(before, vocabulary, places=False))
    places = _parts(before, vocabulary, places=True)
    if all(having.quantifier.low for having in query.having):
        return replace(query, scope=conjunction(*places, *told, query.scope))
    having = tuple(replace(one, condition=conjunction(*told, one.condition)) for one in query.having)
    return replace(query, scope=conjunction(*places, query.scope), having=having)


def _still_told(whole: Parsed, told: list[Condition]) -> list[Condition]:
    """The conditions on the subjects ranked before that still apply: none if the question names a kind
    itself, only their columns if it says how they are rated."""
    if _names_a_kind(whole):
        return []
    return [part for part in told if isinstance(part, Is)] if whole.has("cond") else told


def _names_a_kind(parsed: Parsed) -> bool:
    kinds = [kind for chunk in parsed.chunks if chunk.kind == "kind" for kind in chunk.value]
    return any(kind.field for kind in kinds)


def _parts(before: Query, vocabulary: Vocabulary, *, places: bool) -> list[Condition]:
    """Return the parts of a scope about the place or owner of subjects, or those about the subjects
    themselves."""
    fields = {"provider", "brand", *(one.name for one in vocabulary.fields if one.place)}

    def says_where(part: Condition) -> bool:
        return isinstance(part, q.Postcode) or (isinstance(part, Is) and part.field in fields)

    return [part for part in parts_of(before.scope) if says_where(part) == places]


def _claimed(before: Query, scope: Condition, having: tuple[Having, ...]) -> Query:
    return Query(scope, q.Count(), before.by, having, claim=Claim(q.ANY, q.EVERYTHING))
