"""What a question names: subjects, providers, places, kinds of service, aspects; what nobody knows; what is
corrected.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import fact, vocabulary_of
from small_directory import (
    CARERS,
    GP,
    NHS,
    asked,
    aspects,
    every,
    names,
    places,
    services,
    small_directory,
    values,
)

from qa.facts.run import run
from qa.question.query import Is, Named
from qa.scale import CQC

# Names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What is Oak Tree House rated?", [["1"]]),
        ("oak tree house", [["1"]]),
        ("OAK TREE HOUSE RATING", [["1"]]),
        ("Oak Tree House's rating", [["1"]]),
        ("st brides lodge rating", [["5"]]),
        ("rating of Saint Bride’s Lodge", [["5"]]),
        ("quillbrook rating", [["4"]]),  # a part that nobody else has
        ("how safe is quillbrook", [["4"]]),
        ("thrushcombe surgery in bristol", [["7"]]),
        ("quilbrook nursing home rating", [["4"]]),  # misspelt
        ("rating of marlowhey homecare", [["10"]]),
        ("the laurels rating", [["2", "3"]]),  # shared
        ("laurels rating", [["2", "3"]]),
        ("the laurels norwich rating", [["2"]]),  # a place settles it
        ("what is the laurels in Exeter rated", [["3"]]),
        ("the laurels in devon", [["3"]]),
        ("the laurels EX rating, AB2 1CD", [["2"]]),
        ("oak tree house or quillbrook, which is better", [["1"], ["4"]]),
        ("compare Thrushcombe Surgery with Marlowhay Homecare", [["7"], ["10"]]),
        ("how many care homes in norfolk", []),
        ("how many norfolk care homes are good", []),
        ("how many care homes in shrewsbury are good", []),  # the town, never the location of that name
        ("care homes in shrewsbry", []),  # nor with a slip
        ("good homes near Shrewsbry", []),
        ("shrewsbry rating", [["9"]]),
        ("which places in Leeds are good", []),
        ("is the surgery any good", []),
        ("I'd like to know how Quillbrook is rated", [["4"]]),
        ("rating of Quill\u00adbrook", [["4"]]),  # a soft hyphen, as pages put them
        ("Thrushcombe Surgery AB7 1CD", [["7"]]),
        ("The Laurels, Norwich", [["2"]]),
    ],
)
def test_names_are_found_in_full_in_part_misspelt_and_settled_by_a_place(
    text: str, meant: list[list[str]]
) -> None:
    assert names(asked(text)) == meant


@pytest.mark.parametrize(
    "text", ["the one at AB4 1CD, is it good", "how is ab41cd rated", "rating of AB4 1CD please"]
)
def test_a_postcode_stands_for_who_is_there(text: str) -> None:
    [query] = asked(text).queries
    held = run(replace(query, claim=None), small_directory().store, CQC)
    assert {one.attributes["identifier"] for one in held.facts} == {"4"}


@pytest.mark.parametrize(
    "text", ["the laurels rating", "how good are The Laurels", "is the laurels outstanding"]
)
def test_a_shared_name_is_ambiguous(text: str) -> None:
    ambiguous = asked(text).ambiguous
    assert ambiguous is not None
    assert {
        one.attributes["identifier"] for one in small_directory().store.subjects(list(ambiguous.subjects))
    } == {"2", "3"}


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("what is Zanderley Court rated", "Zanderley"),
        ("zanderley court rating", "zanderley"),
        ("how many care homes in Zanderley are good", "Zanderley"),
        ("good care homes in wibbleton-on-sea", "wibbleton"),
        ("care homes in Plymouth that are good", "Plymouth"),
        ("is AB99 9ZZ good", "AB99 9ZZ"),
    ],
)
def test_what_no_table_knows_is_said_to_be_unknown_and_never_replaced(text: str, unknown: str) -> None:
    reading = asked(text)
    assert any(unknown in told.typed for told in reading.unknown)
    assert (names(reading), places(reading)) == ([], [])


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Peace Quillbrook rating", "Peace Quillbrook"),  # a word more than the name
        ("Is Right Quillbrook good?", "Right Quillbrook"),
        ("What is Years Quillbrook rated?", "Years Quillbrook"),
        ("Is Twelve Quillbrook any good?", "Twelve Quillbrook"),
        ("larkmoor care braid hills rating", "larkmoor care braid hills"),
        ("Larkmoor Quillbrook", "Larkmoor Quillbrook"),  # two names in a row, of which neither runs the other
        ("The Laurels, Bristol rating", "The Laurels, Bristol"),
        ("What is Quillbrook in Bristol rated?", "Quillbrook in Bristol"),
        ("Gloucestershire Health and Care rating", "Gloucestershire Health and Care"),
        ("Guy's Hospital rating", "Guy's"),
        ("How is st thomas' hospital rated?", "st thomas"),
        ("craigavon area hospital rating", "craigavon"),
        ("What is Instead Surgery rated?", "Instead"),
        ("SHFT rating", "SHFT"),  # no slip of "shift"
        ("Is Norwhich Zanderley good?", "Norwhich Zanderley"),  # of the name, and no slip of Norwich
        ("Norwhich Quillbrook rating", "Norwhich Quillbrook"),
    ],
)
def test_a_name_is_as_long_as_it_is_written(text: str, unknown: str) -> None:
    reading = asked(text)
    assert [one.typed for one in reading.unknown] == [unknown]
    assert names(reading) == []


@pytest.mark.parametrize(
    "text",
    ["Is Oak Tree House good or not?", "oak tree house: safe or not?", "Are the homes in Leeds good, or not"],
)
def test_or_not_asks_nothing_more(text: str) -> None:
    reading = asked(text)
    assert reading.left_out == ()
    assert not reading.blocked


@pytest.mark.parametrize(
    "text",
    [
        "lovely Oak Tree House rating",
        "CQC rating Oak Tree House",
        "Tell me the Latest rating of Oak Tree House",
    ],
)
def test_words_that_are_no_part_of_a_name_leave_it_as_it_is(text: str) -> None:
    assert names(asked(text)) == [["1"]]


@pytest.mark.parametrize(
    ("text", "providers"),
    [
        ("how many places does Larkmoor Care Limited run", ["Larkmoor Care Limited"]),
        ("how many places does larkmoor care run", ["Larkmoor Care Limited"]),
        ("list the places run by the wrenfield trust", ["The Wrenfield Trust"]),
        ("how many wrenfield trust homes are good", ["The Wrenfield Trust"]),
        ("how many care homes in Leeds", []),
    ],
)
def test_providers_are_found_with_and_without_their_legal_form(text: str, providers: list[str]) -> None:
    assert [value for _, value in values(asked(text), "provider")] == providers


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("What is Shrewsbury rated?", "Ratings of places, whose town is “Shrewsbury”"),
        ("care homes in Shrewsbury", ""),  # "in" says which is meant
        ("What is Oak Tree House rated?", ""),
    ],
)
def test_what_somebody_and_a_place_are_called_offers_the_other_reading(text: str, other: str) -> None:
    alternative = asked(text).alternative or ""
    assert (alternative.startswith(other), bool(alternative)) == (True, bool(other))


def test_initials_name_a_subject_where_few_are_loaded() -> None:
    oxleas = vocabulary_of(fact("Oxleas NHS Foundation Trust"), fact("Mersey Care NHS Foundation Trust"))
    [named] = every(Named, asked("when did MCFT change", vocabulary=oxleas).queries)
    assert named.labels == ("Mersey Care NHS Foundation Trust",)


# Places, kinds, aspects, services ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "care homes in Leeds",
            [("local_authority", "Leeds")],
        ),  # a council area before the town of that name
        ("care homes in Otley", [("town", "Otley")]),
        ("care homes in London", [("region", "London")]),  # a region before the town of that name
        ("care homes in Bristol", [("local_authority", "Bristol, City of")]),
        ("care homes in the city of bristol", [("local_authority", "Bristol, City of")]),
        ("care homes in the south west", [("region", "South West")]),
        ("care homes in Yorkshire & the Humber", [("region", "Yorkshire and The Humber")]),
        ("care homes in Devon and Norfolk", [("local_authority", "Devon"), ("local_authority", "Norfolk")]),
        ("Devon's care homes", [("local_authority", "Devon")]),
        ("care homes in salop", [("local_authority", "Shropshire")]),
        ("care homes", []),
    ],
)
def test_a_place_is_a_council_area_before_a_region_before_a_town(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert places(asked(f"how many {text}")) == found


@pytest.mark.parametrize(
    ("words", "field", "held"),
    [
        ("care homes", "care_home", ("Y",)),
        ("homes", "care_home", ("Y",)),
        ("old people's homes", "care_home", ("Y",)),
        ("GP surgeries", "kind", (GP,)),
        ("surgeries", "kind", (GP,)),
        ("doctors", "kind", (GP,)),
        ("home care agencies", "kind", (CARERS,)),
        ("carers", "kind", (CARERS,)),
        ("domiciliary care", "kind", (CARERS,)),
        ("NHS hospitals", "kind", (f"{NHS} non-specialist", f"{NHS} specialist")),
    ],
)
def test_peoples_words_for_kinds_of_service_stand_for_the_tables_values(
    words: str, field: str, held: tuple[str, ...]
) -> None:
    reading = asked(f"how many {words} in Leeds are good")
    assert [one for one in every(Is, reading.queries) if one.field in ("care_home", "kind")] == [
        Is(field, held)
    ]


@pytest.mark.parametrize(
    ("text", "asked_aspects", "asked_services"),
    [
        ("is Oak Tree House safe", ["Safe"], []),
        ("oak tree house leadership", ["Well-led"], []),
        ("how well led is Oak Tree House", ["Well-led"], []),
        ("is oak tree house caring and responsive", ["Caring", "Responsive"], []),
        ("park view medical centre older people", [], ["Older people"]),
        ("how good is surgery at royal otley infirmary", [], ["Surgery"]),
        ("is thrushcombe surgery good", [], []),  # a surgery that is a practice
    ],
)
def test_aspects_and_services_are_those_that_the_tables_rate(
    text: str, asked_aspects: list[str], asked_services: list[str]
) -> None:
    reading = asked(text)
    assert (aspects(reading), services(reading)) == (asked_aspects, asked_services)


# Corrections ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        ("how many inadaquate care homes in Leeds", [("inadaquate", "inadequate")]),
        ("oustanding care homes in leeds", [("oustanding", "outstanding")]),
        ("care homes in shrewsbery", [("shrewsbery", "Shrewsbury")]),
        ("how many care homes in Leeds are good", []),
        ("how many carehomes in leeds r gd", []),
        ("which places in Oxford are good", []),  # a place that is known, though no table holds it
        ("is the bath good", []),
        ('how many "inadaquate" care homes in Leeds', []),
        ('care homes in "shrewsbery"', []),
    ],
)
def test_only_words_that_nothing_knows_are_corrected(text: str, corrections: list[tuple[str, str]]) -> None:
    assert [(one.source, one.target) for one in asked(text).corrections] == corrections


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_is_read_as_something_and_always_as_the_same(text: str, history: list[str]) -> None:
    assert asked(*history, text) == asked(*history, text)
