"""The one list of function words."""

import tomllib
from importlib.resources import files
from itertools import chain
from typing import get_args

import pytest

from qa.language.stems import is_stop
from qa.language.words import Flag, flagged

GROUPS = tomllib.loads(files("qa.language").joinpath("words.toml").read_text(encoding="utf-8"))["words"]


def test_every_word_stands_once() -> None:
    words = list(chain.from_iterable(group["words"].split() for group in GROUPS))
    assert sorted(set(words)) == sorted(words)


def test_every_set_of_flags_has_one_group_and_known_flags() -> None:
    sets = [frozenset(group["flags"]) for group in GROUPS]
    assert len(set(sets)) == len(sets)
    assert frozenset().union(*sets) == set(get_args(Flag))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: "-".join(group["flags"]))
def test_words_are_sorted_and_folded(group: dict[str, list[str] | str]) -> None:
    words = str(group["words"]).split()
    assert words == sorted(words)
    assert all(word.isalnum() and word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("word", "flags"),
    [
        ("the", {"stop", "function", "small_talk", "regulator"}),
        ("not", {"stop", "function", "telling"}),
        ("except", {"telling", "idle"}),
        ("infirmary", {"ending"}),
        ("assess", {"manner"}),
        ("oxleas", set()),
    ],
)
def test_a_word_has_its_flags(word: str, flags: set[Flag]) -> None:
    assert {flag for flag in get_args(Flag) if word in flagged(flag)} == flags
    assert is_stop(word) is ("stop" in flags)


def test_what_changes_the_meaning_is_telling() -> None:
    assert {
        "not",
        "only",
        "most",
        "least",
        "than",
        "by",
        "and",
        "except",
        "two",
        "top",
        "before",
        "who",
    } <= flagged("telling")
