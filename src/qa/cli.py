"""The command ``qa``: serve · ask · eval · index · check · settings, each a few lines over the service.

Imports stand inside the commands, so that each loads only what it needs.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa import __version__
from qa.errors import CorpusError, QaError
from qa.settings import SETTINGS, Settings

if TYPE_CHECKING:
    from qa.service import Service

WIDEST = 100  # characters of a line
INTERRUPTED = 130  # what shells report for Ctrl-C
LOADING = ("corpus", "cache", "engine", "k1", "b")
SERVING = ("host", "port", "workers", *LOADING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. ``arguments`` default to those of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest
    try:
        return int(commands.main(arguments, prog_name="qa", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except QaError as error:
        click.echo(error, err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST})
@click.version_option(__version__, message="askwell %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Ask a regulator's reports and ratings a question in plain words.

    Every setting is also a QA_ variable of the environment; `qa settings` lists them.
    """
    context.color = False if os.environ.get("NO_COLOR") else None  # None: colours on a terminal only


def with_settings(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the flags of the settings ``names``, described as in their table."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for setting in reversed(SETTINGS):
            if setting.name in names:
                shown = f"{setting.help} [default: {setting.default}]"
                command = click.option(setting.flag, setting.name, metavar=setting.name.upper(), help=shown)(command)
        return command

    return decorate


@commands.command()
@with_settings(*SERVING)
def serve(**flags: str | None) -> None:
    """Serve the chat page and the JSON endpoint."""
    from qa.web.server import serve as serve_until_stopped

    serve_until_stopped(Settings.load(flags, os.environ))


@commands.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer record of the contract instead of text.")
@click.option("--history", multiple=True, metavar="QUESTION", help="An earlier question of the conversation; repeat it, oldest first.")
@click.option("--top", type=click.IntRange(1, 50), default=5, show_default=True, help="The most passages to return.")
@with_settings(*LOADING)
def ask(question: str, as_json: bool, history: tuple[str, ...], top: int, **flags: str | None) -> None:
    """Answer one QUESTION."""
    from qa import terminal, wire

    answer = _open(flags).ask(question, history, top=top)
    if as_json:
        click.echo(wire.dumps(answer, indent=True).decode())
    else:
        _print(terminal.answer_lines(answer, _width()))


@commands.command(name="eval")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--failures", default=20, show_default=True, type=click.IntRange(0), help="The most failures to show.")
@click.option("--fail-under", multiple=True, metavar="METRIC=X", help="Exit 1 if the metric is below X, e.g. right=0.8; may be repeated.")
@with_settings(*LOADING)
def evaluate(files: tuple[Path, ...], failures: int, fail_under: tuple[str, ...], **flags: str | None) -> int:
    """Score the answers to the question sets FILES."""
    from qa import evaluation

    return evaluation.run(lambda: _open(flags), files, failures=failures, fail_under=fail_under, echo=click.echo)


@commands.command()
@with_settings(*LOADING)
def index(**flags: str | None) -> None:
    """Build what serving needs, keep it in the cache folder, and say what it holds."""
    from qa import terminal

    _print(terminal.summary_lines(_open(flags).summary))


@commands.command()
@click.argument("folder", required=False)
@with_settings(*LOADING)
def check(folder: str | None, **flags: str | None) -> int:
    """Read a corpus FOLDER and print what is in it, and every problem; exit 1 if something can't be read."""
    from qa import terminal

    try:
        service = _open(flags | {"corpus": folder or flags["corpus"]})
    except CorpusError as error:
        _print(str(problem) for problem in error.problems)
        raise
    _print(terminal.check_lines(service.summary, service.documents, service.report))
    return 1 if service.report.errors else 0


@commands.command()
def settings() -> None:
    """List every setting: its variable, its default, what it does."""
    for setting in SETTINGS:
        click.echo(f"{setting.name:<8}  {setting.variable:<10}  {setting.default}\n{'':<8}  {setting.help}")


def _open(flags: dict[str, str | None]) -> Service:
    from qa.service import Service

    return Service.open(Settings.load(flags, os.environ))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)
