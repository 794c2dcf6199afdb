"""Imports point one way: a part of qa imports only parts of the rows above its own.

The words of a question are read in one place.
"""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "qa"
ROWS = [
    {"__init__", "records", "errors", "phrasing"},
    {"setting_values"},
    {"settings", "fields", "scale", "wire", "owning", "database", "matrices"},
    {"help_pages"},
    {
        "query"
    },  # the records between reading a question and answering it: question/query.py, question/reading.py
    {"language"},
    {"safety"},
    {"reading", "passages", "engines"},
    {"shelf"},  # of passages
    {"facts"},  # cells are typed as reading reads them
    {"question", "retrieval"},  # names come from the facts
    {"feedback", "indexing", "keys", "library"},
    {"answering", "verifying"},
    {"service"},
    {"evaluation", "web", "terminal"},
    {"assistants", "fetching"},
    {"commands"},
    {"cli"},
    {"__main__", "app"},
]
ROW_OF = {part: number for number, row in enumerate(ROWS) for part in row}
MAY_SEE_SETTINGS = {
    "indexing/cache_folder",
    "indexing/opening",
    "indexing/cluster",
    "service/__init__",
    "cli",
    "app",
    "web/serving/server",
    "web/serving/application",
}  # what opens a corpus or starts the server
WINGS = {  # of qa.web: what each may import of the others
    "api": {"pages/rendering", "serving"},  # /docs is a page
    "pages": {
        "api/ask_request",
        "api/facts_csv",
        "api/lookups",
        "api/schemas",
        "serving",
    },  # what both show; how long a question may be
    "serving": {"api", "pages/chips"},  # the endpoints' table; what is loaded with a service
}
READS_QUESTIONS = ("question", "safety", "language", "retrieval")
HANDS_QUESTIONS_ON = {
    "service/__init__",  # to the answer
    "service/passage_search",  # to the passages
    "answering/compose",  # into the answer's record
    "answering/suggesting",  # so that what was just asked is not suggested
}
MAY_MATCH_PATTERNS = {  # regular expressions, in question/ and answering/
    "question/annotate",  # abbreviations with a stroke, quotations in single quotes
    "question/as_json",  # names of types, fractions
    "question/by_form",  # the shape of postcodes
    "question/canonical",  # the controlled language that say.py writes
    "question/canonical_tokens",  # the same
    "question/mentions",  # the shape of postcodes
    "question/name_words",  # initials written apart
    "question/remembered_names",  # words with capitals in the question before
    "question/several_questions",  # the seam of "hospices in London, and hospices in Kent"
    "answering/contradictions",  # what the passages claim of all
}
FILES = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])


def name_of(file: Path) -> str:
    """The module's path below qa without its ending, e.g. ``web/api/ask``."""
    return "app" if file.parent == ROOT else file.relative_to(PACKAGE).with_suffix("").as_posix()


def part_of(path: str) -> str:
    """The part of qa that a module belongs to: who reads a Query or a Reading stands above those records, not
    above what makes them.
    """
    return "query" if path.startswith(("question/query", "question/reading")) else path.split("/")[0]


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@functools.cache
def imports(file: Path) -> set[tuple[str, str]]:
    """Every (module, name) that ``file`` imports anywhere; the name is empty for ``import module``."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


def parts(file: Path) -> set[str]:
    """The parts of qa that ``file`` imports, e.g. ``{"records", "query"}``."""
    found = set()
    for module, name in imports(file):
        if module == "qa":
            found.add(name if name in ROW_OF else "__init__")
        elif module.startswith("qa."):
            found.add(part_of("/".join([*module.split(".")[1:], name])))
    return found


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_module_imports_only_from_the_rows_above(file: Path) -> None:
    own = part_of(name_of(file))
    assert {part for part in parts(file) if part != own and ROW_OF[part] >= ROW_OF[own]} == set()


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_of_the_web_imports_of_the_others_only_what_it_may(wing: str) -> None:
    imported = {
        module.removeprefix("qa.web.").replace(".", "/")
        if module.count(".") > 2
        else f"{module.removeprefix('qa.web.')}/{name}"
        for file in (PACKAGE / "web" / wing).glob("*.py")
        for module, name in imports(file)
        if module.startswith("qa.web.") and module.split(".")[2] != wing
    }
    assert {
        path for path in imported if path not in WINGS[wing] and path.split("/")[0] not in WINGS[wing]
    } == set()


def test_the_web_has_no_modules_outside_its_wings() -> None:
    web = PACKAGE / "web"
    assert {file.name for file in web.glob("*.py")} == {"__init__.py"}
    assert {folder.name for folder in web.iterdir() if folder.name != "__pycache__"} - {"__init__.py"} == set(
        WINGS
    )


def test_only_stems_and_sentences_import_nltk() -> None:
    importing = {
        name_of(file) for file in FILES if any(module.split(".")[0] == "nltk" for module, _ in imports(file))
    }
    assert importing == {"language/stems", "language/sentences"}


def test_only_what_starts_askwell_sees_the_settings() -> None:
    seeing = {
        name_of(file)
        for file in FILES
        if ("qa.settings", "Settings") in imports(file) or ("qa", "settings") in imports(file)
    }
    assert seeing <= MAY_SEE_SETTINGS


def test_only_one_module_multiplies_matrices() -> None:
    multiplying = {
        name_of(file) for file in FILES if any(isinstance(node, ast.MatMult) for node in ast.walk(tree(file)))
    }
    assert multiplying == {"matrices"}


def test_records_and_errors_import_nothing_of_qa() -> None:
    assert parts(PACKAGE / "records.py") | parts(PACKAGE / "errors.py") == set()


def test_the_query_imports_nothing_of_qa_and_the_reading_only_records() -> None:
    assert parts(PACKAGE / "question" / "query.py") == set()
    assert parts(PACKAGE / "question" / "reading.py") == {"query", "records"}


# The words of a question ------------------------------------------------------------------------------------


def texts_of_readings(file: Path) -> Iterator[int]:
    """The lines in which the text of a Reading is taken."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and node.attr == "text":
            holder = node.value
            name = (
                holder.id
                if isinstance(holder, ast.Name)
                else holder.attr
                if isinstance(holder, ast.Attribute)
                else ""
            )
            if name in ("reading", "before", "asked"):
                yield node.lineno


def test_nobody_but_what_reads_them_sees_the_words_of_a_question() -> None:
    taking = {name_of(file) for file in FILES if any(texts_of_readings(file))}
    assert {name for name in taking if not name.startswith(READS_QUESTIONS)} == HANDS_QUESTIONS_ON


def test_only_the_service_has_questions_read() -> None:
    steps = (
        "read",
        "parse",
        "annotate",
        "chunking",
        "senses",
        "quantities",
        "ratings_said",
        "listing",
        "negating",
        "naming",
        "binding",
        "changes",
        "conditions",
        "shapes",
        "shape",
        "defaults",
        "claiming",
        "follow_up",
        "leaning",
        "topics",
    )
    readers = {f"qa.question.{step}" for step in steps}
    asking = {name_of(file) for file in FILES if any(module in readers for module, _ in imports(file))}
    assert {part_of(name) for name in asking if not name.startswith("question/")} == {"service"}


def test_the_path_of_a_question_matches_no_patterns_of_its_own() -> None:
    matching = {name_of(file) for file in FILES if ("re", "") in imports(file)}
    assert {name for name in matching if name.startswith(("question/", "answering/"))} == MAY_MATCH_PATTERNS
