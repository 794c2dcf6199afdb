"""What all are said to be by their names, and what is left without those with words in their names."""

from pathlib import Path

import pytest

from qa.service import Service
from qa.settings import Settings

TABLE = """Name,Rating,Date
Ashby NHS Foundation Trust,Good,2021-01-04
Corby NHS Foundation Trust,Outstanding,2021-01-05
Denby NHS Trust,Requires improvement,2021-01-06
"""


@pytest.fixture(name="trusts", scope="module")
def _trusts(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("trusts")
    (folder / "trusts.csv").write_text(TABLE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": None}, {}))


@pytest.mark.parametrize(
    "question",
    [
        "Are all three foundation trusts?",
        "Is it fair to say that all three are foundation trusts?",
        "Is it true that all of them are foundation trusts?",
    ],
)
def test_a_kind_claimed_of_all_is_counted_among_all(question: str, trusts: Service) -> None:
    assert trusts.ask(question).answer.text.startswith("No. 2 of 3")


def test_a_rating_claimed_of_all_of_a_kind_is_of_these(trusts: Service) -> None:
    assert trusts.ask("Are all foundation trusts good?").answer.text.startswith("No. 1 of 2")


@pytest.mark.parametrize(
    "question",
    [
        "Leaving out every trust with 'Foundation' in its name, what are we left with?",
        "Leaving out all trusts with Foundation in their name, which are left?",
        "Which trusts are there, except those with Foundation in their name?",
        "Excluding every trust with Foundation in its name, which trusts are left?",
    ],
)
def test_those_with_words_in_their_name_are_left_out(question: str, trusts: Service) -> None:
    text = trusts.ask(question).answer.text
    assert "Denby" in text
    assert "Ashby" not in text


def test_the_rest_of_a_kind_stays(county: Service) -> None:
    asked = "Excluding every home with House in its name, which care homes in Thirsk are there?"
    text = county.ask(asked).answer.text
    assert "Ashgrove" in text
    assert "Pinfold Rest" in text
    assert "Wilfreda" not in text
