"""Imports point one way: a part of qa imports only parts of the rows above its own."""

import ast
import functools
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "qa"
ROWS = [
    {"__init__", "records", "errors"},
    {"settings", "folding", "scale", "wire"},
    {"text", "preamble"},
    {"reading", "passages", "facts", "engines"},
    {"understanding", "retrieval"},  # names come from the facts, a first guess at a subject from an engine
    {"feedback", "finding", "indexing", "keys", "library"},
    {"answering", "verifying"},
    {"service"},
    {"evaluation", "web", "terminal"},
    {"assistants"},
    {"commands"},
    {"cli"},
    {"__main__", "app"},
]
ROW_OF = {part: number for number, row in enumerate(ROWS) for part in row}
MAY_SEE_SETTINGS = {"indexing", "service", "cli", "app", "web/server", "web/application"}  # what opens a corpus or starts the server
FILES = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])


def name_of(file: Path) -> str:
    """The module's path below qa without its ending, e.g. ``web/api``."""
    return "app" if file.parent == ROOT else file.relative_to(PACKAGE).with_suffix("").as_posix()


@functools.cache
def imports(file: Path) -> set[tuple[str, str]]:
    """Every (module, name) that ``file`` imports anywhere; the name is empty for ``import module``."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


def parts(file: Path) -> set[str]:
    """The parts of qa that ``file`` imports, e.g. ``{"records", "engines"}``."""
    found = set()
    for module, name in imports(file):
        if module == "qa":
            found.add(name if name in ROW_OF else "__init__")
        elif module.startswith("qa."):
            found.add(module.split(".")[1])
    return found


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_module_imports_only_from_the_rows_above(file: Path) -> None:
    own = name_of(file).split("/")[0]
    assert {part for part in parts(file) if part != own and ROW_OF[part] >= ROW_OF[own]} == set()


def test_only_text_imports_nltk() -> None:
    assert {name_of(file) for file in FILES if any(module.split(".")[0] == "nltk" for module, _ in imports(file))} == {"text"}


def test_only_what_starts_askwell_sees_the_settings() -> None:
    seeing = {name_of(file) for file in FILES if ("qa.settings", "Settings") in imports(file) or ("qa", "settings") in imports(file)}
    assert seeing <= MAY_SEE_SETTINGS


def test_records_and_errors_import_nothing_of_qa() -> None:
    assert parts(PACKAGE / "records.py") | parts(PACKAGE / "errors.py") == set()
