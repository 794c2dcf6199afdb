"""Yes/no questions of groups and of parts: the verdict, the exact count, the percentage, and who keeps it
from holding.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from made_corpus import figures, row, serve, verdict
from made_facts import BAD, GOOD, RI, TOP, fact, store

from qa.answering.context import Context
from qa.answering.sentences import tell
from qa.facts.run import run
from qa.question import query as q
from qa.scale import CQC
from qa.service import Service

# town → the ratings of its care homes
TOWNS = {
    "Leeds": (TOP, GOOD, GOOD, GOOD),
    "Ripon": (TOP, GOOD),
    "Hull": (GOOD, RI),
    "York": (TOP, BAD),
    "Selby": (TOP, TOP),
}


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Five towns with care homes, and Goole with a clinic alone."""
    homes = [(town, rating) for town, ratings in TOWNS.items() for rating in ratings]
    rows = [
        row(number, f"Number {number} House", rating, "02/01/2020", town=town)
        for number, (town, rating) in enumerate(homes, 1)
    ]
    rows.append(row(99, "Goole Clinic", GOOD, "02/01/2020", town="Goole", care_home="N"))
    return serve(tmp_path_factory.mktemp("towns"), rows)


@pytest.mark.parametrize(
    ("asked", "holds", "told"),
    [
        (
            "Does every town have at least one outstanding care home?",
            False,
            "4 of 6 towns have a care home rated Outstanding",
        ),
        (
            "Does every town have one outstanding care home at least?",
            False,
            "4 of 6 towns have a care home rated Outstanding",
        ),
        ("Do all towns have an outstanding care home?", False, "Hull and Goole do not"),
        ("Does each town have a place?", True, "All 6 towns have"),
        ("Does every town have a care home?", False, "5 of 6 towns have a care home. Goole does not"),
        ("Does not every town have a care home?", True, "Goole does not"),
        ("Has every town more than 3 good care homes?", False, "None of the 6 towns"),
        (
            "Has any town more than 2 good care homes?",
            True,
            "1 of 6 towns has at least 3 care homes rated Good: Leeds",
        ),
        (
            "Is there a town where no care home is inadequate?",
            True,
            "4 of 5 towns have no care home rated Inadequate",
        ),
        (
            "Is there a town where all care homes are outstanding?",
            True,
            "1 of 5 towns has all of their care homes rated Outstanding: Selby",
        ),
        ("Do most towns have an outstanding care home?", True, "4 of 6 towns (66.7%)"),
        ("Do more than 80% of towns have an outstanding care home?", False, "4 of 6 towns (66.7%)"),
        (
            "Do half of the towns have an inadequate care home?",
            False,
            "1 of 6 towns (16.7%) has a care home rated Inadequate: York",
        ),
        (
            "Do at least 2 towns have an inadequate care home?",
            False,
            "1 of 6 towns has a care home rated Inadequate: York",
        ),
        (
            "Does no town have an inadequate care home?",
            False,
            "1 of 6 towns has a care home rated Inadequate: York",
        ),
        (
            "Is every town without an inadequate care home?",
            False,
            "4 of 5 towns have no care home rated Inadequate. York has.",
        ),
        (
            "Is there a town without an outstanding care home?",
            True,
            "1 of 5 towns has no care home rated Outstanding: Hull",
        ),
        (
            "Does each of Leeds and Hull have an outstanding care home?",
            False,
            "1 of 2 councils has a care home rated Outstanding. Hull does not",
        ),
    ],
)
def test_a_claim_of_groups_counts_the_groups(asked: str, holds: bool, told: str, towns: Service) -> None:
    answer = towns.ask(asked)
    assert (answer.status, verdict(answer)) == ("answered", holds), answer.answer.text
    assert told in answer.answer.text
    assert not answer.understood.left_out


def test_the_facts_of_a_claim_of_groups_are_of_those_that_make_it_up(towns: Service) -> None:
    answer = towns.ask("Does every town have at least one outstanding care home?")
    assert {fact.rating for fact in answer.facts} == {TOP}
    assert answer.facts_total == 5


def test_the_figures_of_a_ranking_hold_the_winner_then_the_other_groups(towns: Service) -> None:
    answer = towns.ask("Which town has the highest share of outstanding care homes?")
    assert figures(answer, "percent") == [
        ("Selby", 100.0),
        ("Ripon", 50.0),
        ("York", 50.0),
        ("Leeds", 25.0),
        ("Hull", 0.0),
    ]
    assert {fact.attributes["town"] for fact in answer.facts} == {"Selby"}


def test_a_ranking_of_shares_of_which_none_has_any_tells_the_groups(towns: Service) -> None:
    answer = towns.ask("Which town has the lowest share of inadequate care homes?")
    assert (answer.status, answer.facts) == ("answered", ())
    assert [value for _, value in figures(answer, "percent")][:2] == [0.0, 0.0]


# Parts of a whole -------------------------------------------------------------------------------------------

PARTS = {
    "at least 5% of": q.Quantifier(least=Fraction(1, 20)),
    "more than 80% of": q.Quantifier(over=Fraction(4, 5)),
    "fewer than 30% of": q.Quantifier(under=Fraction(3, 10)),
    "at most 20% of": q.Quantifier(most=Fraction(1, 5)),
    "1 in 10": q.Quantifier(least=Fraction(1, 10)),
    "half of": q.Quantifier(least=Fraction(1, 2)),
    "more than half of": q.Quantifier(over=Fraction(1, 2)),
    "a third of": q.Quantifier(least=Fraction(1, 3)),
    "two thirds of": q.Quantifier(least=Fraction(2, 3)),
    "most": q.MOST,
    "few": q.Quantifier(under=Fraction(1, 4)),
    "hardly any": q.Quantifier(under=Fraction(1, 4)),
}
HOMES = q.Is("care_home", ("Y",))


@pytest.mark.parametrize("said", PARTS)
def test_a_part_of_a_whole_is_read(said: str, towns: Service) -> None:
    reading = towns.ask(f"Are {said} care homes good?")
    assert verdict(reading) == PARTS[said].holds(5, 12), reading.answer.text
    assert (
        "5 of 12 rated care homes (41.7%) were rated Good" in reading.answer.text,
        reading.understood.left_out,
    ) == (True, ())


@pytest.mark.parametrize("said", PARTS)
@pytest.mark.parametrize("count", range(8))
def test_of_every_count_the_part_is_told_exactly(count: int, said: str) -> None:
    whole = 7
    held = store(
        *(
            fact(f"Home {n}", GOOD if n < count else RI, identifier=str(n), care_home="Y")
            for n in range(whole)
        )
    )
    query = q.Query(HOMES, claim=q.Claim(PARTS[said], q.Rated((GOOD,))))
    telling = tell(query, run(query, held, CQC), Context(CQC))
    percent = round(100 * count / whole, 1)
    assert telling.text.startswith("Yes. " if PARTS[said].holds(count, whole) else "No. ")
    assert f"({percent:g}%)" in telling.text
    assert (f"{count} of 7" if 0 < count < whole else "the 7" if not count else "All 7") in telling.text
    assert [figure.value for figure in telling.figures if figure.unit == "percent"] == [percent]
    assert [figure.value for figure in telling.figures if figure.unit == "count"][:2] == [count, whole]


# One against itself and against several ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "holds", "facts"),
    [
        ("Is Number 1 House better than Number 2 House and Number 5 House?", False, 3),
        ("Is Number 1 House better than Number 2 House and Number 8 House?", True, 3),
        ("Does Number 2 House have the same rating as Number 3 House and Number 4 House?", True, 3),
        ("Does Number 2 House have the same rating as Number 2 House?", True, 1),
        ("Is Number 2 House better than Number 2 House?", False, 1),
        ("Compare Number 2 House with Number 2 House and Number 2 House", None, 1),
        ("Compare Number 2 House with Number 1 House and Number 2 House", None, 2),
    ],
)
def test_who_is_named_twice_is_told_once(asked: str, holds: bool | None, facts: int, towns: Service) -> None:
    answer = towns.ask(asked)
    assert (answer.status, verdict(answer), len(answer.facts), answer.facts_total) == (
        "answered",
        holds,
        facts,
        facts,
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is any care home in Overmoor outstanding, or less than good?", "Ashgrove (Requires improvement)"),
        ("Are any care homes in Overmoor below good?", "Wilfreda House (Inadequate)"),
        ("Are any care homes in Harlow Dale good or outstanding?", "Brackwater House (Outstanding)"),
        ("Is any care home in Thirsk good or better?", "Pinfold Rest (Good)"),
        ("Does any surgery require improvement or is any outstanding?", "Park View Surgery"),
        ("Are any surgeries outstanding or inadequate?", "Park View Surgery (Outstanding)"),
        ("Is any care home in Overmoor inadequate?", "Wilfreda House."),
    ],
)
def test_which_of_several_ratings_it_is_is_told(question: str, told: str, county: Service) -> None:
    assert told in county.ask(question).answer.text
