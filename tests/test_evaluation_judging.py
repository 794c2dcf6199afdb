"""Whether an answer is fully right: each part of the gold, and the same verdicts as the score script beside
the repository.
"""

import copy
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from qa.evaluation.cases import Case, with_defaults
from qa.evaluation.formats import read_sets
from qa.evaluation.judging import faults
from qa.evaluation.marks import is_right_as_told, marks
from qa.evaluation.received import Response

ELM = {
    "subject": "Elm NHS Trust",
    "aspect": "Overall",
    "rating": "Good",
    "previous_rating": "Inadequate",
    "published": "2024-03-05",
    "note": None,
}
OAK = {
    "subject": "Oak Lodge",
    "aspect": "Safe",
    "rating": "Outstanding",
    "previous_rating": None,
    "published": None,
    "note": "Now run by Elm.",
}


def answered(text: str = "", **fields: Any) -> Response:
    body = {
        "status": "answered",
        "answer": {"text": text, "confidence": 0.9},
        "facts": [],
        "figures": [],
        "passages": [],
        **fields,
    }
    return Response(200, {"facts_total": len(body["facts"]), **body})


def passage(
    text: str, start: int = 0, document: str = "a.md", mark: tuple[int, int] | None = None
) -> dict[str, Any]:
    source = {"document": document, "start": start, "end": start + len(text)}
    return {"text": text, "answer": mark and {"start": mark[0], "end": mark[1]}, "source": source}


def case(**gold: Any) -> Case:
    return with_defaults(
        Case.model_validate_json(json.dumps({"question": "Well?", **gold}), strict=True), "1"
    )


def facts(precision: float, recall: float, exact: float) -> dict[str, float]:
    return {"facts_precision": precision, "facts_recall": recall, "facts_exact": exact}


ELM_GOLD = {"trust": "elm  nhs trust", "from": "inadequate", "to": "Good"}


@pytest.mark.parametrize(
    ("gold", "told", "wrong"),
    [
        ({"facts": [ELM_GOLD]}, answered(facts=[ELM]), []),
        ({"facts": [ELM_GOLD]}, answered(facts=[ELM, OAK]), ["facts differ"]),
        ({"facts": [ELM_GOLD]}, answered(), ["facts differ"]),
        ({"kind": "rating_negative"}, answered(facts=[ELM]), ["gave facts where none belong"]),
        ({"direct": [r"\bgood\b", "elm"]}, answered("Elm is GOOD."), []),
        ({"points": ["oak", "elm", "ash"], "at_least": 2}, answered("Elm and OAK."), []),
        ({"points": ["oak", "elm", "ash"]}, answered("Elm and oak."), ["has 2 of 3 points, 3 wanted"]),
        ({"direct": [r"\bgood\b"]}, answered("Goodness."), [r"answer text lacks /\bgood\b/"]),
        (
            {"evidence": ["lead", "staff"]},
            answered(passages=[passage("Leaders"), passage("Leaders and staff")]),
            [],
        ),
        (
            {"evidence": ["lead", "staff"]},
            answered(passages=[passage("Leaders"), passage("staff")]),
            ["evidence not in the first 3 passages"],
        ),
        (
            {"evidence": ["z"]},
            answered(passages=[passage(t) for t in "abcz"]),
            ["evidence not in the first 3 passages"],
        ),
        ({"evidence": ["run by elm"]}, answered(facts=[OAK]), []),
        ({"count": 6}, answered("Six of them."), []),
        ({"count": 0}, answered("None did."), []),
        ({"count": 1408}, answered("There are 1,408."), []),
        ({"value": 77.9}, answered(figures=[{"label": "x", "value": 77.86, "unit": "percent"}]), []),
        ({"value": 6, "count": 5}, answered("6"), ["figure 5 not in the answer"]),
        ({"value": 6}, answered("6.04"), ["figure 6 not in the answer"]),
        ({"names": ["Oak Lodge", "Elm NHS Trust"]}, answered("Oak lodge", facts=[ELM]), []),
        (
            {"names": ["Oak Lodge"]},
            answered("Oak", figures=[{"label": "Lodge", "value": 1, "unit": "count"}]),
            ["missing Oak Lodge"],
        ),
        ({"total": 2}, answered(facts=[ELM, OAK]), []),
        ({"total": 60}, answered(facts=[ELM], facts_total=61), ["total 61 is not 60"]),
        (
            {"names": ["Oak Lodge"], "rating": "outstanding", "domain": "Safe"},
            answered("Oak Lodge: Outstanding", facts=[OAK]),
            [],
        ),
        (
            {"names": ["Oak Lodge"], "rating": "Outstanding"},
            answered("Outstanding", facts=[OAK]),
            ["no fact gives Oak Lodge Overall Outstanding"],
        ),
        (
            {"names": ["Elm NHS Trust"], "rating": "Good"},
            answered("It is.", facts=[ELM]),
            ["answer text lacks Good"],
        ),
        ({"values": {"Elm NHS Trust": "Good", "A": 5}}, answered("five", facts=[ELM]), []),
        (
            {"values": {"Elm NHS Trust": "Inadequate", "A": 5}},
            answered("four", facts=[ELM]),
            ["no fact gives Elm NHS Trust Inadequate", "figure 5 (A) not in the answer"],
        ),
        ({"names": ["Elm", "Oak"], "winner": ["Oak"]}, answered("Oak is ahead of Elm."), []),
        (
            {"names": ["Elm", "Oak"], "winner": ["Oak"]},
            answered("Oak is ahead.", figures=[{"label": "Elm", "value": 1}]),
            ["Oak not named first"],
        ),
        ({"date": "2024-03-05"}, answered(facts=[ELM]), []),
        ({"date": "2024-03-05"}, answered("On 5 March 2024."), []),
        ({"date": "2024-03-05"}, answered("On 5 April 2024."), ["date 2024-03-05 not in the answer"]),
        ({"kind": "passage_fact", "question": "What of Elm?"}, answered(facts=[ELM]), []),
        ({"kind": "passage_fact"}, answered(facts=[ELM]), ["stray fact about Elm NHS Trust"]),
        (
            {"kind": "paraphrase", "question": "What of the NHS trust?"},
            answered(facts=[ELM]),
            ["stray fact about Elm NHS Trust"],
        ),
        ({"kind": "ambiguous", "names": ["Oak Lodge"], "total": 2}, answered(facts=[OAK], facts_total=2), []),
        ({"kind": "ambiguous", "names": ["Oak Lodge"]}, answered(status="ambiguous"), ["missing Oak Lodge"]),
        ({"kind": "ambiguous"}, answered(), ["did not say that the name is shared"]),
        ({}, answered(status="not_found"), ["status not_found"]),
        ({"answerable": False}, answered(status="not_found"), []),
        ({"answerable": False}, answered(status="small_talk", facts=[ELM]), ["gave facts where none belong"]),
        ({"answerable": False}, answered(), ["answered what has no answer"]),
        ({"document": "a.md", "spans": [[10, 14]]}, answered(passages=[passage("0123456789gold")]), []),
        (
            {"document": "b.md", "spans": [[10, 14]]},
            answered(passages=[passage("0123456789gold")]),
            ["gold passage not in the first 3"],
        ),
        ({"relevant": {"a": 1}}, answered(passages=[passage("x")]), []),
        (
            {"relevant": {"b": 1, "a": 0}},
            answered(passages=[passage("x")]),
            ["gold passage not in the first 3"],
        ),
        ({}, Response(500, {}), ["HTTP 500"]),
        ({}, Response(0, {}), ["no reply"]),
        ({"kind": "hostile", "answerable": False}, Response(422, {}), []),
        ({"kind": "hostile", "answerable": False}, Response(500, {}), ["HTTP 500"]),
    ],
)
def test_every_part_of_the_gold_is_checked(gold: dict[str, Any], told: Response, wrong: list[str]) -> None:
    assert faults(case(**gold), told) == wrong


@pytest.mark.parametrize(
    ("gold", "told", "expected"),
    [
        ({"facts": [ELM_GOLD]}, answered(facts=[ELM, OAK]), facts(0.5, 1, 0)),
        ({"facts": [ELM_GOLD]}, answered(), facts(0, 0, 0)),
        ({"answerable": False}, answered(status="not_found"), facts(1, 1, 1)),
        ({"answerable": False}, Response(500, {}), facts(0, 0, 0)),
        ({"names": ["Elm NHS Trust"], "rating": "Good"}, answered(facts=[ELM]), facts(1, 1, 1)),
        ({"values": {"Elm NHS Trust": "Good", "Oak Lodge": "Good"}}, answered(facts=[ELM, OAK]), facts(0.5, 0.5, 0)),
        ({"names": ["Elm NHS Trust", "Fir"], "total": 2}, answered(facts=[ELM]), facts(1, 0.5, 0)),
        ({"count": 6}, answered("six"), {"figures": 1.0}),
        ({"count": 6}, answered("six", status="not_found"), {"figures": 0.0}),
        ({"count": 6, "values": {"a": 7}}, answered("six"), {"figures": 0.0}),
        ({"direct": ["six"]}, answered("six"), {"direct": 1.0}),
        ({"points": ["six", "two"], "at_least": 1}, answered("six"), {"points": 0.5}),
        ({"direct": ["six"]}, Response(503, {}), {"direct": 0.0}),
        ({}, answered(), {}),
    ],
)  # fmt: skip
def test_marks_hold_what_the_gold_asks_for_and_nothing_else(
    gold: dict[str, Any], told: Response, expected: dict[str, float]
) -> None:
    found = marks(case(**gold), told)
    assert {name: value for name, value in found.items() if name != "right"} == expected


def test_a_marked_sentence_is_compared_with_the_answers() -> None:
    gold = case(document="a.md", spans=[[4, 8]], answers=["Kent"])
    told = answered(passages=[passage("The Kent. Another.", mark=(0, 9))])
    ranked = ("right", "success@1", "success@3", "success@5", "rr", "ndcg@10", "r@10")
    assert marks(gold, told) == dict.fromkeys([*ranked, "sentence", "exact_match", "f1"], 1.0)
    assert is_right_as_told(gold, told)


def test_what_is_told_is_wrong_where_the_marked_sentence_lacks_the_gold() -> None:
    gold = case(document="a.md", spans=[[12, 16]])
    told = answered(passages=[passage("Not it. The Kent.", mark=(0, 7))])
    assert faults(gold, told) == []
    assert not is_right_as_told(gold, told)


def test_half_of_a_gold_that_is_a_whole_passage_is_enough() -> None:
    told = answered(passages=[passage("x" * 50)])
    assert marks(case(document="a.md", spans=[[0, 100]], whole=True), told)["success@1"] == 1
    assert marks(case(document="a.md", spans=[[0, 101]]), told)["success@1"] == 0
    assert marks(case(document="a.md", spans=[[26, 126]], whole=True), told)["success@1"] == 0


# The same verdicts as the script with which the service is judged from outside ------------------------------


@pytest.fixture(scope="module")
def script(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ideal(gold: dict[str, Any]) -> dict[str, Any]:
    """An answer that tells all of the gold, its patterns aside."""
    aspect = gold.get("domain") or "Overall"
    facts = [
        {"subject": f["trust"], "previous_rating": f["from"], "rating": f["to"]}
        for f in gold.get("facts") or []
    ]
    named = {n: gold.get("rating") for n in gold.get("names", []) if gold.get("rating")}
    rated = {n: v for n, v in (gold.get("values") or {}).items() if isinstance(v, str)} or named
    facts += [{"subject": n, "rating": v, "aspect": aspect} for n, v in rated.items()]
    told = [
        gold.get("count", gold.get("value")),
        *[v for v in (gold.get("values") or {}).values() if not isinstance(v, str)],
    ]
    words = [
        *gold.get("winner", []),
        *gold.get("names", []),
        str(gold.get("rating") or ""),
        str(gold.get("date") or ""),
    ]
    return {
        "status": "answered"
        if gold["answerable"] and gold["kind"] != "ambiguous"
        else "ambiguous"
        if gold["answerable"]
        else "not_found",
        "answer": {"text": " ".join([*words, "yes no both good six 12 May 2022 Mersey Care"])},
        "facts": facts,
        "facts_total": gold.get("total", len(facts)),
        "figures": [{"label": "n", "value": v, "unit": "count"} for v in told if v is not None],
        "passages": [
            {
                "text": (
                    "Mersey Care took over Calderstones; systems and processes; staff and leaders; 12 May "
                    "2022"
                ),
                "source": {"document": "a"},
            }
        ],
    }


def spoilt(body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The answer with up to three things changed."""
    body = copy.deepcopy(body)
    stray = {
        "subject": "Oxleas NHS Foundation Trust",
        "rating": "Good",
        "previous_rating": "Requires improvement",
        "note": "Mersey Care, Calderstones",
    }
    changes: list[Callable[[], object]] = [
        lambda: body.update(status=chance.choice(["answered", "ambiguous", "not_found", "small_talk"])),
        lambda: body["facts"].append(stray),
        lambda: body["facts"] and body["facts"].pop(chance.randrange(len(body["facts"]))),
        lambda: (
            body["facts"] and body["facts"][0].update(rating=chance.choice(["Good", "Outstanding", None]))
        ),
        lambda: body["facts"] and body["facts"][0].update(aspect="Safe", published="2020-04-07"),
        lambda: body.update(figures=[]),
        lambda: body["figures"].insert(
            0,
            {
                "label": chance.choice(["Telford and Wrekin", "Shropshire"]),
                "value": chance.choice([0, 7.25, "x"]),
            },
        ),
        lambda: body.update(facts_total=chance.choice([0, 5, 13])),
        lambda: body["answer"].update(
            text=chance.choice(
                [
                    "",
                    "None.",
                    "Good, 7 April 2020",
                    body["answer"]["text"][::-1],
                    body["answer"]["text"].upper(),
                ]
            )
        ),
        lambda: body.update(passages=[]),
        lambda: body.pop("facts_total", None),
    ]
    for change in chance.sample(changes, chance.randint(0, 3)):
        change()
    return body


@pytest.mark.parametrize("name", ["page", "stw2025", "england2021"])
def test_verdicts_equal_those_of_the_score_script(name: str, shared: Path, script: ModuleType) -> None:
    path = shared / "questions" / f"{name}.dev.jsonl"
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chance, verdicts = random.Random(5), []
    for gold, one in zip(golds, read_sets([path])[0].cases, strict=True):
        for status in (200, 200, 422, 500, *[200] * 60):
            body = spoilt(ideal(gold), chance)
            expected = script.faults(gold, status, body)
            assert bool(faults(one, Response(status, body))) == bool(expected), (one.id, body, expected)
            verdicts.append(not expected)
    assert 0.05 < sum(verdicts) / len(verdicts) < 0.95, "both verdicts are tried"
