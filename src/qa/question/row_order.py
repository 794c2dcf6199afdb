"""The order of rows, and how many of them are wanted: "the nearest", "newest first", "the best", "list 5"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of
from qa.question.distances import ENDS, FEW_NEAREST
from qa.question.query import Condition, Order
from qa.question.shape import ITS_PLACE, OTHER_END, Shape, asks, cut_of, next_of
from qa.question.steps import STEPS

_ENDS = {"top": "best", "bottom": "worst", "most": "best", "least": "worst"}


def order_rows(shape: Shape) -> None:
    """Set the order of rows: nearest, newest, best, sorted by date, "list 20"."""
    _nearest(shape)
    named = shape.chunks.of("subject")
    alone = len(named) == 1 and len(named[0].value) == 1
    if asks(shape, "count") or (shape.yes_no and alone):
        return  # neither a count nor one subject alone has an order
    _by_change(shape)
    _better_of_a_name(shape)
    _by_ends(shape, unordered=alone or asks(shape, "share"))
    _sorted(shape)
    _sorted_first(shape)
    if shape.order is None:
        _take_number(shape)


def _by_ends(shape: Shape, *, unordered: bool) -> None:
    """Set the order for "newest", "oldest", "best" and "worst", and words that mean the same. If
    ``unordered``, "most" is none of them: "who leads Oxleas?", "what share has the most?"."""
    ways = [one for one in shape.chunks.of("super") if not (unordered and one.value in _EXTENTS)]
    for chunk in ways:
        if _is_of_figures(shape, chunk):
            continue
        value = "newest" if _is_last_in_time(shape, chunk) else _ENDS.get(chunk.value, chunk.value)
        order = _ORDERS.get(value)
        if order is not None and shape.order is None:
            shape.order = order
            shape.ranks = cut_of(shape, ways) or (1, 1)
        elif order is not None and shape.order == replace(order, descending=not order.descending):
            continue  # "the newest and the oldest" is not one order
        chunk.use("order")


_EXTENTS = ("most", "least")
_ORDERS = {
    "newest": Order("date", True),
    "oldest": Order("date", False),
    "best": Order("rating", True),
    "worst": Order("rating", False),
}


def _is_of_figures(shape: Shape, chunk: Chunk) -> bool:
    """True for "who's the biggest?" and "which day saw the most?", which are not about ratings; "the least
    safe home" is."""
    if chunk.value in (OTHER_END, ITS_PLACE):
        return True
    if chunk.value not in _EXTENTS or _COUNTED.isdisjoint(chunk.text.split()):
        return False
    behind = shape.chunks.after(chunk)
    return behind is None or behind.kind != "aspect"


def _take_number(shape: Shape) -> None:
    """Apply the number of "list 5"; in "went two grades" it does not count rows."""
    quantity = next((one for one in shape.chunks.of("quantity") if one.value.plain), None)
    if quantity is None or not asks(shape, "list", "which"):
        return
    behind = shape.chunks.after(quantity)
    if behind is None or behind.text not in STEPS:
        quantity.use("order")
        shape.most = int(quantity.value.low)


# Words only for the ends of an order of figures; "highest" and "last" may also be about ratings.
_COUNTED = frozenset(
    "biggest common commonest commonly fewest frequent frequently largest least most number numerous often "
    "rarest smallest times".split()
)


def _nearest(shape: Shape) -> None:
    """Apply "the nearest home to Wem" or "the 3 closest"; a plural without a number gives as many as an
    answer shows at once."""
    ends = [chunk for chunk in shape.chunks.of("near") if chunk.value in ENDS]
    if not ends or not any(q.near_parts(condition) for condition in _places(shape)):
        return
    shape.order = Order("distance", ends[0].value == "furthest")
    shape.ranks = cut_of(shape, ends)
    if shape.ranks is None:
        noun = next(iter(shape.chunks.of("kind")), None)
        several = noun is not None and noun.text.endswith("s")
        shape.ranks = (1, FEW_NEAREST if several else 1)
        ends[0].value = f"several {ends[0].value}" if several else ends[0].value
    for chunk in ends:
        chunk.use("order")


def _by_change(shape: Shape) -> None:
    """Order by the number of grades for "improved the most", "the most improved" and "the biggest drop"."""
    moved = _change_one_way(shape)
    if moved is None:
        return
    ways = (one for one in shape.chunks.of("super") if one.value in _EXTENTS)
    way = next((one for one in ways if _stand_together(shape, one, moved)), None)
    if way is None:
        return
    shape.order = Order("steps", (moved.value.signs == (1,)) is (way.value == "most"))
    before = shape.chunks.saying("super", "top", "bottom")  # "the top 5 most improved"
    shape.ranks = cut_of(shape, [*before, way]) or (1, 1)
    for chunk in (*before, way):
        chunk.use("order")


def _change_one_way(shape: Shape) -> Chunk | None:
    """The only change in the question, if it is a rise or a fall without a time. The step from the rating
    before is not what happened in a period."""
    moved = [one for one in shape.chunks.of("cond") if isinstance(one.value, q.Moved) and not one.out]
    if len(moved) != 1 or moved[0].value.signs not in ((1,), (-1,)):
        return None
    timed = moved[0].value.since is not None or moved[0].value.until is not None
    return None if timed or shape.chunks.of("period") else moved[0]


def _better_of_a_name(shape: Shape) -> None:
    """Read "which of the two Elm Houses is better?": those who share a name, the best rated first."""
    number = _number_of_a_name(shape)
    said = shape.chunks.saying("versus", "better", "worse")
    if number < 2 or len(said) != 1 or shape.chunks.any("versus", "than"):
        return
    counted = [one.value.low for one in shape.chunks if one.kind == "quantity" and one.value.plain]
    counted += [2] if shape.chunks.any("follow", "two") else []
    if counted in ([], [number]) and asks(shape, "which"):
        shape.order, shape.ranks = Order("rating", said[0].value == "better"), (1, 1)
        said[0].use("order")


def _number_of_a_name(shape: Shape) -> int:
    """How many subjects share the only name in the question; 0 if there is none or more than one."""
    subjects = shape.chunks.included("subject")
    only = len(subjects) == 1 and len(subjects[0].value) == 1
    return len(subjects[0].value[0].subjects) if only else 0


def _stand_together(shape: Shape, way: Chunk, moved: Chunk) -> bool:
    first, last = sorted((way, moved), key=lambda one: one.start)
    between = shape.chunks[shape.chunks.index(first) + 1 : shape.chunks.index(last)]
    return all(one.kind in ("function", "rated", "follow") for one in between)


def _places(shape: Shape) -> list[Condition]:
    return [
        one
        for chunk in shape.chunks.of("where")
        if (one := condition_of(chunk, shape.vocabulary)) is not None
    ]


def _sorted(shape: Shape) -> None:
    """Apply "sorted by date"."""
    for chunk in shape.chunks.of("order"):
        key = _key_behind(shape, chunk)
        chunk.use("order")
        way = next(iter(shape.chunks.saying("order_way")), None)
        descending = key == "date" if way is None else way.value == "descending"
        if way is not None:
            way.use("order")
        shape.order = Order(key, descending)


def _key_behind(shape: Shape, chunk: Chunk) -> str:
    """Take the words after "sorted by" and return their sort key; without any, the name."""
    behind = next_of(shape, chunk, "field", "measure", "rated", "cond")
    place = shape.chunks.index(chunk)
    said = [one for one in shape.chunks[place + 1 : place + 3] if one.text in _KEYS]
    for one in said:
        one.use("order")
    if behind is not None and (behind.kind == "field" or behind.says("measure", "when")):
        behind.use("order")
        return "date" if behind.value == "when" else behind.value[0]  # "by when they were rated"
    keys = {_KEYS[one.text] for one in said}
    return next((key for key in ("date", "rating") if key in keys), "name")


_KEYS = {
    **dict.fromkeys(("date", "dates", "publication date"), "date"),
    **dict.fromkeys(("rating", "ratings"), "rating"),
    **dict.fromkeys(("name", "names"), "name"),
}
_FIRST = {
    **dict.fromkeys(("best", "worst", "highest", "lowest"), "rating"),
    **dict.fromkeys(("newest", "oldest", "latest", "most recent"), "date"),
    **dict.fromkeys(("closest", "nearest", "furthest", "farthest"), "distance"),
    **dict.fromkeys(("from best to worst", "from worst to best"), "rating"),
    "in alphabetical": "name",
    "alphabetically": "name",
}


def _sorted_first(shape: Shape) -> None:
    """Apply "worst first" and "newest first": all rows in that order, or the first ones if a number cuts the
    list."""
    for chunk in shape.chunks.of("order_way"):
        words = chunk.text.removesuffix(" first").removesuffix(" order")
        key = _FIRST.get(words)
        if key is not None and (shape.order is None or (shape.order.key == key and shape.ranks is None)):
            shape.order = Order(key, chunk.value == "descending")
            chunk.use("order")


def _is_last_in_time(shape: Shape, chunk: Chunk) -> bool:
    """True for "when was the last home rated?" and "the last home to be rated": the newest, not the worst."""
    rated = any(one.kind == "rated" and one.start > chunk.start for one in shape.chunks)
    to_be = " to be " in " ".join(one.text for one in shape.chunks)
    return chunk.text == "last" and rated and (to_be or asks(shape, "when"))
