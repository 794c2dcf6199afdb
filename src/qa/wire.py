"""The answer record as JSON: the one place where records become bytes that clients read.

``orjson`` writes the records as they are, in the contract's order of fields, dates as ISO 8601. Only four
things need help: ``from`` is a Python keyword, so :class:`~qa.records.Change` calls it ``source``; attributes
may be any mapping; a figure has its group only if there is one, and an answer says ``degraded`` only if it
is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from qa.records import Answer, Change, Figure, Part, Understood

ANSWER_FIELDS = tuple(Answer.__dataclass_fields__)
UNDERSTOOD_FIELDS = tuple(Understood.__dataclass_fields__)


def dumps(answer: Answer, *, indent: bool = False) -> bytes:
    """Return ``answer`` as UTF-8 JSON. The same answer always gives the same bytes."""
    body = {name: getattr(answer, name) for name in ANSWER_FIELDS}
    body["figures"] = _figures(answer.figures)
    body["parts"] = [_part(part) for part in answer.parts]
    body["understood"] = _understood(answer.understood)
    if not answer.degraded:
        del body["degraded"]
    if not answer.distances:
        del body["distances"]
    return orjson.dumps(body, default=_plain, option=orjson.OPT_INDENT_2 if indent else 0)


def encode(record: object, *, indent: bool = False) -> bytes:
    """Return any other record, e.g. a list of facts, as UTF-8 JSON."""
    return orjson.dumps(record, default=_plain, option=orjson.OPT_INDENT_2 if indent else 0)


def _understood(understood: Understood) -> dict[str, Any]:
    body = {name: getattr(understood, name) for name in UNDERSTOOD_FIELDS}
    body["corrections"] = [_change(change) for change in understood.corrections]
    body["expanded"] = [_change(change) for change in understood.expanded]
    return body


def _part(part: Part) -> dict[str, Any]:
    return {
        "text": part.text,
        "passages": part.passages,
        "facts": part.facts,
        "figures": _figures(part.figures),
    }


def _figures(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [_figure(figure) for figure in figures]


def _figure(figure: Figure) -> dict[str, Any]:
    told = {"label": figure.label, "value": figure.value, "unit": figure.unit}
    return told if figure.group is None else {**told, "group": figure.group}


def _change(change: Change) -> dict[str, str]:
    return {"from": change.source, "to": change.target}


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")
