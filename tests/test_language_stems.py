"""Tokens with their places, and the terms that texts are indexed under."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.stems import is_stop, terms
from qa.language.tokens import tokenize

IRREGULAR = Path(__file__).resolve().parents[1] / "src" / "qa" / "language" / "irregular.toml"


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("Harbourside's trusts' plan", ["harbourside", "trusts", "plan"]),
        ("It’s the NHS\u02bcs", ["it", "the", "nhs"]),
        (
            "They weren't; can’t, WON'T, don`t",
            ["they", "were", "not", "can", "not", "will", "not", "do", "not"],
        ),
        ("O'Neill well-led snake_case", ["o", "neill", "well", "led", "snake", "case"]),
        ("74,184 rows, 1,2 and 3.5%", ["74184", "rows", "1", "2", "and", "3", "5"]),
        ("Café CAFE\u0301 Straße ﬁnal \uff11\uff12", ["cafe", "cafe", "strasse", "final", "12"]),
        ("東京 Łódź", ["東京", "łodz"]),
        ("… — !?", []),
        ("", []),
    ],
)
def test_words_are_folded_and_lose_possessives(given_text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(given_text)] == words


@pytest.mark.parametrize(
    ("given_text", "slices"),
    [
        ("Harbourside’s staff", ["Harbourside", "staff"]),
        ("weren't", ["were", "n't"]),
        ("ﬁne cafe\u0301s 74,184", ["ﬁne", "cafe\u0301s", "74,184"]),
    ],
)
def test_places_are_those_of_the_text_as_given(given_text: str, slices: list[str]) -> None:
    assert [given_text[token.start : token.end] for token in tokenize(given_text)] == slices


@given(st.text())
def test_words_stand_in_order_apart_from_each_other(given_text: str) -> None:
    places = [place for token in tokenize(given_text) for place in (token.start, token.end)]
    assert places == sorted(places)
    assert all(token.start < token.end <= len(given_text) for token in tokenize(given_text))


@given(st.text(st.characters(exclude_characters="'’`\u02bc")))
def test_every_letter_and_digit_is_in_a_word(given_text: str) -> None:
    held = {place for token in tokenize(given_text) for place in range(token.start, token.end)}
    assert held >= {place for place, character in enumerate(given_text) if character.isalnum()}


@settings(deadline=None)  # nltk is imported at first use
@given(st.text("abcdeENT'tsn ,0123"))
def test_case_does_not_matter(given_text: str) -> None:
    assert terms(given_text.upper()) == terms(given_text.lower())


@settings(deadline=None)
@given(st.text("aeiou äéîõüÅçñ xyz"))
def test_composed_and_decomposed_accents_give_the_same_terms(given_text: str) -> None:
    assert terms(unicodedata.normalize("NFD", given_text)) == terms(unicodedata.normalize("NFC", given_text))


@pytest.mark.parametrize(
    ("given_text", "stems"),
    [
        ("Which trusts became outstanding?", ["trust", "becom", "outstand"]),
        ("Why did the ratings improve, and who was improving them?", ["rate", "improv", "improv"]),
        ("Leaders, leading and leadership", ["leader", "lead", "leadership"]),
        ("before the merger", ["befor", "merger"]),
        ("Who are they, and weren't you one of them?", ["one"]),
        ("", []),
    ],
)
def test_terms_are_stems_without_stop_words(given_text: str, stems: list[str]) -> None:
    assert terms(given_text) == stems


@pytest.mark.parametrize(
    ("word", "stop"), [("the", True), ("which", True), ("not", True), ("trust", False), ("between", False)]
)
def test_stop_words_are_the_words_of_grammar(word: str, stop: bool) -> None:
    assert is_stop(word) is stop


def test_importing_does_no_work() -> None:
    code = "import sys, qa.language.sentences, qa.language.stems; print('nltk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("one", "other"),
    [("fell", "fall"), ("Begun", "beginning"), ("women", "woman’s"), ("led", "leading"), ("paid", "pay")],
)
def test_irregular_forms_share_the_stem_of_their_base_form(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


def test_a_form_stands_once_and_is_no_base_form() -> None:
    rows = [
        row.split() for rows in tomllib.loads(IRREGULAR.read_text(encoding="utf-8")).values() for row in rows
    ]
    forms = [form for _, *others in rows for form in others]
    assert len(forms) == len(set(forms))
    assert set(forms).isdisjoint(base for base, *_ in rows)
