"""Small words and asides: words that only refer to something, or repeat what is meant anyway."""

from __future__ import annotations

from qa.question import query as q
from qa.question.around_scope import take_around
from qa.question.chunks import Chunk
from qa.question.distances import ENDS
from qa.question.grammar import Kind
from qa.question.one_of_them import take_one_of_them
from qa.question.parts import Meant
from qa.question.place_asked import mark_place_asked
from qa.question.rated_words import (
    by_its_rating,
    how_rated,
    how_they_compare,
    its_newest,
    overall,
    rated_at_all,
    registered_there,
)
from qa.question.said_again import take_said_again
from qa.question.shape import Shape, asks, next_of, take
from qa.question.steps import STEPS
from qa.question.stressed import take_stressed


def take_small(shape: Shape) -> None:
    """Take words that only say that a rating is meant, or refer to everything there is: "rated", "the
    seven"."""
    for step in (
        take_around,
        take_stressed,
        _everything_that,
        _at_each_of,
        mark_place_asked,
        _verb_to_share,
        take_said_again,
        by_its_rating,
        rated_at_all,
        registered_there,
        _plain_words,
        how_rated,
        _all_five,
        _all_of_a_number,
        overall,
        _by_a_number,
        _the_only,
        _only_these,
        its_newest,
        _begins_with,
        _pointed_at,
        _in_either,
        _edition,
        _in_the_report,
        how_they_compare,
        _one_as_a_noun,
        take_one_of_them,
    ):
        step(shape)


def _everything_that(shape: Shape) -> None:
    """Read "everything with inadequate in safe" as all places with that rating; "everything" does not mean
    key questions here."""
    for chunk in shape.chunks.saying("aspects", "five"):
        ahead = [one for one in shape.chunks[: shape.chunks.index(chunk)] if one.kind != "function"]
        behind = shape.chunks.after(chunk)
        listed = all(one.says("measure", "which", "list") for one in ahead)
        that = listed and behind is not None and behind.text in _THAT
        if chunk.text == "everything" and (that or not shape.vocabulary.key_questions):
            chunk.kind, chunk.value = "kind", (Kind("places", "", ()),)
            chunk.use("small")


_THAT = frozenset("rated that which with".split())


def _at_each_of(shape: Shape) -> None:
    """Read "the rating at each of its sites" as the rating of all of them."""
    if asks(shape, "count", "share"):
        return
    for chunk in shape.chunks.of("by"):
        behind = shape.chunks[shape.chunks.index(chunk) + 1 :][:3]
        of_kind = [one for one in behind if one.kind == "kind"]
        small = behind[: behind.index(of_kind[0])] if of_kind else behind
        pointed = all(one.text in ("of", "the") or one.says("follow", "pronoun") for one in small)
        if chunk.text.split()[-1] == "each" and of_kind and small and pointed:
            chunk.use("small")


def _one_as_a_noun(shape: Shape) -> None:
    """Read "one" right after a description as a noun, not a number: "not a single outstanding one"."""
    for chunk in shape.chunks.of("quantity"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        alone = behind is None or behind.kind not in ("kind", "cond", "aspect", "aspects", "quantity")
        if (
            chunk.text == "one"
            and ahead is not None
            and ahead.kind == "cond"
            and ahead.end == chunk.start
            and alone
        ):
            chunk.use("small")


def _verb_to_share(shape: Shape) -> None:
    """Take "share" as a verb, not as part of a whole: "Which homes share the postcode TF2 9TW?"."""
    for chunk in shape.chunks.saying("measure", "share"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        verb = ahead is not None and (ahead.kind == "kind" or ahead.text in ("who", "which", "that"))
        of_place = behind is not None and (
            behind.kind in ("postcode", "where") or behind.text in ("the", "a", "an", "this", "that", "one")
        )
        if chunk.text in ("share", "shares", "sharing") and verb and of_place:
            chunk.kind, chunk.value = "function", chunk.text
            chunk.use("small")


def _begins_with(shape: Shape) -> None:
    """Leave "which homes start with S?" unused: nothing reads the beginnings of names, and the answer says
    so."""
    for chunk in shape.chunks.saying("time", "start"):
        behind = shape.chunks[shape.chunks.index(chunk) + 1 :][:3]
        letter = any(
            len(one.text) == 1 or one.text.startswith(("letter", "the letter")) for one in behind[1:]
        )
        if behind and behind[0].text == "with" and letter:
            chunk.kind, chunk.value = "called", "begins"


def _plain_words(shape: Shape) -> None:
    """Take words without a meaning of their own, and "postcode" beside one."""
    spread = shape.chunks.any("spread")
    for chunk in shape.chunks:
        # "by the rating it started from" is another rating than "by the rating"
        beginning = spread and chunk.says("time", "from") and chunk.text.startswith("start")
        if _is_plain(chunk) and not beginning:
            chunk.use("small")
    wheres = [chunk for chunk in shape.chunks if chunk.kind == "where"]
    if any(isinstance(value, q.Postcode) for chunk in wheres for value in chunk.value):
        take(shape, "postcode", part="scope")


def _is_plain(chunk: Chunk) -> bool:
    if chunk.kind == "and":
        return chunk.text != "but"
    return chunk.kind in ("rated", "quality", "function") or chunk.says("time", "after", "to", "from")


def _all_five(shape: Shape) -> None:
    """Read "all five constituencies" as a number of constituencies, not as the five key questions."""
    for chunk in shape.chunks.saying("aspects", "five"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.kind in ("field", "kind"):
            chunk.kind, chunk.value = "quantifier", "all"


def _all_of_a_number(shape: Shape) -> None:
    """Read "all seven trusts" as all trusts, however many there are."""
    for chunk in shape.chunks.saying("quantifier", "both", "all", "each"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.kind == "quantity" and behind.value.plain and not _is_cut(shape):
            behind.use("small")


def _by_a_number(shape: Shape) -> None:
    """Take "by number of homes" and "across the country" as making no groups: "biggest provider by number of
    homes"."""
    for chunk in shape.chunks.of("by"):
        behind = shape.chunks.after(chunk)
        if chunk.text.startswith("across") and next_of(shape, chunk, "field", "aspects") is None:
            chunk.use("small")
        if behind is not None and behind.says("measure", "count", "share", "when"):
            chunk.use("order")
            if behind.value == "when":
                behind.use("order")


def _the_only(shape: Shape) -> None:
    """Take "only" in "The only practice that …"."""
    for chunk in shape.chunks.saying("quantifier", "only"):
        ahead = shape.chunks.before(chunk)
        if ahead is not None and ahead.text == "the" and not shape.yes_no:
            chunk.use("small")


def _only_these(shape: Shape) -> None:
    """Take "only" after a scope: "for hospitals in Kent only: how many …". In "are the bad ones in Kent
    only?" it is part of the question."""
    for chunk in shape.chunks.saying("quantifier", "only"):
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        ends = not shape.yes_no if behind is None else bool(_STOPS & {*behind.spans[0].gap})
        if ahead is not None and ahead.kind in _SCOPED and ends:
            chunk.use("small")


_STOPS = frozenset(",;:.?!-–—)")
_SCOPED = ("kind", "where", "provider", "period", "service", "value")


def _pointed_at(shape: Shape) -> None:
    """Take numbers that count nothing: "one that …", "of the five key questions", "the six that …"."""
    for chunk in shape.chunks.of("quantity"):
        if (
            chunk.value.plain
            and _is_pointing(chunk, shape.chunks.after(chunk))
            and not _counts_more(shape, chunk)
        ):
            chunk.use("small")
    for chunk in shape.chunks.of("quantity"):
        ahead = shape.chunks.before(chunk)
        pointed = ahead is not None and ahead.text in ("the", "these", "those")
        if pointed and chunk.value.plain and not _is_cut(shape):
            chunk.use("small")


def _counts_more(shape: Shape, chunk: Chunk) -> bool:
    """True for "one" in "name two homes in Leeds and one in York", which no Query counts as well."""
    ahead = shape.chunks.before(chunk)
    before = shape.chunks[: shape.chunks.index(chunk)]
    counted = any(one.kind == "quantity" and one.value.plain for one in before)
    return ahead is not None and ahead.text == "and" and counted


def _in_either(shape: Shape) -> None:
    """Take "in either town" after two towns, which says no more than they do."""
    named = {
        value.field for one in shape.chunks.of("where") for value in one.value if isinstance(value, Meant)
    }
    for chunk in shape.chunks.of("or"):
        behind = shape.chunks.after(chunk)
        if (
            chunk.text == "either"
            and behind is not None
            and behind.kind == "field"
            and named & {*behind.value}
        ):
            chunk.use("small")
            behind.use("small")


def _is_cut(shape: Shape) -> bool:
    """True if the question has an order, so that a number says how many are wanted."""
    return shape.chunks.any("super") or shape.chunks.any("near", *ENDS)


_HELD = frozenset(
    "data database dataset directory download edition extract figures file list listing register release "
    "snapshot spreadsheet table tables".split()
)


def _edition(shape: Shape) -> None:
    """Read "in the 2021 directory" as everything, if the newest date is in that year. Another year's edition
    is not in the tables: the year stays unused, and the answer says so."""
    newest = shape.vocabulary.as_of
    for chunk in shape.chunks.of("period"):
        behind = shape.chunks.after(chunk)
        behind = shape.chunks.after(behind) if behind is not None and behind.text == "cqc" else behind
        if behind is None or behind.spans[0].gap or not _HELD.intersection(behind.text.split()):
            continue
        year = _year_of(chunk)
        if year and newest is not None:
            chunk.kind, chunk.used = ("small", "small") if year == newest.year else ("edition", "")


_OF_A_TABLE = (
    "kind",
    "where",
    "cond",
    "unrated",
    "measure",
    "function",
    "rated",
    "and",
    "quantifier",
    "time",
)


def _in_the_report(shape: Shape) -> None:
    """Read "how many trusts are in the report?" as a count of everything, if nothing else is asked."""
    said = [chunk for chunk in shape.chunks.saying("prose", "why") if chunk.text.endswith(_THE_REPORT)]
    others = [one for one in shape.chunks if one not in said and not one.says("follow", "there")]
    asked = asks(shape, "count", "share", "list", "which")
    if said and asked and shape.chunks.of("kind") and all(one.kind in _OF_A_TABLE for one in others):
        for chunk in said:
            chunk.kind, chunk.value = "function", chunk.text
            chunk.use("small")


_THE_REPORT = ("in the report", "by the report")


def _year_of(chunk: Chunk) -> int:
    """The year of a period that is only a year: "2021", "in the 2021"."""
    since, until = chunk.value[0].since, chunk.value[0].until
    digits = [word for word in chunk.text.split() if word.isdigit()]
    whole = since is not None and until is not None and (since.month, since.day) == (1, 1)
    return since.year if whole and len(digits) == 1 and until == since.replace(year=since.year + 1) else 0


def _is_pointing(chunk: Chunk, behind: Chunk | None) -> bool:
    if behind is None:
        return False
    one_that = chunk.text == "one" and behind.text not in STEPS  # "went one grade up" counts grades
    return behind.kind == "aspects" or (one_that and behind.kind in ("function", "rated", "cond"))
