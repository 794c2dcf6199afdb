import re
import warnings
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language import patterns
from qa.language.patterns import ANY, EDGE, Lexicon, Notation, Pattern, Phrase, Spelling, Step, forms
from qa.safety import personal

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the parser of regular expressions has no public name
    from re import _constants, _parser  # type: ignore[attr-defined]

LISTS = {
    "kin": ["mum(s)", "dad", "mother in law"],
    "person": ["{kin}", "someone"],
    "fear": ["(scared|afraid) of", "very? frightened"],
}


def found(entry: str, text: str, harmless: Sequence[Phrase] = ()) -> bool:
    notation = Notation(LISTS)
    pattern = notation.pattern(entry)
    words = Lexicon.of(notation.slots, frozenset(harmless))
    typed = [word for sentence in text.split(".") for word in (EDGE, *sentence.split())]
    return pattern.occurs(words.sightings((*typed, EDGE)))


@pytest.mark.parametrize(
    ("entry", "text", "there"),
    [
        ("hits me", "she hits me", True),
        ("hits me", "hits her not me", False),
        ("hit(s|ting) me", "hitting me", True),
        ("hit(s|ting) me", "hit me", True),
        ("(in|out of) danger", "out of danger", True),
        ("(in|out of) danger", "of danger", False),
        ("{kin} fell", "mother in law fell", True),
        ("{kin} fell", "mums fell", True),
        ("{person} fell", "dad fell", True),
        ("{kin|fear} now", "afraid of now", True),
        ("({kin}|my {kin}|nobody) fell", "my dad fell", True),
        ("({kin}|my {kin}|nobody) fell", "nobody fell", True),
        ("{fear} him", "very frightened him", True),
        ("she fell", "she just fell", False),
        ("she . fell", "she just fell", True),
        ("she . fell", "she fell", True),
        ("she .. fell", "she only just now fell", False),
        ("she ~ fell", "she only just now and then fell", True),
        ("she ~ fell", "she stood . he fell", False),
        ("she .. fell", "she . fell", False),
        ("^ help ^", "help", True),
        ("^ help ^", "where . help . now", True),
        ("^ help ^", "help me", False),
        ("took (a|the)? pill", "took pill", True),
        ("took (a|the)? pill", "took the pill", True),
        ("took # pills", "took # pills", True),
    ],
)
def test_a_pattern_is_found_where_its_notation_says(entry: str, text: str, there: bool) -> None:
    assert found(entry, text) is there


def test_a_harmless_phrase_hides_its_words_and_no_others() -> None:
    assert not found("abuse", "alcohol abuse", [("alcohol", "abuse")])
    assert found("abuse", "alcohol abuse and abuse", [("alcohol", "abuse")])


@pytest.mark.parametrize("entry", ["(a|b", "{kin", "a..b", "{no_such_list} fell", "..", "very?", "^", "a |"])
def test_what_can_not_be_understood_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r"word|missing"):
        Notation(LISTS).pattern(entry)


def test_a_list_that_holds_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="contains itself"):
        Notation({"one": ["{two}"], "two": ["{one}"]}).pattern("{one}")


def test_forms_of_a_word() -> None:
    assert [*forms("kill(s|ed)"), *forms("kill")] == ["kill", "kills", "killed", "kill"]


# Against a plain search with backtracking -------------------------------------------------------------------

SLOTS: dict[str, tuple[Phrase, ...]] = {
    "a": (("a",),),
    "ab": (("a",), ("a", "b")),
    "bc": (("b",), ("c",)),
    "end": ((EDGE,),),
}
LEXICON = Lexicon.of({slot: frozenset(members) for slot, members in SLOTS.items()}, frozenset())
STEPS = st.builds(
    Step,
    st.frozensets(st.sampled_from(sorted(SLOTS)), min_size=1, max_size=2),
    st.sampled_from([0, 0, 1, 2, ANY]),
    st.booleans(),
)


def searched(words: Phrase, place: int, steps: Sequence[Step]) -> bool:
    if not steps:
        return True
    step, rest, skipped = steps[0], steps[1:], 0
    while place <= len(words):
        if step.optional and searched(words, place, rest):
            return True
        members = (phrase for slot in step.slots for phrase in SLOTS[slot])
        if any(
            words[place : place + len(phrase)] == phrase and searched(words, place + len(phrase), rest)
            for phrase in members
        ):
            return True
        if place == len(words) or words[place] == EDGE or skipped == step.gap:
            return False
        place, skipped = place + 1, skipped + 1
    return False


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", EDGE]), max_size=9), st.lists(STEPS, min_size=1, max_size=4)
)
def test_following_a_pattern_finds_what_a_search_with_backtracking_finds(
    between: list[str], steps: list[Step]
) -> None:
    words = (EDGE, *between, EDGE)
    expected = any(searched(words, place, steps) for place in range(len(words)))
    assert Pattern(tuple(steps)).occurs(LEXICON.sightings(words)) == expected


# Spelling ---------------------------------------------------------------------------------------------------

SPELLING = Spelling(
    known=frozenset(
        {"i", "dont", "want", "to", "die", "kill", "myself", "cafe", "help", "unconscious", "overdose"}
    ),
    written={"wanna": ("want", "to"), "k*ll": ("kill",)},
    forgiven={"u": ("unconscious",), "o": ("overdose",)},
    left=frozenset({"overdone"}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I don't", "i dont"),
        ("i don’t", "i dont"),
        ("i wanna", "i want to"),
        ("KILL", "kill"),
        ("k1ll", "kill"),
        ("k*ll", "kill"),
        ("*help*", "help"),
        ("heeeelp", "help"),
        ("killlll", "kill"),
        ("café", "cafe"),
        ("caf\u0065\u0301", "cafe"),
        ("ki\u200bll", "kill"),
        ("overdoze", "overdose"),
        ("overdone", "overdone"),
        ("uncontious", "unconscious"),
        ("kilt", "kilt"),
        ("40", "#"),
        ("help. me!now", "help ^ me ^ now"),
        ("help... me", "help me"),
        ("snake_case-word", "snake_case word"),
    ],
)
def test_words_are_read_as_meant(typed: str, meant: str) -> None:
    assert SPELLING.words(typed) == (EDGE, *meant.split(), EDGE)


@given(st.text(max_size=200))
def test_any_text_has_words(text: str) -> None:
    assert SPELLING.words(text)[0] == SPELLING.words(text)[-1] == EDGE


# Regular expressions ----------------------------------------------------------------------------------------


def nested(tree: object, inside: bool = False) -> bool:
    """Whether an unbounded repeat holds another: only such a shape can take exponential time."""
    for operator, argument in tree:  # type: ignore[attr-defined]
        unbounded = (
            operator in {_constants.MAX_REPEAT, _constants.MIN_REPEAT} and argument[1] == _constants.MAXREPEAT
        )
        if unbounded and inside:
            return True
        parts = argument if isinstance(argument, tuple | list) else ()
        trees = [part for part in parts if isinstance(part, _parser.SubPattern)]
        trees += [
            part
            for group in parts
            if isinstance(group, list)
            for part in group
            if isinstance(part, _parser.SubPattern)
        ]
        if any(nested(part, inside or unbounded) for part in trees):
            return True
    return False


def test_the_shape_that_takes_exponential_time_is_recognised() -> None:
    assert nested(_parser.parse(r"(a+)+"))
    assert nested(_parser.parse(r"(?:x|(?:a*b)*)"))
    assert not nested(_parser.parse(r"a+b+(?:c{1,9}d)*"))


def test_no_expression_repeats_a_repeat_without_bound() -> None:
    details = [detail.shape for detail in personal._DETAILS]
    compiled = [value for value in vars(patterns).values() if isinstance(value, re.Pattern)] + details
    assert len(compiled) >= 9
    assert not [
        pattern.pattern for pattern in compiled if nested(_parser.parse(pattern.pattern, pattern.flags))
    ]
