"""Queries over a small store: what each part finds, sorts and groups, what is missing, and the names under
which subjects are found.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from made_facts import BAD, GOOD, RI, TOP, dated, fact, rated, store, told

from qa.facts import FactStore
from qa.facts.run import run
from qa.question.query import (
    EVERYTHING,
    And,
    AspectAgainst,
    Condition,
    Count,
    Is,
    Measured,
    Moved,
    Named,
    NameHas,
    Not,
    Or,
    Order,
    Postcode,
    Published,
    Query,
    Rated,
    RatedAgainst,
    RatedFor,
    Ratings,
    Total,
    Values,
)
from qa.records import FactSource, RatingFact
from qa.scale import CQC


@pytest.fixture(scope="module")
def homes() -> FactStore:
    def home(
        number: int, rating: str, safe: str, town: str, provider: str, published: str, **more: str
    ) -> list[RatingFact]:
        attributes = {
            "identifier": str(number),
            "town": town,
            "provider": provider,
            "postcode": f"A{number} 1AA",
        } | more
        return [
            fact(f"Home {number}", rating, published, **attributes),
            fact(f"Home {number}", safe, published, aspect="Safe", **attributes),
        ]

    return store(
        *home(1, GOOD, GOOD, "Leeds", "Oak Ltd", "2019-12-31", care_home="Y", inherited="Y", Beds="12"),
        *home(2, GOOD, RI, "Leeds", "Elm Ltd", "2020-01-01", care_home="N", inherited="N", Beds="30"),
        *home(3, RI, BAD, "Ripon", "Oak Limited", "2020-12-31", care_home="Y", Beds="1,050"),
        *home(4, BAD, BAD, "leeds", "-", "2021-01-01", care_home="Y"),
        *home(5, TOP, GOOD, "", "Ash Ltd", "2021-06-01", care_home="Y", Beds="30"),
    )


def numbers(held: FactStore, scope: Condition, **parts: Any) -> str:
    return "".join(one.attributes["identifier"] for one in rated(held, Query(scope, **parts)))


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (EVERYTHING, "12345"),
        (Rated((GOOD,)), "12"),
        (Rated(("GOOD", "inadequate")), "124"),
        (Rated((BAD,), "Safe"), "34"),
        (Is("town", ("Leeds",)), "124"),
        (And((Is("town", ("LEEDS", "Ripon")), Is("care_home", ("Y",)))), "134"),
        (Is("identifier", ("2", "5")), "25"),
        (Is("provider", ("Oak Limited",)), "13"),
        (Is("town", ("Nowhere",)), ""),
        (Is("beds", ("30",)), "25"),
        (Is("beds", ("1050",)), "3"),
        (Is("inherited", ("Y",)), "1"),
        (Not(Is("town", ("Leeds",))), "35"),
        (Or((Is("town", ("Ripon",)), Rated((TOP,)))), "35"),
        (Named((3, 1)), "31"),
        (Named((9,)), ""),
        (Postcode(("A3",)), "3"),
        (Postcode(("A",)), "12345"),
        (NameHas(("home", "4")), "4"),
        (Measured("beds", 12, 30), "125"),
        (Measured("beds", low=31), "3"),
        (And((Rated((GOOD,)), Rated((RI,), "Safe"))), "2"),
        (AspectAgainst("Safe", -1, "Overall"), "235"),
        (RatedAgainst(3, 1), "125"),
        (RatedFor((BAD,), ("Overall", "Safe"), low=2), "4"),
        (RatedFor((BAD,), ("Overall", "Safe"), low=1, high=1), "3"),
        (Published(since=datetime.date(2020, 1, 1)), "2345"),
        (Published(until=datetime.date(2020, 1, 1)), "1"),
        (Published(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)), "23"),
    ],
)
def test_a_scope_finds_those_that_fit_in_the_order_of_reading_or_of_asking(
    homes: FactStore, scope: Condition, found: str
) -> None:
    assert numbers(homes, scope) == found


@pytest.mark.parametrize(
    ("order", "ranks", "found"),
    [
        (Order("date"), None, "54321"),
        (Order("date", descending=False), (1, 2), "12"),
        (Order("rating"), (1, 1), "5"),
        (Order("rating"), (1, 2), "512"),  # all who share a place
        (Order("rating"), (1, 3), "512"),
        (Order("rating"), (3, 3), "3"),  # the third best rating
        (Order("name", descending=False), None, "12345"),
        (Order("beds"), (1, 2), "325"),  # who has no number has no place
        (Order("beds"), None, "32514"),
        (Order("town", descending=False), None, "12435"),
    ],
)
def test_rows_are_sorted_and_those_of_one_place_are_told_together(
    homes: FactStore, order: Order, ranks: Any, found: str
) -> None:
    assert numbers(homes, EVERYTHING, order=order, ranks=ranks) == found


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (("rating",), [("Good", 2), ("Outstanding", 1), ("Requires improvement", 1), ("Inadequate", 1)]),
        (
            ("provider",),
            [("Oak Limited", 2), ("Ash Ltd", 1), ("Elm Ltd", 1)],
        ),  # "-" is no provider, spellings are one
        (("town",), [("Leeds", 3), ("Ripon", 1)]),  # the commonest spelling; an empty one is none
        (("beds",), [("30", 2), ("12", 1), ("1050", 1)]),
        (("year",), [("2020", 2), ("2021", 2), ("2019", 1)]),
    ],
)
def test_groups_come_the_largest_first_and_ties_by_label(
    homes: FactStore, by: tuple[str, ...], groups: list[tuple[str, int]]
) -> None:
    found = run(Query(measure=Count(), by=by), homes, CQC)
    assert [(group.labels[0], group.figure) for group in found.groups] == groups
    assert run(Query(measure=Count(), by=by), homes, CQC, limit=1).groups == found.groups[:1]


def test_those_with_none_are_the_fewest(homes: FactStore) -> None:
    found = run(
        Query(Rated((GOOD,)), Count(), by=("town",), order=Order(descending=False), ranks=(1, 1)), homes, CQC
    )
    assert [(group.labels, group.figure) for group in found.groups] == [(("Ripon",), 0)]


def test_each_aspect_is_a_group_of_what_is_said_of_the_whole(homes: FactStore) -> None:
    found = run(Query(Rated((BAD,)), Count(), by=("aspect",)), homes, CQC)
    assert [(group.labels, group.figure) for group in found.groups] == [(("Safe",), 2)]


@pytest.mark.parametrize(
    ("query", "missing", "detail"),
    [
        (Query(Is("manager", ("x",))), "field", "manager"),
        (Query(Is("region", ("London",))), "field", "region"),
        (Query(Measured("town", 1)), "field", "town"),
        (Query(measure=Total("sum", "town")), "field", "town"),
        (Query(measure=Values(("name; DROP TABLE facts",))), "field", "name; DROP TABLE facts"),
        (Query(by=("manager",)), "field", "manager"),
        (Query(order=Order("manager")), "field", "manager"),
        (Query(Rated((GOOD,), "Caring")), "aspect", "Caring"),
        (Query(measure=Ratings(service="Surgery")), "service", "Surgery"),
        (Query(Named((1,), ("Home 1",)), Ratings(before=True)), "before", "Home 1"),
        (Query(Named((7,), ("Gone",))), "row", "Gone"),
        (Query(Moved((1,))), "history", ""),
        (Query(Published(since=datetime.date(2030, 1, 1))), "period", "2019-12-31 to 2021-06-01"),
        (Query(at=datetime.date(2000, 1, 1)), "period", "2000-01-01"),
    ],
)
def test_what_the_tables_do_not_hold_is_told(
    homes: FactStore, query: Query, missing: str, detail: str
) -> None:
    found = run(query, homes, CQC)
    assert (found.missing, found.detail, found.facts) == (missing, detail, ())


def test_ratings_as_they_stood_on_a_day() -> None:
    held = dated((GOOD, "2018-01-01"), (RI, "2019-01-01"), (BAD, "2020-01-01"))
    stood = [told(rated(held, Query(at=datetime.date(year, 6, 1)))) for year in (2018, 2019, 2020)]
    assert stood == [[("Oak House", GOOD, None)], [("Oak House", RI, GOOD)], [("Oak House", BAD, RI)]]
    assert (
        run(Query(Rated((GOOD,), when="ever"), Count(), at=datetime.date(2017, 1, 1)), held, CQC).missing
        == "period"
    )


def test_only_the_tables_asked_are_there() -> None:
    held = store(
        fact("Oak", GOOD, "2019-01-01", document="a.csv"), fact("Oak", RI, "2020-01-01", document="b.csv")
    )
    assert [
        told(run(Query(), held, CQC, documents).facts) for documents in (None, ("a.csv",), ("b.csv",), ())
    ] == [*([("Oak", RI, GOOD)], [("Oak", GOOD, None)], [("Oak", RI, None)], [])]


def test_who_has_no_kind_is_known_by_the_last_word_of_the_name() -> None:
    held = store(
        fact("Oak NHS Trust"), fact("Elm Trust"), fact("Ash Hospital"), fact("Fir Trust", kind="Homes")
    )
    query = Query(Is("noun", ("trust",)))
    assert [one.subject for one in rated(held, query)] == ["Oak NHS Trust", "Elm Trust"]
    assert held.values("noun") == ("hospital", "trust")
    assert "noun" not in [field.name for field in held.fields]


@pytest.mark.parametrize(
    ("heading", "cells", "name", "kind", "place"),
    [
        ("Location Ward Name", ("Castle", "Abbey"), "ward", "category", True),
        (
            "parliamentary constituency",
            ("Leeds East", "Ripon"),
            "parliamentary_constituency",
            "category",
            True,
        ),
        ("Beds", ("12", "1,050"), "beds", "number", False),
        ("Share", ("12%", "3.5%"), "share", "number", False),
        ("Code", ("007", "008"), "code", "category", False),
        ("Refurbished", ("1 May 2001", "2002-03-04"), "refurbished", "date", False),
        ("Dementia care?", ("Yes", "n"), "dementia_care", "yesno", False),
        ("Year", ("2001", "2002"), "year_2", "number", False),  # what groups by itself keeps its name
    ],
)
def test_a_column_of_its_own_is_typed_from_its_values(
    heading: str, cells: tuple[str, str], name: str, kind: str, place: bool
) -> None:
    held = store(*[fact(f"Home {cell}", **{heading: cell}) for cell in cells])
    [field] = held.fields
    assert (field.name, field.type, field.place, field.own) == (name, kind, place, True)
    assert run(Query(measure=Count(name)), held, CQC).figure == 2


@pytest.mark.parametrize("value", ["'", '"', "x'); DROP TABLE facts; --", "%", "\x00", "😀"])
def test_values_are_never_read_as_sql(homes: FactStore, value: str) -> None:
    assert (
        rated(
            homes, Query(And((Rated((value,)), Is("town", (value,)), NameHas((value,)), Postcode((value,)))))
        )
        == ()
    )
    assert run(Query(measure=Ratings((value,))), homes, CQC).missing == "aspect"
    assert homes.names([value]) == []
    assert homes.size == (10, 5)


@pytest.mark.parametrize(
    ("attributes", "typed", "meant"),
    [
        (
            {"provider": "The Oak Trust Limited"},
            "the oak trust limited",
            ("provider", "The Oak Trust Limited", "full"),
        ),
        ({"provider": "The Oak Trust Limited"}, "oak trust", ("provider", "The Oak Trust Limited", "short")),
        (
            {"local_authority": "Bristol, City of"},
            "bristol",
            ("local_authority", "Bristol, City of", "short"),
        ),
        ({"local_authority": "City of London"}, "london", ("local_authority", "City of London", "short")),
        (
            {"local_authority": "Herefordshire, County of"},
            "herefordshire",
            ("local_authority", "Herefordshire, County of", "short"),
        ),
        (
            {"region": "Yorkshire and The Humber"},
            "yorkshire and the humber",
            ("region", "Yorkshire and The Humber", "full"),
        ),
        ({"kind": "GP Practices"}, "gp practices", ("kind", "GP Practices", "full")),
    ],
)
def test_a_name_is_found_under_each_of_its_forms(
    attributes: dict[str, str], typed: str, meant: tuple[str, str, str]
) -> None:
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
def test_a_subject_is_found_without_its_article_legal_form_and_branch(
    name: str, typed: str, form: str
) -> None:
    assert [(found.field, found.value, found.form) for found in store(fact(name)).names([typed])] == [
        ("subject", "1", form)
    ]


def test_values_are_distinct_sorted_and_of_counting_facts() -> None:
    held = store(
        fact(rating=GOOD, published="2019-01-01", identifier="1", town="Ripon"),
        fact(rating=RI, published="2020-01-01", identifier="1", town="Leeds"),
    )
    assert (held.values("rating"), held.values("previous_rating"), held.values("town")) == (
        (RI,),
        (GOOD,),
        ("Leeds",),
    )


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
    assert (held.size, held.dates, run(Query(), held, CQC).missing, held.subjects()) == (
        (0, 0),
        (None, None),
        "row",
        [],
    )


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
    assert rated(store(whole), Query(measure=Ratings(("Safe",), "Surgery"))) == (whole,)
