"""Conditions on each group: "8 or more", "none", "both an outstanding and an inadequate home"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from qa.question import query as q
from qa.question.chunking import OF_MANY, as_quantifier
from qa.question.chunks import Chunk
from qa.question.conditions import members
from qa.question.query import Condition, Having
from qa.question.shape import Shape, take, take_all, telling


def take_having(shape: Shape) -> None:
    """Take the conditions on each group: "8 or more", "none", "both an outstanding and an inadequate
    home"."""
    if shape.having or _takes_both(shape) or _kinds_of_each(shape) or _ratings_of_each(shape):
        return
    quantities = _bounds(shape)
    bounds = len(quantities) + len(shape.chunks.saying("quantifier", "none", "any"))
    if bounds > 1 or len(shape.chunks.of("cond")) > 1:
        _bound_each(shape, quantities)
    for chunk in (*_bounds(shape), *shape.chunks.of("portion")):
        _bound_groups(shape, chunk)
    for chunk in shape.chunks.saying("quantifier", "none", "only", "all", "most", "any"):
        _quantify_groups(shape, chunk)
    if not shape.having and take(shape, "not", part="having"):
        shape.having = (Having(q.NONE, take_all(shape, telling(shape))),)


def _bounds(shape: Shape) -> list[Chunk]:
    """The numbers with a comparator: "8 or more"."""
    return [chunk for chunk in shape.chunks.of("quantity") if not chunk.value.plain]


def _takes_both(shape: Shape) -> bool:
    """Take "both an outstanding and an inadequate home", "both a care home and a home care agency" or "both
    an outstanding hospice and an inadequate home"; true if there is one."""
    both = shape.chunks.saying("quantifier", "both")
    taken, conditions = _two_of(shape, both[0]) if both else _kinds_as_well(shape)
    if conditions:
        _both(shape, [*both, *taken], conditions)
    return bool(conditions)


def _two_of(shape: Shape, both: Chunk) -> tuple[list[Chunk], tuple[Condition, ...]]:
    """The words after "both" and the two conditions that they state; nothing unless there are two."""
    rated = shape.chunks.of("cond")
    if pair := [chunk for chunk in rated if len(chunk.members) > 1]:
        return pair[:1], pair[0].members
    if len(rated) == 2:
        kinds = _kinds_rated(shape, rated)
        each = [q.disjunction(*members(kind, shape.vocabulary)) for kind in kinds] or [q.EVERYTHING] * 2
        told = [q.conjunction(kind, one.value) for kind, one in zip(each, rated, strict=True)]
        return [*rated, *kinds], tuple(told)
    kinds = _kinds_behind(shape, both)
    return kinds, tuple(one for kind in kinds for one in members(kind, shape.vocabulary))


def _kinds_rated(shape: Shape, rated: Sequence[Chunk]) -> list[Chunk]:
    """The two kinds of place right after two ratings: "both an outstanding hospice and an inadequate
    home"."""
    behind = [shape.chunks.after(one) for one in rated]
    kinds = [one for one in behind if one is not None and one.kind == "kind" and not one.out]
    told = all(kind.field for one in kinds for kind in one.value)
    return kinds if len(kinds) == len(rated) and told and kinds[0].value != kinds[1].value else []


def _kinds_of_each(shape: Shape) -> bool:
    """Take "towns with no dentist", "wards that have a GP practice but no home" or, in a claim, "towns with a
    dentist also have a GP practice": groups with kinds of place and without; true if there are such."""
    if shape.chunks.of("cond"):
        return False
    kinds = [one for one in shape.chunks.of("kind") if any(kind.field for kind in one.value)]
    denials = [_denial(shape, kind) or _same_denial(shape, kind) for kind in kinds]
    if not any(denials) and not _is_of_two(shape, kinds):
        return False
    for kind, denial in zip(kinds, denials, strict=True):
        _have(shape, kind, denial)
    return True


def _is_of_two(shape: Shape, chunks: list[Chunk]) -> bool:
    """True for a claim that groups with one of two things also have the other."""
    return shape.yes_no and len(chunks) == 2 and are_restricted(shape)


def _ratings_of_each(shape: Shape) -> bool:
    """Take the two ratings of a claim such as "all towns with an inadequate home also have a good home"; true
    if there are such."""
    rated = shape.chunks.of("cond")
    if not _is_of_two(shape, rated) or any(one.used for one in rated):
        return False
    for one in rated:
        ahead, bound = _ahead(shape, one), q.ANY
        if ahead is not None and (ahead.kind == "not" or ahead.says("quantifier", "none")):
            ahead.use("having")
            bound = q.NONE
        one.use("having")
        shape.having = (*shape.having, Having(bound, one.value))
    return True


def are_restricted(shape: Shape) -> bool:
    """True if the groups are told apart before anything is said of them: "towns without a dentist …"."""
    behind = [shape.chunks.after(one) for one in shape.chunks if one.kind == "field" and one.used == "by"]
    return any(one is not None and one.text.split()[0] in _WITH for one in behind)


_WITH = frozenset("having lacking that which with without".split())


def _same_denial(shape: Shape, kind: Chunk) -> Chunk | None:
    """The word that denies a kind by denying the one before it: "without a dentist or a surgery"."""
    seam = shape.chunks.ahead_of(kind, lambda one: one.kind == "function")
    first = shape.chunks.before(seam) if seam is not None else None
    words = ("or", "nor", "and") if shape.chunks.saying("quantifier", "both") else ("or", "nor")
    if seam is None or seam.text not in words or first is None or first.kind != "kind":
        return None
    return _denial(shape, first)


def _have(shape: Shape, kind: Chunk, denial: Chunk | None) -> None:
    """Take a kind that each group has, or with the word that denies it has not."""
    if denial is None and (kind.used or kind.out):
        return
    condition = q.disjunction(*members(replace(kind, out=False), shape.vocabulary))
    shape.having = (*shape.having, Having(q.ANY if denial is None else q.NONE, condition))
    kind.use("having")
    if denial is not None:
        for chunk in (denial, *shape.chunks.saying("quantifier", "any")):
            chunk.use("having")


def _denial(shape: Shape, kind: Chunk) -> Chunk | None:
    """The word right before a kind that says there is none of it; not a word that excludes it from a
    count."""
    last = _ahead(shape, kind)
    if last is None:
        return None
    if kind.out:
        return last if last.kind == "not" else None
    return last if last.says("quantifier", "none") and last.text not in _LEAVE else None


def _ahead(shape: Shape, chunk: Chunk) -> Chunk | None:
    """Return what comes before a chunk, without "a", "any" and "both"."""
    return shape.chunks.ahead_of(
        chunk, lambda one: one.kind == "function" or one.says("quantifier", "any", "both")
    )


_LEAVE = frozenset(("nothing", "none"))


def _kinds_behind(shape: Shape, both: Chunk) -> list[Chunk]:
    """Return the two kinds of place after "both"."""
    kinds = [chunk for chunk in shape.chunks.of("kind") if chunk.start > both.start and not chunk.out]
    return kinds if sum(len(chunk.value) for chunk in kinds) == 2 else []


def _kinds_as_well(shape: Shape) -> tuple[list[Chunk], tuple[Condition, ...]]:
    """The two kinds of "providers that run care homes as well as home care" and their conditions; nothing if
    more is said of them."""
    if any(one.kind in _TOLD_OF_BOTH for one in shape.chunks):
        return [], ()
    for kind in shape.chunks.of("kind"):
        if " as well as " in kind.text and not kind.out and len(kind.value) == 2 and _are_run(shape, kind):
            return [kind], members(kind, shape.vocabulary)
    return [], ()


_TOLD_OF_BOTH = ("cond", "aspect", "super", "order", "portion", "quantity")


def _are_run(shape: Shape, kind: Chunk) -> bool:
    """True if the kind is what each group has: "that run …", "with …"."""
    ahead = shape.chunks.before(kind)
    return ahead is not None and (ahead.kind == "run_by" or ahead.text in _HAVING)


_HAVING = frozenset(
    "have has had having with run runs running operate operates own owns offer offers".split()
)


def _bound_each(shape: Shape, quantities: list[Chunk]) -> None:
    """Bind each number to its rating: "at least one inadequate home and five or more outstanding ones"."""
    bounds = (*quantities, *shape.chunks.saying("quantifier", "any", "none"))
    for chunk in bounds:
        place = shape.chunks.index(chunk)
        behind = takewhile(lambda one: one not in bounds, shape.chunks[place + 1 :])
        told = next((one for one in behind if one.kind == "cond" and not one.used), None)
        if told is not None and told.value is not None:
            chunk.use("having")
            told.use("having")
            bound = OF_MANY[chunk.value] if chunk.kind == "quantifier" else as_quantifier(chunk.value)
            shape.having = (*shape.having, Having(bound, told.value))


def _both(shape: Shape, chunks: list[Chunk], conditions: tuple[Condition, ...]) -> None:
    for chunk in chunks:
        chunk.use("having")
    shape.having = tuple(Having(q.ANY, condition) for condition in conditions)


def _bound_groups(shape: Shape, chunk: Chunk) -> None:
    if _bounds_all(shape, chunk):
        return  # the words stay unused: no Query counts the one and bounds the other
    chunk.use("having")
    quantifier = as_quantifier(chunk.value)
    if (rated := _said_of_them(shape, chunk)) is not None:
        shape.having = (*shape.having, Having(quantifier), Having(q.ALL, rated.value))
        return
    told = telling(shape)
    if quantifier.is_share or quantifier.low < 1:
        shape.having = (*shape.having, Having(quantifier, take_all(shape, told) if told else q.EVERYTHING))
    else:
        shape.having = (*shape.having, Having(quantifier))


def _said_of_them(shape: Shape, number: Chunk) -> Chunk | None:
    """Take what is said of all that a number counts, and return it: "only one home, and it requires
    improvement", "two homes and both are good"."""
    behind = shape.chunks[shape.chunks.index(number) + 1 :]
    for place, chunk in enumerate(behind[1:], 1):
        words = [one for one in behind[place + 1 :] if one.kind != "function"][:1]
        of_all = chunk.says("follow", "pronoun") or chunk.says("quantifier", "both", "each")
        if behind[place - 1].kind == "and" and of_all and words and words[0].kind == "cond":
            for one in (chunk, words[0]):
                one.use("having")
            return words[0]
    return None


def _bounds_all(shape: Shape, chunk: Chunk) -> bool:
    """True if a number bounds all places of a group, but only some of them are counted: "which towns with at
    least 6 homes have the most that are inadequate?"."""
    if chunk.kind != "quantity" or any(one.says("measure", "share", "mean") for one in shape.chunks):
        return False
    behind = shape.chunks[shape.chunks.index(chunk) + 1 :]
    kinds = [one.kind for one in behind]
    cut = next((place for place, kind in enumerate(kinds) if kind in _RANKING), len(kinds))
    return "cond" in kinds[cut:] and "cond" not in kinds[:cut] and _BOUNDING.isdisjoint(kinds[cut:])


_RANKING = ("by", "order", "super")
_BOUNDING = frozenset(("portion", "quantifier", "quantity"))


def _ends_order(shape: Shape, only: Chunk) -> bool:
    ahead = shape.chunks.before(only)
    return ahead is not None and ahead.used == "order"


def _only_which(shape: Shape, only: Chunk) -> bool:
    """Take "only" where it narrows the groups: "only those with at least 100", "only counting towns with 5",
    "only towns with 4", and at the end of an order, "the highest only"."""
    behind = shape.chunks.after(only)
    if behind is None and _ends_order(shape, only):
        only.use("small")
        return True
    counting = behind is not None and behind.kind == "measure" and behind.text in ("count", "counting")
    groups = behind is not None and behind.kind == "field" and behind.used == "by"
    if behind is None or not (counting or groups or behind.says("follow", "pronoun")):
        return False
    only.use("small")
    if counting:
        behind.use("small")
    return True


def _of_all_groups(shape: Shape, chunk: Chunk) -> bool:
    """True for "of all councils, which has …?", which means the same as "which council has …?"."""
    ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
    among = ahead is not None and ahead.text in ("of", "among", "out of", "amongst", "across")
    return among and behind is not None and behind.kind == "field" and behind.used == "by"


def _quantify_groups(shape: Shape, chunk: Chunk) -> None:
    if chunk.value == "only" and _only_which(shape, chunk):
        return
    if _of_all_groups(shape, chunk):
        chunk.use("small")
        return
    told = telling(shape)
    if chunk.value == "any" or not told:
        if chunk.value in ("any", "all"):
            chunk.use("small")
        return
    chunk.use("having")
    condition = take_all(shape, told)
    quantifier = {"none": q.NONE, "all": q.ALL, "only": q.ALL, "most": q.MOST}[chunk.value]
    shape.having = (*shape.having, Having(quantifier, condition))
