"""``qa eval`` from beginning to end: read the sets, find the service, ask, report, compare, write, and decide
the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from qa.errors import UsageError
from qa.evaluation.asking import Ask, HttpService, in_process
from qa.evaluation.cases import QuestionSet
from qa.evaluation.drift import Holdings, holdings
from qa.evaluation.evaluating import evaluate
from qa.evaluation.formats import read_sets
from qa.evaluation.gates import breaches, read_gates
from qa.evaluation.junit import write_junit
from qa.evaluation.printing import comparison_lines, run_lines
from qa.evaluation.report import write_report
from qa.evaluation.results import TOLD_FROM, Result, Run, read_run, write_run
from qa.evaluation.run_comparison import Comparison, compare
from qa.evaluation.writing import writing

if TYPE_CHECKING:
    from qa.service import Service

LOCAL = "http://127.0.0.1:8000"  # the address in the report's links unless a service was named
OpenService = Callable[[Mapping[str, str | None]], "Service"]  # flags by setting → service


@dataclass(frozen=True)
class Options:
    """What `qa eval` was asked to do; ``flags`` are the settings given on the command line."""

    sets: Sequence[Path]
    flags: Mapping[str, str | None]
    templates: Path
    url: str | None = None
    jobs: int = 8
    failures: int = 10
    fail_under: Sequence[str] = ()
    told_from: float = TOLD_FROM
    baseline: Path | None = None
    json: Path | None = None
    report: Path | None = None
    junit: Path | None = None


@dataclass(frozen=True)
class Target:
    """The service that answers: how to ask it, its name, how many questions at a time, and the corpus if it
    is at hand."""

    ask: Ask
    name: str
    jobs: int
    held: Holdings | None


def run_eval(options: Options, open_service: OpenService) -> int:
    """Evaluate, print and write; return 0, or 1 if a figure is below its bound.

    Raises:
        QaError: a set, the corpus, the baseline or an option can't be used, or no service answers.
    """
    gates = read_gates(options.fail_under)
    _check_folders(options)
    baseline = read_run(options.baseline) if options.baseline else None
    sets = read_sets(options.sets)
    with ExitStack() as held_open:
        target = _target(options, sets, open_service, held_open)
        cases = [case for one in sets for case in one.cases]
        for first in {case.kind: case for case in reversed(cases)}.values():
            target.ask(first)  # loading at the first question of a kind does not count as latency
        names = [one.name for one in sets]
        run = evaluate(
            cases,
            target.ask,
            questions=names,
            source=target.name,
            held=target.held,
            jobs=target.jobs,
            told_from=options.told_from,
            progress=_progress,
        )
    comparison = compare(baseline, run) if baseline else None
    _tell(run, comparison, options)
    missed = list(breaches(gates, run.whole))
    for breach in missed:
        click.echo(f"Failed: {breach}", err=True)
    return 1 if missed else 0


def write_documents(sets: Sequence[QuestionSet], folder: Path) -> None:
    """Write the documents that come with question sets, as a corpus.

    Raises:
        UsageError: they bring none, or two sets bring different documents of one name.
    """
    texts: dict[str, str] = {}
    for document in (document for one in sets for document in one.documents):
        if texts.setdefault(document.path, document.text) != document.text:
            raise UsageError(
                f"Two question sets bring different documents named {document.path}. Evaluate them one "
                "at a time."
            )
    if not texts:
        raise UsageError(
            f"{', '.join(one.name for one in sets)} brings no documents. SQuAD and BEIR sets do."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _check_folders(options: Options) -> None:
    for path in (options.json, options.report, options.junit):
        if path is not None and not path.absolute().parent.is_dir():
            raise UsageError(f"{path} can't be written: there is no folder {path.parent}.")


def _target(
    options: Options, sets: Sequence[QuestionSet], open_service: OpenService, held_open: ExitStack
) -> Target:
    if options.url is not None:
        running = HttpService(options.url)
        held_open.callback(running.close)
        running.check()
        corpus = open_service(options.flags) if options.flags.get("corpus") else None
        return Target(running.ask, options.url, options.jobs, _held(corpus) if corpus else None)
    flags, name = options.flags, options.flags.get("corpus")
    if name is None and any(one.documents for one in sets):
        name, flags = _own_documents(sets), _served_from(sets, options.flags, held_open)
    service = open_service(flags)
    return Target(in_process(service), name or "the default corpus", 1, _held(service))


def _own_documents(sets: Sequence[QuestionSet]) -> str:
    without = [one.name for one in sets if not one.documents]
    if without:
        raise UsageError(
            f"{without[0]} brings no documents, another set does. Evaluate them one at a time, or say "
            "--corpus."
        )
    return f"the documents of {', '.join(one.name for one in sets)}"


def _served_from(
    sets: Sequence[QuestionSet], flags: Mapping[str, str | None], held_open: ExitStack
) -> Mapping[str, str | None]:
    """Write the sets' own documents into a folder that is deleted when the run ends, and keep its index out
    of the cache."""
    folder = held_open.enter_context(TemporaryDirectory(prefix="askwell-"))
    write_documents(sets, Path(folder))
    return {**flags, "corpus": folder, "cache": flags.get("cache") or "none"}


def _held(service: Service) -> Holdings:
    return holdings(service.documents, service.facts)


def _progress(results: Iterator[Result], total: int) -> Iterator[Result]:
    if not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=total, label="Asking", file=sys.stderr) as shown:
        yield from shown


def _tell(run: Run, comparison: Comparison | None, options: Options) -> None:
    lines = list(run_lines(run, options.failures))
    if comparison is not None and options.baseline is not None:
        lines += comparison_lines(comparison, options.baseline.name, options.failures)
    click.echo("\n".join(lines))
    if options.json is not None:
        with writing(options.json):
            write_run(run, options.json)
    if options.junit is not None:
        with writing(options.junit):
            write_junit(run, options.junit)
    if options.report is not None:
        with writing(options.report):
            write_report(
                run, comparison, options.report, templates=options.templates, service=options.url or LOCAL
            )
