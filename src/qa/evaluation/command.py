"""The commands ``qa eval`` and ``qa questions``, to be added to the command line.

Importing it loads nothing but click.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.evaluation.writing import writing
from qa.help_pages import Command, Group
from qa.settings import LOADING, shipped

if TYPE_CHECKING:
    from qa.service import Service

Flags = Mapping[str, str | None]  # setting → value, as given on the command line
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True)
class Opening:
    """What the command line offers to its commands: ``with_flags`` adds the flags of some settings to a
    command; the others use the values."""

    with_flags: Callable[..., Decorator]
    service: Callable[[Flags], Service]
    corpus: Callable[[Flags], Path]
    keys: Callable[[Flags], Path | None] = lambda _: None


File = click.Path(dir_okay=False, path_type=Path)


def add_commands(group: click.Group, opening: Opening) -> None:
    """Add ``eval`` and ``questions`` to the command line."""
    group.add_command(_eval(opening))
    group.add_command(_questions(opening))


def _eval(opening: Opening) -> click.Command:
    @click.command(
        cls=Command,
        name="eval",
        examples=[
            "qa eval questions.jsonl --corpus reports",
            "qa eval questions.jsonl --fail-under right=0.9 --junit results.xml",
            "qa eval questions.jsonl --baseline main.json --report report.html",
        ],
        exit_codes={
            0: "All bounds of --fail-under are met.",
            1: "A bound is not met, or the corpus or service can't be used.",
            2: "A question set or an option can't be read.",
        },
    )
    @click.argument("sets", nargs=-1, required=True, metavar="QUESTIONS...", type=click.Path(path_type=Path))
    @click.option(
        "--url", metavar="URL", help="Evaluate the service at this address instead of one in this process."
    )
    @click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        help="With --url: how many questions to ask at a time.",
    )
    @click.option(
        "--failures", type=click.IntRange(0), default=10, show_default=True, help="The most failures to show."
    )
    @click.option(
        "--fail-under",
        multiple=True,
        metavar="METRIC=X",
        help="Exit 1 if a metric is worse than X, e.g. right=0.8; repeatable.",
    )
    @click.option(
        "--told-from",
        type=click.FloatRange(0, 1),
        default=0.8,
        show_default=True,
        help="The confidence from which a wrong answer counts as wrong_told.",
    )
    @click.option(
        "--baseline", metavar="RUN", type=File, help="Compare with an earlier run that --json wrote."
    )
    @click.option(
        "--json", metavar="FILE", type=File, help="Write the run, to read or to compare with later."
    )
    @click.option("--report", metavar="FILE", type=File, help="Write an HTML report.")
    @click.option("--junit", metavar="FILE", type=File, help="Write JUnit XML for a CI system.")
    @opening.with_flags(*LOADING)
    def evaluate(**given: Any) -> int:
        """Score the answers to question sets.

        QUESTIONS are files or folders: JSON lines, CSV, SQuAD 2.0 JSON, BEIR folders, or TREC topics with
        qrels.
        """
        from qa.evaluation.running import Options, run_eval

        own = {name: given.pop(name) for name in Options.__dataclass_fields__ if name in given}
        return run_eval(Options(**own, flags=given, templates=shipped("templates")), opening.service)

    return evaluate


def _questions(opening: Opening) -> click.Group:
    @click.group(cls=Group)
    def questions() -> None:
        """Make question sets, and prepare what evaluating them needs."""

    @questions.command(examples=["qa questions make --corpus tables --per-kind 20 --out made.jsonl"])
    @click.option(
        "--seed",
        type=int,
        default=1,
        show_default=True,
        help="The same seed and tables make the same questions.",
    )
    @click.option(
        "--per-kind",
        type=click.IntRange(1, 1000),
        default=10,
        show_default=True,
        help="The most questions of a kind.",
    )
    @click.option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="KIND",
        help="Only kinds whose names begin with this, e.g. composed; repeatable.",
    )
    @click.option(
        "--out", metavar="FILE", type=File, help="Write the set into this file instead of printing it."
    )
    @opening.with_flags("corpus")
    def make(seed: int, per_kind: int, kinds: tuple[str, ...], out: Path | None, **given: str | None) -> None:
        """Make a question set from the corpus's rating tables.

        The expected answers are computed row by row from the tables, by code independent of the code that
        answers.
        """
        from qa.evaluation import making

        loaded = making.load(opening.corpus(given))
        text = "".join(f"{line}\n" for line in making.make(loaded, seed=seed, per_kind=per_kind, kinds=kinds))
        _write(text, out)

    _add_helpers(questions)
    return questions


def _add_helpers(questions: click.Group) -> None:
    @questions.command(examples=["qa questions schema > questions.schema.json"])
    def schema() -> None:
        """Print the JSON Schema of a line of a question set."""
        from qa.evaluation.schema import schema_text

        click.echo(schema_text(), nl=False)

    @questions.command(examples=["qa questions corpus dev-v2.0.json articles"])
    @click.argument("sets", nargs=-1, required=True, metavar="QUESTIONS...", type=click.Path(path_type=Path))
    @click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
    def corpus(sets: tuple[Path, ...], folder: Path) -> None:
        """Write the documents of QUESTIONS (SQuAD, BEIR) into FOLDER, to answer from."""
        from qa.evaluation.formats import read_sets
        from qa.evaluation.running import write_documents

        with writing(folder):
            write_documents(read_sets(sets), folder)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    with writing(out):
        out.write_text(text, encoding="utf-8")
