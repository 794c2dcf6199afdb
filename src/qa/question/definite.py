""" "The home", "this practice": a place mentioned before, as with "it"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from qa.question.annotated import Annotated
from qa.question.parts import Sense, Span
from qa.question.whole_names import counts_or_lists

_ARTICLES = frozenset(("the", "this"))
_OTHERS = frozenset("subject provider place wider area strange named period value measured".split())
_TELLING = frozenset(
    "that which who where with without in near around at of on for called named run".split()
)  # words after a noun that say which one is meant


def with_definite(annotated: Annotated, spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` with "the" and a singular kind of place as a pronoun, if nothing else in the question
    says which one is meant: "is the home safe?", "the trust's rating"."""
    found = list(spans)
    if counts_or_lists(_beside_key_questions(found)) or any(span.kinds & _OTHERS for span in found):
        return found
    for place in range(1, len(found)):
        span = found[place]
        if (
            found[place - 1].text.split()[-1] in _ARTICLES
            and not span.gap
            and "kind" in span.kinds
            and _is_one(annotated, span)
            and (_is_owned(annotated, span) or not _is_told(found[place + 1 : place + 3]))
        ):
            found[place] = replace(span, senses=(Sense("follow", "pronoun"),))
    return found


def _beside_key_questions(spans: Sequence[Span]) -> list[Span]:
    """The words that don't ask for key questions: "which" in "on which of the five questions did the home
    fall short?" asks for no places."""
    kept = [span for span, behind in zip_longest(spans, spans[1:]) if not _asks_for_aspects(span, behind)]
    return [span for span in kept if not span.text.startswith("which") or "aspects" not in span.kinds]


def _asks_for_aspects(span: Span, behind: Span | None) -> bool:
    return span.says("measure", "which") and behind is not None and "aspects" in behind.kinds


def _is_told(behind: Sequence[Span]) -> bool:
    """True if the words after a noun say which one is meant: "that is in Wem", "rated outstanding"."""
    first = behind[0].text.split()[:1] if behind else []
    rated = first == ["rated"] and len(behind) > 1 and bool(behind[1].kinds & {"rating", "range", "compare"})
    return rated or not _TELLING.isdisjoint(first)


def _is_one(annotated: Annotated, span: Span) -> bool:
    return not span.text.endswith("s") or _is_owned(annotated, span)


def _is_owned(annotated: Annotated, span: Span) -> bool:
    """True for "the home's"."""
    return annotated.words[span.end - 1].base is not None


def with_article(annotated: Annotated, start: int, end: int) -> str:
    """Return the words ``start`` to ``end`` as typed, with the article before them: "the home"; for "is that"
    only "that", for "which other" only "other"."""
    start += end - start > 1 and annotated.words[start].text in ("is", "was", "of", "what", "which")
    before = annotated.words[start - 1].text if start else ""
    return annotated.typed(start - (before in _ARTICLES), end)
