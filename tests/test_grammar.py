"""The grammar's rules, each tried on its own examples; and what a grammar that can't be read is
refused with.
"""

from __future__ import annotations

from functools import cache

import pytest
from made_facts import fact, vocabulary_of

from qa.errors import UsageError
from qa.question.grammar import Rule, make, shipped
from qa.question.own_rows import unused
from qa.question.parts import Sense
from qa.question.vocabulary import Vocabulary
from qa.records import RatingFact

HOSPITAL, GP, HOSPICE, DENTIST = (
    "Acute hospital - NHS non-specialist",
    "GP Practices",
    "Hospice services",
    "Dentists",
)
RULES = shipped().rules
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@cache
def directory() -> Vocabulary:
    """Places of every kind that the examples speak of."""
    kinds = {
        "Residential social care": "House",
        HOSPITAL: "Hospital",
        GP: "Surgery",
        HOSPICE: "Hospice",
        DENTIST: "Dental Practice",
    }
    towns = {
        "Leeds": "Yorkshire and The Humber",
        "York": "Yorkshire and The Humber",
        "Fennbridge": "East of England",
        "London": "London",
    }
    ratings = (
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
        "Not applicable",
        "Insufficient evidence to rate",
    )
    facts: list[RatingFact] = []
    for number, (kind, ending) in enumerate(kinds.items()):
        for place, (town, region) in enumerate(towns.items()):
            tree = ("Elm", "Yew", "Fir", "Hazel")[place]
            told = {
                "identifier": f"{number}{place}",
                "kind": kind,
                "care_home": "N" if number else "Y",
                "town": town,
                "region": region,
            }
            told |= {
                "local_authority": town,
                "postcode": f"PL{place + 1} 1AA",
                "provider": ("Alder Care", "Beech Care")[place % 2],
            }
            rating, day = ratings[(number + place) % 6], f"20{17 + place}-03-02"
            aspects = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
            facts += [fact(f"{tree} {ending}", rating, day, aspect=aspect, **told) for aspect in aspects]
    return vocabulary_of(*facts)


@cache
def trusts() -> Vocabulary:
    """Trusts, with what each was rated before."""
    names = (
        "Oxleas NHS Foundation Trust",
        "Sheffield Health and Social Care NHS Foundation Trust",
        "Calderstones Partnership NHS Trust",
    )
    ratings = (("Good", "Requires improvement"), ("Good", "Requires improvement"), ("Outstanding", "Good"))
    return vocabulary_of(
        *[fact(name, now, previous=before) for name, (now, before) in zip(names, ratings, strict=True)]
    )


@cache
def historic() -> Vocabulary:
    """A home that was rated more than once, and has closed under another name."""
    told = {
        "identifier": "1",
        "care_home": "Y",
        "closed": "2020-06-01",
        "opened": "2010-01-01",
        "predecessor": "Old Elm",
        "successor": "New Elm",
    }
    return vocabulary_of(
        fact("Elm House", "Good", "2017-03-02", **told), fact("Elm House", "Inadequate", "2019-03-02", **told)
    )


def vocabulary_for(rule: Rule, example: str) -> Vocabulary:
    if rule.part in ("past", "closing") or rule.value in ("predecessor", "successor"):
        return historic()
    return (
        trusts()
        if any(word in example for word in ("trust", "Oxleas", "Sheffield", "Calderstones"))
        else directory()
    )


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.part} {rule.value} {example}" for rule, example in EXAMPLES]
)
def test_the_example_of_a_rule_is_read_with_its_part_used(rule: Rule, example: str) -> None:
    assert unused(rule, example, vocabulary_for(rule, example)) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.part} {rule.value}")
def test_the_phrases_of_a_rule_are_sorted_and_told_once(rule: Rule) -> None:
    assert list(rule.says) == sorted(set(rule.says))


def test_no_two_rules_are_of_the_same_part_and_value() -> None:
    told = [(rule.part, rule.value) for rule in RULES]
    assert sorted(told) == sorted(set(told))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"part": "rating", "value": "Good", "says": ["good"]}, "example"),
        ({"part": "rating", "value": "Good", "example": "Is it good?"}, "says"),
        ({"says": ["good"], "example": "Is it good?"}, "part"),
        ({"part": "verb", "says": ["runs"], "example": "Who runs it?"}, "there is no part 'verb'"),
    ],
)
def test_a_rule_that_can_not_be_understood_is_refused(row: dict[str, object], fault: str) -> None:
    with pytest.raises(UsageError, match="A grammar can't be understood") as refused:
        make({"rule": [row]})
    assert fault in str(refused.value)


def test_a_row_more_is_all_that_a_new_phrase_needs() -> None:
    grammar = make(
        {
            "rule": [
                {
                    "part": "rating",
                    "value": "Good",
                    "says": ["(right)? tidy"],
                    "example": "Which homes are tidy?",
                }
            ]
        }
    )
    assert grammar.phrases["tidy"] == (Sense("rating", "Good"),)
    assert grammar.phrases["outstanding"] == shipped().phrases["outstanding"]


def test_what_a_corpus_says_goes_before_what_comes_with_askwell() -> None:
    grammar = make(
        {
            "rule": [
                {
                    "part": "rating",
                    "value": "Inadequate",
                    "says": ["outstanding"],
                    "example": "Which are outstanding?",
                }
            ]
        }
    )
    assert grammar.phrases["outstanding"] == (Sense("rating", "Inadequate"), Sense("rating", "Outstanding"))
