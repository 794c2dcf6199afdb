"""A run from its answers to what is printed, written, compared and reported."""

import base64
import contextlib
import datetime
import hashlib
import http.server
import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from qa.errors import QaError, UsageError
from qa.evaluation.asking import HttpService, ask_all
from qa.evaluation.cases import Case, with_defaults
from qa.evaluation.drift import drift, holdings, with_answers
from qa.evaluation.evaluating import evaluate
from qa.evaluation.junit import write_junit
from qa.evaluation.printing import comparison_lines, cut, p_value, run_lines
from qa.evaluation.received import Response
from qa.evaluation.report import write_report
from qa.evaluation.results import Run, read_run, write_run
from qa.evaluation.run_comparison import compare
from qa.facts import FactStore
from qa.records import Document, FactSource, RatingFact

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
RATINGS = {"Outstanding": 0, "Good": 1, "Requires improvement": 2, "Inadequate": 3}


def case(**fields: Any) -> Case:
    return with_defaults(
        Case.model_validate_json(json.dumps({"question": "Well?", **fields}), strict=True), "1"
    )


def told(text: str, status: str = "answered", confidence: float = 0.8, **fields: Any) -> Response:
    body = {
        "status": status,
        "answer": {"text": text, "confidence": confidence},
        "facts": [],
        "figures": [],
        "passages": [],
    }
    return Response(
        200,
        {
            **body,
            "facts_total": 0,
            "index": {"fingerprint": "f00"},
            "understood": {"intent": "count"},
            **fields,
        },
    )


CASES = [
    case(id="six", kind="count", question="How many?", count=6),
    case(id="five", kind="count", question="How many <b>now</b>?", history=["How many?"], count=5),
    case(id="why", kind="why", question="Why?", evidence=["staff"]),
    case(id="fees", answerable=False, question="Fees?"),
]
PASSAGE = {
    "text": "They listened to staff & patients.",
    "answer": {"start": 0, "end": 12},
    "source": {"document": "report.md", "section": "Culture", "start": 0, "end": 34},
}
RIGHT = {
    "six": told("Six."),
    "five": told("5"),
    "why": told("Because.", passages=[PASSAGE]),
    "fees": told("", status="not_found", confidence=0.1),
}
WRONG = RIGHT | {"five": told("Eight <i>now</i>\x1b[2J.", confidence=0.9), "why": Response(503, {})}


def run(answers: Mapping[str, Response], cases: Sequence[Case] = CASES) -> Run:
    return evaluate(cases, lambda one: (answers[one.id], 2.5), questions=["set"], source="corpus")


# Runs and what is told of them ------------------------------------------------------------------------------


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    found = run(WRONG)
    write_run(found, path)
    assert read_run(path) == run(WRONG).__class__(
        **{**run(WRONG).__dict__, "started": read_run(path).started, "seconds": read_run(path).seconds}
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "results": [{}]}', '{"version": 0}'])
def test_what_is_no_run_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json"):
        read_run(path)


def test_a_line_is_printed_for_every_kind_and_the_whole_then_the_failures() -> None:
    lines = list(run_lines(run(WRONG), failures=1))
    assert [line.split()[:3] for line in lines[1:5]] == [
        ["count", "1/2", "0.500"],
        ["unanswerable", "1/1", "1.000"],
        ["why", "0/1", "0.000"],
        ["whole", "2/4", "0.500"],
    ]
    text = "\n".join(lines)
    assert "2 failures" in text
    assert (
        "five: figure 5 not in the answer\n    asked: How many? | How many <b>now</b>?\n    told:  Eight "
        "<i>now</i> [2J."
    ) in text
    assert "… and 1 more; --failures 2 shows all" in text


def test_nothing_is_printed_of_failures_where_there_are_none() -> None:
    assert not any("failure" in line for line in run_lines(run(RIGHT), failures=5))


def test_printed_text_is_cut_and_can_not_steer_the_terminal() -> None:
    assert cut("a\x1b[31m\nb") == "a [31m b"
    assert len(cut("x" * 500)) == 201
    assert [p_value(p) for p in (None, 0.0001, 0.25, 1.0)] == ["", "< 0.001", "0.250", "1.000"]


def test_junit_tells_failures_errors_and_drift_apart(tmp_path: Path) -> None:
    found = run(WRONG)
    drifted = replace(
        found, results=tuple(replace(one, drift="gone") if one.id == "five" else one for one in found.results)
    )
    for one, expected in ((found, ("4", "1", "1", "0")), (drifted, ("4", "0", "1", "1"))):
        write_junit(one, tmp_path / "out.xml")
        root = ElementTree.parse(tmp_path / "out.xml").getroot()
        assert tuple(root.attrib[name] for name in ("tests", "failures", "errors", "skipped")) == expected
    assert [suite.attrib["name"] for suite in root] == ["count", "why", "unanswerable"]
    (skipped,) = root.iter("skipped")
    assert skipped.attrib["message"] == "the gold no longer matches the corpus: gone"


def test_junit_holds_no_character_that_xml_forbids(tmp_path: Path) -> None:
    write_junit(run(WRONG), tmp_path / "out.xml")
    (failure,) = ElementTree.parse(tmp_path / "out.xml").getroot().iter("failure")
    assert failure.text == "before: How many?\ntold: Eight <i>now</i>\N{REPLACEMENT CHARACTER}[2J."


# Comparison -------------------------------------------------------------------------------------------------


def test_equal_runs_differ_in_nothing_and_have_p_1() -> None:
    found = compare(run(WRONG), run(WRONG))
    assert {one.p for one in found.differences if one.metric.by_question} == {1.0}
    assert (found.better, found.worse, found.paired) == ((), (), 4)


def test_a_comparison_names_what_got_better_and_worse_by_question() -> None:
    found = compare(run(WRONG), run(RIGHT | {"six": told("Seven.")}))
    assert [shift.now.id for shift in found.better] == ["why", "five"]
    assert [shift.now.id for shift in found.worse] == ["six"]
    right = next(one for one in found.differences if one.metric.name == "right")
    assert (right.before, right.after, right.better, right.worse, right.p) == (0.5, 0.75, 2, 1, 1.0)
    text = "\n".join(comparison_lines(found, "base.json", 5))
    assert "Compared with base.json on 4 questions that both asked" in text
    assert (
        "six: How many?\n    right 1 → 0, wrong_told 0 → 1, figures 1 → 0\n    figure 6 not in the answer"
        in text
    )


def test_a_question_that_only_ranks_worse_is_named_too() -> None:
    second = told("Because.", passages=[{**PASSAGE, "text": "No."}, PASSAGE])
    found = compare(run(RIGHT), run(RIGHT | {"why": second}))
    assert [(shift.now.id, [mark[0].name for mark in shift.marks]) for shift in found.worse] == [
        ("why", ["success@1", "rr", "ndcg@10"])
    ]


def test_many_broken_questions_are_significant() -> None:
    cases = [case(id=str(number), question=f"How many in {number}?", count=6) for number in range(40)]
    before = run({one.id: told("six") for one in cases}, cases)
    after = run({one.id: told("six" if int(one.id) % 4 else "seven") for one in cases}, cases)
    found = compare(before, after)
    assert {one.metric.name for one in found.differences if one.significant} == {
        "right",
        "wrong_told",
        "figures",
    }
    assert [shift.now.id for shift in found.worse] == [str(number) for number in range(0, 40, 4)]


def test_questions_that_can_not_be_paired_are_told_apart() -> None:
    before = run(RIGHT)
    changed = [
        case(id="six", kind="count", question="How many?", count=7),
        *CASES[1:3],
        case(id="new", question="New?"),
    ]
    after = run({**RIGHT, "new": told("")}, changed)
    after = replace(
        after, results=tuple(replace(one, drift="gone") if one.id == "why" else one for one in after.results)
    )
    found = compare(before, after)
    assert (found.only_before, found.only_now, found.relabelled, found.drifted, found.paired) == (
        ("fees",),
        ("new",),
        ("six",),
        ("why",),
        1,
    )
    text = "\n".join(comparison_lines(found, "base.json", 5))
    assert "Question or gold changed, so not compared: six (1)" in text


def test_runs_without_a_common_question_have_no_differences() -> None:
    found = compare(run(RIGHT, CASES[:1]), run(RIGHT, CASES[1:2]))
    assert (found.paired, found.differences) == (0, ())
    assert "on 0 questions" in "\n".join(comparison_lines(found, "base.json", 5))


# Drift ------------------------------------------------------------------------------------------------------


def fact(
    subject: str,
    rating: str,
    year: int = 2024,
    previous: str | None = None,
    aspect: str = "Overall",
    note: str | None = None,
) -> RatingFact:
    source = FactSource("ratings.csv", "Ratings", None, 2)
    published = datetime.date(year, 3, 1)
    return RatingFact(
        f"{subject}{rating}{year}{aspect}",
        subject,
        aspect,
        None,
        rating,
        previous,
        published,
        note,
        {"town": "Ludlow"},
        source,
    )


FACTS = [
    fact("Elm NHS Trust", "Good", previous="Inadequate", note="Now run by Ash."),
    fact("Elm NHS Trust", "Outstanding", aspect="Safe"),
    fact("Oak Lodge", "Good", year=2020),
    fact("Oak Lodge", "Inadequate", year=2024),
]
REPORT = Document("report.md", "Report", "Elm NHS Trust listened to its staff.", ())
HELD = holdings([REPORT], FactStore.in_memory(FACTS, RATINGS))


@pytest.mark.parametrize(
    ("gold", "reason"),
    [
        ({"document": "report.md", "spans": [[14, 22]], "answers": ["listened"]}, None),
        (
            {"document": "report.md", "spans": [[0, 3]], "answers": ["listened"]},
            "report.md reads 'Elm' where the gold is 'listened'",
        ),
        ({"document": "report.md", "spans": [[90, 99]]}, "report.md ends before the gold"),
        ({"document": "other.md", "spans": [[0, 3]]}, "the corpus has no document other.md"),
        ({"relevant": {"report": 1}}, None),
        ({"relevant": {"report": 0, "x": 2}}, "the corpus has none of the relevant documents"),
        ({"facts": [{"trust": "elm nhs trust", "from": "inadequate", "to": "Good"}]}, None),
        (
            {"facts": [{"trust": "Elm NHS Trust", "from": "Good", "to": "Good"}]},
            "the tables do not rate Elm NHS Trust Good after Good",
        ),
        (
            {"facts": [{"trust": "Fir", "from": None, "to": "Good"}]},
            "the tables do not rate Fir Good after None",
        ),
        ({"evidence": ["listened", "STAFF"]}, None),
        ({"evidence": ["run by ash"]}, None),
        ({"evidence": ["listened", "patients"]}, "nothing in the corpus matches the evidence"),
        ({"names": ["Oak Lodge", "Ludlow", "its staff"]}, None),
        ({"names": ["Oak Lodge", "Leeds"]}, "the corpus does not name Leeds"),
        ({"names": ["Oak Lodge"], "rating": "Inadequate"}, None),
        ({"names": ["Oak Lodge"], "rating": "Good"}, "the tables do not rate Oak Lodge Good (Overall)"),
        ({"names": ["Elm NHS Trust"], "rating": "outstanding", "domain": "Safe"}, None),
        ({"values": {"Elm NHS Trust": "Good", "Leeds": 5}}, None),
        ({"values": {"Oak Lodge": "Good"}}, "the tables do not rate Oak Lodge Good (Overall)"),
        ({"answerable": False, "names": ["Leeds"]}, None),
        ({"count": 6}, None),
    ],
)
def test_a_gold_that_the_corpus_no_longer_holds_is_drift(gold: dict[str, Any], reason: str | None) -> None:
    assert drift(case(**gold), HELD) == reason


def test_drift_is_told_apart_from_failures_and_right_answers_are_not_looked_up() -> None:
    cases = [
        case(id="gone", names=["Leeds"]),
        case(id="told", names=["Leeds"]),
        case(id="wrong", names=["Oak Lodge"]),
    ]
    answers = {"gone": told("?"), "told": told("Leeds"), "wrong": told("?")}
    found = evaluate(cases, lambda one: (answers[one.id], 1.0), questions=["set"], source="corpus", held=HELD)
    assert ([one.id for one in found.drifted], [one.id for one in found.failures]) == (["gone"], ["wrong"])
    assert found.whole["right"].value == pytest.approx(1 / 3), "drift counts as wrong, never as absent"
    text = "\n".join(run_lines(found, failures=5))
    assert (
        "1 question whose gold no longer matches the corpus: fix the question set\n  gone: the corpus "
        "does not name Leeds"
    ) in text


def test_spans_get_the_answers_that_stand_there_and_the_gold_on_record_stays_as_given() -> None:
    given = case(document="report.md", spans=[[14, 22], [14, 22]])
    assert with_answers(given, HELD.documents).answers == ("listened",)
    found = evaluate([given], lambda _: (told("?"), 1.0), questions=["set"], source="corpus", held=HELD)
    assert found.results[0].gold == given.gold()
    assert found.whole["f1"].value == 0


# The report -------------------------------------------------------------------------------------------------


def report(tmp_path: Path, found: Run, baseline: Run | None = None) -> str:
    path = tmp_path / "report.html"
    write_report(
        found,
        compare(baseline, found) if baseline else None,
        path,
        templates=TEMPLATES,
        service="http://127.0.0.1:8000/",
    )
    return path.read_text(encoding="utf-8")


def test_the_report_holds_every_failure_with_what_was_asked_told_and_wanted(tmp_path: Path) -> None:
    page = report(tmp_path, run(WRONG))
    assert "figure 5 not in the answer" in page
    assert "HTTP 503" in page
    assert "&#34;count&#34;: 5" in page
    assert (
        'href="http://127.0.0.1:8000/ask?question=How+many+%3Cb%3Enow%3C%2Fb%3E%3F&amp;history=How+many%3F"'
        in page
    )
    assert "How many &lt;b&gt;now&lt;/b&gt;?" in page
    assert "Eight &lt;i&gt;now&lt;/i&gt;" in page
    assert "<i>" not in page


def test_the_report_marks_the_sentence_within_its_passage(tmp_path: Path) -> None:
    page = report(
        tmp_path,
        run(RIGHT | {"why": told("Because.", passages=[{**PASSAGE, "text": "They <heard> patients."}])}),
    )
    assert "<mark>They &lt;heard&gt;</mark> patients." in page
    assert "report.md, Culture" in page


def test_the_report_needs_no_network_and_runs_no_script_but_its_own(tmp_path: Path) -> None:
    page = report(tmp_path, run(WRONG), run(RIGHT))
    assert "default-src 'none'" in page
    ((policy, script),) = re.findall(
        r"script-src 'sha256-([^']+)'.*<script>(.*)</script>\s*</body>", page, re.DOTALL
    )
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() == policy
    assert page.count("<script") == 1
    assert re.findall(r"""(?:src|srcset|data)=["']|url\(|@import|<link""", page) == []


def test_the_report_tells_what_changed(tmp_path: Path) -> None:
    page = report(tmp_path, run(WRONG), run(RIGHT))
    assert "What changed since the baseline" in page
    assert "right 1 → 0" in page
    assert "What changed" not in report(tmp_path, run(WRONG))


def test_the_report_can_be_written_where_nothing_was_answered(tmp_path: Path) -> None:
    page = report(tmp_path, run(dict.fromkeys(RIGHT, Response(503, {}))))
    assert page.count("No question was answered.") == 2


# Over HTTP --------------------------------------------------------------------------------------------------


class Canned(http.server.BaseHTTPRequestHandler):
    """Answers "How many?" in order; closes every third connection without notice, and fails where
    asked to.
    """

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_GET(self) -> None:
        self._reply(404, b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body | {"path": self.path})
        if body["question"] == "drop":
            self.close_connection = True
            return
        status = 422 if body["question"] == "refuse" else 200
        raw = (
            b"not json"
            if body["question"] == "garble"
            else json.dumps({"status": "answered", "answer": {"text": body["question"]}}).encode()
        )
        self._reply(status, raw)
        self.close_connection = len(self.asked) % 3 == 0

    def _reply(self, status: int, raw: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Canned.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canned) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def service(address: str) -> Iterator[HttpService]:
    with contextlib.closing(HttpService(f"{address}/base/")) as found:
        yield found


@pytest.mark.parametrize("jobs", [1, 4])
def test_answers_over_http_come_in_order_whatever_is_kept_alive(jobs: int, service: HttpService) -> None:
    cases = [case(question=f"question {number}") for number in range(30)]
    service.check()
    found = list(ask_all(cases, service.ask, jobs))
    assert [one.text for one, _ in found] == [one.question for one in cases]
    assert all(spent > 0 for _, spent in found)
    assert {one["path"] for one in Canned.asked} == {"/base/ask"}


def test_failures_over_http_count_with_their_status(service: HttpService) -> None:
    found = {
        question: service.ask(case(question=question))[0] for question in ("refuse", "garble", "drop", "fine")
    }
    assert {question: (one.http_status, one.status) for question, one in found.items()} == {
        "refuse": (422, ""),
        "garble": (200, ""),
        "drop": (0, ""),
        "fine": (200, "answered"),
    }


def test_as_many_passages_are_asked_for_as_the_gold_needs(service: HttpService) -> None:
    for gold in ({}, {"evidence": ["x"]}, {"relevant": {"d": 1}}, {"history": ["before"]}):
        service.ask(case(**gold))
    assert [one["top"] for one in Canned.asked] == [5, 10, 50, 5]
    assert Canned.asked[-1]["history"] == ["before"]


def test_an_address_where_nothing_answers_is_refused_with_the_next_step() -> None:
    with pytest.raises(QaError, match="`qa serve` starts a service"):
        HttpService("127.0.0.1:9").check()
    with pytest.raises(QaError, match="Nothing answers"):
        HttpService("http://a..b").check()


@pytest.mark.parametrize("url", ["ftp://x", "http://", "http://x:port", "http://x:99999", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="not the address"):
        HttpService(url)


def test_the_report_lists_every_question_failures_first(tmp_path: Path) -> None:
    found = run(WRONG)
    page = report(tmp_path, found)
    places = [page.index(f"<summary><b>{result.id}</b>") for result in (*found.failures, *found.right)]
    assert len(places) == len(found.results) - len(found.drifted)
    assert places == sorted(places)
