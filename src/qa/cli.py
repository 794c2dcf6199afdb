"""The command ``qa``: serve · ask · eval · questions · index · check · verify · keys · mcp · feedback ·
settings.

Each command is a few lines over the service. Imports are inside the commands, so that each loads only what it
needs.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa import __version__
from qa.commands import add_commands as add_checking_commands
from qa.errors import QaError, UsageError
from qa.evaluation.command import Opening, add_commands
from qa.help_pages import Group, SettingOption
from qa.settings import LOADING, SETTINGS, Settings

if TYPE_CHECKING:
    from qa.service import Service

WIDEST = 100  # characters of a line
INTERRUPTED = 130  # what shells report for Ctrl-C
PUBLIC = (
    "embed_origins",
    "log",
    "rate_limit",
    "rate_store",
    "proxies",
    "cors_origins",
    "keys",
    "capacity",
    "body_timeout",
    "reload",
)
SERVING = ("host", "port", "workers", "feedback", *PUBLIC, *LOADING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. ``arguments`` default to those of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="replace"
            )  # a character that the terminal can't show must not stop the rest
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


@click.group(cls=Group, context_settings={"max_content_width": WIDEST})
@click.version_option(__version__, message="askwell %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Ask a regulator's reports and ratings a question in plain words.

    Start with qa ask "Which trust became outstanding?", or with qa serve, and open the address it prints.
    With --corpus FOLDER, both answer from a folder of your own; qa check FOLDER says what was read of it.

    Every setting is also a QA_ variable: qa settings lists them. NO_COLOR turns colours off.
    """
    context.color = False if os.environ.get("NO_COLOR") else None  # None: colours on a terminal only


def with_settings(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the flags of the settings ``names``, described as in their table."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for setting in reversed(SETTINGS):
            if setting.name in names:
                command = click.option(setting.flag, setting.name, cls=SettingOption, setting=setting)(
                    command
                )
        return command

    return decorate


@commands.command(
    examples=[
        "qa serve --corpus reports",
        "qa serve --host 0.0.0.0 --port 80 --workers 2 --proxies 1 --log json",
    ]
)
@with_settings(*SERVING)
def serve(**flags: str | None) -> None:
    """Serve the chat page and the JSON endpoint.

    Stops at Ctrl-C or SIGTERM, after the requests under way are answered; SIGHUP reloads the corpus.
    """
    from qa.web.serving.server import serve as serve_until_stopped

    serve_until_stopped(Settings.load(flags, os.environ))


@commands.command(
    examples=[
        'qa ask "Which trust became outstanding?"',
        'qa ask --corpus homes --top 1 "Why did Lantern Court fall short?"',
        'qa ask --history "Which trusts improved?" --json "Which of them are good for safe?"',
    ]
)
@click.argument("question")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the answer record of the contract instead of text."
)
@click.option(
    "--history",
    multiple=True,
    metavar="QUESTION",
    help="An earlier question of the conversation; repeat it, oldest first.",
)
@click.option(
    "--top", type=click.IntRange(1, 50), default=5, show_default=True, help="The most passages to return."
)
@with_settings(*LOADING)
def ask(question: str, as_json: bool, history: tuple[str, ...], top: int, **flags: str | None) -> None:
    """Answer one QUESTION.

    Prints the answer, how the question was read, and the facts and passages that it rests on. A question
    without an answer is no error: the exit code is 0, and the text says what is not known.
    """
    from qa import terminal, wire

    service = _open(flags)
    for problem in service.report.errors:
        click.echo(f"Error: {problem}", err=True)
    answer = service.ask(question, history, top=top)
    if as_json:
        click.echo(wire.dumps(answer, indent=True).decode())
    else:
        _print(terminal.answer_lines(answer, _width()))


@commands.command(
    examples=["qa index --corpus reports", "qa index --engine opensearch --shards 3"],
    exit_codes={1: "The corpus can't be read, or the index can't be stored."},
)
@click.option(
    "--shards",
    type=click.IntRange(1, 1024),
    default=1,
    show_default=True,
    help="Parts of an index in OpenSearch.",
)
@click.option(
    "--replicas",
    type=click.IntRange(0, 10),
    default=1,
    show_default=True,
    help="Copies of each part besides the first.",
)
@click.option(
    "--for-servers",
    type=click.Path(file_okay=False, path_type=Path),
    help="With the engine opensearch: a folder to write what servers need beside the cluster into.",
)
@with_settings(*LOADING)
def index(shards: int, replicas: int, for_servers: Path | None, **flags: str | None) -> int:
    """Build what serving needs, store it in the cache folder, and list its contents.

    With the engine opensearch, fill its index in the cluster, too; if interrupted, run it again to continue.
    """
    from qa import terminal
    from qa.indexing import cluster
    from qa.indexing.opening import open_index

    loaded = Settings.load(flags, os.environ)
    cluster.check(loaded, for_servers)
    if loaded.engine == "opensearch":
        built = open_index(loaded, terminal.progress("Reading files"))
        progress = terminal.progress("Filling OpenSearch") or (lambda done, whole: None)
        new = cluster.fill(built, loaded, shards, replicas, progress)
        name = f"{loaded.opensearch_index}-{built.fingerprint}"
        click.echo(f"OpenSearch: {'filled' if new else 'full already'}, {name}")
        if for_servers:
            click.echo(f"For servers: {cluster.write_for_servers(built, loaded, for_servers)}")
    service = _open(flags)
    _print(terminal.summary_lines(service.summary, service.index))
    unkept = [
        problem
        for problem in service.report.problems
        if problem.file == str(Settings.load(flags, os.environ).cache)
    ]
    for problem in unkept:
        click.echo(problem, err=True)
    return 1 if unkept else 0


@commands.command(
    examples=["qa check reports", "qa check reports/2025.csv"],
    exit_codes={0: "Everything could be read.", 1: "Something could not be read."},
)
@click.argument("folder", required=False)
@with_settings("corpus")
def check(folder: str | None, corpus: str | None) -> int:
    """Read a corpus FOLDER, or one file, and report what is in it.

    Prints its documents and tables, how much they hold, and every problem with its line and how to fix it;
    tries the examples of the folder's own grammar. Nothing is written.
    """
    from qa import terminal
    from qa.indexing.opening import open_index
    from qa.question.own_rows import try_examples
    from qa.question.vocabulary import Vocabulary

    loaded = Settings.load({"corpus": folder or corpus, "cache": "none"}, os.environ)
    found = open_index(loaded, terminal.progress("Reading files"), anyway=True)
    if found.own_rows:
        try_examples(
            found.own_rows,
            Vocabulary(
                found.facts, found.spoken, found.scale, found.grammar, found.shelf.passages, found.names
            ),
            found.report,
        )
    _print(
        terminal.check_lines(found.shelf.cards, found.facts.size, found.facts.dates, found.report, _width())
    )
    return 1 if found.report.errors else 0


@commands.command(examples=["qa feedback --feedback opinions.db > complaints.jsonl"])
@click.option(
    "--as",
    "form",
    type=click.Choice(["questions"]),
    default="questions",
    show_default=True,
    help="What to print.",
)
@with_settings("feedback")
def feedback(form: str, feedback: str | None) -> None:
    """Print readers' opinions of answers.

    As questions: a question set in JSON lines, so that a complaint becomes a test.
    """
    import orjson

    from qa.feedback import Feedback, case

    path = Settings.load({"feedback": feedback}, os.environ).feedback
    if path is None or not path.is_file():
        raise UsageError(
            "No feedback is kept. Name its file with --feedback or QA_FEEDBACK, as for qa serve."
        )
    _print(orjson.dumps(case(opinion)).decode() for opinion in Feedback(path).all())


@commands.command()
def settings() -> None:
    """List every setting: its variable, its default and its meaning."""
    for setting in SETTINGS:
        click.echo(f"{setting.name:<13}  {setting.variable:<16}  {setting.default}\n{'':<31}  {setting.help}")


def _open(flags: Mapping[str, str | None]) -> Service:
    from qa.service import Service
    from qa.terminal import progress

    return Service.open(
        Settings.load(flags, os.environ), progress("Encoding texts"), reading=progress("Reading files")
    )


def _corpus(flags: Mapping[str, str | None]) -> Path:
    return Settings.load(flags, os.environ).corpus


def _keys(flags: Mapping[str, str | None]) -> Path | None:
    return Settings.load(flags, os.environ).keys


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)


for add in (add_commands, add_checking_commands):
    add(commands, Opening(with_settings, _open, _corpus, _keys))
