"""Ratings with their comparators, and neighbours joined: "below good", "good or outstanding"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk, Chunks
from qa.question.parts import Span
from qa.question.vocabulary import Vocabulary


def bind_ratings(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Replace each rating and its comparators by the ratings that they mean, and join neighbours: "good or
    outstanding"."""
    found, place = Chunks(), 0
    while place < len(chunks):
        size, one = _rating(chunks, place, vocabulary)
        if one is None:
            found.append(chunks[place])
            place += 1
            continue
        place += size
        while (joined := _joined_rating(chunks, place, vocabulary)) is not None:
            skipped, behind, other = joined
            one = Chunk(
                "ratings", (*one.value, *other.value), (*one.spans, *behind, *other.spans), either=True
            )
            place += skipped
        found.append(one)
    return found


def _rating(chunks: Chunks, place: int, vocabulary: Vocabulary) -> tuple[int, Chunk | None]:
    """The ratings that begin at ``place``, as a tuple with one tuple of ratings, and how many chunks they
    take."""
    start = place
    comparator, place = _comparator_ahead(chunks, place)
    if place >= len(chunks) or chunks[place].kind not in ("rating", "range"):
        return 1, None
    chunk = chunks[place]
    place += 1
    if place < len(chunks) and chunks[place].says("compare", "or_above", "or_below"):
        comparator = chunks[place].value
        place += 1
    values = _meant(chunk, comparator, vocabulary)
    spans = tuple(span for one in chunks[start:place] for span in one.spans)
    return place - start, Chunk("ratings", (values,), spans)


def _comparator_ahead(chunks: Chunks, place: int) -> tuple[str, int]:
    """The comparator at ``place`` ("" for none), and the index after it, where its rating may be."""
    chunk = chunks[place]
    if chunk.says("compare", "fewer", "more") and _is_grade(chunks[place + 1 : place + 2]):
        return {"fewer": "below", "more": "above"}[chunk.value], place + 1
    if not _compares_ratings(chunk):
        return "", place
    place += 1
    while place < len(chunks) and _is_of_comparator(chunks[place]):
        place += 1
    return {"better": "above", "worse": "below"}.get(chunk.value, chunk.value), place


def _compares_ratings(chunk: Chunk) -> bool:
    if chunk.says("compare", "below", "above", "at_least", "at_most", "exactly"):
        return True
    return chunk.says("versus", "better", "worse") and not chunk.text.startswith("outnumber")


def _is_of_comparator(chunk: Chunk) -> bool:
    """True for the small words after a comparator: "than", "a", "rated"."""
    return chunk.says("versus", "than") or chunk.text in ("a", "an", "the") or chunk.kind == "rated"


def _is_grade(chunks: Sequence[Chunk]) -> bool:
    return bool(chunks) and chunks[0].kind == "rating" and chunks[0].text.isdigit()


def _meant(chunk: Chunk, comparator: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    scale = vocabulary.scale
    if chunk.kind == "range":
        return scale.poor if chunk.value == "bad" else scale.fine
    word = scale.canonical(chunk.value) or str(chunk.value)
    if comparator in ("above", "at_least", "or_above"):
        around = scale.above(word)
    else:
        around = scale.below(word) if comparator in ("below", "at_most", "or_below") else ()
    if comparator in ("at_least", "or_above"):
        return (*around, word)
    return (word, *around) if comparator in ("at_most", "or_below") else around or (word,)


def _joined_rating(
    chunks: Chunks, place: int, vocabulary: Vocabulary
) -> tuple[int, tuple[Span, ...], Chunk] | None:
    """A further rating joined to the one before ``place`` by "or", "and", "nor", a comma or a slash."""
    ahead = place
    while ahead < len(chunks) and (
        chunks[ahead].kind in ("and", "or") or chunks[ahead].text in ("nor", "a", "an", "rated", "the")
    ):
        if chunks[ahead].text == "with" or not _CONTRASTING.isdisjoint(chunks[ahead].text.split()):
            return None
        ahead += 1
    if ahead >= len(chunks) or (ahead == place and not set(chunks[ahead].spans[0].gap) & set(",/")):
        return None
    size, other = _rating(chunks, ahead, vocabulary)
    if other is None:
        return None
    spans = tuple(span for one in chunks[place:ahead] for span in one.spans)
    return ahead + size - place, spans, other


_CONTRASTING = frozenset("also but despite notwithstanding same spite yet".split())
