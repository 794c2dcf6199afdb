"""The command line: each command's output and exit code, on real corpora, in this process or in one of its
own.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from flask.cli import ScriptInfo

from qa import __version__, cli
from qa.records import Answer
from qa.service import Service
from qa.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Which trust became outstanding?"
SUBJECT = "Calderstones Partnership NHS Foundation Trust"
TABLE = "Name,Rating,Published\nElm House,Good,2020-01-31\nOak Lodge,Inadequate,2021-02-28\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def qa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process: (exit code, standard output, standard error)."""
    monkeypatch.setenv("QA_CACHE", "none")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one small table."""
    (tmp_path / "ratings.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def apart(*arguments: str, **options: object) -> "subprocess.Popen[str]":
    """Start the command line in a process of its own."""
    command = [sys.executable, "-m", "qa", *arguments]
    environ = {**os.environ, "QA_CACHE": "none"}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        command,
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def test_the_version_is_told(qa: Run) -> None:
    assert qa("--version") == (0, f"askwell {__version__}\n", "")


@pytest.mark.parametrize(
    "command", ["serve", "ask", "eval", "questions", "index", "check", "verify", "mcp", "settings"]
)
def test_every_command_has_help(command: str, qa: Run) -> None:
    code, out, _ = qa(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: qa {command}")
    assert command in qa("--help")[1]


def test_an_answer_is_readable(qa: Run) -> None:
    code, out, err = qa("ask", QUESTION)
    assert (code, err) == (0, "")
    assert SUBJECT in out
    assert "Good → Outstanding" in out
    assert "15 March 2018" in out
    assert "https://" in out


def test_lines_are_no_wider_than_the_terminal(qa: Run) -> None:
    lines = qa("ask", "Why did these trusts improve?")[1].splitlines()
    assert max(map(len, lines)) <= 80


def test_json_prints_the_record_of_the_contract(qa: Run) -> None:
    code, out, _ = qa("ask", "--json", "--top", "2", QUESTION)
    record = json.loads(out)
    assert code == 0
    assert list(record) == [
        name for name in Answer.__dataclass_fields__ if name not in ("degraded", "distances")
    ]
    assert [fact["subject"] for fact in record["facts"]] == [SUBJECT]
    assert len(record["passages"]) <= 2


def test_earlier_questions_complete_a_follow_up(qa: Run) -> None:
    out = qa("ask", "--json", "--history", "What was Oxleas rated before?", "What about Sheffield?")[1]
    assert [fact["subject"] for fact in json.loads(out)["facts"]] == [
        "Sheffield Health and Social Care NHS Foundation Trust"
    ]


def test_a_folder_of_ones_own_is_answered_from(qa: Run, folder: Path) -> None:
    code, out, _ = qa("ask", "--corpus", str(folder), "What is Elm House rated?")
    assert code == 0
    assert "Good" in out


def test_a_folder_can_be_named_by_a_variable(qa: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_CORPUS", str(folder))
    assert "2 rows" in qa("check")[1]


def test_check_says_what_a_folder_holds(qa: Run) -> None:
    code, out, _ = qa("check")
    assert code == 0
    for part in (
        "report.md",
        "ratings.csv",
        "7 rows",
        "1 document",
        "7 facts",
        "7 subjects",
        "15 March 2018",
        "No problems.",
    ):
        assert part in out


def test_check_names_every_file_that_cannot_be_read_and_what_could_be(qa: Run, folder: Path) -> None:
    (folder / "broken.csv.gz").write_bytes(b"not compressed")
    code, out, _ = qa("check", str(folder))
    assert code == 1
    assert "Error: broken.csv.gz" in out
    assert "2 rows" in out


def test_a_file_that_cannot_be_read_is_told_and_stops_no_other(qa: Run, folder: Path) -> None:
    (folder / "broken.csv.gz").write_bytes(b"not compressed")
    code, out, err = qa("ask", "--corpus", str(folder), "What is Elm House rated?")
    assert (code, out.startswith("Elm House was rated Good")) == (0, True)
    assert err.startswith("Error: broken.csv.gz: ")


def test_a_corpus_of_which_nothing_can_be_read_is_not_served(qa: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.csv.gz").write_bytes(b"not compressed")
    code, out, err = qa("ask", "--corpus", str(tmp_path), "What is Elm House rated?")
    assert (code, out) == (1, "")
    assert "broken.csv.gz" in err


def test_one_file_alone_is_checked(qa: Run, folder: Path) -> None:
    (folder / "broken.csv.gz").write_bytes(b"not compressed")
    table = next(folder.glob("*.csv"))
    code, out, _ = qa("check", str(table))
    assert (code, table.name in out, "broken" in out) == (0, True, False)
    assert qa("check", str(folder / "broken.csv.gz"))[0] == 1


def test_a_file_of_another_type_is_not_checked(qa: Run, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film")
    code, _, err = qa("check", str(tmp_path / "film.mp4"))
    assert (code, "is of a type that can't be read" in err) == (1, True)


def test_index_says_that_it_can_not_be_kept(qa: Run, tmp_path: Path) -> None:
    rows = "".join(f"Home {number} of the long road,Good,2020-01-31\n" for number in range(1_500))
    (tmp_path / "ratings.csv").write_text(f"Name,Rating,Published\n{rows}", encoding="utf-8")
    (tmp_path.parent / "taken").write_text("a file", encoding="utf-8")
    code, out, error = qa("index", "--corpus", str(tmp_path), "--cache", str(tmp_path.parent / "taken"))
    assert code == 1
    assert "1,500" in out
    assert "The cache folder can't be written" in error


def test_index_says_what_is_served(qa: Run, folder: Path) -> None:
    code, out, _ = qa("index", "--corpus", str(folder))
    assert code == 0
    assert "31 January 2020 to 28 February 2021" in out


@pytest.mark.parametrize(("gold", "code"), [("Good", 0), ("Inadequate", 1)])
def test_eval_fails_below_a_figure(gold: str, code: int, qa: Run, folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        f'{{"question": "What is Elm House rated?", "kind": "look-up", "names": ["Elm House"], '
        f'"rating": "{gold}"}}\n'
    )
    assert qa("eval", str(questions), "--corpus", str(folder), "--fail-under", "right=1")[0] == code


def test_settings_lists_every_one(qa: Run) -> None:
    code, out, _ = qa("settings")
    assert code == 0
    for setting in SETTINGS:
        assert all(part in out for part in (setting.name, setting.variable, setting.default, setting.help))


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["ask"], 2, "QUESTION"),
        (["ask", "x", "--k1", "much"], 2, "--k1 can't be 'much'"),
        (["serve", "--port", "99999"], 2, "--port can't be '99999'"),
        (["serve", "--colour", "blue"], 2, "--colour"),
        (["fly"], 2, "fly"),
        (["ask", "x", "--corpus", "no-such-folder"], 1, "no-such-folder"),
        (["check", "no-such-folder"], 1, "no-such-folder"),
        (["eval", "no-such-file.jsonl"], 2, "no-such-file.jsonl"),
    ],
)
def test_mistakes_are_told_with_their_exit_code(arguments: list[str], code: int, told: str, qa: Run) -> None:
    found, _, err = qa(*arguments)
    assert found == code
    assert told in err


@pytest.mark.parametrize("question", ["", "   ", "x" * 2001, "half \ud83d"])
def test_a_question_that_breaks_the_contract_is_refused(question: str, qa: Run) -> None:
    code, out, err = qa("ask", question)
    assert (code, out) == (2, "")
    assert "question" in err


def test_colours_are_for_terminals_only(qa: Run) -> None:
    out = qa("ask", QUESTION)[1]
    assert click.unstyle(out) == out


def test_an_interrupt_is_reported_to_the_shell(qa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Service:
        raise KeyboardInterrupt

    monkeypatch.setattr(Service, "open", interrupted)
    assert qa("ask", QUESTION)[0] == cli.INTERRUPTED


def test_a_reader_that_goes_away_is_not_an_error_to_print() -> None:
    process = apart("settings")
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    assert process.communicate()[1] == ""


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, qa.cli; qa.cli.main(['--help']); print(sorted({'flask', 'nltk', 'numpy', 'sqlite3'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("[]\n")


def test_the_application_that_flask_finds_in_app_py_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_CACHE", "none")
    monkeypatch.chdir(ROOT)
    body = ScriptInfo("app").load_app().test_client().post("/ask", json={"question": QUESTION}).get_json()
    assert [fact["subject"] for fact in body["facts"]] == [SUBJECT]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def get(url: str, process: "subprocess.Popen[str]") -> dict[str, object]:
    """The JSON at ``url``, as soon as the server answers; fails if it ends before or never does."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                body: dict[str, object] = json.load(response)
                return body
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("command", [["-m", "qa", "serve"], ["app.py"]])
def test_serving_answers_until_it_is_interrupted(command: list[str]) -> None:
    port = free_port()
    environ = {**os.environ, "QA_CACHE": os.environ["ASKWELL_TEST_CACHE"], "QA_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process, contextlib.ExitStack() as at_the_end:
        at_the_end.callback(process.kill)
        assert get(f"http://127.0.0.1:{port}/healthz", process)["status"] == "ok"
        assert get(f"http://127.0.0.1:{port}/ask?question=Oxleas+rating", process)["status"] == "answered"
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in err
