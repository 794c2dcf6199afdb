"""Which place somebody has in an order is not told yet by itself: it is asked back, never left out in silence."""

from pathlib import Path

import pytest
from made_corpus import row, serve

from qa.service import Service

QUESTIONS = (
    "what is the rank of {} among the councils by share of outstanding homes?",
    "what's the rank of {} by number of homes?",
    "where does {} come?",
    "where does {} rank by share of good homes?",
    "how does {} rank among councils for good homes?",
    "where does {} come in the order of councils?",
)


@pytest.mark.parametrize("council", ["Overmoor", "Harlow Dale"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_place_in_an_order_is_not_dropped(question: str, council: str, county: Service) -> None:
    answer = county.ask(question.format(council))
    assert answer.status == "not_found"
    assert any(word in answer.answer.text for word in ("“rank", "“come", "“order"))


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
