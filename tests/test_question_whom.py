"""Whom a question is about where it does not name them itself: "it", "the home", a name told beside what is
asked.
"""

from __future__ import annotations

import pytest
from made_facts import fact, vocabulary_of
from small_directory import asked, aspects, names, places, values

from qa.question.vocabulary import Vocabulary
from qa.service import Service
from qa.settings import Settings

ASKED = (
    "is {} safe?",
    "how is {} rated?",
    "when was {} rated?",
    "is {} any good",
    "what is {} rated for caring?",
)


@pytest.mark.parametrize("form", ASKED)
@pytest.mark.parametrize("word", ["it", "the home", "this home", "the care home", "the place"])
def test_one_place_that_nobody_named_is_asked_back(form: str, word: str) -> None:
    reading = asked(form.format(word))
    assert reading.blocked
    assert reading.unnamed in (word, word.removesuffix(" home"))


@pytest.mark.parametrize("form", [*ASKED, "what is {}'s rating?", "who runs {}?"])
@pytest.mark.parametrize("before", ["How is Oak Tree House rated?", "who runs Oak Tree House"])
def test_a_kind_behind_the_is_whoever_was_spoken_of(form: str, before: str) -> None:
    reading = asked(before, form.format("the home"))
    assert [number for one in names(reading) for number in one] == ["1"]
    assert not reading.blocked


@pytest.mark.parametrize(
    "form",
    [
        "{} as a whole - what is the home's rating?",
        "{}: is the home safe?",
        "My mum is at {} - is the home safe?",
    ],
)
def test_a_name_told_beside_what_is_asked_is_whom_it_is_about(form: str) -> None:
    reading = asked(form.format("Oak Tree House"))
    assert [number for one in names(reading) for number in one] == ["1"]
    assert not reading.blocked


@pytest.mark.parametrize(
    "form", ["{} as a whole - what is the home's rating?", "{}: is the home safe?", "{} - how is it rated?"]
)
def test_an_unknown_name_told_beside_stays_unknown(form: str) -> None:
    reading = asked(form.format("Wexcombe Towers"))
    assert [one.typed for one in reading.unknown] == ["Wexcombe Towers"]


@pytest.mark.parametrize(
    "text",
    [
        "is the home in Torquay safe?",
        "is the home that Harrow Vale Homes runs safe?",
        "is it true that most homes are good?",
        "which is the worst home?",
        "what is the home with the oldest rating?",
        "the homes rated good",
        "are they good?",
    ],
)
def test_what_is_told_of_the_one_is_enough(text: str) -> None:
    assert not asked(text).unnamed


@pytest.mark.parametrize(
    "whole",
    ["Sunrise of Shrewsbury", "sunrise of shrewsbury", "Sunrise of Leeds", "The Meadows of Oak Tree House"],
)
def test_a_strange_word_of_a_name_is_never_left_out(whole: str) -> None:
    for form in ("{}, is it good?", "how is {} rated?", "rating of {}"):
        reading = asked(form.format(whole))
        assert reading.unknown or reading.ambiguous or reading.blocked, form


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("care homes in the city of Leeds", ("local_authority", "Leeds")),
        ("how many care homes in Leeds city", ("local_authority", "Leeds")),
        ("how many homes in the town of Leeds", ("town", "Leeds")),
        ("care homes in the county of Norfolk", ("local_authority", "Norfolk")),
        ("how many homes in the city of Torquay", ("town", "Torquay")),
    ],
)
def test_a_name_is_of_what_it_is_said_to_be(text: str, where: tuple[str, str]) -> None:
    assert places(asked(text)) == [where]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Norfolk care homes rated good", True),
        ("Norfolk care homes with a good rating published in 2020", True),
        ("how many Norfolk care homes are good", True),
        ("which of the homes run by Norfolk Care Homes are good", False),
        ("how is Norfolk Care Homes rated?", False),
    ],
)
def test_a_place_and_a_kind_are_no_owner_of_that_name(text: str, place: bool) -> None:
    reading = asked(text)
    assert bool(places(reading)) is place
    assert (values(reading, "care_home") == [("care_home", "Y")]) is place or not place


@pytest.fixture(scope="module")
def counties() -> Vocabulary:
    """Places in Merseyside's councils, one whose town is given as the county, and somebody called as one."""
    rows = []
    held = [
        ("Elm House", "Liverpool", "Liverpool"),
        ("Ash House", "Merseyside", "Wirral"),
        ("Greater Manchester", "Bolton", "Bolton"),
    ]
    for number, (name, town, council) in enumerate(held, 1):
        kept = {
            "identifier": str(number),
            "care_home": "Y",
            "kind": "Residential social care",
            "town": town,
            "local_authority": council,
        }
        rows.append(fact(name, "Good", "2020-05-01", **kept))
    return vocabulary_of(*rows)


@pytest.mark.parametrize(
    "text",
    ["how many care homes on Merseyside", "care homes in Merseyside", "Merseyside care homes rated good"],
)
def test_a_wider_place_is_no_town_of_that_name(counties: Vocabulary, text: str) -> None:
    assert {value for _, value in places(asked(text, vocabulary=counties))} == {"Liverpool", "Wirral"}


@pytest.mark.parametrize(
    "text",
    ["how many care homes in Greater Manchester", "Greater Manchester care homes that are good, how many?"],
)
def test_a_wider_place_is_nobody_of_that_name(counties: Vocabulary, text: str) -> None:
    reading = asked(text, vocabulary=counties)
    assert (places(reading), names(reading)) == ([("local_authority", "Bolton")], [])


def test_whoever_is_called_as_a_wider_place_is_found_by_that_name(counties: Vocabulary) -> None:
    assert names(asked("what is Greater Manchester rated?", vocabulary=counties)) == [["3"]]


ROWS = """Name,Type,Town,Postcode,Provider,Overall,Published
Gull House,Care home,Porthmere,TR1 2AB,Harbour Care,Good,14 March 2026
Lantern Surgery,GP practice,Porthmere,TR1 2AC,Harbour Care,Good,2 June 2025
Quay Cottage,Care home,Saltash Quay,PL1 4QQ,Quay Limited,Outstanding,21 January 2026
Fisher House,Care home,Porthmere,TR1 9ZZ,Quay Limited,Good,1 May 2024
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("places")
    (folder / "ratings.csv").write_text(ROWS, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder}, {"QA_CACHE": "none"}))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("postcode for gull house pls", ["TR1 2AB"]),
        ("what is the post code of Quay Cottage", ["PL1 4QQ"]),
        ("postcodes of the good care homes", ["TR1 2AB", "TR1 9ZZ"]),
        ("Which providers run both a care home and a GP practice?", ["Harbour Care"]),
        ("how many homes are good in the 2026 list", ["2 care homes"]),
        ("which homes were rated in the year 2024 or earlier", ["Fisher House"]),
        ("homes on a rating from the end of 2025 or earlier", ["Fisher House"]),
    ],
)
def test_attributes_editions_and_groups_of_two_kinds_are_told(
    service: Service, question: str, told: list[str]
) -> None:
    answer = service.ask(question)
    assert answer.status == "answered"
    assert all(one in answer.answer.text for one in told), answer.answer.text


@pytest.mark.parametrize("noun", ["directory", "list", "file", "data", "table", "CQC register"])
def test_an_edition_that_is_not_held_is_not_taken_for_a_period(service: Service, noun: str) -> None:
    assert service.ask(f"how many homes were good in the 2019 {noun}?").status == "not_found"
    assert service.ask(f"how many homes are good in the 2026 {noun}?").answer.text.startswith("2 care homes")


@pytest.mark.parametrize(
    "form",
    [
        "How many providers have both a care home and a GP practice, and which?",
        "how many towns have 2 or more places? which ones?",
    ],
)
def test_groups_that_were_counted_are_named_when_asked(service: Service, form: str) -> None:
    answer = service.ask(form)
    assert "Harbour Care" in answer.answer.text or "Porthmere" in answer.answer.text
    assert "4 places" not in answer.answer.text


@pytest.mark.parametrize(
    "question", ["Postcode and rating of Gull House?", "rating of Gull House and its postcode"]
)
def test_a_rating_beside_an_attribute_is_told_too(service: Service, question: str) -> None:
    text = service.ask(question).answer.text
    assert "TR1 2AB" in text
    assert "rated Good" in text


EXCEPT = ("but", "except", "apart from", "other than", "bar", "excluding", "not counting")


@pytest.mark.parametrize("word", EXCEPT)
@pytest.mark.parametrize(
    ("form", "verdict"),
    [
        ("are all the care homes {} Gull House good?", "No"),  # Quay Cottage is outstanding
        ("are all the care homes {} Quay Cottage good?", "Yes"),
        ("is any care home {} Quay Cottage outstanding?", "No"),
        ("is every home {} Quay Cottage good?", "Yes"),
        ("are none of the care homes {} Quay Cottage outstanding?", "Yes"),
        ("are most of the care homes {} Gull House good?", "No"),  # one of two
    ],
)
def test_a_claim_of_all_but_one_is_of_the_others(
    service: Service, form: str, word: str, verdict: str
) -> None:
    assert service.ask(form.format(word)).answer.text.startswith(verdict)


@pytest.mark.parametrize(
    ("conversation", "told"),
    [
        (["Which home is best?", "who runs it?"], "Quay Limited"),
        (["Which home is best and who runs it"], "Quay Limited"),
        (["Which place has the oldest rating?", "when was it rated"], "1 May 2024"),
    ],
)
def test_it_is_whoever_came_first(service: Service, conversation: list[str], told: str) -> None:
    *before, question = conversation
    answer = service.ask(question, before)
    assert told in answer.answer.text
    assert "Harbour" not in answer.answer.text


def test_a_claim_is_of_whoever_came_first(service: Service) -> None:
    first = service.ask("Which home is best?").facts[0].subject
    assert {fact.subject for fact in service.ask("is it good?", ["Which home is best?"]).facts} == {first}


@pytest.mark.parametrize("word", ["but", "except", "apart from"])
def test_every_key_question_but_one(word: str) -> None:
    reading = asked(f"which care homes are outstanding for everything {word} safe?")
    assert len(aspects(reading)) == len(set(aspects(reading))) == 5


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Are there any care homes in Porthmere?",
            "Yes. There are 2 care homes in Porthmere: Gull House and Fisher House.",
        ),
        ("is there a GP practice in Porthmere", "Yes. There is 1 GP practice in Porthmere: Lantern Surgery."),
        ("are there any homes in Porthmere I should avoid?", "No. None of the 2 rated"),
        ("which homes should I steer clear of?", "None: no"),
        ("should I avoid Gull House?", "No. Gull House in Porthmere was rated Good"),
    ],
)
def test_what_there_is_and_what_to_avoid_is_told_in_so_many_words(
    service: Service, question: str, told: str
) -> None:
    assert (
        service.ask(question)
        .answer.text.replace(" (town)", "")
        .replace(" (postal town)", "")
        .startswith(told)
    )
