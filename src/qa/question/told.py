"""Everything else: counts, shares, values, dates, ratings."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk, unique
from qa.question.conditions import members
from qa.question.query import Claim, Condition, Order, Query, conjunction
from qa.question.shape import (
    Shape,
    asks,
    cut_of,
    is_totalled,
    next_of,
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


def told_of(shape: Shape) -> list[Query]:
    """Counts, shares, values, dates, ratings."""
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
    if not any(is_totalled(shape, chunk) for chunk in shape.chunks.of("field")):
        _rows_order(shape)
    if take(shape, "measure", "share"):
        told = telling(shape, after_copula=True)
        of = take_all(shape, told) if told else supposed(shape, []) or q.EVERYTHING
        return [Query(scope_left(shape), q.Share(of))]
    total = total_asked(shape)
    if total is not None:
        take(shape, "measure", "which", "count")
        return [Query(scope_left(shape), total)]
    if take(shape, "measure", "count"):
        take(shape, "measure", "which", "list")
        return _counted(shape)
    values = _values_asked(shape)
    if values is not None:
        return [
            Query(scope_left(shape), q.Values(values), order=shape.order, ranks=shape.ranks, most=shape.most)
        ]
    if take(shape, "measure", "when"):
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
    return [_ratings_of(shape)]


def _counted(shape: Shape) -> list[Query]:
    """A count; of two kinds of place side by side two, unless they are counted together."""
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
    between = _modifiers(chunks[first + 1 : second])
    if not between or not any(one.kind == "and" for one in chunks[first:second]):
        return []
    before = _modifiers(chunks[:first])
    return [take_all(shape, [*before, kinds[0]]), take_all(shape, [*between, kinds[1]])]


def _modifiers(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind in ("cond", "where", "is") and not one.used]


def _suppose_aspects(shape: Shape) -> None:
    """ "Homes that are safe" are those good or better for it; "not safe" those below good."""
    for chunk in shape.chunks.of("aspect"):
        scale = shape.vocabulary.scale.ratings
        ratings = _not_so(shape, chunk) if chunk.out else scale[:2]
        names = list(chunk.value)
        if names != [q.WHOLE]:
            shape.extra += [q.Rated(ratings, aspect) for aspect in names]
            chunk.use("rating")


def _not_so(shape: Shape, chunk: Chunk) -> tuple[str, ...]:
    """ "Outstanding for responsive, but not for caring" denies that rating; "not safe" is below good."""
    scale = shape.vocabulary.scale.ratings
    told = [
        one.value
        for one in shape.chunks
        if one.kind == "cond" and one.start < chunk.start and isinstance(one.value, q.Rated)
    ]
    if told and told[-1].aspect != q.WHOLE:
        return tuple(rating for rating in scale if rating not in told[-1].ratings)
    return scale[2:]


def _ratings_of(shape: Shape) -> Query:
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    several = sum(len(chunk.value) for chunk in shape.chunks.of("subject")) > 1
    which = several and any(
        chunk.text.startswith(("who", "which")) for chunk in shape.chunks.saying("measure", "which")
    )
    take(shape, "measure", "which", "list")
    before = take(shape, "time", "before", "start")
    take(shape, "time", "after", "to")
    aspects, service = _aspects_asked(shape, named)
    if named:
        take_changes(shape)
    measure = q.Ratings(aspects or (q.WHOLE,), service, before)
    told = telling(shape) if named and not before and not which else []
    if told and shape.order is None:
        return Query(_scope_without(shape, told), claim=Claim(q.ALL, take_all(shape, told)))
    return Query(scope_left(shape), measure, order=shape.order, ranks=shape.ranks, most=shape.most)


def _aspects_asked(shape: Shape, named: bool) -> tuple[tuple[str, ...], str]:
    """The aspects and the service whose ratings are asked for; of nobody by name aspects are a condition."""
    aspects: tuple[str, ...] = ()
    service = q.WHOLE
    if named or not shape.chunks.of("aspect") or _only_aspects(shape):
        aspects, service = take_aspects(shape)
    else:
        _suppose_aspects(shape)
    if not aspects and _five(shape):
        aspects = tuple(aspect for aspect in shape.vocabulary.aspects if aspect != q.WHOLE)
    return aspects, service


def _only_aspects(shape: Shape) -> bool:
    """ "And caring?" asks for a rating of whoever was spoken of."""
    heads = ("kind", "where", "provider", "field", "cond", "quantifier", "quantity")
    return not any(chunk.kind in heads for chunk in shape.chunks) and not shape.chunks.any("measure")


def _scope_without(shape: Shape, told: list[Chunk]) -> Condition:
    for chunk in told:
        chunk.use("claim")
    return scope_left(shape)


def _five(shape: Shape) -> bool:
    found = shape.chunks.of("aspects")
    for chunk in found:
        chunk.use("measure")
    for chunk in shape.chunks.of("by") if found else ():
        chunk.use("measure")
    return bool(found)


def _rows_order(shape: Shape) -> None:
    """The order of rows: newest, best, sorted by date, "list 20"."""
    keys = {
        "newest": ("date", True),
        "oldest": ("date", False),
        "best": ("rating", True),
        "worst": ("rating", False),
    }
    ways = shape.chunks.of("super")
    for chunk in ways:
        value = {"top": "best", "bottom": "worst", "most": "best", "least": "worst"}.get(
            chunk.value, chunk.value
        )
        if value in keys and shape.order is None:
            key, descending = keys[value]
            shape.order = Order(key, descending)
            shape.ranks = cut_of(shape, ways) or (1, 1)
        chunk.use("order")
    _sorted(shape)
    if shape.order is None:
        quantity = next((one for one in shape.chunks.of("quantity") if one.value.plain), None)
        if quantity is not None and asks(shape, "list", "which"):
            quantity.use("order")
            shape.most = int(quantity.value.low)


def _sorted(shape: Shape) -> None:
    """ "Sorted by date"."""
    for chunk in shape.chunks.of("order"):
        behind = next_of(shape, chunk, "field", "measure", "rated", "cond")
        place = shape.chunks.index(chunk)
        words = {one.text for one in shape.chunks[place + 1 : place + 3]}
        key = (
            "date"
            if words & {"date", "dates", "publication date"}
            else "rating"
            if words & {"rating", "ratings"}
            else "name"
        )
        if behind is not None and behind.kind == "field":
            key = behind.value[0]
            behind.use("order")
        for one in shape.chunks[place + 1 : place + 3]:
            if one.text in ("date", "dates", "name", "names", "rating", "ratings", "publication date"):
                one.use("order")
        chunk.use("order")
        way = next(iter(shape.chunks.saying("order_way")), None)
        descending = key == "date" if way is None else way.value == "descending"
        if way is not None:
            way.use("order")
        shape.order = Order(key, descending)


def _values_asked(shape: Shape) -> tuple[str, ...] | None:
    """The fields asked about: who runs it, where it is, "with their regions", "what ward is it in"."""
    found: list[str] = []
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if named and asks(shape, "which") and take(shape, "run_by", part="measure"):  # "who is it run by"
        found.append("provider")
    if take(shape, "measure", "provider"):
        found.append("provider")
    if take(shape, "measure", "address"):
        found += [name for name in _ADDRESS if name in shape.vocabulary.field_names]
    if take(shape, "measure", "kind"):
        found.append("kind")
    for chunk in shape.chunks.of("field"):
        if chunk.value == ("year",):
            chunk.kind, chunk.value = "measure", "when"
            continue
        chunk.use("measure")
        found += chunk.value
    if found:
        take(shape, "measure", "which", "list")
        take(shape, "run_by", part="measure")
    return unique(found) or None
