"""The kind and the place in what is told beside a question, where the question only says "ones"."""

from __future__ import annotations

import pytest

from qa.service import Service


# Thirsk has 3 care homes (inadequate, requires improvement, good) and an outstanding surgery; Malton 2 and one surgery.
@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("We are choosing a home in Thirsk. Which are the best and the worst ones?", "Pinfold Rest", "Park View"),
        ("We are choosing a home in Thirsk. Which are the best rated and worst rated ones?", "Wilfreda", "Park View"),
        ("Mum needs a care home in Thirsk. Are there any outstanding ones?", "No", "Park View"),
        ("Mum needs a care home in Thirsk. How many good ones are there?", "1 care home", "Park View"),
        ("We need a care home. How many outstanding ones are there in Thirsk?", "no care home", "Park View"),
        ("We need a GP surgery. Are there any outstanding ones in Malton?", "No", "Saltersgate"),
        ("I live in Thirsk. Are there any outstanding ones?", "Park View Surgery", "care home"),
        ("We need a surgery in Thirsk. Which care homes are the best and the worst ones?", "Pinfold Rest", "Park"),
    ],
)  # fmt: skip
def test_ones_are_of_the_kind_told_beside(question: str, told: str, untold: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text
    assert untold not in answer.answer.text
