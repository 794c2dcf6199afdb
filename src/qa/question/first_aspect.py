"""The key question that came first in a ranking of them: "… and how many are inadequate on it?"."""

from __future__ import annotations

from qa.facts.run import run
from qa.language.pointing_back import at_aspect
from qa.language.tokens import fold
from qa.question import query as q
from qa.question.parts import Meant
from qa.question.query import Condition, Query, conjunction, parts_of, shared_parts
from qa.question.vocabulary import Vocabulary


def aspect_spoken_of(before: Query | None, text: str, vocabulary: Vocabulary) -> Meant | None:
    """Return the key question that "it" means in "inadequate for it" after a ranking of key questions: the
    first, or all that tie for first. Return ``None`` for any other text or Query."""
    if before is None or before.order is None or next(at_aspect(_words(text)), None) is None:
        return None
    aspects = [_aspect_apart(one, before) for one in (before.scope, *before.against)]
    if not before.against or not all(aspects):
        return None
    sides = run(before, vocabulary.store, vocabulary.scale).sides
    figures = {one: side.figure or 0 for one, side in zip(aspects, sides, strict=False)}
    first = (max if before.order.descending else min)(figures.values(), default=None)
    return Meant("aspect", values=tuple(one for one in figures if figures[one] == first))


def without_aspects(before: Query) -> Query:
    """Return the Query that counts all subjects of a ranking of key questions."""
    return Query(conjunction(*shared_parts((before.scope, *before.against))), q.Count())


def _aspect_apart(scope: Condition, before: Query) -> str:
    """The key question of the one rating that is a side's own; empty if the side has any other condition of
    its own."""
    shared = shared_parts((before.scope, *before.against))
    own = [part for part in parts_of(scope) if part not in shared]
    return own[0].aspect if len(own) == 1 and isinstance(own[0], q.Rated) else ""


def _words(text: str) -> str:
    return " ".join(word.text for word in fold(text))
