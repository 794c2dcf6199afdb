"""The background of a question: set aside, or used for the meaning of "it" and "there"."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from qa.language.clauses import (
    SEAMS,
    asked_part,
    asks,
    cut,
    lead,
    only_leads,
    sentences,
    without_manner,
    without_role,
)
from qa.language.dictionary import ordinary
from qa.language.tokens import fold
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of
from qa.question.parse import Parsed, parse
from qa.question.parsed_reading import make_reading
from qa.question.place_beside import with_place_beside
from qa.question.query import Condition, Query, conjunction
from qa.question.reading import Reading, Unknown
from qa.question.references import is_pointer
from qa.question.unanswered import named_in
from qa.question.vocabulary import Vocabulary


class Asked(NamedTuple):
    """A question without its background; ``before`` is the Reading that "it" and "there" may refer to.

    ``parsed`` is the question as :data:`parse` read it without context, if it did.
    """

    text: str
    before: Reading | None
    parsed: Parsed | None = None


def what_is_asked(text: str, before: Reading | None, vocabulary: Vocabulary) -> Asked:
    """Return the question without its background."""
    text = without_manner(text)
    asked = _without_story(asked_part(text), vocabulary)
    if asked == text or (before is not None and before.queries):
        return Asked(asked, before)
    parsed = parse(asked.strip(SEAMS), vocabulary)
    told = _without_asked(text, asked)
    if not parsed.has(*_HEADS) and not parsed.any("follow", "pronoun", "there"):
        return Asked(text, before)
    if only_leads(told):
        return Asked(asked, before, parsed)
    beside = parse(without_role(told), vocabulary)
    if _asks_about_described(parsed, beside):
        return Asked(text, before)
    first = _first_asked(asked, parsed, vocabulary)
    if (placed := with_place_beside(text, asked, first, beside)) is not None:
        return Asked(placed, before)
    return Asked(asked, _background(told, parsed, beside, vocabulary) or before, parsed)


def _asks_about_described(parsed: Parsed, beside: Parsed) -> bool:
    """True if the places asked about are those that the background describes: "A home can be good and yet
    inadequate for safe. How many is that?"."""
    if not beside.has(*_SOUGHT):
        return False
    return _points_back(parsed) or (not beside.has("subject") and _asks_which_there_are(parsed))


def _without_asked(text: str, asked: str) -> str:
    """The text with blanks for what is asked: its background."""
    return "".join(letter if blank.isspace() else " " for letter, blank in zip(text, asked, strict=True))


def _first_asked(asked: str, parsed: Parsed, vocabulary: Vocabulary) -> Parsed:
    """The first of several questions: "I'm from Wem. How many are there? And in Ludlow?"."""
    first = cut(asked)[:1]
    return parse(first[0], vocabulary) if first and len(first[0]) < len(asked.strip(" ?")) else parsed


def _background(told: str, parsed: Parsed, beside: Parsed, vocabulary: Vocabulary) -> Reading | None:
    """The Reading of what is told beside a question, if it names anything. ``beside`` is how that text was
    parsed."""
    if not (beside.naming.unknown or beside.has("subject", "where", "provider", "kind")):
        return None
    named = Query(conjunction(*named_in(beside, vocabulary), *_sought(parsed, beside, vocabulary)))
    background = make_reading(told, beside, [named], vocabulary)
    if _is_placed(parsed, beside):
        return replace(background, unknown=tuple(filter(_is_a_name, background.unknown)))
    return background


def _is_placed(parsed: Parsed, beside: Parsed) -> bool:
    """True for a question about places of a kind "there", if the background says where."""
    there = parsed.has("kind") and parsed.any("follow", "there")
    return there and beside.has("where") and not parsed.any("follow", "pronoun")


def _is_a_name(unknown: Unknown) -> bool:
    """True for words that are in no dictionary or have a capital; "stay" is only part of a story."""
    return unknown.typed != unknown.typed.lower() or not all(
        ordinary(word.text) for word in fold(unknown.typed)
    )


def _sought(parsed: Parsed, beside: Parsed, vocabulary: Vocabulary) -> list[Condition]:
    """What else is told of the place that is looked for: "my mum needs a home that is good. Is there
    one?"."""
    wanted = _asks_for_one(parsed) or (not beside.has("subject") and _speaks_of_them(parsed))
    told = [chunk for chunk in beside.chunks if chunk.kind in _SOUGHT] if wanted else []
    made = (condition_of(chunk, vocabulary) for chunk in told)
    return [condition for condition in made if condition is not None]


def _speaks_of_them(parsed: Parsed) -> bool:
    """True for "who runs them?", which says nothing itself about whom it means."""
    named = any(one.kind in _HEADS and one.kind not in ("field", "aspects") for one in parsed.chunks)
    return not named and any(_is_plural(one) for one in parsed.chunks)


def _asks_for_one(parsed: Parsed) -> bool:
    """True for nothing but "is there one?" and "are there any?", which refer to the story."""
    small = ("function", "and", "quantifier", "quantity")
    bare = all(one.kind in small or one.says("follow", "there") or is_pointer(one) for one in parsed.chunks)
    return bare and parsed.any("follow", "there") and parsed.yes_no


def _points_back(parsed: Parsed) -> bool:
    """True for a count or list of what was just mentioned: "how many is that?"."""
    back = any(
        chunk.kind == "follow" and chunk.text in ("is that", "that", "are those") for chunk in parsed.chunks
    )
    return back and parsed.any("measure", "count", "list", "share")


def _asks_which_there_are(parsed: Parsed) -> bool:
    """True for nothing but "which ones are there?", "how many are there?", "what are they?" and "list them":
    all that is asked about is in the story before."""
    small = ("function", "and", "measure")
    pointing = [one for one in parsed.chunks if one.says("follow", "there") or _is_plural(one)]
    bare = all(one.kind in small or one in pointing or is_pointer(one) for one in parsed.chunks)
    return bare and bool(pointing) and parsed.any("measure", "which", "count", "list")


def _is_plural(chunk: Chunk) -> bool:
    """True for "they", "of them", "their": a pronoun for several."""
    return chunk.says("follow", "pronoun") and not _THEY.isdisjoint(chunk.text.split())


_THEY = frozenset("their theirs them these they those".split())


def _without_story(text: str, vocabulary: Vocabulary) -> str:
    """The text without sentences that ask nothing and name nothing asked about, "MP's office here.", and
    without a lead that says what the answer is for, "For the board paper: …"."""
    for span in (*lead(text), *(sentences(text) if "?" in text else ())):
        piece = text[span.start : span.end]
        if not piece.strip() or asks(piece):
            continue
        told = parse(piece, vocabulary)
        if not any(
            _is_titled(told, chunk) if chunk.kind == "strange" else chunk.kind in _TELLING
            for chunk in told.chunks
        ):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _is_titled(parsed: Parsed, chunk: Chunk) -> bool:
    """True for several words that all begin with a capital, as in a name: "Mersey Care - how is it
    rated?"."""
    words = parsed.annotated.typed(chunk.start, chunk.end).split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


_HEADS = ("subject", "kind", "where", "provider", "strange", "field", "aspects")
_SOUGHT = ("cond", "is", "measured", "named", "period", "unrated", "value")  # beside kinds, places and names
_TELLING = (*_HEADS, "cond", "period", "super", "portion", "except", "spread")
