"""“Which area is Elm House worst in?” asks about key questions; “which area is it in?” about where it is."""

import pytest
from county import PLACES

from qa.service import Service

HOMES = ("Brackwater House", "Olwen Manor", "Yarrowby")
OF_RATINGS = (
    "which area is {} worst in?",
    "what area is {} weakest on?",
    "which area is {} best at?",
    "which area is {} rated lowest in?",
    "in which area does {} do worst?",
    "which area did {} do best in?",
    "which area needs work at {}?",
    "which area lets {} down?",
    "which areas let {} down?",
    "which area should {} improve?",
    "which area is holding {} back?",
)
OF_PLACE = ("which area is {} in?", "in which area is {}?", "what area is {} located in?")


@pytest.mark.parametrize("name", HOMES)
@pytest.mark.parametrize("form", OF_RATINGS)
def test_what_somebody_is_good_or_bad_at_are_key_questions(form: str, name: str, county: Service) -> None:
    answer = county.ask(form.format(name))
    row = next(row for row in PLACES if row[0] == name)
    told = {fact.aspect: fact.rating for fact in answer.facts}
    assert {"Safe": row[9], "Caring": row[10], "Well-led": row[11]}.items() <= told.items()
    assert row[3] not in answer.answer.text


@pytest.mark.parametrize("name", HOMES)
@pytest.mark.parametrize("form", OF_PLACE)
def test_where_somebody_is_is_a_council(form: str, name: str, county: Service) -> None:
    council = next(row[3] for row in PLACES if row[0] == name)
    assert county.ask(form.format(name)).answer.text.startswith(f"{name} is in {council}")


def test_which_area_has_the_most_is_a_council(county: Service) -> None:
    assert county.ask("Which area has the most care homes?").answer.text.startswith(
        "Harlow Dale (5) has the most"
    )
