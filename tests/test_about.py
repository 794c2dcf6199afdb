"""What a report itself is, asked for in any words, told where its text is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.service import Service
from qa.settings import Settings

REPORT = """---
title: {title}
publisher: Fenland Schools Trust
published: 2021-06-04
updated: 2022-01-09
url: https://schools.example/fernhill
licence: Open Government Licence v3.0
---

Fernhill School mended its roof. Pupils wrote to the council, and the council answered them.
"""


def folder(base: Path, *titles: str) -> Service:
    for number, title in enumerate(titles):
        (base / f"{number}.md").write_text(REPORT.format(title=title), encoding="utf-8")
    return Service.open(Settings.load({"corpus": base, "cache": "none"}, {}))


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return folder(tmp_path_factory.mktemp("one"), "A year at Fernhill")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What is the title of the report?", "The title of the document is “A year at Fernhill”."),
        ("full title please", "The title of the document is “A year at Fernhill”."),
        ("What is this document called?", "The title of the document is “A year at Fernhill”."),
        ("who is the publisher", "The document is published by Fenland Schools Trust."),
        ("Which organisation brought this out?", "The document is published by Fenland Schools Trust."),
        ("When was the report published?", "The document was published on 4 June 2021."),
        ("when did it come out", "The document was published on 4 June 2021."),
        ("When was it last revised?", "The document was last updated on 9 January 2022."),
        ("Has anyone edited the page since?", "The document was last updated on 9 January 2022."),
        (
            "Who published it and when?",
            "The document is published by Fenland Schools Trust. The document was published on 4 June 2021.",
        ),
        ("give me the link please", "The document is found at https://schools.example/fernhill."),
        (
            "Where can I find the original online?",
            "The document is found at https://schools.example/fernhill.",
        ),
        ("What licence is it under?", "The licence of the document is Open Government Licence v3.0."),
    ],
)
def test_what_a_report_is_is_told(asked: str, told: str, one: Service) -> None:
    answer = one.ask(asked)
    assert (answer.status, answer.answer.basis, answer.answer.text) == ("answered", "passage", told)
    assert one.library.passage(answer.passages[0].id) is not None  # what it cites can be looked up


@pytest.mark.parametrize(
    "asked",
    ["Who wrote to the council?", "When was the roof published?", "Who is the publisher of the songbook?"],
)
def test_what_is_asked_of_something_else_is_not_told_of_the_report(asked: str, one: Service) -> None:
    assert "document" not in one.ask(asked).answer.text


def test_of_several_reports_it_is_not_known_which_is_meant(tmp_path: Path) -> None:
    assert (
        folder(tmp_path, "A year at Fernhill", "A year at Moor End").ask("who is the publisher").status
        == "not_found"
    )
