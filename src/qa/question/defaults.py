"""The default step: if no earlier step made a Query, ask for a count, share, value, date or rating."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk, unique
from qa.question.conditions import members
from qa.question.query import Claim, Condition, Query, conjunction
from qa.question.row_order import order_rows
from qa.question.shape import (
    Shape,
    asks,
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

_ADDRESS = ("street", "address", "town", "local_authority", "postcode")


_GRADE = frozenset(("rating", "ratings", "grade", "grades"))


def default_queries(shape: Shape) -> list[Query]:
    """Return the Queries for a count, share, value, date or rating."""
    for chunk in shape.chunks.saying("quantifier", "only"):  # "only outstanding ones", "just the rating"
        behind = shape.chunks.after(chunk)
        if behind is None or behind.kind in (
            "function",
            "follow",
            "rated",
            "cond",
            "where",
            "kind",
            "measure",
            "period",
        ):
            chunk.use("small")
    take(shape, "quantifier", "any", "all", "each", part="small")
    _take_how_many_are_said(shape)
    if sum(len(chunk.value) for chunk in shape.chunks.of("subject")) > 1:
        take(shape, "quantifier", "both", part="small")  # "how are A and B both rated"
    if not any(is_totalled(shape, chunk) for chunk in shape.chunks.of("field")):
        order_rows(shape)
    if take(shape, "measure", "share"):
        told = telling(shape)
        of = take_all(shape, told) if told else supposed(shape, []) or q.EVERYTHING
        return [Query(scope_left(shape), q.Share(of))]
    total = total_asked(shape)
    if total is not None:
        take(shape, "measure", "which", "count")
        return [Query(scope_left(shape), total)]
    if take(shape, "measure", "count"):
        take(shape, "measure", "which", "list")
        return _counted(shape)
    values = unique((*shape.columns, *(_values_asked(shape) or ())))
    if values:
        return _with_values(shape, values)
    if shape.dated or take(shape, "measure", "when"):
        take(shape, "measure", "which", "list")
        aspects, service = take_aspects(shape)
        return [
            Query(
                scope_left(shape),
                q.Dates((aspects or (q.WHOLE,))[0], service),
                order=shape.order,
                ranks=shape.ranks,
            )
        ]
    nouns = _noun_phrases(shape) if _lists_kinds(shape) else []
    made = _ratings_of(shape)
    return [replace(made, scope=conjunction(noun, made.scope)) for noun in nouns] or [made]


def _lists_kinds(shape: Shape) -> bool:
    """True for a list of only two kinds, each with its own rating: "outstanding homes and outstanding
    hospices in Kent"."""
    named = shape.chunks.of("subject", "aspect", "aspects", "quantifier", "not", "versus", "is")
    return shape.order is None and shape.most is None and not (named or shape.yes_no)


def _take_how_many_are_said(shape: Shape) -> None:
    """Take the number in "Only two are outstanding, which are they?", which is stated, not asked."""
    asked = [chunk.start for chunk in shape.chunks if chunk.says("measure", "which", "list")]
    for chunk in shape.chunks.of("quantity"):
        if chunk.text.split()[0] in ("just", "only") and any(start > chunk.end for start in asked):
            chunk.use("small")


def _with_values(shape: Shape, values: tuple[str, ...]) -> list[Query]:
    """The values asked for, and the rating and the date if those are asked for as well."""
    rated = shape.rated or _rating_too(shape)
    dated = shape.dated or take(shape, "measure", "when")
    aspects, service = take_aspects(shape) if rated or dated else ((), q.WHOLE)
    measures: list[q.Measure] = [q.Values(values)]
    if rated:
        measures.insert(0, q.Ratings(aspects or (q.WHOLE,), service))
    if dated:
        measures.append(q.Dates((aspects or (q.WHOLE,))[0], service))
    cut = Query(scope_left(shape), order=shape.order, ranks=shape.ranks, most=shape.most)
    return [replace(cut, measure=measure) for measure in measures]


def _rating_too(shape: Shape) -> bool:
    """True for "the rating and the provider of Oxleas", which asks for both."""
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    for chunk in shape.chunks if named else ():
        if chunk.kind in ("rated", "aspect") and not _GRADE.isdisjoint(chunk.text.split()):
            ahead, behind = shape.chunks.before(chunk), shape.chunks[shape.chunks.index(chunk) + 1 :]
            if (ahead is not None and ahead.kind == "and") or any(one.text == "and" for one in behind):
                return True
    return False


def _counted(shape: Shape) -> list[Query]:
    """A count; for two kinds of place side by side two counts, unless they are counted together."""
    _suppose_aspects(shape)
    together = take(shape, "measure", "sum")
    nouns = _noun_phrases(shape)
    if not nouns:
        return [Query(scope_left(shape), q.Count())]
    rest = scope_left(shape)
    if together:
        return [Query(conjunction(q.disjunction(*nouns), rest), q.Count())]
    return [Query(conjunction(noun, rest), q.Count()) for noun in nouns]


def _noun_phrases(shape: Shape) -> list[Condition]:
    """Two kinds of place side by side, each with its own: "hospices and outstanding care homes"."""
    chunks = shape.chunks
    kinds = [one for one in chunks.of("kind") if not one.out and any(kind.field for kind in one.value)]
    if len(kinds) == 1 and len(kinds[0].value) > 1 and not kinds[0].either:
        kinds[0].use("scope")
        return list(members(kinds[0], shape.vocabulary))
    if len(kinds) != 2:
        return []
    first, second = (chunks.index(kind) for kind in kinds)
    joining = (place for place in range(second, first, -1) if chunks[place].text in _JOINING)
    seam = next((place for place in joining if chunks[place].kind != "function"), None)
    if seam is None or any(one.kind == "measure" for one in chunks[seam:second]):
        return []  # "it can be good and yet poor for safe. How many homes is that?"
    behind_first, before_second = _modifiers(chunks[first + 1 : seam]), _modifiers(chunks[seam + 1 : second])
    if not behind_first and not before_second:
        return []
    ahead, behind = _modifiers(chunks[:first]), _modifiers(chunks[second + 1 :])
    last = _wheres(before_second) or _wheres(behind)  # "in Kent" at the end is for both
    if not last:  # as is one at the beginning, or in the first only
        behind_first = [one for one in behind_first if one.kind != "where"]
    own_first = [one for one in ahead if one.kind != "where" or _wheres(before_second)]
    own_second = last if _wheres(behind_first) else before_second
    return [
        take_all(shape, [*own_first, kinds[0], *behind_first]),
        take_all(shape, list(dict.fromkeys([*before_second, kinds[1], *own_second]))),
    ]


_JOINING = frozenset(("and", "plus"))


def _wheres(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind == "where"]


def _modifiers(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind in ("cond", "where", "is") and not one.used]


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
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    several = sum(len(one.subjects) for chunk in shape.chunks.of("subject") for one in chunk.value) > 1
    which = several and any(
        chunk.text.startswith(("who", "which")) for chunk in shape.chunks.saying("measure", "which")
    )
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
    measure = q.Ratings(aspects or (q.WHOLE,), service, before)
    told = telling(shape) if named and not before and not which else []
    if told and shape.order is None:
        return Query(_scope_without(shape, told), claim=Claim(q.ALL, take_all(shape, told)))
    return Query(scope_left(shape), measure, order=shape.order, ranks=shape.ranks, most=shape.most)


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
    if ranked and len({name for chunk in shape.chunks.of("aspect") for name in chunk.value}) > 1:
        return aspects, service  # there is no order by two ratings at once: it stays unused
    asked = named or ranked or _only_aspects(shape) or _of_each(shape) or _asks_how(shape)
    if asked or _asks_what(shape) or not shape.chunks.of("aspect"):
        aspects, service = take_aspects(shape)
    else:
        _suppose_aspects(shape)
    by_rating = shape.order is not None and shape.order.key == "rating"
    if not aspects and not by_rating and _five(shape):  # there is no order by five ratings at once
        aspects = shape.vocabulary.key_questions
    return aspects, service


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
    return any(one is not None and one.kind == "rated" and one.text in _GRADE for one in behind)


def _ranks_aspects(shape: Shape) -> bool:
    """True for "worst for safety" and "least safe homes": the rating that places are ranked by. An aspect
    right before the noun is a condition: "the best of the safe homes"."""
    if shape.order is None or shape.ranks is None or shape.order.key not in ("rating", "date"):
        return False
    aspects = [chunk for chunk in shape.chunks.of("aspect") if not chunk.out]
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


def _only_where(shape: Shape) -> bool:
    """True for "and where?" about those before, which asks for their addresses; "where is …" asks for the
    address of what it names."""
    telling = [chunk for chunk in shape.chunks if chunk.kind not in ("function", "and")]
    return len(telling) == 1 and telling[0].says("measure", "which") and telling[0].text == "where"


def _postcode_asked(shape: Shape) -> bool:
    """True for "the postcode of …", but not for a postcode district, nor for postcodes to group by."""
    said = shape.chunks.saying("postcode")
    plain = all(
        chunk.text in ("postcode", "postcodes", "post code", "post codes", "postal code") for chunk in said
    )
    grouped = any(chunk.kind in ("super", "by", "order") for chunk in shape.chunks)
    return bool(said) and plain and not grouped and "postcode" in shape.vocabulary.field_names


def _values_asked(shape: Shape) -> tuple[str, ...] | None:
    """The fields asked for: who runs it, where it is, "with their regions", "what ward is it in"."""
    found: list[str] = []
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    brand = any("brand" in chunk.value for chunk in shape.chunks.of("field"))  # "what brand is it part of"
    if named and not brand and asks(shape, "which") and take(shape, "run_by", part="measure"):
        found.append("provider")  # "who is it run by"
    if take(shape, "measure", "provider"):
        found.append("provider")
    if _only_where(shape) or take(shape, "measure", "address"):
        found += [name for name in _ADDRESS if name in shape.vocabulary.field_names]
    if take(shape, "measure", "kind"):
        found.append("kind")
    if _postcode_asked(shape):
        take(shape, "postcode")
        found.append("postcode")
    for chunk in shape.chunks.of("field"):
        if chunk.value == ("year",):
            chunk.kind, chunk.value = "measure", "when"
            continue
        chunk.use("measure")
        found += chunk.value
    if found:
        take(shape, "measure", "which", "list")
        take(shape, "run_by", part="measure")
    if "predecessor" in found:
        take(shape, "time", "before", "start")  # "what name did it have before"
    return unique(found) or None
