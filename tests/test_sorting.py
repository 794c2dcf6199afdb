"""Orders asked for by a verb: "rank the towns by how many homes are good", "order the homes by their rating"."""

from __future__ import annotations

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Rank the three councils by how many care homes are rated below good",
            "by council: Harlow Dale 2 and Overmoor 2",
        ),
        (
            "rank the councils according to how many care homes they have",
            "Harlow Dale 5, Overmoor 3 and Eastmarch 2",
        ),
        ("rank the councils by number of care homes", "Harlow Dale 5, Overmoor 3 and Eastmarch 2"),
        ("rank the councils by care homes, fewest first", "Eastmarch 2, Overmoor 3 and Harlow Dale 5"),
        ("councils by how many care homes they have", "Harlow Dale 5, Overmoor 3 and Eastmarch 2"),
        (
            "councils ranked by the share of care homes that are good or better",
            "Eastmarch 100%, Harlow Dale 60% and Overmoor 33.3%",
        ),
        ("Could you order the councils by share of inadequate care homes?", "Overmoor 33.3%, Eastmarch 0%"),
        ("rank the providers by how many care homes they run", "Larkmoor Care Ltd 4, Tolland Homes 3"),
    ],
)
def test_groups_are_ranked_by_what_is_counted(asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("order the homes in Ripon by their current rating, best first", ("Brackwater House",)),
        ("rank the homes in Malton by rating", ("Saltersgate", "Yarrowby")),
        ("sort the homes in Malton by rating, worst first", ("Yarrowby", "Saltersgate")),
        ("rank the homes in Thirsk from worst to best", ("Wilfreda House", "Ashgrove", "Pinfold Rest")),
        ("list the homes in Thirsk by rating, best first", ("Pinfold Rest", "Ashgrove", "Wilfreda House")),
        ("order the homes in Malton by when they were rated", ("Yarrowby", "Saltersgate")),
        ("sort the homes in Malton by date of rating, oldest first", ("Saltersgate", "Yarrowby")),
    ],
)
def test_places_are_ordered_by_what_is_said(asked: str, names: tuple[str, ...], county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert tuple(fact.subject for fact in answer.facts)[: len(names)] == names


@pytest.mark.parametrize("asked", ["Which town has the most care homes and by how many?"])
def test_a_margin_is_no_order(asked: str, county: Service) -> None:
    assert county.ask(asked).understood.left_out == ("by how many",)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Which care home has sat on requires improvement the longest?", "Quennell Grange"),
        ("Which care home has been good for longest?", "Dunmere Lodge"),
        ("Which home has had its outstanding rating for the longest time?", "Brackwater House"),
        (
            "Which care home has been on requires improvement the longest, and who runs it?",
            "Larkmoor Care Ltd",
        ),
    ],
)
def test_the_longest_so_rated_has_the_oldest_such_rating(asked: str, name: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert name in answer.answer.text
    assert {fact.subject for fact in answer.facts} <= {"Quennell Grange", "Dunmere Lodge", "Brackwater House"}


def test_the_longest_of_something_else_is_not_told(county: Service) -> None:
    assert county.ask("Which care home has the longest waiting list?").status == "not_found"
