import csv
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.safety.care import CARE, concern

DATA = Path(__file__).parent / "data"
DANGER = {"emergency", "crisis", "abuse"}
EXPLICIT = [
    "I want to kill myself",
    "i wish i was dead",
    "my carer hits me",
    "she has stopped breathing",
    "she took an overdose",
]


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def kind_of(question: str) -> str | None:
    found = concern(question)
    return found.kind if found else None


def test_questions_that_suggest_danger_are_signposted() -> None:
    questions = lines("crisis.txt")
    missed = [question for question in questions if kind_of(question) not in DANGER]
    assert len(questions) >= 100
    assert len(missed) <= 0.02 * len(questions), missed


def test_everyday_questions_are_not_signposted() -> None:
    questions = lines("near_misses.txt")
    assert len(questions) >= 200
    assert not [(question, kind_of(question)) for question in questions if kind_of(question)]


def test_no_real_question_is_signposted_by_mistake(shared: Path) -> None:
    files = [file.read_text(encoding="utf-8") for file in sorted((shared / "questions").glob("*.jsonl"))]
    asked = [json.loads(line) for text in files for line in text.splitlines()]
    signposted = [
        (record["kind"], kind_of(record["question"])) for record in asked if kind_of(record["question"])
    ]
    assert len(asked) > 100
    assert set(signposted) <= {("unanswerable", "contact"), ("unanswerable", "complaint")}
    assert not [earlier for record in asked for earlier in record.get("history", []) if kind_of(earlier)]


def test_no_name_of_a_directory_is_signposted(shared: Path) -> None:
    with (shared / "data" / "ratings" / "stw-2025.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {
            row[column]
            for row in csv.DictReader(file)
            for column in ("location_name", "provider_name", "location_street_address")
        }
    questions = [
        question
        for name in names
        for question in (name, f"what is the CQC rating for {name}", f"my mum is in {name}, is it safe")
    ]
    assert len(names) > 500
    assert not [question for question in questions if concern(question)]


@pytest.mark.parametrize("danger", EXPLICIT)
@pytest.mark.parametrize(
    "asked",
    ["which hospital is best rated?", "How many care homes are inadequate?", "what does the report say"],
)
def test_explicit_danger_is_signposted_whatever_else_is_asked(danger: str, asked: str) -> None:
    assert kind_of(f"{danger}. {asked}") in DANGER
    assert kind_of(f"{asked} {danger}") in DANGER


@pytest.mark.parametrize(
    "question",
    [
        "i don't want to be alive anymore",
        "i dont want to be alive anymore",
        "i don’t want to be alive any more",
        "I DON'T WANT TO BE ALIVE ANYMORE!!!",
        "  i   dont wanna be alive anymore",
        "i dont want to be al\u200bive anymore",
        "i dont want to be aliiiiive anymore",
        "i d0nt want to be al1ve anymore",
    ],
)
def test_spelling_does_not_matter(question: str) -> None:
    assert kind_of(question) == "crisis"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("my dad isn't breathing", "emergency"),
        ("she took an overdose", "emergency"),
        ("my brother wants to die", "crisis"),
        ("samaritans number", "crisis"),
        ("my carer hits me", "abuse"),
        ("im scared of going back to the ward", "abuse"),
        ("I am frightened about being sent back", "abuse"),
        ("mum's being neglected in her care home", "abuse"),
        ("he hits me and now I want to kill myself", "crisis"),
        ("how do I complain about a care home", "complaint"),
        ("I want to complain about my GP", "complaint"),
        ("who do i complain to about a hospital", "complaint"),
        ("where can I report a bad care home", "complaint"),
        ("who do I tell about poor care", "complaint"),
        ("I want to raise concerns about my mum's care", "complaint"),
        ("how do i whistleblow about my care home", "complaint"),
        ("I am not happy with my dad's care", "complaint"),
        ("how do I report a care home to CQC", "complaint"),
        ("which ombudsman deals with care homes", "complaint"),
        ("my complaint was ignored by the trust, what next", "complaint"),
        ("how do i contact cqc", "contact"),
        ("CQC email address", "contact"),
        ("What's the Care Quality Commission's telephone number?", "contact"),
        ("can I ring the regulator", "contact"),
        ("what number do i ring for cqc", "contact"),
        ("number for the care quality commission", "contact"),
        ("where is CQC based", "contact"),
        ("how can I get in touch with the care regulator", "contact"),
    ],
)
def test_each_kind_of_concern_is_told_from_the_others(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("my dad isn't breathing", ["999", "NHS 111", "option 2", "116 123", "03000 616161"]),
        ("i want to die", ["999", "NHS 111", "option 2", "116 123", "03000 616161"]),
        ("my carer hits me", ["999", "safeguarding team", "03000 616161", "116 123", "NHS 111"]),
        ("how do i complain", ["ombudsman.org.uk", "lgo.org.uk", "03000 616161", "999"]),
        ("cqc phone number", ["03000 616161", "enquiries@cqc.org.uk", "www.cqc.org.uk", "999"]),
    ],
)
def test_a_message_says_where_to_turn_the_nearest_help_first(question: str, numbers: list[str]) -> None:
    found = concern(question)
    assert found
    places = [found.text.find(number) for number in numbers]
    assert -1 not in places
    assert places == sorted(places)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert kind_of(text) in {*DANGER, "complaint", "contact", None}


# The operator's file ----------------------------------------------------------------------------------------

SMALL = """
[messages]
emergency = "Call 999."
crisis = "Call 111."
abuse = "Call the council."
complaint = "Write to them."
contact = "Call us."

[contexts]
figures = ["how many"]

[harmless]
phrases = ["hit song"]

[words]
pet = ["cat(s)", "guinea pig"]

[[rules]]
kind = "abuse"
unless = ["figures"]
patterns = ["hit(s) .. {pet}", "hit"]

[spelling]
forgiven = ["guinea"]
left = ["guineas"]

[spelling.written]
cat = ["kat"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "care.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("question", "recognised"),
    [
        ("she hits my cats", True),
        ("she hits the guinea pig", True),
        ("she hits my kat", True),
        ("she hits my guinee pig", True),
        ("she hits my guineas pig", False),
        ("how many hits my cats", False),
        ("a hit", True),
        ("a hit song", False),
    ],
)
def test_only_what_the_file_says_is_recognised(small: Path, question: str, recognised: bool) -> None:
    found = concern(question, small)
    assert (found is not None) is recognised
    assert found is None or found.text == "Call the council."


def test_a_list_of_the_shipped_file_can_be_extended(tmp_path: Path) -> None:
    shipped = CARE.read_text(encoding="utf-8")
    longer = shipped.replace('weapon = ["', 'weapon = ["trebuchet", "', 1).replace(
        "You reach the", "Ring the", 1
    )
    file = tmp_path / "care.toml"
    file.write_text(longer, encoding="utf-8")
    assert concern("he has a trebuchet") is None
    assert (danger := concern("he has a trebuchet", file))
    assert danger.kind == "emergency"
    assert (contact := concern("cqc phone number", file))
    assert contact.text.startswith("Ring the Care Quality Commission")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "abuse"', 'kind = "abusive"', "there is no kind 'abusive'"),
        ("{pet}", "{pets}", "the list {pets} is missing"),
        ('"guinea pig"', '"{pet}"', "the list {pet} is missing from [words], or contains itself"),
        ('"hit"]', '"hit("]', "does not begin with a word, a list or a gap"),
        ('"hit"]', '"very?"]', "has no word that must be there"),
        ('"hit"]', "7]", ""),
        ('unless = ["figures"]', 'unless = ["figurs"]', "figurs"),
        ('contact = "Call us."', "", "contact"),
        ('contact = "Call us."', "contact = 7", ""),
        ("[harmless]", "[harmful]", "harmless"),
        ('phrases = ["hit song"]', 'phrases = ["very?"]', "may be empty"),
        ("[words]", "[words", "can't be read"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(small: Path, old: str, new: str, reason: str) -> None:
    assert old in SMALL
    small.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as told:
        concern("hello", small)
    assert str(told.value).startswith("care.toml can't be")
    assert reason in str(told.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml can't be read"):
        concern("hello", tmp_path / "nowhere.toml")


def test_the_shipped_lists_are_all_used() -> None:
    text = CARE.read_text(encoding="utf-8")
    assert not [
        name
        for name in tomllib.loads(text)["words"]
        if not any(end in text for end in (f"{{{name}", f"|{name}}}", f"|{name}|"))
    ]
