"""Ways of asking about ratings, each answered over a small directory: what is left out, dates, slips, who
else.
"""

from __future__ import annotations

import pytest

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

HEADS = "Name,Kind,Care Home?,Town,Local Authority,Region,Postcode,Provider,Aspect,Rating,Publication Date"
# name, kind, town, council, region, overall, safe, effective, date
ROWS = [
    ("Oak House", "Residential social care", "Leeds", "Leeds", "North", "Good", "Good", "Good", "2019-02-03"),
    (
        "Elm Court",
        "Residential social care",
        "Otley",
        "Leeds",
        "North",
        "Requires improvement",
        "Requires improvement",
        "Good",
        "2018-05-06",
    ),
    (
        "Ash Lodge",
        "Residential social care",
        "York",
        "York",
        "North",
        "Inadequate",
        "Requires improvement",
        "Requires improvement",
        "2020-01-15",
    ),
    (
        "Yew Grange",
        "Residential social care",
        "Truro",
        "Cornwall",
        "South",
        "Outstanding",
        "Good",
        "Outstanding",
        "2017-08-09",
    ),
    ("Fir Park Surgery", "GP Practices", "Truro", "Cornwall", "South", "Good", "Good", "Good", "2016-03-04"),
    (
        "Cross Care Limited",
        "Community based adult social care services",
        "York",
        "York",
        "North",
        "Good",
        "Good",
        "Good",
        "2019-06-07",
    ),
    (
        "Queen Anne Hospital",
        "Acute hospital - NHS non-specialist",
        "Leeds",
        "Leeds",
        "North",
        "Good",
        "Good",
        "Good",
        "2018-09-01",
    ),
    (
        "The Queen Anne Hospital",
        "Acute hospital - NHS non-specialist",
        "Truro",
        "Cornwall",
        "South",
        "Good",
        "Good",
        "Good",
        "2018-10-01",
    ),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder, lines = tmp_path_factory.mktemp("directory"), [HEADS]
    for number, (name, kind, town, council, region, *ratings, date) in enumerate(ROWS, 1):
        home = "Y" if kind.startswith("Residential") else "N"
        for aspect, rating in zip(("Overall", "Safe", "Effective"), ratings, strict=True):
            lines.append(
                f"{name},{kind},{home},{town},{council},{region},AB{number} 1CD,{name} Group "
                f"{number},{aspect},{rating},{date}"
            )
    (folder / "ratings.csv").write_text("\n".join(lines), encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


def subjects(answer: Answer) -> set[str]:
    return {fact.subject for fact in answer.facts}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        # places that are left out
        ("Which care homes are outside Leeds?", {"Ash Lodge", "Yew Grange"}),
        ("Which care homes are there, except in York and Cornwall?", {"Oak House", "Elm Court"}),
        ("Leaving Leeds and York aside, which care homes are there?", {"Yew Grange"}),
        ("which care homes in the North does it list if you leave out Leeds?", {"Ash Lodge"}),
        # ratings that are not, and of two aspects
        ("Which care homes are neither good nor outstanding?", {"Elm Court", "Ash Lodge"}),
        ("Care homes that didn't get good (requires improvement or inadequate)", {"Elm Court", "Ash Lodge"}),
        ("Which care homes require improvement for both safe and effective?", {"Ash Lodge"}),
        ("Which care homes are inadequate or requires improvement for safe?", {"Elm Court", "Ash Lodge"}),
        ("Which care homes need improving overall?", {"Elm Court"}),
        ("are there any good care homes", {"Oak House"}),
        (
            "Which care homes are safe?",
            {"Oak House", "Yew Grange"},
        ),  # as "is it safe?" is answered: good or outstanding
        # dates
        ("Which care home has the oldest rating?", {"Yew Grange"}),
        ("most recently rated care home?", {"Ash Lodge"}),
        ("which care home has gone longest since it was rated", {"Yew Grange"}),
        ("top 5 care homes in the North", {"Oak House", "Elm Court", "Ash Lodge"}),  # there are no more
        ("Care homes rated from January to June 2019", {"Oak House"}),
        ("care homes rated since the beginning of 2019", {"Oak House", "Ash Lodge"}),
        ("the care homes whose ratings are from 2018", {"Elm Court"}),
        # slips of words that ask
        ("Lsit the care homes in Cornwall", {"Yew Grange"}),
        ("waht is Oak House raetd", {"Oak House"}),
        ("Which care homes are Otustanding?", {"Yew Grange"}),
        # a name is read whole, whatever stands beside it
        ("Before I ring them - what did the regulator give Oak House overall?", {"Oak House"}),
        ("My dad is moving to Oak House next month. What is it rated?", {"Oak House"}),
        ("Fir Park, any good?", {"Fir Park Surgery"}),
        ("Elm Court provider?", {"Elm Court"}),
        ("we're deciding between Oak House and Elm Court, which one did better", {"Oak House", "Elm Court"}),
    ],
)
def test_what_is_found(asked: str, found: set[str], service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, subjects(answer)) == ("answered", found)


@pytest.mark.parametrize(
    ("history", "asked", "found"),
    [
        (["How many care homes in the North are good?"], "same thing for the South", set()),
        (["Is Oak House good for safe?"], "is Elm Court?", {"Elm Court"}),
        (["Which care homes are good or better?"], "which ones aren't?", {"Elm Court", "Ash Lodge"}),
        (["Which care homes are inadequate?"], "and outside York?", set()),
    ],
)
def test_what_a_follow_up_finds(history: list[str], asked: str, found: set[str], service: Service) -> None:
    answer = service.ask(asked, history)
    assert (answer.status, subjects(answer)) == ("answered", found)


@pytest.mark.parametrize(
    "asked",
    [
        # Another kind than the one that is called so.
        "Is Cross Hospital in the directory, and how is it rated?",
        "How is Cross rated, the one in Birmingham?",  # nobody called so lies there
        "Larkspur Manor, York: rating?",
        "Has Elm Court been shut down?",
        "What will Elm Court be rated next year?",
        "How do I apply for a job at Elm Court?",
        "Who was the inspector at Elm Court?",
        "What was Elm Court rated before its current rating?",
    ],
)
def test_what_the_tables_do_not_hold_is_not_answered(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, answer.facts) == ("not_found", ())


def test_a_name_with_the_is_shared_with_the_one_without(service: Service) -> None:
    answer = service.ask("What is the Queen Anne Hospital rated?")
    assert (answer.status, subjects(answer)) == (
        "ambiguous",
        {"Queen Anne Hospital", "The Queen Anne Hospital"},
    )


def test_what_is_left_out_is_told(service: Service) -> None:
    answer = service.ask("How many care homes are there outside Leeds?")
    assert "2 care homes outside Leeds (council area)" in answer.answer.text
    assert ("outside", "Leeds") in {(one.field, one.value) for one in answer.understood.filters}


def test_an_answer_is_told_with_less_confidence_the_more_of_the_question_was_guessed(
    service: Service,
) -> None:
    plain, misspelt, shared = (
        service.ask(f"What is {name} rated?") for name in ("Oak House", "Oka Hosue", "Queen Anne Hospital")
    )
    assert plain.answer.confidence > misspelt.answer.confidence
    assert plain.answer.confidence > shared.answer.confidence


@pytest.mark.parametrize(
    "asked",
    ["Which care homes improved?", "How many homes got worse?", "What share of care homes has improved?"],
)
def test_changes_are_not_told_where_no_earlier_rating_is_held(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "The tables have no earlier rating" in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Which care homes have not been rated since 2018?", {"Elm Court", "Yew Grange"}),
        ("Which care homes have no rating?", set()),
        ("What was the newest rating?", {"Ash Lodge"}),
    ],
)
def test_what_is_denied_is_not_told_as_if_it_were_asked_for(
    asked: str, found: set[str], service: Service
) -> None:
    assert subjects(service.ask(asked)) == found


@pytest.mark.parametrize(
    ("asked", "outer", "inner", "told"),
    [
        ("how many care homes by region and rating", "North", "Inadequate", 1),
        ("care homes by rating and region", "Outstanding", "South", 1),
        ("count the care homes by council and rating", "Leeds", "Good", 1),
        ("rating by region and kind", "South", "GP Practices", 1),
        ("ratings by region", "South", "Outstanding", 1),
        ("rating per council", "York", "Inadequate", 1),
        ("average rating by region", "South", "Outstanding", 1),
        ("what is the average rating per council?", "York", "Inadequate", 1),
        ("how many places by council and provider", "York", "Ash Lodge Group 3", 1),
    ],
)
def test_both_of_two_groupings_are_taken(
    asked: str, outer: str, inner: str, told: int, service: Service
) -> None:
    answer = service.ask(asked)
    assert answer.status == "answered"
    assert told in [
        figure.value for figure in answer.figures if (figure.group, figure.label) == (outer, inner)
    ]
