"""What a question is read as: ratings with their roles and aspects, periods, and what a follow-up takes from before."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import fact, vocabulary_of
from small_directory import names, small_directory

from qa.understanding import Vocabulary, understand
from qa.understanding.periods import find_period

GOOD_ONES, POOR_ONES = ("Outstanding", "Good"), ("Requires improvement", "Inadequate")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return small_directory()


# Ratings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ratings", "negated"),
    [
        ("outstanding care homes", ("Outstanding",), False),
        ("top rated care homes", ("Outstanding",), False),
        ("good care homes", ("Good",), False),
        ("RI care homes", ("Requires improvement",), False),
        ("care homes that need to improve", ("Requires improvement",), False),
        ("failing care homes", ("Inadequate",), False),
        ("care homes below good", POOR_ONES, False),
        ("care homes rated less than good", POOR_ONES, False),
        pytest.param(*("care homes rated worse than good", POOR_ONES, False)),
        pytest.param(*("care homes rated lower than outstanding", ("Good", *POOR_ONES), False)),
        pytest.param(*("care homes rated better than requires improvement", GOOD_ONES, False)),
        ("care homes that are good or better", GOOD_ONES, False),
        ("care homes at least good", GOOD_ONES, False),
        ("care homes requires improvement or worse", POOR_ONES, False),
        ("good or outstanding care homes", ("Good", "Outstanding"), False),
        ("care homes that are inadequate or requires improvement", ("Inadequate", "Requires improvement"), False),
        ("care homes that are not good", ("Good",), True),
        ("care homes that aren't outstanding", ("Outstanding",), True),
    ],
)
def test_ratings_are_read_with_their_ranges_and_negations(
    text: str, ratings: tuple[str, ...], negated: bool, vocabulary: Vocabulary
) -> None:
    [asked] = understand(f"which {text} are there in Leeds", [], vocabulary).ratings
    assert (asked.ratings, asked.negated) == (ratings, negated)


def test_good_alone_is_exactly_good(vocabulary: Vocabulary) -> None:
    [asked] = understand("are there any good care homes in Leeds", [], vocabulary).ratings
    assert asked.ratings == ("Good",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("which went from good to inadequate", [("Good", "before"), ("Inadequate", "after")]),
        ("which were RI before", [("Requires improvement", "before")]),
        ("which started at inadequate", [("Inadequate", "before")]),
        ("which are good now", [("Good", "after")]),
        ("which homes are good", [("Good", None)]),
    ],
)
def test_a_rating_is_before_or_after_a_change_as_the_words_beside_it_say(text: str, asked: list[tuple[str, str | None]]) -> None:
    changed = vocabulary_of(fact("Oak Tree House", "Good", previous="Inadequate"), fact("Elm House", "Inadequate", previous="Good"))
    assert [(one.ratings[0], one.role) for one in understand(text, [], changed).ratings] == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("care homes good overall but RI for safe", [("Good", "Overall"), ("Requires improvement", "Safe")]),
        ("care homes rated good overall and inadequate for leadership", [("Good", "Overall"), ("Inadequate", "Well-led")]),
        ("care homes inadequate for caring but good for safe", [("Inadequate", "Caring"), ("Good", "Safe")]),
        ("care homes that are outstanding for effective", [("Outstanding", "Effective")]),
        ("care homes inadequate or requires improvement for safe", [("Inadequate", "Safe")]),
        ("care homes good overall yet RI for being safe", [("Good", "Overall"), ("Requires improvement", "Safe")]),
        ("care homes good overall, RI for being safe", [("Good", "Overall"), ("Requires improvement", "Safe")]),
    ],
)
def test_each_rating_belongs_to_the_aspect_beside_it(text: str, asked: list[tuple[str, str]], vocabulary: Vocabulary) -> None:
    assert [(one.ratings[0], one.aspect) for one in understand(f"how many {text}", [], vocabulary).ratings] == asked


# Periods ------------------------------------------------------------------------------------------------------------


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("rated in 2020", "2020-01-01", "2021-01-01"),
        ("published during 2019", "2019-01-01", "2020-01-01"),
        ("in March 2019", "2019-03-01", "2019-04-01"),
        ("in december 2019", "2019-12-01", "2020-01-01"),
        ("on 5 May 2020", "2020-05-05", "2020-05-06"),
        ("on the 29th of february 2020", "2020-02-29", "2020-03-01"),
        ("since 2018", "2018-01-01", ""),
        ("since 5 May 2020", "2020-05-05", ""),
        ("after 2018", "2019-01-01", ""),
        ("before 2018", "", "2018-01-01"),
        ("older than March 2019", "", "2019-03-01"),
        ("between 2018 and March 2019", "2018-01-01", "2019-04-01"),
        ("from 2016 to 2018", "2016-01-01", "2019-01-01"),
        ("2016-2018", "2016-01-01", "2019-01-01"),
        ("2018 or later", "2018-01-01", ""),
        ("2018 or earlier", "", "2019-01-01"),
        ("whose rating dates from 2018", "2018-01-01", "2019-01-01"),
    ],
)
def test_a_period_is_half_open(text: str, since: str, until: str) -> None:
    found = find_period(f"care homes in Leeds {text}")
    assert found is not None
    assert (found[0].since, found[0].until) == (day(since), day(until))


@pytest.mark.parametrize("text", ["care homes in Leeds", "the 12 trusts", "on 31 February 2020", "room 20201", "in 1066", "top 20"])
def test_what_is_no_date_is_no_period(text: str) -> None:
    assert find_period(text) is None


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 12, 30)))
def test_any_day_written_out_is_its_own_period(date: datetime.date) -> None:
    found = find_period(f"rated on {date.day} {date:%B} {date.year}")
    assert found is not None
    assert (found[0].since, found[0].until) == (date, date + datetime.timedelta(days=1))


# Follow-ups ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "text", "named", "aspects"),
    [
        (["what is Oak Tree House rated"], "is it safe", ["1"], ["Safe"]),
        (["what is Oak Tree House rated"], "what about effective", ["1"], ["Effective"]),
        (["what is Oak Tree House rated"], "and for caring?", ["1"], ["Caring"]),
        (["is Oak Tree House safe"], "and quillbrook?", ["4"], ["Safe"]),
        (["is Oak Tree House safe"], "what about Thrushcombe Surgery", ["7"], ["Safe"]),
        (["Oak Tree House rating", "is it safe"], "and responsive?", ["1"], ["Responsive"]),
        (["Oak Tree House rating", "quillbrook rating"], "and the other one?", ["1"], []),
        (["is Oak Tree House safe"], "different question: quillbrook rating", ["4"], []),
        (["Oak Tree House rating", "thanks"], "is it caring", ["1"], ["Caring"]),
        (["how many care homes in Leeds"], "what is Oak Tree House rated", ["1"], []),
    ],
)
def test_a_follow_up_about_a_subject_takes_what_it_lacks(
    history: list[str], text: str, named: list[str], aspects: list[str], vocabulary: Vocabulary
) -> None:
    question = understand(text, history, vocabulary)
    assert [number for one in names(question, vocabulary) for number in one] == named
    assert list(question.aspects) == aspects


@pytest.mark.parametrize(
    ("history", "text", "places", "ratings"),
    [
        (["how many good care homes in Leeds"], "and in Norfolk?", ["Norfolk"], [("Good",)]),
        (["how many good care homes in Leeds"], "what about outstanding", ["Leeds"], [("Outstanding",)]),
        (["how many care homes in Leeds"], "which of those are outstanding?", ["Leeds"], [("Outstanding",)]),
        (["how many good care homes in Leeds", "and in Norfolk"], "and inadequate?", ["Norfolk"], [("Inadequate",)]),
        (["how many good care homes in Leeds"], "and there?", ["Leeds"], [("Good",)]),
        (["how many good care homes in Leeds"], "how many GP surgeries are in Devon", ["Devon"], []),
    ],
)
def test_a_follow_up_about_a_scope_takes_what_it_lacks(
    history: list[str], text: str, places: list[str], ratings: list[tuple[str, ...]], vocabulary: Vocabulary
) -> None:
    question = understand(text, history, vocabulary)
    assert [place.value for place in question.places] == places
    assert [asked.ratings for asked in question.ratings] == ratings
    assert [kind.label for kind in question.kinds] == (["GP practices"] if "GP" in text else ["care homes"])


@pytest.mark.parametrize("history", [[], ["thanks"], ["how many good care homes in Leeds"]])
def test_a_question_that_is_whole_stands_for_itself(history: list[str], vocabulary: Vocabulary) -> None:
    text = "How many GP practices in Devon are rated outstanding for safety?"
    assert understand(text, history, vocabulary).standalone == text
