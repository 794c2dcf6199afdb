"""The scores of one answer: the per-question part of every metric; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from qa.evaluation import overlap, ranking_scores
from qa.evaluation.cases import MUST_BE_BARE, Case
from qa.evaluation.judging import faults, gold_changes, points_told, told_changes
from qa.evaluation.received import Response, plain

FactSets = tuple[set[tuple[str, ...]], set[tuple[str, ...]]]

_BY_RANK: dict[str, Callable[[ranking_scores.Relevance], float]] = {
    "success@1": lambda found: ranking_scores.success(found, 1),
    "success@3": lambda found: ranking_scores.success(found, 3),
    "success@5": lambda found: ranking_scores.success(found, 5),
    "rr": ranking_scores.reciprocal_rank,
    "ndcg@10": lambda found: ranking_scores.ndcg(found, 10),
    "r@10": lambda found: ranking_scores.recall(found, 10),
}


def marks(case: Case, told: Response) -> dict[str, float]:
    """Return the score of the answer by metric, 0 to 1; a metric that the gold does not ask for is left out,
    a missing answer never is."""
    return {
        "right": float(not faults(case, told)),
        **dict(_facts(case, told)),
        **dict(_figures(case, told)),
        **dict(_ranked(case, told)),
        **dict(_sentence(case, told)),
    }


def is_right_as_told(case: Case, told: Response) -> bool:
    """True if the claim that the confidence is about is right: for spans the marked sentence, otherwise the
    whole answer."""
    if not case.spans:
        return not faults(case, told)
    return (
        ranking_scores.success(ranking_scores.relevance(case, told), 1) > 0
        if case.whole
        else ranking_scores.sentence_holds(case, told)
    )


def _facts(case: Case, told: Response) -> Iterator[tuple[str, float]]:
    sets = fact_sets(case, told)
    if sets is None:
        return
    given, gold = sets
    shared, failed = len(given & gold), told.failed
    yield "facts_precision", shared / len(given) if given else float(not gold and not failed)
    yield "facts_recall", shared / len(gold) if gold else float(not failed)
    yield "facts_exact", float(given == gold and not failed)


def fact_sets(case: Case, told: Response) -> FactSets | None:
    """Return the facts of the answer and of the gold, reduced to what the gold fixes; ``None``
    if it does not fix the set.
    """
    if case.facts:
        return {*told_changes(told)}, {*gold_changes(case)}
    if not case.answerable or case.kind in MUST_BE_BARE:
        return _told(told, "subject"), set()
    if ratings := _gold_ratings(case):
        return _told(told, "subject", "rating"), {
            (plain(name), plain(value)) for name, value in ratings.items()
        }
    if case.total is not None and case.total == len(case.names):
        return _told(told, "subject"), {(plain(name),) for name in case.names}
    return None


def _told(told: Response, *fields: str) -> set[tuple[str, ...]]:
    """Return the facts of the answer, reduced to some fields."""
    return {tuple(plain(fact.get(field)) for field in fields) for fact in told.facts}


def _gold_ratings(case: Case) -> Mapping[str, str]:
    """Return the rating of each subject that the expected answer fixes; empty if it fixes none."""
    if not case.values:
        return dict.fromkeys(case.names, case.rating) if case.rating else {}
    return {name: value for name, value in case.values.items() if isinstance(value, str)}


def _figures(case: Case, told: Response) -> Iterator[tuple[str, float]]:
    if not case.answerable:
        return
    answered = not told.refused and not told.failed
    if golds := _gold_figures(case):
        yield "figures", float(answered and all(map(told.has_figure, golds)))
    if case.direct:
        found = (re.search(pattern, told.text, re.IGNORECASE) for pattern in case.direct)
        yield "direct", float(answered and all(found))
    if case.points:
        yield "points", points_told(case, told) / len(case.points) if answered else 0.0


def _gold_figures(case: Case) -> list[float]:
    golds = [float(value) for value in (case.values or {}).values() if not isinstance(value, str)]
    return golds if case.figure is None else [*golds, float(case.figure)]


def _ranked(case: Case, told: Response) -> Iterator[tuple[str, float]]:
    if case.needs_ranking:
        found = ranking_scores.relevance(case, told)
        yield from ((name, measure(found)) for name, measure in _BY_RANK.items())


def _sentence(case: Case, told: Response) -> Iterator[tuple[str, float]]:
    if case.spans and not case.whole and case.answerable:
        yield "sentence", float(ranking_scores.sentence_holds(case, told))
    if case.answers is not None:
        yield "exact_match", 0.0 if told.failed else overlap.exact_match(told.sentence, case.answers)
        yield "f1", 0.0 if told.failed else overlap.f1(told.sentence, case.answers)
