"""Tables as they come: columns recognised, cells to facts."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import read
from qa.records import RatingFact, Report

CQC_HEADS = (
    "Location ID,Location Name,Care Home?,Location Type,Location Primary Inspection Category,Location "
    "Street Address,Location Address Line 2,Location City,Location Post Code,Location Local "
    "Authority,Location Region,Location ONSPD CCG Code,Service / Population Group,Domain,Latest "
    "Rating,Publication Date,Report Type,Inherited Rating (Y/N),URL,Provider ID,Provider Name,Brand "
    "ID,Brand Name,long,lat"
)
SNAKE_HEADS = (
    "location_id,location_name,care_home,location_type,location_primary_inspection_category,location_street_address,location_address_line_2,"
    "location_city,location_post_code,location_local_authority,location_region,location_onspd_ccg_code,service_population_group,domain,"
    "latest_rating,publication_date,report_type,inherited_rating_y_n,url,provider_id,provider_name,brand_id,brand_name,longitude,latitude"
)
CQC_ROW = (
    '1-1," Rose Lodge",Y,Social Care Org,Residential social care,1 High Street,,Leeds,LS1 '
    "1AA,Leeds,Yorkshire and The Humber,E38,"
    "Overall,Well-led,Requires "
    "improvement,02/03/2020,Location,N,http://www.cqc.org.uk/location/1-1,1-2,Rose "
    "Limited,-,-,-1.5,53.8"
)


def read_table(folder: Path, text: str | bytes, name: str = "table.csv") -> tuple[list[RatingFact], Report]:
    path, report = folder / name, Report()
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read(path, name, report).facts), report


@pytest.mark.parametrize("heads", [CQC_HEADS, SNAKE_HEADS])
def test_both_spellings_of_the_directorys_heads_give_the_same_fact(tmp_path: Path, heads: str) -> None:
    (fact,), report = read_table(tmp_path, f"{heads}\n{CQC_ROW}\n")
    assert fact == RatingFact(
        id="table.csv:2",
        subject="Rose Lodge",
        aspect="Well-led",
        service="Overall",
        rating="Requires improvement",
        previous_rating=None,
        published=datetime.date(2020, 3, 2),
        note=None,
        attributes={
            "identifier": "1-1",
            "kind": "Residential social care",
            "type": "Social Care Org",
            "care_home": "Y",
            "provider": "Rose Limited",
            "provider_identifier": "1-2",
            "street": "1 High Street",
            "town": "Leeds",
            "postcode": "LS1 1AA",
            "local_authority": "Leeds",
            "region": "Yorkshire and The Humber",
            "inherited": "N",
            **dict(
                zip(
                    (heads.split(",")[column] for column in (11, 16, 23, 24)),
                    ("E38", "Location", "-1.5", "53.8"),
                    strict=True,
                )
            ),
        },
        source=fact.source,
    )
    assert (fact.source.document, fact.source.title, fact.source.row) == ("table.csv", "Table", 2)
    assert fact.source.url == "http://www.cqc.org.uk/location/1-1"
    problem, ambiguous = report.problems
    assert problem.severity == ambiguous.severity == "warning"
    assert "“02/03/2020”, may have the day or the month first" in ambiguous.message
    assert all(heads.split(",")[column] in problem.message for column in (11, 16, 21, 23, 24))
    assert report.rows == {"table.csv": 1}


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        ("Trust,From,To", "A,Good,Inadequate", ("A", "Good", "Inadequate")),
        ("Organisation name,Rating before,Rating after", "A,Good,Inadequate", ("A", "Good", "Inadequate")),
        ("Care home,Previous rating,Current rating", "A,Good,Inadequate", ("A", "Good", "Inadequate")),
        ("HOSPITAL ,was,now", "A,Good,Inadequate", ("A", "Good", "Inadequate")),
        ("Previously,Rating,Practice", "Good,Inadequate,A", ("A", "Good", "Inadequate")),
        ("Name,Rating", "A,Good", ("A", None, "Good")),
        ("Provider Name,Overall rating", "A,Good", ("A", None, "Good")),
        ("Local authority,Rating", "A,Good", ("A", None, "Good")),
        ("Provider ID,Provider Name,Latest Rating", "1-1,A,Good", ("A", None, "Good")),
        ("Name,Verdict", "A,Good", ("A", None, "Good")),  # told by its values
        (
            "Name of the mental health trust,CQC rating before,Latest overall rating",
            "A,Good,Inadequate",
            ("A", "Good", "Inadequate"),
        ),
        ("Trust [1],Rating 2018,Rating 2016", "A,Good,Inadequate", ("A", "Inadequate", "Good")),
        ("NHS trusts,Initial rating,Final rating", "A,Good,Inadequate", ("A", "Good", "Inadequate")),
    ],
)
def test_many_spellings_of_headings_are_recognised(
    tmp_path: Path, heads: str, row: str, expected: tuple[str, str | None, str]
) -> None:
    (fact,), _ = read_table(tmp_path, f"{heads}\n{row}\n")
    assert (fact.subject, fact.previous_rating, fact.rating) == expected
    assert fact.aspect == "Overall"


def test_a_column_taken_by_its_values_is_told(tmp_path: Path) -> None:
    _, report = read_table(tmp_path, "Name,Verdict,Published\nA,Good,2020-01-01\n")
    assert "“Verdict” was taken as the rating column" in str(report.problems[0])


def test_from_and_to_are_no_ratings_where_they_are_dates(tmp_path: Path) -> None:
    (fact,), report = read_table(tmp_path, "Name,From,To,Rating\nA,2019-01-01,2020-01-01,Good\n")
    assert (fact.rating, fact.previous_rating) == ("Good", None)
    assert "Columns kept under their own headings: From, To." in " ".join(map(str, report.problems))


def test_a_column_for_each_aspect_gives_a_fact_for_each(tmp_path: Path) -> None:
    facts, _ = read_table(
        tmp_path,
        (
            "Trust,Overall rating,Safe,Well led,Previous "
            "rating\nA,Good,Inadequate,,Outstanding\nB,Good,Good,Good,\n"
        ),
    )
    assert [(fact.id, fact.aspect, fact.rating, fact.previous_rating) for fact in facts] == [
        ("table.csv:2:Overall", "Overall", "Good", "Outstanding"),
        ("table.csv:2:Safe", "Safe", "Inadequate", None),
        ("table.csv:3:Overall", "Overall", "Good", None),
        ("table.csv:3:Safe", "Safe", "Good", None),
        ("table.csv:3:Well-led", "Well-led", "Good", None),
    ]


@pytest.mark.parametrize(
    ("word", "aspect"),
    [
        ("Well led", "Well-led"),
        ("Is the service safe?", "Safe"),
        ("OVERALL", "Overall"),
        ("", "Overall"),
        ("Use of resources", "Use of resources"),
    ],
)
def test_aspects_are_named_alike(tmp_path: Path, word: str, aspect: str) -> None:
    (fact,), _ = read_table(tmp_path, f"Trust,Key question,Rating\nA,{word},Good\n")
    assert fact.aspect == aspect


@pytest.mark.parametrize(
    ("cell", "rating", "printed"),
    [
        ("Requires Improvement", "Requires Improvement", None),  # the publisher's own capitals
        ("requires  improvement ", "requires improvement", None),
        ("Insufficient evidence to rate", "Insufficient evidence to rate", None),
        ("Not Rated", "Not Rated", None),
        ("Regulations met", "Regulations met", None),
        ("Goood", None, "Goood"),
        ("Good*", "Good", "Good*"),
        ("Good [1]", "Good", "Good [1]"),
        ("Good1", "Good", "Good1"),
        ("†Good", "Good", "†Good"),
        ("Good¹", "Good", "Good¹"),
        ("Goodish*", None, "Goodish*"),
        ("", None, None),
        ("-", None, None),
    ],
)
def test_ratings_are_the_publishers_words_and_never_guessed(
    tmp_path: Path, cell: str, rating: str | None, printed: str | None
) -> None:
    facts, report = read_table(
        tmp_path, f"Trust,Town,Rating,Published\nX,York,Good,2020-01-01\nA,Leeds,{cell},2020-01-01\n"
    )
    assert (facts[1].rating, facts[1].attributes.get("rating_as_printed")) == (rating, printed)
    assert bool(report.problems) is (rating is None or printed is not None)
    assert all(problem.line == 3 for problem in report.problems)


def test_dates_that_can_not_be_read_are_told_with_their_rows(tmp_path: Path) -> None:
    facts, report = read_table(
        tmp_path, "Trust,Rating,Published\nA,Good,soon\nB,Good,31/12/2020\nC,Good,soon\nD,Good,\n"
    )
    assert [fact.published for fact in facts] == [None, datetime.date(2020, 12, 31), None, None]
    assert [str(problem) for problem in report.problems] == [
        "table.csv, line 2: rows 2 and 4: “soon” can't be read as a date; treated as undated. "
        "Write it as 2018-03-15, 15/03/2018 or 15 March 2018."
    ]


def test_many_rows_with_one_problem_are_one_line_of_the_report(tmp_path: Path) -> None:
    rows = "".join(f"T{number},Goood,2020-01-01\nU{number},Good,2020-01-01\n" for number in range(1_500))
    _, report = read_table(tmp_path, f"Trust,Rating,Published\n{rows}")
    (problem,) = report.problems
    assert (
        "rows 2, 4, 6, 8, 10 and 1,495 more: not on the rating scale, so treated as unrated: “Goood”."
        in problem.message
    )


def test_many_different_values_with_one_problem_are_one_line_of_the_report(tmp_path: Path) -> None:
    rows = "".join(
        f"T{number},Word{number},soon {number}\nU{number},Good,2020-01-01\n" for number in range(100)
    )
    _, report = read_table(tmp_path, f"Trust,Rating,Published\nX,Good,2020-01-01\n{rows}")
    assert [problem.message.partition(" more: ")[2] for problem in report.problems] == [
        (
            "“soon 0”, “soon 1”, “soon 2”, “soon 3”, “soon 4” and 95 more can't be read as a date; "
            "treated as undated."
        ),
        (
            "not on the rating scale, so treated as unrated: “Word0”, “Word1”, “Word2”, “Word3”, “Word4” and "
            "95 more."
        ),
    ]


def test_a_table_most_of_whose_rows_hold_no_rating_is_an_error(tmp_path: Path) -> None:
    facts, report = read_table(
        tmp_path, "Trust,Rating,Published\nA,Good,2020-01-01\nB,,2020-01-01\nC,Top,2020-01-01\n"
    )
    assert len(facts) == 3
    assert [str(problem) for problem in report.errors] == [
        "table.csv, line 1: 2 of 3 rows have no rating on the scale. Check whether the right column "
        "was taken as the rating column, and whether the scale beside the table has its words."
    ]


def test_a_note_and_an_address_are_the_facts(tmp_path: Path) -> None:
    (fact,), _ = read_table(
        tmp_path, 'Trust,Rating,Note,Source\nA,Good,"Was, once, B",https://example.org/a\n'
    )
    assert (fact.note, fact.source.url) == ("Was, once, B", "https://example.org/a")


def test_a_source_that_is_no_address_is_none(tmp_path: Path) -> None:
    (fact,), report = read_table(tmp_path, "Trust,Rating,Source\nA,Good,the web site\n")
    assert fact.source.url is None
    assert "Columns kept under their own headings: Source." in str(report.problems[0])


def test_a_footnote_mark_at_a_name_is_taken_off_and_told(tmp_path: Path) -> None:
    (fact,), report = read_table(tmp_path, "Trust,Rating,Published\n**A Trust,Good,2020-01-01\n")
    assert fact.subject == "A Trust"
    assert "row 2: the mark “**” at a name" in str(report.problems[0])


def test_a_table_without_dates_is_told(tmp_path: Path) -> None:
    _, report = read_table(tmp_path, "Trust,Rating\nA,Good\n")
    assert "The ratings have no date of publication. Add a column “Published”" in str(report.problems[0])


def test_repeated_and_contradicting_rows_are_told_and_kept(tmp_path: Path) -> None:
    heads = "Location ID,Location Name,Rating,Published\n"
    facts, report = read_table(
        tmp_path,
        f"{heads}1,A,Good,2020-01-01\n2,A,Good,2020-01-01\n1,A,Good,2020-01-01\n2,B,Inadequate,2020-01-01\n1,A,Inadequate,2021-01-01\n",
    )
    assert len(facts) == 5
    assert [problem.message for problem in report.problems] == [
        "row 4: the same subject, aspect, date and rating as a row above.",
        "Same date, different ratings: rows 3 and 5; both are shown.",
    ]


def test_without_identifiers_the_postcode_tells_subjects_apart(tmp_path: Path) -> None:
    heads = "Name,Postcode,Rating,Published\n"
    _, report = read_table(tmp_path, f"{heads}A,LS1 1AA,Good,2020-01-01\nA,LS2 2BB,Inadequate,2020-01-01\n")
    assert report.problems == []


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "a.csv"), ("\t", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv"), (",", "a.tsv")]
)
def test_the_separator_is_found(tmp_path: Path, separator: str, name: str) -> None:
    rows = [["Trust", "Rating", "Note"], ["A", "Good", "one, two, three; four"], ["B", "Inadequate", ""]]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    facts, _ = read_table(tmp_path, text.getvalue(), name)
    assert [(fact.subject, fact.rating, fact.note) for fact in facts] == [
        ("A", "Good", "one, two, three; four"),
        ("B", "Inadequate", None),
    ]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=20).filter(
                lambda name: name.strip(" -–—*#†‡§¶[]").isalpha()
            ),
            st.sampled_from(["Good", "Outstanding", "Inadequate", "Requires improvement"]),
            st.dates(datetime.date(2014, 1, 1), datetime.date(2030, 1, 1)),
        ),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, datetime.date]],
    separator: str,
    ends: str,
    encoding: str,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerow(["Location Name", "Latest Rating", "Publication Date"])
    writer.writerows((f"Trust {name}", rating, date.strftime("%d/%m/%Y")) for name, rating, date in rows)
    facts, _ = read_table(tmp_path_factory.mktemp("any"), text.getvalue().encode(encoding))
    assert [(fact.rating, fact.published, fact.source.row) for fact in facts] == [
        (rating, date, number) for number, (_, rating, date) in enumerate(rows, 2)
    ]
    assert all(fact.subject.startswith("Trust") for fact in facts)


def test_a_row_is_the_line_on_which_it_starts(tmp_path: Path) -> None:
    facts, _ = read_table(tmp_path, 'Trust,Rating,Note\nA,Good,"two\nlines"\n\nB,Good,\n')
    assert [fact.source.row for fact in facts] == [2, 5]


def test_gzipped_tables_are_read(tmp_path: Path) -> None:
    facts, _ = read_table(tmp_path, gzip.compress(b"Trust\tRating\nA\tGood\n"), "a.tsv.gz")
    assert [fact.rating for fact in facts] == ["Good"]


def test_the_directory_of_2021_is_read_whole(shared: Path) -> None:
    name = "england-2021.csv.gz"
    path, report = shared / "data" / "ratings" / name, Report()
    ratings: dict[str | None, int] = {}
    for fact in read(path, name, report).facts:
        ratings[fact.rating] = ratings.get(fact.rating, 0) + 1
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        printed = [row["Latest Rating"] for row in csv.DictReader(file)]
    assert ratings == {word: printed.count(word) for word in set(printed)}
    assert report.rows == {name: len(printed)}
    assert [problem.message for problem in report.problems if "own headings" not in problem.message] == [
        "Same date, different ratings: rows 39,114 and 39,115; both are shown."
    ]


def test_the_directory_of_2025_is_read_as_it_stands(shared: Path) -> None:
    path, report = shared / "data" / "ratings" / "stw-2025.csv", Report()
    facts = list(read(path, path.name, report).facts)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        (fact.subject, fact.aspect, fact.service, fact.rating, fact.source.url, fact.attributes["identifier"])
        for fact in facts
    ] == [
        (
            row["location_name"].strip(),
            row["domain"],
            row["service_population_group"],
            row["latest_rating"],
            row["url"],
            row["location_id"],
        )
        for row in rows
    ]
    assert [fact.published.strftime("%d/%m/%Y") if fact.published else "" for fact in facts] == [
        row["publication_date"] for row in rows
    ]
