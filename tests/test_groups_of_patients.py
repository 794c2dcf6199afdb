"""A group of patients that surgeries are rated for is no specialism of homes: who seeks care for somebody is not
sent to surgeries, and of a kind of place without such ratings that is said."""

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location Primary Inspection Category", "Location City"),
    *("Service / Population Group", "Domain", "Latest Rating", "Publication Date"),
)
DEMENTIA = "People experiencing poor mental health (including people with dementia)"
# name, care home, kind, town, rating; surgeries also for their patients
PLACES = (
    ("Elmside", "Y", "Residential social care", "Wem", "Good"),
    ("Oakfield", "Y", "Residential social care", "Wem", "Outstanding"),
    ("Millrace Surgery", "N", "GP Practices", "Wem", "Good"),
    ("Park View Surgery", "N", "GP Practices", "Prees", "Inadequate"),
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [str(number), name, home, kind, town, group, "Overall", rating, "01/02/2020"]
        for number, (name, home, kind, town, rating) in enumerate(PLACES, 1)
        for group in ("Overall", *([DEMENTIA] if home == "N" else []))
    ]
    return serve(tmp_path_factory.mktemp("patients"), rows, HEADS)


SOMEWHERE = (
    "need somewhere for dad hes got dementia",
    "looking for somewhere for my mum who has dementia",
    "anywhere in Wem for somebody with dementia?",
    "places for people with dementia in Wem",
    "how many care homes are for people with dementia?",
)
HOMES = (
    "care homes for people with dementia",
    "which homes in Wem care for dementia?",
    "looking for a care home for my mum who has dementia",
    "which care homes are good for people with dementia?",
)


@pytest.mark.parametrize("question", [*SOMEWHERE, *HOMES])
def test_who_seeks_care_is_not_sent_to_surgeries(question: str, places: Service) -> None:
    answer = places.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "dementia" in answer.answer.text


@pytest.mark.parametrize("question", HOMES)
def test_that_no_home_is_rated_for_a_group_is_said(question: str, places: Service) -> None:
    assert places.ask(question).answer.text.startswith("The loaded tables rate no care home for “People")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("which surgeries are good for people with dementia?", {"Millrace Surgery"}),
        ("GP practices for people with dementia", {"Millrace Surgery", "Park View Surgery"}),
        ("how are places rated for people with dementia?", {"Millrace Surgery", "Park View Surgery"}),
        ("ratings for dementia in Wem", {"Millrace Surgery"}),
        ("how is Park View Surgery for people with dementia?", {"Park View Surgery"}),
    ],
)
def test_ratings_for_a_group_are_told_of_those_who_have_them(
    question: str, names: set[str], places: Service
) -> None:
    assert {fact.subject for fact in places.ask(question).facts} == names
