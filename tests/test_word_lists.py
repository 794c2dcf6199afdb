"""The word lists of the .toml files: sorted, without doubles, and each file says what adding to it does. Lists of
the file format are checked in test_tidiness.py; here are those within a text."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "qa"
FILES = sorted(
    path
    for folder in ("evaluation/making", "language", "question", "retrieval")
    for path in (PACKAGE / folder).glob("*.toml")
    if path.name not in ("certainty.toml", "coefficients.toml")  # numbers
)
THESAURI = ("everyday", "thesaurus")


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))


def lists() -> Iterator[tuple[str, list[str]]]:
    """Every list of words within a text, and the kinds of place, by where it is."""
    kinds = table("question/kinds.toml")
    for row in (*kinds["kind"], *kinds["service"]):
        yield f"kinds.{row.get('label') or row.get('name')}", row["words"]
    for name, words in table("retrieval/demands.toml")["words"].items():
        if name not in ("month", "number"):  # in the order in which people count
            yield f"demands.{name}", words.split()
    for place, band in enumerate(table("retrieval/background.toml")["bands"]):
        yield f"background.{place}", band["words"].split()
    about = table("retrieval/about.toml")
    yield "about.frame", about["frame"].split()
    for row in about["attributes"]:
        for name in sorted({"of", "with", "beside"} & row.keys()):
            yield f"about.{row['name']}.{name}", row[name].split()


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in lists()])
def test_a_list_is_sorted_and_without_doubles(words: list[str]) -> None:
    assert words == sorted(set(words))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_adding_to_it_does(path: Path) -> None:
    comments = re.findall(r"^ *#(.*)", path.read_text(encoding="utf-8"), re.M)
    assert re.search(r"\b[Aa]dd(ing)?\b", " ".join(comments))


def test_no_word_is_in_two_bands_of_common_words() -> None:
    words = Counter(chain.from_iterable(words for name, words in lists() if name.startswith("background.")))
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("name", THESAURI)
def test_the_lines_of_a_section_are_sorted(name: str) -> None:
    text = (PACKAGE / f"retrieval/{name}.toml").read_text(encoding="utf-8")
    sections = re.split(r"^ *(?:#.*)?$", text.partition("same = [")[2].partition("\n]")[0], flags=re.M)
    lines = [re.findall(r'^ *"(.*)",$', section, re.M) for section in sections]
    assert sum(map(len, lines)) == len(table(f"retrieval/{name}.toml")["same"])
    assert lines == [sorted(section, key=str.casefold) for section in lines]


def test_no_line_of_the_thesauri_repeats_a_phrase_or_another_line() -> None:
    lines = [line for name in THESAURI for line in table(f"retrieval/{name}.toml")["same"]]
    phrases = [[phrase.strip() for phrase in line.split(",")] for line in lines]
    assert [line for line in phrases if len(set(line)) < len(line)] == []
    sets = list(map(frozenset, phrases))
    assert [
        one for place, one in enumerate(sets) for other in sets[place + 1 :] if one <= other or other <= one
    ] == []
