"""Ratings asked of one after the other, both sides of a comparison asked again, and counts of what was said
before.
"""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Care homes rated outstanding please, and any inadequate ones", 2, 1),
        ("The good care homes, and how many inadequate", 4, 1),
        ("Outstanding surgeries in the county, and any good ones", 1, 1),
    ],
)
def test_ratings_that_no_place_has_at_once_are_asked_one_after_the_other(
    question: str, first: int, second: int, county: Service
) -> None:
    answer = county.ask(question)
    assert answer.status == "answered"
    counts = [figure.value for figure in answer.figures if figure.unit == "count"]
    assert [value for value in counts if value in (first, second)][:2] == [first, second]


# Harlow Dale has 5 care homes: 1 outstanding, 2 good, 2 requires improvement; Overmoor 3: 1 good, 1, 1 inadequate.
@pytest.mark.parametrize(
    ("question", "pairs"),
    [
        (
            "Compare Harlow Dale and Overmoor for care homes: total, outstanding and inadequate",
            [(5, 3), (1, 0), (0, 1)],
        ),
        ("Harlow Dale v Overmoor: how many care homes each and how many outstanding?", [(5, 3), (1, 0)]),
        ("Compare Harlow Dale and Overmoor: good and inadequate care homes", [(2, 1), (0, 1)]),
        ("Harlow Dale vs Overmoor, care homes: any outstanding and how many inadequate?", [(1, 0), (0, 1)]),
    ],
)
def test_each_rating_is_compared_by_itself(
    question: str, pairs: list[tuple[int, int]], county: Service
) -> None:
    parts = [
        [figure for figure in part.figures if figure.unit == "count"] for part in county.ask(question).parts
    ]
    told = [{figure.label: figure.value for figure in part} for part in parts]
    assert [(one["Harlow Dale"], one["Overmoor"]) for one in told] == pairs


def test_a_share_may_be_said_on_both_sides(county: Service) -> None:
    answer = county.ask("Care homes: percentage outstanding vs GP practices percentage outstanding")
    assert answer.answer.text.startswith("GP practices have the higher share")


@pytest.mark.parametrize(
    ("before", "question", "value"),
    [
        ("How many care homes are in Harlow Dale?", "how many in Overmoor?", 3),
        ("How many care homes in Harlow Dale are good?", "how many does Overmoor have?", 1),
        ("Does Harlow Dale or Overmoor have more care homes?", "how many has Overmoor got?", 3),
        ("How many care homes does Larkmoor Care run?", "how many does Tolland run?", 3),
        ("Which town has the most care homes?", "how many does Malton have?", 2),
    ],
)
def test_a_count_of_nothing_counts_what_was_said_before(
    before: str, question: str, value: int, county: Service
) -> None:
    assert county.ask(question, [before]).figures[0].value == value


@pytest.mark.parametrize(
    ("question", "pair"), [("how many are inadequate?", (1, 0)), ("how many outstanding?", (1, 0))]
)
def test_what_is_asked_behind_a_comparison_is_asked_of_both_sides(
    question: str, pair: tuple[int, int], county: Service
) -> None:
    answer = county.ask(question, ["Does Harlow Dale or Overmoor have more care homes?"])
    assert tuple(figure.value for figure in answer.figures)[:2] == pair


@pytest.mark.parametrize(
    ("question", "begins", "second"),
    [
        ("Are all care homes in Ripon good? If not which aren't?", "No. 2 of 3", "Brackwater House"),
        (
            "Are all care homes in Ripon good? If not, which ones are not?",
            "No. 2 of 3",
            "1 care home in Ripon",
        ),
        ("Is Brackwater House good? If so, who runs it?", "No. ", "Larkmoor Care Ltd"),
        ("Any surgery rated outstanding, and which care homes are inadequate?", "1 GP practice", "Wilfreda"),
        (
            "When was Olwen Manor rated, and were there other good homes in Selby?",
            "The rating of Olwen",
            "No",
        ),
    ],
)
def test_what_hangs_on_the_first_answer_is_asked_too(
    question: str, begins: str, second: str, county: Service
) -> None:
    text = county.ask(question).answer.text
    assert text.startswith(begins)
    assert second in text


def test_which_side_comes_first_may_be_asked_again(county: Service) -> None:
    question = (
        "Harlow Dale or Overmoor - which has more care homes, and where is the share of good ones higher?"
    )
    parts = county.ask(question).parts
    assert [part.text.split(" has ")[0] for part in parts] == ["Harlow Dale", "Harlow Dale"]


@pytest.mark.parametrize(
    "question",
    [
        "Which day saw the most ratings published?",
        "Which care homes improved the most?",
        "Which month had the fewest ratings?",
    ],
)
def test_the_most_of_what_is_not_counted_is_no_rating(question: str, county: Service) -> None:
    assert county.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which towns do not have a single outstanding one among care homes?", {"Selby", "Thirsk"}),
        ("Which towns with 2 or more care homes don't have a single good one?", {"Selby"}),
    ],
)
def test_one_is_a_noun_behind_a_rating(question: str, names: set[str], county: Service) -> None:
    text = county.ask(question).answer.text
    assert {town for town in ("Ripon", "Selby", "Thirsk", "Malton") if town in text} == names


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "How many care homes are in Harlow Dale, and is that the most of any council?",
            "Yes. Harlow Dale (5)",
        ),
        ("How many care homes are in Overmoor, and is that the most of any council?", "No. Overmoor has 3"),
        ("How many care homes are in Ripon, and is that the fewest of any town?", "No. Ripon has 3"),
    ],
)
def test_whether_it_is_the_most_is_asked_of_its_whole_sort(
    question: str, begins: str, county: Service
) -> None:
    assert county.ask(question).parts[1].text.startswith(begins)


def test_a_share_behind_a_comparison_is_of_all_of_a_side(county: Service) -> None:
    question = (
        "Larkmoor or Tolland - who has fewer inadequate homes, and who has the bigger share of good ones?"
    )
    second = county.ask(question).parts[1].text
    assert second.startswith("Tolland Homes has the higher share of care homes rated Good")
    assert "33.3% (1 of 3) and Larkmoor Care Ltd 25% (1 of 4)" in second


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Care homes in Ripon: total, and outstanding", [3, 1]),
        ("Outstanding care homes in Ripon, with the total number of care homes there", [1, 3]),
        ("How many care homes in Ripon in total, and how many are outstanding?", [3, 1]),
    ],
)
def test_a_total_beside_a_rating_is_of_all(question: str, values: list[int], county: Service) -> None:
    answer = county.ask(question)
    assert [next(one.value for one in part.figures if one.unit == "count") for part in answer.parts] == values


@pytest.mark.parametrize(
    "question", ["How many care homes in total are good in Ripon?", "Good care homes in Ripon, total"]
)
def test_a_total_of_those_that_are_rated_so_is_one_figure(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.parts == ()
    assert answer.facts_total == 2


@pytest.mark.parametrize(
    ("before", "question", "begins"),
    [
        (
            "Is Olwen Manor good?",
            "Were there other care homes in Selby that require improvement?",
            "Yes. 1 of 1",
        ),
        ("Is Dunmere Lodge good?", "Which other care homes in Ripon are good?", "1 care home in Ripon"),
        ("Is Wilfreda House good?", "Are there other inadequate care homes in Thirsk?", "No. None of the 2"),
    ],
)
def test_others_are_without_who_was_asked_about(
    before: str, question: str, begins: str, county: Service
) -> None:
    assert county.ask(question, [before]).answer.text.startswith(begins)


def test_for_what_asks_for_each_key_question(county: Service) -> None:
    answer = county.ask("Which care homes are inadequate in any area, and for what?")
    assert {fact.subject for fact in answer.facts} == {"Olwen Manor", "Wilfreda House"}
    assert {fact.aspect for fact in answer.facts} == {"Safe", "Caring", "Well-led"}


@pytest.mark.parametrize(
    ("before", "question", "begins"),
    [
        ("Is Brackwater House outstanding?", "is there a GP practice that is too?", "Yes. 1 of 3"),
        ("Is Brackwater House outstanding?", "is Saltersgate too?", "Yes. Saltersgate"),
        ("Are any care homes in Ripon inadequate?", "are any in Thirsk too?", "Yes. 1 of 3"),
        ("Which GP practices are outstanding?", "does any care home do the same?", "Yes. 2 of 10"),
    ],
)
def test_what_is_so_too_is_what_was_said_before(
    before: str, question: str, begins: str, county: Service
) -> None:
    assert county.ask(question, [before]).answer.text.startswith(begins)


@pytest.mark.parametrize(
    "question", ["is there a GP practice that is too?", "does any care home do the same?"]
)
def test_nothing_is_so_too_where_nothing_was_said(question: str, county: Service) -> None:
    assert county.ask(question).status == "not_found"


def test_two_that_are_not_one_are_no_claim(county: Service) -> None:
    answer = county.ask("Brackwater House is good and so is Saltersgate, right?")
    assert answer.status == "not_found"


def test_the_other_end_of_a_ranking_may_be_one_of_its_own(county: Service) -> None:
    answer = county.ask("Town with the most care homes and the one with the fewest")
    assert len(answer.parts) == 2
    assert "fewest" in answer.parts[1].text


@pytest.mark.parametrize("aspects", ["safe", "safe and on caring", "caring and well-led"])
def test_two_names_with_their_kind_left_out_are_two(aspects: str, county: Service) -> None:
    answer = county.ask(f"Compare the Park View and the Millrace on {aspects}")
    assert {fact.subject for fact in answer.facts} == {"Park View Surgery", "Millrace Surgery"}
