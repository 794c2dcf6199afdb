"""A word that was read as another: one press asks the question again, with the word taken as it was typed."""

import pytest

from qa.service import Service
from qa.web.pages.corrections import corrections, kept_as_typed


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.mark.parametrize(
    ("question", "typed", "undo"),
    [
        ("What is Oxlees rated?", "Oxlees", 'What is "Oxlees" rated?'),
        ("Which trusts are outstandng?", "outstandng", 'Which trusts are "outstandng"?'),
        ("Why did ledership improve?", "ledership", 'Why did "ledership" improve?'),  # by the passages
        ("Is Oxlees good? I mean OXLEES.", "Oxlees", 'Is "Oxlees" good? I mean "OXLEES".'),
        ('What is "the Oxlees trust" rated?', "Oxlees", 'What is "the "Oxlees" trust" rated?'),
    ],
)
def test_a_correction_is_undone_by_a_question_that_is_read_without_it(
    question: str, typed: str, undo: str, service: Service
) -> None:
    (correction,) = corrections(service.ask(question))
    assert (correction.typed, correction.undo) == (typed, undo)
    again = service.ask(undo)
    assert corrections(again) == ()
    assert typed in again.understood.unknown
    assert typed in kept_as_typed(undo)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What is oxlees rated?", "Oxleas"),
        ("Was Shefield Health and Social Care good?", "Sheffield"),
        ("Why did ledership improve?", "leadership"),  # no name
    ],
)
def test_the_word_of_a_name_is_shown_as_the_table_writes_it(
    question: str, meant: str, service: Service
) -> None:
    assert [one.meant for one in corrections(service.ask(question))] == [meant]


def test_one_of_two_corrections_is_undone_by_itself(service: Service) -> None:
    first, second = corrections(service.ask("Are Oxlees or Shefield outstandng?"))[:2]
    assert [one.typed for one in corrections(service.ask(first.undo))] != [first.typed]
    assert first.typed not in [one.typed for one in corrections(service.ask(first.undo))]
    assert second.typed in [one.typed for one in corrections(service.ask(first.undo))]


def test_nothing_is_undone_where_nothing_was_corrected(service: Service) -> None:
    assert corrections(service.ask("What is Oxleas rated?")) == ()
    assert kept_as_typed("What is Oxleas rated?") == ()
