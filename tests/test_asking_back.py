"""A name that does not settle who or where is meant is asked back, and never told as if it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from county import HEADS, rows
from made_corpus import serve

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
def test_a_bare_name_or_place_asks_what_was_asked_before(
    history: str, asked: str, reading: str, service: Service
) -> None:
    assert reading in service.ask(asked, [history]).understood.standalone


GENERAL = """Name,Overall,Published,Town,Local authority,Postcode,Type,Care Home?,Provider
Greenslade,Good,2020-01-02,Ludlow,Shropshire,SY8 1AA,Residential homes,Y,Elm Care Limited
Greenslade Residential Care Home,Inadequate,2021-03-04,Telford,Telford and Wrekin,TF1 1AB,Residential homes,Y,Oak Trust
Greenslade Meadows,Good,2021-03-04,Stone,Staffordshire,ST15 1AB,Residential homes,Y,Elm Care Limited
Otterburn,Good,2020-01-02,Ludlow,Shropshire,SY8 1AB,Residential homes,Y,Elm Care Limited
Otterburn Meadows,Good,2021-03-04,Stone,Staffordshire,ST15 1AC,Residential homes,Y,Elm Care Limited
"""


@pytest.mark.parametrize(
    "form", ["What is {} rated?", "is {} any good", "{}", "{} rating", "my nan's in {}, is it any good?"]
)
def test_people_leave_general_words_out_of_names_so_those_are_asked_back(form: str, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(GENERAL, encoding="utf-8")
    service = Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    asked = service.ask(form.format("Greenslade"))
    assert (asked.status, asked.facts_total) == ("ambiguous", 2)  # not the Meadows, whose name tells more
    settled = service.ask(form.format("Greenslade in Telford"))
    assert {fact.rating for fact in settled.facts} == {"Inadequate"}
    assert {fact.subject for fact in service.ask(form.format("Otterburn")).facts} == {"Otterburn"}


@pytest.mark.parametrize("than", ["rated higher than", "better than", "rated above", "worse than"])
def test_a_place_told_of_one_of_two_tells_nothing_of_the_other(than: str, service: Service) -> None:
    answer = service.ask(f"Is Newstead Manor {than} Otford Lodge in Leek?")
    assert answer.status == "answered"
    assert {fact.subject for fact in answer.facts} == {"Newstead Manor", "Otford Lodge"}


TWICE = """Location ID,Name,Overall,Published,Town,Street,Postcode,Type,Provider
A1,Fenwick Hospital,Outstanding,2020-01-02,Ludlow,1 High Street,SY8 1AA,NHS,Elm Trust
A2,Fenwick Hospital,{},2017-03-04,Ludlow,1 High Street,SY8 1AA,NHS,Oak Trust
A3,Garside Hospital,Requires improvement,2021-03-04,Stone,2 Low Street,ST15 1AB,NHS,Elm Trust
"""


@pytest.mark.parametrize(
    ("other", "begins"), [("Outstanding", "Yes. "), ("Good", "Fenwick Hospital in Ludlow was rated ")]
)
def test_of_two_registrations_of_one_place_both_are_compared(other: str, begins: str, tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(TWICE.format(other), encoding="utf-8")
    service = Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    told = service.ask("Is Fenwick Hospital rated higher than Garside Hospital?").answer.text
    assert told.startswith(begins)
    assert "Garside Hospital in Stone was rated Requires improvement" in told
    assert told.count("Fenwick Hospital in Ludlow") == 2


@pytest.mark.parametrize(
    "question",
    [
        "otford lodge in stone - cqc rating?",
        "otford lodge in stone, rating",
        "What is otford lodge in stone rated?",
        "hollin brook in stone - cqc rating",
    ],
)
def test_a_name_in_small_letters_with_a_place_where_nobody_bears_it_is_unknown(
    question: str, service: Service
) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "in stone" in answer.answer.text


def test_an_owner_asked_back_about_is_offered_with_what_it_runs(tmp_path: Path) -> None:
    table = [[*row[:-1], "Darsdale Carehome Limited"] if row[1] == "Yarrowby" else row for row in rows()]
    answer = serve(tmp_path, table, HEADS).ask("How is Darsdale Surgery rated?")
    assert answer.status == "ambiguous"
    assert "What is Darsdale Carehome Limited rated?" in answer.suggestions
    assert "What is Yarrowby rated?" in answer.suggestions
    assert not any("Surgery" in one for one in answer.suggestions)
