"""The one spelling in which questions, names and places are compared."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language.tokens import as_typed, fold, key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("LEEDS", "leeds"),
        ("Café Curaçao", "cafe curacao"),
        ("Straße", "strasse"),
        ("well-led", "well led"),
        ("Southend-on-Sea", "southend on sea"),
        ("St. Clare's", "st clares"),
        ("Saint Clare’s", "st clares"),
        ("doctors' surgeries", "doctors surgeries"),
        ("Marlow & Finch Ltd", "marlow and finch limited"),
        ("Oak Rd Health Ctr", "oak road health centre"),
        ("Riverside Hosp.", "riverside hospital"),
        ("what % are good", "what % are good"),
        ("Calderstones*", "calderstones *"),
        ("a_b", "a b"),
        ("2gether", "2gether"),
        ("Harrogate\u00a0North", "harrogate north"),
        ("is <b>Oxleas</b> safe", "is oxleas safe"),
        ("", ""),
        ("…?!", ""),
    ],
)
def test_what_people_and_tables_write_in_several_ways_has_one_key(typed: str, folded: str) -> None:
    assert key(typed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Anne's", "Saint Annes"),
        ("Oak & Elm Limited", "oak and elm ltd"),
        ("Queen’s Park", "queens park"),
        ("Zoë", "ZOE"),
    ],
)
def test_spellings_of_one_name_share_their_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Oak House", "Oak Houses"), ("Hill Top", "Hilltop"), ("Ward 2", "Ward 3"), ("RI", "R.I.")],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Leeds's homes", ["leeds", None]),
        ("the trust’s rating", [None, "trust", None]),
        ("'s", [None]),
        ("doctors' lists", [None, None]),
    ],
)
def test_a_word_with_a_possessive_s_is_known_without_it_too(text: str, bases: list[str | None]) -> None:
    assert [word.base for word in fold(text)] == bases


@given(st.text())
@example("a+a")
def test_words_stand_in_reading_order_where_they_were_typed(text: str) -> None:
    end = 0
    for word in fold(text):
        assert end <= word.start < word.end <= len(text)
        typed = text[word.start : word.end]
        assert word.text == ("and" if typed == "+" else key(typed))  # a plus is a word only between letters
        end = word.end


@given(st.text(st.characters(max_codepoint=160), max_size=30))
def test_a_key_is_the_folded_words_of_a_text(text: str) -> None:
    assert key(text) == " ".join(word.text for word in fold(text))


@given(st.lists(st.sampled_from(["Oak", "St.", "Anne's", "&", "Café", "well-led", "Ltd", "2", "%", "RD"])))
def test_a_key_is_its_own_key(words: list[str]) -> None:
    assert key(key(" ".join(words))) == key(" ".join(words))


def test_markup_is_no_word_and_moves_no_word() -> None:
    assert [(word.text, word.start) for word in fold("is <script>x</script> safe")] == [
        ("is", 0),
        ("x", 11),
        ("safe", 22),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('What is "Oxlees" rated?', ["oxlees"]),
        ("What is “Oxlees” rated?", ["oxlees"]),
        ('"Well-lead" and "Oxlees?"', ["well", "lead", "oxlees"]),
        ('is "Oak House" good', []),  # several words are a name, which may be misspelt like any other
        ('is ""Oak" House" good', ["oak"]),
        ('is 6" Oak 7" good', []),
        ("is 'Oak' good", []),
    ],
)
def test_a_word_by_itself_in_double_quotes_is_meant_as_it_is_typed(text: str, words: list[str]) -> None:
    assert [word.text for word in fold(text) if word.start in as_typed(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bloom + Rowe", ["bloom", "and", "rowe"]),
        ("Bloom, + Rowe", ["bloom", "and", "rowe"]),
        ("PL+US Caring", ["pl", "and", "us", "caring"]),
        ("Seccare+ in Leeds", ["seccare", "in", "leeds"]),  # the name ends with it
        ("Seccare+", ["seccare"]),
        ("65+ homes", ["65", "homes"]),
    ],
)
def test_a_plus_joins_what_stands_on_both_sides(text: str, words: list[str]) -> None:
    assert [word.text for word in fold(text)] == words
