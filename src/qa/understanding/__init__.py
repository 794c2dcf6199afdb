"""Reading a question: (text, history, Vocabulary) → Question. Pure and table-driven; see lexicon.toml for the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.folding import fold
from qa.understanding.context import merge
from qa.understanding.intents import decide
from qa.understanding.lexicon import lexicon
from qa.understanding.question import AskedRating, Question
from qa.understanding.read import read
from qa.understanding.vocabulary import Vocabulary

_ONE = re.compile(r"\b(?:the one|one|i mean|i meant|meant)\b", re.I)
__all__ = ["Question", "Vocabulary", "small_talk", "understand"]


def understand(text: str, history: Sequence[str], vocabulary: Vocabulary) -> Question:
    """Return what ``text`` asks, read in the light of the questions before it, the oldest first."""
    if (said := small_talk(text)) is not None:
        return Question(text=text, standalone=text, intent="small_talk", cues=frozenset([said]))
    question = read(text, vocabulary)
    if history:
        earlier: Question | None = None
        for asked in history:
            if small_talk(asked) is None:
                one = _which_one(asked, read(asked, vocabulary), earlier, vocabulary)
                earlier = merge(earlier, one) if earlier else one
        question = merge(earlier, _which_one(text, question, earlier, vocabulary)) if earlier else question
    question = replace(question, intent=decide(question, vocabulary))
    return replace(question, ratings=_supposed(question, vocabulary)) if _supposes(question) else question


def _supposes(question: Question) -> bool:
    """Whether it asks who is safe or caring, without a rating: "which homes are safe?"."""
    many = question.intent in ("list", "count", "share") and not question.named
    rated = question.ratings or question.asks("rating", "table", "up", "down", "unchanged", "changed")
    return many and not rated and len(question.aspects) == 1 and question.aspects != ("Overall",)


def _supposed(question: Question, vocabulary: Vocabulary) -> tuple[AskedRating, ...]:
    """The two best ratings, as a single one is checked: "is it safe?"."""
    best = vocabulary.scale.ratings[:2]
    return (AskedRating(best, f"{best[-1]} or better", aspect=question.aspects[0]),)


def _which_one(text: str, question: Question, earlier: Question | None, vocabulary: Vocabulary) -> Question:
    """Read "the one in Shrewsbury" with the name that was told before."""
    if earlier and len(earlier.named) == 1 and question.places and not question.named and _ONE.search(text):
        return read(f"{earlier.named[0].text} {text}", vocabulary)
    return question


def small_talk(text: str) -> str | None:
    """Return the kind of small talk that ``text`` is made of, and of nothing else; ``None`` for a question."""
    words = [word.text for word in fold(text)]
    if not words or words[0] not in lexicon().small_talk_openings:
        return None
    table = lexicon().small_talk
    found: list[str] = []
    while words:
        size, kind = next(
            ((size, kind) for size in range(min(len(words), 7), 0, -1) for kind in table if " ".join(words[:size]) in table[kind]), (0, "")
        )
        if size:
            found.append(kind)
            words = words[size:]
        elif found and words[0] in lexicon().fillers:
            words = words[1:]
        else:
            return None
    return "help" if "help" in found else found[0] if found else None
