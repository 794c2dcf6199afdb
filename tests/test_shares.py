"""Shares are ranked and compared as they are, not as they are rounded."""

import pytest
from made_corpus import row, serve

from qa.service import Service

# Of 39 and of 38 homes one is inadequate: 2.564 % and 2.632 %. Of three one, of six two: the same share.
HOMES = {"Leeds": (1, 39), "York": (1, 38), "Hull": (1, 3), "Ripon": (2, 6)}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        row(
            100 * at + number,
            f"House {at}-{number}",
            "Inadequate" if number < bad else "Good",
            "01/02/2020",
            town=town,
        )
        for at, (town, (bad, size)) in enumerate(HOMES.items(), 1)
        for number in range(size)
    ]
    return serve(tmp_path_factory.mktemp("corpus"), rows)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Which town has the lowest share of inadequate homes?", "Leeds (2.6%) has the lowest share"),
        (
            "Which town has the second lowest share of inadequate homes?",
            "York (2.6%) has the second lowest share",
        ),
        (
            "Which town has the highest share of inadequate homes?",
            "It is a tie: Hull and Ripon (33.3% each) have the highest share",
        ),
        ("Is the share of inadequate homes higher in York than in Leeds?", "Yes. York has the higher share"),
        ("Is the share of inadequate homes higher in Leeds than in York?", "No. York has the higher share"),
        ("Is the share of inadequate homes the same in Leeds and York?", "No."),
        (
            "Is the share of inadequate homes the same in Hull and Ripon?",
            "Yes. They are the same, with 33.3% each",
        ),
        (
            "What is the difference in the share of inadequate homes between York and Leeds?",
            "0.07 percentage points more: York 2.63% against Leeds 2.56%",
        ),
        ("What is the difference in the share of inadequate homes between Hull and Ripon?", "No difference"),
    ],
)
def test_shares_are_compared_before_they_are_rounded(service: Service, question: str, begins: str) -> None:
    assert service.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "worst town for care homes by % inadequate",
            "It is a tie: Hull and Ripon (33.3% each) have the highest",
        ),
        (
            "worst 3 towns for care homes by % inadequate",
            "Hull and Ripon (33.3% each) and York (2.6%) have the highest",
        ),
        ("worst town by number of inadequate homes", "Ripon (2) has the most care homes rated Inadequate"),
        ("best town for care homes by % inadequate", "Leeds (2.6%) has the lowest share"),
        ("best 2 towns by share of inadequate homes", "Leeds (2.6%) and York (2.6%) have the lowest share"),
        ("worst town by % good homes", "It is a tie: Hull and Ripon (66.7% each) have the lowest share"),
        ("best town by share of good homes", "Leeds (97.4%) has the highest share"),
        (
            "top 1 town by % inadequate homes",
            "It is a tie: Hull and Ripon (33.3% each) have the highest share",
        ),
        ("Is Leeds the worst town for the share of inadequate homes?", "It is a tie: Hull and Ripon"),
    ],
)
def test_the_worst_has_the_most_of_what_is_bad(service: Service, question: str, begins: str) -> None:
    assert service.ask(question).answer.text.startswith(begins), service.ask(question).answer.text


def test_shares_that_look_the_same_are_told_apart(service: Service) -> None:
    assert (
        "York 2.63% (1 of 38) and Leeds 2.56% (1 of 39)"
        in service.ask("Compare Leeds and York: what percentage of homes are inadequate?").answer.text
    )


@pytest.mark.parametrize(
    "question",
    [
        "What percentage of homes in Ripon has each rating?",
        "Break down the homes in Ripon by rating, with numbers and percentages.",
        "homes in Ripon by rating, in percent",
    ],
)
def test_the_share_of_each_rating_is_of_all(service: Service, question: str) -> None:
    assert service.ask(question).answer.text.startswith(
        "6 care homes in Ripon (council area): 4 Good (66.7%) and 2 Inadequate (33.3%)."
    )


def test_the_share_of_each_rating_is_of_all_in_each_town(service: Service) -> None:
    told = service.ask("percentage of homes with each rating by town")
    assert {
        (figure.group, figure.label): figure.value for figure in told.figures if figure.unit == "percent"
    }[("Good", "Ripon")] == 66.7


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Name towns where a fifth or more of the homes are inadequate.", {"Hull", "Ripon"}),
        ("Which towns have a fifth of their homes inadequate?", {"Hull", "Ripon"}),
        ("In which towns are a third or more of the homes inadequate?", {"Hull", "Ripon"}),
        ("Which towns have a third at least of their homes inadequate?", {"Hull", "Ripon"}),
        ("Which towns have one third or more of their homes rated inadequate?", {"Hull", "Ripon"}),
        (
            "Which towns have two thirds or more of their homes rated good?",
            {"Hull", "Ripon", "Leeds", "York"},
        ),
        ("Which towns have four fifths or more of their homes rated good?", {"Leeds", "York"}),
        ("Which towns have a tenth or less of their homes inadequate?", {"Leeds", "York"}),
        ("Which towns have a tenth or fewer of their homes inadequate?", {"Leeds", "York"}),
        ("In which towns are under a tenth of homes inadequate?", {"Leeds", "York"}),
        ("In which towns are more than a tenth of homes inadequate?", {"Hull", "Ripon"}),
        ("Which towns have half or more of their homes good?", {"Hull", "Ripon", "Leeds", "York"}),
    ],
)
def test_a_part_of_each_is_a_share_and_no_place_in_an_order(
    service: Service, question: str, told: set[str]
) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert {town for town in HOMES if town in answer.answer.text} == told, answer.answer.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "In which town are most of the inadequate homes?",
            "Ripon (2) has the most care homes rated Inadequate",
        ),
        ("In which town are the majority of the inadequate homes?", "Ripon (2) has the most"),
        ("Which town has the bulk of the inadequate homes?", "Ripon (2) has the most"),
        ("Which town has most of the homes that are inadequate?", "Ripon (2) has the most"),
        ("In which town are most of the homes?", "Leeds (39) has the most care homes"),
        ("In which town were most of the inadequate home ratings published?", "Ripon (2) has the most"),
        (
            "In which year were most of the inadequate home ratings published, and how many was it?",
            "2020 (5)",
        ),
        ("In which year were most of the ratings of inadequate homes published?", "2020 (5) has the most"),
        # what most of the homes of each town are
        ("In which towns are most of the homes good?", "4 towns have most of their care homes rated Good"),
        ("Which towns have most of their homes inadequate?", "None: no town has most of their care homes"),
        ("Which towns have mostly good homes?", "4 towns have most of their care homes rated Good"),
        ("Are most of the inadequate homes in Ripon?", "No. 2 of 5"),
    ],
)
def test_most_of_a_sort_is_where_the_most_are(service: Service, question: str, begins: str) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert answer.answer.text.startswith(begins), answer.answer.text


# Below good for safe are 5 of 10 care homes, 4 of these for well-led as well; of 4 good ones 2 are for safe.
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Among care homes below good on safe, what fraction is also below good for well-led?",
            "80%: 4 of 5",
        ),
        ("Looking only at homes below good for safe, what share are below good for well-led?", "80%: 4 of 5"),
        ("What percentage of care homes poor for safe also are poor for well-led?", "80%: 4 of 5"),
        ("What fraction of homes below good on safe also need to improve on well-led?", "40%: 2 of 5"),
        ("Out of all care homes rated good overall, what share is below good for safe?", "50%: 2 of 4"),
        ("Care homes that are good overall: what percentage is below good for safe?", "50%: 2 of 4"),
        ("For care homes rated good, what proportion is below good for safe?", "50%: 2 of 4"),
        ("Within care homes below good, what share is inadequate?", "25%: 1 of 4"),
        ("Care homes rated good: what percentage is that?", "40%: 4 of 10"),
    ],
)
def test_a_share_within_those_rated_so_is_of_them(question: str, told: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert answer.answer.text.startswith(told)
