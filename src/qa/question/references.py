"""What a follow-up refers to (the owner of the place before, the rest of a place, what an answer stated), and
whether it refers to anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk, Chunks, unique
from qa.question.families import names_somebody
from qa.question.parse import Parsed
from qa.question.parts import Meant
from qa.question.query import Condition, Named, Query, conjunction, parts_of
from qa.question.vocabulary import Vocabulary

_OWNERS = frozenset("they them their theirs theyve".split())
_SEVERAL = frozenset("them these they theyre theyve those their theirs ones homes each".split())
_AT_END = ("it", "them", "each")  # "who runs it"
_DEFINITE = ("the", "that", "this", "same")
_FEW = 50  # "they" may be everything in a table with at most this many subjects


def owner_of(before: Query | None, vocabulary: Vocabulary) -> Meant | None:
    """Return the owner that the Query before asked for: "they" in "what do they run?"."""
    if before is None or not isinstance(before.measure, q.Values) or "provider" not in before.measure.fields:
        return None
    named = next((part for part in parts_of(before.scope) if isinstance(part, Named)), None)
    held = vocabulary.store.subjects(named.subjects) if named is not None else []
    owners = unique(subject.attributes.get("provider") for subject in held)
    return Meant("provider", values=owners) if len(owners) == 1 and owners[0] else None


def of_the_others(parsed: Parsed, queries: Sequence[Query], before: Sequence[Query]) -> Sequence[Query]:
    """Return ``queries`` without the one place asked about before if the question says "other": "were there
    other inadequate homes in Kent?". Those of any other question are returned as they are."""
    other = any(chunk.text == "other" and chunk.kind == "function" for chunk in parsed.chunks)
    named = _only_one_named(before) if other else None
    if named is None:
        return queries
    return [
        query
        if query.prose is not None or names_somebody(query) or q.Not(named) in parts_of(query.scope)
        else replace(query, scope=conjunction(query.scope, q.Not(named)))
        for query in queries
    ]


def _only_one_named(queries: Sequence[Query]) -> Named | None:
    """The condition of the last Query that names one place, if it names no other."""
    named = [part for part in parts_of(queries[-1].scope) if isinstance(part, Named)] if queries else []
    return named[0] if len(named) == 1 and len(named[0].subjects) == 1 else None


def speaks_of_owner(parsed: Parsed) -> bool:
    """True if "they" run or have places: "how many do they run?", "which of their homes", "any of theirs"."""
    said = {word for chunk in parsed.chunks if chunk.kind == "follow" for word in chunk.text.split()}
    several = any(chunk.kind == "kind" and chunk.text.endswith("s") for chunk in parsed.chunks)
    runs = several or parsed.has("run_by") or parsed.any("measure", "count")
    return "theirs" in said or (runs and not _OWNERS.isdisjoint(said))


_ASKING = frozenset("do does is say".split())


def points_at_nobody(chunks: Chunks, queries: Sequence[Query], vocabulary: Vocabulary) -> Chunk | None:
    """Return the pronoun of a question with nothing for it to refer to: its Query would be about the whole
    table. If there are only a few subjects, "they" may be all of them."""
    if any(query.prose is not None or query.against for query in queries):
        return None
    if (lost := _said_of_nothing(chunks, queries)) is not None:
        return lost
    narrowed = [part for query in queries for part in parts_of(query.scope)]
    if _says_of_what(chunks, narrowed):
        return None
    return _pronoun_of_many(chunks, vocabulary.store.size[1], narrowed=bool(narrowed))


def _said_of_nothing(chunks: Chunks, queries: Sequence[Query]) -> Chunk | None:
    """The words "does that hold" or "the others" in a question that does not say what, or which others, is
    meant."""
    same = [one for one in chunks.saying("follow", "start") if one.text.split()[0] in _ASKING]
    rest = [] if any(map(_leaves_out, queries)) else chunks.saying("follow", "other", "others")
    return next(iter((*same, *rest)), None)


def _pronoun_of_many(chunks: Chunks, held: int, *, narrowed: bool) -> Chunk | None:
    """Return the first word that can't stand for all of the ``held`` subjects: "it" for more than one, or
    "they" for more than a few, unless these are ``narrowed`` by a rating."""
    several = held > _FEW and not narrowed
    return next((one for one in _pointing(chunks) if (held > 1 if _is_of_one(one) else several)), None)


def _says_of_what(chunks: Chunks, scope: Sequence[Condition]) -> bool:
    """True if a condition other than a rating, or a noun, says what is asked about. "One" does not, nor does
    "place" in "that place"."""
    if not all(isinstance(part, q.Rated) for part in scope):
        return True
    it = any(chunk.says("follow", "pronoun") and _is_of_one(chunk) for chunk in chunks)
    nouns = _NOUNS if it else (*_NOUNS, "aspects")  # not "which key questions is it good for?"
    return any(
        chunk.kind in nouns or (chunk.kind == "kind" and not _is_that(chunks, chunk)) for chunk in chunks
    )


_NOUNS = ("field", "strange", "by", "spread")


def _pointing(chunks: Chunks) -> Iterator[Chunk]:
    """Yield the words that stand for subjects: pronouns first, then "… of each", "runs it" and "one"."""
    yield from [chunk for chunk in chunks if chunk.says("follow", "pronoun", "person")]
    yield from [chunk for chunk in chunks if chunk.text.split()[-1] in _AT_END or is_pointer(chunk)]


def _leaves_out(query: Query) -> bool:
    """True if a Query says of whom the others are the others: "all but Oxleas"."""
    said = [query.scope, *((query.claim.condition,) if query.claim is not None else ())]
    return any(isinstance(part, q.Not | q.Named) for one in said for part in parts_of(one))


def _is_that(chunks: Chunks, chunk: Chunk) -> bool:
    """True for "one", and of "place" in "that place"."""
    ahead = chunks.before(chunk)
    pointed = ahead is not None and ahead.says("follow", "pronoun")
    return is_pointer(chunk) or (pointed and not any(kind.field for kind in chunk.value))


def _is_of_one(chunk: Chunk) -> bool:
    words = chunk.text.split()
    return words[-1] == "it" or (chunk.says("follow") and _SEVERAL.isdisjoint(words))


def points_at_place(parsed: Parsed, chunk: Chunk, queries: Sequence[Query]) -> bool:
    """True for a word for a place that the question names: "homes in the constituency", "a Leeds address"."""
    ahead = parsed.chunks.before(chunk)
    if ahead is None:
        return False
    if chunk.text in ("address", "addresses"):
        return ahead.kind == "where" or parsed.any("by") or any(query.by for query in queries)
    fields = {part.field for query in queries for part in parts_of(query.scope) if isinstance(part, q.Is)}
    pointed = ahead.text.split()[-1] in _DEFINITE or _is_of_asker(parsed, chunk, ahead)
    return chunk.kind == "field" and pointed and not fields.isdisjoint(chunk.value)


def take_comparison(parsed: Parsed) -> None:
    """Read "how does it compare with Elm House?", if "it" is unknown, as a question for the ratings of Elm
    House."""
    said = parsed.chunks.saying("versus", "compare")
    back = any(chunk.text.split()[-2:-1] == ["it"] for chunk in said) or parsed.any("follow", "pronoun")
    if back and parsed.has("subject"):
        for chunk in said:
            chunk.use("against")
        parsed.left_out = [chunk for chunk in parsed.left_out if chunk not in said]


def _is_of_asker(parsed: Parsed, chunk: Chunk, ahead: Chunk) -> bool:
    """True for "my ward" after the ward that the person asking is from."""
    places = [one for one in parsed.chunks if one.kind == "where" and one.end < chunk.start]
    said = {value.field for one in places for value in one.value if isinstance(value, Meant)}
    return ahead.text in ("my", "our") and not said.isdisjoint(chunk.value)


def is_pointer(chunk: Chunk) -> bool:
    """True for "one" and "ones", which only stand for places mentioned before."""
    return chunk.kind == "kind" and chunk.text in ("one", "ones")


def is_told(before: Query, parsed: Parsed) -> bool:
    """True for "… and how many?", "… and what is that share?" after a ranking or comparison that already
    states it."""
    if isinstance(before.measure, q.Events) and (before.measure.which != "every" or before.ranks == (1, 1)):
        return _asks_who_it_was(parsed)
    further = any(chunk.text == "next" for chunk in parsed.chunks)  # "who is next?"
    if parsed.yes_no or further or not _states_figures(before):
        return False
    if not all(chunk.kind in _OF_FIGURES or chunk.says("quantifier", "each") for chunk in parsed.chunks):
        return False  # "how many has each got?" is told
    return _asks_for_figures(before, parsed)


_OF_FIGURES = ("function", "follow", "and", "measure", "run_by", "versus", "quality", "time")


def _asks_for_figures(before: Query, parsed: Parsed) -> bool:
    """True for "which", "how many" and, after shares, "what share", except in a comparison."""
    asked = {chunk.value for chunk in parsed.chunks if chunk.kind == "measure"}
    if before.against and asked == {"which"} and parsed.has("follow"):  # "and which are they?"
        return False
    figure = "share" if isinstance(before.measure, q.Share) else "count"
    others = parsed.any("versus") or parsed.any("follow", "other")
    return bool(asked) and asked <= {"which", "count", figure} and not others


def _states_figures(before: Query) -> bool:
    """True if the answer was a ranking or a comparison, which states a figure for each group or side."""
    return bool(before.against) or (bool(before.by) and (before.ranks is not None or _tells_numbers(before)))


def _asks_who_it_was(parsed: Parsed) -> bool:
    """True for "… and who got it?", "which home was it?" after the date of the last such rating of all."""
    small = ("function", "follow", "and", "measure", "time", "rated")
    measures = [chunk for chunk in parsed.chunks if chunk.kind == "measure"]
    nouns = [chunk for chunk in parsed.chunks if chunk.kind == "kind"]
    if not all(chunk.kind in small or chunk in nouns for chunk in parsed.chunks) or parsed.yes_no:
        return False
    return bool(measures) and all(one.text in _WHO for one in measures) and len(parsed.chunks) <= _SHORT


_WHO = frozenset(("which", "who", "whose", "to whom", "where"))
_SHORT = 5  # the most chunks of "and which care home was it?"


def _tells_numbers(before: Query) -> bool:
    """True if the answer about groups states what is counted in each, or that there is none."""
    return (
        bool(before.having)
        and before.across is None
        and before.claim is None
        and all(
            one.than is not None or one.condition == q.EVERYTHING or one.quantifier == q.NONE
            for one in before.having
        )
    )


def without_ratings_beside(queries: tuple[Query, ...]) -> tuple[Query, ...]:
    """Return what a follow-up leans on: without the ratings of each side that are given beside a
    comparison."""
    beside = len(queries) > 1 and queries[-2].against and queries[-1].by[1:] == ("rating",)
    return queries[:-1] if beside else queries
