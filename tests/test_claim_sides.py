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
from qa.question.contradictions import contradictions
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


@pytest.mark.parametrize(
    "word", ["ok", "okay", "alright", "all right", "decent", "fine", "any good", "up to scratch"]
)
@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("Is Number 1 House {}?", "Yes. Number 1 House"),
        ("is Number 8 House {}, what rating has it got", "No. Number 8 House"),
        ("Is Number 5 House {} for safe?", "No. Number 5 House"),
        ("Is Number 9 House {} or not?", "Yes. Number 9 House"),
        ("Are most of the care homes {}?", "Yes. 4 of 7"),
        ("Which care homes in York are {}?", "1 care home in York"),
    ],
)
def test_ok_asks_whether_it_is_good_or_better(asked: str, begins: str, word: str, places: Service) -> None:
    answer = places.ask(asked.format(word))
    assert answer.answer.text.startswith(begins)
    assert not answer.understood.left_out


@pytest.mark.parametrize(
    "asked",
    [
        "ok, which care homes are in York?",
        "okay which care homes are in York",
        "Which care homes are in York, ok?",
        "alright so which care homes are in York?",
        "Is it ok to ask which care homes are in York?",
    ],
)
def test_ok_beside_a_question_says_nothing_of_places(asked: str, places: Service) -> None:
    assert {fact.subject for fact in places.ask(asked).facts} == {
        "Number 4 House",
        "Number 6 House",
        "Number 8 House",
    }


def test_what_is_asked_for_is_no_claim_that_there_is_a_rating(places: Service) -> None:
    answer = places.ask("Is Number 8 House tidy, what rating has it got?")
    assert verdict(answer) is None


@pytest.mark.parametrize(
    "asked",
    [
        "What was Number 1 House rated in 2024?",
        "How was Number 1 House rated as of March 2024?",
        "How many care homes were rated in 2024?",
        "How many care homes were rated after 2021?",
        "Which care homes became good since 2022?",
        "Was Number 1 House inadequate in 2025?",
        "Has Number 1 House been rated since 2022?",
        "Are most of the care homes rated in 2024 good?",
        "Which town had the most good care homes in 2024?",
        "What share of care homes were good in 2023?",
        "What was Number 1 House rated in 2019 and 2024?",
    ],
)
def test_of_a_time_after_the_newest_date_nothing_is_told(asked: str, places: Service) -> None:
    answer = places.ask(asked)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "anything after 2 January 2021" in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What was Number 1 House rated in 2021?", "Number 1 House"),
        ("How many care homes were rated in 2021?", "4 care homes"),
        ("How many care homes were rated before 2030?", "7 care homes"),
        ("How many care homes were rated since 2 January 2021?", "4 care homes"),
    ],
)
def test_of_a_time_that_the_table_reaches_into_what_is_held_is_told(
    asked: str, told: str, places: Service
) -> None:
    answer = places.ask(asked)
    assert (answer.status, told in answer.answer.text) == ("answered", True), answer.answer.text


@pytest.mark.parametrize(
    "said",
    [
        "for anything",
        "for anything at all",
        "in any area",
        "on any of the five",
        "in any respect",
        "in any one of the five areas",
        "anywhere in its report",
        "in anything whatsoever",
    ],
)
def test_for_anything_is_of_whichever_key_question(said: str, places: Service) -> None:
    for asked, right in (
        (f"Is Number 3 House requires improvement {said}?", True),  # Good overall, but not for safe
        (f"Has Number 3 House had a Requires improvement {said}?", True),
        (f"Is Number 3 House inadequate {said}?", False),
        (f"Is any good care home inadequate {said}?", False),
        (f"Are any of the places that require improvement inadequate {said}?", True),
    ):
        answer = places.ask(asked)
        assert (verdict(answer), answer.understood.left_out) == (right, ()), (asked, answer.answer.text)


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("Does Number 7 House have any inadequate ratings?", True),
        ("Is there anything inadequate about Number 7 House?", True),
        ("Does Number 7 House have any outstanding ratings?", False),
        ("Is Number 7 House inadequate for nothing?", False),
        ("Is Number 1 House inadequate in no area?", True),
        ("Is anything inadequate in Leeds?", False),
        ("Is anything in York rated inadequate?", True),
    ],
)
def test_any_rating_of_one_place_is_of_whichever_key_question(
    asked: str, right: bool, places: Service
) -> None:
    answer = places.ask(asked)
    assert (verdict(answer), answer.understood.left_out) == (right, ()), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "How many care homes are good overall even though safety (safe) requires improvement?",
            "2 care homes",
        ),
        (
            "How many care homes manage Good even though their safety (safe) requires improvement?",
            "2 care homes",
        ),
        ("How many care homes are good overall but inadequate for safety and safe?", "None: no care home"),
    ],
)
def test_a_key_question_that_is_said_twice_is_one(asked: str, told: str, places: Service) -> None:
    answer = places.ask(asked)
    assert answer.answer.text.startswith(told), answer.understood.standalone


@pytest.mark.parametrize(
    "asked",
    [
        "How many care homes are outstanding for safe and inadequate for safety?",
        "How many care homes that are good are inadequate?",
        "Which care homes in Leeds are in York?",
        "How many care homes run by Larkmoor Care are run by Elmfield Homes?",
        "Which care homes are good for safe and not good for safe?",
    ],
)
def test_what_nothing_can_fulfil_is_a_misreading_and_never_told_as_none(asked: str, places: Service) -> None:
    answer = places.ask(asked)
    assert (answer.status, answer.figures) == ("not_found", ())


RATED = q.Rated((GOOD, TOP), "Safe")
IN_LEEDS = q.Is("town", ("Leeds",))


@pytest.mark.parametrize(
    ("parts", "excluded"),
    [
        ((RATED, q.Rated((RI,), "Safe")), True),
        ((RATED, q.Rated((TOP, RI), "Safe")), False),
        ((RATED, q.Rated((RI,), "Caring")), False),
        ((RATED, q.Rated((RI,), "Safe", when="before")), False),
        ((q.Rated((GOOD,), when="ever"), q.Rated((RI,), when="ever")), False),
        ((RATED, q.Unrated("Safe")), True),
        ((RATED, q.Unrated()), False),
        ((RATED, q.Not(RATED)), True),
        ((IN_LEEDS, q.Is("town", ("York",))), True),
        ((IN_LEEDS, q.Is("town", ("LEEDS", "York"))), False),
        ((IN_LEEDS, q.Is("region", ("York",))), False),
    ],
)
def test_parts_that_exclude_each_other_are_found(parts: tuple[q.Condition, ...], excluded: bool) -> None:
    query = q.Query(q.And(parts), q.Count())
    assert bool(contradictions(query)) is excluded
    assert bool(contradictions(q.Query(against=(q.And(parts),)))) is excluded
    assert bool(contradictions(q.Query(claim=q.Claim(q.ANY, q.And(parts))))) is excluded
    assert not contradictions(q.Query(q.Or(parts)))


@pytest.mark.parametrize(
    "asked",
    [
        "Which care home is the biggest?",
        "Which care homes start with N?",
        "How many care homes are run by that provider?",
        "Does anybody run anything themselves that is outstanding?",
    ],
)
def test_a_word_that_tells_which_is_never_dropped(asked: str, places: Service) -> None:
    answer = places.ask(asked)
    assert (answer.status, answer.figures) == ("not_found", ()), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Did every trust rated good start at requires improvement?",
            "Yes. All 6 rated trusts rated Good were",
        ),
        ("Did all trusts now rated good start off as requires improvement?", "Yes. All 6 rated trusts"),
        ("Did any trust rated outstanding begin at inadequate?", "No. None"),
        ("Which good trusts started at requires improvement?", "6 trusts were rated Good now and"),
        ("Which trusts that started out good are outstanding?", "Calderstones"),
        ("How many outstanding trusts started as good?", "1 trust was rated Outstanding now and Good before"),
    ],
)
def test_the_verb_of_a_start_is_about_the_rating_behind_it(asked: str, told: str, trusts: Service) -> None:
    answer = trusts.ask(asked)
    assert answer.status == "answered"
    assert told in answer.answer.text
