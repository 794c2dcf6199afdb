"""Shared by the readers of question sets: check a question's JSON against the schema, and word its faults for
people."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from qa.errors import UsageError
from qa.evaluation.cases import Case, with_defaults

Raw = str | Mapping[str, Any] | ValueError  # a question as JSON text, as fields, or why it can't be read

_SHOWN = 20  # the most problems reported for one file


def read_text(path: Path) -> str:
    """Return a file's text without a byte-order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read: {error}. Question sets are UTF-8 text.") from error


def check_all(path: Path, questions: Iterable[tuple[str, Raw]]) -> tuple[Case, ...]:
    """Return the cases for questions, each given with its place, e.g. "line 3".

    Raises:
        UsageError: names every faulty place and field.
    """
    cases, problems = [], []
    for place, raw in questions:
        try:
            cases.append(with_defaults(_case(raw), place.removeprefix("line ")))
        except ValidationError as error:
            problems += [f"{path}, {place}: {_worded(one)}" for one in error.errors(include_url=False)]
        except ValueError as error:
            problems.append(f"{path}, {place}: {error}")
    refuse(problems)
    return tuple(cases)


def _case(raw: Raw) -> Case:
    if isinstance(raw, ValueError):
        raise raw
    return Case.model_validate_json(raw, strict=True) if isinstance(raw, str) else Case.model_validate(raw)


def refuse(problems: list[str]) -> None:
    """Raise :class:`UsageError` with the first problems, if there are any."""
    if problems:
        more = [f"… and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        raise UsageError("\n".join([*problems[:_SHOWN], *more]))


def _worded(error: ErrorDetails) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = [info.alias or name for name, info in Case.model_fields.items()]
        near = difflib.get_close_matches(where, known, n=1)
        return f"{where!r} is not a field of a question" + (f"; did you mean {near[0]!r}?" if near else ".")
    if error["type"] == "missing":
        return f"{where!r} is missing."
    message = error["msg"].removeprefix("Value error, ").replace(" at line 1 column ", " at character ")
    return f"{where}: {message}." if where else f"{message}."
