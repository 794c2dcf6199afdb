"""A phrase more is one row of grammar.toml, a field more one row of fields.py: both are done here as
docs/design.md shows them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import DESIGN, ROOT, blocks, section

from qa.service import Service
from qa.settings import Settings

TABLE = """Name,Care Home?,Town,Parliamentary Constituency,Rating,Published
Elm House,Y,Wem,North Shropshire,Good,2020-01-31
Oak Lodge,Y,Oswestry,North Shropshire,Inadequate,2020-02-28
Ash Court,Y,Ludlow,South Shropshire,Good,2020-03-30
"""
ASK = """
import json, sys
sys.path.insert(0, sys.argv[1])  # where this file is
from test_one_row import answers
print(json.dumps(answers(*sys.argv[2:])))
"""
FOOT = ("How many care homes are at the foot of the table?", "Which care homes are at the foot of the table?")
SEATS = (
    "Which seat has the most care homes?",
    "How many care homes are there in each constituency?",
    "Which care homes are in North Shropshire?",
)


def shown(language: str) -> str:
    """The one row of a language that the section shows."""
    told = section(DESIGN, "One more phrase, one more field")
    (row,) = [text for kind, text in blocks(DESIGN) if kind == language and text in told]
    return row


def with_rows(folder: Path) -> Path:
    """A copy of the program with both rows added, and nothing else changed."""
    copied = folder / "src"
    shutil.copytree(ROOT / "src" / "qa", copied / "qa", ignore=shutil.ignore_patterns("__pycache__"))
    grammar, fields = copied / "qa" / "question" / "grammar.toml", copied / "qa" / "fields.py"
    grammar.write_text(f"{grammar.read_text(encoding='utf-8')}\n{shown('toml')}", encoding="utf-8")
    head, table, rest = fields.read_text(encoding="utf-8").partition("FIELDS = (\n")
    fields.write_text(f"{head}{table}{shown('python')}{rest}", encoding="utf-8")
    return copied


def answers(corpus: Path | str, *questions: str) -> list[list[object]]:
    """For each question: the answer's status, its subjects, its figures."""
    service = Service.open(Settings.load({"corpus": corpus, "cache": "none"}, {}))
    return [
        [
            one.status,
            sorted({fact.subject for fact in one.facts}),
            [f"{figure.label} {figure.value}" for figure in one.figures],
        ]
        for one in map(service.ask, questions)
    ]


def answers_of(source: Path, corpus: Path, *questions: str) -> list[list[object]]:
    """What the program in another folder answers."""
    command = [sys.executable, "-c", ASK, str(Path(__file__).parent), str(corpus), *questions]
    done = subprocess.run(
        command, env={"PYTHONPATH": str(source)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[list[object]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("homes")
    (folder / "homes.csv").write_text(TABLE, encoding="utf-8")
    return folder


def test_one_row_each_is_all_it_takes(corpus: Path, tmp_path: Path) -> None:
    counted, listed, most, each, within = answers_of(with_rows(tmp_path), corpus, *FOOT, *SEATS)
    assert (counted[0], counted[1]) == ("answered", ["Oak Lodge"])
    assert (listed[0], listed[1]) == ("answered", ["Oak Lodge"])
    assert "North Shropshire 2" in str(most[2])
    assert "North Shropshire 2" in str(each[2])
    assert "South Shropshire 1" in str(each[2])
    assert (within[0], within[1]) == ("answered", ["Elm House", "Oak Lodge"])


def test_without_them_the_words_are_not_understood(corpus: Path) -> None:
    counted, _, most, *_ = answers(corpus, *FOOT, *SEATS)
    assert counted[1] != ["Oak Lodge"]
    assert "North Shropshire 2" not in str(most[2])


def test_the_same_row_serves_one_corpus_alone(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, own := tmp_path / "own")
    (own / "grammar.toml").write_text(shown("toml"), encoding="utf-8")
    assert [told[:2] for told in answers(own, *FOOT)] == [["answered", ["Oak Lodge"]]] * 2
