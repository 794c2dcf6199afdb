"""Answers of several points: which questions want them, what is told, and that each is in its source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.passages import passages_of
from qa.records import Block, Document
from qa.retrieval import Retrieved, Retriever
from qa.retrieval.several import several
from qa.service import Service
from qa.settings import Settings

SECTIONS = {
    "Leaders": ["Strong leaders helped the school to improve.", "They were seen in every class."],
    "Reading": ["Reading improved because each child was heard every day.", "A volunteer came on Fridays."],
    "Parents": ["The support of parents was vital to the improvement of the school.", "They met each month."],
    "Lunch": ["Lunch is served at noon.", "There is fruit on every table."],
    "What needs to be done?": ["Mend the gate.", "Teach more music.", "Visit other schools."],
}


def document(sections: dict[str, list[str]]) -> Document:
    body, blocks = "", list[Block]()
    for heading, sentences in sections.items():
        for kind, told in (("heading", heading), ("paragraph", " ".join(sentences))):
            body += "\n\n" if body else ""
            blocks.append(Block("heading" if kind == "heading" else "paragraph", len(body), len(body) + len(told), int(kind == "heading")))
            body += told
    return Document("school.md", "How Fernhill School improved", body, tuple(blocks))


@pytest.fixture(scope="module")
def school() -> Retriever:
    return Retriever(passages_of(document(SECTIONS)))


def told(found: Retrieved) -> list[str]:
    return [point.text for point in found.points]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Why did these trusts improve?", "reasons"),
        ("What helped them?", "reasons"),
        ("How did they do it?", "ways"),
        ("tl;dr", "summary"),
        ("Sum up the report", "summary"),
        ("What are the key points?", "summary"),
        ("What lessons are there?", "lessons"),
        ("Who was interviewed?", "people"),
        ("Which people did they talk to?", "people"),
        ("What themes did they find?", "list"),
        ("Tell me about governance", "list"),
        ("When was it published?", None),
        ("How many trusts are there?", None),
        ("How often do they meet?", None),
        ("Who is the director?", None),
        ("Is the kitchen clean?", None),
    ],
)
def test_which_questions_want_several_points(asked: str, kind: str | None) -> None:
    found = several(asked)
    assert (found.name if found else None) == kind


def test_a_question_of_quotation_marks_is_read_at_once() -> None:
    begun = time.process_time()
    assert several((" and " + "“" * 400) * 4) is None
    assert several("and “ so ” but, how did they improve?") is not None
    assert time.process_time() - begun < 1


def test_the_points_of_an_answer_are_of_different_sections(school: Retriever) -> None:
    points = told(school.search("Why did the school improve?"))
    assert {SECTIONS[name][0] for name in ("Leaders", "Reading", "Parents")} <= set(points)
    assert not any("Lunch" in point or "fruit" in point for point in points)


def test_a_heading_that_is_the_question_gives_its_whole_section(school: Retriever) -> None:
    assert told(school.search("What needs to be done?")) == SECTIONS["What needs to be done?"]


def test_a_question_for_one_thing_is_told_one(school: Retriever) -> None:
    assert told(school.search("When is lunch served?")) == ["Lunch is served at noon."]


def test_a_summary_tells_one_sentence_a_section(school: Retriever) -> None:
    found = school.search("tl;dr")
    assert found.answered
    sections = [point.passage.headings for point in found.points]
    assert len(sections) == len(set(sections)) > 2
    assert [point.passage.start for point in found.points] == sorted(point.passage.start for point in found.points)


def test_a_point_that_leans_on_the_sentence_before_takes_it_in(school: Retriever) -> None:
    for point in school.search("Why did leaders get seen in every class, and how?").points:
        assert not point.text.startswith("They")


@settings(deadline=None)
@given(
    asked=st.sampled_from(["Why", "How did", "What lessons of", "Describe", "Summarise", "When is"]), of=st.sampled_from([*SECTIONS, ""])
)
def test_a_point_is_a_slice_of_its_passage_and_none_is_told_twice(asked: str, of: str) -> None:
    found = Retriever(passages_of(document(SECTIONS))).search(f"{asked} {of} school improve?")
    for point in found.points:
        assert point.passage.text[point.start : point.end] == point.text
    assert len(set(told(found))) == len(found.points)


# Over the default corpus ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service() -> Service:
    return Service.open(Settings.load({"cache": "none"}, {}))


def test_why_the_trusts_improved_is_told_with_all_its_reasons(service: Service) -> None:
    answer = service.ask("Why did these trusts improve?").answer
    assert "leadership" in answer.points[0].text
    themes = ("leadership", "governance", "culture", "outward", "patients", "rating")
    assert sum(theme in answer.text for theme in themes) >= 5
    assert answer.text.count("\n") == len(answer.points) - 1


def test_every_point_is_where_it_is_said_to_be(service: Service) -> None:
    for asked in ("Why did these trusts improve?", "tl;dr", "What does Dr Lelliott say about leadership?"):
        points = service.ask(asked).answer.points
        assert points
        for point in points:
            passage = service.library.passage(point.passage)
            assert passage
            assert passage.text[point.start : point.end] == point.text


def test_the_headline_of_a_passage_answer_is_the_quote_alone(service: Service) -> None:
    answer = service.ask("Who took over Calderstones?")
    assert answer.passages[0].source.title not in answer.answer.text
    assert "published" not in answer.answer.text
    assert answer.answer.points == ()
