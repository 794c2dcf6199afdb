"""Bad tables: each gives a clear report or a clear error; none gives a wrong fact; nothing is
lost silently.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import read
from qa.records import Problem, RatingFact, Report

HEADS = "Trust,Town,Rating,Published\n"
ROW = "Hill Trust,Leeds,Good,2020-01-01\n"


def read_table(
    folder: Path, data: str | bytes, name: str = "bad.csv"
) -> tuple[list[tuple[str, str | None]], list[Problem]]:
    path, report = folder / name, Report()
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    facts: list[RatingFact] = list(read(path, name, report).facts)
    return [(fact.subject, fact.rating) for fact in facts], report.problems


# Each: the file, the facts, and of its problems severity, line and the start of the message.
@pytest.mark.parametrize(
    ("data", "facts", "problems"),
    [
        pytest.param("", [], [("error", None, "The table is empty.")], id="empty file"),
        pytest.param(" \n,,\n\n", [], [("error", None, "The table is empty.")], id="empty rows"),
        pytest.param(HEADS, [], [("warning", 1, "The table has a heading but no rows")], id="header only"),
        pytest.param(
            "Trust,Town,Published\nHill Trust,Leeds,2020-01-01\n",
            [],
            [
                (
                    "error",
                    1,
                    "The table has no column of ratings; its headings are “Trust”, “Town”, “Published”.",
                )
            ],
            id="no rating column",
        ),
        pytest.param(
            "Where,Rating\nLeeds,Good\n",
            [],
            [("error", 1, "The table has no column with the names of what is rated")],
            id="no subject",
        ),
        pytest.param(
            "a,b\n1,2\n",
            [],
            [("error", 1, "The table has no column of ratings and no column with the names")],
            id="another table",
        ),
        pytest.param(
            "Trust,Rating,,Published\n,Before,After,\nHill Trust,Good,Outstanding,2020-01-01\n",
            [("Hill Trust", "Outstanding")],
            [],
            id="two header rows, merged headings",
        ),
        pytest.param(
            f"{HEADS}name,name,rating,date\n{ROW}",
            [("Hill Trust", "Good")],
            [("warning", 2, "row 2: a repeated heading")],
            id="two header rows",
        ),
        pytest.param(
            f"{HEADS}{ROW}{HEADS}",
            [("Hill Trust", "Good")],
            [("warning", 3, "row 3: a repeated heading")],
            id="heading repeated",
        ),
        pytest.param(
            f"Ratings of trusts\nas of today,,,\n\n{HEADS}{ROW}",
            [("Hill Trust", "Good")],
            [("warning", 1, "rows 1 and 2: text above the heading")],
            id="text above",
        ),
        pytest.param(
            f"{HEADS}{ROW}* A footnote\nNote: as of May, June\n",
            [("Hill Trust", "Good")],
            [("warning", 3, "rows 3 and 4: text below the table")],
            id="text below",
        ),
        pytest.param(
            f"{HEADS}North,,,\n{ROW}",
            [("Hill Trust", "Good")],
            [("warning", 2, "row 2: only one cell is filled")],
            id="caption between rows",
        ),
        pytest.param(
            f"{HEADS}Café,Leeds,Good,2020-01-01\n".encode("cp1252"),
            [("Café", "Good")],
            [("warning", 2, "The file is not UTF-8; it was read as Windows-1252.")],
            id="cp1252",
        ),
        pytest.param(f"{HEADS}{ROW}".encode("utf-8-sig"), [("Hill Trust", "Good")], [], id="byte-order mark"),
        pytest.param(f"{HEADS}{ROW}".replace("\n", "\r\n"), [("Hill Trust", "Good")], [], id="CRLF"),
        pytest.param(f"{HEADS}{ROW}".replace("\n", "\r"), [("Hill Trust", "Good")], [], id="CR"),
        pytest.param(f"{HEADS}{ROW}".replace(",", ";"), [("Hill Trust", "Good")], [], id="semicolons"),
        pytest.param(
            f"{HEADS}Hill Trust,Leeds,Good [2],2020-01-01\n",
            [("Hill Trust", "Good")],
            [("warning", 2, "row 2: “Good [2]” was read as Good")],
            id="footnote in the rating cell",
        ),
        pytest.param(
            f"{HEADS}{ROW}Dale Trust,{'x' * 10_000_000},Good,2020-01-01\n",
            [],
            [("error", 3, "The row that starts here can't be read: field larger than field limit")],
            id="10 MB cell",
        ),
        pytest.param(
            f'{HEADS}{ROW}Dale Trust,Leeds,"Good,2020-01-01\n{ROW}',
            [],
            [("error", 3, "The row that starts here can't be read: unexpected end of data")],
            id="quotation mark never closed",
        ),
        pytest.param(
            f'{HEADS}{ROW}Dale Trust,"The "Old" Mill",Good,2020-01-01\n',
            [],
            [("error", 3, "The row that starts here can't be read: ',' expected after '\"'")],
            id="quotation marks not doubled",
        ),
        pytest.param(
            f"{HEADS}Dale\nTrust,Leeds,Inadequate,2020-01-01\n{ROW}",
            [("Hill Trust", "Good")],
            [("error", 2, "row 2: a row is broken by a line break within a cell")],
            id="unquoted newline in the first cell",
        ),
        pytest.param(
            f"{HEADS}Dale Trust,Le\neds\nCity,Inadequate,2020-01-01\n{ROW}",
            [("Hill Trust", "Good")],
            [("error", 2, "row 2: a row is broken by a line break within a cell")],
            id="two unquoted newlines",
        ),
        pytest.param(
            f"{HEADS}Dale Trust,Good,2020-01-01\n{ROW}Vale Trust,Good\n",
            [("Hill Trust", "Good")],
            [("error", 2, "rows 2 and 4: fewer cells than the 4 of the heading")],
            id="too few cells",
        ),
        pytest.param(
            f"{HEADS}Dale, Vale and Hill,Leeds,Good,2020-01-01\n{ROW}",
            [("Hill Trust", "Good")],
            [("error", 2, "row 2: more cells than the 4 of the heading")],
            id="too many cells",
        ),
        pytest.param(f"{HEADS}{ROW.strip()},,\n", [("Hill Trust", "Good")], [], id="empty cells too many"),
        pytest.param(
            "Trust,Rating,Rating\nHill Trust,Good,Inadequate\n",
            [],
            [
                (
                    "error",
                    1,
                    (
                        "The columns can't be identified: column 2 (“rating”) and column 3 (“rating”) may "
                        "both be the rating."
                    ),
                )
            ],
            id="duplicate headings",
        ),
        pytest.param(
            "Trust,Rating 1,Rating 2\nHill Trust,Good,Inadequate\n",
            [],
            [
                (
                    "error",
                    1,
                    "The columns can't be identified: the columns “rating 1”, “rating 2” all hold ratings",
                )
            ],
            id="two columns of ratings under unknown headings",
        ),
        pytest.param(
            "Trust,Rating,Overall rating\nHill Trust,Good,Inadequate\n",
            [],
            [
                (
                    "error",
                    1,
                    (
                        "The columns can't be identified: “rating” and “overall rating” may both be the "
                        "overall rating."
                    ),
                )
            ],
            id="two overall ratings",
        ),
        pytest.param(
            "School,Rating\nHill School,Top\n",
            [],
            [("error", 1, "None of the words in the rating columns is on the rating scale: “Top”.")],
            id="other scale",
        ),
        pytest.param(
            f"{HEADS}Hill Trust,Leeds,,2020-01-01\n",
            [],
            [("error", 1, "The rating columns are empty.")],
            id="no ratings at all",
        ),
        pytest.param(
            f"{HEADS}{ROW}Hi\0ll,Leeds,Good,2020-01-01\n",
            [],
            [("error", 3, "The file has NUL bytes")],
            id="NUL bytes",
        ),
        pytest.param(
            f"{HEADS}{ROW}Dale,Leeds,Good,12/31/2020\n",
            [("Hill Trust", "Good"), ("Dale", "Good")],
            [
                (
                    "warning",
                    1,
                    "The dates under “Published” were read with the month first, as “12/31/2020” shows.",
                )
            ],
            id="dates with the month first",
        ),
        pytest.param(
            f"{HEADS}{ROW},Leeds,Good,2020-01-01\n",
            [("Hill Trust", "Good")],
            [("error", 3, "row 3: no name of what is rated")],
            id="no name",
        ),
    ],
)
def test_a_bad_table_is_told_and_gives_no_wrong_fact(
    tmp_path: Path,
    data: str | bytes,
    facts: list[tuple[str, str]],
    problems: list[tuple[str, int | None, str]],
) -> None:
    read_facts, told = read_table(tmp_path, data)
    assert read_facts == facts
    told = [problem for problem in told if "no date of publication" not in problem.message]
    assert [(problem.severity, problem.line) for problem in told] == [
        (severity, line) for severity, line, _ in problems
    ]
    assert all(
        problem.message.startswith(start) for problem, (_, _, start) in zip(told, problems, strict=True)
    ), told
    assert all(problem.mend for problem in told)


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress((HEADS + ROW * 1_000).encode())[:-20],
        b"not gzip at all",
        gzip.compress(HEADS.encode())[:10] + b"\xff" * 50,
    ],
    ids=["cut off", "not gzip", "damaged"],
)
def test_a_damaged_gzip_file_gives_no_facts_and_an_error(tmp_path: Path, data: bytes) -> None:
    facts, problems = read_table(tmp_path, data, "bad.csv.gz")
    assert facts == []
    assert [(problem.severity, problem.message) for problem in problems] == [
        ("error", "The compressed file is damaged or was cut off.")
    ]


def test_an_error_far_down_keeps_the_facts_above_and_is_told(tmp_path: Path) -> None:
    rows = "".join(f"T{number},Leeds,Good,2020-01-01\n" for number in range(1_000))
    facts, problems = read_table(tmp_path, f'{HEADS}{rows}Dale,"Leeds,Good,2020-01-01\n')
    assert len(facts) == 1_000
    assert [(problem.severity, problem.line) for problem in problems] == [("error", 1_002)]


def test_a_date_far_down_decides_how_all_are_read(tmp_path: Path) -> None:
    rows = "".join(f"T{number},Leeds,Good,01/02/2020\n" for number in range(1_000))
    path, report = tmp_path / "far.csv", Report()
    path.write_text(f"{HEADS}{rows}Dale,Leeds,Good,12/31/2020\n", encoding="utf-8")
    dates = [fact.published.isoformat() for fact in read(path, "far.csv", report).facts if fact.published]
    assert (dates[0], dates[-1], len(dates)) == ("2020-01-02", "2020-12-31", 1_001)
    assert [problem.message for problem in report.problems] == [
        "The dates under “Published” were read with the month first, as “12/31/2020” shows."
    ]


RATED = dict(zip("ABCDE", ("Good", "Outstanding", "Inadequate", "Requires improvement", "Good"), strict=True))


@given(st.data())
def test_whatever_befalls_its_separators_a_table_gives_no_wrong_fact_and_loses_none_silently(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = HEADS + "".join(f"{name} Trust,Leeds,{rating},2020-01-01\n" for name, rating in RATED.items())
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(len(HEADS), len(text) - 1))
        put = data.draw(st.sampled_from([",", '"', "\n", "\r", ";", "\t"]))
        text = (
            text[:place] + put + text[place:]
            if text[place] not in ",\n"
            else text[:place] + data.draw(st.sampled_from(["", put])) + text[place + 1 :]
        )
    facts, problems = read_table(tmp_path_factory.mktemp("any"), text)
    assert all(rating in (None, RATED[subject[0]]) for subject, rating in facts if subject[1:] == " Trust")
    assert len(facts) == len(RATED) or problems
