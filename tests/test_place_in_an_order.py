"""Which place one town, council or owner has in an order of all of them by a number or share of places; asked
back if it is not said by which."""

from pathlib import Path

import pytest
from made_corpus import row, serve

from qa.evaluation.plain import evaluate
from qa.facts.run import run
from qa.question import query as q
from qa.question.canonical import read_canonical
from qa.question.query import Query
from qa.question.say import say
from qa.service import Service

# In the county: care homes in Ripon 3, Thirsk 3, Selby 2, Malton 2; good ones in Ripon 2, Thirsk 1, Malton 1;
# councils Harlow Dale 5, Overmoor 3, Eastmarch 2.


@pytest.mark.parametrize(
    "question",
    [
        "what is the rank of {} among the {}s by {}?",
        "how does {} rank among {}s by {}?",
        "how does {} rank among {}s for {}?",
        "what rank does {} have among the {}s by {}?",
        "what position does {} hold among the {}s by {}?",
        "where does {} rank among the {}s by {}?",
        "where does {} come in the list of {}s by {}?",
        "where does {} stand among {}s by {}?",
        "how high does {} rank among {}s by {}?",
        "where is {} in the ranking of {}s by {}?",
    ],
)
@pytest.mark.parametrize(
    ("name", "sort", "figure", "told"),
    [
        ("Ripon", "town", "number of homes", "Ripon is joint first (with 1 more) of 4 towns"),
        ("Malton", "town", "number of homes", "Malton is joint third (with 1 more) of 4 towns"),
        (
            "Ripon",
            "town",
            "share of good homes",
            "Ripon is first of 4 towns by share of care homes rated Good",
        ),
        (
            "Selby",
            "town",
            "share of good homes",
            "Selby is fourth of 4 towns by share of care homes rated Good",
        ),
        (
            "Selby",
            "town",
            "number of good homes",
            "Selby is not among the 3 towns with care homes rated Good",
        ),
        (
            "Overmoor",
            "council",
            "number of homes",
            "Overmoor is second of 3 councils by number of care homes",
        ),
    ],
)
def test_a_place_in_an_order(
    question: str, name: str, sort: str, figure: str, told: str, county: Service
) -> None:
    answer = county.ask(question.format(name, sort, figure))
    assert answer.answer.text.startswith(told)
    assert (answer.status, answer.understood.intent, answer.understood.left_out) == ("answered", "rank", ())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what's the rank of Overmoor by number of homes?", "Overmoor is second of 3 councils"),
        ("where does Overmoor rank by share of good homes?", "Overmoor is third of 3 councils"),
        ("how does Overmoor rank by number of homes?", "Overmoor is second of 3 councils"),
        ("how does Tolland Homes rank among providers by number of homes?", "Tolland Homes is second of 4"),
        (
            "where does Selby rank among towns other than Ripon by number of homes?",
            "Selby is joint second (with 1 more) of 3 towns",
        ),
    ],
)
def test_its_own_sort_is_meant_without_another(question: str, told: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(told)


@pytest.mark.parametrize("council", ["Overmoor", "Harlow Dale"])
@pytest.mark.parametrize(
    "question",
    [
        "where does {} come?",
        "where does {} rank?",
        "how does {} rank among councils for good homes?",
        "where does {} come in the order of councils?",
        "where does {} rank by share of homes?",
    ],
)
def test_without_a_figure_to_order_by_it_is_asked_back(question: str, council: str, county: Service) -> None:
    answer = county.ask(question.format(council))
    assert answer.status == "not_found"
    assert any(word in answer.answer.text for word in ("“rank", "“come", "“order"))


SHARE = q.Share(q.Rated(("Good",), "Safe"))


@pytest.mark.parametrize("measure", [q.Count(), SHARE])
@pytest.mark.parametrize(
    ("field", "value"), [("town", "Malton"), ("town", "Selby"), ("provider", "Harrow Homes")]
)
@pytest.mark.parametrize("scope", [q.Is("care_home", ("Y",)), q.Rated(("Outstanding",)), q.EVERYTHING])
def test_both_evaluators_agree_and_the_english_is_read_back(
    measure: q.Measure, field: str, value: str, scope: q.Condition, county: Service
) -> None:
    claim = q.Claim(q.ANY, q.Is(field, (value,)))
    query = Query(scope, measure, (field,), order=q.Order("figure"), claim=claim)
    vocabulary = county.vocabulary
    assert q.asks_place(query)
    assert read_canonical(say(query, vocabulary), vocabulary) == query
    result = run(query, vocabulary.store, vocabulary.scale)
    facts = vocabulary.store.facts(range(1, vocabulary.store.size[0] + 1))
    assert result == evaluate(query, facts, vocabulary.scale)
    order = run(Query(scope, measure, (field,), order=query.order), vocabulary.store, vocabulary.scale)
    own = [group.figure for group in order.groups if group.labels == (value,)]
    figures = [group.figure for group in order.groups]
    assert result.whole == len(figures)
    assert result.place == (figures.index(own[0]) + 1 if own else None)


@pytest.mark.parametrize(
    ("question", "history", "begins"),
    [
        ("rank the towns by number of homes", [], "Ripon and Thirsk have the most care homes, 3"),
        (
            "and where does it rank?",
            ["How many homes are in Overmoor?"],
            "Harlow Dale has the most care homes, 5",
        ),
        ("which homes in Ripon come out best?", [], "Brackwater House"),
        (
            "after Ripon, which town has the most homes?",
            [],
            "Thirsk (3) has the most care homes outside Ripon",
        ),
        (
            "which town has the second worst home?",
            [],
            "3 care homes: Olwen Manor (Selby), Quennell Grange (Selby) and Ashgrove (Thirsk).",
        ),
    ],
)
def test_orders_are_told(question: str, history: list[str], begins: str, county: Service) -> None:
    assert county.ask(question, history).answer.text.startswith(begins)


@pytest.mark.parametrize(
    ("sharing", "many"),
    [
        (18, "20 are named, as some share the last place."),
        (30, "25 of 32 are named: many share the last place."),
    ],
)
def test_of_many_that_share_the_last_place_two_dozen_are_named(
    sharing: int, many: str, tmp_path: Path
) -> None:
    towns = ["Ripon"] * 3 + ["Selby"] * 2 + [f"Town {number}" for number in range(sharing)]
    rows = [
        row(number, f"Home {number}", "Good", "01/02/2021", town=town) for number, town in enumerate(towns, 1)
    ]
    text = serve(tmp_path, rows).ask("Which 3 towns have the most care homes?").answer.text
    assert text.startswith("Ripon (3) has the most care homes of all towns. Then come Selby (2) and Town 0,")
    assert many in text
