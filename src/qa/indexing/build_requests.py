"""A request to build an index, and how it is read from what is sent to the build process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.indexing.pool import Limits
from qa.indexing.sources import Source
from qa.records import Problem


@dataclass(frozen=True, slots=True)
class Order:
    """A request to build an index: from which folder, into which folder, and from which earlier
    index, if there is one.

    ``anyway`` builds it from what can be read, if not everything can.
    """

    corpus: str
    fingerprint: str
    made_with: str
    sources: tuple[Source, ...]
    folder: Path
    base: Path | None = None
    problems: tuple[Problem, ...] = ()
    engine: str = "memory"
    k1: float = 1.2
    b: float = 0.75
    limits: Limits = field(default_factory=Limits)
    processes: int = 1
    anyway: bool = False


def order_of(told: dict[str, Any]) -> Order:
    """Rebuild an order from the plain values of its fields."""
    values = dict(told)
    values["sources"] = tuple(_source(one) for one in told["sources"])
    values["problems"] = tuple(Problem(**one) for one in told["problems"])
    values["limits"] = Limits(**told["limits"])
    values["folder"] = Path(told["folder"])
    values["base"] = Path(told["base"]) if told["base"] else None
    return Order(**values)


def _source(told: dict[str, Any]) -> Source:
    states = tuple(tuple(state) if state else None for state in told["states"])
    return Source(told["name"], Path(told["path"]), states, told["digest"])
