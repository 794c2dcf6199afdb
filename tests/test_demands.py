"""What a question demands of a sentence that is to answer it: of which kind it is, and which sentences meet
that.
"""

from __future__ import annotations

import pytest

from qa.language.tokens import tokenize
from qa.records import Document, Passage
from qa.retrieval import Retriever
from qa.retrieval.demands import demands


@pytest.mark.parametrize(
    ("question", "named", "kind"),
    [
        ("How many beds are there?", False, "number"),
        ("What was the trust's spending on agency doctors?", False, "money"),
        ("What is their total budget for next year?", False, "money"),
        ("How much did the new wing cost?", False, "money"),
        ("How much money was there?", False, "money"),
        ("How much time did it take?", False, "number"),
        ("What percentage of nurses left?", False, "share"),
        ("On which date did they come?", False, "exact date"),
        ("What year was that?", False, "exact date"),
        ("When did they come?", False, "date"),
        ("What is the full title?", False, "title"),
        ("what's the report called", False, "title"),
        ("name of this publication pls", False, "title"),
        ("What is the job title?", False, "post"),
        ("Which trust's director said that it was hard?", False, "whose"),
        ("Which ward's nurses are busiest?", False, "other"),
        ("What is his post?", False, "post held"),
        ("what was Dr Cole's role at the trust", True, "post held"),
        ("What is the role of the board?", False, "post"),
        ("What is the name of the director?", False, "names"),
        ("How old is the chapel?", False, "age"),
        ("For how many years?", False, "duration"),
        ("phone number of the press office", False, "contact"),
        ("What is the director's email address?", False, "contact"),
        ("What do students pay for a room?", False, "money"),
        ("What did visitors pay attention to?", False, "other"),
        ("Who is Mary Cole?", True, "role"),
        ("So who was Dr Cole?", True, "role"),
        ("Who is the director?", True, "person"),
        ("Who is responsible?", False, "person"),
        ("Who was interviewed at Fernhill?", True, "person"),
        ("Who is she?", False, "post"),
        ("What is her job?", True, "post held"),
        ("Why did Fernhill close?", True, "other"),
        ("Who merged Fernhill?", True, "takeover"),
        ("Which trust took it over?", False, "takeover"),
        ("By whom was Fernhill absorbed?", True, "takeover"),
    ],
)
def test_the_kind_of_a_question(question: str, named: bool, kind: str) -> None:
    assert demands().kind(question, [token.text for token in tokenize(question)], named).name == kind


@pytest.mark.parametrize(
    ("question", "sentence", "met"),
    [
        ("Who merged Fernhill?", "Six of them improved: Fernhill Trust and Oakdene Trust.", False),
        ("Who merged Fernhill?", "Oakdene Trust took Fernhill over.", True),
        ("How many beds are there?", "The home has 12 beds.", True),
        ("How many beds are there?", "The home has twelve clean and airy beds.", True),
        ("How many beds are there?", "Beds: 12.", True),
        ("How many beds are there?", "The beds were bought for seven homes.", False),
        ("How many interviews were held?", "Interviews were held at every one of the seven homes.", False),
        ("How many nurses are there?", "Nurses were hired in 2017.", False),
        ("How many nurses are there?", "There are 2000 nurses.", True),  # no year, beside what is counted
        ("How much did the nurses cost?", "The nurses cost more in 2017.", False),
        ("How much did the nurses cost?", "The nurses cost 2 million pounds.", True),
        (
            "How much did the council invest?",
            "33. The council invested much.",
            False,
        ),  # the number of the paragraph
        ("How much did the nurses cost?", "The nurses cost six of them their sleep.", False),  # no sum
        ("How much did the nurses cost?", "The nurses cost £480 a day.", True),
        ("What percentage of nurses left?", "The nurses who left were replaced.", False),
        ("What percentage of nurses left?", "A third of the nurses left.", True),
        ("What percentage of nurses left?", "Of the nurses 12% left.", True),
        ("On which date did the nurses leave?", "The nurses leave for six other homes.", False),
        ("On which date did the nurses leave?", "The nurses leave on 4 May 2020.", True),
        ("What is the report called?", "The report tells of nurses.", False),
        ("What is the report called?", 'The report on nurses bears the name "A year on the wards".', True),
        (
            "Who is the director?",
            "Among those who spoke were directors and managers.",
            False,
        ),  # a post has a name
        ("Who is the director?", "Ann Moor, the director, spoke first.", True),
        ("How old is the house?", "The house was built in 1820.", True),
        ("What is the phone number of the ward?", "The ward was called a model.", False),
        ("What is the phone number of the ward?", "The ward can be reached on 01234 567890.", True),
        ("How long did the nurses stay?", "The nurses stay came to an end in 2017.", False),
        ("How long did the nurses stay?", "The nurses stay for three years.", True),
        ("How long has the nurse been there?", "The nurse has been there since 2017.", True),
        ("What was their spending on nurses in 2017?", "Their spending on nurses rose in 2017.", False),
    ],
)
def test_a_number_has_to_be_of_what_is_asked(question: str, sentence: str, met: bool) -> None:
    seen = Retriever([Passage("0", Document("home.txt", "A home", sentence, ()), 0, len(sentence))]).look(
        question
    )
    assert seen.meets(0, 1) is met


def test_who_somebody_is_is_told_by_a_post() -> None:
    told = [
        "Mary Cole spoke first.",
        "Mary Cole is the head of nursing at Fernhill.",
        "Mary Cole praised the staff.",
    ]
    passages = [
        Passage(str(number), Document(f"{number}.txt", "Notes", one, ()), 0, len(one))
        for number, one in enumerate(told)
    ]
    assert Retriever(passages).search("Who is Mary Cole?").ranked[0].passage.id == "1"


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("Which organisation mended the roof?", ["organisation"]),
        ("What year was the roof mended?", ["year"]),
        ("Who mended the organisation?", []),
    ],
)
def test_what_only_asks_is_lacking_nowhere(question: str, aside: list[str]) -> None:
    told = "The organisation mended the roof of its year house."
    seen = Retriever([Passage("0", Document("home.txt", "A home", told, ()), 0, len(told))]).look(question)
    assert [concept.word for concept in seen.asked.concepts if concept.aside] == aside
