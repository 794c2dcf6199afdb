"""What a follow-up refers to: the owner of the place before, the two that were asked about, the rest of a
place; and whether it refers to anything at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk, Chunks, unique
from qa.question.families import family, is_rating
from qa.question.parse import Parsed
from qa.question.parts import Meant
from qa.question.query import Condition, Named, Order, Query, Relation, conjunction, parts_of
from qa.question.vocabulary import Vocabulary

_OWNERS = frozenset("they them their theirs theyve".split())
_SEVERAL = frozenset("them these they theyre theyve those their theirs ones homes each".split())
_AT_END = ("it", "them", "each")  # "who runs it"
_DEFINITE = ("the", "that", "this", "same")
_FEW = 50  # "they" may be everything in a table with at most this many subjects
_BESIDE = frozenset("function and measure versus compare super quantity rated quality follow time or".split())


def owner_of(before: Query | None, vocabulary: Vocabulary) -> Meant | None:
    """Return the owner that the Query before asked for: "they" in "what do they run?"."""
    if before is None or not isinstance(before.measure, q.Values) or "provider" not in before.measure.fields:
        return None
    named = next((part for part in parts_of(before.scope) if isinstance(part, Named)), None)
    held = vocabulary.store.subjects(named.subjects) if named is not None else []
    owners = unique(subject.attributes.get("provider") for subject in held)
    return Meant("provider", values=owners) if len(owners) == 1 and owners[0] else None


def of_the_others(parsed: Parsed, before: Sequence[Query]) -> list[Query]:
    """Return the Queries of "were there other inadequate homes in Kent?" without the one place asked about
    before; all other Queries as they are."""
    named = [part for part in parts_of(before[-1].scope) if isinstance(part, Named)] if before else []
    other = any(chunk.text == "other" and chunk.kind == "function" for chunk in parsed.chunks)
    if not other or len(named) != 1 or len(named[0].subjects) != 1:
        return parsed.queries
    return [
        query
        if query.prose is not None or any(isinstance(part, Named) for part in parts_of(query.scope))
        else replace(query, scope=conjunction(query.scope, q.Not(named[0])))
        for query in parsed.queries
    ]


def speaks_of_owner(parsed: Parsed) -> bool:
    """True if "they" run or have places: "how many do they run?", "which of their homes", "any of theirs"."""
    said = {word for chunk in parsed.chunks if chunk.kind == "follow" for word in chunk.text.split()}
    several = any(chunk.kind == "kind" and chunk.text.endswith("s") for chunk in parsed.chunks)
    runs = several or parsed.has("run_by") or parsed.any("measure", "count")
    return "theirs" in said or (runs and not _OWNERS.isdisjoint(said))


def points_at_nobody(chunks: Chunks, queries: Sequence[Query], vocabulary: Vocabulary) -> Chunk | None:
    """Return the pronoun of a question with nothing for it to refer to: its Query would be about the whole
    table. If there are only a few subjects, "they" may be all of them."""
    if any(query.prose is not None or query.against for query in queries):
        return None
    rest = next((one for one in chunks if one.says("follow", "other", "others") and not one.used), None)
    if rest is not None and not any(map(_leaves_out, queries)):
        return rest  # of what?
    narrowed = [part for query in queries for part in parts_of(query.scope)]
    if not all(isinstance(part, q.Rated) for part in narrowed):
        return None
    heads = ["field", "strange", "by", "spread"]
    if not any(chunk.says("follow", "pronoun") and chunk.text == "it" for chunk in chunks):
        heads.append("aspects")  # not "which key questions is it good for?"
    if any(chunk.kind in heads or (chunk.kind == "kind" and not _is_that(chunks, chunk)) for chunk in chunks):
        return None
    pointing = [
        chunk for chunk in chunks if chunk.kind == "follow" and chunk.says("follow", "pronoun", "person")
    ]
    pointing += [chunk for chunk in chunks if chunk.text.split()[-1] in _AT_END or is_pointer(chunk)]
    held = vocabulary.store.size[1]
    alone = [chunk for chunk in pointing if not narrowed or _is_of_one(chunk)]
    return next((chunk for chunk in alone if held > (1 if _is_of_one(chunk) else _FEW)), None)


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


def of_both(before: Query, beside: Query | None, earlier: Named | None, parsed: Parsed) -> Query | None:
    """The Query of "which of the two is better?" or "what is the difference?": about the two things asked
    about one after the other, or at once."""
    relation, number = _relation(parsed), _number_of_them(parsed)
    if relation is None or any(chunk.kind not in _BESIDE and not _is_most(chunk) for chunk in parsed.chunks):
        return None
    sides_asked = _pairs(before, beside, earlier, number)
    found = next((one for one in sides_asked if _fits(one[0], relation)), None)
    if found is None:
        return None
    for chunk in parsed.chunks:
        if chunk.kind in _COMPARING or chunk.says("measure") or _is_most(chunk):
            chunk.use("against")
    query, sides = found
    _leave_share(parsed, query)
    if isinstance(query.measure, q.Ratings) and parsed.any("time"):
        query = replace(query, measure=replace(query.measure, before=parsed.any("time", "before", "start")))
    order = _order(parsed, query.measure) if relation == "compare" else None
    return replace(query, scope=sides[0], against=tuple(sides[1:]), relation=relation, order=order)


def _leave_share(parsed: Parsed, query: Query) -> None:
    """Leave a share out that is asked for after a number: of what, nobody said."""
    for chunk in parsed.chunks:
        if chunk.says("measure", "share") and not isinstance(query.measure, q.Share):
            chunk.used = ""
            parsed.left_out.append(chunk)


def of_either(before: Query, beside: Query | None, earlier: Named | None, parsed: Parsed) -> list[Query]:
    """The claims of "is anything inadequate in either group?", one for each of the two asked about; none for
    any other question."""
    claim = next((query.claim for query in parsed.queries if query.claim is not None), None)
    if claim is None or not _only_claims_of_either(parsed):
        return []
    pair = next((sides for _, sides in _pairs(before, beside, earlier, 2)), ())
    for chunk in parsed.chunks if pair else ():
        chunk.use(chunk.used or "claim")
    return [Query(_without_ratings(side), claim=claim) for side in pair]


def _only_claims_of_either(parsed: Parsed) -> bool:
    small = all(one.kind in _OF_EITHER or one.text in EITHER for one in parsed.chunks)
    return small and says_either(parsed) and parsed.has("cond") and len(parsed.queries) == 1


def _without_ratings(scope: Condition) -> Condition:
    return conjunction(*(one for one in parts_of(scope) if not is_rating(one)))


def says_either(parsed: Parsed) -> bool:
    """True for "either", "in either group": each of the two before."""
    said = [one for one in parsed.chunks if one.text == "either"]
    behind = parsed.chunks.after(said[0]) if said else None
    return bool(said) and (behind is None or behind.text in EITHER)


EITHER = frozenset("category group kind one sort type".split())  # "in either …"
_OF_EITHER = frozenset("and aspect cond follow function or quantifier rated".split())


_COMPARING = ("versus", "compare", "super", "quantity")


def _is_most(chunk: Chunk) -> bool:
    """True for "most" in "who has the most of the three?"."""
    return chunk.says("quantifier", "most") and chunk.text == "most of"


def _number_of_them(parsed: Parsed) -> int | None:
    """How many "the three", "both" or "the pair" are; ``None`` if no number is told."""
    for chunk in parsed.chunks:
        if chunk.kind == "quantity" and chunk.value.plain and chunk.value.low > 1:
            return int(chunk.value.low)
        if chunk.text.split()[-1] in ("two", "2", "both", "pair"):
            return 2
    return None


def _relation(parsed: Parsed) -> Relation | None:
    if parsed.any("measure", "difference"):
        return "difference"
    if parsed.any("measure", "ratio"):
        return "ratio"
    if parsed.any("versus", "same"):
        return "same"
    ways = parsed.any("versus", "better", "worse", "compare") or parsed.any("compare", "more", "fewer")
    end = parsed.any("super", "best", "worst", "most", "least") or any(map(_is_most, parsed.chunks))
    return "compare" if ways or (end and _number_of_them(parsed) is not None) else None


def _fits(query: Query, relation: Relation) -> bool:
    return relation in ("compare", "same") or isinstance(query.measure, q.Count | q.Share)


def _pairs(
    before: Query, beside: Query | None, earlier: Named | None, number: int | None = None
) -> Iterator[tuple[Query, Sequence[Condition]]]:
    """Yield Queries without sides, each with the sides that it may have: those compared before, two names,
    two similar questions, two places at once; as many as ``number``, if one is told."""
    each = _one_by_one(before.scope)
    if number is not None and number == len(each) and not before.against:
        yield replace(before, order=None, ranks=None), each  # "and in Essex and Surrey?", "of the two"
    for told, sides in _groups_of_sides(before, beside, earlier):
        if number in (None, len(sides)):
            yield told, sides


def _groups_of_sides(
    before: Query, beside: Query | None, earlier: Named | None
) -> Iterator[tuple[Query, Sequence[Condition]]]:
    if before.against:
        yield before, (before.scope, *before.against)
        return
    parts = parts_of(before.scope)
    named = next((part for part in parts if isinstance(part, Named)), None)
    told = replace(before, order=None, ranks=None)
    if named is not None:
        if earlier is not None:
            sides = [
                conjunction(*(one if part is named else part for part in parts)) for one in (earlier, named)
            ]
            yield _rated(told), sides
        return
    if beside is not None and _alike(beside, before):
        yield told, (beside.scope, before.scope)
        if len(each := [*_one_by_one(beside.scope), *_one_by_one(before.scope)]) > 2:
            yield told, each  # "in Kent?", "and in Essex and Surrey?", "of the three"
    if len(each := _one_by_one(before.scope)) > 1:
        yield told, each


def _one_by_one(scope: Condition) -> list[Condition]:
    """One scope for each value of a list in it; the scope by itself if it has none."""
    parts = parts_of(scope)
    for part in parts:
        if isinstance(part, q.Is) and len(part.values) > 1 and family(part) != "kind":
            each = [replace(part, values=(value,)) for value in part.values]
            return [conjunction(*(one if other is part else other for other in parts)) for one in each]
    return [scope]


def _rated(query: Query) -> Query:
    """Turn a Query that claimed something about ratings into one that asks for those ratings."""
    if query.claim is None:
        return query
    rated = [part for part in parts_of(query.claim.condition) if isinstance(part, q.Rated)]
    aspects = unique(part.aspect for part in rated) or (q.WHOLE,)
    return replace(query, claim=None, measure=q.Ratings(aspects, rated[0].service if rated else q.WHOLE))


def _alike(first: Query, second: Query) -> bool:
    """True if two Queries ask the same about two scopes that differ in one condition on one field."""
    if replace(first, scope=second.scope) != second or first.scope == second.scope:
        return False
    one, other = set(parts_of(first.scope)), set(parts_of(second.scope))
    apart = [*(one - other), *(other - one)]
    return len(apart) == 2 and type(apart[0]) is type(apart[1])


def is_told(before: Query, parsed: Parsed) -> bool:
    """True for "… and how many?", "… and what is that share?" after a ranking or comparison that already
    states it."""
    if isinstance(before.measure, q.Events) and (before.measure.which != "every" or before.ranks == (1, 1)):
        return _asks_who_it_was(parsed)
    ranked = (before.by and (before.ranks is not None or _tells_numbers(before))) or before.against
    small = ("function", "follow", "and", "measure", "run_by", "versus", "quality", "time")
    each = ("quantifier", "each")  # "how many has each got?"
    if not ranked or parsed.yes_no:
        return False
    if any(chunk.kind not in small and not chunk.says(*each) for chunk in parsed.chunks):
        return False
    asked = {chunk.value for chunk in parsed.chunks if chunk.kind == "measure"}
    told = {"which", "share", "count"} if isinstance(before.measure, q.Share) else {"which", "count"}
    if before.against and asked == {"which"} and parsed.has("follow"):  # "and which are they?"
        return False
    return bool(asked) and asked <= told and not parsed.any("versus") and not parsed.any("follow", "other")


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


def place_asked(parsed: Parsed) -> Chunk | None:
    """Return the ordinal of a fragment that only asks for a rank: "who is second?", "which towns come joint
    third?", "and the runner-up?"; ``None`` if it asks for more."""
    said = [chunk for chunk in parsed.chunks if chunk.kind == "ordinal"]
    others = [chunk for chunk in parsed.chunks if chunk.kind != "ordinal"]
    small = all(chunk.kind in _OF_PLACES or chunk.text in _PLACES for chunk in others)
    measures = [chunk for chunk in others if chunk.kind == "measure"]
    if len(said) != 1 or not small or not all(one.says("measure", "which", "list") for one in measures):
        return None
    return said[0]


_OF_PLACES = _BESIDE | {"and", "field", "quantifier"}
_PLACES = frozenset("place places position positions rank slot spot joint jointly equal tied".split())


def _order(parsed: Parsed, measure: q.Measure) -> Order | None:
    lower = (
        parsed.any("versus", "worse")
        or parsed.any("compare", "fewer")
        or parsed.any("super", "worst", "least")
    )
    way = lower or parsed.any("super", "best", "most")
    return Order("rating" if isinstance(measure, q.Ratings) else "figure", not lower) if way else None


def without_ratings_beside(queries: tuple[Query, ...]) -> tuple[Query, ...]:
    """Return what a follow-up leans on: without the ratings of each side that are given beside a
    comparison."""
    beside = len(queries) > 1 and queries[-2].against and queries[-1].by[1:] == ("rating",)
    return queries[:-1] if beside else queries


def without_what_is_told(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Drop a comparison if its difference is asked for as well; the difference already states both sides."""
    found = tuple(queries)
    apart = [one for one in found if one.relation in ("difference", "ratio")]
    return tuple(one for one in found if not any(_is_part(one, other) for other in apart))


def _is_part(one: Query, difference: Query) -> bool:
    """True for a comparison of the same sides, and for a figure for both of them at once."""
    if one is difference or one.measure != difference.measure or one.by:
        return False
    if one.against:
        return one.relation != difference.relation and {one.scope, *one.against} == {
            difference.scope,
            *difference.against,
        }
    split = next((told for told, _ in _pairs(one, None, None)), None)
    sides = next((sides for _, sides in _pairs(one, None, None)), ()) if split is not None else ()
    return bool(sides) and set(sides) == {difference.scope, *difference.against}
