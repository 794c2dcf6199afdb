"""Words that say again what the question says anyway: "both" before two conditions, "none lower" after "good
for everything", "how many each has" after "the most"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.shape import Shape, asks

_CONDITIONS = ("cond", "unrated", "kind", "where", "provider", "value", "named", "period", "measured")
_BETWEEN = ("and", "function", "aspect", "service", "rated", "time", "run_by")
_HAVING = frozenset("got had has have".split())
_GOING = frozenset("based going judged judging looking measured measuring".split())
_CUTTING = ("most", "least", "top", "bottom", "best", "worst", "newest", "oldest")


def take_said_again(shape: Shape) -> None:
    """Take the words that add nothing to what the question says elsewhere."""
    for step in (
        _both_conditions,
        _both_groups,
        _going_by,
        _none_lower,
        _each_has,
        _only_so_many,
        _spelled_out,
    ):
        step(shape)


def _both_conditions(shape: Shape) -> None:
    """Take "both" in "both in Ely and rated good", where "and" says the same."""
    for chunk in shape.chunks.saying("quantifier", "both"):
        first, between, second = _two_conditions(shape, chunk)
        if first is None or second is None or not _are_joined(between):
            continue
        # in "is Elm House both good and in Ely?" a place says only which house is meant
        told = first.kind == second.kind == "cond" if shape.yes_no else _are_one(first, second)
        if told:
            chunk.use("small")
        if told and second.kind == "kind":
            _join([one for one in between if one.kind == "and"])


def _are_joined(between: list[Chunk]) -> bool:
    """True if "and" is between two conditions, and nothing else that counts."""
    return any(one.kind == "and" for one in between) and all(one.kind in _BETWEEN for one in between)


def _two_conditions(shape: Shape, both: Chunk) -> tuple[Chunk | None, list[Chunk], Chunk | None]:
    """The condition right after "both", what comes between, and the next condition."""
    behind = list(shape.chunks[shape.chunks.index(both) + 1 :])
    while behind and behind[0].kind in ("function", "rated", "run_by"):
        behind = behind[1:]
    first = behind[0] if behind and behind[0].kind in _CONDITIONS else None
    second = next((one for one in behind[1:] if one.kind in _CONDITIONS), None)
    return first, behind[1 : behind.index(second)] if second is not None else [], second


def _are_one(first: Chunk, second: Chunk) -> bool:
    """True unless both are kinds: "both a care home and a surgery" are two places of a group."""
    return (first.kind, second.kind) != ("kind", "kind")


def _join(joining: list[Chunk]) -> None:
    """Leave no seam between two conditions on the same places: "both good and foundation trusts"."""
    for one in joining:
        one.kind, one.value = "function", "both and"
        one.use("small")


def _both_groups(shape: Shape) -> None:
    """Read "for each of the two councils" and "for both councils" as "for each council", if there are two."""
    for field in shape.chunks.of("field"):
        two, grouped = shape.chunks.before(field), shape.chunks.before(field, 2)
        if two is None or grouped is None or two.used or not _says_two(two) or len(field.value) != 1:
            continue
        into = grouped.says("by") or grouped.text in _IN
        if into and len(shape.vocabulary.values_by_key(field.value[0])) == _TWO:
            two.kind, two.value = "function", two.text
            two.use("small")


def _says_two(chunk: Chunk) -> bool:
    return chunk.says("follow", "two") or chunk.says("quantifier", "both")


_IN = ("across", "at", "for", "in", "within")
_TWO = 2


def _going_by(shape: Shape) -> None:
    """Take "going by the share of good ones", which says what is compared; it makes no groups."""
    if not shape.chunks.any("versus"):
        return
    for chunk in shape.chunks.of("by"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        while behind is not None and behind.text == "the":
            behind = shape.chunks.after(behind)
        if behind is not None and behind.says("measure", "count", "share"):
            chunk.use("measure")
            if ahead is not None and not ahead.used and _GOING.issuperset(ahead.text.split()):
                ahead.use("measure")


def _none_lower(shape: Shape) -> None:
    """Take "and none lower" after "good for every key question", which leaves no lower rating."""
    for chunk in shape.chunks.saying("quantifier", "none") if _for_every_aspect(shape) else ():
        behind = [one for one in shape.chunks[shape.chunks.index(chunk) + 1 :] if one.text not in _SMALL]
        if behind and behind[0].text in _LOWER and (len(behind) == 1 or behind[1].spans[0].gap):
            chunk.use("small")
            behind[0].use("small")


def _for_every_aspect(shape: Shape) -> bool:
    every = {*shape.vocabulary.key_questions}
    said = [chunk.value for chunk in shape.chunks if chunk.kind == "cond" and not chunk.out]
    return any(isinstance(one, q.RatedFor) and {*one.aspects} == every for one in said)


_SMALL = frozenset("any anything being given rated scoring with".split())
_LOWER = frozenset(("less", "lower", "worse", "below", "below that", "less than that", "lower than that"))


def _each_has(shape: Shape) -> None:
    """Take "with how many each has" after "the five with the most …", which tells the numbers."""
    if not shape.chunks.any("super", "most", "least", "top", "bottom") or not asks(shape, "count"):
        return
    for chunk in shape.chunks.saying("quantifier", "each"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        counted = ahead is not None and ahead.says("measure", "count")
        if counted and chunk.text == "each" and behind is not None and behind.text in _HAVING:
            chunk.use("small")


def _only_so_many(shape: Shape) -> None:
    """Take "only" beside a number of an order: "the best three only", "only the best three"."""
    if not any(chunk.says("super", *_CUTTING) for chunk in shape.chunks):
        return
    for chunk in shape.chunks.saying("quantifier", "only"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        ends = behind is None or behind.kind == "function"
        if (_is_number(ahead) and ends) or (not shape.yes_no and _begins_a_cut(shape, behind)):
            chunk.use("small")


def _begins_a_cut(shape: Shape, chunk: Chunk | None) -> bool:
    """True for "the best three"."""
    if chunk is not None and chunk.text == "the":
        chunk = shape.chunks.after(chunk)
    way = chunk is not None and chunk.says("super", *_CUTTING)
    return chunk is not None and way and _is_number(shape.chunks.after(chunk))


def _is_number(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind == "quantity"


def _spelled_out(shape: Shape) -> None:
    """Take "the most deprived areas" before "(decile 1 or 2)", which says what is meant by it."""
    for chunk in shape.chunks.of("measured"):
        behind = shape.chunks.after(chunk)
        if behind is None or behind.kind != "where" or not {*behind.spans[0].gap} & {*"(–—:"}:
            continue
        if all(getattr(value, "field", "") == chunk.value[0] for value in behind.value):
            chunk.kind, chunk.value = "function", chunk.text
            chunk.use("small")
