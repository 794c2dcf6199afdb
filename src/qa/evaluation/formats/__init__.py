"""Question sets: a file or folder → a :class:`~qa.evaluation.cases.QuestionSet`.

A new format is one module and one line of ``FORMATS``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.cases import Case, QuestionSet
from qa.evaluation.formats import beir, jsonl, question_sheet, squad, trec


@dataclass(frozen=True)
class Format:
    """A format of question sets; ``read`` raises a :class:`UsageError` that names every line it can't
    read."""

    name: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path], QuestionSet]


FORMATS = (
    Format("JSON lines", jsonl.recognises, jsonl.read),
    Format("CSV or TSV", question_sheet.recognises, question_sheet.read),
    Format("SQuAD 2.0 JSON", squad.recognises, squad.read),
    Format("BEIR folder", beir.recognises, beir.read),
    Format("TREC topics with qrels", trec.recognises, trec.read),
)


def read_sets(paths: Sequence[Path]) -> tuple[QuestionSet, ...]:
    """Read every question set; ids that occur in two sets get their set's name as a prefix.

    Raises:
        UsageError: a path is missing, of no known format, can't be read, or there is no question at all.
    """
    sets = tuple(_read(path) for path in paths)
    if not any(one.cases for one in sets):
        raise UsageError("The question set is empty. Give a set with at least one question.")
    shared = {
        name for name, times in Counter(case.id for one in sets for case in one.cases).items() if times > 1
    }
    return tuple(replace(one, cases=tuple(_distinct(one, shared))) for one in sets)


def _read(path: Path) -> QuestionSet:
    if not path.exists():
        raise UsageError(f"There is no question set {path}. Give the path of a file or folder.")
    for one in FORMATS:
        if one.recognises(path):
            return _unique(one.read(path))
    known = ", ".join(one.name for one in FORMATS)
    raise UsageError(
        f"{path} is not a question set that Askwell reads. It reads: {known}; docs/evaluation.md "
        "describes each."
    )


def _unique(one: QuestionSet) -> QuestionSet:
    twice = [name for name, times in Counter(case.id for case in one.cases).items() if times > 1]
    if twice:
        raise UsageError(
            f"{one.name}: {_count(one.cases, twice[0])} questions have the id {twice[0]!r}. Give "
            "each its own."
        )
    return one


def _count(cases: Iterable[Case], name: str) -> int:
    return sum(case.id == name for case in cases)


def _distinct(one: QuestionSet, shared: set[str]) -> Iterable[Case]:
    for case in one.cases:
        yield case.model_copy(update={"id": f"{one.name}:{case.id}"}) if case.id in shared else case
