"""Best and worst by what is counted, and the words that say it: a poor share is worst where it is highest."""

import pytest

from qa.service import Service

# In the county, of the care homes: Selby 2 of 2 and Thirsk 2 of 3 are below good, Ripon and Malton none.
POOR = ("care homes below good", "homes that require improvement or are inadequate")
FINE = ("good or outstanding care homes", "homes rated good or better")


@pytest.mark.parametrize("what", POOR)
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which town has the worst share of {}?", "Selby (100%) has the highest share"),
        ("Which town has the best share of {}?", "It is a tie: Malton and Ripon (0% each) have the lowest"),
        ("Is Selby or Malton worse for {}?", "Selby has the higher number"),
        ("Which is better for {}, Selby or Malton?", "Malton has the lower number"),
        ("Is Selby worse than Malton for {}?", "Yes. "),
        ("Is Selby better than Malton for {}?", "No. "),
        ("Which town has the lowest share of {}?", "It is a tie: Malton and Ripon (0% each) have the lowest"),
        ("Which town has the highest share of {}?", "Selby (100%) has the highest share"),
    ],
)
def test_the_worst_of_what_is_poor_is_the_most_of_it(
    question: str, first: str, what: str, county: Service
) -> None:
    assert county.ask(question.format(what)).answer.text.startswith(first)


@pytest.mark.parametrize("what", FINE)
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which town has the worst share of {}?", "Selby (0%) has the lowest share"),
        ("Is Selby or Malton worse for {}?", "Selby has the lower "),
        ("Which is better for {}, Selby or Malton?", "Malton has the higher "),
    ],
)
def test_the_worst_of_what_is_good_is_the_least_of_it(
    question: str, first: str, what: str, county: Service
) -> None:
    assert county.ask(question.format(what)).answer.text.startswith(first)


# Below good for well-led are 5 homes, for safe 5, for caring 1; outstanding for caring 3.
@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which key question do care homes do best on?", "Caring has the lowest number of care homes rated"),
        ("Which of the key questions are care homes weakest on?", "Safe and Well-led have the highest"),
        ("Which area do care homes struggle with most?", "Safe and Well-led have the highest number"),
        ("What area do care homes do worst on?", "Safe and Well-led have the highest number"),
        ("Which key question is Olwen Manor worst on?", "Olwen Manor in Selby: "),
        ("Which key question gets the most outstandings at care homes?", "Caring has the highest number"),
    ],
)
def test_key_questions_are_ranked_by_the_poor_ratings_where_none_is_told(
    question: str, text: str, county: Service
) -> None:
    assert county.ask(question).answer.text.startswith(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which area has the most care homes?", "Harlow Dale (5) has the most care homes"),
        ("Which part of the county has the most inadequate homes?", "Overmoor (1) has the most"),
        (
            "What areas have no outstanding care home?",
            "1 council has no care home rated Outstanding: Overmoor",
        ),
    ],
)
def test_an_area_that_is_asked_for_is_a_council(question: str, text: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(text)


def test_what_an_order_is_of_is_never_left_out(county: Service) -> None:
    answer = county.ask("Which care homes grumble most?")
    assert answer.status == "not_found"
    assert "grumble" in answer.understood.left_out


@pytest.mark.parametrize(("noun", "surgeries"), [("homes", False), ("care homes", False), ("ones", True)])
@pytest.mark.parametrize("lead", ["Which are the {} {} for safe", "Show me the {} {} for safe"])
@pytest.mark.parametrize(
    ("rating", "homes", "others"), [("poor", 5, 1), ("bad", 5, 1), ("good", 5, 2), ("inadequate", 1, 0)]
)
def test_a_rating_before_a_noun_is_for_what_stands_behind_it(
    rating: str, homes: int, others: int, lead: str, noun: str, surgeries: bool, county: Service
) -> None:
    answer = county.ask(lead.format(rating, noun))
    assert {fact.aspect for fact in answer.facts} == {"Safe"}
    assert answer.facts_total == homes + others * surgeries


@pytest.mark.parametrize("joined", ["not rated or inadequate", "inadequate or unrated"])
def test_alternatives_of_a_claim_need_not_hold_together(joined: str, county: Service) -> None:
    answer = county.ask(f"Are any care homes {joined}?").answer.text
    assert answer.startswith("Yes. 1 of 10 care homes ")
    share = county.ask(f"What share of dentists are {joined}?").answer.text
    assert share.startswith(("100%: 2 of 2 dentists were ", "100%: 2 of 2 dentists had "))


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("In Ripon are all the care homes good?", "No. 2 of 3 rated"),
        ("In Malton are most of the care homes outstanding?", "No. 1 of 2 rated"),
        ("Larkmoor Care - are most of their homes inadequate?", "No. 1 of 4 rated"),
        ("Tolland Homes: do any of their homes require improvement?", "Yes. 1 of 3 rated"),
    ],
)
def test_who_is_spoken_of_may_stand_before_the_verb(question: str, verdict: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(verdict)


@pytest.mark.parametrize("which", ["last", "latest", "most recent", "current"])
def test_the_last_rating_is_the_one_that_is_held(which: str, county: Service) -> None:
    answer = county.ask(f"How many care homes are there whose {which} rating was published before 2020?")
    assert answer.figures[0].value == 2


@pytest.mark.parametrize("word", ["average", "mean", "typical"])
def test_a_mean_of_ratings_that_is_not_computed_is_said(word: str, county: Service) -> None:
    answer = county.ask(f"What is the {word} rating of care homes in Ripon?")
    assert answer.understood.left_out == (word,)
