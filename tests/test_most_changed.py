"""Who improved or fell the most: ordered by how many grades the rating moved from the one before."""

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    "Location ID",
    "Location Name",
    "Care Home?",
    "Location City",
    "Domain",
    "Latest Rating",
    "Publication Date",
)
SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")  # the best first
TOP, GOOD, RI, BAD = SCALE
# name, town; overall before and now, safe before and now
HOMES = (
    ("Brackwater House", "Ripon", BAD, GOOD, RI, GOOD),
    ("Dunmere Lodge", "Ripon", RI, TOP, GOOD, GOOD),
    ("Kestrane Court", "Selby", RI, GOOD, BAD, TOP),
    ("Olwen Manor", "Selby", TOP, BAD, GOOD, BAD),
    ("Quennell Grange", "Thirsk", GOOD, RI, GOOD, RI),
    ("Saltersgate", "Thirsk", GOOD, GOOD, RI, BAD),
)
OVERALL, SAFE = (2, 3), (4, 5)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [f"1-{number}", name, "Y", town, aspect, ratings[at], day]
        for number, (name, town, *ratings) in enumerate(HOMES)
        for aspect, pair in (("Overall", (0, 1)), ("Safe", (2, 3)))
        for at, day in zip(pair, (f"0{number + 1}/03/2019", f"0{number + 1}/04/2021"), strict=True)
    ]
    new = ["1-99", "Yarrowby", "Y", "Ripon", "Overall", TOP, "01/05/2021"]  # with no rating before
    return serve(tmp_path_factory.mktemp("moved"), [*rows, new], HEADS)


def risen(pair: tuple[int, int] = OVERALL, town: str | None = None) -> dict[str, int]:
    """By how many grades each rose."""
    return {
        home[0]: SCALE.index(home[pair[0]]) - SCALE.index(home[pair[1]])
        for home in HOMES
        if town in (None, home[1])
    }


def first(steps: dict[str, int], sign: int, *, most: bool = True) -> set[str]:
    """Who of those that moved this way moved the most, or the least."""
    fitting = {name: sign * number for name, number in steps.items() if sign * number > 0}
    end = max(fitting.values()) if most else min(fitting.values())
    return {name for name, number in fitting.items() if number == end}


UP = (
    "which homes improved the most?",
    "which care homes improved most?",
    "which home has improved the most",
    "who improved the most?",
    "most improved care homes",
    "what is the most improved home?",
    "which homes went up the most?",
    "which homes went up the most grades?",
    "which homes' ratings rose the most?",
)
DOWN = (
    "which homes got worse the most?",
    "which home fell the most?",
    "which care homes have deteriorated the most?",
    "which homes went down the most?",
    "what is the biggest drop in rating?",
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        *((question, first(risen(), 1)) for question in UP),
        *((question, first(risen(), -1)) for question in DOWN),
        ("which homes improved the least?", first(risen(), 1, most=False)),
        ("which homes in Selby improved the most?", first(risen(town="Selby"), 1)),
        ("which homes improved the most for safe?", first(risen(SAFE), 1)),
        ("which homes fell the most for safe?", first(risen(SAFE), -1)),
    ],
)
def test_the_most_is_the_most_grades(question: str, wanted: set[str], moved: Service) -> None:
    answer = moved.ask(question)
    assert {fact.subject for fact in answer.facts} == wanted
    assert {home[0] for home in HOMES if home[0] in answer.answer.text} == wanted
    assert "grade" in answer.answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "which home fell the most?",
            "Olwen Manor in Selby (from Outstanding to Inadequate, published 4 April 2021) fell the most of care "
            "homes: by 3 grades.",
        ),
        (
            "which homes improved the most?",
            "2 care homes improved the most, by 2 grades each: Brackwater House in Ripon (from Inadequate to Good, "
            "published 1 April 2021) and Dunmere Lodge in Ripon (from Requires improvement to Outstanding, published "
            "2 April 2021).",
        ),
        (
            "top 3 most improved homes",
            "The 3 care homes that improved the most are Brackwater House in Ripon (2 grades, from Inadequate to Good, "
            "published 1 April 2021), Dunmere Lodge in Ripon (2 grades, from Requires improvement to Outstanding, "
            "published 2 April 2021) and Kestrane Court in Selby (1 grade, from Requires improvement to Good, "
            "published 3 April 2021).",
        ),
        (
            "which home in Thirsk improved the most?",
            "None: no care home in Thirsk (postal town) was given a higher rating than before. Ratings published up to 1 May 2021.",
        ),
    ],
)
def test_it_is_said_from_what_to_what(question: str, text: str, moved: Service) -> None:
    assert moved.ask(question).answer.text == text


@pytest.mark.parametrize(
    "question", ["Which homes improved two grades up?", "Which homes moved two grades up?"]
)
def test_a_verb_of_change_belongs_to_the_grades_behind_it(question: str, moved: Service) -> None:
    answer = moved.ask(question)
    label = (
        "care homes either rated Requires improvement before and Outstanding now or rated Inadequate before"
    )
    assert {fact.subject for fact in answer.facts} == {
        name for name, number in risen().items() if number == 2
    }
    assert answer.figures[0].label == f"{label} and Good now"


@pytest.mark.parametrize(
    "question",
    [
        "which homes changed the most?",  # up or down: not one order
        "which homes improved the most since 2018?",  # over a period: not the one step
    ],
)
def test_what_is_no_one_step_is_not_told(question: str, moved: Service) -> None:
    assert moved.ask(question).status == "not_found"


def test_which_has_the_most_improved_homes_counts_them(moved: Service) -> None:
    assert moved.ask("which town has the most improved homes?").answer.text.startswith(
        "Ripon (2) has the most"
    )
