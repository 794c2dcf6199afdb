"""Typed queries over rating facts: what they find, count and group, and the names under which subjects are found."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from made_facts import BAD, GOOD, RI, TOP, fact, store

from qa.facts import AspectRatings, Condition, FactQuery, FactStore
from qa.records import FactSource, RatingFact


@pytest.fixture(scope="module")
def homes() -> FactStore:
    def home(number: int, rating: str, safe: str, town: str, provider: str, published: str, **more: str) -> list[RatingFact]:
        attributes = {"identifier": str(number), "town": town, "provider": provider, "postcode": f"A{number} 1AA"} | more
        return [
            fact(f"Home {number}", rating, published, **attributes),
            fact(f"Home {number}", safe, published, aspect="Safe", **attributes),
        ]

    return store(
        *home(1, GOOD, GOOD, "Leeds", "Oak Ltd", "2019-12-31", care_home="Y", inherited="Y"),
        *home(2, GOOD, RI, "Leeds", "Elm Ltd", "2020-01-01", care_home="N", inherited="N"),
        *home(3, RI, BAD, "Ripon", "Oak Ltd", "2020-12-31", care_home="Y"),
        *home(4, BAD, BAD, "leeds", "-", "2021-01-01", care_home="Y"),
        *home(5, TOP, GOOD, "", "Ash Ltd", "2021-06-01", care_home="Y"),
    )


def numbers(held: FactStore, query: FactQuery) -> str:
    return "".join(one.attributes["identifier"] for one in held.find(query))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (FactQuery(), "12345"),
        (FactQuery(ratings=(GOOD,)), "12"),
        (FactQuery(ratings=("GOOD", "inadequate")), "124"),
        (FactQuery(aspect="Safe", ratings=(BAD,)), "34"),
        (FactQuery(conditions=(Condition("town", ("Leeds",)),)), "124"),
        (FactQuery(conditions=(Condition("town", ("Leeds", "Ripon")), Condition("care_home", ("Y",)))), "134"),
        (FactQuery(conditions=(Condition("identifier", ("2", "5")),)), "25"),
        (FactQuery(conditions=(Condition("postcode", ("A3 1AA",)),)), "3"),
        (FactQuery(conditions=(Condition("town", ("Nowhere",)),)), ""),
        (FactQuery(subjects=(1, 3)), "13"),
        (FactQuery(also=(AspectRatings("Safe", (BAD,)),)), "34"),
        (FactQuery(ratings=(GOOD,), also=(AspectRatings("Safe", (RI,)),)), "2"),
        (FactQuery(ratings=(RI, BAD), also=(AspectRatings("Safe", (BAD,)), AspectRatings("Overall", (BAD,)))), "4"),
        (FactQuery(inherited=True), "1"),
        (FactQuery(inherited=False), "2"),
        (FactQuery(since=datetime.date(2020, 1, 1)), "2345"),
        (FactQuery(until=datetime.date(2020, 1, 1)), "1"),
        (FactQuery(since=datetime.date(2020, 1, 1), until=datetime.date(2021, 1, 1)), "23"),
        (FactQuery(aspect="Caring"), ""),
        (FactQuery(service="Surgery"), ""),
        (FactQuery(documents=("table.csv",)), "12345"),
        (FactQuery(documents=()), ""),
    ],
)
def test_a_query_finds_what_fits_all_its_conditions_in_reading_order(homes: FactStore, query: FactQuery, found: str) -> None:
    assert numbers(homes, query) == found
    assert homes.count(query) == len(found)


def test_at_most_the_limit_is_found_and_all_are_counted(homes: FactStore) -> None:
    assert len(homes.find(FactQuery(), limit=2)) == 2
    assert homes.count(FactQuery()) == 5


@pytest.mark.parametrize(
    ("field", "groups"),
    [
        ("rating", [(GOOD, 2), (BAD, 1), (TOP, 1), (RI, 1)]),
        ("provider", [("Oak Ltd", 2), ("Ash Ltd", 1), ("Elm Ltd", 1)]),  # "-" is no provider
        ("town", [("Leeds", 3), ("Ripon", 1)]),  # case tells no towns apart; an empty one is none
    ],
)
def test_groups_come_the_largest_first_and_ties_by_label(homes: FactStore, field: str, groups: list[tuple[str, int]]) -> None:
    assert homes.groups(FactQuery(), field) == groups
    assert homes.groups(FactQuery(), field, limit=1) == groups[:1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda held: held.find(FactQuery(conditions=(Condition("manager", ("x",)),))),
        lambda held: held.count(FactQuery(conditions=(Condition("name; DROP TABLE facts", ("x",)),))),
        lambda held: held.groups(FactQuery(), "manager"),
        lambda held: held.groups(FactQuery(), "postcode"),
        lambda held: held.values("manager"),
        lambda held: held.subjects_where("manager", "x"),
    ],
)
def test_a_field_that_there_is_not_is_a_value_error(homes: FactStore, ask: Callable[[FactStore], Any]) -> None:
    with pytest.raises(ValueError, match="no such field"):
        ask(homes)


@pytest.mark.parametrize("value", ["'", '"', "x'); DROP TABLE facts; --", "%", "\x00", "😀"])
def test_values_are_never_read_as_sql(homes: FactStore, value: str) -> None:
    assert homes.count(FactQuery(ratings=(value,), conditions=(Condition("town", (value,)),), aspect=value)) == 0
    assert homes.names([value]) == []
    assert homes.size == (10, 5)


@pytest.mark.parametrize(
    ("attributes", "typed", "meant"),
    [
        ({"provider": "The Oak Trust Limited"}, "the oak trust limited", ("provider", "The Oak Trust Limited", "full")),
        ({"provider": "The Oak Trust Limited"}, "oak trust", ("provider", "The Oak Trust Limited", "short")),
        ({"local_authority": "Bristol, City of"}, "bristol", ("local_authority", "Bristol, City of", "short")),
        ({"local_authority": "City of London"}, "london", ("local_authority", "City of London", "short")),
        ({"local_authority": "Herefordshire, County of"}, "herefordshire", ("local_authority", "Herefordshire, County of", "short")),
        ({"region": "Yorkshire and The Humber"}, "yorkshire and the humber", ("region", "Yorkshire and The Humber", "full")),
        ({"kind": "GP Practices"}, "gp practices", ("kind", "GP Practices", "full")),
    ],
)
def test_a_name_is_found_under_each_of_its_forms(attributes: dict[str, str], typed: str, meant: tuple[str, str, str]) -> None:
    held = store(fact(**attributes))
    assert meant in [(name.field, name.value, name.form) for name in held.names([typed])]


@pytest.mark.parametrize(
    ("name", "typed", "form"),
    [
        ("The Oak Lodge", "the oak lodge", "full"),
        ("The Oak Lodge", "oak lodge", "full"),
        ("Oak Care Ltd", "oak care", "short"),
        ("Oak Lodge - Leeds", "oak lodge", "short"),
    ],
)
def test_a_subject_is_found_without_its_article_legal_form_and_branch(name: str, typed: str, form: str) -> None:
    assert [(found.field, found.value, found.form) for found in store(fact(name)).names([typed])] == [("subject", "1", form)]


def test_values_are_distinct_sorted_and_of_counting_facts() -> None:
    held = store(
        fact(rating=GOOD, published="2019-01-01", identifier="1", town="Ripon"),
        fact(rating=RI, published="2020-01-01", identifier="1", town="Leeds"),
    )
    assert (held.values("rating"), held.values("previous_rating"), held.values("town")) == ((RI,), (GOOD,), ("Leeds",))


def test_a_store_tells_its_size_its_dates_and_its_tables() -> None:
    held = store(
        fact(published="2019-01-01", document="b.csv"),
        fact("Elm", published="2021-01-01", document="a.csv"),
        fact("Ash", published=None),
    )
    assert held.size == (3, 3)
    assert held.dates == (datetime.date(2019, 1, 1), datetime.date(2021, 1, 1))
    assert held.tables() == ("b.csv", "a.csv", "table.csv")


def test_an_empty_store_answers_everything_with_nothing() -> None:
    held = store()
    assert (held.size, held.dates, held.find(FactQuery()), held.count(FactQuery()), held.subjects()) == ((0, 0), (None, None), (), 0, [])


def test_a_fact_comes_back_as_it_was_read() -> None:
    whole = RatingFact(
        id="directory.csv:7",
        subject="Oak",
        aspect="Safe",
        service="Surgery",
        rating=GOOD,
        previous_rating=RI,
        published=datetime.date(2020, 5, 1),
        note="Suspended",
        attributes={"identifier": "1", "town": "Leeds", "inherited": "Y", "rating_as_printed": "Good*"},
        source=FactSource("directory.csv", "directory.csv", "https://regulator.example/1", 7),
    )
    assert store(whole).find(FactQuery(aspect="Safe", service="Surgery")) == (whole,)
