"""``qa eval`` and ``qa questions`` over the real service."""

import importlib.util
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import orjson
import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from qa import wire
from qa.cli import with_settings
from qa.errors import QaError
from qa.evaluation.command import Opening, add_commands
from qa.evaluation.formats import read_sets
from qa.evaluation.judging import faults
from qa.evaluation.ranking_scores import relevance, sentence_holds
from qa.evaluation.received import Response
from qa.evaluation.results import read_run
from qa.retrieval import retriever
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(__file__).parent / "data" / "evaluation"
QUESTIONS = str(ROOT / "corpus" / "questions.jsonl")

Run = Callable[..., Result]


def settings(flags: Mapping[str, str | None]) -> Settings:
    return Settings.load(
        {"cache": "none", **{name: value for name, value in flags.items() if value}}, os.environ
    )


@pytest.fixture
def qa_() -> Run:
    """Runs a command line; an error that Askwell raises comes through."""
    group = click.Group("qa")
    add_commands(
        group,
        Opening(
            with_settings, lambda flags: Service.open(settings(flags)), lambda flags: settings(flags).corpus
        ),
    )

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(group, [str(one) for one in arguments], standalone_mode=False)
        if isinstance(result.exception, QaError):
            raise result.exception
        assert result.exception is None, result.exception
        return result

    return run


@pytest.fixture(scope="module")
def service() -> Service:
    return Service.open(settings({}))


def test_the_default_set_is_evaluated_told_and_written(qa_: Run, tmp_path: Path) -> None:
    outputs = {name: tmp_path / name for name in ("run.json", "report.html", "out.xml")}
    result = qa_(
        "eval",
        QUESTIONS,
        "--json",
        outputs["run.json"],
        "--report",
        outputs["report.html"],
        "--junit",
        outputs["out.xml"],
    )
    run = read_run(outputs["run.json"])
    assert result.return_value == 0
    assert {line.split()[0] for line in result.output.splitlines()[1:15]} == set(run.kinds)
    assert run.drifted == [], "the default set fits the default corpus"
    assert run.fingerprint
    assert all(path.stat().st_size > 1000 for path in outputs.values())


def test_a_run_compared_with_itself_has_p_1(qa_: Run, tmp_path: Path) -> None:
    baseline = tmp_path / "base.json"
    qa_("eval", QUESTIONS, "--json", baseline)
    output = qa_("eval", QUESTIONS, "--baseline", baseline).output
    compared = output[output.index("Compared with base.json") :].splitlines()
    right = next(line for line in compared if line.startswith("right "))
    assert right.split()[4:] == ["1.000", "0", "0"]
    assert not any(line.startswith(("Worse", "Better")) for line in compared)


def test_a_figure_below_its_bound_gives_exit_code_1_and_is_named(qa_: Run) -> None:
    fine = qa_(
        "eval", QUESTIONS, "--failures", 0, "--fail-under", "right=0.1", "--fail-under", "facts_precision=0.1"
    )
    failed = qa_("eval", QUESTIONS, "--failures", 0, "--fail-under", "right=0.1", "--fail-under", "p50_ms=0")
    assert (fine.return_value, failed.return_value) == (0, 1)
    assert failed.stderr.startswith("Failed: p50_ms ")
    assert fine.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fail-under", "rigth=1"], "Did you mean right"),
        (["--baseline", "missing.json"], "missing.json can't be read: No such file"),
        (["--baseline", QUESTIONS], "not a run that"),
        (["--json", "missing/run.json"], "there is no folder missing"),
        (["--url", "http://127.0.0.1:9"], "Nothing answers at http://127.0.0.1:9"),
        ([str(DATA / "squad.json")], "brings no documents"),
    ],
)
def test_what_can_not_be_done_is_refused_before_anything_is_asked(
    arguments: list[str], message: str, qa_: Run
) -> None:
    with pytest.raises(QaError) as caught:
        qa_("eval", QUESTIONS, *arguments)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["squad.json", "beir"])
def test_sets_that_bring_documents_are_evaluated_on_those(name: str, qa_: Run, tmp_path: Path) -> None:
    qa_("eval", DATA / name, "--json", tmp_path / "run.json")
    run = read_run(tmp_path / "run.json")
    assert run.whole["success@1"].value == 1
    assert run.source == f"the documents of {DATA.joinpath(name).stem}"


def test_documents_that_a_set_brings_can_be_written_and_served(qa_: Run, tmp_path: Path) -> None:
    qa_("questions", "corpus", DATA / "squad.json", tmp_path / "corpus")
    qa_("eval", DATA / "squad.json", "--corpus", tmp_path / "corpus", "--json", tmp_path / "run.json")
    run = read_run(tmp_path / "run.json")
    assert (run.whole["success@1"].value, run.source) == (1, str(tmp_path / "corpus"))


def test_golds_that_another_corpus_does_not_hold_are_drift(qa_: Run) -> None:
    output = qa_("eval", DATA / "squad.json", "--corpus", ROOT / "corpus").output
    assert "3 questions whose gold no longer matches the corpus" in output
    assert "e1: the corpus has no document Elm-NHS-Trust.txt" in output


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(service), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_running_service_gives_the_same_figures_as_one_in_this_process(
    address: str, qa_: Run, tmp_path: Path
) -> None:
    qa_("eval", QUESTIONS, "--json", tmp_path / "here.json")
    qa_(
        "eval",
        QUESTIONS,
        "--json",
        tmp_path / "there.json",
        "--url",
        address,
        "--jobs",
        4,
        "--corpus",
        ROOT / "corpus",
    )
    here, there = (read_run(tmp_path / name) for name in ("here.json", "there.json"))
    assert [(one.id, one.marks, one.told) for one in here.results if one.kind != "hostile"] == [
        (one.id, one.marks, one.told) for one in there.results if one.kind != "hostile"
    ]
    assert here.fingerprint == there.fingerprint


VERBS = (
    "audit", "check", "clean", "discuss", "explain", "follow", "help", "inspect", "land", "mend", "open",
    "paint", "question", "record", "select", "train", "visit", "warn", "wash", "work",
)  # fmt: skip


def test_a_planted_regression_is_significant_and_its_questions_are_named(
    qa_: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for verb in VERBS:
        (corpus / f"{verb}.txt").write_text(
            f"The {verb}ing of wards\n\nStaff were {verb}ing on ward {len(verb)} in March.\n",
            encoding="utf-8",
        )
    lines = [{"id": verb, "question": f"What was {verb}ed?", "relevant": {verb: 1}} for verb in VERBS]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    qa_("eval", questions, "--corpus", corpus, "--json", tmp_path / "base.json")
    monkeypatch.setattr(retriever, "_query", lambda _: {})  # the engine is asked for nothing
    monkeypatch.setattr(retriever, "nearest", lambda *_: [])  # nor are the vectors of words
    output = qa_(
        "eval", questions, "--corpus", corpus, "--baseline", tmp_path / "base.json", "--failures", 99
    ).output
    monkeypatch.undo()
    compared = output[output.index("Compared with") :]
    assert "< 0.001" in next(line for line in compared.splitlines() if line.startswith("rr "))
    worse = compared[compared.index("Worse: ") :]
    assert [verb for verb in VERBS if f"  {verb}: What was {verb}ed?" not in worse] == []


# Made questions and the schema ------------------------------------------------------------------------------


def test_made_questions_are_printed_or_written_and_can_be_evaluated(qa_: Run, tmp_path: Path) -> None:
    printed = qa_("questions", "make", "--seed", 5, "--per-kind", 2).output
    qa_("questions", "make", "--seed", 5, "--per-kind", 2, "--out", tmp_path / "made.jsonl")
    assert (tmp_path / "made.jsonl").read_text(encoding="utf-8") == printed
    qa_("eval", tmp_path / "made.jsonl", "--json", tmp_path / "run.json")
    run = read_run(tmp_path / "run.json")
    assert len(run.results) == len(printed.splitlines())
    assert run.drifted == []


def test_a_place_that_can_not_be_written_is_refused(qa_: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QaError, match="can't be written"):
        qa_("questions", "make", "--out", tmp_path / "none" / "made.jsonl")
    with pytest.raises(QaError, match="can't be written"):
        qa_("questions", "corpus", DATA / "squad.json", tmp_path / "file" / "corpus")
    for option in ("--json", "--junit", "--report"):
        (tmp_path / option).symlink_to(tmp_path / "none" / "file")
        with pytest.raises(QaError, match=f"{option} can't be written: No such file"):
            qa_("eval", QUESTIONS, option, tmp_path / option)


def test_sets_without_documents_make_no_corpus(qa_: Run, tmp_path: Path) -> None:
    with pytest.raises(QaError, match="questions brings no documents"):
        qa_("questions", "corpus", QUESTIONS, tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_the_schema_is_printed(qa_: Run) -> None:
    assert qa_("questions", "schema").output == (ROOT / "docs" / "questions.schema.json").read_text(
        encoding="utf-8"
    )


def test_every_command_and_option_is_documented() -> None:
    group = click.Group("qa")
    add_commands(group, Opening(lambda *_: lambda command: command, Service.open, lambda _: ROOT))  # type: ignore[arg-type]
    questions = group.commands["questions"]
    assert isinstance(questions, click.Group)
    docs = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    options = [
        one.opts[0]
        for command in (group.commands["eval"], *questions.commands.values())
        for one in command.params
        if one.opts[0][0] == "-"
    ]
    wanted = [*options, "qa eval", *(f"qa questions {name}" for name in questions.commands)]
    assert [one for one in wanted if one not in docs] == []


# The same verdicts as the scripts with which the service is judged from outside -----------------------------


def script(shared: Path, name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def received(service: Service, question: str, history: tuple[str, ...], top: int) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(wire.dumps(service.ask(question, history, top=top)))
    return found


def test_real_answers_get_the_verdicts_of_the_score_script(shared: Path, service: Service) -> None:
    path, score = shared / "questions" / "page.dev.jsonl", script(shared, "score")
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for gold, case in zip(golds, read_sets([path])[0].cases, strict=True):
        body = received(service, case.question, case.history, 5)
        assert bool(faults(case, Response(200, body))) == bool(score.faults(gold, 200, body)), case.id


def test_real_passages_hit_as_in_the_passage_script(shared: Path) -> None:
    folder, score = shared / "data" / "squad", script(shared, "score_passages")
    squad = Service.open(settings({"corpus": str(folder / "corpus")}))
    golds = [
        json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    cases = read_sets([folder / "questions.jsonl"])[0].cases
    checked = [pair for pair in zip(golds, cases, strict=True) if pair[1].answerable][::12]
    for gold, case in checked:
        body = received(squad, case.question, (), 10)
        theirs = [score.holds(passage, gold) for passage in body["passages"]]
        ours = relevance(case, Response(200, body)).gains
        assert [gain > 0 for gain in ours] == [
            held and not any(theirs[:place]) for place, held in enumerate(theirs)
        ]
        assert sentence_holds(case, Response(200, body)) == bool(
            theirs and score.holds(body["passages"][0], gold, "answer")
        )
    assert len(checked) > 100
