"""Several questions in one: each gets its answer, and what can't be answered is said beside the rest."""

from __future__ import annotations

import pytest

from qa.service import Service

FEES = "The loaded reports and ratings say nothing about fees or prices."
NARNIA = "The loaded reports and ratings do not know “Narnia”."
BEDS = "The loaded reports and ratings say nothing about beds, places or waiting times."


@pytest.mark.parametrize(
    ("question", "refused", "told"),
    [
        (
            "What does a week cost at Kestrane Court and is it good for safe?",
            FEES,
            "Yes. Kestrane Court in Ripon was rated Good for Safe (published 3 February 2021).",
        ),
        (
            "Who runs Kestrane Court and how much does a week cost there?",
            FEES,
            "Kestrane Court is run by Wrenfield Trust. As published 3 February 2021.",
        ),
        (
            "How many care homes in Narnia are good, and how many in Thirsk?",
            NARNIA,
            "1 care home in Thirsk (postal town) was rated Good: Pinfold Rest (published 6 July 2021).",
        ),
        (
            "How many care homes in Thirsk are good, and how many in Narnia?",
            NARNIA,
            "1 care home in Thirsk (postal town) was rated Good: Pinfold Rest (published 6 July 2021).",
        ),
        (
            "What is Zanderby Hall rated and what is Kestrane Court rated?",
            "The loaded reports and ratings do not know “Zanderby Hall”.",
            "Kestrane Court in Ripon was rated Good (published 3 February 2021).",
        ),
        (
            "Is Zanderby Hall any good and how does it compare with Kestrane Court?",
            "The loaded reports and ratings do not know “Zanderby Hall”.",
            "Kestrane Court in Ripon was rated Good (published 3 February 2021).",
        ),
    ],
)
def test_what_can_be_answered_is_told_beside_what_cant(
    county: Service, question: str, refused: str, told: str
) -> None:
    answer = county.ask(question)
    first, second = (refused, told) if answer.parts[0].text.startswith(refused) else (told, refused)
    assert [part.text for part in answer.parts] == [first, second]
    assert (answer.status, answer.answer.text) == ("answered", f"{first} {second}")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "what about Dorset Mental Health? and Lincolnshire?",
            "Lincolnshire Partnership NHS Foundation Trust",
        ),
        ("how many beds does Oxleas have and what is it rated", "Oxleas NHS Foundation Trust"),
        ("What is Oxleas rated and how many beds does it have?", "Oxleas NHS Foundation Trust"),
    ],
)
def test_so_it_is_where_there_are_reports(trusts: Service, question: str, text: str) -> None:
    answer = trusts.ask(question)
    assert answer.status == "answered"
    assert {fact.subject for fact in answer.facts} == {text}
    assert "do not know “Dorset Mental Health”" in answer.answer.text or BEDS in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What is Zanderby Hall rated and who runs it?",
        "Who runs Zanderby Hall, and is it good?",
        "How many care homes in Narnia are good and how many are inadequate?",
        "How many care homes in Narnia are good and how many care homes are inadequate?",
        "How many care homes and how many surgeries are there in Narnia?",
        "How many care homes in Thirsk have a garden and how many are good?",
        "Is Zanderby Hall in Thirsk good, and how many care homes in Thirsk are good?",
    ],
)
def test_what_may_be_meant_of_whom_nothing_is_known_is_not_told(county: Service, question: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.facts, answer.figures) == ("not_found", (), ())


def test_a_name_that_nothing_here_knows_is_said_once(county: Service) -> None:
    text = county.ask("What is Zanderby Hall rated and who runs it?").answer.text
    assert text.count("Zanderby Hall") == 1


@pytest.mark.parametrize(
    ("history", "question", "subjects"),
    [
        ("What is Kestrane Court rated and what is Zanderby Hall rated?", "who runs it?", set()),
        (
            "What is Zanderby Hall rated and what is Kestrane Court rated?",
            "who runs it?",
            {"Kestrane Court"},
        ),
        ("Who runs Kestrane Court and what does it cost?", "is it good?", {"Kestrane Court"}),
    ],
)
def test_it_is_who_was_asked_about_last(
    county: Service, history: str, question: str, subjects: set[str]
) -> None:
    assert {fact.subject for fact in county.ask(question, [history]).facts} == subjects


def test_the_reading_says_what_was_not_known_or_left_out(county: Service) -> None:
    understood = county.ask("What is Zanderby Hall rated and what is Kestrane Court rated?").understood
    assert understood.unknown == ("Zanderby Hall",)
    assert understood.standalone == "Ratings of places, namely “Kestrane Court”"
    assert county.ask("Who runs Kestrane Court and does it have wifi?").understood.left_out == ("wifi",)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Which care homes fall short on safe, and did any of them still come out good overall?",
            (
                "5 care homes were rated Requires improvement or Inadequate for Safe",
                "Yes. 2 of 5 rated care homes",
            ),
        ),
        (
            "How are the homes in Thirsk rated for caring and is anybody inadequate overall?",
            (
                "3 care homes in Thirsk",
                "Yes. 1 of 3 rated care homes in Thirsk (postal town) was rated Inadequate",
            ),
        ),
        (
            "How many places are inadequate for well-led, and how many are care homes that are inadequate overall?",
            (
                "2 places were rated Inadequate for Well-led",
                "1 care home was rated Inadequate for Well-led and",
            ),
        ),
        (
            "Which care homes are below good for safe, and how many are in Thirsk?",
            (
                "5 care homes were rated",
                "2 care homes in Thirsk (postal town) were rated Requires improvement or",
            ),
        ),
        (
            "How many care homes require improvement, and in which town are most of those?",
            ("3 care homes were rated Requires improvement", "Selby (2) has the most care homes rated"),
        ),
        (
            "How many care homes require improvement? and the town with most of them",
            ("3 care homes were rated Requires improvement", "Selby (2) has the most care homes rated"),
        ),
        (
            "Which homes in Thirsk are good and which arent? And is Kestrane Court any good",
            (
                "1 care home in Thirsk",
                "2 care homes in Thirsk (postal town) were not rated Good",
                "Yes. Kestrane",
            ),
        ),
        (
            "Total number of care homes, then how many outstanding and how many inadequate",
            ("10 care homes:", "2 care homes were rated Outstanding", "1 care home was rated Inadequate"),
        ),
        (
            "Which town has the highest share of good care homes, and which is at the other end?",
            ("Ripon (66.7%) has the highest share", "Selby (0%) has the lowest share"),
        ),
        (
            "Which town has the highest share of good care homes? Give me the town, and the one at the other end",
            ("Ripon (66.7%) has the highest share", "Selby (0%) has the lowest share"),
        ),
    ],
)
def test_a_question_speaks_of_what_the_one_before_it_told(
    county: Service, question: str, told: tuple[str, ...]
) -> None:
    parts = [part.text for part in county.ask(question).parts]
    assert len(parts) == len(told)
    assert all(part.startswith(begin) for part, begin in zip(parts, told, strict=True))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Which towns have the most care homes? top two",
            "Ripon and Thirsk (3 each) have the most care homes",
        ),
        ("Which towns have the most care homes? bottom two", "I did not understand “bottom”"),
        ("How many homes are good, and what is at the other end?", "I did not understand “at the other end”"),
        (
            "How many homes are good? How many outstanding? How many inadequate? How many are in Ripon? How many "
            "are in Selby?",
            "I did not understand “How many are in Selby?” and left it out.",
        ),
    ],
)
def test_a_fragment_at_the_end_is_not_dropped_in_silence(county: Service, question: str, text: str) -> None:
    assert text in county.ask(question).answer.text


@pytest.mark.parametrize("question", ["and at the other end?", "and the town at the other extreme"])
def test_the_other_end_of_a_ranking_may_be_asked_next(county: Service, question: str) -> None:
    answer = county.ask(question, ["Which town has the highest share of good care homes?"])
    assert answer.answer.text.startswith("Selby (0%) has the lowest share of care homes rated Good")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "How do the homes in Malton do on well-led?",
            "2 care homes in Malton (postal town): Saltersgate (Outstanding for Well-led, published 6 July 2020) "
            "and Yarrowby (Good for Well-led, published 6 August 2020).",
        ),
        (
            "How are care homes rated for safe?",
            "10 care homes: 5 Good, 4 Requires improvement and 1 Inadequate for Safe.",
        ),
        (
            "How do care homes do on safe and caring?",
            "10 care homes: 5 Good, 4 Requires improvement and 1 Inadequate for Safe; 3 Outstanding, 6 Good and 1 "
            "Requires improvement for Caring.",
        ),
    ],
)
def test_how_places_do_on_a_key_question_is_told_of_all_of_them(
    county: Service, question: str, text: str
) -> None:
    assert county.ask(question).answer.text.startswith(text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Good care homes in Thirsk and outstanding surgeries",
            (
                "1 care home in Thirsk (postal town)",
                "1 GP practice in Thirsk (postal town) was rated Outstanding",
            ),
        ),
        (
            "Good care homes and outstanding surgeries in Thirsk",
            (
                "1 care home in Thirsk (postal town)",
                "1 GP practice in Thirsk (postal town) was rated Outstanding",
            ),
        ),
        (
            "For Thirsk I need two figures: good care homes, and outstanding surgeries",
            (
                "1 care home in Thirsk (postal town)",
                "1 GP practice in Thirsk (postal town) was rated Outstanding",
            ),
        ),
        (
            "How many care homes in Ripon and surgeries in Malton are good?",
            (
                "2 care homes in Ripon (postal town) were rated Good",
                "None: no GP practice in Malton (postal town)",
            ),
        ),
    ],
)
def test_two_kinds_have_each_their_own(county: Service, question: str, told: tuple[str, str]) -> None:
    parts = [part.text for part in county.ask(question).parts]
    assert len(parts) == 2
    assert all(part.startswith(begin) for part, begin in zip(parts, told, strict=True))


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (
            "How many homes does Larkmoor Care run and how many are good?",
            "and Tolland Homes?",
            (
                "3 care homes run by Tolland Homes",
                "1 of the 3 care homes run by Tolland Homes was rated Good",
            ),
        ),
        (
            "Does Ripon have an outstanding care home? Thirsk?",
            "what about surgeries there then",
            ("No. None of the one rated GP practice in Ripon", "Yes. 1 of 1 rated GP practice in Thirsk"),
        ),
        (
            "Who runs Kestrane Court and how many homes in Thirsk are good?",
            "and in Ripon?",
            ("2 care homes in Ripon (postal town) were rated Good",),
        ),
    ],
)
def test_a_follow_up_asks_again_all_that_it_fits(
    county: Service, history: str, question: str, told: tuple[str, ...]
) -> None:
    answer = county.ask(question, [history])
    texts = [part.text for part in answer.parts] or [answer.answer.text]
    assert len(texts) == len(told)
    assert all(text.startswith(begin) for text, begin in zip(texts, told, strict=True))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "looking for my nan, she's 90 and wants to stay in Thirsk. which care homes there are good and are any not",
            (
                "1 care home in Thirsk",
                "Yes. 2 of 3 rated care homes in Thirsk (postal town) were not rated Good",
            ),
        ),
        (
            "I'm visiting soon: everything with inadequate in well-led, who runs it and when was it rated",
            ("2 places were rated Inadequate for Well-led: Olwen", "The rating for Well-led of Olwen Manor"),
        ),
        (
            "Larkmoor Care - what's the overall at each of its sites, and does any site fail on safe?",
            ("4 places run by Larkmoor", "Yes. 2 of 4 rated places run by Larkmoor"),
        ),
    ],
)
def test_a_story_and_small_words_are_in_nobodys_way(
    county: Service, question: str, told: tuple[str, ...]
) -> None:
    parts = [part.text for part in county.ask(question).parts]
    assert [part[: len(begin)] for part, begin in zip(parts, told, strict=False)] == [*told]


def test_that_town_is_the_one_that_came_first(county: Service) -> None:
    answer = county.ask(
        "And as a proportion of that town's homes?", ["Which town has the most good care homes?"]
    )
    assert answer.answer.text.startswith("66.7%: 2 of 3 care homes in Ripon (postal town)")


def test_my_region_is_the_one_told_before_and_no_other(county: Service) -> None:
    of_both = "I'm a governor in the South East region. How many care homes are good in my region"
    assert county.ask(f"{of_both}?").answer.text.startswith(
        "1 care home in South East (region) was rated Good"
    )
    assert county.ask(f"{of_both}, and in the North West?").status == "not_found"


@pytest.mark.parametrize(
    ("history", "question"),
    [
        ([], "What share of care homes in the South East are good, and where does it rank?"),
        (["What share of care homes in the South East are good?"], "where does it rank among the regions?"),
        (
            [],
            "What share of care homes are good in the South East compared with the North West, and where do they rank?",
        ),
    ],
)
def test_where_a_region_ranks_is_told_by_the_order_of_all(
    county: Service, history: list[str], question: str
) -> None:
    text = county.ask(question, history).answer.text
    assert "By region: East of England 50%, North West 40% and South East 33.3%." in text


@pytest.mark.parametrize("question", ["Where does Kestrane Court rank?", "Where do the care homes rank?"])
def test_no_rating_is_told_where_a_place_in_an_order_is_asked(county: Service, question: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert answer.understood.left_out == ("rank",)
