"""Answers of several points: which questions want them, what is told, and that each is in its source."""

from __future__ import annotations

import time

import pace
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.passages import passages_of
from qa.records import Block, Document
from qa.retrieval import Retrieved, Retriever
from qa.retrieval.several_points import several
from qa.service import Service

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
            blocks.append(
                Block(
                    "heading" if kind == "heading" else "paragraph",
                    len(body),
                    len(body) + len(told),
                    int(kind == "heading"),
                )
            )
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
        ("What part did the parents play?", "part"),
        ("What effect did training have?", "part"),
        ("How important were the nurses?", "part"),
        ("Walk me through the story of Fernhill", "about"),
        ("culture - what did they find there?", "about"),
        ("What lessons are there?", "lessons"),
        ("Who was interviewed?", "people"),
        ("Which people did they talk to?", "people"),
        ("What themes did they find?", "list"),
        ("Tell me about governance", "about"),
        ("What does the report say about Dr Cole?", "about"),
        ("What does outward-looking mean?", "meaning"),
        ("What became of Fernhill over the years?", "list"),
        ("What has it still got to put right?", "needs"),
        ("What does the report recommend?", "needs"),
        ("What are the areas for improvement?", "needs"),
        ("Which thing did they tell the school to fix?", "needs"),
        ("What is wrong with the lessons?", "lessons"),
        ("What was done for the youngest?", "ways"),
        ("What is the school doing about it?", "ways"),
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
    assert pace.keeps(time.process_time() - begun, 1)


def test_the_points_of_an_answer_are_of_different_sections(school: Retriever) -> None:
    points = told(school.search("Why did the school improve?"))
    for name in ("Leaders", "Reading", "Parents"):
        assert any(point.startswith(SECTIONS[name][0]) for point in points)
    assert not any("Lunch" in point or "fruit" in point for point in points)


def test_a_heading_that_is_the_question_gives_its_whole_section(school: Retriever) -> None:
    assert told(school.search("What needs to be done?")) == SECTIONS["What needs to be done?"]


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("What needs to improve", "What has the school still got to put right?"),
        ("Areas for improvement", "What must Fernhill improve?"),
        ("Recommendations", "What does the report say needs to be fixed?"),
        ("Recommendations", "What should it work on next?"),
    ],
)
def test_what_is_not_good_enough_is_told_from_the_section_for_it(heading: str, asked: str) -> None:
    sections = {**SECTIONS, heading: ["The gate is broken.", "Music is rarely taught.", "Books are old."]}
    del sections["What needs to be done?"]
    found = Retriever(passages_of(document(sections))).search(asked)
    assert (found.answered, told(found)) == (True, sections[heading])


def test_what_is_not_good_enough_of_somebody_else_is_in_no_section(school: Retriever) -> None:
    sections = {**SECTIONS, "Recommendations": ["The gate is broken.", "Music is rarely taught."]}
    found = Retriever(passages_of(document(sections))).search("What must Oakfield improve?")
    assert told(found) != sections["Recommendations"]


@pytest.mark.parametrize("taken_back", ["However, they", "But they", "Nevertheless they", "Even so, they"])
def test_a_sentence_is_told_with_the_next_where_that_takes_it_back(taken_back: str) -> None:
    body = ["The gates were painted in the spring.", f"{taken_back} rust again.", "Lunch is at noon."]
    found = Retriever(passages_of(document({"News": body}))).search("When were the gates painted?")
    assert told(found) == [" ".join(body[:2])]


def test_sentences_that_answer_as_well_are_told_wherever_they_stand() -> None:
    sections = {
        "North": ["The north gate was mended in June."],
        "South": ["The south gate was mended in May."],
    }
    found = told(Retriever(passages_of(document(sections))).search("When was the gate mended?"))
    assert sorted(found) == sorted(body for bodies in sections.values() for body in bodies)


def test_no_sentence_of_somebody_else_is_told_beside_the_best() -> None:
    sections = {
        "Gates": ["Oakfield had its gate mended in June."],
        "Others": ["Elmfield had its gate mended in May."],
    }
    found = Retriever(passages_of(document(sections))).search("When did Oakfield have its gate mended?")
    assert told(found) == sections["Gates"]


def test_a_question_for_one_thing_is_told_one(school: Retriever) -> None:
    assert told(school.search("When is lunch served?")) == ["Lunch is served at noon."]


def test_what_is_said_of_a_topic_that_has_a_section_is_that_section(school: Retriever) -> None:
    found = school.search("What does the report say about parents?")
    assert found.answered
    assert told(found)[0] == SECTIONS["Parents"][0]
    assert {point.passage.headings[-1] for point in found.points} == {"Parents"}


def test_a_section_is_summed_up_by_its_own_sentences(school: Retriever) -> None:
    assert {point.passage.headings[-1] for point in school.search("Sum up what needs to be done").points} == {
        "What needs to be done?"
    }


@pytest.mark.parametrize("asked", ["Sum up the swimming", "What does it say about parents and swimming?"])
def test_what_no_heading_speaks_of_has_no_section(asked: str, school: Retriever) -> None:
    assert told(school.search(asked)) != SECTIONS["Parents"]


def test_what_something_means_is_told_with_what_explains_it() -> None:
    body = ["Fernhill is an outward-looking school.", "They work with other schools.", "Lunch is at noon."]
    found = Retriever(passages_of(document({"News": body}))).search("What does outward-looking mean?")
    assert " ".join(told(found)) == " ".join(body[:2])


def test_a_reason_told_outright_comes_first_and_a_title_is_no_sign_of_one() -> None:
    sections = {
        "News": [
            (
                'The school wrote "Driving improvement at the school: key reasons" for all who helped the '
                "school to improve."
            )
        ],
        "Parents": ["Parents helped the school to improve."],
        "Leaders": ["The school improved because its leaders changed."],
    }
    assert (
        told(Retriever(passages_of(document(sections))).search("Why did the school improve?"))[0]
        == sections["Leaders"][0]
    )


def test_a_summary_tells_one_sentence_a_section(school: Retriever) -> None:
    found = school.search("tl;dr")
    assert found.answered
    sections = [point.passage.headings for point in found.points]
    assert len(sections) == len(set(sections)) > 2
    assert [point.passage.start for point in found.points] == sorted(
        point.passage.start for point in found.points
    )


def test_a_point_that_leans_on_the_sentence_before_takes_it_in(school: Retriever) -> None:
    for point in school.search("Why did leaders get seen in every class, and how?").points:
        assert not point.text.startswith("They")


@settings(deadline=None)
@given(
    asked=st.sampled_from(["Why", "How did", "What lessons of", "Describe", "Summarise", "When is"]),
    of=st.sampled_from([*SECTIONS, ""]),
)
def test_a_point_is_a_slice_of_its_passage_and_none_is_told_twice(asked: str, of: str) -> None:
    found = Retriever(passages_of(document(SECTIONS))).search(f"{asked} {of} school improve?")
    for point in found.points:
        assert point.passage.text[point.start : point.end] == point.text
    assert len(set(told(found))) == len(found.points)


# Over the default corpus ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


def test_why_the_trusts_improved_is_told_with_all_its_reasons(service: Service) -> None:
    answer = service.ask("Why did these trusts improve?").answer
    assert "leadership" in answer.points[0].text
    themes = ("leadership", "governance", "culture", "outward", "patients", "rating")
    assert sum(theme in answer.text for theme in themes) >= 5
    assert answer.text.count("\n") == len(answer.points) - 1


def test_every_point_is_where_it_is_said_to_be(service: Service) -> None:
    for asked in ("Why did these trusts improve?", "tl;dr", "What can other trusts learn from this?"):
        points = service.ask(asked).answer.points
        assert points
        for point in points:
            passage = service.library.passage(point.passage)
            assert passage
            assert passage.text[point.start : point.end] == point.text


TOPICS = (
    "culture",
    "speaking up",
    "leadership",
    "governance",
    "patients",
    "staff",
    "safety",
    "other organisations",
    "the themes",
)


@pytest.mark.parametrize("one", TOPICS)
@pytest.mark.parametrize("other", TOPICS)
def test_every_point_stands_in_the_text_whatever_order_they_were_found_in(
    service: Service, one: str, other: str
) -> None:
    answer = service.ask(f"What does the report say about {one} and {other}?").answer
    assert answer.text.strip()
    assert all(" ".join(point.text.split()) in answer.text for point in answer.points)


@pytest.mark.parametrize(
    "asked", ["What was Somerset rated before", "How is Oxleas rated", "How many trusts improved"]
)
@pytest.mark.parametrize("joint", [", and ", " and ", "? And "])
@pytest.mark.parametrize(
    "about", ["why did the trusts improve?", "what does the report say about governance?"]
)
def test_a_question_to_the_table_and_one_to_the_text_are_both_answered(
    service: Service, asked: str, joint: str, about: str
) -> None:
    answer = service.ask(f"{asked}{joint}{about}")
    assert answer.status == "answered"
    assert answer.facts or answer.figures
    assert answer.passages
    assert "do not answer" not in answer.answer.text
    assert "not sure" not in answer.answer.text


def test_the_headline_of_a_passage_answer_is_the_quote_alone(service: Service) -> None:
    answer = service.ask("Who took over Calderstones?")
    assert answer.passages[0].source.title not in answer.answer.text
    assert "published" not in answer.answer.text
    assert answer.answer.points == ()


def test_a_paragraph_that_is_no_sentence_is_not_a_point() -> None:
    text = "Judgement of the leaders of the school\n\nLeaders know the school well. They listen to parents."
    blocks = (Block("paragraph", 0, 38), Block("paragraph", 40, len(text)))
    held = passages_of(Document("school.md", "Fernhill School", text, blocks))
    points = told(Retriever(held).search("Sum up the report"))
    assert points
    assert not any("Judgement" in point for point in points)
