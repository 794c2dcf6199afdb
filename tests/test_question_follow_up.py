"""What a follow-up takes from the question before: whom, of what, where; and that a question that is whole
takes nothing.
"""

from __future__ import annotations

import pytest
from small_directory import asked, aspects, every, names, places, values

from qa.question.query import Count, Is, Near, Order, Rated, Share


@pytest.mark.parametrize(
    ("history", "text", "named", "about"),
    [
        (["what is Oak Tree House rated"], "is it safe", ["1"], ["Safe"]),
        (["what is Oak Tree House rated"], "what about effective", ["1"], ["Effective"]),
        (["what is Oak Tree House rated"], "and for caring?", ["1"], ["Caring"]),
        (["is Oak Tree House safe"], "and quillbrook?", ["4"], ["Safe"]),
        (["is Oak Tree House safe"], "what about Thrushcombe Surgery", ["7"], ["Safe"]),
        (["Oak Tree House rating", "is it safe"], "and responsive?", ["1"], ["Responsive"]),
        (["Oak Tree House rating", "quillbrook rating"], "and the other one?", ["1"], []),
        (["is Oak Tree House safe"], "what was it before?", ["1"], ["Safe"]),
        (["is Oak Tree House safe"], "different question: quillbrook rating", ["4"], []),
        (["Oak Tree House rating", "thanks"], "is it caring", ["1"], ["Caring"]),
        (["how many care homes in Leeds"], "what is Oak Tree House rated", ["1"], []),
    ],
)
def test_a_follow_up_about_a_subject_takes_what_it_lacks(
    history: list[str], text: str, named: list[str], about: list[str]
) -> None:
    reading = asked(*[one for one in history if one != "thanks"], text)
    assert [number for one in names(reading) for number in one] == named
    assert aspects(reading) == about


@pytest.mark.parametrize(
    ("history", "text", "where", "ratings"),
    [
        (["how many good care homes in Leeds"], "and in Norfolk?", ["Norfolk"], [("Good",)]),
        (["how many good care homes in Leeds"], "what about outstanding", ["Leeds"], [("Outstanding",)]),
        (["how many care homes in Leeds"], "which of those are outstanding?", ["Leeds"], [("Outstanding",)]),
        (
            ["how many good care homes in Leeds", "and in Norfolk"],
            "and inadequate?",
            ["Norfolk"],
            [("Inadequate",)],
        ),
        (["how many good care homes in Leeds"], "and nationally?", [], [("Good",)]),
        (["how many good care homes in Leeds"], "and in England?", [], [("Good",)]),
        (["share of good care homes in Leeds"], "what is it across the country?", [], [("Good",)]),
        (["share of good care homes in Leeds"], "whats the national average", [], [("Good",)]),
        (["how many good care homes in Leeds"], "nationally, in Norfolk?", ["Norfolk"], [("Good",)]),
        (["how many good care homes in Leeds"], "and there?", ["Leeds"], [("Good",)]),
        (["how many good care homes"], "which ones are in Norfolk", ["Norfolk"], [("Good",)]),
        (["how many good care homes in Leeds"], "which provider has the most?", ["Leeds"], [("Good",)]),
        (["how many good care homes in Leeds"], "how many GP surgeries are in Devon", ["Devon"], []),
    ],
)
def test_a_follow_up_about_a_scope_takes_what_it_lacks(
    history: list[str], text: str, where: list[str], ratings: list[tuple[str, ...]]
) -> None:
    reading = asked(*history, text)
    assert [value for _, value in places(reading)] == where
    assert [one.ratings for one in every(Rated, reading.queries)] == ratings
    assert values(reading, "care_home", "kind") == (
        [("kind", "GP Practices")] if "GP" in text else [("care_home", "Y")]
    )


def test_of_a_scope_without_a_rating_a_percentage_is_that_of_its_last_condition() -> None:
    (query,) = asked("how many care homes in Leeds", "as a percentage").queries
    assert isinstance(query.measure, Share)
    assert [one.values for one in every(Is, query.measure.of)] == [("Leeds",)]
    assert [one.field for one in every(Is, query.scope)] == ["care_home"]


def test_one_of_the_groups_that_were_ranked_is_told_by_itself() -> None:
    (ranked,) = asked("which council has the most care homes", "and in Norfolk?").queries
    assert (ranked.by, ranked.order, ranked.ranks) == ((), None, None)
    assert isinstance(ranked.measure, Count)
    (towns,) = asked("which town has the most care homes", "and in Norfolk?").queries
    assert towns.by == ("town",)


def test_who_is_named_is_not_what_the_most_is_counted_of() -> None:
    assert (
        asked("what is Oak Tree House rated", "which town has the most").queries
        == asked("which town has the most").queries
    )


def test_a_follow_up_keeps_what_is_told_of_the_scope() -> None:
    [counted] = asked("how many good care homes in Leeds", "and in Norfolk?").queries
    assert counted.measure == Count()


@pytest.mark.parametrize(
    "history", [[], ["how many good care homes in Leeds"], ["is quillbrook caring", "and oak tree house?"]]
)
def test_a_question_that_is_whole_stands_for_itself(history: list[str]) -> None:
    text = "How many GP practices in Devon are rated outstanding for safety?"
    assert asked(*history, text).queries == asked(text).queries


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (["what is Zanderley Court rated"], "what about Oak Tree House?"),
        (["what is Zanderley Court rated"], "and is Oak Tree House safe?"),
        (["are Oak Tree House and Zanderley Court good?"], "how is Oak Tree House rated then?"),
        (["how many care homes in Zanderley are good?"], "and in Norfolk?"),
        (["how many care homes in Zanderley are good?"], "what about GP surgeries in Devon?"),
    ],
)
def test_a_name_that_is_known_is_asked_about_after_one_that_is_not(history: list[str], text: str) -> None:
    reading = asked(*history, text)
    assert not reading.unknown
    assert names(reading) or places(reading)


@pytest.mark.parametrize(
    "text",
    [
        "Mum has been offered a place at Zanderley Court and Oak Tree House. How are they rated?",
        "Mum is at Oak Tree House or Zanderley Court. Is it good?",
    ],
)
def test_of_names_before_of_which_one_is_unknown_none_is_told(text: str) -> None:
    assert [one.typed for one in asked(text).unknown] == ["Zanderley Court"]


def test_what_is_not_known_stays_unknown() -> None:
    assert [one.typed for one in asked("what is Zanderley Court rated", "and is it safe?").unknown]


def test_an_average_of_what_is_no_share_is_not_understood() -> None:
    reading = asked("how many good care homes in Leeds", "whats the national average")
    assert reading.left_out == ("average",)
    assert reading.blocked


@pytest.mark.parametrize("text", ["whats the national average", "what is it nationally?"])
def test_the_national_average_of_a_share_is_the_share_of_all(text: str) -> None:
    (query,) = asked("share of good care homes in Leeds", text).queries
    assert query.measure == Share(Rated(("Good",)))


@pytest.mark.parametrize(
    "text", ["and outstanding ones?", "and outstanding?", "what about outstanding ones?"]
)
@pytest.mark.parametrize("way", ["more", "fewer"])
def test_what_follows_a_comparison_is_of_each_side(text: str, way: str) -> None:
    (query,) = asked(f"which has {way} good care homes, Leeds or Norfolk?", text).queries
    assert [one.ratings for side in (query.scope, *query.against) for one in every(Rated, side)] == [
        ("Outstanding",),
        ("Outstanding",),
    ]


@pytest.mark.parametrize("text", ["which homes there are good?", "are any homes there outstanding?"])
def test_there_is_a_place_that_is_not_known(text: str) -> None:
    assert [one.typed for one in asked("how are the homes in Zanderley rated?", text).unknown] == [
        "Zanderley"
    ]


@pytest.mark.parametrize(
    ("before", "text", "miles"),
    [
        ("how many good care homes in Norwich", "and near there?", 5.0),
        ("how many good care homes in Norwich", "within 20 miles?", 20.0),
        ("how many good care homes within 5 miles of Norwich", "and within 10 miles", 10.0),
    ],
)
def test_near_there_is_near_the_place_before(before: str, text: str, miles: float) -> None:
    reading = asked(before, text)
    (query,) = reading.queries
    (near,) = every(Near, reading.queries)
    assert (near.of, near.distance) == (Is("town", ("Norwich",)), miles)
    assert (query.measure, [*every(Rated, reading.queries)]) == (Count(), [Rated(("Good",))])
    assert (reading.left_out, reading.unheld, reading.notes) == ((), (), ())


def test_of_nowhere_nothing_is_near() -> None:
    assert asked("how many good care homes", "within 20 miles").unheld == ("where you are",)


@pytest.mark.parametrize(
    ("text", "descending", "ranks"),
    [("just the top 5", True, (1, 5)), ("only the bottom 2", False, (1, 2))],
)
def test_the_top_after_figures_of_groups_are_the_first_of_these(
    text: str, descending: bool, ranks: tuple[int, int]
) -> None:
    (query,) = asked("number of good care homes by council", text).queries
    assert (query.by, query.measure, query.ranks) == (("local_authority",), Count(), ranks)
    assert query.order == Order("figure", descending)
    assert [*every(Rated, (query,))] == [Rated(("Good",))]
