"""Uses a place from the background when the question itself names none, "I live in Wem. Which care homes are
good?", and the kind when it only says "ones"."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.leaning import leans
from qa.question.parse import Parsed
from qa.question.references import is_pointer

_OTHERS = ("subject", "provider", "strange", "where")
_BEFORE = frozenset(("in", "near", "around", "outside", "within"))


def with_place_beside(text: str, asked: str, parsed: Parsed, beside: Parsed) -> str | None:
    """Return ``asked`` with the place in its background, ``beside``, and the kind of its "ones", put back
    at their positions in ``text``; ``None`` if the question says both itself, names a subject, or refers to
    the background."""
    places = _told_beside(parsed, beside)
    if not places or leans(parsed):
        return None
    if any(chunk.says("unheld", "here") for chunk in parsed.chunks):  # "I'm in Wem. What is nearest to us?"
        typed = beside.annotated.typed(places[-1].start, places[-1].end)
        return f"{asked.rstrip(' ?')} near {typed}?"
    words = beside.annotated.words
    for chunk in places:
        first = chunk.start - 1 if chunk.start and words[chunk.start - 1].text in _BEFORE else chunk.start
        start, end = words[first].start, words[chunk.end - 1].end
        asked = asked[:start] + text[start:end] + asked[end:]
    return asked


def _told_beside(parsed: Parsed, beside: Parsed) -> list[Chunk]:
    """The words of the background that the question lacks: the kind of "ones", and the place."""
    places = [chunk for chunk in beside.chunks if chunk.kind == "where" and not _in_a_name(beside, chunk)]
    kinds = _kinds_meant(parsed, beside)
    if places and _asks_of_places(parsed, beside):
        return [*kinds, *places]
    return [] if beside.has("subject", "provider") or not parsed.has("where") else kinds


def _kinds_meant(parsed: Parsed, beside: Parsed) -> list[Chunk]:
    """The one kind in the background, if the question only says "ones": "which are the best ones?"."""
    kinds = [chunk for chunk in beside.chunks if chunk.kind == "kind"]
    nouns = [chunk for chunk in parsed.chunks if chunk.kind == "kind"]
    return kinds if nouns and all(map(is_pointer, nouns)) and len(kinds) == 1 else []


def _asks_of_places(parsed: Parsed, beside: Parsed) -> bool:
    """True if a question asks about a kind of place, and neither it nor the background names a subject: "is
    the home good?" is about the unknown name in the background."""
    nouns = [chunk for chunk in parsed.chunks if chunk.kind == "kind"]
    if not nouns or beside.has("subject", "provider") or parsed.has(*_OTHERS):
        return False
    return not beside.naming.unknown or any(chunk.text.endswith("s") for chunk in nouns)


def _in_a_name(beside: Parsed, place: Chunk) -> bool:
    """True for a place in a longer name: "the Shropshire Star"."""
    behind = beside.chunks.after(place)
    if behind is None or behind.kind != "strange" or behind.spans[0].gap:
        return False
    return beside.annotated.typed(behind.start, behind.end)[:1].isupper()
