"""The reading of a question as chips: each asks the Query that it promises, which is read back as exactly
that.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from qa.answering.remarks import did_you_mean
from qa.question.query import Named, parts_of
from qa.service import Asked, Service
from qa.settings import Settings
from qa.web.pages.answers import turn
from qa.web.pages.chips import SHOWN, Chip, Option, Readings

TABLE = """Location ID,Location Name,Location Primary Inspection Category,Care Home,Domain,Latest Rating,Publication Date,Location City
1-1,Holly House,Residential social care,Y,Overall,Good,2024-01-02,Ludlow
1-1,Holly House,Residential social care,Y,Safe,Inadequate,2024-01-02,Ludlow
1-2,Rose Cottage,Residential social care,Y,Overall,Inadequate,2024-02-03,Telford
1-2,Rose Cottage,Residential social care,Y,Safe,Good,2024-02-03,Telford
1-3,Bridge Surgery,GP Practices,N,Overall,Good,2024-03-04,Telford
1-3,Bridge Surgery,GP Practices,N,Safe,Good,2024-03-04,Telford
1-4,Rose Cottage,Residential social care,Y,Overall,Good,2024-04-05,Ludlow
"""
QUESTIONS = [
    "Which care homes in Ludlow are inadequate for safe?",
    "How many places in Telford are good?",
    "Which surgeries are good for safe?",
    "care homes rated good since 2023",
    "Are most care homes in Ludlow good?",
    "What share of care homes are good?",
    "Which town has the most care homes rated good?",
    "Which towns have 2 or more care homes rated good, outside Telford?",
    "Compare care homes in Ludlow and Telford",
    "How many care homes are good and how many are inadequate?",
    "What is Holly House rated for safe?",
]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("directory")
    (folder / "ratings.csv").write_text(TABLE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.fixture(scope="module")
def shipped(trusts: Service) -> Service:
    return trusts


def asked(service: Service, *questions: str) -> Asked:
    *_, last = service.converse(questions)
    return last


def chips(service: Service, *questions: str) -> list[Chip]:
    return [
        chip
        for row in Readings(service).rows(asked(service, *questions), changeable=True)
        for chip in (*row.shown, *row.folded)
    ]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Which care homes in Ludlow are inadequate for safe?",
            ["care homes", "in Ludlow (postal town)", "Inadequate for Safe", "listed"],
        ),
        (
            "How many places outside Telford are good?",
            ["places", "outside Telford (postal town)", "Good", "counted"],
        ),
        ("How many care homes are there by town?", ["care homes", "counted", "by town"]),
        ("Which 2 towns have the most care homes?", ["care homes", "counted", "by town", "top 2"]),
        ("Which towns have 2 or more care homes?", ["care homes", "counted", "by town", "where at least 2"]),
        ("Are most care homes good?", ["care homes", "most of them", "Good"]),
        ("What share of care homes are good?", ["care homes", "Good", "as a share"]),
        (
            "Compare the number of care homes in Ludlow and Telford",
            ["care homes", "in Ludlow (postal town)", "counted", "compared with Telford"],
        ),
        (
            "The newest rating of care homes since 2023",
            ["care homes", "published since 1 January 2023", "listed", "the newest"],
        ),
        ("What is Holly House rated for safe?", ["Holly House", "rating for Safe"]),
        ("Is Holly House good?", ["Holly House", "yes or no", "Good"]),
        ("What is Rose Cottage rated?", ["Rose Cottage (2 of that name)", "overall rating"]),
    ],
)
def test_every_part_of_the_reading_is_a_chip(question: str, words: list[str], directory: Service) -> None:
    assert [chip.words for chip in chips(directory, question)] == words


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_offer_is_read_as_a_query_that_stands_by_itself(question: str, directory: Service) -> None:
    read, offered = asked(directory, question), 0
    for chip in chips(directory, question):
        for changed in filter(None, (chip.without, *(option.question for option in chip.options))):
            again = asked(directory, question, changed)
            assert (again.reading.left_out, again.reading.confidence, again.leans_on) == ((), 1.0, ())
            assert again.reading.standalone == changed
            assert again.reading.queries != read.reading.queries
            offered += 1
    assert offered


def test_a_chip_taken_away_leaves_the_others(directory: Service) -> None:
    found = {
        chip.words: chip for chip in chips(directory, "Which care homes in Ludlow are inadequate for safe?")
    }
    without = found["in Ludlow (postal town)"].without
    assert [chip.words for chip in chips(directory, without)] == [
        "care homes",
        "Inadequate for Safe",
        "listed",
    ]


def test_a_chip_offers_other_values_of_the_corpus(directory: Service) -> None:
    found = {
        chip.words: [option.label for option in chip.options]
        for chip in chips(directory, "Which care homes in Ludlow are good?")
    }
    assert found["in Ludlow (postal town)"] == ["Telford"]
    assert found["Good"] == ["Inadequate"]
    assert found["listed"] == ["counted"]


def test_a_place_is_offered_as_the_other_place_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        "Location ID,Location Name,Domain,Latest Rating,Publication Date,Location City,Location Local "
        "Authority\n"
        "1,Oak House,Overall,Good,2024-01-02,Leeds,Leeds\n2,Elm House,Overall,Good,2024-01-02,Otley,Leeds\n",
        encoding="utf-8",
    )
    service = Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {}))
    (chip,) = (
        one
        for one in chips(service, "How many places are there in Leeds?")
        if one.words == "in Leeds (council area)"
    )
    town = next(option for option in chip.options if option.label == "in Leeds (postal town)")
    assert asked(service, town.question).answer.facts_total == 1


def test_groups_go_with_what_is_said_of_groups_only(directory: Service) -> None:
    found = {chip.words: chip for chip in chips(directory, "Which 2 towns have the most care homes?")}
    assert [chip.words for chip in chips(directory, found["by town"].without)] == ["care homes", "counted"]


def test_one_of_two_questions_is_changed_by_itself(directory: Service) -> None:
    question = "How many care homes are good and how many are inadequate?"
    rows = Readings(directory).rows(asked(directory, question), changeable=True)
    assert [[chip.words for chip in row.shown] for row in rows] == [
        ["care homes", "Good", "counted"],
        ["care homes", "Inadequate", "counted"],
    ]
    changed = Readings(directory).rows(asked(directory, rows[1].shown[1].without), changeable=True)
    assert [[chip.words for chip in row.shown] for row in changed] == [
        ["care homes", "Good", "counted"],
        ["care homes", "counted"],
    ]


def test_many_chips_are_folded(directory: Service) -> None:
    question = (
        "Which 2 towns outside Telford have the most care homes rated good for safe and good overall "
        "since 2020?"
    )
    (row,) = Readings(directory).rows(asked(directory, question), changeable=True)
    assert len(row.shown) == SHOWN
    assert row.folded


@pytest.mark.parametrize(
    ("question", "identifiers"),
    [
        ("What is Rose Cottage rated?", ["1-2", "1-4"]),
        ("Is Rose Cottage good?", ["1-2", "1-4"]),
        ("When was Rose Cottage rated?", ["1-2", "1-4"]),
    ],
)
def test_a_choice_among_candidates_asks_of_one_and_never_leads_back(
    question: str, identifiers: list[str], directory: Service
) -> None:
    found = Readings(directory).candidates(asked(directory, question))
    assert sorted(one.fact.attributes["identifier"] for one in found) == identifiers
    for one in found:
        again = asked(directory, question, one.question)
        assert again.answer.status == "answered"
        (named,) = (
            part
            for query in again.reading.queries
            for part in parts_of(query.scope)
            if isinstance(part, Named)
        )
        (subject,) = directory.facts.subjects(named.subjects)
        assert subject.attributes["identifier"] == one.fact.attributes["identifier"]


def test_a_query_as_a_question_is_shown_in_the_words_of_its_chips(directory: Service) -> None:
    readings = Readings(directory)
    for question, words in (
        (
            "Which care homes in Ludlow are inadequate for safe?",
            "Care homes · in Ludlow (postal town) · Inadequate for Safe · listed",
        ),
        (
            "How many care homes are good and how many are inadequate?",
            "Care homes · Good · counted; Care homes · Inadequate · counted",
        ),
    ):
        assert readings.in_words(asked(directory, question).reading.standalone) == words
        assert readings.in_words(question) == question


@pytest.mark.parametrize(
    "question",
    ["hello", "Why did these trusts improve?", "I want to kill myself", "What is Zanderley Court rated?"],
)
def test_what_was_not_looked_up_has_no_chips(question: str, shipped: Service) -> None:
    assert chips(shipped, question) == []


def test_an_earlier_answer_shows_its_reading_without_a_choice(directory: Service) -> None:
    (row,) = Readings(directory).rows(
        asked(directory, "Which care homes in Ludlow are good?"), changeable=False
    )
    assert [(chip.without, chip.options) for chip in row.shown] == [("", ())] * 4


def test_another_reading_that_is_nearly_as_good_is_a_button_beside_the_answer(directory: Service) -> None:
    other = asked(directory, "How many care homes are good?").reading.standalone
    read = asked(directory, "How many places are good?")
    text = replace(read.answer.answer, text=f"{read.answer.answer.text} {did_you_mean(other)}")
    read = replace(
        read, reading=replace(read.reading, alternative=other), answer=replace(read.answer, answer=text)
    )
    shown = turn(directory, read, 1, Readings(directory), changeable=True)
    assert shown.alternative == Option("Care homes · Good · counted", other)
    assert "did you mean" not in str(shown.sentences)
