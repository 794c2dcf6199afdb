"""Words of a follow-up that stand for what the question before asked: "like that", "the two", "in each"."""

from __future__ import annotations

from pathlib import Path

import pytest
from county import HEADS, rows
from made_corpus import serve

from qa.service import Service


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (
            "Which care homes require improvement for well-led?",
            "is there any surgery like that?",
            "Yes. 1 of 3",
        ),
        ("Which care homes are inadequate?", "And is there a surgery like that?", "No. None of the 3"),
        (
            "How many care homes in Thirsk are inadequate?",
            "is any home in Ripon like that?",
            "No. None of the 3",
        ),
        ("Which surgeries are outstanding?", "Are any care homes in the same position?", "Yes. 2 of 10"),
        (
            "Which care homes are outstanding for caring?",
            "How many like that are in Malton?",
            "1 care home in",
        ),
    ],
)
def test_like_that_keeps_the_condition_before(before: str, asked: str, told: str, county: Service) -> None:
    for answer in (county.ask(asked, [before]), county.ask(f"{before} {asked}")):
        assert answer.status == "answered", answer.answer.text
        assert told in answer.answer.text


def test_like_that_with_nothing_before_is_not_told(county: Service) -> None:
    answer = county.ask("Are there any surgeries like that?")
    assert (answer.status, answer.understood.left_out) == ("not_found", ("like that",))


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (
            "What share of care homes is outstanding?",
            "How does that compare with surgeries?",
            "GP practices 33.3% (1 of 3) and care homes 20% (2 of 10)",
        ),
        ("How many care homes in Ripon are good?", "how does this compare to Thirsk", "Ripon 2 and Thirsk 1"),
        (
            "What share of care homes in Ripon is good?",
            "how does that compare with Selby?",
            "Selby 0% (0 of 2)",
        ),
        (
            "What share of care homes in Ripon is good?",
            "and how does it compare nationally?",
            "all care homes 40% (4 of 10)",
        ),
        (
            "What share of care homes in Ripon is good?",
            "how does that compare with the national share?",
            "all care homes 40% (4 of 10)",
        ),
        (
            "What share of care homes in Ripon is good?",
            "how does that compare with the rest of the country?",
            "outside Ripon (postal town) 28.6% (2 of 7)",
        ),
        # each of two places; either of them
        (
            "Care homes in Ripon and Thirsk: is any below good in either town?",
            "what share is good in each?",
            "Ripon 66.7% and Thirsk 33.3%",
        ),
        (
            "How many care homes are there in Ripon or in Thirsk?",
            "and how many are good in each?",
            "Ripon 2 and Thirsk 1",
        ),
        # the groups that were told
        (
            "Which towns have at least 3 care homes?",
            "which of these has the most inadequate ones?",
            "Thirsk (1)",
        ),
        (
            "Among providers with at least 2 care homes, which have no inadequate one?",
            "Which of them has the most outstanding?",
            "Tolland Homes",
        ),
        (
            "Which councils have at least 2 care homes?",
            "which of those has the highest share of good homes?",
            "Eastmarch (50%)",
        ),
        # the two
        (
            "How is Saltersgate rated?",
            "And Yarrowby? Did the two get the same rating?",
            "No. Saltersgate is rated higher",
        ),
    ],
)
def test_a_figure_before_is_one_side_and_groups_before_are_kept(
    before: str, asked: str, told: str, county: Service
) -> None:
    for answer in (county.ask(asked, [before]), county.ask(f"{before} {asked}")):
        assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
        assert told in answer.answer.text


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        # as many as were asked about
        (
            ["How many care homes in Malton are good?"],
            "and in Ripon and Thirsk? who has the most of the three",
            ["Ripon has the highest number of care homes rated Good: Ripon 2, Malton 1 and Thirsk 1"],
        ),
        (
            ["How many care homes in Malton are good?"],
            "and in Ripon and Selby? which of the two has more",
            ["Ripon 2 and Selby 0"],
        ),
        # either of them
        (
            ["How many surgeries in Thirsk are good?"],
            "And the care homes there? Is anything inadequate in either group?",
            ["No. None of the one rated GP practice in Thirsk", "Yes. 1 of 3 rated care homes in Thirsk"],
        ),
        (
            ["how many care homes in Ripon are good?", "and in Thirsk?"],
            "is any inadequate in either?",
            ["No. None of the 3 rated care homes in Ripon", "Yes. 1 of 3 rated care homes in Thirsk"],
        ),
        # all figures again
        (
            [],
            "How many care homes in Ripon are good, and what percentage is that? Same figures for Thirsk please.",
            [
                "66.7%: 2 of 3 care homes in Ripon",
                "1 care home in Thirsk",
                "33.3%: 1 of 3 care homes in Thirsk",
            ],
        ),
        (
            [],
            "How many care homes in Ripon are good and how many are outstanding? And the same for Malton?",
            [
                "1 care home in Malton (postal town) was rated Good",
                "1 care home in Malton (postal town) was rated Outst",
            ],
        ),
        (
            [],
            "How many homes does Larkmoor run, and how many are good? And Wrenfield?",
            ["2 care homes run by Wrenfield Trust", "1 of the 2 care homes run by Wrenfield Trust"],
        ),
    ],
)
def test_those_asked_about_before_are_all_meant(
    before: list[str], asked: str, told: list[str], county: Service
) -> None:
    answer = county.ask(asked, before)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert [one for one in told if one not in answer.answer.text] == [], answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What share of care homes in Ripon is good compared with England?", "all care homes 40% (4 of 10)"),
        ("share of good care homes in Ripon against the national share", "all care homes 40% (4 of 10)"),
        ("Is the share of good care homes in Ripon higher than the national average?", "Yes. Ripon has"),
        (
            "how many good care homes are in Ripon compared with the rest of England?",
            "outside Ripon (postal town) 2",
        ),
    ],
)
def test_a_place_is_compared_with_the_country(asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ([], "What share of care homes in Ripon is good compared with England?"),
        (["What share of care homes in Ripon is good?"], "how does that compare nationally?"),
    ],
)
def test_tables_of_one_region_are_no_country(before: list[str], asked: str, tmp_path: Path) -> None:
    region = HEADS.index("Location Region")
    held = [[*row[:region], "North West", *row[region + 1 :]] for row in rows()]
    answer = serve(tmp_path, held, HEADS).ask(asked, before)
    assert answer.status == "not_found", answer.answer.text
    assert len(answer.understood.left_out) == 1


@pytest.mark.parametrize(
    "round_", ["the other way round", "the other way about", "vice versa", "the reverse"]
)
@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (
            "How many care homes are below good for safe but good for well-led",
            "how many {}",
            [
                "for Safe and Good for Well-led: Yarrowby",
                "for Well-led and Good for Safe: Quennell",
            ],
        ),
        (
            "Which care homes are outstanding for caring but only good for safe",
            "which {}",
            ["Outstanding for Caring and Good for Safe", "Outstanding for Safe and Good for Caring"],
        ),
        (
            "How many care homes are better for safe than for well-led",
            "how many {}",
            ["rated higher for Safe than for Well-led", "rated lower for Safe than for Well-led"],
        ),
    ],
)
def test_the_other_way_round(before: str, asked: str, told: list[str], round_: str, county: Service) -> None:
    answer = county.ask(f"{before}, and {asked.format(round_)}?")
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert [one for one in told if one not in answer.answer.text] == [], answer.answer.text
    alone = county.ask(f"and {round_}?", [f"{before}?"])
    assert told[1] in alone.answer.text


def test_what_has_no_other_way_round_is_left_out(county: Service) -> None:
    answer = county.ask("How many care homes are good, and how many the other way round?")
    assert answer.understood.left_out == ("the other way round",)


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (
            "How many care homes are good",
            "which one is better than that?",
            "2 care homes were rated Outstanding",
        ),
        (
            "How many care homes are good",
            "how many ended up higher than that?",
            "2 care homes were rated Outst",
        ),
        (
            "How many care homes are good",
            "how many are worse than that?",
            "4 care homes were rated Requires impr",
        ),
        ("Which care homes require improvement", "is any lower than that?", "Yes. 1 of 10"),
        ("Which care homes in Ripon are good", "which are rated above that?", "Brackwater House"),
        ("How many care homes are good for safe", "which are worse than that?", "Inadequate for Safe"),
    ],
)
def test_better_than_that_is_a_rating_above_it(before: str, asked: str, told: str, county: Service) -> None:
    for answer in (county.ask(asked, [f"{before}?"]), county.ask(f"{before}, and {asked}")):
        assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
        assert told in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("how was it rated?", "was rated Outstanding, up from Good before"),
        ("and how was it rated before that, and when?", "up from Good before"),
        ("what was it rated before?", "up from Good before"),
        ("when was it rated?", "was published on 15 March 2018"),
        ("is it good?", "No. Calderstones"),
        ("is it outstanding?", "Yes. Calderstones"),
    ],
)
@pytest.mark.parametrize(
    "before", ["What happened to Calderstones in 2016?", "What happened to Calderstones?"]
)
def test_it_is_the_one_that_a_question_to_the_reports_named(
    before: str, asked: str, told: str, trusts: Service
) -> None:
    answer = trusts.ask(asked, [before])
    assert (answer.status, answer.understood.left_out) == ("answered", ())
    assert "Calderstones" in answer.answer.text
    assert told in answer.answer.text


@pytest.mark.parametrize("before", ["Why did the trusts improve?", "Why did Oxleas and Somerset improve?"])
def test_it_is_asked_back_about_if_none_or_several_were_named(before: str, trusts: Service) -> None:
    assert "Which one do you mean by “it”?" in trusts.ask("how was it rated?", [before]).answer.text
