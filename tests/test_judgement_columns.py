"""Which columns hold the ratings, in tables whose headings nobody foresaw; what in a table is no subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.reading import read
from qa.records import RatingFact, Report


def read_table(folder: Path, data: str | bytes, described: str = "") -> tuple[list[RatingFact], Report]:
    report = Report()
    (folder / "t.csv").write_bytes(data.encode() if isinstance(data, str) else data)
    if described:
        (folder / "t.csv.toml").write_text(described, encoding="utf-8")
    return list(read(folder / "t.csv", "t.csv", report).facts), report


def ratings(facts: list[RatingFact]) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for fact in facts:
        found.setdefault(fact.subject, {})[fact.aspect] = fact.rating
    return found


# An inspectorate's table: an overall judgement in words of its own, further ones under their own headings,
# one hardly ever filled.
HOMES = """Provider information,,,,Inspection information,,,
URN,Name,Provision type,Sector,Publication date,Overall effectiveness,Outcomes for children,Leadership and management
1,Hill Home,Children's home,Private,21/11/2017,Requires improvement to be good,,Good
2,Dale Home,Children's home,Private,08/08/2017,Requires improvement to be good,,Requires improvement to be good
3,Lake School,Boarding school,Voluntary,08/06/2017,Outstanding,Good,Outstanding
"""


def test_several_judgements_are_aspects_and_the_one_headed_overall_is_the_whole(tmp_path: Path) -> None:
    facts, report = read_table(tmp_path, HOMES)
    assert ratings(facts) == {
        "Hill Home": {"Overall": "Requires improvement", "Leadership and management": "Good"},
        "Dale Home": {"Overall": "Requires improvement", "Leadership and management": "Requires improvement"},
        "Lake School": {
            "Overall": "Outstanding",
            "Outcomes for children": "Good",
            "Leadership and management": "Outstanding",
        },
    }
    assert facts[0].attributes["rating_as_printed"] == "Requires improvement to be good"
    assert [fact.attributes["kind"] for fact in facts][-1] == "Boarding school"
    assert report.errors == []


def test_a_nearly_empty_column_is_not_taken_where_another_heading_speaks_of_a_judgement(
    tmp_path: Path,
) -> None:
    table = "Name,Overall effectiveness,Quality of teaching\nA,Strong,\nB,Weak,\nC,Strong,Good\n"
    facts, report = read_table(tmp_path, table)
    assert facts == []
    (error,) = report.errors
    assert (
        "“quality of teaching” holds ratings in few rows, and “overall effectiveness” words that are "
        "not on the scale"
    ) in error.message
    assert "[columns]" in error.mend


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (
            "la_name,overall_rating,staff,out_of_court",
            "Norfolk,Good,Inadequate,Good",
            {"Overall", "Staff", "Out of court"},
        ),
        ("Name,Medicines,Staffing", "A,Good,Inadequate", {"Medicines", "Staffing"}),
        (
            "Name,Overall experiences and progress,Health services rating",
            "A,Good,Good",
            {"Overall", "Health services"},
        ),
        ("Name,Rating,Provider rating,Rating 2015,Previous outcome", "A,Good,Good,Good,Good", {"Overall"}),
        ("Name,Rating,Beds", "A,Good,4", {"Overall"}),
    ],
)
def test_columns_of_ratings_are_aspects_under_their_own_headings(
    tmp_path: Path, heads: str, row: str, expected: set[str]
) -> None:
    facts, _ = read_table(tmp_path, f"{heads}\n{row}\n")
    assert {fact.aspect for fact in facts} == expected


def test_numbers_are_no_judgements_without_a_description(tmp_path: Path) -> None:
    described = '[scale]\nratings = ["5", "4", "3", "2", "1", "0"]\n[columns]\nrating = "RatingValue"\n'
    facts, _ = read_table(
        tmp_path, "BusinessName,Name,RatingValue,Tables,Staff\nA,The Cafe,5,3,2\n", described
    )
    assert [(fact.aspect, fact.rating, fact.attributes["Tables"]) for fact in facts] == [
        ("Overall", "5", "3")
    ]


def test_visits_without_a_grade_are_known_words(tmp_path: Path) -> None:
    facts, report = read_table(
        tmp_path,
        "URN,Name,Overall effectiveness,Publication date\n1,A,Good,2017-05-25\n1,A,Sustained "
        "effectiveness,2018-02-14\n2,B,Not judged,2017-05-25\n3,C,Inspected but not "
        "rated,2017-05-25\n4,D,Good,2017-05-25\n5,E,Inadequate,2017-05-25\n",
    )
    assert [fact.rating for fact in facts] == [
        "Good",
        "Sustained effectiveness",
        "Not judged",
        "Inspected but not rated",
        "Good",
        "Inadequate",
    ]
    assert not [problem for problem in report.problems if "scale" in problem.message]


def test_the_publication_date_is_found_under_a_longer_heading(tmp_path: Path) -> None:
    facts, _ = read_table(
        tmp_path,
        (
            "Name,Rating,Latest inspection date,Latest full inspection publication "
            "date\nA,Good,26/06/2019,16/09/2019\n"
        ),
    )
    assert str(facts[0].published) == "2019-09-16"


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("Total,,12,24\n", "a total"),
        ("Leeds total,,,24\n", "a total"),
        ("Subtotal: Leeds,,3,\n", "a total"),
        ("Note: as of May,,,\n", "only one cell is filled"),
        ("Source: the register,as of May,,\n", "a remark about the table"),
    ],
)
def test_totals_and_remarks_are_no_subjects(tmp_path: Path, below: str, told: str) -> None:
    facts, report = read_table(tmp_path, f"Name,Rating,Beds,Places\nA,Good,12,24\n{below}B,Good,1,1\n")
    assert [fact.subject for fact in facts] == ["A", "B"]
    assert any(f"row 3: {told}" in problem.message for problem in report.problems)
    assert report.errors == []


@pytest.mark.parametrize("name", ["Total Care Ltd", "Average Lane Surgery", "Note House", "The Count House"])
def test_names_that_begin_like_totals_and_remarks_are_subjects(tmp_path: Path, name: str) -> None:
    facts, _ = read_table(
        tmp_path,
        (
            f"Name,Rating,Town,Published\nA,Good,Leeds,2020-01-01\n{name},,York,2020-01-01\n{name} "
            "2,Good,York,2020-01-01\n"
        ),
    )
    assert [fact.subject for fact in facts] == ["A", name, f"{name} 2"]


def test_footnotes_below_a_table_are_notes_of_the_rows_that_carry_their_marks(tmp_path: Path) -> None:
    table = (
        "Trust,From,To,Published\nAsh Trust*,Good,Outstanding,2024-02-01\nBirch "
        "Trust**,Good,Good,2024-02-01\nElm Trust,Good,Good†,2024-02-01\n\n* Took over Dell Trust, in May "
        "2023.\n** Formerly called Oak Trust.\n† Under appeal.\n"
    )
    facts, report = read_table(tmp_path, table)
    assert [(fact.subject, fact.rating, fact.note) for fact in facts] == [
        ("Ash Trust", "Outstanding", "Took over Dell Trust, in May 2023."),
        ("Birch Trust", "Good", "Formerly called Oak Trust."),
        ("Elm Trust", "Good", "Under appeal."),
    ]
    assert report.problems == []


def test_footnotes_far_below_are_found(tmp_path: Path) -> None:
    rows = "".join(f"T{number},Good,2024-02-01\n" for number in range(1_000))
    facts, report = read_table(
        tmp_path, f"Trust,Rating,Published\nAsh Trust*,Good,2024-02-01\n{rows}* Merged.\n"
    )
    assert (facts[0].note, len(facts), report.problems) == ("Merged.", 1_001, [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_told(tmp_path: Path, encoding: str) -> None:
    facts, report = read_table(tmp_path, "Name,Rating,Published\nElm Café,Good,15/03/2018\n".encode(encoding))
    assert [(fact.subject, str(fact.published)) for fact in facts] == [("Elm Café", "2018-03-15")]
    assert [problem.message for problem in report.problems] == [
        "The file has no byte-order mark; it was read as UTF-16."
    ]
