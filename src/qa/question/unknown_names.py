"""Unexplained words that look like an unknown name."""

from __future__ import annotations

from qa.language.dictionary import ordinary
from qa.language.tokens import fold
from qa.language.words import is_function
from qa.question.chunks import Chunk
from qa.question.gazetteer import places_elsewhere
from qa.question.naming_found import INSIDE
from qa.question.parse import Parsed
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists

_BEFORE_NAMES = frozenset("in near around within across at called named by".split())


def unknown_names(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool) -> list[Chunk]:
    """The words left out that look like a name; for a question to the passages, names that they do not
    mention."""
    strange = _may_be_names(parsed)
    if not prose:
        return [
            chunk
            for chunk in strange
            if _is_name(parsed, chunk, prose=False) or _is_asked_about(parsed, chunk)
        ]
    return [chunk for chunk in strange if _is_not_in_text(parsed, chunk, vocabulary)]


def _may_be_names(parsed: Parsed) -> list[Chunk]:
    """The left-out words without a meaning. In a question about an unknown topic, plain words don't count:
    "how much is a week there?"."""
    strange = [chunk for chunk in parsed.left_out if chunk.kind == "strange"]
    if any(chunk.kind == "unheld" for chunk in parsed.left_out):
        return [chunk for chunk in strange if not _is_plain_word(parsed, chunk)]
    return strange


def _is_not_in_text(parsed: Parsed, chunk: Chunk, vocabulary: Vocabulary) -> bool:
    """True for a name that the passages do not mention."""
    if not _is_name(parsed, chunk, prose=True) or _is_clause(parsed.annotated.typed(chunk.start, chunk.end)):
        return False
    return not is_in_text(_capitals(parsed, chunk) or chunk.value, vocabulary)


def is_in_text(name: str, vocabulary: Vocabulary) -> bool:
    """True if the passages contain every word of ``name``, possessive or not."""
    known = vocabulary.passage_words
    return all(not known.isdisjoint((word.text, word.base or word.text)) for word in fold(name))


def called_in_text(parsed: Parsed) -> tuple[str, ...]:
    """Unexplained words inside the question that begin with a capital: names that the answer must mention."""
    strange = (chunk for chunk in parsed.chunks if chunk.kind == "strange" and chunk.start > 0)
    return tuple(name for chunk in strange if (name := _capitals(parsed, chunk)))


def _capitals(parsed: Parsed, chunk: Chunk) -> str:
    """The words of a chunk that begin with a capital: "Oxleas" of "Oxleas listen"."""
    typed = parsed.annotated.typed(chunk.start, chunk.end)
    return " ".join(word for word in typed.split() if word[:1].isupper())


def _is_plain_word(parsed: Parsed, chunk: Chunk) -> bool:
    """True for one dictionary word without a capital."""
    typed = parsed.annotated.typed(chunk.start, chunk.end)
    return chunk.end - chunk.start == 1 and typed == typed.lower() and ordinary(chunk.text)


def _is_clause(typed: str) -> bool:
    """True for words of a sentence rather than a name: an article between words without a capital."""
    words = [word.text for word in fold(typed)]
    return typed == typed.lower() and not {"the", "a", "an"}.isdisjoint(words[1:-1])


def _is_name(parsed: Parsed, chunk: Chunk, *, prose: bool) -> bool:
    """True if unexplained words look like a name: after "in" or "called", with a capital, or in
    no dictionary.
    """
    typed = parsed.annotated.typed(chunk.start, chunk.end)
    if not any(letter.isalnum() for letter in typed):
        return False
    return (
        typed.casefold() in places_elsewhere()
        or (not prose and _word_ahead(parsed, chunk) in _BEFORE_NAMES)
        or _is_capitalised(typed, at_start=not chunk.start)
        or not all(ordinary(word.text) for word in fold(typed))
    )


def _word_ahead(parsed: Parsed, chunk: Chunk) -> str:
    """The word before a chunk, or before its "the" if it has one; empty at the start."""
    words = parsed.annotated.words
    ahead = words[chunk.start - 1].text if chunk.start else ""
    return words[chunk.start - 2].text if ahead == "the" and chunk.start > 1 else ahead


def _is_capitalised(typed: str, *, at_start: bool) -> bool:
    """True if a word other than a function word has a capital; at the start of a question, if all of several
    words have one."""
    capitals = [word[:1].isupper() for word in typed.split() if not is_function(word)]
    return len(capitals) > 1 and all(capitals) if at_start else any(capitals)


def _is_asked_about(parsed: Parsed, name: Chunk) -> bool:
    """True if only unexplained words say whose rating is asked for: "Arden House rating", "good hope
    hospital"."""
    behind = parsed.chunks.after(name)
    spans = parsed.naming.spans
    if counts_or_lists(spans):
        return False
    end = behind
    while end is not None and _is_inner(end):
        end = parsed.chunks.after(end)
    if _is_kind_of_one(end):
        return True
    kinds = {chunk.kind for chunk in parsed.chunks}
    there = behind
    while there is not None and there.text in INSIDE:
        there = parsed.chunks.after(there)
    if (
        there is not None
        and there.kind == "where"
        and not kinds & {"kind", "subject", "provider", "field", "super"}
    ):
        return True  # "Larkspur Manor, York", "larkspur manor in york"
    return not kinds & {"kind", "where", "subject", "provider", "field", "value", "quantifier", "super"}


def _is_kind_of_one(chunk: Chunk | None) -> bool:
    """True for the end of a name: "hospital", "nhs trust"."""
    if chunk is None or chunk.spans[0].gap:
        return False
    trust = chunk.kind == "field" and chunk.text.endswith("trust")
    return trust or chunk.kind in ("kind", "service")


def _is_inner(chunk: Chunk) -> bool:
    """True for a small word that may be inside a name: "area" in "Craigavon Area Hospital"."""
    return chunk.kind == "function" and not chunk.spans[0].gap and chunk.text not in _AROUND_NAMES


_AROUND_NAMES = frozenset(
    "a an the is are was were at in on for by to from with any this that its their my our".split()
)
