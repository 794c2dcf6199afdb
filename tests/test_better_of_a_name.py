"""“Which of the two Elm Houses is better?”: those who share a name are ranked among themselves."""

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location City"),
    *("Domain", "Latest Rating", "Publication Date"),
)
PLACES = (
    ("Elm House", "Leeds", "Good"),
    ("Elm House", "York", "Inadequate"),
    ("Fern Bank", "Leeds", "Requires improvement"),
    ("Fern Bank", "York", "Outstanding"),
    ("Fern Bank", "Hull", "Good"),
    ("Oak Lodge", "York", "Good"),
)


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [str(number), name, "Y", town, "Overall", rating, "01/02/2020"]
        for number, (name, town, rating) in enumerate(PLACES, 1)
    ]
    return serve(tmp_path_factory.mktemp("namesakes"), rows, HEADS)


BETTER = ("is better", "is rated higher", "is the better")
WORSE = ("is worse", "is rated lower", "is the worse")
WHICH = ("which {name}", "which of the {name}s", "which of the {number} {name}s", "which {name} home")


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("said", [*BETTER, *WORSE])
@pytest.mark.parametrize(
    ("name", "number", "best", "worst"),
    [("Elm House", "two", "Leeds", "York"), ("Fern Bank", "three", "York", "Leeds")],
)
def test_who_of_a_name_is_better_is_told(
    which: str, said: str, name: str, number: str, best: str, worst: str, namesakes: Service
) -> None:
    answer = namesakes.ask(f"{which.format(name=name, number=number)} {said}?")
    assert answer.answer.text.startswith(f"{name} in {best if said in BETTER else worst} (")
    assert len(answer.facts) == 1


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("which of the three Elm Houses is better?", "not_found"),  # there are two
        ("which of the two Fern Banks is better?", "not_found"),
        ("is Elm House better than Oak Lodge?", "ambiguous"),
    ],
)
def test_another_number_and_another_name_are_no_such_question(
    question: str, status: str, namesakes: Service
) -> None:
    assert namesakes.ask(question).status == status
