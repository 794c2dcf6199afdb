"""Numbers with their comparators: "more than 2", "8 or more", "between 2 and 4"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qa.question.chunks import Bounds, Chunk, Chunks, bounds_of, share_of
from qa.question.spans_around import GLUE
from qa.question.vocabulary import Vocabulary

_BEING = ("are", "were", "is", "was", "have been")
_HAVING = ("have", "has", "had")
_OWNING = ("subject", "kind", "follow", "strange", "quantifier", "provider")
_OF_SOMEBODY = ("rating", "range", "unrated", "quantifier", "kind")
_TOLD_OF_SOMEBODY = ("rating", "range", "unrated", "value", "aspect", "is", "kind", "rated", "not")
_FEW = Fraction(1, 4)  # "few" are fewer than this part


def bind_numbers(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Bind comparators to their numbers: "more than 2", "8 or more", "only one", "between 2 and 4"."""
    found, place = Chunks(), 0
    while place < len(chunks):
        size, made = _quantity(chunks, place)
        found += made if isinstance(made, list) else [made]
        place += size
    return _postfixed(found)


def count_rated(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Read "which places" and "how many places are good" as the rated subjects, even if a column of numbers
    has the heading "Places"; "how many places does it have" asks for the number."""
    for place, chunk in enumerate(chunks):
        if chunk.kind != "field" or not vocabulary.is_number(chunk.value):
            continue
        kinds = [kind for kind in chunk.spans[0].of("kind") if not kind.field]
        if kinds and _heads_rated(chunks, place):
            chunk.kind, chunk.value = "kind", kinds[0]
    return chunks


def count_questions(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Read "areas" and "questions" as key questions, if a number of them comes right behind a rating: "good
    in three or more areas". Anywhere else, areas are places."""
    for place, chunk in enumerate(chunks):
        if chunk.text not in _QUESTIONS or not vocabulary.key_questions or not place:
            continue
        ahead = [one for one in chunks[max(0, place - 4) : place] if one.kind != "function"][-2:]
        if [one.kind for one in ahead] == ["ratings", "quantity"] and chunks[place - 1] is ahead[1]:
            chunk.kind, chunk.value = "aspects", "name"
    return chunks


_QUESTIONS = frozenset("area areas categories category questions".split())


def _heads_rated(chunks: Chunks, place: int) -> bool:
    """True if the words after a noun describe the subjects that it means, or they are listed."""
    before = [chunk for chunk in chunks[:place] if chunk.kind != "function"]
    if not before or before[-1].says("measure", "which", "list") or before[-1].kind in _OF_SOMEBODY:
        return True
    return before[-1].says("measure", "count") and _tells_of_rated(chunks[place + 1 :])


def _tells_of_rated(behind: Sequence[Chunk]) -> bool:
    """True if the words after "how many places" are about the rated subjects."""
    told = next((chunk for chunk in behind[1:] if chunk.kind != "function"), None)
    if told is None:
        return False
    verb = behind[0]
    if told.kind == "follow" and verb.text in _BEING:
        # "how many places are there", but not "in private homes"
        return not any(chunk.kind in ("kind", "subject", "provider") for chunk in behind)
    if verb.text in _HAVING:
        return told.kind not in _OWNING  # "how many places has Oak House"
    return verb.kind == "rated" or (verb.text in _BEING and told.kind in _TOLD_OF_SOMEBODY)


def _postfixed(chunks: Chunks) -> Chunks:
    """Read the comparator in "one outstanding hospice at least", which comes after what is counted."""
    for place, chunk in enumerate(chunks):
        if chunk.kind != "quantity" or not chunk.value.plain:
            continue
        behind = chunks[place + 1 : place + 5]
        comparator = next(
            (one for one in behind if one.says("compare", "at_least", "at_most", "or_above", "or_below")),
            None,
        )
        if comparator is None or not all(one.kind in _COUNTED for one in behind[: behind.index(comparator)]):
            continue
        after = chunks[chunks.index(comparator) + 1 :][:1]
        if not any(one.kind in ("rating", "quantity", "portion", "number") for one in after):
            chunk.value = bounds_of(comparator.value, chunk.value.low)
            chunk.taken.append(comparator)
            comparator.used = "bound"
    return chunks


_COUNTED = ("rating", "rated", "kind", "field", "aspects", "function")  # "two grades or more"


def _quantity(chunks: Chunks, place: int) -> tuple[int, Chunk | list[Chunk]]:
    """The chunk at ``place`` with its comparator, and the number of chunks that these are."""
    chunk = chunks[place]
    if chunk.kind == "compare" or chunk.says("quantifier", "only"):
        return _comparator(chunks, place)
    if chunk.kind == "number":
        return _plain_number(chunks, place)
    if chunk.kind == "part" or chunk.says("quantifier", "half"):
        return _plain_part(chunks, place)
    if chunk.says("quantifier", "few") and not (place and chunks[place - 1].kind in ("time", "period")):
        return 1, Chunk("portion", share_of("fewer", _FEW), chunk.spans)
    return 1, chunk


def _comparator(chunks: Chunks, place: int) -> tuple[int, Chunk]:
    """A comparator with the number or part after it; the comparator alone if there is none."""
    behind = place + 1
    while behind < len(chunks) and chunks[behind].kind == "function" and chunks[behind].value in GLUE:
        behind += 1
    if behind < len(chunks) and (made := _compared(chunks[place], chunks[behind])):
        spans = tuple(span for one in chunks[place : behind + 1] for span in one.spans)
        return behind + 1 - place, Chunk(made[0], made[1], spans)
    return 1, chunks[place]


def _part(chunk: Chunk) -> Fraction:
    return chunk.value if chunk.kind == "part" else Fraction(1, 2)


def _compared(comparator: Chunk, number: Chunk) -> tuple[str, object] | None:
    kind = "exactly" if comparator.kind == "quantifier" else str(comparator.value)
    if number.kind == "number":
        return "quantity", bounds_of(kind, number.value)
    if (number.kind == "part" or number.says("quantifier", "half")) and kind not in (
        "exactly",
        "or_above",
        "or_below",
    ):
        return "portion", share_of({"below": "fewer", "above": "more"}.get(kind, kind), _part(number))
    return None


def _plain_part(chunks: Chunks, place: int) -> tuple[int, Chunk]:
    """A part, with the comparator behind it: "a fifth", "a fifth or more", "half at most"."""
    chunk, behind = chunks[place], chunks[place + 1 : place + 2]
    after = chunks[place + 2 : place + 3]
    postfixed = behind and behind[0].says("compare", "or_above", "or_below", "at_least", "at_most")
    if not postfixed or any(one.kind in ("number", "part", "rating") for one in after):
        return 1, Chunk("portion", share_of("least", _part(chunk)), chunk.spans)
    way = "at_most" if behind[0].value in ("or_below", "at_most") else "at_least"
    return 2, Chunk("portion", share_of(way, _part(chunk)), (*chunk.spans, *behind[0].spans))


def _plain_number(chunks: Chunks, place: int) -> tuple[int, Chunk | list[Chunk]]:
    chunk, behind = chunks[place], chunks[place + 1 : place + 3]
    if (way := _symbol(chunk, behind)) is not None:
        return 1, Chunk("quantity", bounds_of(way, chunk.value), chunk.spans)
    if behind and behind[0].says("compare", "or_above", "or_below"):
        return 2, Chunk("quantity", bounds_of(behind[0].value, chunk.value), (*chunk.spans, *behind[0].spans))
    before = chunks[place - 1] if place else None
    if (
        before
        and before.text == "between"
        and len(behind) == 2
        and behind[0].says("and")
        and behind[1].kind == "number"
    ):
        spans = (*chunk.spans, *behind[0].spans, *behind[1].spans)
        return 3, Chunk("quantity", Bounds(chunk.value, behind[1].value), spans)
    return 1, Chunk("quantity", Bounds(chunk.value, chunk.value, plain=True), chunk.spans)


_SYMBOLS = {">=": "at_least", "≥": "at_least", ">": "more", "<=": "at_most", "≤": "at_most", "<": "fewer"}


def _symbol(number: Chunk, behind: Sequence[Chunk]) -> str | None:
    """The comparator of "50+ homes", "≥ 50" and "<5", which is written as a sign."""
    if behind and behind[0].spans[0].gap.startswith("+"):
        return "at_least"
    ahead = number.spans[0].gap
    return next((way for symbol, way in _SYMBOLS.items() if ahead.endswith(symbol)), None)
