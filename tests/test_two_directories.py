"""Last month's directory beside this month's: the newest publication counts, and the older one is its
history.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import pytest

from qa.service import Service
from qa.settings import Settings

HEADS = (
    "Location ID,Location Name,Care Home?,Location City,Location Local Authority,Service / Population "
    "Group,Domain,Latest Rating,Publication Date"
)
EARLIER = """
1,Oak House,Y,Leeds,Leeds,Overall,Overall,Requires improvement,01/02/2019
1,Oak House,Y,Leeds,Leeds,Overall,Safe,Inadequate,01/02/2019
2,Elm House,Y,Otley,Leeds,Overall,Overall,Good,03/04/2019
3,Ash House,Y,Leeds,Leeds,Overall,Overall,Good,05/06/2019
4,Fir House,Y,Ripon,North Yorkshire,Overall,Overall,Inadequate,07/08/2019
5,Yew House,Y,Leeds,Leeds,Overall,Overall,Good,09/10/2019
"""
LATER = """
1,Oak House,Y,Leeds,Leeds,Overall,Overall,Good,11/03/2020
1,Oak House,Y,Leeds,Leeds,Overall,Safe,Requires improvement,11/03/2020
2,Elm House,Y,Otley,Leeds,Overall,Overall,Inadequate,12/03/2020
3,Ash House,Y,Leeds,Leeds,Overall,Overall,Good,05/06/2019
4,Fir Tree House,Y,Ripon,North Yorkshire,Overall,Overall,Good,13/03/2020
6,New House,Y,Leeds,Leeds,Overall,Overall,Outstanding,14/03/2020
"""


@pytest.fixture(
    scope="module", params=[("2020-02.csv", "2020-03.csv"), ("b.csv", "a.csv"), ("z.csv.gz", "deep/a.csv")]
)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The same whatever the tables are called and in whichever order they are read."""
    folder = tmp_path_factory.mktemp("directories")
    for name, rows in zip(request.param, (EARLIER, LATER), strict=True):
        path, written = folder / name, (HEADS + rows).encode()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(written) if name.endswith(".gz") else written)
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("conversation", "facts"),
    [
        (["what is Oak House rated"], ["Oak House: Requires improvement → Good, 2020-03-11"]),
        (
            ["what is Oak House rated", "what was it before?"],
            ["Oak House: Requires improvement → Good, 2020-03-11"],
        ),
        (
            ["is Oak House safe", "what was it before?"],
            ["Oak House: Inadequate → Requires improvement, 2020-03-11"],
        ),
        (["what was Fir Tree House rated before"], ["Fir Tree House: Inadequate → Good, 2020-03-13"]),
        (
            ["what is Ash House rated"],
            ["Ash House: None → Good, 2019-06-05"],
        ),  # the same row in both is no history
        (["what is Yew House rated"], ["Yew House: None → Good, 2019-10-09"]),  # gone from the later one
        (["what is New House rated"], ["New House: None → Outstanding, 2020-03-14"]),
        (
            ["which care homes in Leeds have improved?"],
            ["Oak House: Requires improvement → Good, 2020-03-11"],
        ),
        (["which care homes in Leeds have got worse?"], ["Elm House: Good → Inadequate, 2020-03-12"]),
        (["which care homes in Ripon have improved?"], ["Fir Tree House: Inadequate → Good, 2020-03-13"]),
        (
            ["how many care homes in Leeds have improved?", "which have got worse?"],
            ["Elm House: Good → Inadequate, 2020-03-12"],
        ),
        (["how many care homes in Leeds are inadequate"], ["Elm House: Good → Inadequate, 2020-03-12"]),
        (["has Oak House improved?"], ["Oak House: Requires improvement → Good, 2020-03-11"]),
    ],
)
def test_a_question_is_answered_from_the_newest_ratings_and_their_history(
    conversation: Sequence[str], facts: Sequence[str], service: Service
) -> None:
    answer = service.ask(conversation[-1], conversation[:-1])
    told = [f"{one.subject}: {one.previous_rating} → {one.rating}, {one.published}" for one in answer.facts]
    assert (answer.status, told) == ("answered", facts)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("what was Oak House rated before?", ["up from Requires improvement", "11 March 2020"]),
        ("has Oak House improved?", ["Yes", "up from Requires improvement"]),
        ("has Elm House improved?", ["No", "down from Good"]),
        ("how many care homes are there in Leeds", ["5 care homes"]),
        ("how many care homes in Leeds have improved", ["1 care home", "higher rating than before"]),
    ],
)
def test_the_text_tells_what_came_before(question: str, says: Sequence[str], service: Service) -> None:
    text = service.ask(question).answer.text
    assert [words for words in says if words not in text] == [], text


def test_a_list_of_those_that_improved_to_a_rating_says_that_they_improved(service: Service) -> None:
    text = service.ask("which care homes in Leeds improved to outstanding").answer.text
    assert "higher rating than before" in text, text


@pytest.mark.parametrize("question", ["what was New House rated before?", "what was Ash House rated before?"])
def test_where_no_earlier_rating_is_held_that_is_said(question: str, service: Service) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "have no earlier rating" in answer.answer.text


def test_a_place_is_found_under_its_newest_name_only(service: Service) -> None:
    assert [one.subject for one in service.ask("what is Fir Tree House rated").facts] == ["Fir Tree House"]


def test_an_answer_is_as_of_the_newest_directory(service: Service) -> None:
    assert str(service.ask("how many care homes in Leeds are good").index.as_of) == "2020-03-14"
