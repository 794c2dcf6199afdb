"""What the commands say of themselves: help with examples that work, and what a shell completes."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from qa.cli import commands
from qa.help_pages import Command, SettingOption


def all_commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, *before, name)
        else:
            assert isinstance(command, Command)
            yield (*before, name), command


COMMANDS = dict(all_commands(commands))
EXAMPLES = [(path, example) for path, command in COMMANDS.items() for example in command.examples]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_says_what_it_does_with_which_options_settings_and_exit_codes(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    text = command.get_help(click.Context(command, info_name=f"qa {' '.join(path)}"))
    titles = [line.rstrip(":") for line in text.splitlines() if line.endswith(":") and line[0] != " "]
    settings = [one for one in command.params if isinstance(one, SettingOption)]
    assert [title.split(" (")[0] for title in titles] == [
        *["Examples"] * bool(command.examples),
        "Options",
        *["Settings"] * bool(settings),
        "Exit codes",
    ]
    assert len(text.splitlines()[2].strip()) > 15


@pytest.mark.parametrize(("path", "example"), EXAMPLES)
def test_an_example_is_a_command_that_is_taken(
    path: tuple[str, ...], example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.jsonl").touch()
    parts = shlex.split(example)
    start = max(place for place, part in enumerate(parts) if part == "qa")
    ends = [place for place, part in enumerate(parts) if part in "|>" and place > start]
    typed = parts[start + 1 : ends[0] if ends else None]
    assert tuple(typed[: len(path)]) == path
    with COMMANDS[path].make_context(f"qa {' '.join(path)}", typed[len(path) :]) as context:
        assert set(context.params) == {one.name for one in COMMANDS[path].params if one.name != "help"}


@pytest.mark.parametrize(
    ("typed", "incomplete", "completed"),
    [
        ([], "ch", [("check", "plain")]),
        (["questions"], "", [("corpus", "plain"), ("make", "plain"), ("schema", "plain")]),
        (["ask"], "--js", [("--json", "plain")]),
        (["ask", "--corpus"], "ho", [("ho", "dir")]),
        (["serve", "--keys"], "ke", [("ke", "file")]),
        (["ask", "--b"], "0", []),
    ],
)
def test_a_shell_completes_commands_options_and_paths(
    typed: list[str], incomplete: str, completed: list[tuple[str, str]]
) -> None:
    found = ShellComplete(commands, {}, "qa", "_QA_COMPLETE").get_completions(typed, incomplete)
    assert [(one.value, one.type) for one in found] == completed
