"""The default corpus: the published facts and no others, a digest that says what it is, and nobody's
sentences.
"""

import csv
import json
import re
from pathlib import Path

import pytest

from qa.settings import shipped

CORPUS = shipped("corpus")
IMPROVED = "Requires Improvement"
PUBLISHED_FACTS = [
    ("Oxleas NHS Foundation Trust", IMPROVED, "Good"),
    ("Somerset Partnership NHS Foundation Trust", IMPROVED, "Good"),
    ("Lincolnshire Partnership NHS Foundation Trust", IMPROVED, "Good"),
    ("South West Yorkshire Partnership NHS Foundation Trust", IMPROVED, "Good"),
    ("North Staffordshire Combined Healthcare NHS Trust", IMPROVED, "Good"),
    ("Calderstones Partnership NHS Foundation Trust", "Good", "Outstanding"),
    ("Sheffield Health and Social Care NHS Foundation Trust", IMPROVED, "Good"),
]
NOTE = [
    "Mersey Care NHS Foundation Trust",
    "July 2016",
    "Specialist Learning Disability Division",
    "outstanding",
    "2015",
    "good",
    "2014",
]
STATEMENTS = [
    "15 March 2018",
    "12 May 2022",
    "category Public",
    "Driving improvement: case studies from seven mental health trusts",
    "Dr Paul Lelliott",
    "Deputy Chief Inspector of Hospitals (lead for mental health)",
    "chief executives",
    "medical directors",
    "nursing directors",
    "front-line staff",
    "voluntary groups",
    "voluntary sector",
    "NHS Improvement",
    "March 2017",
    "primary medical",
    "adult social care",
    *(name for name, _, _ in PUBLISHED_FACTS),
    *NOTE,
]
NAMES_AND_TITLES = [
    "Strong leadership essential to delivering improvement in mental health hospital care",
    "Driving improvement: case studies from seven mental health trusts",
    "Deputy Chief Inspector of Hospitals (lead for mental health)",
    "the state of care in NHS acute hospitals",
    "Specialist Learning Disability Division",
    "Mersey Care NHS Foundation Trust",
    *(name for name, _, _ in PUBLISHED_FACTS),
]
LONGEST_COMMON_RUN = 6  # words
QUESTION_FIELDS = {
    "id": str,
    "kind": str,
    "question": str,
    "answerable": bool,
    "facts": list,
    "direct": list,
    "evidence": list,
}


def table() -> list[dict[str, str]]:
    with (CORPUS / "ratings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digest() -> str:
    return (CORPUS / "report.md").read_text(encoding="utf-8")


def questions() -> list[dict[str, object]]:
    return [
        json.loads(line) for line in (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def runs_of_words(text: str, length: int) -> set[str]:
    """Every run of ``length`` words that lies between names and titles."""
    pattern = "|".join(re.escape(name) for name in NAMES_AND_TITLES)
    stretches = [re.findall(r"\w+", stretch.lower()) for stretch in re.split(pattern, text)]
    return {
        " ".join(words[start : start + length])
        for words in stretches
        for start in range(len(words) - length + 1)
    }


def test_the_table_holds_exactly_the_published_facts() -> None:
    assert [(row["Trust"], row["From"], row["To"]) for row in table()] == PUBLISHED_FACTS


def test_every_row_has_its_date_and_source() -> None:
    assert {row["Published"] for row in table()} == {"2018-03-15"}
    assert all(row["Source"].startswith("https://") for row in table())


def test_only_calderstones_has_a_note_and_it_tells_every_fact() -> None:
    notes = {row["Trust"]: row["Note"] for row in table() if row["Note"]}
    assert list(notes) == ["Calderstones Partnership NHS Foundation Trust"]
    assert [fact for fact in NOTE if fact not in notes["Calderstones Partnership NHS Foundation Trust"]] == []


def test_the_digest_says_that_it_is_one_of_what_from_when_and_under_which_licence() -> None:
    _, head, body = digest().split("---\n", 2)
    assert {"kind: digest", "published: 2018-03-15", "updated: 2022-05-12"} <= set(head.splitlines())
    first = next(
        paragraph
        for paragraph in body.split("\n\n")
        if paragraph.strip() and not paragraph.lstrip().startswith("#")
    )
    for part in (
        "digest by Askwell",
        "Care Quality Commission",
        "15 March 2018",
        "cqc.org.uk",
        "Open Government Licence v3.0",
    ):
        assert part in first


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_digest_keeps_names_titles_dates_and_ratings(statement: str) -> None:
    assert statement in digest()


def test_speech_is_reported_and_not_quoted() -> None:
    quoted = re.findall(r'"([^"]*)"|“([^”]*)”', digest())
    assert {straight or curly for straight, curly in quoted} <= set(NAMES_AND_TITLES)


@pytest.mark.parametrize("name", ["report.md", "ratings.csv", "SOURCES.md"])
def test_no_sentence_is_copied(name: str, shared: Path) -> None:
    page = (shared / "data" / "page" / "cqc-news-2018-03-15.txt").read_text(encoding="utf-8")
    length = LONGEST_COMMON_RUN + 1
    assert (
        runs_of_words((CORPUS / name).read_text(encoding="utf-8"), length) & runs_of_words(page, length)
        == set()
    )


def test_a_copied_sentence_would_be_found() -> None:
    sentence = "Seven brown hens crossed the road before it rained."
    assert runs_of_words(f"Besides: {sentence}", LONGEST_COMMON_RUN + 1) & runs_of_words(
        sentence, LONGEST_COMMON_RUN + 1
    )


def test_every_question_has_the_fields_of_its_set() -> None:
    for case in questions():
        assert {
            name for name, kind in QUESTION_FIELDS.items() if not isinstance(case.get(name), kind)
        } == set(), case["id"]


def test_every_question_has_an_id_of_its_own() -> None:
    identifiers = [case["id"] for case in questions()]
    assert len(set(identifiers)) == len(identifiers)


def test_every_gold_fact_of_a_question_is_a_published_one() -> None:
    for case in questions():
        gold = case["facts"]
        assert isinstance(gold, list)
        assert {(fact["trust"], fact["from"], fact["to"]) for fact in gold} <= set(PUBLISHED_FACTS), case[
            "id"
        ]
