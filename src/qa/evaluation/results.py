"""The results of an evaluation: one :class:`Result` per question, together a :class:`Run`, whose JSON a later
run is compared with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.cases import Case
from qa.evaluation.judging import READ, faults
from qa.evaluation.marks import is_right_as_told, marks
from qa.evaluation.received import Response

VERSION = 1  # version of the run's JSON
TOLD_FROM = 0.8  # the confidence from which a wrong answer counts as ``wrong_told``, by default


@dataclass(frozen=True)
class Result:
    """The result of one question. ``drift`` says why its gold no longer matches the corpus; ``told`` and
    ``gold`` are JSON objects.
    """

    id: str
    kind: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    right: bool
    faults: tuple[str, ...]
    status: str
    refused: bool
    confidence: float
    right_as_told: bool
    ms: float
    marks: Mapping[str, float]
    gold: Mapping[str, Any]
    told: Mapping[str, Any]
    drift: str | None = None

    @property
    def answered(self) -> bool:
        """True if the question was answered."""
        return self.status == "answered"

    @property
    def failed(self) -> bool:
        """True if this is a failure to look at: wrong, with a gold that is still right."""
        return not self.right and self.drift is None


@dataclass(frozen=True)
class Estimate:
    """A metric's value over ``n`` questions with its 95 % interval; ``None`` if it is undefined."""

    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Run:
    """An evaluation: the questions and what answered them, the result of each question, and every metric over
    the whole and by kind."""

    questions: tuple[str, ...]
    source: str  # the corpus folder or the service's address
    fingerprint: str  # of the index that answered, "" if none did
    started: str  # ISO 8601, UTC
    seconds: float
    results: tuple[Result, ...]
    whole: Mapping[str, Estimate]
    kinds: Mapping[str, Mapping[str, Estimate]]
    told_from: float = TOLD_FROM  # the confidence from which a wrong answer counts for ``wrong_told``
    version: int = VERSION

    @property
    def failures(self) -> list[Result]:
        """The wrong answers whose gold is still right."""
        return [result for result in self.results if result.failed]

    @property
    def right(self) -> list[Result]:
        """The right answers."""
        return [result for result in self.results if not result.failed and result.drift is None]

    @property
    def drifted(self) -> list[Result]:
        """The questions whose gold no longer matches the corpus."""
        return [result for result in self.results if result.drift is not None]


def judge(case: Case, told: Response, ms: float, told_from: float = TOLD_FROM) -> Result:
    """Score one answer; a wrong one with a confidence of ``told_from`` or more is the worst fault."""
    found = tuple(faults(case, told))
    result = Result(
        id=case.id,
        kind=case.kind,
        question=case.question,
        history=case.history,
        answerable=case.answerable,
        right=not found,
        faults=found,
        status=told.status if not told.failed else f"HTTP {told.http_status}",
        refused=told.refused or (told.failed and not found),
        confidence=told.confidence,
        right_as_told=is_right_as_told(case, told),
        ms=round(ms, 3),
        marks=marks(case, told),
        gold=case.gold(),
        told=_kept(told, full=bool(found)),
    )
    return marked(result, told_from)


def marked(result: Result, told_from: float) -> Result:
    """Return the result with its mark ``wrong_told``: 1 if it is answered wrongly with at least this
    confidence, otherwise 0.

    Wrong refers to what the confidence is about, see :func:`qa.evaluation.marks.is_right_as_told`.
    """
    is_told = result.answered and result.confidence >= told_from
    return replace(result, marks={**result.marks, "wrong_told": float(is_told and not result.right_as_told)})


def _kept(told: Response, *, full: bool) -> dict[str, Any]:
    """Keep the parts of the answer that people look at: the text of a right one, and everything up to the
    passages that count of a wrong one."""
    if told.failed or not full:
        return {"text": told.text}
    return {
        "text": told.text,
        "facts": list(told.facts),
        "facts_total": told.facts_total,
        "figures": list(told.figures),
        "passages": list(told.passages[:READ]),
        "understood": told.body.get("understood"),
    }


def by_kind(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Group results by kind, in the order in which the kinds first occur."""
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.kind, []).append(result)
    return grouped


def write_run(run: Run, path: Path) -> None:
    """Write the run as JSON."""
    path.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """Read what :func:`write_run` wrote.

    Raises:
        UsageError: the file can't be read, or is not a run of this version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} can't be read: {error.strerror}. Name a run that `qa eval --json` wrote."
        ) from error
    try:
        body = json.loads(text)
        if body["version"] != VERSION:
            raise UsageError(
                f"{path} was written by another version of Askwell. Evaluate again with --json to renew it."
            )
        read = {
            "results": tuple(_result(row) for row in body["results"]),
            "questions": tuple(body["questions"]),
            "whole": _estimates(body["whole"]),
            "kinds": {kind: _estimates(of_kind) for kind, of_kind in body["kinds"].items()},
        }
        return Run(**{**body, **read})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} is not a run that `qa eval --json` wrote. Evaluate again with --json to have one."
        ) from error


def _result(row: Mapping[str, Any]) -> Result:
    return Result(**{**row, "history": _texts(row["history"]), "faults": _texts(row["faults"])})


def _estimates(body: Mapping[str, Mapping[str, Any]]) -> dict[str, Estimate]:
    return {name: Estimate(**estimate) for name, estimate in body.items()}


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
