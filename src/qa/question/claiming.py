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
    quantifier = _quantifier_of(shape)
    subjects = shape.chunks.included("subject")
    if not subjects and _neither(shape):
        quantifier = q.NONE
    told = telling(shape)
    only = _only_them(shape, subjects, told) or _each_of_list(shape, told, quantifier)
    if only is not None:
        return only
    condition = _kind_claimed(shape, quantifier) or _condition_claimed(shape, subjects, told)
    if condition is None:
        return default_queries(shape)[0]
    scope = scope_left(shape)
    return Query(scope, claim=Claim(quantifier or (q.ALL if subjects else q.ANY), condition))


def _condition_claimed(shape: Shape, subjects: list[Chunk], told: list[Chunk]) -> Condition | None:
    """The condition that a yes/no question asks about; ``None`` if it states none about its subjects."""
    condition = supposed(shape, told) or _end_of_scale(shape, subjects)
    if condition is None or (condition == q.EVERYTHING and subjects):
        return None
    if take(shape, "time", "ever", part="claim") and isinstance(condition, q.Rated):
        condition = replace(condition, when="ever")
    return _for_anything(shape, _always(shape, condition), told)


def _kind_claimed(shape: Shape, quantifier: Quantifier | None) -> Condition | None:
    """The kind that all are said to be, if it is told by words of the name: "are all seven foundation
    trusts?", "all seven are foundation trusts"."""
    kinds = shape.chunks.of("kind")
    if quantifier is None or not quantifier.is_share or len(kinds) != 1 or shape.chunks.of(*_OTHERS):
        return None
    ahead = shape.chunks.ahead_of(kinds[0], lambda one: one.kind == "function")
    counted = ahead is not None and (ahead.kind == "quantity" or ahead.says("follow", "pronoun"))
    told = [one for one in kinds[0].value if one.field == "name"]
    return take_all(shape, kinds) if counted and len(told) == len(kinds[0].value) == 1 else None


_OTHERS = ("cond", "aspect", "unrated", "subject", "where", "provider", "value", "period")


def _of_the_nearest(shape: Shape) -> Query | None:
    """ "Is the nearest home to Wem good?": return the Query that asks which home that is and how it is
    rated."""
    noun = next(iter(shape.chunks.of("kind")), None)
    if noun is None or not any(chunk.value in ENDS for chunk in shape.chunks.of("near")):
        return None
    behind = [one for one in shape.chunks.included("cond", "aspect") if one.start > noun.start]
    aspects = _aspects_claimed(behind)
    if not aspects:
        return None
    for chunk in behind:
        chunk.use("measure")
    take(shape, "quantifier", "any", part="small")
    query = default_queries(shape)[0]
    return replace(query, measure=q.Ratings(aspects)) if isinstance(query.measure, q.Ratings) else query


def _aspects_claimed(chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """The aspects whose current ratings the chunks are about; none if the chunks are also about anything
    else."""
    parts = [part for one in chunks if one.kind == "cond" for part in q.parts_of(one.value)]
    rated = [part for part in parts if isinstance(part, q.Rated) and part.when == "now"]
    if len(rated) < len(parts):
        return ()
    names = [name for one in chunks if one.kind == "aspect" for name in one.value]
    return unique([*(part.aspect for part in rated), *names])


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
    if not isinstance(condition, q.Rated) or not five or len(told) != 1:
        return condition
    if condition != q.Rated(condition.ratings, service=condition.service) or _is_overall(shape):
        return condition
    if not _names_one(shape) or not (_says_any_before(shape, told[0]) or says_anything(shape.chunks)):
        return condition
    return q.RatedFor(condition.ratings, five, 1, None, condition.service)


def _names_one(shape: Shape) -> bool:
    named = [one for chunk in shape.chunks if chunk.kind == "subject" for one in chunk.value]
    return sum(len(one.subjects) for one in named) == 1


def _says_any_before(shape: Shape, chunk: Chunk) -> bool:
    ahead = shape.chunks.ahead_of(chunk, lambda one: one.kind == "function")
    return ahead is not None and ahead.says("quantifier", "any", "none")


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


def _quantifier_of(shape: Shape) -> Quantifier | None:
    """Take the quantifier of a yes/no question and return it."""
    if (majority := _more_than_not(shape)) is not None:
        return majority
    for chunk in (*shape.chunks.of("portion"), *shape.chunks.of("quantity")):
        chunk.use("claim")
        take(shape, "quantifier", "only", part="claim")
        return as_quantifier(chunk.value)
    said = {chunk.value: chunk for chunk in shape.chunks.of("quantifier")}
    word = next((word for word in OF_MANY if word in said), None)
    if word is None:
        return None
    said[word].use("claim")
    for other in said.values():  # "both … all the hospices"
        if other.value in ("all", "both", "each", "any"):
            other.use("claim")
    negations = shape.chunks.of("not") if word in ("all", "both") else []
    if negations:
        negations[0].use("claim")
        return Quantifier(under=q.ALL.least)
    return OF_MANY[word]
