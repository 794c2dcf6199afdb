"""“Was this right?”: off unless switched on, kept in one file, refused where private, and turned into
questions of the published format.
"""

import datetime
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from shown_page import shown_page

from qa.cli import main
from qa.errors import UsageError
from qa.feedback import Feedback, case
from qa.service import Service
from qa.web import create_app

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs" / "questions.schema.json").read_text(encoding="utf-8")
)
RIGHT = "Which trust became outstanding?"
HOSTILE = "<script>alert(1)</script> \u202e{{ 7 * 7 }} 👩🏽‍⚕️ '); DROP TABLE feedback; --"


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "opinions.sqlite"


@pytest.fixture
def client(service: Service, file: Path) -> FlaskClient:
    return create_app(service, feedback=file).test_client()


def said(
    client: FlaskClient, history: list[str], right: str, comment: str = "", **fields: str
) -> BeautifulSoup:
    """The page after a verdict such as ``1:yes`` on a conversation."""
    number = right.partition(":")[0]
    response = client.post(
        "/feedback", data={"history": history, "right": right, f"comment-{number}": comment, **fields}
    )
    assert response.status_code == 200
    return shown_page(response.text)


def kept(file: Path) -> list[dict[str, object]]:
    return [case(opinion) for opinion in Feedback(file).all()]


def test_nothing_is_asked_nor_kept_unless_switched_on(service: Service) -> None:
    client = create_app(service).test_client()
    assert "Was this right?" not in client.get("/", query_string={"q": RIGHT}).text
    assert client.post("/feedback", data={"history": RIGHT, "right": "1:yes"}).status_code == 404
    assert "keeps nothing about you or your questions" in client.get("/privacy").text


def test_where_it_is_on_each_answer_asks_and_the_privacy_page_says_what_is_kept(client: FlaskClient) -> None:
    page = shown_page(client.get("/", query_string={"q": RIGHT}).text)
    assert [button["value"] for button in page.select("button[form=ask][name=right]")] == ["1:yes", "1:no"]
    assert "If you say whether an answer was right" in client.get("/privacy").text


@pytest.mark.parametrize("question", ["I want to kill myself", "hello"])
def test_where_somebody_may_be_in_danger_nobody_is_asked(client: FlaskClient, question: str) -> None:
    assert "Was this right?" not in client.get("/", query_string={"q": question}).text


def test_a_verdict_is_kept_and_the_conversation_stays(client: FlaskClient, file: Path) -> None:
    page = said(client, [RIGHT, "And before?"], "2:no", "It was good", question="half a thought")
    assert [heading.get_text() for heading in page.select("article h2")] == [RIGHT, "And before?"]
    assert "Your opinion was kept" in page.select("#turn-2-opinion")[0].get_text()
    assert page.select("#turn-1-opinion button")
    assert page.select("#question")[0].get_text().strip() == "half a thought"
    (line,) = kept(file)
    assert (line["question"], line["history"], line["kind"]) == ("And before?", [RIGHT], "feedback_wrong")
    assert str(line["note"]).endswith("Comment: It was good")
    assert "facts" not in line


def test_a_right_answer_becomes_gold(client: FlaskClient, file: Path) -> None:
    said(client, [RIGHT, "How long do patients wait?"], "1:yes")
    said(client, [RIGHT, "How long do patients wait?"], "2:yes")
    found, missing = kept(file)
    assert found["facts"] == [
        {"trust": "Calderstones Partnership NHS Foundation Trust", "from": "Good", "to": "Outstanding"}
    ]
    assert (found["total"], missing["answerable"]) == (1, False)


def test_turns_are_counted_as_the_page_counts_them(client: FlaskClient, file: Path) -> None:
    said(client, [RIGHT, "What is Oxleas rated?"], "4:yes", dropped="2")
    assert [line["question"] for line in kept(file)] == ["What is Oxleas rated?"]


@pytest.mark.parametrize(
    "right", ["", "0:yes", "2:yes", "1:maybe", "-1:yes", "1:yes:no", "9999999999:yes", "x"]
)
def test_a_verdict_on_no_turn_keeps_nothing(client: FlaskClient, file: Path, right: str) -> None:
    page = said(client, [RIGHT], right)
    assert len(page.select("article")) == 1
    assert kept(file) == []


@pytest.mark.parametrize(
    ("history", "number", "comment"),
    [
        ([RIGHT], 1, "Call me on 07700 900123"),
        ([RIGHT], 1, "x" * 1_001),
        (["My number is 07700 900123", RIGHT], 2, ""),
    ],
)
def test_what_may_be_private_or_is_too_long_is_refused(
    client: FlaskClient, file: Path, history: list[str], number: int, comment: str
) -> None:
    page = said(client, history, f"{number}:no", comment)
    reply = page.select(f"#turn-{number}-opinion .error")[0].get_text()
    assert reply.startswith("Not kept: ")
    assert page.select(f"#turn-{number}-comment")[0].get_text().strip() == comment
    assert kept(file) == []


@pytest.mark.parametrize("comment", [HOSTILE, "</textarea><b>bold</b>", "\0"])
def test_a_hostile_comment_is_text(client: FlaskClient, file: Path, comment: str) -> None:
    page = said(client, [HOSTILE], "1:no", comment)
    assert {str(script["src"]).rpartition("/")[0] for script in page.select("script")} == {"/static"}
    assert not any(script.get_text() for script in page.select("script"))
    (line,) = kept(file)
    assert line["question"] == HOSTILE
    assert comment.strip() in str(line["note"])


@settings(max_examples=20)
@given(
    right=st.booleans(),
    comment=st.text(max_size=50),
    question=st.sampled_from([RIGHT, "How long do patients wait?", "Which trusts improved?"]),
)
def test_every_opinion_is_a_question_of_the_published_format(
    tmp_path_factory: pytest.TempPathFactory, service: Service, right: bool, comment: str, question: str
) -> None:
    feedback = Feedback(tmp_path_factory.mktemp("opinions") / "opinions.sqlite")
    feedback.add(
        service.ask(question), ["hello"], right=right, comment=comment, day=datetime.date(2024, 5, 6)
    )
    for opinion in feedback.all():
        Draft202012Validator(SCHEMA).validate(case(opinion))


def test_the_command_prints_them_as_questions(
    client: FlaskClient, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(client, [RIGHT], "1:yes")
    assert main(["feedback", "--as", "questions", "--feedback", str(file)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["question"] == RIGHT


@pytest.mark.parametrize("arguments", [[], ["--feedback", "nowhere.sqlite"]])
def test_the_command_says_where_there_is_none(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feedback", *arguments]) == 2
    assert "No feedback is kept" in capsys.readouterr().err


@pytest.mark.parametrize("path", [".", "missing/opinions.sqlite"])
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="can't be kept in"):
        Feedback(tmp_path / path)
