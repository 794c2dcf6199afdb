"""A Reading and what was found → the Answer: status, text with what is said beside it, facts, parts,
suggestions.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from made_facts import BAD, GOOD, RANKS, RI, TOP, fact, store

from qa.answering.addresses import facts_next
from qa.answering.compose import Composer, Found, facts_of
from qa.answering.context import Context
from qa.answering.contradictions import claims, contradicted
from qa.answering.refusing import Holdings
from qa.answering.stock import Example, Stock
from qa.answering.suggesting import MOST
from qa.answering.understood import query_intent
from qa.answering.wording import scope_phrase
from qa.evaluation.making.queries import QueryMaker
from qa.evaluation.making.random_tables import random_table, words_of
from qa.facts import FactStore
from qa.facts.fact_lists import FactList
from qa.facts.result import Result, Side
from qa.facts.run import run
from qa.library import Library
from qa.passages import passages_of
from qa.question.as_json import from_json
from qa.question.query import (
    ALL,
    NONE,
    And,
    Claim,
    Condition,
    Count,
    Dates,
    Is,
    Named,
    Not,
    Or,
    Order,
    Published,
    Quantifier,
    Query,
    Rated,
    Ratings,
    Share,
    Total,
    Values,
)
from qa.question.query import (
    MOST as MOST_OF_ALL,
)
from qa.question.reading import NO_TEXT, Choice, Reading, Unknown
from qa.records import (
    Answer,
    Block,
    Change,
    Document,
    FieldValue,
    IndexState,
    QuotedPassage,
    RatingFact,
    Span,
    UsedWord,
)
from qa.retrieval import Point, Ranked, Retrieved
from qa.scale import CQC
from qa.shelf import Listed
from qa.wire import dumps

DAY = datetime.date(2021, 6, 9)
HOME, LEEDS = Is("care_home", ("Y",)), Is("local_authority", ("Leeds",))
ARE_GOOD, WERE_RI = Rated((GOOD,)), Rated((RI,), when="before")
TEXT = "All the trusts that were visited had been rated requires improvement. Staff spoke up."
REPORT = Document(
    "report.md", "Report", TEXT, (Block("paragraph", 0, len(TEXT)),), published=datetime.date(2018, 3, 15)
)
(PASSAGE,) = passages_of(REPORT)
CONTEXT = Context(CQC, DAY)
OAK = fact("Oak House", GOOD, "2020-03-02", town="Leeds", provider="Alder Care Ltd")
ELM = fact("Elm House", RI, "2020-03-02", town="Leeds", provider="Alder Care Ltd")
ALDER = Named((1,), ("Oak House",))


def say(query: Query) -> str:
    return (
        f"{query_intent(query).capitalize()} {scope_phrase(query.scope, None, CONTEXT)} {query.measure!r} "
        f"{query.by} {query.claim!r}"
    )


STOCK = Stock(
    say,
    lambda query: True,
    {"local_authority": ("Leeds", "York"), "region": ("London",)},
    CQC.ratings,
    ("Safe", "Caring"),
    examples=(
        Example("A list", "Which care homes are rated Outstanding?"),
        Example("One", "What is Oak House rated?", Query(Named((1,)))),
    ),
)
EXAMPLES = tuple(one.question for one in STOCK.examples)
COMPOSER = Composer(
    CONTEXT,
    IndexState("f00", DAY),
    Library(Listed([PASSAGE])),
    Holdings(8, 3, DAY),
    STOCK,
    claims([PASSAGE], CQC.ratings, ["trusts"], ["oak"]),
)
HELD = "They hold 8 ratings of 3 subjects, published up to 9 June 2021, and the text of the reports."


def retrieved(answered: bool = True) -> Retrieved:
    start = TEXT.index("Staff")
    points = (Point(TEXT[start:], PASSAGE, start, len(TEXT)),)
    return Retrieved((Ranked(PASSAGE, 3.0, Span(start, len(TEXT)), ()),), 0.9, answered, points=points)


def reading(*queries: Query, **parts: object) -> Reading:
    return Reading("What of it?", "What is asked", queries, **parts)  # type: ignore[arg-type]


def composed(asked: Reading, *results: Result | None, passages: Retrieved | None = None) -> Answer:
    found = [Found(query, result, passages) for query, result in zip(asked.queries, results, strict=True)]
    answer = COMPOSER.compose(asked, found)
    assert json.loads(dumps(answer))["question"] == "What of it?"
    return answer


def of(*facts: RatingFact, total: int | None = None, **parts: object) -> Result:
    return Result(facts=facts, total=len(facts) if total is None else total, **parts)  # type: ignore[arg-type]


ONE = Query(ALDER)
COUNTED = Query(And((HOME, LEEDS, ARE_GOOD)), Count())


def test_an_answer_rests_on_its_facts_and_shows_how_it_was_read() -> None:
    words = (UsedWord(0, 4, "measure"), UsedWord(5, 7, None))
    answer = composed(
        reading(COUNTED, words=words, corrections=(Change("gud", "good"),), confidence=0.93),
        of(OAK, figure=1),
    )
    assert (answer.status, answer.answer.basis, answer.answer.confidence) == ("answered", "facts", 0.93)
    assert (
        answer.answer.text
        == "1 care home in Leeds (council area) was rated Good: Oak House (published 2 March 2020)."
    )
    assert (answer.facts, answer.facts_total, answer.parts, answer.facts_next) == ((OAK,), 1, (), None)
    read = answer.understood
    assert (read.intent, read.standalone, read.words) == ("count", "What is asked", words)
    assert from_json(read.reading) == COUNTED
    pairs = {(one.field, one.value) for one in read.filters}
    assert pairs == {("kind", "care homes"), ("local_authority", "Leeds"), ("rating", "Good")}
    assert read.corrections == (Change("gud", "good"),)


TOLD = "Oak House in Leeds was rated Good (published 2 March 2020)."


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"left_out": ("by bus",)}, f"{TOLD} I did not understand “by bus” and left it out."),
        ({"left_out": ("a", "b")}, f"{TOLD} I did not understand “a” or “b” and left them out."),
        ({"notes": ("Wessex is read as its two councils.",)}, f"{TOLD} Wessex is read as its two councils."),
        ({"alternative": "Who runs it?"}, f"{TOLD} Or did you mean: Who runs it?"),
        ({"confidence": 0.45}, f"I am not sure: {TOLD}"),
    ],
)
def test_what_was_assumed_left_out_or_unsure_is_said(parts: dict[str, object], text: str) -> None:
    answer = composed(reading(ONE, **parts), of(OAK))
    assert (answer.status, answer.answer.text) == ("answered", text)
    assert answer.understood.left_out == parts.get("left_out", ())


def test_a_reading_that_is_hardly_sure_is_offered_and_not_told() -> None:
    answer = composed(reading(ONE, confidence=0.15), of(OAK), passages=retrieved(answered=False))
    assert (answer.status, answer.facts, answer.figures) == ("not_found", (), ())
    assert answer.answer.text == f"I am not sure what you are asking. Did you mean: What is asked? {HELD}"
    assert answer.suggestions[0] == "What is asked"
    assert answer.passages


LAURELS = [
    fact("The Laurels", GOOD, town="Hull", postcode="HU1 1AA"),
    fact("The Laurels", BAD, town="Ripon", postcode="HG4 1AA"),
]


@pytest.mark.parametrize(
    ("facts", "ending"),
    [
        (LAURELS, "called The Laurels. Which one do you mean? A town or postcode tells them apart."),
        (
            [replace(one, attributes={**one.attributes, "town": "Hull"}) for one in LAURELS],
            "A postcode tells them apart.",
        ),
        (
            [
                replace(one, attributes={"town": "Hull", "postcode": "HU1 1AA", "identifier": one.id})
                for one in LAURELS
            ],
            "do you mean?",
        ),
    ],
)
def test_candidates_are_listed_with_what_tells_them_apart(facts: Sequence[RatingFact], ending: str) -> None:
    choice = Choice("laurels", (1, 2), ("The Laurels", "The Laurels"))
    answer = composed(reading(Query(Named((1, 2), choice.names)), ambiguous=choice), of(*facts))
    assert (answer.status, answer.facts_total, answer.facts) == ("ambiguous", 2, tuple(facts))
    assert answer.answer.text.startswith("There are 2 called The Laurels. Which one do you mean?")
    assert answer.answer.text.endswith(ending)
    assert [(one.label, one.value) for one in answer.figures] == [("candidates", 2)]


def test_two_things_asked_give_two_parts() -> None:
    answer = composed(reading(ONE, COUNTED), of(OAK), of(ELM, figure=1))
    assert answer.status == "answered"
    assert [part.facts for part in answer.parts] == [(OAK.id,), (ELM.id,)]
    assert answer.answer.text == " ".join(part.text for part in answer.parts)
    assert (answer.facts, answer.facts_total) == ((OAK, ELM), 2)
    assert set(answer.figures) == {figure for part in answer.parts for figure in part.figures}


def test_what_one_part_lacks_does_not_take_from_the_other() -> None:
    lacking = Result(missing="row", detail="Oak House")
    answer = composed(reading(ONE, Query(ALDER, Ratings(("Safe",)))), of(OAK), lacking)
    assert (answer.status, answer.facts) == ("answered", (OAK,))
    assert answer.answer.text.startswith(f"{TOLD} On “")
    assert "The tables have no rating for Safe of Oak House" in answer.answer.text
    assert answer.parts[1].facts == ()


def test_an_unknown_name_is_said_to_be_unknown_and_near_names_are_asked() -> None:
    unknown = Unknown("Zanderley", ("Oak House", "Elm House", "Ash House", "Fir House"))
    answer = composed(reading(unknown=(unknown,)))
    assert (answer.status, answer.facts, answer.figures) == ("not_found", (), ())
    assert answer.answer.text == (
        (
            "The loaded reports and ratings do not know “Zanderley”. Did you mean Oak House, Elm House or "
            "Ash House? "
        )
        + HELD
    )
    assert answer.understood.unknown == ("Zanderley",)
    assert [one for one in answer.suggestions if "rated?" in one] == [
        f"What is {name} rated?" for name in unknown.near[:3]
    ]


@pytest.mark.parametrize(
    ("asked", "result", "begins"),
    [
        (
            reading(ONE),
            Result(missing="row", detail="Oak House"),
            "The tables have no overall rating of Oak House",
        ),
        (
            reading(ONE),
            Result(missing="before", detail="Oak House"),
            "The tables have no earlier rating of Oak House. They have only one rating of it",
        ),
        (
            reading(left_out=("except",)),
            None,
            "I did not understand “except”, which may change what is asked.",
        ),
        (
            reading(unheld=("fees or prices",)),
            None,
            "The loaded reports and ratings say nothing about fees or prices.",
        ),
        (
            reading(unheld=(NO_TEXT,), left_out=("why",)),
            None,
            "The loaded tables hold ratings, but not the reports: they don’t say what was found, or why.",
        ),
        (reading(Query(prose="why")), None, "The loaded reports and ratings do not answer that."),
    ],
)
def test_a_refusal_says_why_and_what_is_held(asked: Reading, result: Result | None, begins: str) -> None:
    answer = composed(asked, *[result for _ in asked.queries], passages=retrieved(answered=False))
    assert (answer.status, answer.answer.basis, answer.facts) == ("not_found", "none", ())
    assert answer.answer.text.startswith(begins)
    assert answer.answer.text.endswith(HELD)


NOBODY = Side(None, None, None)


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (
            replace(ONE, against=(Named((2,), ("Elm House",)),), relation="compare"),
            Result(sides=(NOBODY, NOBODY)),
        ),
        (
            replace(ONE, against=(Named((2,), ("Elm House",)), Named((3,), ("Ash House",)))),
            Result(sides=(NOBODY, NOBODY, NOBODY)),
        ),
        (Query(HOME, Total("sum", "beds")), Result()),
        (
            replace(ONE, against=(Named((2,), ("Elm House",)),)),
            Result(sides=(NOBODY, NOBODY), missing="contradiction", detail="Oak House"),
        ),
    ],
)
def test_what_rests_on_no_fact_and_no_figure_is_no_answer_from_facts(query: Query, result: Result) -> None:
    answer = composed(reading(query), result, passages=retrieved())
    assert (answer.status, answer.answer.basis) == ("not_found", "none")
    assert not answer.facts
    assert answer.answer.text.endswith(HELD)


@pytest.mark.parametrize("seed", range(20))
def test_of_any_query_over_any_table_what_is_told_from_facts_rests_on_facts_or_figures(seed: int) -> None:
    random = Random(seed)
    held = FactStore.in_memory(random_table(random, CQC), RANKS)
    maker = QueryMaker(words_of(held, CQC), random, grouped_claims=True)
    for query in (maker.query() for _ in range(50)):
        answer = composed(reading(query), run(query, held, CQC))
        assert answer.status in ("answered", "not_found")
        assert (
            (answer.answer.basis == "facts")
            == (answer.status == "answered")
            == bool(answer.facts or answer.figures)
        ), query


def test_no_passage_tells_a_rating_for_a_key_question_that_no_table_holds() -> None:
    query = Query(Rated((GOOD,), "Safe"))
    answer = composed(reading(query), Result(missing="aspect", detail="Safe"), passages=retrieved())
    assert (answer.status, answer.answer.basis) == ("not_found", "none")


def test_what_the_tables_lack_the_reports_may_tell() -> None:
    for found in (Result(missing="row", detail="Oak House"), None):
        answer = composed(reading(ONE if found else Query(prose="who spoke up")), found, passages=retrieved())
        assert (answer.status, answer.answer.basis) == ("answered", "passage")
        assert answer.answer.text == "“Staff spoke up.”"  # whose words and of when stands with the passage


def test_where_the_prose_says_of_all_what_the_table_does_not_both_are_shown() -> None:
    query = Query(claim=Claim(ALL, WERE_RI))
    answer = composed(reading(query), of(verdict=False, matching=6, whole=7, exceptions=(OAK,)))
    assert answer.answer.text.startswith(
        "No. 6 of 7 rated places were rated Requires improvement before. Oak House"
    )
    assert answer.answer.text.endswith("rated requires improvement.”")
    assert [(one.fact, one.passage) for one in answer.conflicts] == [(OAK.id, PASSAGE.id)]
    assert (answer.facts, answer.facts_total, answer.passages[0].id) == ((OAK,), 1, PASSAGE.id)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("All the trusts had been rated requires improvement.", None),
        ("Each of the trusts was rated requires improvement at first.", None),
        ("All trusts that were visited were rated requires improvement.", None),
        ("The seven trusts were rated requires improvement.", 7),
        ("The 7 trusts had a rating: they were judged requires improvement.", 7),
        ("It explores what trusts that were rated requires improvement have done.", ...),
        ("All trusts that were rated requires improvement have changed.", ...),
        ("Trusts were rated requires improvement.", ...),
        ("Most trusts were rated requires improvement.", ...),
        ("Not all trusts were rated requires improvement.", ...),
        ("All trusts but Oak were rated requires improvement.", ...),
        ("Nearly all trusts were rated requires improvement.", ...),
        ("All trusts moved: they were rated requires improvement, then good.", ...),
        ("All the trusts did a good job.", ...),
        ("All homes were rated requires improvement.", ...),
    ],
)
def test_a_sentence_claims_something_of_all_only_where_it_says_so(sentence: str, number: object) -> None:
    document = replace(REPORT, text=sentence, blocks=(Block("paragraph", 0, len(sentence)),))
    found = claims(passages_of(document), CQC.ratings, ["trusts"], ["oak"])
    assert [one.number for one in found] == ([] if number is ... else [number])


@pytest.mark.parametrize(
    ("query", "result", "number"),
    [
        (Query(claim=Claim(NONE, WERE_RI)), of(verdict=False, matching=1, whole=7, exceptions=(OAK,)), None),
        (Query(claim=Claim(ALL, ARE_GOOD)), of(verdict=False, matching=6, whole=7, exceptions=(OAK,)), None),
        (Query(claim=Claim(ALL, WERE_RI)), of(OAK, verdict=True, matching=7, whole=7), None),
        (Query(claim=Claim(ALL, WERE_RI)), of(verdict=False, matching=6, whole=7, exceptions=(OAK,)), 6),
    ],
)
def test_only_who_asks_of_all_what_the_claim_says_of_as_many_is_shown_it(
    query: Query, result: Result, number: int | None
) -> None:
    [claim] = COMPOSER.claims
    assert contradicted(query, result, [replace(claim, number=number)]) is None


def test_a_document_that_names_the_exception_with_its_rating_contradicts_nothing() -> None:
    query, [claim] = Query(claim=Claim(ALL, WERE_RI)), COMPOSER.claims
    found = of(verdict=False, matching=6, whole=7, exceptions=(OAK,))
    source = COMPOSER.library.source(PASSAGE)
    for text, contradicts in (("Oak House was rated good.", False), ("Oak House is large.", True)):
        beside = QuotedPassage("report-2", 1, 1.0, text, None, (), source)
        assert (contradicted(query, found, [claim], [beside]) == claim) is contradicts


def test_who_needs_help_gets_nothing_else() -> None:
    answer = composed(reading(care="crisis", message="Call 999 now."))
    assert (answer.status, answer.answer.text, answer.suggestions, answer.passages) == (
        "signposted",
        "Call 999 now.",
        (),
        (),
    )
    assert (answer.understood.intent, answer.understood.reading) == ("crisis", None)


def test_small_talk_says_what_there_is_to_ask() -> None:
    answer = composed(reading(spoken="greeting"))
    assert answer.status == "small_talk"
    assert answer.answer.text == (
        "Hello. Ask me about ratings or about what the reports say. "
        f"{HELD.replace('They', 'The loaded reports and tables')}"
    )
    assert composed(reading(spoken="thanks")).answer.text == "You’re welcome."


NOT_ALL = Quantifier(under=Fraction(1))


def claimed(quantifier: Quantifier, scope: Condition = HOME) -> Query:
    return Query(scope, claim=Claim(quantifier, ARE_GOOD))


@pytest.mark.parametrize(
    ("query", "result", "facts", "total"),
    [
        (Query(HOME), of(OAK, total=70), (OAK,), 70),
        (claimed(ALL), of(OAK, total=5, verdict=False, matching=5, whole=70, exceptions=(ELM,)), (ELM,), 65),
        (
            claimed(NOT_ALL),
            of(OAK, total=5, verdict=True, matching=5, whole=70, exceptions=(ELM,)),
            (ELM,),
            65,
        ),
        (claimed(ALL), of(OAK, total=1, verdict=True, matching=1, whole=1), (OAK,), 1),
        (
            claimed(MOST_OF_ALL),
            of(OAK, total=5, verdict=False, matching=5, whole=70, exceptions=(ELM,)),
            (OAK,),
            5,
        ),
        (claimed(NONE), of(OAK, verdict=False, matching=1, whole=70, exceptions=(OAK,)), (OAK,), 1),
        (claimed(ALL, ALDER), of(OAK, verdict=False, matching=1, whole=2, exceptions=(ELM,)), (OAK, ELM), 2),
        (
            Query(HOME, Count()),
            of(ELM, total=9, sides=(Side(3, None, None), Side(9, None, None, (ELM,), 9))),
            (ELM,),
            9,
        ),
        (
            ONE,
            of(OAK, sides=(Side(None, None, None, (OAK,), 1), Side(None, None, None, (ELM,), 1))),
            (OAK, ELM),
            2,
        ),
    ],
)
def test_the_facts_are_those_that_the_answer_rests_on(
    query: Query, result: Result, facts: tuple[RatingFact, ...], total: int
) -> None:
    assert facts_of(query, result) == (facts, total)


# The address of all facts -----------------------------------------------------------------------------------

TABLE = [
    fact(
        f"Home {number}",
        rating,
        aspect=aspect,
        identifier=str(number),
        local_authority=council,
        care_home="Y",
    )
    for number, (rating, council) in enumerate(
        [(GOOD, "Leeds"), (RI, "Leeds"), (GOOD, "York"), (TOP, "Leeds"), (GOOD, "Leeds")]
    )
    for aspect in ("Overall", "Safe")
]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (Query(), 5),
        (COUNTED, 2),
        (
            Query(And((HOME, Is("local_authority", ("Leeds", "York")), Rated((GOOD, TOP), "Safe"))), Count()),
            4,
        ),
        (Query(LEEDS, Ratings(("Safe",))), 4),
    ],
)
def test_the_address_of_all_facts_lists_just_those(query: Query, total: int) -> None:
    address = facts_next(query, Result(total=total))
    assert address
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(urlsplit(address).query):
        filters[name] = (*filters.get(name, ()), value)
    assert store(*TABLE).page(FactList(**filters), 50)[1] == total  # type: ignore[arg-type]
    assert facts_next(query, Result(facts=tuple(TABLE[:total]), total=total)) is None


@pytest.mark.parametrize(
    "query",
    [
        Query(Not(LEEDS)),
        Query(Or((LEEDS, HOME))),
        Query(Published(DAY)),
        Query(WERE_RI),
        Query(And((ARE_GOOD, Rated((GOOD,), "Safe")))),
        Query(ARE_GOOD, Ratings(("Safe",))),
        Query(HOME, Ratings(("Safe", "Caring"))),
        Query(HOME, Share(ARE_GOOD)),
        Query(HOME, Count("provider")),
        Query(HOME, claim=Claim(ALL, ARE_GOOD)),
        Query(HOME, Count(), ("town",)),
        Query(Is("ward", ("Clun",))),
    ],
)
def test_no_address_is_given_that_lists_others(query: Query) -> None:
    assert facts_next(query, Result(total=99)) is None


# Suggestions and the kind of question -----------------------------------------------------------------------

ASKED = [
    (ONE, of(OAK)),
    (Query(ALDER, Values(("provider",))), of(OAK)),
    (Query(ALDER, Ratings(("Safe",))), of(OAK)),
    (Query(ALDER, Dates()), of(OAK)),
    (Query(ALDER, claim=Claim(ALL, ARE_GOOD)), of(OAK, verdict=True)),
    (COUNTED, of(OAK, figure=1)),
    (Query(And((HOME, LEEDS))), of(OAK, ELM)),
    (Query(HOME, Share(ARE_GOOD)), of(OAK, figure=50.0, matching=1, whole=2)),
    (Query(HOME, claim=Claim(ALL, ARE_GOOD)), of(OAK, verdict=False, matching=1, whole=2)),
    (Query(HOME, Count(), ("local_authority",), order=Order(), ranks=(1, 1)), of(OAK, groups=())),
]


@pytest.mark.parametrize(("query", "result"), ASKED)
def test_suggestions_follow_the_answer_and_are_never_what_was_asked(query: Query, result: Result) -> None:
    answer = composed(reading(query), result)
    assert 1 < len(answer.suggestions) <= MOST
    assert len(set(answer.suggestions)) == len(answer.suggestions)
    assert say(query) not in answer.suggestions
    assert any(one not in EXAMPLES for one in answer.suggestions)


@pytest.mark.parametrize(("query", "result"), ASKED)
def test_nothing_is_suggested_that_the_corpus_does_not_hold(query: Query, result: Result) -> None:
    none = replace(COMPOSER, stock=replace(STOCK, holds=lambda query: False))
    assert (
        none.compose(reading(query), [Found(query, result)]).suggestions
        == EXAMPLES[: 1 if query == ONE else 2]
    )


def following(query: Query, result: Result) -> tuple[str, ...]:
    return composed(reading(query), result).suggestions


def test_what_the_text_says_of_somebody_is_suggested_where_it_says_something() -> None:
    question = "What do the reports say about Oak House?"
    telling = replace(
        COMPOSER, stock=replace(STOCK, told=lambda name: f"What do the reports say about {name}?")
    )
    named = Query(Named((1,), ("Oak House",)))
    assert question in telling.compose(reading(named), [Found(named, of(OAK))]).suggestions
    assert question not in following(named, of(OAK))
    assert question not in telling.compose(reading(COUNTED), [Found(COUNTED, of(OAK, figure=1))]).suggestions


def test_after_a_figure_those_counted_are_suggested_first() -> None:
    assert following(COUNTED, of(OAK, figure=1))[0] == say(Query(COUNTED.scope))


def test_suggestions_go_narrower_wider_elsewhere_and_to_the_other_rating() -> None:
    good_ones = And((HOME, LEEDS, ARE_GOOD))
    told = following(Query(good_ones), of(OAK))
    assert say(Query(And((HOME, Is("local_authority", ("York",)), ARE_GOOD)))) in told
    assert say(Query(And((HOME, LEEDS, Rated((BAD,)))))) in told
    assert say(Query(ALDER, Ratings(("Safe",)))) in following(ONE, of(OAK))
    assert say(Query(ALDER, Values(("provider",)))) in following(ONE, of(OAK))


@pytest.mark.parametrize(
    ("condition", "pairs"),
    [
        (Not(LEEDS), [("outside", "Leeds")]),
        (Rated((GOOD, TOP), "Safe"), [("aspect", "Safe"), ("rating", "Good or Outstanding")]),
        (WERE_RI, [("previous_rating", "Requires improvement")]),
        (Published(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)), [("published", "in 2020")]),
        (Or((HOME, LEEDS)), [("kind", "care homes"), ("local_authority", "Leeds")]),
        (Not(HOME), [("condition", "other than care homes")]),
    ],
)
def test_conditions_are_told_as_pairs(condition: Condition, pairs: list[tuple[str, str]]) -> None:
    filters = composed(reading(Query(condition)), of(OAK)).understood.filters
    assert filters == tuple(FieldValue(*pair) for pair in pairs)
