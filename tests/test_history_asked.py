"""Questions about the past and about closing, over a few homes whose rows can be read here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *(
        "Location ID",
        "Location Name",
        "Care Home?",
        "Location City",
        "Domain",
        "Latest Rating",
        "Publication Date",
    ),
    *("Location Status", "Location HSCA start date", "Location HSCA End Date", "Predecessor", "Successor"),
)
ROWS = """
1,Oak House,Y,Leeds,Overall,Inadequate,2015-03-02,Active,2010-10-01,,Old Oaks,
1,Oak House,Y,Leeds,Overall,Good,2017-04-05,Active,2010-10-01,,Old Oaks,
1,Oak House,Y,Leeds,Overall,Inspected but not rated,2018-06-07,Active,2010-10-01,,Old Oaks,
1,Oak House,Y,Leeds,Overall,Requires improvement,2020-08-09,Active,2010-10-01,,Old Oaks,
1,Oak House,Y,Leeds,Safe,Good,2017-04-05,Active,2010-10-01,,Old Oaks,
1,Oak House,Y,Leeds,Safe,Inadequate,2020-08-09,Active,2010-10-01,,Old Oaks,
2,Elm House,Y,York,Overall,Good,2016-01-02,Inactive-Dereg,2010-10-01,2021-06-30,,New Elms
2,Elm House,Y,York,Overall,Good,2019-01-02,Inactive-Dereg,2010-10-01,2021-06-30,,New Elms
3,Ash House,Y,Leeds,Overall,Good,2016-02-03,Active,2012-05-06,,,
3,Ash House,Y,Leeds,Overall,Outstanding,2021-02-03,Active,2012-05-06,,,
4,Fir House,Y,York,Overall,Inadequate,2018-03-04,Inactive-Dereg,2010-10-01,2020-01-31,,
5,Fir House,Y,York,Overall,Good,2022-03-04,Active,2020-02-01,,,
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(
        tmp_path_factory.mktemp("asked"), [line.split(",") for line in ROWS.strip().splitlines()], HEADS
    )


def told(service: Service, conversation: Sequence[str]) -> str:
    *earlier, question = conversation
    return service.ask(question, earlier).answer.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        # as of a time
        (
            "What was Oak House rated in 2016?",
            "As it stood on 31 December 2016: Oak House in Leeds was rated Inadequate",
        ),
        (
            "What was Oak House rated in 2018?",
            "As it stood on 31 December 2018: Oak House in Leeds was rated Good, up from Inadequate",
        ),
        ("What was Oak House rated in 2014?", "The tables have no rating published up to 31 December 2014."),
        (
            "What was Oak House rated for safe in 2018?",
            "As it stood on 31 December 2018: Oak House in Leeds was rated Good for Safe",
        ),
        (
            "What is Oak House rated?",
            "Oak House in Leeds was rated Requires improvement, down from Good before",
        ),
        (
            "What was Oak House before?",
            "Oak House in Leeds was rated Requires improvement, down from Good before",
        ),
        (
            "How many care homes were good in 2019?",
            "As it stood on 31 December 2019: 3 care homes were rated Good",
        ),
        ("How many care homes were good in 2021?", "None, as it stood on 31 December 2021"),
        (
            "Were any care homes inadequate in 2018?",
            "Yes, as it stood on 31 December 2018. 1 of 4 rated care homes",
        ),
        (
            "What was Oak House rated in 2016 and 2018?",
            "As it stood on 31 December 2016: Oak House in Leeds was rated Inadequate",
        ),
        (
            "Compare Oak House and Ash House in 2018",
            "As it stood on 31 December 2018: They are the same: both are rated Good.",
        ),
        # since, between, ever
        (
            "What has Oak House been rated since 2016?",
            "Oak House in Leeds was rated twice: Good (published 5 April 2017) and Requires",
        ),
        (
            "Has Oak House been inadequate since 2016?",
            "Yes. Oak House in Leeds was rated Inadequate (published 2 March 2015).",
        ),
        (
            "Has Oak House been inadequate since 2018?",
            "No. Oak House was not rated Inadequate at any time since 1 January 2018.",
        ),
        (
            "Has Oak House ever been outstanding?",
            "No. Oak House was not rated Outstanding at any time. The 3 known ratings were published",
        ),
        (
            "Has Oak House never been inadequate?",
            "No. Oak House in Leeds was rated Inadequate (published 2 March 2015).",
        ),
        (
            "Has Elm House always been good?",
            "Yes. Elm House in York was rated Good (published 2 January 2019). The 2 known ratings",
        ),
        (
            "Has Oak House improved since 2016?",
            "Yes. Oak House in Leeds was rated Inadequate (published 2 March 2015) and Requires",
        ),
        (
            "Which care homes improved since 2016?",
            "2 care homes were rated higher now than on 1 January 2016",
        ),
        (
            "Which care homes have ever been inadequate?",
            "1 care home was rated Inadequate at any time: Oak House (now Requires improvement",
        ),
        (
            "Was Oak House better in 2017 than now?",
            "Yes. Oak House in Leeds was rated Good (published 5 April 2017) and Requires",
        ),
        (
            "Was Oak House better in 2015 than it is today?",
            "No. Oak House in Leeds was rated Inadequate (published 2 March 2015) and Requires",
        ),
        # of a key question
        (
            "Did Oak House improve for safe?",
            "No. Oak House in Leeds was rated Inadequate for Safe, down from Good before",
        ),
        (
            "Which care homes got worse for safe?",
            "Oak House in Leeds was rated Inadequate for Safe, down from Good before",
        ),
        (
            "Which care homes improved for safe since 2016?",
            "None: no care home was rated higher for Safe now than on 1 January 2016",
        ),
        (
            "Has Oak House ever got worse for safe?",
            "Yes. Oak House in Leeds was rated for Safe Inadequate, from Good before",
        ),
        (
            "When did Oak House last get worse for safe?",
            "Oak House in Leeds was last given a lower rating than before for Safe: Inadequate",
        ),
        (
            "How often has Oak House's safe rating gone down?",
            "Oak House in Leeds was given a lower rating than before for Safe once",
        ),
        (
            "How has Oak House's safe rating changed over the years?",
            "Oak House in Leeds was rated for Safe twice: Good (published 5 April",
        ),
        # first, last, how often
        (
            "When was Oak House first rated?",
            "Oak House in Leeds was first rated Inadequate (published 2 March 2015).",
        ),
        (
            "When did Oak House last improve?",
            (
                "Oak House in Leeds was last given a higher rating than before: Good, from Inadequate "
                "before (published 5"
            ),
        ),
        (
            "When did Oak House go from inadequate to good?",
            "Oak House in Leeds was rated Good after Inadequate once: Good, from Inadequate",
        ),
        (
            "Since when has Oak House been requires improvement?",
            "Oak House in Leeds was last newly rated Requires improvement",
        ),
        (
            "How often has Oak House been inadequate?",
            "Oak House in Leeds was rated Inadequate once: published 2 March 2015.",
        ),
        (
            "How many ratings has Oak House had?",
            "Oak House in Leeds was rated 3 times: published 2 March 2015",
        ),
        (
            "What is the worst rating Oak House ever had?",
            "The worst rating of Oak House in Leeds was Inadequate (published 2 March 2015).",
        ),
        (
            "What was the second rating of Oak House?",
            "The second rating of Oak House in Leeds was Good (published 5 April 2017).",
        ),
        (
            "What was Oak House's second last rating?",
            "The second last rating of Oak House in Leeds was Good (published 5 April 2017).",
        ),
        (
            "What was the fifth rating of Oak House?",
            "Oak House was not rated 5 times. The 3 known ratings were published from",
        ),
        (
            "Oak House's last two ratings",
            "The last 2 ratings of Oak House in Leeds were Requires improvement (published 9 August 2020) and Good",
        ),
        (
            "Oak House's last two inadequate ratings",
            "The last time that Oak House in Leeds was rated Inadequate: Inadequate (published 2 March 2015).",
        ),
        (
            "Elm House's last two good ratings",
            "The last 2 times that Elm House in York was rated Good: Good (published 2 January 2019) and Good",
        ),
        (
            "When was Elm House's second good rating?",
            "The second time that Elm House in York was rated Good: Good (published 2 January 2019).",
        ),
        (
            "When was Oak House's second good rating?",
            "Oak House was not rated Good twice. The 3 known ratings were published from",
        ),
        (
            "How has Oak House been rated over the years?",
            "Oak House in Leeds was rated 3 times: Inadequate (published 2 March 2015), Good",
        ),
        (
            "Which care home has been good most often?",
            "Of care homes, most often rated Good: Oak House (once), Ash House (once)",
        ),
        (
            "Does any home have an inadequate rating in its history?",
            "Yes. 1 of 3 rated care homes was rated Inadequate at any time: Oak House.",
        ),
        (
            "Did any home have a good rating before in its history?",
            "Yes. 2 of 3 rated care homes were rated Good before: Oak House and Ash House.",
        ),
        (  # of now: "twice as many" is no "how often"
            "Does every town have at least twice as many outstanding care homes as inadequate ones?",
            "No. 1 of 2 towns has a care home rated Outstanding or rated Inadequate and at least 2 times as many",
        ),
        (
            "Did Oak House ever get an inadequate rating?",
            "Yes. Oak House in Leeds was rated Inadequate (published 2 March 2015).",
        ),
        (
            "Which good care homes have ever been inadequate?",
            "None: no care home was rated Good now and Inadequate at any time.",
        ),
        (
            "What was Oak House before it was good?",
            "Oak House in Leeds was newly rated Good once: Good, from Inadequate before",
        ),
        (
            "Has Oak House gone up or down since 2016?",
            "Oak House in Leeds was rated twice: Good (published 5 April 2017) and Requires",
        ),
        (
            "Is Oak House better now than in 2015?",
            "Yes. Oak House in Leeds was rated Inadequate (published 2 March 2015) and Requires",
        ),
        (
            "How many care homes had never been outstanding by 2019?",
            "3 care homes were not rated Outstanding at any time up to 31 December 2019",
        ),
        ("List every rating Oak House has been given", "Oak House in Leeds was rated 3 times"),
        (
            "Has Oak House been inadequate more than once?",
            "No. Oak House in Leeds was rated Inadequate (published 2 March 2015).",
        ),
        # closing
        ("How many care homes are there?", "3 care homes"),
        (
            "What is Elm House rated?",
            (
                "Elm House in York was rated Good, the same as before (published 2 January 2019); it closed "
                "on 30 June 2021."
            ),
        ),
        ("What is Fir House rated?", "Fir House in York was rated Good (published 4 March 2022)."),
        ("Has Elm House closed?", "Yes. Elm House in York closed on 30 June 2021"),
        ("Has Oak House closed?", "No. The tables do not say that Oak House in Leeds closed"),
        ("Is Oak House still open?", "Yes. The tables do not say that Oak House in Leeds closed"),
        ("When did Elm House close?", "Elm House closed on 30 June 2021."),
        ("When did Ash House open?", "Ash House opened on 6 May 2012."),
        ("How many care homes closed in 2020?", "1 care home with a closing date in 2020: Fir House"),
        ("Which care homes have closed?", "2 care homes"),
        ("What was Oak House called before?", "Oak House has the predecessor Old Oaks."),
        ("What replaced Elm House?", "Elm House has the successor New Elms."),
    ],
)
def test_the_past_is_told_as_the_rows_have_it(service: Service, question: str, begins: str) -> None:
    assert told(service, [question])[: len(begins)] == begins


def test_more_are_counted_only_if_some_are_not_named(service: Service) -> None:
    answer = service.ask("Which care home has been good most often?")
    counted = [(one.label, one.value) for one in answer.figures if one.unit == "count"]
    assert counted == [("Oak House", 1), ("Ash House", 1), ("Fir House", 1), ("known ratings", 9)]


@pytest.mark.parametrize(
    ("conversation", "holds"),
    [
        (
            ["What is Oak House rated?", "and in 2016?"],
            "As it stood on 31 December 2016: Oak House in Leeds was rated Inadequate",
        ),
        (
            ["What was Oak House rated in 2016?", "and in 2018?"],
            "As it stood on 31 December 2018: Oak House in Leeds was rated Good",
        ),
        (
            ["What was Oak House rated in 2016?", "and now?"],
            "Oak House in Leeds was rated Requires improvement",
        ),
        (
            ["When did Oak House last improve?", "and get worse?"],
            "last given a lower rating than before: Requires improvement",
        ),
        (
            ["When did Oak House last improve?", "and Ash House?"],
            "Ash House in Leeds was last given a higher rating than before: Outstanding",
        ),
        (
            ["Has Oak House ever been inadequate?", "When?"],
            "rated Inadequate once: Inadequate (published 2 March 2015)",
        ),
        (
            ["How many care homes were good in 2019?", "and in 2016?"],
            "As it stood on 31 December 2016: 2 care homes were rated Good",
        ),
        (
            ["How many care homes were good in 2019?", "and how many in 2016?"],
            "As it stood on 31 December 2016: 2 care homes were rated Good",
        ),
        (
            ["Which care homes have closed?", "and in 2021?"],
            "1 care home with a closing date in 2021: Elm House",
        ),
    ],
)
def test_a_fragment_asks_of_another_time_or_event(
    service: Service, conversation: list[str], holds: str
) -> None:
    assert holds in told(service, conversation)


def test_without_a_history_a_period_is_that_of_the_ratings_held(tmp_path: Path) -> None:
    rows = [
        line.split(",")
        for line in ROWS.strip().splitlines()
        if line.startswith(("3,Ash House,Y,Leeds,Overall,Out", "5,"))
    ]
    one_each = serve(tmp_path, rows, HEADS)
    assert told(one_each, ["How many care homes were good in 2022?"]).startswith(
        "1 care home was rated Good in ratings published in 2022"
    )


@pytest.mark.parametrize(
    ("question", "names", "day"),
    [
        ("When was the most recent good rating of a care home?", ["Fir House"], "4 March 2022"),
        ("When was the latest inadequate rating in Leeds?", ["Oak House"], "2 March 2015"),
        ("When was the first good rating in Leeds?", ["Ash House"], "3 February 2016"),
    ],
)
@pytest.mark.parametrize("asked", ["", ", and who got it", ", and which home was it"])
def test_the_last_such_rating_is_one_of_all(
    question: str, names: list[str], day: str, asked: str, service: Service
) -> None:
    answer = service.ask(question.removesuffix("?") + f"{asked}?")
    assert answer.status == "answered"
    assert day in answer.answer.text
    assert list(dict.fromkeys(fact.subject for fact in answer.facts)) == names


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many care homes were last rated before 2021?", 1),
        ("How many care homes are good and were last rated after 2021?", 1),
        ("How many care homes in Leeds were last inspected since 2020?", 2),
    ],
)
def test_how_many_were_last_rated_in_a_time_is_a_number(question: str, number: int, service: Service) -> None:
    assert service.ask(question).figures[0].value == number


@pytest.mark.parametrize(
    "said",
    [
        "rated good and later outstanding",
        "good and subsequently outstanding",
        "rated good and eventually rated outstanding",
        "good, later outstanding",
        "good and afterwards outstanding",
        "rated good and later rated outstanding",
    ],
)
def test_a_rating_and_a_later_one_are_before_and_now(service: Service, said: str) -> None:
    for verb in ("are", "were"):
        answer = service.ask(f"Which homes {verb} {said}?")
        assert {fact.subject for fact in answer.facts} == {"Ash House"}, answer.understood.standalone


def test_two_ratings_without_a_later_time_are_not_one_after_the_other(service: Service) -> None:
    answer = service.ask("Which homes are good overall and now outstanding for safe?")
    assert "before" not in answer.understood.standalone
