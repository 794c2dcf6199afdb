"""What words mean: which questions ask for that, from the shipped entries and a corpus folder's own."""

from pathlib import Path

import pytest
from test_reading import make_corpus

from qa.errors import CorpusError
from qa.retrieval import Glossary
from qa.scale import CQC
from qa.service import Service
from qa.settings import Settings

OWN = """
title = "Words of schools"
[[terms]]
name = "Off-rolling"
asked = "off rolling, offrolling"
means = "Taking a pupil off the register."
"""
REPORT = "# Visit\n\nThe school was visited in May. Off-rolling was not seen.\n"


@pytest.fixture(scope="module")
def shipped() -> Glossary:
    return Glossary.load({}, ratings=CQC.ratings)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("what does requires improvement mean", "Requires improvement"),
        ("What does it mean to be rated outstanding?", "Outstanding"),
        ("Define inadequate, please", "Inadequate"),
        ("what is CQC", "CQC"),
        ("what's the Care Quality Commission?", "CQC"),
        ("Who are the CQC?", "CQC"),
        ("well led", "Well-led"),
        ("What is well-led?", "Well-led"),
        ("what are special measures?", "Special measures"),
        ("RI meaning?", "Requires improvement"),
        ("What does “safe” stand for?", "Safe"),
    ],
)
def test_a_question_for_the_meaning_of_a_word_is_answered_with_its_definition(
    asked: str, name: str, shipped: Glossary
) -> None:
    found = shipped.search(asked)
    assert found
    assert found.points[0].text.startswith(f"{name}: ")


@pytest.mark.parametrize(
    "asked",
    [
        "What is good leadership?",
        "who is outstanding",
        "Who are good?",
        "and whos inadequate?",
        "Is it safe?",
        "what is it rated for well led",
        "What is the rating for safe?",
        "outstanding",
        "Which trusts require improvement?",
        "What did the CQC say about leadership?",
        "What does Oxleas do well?",
        "Why is leadership good?",
        "",
    ],
)
def test_other_questions_are_not(asked: str, shipped: Glossary) -> None:
    assert shipped.search(asked) is None


def opened(folder: Path) -> Service:
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


def test_a_corpus_may_bring_a_glossary_of_its_own(tmp_path: Path) -> None:
    service = opened(make_corpus(tmp_path, {"report.md": REPORT, "glossary.toml": OWN}))
    answer = service.ask("What is off-rolling?")
    assert (answer.status, answer.answer.text) == (
        "answered",
        "Off-rolling: Taking a pupil off the register.",
    )
    (passage,) = answer.passages
    assert (passage.source.document, passage.source.title, passage.source.kind) == (
        "glossary.toml",
        "Words of schools",
        "digest",
    )
    document = service.library.document("glossary.toml")
    assert document
    assert document.text[passage.source.start : passage.source.end] == passage.text
    assert service.library.passage(passage.id)
    assert [one.path for one in service.library.documents] == ["report.md"]  # it is none of the reports


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[[terms]]\nname = ", "not valid TOML"),
        ('[[words]]\nname = "a"\n', "unknown keys: “words”"),
        ('[[terms]]\nname = "a"\n', "term 1 lacks name or means"),
        ('[[terms]]\nname = 3\nmeans = "b"\n', "term 1 must have text values"),
    ],
)
def test_a_glossary_that_can_not_be_used_is_told(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(CorpusError) as caught:
        opened(make_corpus(tmp_path, {"report.md": REPORT, "glossary.toml": written}))
    assert "glossary.toml" in str(caught.value)
    assert told in str(caught.value)
