"""“On which key question do X and Y differ?”: for whom each rating is higher, and where they are the same."""

import itertools
import re

import pytest
from county import HOME, PLACES

from qa.service import Service

ASPECTS = {"Safe": 9, "Caring": 10, "Well-led": 11}
SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")
FORMS = (
    "on which key question do {} and {} differ?",
    "On which key questions do {} and {} differ",
    "which key questions are different between {} and {}?",
    "which area do {} and {} differ in?",
    "Do {} and {} differ on any key question?",
    "Compare {} and {} for every key question",
    "Compare {} and {} on safe, caring and well-led",
    "on which key question is {} better than {}?",
)
HOMES = [row for row in PLACES if row[1] == HOME]
PAIRS = list(itertools.combinations(HOMES, 2))[::4]


def sentences(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The beginning of the answer, worked out from the table."""
    ranks = {aspect: (SCALE.index(one[at]), SCALE.index(other[at])) for aspect, at in ASPECTS.items()}
    better = [
        (name, [aspect for aspect, pair in ranks.items() if pair[side] < pair[1 - side]])
        for side, name in enumerate((one[0], other[0]))
    ]
    told = [
        (name, " and ".join(", ".join(for_what).rsplit(", ", 1))) for name, for_what in better if for_what
    ]
    text = ""
    if told:
        text = f"{told[0][0]} is rated higher for {told[0][1]}"
        text += "".join(f", {name} for {for_what}" for name, for_what in told[1:]) + "."
    same = [aspect for aspect, (first, second) in ranks.items() if first == second]
    listed = " and ".join(", ".join(same).rsplit(", ", 1))
    if same:
        text += (
            f" They are rated the same for {listed}."
            if told
            else f"They do not differ: they are rated the same for {listed}."
        )
    return text


def words(text: str) -> list[list[str]]:
    """The words of each sentence, in whatever order: that of the key questions is the table's or the asker's."""
    return [sorted(re.findall(r"[\w-]+", sentence)) for sentence in text.split(".")]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0][0]}-{pair[1][0]}")
@pytest.mark.parametrize("form", FORMS)
def test_each_key_question_is_compared(form: str, pair: tuple[tuple[str, ...], ...], county: Service) -> None:
    one, other = pair
    answer = county.ask(form.format(one[0], other[0]))
    lead = answer.answer.text.split(f" {one[0]} in ")[0]
    assert words(lead) == words(sentences(one, other))
    assert len(answer.facts) == 6


def test_three_differ_without_an_order(county: Service) -> None:
    text = county.ask("on which key questions do Saltersgate, Yarrowby and Ashgrove differ?").answer.text
    assert text.startswith("They differ for Caring, Safe and Well-led.")
