"""A Query as JSON: any Query comes back as it went, the JSON is plain and stable, and what is none is refused
by its place.
"""

import datetime
import json
import math
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from made_queries import queries

from qa.question.as_json import from_json, to_json, type_name
from qa.question.query import (
    ALL,
    And,
    AspectAgainst,
    Claim,
    Closed,
    Condition,
    Count,
    Dated,
    Dates,
    Events,
    Happened,
    Is,
    Measure,
    Measured,
    Moved,
    Named,
    NameHas,
    Near,
    Not,
    Or,
    Postcode,
    Published,
    Quantifier,
    Query,
    Rated,
    RatedAgainst,
    RatedFor,
    Ratings,
    Share,
    Times,
    Total,
    Unrated,
    Values,
)


@given(queries)
def test_a_query_comes_back_from_json_as_it_went(query: Query) -> None:
    written = json.dumps(to_json(query))
    again = from_json(json.loads(written))
    assert again == query
    assert json.dumps(to_json(again)) == written


def test_every_condition_and_measure_has_a_type_of_its_own_and_is_tried() -> None:
    kinds = [*get_args(Condition), *get_args(Measure)]
    assert len({type_name(kind) for kind in kinds}) == len(kinds)
    tried = {
        And,
        Or,
        Not,
        Named,
        Is,
        Postcode,
        NameHas,
        Measured,
        Rated,
        RatedFor,
        AspectAgainst,
        RatedAgainst,
        Published,
        Moved,
    }
    tried |= {Happened, Dated, Closed, Unrated, Near}
    assert set(kinds) == tried | {Ratings, Values, Dates, Events, Times, Count, Share, Total}


def test_the_json_is_plain_and_leaves_out_what_is_as_always() -> None:
    scope = And((Is("care_home", ("Y",)), Published(since=datetime.date(2020, 1, 1))))
    told = to_json(Query(scope, claim=Claim(ALL, Rated(("Good",), "Safe"))))
    assert told == {
        "scope": {
            "type": "and",
            "parts": [
                {"type": "is", "field": "care_home", "values": ["Y"]},
                {"type": "published", "since": "2020-01-01"},
            ],
        },
        "claim": {
            "quantifier": {"least": "1"},
            "condition": {"type": "rated", "ratings": ["Good"], "aspect": "Safe"},
        },
    }
    assert to_json(Query(claim=Claim(Quantifier(over=Fraction(1, 2)), Not(Unrated())))) == {
        "claim": {"quantifier": {"over": "1/2"}, "condition": {"type": "not", "part": {"type": "unrated"}}}
    }


def deep(levels: int) -> dict[str, Any]:
    return {"type": "not", "part": deep(levels - 1)} if levels else {"type": "unrated"}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([], "reading must be an object"),
        ({"scop": {}}, "reading.scop is not a field of query"),
        ({"scope": {"type": "isnt"}}, "reading.scope.type must be one of and, "),
        ({"scope": {"type": "count"}}, "reading.scope.type must be one of and, "),
        ({"scope": {"type": ["is"]}}, "reading.scope.type must be one of and, "),
        ({"scope": {"type": "is", "field": "town"}}, "reading.scope.values is missing"),
        ({"scope": {"type": "is", "field": 1, "values": []}}, "reading.scope.field must be text"),
        (
            {"scope": {"type": "is", "field": "town", "values": "Leeds"}},
            "reading.scope.values must be a list",
        ),
        (
            {"scope": {"type": "is", "field": "town", "values": ["Leeds", None]}},
            "reading.scope.values[1] must be text",
        ),
        (
            {"scope": {"type": "measured", "field": "beds", "low": math.nan}},
            "reading.scope.low must be a number",
        ),
        ({"scope": {"type": "measured", "field": "beds", "low": True}}, "reading.scope.low must be a number"),
        ({"scope": {"type": "published", "since": "soon"}}, "reading.scope.since must be an ISO date"),
        ({"scope": deep(30)}, "is nested more than 20 deep"),
        (
            {"measure": {"type": "total", "function": "median", "field": "beds"}},
            "reading.measure.function must be one of sum",
        ),
        ({"ranks": [1]}, "reading.ranks must be a list of 2"),
        ({"ranks": [1, "2"]}, "reading.ranks[1] must be a whole number"),
        (
            {"claim": {"quantifier": {"over": "1/0"}, "condition": {"type": "unrated"}}},
            "reading.claim.quantifier.over must be a fraction",
        ),
        ({"order": {"descending": 1}}, "reading.order.descending must be true or false"),
    ],
)
def test_what_is_no_query_is_refused_by_its_place(value: object, fault: str) -> None:
    with pytest.raises(ValueError, match="reading") as refused:
        from_json(value)
    assert fault in str(refused.value)
