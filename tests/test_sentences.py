"""What is told of a Result: tables of Query and Result → text, and that every number and date of any text is
a figure.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import BAD, GOOD, RI, TOP, fact
from made_queries import queries, results

from qa.answering.context import Context
from qa.answering.sentences import tell
from qa.facts.result import Group, Result, Side, Value
from qa.fields import FIELDS, own_field
from qa.phrasing import long_date
from qa.question.query import (
    ALL,
    ANY,
    MOST,
    NONE,
    WHOLE,
    And,
    Claim,
    Condition,
    Count,
    Dates,
    Event,
    Having,
    Is,
    Measured,
    Moved,
    Named,
    Not,
    Or,
    Order,
    Published,
    Quantifier,
    Query,
    Rated,
    Ratings,
    Share,
    Times,
    Total,
    Unrated,
    Values,
)
from qa.records import RatingFact
from qa.scale import CQC

HOME, GP, LEEDS = Is("care_home", ("Y",)), Is("kind", ("GP Practices",)), Is("local_authority", ("Leeds",))
LONDON, NORTH, AREA = (
    Is("region", ("London",)),
    Is("region", ("North West",)),
    Is("local_authority", ("Bolton", "Bury")),
)
ARE_GOOD, ARE_RI, ARE_BAD, ARE_TOP = (Rated((rating,)) for rating in (GOOD, RI, BAD, TOP))
SAFE = Rated((TOP, GOOD), "Safe")
LABELS = {
    ("care_home", ("Y",)): "care homes",
    ("kind", ("GP Practices",)): "GP practices",
    ("local_authority", ("Bolton", "Bury")): "Greater Manchester",
}
CONTEXT = Context(
    CQC,
    datetime.date(2021, 6, 9),
    fields=(
        *FIELDS,
        own_field("Beds", "beds", "number"),
        own_field("Deprivation decile", "deprivation_decile", "number"),
    ),
    aspects=("Safe", "Effective", "Caring", "Responsive", "Well-led"),
    label=lambda field, values: LABELS.get((field, values)),
)
UP_TO = "Ratings published up to 9 June 2021."


def home(
    name: str, rating: str | None = GOOD, published: str | None = "2020-03-02", **others: str
) -> RatingFact:
    aspect, previous, town = others.get("aspect", WHOLE), others.get("previous"), others.get("town", "Leeds")
    return fact(name, rating, published, aspect=aspect, previous=previous, identifier=name, town=town)


def homes(number: int, *ratings: str) -> tuple[RatingFact, ...]:
    return tuple(
        home(f"Home {chr(65 + place)}", ratings[place % len(ratings)], f"2019-01-{place + 1:02}")
        for place in range(number)
    )


OAK, ELM = home("Oak House"), home("Elm House", GOOD, "2019-05-01", previous=RI)
ASH = home("Ash House", BAD, "2021-06-09", town="Ripon")


def named(*labels: str) -> Named:
    return Named(tuple(range(len(labels))), labels)


def all_of(*parts: Condition) -> And:
    return And(parts)


def found(*facts: RatingFact, total: int | None = None, **parts: object) -> Result:
    return Result(facts=facts, total=len(facts) if total is None else total, **parts)  # type: ignore[arg-type]


def groups(*told: tuple[object, ...], **parts: object) -> Result:
    made = tuple(Group(label if isinstance(label, tuple) else (label,), *rest) for label, *rest in told)  # type: ignore[arg-type]
    return Result(groups=made, groups_total=len(made), **parts)  # type: ignore[arg-type]


def valued(field: str, *told: tuple[str, str | None], facts: tuple[RatingFact, ...] = (OAK,)) -> Result:
    values = tuple(Value(number, name, field, value) for number, (name, value) in enumerate(told))
    return found(*facts, total=len(told), values=values)


def sides(*figures: float, **parts: object) -> Result:
    return Result(sides=tuple(Side(figure, None, None) for figure in figures), **parts)  # type: ignore[arg-type]


def beside(*facts: RatingFact, verdict: bool | None = None) -> Result:
    return Result(sides=tuple(Side(None, None, None, (one,), 1) for one in facts), verdict=verdict)


TOWNS = (("Wem", 48), ("Telford", 30), ("Ludlow", 11), ("Clun", 7), ("Oswestry", 7))

ROWS = [
    (Query(named("Oak House")), found(OAK), "Oak House in Leeds was rated Good (published 2 March 2020)."),
    (
        Query(named("Elm House"), Ratings(before=True)),
        found(ELM),
        "Elm House in Leeds was rated Good, up from Requires improvement before (published 1 May 2019).",
    ),
    (
        Query(named("Oak House", "Ash House")),
        found(OAK, ASH),
        (
            "Oak House in Leeds was rated Good (published 2 March 2020). Ash House in Ripon was rated "
            "Inadequate (published 9 June 2021)."
        ),
    ),
    (
        Query(named("Elder"), Ratings(("Safe", "Caring", "Well-led"))),
        found(
            home("Elder", RI, aspect="Safe"),
            home("Elder", aspect="Caring"),
            home("Elder", BAD, "2021-01-01", aspect="Well-led"),
        ),
        (
            "Elder in Leeds: Safe Requires improvement, Caring Good (published 2 March 2020); Well-led "
            "Inadequate (published 1 January 2021)."
        ),
    ),
    (
        Query(named("Yew")),
        found(home("Yew", None, None)),
        "Yew in Leeds has no published rating (date not published).",
    ),
    (
        Query(all_of(HOME, LEEDS, ARE_GOOD)),
        found(OAK, ELM),
        (
            "2 care homes in Leeds (council area) were rated Good: Oak House (published 2 March 2020) and "
            "Elm House (published 1 May 2019)."
        ),
    ),
    (
        Query(all_of(HOME, ARE_GOOD)),
        found(OAK, home("Fir House")),
        "2 care homes were rated Good: Oak House and Fir House (published 2 March 2020).",
    ),
    (
        Query(all_of(HOME, LEEDS)),
        found(OAK, ASH),
        (
            "2 care homes in Leeds (council area): Oak House (Good, published 2 March 2020) and Ash House "
            "(Inadequate, published 9 June 2021)."
        ),
    ),
    (
        Query(all_of(HOME, ARE_GOOD)),
        found(*homes(5, GOOD)),
        f"5 care homes were rated Good. They are Home A, Home B, Home C, Home D and Home E. {UP_TO}",
    ),
    (
        Query(all_of(HOME, LEEDS)),
        found(*homes(11, GOOD, RI)),
        (
            "11 care homes in Leeds (council area): 6 Good and 5 Requires improvement. Among them are Home "
            f"A, Home B and Home C. {UP_TO}"
        ),
    ),
    (
        Query(all_of(HOME, Not(ARE_TOP))),
        found(*homes(5, GOOD)),
        (
            "5 care homes were not rated Outstanding: all Good. They are Home A, Home B, Home C, Home D "
            f"and Home E. {UP_TO}"
        ),
    ),
    (
        Query(all_of(HOME, ARE_GOOD)),
        found(*homes(9, GOOD), total=212),
        f"212 care homes were rated Good. Among them are Home A, Home B and Home C. {UP_TO}",
    ),
    (
        Query(all_of(HOME, Unrated())),
        found(home("Yew", None, None)),
        "1 care home had no rating: Yew (date not published).",
    ),
    (Query(all_of(HOME, ARE_TOP)), Result(), f"None: no care home was rated Outstanding. {UP_TO}"),
    (
        Query(all_of(HOME, Measured("beds", 18))),
        Result(),
        f"None: no care home with at least 18 beds is in the tables. {UP_TO}",
    ),
    (
        Query(all_of(HOME, Moved((1,)))),
        found(ELM),
        "Elm House in Leeds was rated Good, up from Requires improvement before (published 1 May 2019).",
    ),
    (
        Query(named("Oak House"), Dates()),
        found(OAK),
        (
            "The rating of Oak House in Leeds, Good, was published on 2 March 2020. The tables give "
            "publication dates, not inspection dates."
        ),
    ),
    (
        Query(HOME, order=Order("date", descending=False), ranks=(1, 1)),
        found(OAK),
        "Oak House in Leeds (Good, published 2 March 2020) has the oldest rating of care homes.",
    ),
    (
        Query(HOME, order=Order("date"), ranks=(1, 2)),
        found(ASH, OAK),
        "The 2 care homes with the newest ratings: Ash House in Ripon (Inadequate, published 9 June 2021) "
        "and Oak House in Leeds (Good, published 2 March 2020).",
    ),
    (
        Query(HOME, order=Order("rating"), ranks=(1, 1)),
        found(*homes(4, TOP)),
        f"4 care homes have the highest rating, Outstanding: Home A, Home B, Home C and Home D. {UP_TO}",
    ),
]

FIGURES = [
    (
        Query(all_of(HOME, LEEDS, ARE_GOOD), Count()),
        found(OAK, figure=1),
        "1 care home in Leeds (council area) was rated Good: Oak House (published 2 March 2020).",
    ),
    (
        Query(all_of(HOME, ARE_TOP), Count()),
        Result(figure=0),
        f"None: no care home was rated Outstanding. {UP_TO}",
    ),
    (
        Query(
            all_of(HOME, ARE_TOP, Published(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1))), Count()
        ),
        Result(figure=1140, total=1140),
        f"1,140 care homes were rated Outstanding in ratings published in 2020. {UP_TO}",
    ),
    (
        Query(Or((GP, all_of(HOME, ARE_TOP))), Count()),
        Result(figure=8, total=8),
        f"8 GP practices and care homes rated Outstanding. {UP_TO}",
    ),
    (
        Query(all_of(named("Oak House", "Ash House"), ARE_GOOD), Count()),
        found(OAK, figure=1),
        "1 of Oak House and Ash House was rated Good: Oak House (published 2 March 2020).",
    ),
    (Query(HOME, Count("provider")), Result(figure=8), f"8 providers run care homes. {UP_TO}"),
    (Query(HOME, Count("town")), Result(figure=1), f"1 town has care homes. {UP_TO}"),
    (
        Query(all_of(HOME, LEEDS), Share(ARE_GOOD)),
        Result(figure=33.3, matching=2, whole=6),
        f"33.3%: 2 of 6 care homes in Leeds (council area) with a rating were rated Good. {UP_TO}",
    ),
    (
        Query(HOME, Share(LONDON)),
        Result(figure=25.0, matching=1, whole=4),
        f"25%: 1 of 4 care homes was in London (region). {UP_TO}",
    ),
    (
        Query(HOME, Share(ARE_GOOD)),
        Result(matching=0, whole=0),
        "There is no share to give: no care home has a rating.",
    ),
    (
        Query(HOME, Total("mean", "beds")),
        Result(figure=18.34, matching=30, whole=33),
        f"18.3 beds on average: 30 care homes. {UP_TO}",
    ),
    (
        Query(HOME, Total("sum", "beds")),
        Result(figure=412.0, matching=30, whole=33),
        f"412 beds in all: 30 care homes. {UP_TO}",
    ),
    (
        Query(HOME, Total("most", "beds")),
        found(OAK, figure=40, matching=30, whole=33),
        f"40 is the largest number of beds, of Oak House, among 30 care homes. {UP_TO}",
    ),
    (
        Query(HOME, Total("mean", "deprivation_decile")),
        Result(figure=3.0, matching=30, whole=33),
        f"3 on average: deprivation decile of 30 care homes. {UP_TO}",
    ),
    (Query(HOME, Total("sum", "beds")), Result(), "No care home has a number of beds."),
]

GROUPS = [
    (
        Query(all_of(HOME, ARE_BAD), Count(), ("local_authority",), order=Order(), ranks=(1, 1)),
        groups(("Norfolk", 15)),
        f"Norfolk (15) has the most care homes rated Inadequate. {UP_TO}",
    ),
    (
        Query(all_of(HOME, ARE_BAD), Count(), ("local_authority",), order=Order(), ranks=(1, 1)),
        groups(("Norfolk", 15), ("Kent", 15)),
        f"It is a tie: Norfolk and Kent (15 each) have the most care homes rated Inadequate. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 4)),
        groups(*TOWNS),
        "Wem (48) has the most care homes of all towns. Then come Telford (30), Ludlow (11) and Clun and "
        f"Oswestry (7 each). 5 are named, as some share the last place. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("town",), order=Order(descending=False), ranks=(1, 1)),
        groups(*((name, 1) for name in "ABCD")),
        f"4 towns have the fewest care homes, 1 each: A, B, C and D. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 5)),
        groups(*((name, 2) for name in "ABCD"), ("E", 1), ("F", 1)),
        "4 towns have the most care homes, 2 each: A, B, C and D. Then come E and F (1 each). 6 are named, "
        f"as some share the last place. {UP_TO}",
    ),
    (  # more share a place than a Result has room for
        Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 3)),
        replace(groups(*((f"T{number}", 1) for number in range(20))), groups_total=400),
        "400 towns have the most care homes, 1 each: T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11 and 388 "
        f"more. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 30)),
        replace(groups(*((f"T{number}", 1) for number in range(20))), groups_total=400),
        "At least 20 towns have the most care homes, 1 each: T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11 "
        f"and 8 more. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 3)),
        replace(groups(("A", 9), ("B", 8), *((f"T{number}", 1) for number in range(2))), groups_total=400),
        "A (9) has the most care homes of all towns. Then come B (8) and T0 and T1 (1 each). 4 of 400 are "
        f"named: many share the last place. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("region",), order=Order(), ranks=(2, 2)),
        groups(("London", 13)),
        f"London (13) has the second most care homes. {UP_TO}",
    ),
    (
        Query(HOME, Share(ARE_BAD), ("region",), order=Order(descending=False), ranks=(1, 1)),
        groups(("South West", 0.9, 20, 2200)),
        f"South West (0.9%) has the lowest share of care homes rated Inadequate: 20 of 2,200. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("rating",)),
        groups((GOOD, 103), (RI, 31), (TOP, 5)),
        f"139 care homes: 5 Outstanding, 103 Good and 31 Requires improvement. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("region",)),
        groups(("South East", 34), ("London", 18), ("North East", 15)),
        (
            "South East has the most care homes, 34. By region: South East 34, London 18 and North East "
            f"15. {UP_TO}"
        ),
    ),
    (
        Query(HOME, Count(), ("region",)),
        groups(("South East", 3), ("London", 3)),
        f"Care homes by region: South East 3 and London 3. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("region",)),
        groups(("London", 3)),
        f"London is the only region with care homes: 3. {UP_TO}",
    ),
    (
        Query(all_of(HOME, ARE_BAD), Count(), ("local_authority",), (Having(Quantifier(low=8)),)),
        groups(("Norfolk", 15), ("Devon", 8)),
        f"2 councils have at least 8 care homes rated Inadequate: Norfolk 15 and Devon 8. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority",), (Having(NONE, ARE_TOP),)),
        groups(("Norfolk", 15)),
        f"1 council has no care home rated Outstanding: Norfolk. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority",), (Having(NONE, ARE_TOP),)),
        Result(),
        f"None: there is no council with no care home rated Outstanding. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("provider",), (Having(ANY, ARE_TOP), Having(ANY, ARE_BAD))),
        Result(),
        f"None: no provider has both a care home rated Outstanding and a care home rated Inadequate. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("provider",), (Having(MOST, ARE_TOP),)),
        groups(("Oak Ltd", 3)),
        f"1 provider has most of their care homes rated Outstanding: Oak Ltd. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority",), (Having(NONE, ARE_TOP),), across="count"),
        Result(figure=28, groups_total=28),
        f"28 councils have no care home rated Outstanding. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority",), across="mean"),
        Result(figure=98.9, groups_total=150),
        f"98.9 care homes per council on average, over 150 councils. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority", "rating")),
        groups((("Kent", GOOD), 60), (("Kent", TOP), 5), (("Devon", GOOD), 40)),
        f"Care homes by council and rating. Kent: 5 Outstanding and 60 Good. Devon: 40 Good. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority", "rating")),
        replace(groups((("Kent", GOOD), 60), (("Devon", GOOD), 40)), total=100),
        f"100 care homes by council and rating. Kent: 60 Good. Devon: 40 Good. {UP_TO}",
    ),
    (
        Query(HOME, Count(), ("local_authority", "aspect")),
        replace(groups((("Kent", "Safe"), 60), (("Kent", "Caring"), 60)), total=120),
        f"Care homes by council and key question. Kent: Safe 60 and Caring 60. {UP_TO}",
    ),
]

CLAIMS = [
    (
        Query(HOME, claim=Claim(MOST, ARE_RI)),
        found(OAK, ELM, verdict=False, matching=2, whole=9),
        (
            "No. 2 of 9 rated care homes (22.2%) were rated Requires improvement: Oak House and Elm House. "
            f"{UP_TO}"
        ),
    ),
    (
        Query(HOME, claim=Claim(ALL, ARE_GOOD)),
        found(OAK, verdict=False, matching=1, whole=2, exceptions=(ASH,)),
        (
            "No. 1 of 2 rated care homes was rated Good. Ash House in Ripon was rated Inadequate (published "
            "9 June 2021)."
        ),
    ),
    (
        Query(HOME, claim=Claim(ALL, ARE_GOOD)),
        found(OAK, verdict=False, matching=1, whole=6, exceptions=homes(5, RI)),
        "No. 1 of 6 rated care homes was rated Good. Home A in Leeds was rated Requires improvement "
        "(published 1 January 2019). "
        "Home B in Leeds was rated Requires improvement (published 2 January 2019). "
        "Home C in Leeds was rated Requires improvement (published 3 January 2019). 2 more are listed.",
    ),
    (
        Query(HOME, claim=Claim(NONE, ARE_TOP)),
        Result(verdict=True, matching=0, whole=9),
        f"Yes. None of the 9 rated care homes was rated Outstanding. {UP_TO}",
    ),
    (
        Query(HOME, claim=Claim(ALL, ARE_GOOD)),
        found(OAK, ELM, verdict=True, matching=2, whole=2),
        f"Yes. All 2 rated care homes were rated Good. {UP_TO}",
    ),
    (
        Query(HOME, claim=Claim(ALL, ARE_GOOD)),
        Result(verdict=False, matching=0, whole=0),
        f"No: there is no rated care home. {UP_TO}",
    ),
    (
        Query(HOME, claim=Claim(ANY, LONDON)),
        found(OAK, verdict=True, matching=1, whole=9),
        f"Yes. 1 of 9 care homes was in London (region): Oak House. {UP_TO}",
    ),
    (
        Query(named("Ash House"), claim=Claim(ALL, Not(ARE_GOOD))),
        found(ASH, verdict=True),
        "Yes. Ash House in Ripon was rated Inadequate (published 9 June 2021).",
    ),
    (
        Query(named("Oak House"), claim=Claim(ALL, SAFE)),
        found(home("Oak House", aspect="Safe"), verdict=True),
        (
            "Oak House in Leeds was rated Good for Safe (published 2 March 2020). A rating says no "
            "more than that, nor how it is now."
        ),
    ),
    (
        Query(named("Oak House"), claim=Claim(ALL, SAFE)),
        found(home("Oak House", RI, aspect="Safe"), verdict=False),
        "No. Oak House in Leeds was rated Requires improvement for Safe (published 2 March 2020). "
        "A rating says no more than that, nor how it is now.",
    ),
]

SIDES = [
    (
        Query(named("Oak House"), against=(named("Ash House"),), relation="better"),
        beside(OAK, ASH, verdict=True),
        "Yes. Oak House is rated higher. Oak House in Leeds was rated Good (published 2 March 2020). "
        "Ash House in Ripon was rated Inadequate (published 9 June 2021).",
    ),
    (
        Query(named("Oak House"), against=(named("Fir House"),), relation="compare"),
        beside(OAK, home("Fir House")),
        "They are the same: both are rated Good. Oak House in Leeds was rated Good (published 2 March 2020). "
        "Fir House in Leeds was rated Good (published 2 March 2020).",
    ),
    (
        Query(
            all_of(HOME, Published(datetime.date(2019, 1, 1), datetime.date(2020, 1, 1))),
            Count(),
            against=(all_of(HOME, Published(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1))),),
            relation="compare",
        ),
        sides(275, 140),
        "Those published in 2019 have the higher number of care homes: those published in 2019: 275 and those "
        f"published in 2020: 140. {UP_TO}",
    ),
    (
        Query(all_of(HOME, ARE_GOOD), Count(), against=(all_of(HOME, ARE_RI),), relation="difference"),
        sides(5, 2, figure=3),
        f"3 more: Good 5 against Requires improvement 2, of care homes. {UP_TO}",
    ),
    (
        Query(
            all_of(HOME, LONDON, ARE_TOP),
            Count(),
            against=(all_of(HOME, NORTH, ARE_TOP),),
            relation="difference",
        ),
        sides(12, 53, figure=41),
        f"41 more: North West 53 against London 12, of care homes rated Outstanding. {UP_TO}",
    ),
    (
        Query(all_of(HOME, LONDON), Count(), against=(all_of(HOME, NORTH),), relation="difference"),
        sides(5, 5, figure=0),
        f"No difference: London and North West have 5 each, of care homes. {UP_TO}",
    ),
    (
        Query(all_of(HOME, ARE_GOOD), Count(), against=(all_of(HOME, ARE_RI),), relation="ratio"),
        sides(5, 2, figure=2.5),
        f"2.5 times as many: Good 5 against Requires improvement 2, of care homes. {UP_TO}",
    ),
    (
        Query(all_of(HOME, LEEDS), Share(ARE_RI), against=(all_of(HOME, AREA),), relation="compare"),
        sides(21.2, 25.0),
        "Greater Manchester has the higher share of care homes rated Requires improvement: "
        f"Greater Manchester 25% and Leeds 21.2%. {UP_TO}",
    ),
    (
        Query(all_of(HOME, LEEDS), Count(), against=(all_of(GP, LEEDS),), relation="compare"),
        sides(3, 3),
        (
            "They are the same, with 3 each, of places in Leeds (council area): care homes 3 and GP "
            f"practices 3. {UP_TO}"
        ),
    ),
]

VALUES = [
    (
        Query(named("Oak House"), Values(("provider",))),
        valued("provider", ("Oak House", "Alder Care Ltd")),
        "Oak House is run by Alder Care Ltd. As published 2 March 2020.",
    ),
    (
        Query(named("Oak House", "Fir House"), Values(("provider",))),
        valued("provider", ("Oak House", "Alder Care Ltd"), ("Fir House", "Alder Care Ltd")),
        "Both are run by Alder Care Ltd: Oak House and Fir House. As published 2 March 2020.",
    ),
    (
        Query(named("Oak House", "Fir House"), Values(("provider",))),
        valued("provider", ("Oak House", "Alder Care Ltd"), ("Fir House", None)),
        (
            "Oak House is run by Alder Care Ltd. Fir House has no provider in the tables. As published 2 "
            "March 2020."
        ),
    ),
    (
        Query(named("Oak House"), Values(("beds",))),
        valued("beds", ("Oak House", "18")),
        "Oak House has 18 beds. As published 2 March 2020.",
    ),
    (
        Query(named("Oak House"), Values(("care_home",))),
        valued("care_home", ("Oak House", "N")),
        "Oak House is not a care home. As published 2 March 2020.",
    ),
    (
        Query(all_of(HOME, ARE_TOP), Values(("region",))),
        valued("region", ("Oak House", "London"), ("Fir House", "North West")),
        "2 care homes were rated Outstanding: Oak House (London) and Fir House (North West). " + UP_TO,
    ),
    (
        Query(all_of(HOME, ARE_TOP), Values(("region",))),
        Result(),
        f"None: no care home was rated Outstanding. {UP_TO}",
    ),
]

LACKING = [
    (
        Query(named("Oak House"), Ratings(before=True)),
        Result(missing="before", detail="Oak House"),
        (
            "The tables have no earlier rating of Oak House. They have only one rating of it, so "
            "there is nothing to compare with."
        ),
    ),
    (
        Query(all_of(HOME, Moved((1,)))),
        Result(missing="history"),
        (
            "The tables have no earlier rating of care homes. They have only one rating of each, so "
            "there is nothing to compare with."
        ),
    ),
    (
        Query(named("Oak House"), Ratings(("Safe",))),
        Result(missing="row", detail="Oak House"),
        "The tables have no rating for Safe of Oak House; they may rate parts of it separately.",
    ),
    (
        Query(named("Twofold")),
        found(home("Twofold"), home("Twofold", BAD), missing="contradiction", detail="Twofold"),
        "The tables give Twofold different ratings with the same date, so it is not clear which one is right: "
        "Twofold in Leeds: Overall Good, Overall Inadequate (published 2 March 2020).",
    ),
    (
        Query(named("Oak House"), Times(Event((GOOD,))), order=Order(), ranks=(2, 2)),
        Result(figure=2, matching=1),
        "2 times: Oak House were rated Good, 1 of them at least once.",
    ),
    (
        Query(named("Oak House"), Values(("manager",))),
        Result(missing="field", detail="manager"),
        "The loaded tables have no column for managers.",
    ),
]

CASES = [*ROWS, *FIGURES, *GROUPS, *CLAIMS, *SIDES, *VALUES, *LACKING]
_DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) "
    r"\d{4}\b"
)
_NUMBER = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?!\w)")


@pytest.mark.parametrize(("query", "result", "text"), CASES, ids=[text[:60] for _, _, text in CASES])
def test_a_result_is_told(query: Query, result: Result, text: str) -> None:
    assert tell(query, result, CONTEXT).text == text


@pytest.mark.parametrize(("query", "result", "text"), CASES, ids=[text[:60] for _, _, text in CASES])
def test_every_number_and_date_told_is_a_figure(query: Query, result: Result, text: str) -> None:
    telling = tell(query, result, CONTEXT)
    dates = {
        long_date(datetime.date.fromisoformat(str(one.value)))
        for one in telling.figures
        if one.unit == "date"
    }
    assert set(_DATE.findall(telling.text)) == dates
    figures = {float(one.value) for one in telling.figures if one.unit != "date"}
    told = {float(one.replace(",", "")) for one in _NUMBER.findall(_DATE.sub("", telling.text))}
    assert told - figures - set(asked(query)) == set()


def asked(query: Query) -> Iterator[float]:
    """The numbers of the question itself, which its scope repeats."""
    yield from (float(number) for number in re.findall(r"\d+", repr(query)))
    yield from (
        part.since.year
        for part in getattr(query.scope, "parts", ())
        if isinstance(part, Published) and part.since
    )


def test_the_winner_is_the_first_figure_and_two_dimensions_have_their_group() -> None:
    told = tell(Query(HOME, Count(), ("town",), order=Order(), ranks=(1, 4)), groups(*TOWNS), CONTEXT)
    assert next(one.label for one in told.figures if one.unit == "count") == "Wem"
    table = tell(
        Query(HOME, Count(), ("local_authority", "rating")),
        groups((("Kent", GOOD), 60), (("Devon", GOOD), 40)),
        CONTEXT,
    )
    assert [(one.group, one.label, one.value) for one in table.figures[:2]] == [
        ("Kent", GOOD, 60),
        ("Devon", GOOD, 40),
    ]


def test_the_first_figure_of_a_count_is_the_count() -> None:
    told = tell(Query(all_of(HOME, LEEDS), Count()), found(*homes(11, GOOD, RI), figure=11), CONTEXT)
    assert [one.value for one in told.figures[:3]] == [11, 6, 5]


@given(st.data())
def test_any_result_of_any_query_is_told_in_whole_sentences(data: st.DataObject) -> None:
    query = data.draw(queries)
    telling = tell(query, data.draw(results(query)), CONTEXT)
    assert telling.text.endswith((".", "?", "!"))
    dates = {
        long_date(datetime.date.fromisoformat(str(one.value)))
        for one in telling.figures
        if one.unit == "date"
    }
    assert set(_DATE.findall(telling.text)) <= dates
