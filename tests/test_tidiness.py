"""The code stays tidy: nothing unused, nothing twice, no function that counts more than 12 branches.

The count is radon's: one for a function, and one more for every branch, loop,
comprehension and its conditions, conditional expression, ``except``, ``assert``, ``else`` of a loop, and further
operand of ``and`` and ``or``. Ruff's C901, which is also on, leaves half of these out.
"""

import ast
import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "qa"
FILES = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])
READERS = sorted(
    [
        *FILES,
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
        *(ROOT / ".ci").glob("*.py"),
    ]
)

MOST = 12  # what a function may count
PARALLEL = [  # folders in which one name stands for two sides of one thing
    {"facts", "evaluation/plain", "question", "answering"},  # what is asked, computed, computed again, said
]
# Names that still stand for two things.
TWICE_YET = {"sentences"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def part_of(file: Path) -> str:
    return "app" if file.parent == ROOT else file.relative_to(PACKAGE).with_suffix("").parts[0]


def complexity(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Radon's count of a function, without those inside it."""
    return 1 + sum(map(branches, function.body))


def branches(node: ast.AST) -> int:
    """How many ways a node branches off, with everything in it but functions and what is asserted."""
    if isinstance(node, FUNCTIONS):
        return 0
    if isinstance(node, ast.Assert):
        return 1
    count = 0
    if isinstance(node, ast.If | ast.IfExp):
        count = 1
    elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
        count = 1 + bool(node.orelse)
    elif isinstance(node, ast.Try):
        count = len(node.handlers) + bool(node.orelse)
    elif isinstance(node, ast.BoolOp):
        count = len(node.values) - 1
    elif isinstance(node, ast.comprehension):
        count = 1 + len(node.ifs)
    elif isinstance(node, ast.Match):
        count = len(node.cases) - any(getattr(case.pattern, "pattern", 0) is None for case in node.cases)
    return count + sum(map(branches, ast.iter_child_nodes(node)))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a file, without those inside others."""
    for node in tree(file).body:
        if isinstance(node, FUNCTIONS):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (inner for inner in node.body if isinstance(inner, FUNCTIONS))


@pytest.mark.parametrize("part", sorted({part_of(file) for file in FILES}))
def test_no_function_is_hard_to_follow(part: str) -> None:
    files = [file for file in FILES if part_of(file) == part]
    counts = {f"{file.stem}.{one.name}": complexity(one) for file in files for one in functions(file)}
    assert {name: count for name, count in counts.items() if count > MOST} == {}


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return 1", 1),
        ("return a if b else c", 2),
        ("return a and b or c", 3),
        ("return [x for x in a if x if not x]", 4),
        ("for x in a:\n        pass\n    else:\n        pass", 3),
        ("try:\n        pass\n    except A:\n        pass\n    except B:\n        pass", 3),
        ("match a:\n        case 1:\n            pass\n        case _:\n            pass", 2),
        ("def g():\n        return 1 if a else 2", 1),
    ],
)
def test_complexity_is_counted_as_radon_does(body: str, count: int) -> None:
    (function,) = ast.parse(f"def f(a, b, c):\n    {body}").body
    assert isinstance(function, ast.FunctionDef)
    assert complexity(function) == count


def defined(file: Path) -> Iterator[str]:
    """The functions, classes and constants of a module; not those that a decorator hands to something else."""
    for node in tree(file).body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            decorators = {ast.unparse(one).split("(")[0] for one in node.decorator_list}
            if decorators <= {"dataclass", "cache", "lru_cache", "functools.cache", "contextmanager"}:
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


def test_nothing_is_defined_that_nothing_uses() -> None:
    words = Counter(
        word for file in READERS for word in set_of_words(file.read_text(encoding="utf-8"), file in FILES)
    )
    unused = {
        f"{file.relative_to(ROOT)}: {name}" for file in FILES for name in defined(file) if words[name] < 2
    }
    assert {one for one in unused if not one.endswith("__")} == set()  # Python itself uses those


def set_of_words(text: str, is_code: bool) -> list[str]:
    """The words of a file: every occurrence in the code of the package, so that a definition and a use make
    two; one of each elsewhere.
    """
    found = re.findall(r"\w+", text)
    return found if is_code else sorted(set(found))


def test_a_file_name_stands_for_one_thing() -> None:
    places: dict[str, set[str]] = {}
    for file in FILES:
        if file.stem not in ("__init__", "app") and file.parent != PACKAGE:
            places.setdefault(file.stem, set()).add(file.parent.relative_to(PACKAGE).as_posix())
    twice = {name for name, folders in places.items() if len(folders) > 1 and not is_parallel(folders)}
    assert twice == TWICE_YET


def is_parallel(folders: set[str]) -> bool:
    return any(folders <= several for several in PARALLEL)


def test_one_module_writes_dates_and_one_constant_means_the_whole() -> None:
    texts = {file.relative_to(PACKAGE).as_posix(): file.read_text(encoding="utf-8") for file in FILES[1:]}
    assert [name for name, text in texts.items() if re.search(r"\{[^{}]*:%B|MONTHS = \(", text)] == [
        "phrasing.py"
    ]
    assert [
        name for name, text in texts.items() if re.search(r'^[A-Z_]+ = "Overall"', text, re.MULTILINE)
    ] == ["question/query.py"]


# Words ------------------------------------------------------------------------------------------------------

SORTED = [  # lists of words, alphabetic; others are in the order of what they mean, or of what is tried first
    ("language/irregular.toml", "verbs"),
    ("language/irregular.toml", "nouns"),
    *(
        ("question/small_talk.toml", name)
        for name in ("greeting", "thanks", "goodbye", "help", "keep", "source", "between")
    ),
]


def lists(value: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of texts in a TOML file, with its path of keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, f"{path}/{key}")
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from lists(inner, f"{path}/{number}")


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.toml")), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_a_list_of_words_says_nothing_twice_and_its_file_begins_with_what_it_is_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    twice = {
        path: [word for word, count in Counter(words).items() if count > 1]
        for path, words in lists(tomllib.loads(text))
        if len(set(words)) < len(words)
    }
    assert twice == {}


@pytest.mark.parametrize(("file", "name"), SORTED)
def test_a_list_in_which_words_are_looked_up_is_sorted(file: str, name: str) -> None:
    words = tomllib.loads((PACKAGE / file).read_text(encoding="utf-8"))[name]
    assert words == sorted(words)


def test_the_places_are_sorted_and_told_once() -> None:
    text = (PACKAGE / "question" / "places.txt").read_text(encoding="utf-8")
    places = [line for line in text.splitlines() if not line.startswith("#")]
    assert places == sorted(set(places))
