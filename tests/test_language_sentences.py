"""Sentences."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.sentences import WINDOW, _punkt, _surely_ends, sentences

PROSE = st.text(st.sampled_from("abcTNo. .. ?! \n\n-“”\"'()[]1,5:;é—…"), max_size=120) | st.text(max_size=60)
SIMPLE = [
    "The trust improved.",
    "Who led it?",
    "Dr A. B. Carter did!",
    "“Staff speak up,” she said.",
    "It cost £1.5m (see p. 4).",
]


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Lin and Prof. The Lord Ash came at 5 p.m. on Friday.", "They left."],
        ["It opened at 9 a.m.", "The queue was long."],
        ["We visited St. Anne's, i.e. The Annexe, vs. The Lodge.", "It was calm."],
        ["It is in the U.S. and the U.K. market.", "See No. 5, p. 12, and fig. 3.", "No.", "We do not."],
        ["Was it good?", "No.", "Yes!", "It was...", "The rest is known."],
        ["J. F. Abara led it.", "So did Amy B. Okoro.", "Ward C.", "The rest closed."],
        ["It cost £2.5 million.", "10% was lost in 2015.", "2 wards closed."],
        ["“We listen.”", "“We act!” she said.", "He agreed (in part).", "(We did not.)", "[See the note.]"],
        ["“We listen.", "We act.”", "All agreed."],
        ["The note (see p. 4. It is long.) says so.", "It ends."],
        ["Smith et al. (2010) found it.", "Staff, wards, etc. were seen."],
        ["The report,\nwrapped over\nlines, ends here.", "So\ndoes this."],
    ],
)
def test_sentences_end_where_readers_end_them(parts: list[str]) -> None:
    whole = " ".join(parts)
    assert [whole[span.start : span.end] for span in sentences(whole)] == parts


@pytest.mark.parametrize(
    ("given_text", "parts"),
    [
        ("A title\n\nThe first", ["A title", "The first"]),
        ("They:\n- listen\n- act.\n* lead", ["They:", "- listen", "- act.", "* lead"]),
        (
            "1. Staff\n2. Leaders. All of them\n(a) and more",
            ["1. Staff", "2. Leaders.", "All of them", "(a) and more"],
        ),
        ("  \n ", []),
        ("", []),
    ],
)
def test_blank_lines_and_list_items_end_a_sentence(given_text: str, parts: list[str]) -> None:
    assert [given_text[span.start : span.end] for span in sentences(given_text)] == parts


@settings(deadline=None)
@given(PROSE)
def test_sentences_are_ordered_stripped_and_hold_all_but_white_space(given_text: str) -> None:
    spans = sentences(given_text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    slices = [given_text[span.start : span.end] for span in spans]
    assert all(part and part == part.strip() for part in slices)
    assert "".join("".join(slices).split()) == "".join(given_text.split())


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=6))
def test_sentences_do_not_depend_on_their_neighbours(parts: list[str]) -> None:
    whole = " ".join(parts)
    assert [whole[span.start : span.end] for span in sentences(whole)] == parts


def test_a_text_longer_than_what_punkt_is_fed_is_cut_in_the_same_places() -> None:
    parts = SIMPLE * (3 * WINDOW // sum(map(len, SIMPLE)))
    whole = " ".join(parts)
    assert [whole[span.start : span.end] for span in sentences(whole)] == parts


def test_a_huge_text_without_sentence_ends_is_no_trouble() -> None:
    whole = "word " * 100_000
    assert (
        "".join(whole[span.start : span.end] for span in sentences(whole)).replace(" ", "")
        == "word" * 100_000
    )


MARKED = st.sampled_from(
    ["ward", "Dr", "no", "e.g", "p", "J", "etc", "12", "3rd", "(in", "“We", "The", "x-ray", "\n"]
)
ENDED = st.builds(
    "".join, st.tuples(MARKED, st.sampled_from([".", "?", "!", "...", ".)", '."', "?!", "", ","]))
)


@settings(deadline=None, max_examples=300)
@given(st.lists(ENDED, max_size=30))
def test_punkt_agrees_where_a_sentence_surely_ends(words: list[str]) -> None:
    punkt = _punkt()
    decide = type(punkt).text_contains_sentbreak
    for _, around in punkt._match_potential_end_contexts(" ".join(words)):
        assert not _surely_ends(around) or decide(punkt, around)
