"""The words of passages as rows of numbers: as one would gather them token by token."""

from __future__ import annotations

import itertools
import random
from bisect import bisect_left

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.stems import stem
from qa.language.tokens import stretch_tokens, token_words, tokenize
from qa.passages import sentences_of
from qa.records import Block, Document, Passage
from qa.retrieval.gathering import Rows, gather, joined
from qa.retrieval.index import twins_of
from qa.retrieval.lexicon import Growing

LETTERS = "aAzZsSnNtTdD09 .,?'’`ʼ-_&é\u0301ﷺ\u200b\u00adſİß%\n\t\u00a0\u2003\x1c\ud800"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=80) | st.text(max_size=40)
PROSE = st.text(st.sampled_from("aB. ,5'’s\n"), min_size=1, max_size=80)


def passages(texts: list[tuple[str, str]]) -> list[Passage]:
    """A passage of each text, which is a paragraph, under a heading."""
    return [
        Passage(
            str(number),
            Document("a.txt", title, text, (Block("paragraph", 0, len(text)),)),
            0,
            len(text),
            ("On",),
        )
        for number, (title, text) in enumerate(texts)
    ]


def one_by_one(told: list[Passage]) -> list[list[list[tuple[str, int, int, bool]]]]:
    """Of each passage the tokens of each unit: word, start, length, whether in capitals."""
    found = []
    for passage in told:
        above = " ".join(dict.fromkeys((passage.document.title, *passage.headings)))
        units, tokens, first = [(above, tokenize(above))], tokenize(passage.text), 0
        for span in sentences_of(passage):
            last = bisect_left(tokens, span.end, first, key=lambda token: token.start)
            units.append((passage.text, tokens[first:last]))
            first = last
        found.append(
            [
                [(one.text, one.start, one.end - one.start, text[one.start].isupper()) for one in unit]
                for text, unit in units
            ]
        )
    return found


def read_back(rows: Rows) -> list[list[list[tuple[str, int, int, bool]]]]:
    """The same, of rows."""
    tokens = [
        (rows.words[word], start, length, capital)
        for word, start, length, capital in zip(
            *(column.tolist() for column in (rows.tokens, rows.starts, rows.lengths, rows.capital)),
            strict=True,
        )
    ]
    ends = rows.unit_tokens.tolist()
    units = [tokens[start:end] for start, end in itertools.pairwise(ends)]
    ends = rows.passage_units.tolist()
    return [units[start:end] for start, end in itertools.pairwise(ends)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(TEXTS, PROSE | TEXTS.filter(bool)), max_size=4))
def test_rows_hold_the_tokens_of_every_sentence(texts: list[tuple[str, str]]) -> None:
    told = passages(texts)
    assert read_back(gather(told)) == one_by_one(told)


def test_what_is_gathered_at_a_time_makes_no_difference() -> None:
    told = passages(
        [
            (f"Title {number % 7}", f"The {number}rd ward’s staff weren't asked. Nobody was.")
            for number in range(1_201)
        ]
    )
    assert read_back(gather(told)) == one_by_one(told)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(TEXTS, PROSE | TEXTS.filter(bool)), min_size=1, max_size=6), st.randoms())
def test_what_is_joined_does_not_tell_in_which_parts_it_was_gathered(
    texts: list[tuple[str, str]], chance: random.Random
) -> None:
    told, lexicons = passages(texts), [Growing(), Growing()]
    whole = joined([gather(told)])
    parts = joined([gather([one], chance.choice(lexicons)) for one in told])
    assert read_back(parts) == one_by_one(told)
    assert (parts.words, parts.terms) == (whole.words, whole.terms)
    for one in ("term_of", "pair_terms", "pair_counts", "passage_pairs", "tokens", "starts", "lengths"):
        found, wanted = getattr(parts, one), getattr(whole, one)
        assert (found.tolist(), found.dtype) == (wanted.tolist(), wanted.dtype)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_no_token_reaches_beyond_white_space(text: str) -> None:
    whole = list(stretch_tokens(text))
    assert tokenize(text) == whole
    assert token_words(text) == [token.text for token in whole]


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(["One two.", "Two one.", "one TWO", "Ones. Two.", "Three.", " ", "1"]), max_size=9
    )
)
def test_twins_are_passages_with_the_words_of_an_earlier_one(texts: list[str]) -> None:
    told = passages([(f"Title {number}", text) for number, text in enumerate(texts)])
    words = [[stem(token.text) for token in tokenize(text)] for text in texts]
    twins = [(number, words.index(one)) for number, one in enumerate(words) if words.index(one) < number]
    assert list(map(tuple, twins_of(joined([gather(told)])).tolist())) == twins
