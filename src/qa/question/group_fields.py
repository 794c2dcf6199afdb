"""The fields that make groups: after "per", at the head of a question, or a spread of ratings."""

from __future__ import annotations

from itertools import takewhile

from qa.question.chunks import Chunk, unique
from qa.question.conditions import condition_of
from qa.question.query import Is, Order
from qa.question.shape import (
    Shape,
    asks,
    is_totalled,
    next_of,
    take,
)
from qa.question.spans_around import SIZES
from qa.question.where_most import place_of_most

_OF_EACH = ("super", "cond", "quantity", "portion", "aspect", "aspects", "past", "spread")
_GRADES = ("rating", "ratings", "grade", "grades")


def is_of_ratings(shape: Shape, mean: Chunk) -> bool:
    """True for "the average rating"."""
    behind = shape.chunks.after(mean)
    return behind is not None and behind.kind == "rated" and behind.text in _GRADES


def fields_of_groups(shape: Shape) -> tuple[str, ...]:
    """Return the fields that make groups: after "per" and the like, at the head, or a spread of ratings."""
    _rank_by_most_of(shape)
    found = [*place_of_most(shape), *_of_spread(shape), *_after_each(shape)]
    found += _joined_to(shape) or ([] if found else _each_of_those_named(shape))
    found = found or _rating_asked(shape)
    head = _head(shape) if not found or shape.chunks.of("super") else None
    if head is not None:
        found += _field_names(shape, head)
    elif not found and _owners_asked(shape):
        found.append("provider")
    if len(unique(found)) == 1 and _asks_ratings(shape):
        found.append("rating")
    return unique(found)[:2]


def _of_spread(shape: Shape) -> list[str]:
    """The rating for each phrase that asks how ratings are distributed."""
    spread = shape.chunks.of("spread")
    for chunk in spread:
        chunk.use("by")
    return ["rating"] * len(spread)


def _after_each(shape: Shape) -> list[str]:
    """The fields after "per", "by" and "each"."""
    found: list[str] = []
    for chunk in (*shape.chunks.of("by"), *shape.chunks.saying("quantifier", "each")):
        behind = next_of(shape, chunk, "field", "aspects")
        if behind is not None:
            chunk.use("by")
            found += _field_names(shape, behind)
    return found


def _rating_asked(shape: Shape) -> list[str]:
    """The rating for "which rating …?" and "the most common rating"."""
    return ["rating"] if _which_rating(shape) or _commonest_rating(shape) else []


def leave_out_nameless(shape: Shape) -> None:
    """Take words that leave out places without the value that makes groups: "skip those without a brand".
    They are in no group."""
    for chunk in (one for one in shape.chunks if one.kind == "except"):
        row = list(
            takewhile(lambda one: one.kind in _OF_NAMELESS, shape.chunks[shape.chunks.index(chunk) + 1 :])
        )
        fields = [one for one in row if one.kind == "field"]
        denied = any(one.kind == "not" or one.says("quantifier", "none") for one in row)
        if denied and len(fields) == 1 and {*fields[0].value} <= {*shape.by}:
            for one in (chunk, *row[: row.index(fields[0]) + 1]):
                one.out = False  # "places without a brand": not all places
                one.use("by")


_OF_NAMELESS = frozenset("and field follow function kind not quantifier".split())


def _rank_by_most_of(shape: Shape) -> None:
    """Read "in which region are most of the inadequate homes?" as the one that has the most of them. In "in
    which regions are most of the homes inadequate?" most of the homes of each are so."""
    for most in shape.chunks.saying("quantifier", "most") if not shape.yes_no else ():
        at = shape.chunks.index(most)
        which = any(one.kind == "field" for one in shape.chunks[:at]) and asks(shape, "which", "list")
        if which and not _MOSTLY.intersection(most.text.split()) and _only_says_which(shape.chunks[at + 1 :]):
            most.kind = "super"


_MOSTLY = frozenset("largely mainly mostly part predominantly".split())


def _only_says_which(behind: list[Chunk]) -> bool:
    """True if the words behind "most of" only say which places are meant: "the inadequate homes", "the homes
    that are inadequate"; not for "the homes inadequate", which says what they are."""
    ahead = ("function", "rated", *_SAID_OF_THEM)
    place = next((place for place, one in enumerate(behind) if one.kind not in ahead), None)
    if place is None or behind[place].kind != "kind":
        return False
    rest = behind[place + 1 :]
    relative = bool(rest) and rest[0].text in ("that", "which")
    return relative or not any(one.kind in _SAID_OF_THEM for one in rest)


_SAID_OF_THEM = ("cond", "is", "period", "unrated")


def _each_of_those_named(shape: Shape) -> list[str]:
    """The column of "Kent and Essex: how many homes has each?", of which the question names several
    values."""
    last = shape.chunks[-1] if shape.chunks else None
    if last is None or last.used or not says_each(last) or not _counts_only(shape):
        return []
    listed = shape.chunks.included("where", "provider")
    condition = condition_of(listed[0], shape.vocabulary) if len(listed) == 1 else None
    if not isinstance(condition, Is) or len(condition.values) < 2:
        return []
    last.use("by")
    return [condition.field]


def says_each(chunk: Chunk) -> bool:
    """True for "each" and "in each"."""
    return chunk.says("quantifier", "each") or (chunk.kind == "by" and chunk.text.endswith("each"))


def _counts_only(shape: Shape) -> bool:
    """True if a number or share is asked for and nothing compared, which gives the figure of each anyway."""
    compared = shape.chunks.of("versus", "compare", "super") or asks(shape, "difference", "ratio")
    return asks(shape, "count", "share") and not (shape.yes_no or compared)


def _asks_ratings(shape: Shape) -> bool:
    """True for "ratings by region" and nothing else asked for each: how many have each rating."""
    place = next((place for place, chunk in enumerate(shape.chunks) if chunk.kind == "by"), 0)
    asked = any(chunk.kind == "rated" and chunk.text in _GRADES for chunk in shape.chunks[:place])
    return asked and not shape.yes_no and not any(_tells_of_each(shape, chunk) for chunk in shape.chunks)


def _tells_of_each(shape: Shape, chunk: Chunk) -> bool:
    if chunk.kind == "measure":
        return chunk.value not in ("which", "list") and not is_of_ratings(shape, chunk)
    return chunk.kind in _OF_EACH


def _joined_to(shape: Shape) -> list[str]:
    """Return what comes after "and" beside a field that makes groups: "by region and rating", "by rating and
    region"."""
    for chunk in [one for one in shape.chunks if one.kind in ("field", "spread") and one.used == "by"]:
        joined = shape.chunks.after(chunk)
        behind = shape.chunks.after(joined) if joined is not None and joined.kind == "and" else None
        if behind is not None and behind.used != "by" and (found := _also_grouped_by(shape, behind)):
            return found
    return []


def _also_grouped_by(shape: Shape, chunk: Chunk) -> list[str]:
    """The field that a chunk adds to the groups; none if it is no field."""
    if chunk.kind == "field":
        return _field_names(shape, chunk)
    if chunk.kind == "rated" and chunk.text in _GRADES:
        chunk.use("by")
        return ["rating"]
    if chunk.text in ("provider", "providers") and "provider" in shape.vocabulary.field_names:
        chunk.use("by")  # without "by" the word may also mean what is rated
        return ["provider"]
    return []


def _which_rating(shape: Shape) -> bool:
    """True for "which rating do most of them hold?"."""
    for chunk in shape.chunks.saying("measure", "which"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.kind == "rated" and behind.text in ("rating", "grade", "mark"):
            for most in (
                *shape.chunks.saying("quantifier", "most"),
                *shape.chunks.saying("super", "most", "least"),
            ):
                most.use("order")
                shape.order, shape.ranks = Order("figure", most.value != "least"), (1, 1)
                return True
    return False


def _commonest_rating(shape: Shape) -> bool:
    """True for "the most common (new) rating among homes in Leeds"."""
    for chunk in shape.chunks.saying("super", "most", "least"):
        behind = [one for one in shape.chunks[shape.chunks.index(chunk) + 1 :] if one.kind != "time"]
        common = _COMMON.intersection(chunk.text.split())
        if common and behind and behind[0].kind == "rated" and behind[0].text.split()[0] in _GRADES:
            shape.order, shape.ranks = Order("figure", chunk.value == "most"), (1, 1)
            chunk.use("order")
            return True
    return False


_COMMON = frozenset("common commonest commonly frequent frequently often rarest".split())


def _owners_asked(shape: Shape) -> bool:
    """True for "who runs the most homes?", which groups by provider if no subject is named whose provider is
    asked for."""
    ranked = shape.chunks.saying("super", "most", "least") or any(
        not one.value.plain for one in shape.chunks.of("quantity")
    )
    named = bool(shape.chunks.included("subject"))
    if not ranked or named or "provider" not in shape.vocabulary.field_names:
        return False
    who = [chunk for chunk in shape.chunks.saying("measure", "which") if chunk.text in ("who", "whos")]
    for chunk in who if shape.chunks.saying("super", "most", "least") and shape.chunks.of("kind") else ():
        chunk.use("by")  # "who has the most homes?"
        return True
    return take(shape, "measure", "provider", part="by")


def _field_names(shape: Shape, chunk: Chunk) -> list[str]:
    chunk.use("by")
    if chunk.kind == "aspects":
        return ["aspect"]
    return list(chunk.value)


def _head(shape: Shape) -> Chunk | None:
    """The field at the beginning of a question: "which councils have", "top 5 towns by", "towns with two"."""
    if shape.chunks.included("subject"):
        return None
    for chunk in shape.chunks.of("field"):
        ahead = shape.chunks.before(chunk)
        if is_totalled(shape, chunk) or (ahead is not None and ahead.text.split()[-1] in ("that", "this")):
            continue  # "a share of that town's homes"
        if _is_in_the_one(shape, chunk):
            continue
        if _is_at_beginning(shape, chunk):
            return chunk
        if (shape.chunks.of("super") or asks(shape, "mean")) and not _value_asked(shape, chunk):
            return chunk
    return None


def _is_in_the_one(shape: Shape, chunk: Chunk) -> bool:
    """True for "is anywhere else in the county inadequate?", which is about one county, not about each."""
    ahead = [one.text for one in shape.chunks[: shape.chunks.index(chunk)]]
    return shape.yes_no and ahead[-2:] == ["in", "the"] and not shape.chunks.of("super")


def _is_at_beginning(shape: Shape, chunk: Chunk) -> bool:
    """True if nothing, or a word for how many or which, comes before a field."""
    before = [
        one
        for one in shape.chunks[: shape.chunks.index(chunk)]
        if one.kind not in ("function", "follow", "where") and one.used != "order"
    ]
    if before and before[-1].kind == "strange" and before[-1].text in SIZES:
        before.pop()  # "which big chains"
    return not before or before[-1].kind in _BEFORE_HEAD


_BEFORE_HEAD = ("super", "quantity", "portion", "measure", "versus", "quantifier")


def _value_asked(shape: Shape, chunk: Chunk) -> bool:
    """True for "… with their regions", which asks for values."""
    before = shape.chunks.before(chunk)
    return before is not None and before.text in ("their", "its", "with", "and")
