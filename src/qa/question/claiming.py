"""Questions answered by yes or no: what they suppose, and about how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import OF_MANY, as_quantifier
from qa.question.chunks import Chunk, unique
from qa.question.conditions import condition_of
from qa.question.defaults import default_queries
from qa.question.distances import ENDS
from qa.question.group_claims import of_all_groups
from qa.question.query import Claim, Condition, Having, Quantifier, Query, conjunction
from qa.question.shape import Shape, scope_left, supposed, take, take_all, telling


def claimed(shape: Shape) -> Query:
    """Return the Query of a yes/no question."""
    if _either_way(shape):
        return default_queries(shape)[0]
    if (nearest := _of_the_nearest(shape)) is not None:
        return nearest
    quantifier, _ = _quantifier_of(shape)
    subjects = shape.chunks.included("subject")
    if not subjects and _neither(shape):
        quantifier = q.NONE
    told = telling(shape)
    only = _only_them(shape, subjects, told) or _each_of_list(shape, told, quantifier)
    if only is not None:
        return only
    condition = supposed(shape, told) or _end_of_scale(shape, subjects)
    if condition is None or (condition == q.EVERYTHING and subjects):
        return default_queries(shape)[0]
    if take(shape, "time", "ever", part="claim") and isinstance(condition, q.Rated):
        condition = replace(condition, when="ever")
    condition = _for_anything(shape, _always(shape, condition), told)
    scope = scope_left(shape)
    return Query(scope, claim=Claim(quantifier or (q.ALL if subjects else q.ANY), condition))


def _of_the_nearest(shape: Shape) -> Query | None:
    """ "Is the nearest home to Wem good?": return the Query that asks which home that is and how it is
    rated."""
    ends = [chunk for chunk in shape.chunks.of("near") if chunk.value in ENDS]
    noun = next(iter(shape.chunks.of("kind")), None)
    if not ends or noun is None:
        return None
    behind = [one for one in shape.chunks.of("cond", "aspect") if one.start > noun.start and not one.out]
    parts = [part for one in behind if one.kind == "cond" for part in q.parts_of(one.value)]
    if not behind or not all(isinstance(part, q.Rated) and part.when == "now" for part in parts):
        return None
    for chunk in behind:
        chunk.use("measure")
    take(shape, "quantifier", "any", part="small")
    query = default_queries(shape)[0]
    names = [name for one in behind if one.kind == "aspect" for name in one.value]
    aspects = unique([*(part.aspect for part in parts if isinstance(part, q.Rated)), *names])
    return replace(query, measure=q.Ratings(aspects)) if isinstance(query.measure, q.Ratings) else query


def _neither(shape: Shape) -> bool:
    """True for "is neither Oxleas nor Sheffield good?" and "neither Leeds nor York has a good home", which
    are about those two; not for names in an exception."""
    said = [chunk for chunk in shape.chunks if "neither" in chunk.text.split()]
    if not said:
        return False
    telling = [chunk for chunk in shape.chunks if chunk.kind not in ("function", "and")]
    owners = (
        ("where",) if telling[:1] == said[:1] else ()
    )  # not "is any home in neither Leeds nor York good?"
    out = [chunk for chunk in shape.chunks.of("subject", *owners) if chunk.out]
    for chunk in out:
        chunk.out = False
    return bool(out)


def _only_them(shape: Shape, subjects: list[Chunk], told: list[Chunk]) -> Query | None:
    """ "Is only Oxleas good?": return the claim that all that are good are Oxleas."""
    only = shape.chunks.saying("quantifier", "only")
    if not (only and subjects and told):
        return None
    only[0].use("claim")
    named = conjunction(*(condition_of(chunk, shape.vocabulary) or q.EVERYTHING for chunk in subjects))
    for chunk in subjects:
        chunk.use("claim")
    return Query(conjunction(take_all(shape, told), scope_left(shape)), claim=Claim(q.ALL, named))


def _end_of_scale(shape: Shape, subjects: list[Chunk]) -> Condition | None:
    """ "Did it get the top rating?": return the condition of having that rating."""
    ways = shape.chunks.saying("super", "best", "worst")
    if not ways or not subjects:
        return None
    ways[0].use("claim")
    scale = shape.vocabulary.scale
    return q.Rated(scale.best if ways[0].value == "best" else scale.worst)


def _each_of_list(shape: Shape, told: list[Chunk], quantifier: Quantifier | None) -> Query | None:
    """ "Have A and B each got an inadequate home?": return the claim that this is so for every one of
    them."""
    said = [chunk for chunk in shape.chunks if chunk.says("quantifier", "each", "both")]
    for chunk in shape.chunks.of("provider", "where") if said and told else ():
        condition = condition_of(chunk, shape.vocabulary)
        if len(chunk.value) > 1 and isinstance(condition, q.Is):
            for one in said:
                one.use("claim")
            counted = q.ANY if quantifier is None or quantifier == q.ALL else quantifier
            bound = (Having(counted, take_all(shape, told)),)
            scope, having = of_all_groups(shape, scope_left(shape), bound)
            return Query(scope, q.Count(), (condition.field,), having, claim=Claim(q.ALL, q.EVERYTHING))
    return None


def _either_way(shape: Shape) -> bool:
    """True for "has it got better or worse?", which asks for the direction."""
    for chunk in shape.chunks.of("cond"):
        behind = shape.chunks.after(chunk)
        if (
            isinstance(chunk.value, q.Moved)
            and behind is not None
            and behind.says("compare", "or_above", "or_below")
        ):
            behind.use("measure")
            return True
    return False


def _always(shape: Shape, condition: Condition) -> Condition:
    """ "Always good": return the condition of never having had another rating."""
    always = [chunk for chunk in shape.chunks if chunk.says("quantifier", "all") and chunk.text == "always"]
    if not always or not isinstance(condition, q.Rated):
        return condition
    rest = shape.vocabulary.scale.others(condition.ratings)
    return conjunction(condition, q.Not(replace(condition, ratings=rest, when="ever")))


def _for_anything(shape: Shape, condition: Condition, told: list[Chunk]) -> Condition:
    """ "Has Elm House any inadequate ratings?": return the condition for any key question."""
    five = shape.vocabulary.key_questions
    named = sum(len(one.subjects) for chunk in shape.chunks if chunk.kind == "subject" for one in chunk.value)
    plain = isinstance(condition, q.Rated) and condition == q.Rated(
        condition.ratings, service=condition.service
    )
    if not five or named != 1 or not plain or len(told) != 1 or not isinstance(condition, q.Rated):
        return condition
    ahead = shape.chunks.ahead_of(told[0], lambda one: one.kind == "function")
    said = ahead is not None and ahead.says("quantifier", "any", "none")
    if not (said or says_anything(shape.chunks)) or _is_overall(shape):
        return condition
    return q.RatedFor(condition.ratings, five, 1, None, condition.service)


def says_anything(chunks: Sequence[Chunk]) -> bool:
    """True for "was anything at Elm House good?", which asks about its key questions."""
    return any(one.text in _ANYTHING for one in chunks if one.says("quantifier", "any", "none"))


_ANYTHING = frozenset(("anything", "nothing"))


def of_anything_there(query: Query, chunks: Sequence[Chunk], five: Sequence[str]) -> Query:
    """Return the claim of "was anything there good?" about one place as one about any of its key questions,
    ``five``; other Queries as they are."""
    named = [one for one in q.parts_of(query.scope) if isinstance(one, q.Named)]
    told = query.claim.condition if query.claim is not None else None
    if query.claim is None or not isinstance(told, q.Rated) or told != q.Rated(told.ratings):
        return query
    one_place = len(named) == 1 and len(named[0].subjects) == 1
    if not (five and one_place and says_anything(chunks)):
        return query
    condition = q.RatedFor(told.ratings, tuple(five), 1)
    return replace(query, claim=replace(query.claim, condition=condition))


def _is_overall(shape: Shape) -> bool:
    return any(chunk.kind == "aspect" and q.WHOLE in chunk.value for chunk in shape.chunks)


def _more_than_not(shape: Shape) -> Quantifier | None:
    """ "Are more of the homes good than not?": return the quantifier "most", or with "fewer" less than
    half."""
    more = shape.chunks.saying("compare", "more", "fewer")
    said = shape.chunks.saying("versus", "than not")
    for than in shape.chunks.saying("versus", "than"):
        behind = shape.chunks[shape.chunks.index(than) + 1 :]
        if [one.kind for one in behind if one.kind != "function"] == ["not"]:
            said = [than, *(one for one in behind if one.kind == "not")]
    if not more or not said:
        return None
    for chunk in (more[0], *said):
        chunk.use("claim")
    return q.MOST if more[0].value == "more" else Quantifier(under=q.MOST.over)


def _quantifier_of(shape: Shape) -> tuple[Quantifier | None, bool]:
    """Return the quantifier of a yes/no question and whether it is negated."""
    if (majority := _more_than_not(shape)) is not None:
        return majority, False
    negations = shape.chunks.of("not")
    for chunk in (*shape.chunks.of("portion"), *shape.chunks.of("quantity")):
        chunk.use("claim")
        take(shape, "quantifier", "only", part="claim")
        return as_quantifier(chunk.value), False
    said = {chunk.value: chunk for chunk in shape.chunks.of("quantifier")}
    for word, quantifier in OF_MANY.items():
        if word in said:
            said[word].use("claim")
            for other in said.values():  # "both … all the hospices"
                if other.value in ("all", "both", "each", "any"):
                    other.use("claim")
            if word in ("all", "both") and negations:
                negations[0].use("claim")
                return Quantifier(under=q.ALL.least), True
            return quantifier, False
    return None, False
