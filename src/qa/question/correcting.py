"""Slips that a question corrects itself: "how many dentists… no, GP practices", "in Ludlow, sorry,
Telford"."""

from __future__ import annotations

from qa.question.chunks import Chunk, Chunks
from qa.question.vocabulary import Vocabulary

_MENDING = frozenset(
    ("actually", "correction", "i mean", "i meant", "make that", "no", "or rather", "rather", "scratch that")
) | frozenset(("oops", "sorry", "wait"))
_MARKS = frozenset(",.;:(…-–—?!")
_MOST = 3  # the most chunks that are corrected
_BETWEEN = 5  # the most chunks of correcting words


def bind_corrections(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Replace the corrected chunks by the ones that correct them; the former then mean nothing."""
    found, place = Chunks(), 0
    while place < len(chunks):
        end = _end_of_mending(chunks, place)
        size = _size(found, chunks, end) if end else 0
        if size:
            taken = [*found[-size:], *chunks[place:end]]
            found[-size:] = [Chunk("follow", "aside", tuple(span for one in taken for span in one.spans))]
            place = end
        else:
            found.append(chunks[place])
            place += 1
    return found


def _end_of_mending(chunks: Chunks, place: int) -> int:
    """Where the words end that call what comes before ``place`` a slip; 0 if there are none."""
    if not _MARKS & {*chunks[place].spans[0].gap}:
        return 0
    end, said = place, list[str]()
    while end < len(chunks) and end - place < _BETWEEN:
        small = chunks[end].kind == "function" or chunks[end].says("rated", "")
        if chunks[end].text in _MENDING:
            said.append(chunks[end].text)
        elif not small:
            break
        end += 1
    bare = said == ["no"] and end < len(chunks) and not _MARKS & {*chunks[end].spans[0].gap}
    return end if said and end < len(chunks) and not bare else 0


def _size(found: Chunks, chunks: Chunks, end: int) -> int:
    """How many chunks before and after the correcting words are of the same kinds, in order: "good homes,
    sorry, bad homes"."""
    for size in range(min(_MOST, len(found)), 0, -1):
        if [one.kind for one in found[-size:]] == [one.kind for one in chunks[end : end + size]]:
            return size
    return 0
