"""The default step: if no earlier step made a Query, ask for a count, share, value, date or rating."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.noun_phrases import noun_phrases
from qa.question.query import Claim, Condition, Query, conjunction
from qa.question.row_order import order_rows
from qa.question.shape import (
    Shape,
    is_totalled,
    scope_left,
    supposed,
    take,
    take_all,
    take_aspects,
    take_changes,
    telling,
    total_asked,
)
from qa.question.values_asked import GRADE, values_queries


def default_queries(shape: Shape) -> list[Query]:
    """Return the Queries for a count, share, value, date or rating."""
    _take_small_words(shape)
    if not any(is_totalled(shape, chunk) for chunk in shape.chunks.of("field")):
        order_rows(shape)
    return (
        _share_asked(shape)
        or _total_of_column(shape)
        or _count_asked(shape)
        or values_queries(shape)
        or _date_asked(shape)
        or _ratings_asked(shape)
    )


_AFTER_ONLY = ("function", "follow", "rated", "cond", "where", "kind", "measure", "period")


def _take_small_words(shape: Shape) -> None:
    """Take the quantifiers that narrow nothing here: "only outstanding ones", "just the rating", "any"."""
    for chunk in shape.chunks.saying("quantifier", "only"):
        behind = shape.chunks.after(chunk)
        if behind is None or behind.kind in _AFTER_ONLY:
            chunk.use("small")
    take(shape, "quantifier", "any", "all", "each", part="small")
    _take_how_many_are_said(shape)
    if sum(len(chunk.value) for chunk in shape.chunks.of("subject")) > 1:
        take(shape, "quantifier", "both", part="small")  # "how are A and B both rated"


def _share_asked(shape: Shape) -> list[Query]:
    if not take(shape, "measure", "share"):
        return []
    told = telling(shape)
    of = take_all(shape, told) if told else supposed(shape, []) or q.EVERYTHING
    return [Query(scope_left(shape), q.Share(of))]


def _total_of_column(shape: Shape) -> list[Query]:
    total = total_asked(shape)
    if total is None:
        return []
    take(shape, "measure", "which", "count")
    return [Query(scope_left(shape), total)]


def _count_asked(shape: Shape) -> list[Query]:
    """A count; for two kinds of place side by side two counts, unless they are counted together."""
    if not take(shape, "measure", "count"):
        return []
    take(shape, "measure", "which", "list")
    _suppose_aspects(shape)
    together = take(shape, "measure", "sum")
    nouns = noun_phrases(shape)
    rest = scope_left(shape)
    if not nouns:
        return [Query(rest, q.Count())]
    if together:
        return [Query(conjunction(q.disjunction(*nouns), rest), q.Count())]
    return [Query(conjunction(noun, rest), q.Count()) for noun in nouns]


def _date_asked(shape: Shape) -> list[Query]:
    if not shape.dated and not take(shape, "measure", "when"):
        return []
    take(shape, "measure", "which", "list")
    aspects, service = take_aspects(shape)
    measure = q.Dates((aspects or (q.WHOLE,))[0], service)
    return [Query(scope_left(shape), measure, order=shape.order, ranks=shape.ranks)]


def _ratings_asked(shape: Shape) -> list[Query]:
    """The ratings asked for; of two kinds of place listed side by side, those of each."""
    nouns = noun_phrases(shape) if _lists_kinds(shape) else []
    made = _ratings_of(shape)
    return [replace(made, scope=conjunction(noun, made.scope)) for noun in nouns] or [made]


def _lists_kinds(shape: Shape) -> bool:
    """True for a list of only two kinds, each with its own rating: "outstanding homes and outstanding
    hospices in Kent"."""
    named = shape.chunks.of("subject", "aspect", "aspects", "quantifier", "not", "versus", "is")
    return shape.order is None and shape.most is None and not (named or shape.yes_no)


def _take_how_many_are_said(shape: Shape) -> None:
    """Take the number in "Only two are outstanding, which are they?", which states how many and asks for no
    number."""
    asked = [chunk.start for chunk in shape.chunks if chunk.says("measure", "which", "list")]
    for chunk in shape.chunks.of("quantity"):
        if chunk.text.split()[0] in ("just", "only") and any(start > chunk.end for start in asked):
            chunk.use("small")


def _suppose_aspects(shape: Shape) -> None:
    """Read "homes that are safe" as those rated good or better for it, and "not safe" as below good."""
    for chunk in shape.chunks.of("aspect"):
        ratings = _not_so(shape, chunk) if chunk.out else shape.vocabulary.scale.fine
        names = list(chunk.value)
        whole = names == [q.WHOLE]
        if not whole or (chunk.out and _told_of_another(shape, chunk)):
            shape.extra += [q.Rated(ratings, aspect) for aspect in names]
            chunk.use("rating")


def _not_so(shape: Shape, chunk: Chunk) -> tuple[str, ...]:
    """The ratings of a negated aspect: "outstanding for responsive, but not for caring" denies outstanding;
    "not safe" is below good."""
    told = _told_of_another(shape, chunk)
    return shape.vocabulary.scale.others(told) if told else shape.vocabulary.scale.poor


def _told_of_another(shape: Shape, chunk: Chunk) -> tuple[str, ...]:
    """Return the ratings asked about right before for other key questions; empty if there are none."""
    for one in reversed(shape.chunks[: shape.chunks.index(chunk)]):
        parts = q.parts_of(one.value) if one.kind == "cond" else ()
        rated = [part for part in parts if isinstance(part, q.Rated)]
        if rated:
            alike = len({part.ratings for part in rated}) == 1 and rated[-1].aspect != q.WHOLE
            return rated[-1].ratings if alike else ()
    return ()


def _ratings_of(shape: Shape) -> Query:
    """The ratings of what is named or listed, or a claim if the question states a rating."""
    named = bool(shape.chunks.included("subject"))
    which = _asks_which_of_several(shape)
    take(shape, "measure", "which", "list")
    before = take(shape, "time", "before", "start")
    take(shape, "time", "after", "to")
    for_what = take(shape, "aspects", "which")  # "inadequate in any area, and for what?"
    if _seeks_care(shape):
        return Query(scope_left(shape), order=shape.order, ranks=shape.ranks, most=shape.most)
    aspects, service = _aspects_asked(shape, named)
    if for_what and not aspects:
        aspects = shape.vocabulary.key_questions
    if named:
        take_changes(shape)
    told = telling(shape) if named and not before and not which else []
    if told and shape.order is None:
        return Query(_scope_without(shape, told), claim=Claim(q.ALL, take_all(shape, told)))
    measure = q.Ratings(aspects or (q.WHOLE,), service, before)
    return Query(scope_left(shape), measure, order=shape.order, ranks=shape.ranks, most=shape.most)


def _asks_which_of_several(shape: Shape) -> bool:
    """True for "which of A and B is good?", which picks among the named subjects."""
    if sum(len(one.subjects) for chunk in shape.chunks.of("subject") for one in chunk.value) < 2:
        return False
    return any(chunk.text.startswith(("who", "which")) for chunk in shape.chunks.saying("measure", "which"))


def _seeks_care(shape: Shape) -> bool:
    """True for "somewhere for dad, he's got dementia": places are sought for a group of patients, of no kind,
    and without a word of ratings. No rating of a kind of place that is not meant tells who cares for them."""
    kinds = [kind for chunk in shape.chunks if chunk.kind == "kind" for kind in chunk.value]
    told = (
        "cond",
        "rated",
        "quality",
        "aspect",
        "aspects",
        "super",
        "versus",
        "unrated",
        "subject",
        "provider",
    )
    groups = [one for one in shape.chunks.of("service") if _is_of_patients(one.value[0])]
    sought = bool(kinds) and not any(kind.field for kind in kinds) and bool(groups)
    return sought and not any(one.kind in told for one in shape.chunks)


def _is_of_patients(service: str) -> bool:
    """True for a group of patients, "Older people", rather than a service, "Services for children & young
    people"."""
    words = service.casefold().split()
    return "people" in words and words[0] != "services"


def _aspects_asked(shape: Shape, named: bool) -> tuple[tuple[str, ...], str]:
    """The aspects and the service whose ratings are asked for; without a named subject, aspects are a
    condition."""
    aspects: tuple[str, ...] = ()
    service = q.WHOLE
    ranked = not named and _ranks_aspects(shape)
    if ranked and _names_several_aspects(shape):
        return aspects, service  # there is no order by two ratings at once: it stays unused
    if named or ranked or _asks_for_aspects(shape):
        aspects, service = take_aspects(shape)
    else:
        _suppose_aspects(shape)
    by_rating = shape.order is not None and shape.order.key == "rating"
    if not aspects and not by_rating and _five(shape):  # there is no order by five ratings at once
        aspects = shape.vocabulary.key_questions
    return aspects, service


def _names_several_aspects(shape: Shape) -> bool:
    return len({name for chunk in shape.chunks.of("aspect") for name in chunk.value}) > 1


def _asks_for_aspects(shape: Shape) -> bool:
    """True if the aspects of a list are what is asked for, rather than a condition, or if there are none."""
    return (
        not shape.chunks.of("aspect")
        or _only_aspects(shape)
        or _of_each(shape)
        or _asks_how(shape)
        or _asks_what(shape)
    )


def _of_each(shape: Shape) -> bool:
    """True for "how safe is each?" and "what did each of them get for safe?", which ask for that rating."""
    each = any(chunk.text.split()[0] == "each" for chunk in shape.chunks)
    return each and not shape.yes_no and not any(chunk.kind == "kind" for chunk in shape.chunks)


def _asks_how(shape: Shape) -> bool:
    """True for "how do the surgeries do on safe?", which asks for that rating of all of them."""
    return not shape.yes_no and any(
        chunk.kind in ("quality", "prose") and chunk.text.split()[0] == "how" for chunk in shape.chunks
    )


def _asks_what(shape: Shape) -> bool:
    """True for "what was the home's safe rating?", which asks for that rating."""
    what = any(chunk.text.split()[0] == "what" for chunk in shape.chunks if chunk.says("measure", "which"))
    behind = [shape.chunks.after(chunk) for chunk in shape.chunks.of("aspect")] if what else []
    return any(one is not None and one.kind == "rated" and one.text in GRADE for one in behind)


def _ranks_aspects(shape: Shape) -> bool:
    """True for "worst for safety" and "least safe homes": the rating that places are ranked by. An aspect
    right before the noun is a condition: "the best of the safe homes"."""
    if shape.order is None or shape.ranks is None or shape.order.key not in ("rating", "date"):
        return False
    aspects = shape.chunks.included("aspect")
    ahead = [shape.chunks.before(chunk) for chunk in aspects]
    behind = [shape.chunks.after(chunk) for chunk in aspects]
    return all(
        after is None or after.kind != "kind" or (before is not None and before.kind == "super")
        for before, after in zip(ahead, behind, strict=True)
    )


def _only_aspects(shape: Shape) -> bool:
    """True for "and caring?" and "what on safe?", which ask for a rating of the subjects mentioned before."""
    heads = ("kind", "where", "provider", "field", "cond", "quantifier", "quantity")
    return not any(
        chunk.kind in heads or (chunk.kind == "measure" and chunk.text != "what") for chunk in shape.chunks
    )


def _scope_without(shape: Shape, told: list[Chunk]) -> Condition:
    for chunk in told:
        chunk.use("claim")
    return scope_left(shape)


def _five(shape: Shape) -> bool:
    held = bool(shape.vocabulary.key_questions)
    found = [one for one in shape.chunks.of("aspects") if held or not one.says("aspects", "five")]
    for chunk in found:
        chunk.use("measure")
    for chunk in shape.chunks.of("by") if found else ():
        chunk.use("measure")
    return bool(found)
