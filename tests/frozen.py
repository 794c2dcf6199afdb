"""The frozen answers: what a fixed set of questions is answered with, kept in tests/data/frozen, one JSON
line a question.

``make frozen`` lists what has changed since, grouped by what of it changed; ``make frozen ARGS=--freeze``
keeps today's answers. A new question is a line of its own that holds only ``question`` (and ``history``);
freezing adds its answer.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from directory import Row, a_year_later, directory, write

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "data" / "frozen"
FREEZE = "make frozen ARGS=--freeze"
_STEP = 0.05  # of confidence: a smaller change is none
_TEXT = 400  # characters of an answer that are kept as they are
_SHOWN = 5  # subjects and figures that are kept by name


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept of an answer; long lists and texts end in a digest of the whole."""

    status: str
    intent: str
    text: str
    subjects: tuple[str, ...]  # of the facts, in their order
    figures: tuple[str, ...]
    confidence: float  # rounded to 0.05

    @classmethod
    def of(cls, answer: Answer) -> Told:
        """What is kept of ``answer``."""
        subjects = [fact.subject for fact in answer.facts]
        figures = [f"{one.group or ''} {one.label}: {one.value} {one.unit}".strip() for one in answer.figures]
        confidence = round(round(answer.answer.confidence / _STEP) * _STEP, 2)
        return cls(
            answer.status,
            answer.understood.intent,
            _text(answer.answer.text),
            _listed(subjects),
            _listed(figures),
            confidence,
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A question, those before it, and what it was answered with; ``None`` before it was first frozen."""

    question: str
    history: tuple[str, ...] = ()
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose answer is another one than the frozen."""

    case: Case
    now: Told

    @property
    def what(self) -> str:
        """What of the answer changed: the first that differs of status, intent, subjects, figures, text and
        confidence.
        """
        before = self.case.told
        if before is None:
            return "new questions"
        if before.status != self.now.status:
            return f"{before.status} before, {self.now.status} now"
        names = {
            "intent": "another kind",
            "subjects": "other subjects",
            "figures": "other figures",
            "text": "another wording",
        }
        return next(
            (name for field, name in names.items() if getattr(before, field) != getattr(self.now, field)),
            "another confidence",
        )


# The corpora ------------------------------------------------------------------------------------------------


def _locations(rows: Sequence[Row], nth: int) -> list[Row]:
    """The rows of every nth location."""
    kept = set(islice(dict.fromkeys(row["Location ID"] for row in rows), 0, None, nth))
    return [row for row in rows if row["Location ID"] in kept]


def _one(folder: Path) -> Path:
    write(folder, "directory.csv", _locations(directory(), 3))
    return folder


def _two(folder: Path) -> Path:
    rows = _locations(directory(20230731), 5)
    write(folder, "earlier.csv", rows)
    write(folder, "later.csv", a_year_later(rows))
    return folder


# The name of each file of frozen answers → the corpus that they are of, made in an empty folder where it is
# not there.
CORPORA: Mapping[str, Callable[[Path], Path]] = {
    "reports": lambda _: ROOT / "corpus",
    "schools": lambda _: ROOT / "docs" / "example",
    "directory": _one,
    "directories": _two,
}


# Freezing and comparing -------------------------------------------------------------------------------------


def load(path: Path) -> list[Case]:
    """Return the cases of a file. Raises ValueError naming the line that can't be read."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row: dict[str, Any] = orjson.loads(line)
            told: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
            }
            question, history = told.pop("question"), told.pop("history", ())
            found.append(Case(question, history, Told(**told) if told else None))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return found


def dump(cases: Sequence[Case], path: Path) -> None:
    """Write cases as JSON lines."""
    path.write_text("".join(f"{_line(case)}\n" for case in cases), encoding="utf-8")


def _line(case: Case) -> str:
    asked = {"question": case.question} | ({"history": case.history} if case.history else {})
    return orjson.dumps(asked | (asdict(case.told) if case.told else {})).decode()


def ask(cases: Sequence[Case], service: Service) -> list[Case]:
    """Return the cases with today's answers."""
    return [replace(case, told=Told.of(service.ask(case.question, case.history))) for case in cases]


def changes(before: Sequence[Case], now: Sequence[Case]) -> list[Changed]:
    """Return the cases that are answered otherwise; both hold the same questions, in order."""
    return [
        Changed(old, new.told)
        for old, new in zip(before, now, strict=True)
        if new.told is not None and old.told != new.told
    ]


def listing(name: str, changed: Sequence[Changed]) -> Iterator[str]:
    """Yield what changed, line by line: the groups with most changes first, in each what it was (-) and is
    (+).
    """
    groups: dict[str, list[Changed]] = defaultdict(list)
    for one in changed:
        groups[one.what].append(one)
    for what, cases in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield f"{name}: {what} ({len(cases)})"
        for one in cases:
            yield f"  {' / '.join([*one.case.history, one.case.question])}"
            yield from _differences(one)


def _differences(changed: Changed) -> Iterator[str]:
    before, now = asdict(changed.case.told) if changed.case.told else {}, asdict(changed.now)
    for name, value in now.items():
        if before.get(name) != value:
            if before:
                yield f"    - {name}: {_said(before[name])}"
            yield f"    + {name}: {_said(value)}"


def _said(value: object) -> str:
    return "; ".join(value) or "none" if isinstance(value, tuple) else str(value)


def _text(text: str) -> str:
    return text if len(text) <= _TEXT else f"{text[:_TEXT]} … {_digest(text)}"


def _listed(items: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(items[:_SHOWN])
    return shown if len(items) <= _SHOWN else (*shown, f"{len(items) - _SHOWN} more, {_digest(*items)}")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def opened(name: str, folder: Path) -> Service:
    """Return the service of a corpus of :data:`CORPORA`, in an empty folder where it has to be made."""
    return Service.open(Settings.load({"corpus": str(CORPORA[name](folder)), "cache": "none"}, {}))


def main(arguments: Sequence[str] | None = None) -> int:
    """List what changed, or freeze today's answers; return 1 where something changed and was not frozen."""
    parser = argparse.ArgumentParser(description="List the answers that are not as they were frozen.")
    parser.add_argument("--freeze", action="store_true", help="keep today's answers")
    parser.add_argument(
        "corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)}; all, if none is named"
    )
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.corpora if name not in CORPORA]:
        parser.error(f"there is no corpus {unknown[0]}, only {', '.join(CORPORA)}")
    number = asked = 0
    for name in options.corpora or CORPORA:
        path = FOLDER / f"{name}.jsonl"
        before = load(path)
        with tempfile.TemporaryDirectory() as folder:
            now = ask(before, opened(name, Path(folder)))
        changed = changes(before, now)
        number, asked = number + len(changed), asked + len(before)
        sys.stdout.writelines(f"{line}\n" for line in listing(name, changed))
        if options.freeze:
            dump(now, path)
    kept = "frozen" if options.freeze else f"keep them with {FREEZE}" if number else "as frozen"
    sys.stdout.write(
        f"{number} of {asked} answers changed: {kept}.\n" if number else f"All {asked} answers are {kept}.\n"
    )
    return 1 if number and not options.freeze else 0


if __name__ == "__main__":
    sys.exit(main())
