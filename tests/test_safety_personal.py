import json
import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.safety.personal import leave_out, personal_data

DIGITS = st.text(string.digits, min_size=9, max_size=9)

# Below: numbers of the ranges that Ofcom keeps for drama, and examples of the NHS, of HMRC and of the card
# companies.


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        ("9434765919", "NHS number"),
        ("943 476 5919", "NHS number"),
        ("943-476-5919", "NHS number"),
        ("943.476.5919", "NHS number"),
        ("401 023 2137", "NHS number"),
        ("９４３４７６５９１９", "NHS number"),
        ("943\u00a0476\u00a05919", "NHS number"),
        ("07700 900123", "phone number"),
        ("07700900123", "phone number"),
        ("07700-900-123", "phone number"),
        ("+44 7700 900123", "phone number"),
        ("+447700900123", "phone number"),
        ("+44 (0)7700 900123", "phone number"),
        ("+44(0)7700900123", "phone number"),
        ("0044 7700 900123", "phone number"),
        ("020 7946 0958", "phone number"),
        ("(020) 7946 0958", "phone number"),
        ("0113 496 0123", "phone number"),
        ("01632 960123", "phone number"),
        ("(01632)960123", "phone number"),
        ("01632 96012", "phone number"),
        ("+353 20 910 1234", "phone number"),
        ("+1 (202) 555-0100", "phone number"),
        ("joe@example.com", "e-mail address"),
        ("joe.o'neill+home@mail.example.co.uk", "e-mail address"),
        ("joe(at)example.com", "e-mail address"),
        ("joe [at] example.com", "e-mail address"),
        ("4111 1111 1111 1111", "card number"),
        ("4111111111111111", "card number"),
        ("5555-5555-5555-4444", "card number"),
        ("3782 822463 10005", "card number"),
        ("2223003122003222", "card number"),
        ("4222222222222", "card number"),
        ("6304 0000 0000 0000 000", "card number"),
        ("AB123456C", "National Insurance number"),
        ("ab 12 34 56 c", "National Insurance number"),
        ("JG-10-37-59-A", "National Insurance number"),
    ],
)
@pytest.mark.parametrize(
    "question", ["{}", "my details: {}.", "({})", "{}, what is Oxleas rated in 2018", "is it good? {}"]
)
def test_a_private_detail_is_recognised_wherever_it_stands(question: str, detail: str, kind: str) -> None:
    assert personal_data(question.format(detail)) == kind


@pytest.mark.parametrize(
    "public",
    [
        "943 476 5918",  # a wrong check digit
        "4111 1111 1111 1112",
        "0111 1111 1111 1117",  # Luhn holds, but no card begins so
        "QQ123456C",  # prefixes that are not used
        "BG123456A",
        "AO123456A",
        "AB123456E",  # no such suffix
        "03000 616161",
        "+44 3000 616161",
        "116 123",
        "111",
        "999",
        "0800 1111",
        "0345 015 4033",
        "enquiries@cqc.org.uk",
        "@CareQualityComm",
        "1-10000792582",
        "1-121538260",
        "1-9434765919",
        "http://www.cqc.org.uk/location/1-121538260",
        "https://example.com/9434765919",
        "RXX01",
        "TQ5 9TF",
        "DN4 9PE and WV16 4DX",
        "74,184 rows",
        "9,434,765,919",
        "£9434765919",
        "0.9434765919",
        "1234567890123",
        "978-0-306-40615-7",
        "2014 2015 2016 2017",
        "2014-2015 2016-2017",
        "15/03/2018",
        "01-02-2018 1234",
        "01.02.2018 to 03.04.2019",
        "2018-03-15T09:30:00",
        "52.535672 -2.419253",
        "07 08 09",
        "10 20 30 40 50 60 70 80",
        "a@b",
        "rated 4 @ Oxleas",
    ],
)
def test_what_is_not_private_passes(public: str) -> None:
    assert personal_data(public) is None
    assert personal_data(f"what about {public} in Leeds?") is None


def test_no_everyday_question_holds_a_private_detail() -> None:
    questions = (Path(__file__).parent / "data" / "near_misses.txt").read_text(encoding="utf-8").splitlines()
    assert not [question for question in questions if personal_data(question)]


def test_no_real_question_and_no_row_of_a_table_holds_a_private_detail(shared: Path) -> None:
    files = [file.read_text(encoding="utf-8") for file in sorted((shared / "questions").glob("*.jsonl"))]
    asked = [json.loads(line)["question"] for text in files for line in text.splitlines()]
    rows = (shared / "data" / "ratings" / "stw-2025.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) > 2000
    assert not [text for text in asked + rows if personal_data(text)]


@given(DIGITS)
def test_an_nhs_number_holds_with_its_check_digit_only(nine: str) -> None:
    # the weights 10, 9 … 2, and 1 for the check digit itself, give a multiple of 11
    right = [
        check
        for check in string.digits
        if sum(int(d) * w for d, w in zip(nine + check, range(10, 0, -1), strict=True)) % 11 == 0
    ]
    found = [check for check in string.digits if personal_data(nine + check) == "NHS number"]
    assert found == right


@given(st.sampled_from("3456"), st.text(string.digits, min_size=11, max_size=17))
def test_a_card_number_holds_with_its_check_digit_only(first: str, rest: str) -> None:
    doubled = dict(zip(string.digits, (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))
    total = sum(
        doubled[digit] if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(first + rest))
    )
    found = [check for check in string.digits if personal_data(first + rest + check) == "card number"]
    assert found == [str(-total % 10)]


@given(
    st.text(string.ascii_uppercase, min_size=2, max_size=2),
    st.text(string.digits, min_size=6, max_size=6),
    st.sampled_from("ABCDEFZ"),
)
def test_a_national_insurance_number_has_an_issued_prefix_and_a_suffix_from_a_to_d(
    prefix: str, digits: str, suffix: str
) -> None:
    issued = prefix[0] in "ABCEGHJKLMNOPRSTWXYZ" and prefix[1] in "ABCEGHJKLMNPRSTWXYZ"
    issued = issued and prefix not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
    expected = "National Insurance number" if issued and suffix in "ABCD" else None
    assert personal_data(prefix + digits + suffix) == expected


@given(
    st.sampled_from(["07", "02", "01"]),
    st.text(string.digits, min_size=9, max_size=9),
    st.sets(st.integers(4, 9), max_size=2),
)
def test_a_british_number_is_recognised_however_it_is_grouped(
    start: str, rest: str, breaks: set[int]
) -> None:
    number = start + rest
    places = [0, *sorted(breaks), len(number)]
    groups = [number[begin:end] for begin, end in pairwise(places)]
    assume(all(len(group) > 1 for group in groups))
    assert personal_data("please ring " + " ".join(groups)) == "phone number"


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert personal_data(text) in {
        "e-mail address",
        "National Insurance number",
        "card number",
        "NHS number",
        "phone number",
        None,
    }


def test_the_advice_names_the_kind_and_says_to_leave_it_out() -> None:
    assert "(card number)" in leave_out("card number")
    assert "leave it out" in leave_out("card number")


def test_an_operator_says_which_addresses_are_published(tmp_path: Path) -> None:
    file = tmp_path / "care.toml"
    file.write_text('[personal]\nmessage = "No {kind}, please."\npublic = ["@Example.com"]', encoding="utf-8")
    assert personal_data("press@example.com", file) is None
    assert personal_data("joe@example.com.au", file) == "e-mail address"
    assert personal_data("joe@notexample.com", file) == "e-mail address"
    assert leave_out("phone number", file) == "No phone number, please."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[personal]\nmessage = 7\npublic = []",
        '[personal]\nmessage = ""',
        '[personal]\nmessage = ""\npublic = [7]',
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "care.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"care\.toml can't be understood: \[personal\]"):
        personal_data("hello", file)
