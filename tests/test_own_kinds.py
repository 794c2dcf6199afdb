"""A table with kinds of place in its own words, and ratings ranked by one key question."""

from __future__ import annotations

import pytest

from qa.question.own_kinds import turned_round
from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

ROWS = """Name,Type,Town,Overall,Safe,Well-led,Published
Gull House,Care home,Porthmere,Good,Good,Requires improvement,14 March 2026
Lantern Court,Care home,Porthmere,Requires improvement,Inadequate,Requires improvement,2 June 2026
The Old Chandlery,Nursing home,Saltash Quay,Outstanding,Good,Outstanding,21 January 2026
Tide Cottage,Care home,Saltash Quay,Good,Good,Good,9 September 2025
Fisher Road,Day nursery,Porthmere,Good,Requires improvement,Good,1 May 2026
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("homes")
    (folder / "ratings.csv").write_text(ROWS, encoding="utf-8")
    (folder / "report.md").write_text(
        "# Nights\n\nAt Lantern Court homes staff were too few.\n", encoding="utf-8"
    )
    return Service.open(Settings.load({"corpus": folder}, {"QA_CACHE": "none"}))


def names(answer: Answer) -> list[str]:
    return list(dict.fromkeys(fact.subject for fact in answer.facts))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which care homes are good?", ["Gull House", "Tide Cottage"]),
        ("Which nursing homes are outstanding?", ["The Old Chandlery"]),
        ("Which homes are not good?", ["Lantern Court", "The Old Chandlery"]),
        ("List the homes in Saltash Quay", ["The Old Chandlery", "Tide Cottage"]),
        ("Which residential homes in Porthmere are good?", ["Gull House"]),
        ("Which day nurseries are good?", ["Fisher Road"]),
        ("Which nurseries are good?", ["Fisher Road"]),
        ("Which places are inadequate for safety?", ["Lantern Court"]),
    ],
)
def test_a_kind_is_said_by_its_value_its_noun_and_the_fields_other_words(
    service: Service, question: str, told: list[str]
) -> None:
    answer = service.ask(question)
    assert (answer.status, names(answer)) == ("answered", told), answer.answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many homes are there?", 4),
        ("How many care homes are there?", 3),
        ("How many homes in Porthmere are good?", 1),
    ],
)
def test_kinds_are_counted(service: Service, question: str, count: int) -> None:
    answer = service.ask(question)
    assert [figure.value for figure in answer.figures if figure.unit == "count"][:1] == [count], (
        answer.answer.text
    )


@pytest.mark.parametrize("kind", ["hospitals", "dentists", "hospices", "GP practices", "wards", "pharmacies"])
@pytest.mark.parametrize(
    "form", ["Which {} are good?", "How many {} in Porthmere are inadequate?", "List all outstanding {}"]
)
def test_of_a_kind_that_the_table_does_not_hold_nothing_is_told(
    service: Service, kind: str, form: str
) -> None:
    answer = service.ask(form.format(kind))
    assert (answer.status, answer.facts) == ("not_found", ()), answer.answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which home is worst for safety?", ["Lantern Court"]),
        ("Which care home has the worst rating for safe?", ["Lantern Court"]),
        ("Which homes are best for well-led?", ["The Old Chandlery"]),
        ("least safe home in Porthmere", ["Lantern Court"]),
        ("Which place has the newest rating for safe?", ["Lantern Court"]),
    ],
)
def test_the_best_and_worst_for_a_key_question_go_by_it(
    service: Service, question: str, told: list[str]
) -> None:
    answer = service.ask(question)
    assert (answer.status, names(answer)) == ("answered", told), answer.answer.text


def test_the_key_question_of_a_ranking_is_said(service: Service) -> None:
    assert "the lowest rating for Safe" in service.ask("Which home is worst for safety?").answer.text


def test_no_order_is_by_several_ratings_at_once(service: Service) -> None:
    assert service.ask("Which home is best for safe and well-led?").status == "not_found"


def test_the_key_questions_are_ranked_by_their_poor_ratings(service: Service) -> None:
    answer = service.ask("Which key question do homes do worst in?")
    assert "rated Requires improvement or Inadequate" in answer.answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("homes in Porthmere, worst first", ["Lantern Court", "Gull House"]),
        ("list the homes in Saltash Quay, oldest first", ["Tide Cottage", "The Old Chandlery"]),
        ("homes that are safe in Porthmere, newest first", ["Gull House"]),
        ("list the care homes alphabetically", ["Gull House", "Lantern Court", "Tide Cottage"]),
    ],
)
def test_an_order_keeps_every_row(service: Service, question: str, told: list[str]) -> None:
    answer = service.ask(question)
    assert (answer.status, names(answer)) == ("answered", told), answer.answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Are all homes rated?", "Yes. All 4 homes had a rating"),
        ("Are any homes in Porthmere rated?", "Yes. All 2 homes"),
        ("How many homes are rated for safe?", "4 homes had a rating for Safe"),
        (
            "Which town has the best homes?",
            "Saltash Quay (100%) has the highest share of homes rated Outstanding or Good",
        ),
        (
            "Which town has the worst homes?",
            "Porthmere (50%) has the lowest share of homes rated Outstanding or Good",
        ),
        (
            "best town for care homes for safety",
            "Saltash Quay (100%) has the highest share of care homes rated Outstanding or Good for Safe",
        ),
    ],
)
def test_rated_at_all_and_the_best_groups_are_computed(service: Service, question: str, text: str) -> None:
    assert text in service.ask(question).answer.text


def test_an_order_by_number_and_by_rating_at_once_is_refused(service: Service) -> None:
    assert service.ask("Which town has the most and best homes?").status == "not_found"


@pytest.mark.parametrize(
    "words",
    ["except the ones", "leaving out those", "not counting places", "apart from any", "but not the ones"],
)
@pytest.mark.parametrize(("where", "told"), [("in Porthmere", ["The Old Chandlery", "Tide Cottage"])])
def test_what_is_left_out_may_be_pointed_at(
    service: Service, words: str, where: str, told: list[str]
) -> None:
    answer = service.ask(f"list the homes {words} {where}")
    assert (answer.status, names(answer)) == ("answered", told), answer.answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which homes are both good overall and good for safe?", ["Gull House", "Tide Cottage"]),
        ("list the homes except the ones that are good", ["Lantern Court", "The Old Chandlery"]),
    ],
)
def test_both_says_no_more_than_and(service: Service, question: str, told: list[str]) -> None:
    answer = service.ask(question)
    assert (answer.status, names(answer)) == ("answered", told), answer.answer.text


def test_of_each_side_of_a_comparison_the_figure_is_told(service: Service) -> None:
    answer = service.ask("Compare Porthmere with Saltash Quay: what percentage of the homes in each is good?")
    assert [figure.value for figure in answer.figures if figure.unit == "percent"] == [50, 50], (
        answer.answer.text
    )


@pytest.mark.parametrize(
    "predicate", ["have gardens", "have a swimming pool", "are lovely", "are any quieter"]
)
@pytest.mark.parametrize("form", ["How many homes in Porthmere {}?", "Which homes {}?"])
def test_a_predicate_that_is_not_understood_is_not_left_out(
    service: Service, form: str, predicate: str
) -> None:
    answer = service.ask(form.format(predicate))
    assert answer.facts == (), answer.answer.text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "Acute hospital - NHS non-specialist",
            {
                "acute nhs non specialist hospital",
                "acute non specialist nhs hospital",
                "nhs acute non specialist hospital",
                "nhs non specialist acute hospital",
                "non specialist acute nhs hospital",
                "non specialist nhs acute hospital",
            },
        ),
        ("Community home - rural", {"community rural home", "rural community home"}),
        ("Mental health - community & hospital - independent", set()),
        ("GP Practices", set()),
        ("A place - of more words than fit", set()),
    ],
)
def test_a_kind_with_its_noun_first_is_said_with_it_last(value: str, said: set[str]) -> None:
    assert {*turned_round(value)} == said
