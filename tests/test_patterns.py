"""Regular expressions keep to what every supported Python reads alike.

Before 3.11.5, ``re`` finds endless empty matches for nested possessive quantifiers, and so neither those nor
atomic groups are used.
"""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "qa"
ASKED = [
    "Why did they improve?",
    "and Kent? I'd like to know how many.",
    "How is Qzvxuia rated?",
    "Which are worse than good since 2018",
]

# Notes every pattern that a module of the package compiles, whether when it is imported or when a question is
# asked.
PROGRAM = f"""
import importlib, pkgutil, re, sys
from pathlib import Path

compiled, kept = [], re._compiler.compile

def note(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if frame.f_code.co_filename.startswith({str(PACKAGE)!r}):
        compiled.append((pattern, re._parser.parse(pattern, int(flags)) if isinstance(pattern, (str, bytes)) else None))
    return kept(pattern, flags)

re._compiler.compile = note
re.purge()
import qa
for module in pkgutil.walk_packages(qa.__path__, "qa."):
    if not module.name.endswith(("__main__", "assistants")):
        importlib.import_module(module.name)

from qa.service import Service
from qa.settings import Settings

service = Service.open(Settings.load({{"cache": "none"}}, {{}}))
for question in {ASKED!r}:
    service.ask(question, ["How is Oxleas rated?"])

def names(node):
    if isinstance(node, re._parser.SubPattern):
        node = node.data
    if isinstance(node, (list, tuple)):
        for one in node:
            yield from names(one)
    elif isinstance(node, re._constants._NamedIntConstant):
        yield node.name

print(len(compiled))
for pattern, tree in compiled:
    if {{"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}} & set(names(tree)):
        print(pattern)
"""


@pytest.fixture(scope="module")
def found() -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return run.stdout.splitlines()


def test_no_pattern_has_a_possessive_quantifier_or_an_atomic_group(found: list[str]) -> None:
    assert found[1:] == []


def test_the_patterns_of_the_program_are_looked_at(found: list[str]) -> None:
    assert int(found[0]) > 80
