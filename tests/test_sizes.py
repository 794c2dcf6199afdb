"""Words of size and the like right before a noun say which are meant; no table tells, so the answer names them."""

import pytest

from qa.service import Service

WORDS = ("big", "large", "small", "huge", "tiny", "major", "long", "available", "live")
NOUNS = {
    "which {word} care homes are good?": "4 care homes were rated Good",
    "how many {word} care homes are good?": "4 care homes were rated Good",
    "list the {word} homes in Thirsk": "3 care homes in Thirsk",
    "which {word} good care homes are there in Ripon?": "2 care homes",
    "which {word} towns have an inadequate home?": "Thirsk is the only town with care homes rated Inadequate: 1",
    "which {word} councils have an inadequate home?": "Overmoor is the only council with care homes rated",
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("form", NOUNS)
def test_a_word_that_says_which_are_meant_is_never_dropped_in_silence(
    word: str, form: str, county: Service
) -> None:
    answer = county.ask(form.format(word=word))
    assert word in answer.understood.left_out
    assert f"“{word}”" in answer.answer.text


@pytest.mark.parametrize("word", ["big", "large", "small", "huge", "tiny"])
@pytest.mark.parametrize("form", NOUNS)
def test_the_rest_is_answered(word: str, form: str, county: Service) -> None:
    assert county.ask(form.format(word=word)).answer.text.startswith(NOUNS[form])


@pytest.mark.parametrize("question", ["which new homes are good?", "how many new care homes are good?"])
def test_new_homes_are_not_those_with_a_new_rating(question: str, county: Service) -> None:
    assert county.ask(question).understood.left_out == ("new",)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("which homes have a new rating?", "10 care homes"),
        ("how large a share of homes is good?", "40%"),
        ("what are the recent ratings of Saltersgate?", "Saltersgate in Malton was rated Outstanding"),
        ("give me a list of live ratings for Saltersgate", "Saltersgate in Malton was rated Outstanding"),
    ],
)
def test_elsewhere_they_leave_out_nothing(question: str, begins: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith(begins)
