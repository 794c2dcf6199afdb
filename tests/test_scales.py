"""Scales side by side: each table rates by its own, ratings are compared on one only, areas without an
overall are told as such.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from qa.evaluation.plain import evaluate
from qa.facts import FactStore
from qa.facts.run import run
from qa.question import query as q
from qa.reading import read_corpus
from qa.records import FactSource, RatingFact, Report
from qa.scale import CQC, Scale, TableScale, on_one_scale, side_by_side
from qa.service import Service
from qa.settings import Settings

STARS = Scale(("5", "4", "3", "2", "1", "0"), ("Exempt", "AwaitingInspection"))
WORDS = Scale(("Excellent", "Very good", "Good", "Weak"), synonyms={"6": "Excellent", "5": "Very good"})
MET = Scale(("Met", "Not met"))
GRADES = Scale(("Exceptional", "Strong standard", "Needs attention"))

HOMES = (
    "Name,Rating,Published\nElm House,Good,15/03/2018\nOak Lodge,Inadequate,01/02/2019\nAsh "
    "Court,Outstanding,20/12/2020\n"
)
CAFES = (
    "Business,Grade given,Published,Kind\nThe Blue Cafe,5,2024-03-01,Cafe\nCorner "
    "Plaice,0,2024-05-12,Takeaway\n"
    "Fig Grill,3,2023-11-20,Cafe\nOak Bakery,AwaitingInspection,2023-11-20,Cafe\n"
)
CAFES_DESCRIBED = """
[columns]
subject = "Business"
rating = "Grade given"
[scale]
ratings = ["5", "4", "3", "2", "1", "0"]
unrated = ["Exempt", "AwaitingInspection"]
"""
ABROAD = (
    "Place,Grade,Published\nBirch House,Very good,15/03/2018\nRowan "
    "Lodge,Good,01/02/2019\nWillow,Weak,20/12/2020\n"
)
ABROAD_DESCRIBED = (
    '[columns]\nsubject = "Place"\n[scale]\nratings = ["Excellent", "Very good", "Good", "Weak"]\n'
)
CARDS = """School,Safeguarding,Attendance and behaviour,Leadership and governance,Achievement,Published
Fernhill School,Met,Needs attention,Strong standard,Exceptional,12/01/2026
Lowfield School,Not met,Needs attention,Needs attention,Needs attention,13/01/2026
Priory School,Met,Strong standard,Strong standard,,20/01/2026
"""
CARDS_DESCRIBED = """
[columns]
subject = "School"
[aspects]
"Safeguarding" = "Safeguarding"
"Attendance and behaviour" = "Attendance and behaviour"
"Leadership and governance" = "Leadership and governance"
"Achievement" = "Achievement"
[scale]
ratings = ["Exceptional", "Strong standard", "Needs attention"]
[scales.Safeguarding]
ratings = ["Met", "Not met"]
"""


def service(folder: Path, files: Mapping[str, str]) -> Service:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return service(tmp_path_factory.mktemp("cards"), {"cards.csv": CARDS, "cards.csv.toml": CARDS_DESCRIBED})


@pytest.fixture(scope="module")
def cafes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return service(tmp_path_factory.mktemp("cafes"), {"cafes.csv": CAFES, "cafes.csv.toml": CAFES_DESCRIBED})


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Service:
    files = {"homes.csv": HOMES, "cafes.csv": CAFES, "cafes.csv.toml": CAFES_DESCRIBED, "abroad.csv": ABROAD}
    return service(
        tmp_path_factory.mktemp("mixed"),
        files | {"abroad.csv.toml": ABROAD_DESCRIBED, "cards.csv": CARDS, "cards.csv.toml": CARDS_DESCRIBED},
    )


# Scales -----------------------------------------------------------------------------------------------------


def test_one_scale_of_all_tables_stays_as_it_is() -> None:
    assert side_by_side({}) is CQC
    assert side_by_side({"a.csv": TableScale(STARS), "b.csv": TableScale(STARS)}) is STARS


def test_scales_side_by_side_know_which_table_and_aspect_is_rated_by_which() -> None:
    scale = side_by_side({"a.csv": TableScale(CQC), "b.csv": TableScale(WORDS, {"safeguarding": MET})})
    assert scale.parts == (CQC, WORDS, MET)
    assert [
        scale.part(*one)
        for one in (("a.csv", "Safe"), ("b.csv", "Safe"), ("b.csv", "Safeguarding"), ("c.md", "Safe"))
    ] == [0, 1, 2, 0]
    good, very_good, not_met = (
        scale.place(*one)
        for one in (("Good", "a.csv", ""), ("Very good", "b.csv", ""), ("Not met", "b.csv", "Safeguarding"))
    )
    assert (good, very_good, not_met) != (None, None, None)
    assert not on_one_scale(place for place in (good, very_good, not_met) if place is not None)
    assert [scale.place(word, "b.csv", "") for word in WORDS.ratings] == list(range(1_000, 1_004))
    assert scale.place("Inadequate", "b.csv", "") is None


def test_words_around_a_rating_are_those_of_each_scale_that_has_it() -> None:
    scale = side_by_side({"a.csv": TableScale(CQC), "b.csv": TableScale(WORDS), "c.csv": TableScale(STARS)})
    assert scale.above("Good") == ("Outstanding", "Excellent", "Very good")
    assert scale.below("Good") == ("Requires improvement", "Inadequate", "Weak")
    assert scale.others(("4",)) == ("5", "3", "2", "1", "0")
    assert scale.best == ("Outstanding", "Excellent", "5")
    assert scale.canonical("5") == "5"  # a rating of its own, not what another scale has for a synonym


# Facts ------------------------------------------------------------------------------------------------------


def fact(number: int, subject: str, rating: str, document: str, aspect: str = "Overall") -> RatingFact:
    source = FactSource(document, document, None, number)
    return RatingFact(
        f"{document}:{number}",
        subject,
        aspect,
        None,
        rating,
        None,
        datetime.date(2020, 1, number),
        None,
        {},
        source,
    )


FACTS = [
    fact(1, "A", "Good", "a.csv"),
    fact(2, "B", "Very good", "b.csv"),
    fact(3, "C", "Weak", "b.csv"),
    fact(4, "A", "Met", "a.csv", "Safe"),
    fact(5, "B", "Good", "b.csv", "Safe"),
]
SCALE = side_by_side({"a.csv": TableScale(CQC, {"safe": MET}), "b.csv": TableScale(WORDS)})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (q.Query(q.RatedAgainst(1, -1)), set()),
        (q.Query(q.RatedAgainst(2, -1)), {"C"}),
        (q.Query(q.AspectAgainst("Overall", 1, "Safe")), {"B"}),
        (q.Query(q.AspectAgainst("Overall", 0, "Safe")), set()),
        (q.Query(q.Rated(SCALE.above("Good"))), {"B"}),
    ],
)
def test_conditions_compare_on_one_scale_only(query: q.Query, expected: set[str]) -> None:
    store = FactStore.in_memory(FACTS, {rating: rank for rank, rating in enumerate(SCALE.ratings)})
    found = run(query, store, SCALE)
    assert {one.subject for one in found.facts} == expected
    assert found == evaluate(query, FACTS, SCALE)


@pytest.mark.parametrize(
    "query",
    [
        q.Query(order=q.Order("rating"), ranks=(1, 1)),
        q.Query(q.Named((1,)), against=(q.Named((2,)),), relation="better"),
        q.Query(q.Named((1,)), against=(q.Named((2,)), q.Named((3,))), relation="compare"),
    ],
)
def test_what_ranks_over_several_scales_says_so(query: q.Query) -> None:
    store = FactStore.in_memory(FACTS, {rating: rank for rank, rating in enumerate(SCALE.ratings)})
    found = run(query, store, SCALE)
    assert (found.missing, found.detail) == ("scale", "Outstanding to Inadequate; Excellent to Weak")
    assert found.verdict is None
    assert found == evaluate(query, FACTS, SCALE)


def test_on_one_scale_it_is_ranked() -> None:
    store = FactStore.in_memory(FACTS, {rating: rank for rank, rating in enumerate(SCALE.ratings)})
    better = q.Query(q.Named((2,)), against=(q.Named((3,)),), relation="better")
    assert run(better, store, SCALE).verdict is True
    assert run(better, store, SCALE) == evaluate(better, FACTS, SCALE)


# Answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("Which places are rated 5?", "1 place was rated 5: The Blue Cafe"),
        ("How many places are rated 3 or better?", "2 places were rated 5, 4 or 3"),
        ("places rated below 4", "2 places were rated 3, 2, 1 or 0"),
        ("Which places scored 0?", "1 place was rated 0: Corner Plaice"),
        ("rated 4 or 5", "1 place was rated 4 or 5: The Blue Cafe"),
        ("Is The Blue Cafe rated 5?", "Yes. The Blue Cafe was rated 5"),
        ("list 2 places", "4 places. The first are The Blue Cafe and Corner Plaice."),
        ("Which place has the best rating?", "The Blue Cafe (5, "),
        ("Is The Blue Cafe better than Fig Grill?", "Yes. The Blue Cafe is rated higher."),
        (
            "Which places are awaiting inspection?",
            "1 place had the published result “AwaitingInspection”: Oak Bakery",
        ),
    ],
)
def test_a_scale_of_numbers_is_understood(cafes: Service, question: str, starts: str) -> None:
    answer = cafes.ask(question)
    assert answer.answer.text.startswith(starts), answer.answer.text
    assert answer.understood.left_out == ()


NUMBERED = """Name,Staff,Setting,Published
Birch House,5,4,2024-03-12
Rowan Lodge,3,3,2024-05-04
Willow Nursery,6,5,2024-01-20
"""
IN_WORDS = """[aspects]
"Staff" = "Staff"
"Setting" = "Setting"
[scale]
ratings = ["Excellent", "Very good", "Good", "Adequate", "Weak", "Unsatisfactory"]
synonyms = { "6" = "Excellent", "5" = "Very good", "4" = "Good", "3" = "Adequate", "2" = "Weak", "1" = "Unsatisfactory" }
"""


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("grades")
    (folder / "grades.csv").write_text(NUMBERED, encoding="utf-8")
    (folder / "grades.csv.toml").write_text(IN_WORDS, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("Who has a 6 for staff?", "1 place was rated Excellent for Staff: Willow Nursery"),
        ("Which places have 5 for setting?", "1 place was rated Very good for Setting: Willow Nursery"),
        ("Which places have at least 5 for staff?", "2 places were rated Excellent or Very good for Staff"),
        (
            "Which places have less than 4 for staff?",
            "1 place was rated Adequate, Weak or Unsatisfactory for Staff: Rowan Lodge",
        ),
        (
            "Which places are rated below 5 for staff?",
            "1 place was rated Good, Adequate, Weak or Unsatisfactory for Staff: Rowan",
        ),
        ("top 2 for staff", "The 2 places with the highest ratings for Staff: Willow Nursery"),
    ],
)
def test_numbers_that_stand_for_the_words_of_a_scale_are_ratings_beside_an_area(
    grades: Service, question: str, starts: str
) -> None:
    answer = grades.ask(question)
    assert answer.answer.text.startswith(starts), answer.answer.text
    assert answer.understood.left_out == ()


FERNHILL = (
    "Fernhill School: Safeguarding Met, Attendance and behaviour Needs attention, Leadership and governance "
    "Strong standard, Achievement Exceptional (published 12 January 2026)."
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is Fernhill School rated?", FERNHILL),
        ("what is the overall rating of Fernhill School?", FERNHILL),
        ("Is Fernhill School exceptional?", FERNHILL),
        ("When was Fernhill School rated?", FERNHILL),
        (
            "What is Fernhill rated for behaviour?",
            "Fernhill School was rated Needs attention for Attendance and behaviour",
        ),
        (
            "leadership of Priory School",
            "Priory School was rated Strong standard for Leadership and governance",
        ),
        (
            "Which schools did not meet safeguarding?",
            "1 school was rated Not met for Safeguarding: Lowfield School",
        ),
        ("Do all schools meet safeguarding?", "No. 2 of 3"),
        (
            "Which schools need attention for achievement?",
            "1 school was rated Needs attention for Achievement: Lowfield School",
        ),
        ("Is Fernhill School better than Priory School for behaviour?", "No. Priory School is rated higher."),
        (
            "How many schools are exceptional?",
            "1 school was rated Exceptional for any key question: Fernhill School",
        ),
        ("How many schools are there?", "3 schools: Fernhill School (Met for Safeguarding"),
    ],
)
def test_areas_without_an_overall_are_all_told(cards: Service, question: str, text: str) -> None:
    assert cards.ask(question).answer.text.startswith(text)


@pytest.mark.parametrize(
    "question",
    ["Which school is best?", "Are all schools exceptional?", "What share of schools is exceptional?"],
)
def test_no_overall_is_made_up_where_one_is_needed(cards: Service, question: str) -> None:
    answer = cards.ask(question)
    assert answer.answer.text.startswith("The tables have no overall rating; they rate Achievement,")
    assert (answer.status, answer.facts) == ("not_found", ())


def test_no_rating_of_a_subject_is_left_out_where_it_is_compared_without_an_overall(cards: Service) -> None:
    answer = cards.ask("Is Fernhill School better than Lowfield School?")
    assert len(answer.facts) == 8
    assert not answer.answer.text.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    "question",
    [
        "Is Elm House better than Birch House?",
        "Compare Elm House and Willow",
        "Which place has the best rating?",
    ],
)
def test_ratings_of_several_scales_are_not_set_against_each_other(mixed: Service, question: str) -> None:
    text = mixed.ask(question).answer.text
    assert "can’t be set against each other" in text
    assert "higher" not in text


@pytest.mark.parametrize(
    ("question", "starts", "says"),
    [
        (
            "How many places are good?",
            "2 places were rated Good: Rowan Lodge (published 1 February 2019) and Elm House",
            True,
        ),
        (
            "How many places are rated better than good?",
            "2 places were rated Excellent, Very good or Outstanding",
            True,
        ),
        ("Which places are rated 5?", "1 place was rated 5: The Blue Cafe", False),
        ("Is The Blue Cafe better than Fig Grill?", "Yes. The Blue Cafe is rated higher.", False),
        ("What is Fernhill School rated?", FERNHILL, False),
        ("What is Birch House rated?", "Birch House was rated Very good", False),
    ],
)
def test_a_folder_of_several_scales_tells_each_by_its_own(
    mixed: Service, question: str, starts: str, says: bool
) -> None:
    text = mixed.ask(question).answer.text
    assert text.startswith(starts)
    assert ("which mean different things" in text) is says


@pytest.mark.parametrize(
    "question",
    [
        "What is Elm House rated for cleanliness?",
        "cleanliness rating of Elm House",
        "How many places are good for dignity?",
    ],
)
def test_an_aspect_that_no_table_rates_is_never_answered_with_the_overall(
    mixed: Service, question: str
) -> None:
    answer = mixed.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "say nothing about ratings for “" in answer.answer.text


def test_an_aspects_scale_of_its_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text(CARDS, encoding="utf-8")
    (tmp_path / "cards.csv.toml").write_text(CARDS_DESCRIBED, encoding="utf-8")
    report = Report()
    corpus = read_corpus(tmp_path, report)
    assert {one.rating for one in corpus.facts if one.aspect == "Safeguarding"} == {"Met", "Not met"}
    assert corpus.scale.parts == (GRADES, MET)
    assert not [problem for problem in report.problems if "scale" in problem.message]


def test_who_is_rated_only_for_areas_counts_as_well(tmp_path: Path) -> None:
    cards = (
        "School,Nursery,Staff,Published\nHill School,,Good,2024-01-01\nDale "
        "School,Inadequate,Good,2024-01-02\nLake School,,,2024-01-02\n"
    )
    described = '[aspects]\n"Nursery" = "Nursery"\n"Staff" = "Staff"\n'
    opened = service(tmp_path, {"cards.csv": cards, "cards.csv.toml": described, "homes.csv": HOMES})
    assert opened.ask("How many places are there?").figures[0].value == 6
    listed = opened.ask("Show all places")
    assert {one.subject for one in listed.facts} == {
        "Elm House",
        "Oak Lodge",
        "Ash Court",
        "Hill School",
        "Dale School",
        "Lake School",
    }


@pytest.mark.parametrize(
    "query",
    [
        q.Query(measure=q.Count()),
        q.Query(),
        q.Query(measure=q.Count(), by=("year",)),
        q.Query(q.Rated(("Met",), "Safe")),
        q.Query(q.Published(datetime.date(2020, 1, 3))),
    ],
)
def test_both_programs_count_who_is_rated_only_for_areas(query: q.Query) -> None:
    facts = [
        *FACTS,
        fact(6, "D", "Met", "c.csv", "Staff"),
        fact(7, "E", "Met", "c.csv", "Safe"),
        fact(8, "D", "Met", "c.csv", "Safe"),
    ]
    store = FactStore.in_memory(facts, {rating: rank for rank, rating in enumerate(SCALE.ratings)})
    assert run(query, store, SCALE) == evaluate(query, facts, SCALE)
    assert run(q.Query(measure=q.Count()), store, SCALE).figure == 5


def test_beside_tables_with_an_overall_an_area_is_told_by_its_name(mixed: Service) -> None:
    text = mixed.ask("How many places were rated in January 2026?").answer.text
    assert text.startswith(
        "3 places with a rating published in January 2026: Fernhill School (Met for Safeguarding, "
    )


def test_dates_of_areas_are_dates_of_the_place(cards: Service) -> None:
    assert cards.ask("How many schools were rated in January 2026?").figures[0].value == 3
    assert {one.subject for one in cards.ask("Which schools were rated after 15 January 2026?").facts} == {
        "Priory School"
    }
    assert cards.ask("How many schools were rated in 2024?").status == "not_found"


def test_one_number_of_two_registers_is_two_subjects(tmp_path: Path) -> None:
    schools = (
        "School,URN,LA,Rating,Published\nFernhill School,100001,Wexcombe,Good,2024-01-01\nDale "
        "School,100002,Wexcombe,Good,2024-01-01\n"
    )
    cafes = (
        "Name,ID,Postcode,Grade,Published\nThe Quay Cafe,100001,HU1 1AA,5,2024-02-01\nDale "
        "School,100002,WX1 1AA,4,2024-02-01\n"
    )
    described = '[columns]\nrating = "Grade"\n[scale]\nratings = ["5", "4", "0"]\n'
    opened = service(tmp_path, {"schools.csv": schools, "cafes.csv": cafes, "cafes.csv.toml": described})
    assert opened.ask("What is Fernhill School rated?").answer.text.startswith(
        "Fernhill School was rated Good"
    )
    assert opened.ask("What is The Quay Cafe rated?").answer.text.startswith("The Quay Cafe was rated 5")
    assert (
        opened.ask("How many places are there?").figures[0].value == 3
    )  # the school's kitchen is the school's


def test_a_place_that_was_renamed_keeps_its_number(tmp_path: Path) -> None:
    old = "Name,ID,Postcode,Rating,Published\nElm House,1-100,LS1 1AA,Inadequate,2020-01-01\n"
    new = "Name,ID,Postcode,Rating,Published\nThe Willows,1-100,LS1 1AA,Good,2024-01-01\n"
    opened = service(tmp_path, {"2020.csv": old, "2024.csv": new})
    assert opened.ask("How many places are there?").figures[0].value == 1
    assert "up from Inadequate" in opened.ask("What is The Willows rated?").answer.text


@pytest.mark.parametrize(
    "question",
    ["Is Fernhill School good?", "How many schools are outstanding?", "Which schools require improvement?"],
)
def test_a_rating_of_another_scale_is_said_to_be_none_of_this(cards: Service, question: str) -> None:
    answer = cards.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert (
        "ratings in words that are not on their scale (Exceptional to Needs attention, Met to Not met)"
        in answer.answer.text
    )
