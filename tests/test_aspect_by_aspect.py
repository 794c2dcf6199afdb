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


# Below good are 5 of 10 care homes for safe, 5 for well-led and 1 for caring.
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Do care homes score lower on safe than on caring?",
            "Yes. Safe has the higher number of care homes",
        ),
        ("Do care homes do worse on caring than on safe?", "No. Safe has the higher number of care homes"),
        ("Are care homes better at caring than at safe?", "Yes. Caring has the lower number of care homes"),
        ("Are care homes rated better for safe than for caring?", "No. Caring has the lower number"),
        ("Are care homes rated worse for safe than for well-led?", "No. They are the same, with 5 each"),
        ("In general, do care homes score lower on safe than on caring?", "Yes. Safe has the higher number"),
        ("Do care homes in Thirsk do worse on safe than on caring?", "Yes. Safe has the higher number"),
        ("Do care homes do worse on safe or on caring?", "Safe has the higher number of care homes"),
        (
            "Do care homes do worse on safe or caring, counting those below good?",
            "Safe has the higher number",
        ),
        (
            "Do care homes do worse on safe or on well-led, counting those inadequate?",
            "Well-led has the higher",
        ),
        ("Do care homes do better on caring or on safe?", "Caring has the lower number of care homes"),
        ("Which do care homes do worse on, safe or caring?", "Safe has the higher number of care homes"),
        ("Which is worse for care homes, caring or safe?", "Safe has the higher number of care homes"),
        # some, most or a number of them are each compared with themselves
        ("Are any care homes worse for safe than for caring?", "Yes. 8 of 10"),
        ("Are most care homes worse for safe than for caring?", "Yes. 8 of 10"),
        ("How many care homes are worse for safe than for caring?", "8 care homes"),
        ("Which care homes are worse for caring than for safe?", "None: no care home"),
    ],
)
def test_places_in_general_are_compared_by_how_many_are_poor(
    question: str, begins: str, county: Service
) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert answer.answer.text.startswith(begins), answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which care homes are better for safe or caring?",
        "Are care homes worse for safe or caring than GP practices?",
        "Which town is best for safe or caring?",
    ],
)
def test_one_of_two_key_questions_is_not_chosen_in_silence(question: str, county: Service) -> None:
    assert county.ask(question).understood.left_out


def test_the_best_for_two_key_questions_is_good_for_both(county: Service) -> None:
    told = county.ask("Which town is best for caring and well-led?")
    assert "Outstanding or Good for Caring and Well-led" in told.answer.text
