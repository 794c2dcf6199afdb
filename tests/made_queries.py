"""Any Query at all, and any Result: what property tests draw from where sense does not matter."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st
from made_facts import BAD, GOOD, RI, TOP, fact

from qa.facts.result import Group, Missing, Result, Side, Value
from qa.question.query import (
    And,
    AspectAgainst,
    Claim,
    Closed,
    Condition,
    Count,
    Dated,
    Dates,
    Event,
    Events,
    Happened,
    Having,
    Is,
    Measure,
    Measured,
    Moved,
    Named,
    NameHas,
    Near,
    Not,
    Or,
    Order,
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

words = st.text("abcXYZ £é", max_size=8)
several = st.lists(words, max_size=3).map(tuple)
named_ones = st.lists(
    st.sampled_from(("town", "provider", "beds", "local_authority")), min_size=1, max_size=2, unique=True
).map(tuple)
dates = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))
numbers = st.floats(allow_nan=False, allow_infinity=False)
fractions = st.fractions(0, 1, max_denominator=100)
signs = st.sampled_from((-1, 0, 1))
bounds = st.none() | dates
events = st.builds(
    Event,
    several,
    st.lists(signs, max_size=3).map(tuple),
    st.booleans(),
    words,
    words,
    bounds,
    bounds,
    several,
)
single: st.SearchStrategy[Condition] = st.one_of(
    st.integers(0, 3).flatmap(
        lambda size: st.builds(Named, st.just(tuple(range(size))), st.just(tuple("ABC"[:size])))
    ),
    st.builds(Is, words, several),
    st.builds(Postcode, several),
    st.builds(NameHas, several),
    st.builds(Measured, words, st.none() | numbers, st.none() | numbers),
    st.builds(Rated, several, words, words, st.sampled_from(("now", "before", "first"))),
    st.builds(Rated, several, words, words, st.just("ever"), st.none() | dates, st.none() | dates),
    st.builds(RatedFor, several, several, st.integers(0, 5), st.none() | st.integers(0, 5), words),
    st.builds(AspectAgainst, words, signs, words, words),
    st.builds(RatedAgainst, st.integers(0, 9), signs, words, words, words, st.booleans()),
    st.builds(Published, st.none() | dates, st.none() | dates, words, words),
    st.builds(
        Moved, st.lists(signs, max_size=3).map(tuple), words, words, st.none() | dates, st.none() | dates
    ),
    st.builds(Happened, events, st.integers(0, 3), st.none() | st.integers(0, 3)),
    st.builds(Dated, words, st.none() | dates, st.none() | dates),
    st.just(Closed()),
    st.builds(Unrated, words, words),
)
near = st.builds(
    Near,
    st.builds(Is, words, several) | st.builds(Postcode, several),
    st.none() | numbers,
    st.sampled_from(("miles", "km")),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    single | near,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)
quantifiers = st.builds(
    Quantifier, st.integers(0, 9), st.none() | st.integers(0, 9), *[st.none() | fractions] * 4
)
measures: st.SearchStrategy[Measure] = st.one_of(
    st.builds(Ratings, several, words, st.booleans()),
    st.builds(Values, named_ones),
    st.builds(Dates, words, words),
    st.builds(Events, events, st.sampled_from(("first", "last", "every"))),
    st.builds(Times, events),
    st.builds(Count, st.none() | words),
    st.builds(Share, conditions),
    st.builds(Total, st.sampled_from(("sum", "mean", "least", "most")), words),
)
queries = st.builds(
    Query,
    conditions,
    measures,
    st.just(()) | named_ones,
    st.lists(st.builds(Having, quantifiers, conditions), max_size=2).map(tuple),
    st.none()
    | st.builds(Order, words | st.sampled_from(("figure", "date", "rating", "distance")), st.booleans()),
    st.none() | st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.none() | st.integers(1, 99),
    st.none() | st.sampled_from(("count", "mean")),
    st.none() | st.builds(Claim, quantifiers, conditions),
    st.lists(conditions, max_size=2).map(tuple),
    st.none() | st.sampled_from(("compare", "difference", "ratio", "better", "worse", "same")),
    st.none() | dates,
    st.none() | words,
)

facts = st.builds(
    fact,
    st.sampled_from(("Oak House", "Elm House", "Ash House")),
    st.sampled_from((GOOD, RI, BAD, TOP, "Not rated", None)),
    st.sampled_from(("2020-03-02", "2019-05-01", None)),
    aspect=st.sampled_from(("Overall", "Safe")),
    previous=st.sampled_from((GOOD, RI, None)),
    town=st.sampled_from(("Leeds", "")),
)
told = st.lists(facts, max_size=9).map(tuple)
counts = st.integers(0, 2_000)
figures = st.floats(0, 1e6)


missing: st.SearchStrategy[Missing | None] = st.sampled_from(
    (
        *[None] * 4,
        "row",
        "before",
        "history",
        "contradiction",
        "field",
        "aspect",
        "service",
        "period",
        "coordinates",
        "middle",
    )
)


@st.composite
def results(draw: st.DrawFn, query: Query) -> Result:
    """A Result of the shape that a Query asks for: what it tells need not hold together."""
    found, whole = draw(told), draw(counts)
    matching = draw(st.integers(0, whole))
    sides = tuple(
        Side(None if isinstance(query.measure, Ratings) else draw(st.none() | figures), 1, 2, draw(told), 9)
        for _ in (0, *query.against)
    )
    group = st.builds(
        Group, st.tuples(*[words] * len(query.by)), figures, st.none() | counts, st.none() | counts
    )
    fields = query.measure.fields if isinstance(query.measure, Values) else ("town",)
    value = st.builds(Value, st.integers(0, 3), words, st.sampled_from(fields), st.none() | words)
    return Result(
        facts=found,
        total=len(found) + draw(st.integers(0, 3)),
        figure=draw(st.none() | figures),
        matching=matching,
        whole=whole,
        groups=draw(st.lists(group, max_size=15).map(tuple)) if query.by else (),
        groups_total=draw(counts),
        values=draw(st.lists(value, max_size=9).map(tuple)),
        verdict=draw(st.booleans()) if query.claim else None,
        exceptions=draw(told) if query.claim else (),
        sides=sides if query.against and not query.by and not query.claim else (),
        oldest=draw(st.none() | dates),
        newest=draw(st.none() | dates),
        missing=draw(missing),
    )
