"""Claims of a part of some places: what tells which are meant stays apart from what is said of them.

“Are most of the outstanding homes in Leeds?” speaks of the outstanding ones, of all quantifiers and of all
that may be said: a rating, a key question, a place, a kind, an owner, a date.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from made_corpus import row, serve, verdict
from made_facts import BAD, GOOD, RI, TOP

from qa.question import query as q
from qa.service import Service

# overall, safe, town, provider, date, care home
PLACES = [
    (GOOD, GOOD, "Leeds", "Larkmoor Care Ltd", "02/01/2019", "Y"),
    (GOOD, GOOD, "Leeds", "Larkmoor Care Ltd", "02/01/2019", "Y"),
    (GOOD, RI, "Leeds", "Larkmoor Care Ltd", "02/01/2021", "Y"),
    (GOOD, RI, "York", "Elmfield Homes Ltd", "02/01/2021", "Y"),
    (RI, RI, "Leeds", "Larkmoor Care Ltd", "02/01/2019", "Y"),
    (RI, RI, "York", "Elmfield Homes Ltd", "02/01/2021", "Y"),
    (RI, BAD, "York", "Elmfield Homes Ltd", "02/01/2021", "N"),
    (BAD, BAD, "York", "Elmfield Homes Ltd", "02/01/2021", "Y"),
    (TOP, GOOD, "York", "Elmfield Homes Ltd", "02/01/2019", "N"),
    (TOP, TOP, "York", "Elmfield Homes Ltd", "02/01/2021", "N"),
]
Place = tuple[str, str, str, str, str, str]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = []
    for number, (overall, safe, town, provider, date, home) in enumerate(PLACES, 1):
        for aspect, rating in (("Overall", overall), ("Safe", safe)):
            told = {"town": town, "provider": provider, "care_home": home, "aspect": aspect}
            rows.append(row(number, f"Number {number} House", rating, date, **told))
    return serve(tmp_path_factory.mktemp("places"), rows)


QUANTIFIERS = {
    "all of the": q.ALL,
    "all the": q.ALL,
    "most of the": q.MOST,
    "most": q.MOST,
    "the majority of": q.MOST,
    "half of the": q.Quantifier(least=Fraction(1, 2)),
    "more than half of the": q.Quantifier(over=Fraction(1, 2)),
    "fewer than half of the": q.Quantifier(under=Fraction(1, 2)),
    "a third of the": q.Quantifier(least=Fraction(1, 3)),
    "at least 60% of the": q.Quantifier(least=Fraction(3, 5)),
    "few of the": q.Quantifier(under=Fraction(1, 4)),
    "any of the": q.ANY,
    "none of the": q.NONE,
    "at least two of the": q.Quantifier(low=2),
    "exactly 3 of the": q.Quantifier(low=3, high=3),
}
SUBJECTS: dict[str, Callable[[Place], bool]] = {
    "good care homes": lambda one: one[0] == GOOD and one[5] == "Y",
    "requires improvement care homes": lambda one: one[0] == RI and one[5] == "Y",
    "care homes that are good": lambda one: one[0] == GOOD and one[5] == "Y",
    "places that require improvement": lambda one: one[0] == RI,
}
# said behind "are" or "do" and, behind a statement's own verb
PREDICATES: dict[tuple[str, str, str], Callable[[Place], bool]] = {
    ("Are", "in Leeds", "are in Leeds"): lambda one: one[2] == "Leeds",
    ("Are", "run by Larkmoor Care", "are run by Larkmoor Care"): lambda one: one[3].startswith("Larkmoor"),
    ("Are", "good for safe", "are good for safe"): lambda one: one[1] == GOOD,
    ("Are", "also good for safe", "are also good for safe"): lambda one: one[1] == GOOD,
    ("Do", "require improvement for safe", "require improvement for safe"): lambda one: one[1] == RI,
    ("Do", "also require improvement on safety", "also require improvement on safety"): (
        lambda one: one[1] == RI
    ),
    ("Do", "belong to Larkmoor Care", "belong to Larkmoor Care"): lambda one: one[3].startswith("Larkmoor"),
    ("Were", "published before 2020", "were published before 2020"): lambda one: one[4].endswith("2019"),
    ("Have", "been rated since 2020", "have been rated since 2020"): lambda one: one[4].endswith("2021"),
}


def holds(quantifier: str, subject: str, said: Callable[[Place], bool]) -> bool:
    whole = [one for one in PLACES if SUBJECTS[subject](one)]
    return QUANTIFIERS[quantifier].holds(sum(map(said, whole)), len(whole))


@pytest.mark.parametrize("predicate", PREDICATES, ids=lambda one: one[1])
@pytest.mark.parametrize("quantifier", QUANTIFIERS)
def test_the_subject_of_a_claim_stays_apart_from_what_is_said_of_it(
    quantifier: str, predicate: tuple[str, str, str], places: Service
) -> None:
    verb, asked, stated = predicate
    wrong = []
    for subject in SUBJECTS:
        right = holds(quantifier, subject, PREDICATES[predicate])
        for question in (
            f"{verb} {quantifier} {subject} {asked}?",
            f"Is it true that {quantifier} {subject} {stated}?",
        ):
            answer = places.ask(question)
            if verdict(answer) != right or answer.understood.left_out:
                wrong.append((question, right, answer.answer.text, answer.understood.standalone))
    assert not wrong


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("I was told most of the good care homes are in Leeds. Is that right?", "Yes. 3 of 4 care homes"),
        ("Most good care homes are in Leeds, aren't they?", "Yes. 3 of 4 care homes rated Good (75%)"),
        ("Are most of the outstanding places care homes?", "No. None of the 2 houses rated Outstanding"),
        ("Are all of the inadequate places care homes?", "Yes. 1 of 1 house rated Inadequate"),
        ("Are all of the care homes rated inadequate inadequate for safe?", "Yes. 1 of 1"),
        ("Do most of the care homes rated good also require improvement for safe?", "No. 2 of 4"),
        ("Are half of the good care homes in Leeds run by Larkmoor Care?", "Yes. All 3 care homes in Leeds"),
        ("Are most care homes in Leeds good?", "Yes. 3 of 4 rated care homes in Leeds (council area) (75%)"),
        ("Are most care homes in Leeds?", "Yes. 4 of 7 care homes (57.1%)"),
        ("Are any outstanding places in York?", "Yes. 2 of"),
        ("Are there any good care homes in York?", "Yes. 1 of"),
        ("What share of the good care homes are in Leeds?", "75%: 3 of 4 care homes rated Good"),
        ("What share of the good care homes also require improvement for safe?", "50%: 2 of 4"),
        ("What percentage of places rated requires improvement are care homes?", "66.7%: 2 of 3"),
        ("What share of care homes in Leeds are good?", "75%: 3 of 4 care homes in Leeds"),
        ("How many care homes rated good also require improvement for safe?", "2 care homes"),
    ],
)
def test_what_is_said_of_whom_is_told(asked: str, told: str, places: Service) -> None:
    answer = places.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ())
    assert answer.answer.text.startswith(told)


@pytest.mark.parametrize("stress", ["at all", "whatsoever", "in any way", "in the slightest"])
@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("Is any care home {} inadequate?", True),
        ("Is any care home inadequate {}?", True),
        ("Are there any outstanding care homes {}?", False),
        ("Has anywhere {} been rated outstanding for safe?", True),
        ("Has anybody {} been given Outstanding?", True),
        ("Has anything {} been inadequate for safe?", True),
        ("Has a single care home {} been rated outstanding?", False),
        ("Is no care home {} outstanding?", True),
        ("Has nowhere {} been rated inadequate?", False),
        ("Are none {} of the care homes outstanding?", True),
        ("Is nothing {} outstanding for safe?", False),
        ("Are all care homes good {}?", False),
        ("Are most of the care homes good {}?", True),
    ],
)
def test_words_that_only_stress_say_of_no_more_places(
    asked: str, right: bool, stress: str, places: Service
) -> None:
    answer = places.ask(asked.format(stress))
    assert (verdict(answer), answer.understood.left_out) == (right, ()), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("Is safe good at all care homes?", False),
        ("Is safe good at all of the care homes?", False),
        ("Is safe good at all good care homes?", False),
        ("Has safe been rated inadequate at all places in York?", False),
    ],
)
def test_at_all_before_a_noun_speaks_of_all(asked: str, right: bool, places: Service) -> None:
    assert verdict(places.ask(asked)) is right
