"""Columns that nobody foresaw are asked by their headings; places by their identifiers; owners with names of
everyday words.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.service import Service
from qa.settings import Settings

# As a regulator's download has them: no column that says what is a care home, months first, beds under a
# longer heading.
HEADS = (
    "Location Name,Location ID,Location Local Authority,Primary inspection category,Latest Overall "
    "Rating,Publication Date,Care homes beds,Provider Name,Constituency\n"
)
ROWS = """Larch View,1-752918925,Kent,Residential social care,Good,1/17/2011 12:00:00 AM,9,Homes Together Limited,Ashford
Maple Bank,1-143332621,Kent,Residential social care,Inadequate,6/4/2013 12:00:00 AM,40,Kent County Council,Dover
Hazel Care,1-964916912,Derby,Community based adult social care services,Good,12/3/2020 12:00:00 AM,,Hazel Care Ltd,Derby North
Rowan Row,20334455,Derby,Residential social care,,8/26/2025 12:00:00 AM,4,Homes Together Limited,Derby North
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "Locations.csv").write_text(HEADS + ROWS, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many beds does Maple Bank have?", "Maple Bank has 40 care homes beds."),
        ("beds at Maple Bank", "Maple Bank has 40 care homes beds."),
        ("How many beds does Hazel Care have?", "Hazel Care has no number of care homes beds in the tables."),
        ("How many beds are there in all?", "53 care homes beds in all"),
        ("How many beds are there in Kent?", "49 care homes beds in all"),
        ("Which homes have more than 8 beds?", "2 care homes with at least 9 care homes beds"),
        ("homes with fewer than 5 beds", "1 care home with 0 to 4 care homes beds: Rowan Row"),
        ("Which place has the most beds?", "40 is the largest number of care homes beds, of Maple Bank"),
        ("Which council has the most beds?", "Kent (49) has the highest sum of care homes beds of places."),
        (
            "Which provider has the fewest beds?",
            "Homes Together Limited (13) has the lowest sum of care homes beds of places.",
        ),
        (
            "Which council has the highest average number of beds?",
            "Kent (24.5) has the highest mean of care homes beds of places.",
        ),
        ("In which constituency is Maple Bank?", "Maple Bank is in Dover (constituency)."),
        ("Which places are in Derby North?", "2 places in Derby North (constituency)"),
        ("How many homes are in Kent?", "2 care homes in Kent (council area)"),
        ("When was Larch View rated?", "The rating of Larch View, Good, was published on 17 January 2011."),
        ("Which homes does Homes Together run?", "2 care homes run by Homes Together Limited"),
        (
            "How many homes together in Kent are good?",
            "1 care home in Kent (council area) was rated Good: Larch View",
        ),
        ("What is 1-143332621 rated?", "Maple Bank was rated Inadequate"),
        ("is 1-752918925 good?", "Yes. Larch View was rated Good"),
        ("What is 20334455 rated?", "Rowan Row has no published rating"),
    ],
)
def test_a_column_is_asked_by_its_heading(service: Service, question: str, text: str) -> None:
    answer = service.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()


# "Places" is what children's homes hold, and what all that is rated may be called.
HOMES = """Name,Provision type,Overall effectiveness,Publication date,Sector,Places
Larch Home,Children's home,Good,2018-03-15,Private,6
Maple Home,Children's home,Good,2018-03-15,Voluntary,
Hazel Home,Children's home,Inadequate,2018-03-15,Private,3
"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("homes")
    (folder / "homes.csv").write_text(HOMES, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many places are good?", "2 places were rated Good"),
        ("How many places were rated good?", "2 places were rated Good"),
        ("Which places are inadequate?", "1 place was rated Inadequate: Hazel Home"),
        (
            "How many places are not good?",
            "1 place was rated Outstanding, Requires improvement or Inadequate: Hazel Home",
        ),
        ("How many places have never been good?", "The tables have no earlier rating of places."),
        ("How many places are children's homes?", "3 children's homes"),
        ("How many places are private?", "2 places with Private as sector"),
        ("Which places have more than 4 places?", "1 place with at least 5 places: Larch Home"),
        ("How many places have more than 4 places?", "1 place with at least 5 places: Larch Home"),
        ("How many places does Larch Home have?", "Larch Home has 6 places."),
        ("How many places has Larch Home?", "Larch Home has 6 places."),
        ("How many places are there?", "3 places: Larch Home"),
        ("How many places are there in private homes?", "9 places in all"),
        ("Which home has the most places?", "6 is the largest number of places, of Larch Home"),
        ("Which sector has the most places?", "Private (9) has the highest sum of places"),
    ],
)
def test_a_column_of_numbers_headed_like_all_that_is_rated_is_told_from_it(
    homes: Service, question: str, text: str
) -> None:
    answer = homes.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text


# The scores are numbers with decimals, under a heading with a sign, in a word that elsewhere means a rating.
SCORED = """Service,Score_%,Overall rating,Published
Larch,61.11,Good,2025-01-28
Maple,44.44,Requires improvement,2025-02-18
Hazel,91.67,Outstanding,2025-01-07
Rowan,60,Good,2025-01-07
"""


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("scored")
    (folder / "scored.csv").write_text(SCORED, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the score of Larch?", "Larch has the score % 61.11."),
        ("What score does Hazel have?", "Hazel has the score % 91.67."),
        ("What is Larch rated?", "Larch was rated Good"),
        ("Which has the highest score?", "91.67 is the largest score %, of Hazel"),
        ("Which have a score above 60?", "2 places with a score % of at least 61.11: Larch"),
        ("Which have a score of more than 61?", "2 places with a score % of at least 61.11: Larch"),
        ("Which have a score of at least 61.11?", "2 places with a score % of at least 61.11: Larch"),
        ("Which have a score under 60?", "1 place with a score % of 0 to 44.44: Maple"),
        ("Which have a score below 60.5?", "2 places with a score % of 0 to 60: Maple"),
        ("How many have a score above 91.67?", "None"),
    ],
)
def test_a_number_with_decimals_is_set_against_one(scored: Service, question: str, text: str) -> None:
    answer = scored.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text


@pytest.mark.parametrize(
    "question", ["What is 99334455 rated?", "What is 1-143332622 rated?", "list 99334455"]
)
def test_a_code_that_no_table_holds_is_neither_another_nor_a_number(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())


def test_how_many_different_numbers_are_not_added_up(service: Service) -> None:
    assert service.ask("How many different numbers of beds are there?").figures[0].value == 3


def test_what_is_counted_over_a_table_read_in_part_says_so(tmp_path: Path) -> None:
    rows = "Name,Rating,Published\nElm House,Good,2020-01-31\nOak Lodge,Good\nAsh Court,Good,2020-01-31\n"
    (tmp_path / "homes.csv").write_text(rows, encoding="utf-8")
    opened = Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    told = "Not all of homes.csv could be read, so something may be missing here."
    assert opened.ask("How many places are good?").answer.text.endswith(told)
    assert opened.ask("Which places are inadequate?").answer.text.endswith(told)
    assert told not in opened.ask("What is Elm House rated?").answer.text
