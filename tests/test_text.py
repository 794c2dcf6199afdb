"""Words with their places, terms, and sentences."""

from __future__ import annotations

import itertools
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import text

PROSE = st.text(st.sampled_from("abcTNo. .. ?! \n\n-“”\"'()[]1,5:;é—…"), max_size=120) | st.text(max_size=60)
SIMPLE = ["The trust improved.", "Who led it?", "Dr A. B. Carter did!", "“Staff speak up,” she said.", "It cost £1.5m (see p. 4)."]


# Words and terms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("Harbourside's trusts' plan", ["harbourside", "trusts", "plan"]),
        ("It’s the NHS\u02bcs", ["it", "the", "nhs"]),
        ("They weren't; can’t, WON'T, don`t", ["they", "were", "not", "can", "not", "will", "not", "do", "not"]),
        ("O'Neill well-led snake_case", ["o", "neill", "well", "led", "snake", "case"]),
        ("74,184 rows, 1,2 and 3.5%", ["74184", "rows", "1", "2", "and", "3", "5"]),
        ("Café CAFE\u0301 Straße ﬁnal \uff11\uff12", ["cafe", "cafe", "strasse", "final", "12"]),
        ("東京 Łódź", ["東京", "łodz"]),
        ("… — !?", []),
        ("", []),
    ],
)
def test_words_are_folded_and_lose_possessives(given_text: str, words: list[str]) -> None:
    assert [token.text for token in text.tokens(given_text)] == words


@pytest.mark.parametrize(
    ("given_text", "slices"),
    [
        ("Harbourside’s staff", ["Harbourside", "staff"]),
        ("weren't", ["were", "n't"]),
        ("ﬁne cafe\u0301s 74,184", ["ﬁne", "cafe\u0301s", "74,184"]),
    ],
)
def test_places_are_those_of_the_text_as_given(given_text: str, slices: list[str]) -> None:
    assert [given_text[token.start : token.end] for token in text.tokens(given_text)] == slices


@given(st.text())
def test_words_stand_in_order_apart_from_each_other(given_text: str) -> None:
    places = [place for token in text.tokens(given_text) for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(token.start < token.end <= len(given_text) for token in text.tokens(given_text))


@given(st.text(st.characters(exclude_characters="'’`\u02bc")))
def test_every_letter_and_digit_is_in_a_word(given_text: str) -> None:
    held = {place for token in text.tokens(given_text) for place in range(token.start, token.end)}
    assert held >= {place for place, character in enumerate(given_text) if character.isalnum()}


@settings(deadline=None)  # nltk is imported at first use
@given(st.text("abcdeENT'tsn ,0123"))
def test_case_does_not_matter(given_text: str) -> None:
    assert text.terms(given_text.upper()) == text.terms(given_text.lower())


@settings(deadline=None)
@given(st.text("aeiou äéîõüÅçñ xyz"))
def test_composed_and_decomposed_accents_give_the_same_terms(given_text: str) -> None:
    assert text.terms(unicodedata.normalize("NFD", given_text)) == text.terms(unicodedata.normalize("NFC", given_text))


@pytest.mark.parametrize(
    ("given_text", "terms"),
    [
        ("Which trusts became outstanding?", ["trust", "becam", "outstand"]),
        ("Why did the ratings improve, and who was improving them?", ["rate", "improv", "improv"]),
        ("Leaders, leading and leadership", ["leader", "lead", "leadership"]),
        ("before the merger", ["befor", "merger"]),
        ("Who are they, and weren't you one of them?", ["one"]),
        ("", []),
    ],
)
def test_terms_are_stems_without_stop_words(given_text: str, terms: list[str]) -> None:
    assert text.terms(given_text) == terms


@pytest.mark.parametrize(("word", "stop"), [("the", True), ("which", True), ("not", True), ("trust", False), ("between", False)])
def test_stop_words_are_the_words_of_grammar(word: str, stop: bool) -> None:
    assert text.is_stop(word) is stop


# Sentences ------------------------------------------------------------------------------------------------------------


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
    assert [whole[span.start : span.end] for span in text.sentences(whole)] == parts


@pytest.mark.parametrize(
    ("given_text", "parts"),
    [
        ("A title\n\nThe first", ["A title", "The first"]),
        ("They:\n- listen\n- act.\n* lead", ["They:", "- listen", "- act.", "* lead"]),
        ("1. Staff\n2. Leaders. All of them\n(a) and more", ["1. Staff", "2. Leaders.", "All of them", "(a) and more"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_blank_lines_and_list_items_end_a_sentence(given_text: str, parts: list[str]) -> None:
    assert [given_text[span.start : span.end] for span in text.sentences(given_text)] == parts


@settings(deadline=None)
@given(PROSE)
def test_sentences_are_ordered_stripped_and_hold_all_but_white_space(given_text: str) -> None:
    spans = text.sentences(given_text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    slices = [given_text[span.start : span.end] for span in spans]
    assert all(part and part == part.strip() for part in slices)
    assert "".join("".join(slices).split()) == "".join(given_text.split())


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=6))
def test_sentences_do_not_depend_on_their_neighbours(parts: list[str]) -> None:
    whole = " ".join(parts)
    assert [whole[span.start : span.end] for span in text.sentences(whole)] == parts


def test_a_text_longer_than_what_punkt_is_fed_is_cut_in_the_same_places() -> None:
    parts = SIMPLE * (3 * text.WINDOW // sum(map(len, SIMPLE)))
    whole = " ".join(parts)
    assert [whole[span.start : span.end] for span in text.sentences(whole)] == parts


def test_a_huge_text_without_sentence_ends_is_no_trouble() -> None:
    whole = "word " * 100_000
    assert "".join(whole[span.start : span.end] for span in text.sentences(whole)).replace(" ", "") == "word" * 100_000


def test_importing_does_no_work() -> None:
    code = "import sys, qa.text; print('nltk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
