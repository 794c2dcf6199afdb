"""What the contract bounds, held where questions of several parts ask for much: facts, and the passages that
parts name.
"""

import pytest
from directory import directory, write

from qa.service import Service
from qa.settings import Settings

REPORT = "# A report\n\nPublished: 2021-01-01\n\nLeadership was praised by all staff.\n\n" + "\n\n".join(
    (
        f"## {topic}\n\nAll staff spoke of {topic.lower()} and of how {topic.lower()} was kept up at "
        "every home that was visited."
    )
    for topic in ("Training", "Medicines", "Culture", "Meals", "Gardens", "Records")
)
MANY = [
    "What does the report say about leadership? Which care homes are rated good? Which GPs are rated good?",
    (
        "Why was leadership praised? Which care homes are good? Which homes are inadequate? How many are "
        "outstanding?"
    ),
    (
        "What did staff say of training? What did staff say of medicines? What did staff say of culture? "
        "What did staff say of meals?"
    ),
    "Which homes are rated good and which GPs are rated good?",
    "Which care homes are rated outstanding? Which care homes are rated good?",
    "What was said of gardens and what was said of records and what was said of meals?",
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    corpus = tmp_path_factory.mktemp("corpus")
    write(corpus, "directory.csv", directory())
    (corpus / "report.md").write_text(REPORT, encoding="utf-8")
    return Service.open(Settings.load({"corpus": corpus, "cache": "none"}, {}))


@pytest.mark.parametrize("top", [1, 2, 5, 50])
@pytest.mark.parametrize("question", MANY)
def test_an_answer_in_parts_has_at_most_fifty_facts_and_names_only_what_is_in_it(
    service: Service, question: str, top: int
) -> None:
    answer = service.ask(question, top=top)
    passages, facts = {passage.id for passage in answer.passages}, {fact.id for fact in answer.facts}
    assert len(answer.facts) <= 50
    assert answer.facts_total >= len(answer.facts)
    assert len(answer.passages) <= top
    assert {one for part in answer.parts for one in part.passages} <= passages
    assert {one for part in answer.parts for one in part.facts} <= facts
    assert all(one.fact in facts and one.passage in passages for one in answer.conflicts)


def test_some_of_these_are_answered_in_parts_with_as_many_facts_as_there_may_be(service: Service) -> None:
    answers = [service.ask(question, top=1) for question in MANY]
    assert any(len(answer.parts) > 2 for answer in answers)
    assert any(len(answer.facts) == 50 < answer.facts_total for answer in answers)
