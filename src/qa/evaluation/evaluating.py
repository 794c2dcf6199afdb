"""Asks a service the questions of a set and scores the answers: cases →
:class:`~qa.evaluation.results.Run`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from qa.evaluation.asking import Ask, ask_all
from qa.evaluation.cases import Case
from qa.evaluation.drift import Holdings, drift, with_answers
from qa.evaluation.metrics import estimate_all
from qa.evaluation.received import Response
from qa.evaluation.results import TOLD_FROM, Result, Run, by_kind, judge

Progress = Callable[[Iterator[Result], int], Iterator[Result]]  # shows progress as results pass through


def evaluate(
    cases: Sequence[Case],
    ask: Ask,
    *,
    questions: Sequence[str],
    source: str,
    held: Holdings | None = None,
    jobs: int = 1,
    told_from: float = TOLD_FROM,
    progress: Progress = lambda results, _: results,
) -> Run:
    """Ask and score every case.

    Args: cases: The questions with their golds. ask: How to ask one. questions: The names of the question
    sets, for the record. source: What answers: a corpus folder or an address, for the record. held: The
    corpus, if it is at hand; without it, drift is not reported and spans are not compared as answers. jobs:
    How many questions to ask at a time. told_from: The confidence from which a wrong answer counts for
    ``wrong_told``. progress: Wraps the stream of results, to show how far it is.
    """
    started, begun = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    fingerprints: list[str] = []
    answers = ask_all(cases, ask, jobs)
    results = tuple(progress(_judged(cases, answers, held, fingerprints, told_from), len(cases)))
    return Run(
        questions=tuple(questions),
        source=source,
        fingerprint=next(filter(None, fingerprints), ""),
        started=started,
        seconds=round(time.perf_counter() - begun, 3),
        results=results,
        whole=estimate_all(results),
        kinds={kind: estimate_all(of_kind) for kind, of_kind in by_kind(results).items()},
        told_from=told_from,
    )


def _judged(
    cases: Sequence[Case],
    answers: Iterator[tuple[Response, float]],
    held: Holdings | None,
    seen: list[str],
    told_from: float,
) -> Iterator[Result]:
    for case, (told, spent) in zip(cases, answers, strict=True):
        seen.append(str((told.body.get("index") or {}).get("fingerprint") or ""))
        if held is None:
            yield judge(case, told, spent, told_from)
            continue
        # The recorded gold is the one given, so that runs with and without the corpus at hand can be
        # compared.
        result = replace(judge(with_answers(case, held.documents), told, spent, told_from), gold=case.gold())
        # A right answer shows that its gold is still right, so only the others are looked up.
        yield result if result.right else replace(result, drift=drift(case, held))
