"""The figure before set beside another, groups told before with one more condition, and what is left of a
claim."""

from pathlib import Path

import pytest

from qa.service import Service
from qa.settings import Settings


@pytest.mark.parametrize(
    ("questions", "figures"),
    [
        (
            ["How many care homes in Harlow Dale are inadequate?", "Is that share worse than in Overmoor?"],
            {"Harlow Dale": 0, "Overmoor": 33.3},
        ),
        (
            ["What percentage of care homes is good, and does Harlow Dale beat that?"],
            {"all care homes": 40, "Harlow Dale": 40},
        ),
        (
            [
                "Is it true that most care homes in Overmoor are below good, and how does that compare with Harlow Dale?"
            ],
            {"Overmoor": 66.7, "Harlow Dale": 40},
        ),
        (
            ["Is every care home in Harlow Dale good?", "How does that compare with Overmoor?"],
            {"Harlow Dale": 40, "Overmoor": 33.3},
        ),
        (
            [
                "Are there at least two inadequate care homes in Overmoor?",
                "How does that compare with Eastmarch?",
            ],
            {"Overmoor": 1, "Eastmarch": 0},
        ),
        (
            [
                "What share of care homes in Overmoor is good?",
                "Is that percentage higher than for GP practices?",
            ],
            {"care homes": 33.3, "GP practices": 0},
        ),
    ],
)
def test_a_figure_is_set_beside_another(
    questions: list[str], figures: dict[str, float], county: Service
) -> None:
    *_, last = county.converse(questions)
    told = {figure.label: figure.value for figure in last.answer.figures}
    assert {label: round(float(told[label]), 1) for label in figures} == figures


def test_a_mean_is_set_beside_a_mean(county: Service) -> None:
    asked = "On average, how many care homes does a town in Harlow Dale have, and how does that compare with Overmoor?"
    text = county.ask(asked).answer.text
    assert "2.5 care homes in Harlow Dale" in text
    assert "3 care homes in Overmoor" in text


def test_another_with_more_is_the_one_with_the_most(county: Service) -> None:
    *_, last = county.converse(
        [
            "What percentage of care homes in Overmoor is good?",
            "Does any other council area have a higher share?",
        ]
    )
    assert "Eastmarch" in last.answer.answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Which councils have at least three care homes, and which of those have none that are inadequate?",
            "Harlow Dale",
        ),
        (
            "Which councils have at least three care homes, and do any of those have an inadequate one?",
            "Overmoor",
        ),
    ],
)
def test_groups_that_were_told_are_narrowed(question: str, told: str, county: Service) -> None:
    last = county.ask(question).parts[-1]
    assert told in last.text
    assert sum(name in last.text for name in ("Harlow Dale", "Overmoor")) == 1


def test_a_difference_is_told_where_it_is_asked_for(county: Service) -> None:
    question = (
        "Harlow Dale vs Overmoor: number of care homes, percentage good, and the gap in percentage points"
    )
    text = county.ask(question).answer.text
    assert "6.7 percentage points more: Harlow Dale 40% against Overmoor 33.3%" in text


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (["Are all care homes in Thirsk good?", "who runs the ones that aren't?"], "Tolland Homes"),
        (
            ["Is it right that no care home in Ripon is inadequate, and how many are in Thirsk?"],
            "1 care home in Thirsk",
        ),
        (
            ["Is it true that no care home in Ripon is inadequate and no care home in Malton is good?"],
            "Yes. None of the 3",
        ),
        (
            [
                "I was told neither Ripon nor Selby has an inadequate care home. True? "
                "How many care homes does each have?"
            ],
            "Ripon 3 and Selby 2",
        ),
        (["care homes in Harlow Dale", "and near there?"], "I did not understand “near”"),
    ],
)
def test_what_a_follow_up_says_is_never_dropped(questions: list[str], told: str, county: Service) -> None:
    *_, last = county.converse(questions)
    assert told in last.answer.answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did Oxleas and Sheffield both jump two ratings?", "No."),
        ("Did Oxleas and Sheffield both jump one rating?", "Yes."),
        ("How many trusts jumped two rating levels?", "None:"),
        ("group the trusts by their final rating", "7 trusts: 1 Outstanding and 6 Good."),
        ("Oxleas: starting rating, finishing rating", "Good, up from Requires Improvement"),
    ],
)
def test_steps_and_final_ratings(question: str, told: str, trusts: Service) -> None:
    assert told in trusts.ask(question).answer.text


def test_figures_side_by_side_are_given_for_each_group(county: Service) -> None:
    parts = county.ask("Per council: number of care homes, number good, number requiring improvement").parts
    told = [{figure.label: figure.value for figure in part.figures} for part in parts]
    assert [one["Harlow Dale"] for one in told] == [5, 2, 2]


def test_a_table_of_a_part_of_the_country_is_not_told_as_all_of_it(tmp_path: Path) -> None:
    head = "Location Name,Care Home?,Location City,Location Local Authority,Domain,Latest Rating,Publication Date"
    rows = [f"Home {name},Y,Ripon,Harlow Dale,Overall,Good,02/01/2019" for name in ("Ash", "Elm", "Oak")]
    (tmp_path / "county.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    service = Service.open(Settings.load({"corpus": tmp_path, "cache": tmp_path / "cache"}, {}))
    *_, last = service.converse(["How many care homes in Ripon are good?", "and nationally?"])
    assert last.answer.answer.text.endswith("“Nationally” is read as everywhere in the tables.")
