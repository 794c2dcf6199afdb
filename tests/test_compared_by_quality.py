"""“Compare Kent with Essex” asks how good they are: the share good or better, and how many have each rating."""

import pytest
from county import HOME, PLACES

from qa.service import Service

TOWN, COUNCIL, PROVIDER, RATING = 2, 3, 6, 8
FORMS = ("compare {}", "Compare {}.", "{versus}", "comparing {}", "how do {} compare?", "{} side by side")
SIDES = {
    ("Ripon", "Selby"): TOWN,
    ("Ripon", "Thirsk", "Malton"): TOWN,
    ("Harlow Dale", "Overmoor"): COUNCIL,
    ("Larkmoor Care Ltd", "Tolland Homes"): PROVIDER,
    ("Larkmoor Care Ltd", "Tolland Homes", "Wrenfield Trust"): PROVIDER,
}
SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")


def ratings(place: int, side: str, kind: str | None = None) -> list[str]:
    """The ratings of the places of one side."""
    return [row[RATING] for row in PLACES if row[place] == side and kind in (None, row[1])]


def asked(form: str, sides: tuple[str, ...]) -> str:
    listed = f"{', '.join(sides[:-1])} and {sides[-1]}"
    return form.format(listed, versus=" vs ".join(sides))


@pytest.mark.parametrize("sides", SIDES)
@pytest.mark.parametrize("form", FORMS)
def test_sides_are_compared_by_the_share_good_or_better(
    form: str, sides: tuple[str, ...], county: Service
) -> None:
    answer = county.ask(asked(form, sides))
    percent = {figure.label: figure.value for figure in answer.figures if figure.unit == "percent"}
    for side in sides:
        rated = [one for one in ratings(SIDES[sides], side) if one in SCALE]
        fine = sum(one in SCALE[:2] for one in rated)
        assert percent[side] == round(100 * fine / len(rated), 1)
        assert f"({fine} of {len(rated)})" in answer.answer.text


@pytest.mark.parametrize("sides", SIDES)
def test_each_rating_of_each_side_is_told_beside(sides: tuple[str, ...], county: Service) -> None:
    figures = county.ask(asked("compare {}", sides)).figures
    told = {(figure.group, figure.label): figure.value for figure in figures if figure.group}
    wanted = {
        (side, rating): ratings(SIDES[sides], side).count(rating)
        for side in sides
        for rating in {*ratings(SIDES[sides], side)}
    }
    assert told == wanted


def test_a_kind_and_a_key_question_are_kept(county: Service) -> None:
    text = county.ask("compare care homes in Ripon and Thirsk").answer.text
    assert text.startswith(
        "Ripon has the higher share of care homes rated Outstanding or Good: Ripon 100% (3 of 3)"
    )
    assert [one for one in PLACES if one[1] == HOME and one[TOWN] == "Thirsk"]
    text = county.ask("compare Ripon and Thirsk on safe").answer.text
    assert text.startswith(
        "Ripon has the higher share of places rated Outstanding or Good for Safe: Ripon 75%"
    )


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("compare the number of homes in Ripon and Selby", "Ripon has the higher number of care homes"),
        (
            "compare good care homes in Ripon and Thirsk",
            "Ripon has the higher number of care homes rated Good",
        ),
        ("compare care homes in Ripon and Thirsk: which has more?", "They are the same, with 3 each"),
        ("compare Dunmere Lodge with Saltersgate", "Saltersgate is rated higher"),
    ],
)
def test_what_is_asked_of_a_comparison_is_told(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)
