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

    ``ranking`` orders sentences; ``confidence`` gives the probability that the marked sentence answers, which
    must reach ``threshold`` for it to be given as an answer.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, encoded: bool = False) -> Model:
        """Return the shipped model, read once; ``encoded`` selects the one with an encoder."""
        return _shipped()["with_encoder" if encoded else "without"]


@cache
def _shipped() -> dict[str, Model]:
    table = tomllib.loads(files("qa.retrieval").joinpath("coefficients.toml").read_text(encoding="utf-8"))
    return {
        name: Model(of["ranking"], of["confidence"], table["threshold"])
        for name, of in table.items()
        if isinstance(of, dict)
    }
