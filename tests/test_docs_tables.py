"""The tables of other publishers that the documents show are read as they stand there, and answered from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.errors import CorpusError
from qa.service import Service
from qa.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "corpus.md"
EXAMPLE = re.compile(r"^### ([^\n]+)\n(.*?)```csv\n(.*?)```\n(?:.*?)```toml\n(.*?)```", re.S | re.M)
_SECTION = "## Examples: other publishers' tables"
EXAMPLES = {
    found[1].partition(":")[0]: (found[3], found[4])
    for found in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8").partition(_SECTION)[2])
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Service]:
    opened = {}
    for name, (table, description) in EXAMPLES.items():
        folder = tmp_path_factory.mktemp("example")
        (folder / "table.csv").write_text(table, encoding="utf-8")
        (folder / "table.csv.toml").write_text(description, encoding="utf-8")
        opened[name] = Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))
    return opened


def test_every_publisher_named_has_its_example() -> None:
    assert list(EXAMPLES) == [
        "Ofsted",
        "HM Inspectorate of Probation",
        "Food Standards Agency",
        "Care Inspectorate",
        "Report cards",
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_without_an_error(name: str, services: dict[str, Service]) -> None:
    assert services[name].report.errors == []
    assert not [
        problem
        for problem in services[name].report.problems
        if "scale" in problem.message or "be read as" in problem.message
    ]


@pytest.mark.parametrize(
    ("name", "question", "text"),
    [
        ("Ofsted", "What is Larch House rated?", "Larch House was rated Requires improvement"),
        (
            "Ofsted",
            "What is Maple House rated for leadership?",
            "Maple House was rated Outstanding for Leadership and management",
        ),
        ("Ofsted", "How many children's homes are good?", "1 "),
        ("Ofsted", "Is Maple House better than Larch House?", "Yes. Maple House is rated higher."),
        ("Ofsted", "Which homes are good for safeguarding?", "2 "),
        (
            "HM Inspectorate of Probation",
            "What is Wexcombe rated?",
            "Wexcombe was rated Good (published 28 January 2025)",
        ),
        (
            "HM Inspectorate of Probation",
            "What is Wexcombe rated for planning?",
            "Wexcombe was rated Outstanding for Planning",
        ),
        (
            "HM Inspectorate of Probation",
            "Which services are inadequate for staff?",
            "1 place was rated Inadequate for Staff: Marsham",
        ),
        (
            "HM Inspectorate of Probation",
            "When was Marsham rated?",
            "The rating of Marsham, Inadequate, was published on 14 January 2025",
        ),
        (
            "Food Standards Agency",
            "What is The Quay Cafe rated?",
            "The Quay Cafe was rated 5 (published 1 March 2024)",
        ),
        (
            "Food Standards Agency",
            "Which places in Hull are rated 3 or below?",
            "1 place in Hull (council area) was rated 3, 2, 1 or 0",
        ),
        (
            "Food Standards Agency",
            "How many places are awaiting inspection?",
            "1 place had the published result “AwaitingInspection”",
        ),
        (
            "Food Standards Agency",
            "Is Corner Plaice better than The Quay Cafe?",
            "No. The Quay Cafe is rated higher.",
        ),
        (
            "Care Inspectorate",
            "What is Rowan Lodge rated?",
            "Rowan Lodge: Wellbeing Weak, Care and support planning Weak, Setting Adequate",
        ),
        (
            "Care Inspectorate",
            "What grade has Rowan Lodge for leadership?",
            "Rowan Lodge was rated Unsatisfactory for Leadership",
        ),
        (
            "Care Inspectorate",
            "Which services got a 5 for setting?",
            "1 place was rated Very good for Setting: Willow Nursery",
        ),
        (
            "Care Inspectorate",
            "Is Willow Nursery better than Rowan Lodge for staff?",
            "Yes. Willow Nursery is rated higher.",
        ),
        (
            "Report cards",
            "What is Fernhill School rated?",
            "Fernhill School: Safeguarding Met, Inclusion Strong standard",
        ),
        (
            "Report cards",
            "Which schools did not meet safeguarding?",
            "1 school was rated Not met for Safeguarding: Lowfield School",
        ),
    ],
)
def test_an_example_is_answered_from(
    name: str, question: str, text: str, services: dict[str, Service]
) -> None:
    answer = services[name].ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize("name", ["Food Standards Agency", "Care Inspectorate", "Report cards"])
def test_an_example_needs_its_description(name: str, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(EXAMPLES[name][0], encoding="utf-8")
    with pytest.raises(CorpusError):
        Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
