"""A name that does not settle who or where is meant is asked back, and never told as if it did."""

from __future__ import annotations

import pytest

from qa.service import Service
from qa.settings import Settings

TABLE = """Name,Overall,Safe,Published,Town,Local authority,Region,Postcode,Type,Care Home?,Provider
Rose Cottage,Good,Good,2020-01-02,Ludlow,Shropshire,West Midlands,SY8 1AA,Residential homes,Y,Elm Care Limited
Rose Cottage,Inadequate,Inadequate,2021-03-04,Telford,Telford and Wrekin,West Midlands,TF1 1AB,Residential homes,Y,Oak Trust
Hilton Brook House,Good,Good,2021-03-04,Bridgnorth,Shropshire,West Midlands,WV15 1AB,Residential homes,Y,Hilton Brook Limited
Newstead Manor,Good,Good,2021-03-04,Newcastle,Staffordshire,West Midlands,ST5 1AB,Residential homes,Y,Elm Care Limited
Tyne View,Good,Good,2021-03-04,Newcastle Upon Tyne,Newcastle upon Tyne,North East,NE1 1AB,Residential homes,Y,Oak Trust
Church Stretton Dental Practice,Good,Good,2021-03-04,Church Stretton,Shropshire,West Midlands,SY6 1AB,Dentist,N,Oak Trust
Otford Lodge,Outstanding,Good,2021-03-04,Leek,Staffordshire,West Midlands,ST13 1AB,Residential homes,Y,Otford Lodge
Wishing Well Care,Outstanding,Good,2021-03-04,Stone,Staffordshire,West Midlands,ST15 1AB,Residential homes,Y,Elm Care Limited
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("names")
    (folder / "ratings.csv").write_text(TABLE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder)}, {}))


@pytest.mark.parametrize(
    "asked",
    [
        "What is Rose Cottage rated?",
        "Is Rose Cottage outstanding?",
        "is rose cottage safe",
        "When was Rose Cottage rated?",
        "Is Rose Cottage better than Tyne View?",
        "Who runs Rose Cottage?",
    ],
)
def test_of_a_shared_name_both_are_offered_and_no_verdict_is_told(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, answer.facts_total) == ("ambiguous", 2)
    assert not answer.answer.text.startswith(("Yes", "No"))
    assert any("Rose Cottage in Ludlow" in one for one in answer.suggestions)


def test_those_of_a_name_are_counted(service: Service) -> None:
    assert service.ask("How many places are called Rose Cottage?").status == "answered"


@pytest.mark.parametrize(
    ("history", "asked", "rating"),
    [
        (["Is Rose Cottage good?"], "the one in Telford", "Inadequate"),
        (["What is Rose Cottage rated?"], "the one in Ludlow", "Good"),
        ([], "whats the one in Ludlow called Rose Cottage rated", "Good"),
    ],
)
def test_a_place_says_which_is_meant(history: list[str], asked: str, rating: str, service: Service) -> None:
    answer = service.ask(asked, history)
    assert (answer.status, [fact.rating for fact in answer.facts]) == ("answered", [rating])


def test_what_was_not_settled_is_asked_back_again(service: Service) -> None:
    assert service.ask("is it safe?", ["Is Rose Cottage good?"]).status == "ambiguous"


@pytest.mark.parametrize("asked", ["care homes in Newcastle", "how many good care homes are in Newcastle"])
def test_places_of_one_name_are_offered(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, answer.facts) == ("ambiguous", ())
    assert answer.suggestions[:2] == (
        asked.replace("Newcastle", "Newcastle upon Tyne"),
        asked.replace("Newcastle", "Newcastle-under-Lyme"),
    )


@pytest.mark.parametrize(
    "asked",
    [
        "What is Hilton Surgery rated?",
        "Arden Grove rating",
        "good hope hospital rating",
        "Otford Lodge, Swansea",
        "Is Otford Lodge in Ludlow any good?",
        "Tyne View, Derry",
        "Larkspur Manor, Ludlow: rating?",
        "is SY99 9ZZ good",
    ],
)
def test_another_kind_or_place_tells_of_nobody(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert answer.status in ("not_found", "ambiguous")
    assert "rated" not in answer.answer.text.replace("rated subjects", "")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Church Stretton Dental rating", "Church Stretton Dental Practice"),
        ("What is Chruch Stretton Dental rated?", "Church Stretton Dental Practice"),
        ("What is Wihsing Well Care rated?", "Wishing Well Care"),
        ("Leek Otford Lodge rating", "Otford Lodge"),
    ],
)
def test_a_stretch_that_is_one_name_as_a_whole_is_read_as_it(asked: str, name: str, service: Service) -> None:
    answer = service.ask(asked)
    assert (answer.status, [fact.subject for fact in answer.facts]) == ("answered", [name])


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("How many care homes have “House” in their name?", 1),
        ("how many care homes have cottage in their name", 2),
        ("How many places whose name contains Lodge are there?", 1),
    ],
)
def test_words_of_names_are_a_condition(asked: str, count: int, service: Service) -> None:
    assert service.ask(asked).facts_total == count


@pytest.mark.parametrize(
    ("history", "asked", "reading"),
    [
        ("Is Tyne View safe?", "is Otford Lodge?", "Safe"),
        ("Is Tyne View safe?", "Otford Lodge?", "Safe"),
        ("How many good care homes are in Ludlow?", "Telford?", "Good"),
    ],
)
def test_a_bare_name_or_place_asks_what_was_asked_before(history: str, asked: str, reading: str, service: Service) -> None:
    assert reading in service.ask(asked, [history]).understood.standalone
