"""The tense of "had been rated good by 2019", which states a time and asks for no earlier rating."""

from __future__ import annotations

from qa.question.chunks import Chunk, Chunks
from qa.question.vocabulary import Vocabulary

_HAD = frozenset(("had been", "had before"))


def bind_pluperfect(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Read "had been" as "were" if a time is the end of a period ("by 2019") or a day ("as at 31 March
    2019")."""
    if any(_is_end(chunk) for chunk in chunks):
        for chunk in chunks:
            if chunk.kind == "time" and chunk.text in _HAD:
                chunk.kind, chunk.value = "function", chunk.text
    return chunks


def _is_end(chunk: Chunk) -> bool:
    return chunk.kind == "period" and all(
        span.until is not None and (span.since is None or span.standing) for span in chunk.value
    )
