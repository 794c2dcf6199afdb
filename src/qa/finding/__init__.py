"""Question + FactStore → Findings: the facts and figures that an answer about ratings rests on, all computed by the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.finding.figures import compare, count, rank, rollup, share
from qa.finding.findings import Findings, Group
from qa.finding.subjects import check, list_all, subjects
from qa.finding.tables import MOST_FACTS, Tables
from qa.understanding import Question, Vocabulary

__all__ = ["MOST_FACTS", "Findings", "Group", "find"]


def find(question: Question, vocabulary: Vocabulary, documents: Sequence[str] | None = None) -> Findings:
    """Return what the tables hold for ``question``, or those of ``documents``; its intent picks the finder."""
    finder = _FINDERS.get(question.intent)
    if finder is None:
        return Findings()
    return _refusal(question, vocabulary) or finder(question, Tables(vocabulary, None if documents is None else tuple(documents)))


def _refusal(question: Question, vocabulary: Vocabulary) -> Findings | None:
    """Say why the tables can't answer, before anything is computed."""
    if question.unknown and (not (question.named or question.providers) or (question.intent == "compare" and len(question.named) < 2)):
        return Findings(missing="unknown", detail=", ".join(question.unknown))
    if "future" in question.unheld:
        return Findings(missing="future")
    if question.asks("up", "down", "unchanged") and not question.named and not vocabulary.previous_ratings:
        return Findings(missing="before", detail=f"any of the {vocabulary.noun}")
    aspects = [aspect for aspect in question.aspects if aspect not in vocabulary.aspects]
    if aspects:
        return Findings(missing="aspect", detail=aspects[0])
    if question.intent in ("count", "share", "rank", "list", "compare") and not question.named:
        unheld = [kind.unheld for kind in question.kinds if kind.unheld]
        if unheld:
            return Findings(missing="kind", detail=unheld[0])
    return None


_FINDERS: Mapping[str, Callable[[Question, Tables], Findings]] = {
    "lookup": subjects,
    "when": subjects,
    "attribute": subjects,
    "check": check,
    "list": list_all,
    "count": count,
    "share": share,
    "rollup": rollup,
    "compare": compare,
    "rank": rank,
}
