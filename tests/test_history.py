"""Questions about the past of made subjects, with gold by plain code: what was it then, first, last, how
often, ever.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest
from made_history import Asked, Asker, fault, homes, write

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

QUESTIONS = int(os.environ.get("HISTORY_QUESTIONS", "240"))
MOST_WRONG = 0.02
DENIALS = {
    "ever",
    "never",
    "always",
    "since",
    "ever_moved",
    "was_in_year",
    "better_than_now",
}  # where a wrong "no" would be told of rows that say yes


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("history")
    write(folder, homes())
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


def found(asked: Asked, answer: Answer) -> str:
    counts = [float(one.value) for one in answer.figures if one.unit == "count"]
    names = [fact.subject for fact in answer.facts]
    return fault(
        asked,
        answer.answer.text,
        counts[0] if counts else None,
        names,
        int(counts[0]) if counts else len(names),
    )


def test_of_the_past_is_told_what_the_rows_say(service: Service) -> None:
    wrong: dict[str, list[str]] = defaultdict(list)
    for asked in Asker(homes(), seed=11).questions(QUESTIONS):
        answer = service.ask(asked.text)
        if what := found(asked, answer):
            wrong[asked.kind].append(f"{asked.text} {what}: {answer.answer.text}")
    told = [line for lines in wrong.values() for line in lines]
    assert len(told) <= MOST_WRONG * QUESTIONS, "\n".join(["", *told])
    assert not wrong.keys() & DENIALS, "\n".join(["", *told])
