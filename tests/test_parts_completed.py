"""Questions side by side that complete one another: what is left unsaid in one part stands in the other, and no
part is dropped.
"""

import pytest

from qa.service import Service


def _told(service: Service, *asked: str) -> list[str]:
    *history, question = asked
    answer = service.ask(question, history)
    return [part.text for part in answer.parts] or [answer.answer.text]


# Harlow Dale has 5 care homes: 1 outstanding, 2 good, 2 requires improvement; Overmoor 3: 1 good, 1, 1 inadequate.
@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Which council has the most and which the fewest care homes?", "Harlow Dale", "Eastmarch"),
        (
            "Which council has the highest and which the lowest share of good care homes?",
            "Eastmarch",
            "Overmoor",
        ),
        (
            "Harlow Dale or Overmoor, which has more outstanding care homes and which more inadequate ones?",
            "Harlow Dale has the higher",
            "Overmoor has the higher",
        ),
    ],
)
def test_two_rankings_share_their_beginning_and_their_end(
    question: str, first: str, second: str, county: Service
) -> None:
    told = _told(county, question)
    assert len(told) == 2
    assert told[0].startswith(first)
    assert told[1].startswith(second)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ("How many trusts were good before, and how many after?",),
            ["1 trust was rated Good before", "6 trusts"],
        ),
        (
            ("How many trusts are good now, and how many before?",),
            ["6 trusts", "1 trust was rated Good before"],
        ),
        (("What share of the trusts was good before, and what share after?",), ["14.3%", "85.7%"]),
        (("How many trusts were good before?", "and now?"), ["6 trusts"]),
        (("Was Oxleas good before?", "and afterwards?"), ["Yes"]),
    ],
)
def test_another_time_is_asked_with_one_word(
    asked: tuple[str, ...], told: list[str], trusts: Service
) -> None:
    parts = _told(trusts, *asked)
    assert len(parts) == len(told)
    assert all(part.startswith(begin) for part, begin in zip(parts, told, strict=True))


@pytest.mark.parametrize(
    ("question", "verdict", "second"),
    [
        ("A colleague says all seven trusts started from requires improvement. Is he right, and if not who is the "
         "exception?", "No. 6 of 7", "Calderstones"),
        ("Our chair says all seven improved. Is she right? And which one started highest?", "Yes. All 7",
         "Calderstones"),
        ("A leaflet through my door says every trust is good or better. True? And which is outstanding?",
         "Yes. All 7", "1 trust was rated Outstanding"),
    ],
)  # fmt: skip
def test_what_somebody_claims_is_judged_before_the_next_question(
    question: str, verdict: str, second: str, trusts: Service
) -> None:
    told = _told(trusts, question)
    assert told[0].startswith(verdict)
    assert told[1].startswith(second)


@pytest.mark.parametrize(
    "question",
    [
        "Harlow Dale v Overmoor, how many care homes each and how many outstanding?",
        "Compare Harlow Dale and Overmoor: how many care homes each, and how many outstanding?",
    ],
)
def test_each_means_both_sides_of_a_comparison(question: str, county: Service) -> None:
    told = [[one for one in part.figures if one.unit == "count"] for part in county.ask(question).parts]
    parts = [{one.label: one.value for one in figures} for figures in told]
    assert {"Harlow Dale": 5, "Overmoor": 3} in parts
    assert {"Harlow Dale": 1, "Overmoor": 0} in parts


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("Name the good care homes, and tell me how many of them are in Overmoor", [4, 1]),
        ("Give me the inadequate care homes and say which are in Overmoor", [1, 1]),
        ("List the good care homes and please let me know how many are in Harlow Dale", [4, 2]),
    ],
)
def test_an_order_may_be_followed_by_another(question: str, counts: list[int], county: Service) -> None:
    figures = [
        [one.value for one in part.figures if one.unit == "count"] for part in county.ask(question).parts
    ]
    assert [values[0] for values in figures] == counts


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many trusts are outstanding, and who is quoted in the publication?", "Lelliott"),
        ("Which trust is outstanding, and who spoke of leadership?", "leadership"),
    ],
)
def test_a_part_that_the_tables_leave_out_is_asked_of_the_reports(
    question: str, text: str, trusts: Service
) -> None:
    answer = trusts.ask(question)
    assert "1 trust was rated Outstanding" in answer.answer.text
    assert text in answer.answer.text
    assert not answer.understood.left_out


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        (
            "Harlow Dale vs Overmoor: number of care homes, percentage good, number inadequate",
            [(5, 3), (40, 33.3), (0, 1)],
        ),
        ("Harlow Dale vs Overmoor: number of care homes, number outstanding", [(5, 3), (1, 0)]),
        ("Harlow Dale v Overmoor, number of care homes and percentage good", [(5, 3), (40, 33.3)]),
    ],
)
def test_figures_are_listed_behind_both_sides(
    question: str, figures: list[tuple[float, float]], county: Service
) -> None:
    told = [{one.label: one.value for one in part.figures} for part in county.ask(question).parts]
    assert [(one["Harlow Dale"], one["Overmoor"]) for one in told] == figures


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Harlow Dale - number of care homes, percentage good, plus names of the outstanding ones",
         ["5 care homes", "40%", "1 care home in Harlow Dale"]),
        ("Harlow Dale: how many care homes, are fewer than half of them good, and are any outstanding?",
         ["5 care homes", "Yes. 2 of 5", "Yes. 1 of 5"]),
        ("Overmoor: care homes; share good; number inadequate", ["3 care homes", "33.3%", "1 care home"]),
    ],
)  # fmt: skip
def test_figures_are_listed_behind_one_place(question: str, told: list[str], county: Service) -> None:
    parts = _told(county, question)
    assert len(parts) == len(told)
    assert all(part.startswith(begin) for part, begin in zip(parts, told, strict=True))


def test_a_difference_of_two_numbers_stays_one_figure(trusts: Service) -> None:
    question = (
        "What is the difference between the number of trusts that went to Good and the number at Outstanding?"
    )
    assert _told(trusts, question) == [
        "5 more: Good 6 against Outstanding 1, of trusts. Published 15 March 2018."
    ]


@pytest.mark.parametrize("everyone", ["Everything", "Everyone", "Everybody", "All"])
def test_everything_but_one_leaves_that_one_out(everyone: str, trusts: Service) -> None:
    answer = trusts.ask(f"{everyone} but Oxleas: which are good?")
    assert answer.answer.text.startswith("5 trusts other than Oxleas")


@pytest.mark.parametrize("figures", ["number and share", "count and percentage"])
def test_two_figures_of_one_thing_are_not_cut_apart(figures: str, county: Service) -> None:
    answer = county.ask(f"Harlow Dale: {figures} of good care homes")
    assert not any("5 places" in part.text for part in answer.parts)
    assert "2 of 5" in answer.answer.text or "2 care homes" in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("Which trusts moved to good?", "other than Oxleas and Lincolnshire I mean"), "4 trusts"),
        (("Which trusts moved to good?", "except Oxleas"), "5 trusts"),
        (("How many trusts are good?", "apart from Sheffield"), "5 trusts"),
        (("Did every trust in the report end up at good or better?",), "Yes. All 7"),
        (("How many trusts in the report are outstanding?",), "1 trust"),
    ],
)
def test_an_exception_narrows_what_was_listed(asked: tuple[str, ...], told: str, trusts: Service) -> None:
    assert _told(trusts, *asked)[0].startswith(told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("Which care homes in Harlow Dale are good?", "sorry, I meant Overmoor"), "1 care home in Overmoor"),
        (("Which care homes in Harlow Dale are good?", "I meant Overmoor, not Harlow Dale"), "1 care home in Overmoor"),
        (("How many care homes are good?", "excluding Overmoor"), "3 care homes outside Overmoor"),
        (("Is Kestrane Court good?", "we meant Pinfold Rest"), "Yes. Pinfold Rest"),
    ],
)  # fmt: skip
def test_what_was_meant_replaces_what_was_said(asked: tuple[str, ...], told: str, county: Service) -> None:
    assert _told(county, *asked)[0].startswith(told)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("What is the rating for Yarrowby, and that for Ashgrove?", "Yarrowby", "Ashgrove"),
        ("What is the rating for Yarrowby and that for Ashgrove?", "Yarrowby", "Ashgrove"),
        ("What's the rating of Yarrowby and the one for Ashgrove?", "Yarrowby", "Ashgrove"),
        ("What's the rating of Yarrowby, and that of Ashgrove?", "Yarrowby", "Ashgrove"),
        ("What share of care homes in Ripon is good, and that for Selby?", "66.7%", "0%"),
        ("What share of care homes in Ripon is good plus that in Selby?", "66.7%", "0%"),
        ("What's the newest rating of a care home in Ripon, and the oldest one?", "Kestrane", "Brackwater"),
        ("Which care home in Ripon was rated most recently, and the oldest?", "Kestrane", "Brackwater"),
        ("Which is the oldest rating of a home in Selby, and the newest?", "Quennell", "Olwen"),
        ("Which council has the highest share of good homes, and the lowest?", "Eastmarch", "Overmoor"),
    ],
)
def test_the_same_is_asked_of_another_or_at_the_other_end(
    question: str, first: str, second: str, county: Service
) -> None:
    told = _told(county, question)
    assert len(told) == 2
    assert first in told[0]
    assert second in told[1]
    assert second not in told[0]


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between the share of good care homes in Ripon and that in Selby?",
        "How does the share of good care homes in Ripon compare, and that in Selby?",
        "Is the share of good care homes in Ripon higher than that in Selby?",
    ],
)
def test_two_sides_of_a_comparison_stay_one_question(question: str, county: Service) -> None:
    assert len(_told(county, question)) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("Are most care homes in Harlow Dale good?", "And none inadequate?"), "Yes. None of the 5"),
        (("Are most care homes in Harlow Dale good?", "And all in Eastmarch?"), "No. 1 of 2"),
        (("Are all care homes in Harlow Dale good?", "And none in Eastmarch?"), "No. 1 of 2"),
        (("Are all care homes in Harlow Dale good?", "And any in Overmoor?"), "Yes. 1 of 3"),
        (("Were most good care homes rated in 2020?", "And none before 2019?"), "Yes. None of the 4"),
        (("Were most good care homes rated in 2020?", "And all before 2022?"), "Yes. All 4"),
    ],
)
def test_the_same_may_be_claimed_of_another_number(
    asked: tuple[str, ...], told: str, county: Service
) -> None:
    assert _told(county, *asked)[-1].startswith(told)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Most good care homes got their report in 2020. Correct?", "No. 2 of 4"),
        ("Most good care homes received their rating after 2019, right?", "Yes. All 4"),
        ("No good care home got its rating before 2020, correct?", "Yes. None of the 4"),
        ("All outstanding care homes received their report before 2020. Is that right?", "No. 1 of 2"),
        ("Half of the outstanding care homes got their rating in 2020.", "Yes. 1 of 2"),
        ("Did most good care homes get their report in 2020?", "No. 2 of 4"),
    ],
)
def test_when_they_got_it_is_claimed_of_those_that_are_rated_so(
    claim: str, told: str, county: Service
) -> None:
    assert _told(county, claim)[0].startswith(told)


@pytest.mark.parametrize(
    "question",
    [
        "Most good care homes got their report in 2020. Correct? And none before 2019?",
        "Did most good care homes get their report in 2020, and none before 2019?",
        "Most good care homes received their rating in 2020, right? And none before 2019?",
        "Were most good care homes rated in 2020? And none before 2019?",
    ],
)
def test_a_claim_with_another_number_may_follow(question: str, county: Service) -> None:
    first, second = _told(county, question)
    assert first.startswith("No. 2 of 4")
    assert second.startswith("Yes. None of the 4")
