"""How a column's dates are written is decided from all of them; what could be read in two ways is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import read
from qa.reading.date_columns import DateForm, form_of, forms_of, holds_dates, lacks_day
from qa.records import RatingFact, Report

HEADS = "Name,Rating,Published"


def read_table(folder: Path, text: str, described: str = "") -> tuple[list[RatingFact], Report]:
    report = Report()
    (folder / "t.csv").write_text(text, encoding="utf-8")
    if described:
        (folder / "t.csv.toml").write_text(described, encoding="utf-8")
    return list(read(folder / "t.csv", "t.csv", report).facts), report


def published(folder: Path, cells: list[str], described: str = "") -> tuple[list[str | None], list[str]]:
    rows = "".join(f'P{number},Good,"{cell}"\n' for number, cell in enumerate(cells))
    facts, report = read_table(folder, f"{HEADS}\n{rows}", described)
    dates = [fact.published.isoformat() if fact.published else None for fact in facts]
    return dates, [problem.message for problem in report.problems]


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (["15/03/2018", "01/02/2019"], ["2018-03-15", "2019-02-01"]),
        (["3/15/2018", "1/2/2019"], ["2018-03-15", "2019-01-02"]),
        (["1/2/2019 12:00:00 AM", "3/15/2018 12:00:00 AM"], ["2019-01-02", "2018-03-15"]),
        (["15/03/18", "01/02/99"], ["2018-03-15", "1999-02-01"]),
        (["15.03.18", "01.02.2019"], ["2018-03-15", "2019-02-01"]),
        (["20180315", "20190201"], ["2018-03-15", "2019-02-01"]),
        (["Mar-18", "February 2019"], ["2018-03-01", "2019-02-01"]),
        (["2018-03-15T10:00:00Z", "15 March 2018 10:00", "43174"], ["2018-03-15", None, "2018-03-15"]),
        (["15/03/2018 10:30", "01/02/2019 10:30 GMT"], ["2018-03-15", "2019-02-01"]),
        (["5/5/2018", "6/6/18"], ["2018-05-05", "2018-06-06"]),
    ],
)
def test_dates_are_read_as_their_column_writes_them(
    tmp_path: Path, cells: list[str], dates: list[str | None]
) -> None:
    assert published(tmp_path, cells)[0] == dates


@pytest.mark.parametrize(
    ("cells", "dates", "told"),
    [
        (
            ["03/04/2018", "01/02/2019"],
            ["2018-04-03", "2019-02-01"],
            (
                "The dates under “Published”, such as “03/04/2018”, may have the day or the month first; "
                "read with the day first."
            ),
        ),
        (
            ["1/17/2011", "4/3/2018"],
            ["2011-01-17", "2018-04-03"],
            "The dates under “Published” were read with the month first, as “1/17/2011” shows.",
        ),
        (
            ["17/1/2011", "1/18/2011", "3/4/2018", "5/5/2018"],
            ["2011-01-17", "2011-01-18", None, "2018-05-05"],
            "Under “Published” dates have the day first (“17/1/2011”) and the month first (“1/18/2011”); "
            "those that could be either are left out.",
        ),
        (
            ["Mar-18"],
            ["2018-03-01"],
            "row 2: a month without a day, read as the first of the month: “Mar-18”.",
        ),
        (["15/03/2098"], ["2098-03-15"], "row 2: a date in the future: “15/03/2098”."),
        (
            ["15/03/2018", "31/02/2018"],
            ["2018-03-15", None],
            "row 3: “31/02/2018” can't be read as a date; treated as undated.",
        ),
    ],
)
def test_what_could_be_otherwise_is_told(
    tmp_path: Path, cells: list[str], dates: list[str | None], told: str
) -> None:
    found, messages = published(tmp_path, cells)
    assert found == dates
    assert told in messages


@pytest.mark.parametrize(
    ("date_format", "date"),
    [
        ("%d/%m/%y", "2018-04-03"),
        ("%m/%d/%y", "2018-03-04"),
        ("%y/%m/%d", "2003-04-18"),
        (None, "2018-04-03"),
    ],
)
def test_the_format_that_is_told_settles_it(tmp_path: Path, date_format: str | None, date: str) -> None:
    found, messages = published(
        tmp_path, ["03/04/18 12:00"], f'date_format = "{date_format}"' if date_format else ""
    )
    assert found == [date]
    assert bool(messages) is (date_format is None)
    assert date_format or 'date_format = "%d/%m/%y"' in str(
        read_table(tmp_path, f"{HEADS}\nA,Good,03/04/18\n")[1].problems[0]
    )


def test_a_tables_columns_of_dates_are_written_alike(tmp_path: Path) -> None:
    table = (
        "Name,Rating,Publication date,Inspection "
        "date\nA,Good,03/04/2018,3/25/2018\nB,Good,05/06/2018,04/05/2018\n"
    )
    facts, report = read_table(tmp_path, table)
    assert [fact.published for fact in facts] == [datetime.date(2018, 3, 4), datetime.date(2018, 5, 6)]
    assert [fact.attributes["Inspection date"] for fact in facts] == ["2018-03-25", "2018-04-05"]
    assert report.errors == []


def test_a_column_of_dates_keeps_what_can_be_read_in_one_way_only(tmp_path: Path) -> None:
    facts, _ = read_table(
        tmp_path,
        "Name,Rating,Published,Opened on\nA,Good,2018-01-01,15 March 2018\nB,Good,2018-01-01,March 2018\n",
    )
    assert [fact.attributes["Opened on"] for fact in facts] == ["15 March 2018", "2018-03-01"]


DATES = st.dates(datetime.date(1971, 1, 1), datetime.date(2069, 12, 31))


@given(
    st.lists(DATES, min_size=1, max_size=20),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%y", "%m/%d/%Y %I:%M:%S %p"]),
)
def test_no_column_is_read_in_another_order_than_it_is_written(
    dates: list[datetime.date], date_format: str
) -> None:
    printed = [date.strftime(date_format) for date in dates]
    form = form_of(printed)
    decided = any(date.day > 12 for date in dates)
    assert form.sure is (decided or all(date.day == date.month for date in dates))
    if decided:
        assert [form.read(cell) for cell in printed] == dates


@given(st.text(max_size=30))
def test_no_cell_makes_it_fail(cell: str) -> None:
    for form in (form_of([cell]), DateForm(None), DateForm("month")):
        assert form.read(cell) is None or isinstance(form.read(cell), datetime.date)
    assert isinstance(lacks_day(cell), bool)
    assert isinstance(holds_dates("date", [cell]), bool)


def test_a_declared_format_is_the_order_of_the_other_columns() -> None:
    forms = forms_of({0: ["03/04/2018"], 1: ["05/06/2018"]}, {0: "%m/%d/%Y"})
    assert forms[1].read("05/06/2018") == datetime.date(2018, 5, 6)


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("inspection date", ["20180315"], True),
        ("number", ["20180315"], False),
        ("opened", ["15/03/2018", "soon"], False),
        ("ward", ["May", "June"], False),
        ("size", [], False),
    ],
)
def test_columns_of_dates_are_told_from_others(heading: str, values: list[str], expected: bool) -> None:
    assert holds_dates(heading, values) is expected
