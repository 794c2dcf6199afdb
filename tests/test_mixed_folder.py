"""One folder with files of every kind: each fact and each quote comes with the file that it stands in."""

from __future__ import annotations

import json

import pytest
from small_office import make_docx, paragraph
from small_pdf import Text, make_pdf

from qa.records import Answer
from qa.service import Service
from qa.settings import Settings

pytest.importorskip("pypdfium2")

BRIDGE = {
    "locationId": "1-101",
    "name": "Bridge House",
    "careHome": "Y",
    "postalAddressTownCity": "Leeds",
    "currentRatings": {"overall": {"rating": "Good", "reportDate": "2022-11-17"}},
    "historicRatings": [{"reportDate": "2016-07-13", "overall": {"rating": "Inadequate"}}],
}
MILL = {
    "locationId": "1-102",
    "name": "Mill Surgery",
    "currentRatings": {"overall": {"rating": "Outstanding", "reportDate": "2021-05-31"}},
}
REPORT = [
    Text(740, "Kent County Council", 24),
    Text(700, "Report published: 3 May 2019"),
    Text(660, "Help for families", 15, bold=True),
    Text(
        630, "The harbour scheme lends boats to families whose children are at risk of leaving school early."
    ),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("mixed")
    for place in (BRIDGE, MILL):
        (folder / f"{place['locationId']}.json").write_text(json.dumps(place), encoding="utf-8")
    (folder / "homes.csv").write_text(
        "Name,Rating,Published\nElm Lodge,Requires improvement,2018-03-15\n", encoding="utf-8"
    )
    (folder / "kent.pdf").write_bytes(make_pdf([[Text(700, "Of the first page nothing is asked.")], REPORT]))
    (folder / "kent.pdf.toml").write_text('url = "https://example.org/kent.pdf"\n', encoding="utf-8")
    visits = paragraph("Visits at night", "Title") + paragraph("Published: 4 June 2020")
    told = paragraph("One member of staff was on duty for every twelve people who lived there.")
    (folder / "visits.docx").write_bytes(make_docx(visits + paragraph("Staff", "H1") + told))
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "words", "file"),
    [
        ("What is Bridge House rated?", "Good", "1-101.json"),
        ("What is Mill Surgery rated?", "Outstanding", "1-102.json"),
        ("What is Elm Lodge rated?", "Requires improvement", "homes.csv"),
    ],
)
def test_a_fact_comes_with_its_file(service: Service, question: str, words: str, file: str) -> None:
    answer: Answer = service.ask(question)
    assert words in answer.answer.text
    assert {fact.source.document for fact in answer.facts} == {file}


@pytest.mark.parametrize(
    ("question", "words", "file", "section", "page", "url"),
    [
        ("What does the harbour scheme lend to families?", "lends boats", "kent.pdf", "Help for families", 2, "https://example.org/kent.pdf#page=2"),
        ("How many members of staff were on duty at night?", "every twelve people", "visits.docx", "Staff", None, None),
    ],
)  # fmt: skip
def test_a_quote_comes_with_its_file(
    service: Service, question: str, words: str, file: str, section: str, page: int | None, url: str | None
) -> None:
    first = service.ask(question).passages[0]
    assert words in first.text
    assert (first.source.document, first.source.section, first.source.page, first.source.url) == (
        file,
        section,
        page,
        url,
    )


def test_a_name_that_only_reports_speak_of_is_told_as_unknown_to_the_tables(service: Service) -> None:
    told = {name: service.ask(f"How is {name} rated?").answer.text for name in ("Kent", "Zanderley")}
    assert told["Kent"].startswith("The loaded tables do not know “Kent”.")
    assert told["Zanderley"].startswith("The loaded reports and ratings do not know “Zanderley”.")


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("councils")
    filling = "Children are seen by social workers in time. Plans are reviewed every six weeks by a manager."
    rows = ["Council,Rating,Published"]
    needed = {
        "Kent": ["Caseloads.", "Plans for leaving care.", "Training."],
        "York": ["Records.", "Visits.", "Budgets."],
        "Hull": ["Fostering."],
    }
    for place, items in needed.items():
        listed = "\n".join(f"- {item}" for item in items)
        text = (
            f"# Inspection of {place} County Council\n\n## Findings\n\n{filling}\n\n## What needs to "
            f"improve\n\n{listed}\n"
        )
        (folder / f"{place.lower()}.md").write_text(
            f"---\npublished: 2019-05-03\n---\n{text}", encoding="utf-8"
        )
        rows.append(f"{place} County Council,Good,2019-05-03")
    (folder / "councils.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    "question",
    [
        "What needs to improve in York?",
        "What must York improve?",
        "What should York do better?",
        "What does York have to get better at?",
        "What does York need to do better?",
        "What has York still got to put right?",
        "What should York work on?",
        "What are the recommendations for York?",
        "What was York told to improve?",
        "What has York been told to put right?",
        "What were they told to put right in York?",
        "What was York asked to improve?",
    ],
)
def test_what_has_to_improve_is_answered_from_its_section_of_the_report_on_who_is_named(
    councils: Service, question: str
) -> None:
    answer = councils.ask(question).answer
    assert [point.text for point in answer.points] == ["Records.", "Visits.", "Budgets."]


@pytest.mark.parametrize("year", [2017, 2018])
def test_what_had_to_improve_in_another_year_is_no_section_of_this_report(
    councils: Service, year: int
) -> None:
    answer = councils.ask(f"What did the inspectors tell York to put right in {year}?").answer
    assert "Budgets." not in [point.text for point in answer.points]


def test_a_section_that_is_the_question_is_told_alone_though_it_holds_one_thing(councils: Service) -> None:
    assert councils.ask("What needs to improve in Hull?").answer.text == "“Fostering.”"


@pytest.mark.parametrize(
    ("question", "of_the_table"),
    [
        ("What did York improve?", False),
        ("What was York told to improve?", False),
        ("What is York rated?", True),
        ("Was York told to improve?", True),
    ],
)
def test_what_somebody_improved_is_no_rating(councils: Service, question: str, of_the_table: bool) -> None:
    assert ("was rated Good" in councils.ask(question).answer.text) is of_the_table


@pytest.mark.parametrize(
    "question",
    [
        "What did the inspectors see at York?",
        "So what actually turned York round?",
        "What has York got to fix?",
        "What did York put in place?",
    ],
)
def test_what_was_done_is_no_rating(councils: Service, question: str) -> None:
    """A verb that no rating goes with asks the reports."""
    assert "was rated" not in councils.ask(question).answer.text


@pytest.mark.parametrize(
    "question", ["What did York get?", "What did the inspectors give York?", "What has York got now?"]
)
def test_what_somebody_got_is_its_rating(councils: Service, question: str) -> None:
    assert "York County Council was rated Good" in councils.ask(question).answer.text
