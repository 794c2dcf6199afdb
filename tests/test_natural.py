"""A Query as a question that people would ask: what it says, that it is read back as the same Query, and what
has none.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answering.context import Context
from qa.answering.natural import natural
from qa.question.as_json import from_json
from qa.question.query import (
    ALL,
    EVERYTHING,
    And,
    Claim,
    Count,
    Dates,
    Events,
    Having,
    Is,
    Moved,
    Named,
    Not,
    Order,
    Postcode,
    Quantifier,
    Query,
    Rated,
    Ratings,
    Share,
    Values,
)
from qa.scale import CQC
from qa.service import Service
from qa.settings import Settings

HOME, LEEDS = Is("care_home", ("Y",)), Is("local_authority", ("Leeds",))
GOOD, BAD = Rated(("Good",)), Rated(("Inadequate",))
OAK = Named((1,), ("Oak Grove House",))
QUESTIONS = [
    (Query(OAK), "What is Oak Grove House rated?"),
    (Query(OAK, Ratings(("Safe",))), "What is Oak Grove House rated for Safe?"),
    (Query(OAK, Values(("provider",))), "Who runs Oak Grove House?"),
    (Query(And((HOME, LEEDS, GOOD)), Count()), "How many care homes in Leeds are rated Good?"),
    (Query(And((HOME, LEEDS, GOOD))), "Which care homes in Leeds are rated Good?"),
    (Query(And((HOME, Rated(("Good",), "Safe"))), Count()), "How many care homes are rated Good for Safe?"),
    (Query(And((HOME, LEEDS)), Count()), "How many care homes in Leeds are there?"),
    (Query(And((HOME, LEEDS))), "Show all care homes in Leeds"),
    (
        Query(And((HOME, Is("provider", ("Larkmoor Care Limited",))))),
        "Show all care homes run by Larkmoor Care Limited",
    ),
    (
        Query(And((HOME, BAD)), Count(), ("local_authority",), order=Order(), ranks=(1, 1)),
        "Which council has the most care homes rated Inadequate?",
    ),
    (Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 1)), "Which town has the most care homes?"),
    (Query(And((HOME, LEEDS)), Count(), ("rating",)), "How many care homes in Leeds have each rating?"),
    (Query(And((HOME, Postcode(("LS1",)), GOOD))), "Which care homes in LS1 are rated Good?"),
    (
        Query(And((HOME, LEEDS, Rated(("Good", "Inadequate"), "Safe")))),
        "Which care homes in Leeds are rated Good or Inadequate for Safe?",
    ),
    (Query(OAK, Events()), "How has Oak Grove House been rated over the years?"),
]
NO_QUESTION = [
    Query(And((HOME, Not(LEEDS)))),
    Query(HOME, Share(GOOD)),
    Query(HOME, claim=Claim(ALL, GOOD)),
    Query(HOME, against=(LEEDS,)),
    Query(HOME, Count(), ("town",), (Having(Quantifier(low=2)),)),
    Query(HOME, order=Order("date"), ranks=(1, 1)),
    Query(HOME, Dates()),
    Query(And((OAK, GOOD))),
    Query(And((HOME, GOOD, BAD))),
    Query(Is("kind", ("Nobody calls it so",))),
    Query(prose="why"),
]
HEADS = (
    "Location ID,Location Name,Care Home?,Location City,Location Local Authority,Location Post Code,Service "
    "/ Population Group,Domain,Latest Rating,Publication Date,Provider Name"
)
ROWS = [
    f"{number},{name},Y,{town},{town},{town[0]}S1 {number}AB,Overall,{aspect},{rating},02/03/2020,{provider}"
    for number, (name, town, rating, provider) in enumerate(
        [
            ("Oak Grove House", "Leeds", "Good", "Larkmoor Care Limited"),
            ("Elmfield Court", "Leeds", "Inadequate", "Larkmoor Care Limited"),
            ("Ashdown Lodge", "Ripon", "Inadequate", "Harrow Vale Homes Ltd"),
            ("Briar Manor", "Ripon", "Outstanding", "Harrow Vale Homes Ltd"),
        ],
        1,
    )
    for aspect in ("Overall", "Safe")
]
OLDER = "1,Oak Grove House,Y,Leeds,Leeds,LS1 1AB,Overall,Overall,Inadequate,05/06/2017,Larkmoor Care Limited"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("homes")
    (folder / "table.csv").write_text("\n".join([HEADS, *ROWS, OLDER, ""]), encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.mark.parametrize(("query", "question"), QUESTIONS, ids=[question for _, question in QUESTIONS])
def test_a_query_is_asked_and_read_back(query: Query, question: str, service: Service) -> None:
    assert natural(query, Context(CQC)) == question
    understood = service.ask(question).understood
    assert understood.reading is not None
    assert from_json(understood.reading) == query
    assert understood.left_out == ()


@pytest.mark.parametrize("query", NO_QUESTION, ids=repr)
def test_what_needs_more_words_has_no_question(query: Query) -> None:
    assert natural(query, Context(CQC)) is None


def test_a_change_and_a_rating_before_are_asked() -> None:
    context = Context(CQC, noun="trusts")
    assert natural(Query(Moved((1,))), context) == "Which trusts improved?"
    assert natural(Query(EVERYTHING, Count()), context) == "How many trusts are there?"
    assert (
        natural(Query(Named((1, 2), ("A", "B")), Ratings(before=True)), context)
        == "What were A and B rated before?"
    )


def test_suggestions_are_answered_and_never_what_was_asked(service: Service) -> None:
    for _, question in QUESTIONS:
        answer = service.ask(question)
        assert answer.suggestions, question
        for suggestion in answer.suggestions:
            again = service.ask(suggestion)
            assert again.status == "answered", suggestion
            assert again.understood.reading != answer.understood.reading, suggestion


def test_a_suggestion_means_one_and_has_more_than_one_possible_answer(tmp_path: Path) -> None:
    rows = [
        f"{number},{name},Y,{town},{council},{town[:2]}1 1AB,Overall,Overall,{rating},02/03/2020,{provider}"
        for number, (name, town, council, rating, provider) in enumerate(
            [
                ("Rose Cottage", "Ludlow", "Shropshire", "Good", "Rose Ltd"),
                ("Rose Cottage", "Telford", "Telford and Wrekin", "Good", "Rose Ltd"),
                ("Elm House", "Ludlow", "Shropshire", "Inadequate", "Elm Ltd"),
                ("Ash House", "Wem", "Shropshire", "Inadequate", "Elm Ltd"),
            ],
            1,
        )
    ]
    older = "1,Rose Cottage,Y,Ludlow,Shropshire,Lu1 1AB,Overall,Overall,Inadequate,05/06/2017,Rose Ltd"
    (tmp_path / "table.csv").write_text("\n".join([HEADS, *rows, older, ""]), encoding="utf-8")
    service = Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {}))
    asked = {
        "Which care homes are in Ludlow?": ("council has the most", False),
        "Which care homes are there?": ("council has the most", True),
        "What is Rose Cottage in Ludlow rated?": ("Who runs Rose Cottage in Ludlow?", True),
    }
    for question, (words, offered) in asked.items():
        suggestions = service.ask(question).suggestions
        assert any(words in one for one in suggestions) is offered, suggestions
        for one in suggestions:
            *_, after = service.converse([question, one], top=1)
            assert after.answer.status == "answered", one


# A question that is not answered, and the first question that is offered instead.
INSTEAD = [
    ("How many beds does Oak Grove House have?", "What is Oak Grove House rated?"),
    ("is there parking at the care homes in Leeds", "Show all care homes in Leeds"),
    ("Are there any homes run by Wibblecare in Leeds?", "Show all care homes in Leeds"),
    ("Which inadequate homes in Ripon have a garden?", "Which care homes in Ripon are rated Inadequate?"),
    ("Which care homes in Leeds are good for well-led?", "Which care homes in Leeds are rated Good?"),
    ("How do the carers treat mum at Oak Grove House?", "What is Oak Grove House rated?"),
]


@pytest.mark.parametrize(("question", "first"), INSTEAD, ids=[question for question, _ in INSTEAD])
def test_a_question_without_an_answer_leads_on_to_what_is_held_of_those_it_asks_about(
    service: Service, question: str, first: str
) -> None:
    answer = service.ask(question)
    assert answer.status == "not_found"
    assert answer.suggestions[0] == first
    assert all(service.ask(one).status == "answered" for one in answer.suggestions)


def test_the_history_is_suggested_of_whom_it_is_held(service: Service) -> None:
    history = "How has {} been rated over the years?"
    assert history.format("Oak Grove House") in service.ask("What is Oak Grove House rated?").suggestions
    assert not any("over the years" in one for one in service.ask("What is Briar Manor rated?").suggestions)
    assert history.format("Oak Grove House") not in service.ask(history.format("Oak Grove House")).suggestions


@pytest.mark.parametrize(
    "question", ["Which care homes in Leeds are rated Outstanding?", "care homes in LS1 good for safe"]
)
def test_of_those_with_a_rating_how_all_are_rated_is_suggested(service: Service, question: str) -> None:
    assert any("have each rating" in one for one in service.ask(question).suggestions)
