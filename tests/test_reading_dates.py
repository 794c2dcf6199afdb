from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.written_dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2018-03-15",
            "2018-03-15T10:00:00Z",
            "2018-03-15 00:00:00",
            "15/03/2018",
            "15/3/2018",
            "15.03.2018",
            "15-03-2018",
            "15/03/2018 10:30",
        ),
        *(
            "15 March 2018",
            "15th March 2018",
            "15 Mar 2018",
            "15-Mar-2018",
            "15-Mar-18",
            "Thursday 15 March 2018",
            "Thursday, 15th of March, 2018",
        ),
        *("March 15, 2018", "  15\u00a0March  2018 ", "15 MARCH 2018", "43174", "43174.0"),
    ],
)
def test_dates_are_read_as_they_are_written(text: str) -> None:
    assert read_date(text) == datetime.date(2018, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "March 2018",
            "2018",
            "Spring 2018",
            "soon",
            "31 February 2018",
            "31/04/2018",
            "03/15/2018",
            "15/03/18",
            "15 Marzo 2018",
        ),
        *(
            "15 March",
            "1518-03-15",
            "2018-3",
            "2018-13-01",
            "99999",
            "9999999",
            "15/03-2018",
            "١٥/٠٣/٢٠١٨x",
            "15 Ma 2018",
        ),
    ],
)
def test_what_is_no_whole_or_no_certain_date_is_not_read(text: str) -> None:
    assert read_date(text) is None


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]),
)
def test_every_date_is_read_back(date: datetime.date, form: str) -> None:
    assert read_date(date.strftime(form)) == date


@given(st.text(max_size=30))
def test_nothing_makes_it_fail(text: str) -> None:
    assert read_date(text) is None or isinstance(read_date(text), datetime.date)


def test_a_given_format_is_the_only_one_besides_iso() -> None:
    assert read_date("03/04/2018", "%m/%d/%Y") == datetime.date(2018, 3, 4)
    assert read_date("2018-03-04", "%m/%d/%Y") == datetime.date(2018, 3, 4)
    assert read_date("15/03/2018", "%m/%d/%Y") is None
