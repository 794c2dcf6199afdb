"""The names offered for one that is called just so, but is elsewhere."""

from pathlib import Path

import pytest
from county import HEADS, rows
from made_corpus import serve

from qa.service import Service

OLWEN, YARROWBY = "Did you mean Olwen Manor in Selby?", "Did you mean Yarrowby in Malton?"


@pytest.mark.parametrize(
    ("question", "offer"),
    [
        ("Is Yarrowby a care home in Ripon?", YARROWBY),
        ("Is Olwen Manor in Ripon?", OLWEN),
        ("Is Olwen Manor in Ripon good?", OLWEN),
        ("What is the rating of Olwen Manor in Ripon?", OLWEN),
        ("How is Olwen Manor in Thirsk rated?", OLWEN),
        ("Who runs Olwen Manor in Malton?", OLWEN),
        ("What is the rating of Olwen Manor surgery?", OLWEN),
        ("What is the rating of Olwen Manr in Ripon?", "Did you mean Olwen Manor"),
    ],
)
def test_the_name_as_typed_is_offered_with_its_town(question: str, offer: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status != "answered"
    assert not answer.facts
    assert offer in answer.answer.text


def test_one_of_several_of_a_name_is_not_picked_out(tmp_path: Path) -> None:
    moved = [["99", *row[1:4], "Whitby", *row[5:]] for row in rows() if row[1] == "Olwen Manor"]
    service = serve(tmp_path, [*rows(), *moved], HEADS)
    answer = service.ask("What is the rating of Olwen Manor in Ripon?").answer.text
    assert "Olwen Manor in Selby" not in answer
    assert "Olwen Manor in Whitby" not in answer
