"""Groups with more of one than of another: "which councils have more inadequate homes than outstanding ones?"."""

from collections import Counter
from collections.abc import Callable

import pytest
from county import HOME, PLACES

from qa.service import Service

TOWN, COUNCIL, PROVIDER = 2, 3, 6
FIELDS = {"town": ("towns", TOWN), "council": ("councils", COUNCIL), "provider": ("providers", PROVIDER)}
RATINGS = ("outstanding", "good", "requires improvement", "inadequate")
MORE = (
    "which {many} have more {one} homes than {other} ones?",
    "which {many} have more {one} than {other} homes?",
    "which {many} have more homes rated {one} than {other}?",
    "{many} with more {one} homes than {other} homes",
    "{many} whose {one} homes outnumber their {other} ones",
    "list the {many} where {one} homes outnumber {other} ones",
    "which {many} have more homes that are {one} than homes that are {other}?",
)
OTHERS: dict[str, Callable[[int, int], bool]] = {
    "which {many} have fewer {one} homes than {other} ones?": lambda one, other: one < other,
    "which {many} have as many {one} homes as {other} ones?": lambda one, other: one == other > 0,
    "which {many} have at least as many {one} homes as {other} ones?": lambda one, other: (
        one >= other and one > 0
    ),
    "which {many} have twice as many {one} homes as {other} ones?": lambda one, other: (
        one >= 2 * other and one > 0
    ),
}
CASES = [
    (form, field, one, other, is_so)
    for form, is_so in [*((form, lambda one, other: one > other) for form in MORE), *OTHERS.items()]
    for field in FIELDS
    for one, other in (
        ("outstanding", "good"),
        ("requires improvement", "inadequate"),
        ("good", "outstanding"),
    )
]


def counts(place: int, *told: Callable[[tuple[str, ...]], bool]) -> dict[str, tuple[int, ...]]:
    """How many places of each group are as told."""
    found = [Counter(row[place] for row in PLACES if is_so(row)) for is_so in told]
    return {name: tuple(one[name] for one in found) for name in sorted({row[place] for row in PLACES})}


def rated(rating: str) -> Callable[[tuple[str, ...]], bool]:
    return lambda row: row[1] == HOME and row[8].casefold() == rating


@pytest.mark.parametrize(("form", "field", "one", "other", "is_so"), CASES)
def test_groups_are_those_that_counting_finds(
    form: str, field: str, one: str, other: str, is_so: Callable[[int, int], bool], county: Service
) -> None:
    many, place = FIELDS[field]
    answer = county.ask(form.format(many=many, one=one, other=other))
    numbers = counts(place, rated(one), rated(other))
    wanted = {name: pair for name, pair in numbers.items() if is_so(*pair)}
    told: dict[str, list[object]] = {}
    for figure in answer.figures:
        if figure.group is not None:
            told.setdefault(figure.group, []).append(figure.value)
    assert answer.status == "answered"
    assert {name: tuple(pair) for name, pair in told.items()} == wanted
    for name, (first, second) in wanted.items():
        assert f"{name} ({first} against {second})" in answer.answer.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "how many councils have more outstanding homes than inadequate ones?",
            "2 councils have more care homes rated Outstanding than Inadequate",
        ),
        (
            "Is there a town with more inadequate than good care homes?",
            "No. None of the 4 towns has more care homes rated Inadequate than Good.",
        ),
        ("Does every council have more good homes than inadequate ones?", "No. 2 of 3 councils have more"),
        ("Do most councils have more good homes than inadequate ones?", "Yes. 2 of 3 councils (66.7%)"),
        (
            "which towns have more dentists than GP practices?",
            "1 town has more dentists than GP practices: Ripon",
        ),
        (
            "which towns have more homes rated requires improvement for safe than for caring?",
            "3 towns have more care homes rated Requires improvement for Safe than for Caring: Malton (1 against 0)",
        ),
        (
            "which towns have more outstanding GP practices than outstanding homes?",
            "1 town has more GP practices rated Outstanding than care homes rated Outstanding: Thirsk",
        ),
        (
            "which towns have as many good homes as inadequate ones?",
            "1 town has a care home rated Good or rated Inadequate and as many care homes rated Good as "
            "Inadequate: Thirsk (1 against 1)",
        ),
    ],
)
def test_they_are_counted_claimed_and_told_of_kinds_and_key_questions(
    question: str, begins: str, county: Service
) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("are there more good homes than inadequate ones?", "Yes. "),
        ("which council has more homes, Overmoor or Eastmarch?", "Overmoor has the higher number"),
        ("how many more good homes than inadequate ones are there?", "3 more"),
    ],
)
def test_two_numbers_of_all_are_compared_as_before(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        "{} more good homes than outstanding ones?",
        "{} more good than outstanding homes?",
        "{} fewer good homes than outstanding ones?",
        "{} twice as many good homes as outstanding ones?",
    ],
)
@pytest.mark.parametrize("who", ["Who has", "Who runs", "who's got"])
def test_who_asks_for_the_providers(asked: str, who: str, county: Service) -> None:
    told = county.ask(asked.format("Which providers have")).answer.text
    assert county.ask(asked.format(who)).answer.text == told
