"""Uses a place from the background when the question itself names none: "I live in Wem. Which care homes are
good?"."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.leaning import leans
from qa.question.parse import Parsed

_OTHERS = ("subject", "provider", "strange", "where")
_BEFORE = frozenset(("in", "near", "around", "outside", "within"))


def with_place_beside(text: str, asked: str, parsed: Parsed, beside: Parsed) -> str | None:
    """Return ``asked`` with the place in its background, ``beside``, put back at its position in ``text``;
    ``None`` if the question names a subject or a place itself, or refers to the background."""
    places = [chunk for chunk in beside.chunks if chunk.kind == "where" and not _in_a_name(beside, chunk)]
    if not places or not _asks_of_places(parsed, beside) or leans(parsed):
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


def _asks_of_places(parsed: Parsed, beside: Parsed) -> bool:
    """True if a question asks about a kind of place, and neither it nor the background names anything: "is
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
