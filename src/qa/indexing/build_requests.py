"""A request to build an index, as it is sent to the build process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.indexing.index_builder import Order
from qa.indexing.pool import Limits
from qa.indexing.sources import Source
from qa.records import Problem


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
