"""The whole list behind an answer: its filters, counts, order and pages are those that going through the rows
gives.
"""

from collections import Counter

import pytest
from directory import directory, write

from qa.facts import FactStore
from qa.facts.whole_list import UNRATED, ListRequest, WholeList, whole_list
from qa.question import query as q
from qa.records import RatingFact
from qa.scale import CQC
from qa.service import Service
from qa.settings import Settings

HOMES = q.Query(q.Is("care_home", ("Y",)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FactStore:
    folder = tmp_path_factory.mktemp("directory")
    write(folder, "ratings.csv", directory())
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {})).facts


def listed(store: FactStore, query: q.Query = HOMES, **wanted: object) -> WholeList:
    found = whole_list(query, store, CQC, ListRequest(**wanted))  # type: ignore[arg-type]
    assert found is not None
    return found


def everything(store: FactStore) -> tuple[RatingFact, ...]:
    return listed(store, limit=None).facts


def test_pages_make_up_the_list(store: FactStore) -> None:
    whole = everything(store)
    pages = [listed(store, offset=start, limit=37) for start in range(0, len(whole), 37)]
    assert tuple(fact for page in pages for fact in page.facts) == whole
    assert {page.total for page in pages} == {len(whole)} == {pages[0].whole}


def test_the_split_counts_every_row_best_rating_first(store: FactStore) -> None:
    counts = Counter(fact.rating or UNRATED for fact in everything(store))
    split = listed(store).split
    assert dict(split) == counts
    ranks = [CQC.rank(word) for word, _ in split]
    known = [rank for rank in ranks if rank is not None]
    assert known == sorted(known)
    assert ranks[: len(known)] == known


@pytest.mark.parametrize("field", ["local_authority", "town", "region", "provider", "kind"])
def test_a_filter_leaves_the_rows_that_its_facet_counts(store: FactStore, field: str) -> None:
    facet = next((one for one in listed(store).facets if one.field == field), None)
    if facet is None:  # all rows have one value
        assert len({fact.attributes.get(field) for fact in everything(store)}) == 1
        return
    for value in facet.values:
        rows = listed(store, filters=((field, value.value),), limit=None).facts
        assert len(rows) == value.count
        assert {fact.attributes[field].casefold() for fact in rows} == {value.value.casefold()}


def test_values_of_one_field_add_up_and_fields_narrow_each_other(store: FactStore) -> None:
    one, other, *_ = next(facet for facet in listed(store).facets if facet.field == "town").values
    both = listed(store, filters=(("town", one.value), ("town", other.value)))
    assert both.total == one.count + other.count
    good = listed(store, filters=(("town", one.value), ("rating", "Good")), limit=None)
    assert good.total == sum(
        fact.rating == "Good" and fact.attributes["town"].casefold() == one.value.casefold()
        for fact in everything(store)
    )


def test_a_facet_counts_what_choosing_another_of_its_values_would_leave(store: FactStore) -> None:
    before = next(facet for facet in listed(store).facets if facet.field == "rating")
    after = next(
        facet for facet in listed(store, filters=(("rating", "Good"),)).facets if facet.field == "rating"
    )
    assert [(one.value, one.count) for one in before.values] == [
        (one.value, one.count) for one in after.values
    ]
    assert [one.value for one in after.values if one.chosen] == ["Good"]


@pytest.mark.parametrize("sort", ["subject", "town", "provider", "rating", "published"])
def test_a_list_sorts_both_ways_and_what_has_no_value_goes_last(store: FactStore, sort: str) -> None:
    def value(fact: RatingFact) -> object:
        if sort == "rating":
            return CQC.rank(fact.rating) if fact.rating else None
        if sort == "published":
            return fact.published
        return (fact.subject if sort == "subject" else fact.attributes.get(sort, "")).casefold() or None

    for descending in (False, True):
        values = [value(fact) for fact in listed(store, sort=sort, descending=descending, limit=None).facts]
        known = [one for one in values if one is not None]
        assert values[: len(known)] == known
        if sort in ("rating", "published"):  # names and places are compared folded
            assert known == sorted(known, reverse=descending)  # type: ignore[type-var]
    first, last = (listed(store, sort=sort, descending=way).facts[0] for way in (False, True))
    assert value(first) != value(last)


@pytest.mark.parametrize(
    "query",
    [
        q.Query(measure=q.Count(), by=("town",)),
        q.Query(claim=q.Claim(q.ALL, q.Rated(("Good",)))),
        q.Query(against=(q.Is("town", ("Leeds",)),), measure=q.Count()),
        q.Query(prose="meals"),
    ],
    ids=["groups", "claim", "comparison", "passages"],
)
def test_what_lists_no_subjects_has_no_list(store: FactStore, query: q.Query) -> None:
    assert whole_list(query, store, CQC, ListRequest()) is None
