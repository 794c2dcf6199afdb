"""The fitted coefficients, read from coefficients.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Model:
    """Coefficients by the names of features or signals.

    ``ranking`` orders sentences; ``support`` gives the probability that the passages are about what was asked, which must reach
    ``threshold`` for an answer; ``confidence`` gives the probability that the marked sentence answers.
    """

    ranking: Mapping[str, float]
    support: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls) -> Model:
        """The shipped model, read once."""
        return _shipped()


@cache
def _shipped() -> Model:
    table = tomllib.loads(files("qa.retrieval").joinpath("coefficients.toml").read_text(encoding="utf-8"))
    return Model(table["ranking"], table["support"], table["confidence"], table["threshold"])
