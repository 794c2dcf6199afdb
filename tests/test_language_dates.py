"""Expressions of time in questions."""

import datetime
import itertools
import time

import pace
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.dates import Period, find_periods, say_period

AS_OF = datetime.date(2021, 2, 3)  # the newest date held
OPEN = ""

# What is said, since, until
SAID = [
    # One stretch of days
    ("in 2020", "2020-01-01", "2021-01-01"),
    ("during March 2020", "2020-03-01", "2020-04-01"),
    ("in December 2020", "2020-12-01", "2021-01-01"),
    ("on 12/03/2020", "2020-03-12", "2020-03-13"),
    ("on 12.3.20", "2020-03-12", "2020-03-13"),
    ("on 12 March 2020", "2020-03-12", "2020-03-13"),
    ("Thursday 12 March 2020", "2020-03-12", "2020-03-13"),
    ("12th of March, 2020", "2020-03-12", "2020-03-13"),
    ("March 12th, 2020", "2020-03-12", "2020-03-13"),
    ("2020-03-12", "2020-03-12", "2020-03-13"),
    ("Sept 2019", "2019-09-01", "2019-10-01"),
    ("03/2020", "2020-03-01", "2020-04-01"),
    ("2020-03", "2020-03-01", "2020-04-01"),
    ("2019/20", "2019-04-01", "2020-04-01"),
    ("2019–20", "2019-04-01", "2020-04-01"),
    ("2019/2020", "2019-04-01", "2020-04-01"),
    ("1999/00", "1999-04-01", "2000-04-01"),
    ("the financial year 2019/20", "2019-04-01", "2020-04-01"),
    ("the year to March 2020", "2019-04-01", "2020-04-01"),
    ("the 12 months ending 31 March 2020", "2019-04-01", "2020-04-01"),
    ("in the two years before March 2020", "2018-03-01", "2020-03-01"),
    ("the three years up to 2020", "2018-01-01", "2021-01-01"),
    ("in the two years after 2018", "2019-01-01", "2021-01-01"),
    ("the 2019/20 financial year", "2019-04-01", "2020-04-01"),
    ("FY19/20", "2019-04-01", "2020-04-01"),
    ("15th March '20", "2020-03-15", "2020-03-16"),
    ("first half of 2019", "2019-01-01", "2019-07-01"),
    ("the 2nd half of 2019", "2019-07-01", "2020-01-01"),
    ("Q1 2019", "2019-01-01", "2019-04-01"),
    ("2019 Q4", "2019-10-01", "2020-01-01"),
    ("first quarter of 2019", "2019-01-01", "2019-04-01"),
    ("the last quarter of 2019", "2019-10-01", "2020-01-01"),
    ("spring 2019", "2019-03-01", "2019-06-01"),
    ("in the 2010s", "2010-01-01", "2020-01-01"),
    # From, to and between
    ("between 2018 and March 2019", "2018-01-01", "2019-04-01"),
    ("from March 2018 to 2019", "2018-03-01", "2020-01-01"),
    ("between March and May 2019", "2019-03-01", "2019-06-01"),
    ("between November and February 2020", "2019-11-01", "2020-03-01"),
    ("from November 2019 to February", "2019-11-01", "2020-03-01"),
    ("between 1 and 5 March 2020", "2020-03-01", "2020-03-06"),
    ("5–9 March 2020", "2020-03-05", "2020-03-10"),
    ("2019–2021", "2019-01-01", "2022-01-01"),
    ("2019-2021", "2019-01-01", "2022-01-01"),
    ("2019 - 2021", "2019-01-01", "2022-01-01"),
    ("2019 to 2021", "2019-01-01", "2022-01-01"),
    ("2014-16", "2014-01-01", "2017-01-01"),
    ("between 2018 and 2020 inclusive", "2018-01-01", "2021-01-01"),
    ("between 2020 and 2018", "2018-01-01", "2021-01-01"),
    ("from the start of 2018 until the end of 2019", "2018-01-01", "2020-01-01"),
    ("since 2018 but before 2020", "2018-01-01", "2020-01-01"),
    ("no earlier than 2017 and no later than 2019", "2017-01-01", "2020-01-01"),
    ("before 2020 and after 2017", "2018-01-01", "2020-01-01"),
    # Open at the end
    ("since 2023", "2023-01-01", OPEN),
    ("since the start of 2024", "2024-01-01", OPEN),
    ("not before 2023", "2023-01-01", OPEN),
    ("from 2019 on", "2019-01-01", OPEN),
    ("from 2019 onwards", "2019-01-01", OPEN),
    ("rated from 2019", "2019-01-01", OPEN),
    ("2019 or later", "2019-01-01", OPEN),
    ("since 2019 to date", "2019-01-01", OPEN),
    ("2015 – present", "2015-01-01", OPEN),
    ("on or after 1 March 2019", "2019-03-01", OPEN),
    ("after 2019", "2020-01-01", OPEN),
    ("after 5 March 2019", "2019-03-06", OPEN),
    ("newer than 2017", "2018-01-01", OPEN),
    ("post-2019", "2020-01-01", OPEN),
    # Open at the beginning
    ("before 2018", OPEN, "2018-01-01"),
    ("from before 2016", OPEN, "2016-01-01"),
    ("older than 2017", OPEN, "2017-01-01"),
    ("pre-2018", OPEN, "2018-01-01"),
    ("up to 2018", OPEN, "2019-01-01"),
    ("up to but not including 2018", OPEN, "2018-01-01"),
    ("until 2018", OPEN, "2019-01-01"),
    ("by 2018", OPEN, "2019-01-01"),
    ("by the end of 2018", OPEN, "2019-01-01"),
    ("no later than 2018", OPEN, "2019-01-01"),
    ("no later than March 2018", OPEN, "2018-04-01"),
    ("2018 or earlier", OPEN, "2019-01-01"),
    ("on or before 5 March 2018", OPEN, "2018-03-06"),
    ("not since 2019", OPEN, "2020-01-01"),
    ("not rated since 2019", OPEN, "2020-01-01"),
    ("haven't been inspected since March 2019", OPEN, "2019-04-01"),
    ("haven't had a rating since before 2018", OPEN, "2018-01-01"),
    ("no inspection since 2019", OPEN, "2020-01-01"),
    ("haven't had an overall rating published since before 2019", OPEN, "2019-01-01"),
    ("hasn't got a new CQC report since 2018", OPEN, "2019-01-01"),
]
COUNTED_BACK = [
    ("in the last two years", "2019-02-03", OPEN),
    ("in the past 18 months", "2019-08-03", OPEN),
    ("within the last year", "2020-02-03", OPEN),
    ("in the past year", "2020-02-03", OPEN),
    ("less than 2 years old", "2019-02-03", OPEN),
    ("not older than two years", "2019-02-03", OPEN),
    ("this year", "2021-01-01", "2022-01-01"),
    ("last year", "2020-01-01", "2021-01-01"),
    ("since last year", "2020-01-01", OPEN),
    ("last month", "2021-01-01", "2021-02-01"),
    ("over five years ago", OPEN, "2016-02-03"),
    ("more than 3 years old", OPEN, "2018-02-03"),
    ("older than three years", OPEN, "2018-02-03"),
    ("at least 3 years old", OPEN, "2018-02-04"),
    ("three or more years old", OPEN, "2018-02-04"),
    ("not rated for over 3 years", OPEN, "2018-02-03"),
    ("not inspected for two years", OPEN, "2019-02-03"),
]
ASSUMED = [
    ("in March", "2020-03-01", "2020-04-01"),
    ("in February", "2021-02-01", "2021-03-01"),
    ("on 5 March", "2020-03-05", "2020-03-06"),
    ("since January", "2021-01-01", OPEN),
    ("last March", "2020-03-01", "2020-04-01"),
    ("between November and January", "2020-11-01", "2021-02-01"),
]
NOT_READ = [
    "early 2020", "between early 2018 and 2020", "between 2018 and early 2020", "around 2019", "winter 2019", "more than 2000 homes",
    "May I ask", "what may be wrong", "March Road", "SW1 2019AB", "version 2019.5", "two years ago", "a 2 year old",
    "in the last few years",
    "1850", "the end", "the end of 2019", "two years after 2018", "within a year of 2019", "not for years", "",
]  # fmt: skip
IMPOSSIBLE = [
    "31/02/2018",
    "30 February 2019",
    "31 April 2020",
    "03/15/2018",
    "since 31/02/2018",
    "between 31/02/2018 and 2019",
]


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def bounds(text: str) -> list[tuple[datetime.date | None, datetime.date | None]]:
    return [(period.since, period.until) for period in find_periods(text, AS_OF)]


def flags(period: Period) -> set[str]:
    return {flag for flag in ("assumed", "counted_back", "impossible", "standing") if getattr(period, flag)}


@pytest.mark.parametrize(("said", "since", "until"), SAID)
def test_an_expression_of_time_is_read_whole(said: str, since: str, until: str) -> None:
    for question in (said, f"How many homes were rated good {said}?"):
        (period,) = find_periods(question, AS_OF)
        assert (period.since, period.until, flags(period)) == (day(since), day(until), set())
        assert said.endswith(period.said)
        assert question[period.start : period.end] == period.said


@pytest.mark.parametrize(("said", "since", "until"), COUNTED_BACK)
def test_what_is_counted_back_from_the_newest_date_says_so(said: str, since: str, until: str) -> None:
    (period,) = find_periods(f"Which ratings are {said}?", AS_OF)
    assert (period.since, period.until, flags(period)) == (day(since), day(until), {"counted_back"})
    assert find_periods(said) == []


@pytest.mark.parametrize(("said", "since", "until"), ASSUMED)
def test_a_year_that_was_not_said_is_assumed(said: str, since: str, until: str) -> None:
    (period,) = find_periods(f"Which homes were rated {said}?", AS_OF)
    assert (period.since, period.until, flags(period)) == (day(since), day(until), {"assumed"})
    assert find_periods(said) == []


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_not_exact_or_no_time_is_not_read(text: str) -> None:
    assert find_periods(text, AS_OF) == []


@pytest.mark.parametrize("said", IMPOSSIBLE)
def test_a_day_that_does_not_exist_is_reported(said: str) -> None:
    (period,) = find_periods(f"Which homes were rated {said}?", AS_OF)
    assert (period.since, period.until, flags(period)) == (None, None, {"impossible"})


@pytest.mark.parametrize(
    "said", ["as at 31 March 2020", "as they stood on 31/03/2020", "at the end of March 2020"]
)
def test_ratings_as_they_stood_are_told_from_those_published_then(said: str) -> None:
    (period,) = find_periods(said)
    assert (period.since, period.until, flags(period)) == (day("2020-03-31"), day("2020-04-01"), {"standing"})


def test_several_periods_are_found_one_by_one() -> None:
    assert bounds("in 2019, 2020 or after May 2022") == [
        (day("2019-01-01"), day("2020-01-01")),
        (day("2020-01-01"), day("2021-01-01")),
        (day("2022-06-01"), None),
    ]
    assert bounds("in March and April 2019") == [
        (day("2019-03-01"), day("2019-04-01")),
        (day("2019-04-01"), day("2019-05-01")),
    ]


def test_a_rating_from_a_year_is_of_that_year() -> None:
    assert bounds("ratings from 2019") == [(day("2019-01-01"), day("2020-01-01"))]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("from 2018 or 2019", (2018, 2019)),
        ("rated from 2018 and 2019", (2018, 2019)),
        ("from 2017, 2018 or 2020", (2017, 2018, 2020)),
    ],
)
def test_several_years_behind_from_are_those_years(text: str, years: tuple[int, ...]) -> None:
    assert bounds(text) == [(day(f"{year}-01-01"), day(f"{year + 1}-01-01")) for year in years]


def test_not_belongs_to_since_only_where_nothing_else_is_denied() -> None:
    assert bounds("not been good since 2019") == [(day("2019-01-01"), None)]


@pytest.mark.parametrize(
    "text",
    [
        ("31/02/2018? " * 167)[:2000],
        ("March, " * 400)[:2000],
        ("2019 to " * 300)[:2000],
        "1/" * 1000,
        "two " * 500,
        "not rated since " * 125,
        "year to " * 250 + "2019",
        "3 years or more " * 125,
    ],
    ids=lambda text: text[:16].strip(),
)
def test_long_questions_take_little_time(text: str) -> None:
    def seconds() -> float:
        begin = time.process_time()
        find_periods(text, AS_OF)
        return time.process_time() - begin

    assert pace.keeps(min(seconds() for _ in range(5)), 0.1)


DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
BOUNDS = st.one_of(
    DAYS,
    DAYS.map(lambda date: date.replace(day=1)),
    DAYS.map(lambda date: date.replace(day=1, month=1)),
)


@given(st.none() | BOUNDS, st.none() | BOUNDS)
def test_a_period_is_read_as_it_is_said(one: datetime.date | None, two: datetime.date | None) -> None:
    since, until = (min(one, two), max(one, two)) if one and two else (one, two)
    if since == until:
        return
    said = say_period(Period(since, until, 0, 0, ""))
    assert [(period.since, period.until, period.said) for period in find_periods(said)] == [
        (since, until, said)
    ]


@given(DAYS)
def test_a_day_at_which_ratings_stood_is_read_as_it_is_said(date: datetime.date) -> None:
    said = say_period(Period(date, date + datetime.timedelta(days=1), 0, 0, "", standing=True))
    assert [(period.since, period.standing) for period in find_periods(said)] == [(date, True)]


@given(st.text(alphabet="since 2019/-, to march before not 31 end of last years", max_size=80))
def test_periods_keep_their_place_in_any_text(text: str) -> None:
    periods = find_periods(text, AS_OF)
    assert all(text[period.start : period.end] == period.said for period in periods)
    assert all(one.end <= two.start for one, two in itertools.pairwise(periods))
    assert all(
        period.since is None or period.until is None or period.since < period.until for period in periods
    )
