""" "Was anything there good?" is about any key question of the place; "and overall?" about its rating overall."""

from __future__ import annotations

from functools import cache

import pytest
from made_facts import fact, vocabulary_of

from qa.question.query import Rated, Ratings, parts_of
from qa.question.read import read
from qa.question.vocabulary import Vocabulary
from qa.service import Service


# Wilfreda House: inadequate overall, for safe and for well-led, requires improvement for caring.
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Was anything at Wilfreda House good?", "No"),
        ("Was anything at Wilfreda House rated requires improvement?", "Yes"),
        ("Is there anything outstanding about Brackwater House?", "Yes"),
        ("Is anything at Olwen Manor good?", "Yes"),
        ("Did anything at Olwen Manor get good?", "Yes"),
        ("Was there anything good at Quennell Grange?", "Yes"),
        ("Was nothing at Quennell Grange good?", "No"),
        ("Is anything at Kestrane Court inadequate?", "No"),
    ],
)
def test_anything_is_any_key_question(question: str, verdict: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.split(".")[0] == verdict, answer.answer.text
    assert "for at least 1 of" in answer.understood.standalone


@pytest.mark.parametrize(
    "fragment", ["Was anything there good?", "Is anything there good?", "Was there anything good?"]
)
def test_anything_there_is_of_the_place_before(fragment: str, county: Service) -> None:
    *_, asked = county.converse(["What is Olwen Manor rated?", fragment])
    assert asked.answer.answer.text.startswith("Yes."), asked.answer.answer.text
    joined = county.ask("What is Olwen Manor rated, when was that published and was anything there good?")
    assert [part.text.split(".")[0] for part in joined.parts][-1] == "Yes", joined.answer.text


@cache
def hospitals() -> Vocabulary:
    places = {"kind": "Acute hospital - NHS non-specialist", "type": "NHS Healthcare Organisation"}
    rows = []
    for name, of_service in (("Larkmoor Hospital", "Good"), ("Elmside Hospital", "Inadequate")):
        rows.append(fact(name, of_service, "2020-05-01", service="Surgery", **places))
        rows.append(fact(name, "Requires improvement", "2020-05-01", **places))
    return vocabulary_of(*rows)


@pytest.mark.parametrize("fragment", ["And overall?", "What about overall?", "Overall?"])
@pytest.mark.parametrize(
    "question",
    [
        "Which is rated higher for surgery, Larkmoor Hospital or Elmside Hospital?",
        "Is Larkmoor Hospital rated better than Elmside Hospital for surgery?",
        "How is Larkmoor Hospital rated for surgery?",
        "Is Larkmoor Hospital good for surgery?",
    ],
)
def test_and_overall_is_the_rating_overall(question: str, fragment: str) -> None:
    before = read(question, None, hospitals())
    alone = read(fragment, before, hospitals()).queries
    both = read(f"{question} {fragment}", None, hospitals()).queries
    assert len(both) == 2
    for query in (alone[-1], both[-1]):
        assert query.against == before.queries[0].against
        if query.claim is None:
            assert query.measure == Ratings()
        else:
            assert [one.service for one in parts_of(query.claim.condition) if isinstance(one, Rated)] == [
                "Overall"
            ]
