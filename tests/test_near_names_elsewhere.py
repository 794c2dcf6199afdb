"""The names offered for one that is called just so, but is elsewhere."""

import pytest

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
