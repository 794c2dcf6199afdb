"""A corpus folder's own grammar: its rows are understood, their examples tried, and every fault told with its
line and field.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import CORPUS, blocks
from test_reading import make_corpus

from qa import cli
from qa.errors import CorpusError
from qa.service import Service
from qa.settings import Settings

TABLE = """Name,Care Home?,Town,Parliamentary Constituency,Number of beds,Rating,Published
Elm House,Y,Wem,North Shropshire,20,Good,2020-01-31
Oak Lodge,Y,Wem,North Shropshire,30,Inadequate,2020-02-28
Ash Court,Y,Ludlow,Ludlow,12,Good,2020-03-30
"""
RED = (
    '[[rule]]\npart = "rating"\nvalue = "Inadequate"\nsays = ["in the red"]\nexample = "Which care '
    'homes are in the red?"\n'
)


def described() -> str:
    """The rows that docs/corpus.md shows."""
    (shown,) = [text for _, text in blocks(CORPUS) if text.startswith("[[rule]]")]
    return shown


def opened(folder: Path) -> Service:
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = cli.main(["check", str(folder)])
    return status, " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("How many care homes are in the red?", "How many care homes are inadequate?"),
        ("Which seat has the most care homes?", "Which parliamentary constituency has the most care homes?"),
        ("How many care homes in our town are in the red?", "How many care homes in Wem are inadequate?"),
        ("How many guest houses are good?", "How many care homes are good?"),
    ],
)
def test_the_rows_of_the_documents_are_understood(asked: str, same: str, tmp_path: Path) -> None:
    service = opened(make_corpus(tmp_path, {"homes.csv": TABLE, "grammar.toml": described()}))
    answer, wanted = service.ask(asked), service.ask(same)
    assert (answer.status, answer.facts, answer.understood.left_out) == ("answered", wanted.facts, ())
    assert [figure.value for figure in answer.figures] == [figure.value for figure in wanted.figures]


def test_without_them_they_are_not(tmp_path: Path) -> None:
    service = opened(make_corpus(tmp_path, {"homes.csv": TABLE}))
    asked = service.ask("How many care homes are in the red?")
    assert asked.status == "not_found" or asked.understood.left_out


def test_checking_tries_the_rows_of_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(make_corpus(tmp_path, {"homes.csv": TABLE, "grammar.toml": described()}), capsys)[0] == 0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[[rule]]\n", "line 1: [[rule]] 1, part: it is missing"),
        (RED.replace("rating", "verb"), "line 1: [[rule]] 1, part: there is no part 'verb', only and,"),
        (RED.replace("says", "say"), "line 1: [[rule]] 1, say: there is no such field"),
        (
            RED.replace('["in the red"]', '"in the red"'),
            "line 1: [[rule]] 1, says: 'in the red' is not a list of texts",
        ),
        (
            RED.replace("in the red", "{nothing} red"),
            "line 1: [[rule]] 1, says: the list {nothing} is missing",
        ),
        (RED.partition("example")[0], "line 1: [[rule]] 1, example: it is missing"),
        (f"{RED}asks = []\n", ""),
        (f'{RED}asks = ["a", "b"]\n', "line 1: [[rule]] 1, asks: 1 examples need as many, not 2"),
        (
            '[[kind]]\nlabel = "lodges"\nfield = "care_home"\nvalues = ["Y"]\nexample = "Which lodges?"\n',
            "[[kind]] 1, words: it is missing",
        ),
    ],
)
def test_a_row_that_can_not_be_understood_is_told_and_keeps_the_corpus_from_being_served(
    written: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_corpus(tmp_path, {"homes.csv": TABLE, "grammar.toml": written})
    status, out = checked(folder, capsys)
    assert (status, told in out) == (1 if told else 0, True)
    if told:
        with pytest.raises(CorpusError) as refused:
            opened(folder)
        assert "grammar.toml" in str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            RED.replace("Inadequate", "Weak"),
            "[[rule]] 2, value: there is no rating 'Weak', only Good, Inadequate,",
        ),
        (
            RED.replace('"rating"', '"field"'),
            "[[rule]] 2, value: there is no field 'Inadequate', only care_home, number_of_beds,",
        ),
        (
            RED.replace('"rating"', '"measure"'),
            "[[rule]] 2, value: there is no measure 'Inadequate', only address, count,",
        ),
        (
            RED.replace('"rating"', '"is"').replace("Inadequate", "town=Leeds"),
            "[[rule]] 2, value: no place has 'Leeds' as its town",
        ),
        (
            RED.replace("in the red?", "blue?"),
            "[[rule]] 2, example: no words of “Which care homes are blue?” are read as rating Inadequate",
        ),
        (
            f'{RED}asks = "Which care homes are good?"\n',
            "[[rule]] 2, example: “Which care homes are in the red?” is read as “",
        ),
        (
            f'{RED}asks = "Which care homes are zorbed?"\n',
            "[[rule]] 2, asks: “Which care homes are zorbed?” can't be read: zorbed",
        ),
    ],
)
def test_an_example_that_is_read_otherwise_is_told_with_its_line(
    row: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = RED.replace("in the red", "all wrong")
    status, out = checked(
        make_corpus(tmp_path, {"homes.csv": TABLE, "grammar.toml": f"{good}\n{row}"}), capsys
    )
    assert status == 1
    assert f"grammar.toml, line 7: {told}" in out


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("rule = [", "The grammar is not valid TOML"),
        ('same = ["a, b"]', "The grammar has unknown keys: “same”."),
        ("rule = 1", "“rule” is not a list of rows"),
        ("words = [1]", "“words” needs a table of lists of texts"),
    ],
)
def test_a_file_that_is_no_grammar_is_told(
    written: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = checked(make_corpus(tmp_path, {"homes.csv": TABLE, "grammar.toml": written}), capsys)
    assert (status, told in out) == (1, True)


def test_the_fingerprint_tells_one_grammar_from_another(tmp_path: Path) -> None:
    files: list[dict[str, str]] = [{}, {"grammar.toml": RED}]
    folders = [
        make_corpus(tmp_path / str(number), {"homes.csv": TABLE, **more}) for number, more in enumerate(files)
    ]
    assert len({opened(folder).index.fingerprint for folder in folders}) == 2
