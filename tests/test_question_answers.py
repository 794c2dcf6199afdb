"""What is found and told for each kind of question: lists, counts, shares, comparisons, rankings, checks,
changes; and why nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made_corpus import figures, row, serve, verdict
from made_facts import BAD, GOOD, RI, TOP

from qa.records import Answer
from qa.service import Service

UNRATED = "Insufficient evidence to rate"
# number → overall, safe, care home, town, provider
HOMES = {
    1: (GOOD, GOOD, "Y", "Leeds", "Oak Ltd"),
    2: (GOOD, RI, "Y", "Leeds", "Oak Ltd"),
    3: (RI, BAD, "Y", "Ripon", "Oak Ltd"),
    4: (BAD, GOOD, "Y", "Hull", "Elm Ltd"),
    5: (TOP, GOOD, "N", "Leeds", "Elm Ltd"),
    6: (UNRATED, GOOD, "Y", "Ripon", "Ash Ltd"),
}
NAMES = ("", "Brackwater", "Dunmere", "Kestrane", "Olwen", "Quennell", "Wilfreda")


def rows_of(homes: dict[int, tuple[str, str, str, str, str]]) -> list[list[str]]:
    """Each home's rows: overall and for safe."""
    return [
        row(
            number,
            f"{NAMES[number]} House",
            rating,
            "02/01/2020",
            aspect=aspect,
            care_home=care_home,
            town=town,
            provider=provider,
        )
        for number, (overall, safe, care_home, town, provider) in homes.items()
        for aspect, rating in (("Overall", overall), ("Safe", safe))
    ]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(tmp_path_factory.mktemp("homes"), rows_of(HOMES))


@pytest.fixture(scope="module")
def seventy(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Seventy homes, five of them good."""
    rows = [
        row(number, f"Number {number} House", GOOD if number <= 5 else RI, "02/01/2020")
        for number in range(1, 71)
    ]
    return serve(tmp_path_factory.mktemp("seventy"), rows)


def numbers(answer: Answer) -> str:
    """The numbers of the homes whose facts are given, in their order."""
    return "".join(fact.attributes["identifier"] for fact in answer.facts)


# Lists, counts, shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Which {}?", "How many {}?", "List the {}."])
@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("places are there", "123456"),
        ("care homes are there", "12346"),
        ("care homes are in Leeds", "12"),
        ("places are in Leeds or Ripon", "12356"),  # one field's values are alternatives
        ("care homes are good", "12"),
        ("places require improvement or are inadequate", "34"),
        ("places are not good", "345"),  # an unrated one is none of them
        ("places require improvement for safe", "2"),
        ("places are inadequate for safe", "3"),
        ("places are good overall and require improvement for safe", "2"),
        ("places run by Oak Ltd are good", "12"),
        ("places in Hull are outstanding", ""),
    ],
)
def test_lists_and_counts_hold_what_fits_every_part(
    asked: str, scope: str, found: str, homes: Service
) -> None:
    if asked.startswith("List"):
        scope = (
            scope.replace(" are there", "")
            .replace(" are ", " that are ", 1)
            .replace(" require ", " that require ", 1)
        )
    answer = homes.ask(asked.format(scope))
    assert ("".join(sorted(numbers(answer))), answer.facts_total) == (found, len(found))


def test_at_most_fifty_facts_are_given_and_all_are_counted(seventy: Service) -> None:
    answer = seventy.ask("Which care homes require improvement?")
    assert (len(answer.facts), answer.facts_total) == (50, 65)
    assert "65" in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many care homes are there in each town?", {("Leeds", 2), ("Ripon", 2), ("Hull", 1)}),
        ("How many care homes are there by rating?", {(GOOD, 2), (RI, 1), (BAD, 1)}),
        ("Number of places per provider", {("Oak Ltd", 3), ("Elm Ltd", 2), ("Ash Ltd", 1)}),
    ],
)
def test_a_count_by_group_gives_each_its_figure(
    asked: str, told: set[tuple[str, float]], homes: Service
) -> None:
    assert set(figures(homes.ask(asked), "count")) >= told


@pytest.mark.parametrize(
    ("asked", "percent", "part", "whole"),
    [
        (
            "What percentage of places is good?",
            40.0,
            2,
            5,
        ),  # what holds no rating of the scale is in no share
        ("What percentage of care homes is good?", 50.0, 2, 4),
        ("What share of the care homes in Ripon is good?", 0.0, 0, 1),
        ("What percentage of places is good for safe?", 66.7, 4, 6),
    ],
)
def test_a_share_is_of_those_that_hold_a_rating(
    asked: str, percent: float, part: int, whole: int, homes: Service
) -> None:
    answer = homes.ask(asked)
    assert [value for _, value in figures(answer, "percent")] == [percent]
    assert [value for _, value in figures(answer, "count")][:2] == [part, whole]
    assert answer.facts_total == part


# Comparisons and rankings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "groups", "winners"),
    [
        ("Does Ripon or Leeds have more good places?", [("Leeds", 2), ("Ripon", 0)], "12"),
        ("Does Ripon or Leeds have fewer good places?", [("Ripon", 0), ("Leeds", 2)], ""),
        (
            "Are there more care homes in Ripon or in Leeds?",
            [("Ripon", 2), ("Leeds", 2)],
            "1236",
        ),  # a tie: both win
        ("Does Elm Ltd or Oak Ltd run more places?", [("Oak Ltd", 3), ("Elm Ltd", 2)], "123"),
    ],
)
def test_a_comparison_gives_each_figure_and_the_winners_facts(
    asked: str, groups: Sequence[tuple[str, float]], winners: str, homes: Service
) -> None:
    answer = homes.ask(asked)
    assert figures(answer, "count") == groups
    assert ("".join(sorted(numbers(answer))), answer.facts_total) == (winners, len(winners))


def test_shares_are_compared(homes: Service) -> None:
    answer = homes.ask("Does Ripon or Leeds have a higher share of good places?")
    assert figures(answer, "percent")[:2] == [("Leeds", 66.7), ("Ripon", 0.0)]
    assert numbers(answer) == "12"


@pytest.mark.parametrize(
    ("asked", "groups", "winners"),
    [
        ("Which town has the most places?", [("Leeds", 3)], "125"),
        ("Which town has the fewest places?", [("Hull", 1)], "4"),
        ("Which town has the most good places?", [("Leeds", 2)], "12"),
        ("Which provider has the most inadequate or outstanding places?", [("Elm Ltd", 2)], "45"),
        ("Which town has the most places below good?", [("Hull", 1), ("Ripon", 1)], "34"),  # a tie
        ("Which 2 towns have the most places?", [("Leeds", 3), ("Ripon", 2)], "12356"),
        ("In which town does Oak Ltd run the most places?", [("Leeds", 2)], "12"),
        ("Which of Leeds and Ripon has the most places?", [("Leeds", 3), ("Ripon", 2)], "125"),
    ],
)
def test_a_ranking_gives_the_first_and_their_facts(
    asked: str, groups: Sequence[tuple[str, float]], winners: str, homes: Service
) -> None:
    answer = homes.ask(asked)
    assert figures(answer, "count")[: len(groups)] == groups
    assert ("".join(sorted(numbers(answer))), answer.facts_total) == (winners, len(winners))


def test_a_ranking_by_share_gives_the_share_and_who_makes_it_up(homes: Service) -> None:
    answer = homes.ask("Which town has the highest percentage of places that require improvement?")
    assert figures(answer, "percent")[0] == ("Ripon", 100.0)
    assert numbers(answer) == "3"


@pytest.mark.parametrize(
    ("asked", "found"), [("Which place has the best rating?", "5"), ("Which place is the worst rated?", "4")]
)
def test_without_a_group_a_ranking_gives_who_is_rated_best_or_worst(
    asked: str, found: str, homes: Service
) -> None:
    assert numbers(homes.ask(asked)) == found


def test_a_roll_up_counts_a_providers_places_with_a_rating(homes: Service) -> None:
    answer = homes.ask("How many of Oak Ltd's places are good?")
    assert numbers(answer) == "12"
    assert {value for _, value in figures(answer, "count")} >= {2, 3}


# Subjects and checks ----------------------------------------------------------------------------------------


def test_a_look_up_gives_the_facts_of_the_subjects_in_the_order_named(homes: Service) -> None:
    assert numbers(homes.ask("How are Olwen House and Brackwater House rated?")) == "41"
    [safe] = homes.ask("How is Dunmere House rated for safe?").facts
    assert (safe.aspect, safe.rating) == ("Safe", RI)


@pytest.mark.parametrize(
    ("asked", "yes"),
    [
        ("Is Brackwater House good?", True),
        ("Is Brackwater House outstanding?", False),
        ("Is Kestrane House below good?", True),
        ("Is Brackwater House not outstanding?", True),
        ("Is Dunmere House safe?", False),
        ("Are Brackwater House and Dunmere House good?", True),
        ("Are Brackwater House and Kestrane House good?", False),
    ],
)
def test_a_check_of_subjects_says_whether_all_are_as_supposed(asked: str, yes: bool, homes: Service) -> None:
    assert verdict(homes.ask(asked)) is yes


def test_a_rating_for_safe_is_told_as_what_it_is(homes: Service) -> None:
    """It tells nothing of today: no bare yes."""
    text = homes.ask("Is Brackwater House safe?").answer.text
    assert "was rated Good for Safe (published 2 January 2020)" in text
    assert not text.startswith("Yes. Brackwater House is safe")


@pytest.mark.parametrize(
    ("asked", "yes", "facts"),
    [
        ("Are there any inadequate places?", True, "4"),
        ("Are there any inadequate places in Leeds?", False, ""),
        ("Are none of the places in Leeds inadequate?", True, ""),
        ("Are none of the places in Leeds good?", False, "12"),
        ("Are all care homes in Leeds good?", True, "12"),
        ("Are all places in Leeds good?", False, "5"),
        ("Are all places good?", False, "345"),
    ],
)
def test_a_check_of_a_scope_says_whether_any_all_or_none_are_and_who_is_not(
    asked: str, yes: bool, facts: str, homes: Service
) -> None:
    answer = homes.ask(asked)
    assert (verdict(answer), "".join(sorted(numbers(answer)))) == (yes, facts)


def test_all_exceptions_are_counted_and_fifty_given(seventy: Service) -> None:
    answer = seventy.ask("Are all care homes good?")
    assert (verdict(answer), len(answer.facts), answer.facts_total) == (False, 50, 65)


# Shared names -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Three homes of one name."""
    towns = {1: "Leeds", 3: "Ripon", 5: "Hull"}
    rows = [
        row(number, "Brackwater House", rating, "02/01/2020", town=towns[number])
        for number, rating in ((1, GOOD), (3, RI), (5, TOP))
    ]
    return serve(tmp_path_factory.mktemp("shared"), rows)


def test_a_shared_name_is_ambiguous_with_all_its_candidates(shared: Service) -> None:
    answer = shared.ask("What is Brackwater House rated?")
    assert (answer.status, "".join(sorted(numbers(answer))), answer.facts_total) == ("ambiguous", "135", 3)


@pytest.mark.parametrize(
    "asked",
    [
        "What is Brackwater House in Ripon rated?",
        "Brackwater House, Ripon",
        "Is the Brackwater House in Ripon good?",
    ],
)
def test_a_place_settles_a_shared_name(asked: str, shared: Service) -> None:
    answer = shared.ask(asked)
    assert (answer.status, numbers(answer)) == ("answered", "3")


# Changes ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Homes that rose, fell and stayed, one rated for the first time, and one rated for Caring in Ripon
    alone.
    """
    told = {1: (RI, GOOD), 2: (GOOD, RI), 3: (GOOD, GOOD), 4: ("", GOOD)}
    rows = [
        row(number, f"{NAMES[number]} House", rating, date)
        for number, ratings in told.items()
        for rating, date in zip(ratings, ("02/01/2020", "02/01/2021"), strict=True)
        if rating
    ]
    rows.append(row(5, f"{NAMES[5]} House", GOOD, "02/01/2021", town="Ripon"))
    rows.append(row(5, f"{NAMES[5]} House", GOOD, "02/01/2021", town="Ripon", aspect="Caring"))
    rows.append(row(5, f"{NAMES[5]} House", GOOD, "02/01/2021", town="Ripon", service="Surgery"))
    return serve(tmp_path_factory.mktemp("moved"), rows)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Which homes improved?", "1"),
        ("Which homes got worse?", "2"),
        ("Which homes stayed the same?", "3"),
        ("Which homes stayed where they were?", "3"),
        ("Which homes got worse or stayed where they were?", "23"),
        ("Which homes stayed put?", "3"),
        ("Which homes changed?", "12"),
        ("Which homes were good before?", "23"),
        ("Which homes went from good to requires improvement?", "2"),
        ("Which homes improved to good?", "1"),
        ("Which homes that are good improved?", "1"),
    ],
)
def test_changes_are_found_by_their_direction_and_their_ends(asked: str, found: str, moved: Service) -> None:
    assert "".join(sorted(numbers(moved.ask(asked)))) == found


@pytest.mark.parametrize(
    ("asked", "yes"),
    [
        ("Has Brackwater House improved?", True),
        ("Has Brackwater House got worse?", False),
        ("Did Dunmere House get worse?", True),
        ("Did Kestrane House stay the same?", True),
        ("Did Kestrane House stay where it was?", True),
        ("Did Brackwater House drop a grade or stay where it was?", False),
        ("Did Dunmere House drop a grade or stay where it was?", True),
        ("Has Kestrane House changed?", False),
    ],
)
def test_a_check_of_a_change_goes_by_both_ratings(asked: str, yes: bool, moved: Service) -> None:
    assert verdict(moved.ask(asked)) is yes


# Why nothing is found ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("How many homes are in Zanderley?", "Zanderley"),
        ("Is Brackwater House better than Zanderley Court?", "Zanderley"),
        ("How is Brackwater House rated for caring?", "Caring"),
        ("What will Brackwater House be rated next year?", "future"),
        ("How many nursing homes are there?", "nursing homes"),
        ("How is Brackwater House rated for surgery?", "Surgery"),
        ("What was Olwen House rated before?", "earlier rating"),
        ("Has Olwen House improved?", "earlier rating"),
        ("Which homes in Ripon improved?", "earlier rating"),
        ("What was Brackwater House rated in 2018?", "2018"),
    ],
)
def test_what_can_not_be_answered_says_why(asked: str, says: str, moved: Service) -> None:
    answer = moved.ask(asked)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert says in answer.answer.text


def test_contradicting_ratings_of_one_date_are_said_to_contradict(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rows = [row(1, "Brackwater House", rating, "02/01/2020") for rating in (GOOD, BAD)]
    answer = serve(tmp_path_factory.mktemp("twofold"), rows).ask("What is Brackwater House rated?")
    assert {fact.rating for fact in answer.facts} == {GOOD, BAD}
    assert "different ratings" in answer.answer.text


@pytest.mark.parametrize("asked", ["Hello", "I want to kill myself", "Thanks!"])
def test_what_asks_for_no_rating_finds_none(asked: str, homes: Service) -> None:
    answer = homes.ask(asked)
    assert (answer.facts, answer.figures) == ((), ())
    assert answer.status in ("small_talk", "signposted")


@pytest.mark.parametrize(
    ("asked", "status", "begins"),
    [
        (
            "good care homes for maternity",
            "not_found",
            "The loaded tables rate no care home for “Maternity”.",
        ),
        (
            "how many care homes in Leeds are outstanding for maternity",
            "not_found",
            "The loaded tables rate no",
        ),
        (
            "inadequate places for maternity",
            "answered",
            "None: no place was rated Inadequate for “Maternity”",
        ),
        ("good places for maternity", "answered", "1 place was rated Good for “Maternity”"),
    ],
)
def test_that_none_is_good_for_what_none_is_rated_for_is_not_said(
    tmp_path_factory: pytest.TempPathFactory, asked: str, status: str, begins: str
) -> None:
    rows = [
        row(1, "Brackwater House", GOOD, "02/01/2020"),
        row(2, "Larkmoor Clinic", GOOD, "02/01/2020", care_home="N"),
        row(2, "Larkmoor Clinic", GOOD, "02/01/2020", care_home="N", service="Maternity"),
    ]
    answer = serve(tmp_path_factory.mktemp("rated"), rows).ask(asked)
    assert (answer.status, answer.answer.text[: len(begins)]) == (status, begins)
