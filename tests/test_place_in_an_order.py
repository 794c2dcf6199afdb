"""Which place somebody has in an order is not told yet by itself: it is asked back, never left out in silence."""

import pytest

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
