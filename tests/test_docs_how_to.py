"""The recipes hold: the engine on the page meets the contract of all engines, the description is read."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import test_engines
from engines_made import Made

from qa.engines import Engine, Options
from qa.records import Report
from qa.service import Service
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")


def code(language: str) -> list[str]:
    """The blocks of the page in a language, without their indentation."""
    return [inspect.cleandoc(block) for block in re.findall(rf"```{language}\n(.*?)\n *```", PAGE, re.DOTALL)]


class OnThePage(Made):
    """Makes engines of the class that the page shows."""

    def empty(self, options: Options | None = None) -> Engine:
        names: dict[str, Any] = {}
        exec(code("python")[0], names)
        engine: Engine = names["ScanningEngine"](options or Options())
        engine.commit()
        return engine


CONTRACT = [
    one
    for name, one in vars(test_engines).items()
    if name.startswith("test_") and {"made"} <= set(inspect.signature(one).parameters) <= {"made", "engine"}
]


@pytest.mark.parametrize("test", CONTRACT, ids=lambda test: test.__name__)
def test_the_engine_on_the_page_meets_the_contract(test: Callable[..., None]) -> None:
    made = OnThePage("scanning")
    given = {"made": made, "engine": made.holding(test_engines.LISTS)}
    test(**{name: given[name] for name in inspect.signature(test).parameters})


def test_the_contract_has_not_become_empty() -> None:
    assert len(CONTRACT) >= 9


def test_the_description_on_the_page_makes_the_example_answer(tmp_path: Path) -> None:
    table = (ROOT / "docs" / "example" / "outcomes.csv").read_bytes()
    (tmp_path / "outcomes.csv").write_bytes(table)
    (tmp_path / "outcomes.csv.toml").write_text(code("toml")[0], encoding="utf-8")
    service = Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {}))
    assert service.report.errors == Report().errors
    assert service.ask("How many schools are good?").figures[0].value == 2
