"""How often, against whom, by how many steps: "more often on safe", "for every inadequate home", "the same as
Elm House", "two grades".
"""

from __future__ import annotations

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        # more often
        (
            "Do care homes slip below Good more often on Safe or on Caring?",
            "Safe has the higher number of care homes rated Requires",
        ),
        ("Are homes below good more often for safe or for caring?", "Safe has the higher number"),
        (
            "Is safe or well-led more often inadequate in care homes?",
            "Well-led has the higher number of care homes rated Inadequate",
        ),
        (
            "Are care homes rated outstanding more often for caring or for safe?",
            "Caring has the higher number",
        ),
        (
            "Is requires improvement more common for Safe or for Well-led?",
            "Safe has the higher number of places",
        ),
        ("Are care homes inadequate less often for safe or for well-led?", "Safe has the lower number"),
        ("Which key question is most often inadequate in care homes?", "Well-led has the highest number"),
        # for every one
        (
            "For every inadequate care home how many require improvement?",
            "3 times as many: Requires improvement 3 against Inadequate 1",
        ),
        (
            "For every inadequate care home in the South East, how many are rated good?",
            "1 times as many: Good 1 against Inadequate 1",
        ),
        ("For each outstanding home how many are good?", "2 times as many: Good 4 against Outstanding 2"),
        (
            "How many good homes are there for every inadequate one?",
            "4 times as many: Good 4 against Inadequate 1",
        ),
        ("Per inadequate home, how many are good?", "4 times as many"),
        (
            "For every home in Thirsk that is inadequate, how many are good?",
            "1 times as many: Good 1 against Inadequate 1",
        ),
        # the same as somebody, better than somebody
        (
            "Which homes have the same rating as Dunmere Lodge?",
            "3 care homes were rated the same as Dunmere Lodge: Kestrane Court",
        ),
        (
            "Which homes are rated the same as Saltersgate?",
            "1 care home was rated the same as Saltersgate: Brackwater House",
        ),
        ("Which homes are better than Dunmere Lodge?", "2 care homes were rated higher than Dunmere Lodge"),
        (
            "Which homes are rated lower than Dunmere Lodge for safe?",
            "1 care home was rated lower for Safe than Dunmere Lodge: Wilfreda",
        ),
        ("How many homes are rated higher than Ashgrove?", "6 care homes were rated higher than Ashgrove"),
        ("What share of homes is rated the same as Ashgrove?", "20%: 2 of 10"),
        ("Is Ashgrove better than Dunmere Lodge?", "No. Dunmere Lodge is rated higher"),
        # ratings in verbs
        (
            "How many care homes are good overall even though management needs improving?",
            "1 care home was rated Good overall and Requires",
        ),
        (
            "Which homes are good overall but whose safety needs improving?",
            "2 care homes were rated Good overall and Requires improvement",
        ),
        (
            "Which surgeries fall short on leadership?",
            "1 GP practice was rated Requires improvement or Inadequate for Well-led",
        ),
        (
            "Which care homes fall short on safety?",
            "5 care homes were rated Requires improvement or Inadequate for Safe",
        ),
        (
            "which homes do badly on safety",
            "5 care homes were rated Requires improvement or Inadequate for Safe",
        ),
        (
            "Which homes fall short of good for safe?",
            "5 care homes were rated Requires improvement or Inadequate for Safe",
        ),
        # to share is a verb, too
        ("Which homes share the postcode SB1 1AB?", "2 care homes with a postcode in SB1 1AB: Olwen Manor"),
        ("What is the mean number of homes of a provider?", "2.5 care homes per provider on average"),
        (
            "Is only Wilfreda House inadequate?",
            "Yes. 1 of 1 place rated Inadequate was called Wilfreda House.",
        ),
        ("Who shares the postcode ML1 3AB?", "1 place with a postcode in ML1 3AB: Saltersgate"),
        ("which places share a postcode TK4 2AB", "2 places with a postcode in TK4 2AB"),
        ("What share of the homes is outstanding?", "20%: 2 of 10"),
        # who is not rated is not best
        (
            "Which dentist in Ripon has the best rating",
            "None: no dentist in Ripon (postal town) has a rating",
        ),
        ("best rated dentist", "None: no dentist has a rating"),
    ],
)
def test_what_is_asked_is_counted(question: str, begins: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status == "answered", answer.answer.text
    assert answer.answer.text.startswith(begins)
    assert not answer.understood.left_out


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Which trusts had the same starting point as Lincolnshire Partnership?",
            (
                "5 trusts were rated the same as Lincolnshire Partnership NHS Foundation Trust before: now "
                "all Good"
            ),
        ),
        (
            "Which trusts started at the same rating as Oxleas?",
            "5 trusts were rated the same as Oxleas NHS Foundation Trust before",
        ),
        (
            "Who started from the same rating as Somerset?",
            "5 trusts were rated the same as Somerset Partnership NHS Foundation Trust before",
        ),
        (
            "Which trusts ended up with the same grade as Oxleas?",
            "5 trusts were rated the same as Oxleas NHS Foundation Trust:",
        ),
        (
            "Which trusts are better than Oxleas?",
            "1 trust was rated higher than Oxleas NHS Foundation Trust: Calderstones",
        ),
        ("Did any trust jump two grades at once?", "No. None of the 7 rated trusts"),
        ("Did any trust go up by two grades?", "No. None of the 7 rated trusts"),
        ("Did each trust go up by exactly one rating?", "Yes. All 7 rated trusts"),
        ("Did every trust move up exactly one grade?", "Yes. All 7 rated trusts"),
        (
            "How many trusts moved up by more than one grade?",
            "None: no trust was rated Requires improvement before and Outstanding now",
        ),
        ("Which trusts went up two bands?", "None: no trust"),
        (
            "does the word inadequate turn up anywhere, before or after, for any of the seven?",
            "No. None of the 7 rated trusts was rated Inad",
        ),
        ("Was any trust good before or after?", "Yes. All 7 rated trusts"),
        (
            "The text makes it sound as if all seven started out at good. According to the table, did they?",
            "No. 1 of 7 rated trusts",
        ),
    ],
)
def test_so_it_is_of_ratings_before(question: str, begins: str, trusts: Service) -> None:
    answer = trusts.ask(question)
    assert answer.status == "answered", answer.answer.text
    assert answer.answer.text.startswith(begins)
