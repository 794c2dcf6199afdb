"""The store of rating facts: which fact counts, what came before it, and what typed queries find."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import BAD, GOOD, RI, TOP, by, dated, fact, rated, store, told

from qa.facts.run import run
from qa.question.query import Count, Moved, Named, Query, Ratings
from qa.records import RatingFact
from qa.scale import CQC


@pytest.mark.parametrize(
    ("rows", "counting"),
    [
        ([(GOOD, "2020-05-01")], (GOOD, None)),
        ([(GOOD, "2019-05-01"), (RI, "2020-05-01")], (RI, GOOD)),
        ([(RI, "2020-05-01"), (GOOD, "2019-05-01")], (RI, GOOD)),
        ([(GOOD, "2018-01-01"), (RI, "2019-01-01"), (BAD, "2020-01-01")], (BAD, RI)),
        ([(GOOD, "2019-05-01"), (GOOD, "2020-05-01")], (GOOD, GOOD)),
        ([(GOOD, None), (RI, "2020-05-01")], (RI, None)),  # what has no date is no earlier rating
        ([(GOOD, None)], (GOOD, None)),
        ([(GOOD, "2019-05-01"), (None, "2020-05-01")], (GOOD, None)),  # a visit without a rating hides none
        ([(BAD, "2018-05-01"), (GOOD, "2019-05-01"), ("Inspected but not rated", "2020-05-01")], (GOOD, BAD)),
        ([(BAD, "2018-05-01"), ("Inspected but not rated", "2019-05-01"), (GOOD, "2020-05-01")], (GOOD, BAD)),
        (
            [(None, "2018-05-01"), ("Inspected but not rated", "2020-05-01")],
            ("Inspected but not rated", None),
        ),
        ([(GOOD, "2020-05-01"), (GOOD, "2020-05-01")], (GOOD, None)),  # a row twice
        (
            [("good", "2020-05-01"), ("Good", "2020-05-01")],
            ("good", None),
        ),  # case does not tell ratings apart
    ],
)
def test_of_a_subjects_facts_the_newest_counts_and_the_one_before_is_its_previous_rating(
    rows: list[tuple[str | None, str | None]], counting: tuple[str | None, str | None]
) -> None:
    held = dated(*rows)
    assert told(rated(held)) == [("Oak House", *counting)]
    assert run(Query(measure=Count()), held, CQC).figure == 1


def test_what_the_publisher_gives_as_the_rating_before_stands() -> None:
    held = store(
        fact(rating=RI, published="2019-05-01", identifier="1"),
        fact(rating=GOOD, previous=BAD, identifier="1"),
    )
    assert told(rated(held)) == [("Oak House", GOOD, BAD)]


def test_every_aspect_and_service_has_a_newest_fact_of_its_own() -> None:
    held = store(
        fact(rating=GOOD),
        fact(rating=RI, aspect="Safe", published="2018-01-01"),
        fact(rating=BAD, service="Surgery"),
        fact(rating=TOP, aspect="Safe", service="Surgery"),
    )
    keys = [(aspect, service) for aspect in ("Overall", "Safe") for service in ("Overall", "Surgery")]
    assert [
        rated(held, Query(measure=Ratings((aspect,), service)))[0].rating for aspect, service in keys
    ] == [GOOD, BAD, RI, TOP]


def test_a_fact_without_a_service_is_about_the_whole_and_keeps_its_empty_service() -> None:
    held = store(fact(service=None), fact("Elm House", service="Overall"))
    assert [one.service for one in rated(held)] == [None, "Overall"]


@pytest.mark.parametrize(
    "ratings",
    [
        [GOOD, RI],
        [GOOD, RI, GOOD],
        [GOOD, RI, BAD],
    ],
)
def test_facts_of_one_date_that_contradict_each_other_count_nowhere_and_are_told(
    ratings: list[str | None],
) -> None:
    held = store(
        *[fact(rating=rating, identifier="1") for rating in ratings], fact("Elm House", identifier="2")
    )
    assert told(rated(held)) == [("Elm House", GOOD, None)]
    asked = run(Query(Named((1,), ("Oak House",))), held, CQC)
    assert ({one.rating for one in asked.facts}, asked.missing, asked.detail) == (
        set(ratings),
        "contradiction",
        "Oak House",
    )
    assert run(Query(Named((2,))), held, CQC).missing is None
    assert by(held, "rating") == {GOOD: 1}


def test_an_empty_cell_gives_way_to_a_rating_of_the_same_date() -> None:
    held = store(fact(rating=None, identifier="1"), fact(rating=GOOD, identifier="1"))
    assert by(held, "rating") == {GOOD: 1}


def test_contradictions_of_an_older_date_do_not_keep_the_newest_fact_from_counting() -> None:
    held = dated((GOOD, "2019-01-01"), (BAD, "2019-01-01"), (RI, "2020-01-01"))
    assert [one.rating for one in rated(held)] == [RI]


def test_history_tells_every_fact_the_newest_first() -> None:
    held = dated((GOOD, "2018-01-01"), (BAD, "2020-01-01"), (RI, "2019-01-01"))
    assert [one.rating for one in held.history([1])] == [BAD, RI, GOOD]
    assert held.history([1], "Safe") == ()


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (RI, GOOD, 1),
        (BAD, TOP, 1),
        (GOOD, RI, -1),
        (TOP, BAD, -1),
        (GOOD, GOOD, 0),
        ("requires improvement", "GOOD", 1),
        ("Not rated", GOOD, None),
        (GOOD, "Not rated", None),
        (None, GOOD, None),
    ],
)
def test_a_change_has_the_sign_of_its_direction_where_both_are_on_the_scale(
    before: str | None, after: str, change: int | None
) -> None:
    held = store(fact(rating=after, previous=before))
    assert [sign for sign in (1, 0, -1) if rated(held, Query(Moved((sign,))))] == (
        [] if change is None else [change]
    )


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from([*CQC.ratings, "Not rated"]), st.integers(1, 6)),
        max_size=25,
    )
)
def test_counts_equal_a_count_by_hand_in_whatever_order_rows_come(rows: list[tuple[int, str, int]]) -> None:
    held = store(
        *[
            fact(f"Home {number}", rating, f"2020-01-0{day}", identifier=str(number))
            for number, rating, day in rows
        ]
    )
    graded = [row for row in rows if row[1] in CQC.ratings]
    telling = [row for row in rows if row in graded or row[0] not in {number for number, _, _ in graded}]
    newest = {number: max(day for one, _, day in telling if one == number) for number, _, _ in telling}
    current = {
        number: {rating for one, rating, day in telling if (one, day) == (number, last)}
        for number, last in newest.items()
    }
    by_hand = Counter(rating for ratings in current.values() for rating in ratings if len(ratings) == 1)
    assert by(held, "rating") == by_hand


# Who is who -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "subjects"),
    [
        ([{"identifier": "1"}, {"identifier": "1"}], 1),
        ([{"identifier": "1"}, {"identifier": "2"}], 2),
        ([{"postcode": "LS1 1AA"}, {"postcode": "LS1 1AA"}], 1),
        ([{"postcode": "LS1 1AA"}, {"postcode": "LS1 1AB"}], 2),
        ([{}, {}], 1),
        ([{"town": "Leeds"}, {"town": "Leeds"}], 1),
        (
            [{"town": "Leeds"}, {"town": "Ripon"}],
            2,
        ),  # without postcodes, whatever else there is of an address
        ([{"street": "1 High Street", "town": "Leeds"}, {"street": "2 High Street", "town": "Leeds"}], 2),
        (
            [{"identifier": "1", "postcode": "LS1 1AA"}, {"postcode": "LS1 1AA"}],
            1,
        ),  # a table without identifiers beside one with
        ([{"postcode": "LS1 1AA"}, {"identifier": "1", "postcode": "LS1 1AA"}], 1),
        ([{"identifier": "1", "postcode": "LS1 1AA"}, {"postcode": "LS1 1AB"}], 2),
        ([{"identifier": "1", "postcode": "LS1 1AA"}, {"identifier": "2", "postcode": "LS1 1AA"}], 2),
        (
            [
                {"postcode": "LS1 1AA"},
                {"identifier": "1", "postcode": "LS1 1AA"},
                {"identifier": "2", "postcode": "LS1 1AA"},
            ],
            2,
        ),
    ],
)
def test_one_subject_is_one_identifier_and_without_one_a_name_and_address(
    rows: list[dict[str, str]], subjects: int
) -> None:
    held = store(
        *[
            fact(published=f"20{10 + place}-01-01", document=f"{place}.csv", **row)
            for place, row in enumerate(rows)
        ]
    )
    assert held.size == (len(rows), subjects)


@given(asked=st.lists(st.lists(st.integers(-1, 8), max_size=9), max_size=4))
def test_subjects_are_the_same_however_often_they_are_asked_for(asked: list[list[int]]) -> None:
    held = store(*(fact(f"House {number}") for number in range(6)))
    everyone = held.subjects()
    for numbers in asked:
        assert held.subjects(numbers) == [subject for subject in everyone if subject.id in numbers]


def test_names_are_compared_folded_and_the_newest_name_and_attributes_are_the_subjects() -> None:
    held = store(
        fact("ST. ANNE'S Lodge", published="2018-01-01", postcode="A1 1AA", town="Ripon"),
        fact("Saint Anne’s Lodge", published="2020-01-01", postcode="A1 1AA", town="Leeds"),
        fact("St Annes Lodge", published="2019-01-01", postcode="A1 1AA", town="Hull"),
    )
    [subject] = held.subjects()
    assert (subject.name, subject.attributes["town"]) == ("Saint Anne’s Lodge", "Leeds")


def test_the_same_identifier_under_a_new_name_is_the_same_subject_found_by_its_new_name() -> None:
    held = store(
        fact("Old Oak", GOOD, "2018-01-01", identifier="1"), fact("New Oak", RI, "2020-01-01", identifier="1")
    )
    assert told(rated(held)) == [("New Oak", RI, GOOD)]
    assert [name.value for name in held.names(["new oak"])] == ["1"]


def test_a_later_directory_beside_an_earlier_one_makes_it_history() -> None:
    def directory(document: str, date: str, rating: str) -> list[RatingFact]:
        oak = fact("Oak", rating, date, identifier="1", document=document)
        return [oak, fact("Elm", RI, "2020-01-01", identifier="2", document=document)]

    earlier, later = directory("a.csv", "2020-01-01", GOOD), directory("b.csv", "2021-01-01", RI)
    for rows in ((*earlier, *later), (*later, *earlier)):
        held = store(*rows)
        assert sorted(told(rated(held))) == [("Elm", RI, None), ("Oak", RI, GOOD)]
        assert told(rated(held, Query(Moved((-1,))))) == [("Oak", RI, GOOD)]
