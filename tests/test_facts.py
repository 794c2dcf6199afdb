"""The store of rating facts: which fact counts, what came before it, and what typed queries find."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import CorpusError
from qa.facts import AspectRatings, Condition, FactQuery, FactStore
from qa.records import FactSource, RatingFact
from qa.scale import CQC

RANKS = {word: rank for rank, word in enumerate(CQC.ratings)}
GOOD, RI, BAD, TOP = "Good", "Requires improvement", "Inadequate", "Outstanding"
_ROWS = count(2)


def fact(
    subject: str = "Oak House",
    rating: str | None = GOOD,
    published: str | None = "2020-05-01",
    *,
    aspect: str = "Overall",
    service: str | None = None,
    previous: str | None = None,
    document: str = "table.csv",
    **attributes: str,
) -> RatingFact:
    row = next(_ROWS)
    date = datetime.date.fromisoformat(published) if published else None
    source = FactSource(document, document, None, row)
    return RatingFact(f"{document}:{row}", subject, aspect, service, rating, previous, date, None, attributes, source)


def store(*facts: RatingFact) -> FactStore:
    return FactStore.in_memory(facts, RANKS)


def told(found: Sequence[RatingFact]) -> list[tuple[str, str | None, str | None]]:
    return [(one.subject, one.rating, one.previous_rating) for one in found]


# Which fact counts --------------------------------------------------------------------------------------------------


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
        ([(GOOD, "2019-05-01"), (None, "2020-05-01")], (None, GOOD)),
        ([(GOOD, "2020-05-01"), (GOOD, "2020-05-01")], (GOOD, None)),  # a row twice
        ([("good", "2020-05-01"), ("Good", "2020-05-01")], ("good", None)),  # case does not tell ratings apart
    ],
)
def test_of_a_subjects_facts_the_newest_counts_and_the_one_before_is_its_previous_rating(
    rows: list[tuple[str | None, str | None]], counting: tuple[str | None, str | None]
) -> None:
    held = store(*[fact(rating=rating, published=published, identifier="1") for rating, published in rows])
    assert told(held.find(FactQuery())) == [("Oak House", *counting)]
    assert held.count(FactQuery()) == 1


def test_what_the_publisher_gives_as_the_rating_before_stands() -> None:
    held = store(fact(rating=RI, published="2019-05-01", identifier="1"), fact(rating=GOOD, previous=BAD, identifier="1"))
    assert told(held.find(FactQuery())) == [("Oak House", GOOD, BAD)]


def test_every_aspect_and_service_has_a_newest_fact_of_its_own() -> None:
    held = store(
        fact(rating=GOOD),
        fact(rating=RI, aspect="Safe", published="2018-01-01"),
        fact(rating=BAD, service="Surgery"),
        fact(rating=TOP, aspect="Safe", service="Surgery"),
    )
    assert [
        held.find(FactQuery(aspect=aspect, service=service))[0].rating
        for aspect in ("Overall", "Safe")
        for service in ("Overall", "Surgery")
    ] == [
        GOOD,
        BAD,
        RI,
        TOP,
    ]


def test_a_fact_without_a_service_is_about_the_whole_and_keeps_its_empty_service() -> None:
    held = store(fact(service=None), fact("Elm House", service="Overall"))
    assert [one.service for one in held.find(FactQuery(service="Overall"))] == [None, "Overall"]


@pytest.mark.parametrize("ratings", [[GOOD, RI], [GOOD, RI, GOOD], [GOOD, RI, BAD], [GOOD, None]])
def test_facts_of_one_date_that_contradict_each_other_count_nowhere_and_are_told(ratings: list[str | None]) -> None:
    held = store(*[fact(rating=rating, identifier="1") for rating in ratings], fact("Elm House", identifier="2"))
    assert told(held.find(FactQuery())) == [("Elm House", GOOD, None)]
    assert {one.rating for one in held.contradictions([1], "Overall", "Overall")} == set(ratings)
    assert held.contradictions([2], "Overall", "Overall") == ()
    assert held.groups(FactQuery(), "rating") == [(GOOD, 1)]


def test_contradictions_of_an_older_date_do_not_keep_the_newest_fact_from_counting() -> None:
    held = store(
        *[
            fact(rating=rating, published=date, identifier="1")
            for rating, date in ((GOOD, "2019-01-01"), (BAD, "2019-01-01"), (RI, "2020-01-01"))
        ]
    )
    assert [one.rating for one in held.find(FactQuery())] == [RI]


def test_history_tells_every_fact_the_newest_first() -> None:
    held = store(
        *[
            fact(rating=rating, published=date, identifier="1")
            for rating, date in ((GOOD, "2018-01-01"), (BAD, "2020-01-01"), (RI, "2019-01-01"))
        ]
    )
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
def test_a_change_has_the_sign_of_its_direction_where_both_ratings_are_on_the_scale(
    before: str | None, after: str, change: int | None
) -> None:
    held = store(fact(rating=after, previous=before))
    assert [sign for sign in (1, 0, -1) if held.count(FactQuery(changes=(sign,)))] == ([] if change is None else [change])


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([*CQC.ratings, "Not rated"]), st.integers(1, 6)), max_size=25))
def test_counts_equal_a_count_by_hand_in_whatever_order_rows_come(rows: list[tuple[int, str, int]]) -> None:
    held = store(*[fact(f"Home {number}", rating, f"2020-01-0{day}", identifier=str(number)) for number, rating, day in rows])
    newest = {number: max(day for one, _, day in rows if one == number) for number, _, _ in rows}
    current = {number: {rating for one, rating, day in rows if (one, day) == (number, last)} for number, last in newest.items()}
    by_hand = Counter(rating for ratings in current.values() for rating in ratings if len(ratings) == 1)
    assert dict(held.groups(FactQuery(), "rating")) == by_hand


# Who is who ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "subjects"),
    [
        ([{"identifier": "1"}, {"identifier": "1"}], 1),
        ([{"identifier": "1"}, {"identifier": "2"}], 2),
        ([{"postcode": "LS1 1AA"}, {"postcode": "LS1 1AA"}], 1),
        ([{"postcode": "LS1 1AA"}, {"postcode": "LS1 1AB"}], 2),
        ([{}, {}], 1),
        ([{"identifier": "1", "postcode": "LS1 1AA"}, {"postcode": "LS1 1AA"}], 1),  # a table without identifiers beside one with
        ([{"postcode": "LS1 1AA"}, {"identifier": "1", "postcode": "LS1 1AA"}], 1),
        ([{"identifier": "1", "postcode": "LS1 1AA"}, {"postcode": "LS1 1AB"}], 2),
        ([{"identifier": "1", "postcode": "LS1 1AA"}, {"identifier": "2", "postcode": "LS1 1AA"}], 2),
        ([{"postcode": "LS1 1AA"}, {"identifier": "1", "postcode": "LS1 1AA"}, {"identifier": "2", "postcode": "LS1 1AA"}], 2),
    ],
)
def test_one_subject_is_one_identifier_and_without_one_a_name_and_postcode(rows: list[dict[str, str]], subjects: int) -> None:
    held = store(*[fact(published=f"20{10 + place}-01-01", document=f"{place}.csv", **row) for place, row in enumerate(rows)])
    assert held.size == (len(rows), subjects)


def test_names_are_compared_folded_and_the_newest_name_and_attributes_are_the_subjects() -> None:
    held = store(
        fact("ST. ANNE'S Lodge", published="2018-01-01", postcode="A1 1AA", town="Ripon"),
        fact("Saint Anne’s Lodge", published="2020-01-01", postcode="A1 1AA", town="Leeds"),
        fact("St Annes Lodge", published="2019-01-01", postcode="A1 1AA", town="Hull"),
    )
    [subject] = held.subjects()
    assert (subject.name, subject.attributes["town"]) == ("Saint Anne’s Lodge", "Leeds")


def test_the_same_identifier_under_a_new_name_is_the_same_subject_found_by_its_new_name() -> None:
    held = store(fact("Old Oak", GOOD, "2018-01-01", identifier="1"), fact("New Oak", RI, "2020-01-01", identifier="1"))
    assert told(held.find(FactQuery())) == [("New Oak", RI, GOOD)]
    assert [name.value for name in held.names(["new oak"])] == ["1"]


def test_a_later_directory_beside_an_earlier_one_makes_it_history() -> None:
    earlier = [
        fact("Oak", GOOD, "2020-01-01", identifier="1", document="a.csv"),
        fact("Elm", RI, "2020-01-01", identifier="2", document="a.csv"),
    ]
    later = [
        fact("Oak", RI, "2021-01-01", identifier="1", document="b.csv"),
        fact("Elm", RI, "2020-01-01", identifier="2", document="b.csv"),
    ]
    for rows in ((*earlier, *later), (*later, *earlier)):
        held = store(*rows)
        assert sorted(told(held.find(FactQuery()))) == [("Elm", RI, None), ("Oak", RI, GOOD)]
        assert told(held.find(FactQuery(changes=(-1,)))) == [("Oak", RI, GOOD)]


# Queries ------------------------------------------------------------------------------------------------------------


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
        fact(published="2019-01-01", document="b.csv"), fact("Elm", published="2021-01-01", document="a.csv"), fact("Ash", published=None)
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


# Files --------------------------------------------------------------------------------------------------------------


def test_a_store_file_holds_what_a_store_in_memory_holds(tmp_path: Path) -> None:
    facts = [fact(f"Home {number}", CQC.ratings[number % 4], identifier=str(number)) for number in range(20)]
    built = FactStore.at(tmp_path / "facts.sqlite", facts, RANKS)
    opened = FactStore.existing(tmp_path / "facts.sqlite")
    assert built.find(FactQuery()) == opened.find(FactQuery()) == store(*facts).find(FactQuery())
    assert [path.name for path in tmp_path.iterdir()] == ["facts.sqlite"]


@pytest.mark.parametrize("before", [None, b"as it was"])
def test_building_that_fails_half_way_leaves_the_folder_as_it_was(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "facts.sqlite"
    if before:
        path.write_bytes(before)

    def failing() -> Any:
        yield fact()
        raise CorpusError("The table ends in the middle.")

    with pytest.raises(CorpusError):
        FactStore.at(path, failing(), RANKS)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == ([(path.name, before)] if before else [])


def test_a_store_that_can_not_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="facts"):
        FactStore.at(tmp_path / "missing" / "facts.sqlite", [fact()], RANKS)


def test_a_store_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FactStore.existing(tmp_path / "facts.sqlite")


@pytest.mark.parametrize(
    "damage", [lambda whole: b"", lambda whole: b"text, no database", lambda whole: whole[:4000], lambda whole: whole[: len(whole) // 2]]
)
def test_a_damaged_store_file_is_a_corpus_error_that_says_what_to_do(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "facts.sqlite"
    FactStore.at(path, [fact(f"Home {number}", identifier=str(number)) for number in range(400)], RANKS)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CorpusError, match=r"facts\.sqlite is damaged\. Delete it"):
        FactStore.existing(path)


def test_an_open_store_never_changes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.sqlite"
    FactStore.at(path, [fact()], RANKS)
    before = path.read_bytes()
    opened = FactStore.existing(path)
    opened.find(FactQuery()), opened.words(), opened.groups(FactQuery(), "rating")
    assert (path.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (before, ["facts.sqlite"])


@pytest.mark.parametrize("kept", [True, False])
def test_threads_may_ask_one_store_at_once(tmp_path: Path, kept: bool) -> None:
    facts = [fact(f"Home {number}", CQC.ratings[number % 4], identifier=str(number)) for number in range(300)]
    held = FactStore.at(tmp_path / "facts.sqlite", facts, RANKS) if kept else store(*facts)
    queries = [FactQuery(ratings=(rating,)) for rating in CQC.ratings] * 40
    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(held.count, queries))
        found = list(threads.map(held.find, queries))
    assert counts == [75] * len(queries)
    assert all({one.rating for one in facts} == set(query.ratings) for facts, query in zip(found, queries, strict=True))
