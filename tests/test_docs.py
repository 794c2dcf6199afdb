"""The documents hold: their commands print what is shown, and everything that can be set, declared or typed is described.

In a console block a line of nothing but "…" stands for any lines that are left out. Line breaks and widths of columns don't count,
and neither do the times that an evaluation measures.
"""

import contextlib
import dataclasses
import importlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from test_imports import ROW_OF, ROWS

from qa import cli, indexing, reading, records
from qa.engines import ENGINES
from qa.reading import columns, layout, metadata, sidecar, table
from qa.records import Answer
from qa.scale import CQC
from qa.service import Service
from qa.settings import SETTINGS, Settings
from qa.understanding.question import Intent
from qa.web import create_app
from qa.web.models import AskRequest
from qa.web.openapi import document
from qa.web.problems import ADVICE

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CORPUS, SETTINGS_PAGE, DESIGN, CONTRACT = (ROOT / "docs" / f"{name}.md" for name in ("corpus", "settings", "design", "contract"))
DOCUMENTS = [README, *sorted((ROOT / "docs").glob("*.md"))]
RUN = [README, CORPUS]  # whose console blocks are run
PICTURES = "docs/screenshots"
WIDTH = "88"  # characters of the terminal of the console blocks

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_QA_LINE = re.compile(r"^(?:\$ |- run: )?(qa .*)$", re.MULTILINE)
_MAKE_LINE = re.compile(r"^(?:\$ )?make (\w+)|`make (\w+)", re.MULTILINE)
_TIME = re.compile(r"(?<=\s)\d+\.\d\d$", re.MULTILINE)  # the last column of an evaluation's kinds: milliseconds


def blocks(page: Path) -> list[tuple[str, str]]:
    """Every code block of a page: its language and its text."""
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def shown(page: Path) -> Iterator[tuple[list[str], str, str]]:
    """Every command of a page's console blocks that shows what it prints: the silent ones above it, itself, and what it prints."""
    for language, text in blocks(page):
        silent: list[str] = []
        for part in re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:] if language == "console" else ():
            command, _, printed = part.partition("\n")
            if printed.strip():
                yield list(silent), command, printed
            else:
                silent.append(command)


def section(page: Path, heading: str) -> str:
    """The part of a page under a heading, to the next of its level or a higher one."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no heading {heading!r}"
    return found[2]


def rows(page: Path, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its own heading."""
    lines = next(part for part in section(page, heading).split("\n\n") if part.lstrip().startswith("|")).strip().splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def code(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


# What is shown is what is printed ---------------------------------------------------------------------------------------


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run commands in that holds what a clone holds."""
    for name in ("corpus", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    for name, value in {"QA_CACHE": "none", "COLUMNS": WIDTH, "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def printed_by(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command: ``qa`` and ``curl`` in this process, others in a shell."""
    words = shlex.split(command, comments=True)
    if words[0] == "curl":
        return fetched(words[1:])
    if words[0] != "qa":
        return subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", check=True).stdout
    cli.main(words[1:])
    return "".join(capsys.readouterr())


def fetched(words: list[str]) -> str:
    """Ask the default corpus as curl would: an address, ``-d`` with a JSON body, and a pipe that prints JSON over several lines."""
    pipe = words.index("|")
    asked = words[:pipe]
    assert words[pipe + 1 : pipe + 4] == ["python3", "-m", "json.tool"]
    address = next(word for word in asked if word.startswith("http://127.0.0.1:8000/")).removeprefix("http://127.0.0.1:8000")
    client = create_app(Service.open(Settings.load({}, os.environ))).test_client()
    if "-d" not in asked:
        response = client.get(address)
    else:
        assert "Content-Type: application/json" in asked
        response = client.post(address, data=asked[asked.index("-d") + 1], content_type="application/json")
    return json.dumps(response.get_json(), indent=2, ensure_ascii=False)


def folded(text: str) -> str:
    return " ".join(_TIME.sub("…", text).split())


def agree(expected: str, printed: str) -> bool:
    """Whether a command printed what a page shows."""
    parts = [re.escape(folded(part)) for part in re.split(r"^ *…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch(r"\s*.*?\s*".join(parts), folded(printed), re.DOTALL) is not None


@pytest.mark.parametrize(
    ("page", "silent", "command", "expected"), [pytest.param(page, *one, id=one[1]) for page in RUN for one in shown(page)]
)
@pytest.mark.usefixtures("workplace")
def test_a_command_prints_what_is_shown(
    page: Path, silent: list[str], command: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for earlier in silent:
        printed_by(earlier, capsys)
    printed = printed_by(command, capsys)
    if not agree(expected, printed):
        pytest.fail(f"{page.name} shows something else than this:\n$ {command}\n{printed}", pytrace=False)


@pytest.mark.parametrize(
    ("expected", "agreeing"),
    [
        ("One line\nand  another\nNo problems.\n", True),
        ("One line and\n…\n", True),
        ("…\nNo problems.\n", True),
        ("One\n …\nproblems.\n", True),
        ("…\n7 problems.\n", False),
        ("One line\n", False),
        ("No problems.\n", False),
    ],
)
def test_only_lines_of_dots_stand_for_others(expected: str, agreeing: bool) -> None:
    assert agree(expected, "One line and another\nNo problems.\n") is agreeing


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_command_shown_is_one_that_the_program_takes(page: Path) -> None:
    for _, text in blocks(page):
        for line in _QA_LINE.findall(text):
            parse(shlex.split(line, comments=True)[1:])


def parse(words: list[str]) -> None:
    """Check a command line without running it."""
    command: click.Command = cli.commands
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"there is no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    with contextlib.suppress(click.exceptions.Exit):  # of --help and --version
        command.make_context(command.name, words)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_make_target_that_is_named_is_there(page: Path) -> None:
    named = {name for pair in _MAKE_LINE.findall(page.read_text(encoding="utf-8")) for name in pair if name}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_the_first_screen_has_both_commands() -> None:
    assert "$ make serve" in blocks(README)[0][1]
    assert "$ make test" in blocks(README)[0][1]


# Links ------------------------------------------------------------------------------------------------------------------


def targets(page: Path) -> set[Path]:
    """The files that a page links to."""
    links = {link.split("#")[0] for link in _LINK.findall(page.read_text(encoding="utf-8"))}
    return {(page.parent / link).resolve() for link in links if link and ":" not in link}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert {str(path) for path in targets(page) if not path.exists()} == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_link_to_a_heading_leads_there(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        if anchor and ":" not in link:
            text = ((page.parent / name) if name else page).read_text(encoding="utf-8")
            assert anchor in {anchor_of(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}, link


def anchor_of(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_every_document_is_linked_from_another() -> None:
    linked = {path for page in DOCUMENTS for path in targets(page) if path != page}
    files = {file for file in (ROOT / "docs").rglob("*") if file.is_file() and not file.is_relative_to(ROOT / PICTURES)}
    assert {str(file) for file in files - linked} == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_file_of_the_repository_that_is_named_is_there(page: Path) -> None:
    named = set(re.findall(r"`((?:src|tests|benchmarks|templates|corpus|docs)/[\w./-]*)`", page.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_name_of_the_code_that_is_told_is_there(page: Path) -> None:
    for name in set(re.findall(r"`(qa(?:\.\w+)+)", page.read_text(encoding="utf-8"))):
        found(name)


def found(name: str) -> object:
    """The module, class, function or constant of a dotted name. Raises an error where there is none."""
    words = name.split(".")
    for length in range(len(words), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(words[:length]))
        except ModuleNotFoundError:
            continue
        for word in words[length:]:
            thing = getattr(thing, word)
        return thing
    raise AssertionError(f"there is no {name}")


# Commands and settings --------------------------------------------------------------------------------------------------


def commands(group: click.Group, before: str = "qa") -> Iterator[str]:
    for name, command in group.commands.items():
        yield from commands(command, f"{before} {name}") if isinstance(command, click.Group) else [f"{before} {name}"]


@pytest.mark.parametrize("command", list(commands(cli.commands)))
def test_every_command_is_described(command: str) -> None:
    assert any(command in page.read_text(encoding="utf-8") for page in DOCUMENTS)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_command_that_is_named_is_there(page: Path) -> None:
    assert set(re.findall(r"`qa ([a-z]+)", page.read_text(encoding="utf-8"))) <= set(cli.commands.commands)


def test_every_setting_is_described_as_it_is() -> None:
    told = [
        (*code(name), *code(flag), *code(variable), default.replace("`", ""), help)
        for name, flag, variable, default, help in rows(SETTINGS_PAGE, "All settings")
    ]
    assert told == [(setting.name, setting.flag, setting.variable, setting.default, setting.help) for setting in SETTINGS]


def test_the_settings_tell_which_commands_take_which_flags() -> None:
    taken = {name: {parameter.name for parameter in command.params} for name, command in cli.commands.commands.items()}
    for flags, takers in rows(SETTINGS_PAGE, "Which command takes which"):
        for setting in (one for one in SETTINGS if one.flag in code(flags)):
            assert {command for command, parameters in taken.items() if setting.name in parameters} == set(code(takers)), setting.name
    told = {flag for row in rows(SETTINGS_PAGE, "Which command takes which") for flag in code(row[0])}
    assert told == {setting.flag for setting in SETTINGS if any(setting.name in parameters for parameters in taken.values())}


# The corpus folder ------------------------------------------------------------------------------------------------------


def test_every_ending_is_described() -> None:
    assert {ending for row in rows(CORPUS, "Formats") for ending in code(row[1])} == set(reading.READERS)


def test_everything_that_is_left_out_is_described() -> None:
    told = section(CORPUS, "What is left out").lower()
    assert [name for name in (*reading._NOT_REPORTS, *reading._NOT_REPORT_SUFFIXES) if f"`{name}" not in told] == []


def test_every_key_of_a_head_is_described() -> None:
    told = {key: code(name)[0] for name, others, _ in rows(CORPUS, "The head of a report") for key in [*code(name), *code(others)]}
    assert told == {key: field for key, field in metadata._FIELDS.items() if field != "other"}
    ignored = {key for key, field in metadata._FIELDS.items() if field == "other"}
    assert ignored <= set(code(section(CORPUS, "The head of a report")))


def test_every_field_of_a_table_is_described() -> None:
    told = [name for row in rows(CORPUS, "Columns") for name in code(row[0])]
    assert sorted(told) == sorted(columns.FIELDS)


@pytest.mark.parametrize(
    ("field", "heading"), [(code(row[0])[0], heading) for row in rows(CORPUS, "Columns") for heading in re.split(r", ", row[2]) if heading]
)
def test_every_heading_given_as_an_example_is_recognised(field: str, heading: str) -> None:
    plain = columns.plain(heading)
    assert plain in columns.HEADINGS.get(field, ()) or columns.rating_role(plain) == field


def test_every_key_of_a_description_is_described() -> None:
    told = [key for row in rows(CORPUS, "Describing a table") for key in code(row[0])]
    assert sorted(told) == sorted([*sidecar._KEYS, *(f"scale.{key}" for key in ("ratings", "unrated", "synonyms"))])


def test_every_word_of_the_scale_is_told() -> None:
    told = " ".join(section(CORPUS, "Ratings").split())
    assert [word for word in (*CQC.ratings, *CQC.unrated) if word not in told] == []


@pytest.mark.parametrize("file", sorted((ROOT / "docs" / "example").iterdir()), ids=lambda file: file.name)
def test_the_example_is_shown_as_it_is(file: Path) -> None:
    pattern = rf"\]\(example/{re.escape(file.name)}\)[^\n]*:\n\n```\w+\n(.*?)^```$"
    (text,) = re.findall(pattern, CORPUS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "limit",
    [
        f"{table.LONGEST_CELL:,} characters",
        f"first {layout._TOP} rows",
        f"{indexing._WORTH_KEEPING // 1000} kB",
        f"{indexing._KEPT} indexes",
    ],
)
def test_every_limit_is_told_as_it_is(limit: str) -> None:
    assert limit in CORPUS.read_text(encoding="utf-8")


# The answer record ------------------------------------------------------------------------------------------------------


def wire_records(kind: type = Answer) -> Iterator[type]:
    """The records that an answer is made of."""
    yield kind
    for field in dataclasses.fields(kind):
        for name in re.findall(r"[A-Z]\w+", str(field.type)):
            if dataclasses.is_dataclass(inner := getattr(records, name, None)) and isinstance(inner, type):
                yield from wire_records(inner)


def test_every_field_of_an_answer_is_described() -> None:
    schemas = document()["components"]["schemas"]
    told = set(code(section(CONTRACT, "The answer")))
    for record in wire_records():
        assert set(schemas[record.__name__]["properties"]) <= told, record.__name__


def test_every_field_of_a_request_is_described() -> None:
    assert [code(row[0])[0] for row in rows(CONTRACT, "The request")] == list(AskRequest.model_fields)


def test_every_endpoint_is_described() -> None:
    told = {name.split(" ")[1] for row in rows(CONTRACT, "All endpoints") for name in code(row[0])}
    assert told == set(document()["paths"])


def test_every_error_is_described() -> None:
    answered = {status for path in document()["paths"].values() for operation in path.values() for status in operation["responses"]}
    told = {row[0] for row in rows(CONTRACT, "Errors")}
    assert answered - {"200"} <= told <= {str(status) for status in ADVICE}


# The design -------------------------------------------------------------------------------------------------------------


def test_the_parts_stand_in_the_order_in_which_they_import() -> None:
    told = [set(code(row[0])) for row in rows(DESIGN, "Parts")]
    assert told == [row - {"__init__"} for row in ROWS]


def test_every_part_of_the_code_has_a_row() -> None:
    files = {file.stem for file in (ROOT / "src" / "qa").iterdir() if file.suffix == ".py" or (file / "__init__.py").is_file()}
    assert files | {"app"} == set(ROW_OF)


def test_every_intent_is_described() -> None:
    assert {name for row in rows(DESIGN, "Kinds of question") for name in code(row[0])} == set(get_args(Intent))


def test_every_engine_is_named() -> None:
    assert [name for name in ENGINES if f"`{name}`" not in DESIGN.read_text(encoding="utf-8")] == []


def test_the_licence_and_the_python_that_are_told_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = README.read_text(encoding="utf-8")
    assert f"[{project['license']}](LICENSE)" in text
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in text
    assert sys.version_info >= tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
