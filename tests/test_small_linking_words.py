"""Small words that link or stress what is asked: taken where they add nothing, read where they do."""

import pytest

from qa.service import Service


@pytest.mark.parametrize("noun", ["homes", "surgeries"])
@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("How many {} aren't safe enough?", "How many {} aren't safe?"),
        ("Which {} are not safe and good overall all the same?", "Which {} are not safe and good overall?"),
        ("Which {} are well-led enough?", "Which {} are well-led?"),
        ("Which {} are good enough?", "Which {} are good or better?"),
        ("Councillor's query: how many {} are good?", "How many {} are good?"),
        ("A resident asks: how many {} are good?", "How many {} are good?"),
        ("Enquiry from a member: how many {} are good?", "How many {} are good?"),
        ("Which two {} have stood longest with their rating?", "Which two {} have the oldest ratings?"),
        ("The two longest-standing ratings of {}?", "The two oldest ratings of {}?"),
    ],
)
def test_they_change_nothing(said: str, plain: str, noun: str, county: Service) -> None:
    answer, other = county.ask(said.format(noun)), county.ask(plain.format(noun))
    assert answer.status == "answered"
    assert not answer.understood.left_out
    assert answer.understood.standalone == other.understood.standalone


@pytest.mark.parametrize("ending", ["to set against them", "to set against those", "to weigh against them"])
@pytest.mark.parametrize("question", ["How many good homes are in Ripon, and are there any bad ones{}?"])
def test_to_set_against_them_compares_nothing(question: str, ending: str, county: Service) -> None:
    answer = county.ask(question.format(f" {ending}"))
    assert answer.answer.text == county.ask(question.format("")).answer.text


@pytest.mark.parametrize("question", ["Are Dunmere Lodge and Kestrane Court all the same?"])
def test_all_the_same_compares_what_is_named(question: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith("Yes. They are the same")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Where are the most homes?", "Harlow Dale (5) has the most care homes"),
        ("Other than Ripon, where are the most homes?", "Thirsk (3) has the most care homes outside Ripon"),
        ("Where in Harlow Dale are the fewest homes?", "Selby (2) has the fewest care homes in Harlow Dale"),
        ("Where do you find the most homes that require improvement?", "Harlow Dale (2)"),
        ("Where are most of the inadequate homes?", "Overmoor (1)"),
        ("Apart from Overmoor, where are the most homes?", "Harlow Dale (5)"),
        ("Apart from Harlow Dale, where are the most homes?", "Overmoor (3)"),
        ("Where in the North West are the most homes?", "Harlow Dale"),
    ],
)
def test_where_the_most_are(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize("question", ["Where are most homes good?", "Where is the most inadequate home?"])
def test_where_most_of_them_are_so_is_another_question(question: str, county: Service) -> None:
    assert county.ask(question).status == "not_found"


@pytest.mark.parametrize(
    "said",
    ["does Thirsk match it", "does Thirsk match that", "is it as high in Thirsk", "does Thirsk beat it"],
)
def test_whether_a_figure_is_matched(said: str, county: Service) -> None:
    text = county.ask(f"What share of homes in Ripon is good, and {said}?").answer.text
    assert "Ripon has the higher share of care homes rated Good: Ripon 66.7% (2 of 3) and Thirsk" in text


@pytest.mark.parametrize(
    "said",
    [
        "and the ones that aren't - who runs them?",
        "the ones that aren't: who runs them?",
        "who runs the ones that aren't?",
        "and those that are not - who runs those?",
    ],
)
def test_those_that_are_not_are_asked_about(said: str, county: Service) -> None:
    answer = county.ask(said, ["How many homes in Ripon are good?"])
    assert "Brackwater House (Larkmoor Care Ltd)" in answer.answer.text
    assert "Dunmere" not in answer.answer.text


def test_two_things_are_asked_of_those_that_are_not(county: Service) -> None:
    said = "and the ones that aren't - who runs them and since when have they had that rating?"
    text = county.ask(said, ["How many homes in Ripon are good?"]).answer.text
    assert "Larkmoor Care Ltd" in text
    assert "was published on 2 January 2019" in text
