"""The number that a claim leaves out: "all but one of the trusts are good", "every trust bar two"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Bounds, Chunk, Chunks
from qa.question.vocabulary import Vocabulary

_NOUNS = ("kind", "follow", "field")
_SUBJECTS = ("kind", "subject", "provider")


def count_left_out(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Join "all" and a later "but two" or "except two" into one quantity, the number left out."""
    every = next((place for place, one in enumerate(chunks) if one.says("quantifier", "all", "each")), None)
    if every is None:
        return chunks
    place = next((one for one in range(every + 1, len(chunks) - 1) if _leaves_out(chunks, one)), None)
    if place is None:
        return chunks
    number = chunks[place + 1]
    spans = (*chunks[every].spans, *chunks[place].spans, *number.spans)
    counted = Chunk("quantity", Bounds(number.value.low, number.value.low, left_out=True), spans)
    return Chunks([*chunks[:every], counted, *chunks[every + 1 : place], *chunks[place + 2 :]])


def deny_what_is_claimed(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Read "all but two are good" as "exactly two are not good". This applies to the last rating behind the
    noun; without one, the quantity stays unused."""
    counted = next((one for one in chunks if one.kind == "quantity" and one.value.left_out), None)
    if counted is None:
        return chunks
    nouns = [place for place, one in enumerate(chunks) if one.kind in _NOUNS]
    behind = [one for one in chunks[nouns[-1] + 1 :] if one.kind == "cond"] if nouns else []
    if not behind or not isinstance(behind[-1].value, q.Rated):
        counted.kind = "strange"
        return chunks
    told = behind[-1].value
    behind[-1].value = replace(told, ratings=vocabulary.scale.others(told.ratings))
    behind[-1].members = ()
    return chunks


def _leaves_out(chunks: Chunks, place: int) -> bool:
    """True for "but one", "except two" and "bar three", unless they count a noun of their own: "all trusts
    except two hospices"."""
    word, number = chunks[place], chunks[place + 1]
    but = word.kind == "except" or (word.says("and") and word.text == "but")
    plain = number.kind == "quantity" and number.value.low == number.value.high
    behind = next((one for one in chunks[place + 2 :] if one.kind != "function"), None)
    own = behind is not None and behind.kind in _SUBJECTS
    return but and plain and not (own and any(one.kind in _NOUNS for one in chunks[:place]))
