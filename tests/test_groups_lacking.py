"""Groups that lack a kind of place: "towns with no dentist", "councils that do not have a surgery"."""

import pytest

from qa.service import Service

FORMS = (
    "which towns have no {one}?",
    "which towns have no {many}?",
    "towns with no {many}",
    "towns without a {one}",
    "towns without any {many}",
    "which towns do not have a {one}?",
    "which towns don't have any {many}?",
    "Are there any towns without a {one}? Which?",
)
KINDS = {("dentist", "dentists"): {"Selby", "Thirsk", "Malton"}, ("GP practice", "GP practices"): {"Selby"}}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_who_has_none_of_a_kind_is_told(form: str, kind: tuple[str, str], county: Service) -> None:
    answer = county.ask(form.format(one=kind[0], many=kind[1]))
    assert {town for town in ("Ripon", "Selby", "Thirsk", "Malton") if town in answer.answer.text} == KINDS[
        kind
    ]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("how many towns have no dentist?", "3 towns have no dentist"),
        ("is there a town without a care home?", "No. "),
        (
            "which towns don't have a dentist but have a GP practice?",
            "2 towns have no dentist and a GP practice: Thirsk and Malton",
        ),
        (
            "how many places other than care homes are there in each town?",
            "Ripon has the most places other than care homes, 3",
        ),
    ],
)
def test_they_are_counted_claimed_and_joined(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Towns: does each have a dentist?", "No. 1 of 4 towns has a dentist."),
        (
            "Does every town have at least twice as many good care homes as inadequate ones?",
            "No. 2 of 4 towns have a care home rated Good or rated Inadequate and at least 2 times as many",
        ),
        ("Councils with no care home: are there any?", "No. All 3 councils have a care home."),
    ],
)
def test_a_claim_of_groups_goes_through_all_of_them(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize("denial", ["don't have", "do not have", "haven't got", "without"])
@pytest.mark.parametrize("some", ["a", "any", "a single", "even one"])
@pytest.mark.parametrize("rated", ["{home} rated good", "{home} that is rated good", "good {home}"])
def test_a_rating_is_lacked_on_either_side_of_its_place(
    denial: str, some: str, rated: str, county: Service
) -> None:
    lacked = f"{some} {rated.format(home='homes' if some == 'any' else 'home')}"
    asked = f"which towns {denial} {lacked}?" if denial != "without" else f"towns without {lacked}"
    assert county.ask(asked).answer.text == county.ask("which towns have no good home?").answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does any provider have two or more inadequate care homes?", "No. "),
        ("Are there any providers with at least three care homes where every single one is good?", "No. "),
        ("Do any providers have at least three care homes with none inadequate?", "Yes. "),
        ("Which towns have the highest share of good care homes, only those with at least 3?", "Ripon"),
    ],
)
def test_any_provider_may_be_asked_about_as_a_group(question: str, verdict: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(verdict)


def test_how_many_there_are_may_be_told_before_they_are_asked_for(county: Service) -> None:
    answer = county.ask("Only two care homes are outstanding, which ones are they?")
    assert {fact.subject for fact in answer.facts} == {"Brackwater House", "Saltersgate"}


def test_key_questions_may_be_named_behind_their_number(county: Service) -> None:
    answer = county.ask("Which care homes are good for all five of safe, caring and well-led?")
    assert {fact.subject for fact in answer.facts} == {"Kestrane Court"}
