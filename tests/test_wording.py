"""Conditions and scopes in English: each kind alone, negated and joined; in the singular and the plural; as a
statement.
"""

from __future__ import annotations

import datetime

import pytest

from qa.answering.context import Context
from qa.answering.english import listed, listed_or, ordinal, period, singular
from qa.answering.remarks import counted_back, left_out_sentence
from qa.answering.side_labels import side_labels
from qa.answering.wording import predicate, scope_phrase, split_scope
from qa.fields import FIELDS, own_field
from qa.question.query import (
    EVERYTHING,
    And,
    AspectAgainst,
    Condition,
    Is,
    Measured,
    Moved,
    Named,
    NameHas,
    Not,
    Or,
    Postcode,
    Published,
    Rated,
    RatedAgainst,
    RatedFor,
    Unrated,
)
from qa.scale import CQC

ASPECTS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
LABELS = {
    ("care_home", ("Y",)): "care homes",
    ("kind", ("GP Practices",)): "GP practices",
    ("town", ("Bury", "Hyde")): "Wessex",
}
OWN = (
    own_field("Ward Name", "ward_name", place=True),
    own_field("Beds", "beds", "number"),
    own_field("IMD decile", "imd_decile", "number"),
)
CONTEXT = Context(
    CQC, fields=(*FIELDS, *OWN), aspects=ASPECTS, label=lambda field, values: LABELS.get((field, values))
)
HOME, GP, KENT = Is("care_home", ("Y",)), Is("kind", ("GP Practices",)), Is("local_authority", ("Kent",))
GOOD, TOP = Rated(("Good",)), Rated(("Outstanding",))
BELOW = ("Requires improvement", "Inadequate")


def day(year: int, month: int = 1, date: int = 1) -> datetime.date:
    return datetime.date(year, month, date)


SCOPES: list[tuple[Condition, str]] = [
    (EVERYTHING, "places"),
    (HOME, "care homes"),
    (And((HOME, KENT)), "care homes in Kent (council area)"),
    (And((HOME, Not(KENT))), "care homes outside Kent (council area)"),
    (And((HOME, Is("town", ("Bury", "Hyde")))), "care homes in Wessex"),
    (And((HOME, Is("town", ("Bury", "Ripon")))), "care homes in Bury or Ripon (postal towns)"),
    (Is("ward_name", ("Clun",)), "places in Clun (ward name)"),
    (And((HOME, Is("provider", ("Oak Ltd",)), KENT)), "care homes in Kent (council area) run by Oak Ltd"),
    (And((HOME, Not(Is("provider", ("Oak Ltd",))))), "care homes not run by Oak Ltd"),
    (And((Not(HOME), GOOD)), "places other than care homes rated Good"),
    (Or((HOME, GP)), "care homes and GP practices"),
    (And((Or((HOME, GP)), KENT)), "care homes and GP practices in Kent (council area)"),
    (Or((GP, And((HOME, TOP)))), "GP practices and care homes rated Outstanding"),
    (Is("inherited", ("Y",)), "places with an inherited rating"),
    (Not(Is("inherited", ("Y",))), "places without an inherited rating"),
    (Is("brand", ("Oak",)), "places of the brand Oak"),
    (Is("type", ("Social Care Org",)), "places with Social Care Org as type of place"),
    (Postcode(("SW", "M1")), "places with a postcode in SW or M1"),
    (NameHas(("park", "view")), "places with “park view” in the name"),
    (Measured("beds", 18), "places with at least 18 beds"),
    (Measured("beds", 2, 2), "places with exactly 2 beds"),
    (Measured("imd_decile", None, 3), "places with an IMD decile of at most 3"),
    (And((HOME, Rated(BELOW, "Safe"))), "care homes rated Requires improvement or Inadequate for Safe"),
    (Rated(("Good",), service="Maternity"), "places rated Good for “Maternity”"),
    (Rated(("Good",), "Safe", "Maternity"), "places rated Good for Safe in “Maternity”"),
    (Rated(CQC.ratings), "places with a rating"),
    (Rated(("Not rated",)), "places with the published result “Not rated”"),
    (Rated(BELOW, when="before"), "places rated Requires improvement or Inadequate before"),
    (Rated(("Good",), when="ever"), "places rated Good at any time"),
    (
        And((Rated(("Outstanding",), "Caring"), Rated(("Good",), "Well-led"))),
        "places rated Outstanding for Caring and Good for Well-led",
    ),
    (And((Rated(("Good",), "Safe"), Rated(("Good",), "Caring"))), "places rated Good for Safe and Caring"),
    (And((GOOD, Rated(("Outstanding",), "Safe"))), "places rated Good overall and Outstanding for Safe"),
    (And((GOOD, Rated(BELOW[:1], when="before"))), "places rated Good now and Requires improvement before"),
    (And((GOOD, Not(Rated(("Good",), "Well-led")))), "places rated Good and not rated Good for Well-led"),
    (And((HOME, Not(Or((GOOD, TOP))))), "care homes neither rated Good nor rated Outstanding"),
    (And((HOME, Not(And((GOOD, KENT))))), "care homes not at once in Kent (council area) and rated Good"),
    (RatedFor(("Good",), ASPECTS, 5), "places rated Good for all 5 key questions"),
    (RatedFor(("Good",), ASPECTS, 3), "places rated Good for at least 3 of the 5 key questions"),
    (RatedFor(("Inadequate",), ASPECTS, 0, 0), "places rated Inadequate for none of the 5 key questions"),
    (RatedFor(("Inadequate",), ("Safe", "Well-led"), 1), "places rated Inadequate for Safe or Well-led"),
    (
        RatedFor(("Inadequate",), ("Safe", "Well-led"), 1, 1),
        "places rated Inadequate for exactly 1 of Safe and Well-led",
    ),
    (AspectAgainst("Safe", -1, "Caring"), "places rated lower for Safe than for Caring"),
    (AspectAgainst("Safe", 0, "Caring"), "places rated the same for Safe as for Caring"),
    (RatedAgainst(3, 1, label="Oxleas"), "places rated higher than Oxleas"),
    (Moved((-1,)), "places given a lower rating than before"),
    (Moved((1, -1)), "places given a different rating than before"),
    (Unrated("Safe"), "places without a rating for Safe"),
    (Not(Unrated()), "places with a rating"),
    (And((HOME, Published(day(2020), day(2021)))), "care homes with a rating published in 2020"),
    (
        And((GOOD, Published(until=day(2019)))),
        "places rated Good in ratings published up to 31 December 2018",
    ),
    (And((GOOD, Not(Named((1,), ("Oxleas",))))), "places other than Oxleas rated Good"),
    (Named((1, 2), ("Oak House", "Elm House")), "Oak House and Elm House"),
]


@pytest.mark.parametrize(("condition", "phrase"), SCOPES, ids=[phrase for _, phrase in SCOPES])
def test_a_scope_is_a_noun_phrase(condition: Condition, phrase: str) -> None:
    assert scope_phrase(condition, None, CONTEXT) == phrase


def test_no_two_scopes_are_said_alike() -> None:
    told = [phrase for _, phrase in SCOPES if phrase != "places with a rating"]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        (HOME, "care home"),
        (Or((HOME, GP)), "care home or GP practice"),
        (Or((GP, And((HOME, TOP)))), "GP practice or care home rated Outstanding"),
        (And((GP, KENT)), "GP practice in Kent (council area)"),
    ],
)
def test_one_is_in_the_singular(condition: Condition, phrase: str) -> None:
    assert scope_phrase(condition, 1, CONTEXT) == phrase


@pytest.mark.parametrize(
    ("condition", "one", "several"),
    [
        (GOOD, "was rated Good", "were rated Good"),
        (Not(GOOD), "was not rated Good", "were not rated Good"),
        (HOME, "was a care home", "were care homes"),
        (KENT, "was in Kent (council area)", "were in Kent (council area)"),
        (Unrated(), "had no rating", "had no rating"),
        (Not(Unrated()), "had a rating", "had a rating"),
        (Moved((1,)), "was given a higher rating than before", "were given a higher rating than before"),
        (
            And((GOOD, Moved((1,)))),
            "was rated Good and given a higher rating than before",
            "were rated Good and given a higher rating than before",
        ),
        (
            And((GOOD, Published(day(2020), day(2021)))),
            "was rated Good in ratings published in 2020",
            "were rated Good in ratings published in 2020",
        ),
    ],
)
def test_a_condition_is_a_statement_of_one_and_of_several(
    condition: Condition, one: str, several: str
) -> None:
    assert predicate(condition, 1, CONTEXT) == one
    assert predicate(condition, 2, CONTEXT) == several


@pytest.mark.parametrize(
    ("before", "now", "sign", "told"),
    [
        ("Requires improvement", "Good", 1, "were rated Requires improvement before and Good now"),
        ("Good", "Inadequate", -1, "were rated Good before and Inadequate now"),
        (
            "Good",
            "Inadequate",
            1,
            "were given a higher rating than before and rated Good before and Inadequate now",
        ),
    ],
)
def test_a_move_between_two_ratings_that_are_told_is_said_once(
    before: str, now: str, sign: int, told: str
) -> None:
    condition = And((Moved((sign,)), Rated((before,), when="before"), Rated((now,))))
    assert predicate(condition, 2, CONTEXT) == told


def test_a_scope_is_cut_in_whom_and_what() -> None:
    period_of = Published(day(2020))
    assert split_scope(And((HOME, KENT, GOOD, period_of))) == (And((HOME, KENT)), And((GOOD, period_of)))
    assert split_scope(And((HOME, period_of))) == (And((HOME, period_of)), EVERYTHING)


@pytest.mark.parametrize(
    ("scopes", "labels"),
    [
        ((And((HOME, KENT)), And((HOME, Is("local_authority", ("Devon",))))), ["Kent", "Devon"]),
        ((And((HOME, GOOD)), And((HOME, TOP))), ["Good", "Outstanding"]),
        ((HOME, GP), ["care homes", "GP practices"]),
        ((HOME, And((HOME, KENT))), ["all care homes", "Kent"]),
        (
            (And((HOME, Rated(("Good",), "Safe"))), And((HOME, Rated(("Good",), "Caring")))),
            ["Safe", "Caring"],
        ),
    ],
)
def test_sides_are_called_by_what_differs(scopes: tuple[Condition, ...], labels: list[str]) -> None:
    assert side_labels(scopes, CONTEXT) == labels


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (day(2020), day(2021), "in 2020"),
        (day(2019), day(2022), "from 2019 to 2021"),
        (day(2020, 3), day(2020, 4), "in March 2020"),
        (day(2020, 3, 12), day(2020, 3, 13), "on 12 March 2020"),
        (day(2019, 4), day(2020, 4), "from 1 April 2019 to 31 March 2020"),
        (day(2023), None, "since 1 January 2023"),
        (None, day(2019), "up to 31 December 2018"),
    ],
)
def test_a_period_is_said_in_the_words_that_people_use(
    since: datetime.date | None, until: datetime.date | None, words: str
) -> None:
    assert period(since, until) == words


def test_lists_numbers_and_plurals() -> None:
    assert (listed(["a"]), listed(["a", "b", "c"]), listed_or(["a", "b", "c"])) == (
        "a",
        "a, b and c",
        "a, b or c",
    )
    assert [ordinal(place) for place in (1, 2, 10, 11, 21, 112)] == [
        "first",
        "second",
        "tenth",
        "11th",
        "21st",
        "112th",
    ]
    assert [singular(word) for word in ("hospices", "agencies", "address", "care homes")] == [
        "hospice",
        "agency",
        "address",
        "care home",
    ]


def test_what_is_said_beside_an_answer() -> None:
    assert left_out_sentence(()) == ""
    assert (
        counted_back("in the last two years", day(2025, 9, 21))
        == "“in the last two years” is counted back from 21 September 2025."
    )
