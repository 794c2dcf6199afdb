"""Retrieval on the default corpus: the right passage first, its best sentence marked, and a plain no where
there is none.
"""

from pathlib import Path

import pytest

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Report
from qa.retrieval import Retriever
from qa.settings import shipped


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    documents = read_corpus(Path(shipped("corpus")), Report()).documents
    return Retriever([passage for document in documents for passage in passages_of(document)])


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Who took over Calderstones?", "Note on Calderstones"),
        ("What is said about governance?", "Leadership and governance"),
        ("Which people were interviewed for the report?", "Interviews"),
        ("What did a poor rating do to the trusts?", "A poor rating as a spur"),
        ("Should staff be able to speak up?", "Culture"),
    ],
)
def test_the_passage_that_answers_comes_first(question: str, section: str, retriever: Retriever) -> None:
    found = retriever.search(question)
    assert found.ranked[0].passage.section == section


def test_the_answering_sentence_and_the_highlights_lie_within_the_passage(retriever: Retriever) -> None:
    for ranked in retriever.search("Who took over Calderstones in July 2016?").ranked:
        text = ranked.passage.text
        assert ranked.answer is not None
        assert text[ranked.answer.start : ranked.answer.end].strip()
        assert all(text[span.start : span.end].strip() for span in ranked.highlights)


def test_the_marked_sentence_holds_the_year_that_is_asked_for(retriever: Retriever) -> None:
    [best, *_] = retriever.search("In which year did Calderstones get its first rating?").ranked
    assert best.answer is not None
    assert "2015" in best.passage.text[best.answer.start : best.answer.end]


def test_other_words_than_the_documents_find_it_and_are_told(retriever: Retriever) -> None:
    found = retriever.search("Did their leaders get any coaching?")
    assert found.expanded
    assert any("mentoring" in ranked.passage.text for ranked in found.ranked[:3])


@pytest.mark.parametrize(
    "question",
    [
        "What does a place at a private school cost?",
        "How many penguins live in Antarctica?",
        "zxqv",
        "Who won the football match on Saturday?",
    ],
)
def test_what_the_documents_do_not_hold_is_not_answered(question: str, retriever: Retriever) -> None:
    assert not retriever.search(question).answered


def test_a_name_that_the_passage_does_not_speak_of_is_not_answered(retriever: Retriever) -> None:
    assert not retriever.search("Who is the chief executive of Oxleas?", required=["Oxleas"]).answered


def test_only_the_documents_asked_for_are_searched(retriever: Retriever) -> None:
    assert retriever.search("Who took over Calderstones?", documents=frozenset({"another.md"})).ranked == ()


def test_no_more_passages_than_asked_for_and_none_twice(retriever: Retriever) -> None:
    ranked = retriever.search("trusts", top=7).ranked
    assert len(ranked) <= 7
    assert len({one.passage.id for one in ranked}) == len(ranked)


@pytest.mark.parametrize(
    "question",
    [
        "Which trust became outstanding?",
        "What did staff say about culture?",
        "What is said about governance?",
        "Xylo",
    ],
)
def test_what_is_only_shown_are_the_same_passages(question: str, retriever: Retriever) -> None:
    whole, shown = retriever.search(question), retriever.search(question, shown_only=True)
    assert (shown.ranked, shown.whole) == (whole.ranked, whole.whole)


def test_an_empty_index_answers_nothing() -> None:
    found = Retriever([]).search("anything at all")
    assert (found.ranked, found.answered) == ((), False)


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Some 47 pupils were absent on the day.", True),
        ("Absent pupils: 47.", True),
        ("On page 4 pupils are called absent.", False),
        ("Year 6 pupils were absent on the day.", False),
        ("In one year 6 pupils were absent.", True),
        ("Under section 47 pupils who are absent are visited.", False),
        ("At stage 3 pupils who are absent are visited.", False),
        ("In rule no. 5 pupils who are absent are named.", False),
    ],
)
def test_the_number_of_a_section_or_a_stage_counts_nothing(
    tmp_path: Path, sentence: str, counts: bool
) -> None:
    (tmp_path / "school.md").write_text(f"# Elm School\n\nThe roof leaks.\n\n{sentence}\n", encoding="utf-8")
    documents = read_corpus(tmp_path, Report()).documents
    retriever = Retriever([passage for document in documents for passage in passages_of(document)])
    found = retriever.search("How many pupils were absent?")
    assert (found.answered, found.points[0].text) == (counts, sentence)
