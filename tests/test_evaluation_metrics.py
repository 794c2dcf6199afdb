"""The metrics against known answers, against trec_eval, and their intervals and p-values."""

import importlib
import json
import math
import platform
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.evaluation import overlap, ranking_scores, report_charts
from qa.evaluation.cases import Case
from qa.evaluation.gates import breaches, read_gates
from qa.evaluation.metrics import METRICS, Metric, estimate_all, scores
from qa.evaluation.received import Response
from qa.evaluation.results import Result, Run, judge, marked
from qa.evaluation.run_comparison import compare
from qa.evaluation.statistics import randomisation_p, wilson


def result(
    status: str = "answered",
    *,
    right: bool = True,
    confidence: float = 0.5,
    answerable: bool = True,
    ms: float = 1.0,
    marks: Mapping[str, float] | None = None,
) -> Result:
    return Result(
        id="1",
        kind="k",
        question="Well?",
        history=(),
        answerable=answerable,
        right=right,
        faults=() if right else ("wrong",),
        status=status,
        refused=status == "not_found",
        confidence=confidence,
        right_as_told=right,
        ms=ms,
        marks={"right": float(right)} | dict(marks or {}),
        gold={},
        told={},
    )


def values(results: Sequence[Result]) -> dict[str, float | None]:
    return {name: estimate.value for name, estimate in estimate_all(results).items()}


BY_QUESTION = [metric.name for metric in METRICS if metric.by_question]
GAINS = [metric.name for metric in METRICS if metric.by_question and metric.higher_is_better]
SAFE = {"wrong_told": 0.0}
REFUSED = result("not_found", right=False, confidence=0.0)
RIGHTLY_REFUSED = result("not_found", answerable=False, confidence=0.0)
WRONG = result(right=False)


# Rankings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gains", "ideal", "expected"),
    [
        ((1,), (1,), (1, 1, 1, 1, 1, 1)),
        ((0, 1), (1,), (0, 1, 1, 1 / 2, 1 / math.log2(3), 1)),
        (
            (0, 0, 0, 1, 0, 1),
            (1, 1, 1),
            (0, 0, 1, 1 / 4, (1 / math.log2(5) + 1 / math.log2(7)) / (1 + 1 / math.log2(3) + 1 / 2), 2 / 3),
        ),
        ((0,) * 10 + (1,), (1,), (0, 0, 0, 1 / 11, 0, 0)),
        ((1, 0, 2), (2, 1), (1, 1, 1, 1, 2 / (2 + 1 / math.log2(3)), 1)),
        ((), (1,), (0, 0, 0, 0, 0, 0)),
        ((0, 0), (), (0, 0, 0, 0, 0, 0)),
    ],
)
def test_rank_metrics_have_their_known_values(
    gains: tuple[float, ...], ideal: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    one = ranking_scores.Relevance(gains, ideal)
    found = [ranking_scores.success(one, depth) for depth in (1, 3, 5)]
    found += [
        ranking_scores.reciprocal_rank(one),
        ranking_scores.ndcg(one, 10),
        ranking_scores.recall(one, 10),
    ]
    assert found == pytest.approx(expected)


@pytest.mark.skipif(
    sys.platform != "darwin" and platform.machine() != "x86_64",
    reason="trec_eval does not come built for this machine",
)
def test_rank_metrics_equal_those_of_trec_eval() -> None:
    ir_measures: Any = importlib.import_module("ir_measures")
    chance = random.Random(7)
    wanted = [
        *(ir_measures.Success @ depth for depth in (1, 3, 5)),
        ir_measures.RR,
        ir_measures.nDCG @ 10,
        ir_measures.R @ 10,
    ]
    for _ in range(200):
        documents = [f"d{number}" for number in range(chance.randint(1, 25))]
        relevant = {
            one: chance.choice([0, 0, 1, 2, 3])
            for one in [*documents, "unseen1", "unseen2"]
            if chance.random() < 0.7
        }
        relevant["anyway"] = 1  # trec_eval leaves out topics without a relevant document
        chance.shuffle(documents)
        told = Response(
            200, {"passages": [{"text": "", "source": {"document": f"{one}.txt"}} for one in documents]}
        )
        found = ranking_scores.relevance(Case(question="q", relevant=relevant), told)
        qrels = [ir_measures.Qrel("q", one, grade) for one, grade in relevant.items()]
        run = [ir_measures.ScoredDoc("q", one, -float(place)) for place, one in enumerate(documents)]
        theirs = ir_measures.calc_aggregate(wanted, qrels, run)
        ours = [ranking_scores.success(found, depth) for depth in (1, 3, 5)]
        ours += [
            ranking_scores.reciprocal_rank(found),
            ranking_scores.ndcg(found, 10),
            ranking_scores.recall(found, 10),
        ]
        assert ours == pytest.approx([theirs[measure] for measure in wanted], abs=1e-6)


def test_a_document_is_ranked_by_its_first_passage_and_found_by_its_identifier() -> None:
    passages: list[dict[str, Any]] = [
        {"text": "", "source": {"document": one}} for one in ("x/a.b.txt", "x/a.b.txt", "c%2F1.txt", "d.md")
    ]
    found = ranking_scores.relevance(
        Case(question="q", relevant={"a.b": 0, "c/1": 2, "x/e.txt": 1, "d.md": 1}),
        Response(200, {"passages": passages}),
    )
    assert (found.gains, found.ideal) == ((0, 2, 1), (2, 1, 1))


def test_only_the_first_passage_that_holds_the_evidence_counts() -> None:
    passages: list[dict[str, Any]] = [
        {"text": text, "source": {}} for text in ("none", "Leaders", "leaders again")
    ]
    found = ranking_scores.relevance(
        Case(question="q", evidence=("leader",)), Response(200, {"passages": passages})
    )
    assert (found.gains, found.ideal) == ((0, 1, 0), (1,))


# The answering sentence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "golds", "exact", "f1"),
    [
        ("The Norman conquest.", ["Norman conquest"], 1, 1),
        ("in the 10th century", ["10th century", "the 10th"], 0, 2 * (2 / 3) * 1 / (2 / 3 + 1)),
        ("a b a", ["a a b c"], 0, 2 * 1 * 0.5 / 1.5),  # articles fall away: "b" against "b c"
        ("Denmark, Iceland", ["Norway"], 0, 0),
        ("", ["Norway"], 0, 0),
        ("", [], 1, 1),
        ("Norway", [], 0, 0),
        ("The.", ["!", "Norway"], 0, 0),
        ("The.", ["!"], 1, 1),
        ("x x y", ["x y y"], 0, 2 / 3),
    ],
)
def test_exact_match_and_f1_are_those_of_squad(told: str, golds: list[str], exact: float, f1: float) -> None:
    assert overlap.exact_match(told, golds) == exact
    assert overlap.f1(told, golds) == pytest.approx(f1)


def test_exact_match_and_f1_are_those_that_the_official_script_gives_to_a_whole_set(shared: Path) -> None:
    folder = shared / "data" / "squad"
    scored = []
    for number, line in enumerate((folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        gold = json.loads(line)
        text = (folder / "corpus" / gold["document"]).read_text(encoding="utf-8")
        start, end = gold["spans"][-1] if gold["spans"] else (number, number + 30)
        answer = text[start:end]
        told = (
            answer,
            f"The {answer.upper()}!",
            answer.rpartition(" ")[0],
            text[max(0, start - 40) : end + 40],
            "",
        )[number % 5]
        golds = [text[one:other] for one, other in gold["spans"]]
        scored.append((overlap.exact_match(told, golds), overlap.f1(told, golds)))
    exact, f1 = (sum(column) for column in zip(*scored, strict=True))
    assert (len(scored), exact) == (3_120, 933)
    assert f1 == pytest.approx(1137.674594728699)  # both sums as SQuAD's evaluate-v2.0.py computes them


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=3))
def test_f1_lies_between_exact_match_and_one(told: str, golds: list[str]) -> None:
    assert overlap.exact_match(told, golds) <= overlap.f1(told, golds) <= 1


# Over a set -------------------------------------------------------------------------------------------------


def test_means_count_a_zero_and_leave_out_what_no_gold_asks_for() -> None:
    found = estimate_all(
        [result(marks={"figures": 1.0}), result(right=False, marks={"figures": 0.0}), result()]
    )
    assert found["right"].value == pytest.approx(2 / 3)
    assert (found["figures"].value, found["figures"].n) == (0.5, 2)
    assert "direct" not in found


@pytest.mark.parametrize(
    ("results", "precision", "recall"),
    [
        (
            [result(), RIGHTLY_REFUSED, RIGHTLY_REFUSED, REFUSED, result(answerable=False, right=False)],
            2 / 3,
            2 / 3,
        ),
        ([REFUSED, RIGHTLY_REFUSED], 1 / 2, 1),  # none answered
        ([RIGHTLY_REFUSED], 1, 1),  # none answered, none answerable
        ([result(answerable=False, right=False)], 0, 0),  # none refused, none answerable
        ([REFUSED], 0, None),  # none answered, all answerable
        ([result()], None, None),
    ],
)
def test_refusals_have_their_known_precision_and_recall(
    results: list[Result], precision: float | None, recall: float | None
) -> None:
    found = values(results)
    assert (
        found.get("refusal_precision") == pytest.approx(precision)
        if precision is not None
        else "refusal_precision" not in found
    )
    assert (
        found.get("refusal_recall") == pytest.approx(recall)
        if recall is not None
        else "refusal_recall" not in found
    )


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result(confidence=0.8), result(confidence=0.7, right=False)], (0.2 + 0.7) / 2),
        ([result(confidence=0.75), result(confidence=0.72, right=False)], abs(0.75 + 0.72 - 1) / 2),
        ([result(confidence=1.0), result(confidence=0.0, right=False)], 0),
        ([result(confidence=0.1), result(confidence=0.1, right=False)], 0.4),
        ([result(confidence=0.9), REFUSED], 0.1),  # a refusal asserts nothing
        ([REFUSED, RIGHTLY_REFUSED], None),  # none answered
    ],
)
def test_calibration_error_has_its_known_value(results: list[Result], expected: float | None) -> None:
    assert values(results).get("ece") == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result(confidence=0.9), result(confidence=0.5, right=False)], (0 + 1 / 2) / 2),
        ([result(confidence=0.5), result(confidence=0.9, right=False)], (1 + 1 / 2) / 2),
        ([result(), result(right=False)], (1 / 2 + 1 / 2) / 2),  # equally sure: the mean of both orders
        ([result(confidence=0.9), REFUSED], (0 + 1 / 2) / 2),
        ([result(confidence=0.9, right=False), RIGHTLY_REFUSED], (1 + 1 / 2) / 2),
        ([REFUSED, REFUSED], 1),  # none answered
        ([RIGHTLY_REFUSED], 0),  # none answerable
    ],
)
def test_the_area_under_the_risk_coverage_curve_has_its_known_value(
    results: list[Result], expected: float
) -> None:
    assert values(results)["aurc"] == pytest.approx(expected)


@given(
    st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=6), st.randoms()
)
def test_the_area_does_not_depend_on_the_order_of_questions(
    answers: list[tuple[float, bool]], chance: random.Random
) -> None:
    results = [result(confidence=confidence, right=right) for confidence, right in answers]
    area = values(results)["aurc"]
    chance.shuffle(results)
    assert values(results)["aurc"] == pytest.approx(area)


def test_latency_is_the_time_that_a_share_of_questions_does_not_exceed() -> None:
    found = values([result(ms=float(ms)) for ms in random.Random(1).sample(range(1, 101), 100)])
    assert [found[name] for name in ("p50_ms", "p95_ms", "p99_ms")] == [50, 95, 99]
    assert values([result(ms=7)])["p99_ms"] == 7


def test_every_metric_is_zero_or_worst_where_nothing_was_answered() -> None:
    down = result(
        "HTTP 503",
        right=False,
        confidence=0.0,
        marks={metric.name: 0.0 for metric in METRICS if metric.by_question},
    )
    found = values([down, down])
    assert {name for name, value in found.items() if value == 0} == {
        metric.name for metric in METRICS if metric.by_question
    }
    assert found["aurc"] == 1
    assert "ece" not in found


EVERY_GOLD = {
    "facts": [{"trust": "Elm", "from": "Good", "to": "Outstanding"}],
    "count": 6,
    "direct": ["six"],
    "points": ["six"],
    "document": "a.md",
    "spans": [[0, 4]],
    "answers": ["Kent"],
}
PERFECT = {
    "status": "answered",
    "answer": {"text": "six", "confidence": 1.0},
    "facts": [{"subject": "Elm", "previous_rating": "Good", "rating": "Outstanding"}],
    "passages": [
        {
            "text": "Kent",
            "answer": {"start": 0, "end": 4},
            "source": {"document": "a.md", "start": 0, "end": 4},
        }
    ],
}
NOTHING = {"status": "not_found", "answer": {"text": "", "confidence": 0.0}, "facts": [], "passages": []}
FOR_FACTS = ("facts_precision", "facts_recall", "facts_exact")
LATENCIES = dict.fromkeys(("p50_ms", "p95_ms", "p99_ms"), 8.0)
SQUAD = ("exact_match", "f1")


@pytest.mark.parametrize(
    ("gold", "body", "expected"),
    [
        (EVERY_GOLD, PERFECT, dict.fromkeys(GAINS, 1.0) | SAFE | {"aurc": 0.0, "ece": 0.0}),
        (EVERY_GOLD, NOTHING, dict.fromkeys(BY_QUESTION, 0.0) | {"refusal_precision": 0.0, "aurc": 1.0}),
        (EVERY_GOLD, None, dict.fromkeys(BY_QUESTION, 0.0) | {"aurc": 1.0}),
        (
            {"answerable": False, "answers": []},
            NOTHING,
            dict.fromkeys(("right", *FOR_FACTS, *SQUAD, "refusal_precision", "refusal_recall"), 1.0)
            | SAFE
            | {"aurc": 0.0},
        ),
        (
            {"answerable": False, "answers": []},
            PERFECT,
            dict.fromkeys(("right", *FOR_FACTS, *SQUAD, "refusal_precision", "refusal_recall"), 0.0)
            | {"facts_recall": 1.0, "wrong_told": 1.0, "aurc": 1.0, "ece": 1.0},
        ),
        (
            {"answerable": False, "answers": []},
            None,
            dict.fromkeys(("right", *FOR_FACTS, *SQUAD, "refusal_precision", "refusal_recall"), 0.0)
            | SAFE
            | {"aurc": 1.0},
        ),
    ],
    ids=[
        "all right",
        "none answered",
        "no replies",
        "none answerable, none answered",
        "none answerable, all answered",
        "none of either",
    ],
)
def test_every_metric_has_its_known_value_at_either_end(
    gold: dict[str, Any], body: dict[str, Any] | None, expected: dict[str, float]
) -> None:
    one = Case.model_validate({"question": "Well?", "kind": "k", **gold})
    told = Response(200, body) if body else Response(503, {})
    assert values([judge(one, told, 8.0)] * 3) == pytest.approx(expected | LATENCIES)


# Wrong and told as sure -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "right", "confidence", "told_from", "is_told"),
    [
        ("answered", False, 0.8, 0.8, True),
        ("answered", False, 0.79, 0.8, False),
        ("answered", False, 0.79, 0.7, True),
        ("answered", True, 0.99, 0.8, False),
        ("not_found", False, 0.99, 0.8, False),  # a refusal tells nothing
        ("ambiguous", False, 0.99, 0.8, False),  # nor does a question back
        ("HTTP 503", False, 0.0, 0.0, False),
    ],
)
def test_wrong_told_is_an_answer_that_is_wrong_and_sure(
    status: str, right: bool, confidence: float, told_from: float, is_told: bool
) -> None:
    one = marked(result(status, right=right, confidence=confidence), told_from)
    assert one.marks["wrong_told"] == float(is_told)
    assert values([one, marked(result(), told_from)])["wrong_told"] == is_told / 2


def as_run(*confidences: float, told_from: float = 0.8) -> Run:
    """A run of wrong answers."""
    wrong = [
        replace(marked(result(right=False, confidence=sure), told_from), id=str(number))
        for number, sure in enumerate(confidences)
    ]
    return Run(("q",), "here", "", "", 0.0, tuple(wrong), estimate_all(wrong), {}, told_from)


def test_fewer_wrong_answers_told_are_better_and_both_runs_are_held_to_the_bound_of_this_one() -> None:
    compared = compare(as_run(0.9, 0.85, 0.3, told_from=0.95), as_run(0.9, 0.4, 0.3))
    (told,) = (one for one in compared.differences if one.metric.name == "wrong_told")
    assert (told.before, told.after) == pytest.approx((2 / 3, 1 / 3))
    assert (told.better, told.worse) == (1, 0)
    assert [shift.now.id for shift in compared.better] == ["1"]
    assert not compared.worse


def test_a_gate_on_wrong_told_is_the_most_that_is_allowed() -> None:
    run = as_run(0.9, 0.1)
    assert list(breaches(read_gates(["wrong_told=0.02"]), run.whole)) == ["wrong_told 0.5 is above 0.02"]
    assert not list(breaches(read_gates(["wrong_told=0.5"]), run.whole))


# Intervals and significance ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "trials", "low", "high"),
    [
        (1, 1, 0.2065, 1),
        (0, 1, 0, 0.7935),
        (0, 10, 0, 0.2775),
        (0.5, 10, 0.2366, 0.7634),
        (0.01, 300, 0.0034, 0.0289),
        (0, 0, 0, 1),
    ],
)
def test_a_share_has_the_interval_of_wilson(share: float, trials: int, low: float, high: float) -> None:
    assert wilson(share, trials) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_an_interval_of_a_share_holds_it_within_0_and_1_and_is_never_empty(counts: tuple[int, int]) -> None:
    low, high = wilson(counts[0] / counts[1], counts[1])
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1
    assert low < high


def test_of_one_question_every_mean_has_a_wide_interval() -> None:
    found = estimate_all([result(marks={"rr": 0.5, "figures": 1.0})])
    for name in ("right", "rr", "figures"):
        low, high = found[name].low, found[name].high
        assert low is not None
        assert high is not None
        assert high - low > 0.7


def test_an_interval_holds_its_value_narrows_with_more_questions_and_repeats() -> None:
    few, many = ([result(), WRONG] * size for size in (10, 1_000))
    small, large = estimate_all(few)["right"], estimate_all(many)["right"]
    assert small.low is not None
    assert small.high is not None
    assert large.low is not None
    assert large.high is not None
    assert small.low < large.low < 0.5 < large.high < small.high
    assert (large.low, large.high) == pytest.approx(
        (0.5 - 1.96 * 0.5 / 2_000**0.5, 0.5 + 1.96 * 0.5 / 2_000**0.5), abs=0.004
    )
    assert estimate_all(few) == estimate_all(few)


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        ([1, 0, 1], [1, 0, 1], 1),
        ([0], [1], 1),
        ([0] * 5, [1] * 5, 2 / 2**5),
        ([0, 0, 0, 1], [1, 1, 1, 0], 10 / 16),
        ([0.5, 0.2], [0.7, 0.1], 1),
        ([], [], 1),
    ],
)
def test_few_differences_have_their_exact_p_value(before: list[float], after: list[float], p: float) -> None:
    assert randomisation_p(
        np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    ) == pytest.approx(p)


def test_many_differences_are_significant_when_they_point_one_way_and_not_when_they_balance() -> None:
    zeros, ones = np.zeros(40), np.ones(40)
    assert randomisation_p(zeros, ones) == pytest.approx(1 / 10_001)
    assert randomisation_p(np.r_[zeros, ones], np.r_[ones, zeros]) > 0.9
    assert randomisation_p(np.zeros(30), np.r_[np.ones(21), -np.ones(9)]) == pytest.approx(
        0.0428, abs=0.01
    )  # the sign test's


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=20))
def test_a_p_value_is_a_probability_and_the_same_in_both_directions(pairs: list[tuple[float, float]]) -> None:
    before, after = (np.array([pair[side] for pair in pairs], dtype=np.float64) for side in (0, 1))
    assert 0 < randomisation_p(before, after) <= 1
    assert randomisation_p(before, after) == pytest.approx(randomisation_p(after, before), abs=0.02)


# Gates ------------------------------------------------------------------------------------------------------


def test_a_gate_fails_below_its_bound_above_it_where_lower_is_better_and_where_nothing_can_be_measured() -> (
    None
):
    estimates = estimate_all([result(ms=5), WRONG])
    gates = read_gates(["right=0.8", "right=0.5", "p95_ms=2", "p95_ms = 5", "figures=0"])
    assert list(breaches(gates, estimates)) == [
        "right 0.5 is below 0.8",
        "p95_ms 5 is above 2",
        "figures can't be measured on this question set",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rihgt=1", "Did you mean right"),
        ("x=1", "refusal_recall"),
        ("right", "METRIC=X"),
        ("right=high", "METRIC=X"),
        ("right=nan", "METRIC=X"),
        ("right=90", "from 0 to 1"),
        ("ece=-0.1", "from 0 to 1"),
        ("", "knows no metric"),
    ],
)
def test_a_gate_that_can_not_be_read_is_refused_with_help(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_gates([text])


# What the charts draw ---------------------------------------------------------------------------------------


def test_the_charts_draw_the_numbers_of_the_metrics() -> None:
    results = [
        result(confidence=0.85),
        result(confidence=0.85, right=False, ms=100),
        result(confidence=0.3),
        REFUSED,
    ]
    (low, high) = report_charts.calibration(results)
    assert (low.low, low.high, low.n, low.confidence, low.right) == pytest.approx((0.2, 0.3, 1, 0.3, 1))
    assert (high.low, high.high, high.n, high.confidence, high.right) == pytest.approx(
        (0.8, 0.9, 2, 0.85, 0.5)
    )
    assert report_charts.risk_curve(results) == [
        report_charts.RiskPoint(0.85, 0.5, 0.5),
        report_charts.RiskPoint(0.3, 0.75, 1 / 3),
    ]
    assert report_charts.risk_curve([REFUSED]) == []
    assert [column.n for column in report_charts.latencies(results)] == [3, *[0] * 10, 1]


def test_a_curve_is_thinned_to_its_ends_and_evenly_between() -> None:
    assert report_charts.thinned(list(range(101)), 5) == [0, 25, 50, 75, 100]
    assert report_charts.thinned([1, 2], 5) == [1, 2]


def test_scores_leave_out_questions_that_a_metric_does_not_ask() -> None:
    found: Any = scores([result(marks={"rr": 0.5}), result()], "rr")
    assert found[0] == 0.5
    assert math.isnan(found[1])


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: str(metric.name))
def test_every_metric_is_documented(metric: Metric) -> None:
    docs = Path(__file__).resolve().parents[1] / "docs" / "evaluation.md"
    assert f"`{metric.name}`" in docs.read_text(encoding="utf-8")
