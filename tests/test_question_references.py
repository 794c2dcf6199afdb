"""What a follow-up points at (each of them, they, the two, the rest of a place), and second asks about the
first's figure.
"""

from __future__ import annotations

import pytest

from qa.service import Service


def told(service: Service, conversation: str) -> str:
    """The answer to the last of a few questions."""
    *earlier, question = (one.strip() for one in conversation.split(" > "))
    answer = service.ask(question, tuple(earlier))
    assert answer.status == "answered", answer.answer.text
    return answer.answer.text


OUTSTANDING = (
    "2 care homes were rated Outstanding: Brackwater House (Larkmoor Care Ltd) and Saltersgate "
    "(Tolland Homes)"
)


@pytest.mark.parametrize(
    ("conversation", "begins"),
    [
        # each of them
        ("which care homes are outstanding > who runs each one?", OUTSTANDING),
        ("which care homes are outstanding > who runs each of them", OUTSTANDING),
        ("which care homes are outstanding > and each one's provider?", OUTSTANDING),
        ("which care homes are outstanding > and the provider of each?", OUTSTANDING),
        (
            "which care homes are inadequate > when was each rated?",
            "The rating of Wilfreda House in Thirsk, Inadequate, was published on",
        ),
        (
            "which care homes are inadequate > when was each of them rated?",
            "The rating of Wilfreda House in Thirsk, Inadequate, was",
        ),
        (
            "which care homes in Ripon are good > how safe is each?",
            "2 care homes in Ripon (postal town) were rated Good: Dunmere Lodge (Requires improvement for "
            "Safe, published 3 February 2020) and Kestrane Court (Good for Safe",
        ),
        (
            "which care homes in Ripon are good > which of them are safe?",
            "1 care home in Ripon (postal town) was rated Good overall and",
        ),
        # they, who run it
        ("who runs Pinfold Rest > how many places do they run altogether?", "3 places run by Tolland Homes"),
        ("who runs Pinfold Rest > how many homes do they have?", "3 care homes run by Tolland Homes"),
        (
            "who runs Pinfold Rest > what else do they run?",
            "2 places run by Tolland Homes other than Pinfold Rest: Ashgrove",
        ),
        (
            "who runs Pinfold Rest > are any of theirs inadequate?",
            "No. None of the 3 rated places run by Tolland Homes",
        ),
        (
            "who owns Dunmere Lodge > which of their homes are outstanding?",
            "1 care home run by Larkmoor Care Ltd was rated Outstanding",
        ),
        (
            "who runs Pinfold Rest > what share of their homes is outstanding?",
            "33.3%: 1 of 3 care homes run by Tolland Homes",
        ),
        ("who runs Pinfold Rest > and is it safe?", "Pinfold Rest in Thirsk was rated Good for Safe"),
        ("who runs Pinfold Rest > are they good?", "Yes. Pinfold Rest in Thirsk was rated Good"),
        # the two
        (
            "How is Saltersgate rated? > and Ashgrove? > which of the two is better?",
            "Saltersgate is rated higher.",
        ),
        (
            "How is Saltersgate rated? > and Ashgrove? > which one is better rated?",
            "Saltersgate is rated higher.",
        ),
        (
            "How is Saltersgate rated? > what about Ashgrove > which of them is worse?",
            "Ashgrove is rated lower.",
        ),
        (
            "Is Saltersgate safe? > and Dunmere Lodge? > who is better of the two",
            "Saltersgate is rated higher. Saltersgate in Malton was rated Good for Safe",
        ),
        ("Saltersgate rating > Ashgrove rating > which is better?", "Saltersgate is rated higher."),
        (
            "How is Saltersgate rated? > and Ashgrove? > so which of the two is better rated then, please?",
            "Saltersgate is rated higher.",
        ),
        (
            "How is Saltersgate rated? > and Ashgrove? > of the two, which has the best rating?",
            "Saltersgate is rated higher.",
        ),
        (
            "how many homes in Ripon are good? > and in Thirsk? > which has more?",
            "Ripon has the higher number",
        ),
        (
            "how many homes in Ripon are good? > and in Thirsk? > what is the difference?",
            "1 more: Ripon 2 against Thirsk 1",
        ),
        (
            "what share of homes in Ripon is good? > and Thirsk? > which is higher?",
            "Ripon has the higher share",
        ),
        # the same of another
        (
            "how many care homes in Ripon are good? > same question for Thirsk",
            "1 care home in Thirsk (postal town) was rated Good",
        ),
        (
            "how many care homes in Ripon are good? > Thirsk, same again",
            "1 care home in Thirsk (postal town) was rated Good",
        ),
        (
            "how many care homes in Ripon are good? > same thing, Malton",
            "1 care home in Malton (postal town) was rated Good",
        ),
        # the rest of a place
        (
            "how many care homes in Ripon are good? > what about the rest of Harlow Dale",
            "None: no care home in Harlow Dale (council area) outside Ripon",
        ),
        (
            "how many care homes in Ripon require improvement? > and the rest of Harlow Dale?",
            (
                "2 care homes in Harlow Dale (council area) outside Ripon (postal town) were rated Requires "
                "improvement"
            ),
        ),
        (
            "how many care homes are good in Thirsk > and the rest of England?",
            "3 care homes outside Thirsk (postal town) were rated Good",
        ),
        (
            "how many care homes in Ripon are good? > and the rest?",
            "1 care home in Ripon (postal town) was not rated Good",
        ),
        # without some of them
        (
            (
                "which care homes are outstanding > Now leave out the ones with House in their name. Who is "
                "left?"
            ),
            "1 care home without “house” in the name was rated Outstanding: Saltersgate",
        ),
        (
            "which care homes are good > leave out those in Ripon. which are left?",
            "2 care homes outside Ripon",
        ),
        (
            "which care homes are good > now without the ones run by Tolland Homes. What remains?",
            "3 care homes not run by Tolland Homes",
        ),
        ("which care homes are good > drop the ones in Malton", "3 care homes outside Malton"),
        ("which care homes are good > now without Ripon", "2 care homes outside Ripon"),
    ],
)
def test_a_follow_up_is_of_what_it_points_at(conversation: str, begins: str, county: Service) -> None:
    assert told(county, conversation).startswith(begins)


@pytest.mark.parametrize(
    ("question", "texts", "count"),
    [
        # the figure is told with what comes first: no second answer
        (
            "Which town has the highest share of good care homes, and what is that share?",
            ["Ripon (66.7%) has the highest share"],
            1,
        ),
        (
            "Which provider runs the most homes and how many do they run?",
            ["Larkmoor Care Ltd (4) has the most care homes"],
            1,
        ),
        (
            "Which region has the fewest good homes, and how many does it have?",
            ["East of England and South East (1 each)"],
            1,
        ),
        (
            "Among councils, which has the lowest share of homes below good, and what is it?",
            ["Eastmarch (0%)"],
            1,
        ),
        (
            "Take Ripon, Selby and Malton: which has the most care homes and how many?",
            ["Ripon 3, Selby 2 and Malton 2"],
            1,
        ),
        # both figures and the gap
        (
            "What percentage of care homes are good in Ripon compared with Thirsk, and whats the gap?",
            ["Ripon 66.7% against Thirsk 33.3%"],
            1,
        ),
        (
            (
                "What share of homes is good or better in Harlow Dale and in Overmoor, and what is the "
                "difference?"
            ),
            ["26.7 percentage points more: Harlow Dale 60% against Overmoor 33.3%"],
            1,
        ),
        (
            "How many homes are good in Ripon and how many in Thirsk, and what's the difference?",
            ["1 more: Ripon 2 against Thirsk 1"],
            3,
        ),
        # the rating and something else
        ("Overall rating of Saltersgate, and who runs it", ["rated Outstanding", "run by Tolland Homes"], 2),
        ("Rating of Saltersgate and who runs it?", ["rated Outstanding", "run by Tolland Homes"], 2),
        ("overall rating and provider of Dunmere Lodge", ["rated Good", "run by Larkmoor Care Ltd"], 2),
        (
            "what is Ashgrove rated for safe, and who runs it?",
            ["Requires improvement for Safe", "run by Tolland Homes"],
            2,
        ),
        # another measure is another answer
        (
            "How many homes does Tolland Homes run and what share of them are good?",
            ["3 care homes", "33.3%: 1 of 3"],
            2,
        ),
        (
            "What share of homes is inadequate, and how many is that?",
            ["10%", "1 care home was rated Inadequate"],
            2,
        ),
    ],
)
def test_a_second_ask_adds_what_is_not_told(
    question: str, texts: list[str], count: int, county: Service
) -> None:
    answer = county.ask(question)
    assert answer.status == "answered", answer.answer.text
    for text in texts:
        assert text in answer.answer.text
    assert max(1, len(answer.parts)) == count


@pytest.mark.parametrize(
    ("conversation", "parts"),
    [
        (
            "Sheffield vs Calderstones: who started higher and who finished higher?",
            [
                "Calderstones Partnership NHS Foundation Trust was rated higher before",
                "Calderstones Partnership NHS Foundation Trust is rated",
            ],
        ),
        (
            "Oxleas vs Calderstones: who started lower and who ended higher?",
            [
                "Oxleas NHS Foundation Trust was rated lower before",
                "Calderstones Partnership NHS Foundation Trust is rated higher",
            ],
        ),
        (
            "Did Somerset Partnership improve? > And Lincolnshire? > what about Sheffield, same again?",
            ["Yes. Sheffield Health"],
        ),
        (
            "Which trusts are good? > Leave out the ones with Partnership in their name. Who is left?",
            ["3 trusts without “partnership”"],
        ),
    ],
)
def test_so_it_is_of_ratings_before(conversation: str, parts: list[str], trusts: Service) -> None:
    text = told(trusts, conversation)
    assert all(part in text for part in parts), text


@pytest.mark.parametrize(
    "question", ["who runs it?", "is it safe?", "when was it rated?", "how good is that place?"]
)
def test_what_points_at_nobody_is_asked_back(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status == "not_found"
    assert answer.answer.text.startswith("Which one do you mean by “")


@pytest.mark.parametrize(
    ("conversation", "told_last"),
    [
        (
            "Which provider has the most care homes? > how many of its homes are good?",
            "1 of the 4 care homes run by Larkmoor Care Ltd",
        ),
        (
            "Which provider has the most care homes? > and how many of them are good?",
            "1 of the 4 care homes run by Larkmoor Care Ltd",
        ),
        (
            "Which provider has the most care homes? > which of its homes are good?",
            "run by Larkmoor Care Ltd was rated Good: Dunmere Lodge",
        ),
        (
            "Which provider has the most care homes? > are any of them inadequate?",
            "Yes. 1 of 4 rated care homes run by Larkmoor Care Ltd",
        ),
        ("Which provider has the most care homes? > list them", "4 care homes run by Larkmoor Care Ltd"),
        (
            "Which council has the most care homes? > what share of them is good?",
            "40%: 2 of 5 care homes in Harlow Dale",
        ),
        (
            "Which council has the second most care homes? > how many of those are good",
            "1 care home in Overmoor",
        ),
        (
            "Which town has the most care homes? > how many of them are good?",
            "3 care homes in Ripon or Thirsk",
        ),  # a tie
        ("Which home is worst for safety? > is it well led?", "No. Wilfreda House"),
        ("Which home is worst for safety? > who runs it?", "Wilfreda House is run by Larkmoor Care Ltd"),
        ("Which surgery has the oldest rating? > is it good", "Yes. Thrushcombe Surgery"),
        (
            "Which surgery has the oldest rating? > and for safe?",
            "Thrushcombe Surgery in Ripon was rated Good for Safe",
        ),
        (
            "How is Saltersgate rated? > what for caring?",
            "Saltersgate in Malton was rated Outstanding for Caring",
        ),
        ("How is Saltersgate rated? > and what on safe?", "Saltersgate in Malton was rated Good for Safe"),
        (
            "How many care homes does each council have? > how many are good?",
            "By council: Harlow Dale 2, Eastmarch 1 and Overmoor 1",
        ),
        # who comes first elsewhere, or at the other end
        (
            "Which council has the most care homes? > and in the South East?",
            "Overmoor (3) has the most care homes in South East",
        ),
        (
            "Which council has the most care homes? > and the fewest?",
            "Eastmarch (2) has the fewest care homes",
        ),
        (
            "Which council has the most care homes? > which has the fewest?",
            "Eastmarch (2) has the fewest care homes",
        ),
        (
            "Which council has the most care homes? > and the second most?",
            "Overmoor (3) has the second most care homes",
        ),
        (
            "Which council has the lowest share of good homes? > and the highest?",
            "Eastmarch (50%) has the highest share",
        ),
        # of what was counted
        ("How many care homes are inadequate? > how many is that out of", "10%: 1 of 10 care homes"),
        ("Is any town without a good care home? > Which?", "1 town has no care home rated Good: Selby"),
    ],
)
def test_what_is_asked_behind_a_ranking_is_of_whoever_came_first(
    conversation: str, told_last: str, county: Service
) -> None:
    assert told_last in told(county, conversation)


@pytest.mark.parametrize(
    "conversation",
    [
        ("Which care home is second best?", "is it safe?"),
        ("how many providers have two homes or more?", "how many of those homes are good?"),
    ],
)
def test_of_many_nobody_is_meant(conversation: tuple[str, str], county: Service) -> None:
    assert county.ask(conversation[1], conversation[:1]).status == "not_found"


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "Which provider has the most care homes and how many of them are good?",
            ["Larkmoor Care Ltd (4)", "run by Larkmoor Care Ltd was rated Good"],
        ),
        (
            "Which council has the highest share of good homes, and what is its share of outstanding ones?",
            ["(50%)", "50%: 1 of 2 care homes"],
        ),
        (
            "Which council has the most care homes? And the fewest?",
            ["Harlow Dale (5) has the most", "Eastmarch (2) has the fewest"],
        ),
        (
            "Which region has the most care homes and which has the fewest?",
            ["North West (5) has the most", "East of England (2) has the fewest"],
        ),
        (
            "Which surgery has the oldest rating and who runs it?",
            ["Thrushcombe Surgery", "is run by Dr Okonjo"],
        ),
        (
            "How many care homes are good, and how many of those are in Thirsk?",
            ["4 care homes were rated Good", "1 care home in Thirsk"],
        ),
        (
            "How many homes are good and how many of them are outstanding for caring?",
            ["4 care homes", "Outstanding for Caring"],
        ),
        (
            "Dunmere Lodge in Ripon, what did they get on caring and what on safe?",
            ["Good for Caring", "Requires improvement for Safe"],
        ),
        (
            "How many homes in Ripon and how many in Thirsk are good?",
            ["2 care homes in Ripon (postal town) were rated Good", "1 care home in"],
        ),
        (
            "For each council, how many care homes require improvement and how many are good?",
            ["Requires improvement", "By council: Harlow Dale 2, Eastmarch 1 and Overmoor 1"],
        ),
        (
            "Which homes are inadequate for well-led, and what is the overall rating of each?",
            ["Inadequate for Well-led", "Olwen Manor in Selby was rated R"],
        ),
        (
            "Is any home outstanding for well-led? what are they overall",
            ["Yes. 1 of 10", "Outstanding for Well-led", "Saltersgate"],
        ),
        (
            "How many homes and how many surgeries are there in Ripon?",
            ["3 care homes in Ripon", "1 GP practice in Ripon"],
        ),
        ("Is any town without a good care home? Which?", ["Yes. 1 of 4 towns", "Selby"]),
    ],
)
def test_a_second_half_is_of_what_the_first_tells(question: str, texts: list[str], county: Service) -> None:
    answer = county.ask(question)
    for text in texts:
        assert text in answer.answer.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            (
                "How many homes in the Harlow Dale council area are good, and what share is that of all "
                "homes in the council area?"
            ),
            "2 care homes",
        ),
        ("how many homes with a Ripon address are good?", "2 care homes in Ripon"),
        ("Which council has the most homes? Numbers please.", "Harlow Dale (5) has the most"),
        (
            "What is the oldest rating of a surgery, and what is the newest? Name, rating and date for both.",
            "Thrushcombe Surgery",
        ),
        ("Retired engineer, likes figures. How many homes are good?", "4 care homes were rated Good"),
        ("Is it good? Saltersgate in Malton.", "No. Saltersgate in Malton was rated Outstanding"),
        (
            "Which key question has most ratings below good, and which has the fewest?",
            "Safe and Well-led have the highest number",
        ),
    ],
)
def test_what_only_says_how_to_tell_it_or_names_a_place_again_changes_nothing(
    question: str, begins: str, county: Service
) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith(begins)
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which home is the exception?", "the exception"),
        ("What about the rest?", "the rest"),
        ("Which homes are the others?", "the others"),
        ("Which other homes are there in Ripon?", "other"),
        ("Are the remaining surgeries good?", "remaining"),
        ("How many care homes are the odd one out?", "the odd one out"),
    ],
)
def test_the_rest_of_nothing_is_asked_back(question: str, word: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.answer.basis) == ("not_found", "none")
    assert word in answer.answer.text
    assert any(word in left for left in answer.understood.left_out)


@pytest.mark.parametrize(
    ("conversation", "told_of"),
    [
        ("Which care homes are outstanding? > and the others?", "8 care homes were not rated Outstanding"),
        ("Which care homes are outstanding? > what are the others rated?", "8 care homes"),
        ("How many care homes are good, and how many are the rest?", "6 care homes were not rated Good"),
        ("Apart from Saltersgate, how many others are outstanding?", "Brackwater House"),
    ],
)
def test_the_rest_of_what_was_asked_is_told(conversation: str, told_of: str, county: Service) -> None:
    assert told_of in told(county, conversation)


def test_one_subject_leads_nothing(county: Service) -> None:
    answer = county.ask("Who leads Saltersgate?")
    assert (answer.status, answer.understood.left_out) == ("not_found", ("leads",))


@pytest.mark.parametrize(
    "question",
    [
        "Which care homes share the rating of Saltersgate?",
        "Which care homes share a rating with Saltersgate?",
    ],
)
def test_sharing_a_rating_is_having_the_same(question: str, county: Service) -> None:
    assert "Brackwater House" in told(county, question)


@pytest.mark.parametrize(
    "asked", ["how many did not?", "how many didn't?", "and how many do not?", "which did not?"]
)
def test_did_not_asks_for_those_for_which_it_is_not_true(asked: str, trusts: Service) -> None:
    answer = trusts.ask(asked, ["Which trusts improved to outstanding?"])
    assert (answer.status, answer.answer.basis) == ("answered", "facts")
    assert answer.answer.text.startswith("6 trusts were not")
