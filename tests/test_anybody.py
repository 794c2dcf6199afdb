"""“… and is there any that …?” behind a ranking asks of all that were ranked; “any of them” of the winner."""

import pytest
from county import PLACES

from qa.service import Service

RANKINGS = (
    "Which provider has the most homes",
    "Which town has the most care homes",
    "Which council has the most care homes",
    "Which region has most homes",
)
ANY_HOME = (
    "is there any that's {said}?",
    "is there any that is {said}?",
    "are there any that are {said}?",
    "is there one that is {said}?",
    "are there any which are {said}?",
)
SAID: dict[str, set[str]] = {  # who of all care homes is so
    "inadequate": {"Wilfreda House"},
    "outstanding": {"Brackwater House", "Saltersgate"},
    "outstanding for every key question": set(),
    "outstanding on all three": set(),
    "good for all three": {"Kestrane Court"},
    "inadequate for safe": {"Wilfreda House"},
    "outstanding for well-led": {"Saltersgate"},
}


@pytest.mark.parametrize("ranking", RANKINGS)
@pytest.mark.parametrize("form", ANY_HOME)
@pytest.mark.parametrize("said", SAID)
def test_any_is_any_of_all_that_were_ranked(ranking: str, form: str, said: str, county: Service) -> None:
    second = form.format(said=said)
    joined = county.ask(f"{ranking}, and {second}").parts
    assert len(joined) == 2
    for text in (joined[1].text, county.ask(second, [f"{ranking}?"]).answer.text):
        assert {row[0] for row in PLACES if row[0] in text} == SAID[said]
        assert not text.startswith("No" if SAID[said] else "Yes")
        assert not any(row[6] in text for row in PLACES)


@pytest.mark.parametrize(
    ("ranking", "second", "begins"),
    [
        (
            "Which council has the most homes",
            "is there any with none?",
            "No. All 3 councils have a care home",
        ),
        (
            "Which town has the most inadequate homes",
            "is there any with none?",
            "Yes. 3 of 4 towns have no care",
        ),
        (
            "Which town has the most dentists",
            "are there any without one?",
            "Yes. 3 of 4 towns have no dentist",
        ),
        (
            "Which town has the most homes",
            "is there one with no good home?",
            "Yes. 1 of 4 towns has no care home",
        ),
        (
            "Which provider has the most homes",
            "is there one that has no outstanding homes?",
            "Yes. 2 of 4 providers have no care home rated Outstanding: Wrenfield Trust and Harrow Homes",
        ),
        (
            "Which provider has the most homes",
            "is there anyone with more than one inadequate?",
            "No. None of the 4 providers has at least 2 care homes rated Inadequate",
        ),
        (
            "Which provider has the most homes",
            "does anyone run more than two?",
            "Yes. 2 of 4 providers have at least 3 care homes: Larkmoor Care Ltd and Tolland Homes",
        ),
        ("Which town has most homes", "does any have more than 5?", "No. None of the 4 towns has at least 6"),
    ],
)
def test_any_that_has_something_is_any_group(ranking: str, second: str, begins: str, county: Service) -> None:
    assert county.ask(f"{ranking}, and {second}").parts[1].text.startswith(begins)
    assert county.ask(second, [f"{ranking}?"]).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("second", "begins"),
    [
        ("is any of them inadequate?", "Yes. 1 of 4 rated care homes run by Larkmoor Care Ltd"),
        ("are any of its homes outstanding?", "Yes. 1 of 4 rated care homes run by Larkmoor Care Ltd"),
        (
            "which ones are outstanding?",
            "1 care home run by Larkmoor Care Ltd was rated Outstanding: Brackwater",
        ),
    ],
)
def test_of_them_is_the_winner(second: str, begins: str, county: Service) -> None:
    answer = county.ask(f"Which provider has the most homes, and {second}")
    assert answer.parts[1].text.startswith(begins)


def test_what_any_has_and_nothing_reads_is_asked_back(county: Service) -> None:
    answer = county.ask("Which provider has the most homes, and does any have all good?")
    assert answer.status == "not_found"
    assert answer.understood.left_out == ("any have all good",)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("is there a provider with no outstanding homes?", "Yes. 2 of 4 providers have no care home rated"),
        ("is there any provider that has no good homes?", "No. All 4 providers have a care home rated Good"),
        ("does any provider have more than two homes?", "Yes. 2 of 8 providers have at least 3 care homes"),
        ("is there a provider with more than one inadequate?", "No. None of the 8 providers has at least 2"),
    ],
)
def test_a_provider_that_has_something_is_a_group(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "which towns have more than two homes, and how many?",
        "which towns have more homes than GP practices, and how many?",
        "which towns have no dentist, and how many?",
        "which towns have the most homes, and how many?",
    ],
)
def test_how_many_behind_groups_is_what_was_told(question: str, county: Service) -> None:
    alone = county.ask(question.partition(", and")[0])
    assert county.ask(question).answer.text == alone.answer.text
