"""Words for ratings: ranges, negations, aspects beside them, before and now, and when they were published."""

from __future__ import annotations

import pytest
from made_corpus import row, serve
from made_facts import BAD, GOOD, RI, TOP
from small_directory import asked as read_so

from qa.question.query import WHOLE, Rated, parts_of
from qa.service import Service

ASPECTS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")


# Ranges and negations ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A care home of each rating."""
    rows = [
        row(number, f"Home {number}", rating, "01/02/2020")
        for number, rating in enumerate((TOP, GOOD, RI, BAD), 1)
    ]
    return serve(tmp_path_factory.mktemp("four"), rows)


@pytest.mark.parametrize(
    "asked", ["which {} are there in Leeds", "how many {} are there in Leeds?", "{} leeds"]
)
@pytest.mark.parametrize(
    ("homes", "ratings"),
    [
        ("outstanding care homes", {TOP}),
        ("top rated care homes", {TOP}),
        ("good care homes", {GOOD}),
        ("RI care homes", {RI}),
        ("care homes that need to improve", {RI}),
        ("failing care homes", {BAD}),
        ("care homes below good", {RI, BAD}),
        ("care homes rated less than good", {RI, BAD}),
        ("care homes rated worse than good", {RI, BAD}),
        ("care homes rated lower than outstanding", {GOOD, RI, BAD}),
        ("care homes rated better than requires improvement", {TOP, GOOD}),
        ("care homes that are good or better", {TOP, GOOD}),
        ("care homes at least good", {TOP, GOOD}),
        ("care homes requires improvement or worse", {RI, BAD}),
        ("good or outstanding care homes", {TOP, GOOD}),
        ("care homes that are inadequate or requires improvement", {RI, BAD}),
        ("care homes that are not good", {TOP, RI, BAD}),
        ("care homes that aren't outstanding", {GOOD, RI, BAD}),
    ],
)
def test_ratings_are_read_with_their_ranges_and_negations(
    asked: str, homes: str, ratings: set[str], four: Service
) -> None:
    answer = four.ask(asked.format(homes))
    assert (answer.status, {fact.rating for fact in answer.facts}) == ("answered", ratings)


@pytest.mark.parametrize(
    ("question", "ratings"),
    [
        ("how many care homes in Leeds are either good or outstanding", {TOP, GOOD}),
        ("how many care homes in Leeds were either inadequate or requires improvement?", {RI, BAD}),
        ("Which care homes in Leeds are either outstanding or inadequate?", {TOP, BAD}),
        ("Which care homes in Leeds are rated either outstanding or inadequate?", {TOP, BAD}),
        ("care homes in Leeds, either good or inadequate", {GOOD, BAD}),
        ("Which care homes in Leeds or York are either outstanding or inadequate?", {TOP, BAD}),
        ("What share of care homes in Leeds are either outstanding or inadequate?", {TOP, BAD}),
        ("List the care homes in Leeds rated since 2019 that are either outstanding or good", {TOP, GOOD}),
        ("What care homes in Leeds have been given either a good or an inadequate rating?", {GOOD, BAD}),
    ],
)
def test_either_begins_a_list_and_joins_nothing(question: str, ratings: set[str], either: Service) -> None:
    answer = either.ask(question)
    assert (answer.status, {fact.rating for fact in answer.facts}) == ("answered", ratings)
    assert {fact.attributes["town"] for fact in answer.facts} <= {"Leeds"}, answer.answer.text


@pytest.fixture(scope="module")
def either(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A care home of each rating in Leeds, and others elsewhere."""
    told = [
        *((rating, "Leeds") for rating in (TOP, GOOD, RI, BAD)),
        (TOP, "Ripon"),
        (BAD, "Ripon"),
        (RI, "York"),
    ]
    rows = [
        row(number, f"Home {number}", rating, "01/02/2020", town=town)
        for number, (rating, town) in enumerate(told, 1)
    ]
    return serve(tmp_path_factory.mktemp("either"), rows)


def test_good_alone_is_exactly_good(four: Service) -> None:
    assert {fact.rating for fact in four.ask("are there any good care homes in Leeds").facts} == {GOOD}


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Which homes are rated good plus?", "6 care homes were rated Outstanding or Good: "),
        ("Which homes are good plus outstanding?", "6 care homes were rated Good or Outstanding: "),
        (
            "How many homes are rated inadequate plus requires improvement?",
            "4 care homes were rated Inadequate or Requires improvement: ",
        ),
        ("How many homes are in Ripon plus Selby?", "5 care homes in Ripon or Selby (postal towns): "),
    ],
)
def test_plus_joins_what_is_alike_and_otherwise_is_or_better(
    question: str, begins: str, county: Service
) -> None:
    assert county.ask(question).answer.text.startswith(begins)


# Aspects ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def aspects(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Homes by their ratings overall, and for safe, effective, caring, responsive and well-led."""
    told = [
        (GOOD, RI, GOOD, GOOD, GOOD, GOOD),
        (GOOD, GOOD, GOOD, GOOD, GOOD, BAD),
        (RI, GOOD, RI, BAD, RI, RI),
        (BAD, BAD, BAD, RI, RI, BAD),
        (GOOD, GOOD, TOP, GOOD, GOOD, GOOD),
    ]
    rows = [
        row(number, f"Home {number}", rating, "01/02/2020", aspect=aspect)
        for number, ratings in enumerate(told, 1)
        for aspect, rating in zip(ASPECTS, ratings, strict=True)
    ]
    return serve(tmp_path_factory.mktemp("aspects"), rows)


@pytest.mark.parametrize(
    ("homes", "found"),
    [
        ("care homes good overall but RI for safe", "1"),
        ("care homes rated good overall and inadequate for leadership", "2"),
        ("care homes inadequate for caring but good for safe", "3"),
        ("care homes that are outstanding for effective", "5"),
        ("care homes inadequate or requires improvement for safe", "14"),
        ("care homes good overall yet RI for being safe", "1"),
        ("care homes good overall, RI for being safe", "1"),
        ("care homes that need improvement on either safe or effective", "13"),
        ("care homes inadequate in either caring or well-led", "234"),
        ("care homes good for either safe or caring", "1235"),
    ],
)
def test_each_rating_belongs_to_the_aspect_beside_it(homes: str, found: str, aspects: Service) -> None:
    answer = aspects.ask(f"how many {homes}")
    assert {fact.attributes["identifier"] for fact in answer.facts} == set(found)
    assert next(figure.value for figure in answer.figures if figure.unit == "count") == len(found)


# Before and now ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Homes by what they were rated before and now."""
    told = {1: (GOOD, BAD), 2: (BAD, GOOD), 3: (RI, GOOD), 4: (GOOD, GOOD), 5: (BAD, BAD)}
    rows = [
        row(number, f"Home {number}", rating, date)
        for number, ratings in told.items()
        for rating, date in zip(ratings, ("01/02/2018", "01/02/2020"), strict=True)
    ]
    return serve(tmp_path_factory.mktemp("moved"), rows)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many more homes went up to good than down to inadequate?", "1 more: "),
        ("How many more homes moved up to good than to outstanding?", "2 more: "),
        ("How many more homes went from RI to good than from good to outstanding?", "1 more: "),
    ],
)
def test_all_that_is_said_of_a_move_is_of_its_side(asked: str, told: str, moved: Service) -> None:
    assert moved.ask(asked).answer.text.startswith(told)


@pytest.mark.parametrize(
    ("asked", "homes"),
    [
        ("Which homes did not improve to good?", "145"),
        ("Which homes didn't go up to good?", "145"),
        ("Which homes failed to improve to good?", "145"),
        ("Which homes have never improved to good?", "145"),
        ("Which homes weren't upgraded to good?", "145"),
        ("How many homes did not rise to good?", "145"),
        ("Which homes did not move to good?", "145"),
        ("Which homes did not go from requires improvement to good?", "1245"),
        ("Which homes have not gone from inadequate to good?", "1345"),
        ("Which homes did not improve from inadequate to good?", "1345"),
        ("Which homes did not drop to inadequate?", "2345"),
        ("Which homes other than those that dropped to inadequate are there?", "2345"),
        ("Excluding those that went from good to inadequate, which homes are there?", "2345"),
        ("Which homes that are good did not improve to good?", "4"),
        ("Which homes did not stay at good?", "1"),
        ("Which homes did not stay at inadequate?", "2"),
        ("Which homes stayed good?", "4"),
        ("Which homes improved to good?", "23"),
    ],
)
def test_what_a_move_is_denied_with_is_denied_with_it(asked: str, homes: str, moved: Service) -> None:
    answer = moved.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert {fact.attributes["identifier"] for fact in answer.facts} == set(homes), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (
            "Which are the poor ones for safety in Ripon and Thirsk that are run by Larkmoor?",
            "2 places in Ripon or Thirsk (postal towns) run by Larkmoor Care Ltd were rated Requires improvement",
        ),
        (
            "the good ones for safe in Ripon and Selby that are outstanding",
            "1 place in Ripon or Selby (postal towns) was rated Good for Safe and Outstanding overall: Brackwater",
        ),
        (
            "Which homes have three or more key questions at requires improvement?",
            "None: no care home was rated Requires improvement for all 3 key questions.",
        ),
    ],
)
def test_a_rating_is_for_the_aspects_that_come_after_its_noun(
    asked: str, begins: str, county: Service
) -> None:
    assert county.ask(asked).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("which went from good to inadequate", "1"),
        ("which were RI before", "3"),
        ("which started at inadequate", "25"),
        ("which are good now", "234"),
        ("which homes are good", "234"),
    ],
)
def test_a_rating_is_before_or_after_a_change_as_the_words_beside_it_say(
    asked: str, found: str, moved: Service
) -> None:
    answer = moved.ask(asked)
    assert {fact.attributes["identifier"] for fact in answer.facts} == set(found)


# When they were published -----------------------------------------------------------------------------------

DAYS = [
    f"{day:02}/{month:02}/{year}"
    for year in (2015, 2017, 2018, 2019, 2020)
    for month in (3, 5, 12)
    for day in (5, 28)
]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A home for each of thirty days."""
    return serve(
        tmp_path_factory.mktemp("dated"),
        [row(number, f"Home {number}", GOOD, day) for number, day in enumerate(DAYS, 1)],
    )


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        ("rated in 2020", "2020-01-01", "2021-01-01"),
        ("published during 2019", "2019-01-01", "2020-01-01"),
        ("rated in March 2019", "2019-03-01", "2019-04-01"),
        ("rated in december 2019", "2019-12-01", "2020-01-01"),
        ("rated on 5 May 2020", "2020-05-05", "2020-05-06"),
        ("rated since 2018", "2018-01-01", ""),
        ("rated since 5 May 2020", "2020-05-05", ""),
        ("rated after 2018", "2019-01-01", ""),
        ("rated before 2018", "", "2018-01-01"),
        ("with ratings older than March 2019", "", "2019-03-01"),
        ("rated between 2018 and March 2019", "2018-01-01", "2019-04-01"),
        ("rated from 2017 to 2018", "2017-01-01", "2019-01-01"),
        ("rated 2017-2018", "2017-01-01", "2019-01-01"),
        ("rated in 2018 or later", "2018-01-01", ""),
        ("rated in 2018 or earlier", "", "2019-01-01"),
        ("whose rating dates from 2018", "2018-01-01", "2019-01-01"),
    ],
)
def test_a_period_is_half_open(period: str, since: str, until: str, dated: Service) -> None:
    expected = [day for day in DAYS if (since or "0") <= "-".join(reversed(day.split("/"))) < (until or "9")]
    answer = dated.ask(f"How many care homes in Leeds {period}?")
    assert {f"{fact.published:%d/%m/%Y}" for fact in answer.facts if fact.published} == set(expected)
    assert answer.figures[0].value == len(expected)


@pytest.mark.parametrize("text", ["care homes in Leeds", "the care homes", "all 30 care homes"])
def test_what_is_no_date_is_no_period(text: str, dated: Service) -> None:
    assert dated.ask(f"How many are {text}?").facts_total in (0, len(DAYS))


def test_a_day_that_is_none_is_not_understood(dated: Service) -> None:
    answer = dated.ask("which care homes were rated on 31 February 2020?")
    assert (answer.facts, answer.status) == ((), "not_found") or answer.understood.left_out


@pytest.mark.parametrize(
    ("text", "of_service", "of_whole"),
    [
        (
            "which surgeries are outstanding for older people but not outstanding overall?",
            "Outstanding",
            None,
        ),
        ("which surgeries are good overall and outstanding for older people?", "Outstanding", "Good"),
        ("which surgeries are good for older people and inadequate overall?", "Good", "Inadequate"),
    ],
)
def test_a_rating_of_the_whole_beside_one_of_a_service_is_of_the_whole(
    text: str, of_service: str, of_whole: str | None
) -> None:
    [query] = read_so(text).queries
    told = {part.service != WHOLE: part.ratings for part in parts_of(query.scope) if isinstance(part, Rated)}
    assert told[True] == (of_service,)
    assert told[False] == (of_whole,) if of_whole else of_service not in told[False]


# Of 10 care homes 9 are not rated Good for at least one of three key questions, 5 for at least two, 1 for any.
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many care homes aren't good on at least one of the key questions?", 9),
        ("How many care homes are not good in one or more areas?", 9),
        ("How many care homes aren't rated good for something?", 9),
        ("How many care homes don't have a good rating in at least one area?", 9),
        ("How many care homes are not good for some key question?", 9),
        ("How many care homes aren't good for every key question?", 9),
        ("How many care homes are not good for all key questions?", 9),
        ("How many care homes aren't good on any of the key questions?", 1),
        ("How many care homes are not good for any area?", 1),
        ("How many care homes are not good for a single key question?", 1),
        ("How many care homes aren't good in anything?", 1),
        ("How many care homes have no area rated good?", 1),
        ("How many care homes aren't good for at least two key questions?", 5),
        ("How many care homes are not good in at least two of the five areas?", 5),
        ("Out of the care homes rated good overall, how many aren't good on at least one key question?", 3),
        ("How many care homes have at least one area rated inadequate?", 2),
        ("How many care homes have any key question rated inadequate?", 2),
    ],
)
def test_not_good_for_at_least_one_is_not_good_for_none(question: str, number: int, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ())
    assert next(figure.value for figure in answer.figures if figure.unit == "count") == number
