"""The documents hold: their commands print what is shown, and what they link to and name is there.

In a console block a line of nothing but "…" stands for any lines that are left out. Line breaks and widths of
columns don't count, and neither do the times that an evaluation measures.
"""

import contextlib
import importlib
import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from pages import CORPUS, DOCUMENTS, README, ROOT, TUTORIAL, blocks, named_files

from qa import cli
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

RUN = [README, CORPUS, TUTORIAL]  # whose console blocks are run
PICTURES = "docs/screenshots"
WIDTH = "88"  # characters of the terminal of the console blocks
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_QA_LINE = re.compile(r"^(?:\$ |- run: )?(qa .*)$", re.MULTILINE)
_MAKE_LINE = re.compile(r"^(?:\$ )?make (\w+)|`make (\w+)", re.MULTILINE)
_TIME = re.compile(
    r"(?<=\s)\d+\.\d\d$", re.MULTILINE
)  # the last column of an evaluation's kinds: milliseconds


def shown(page: Path) -> Iterator[tuple[list[str], str, str]]:
    """Every command of a page's console blocks that shows what it prints: the silent ones above it, itself,
    and what it prints.
    """
    for language, text in blocks(page):
        silent: list[str] = []
        for part in (
            re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]
            if language == "console"
            else ()
        ):
            command, _, printed = part.partition("\n")
            if printed.strip():
                yield list(silent), command, printed
            else:
                silent.append(command)


# What is shown is what is printed ---------------------------------------------------------------------------


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
    """Ask the default corpus as curl would: an address, ``-d`` with a JSON body, and a pipe that prints JSON
    over several lines.
    """
    pipe = words.index("|")
    asked = words[:pipe]
    assert words[pipe + 1 : pipe + 4] == ["python3", "-m", "json.tool"]
    address = next(word for word in asked if word.startswith("http://127.0.0.1:8000/")).removeprefix(
        "http://127.0.0.1:8000"
    )
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
    ("page", "silent", "command", "expected"),
    [pytest.param(page, *one, id=one[1]) for page in RUN for one in shown(page)],
)
@pytest.mark.usefixtures("workplace")
def test_a_command_prints_what_is_shown(
    page: Path, silent: list[str], command: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in named_files(page).items() if page == TUTORIAL else ():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
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


# Links ------------------------------------------------------------------------------------------------------


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
            assert anchor in {
                anchor_of(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            }, link


def anchor_of(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_every_document_is_linked_from_another() -> None:
    linked = {path for page in DOCUMENTS for path in targets(page) if path != page}
    files = {
        file
        for file in (ROOT / "docs").rglob("*")
        if file.is_file() and not file.is_relative_to(ROOT / PICTURES)
    }
    assert {str(file) for file in files - linked} == set()


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_file_of_the_repository_that_is_named_is_there(page: Path) -> None:
    named = set(
        re.findall(
            r"`((?:src|tests|benchmarks|templates|corpus|docs)/[\w./-]*)`", page.read_text(encoding="utf-8")
        )
    )
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
