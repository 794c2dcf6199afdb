"""What a question is read as: names, places, kinds of service, corrections, intents, small talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import fact, vocabulary_of
from small_directory import CARERS, GP, NHS, names, small_directory

from qa.understanding import Question, Vocabulary, understand


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return small_directory()


# Names --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What is Oak Tree House rated?", [["1"]]),
        ("oak tree house", [["1"]]),
        ("OAK TREE HOUSE RATING", [["1"]]),
        ("Oak Tree House's rating", [["1"]]),
        ("st brides lodge rating", [["5"]]),
        ("rating of Saint Bride’s Lodge", [["5"]]),
        ("the one at AB4 1CD, is it good", [["4"]]),  # by its postcode
        ("how is ab41cd rated", [["4"]]),
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
        ("which places in Leeds are good", []),
        ("is the surgery any good", []),
    ],
)
def test_names_are_found_in_full_in_part_misspelt_and_settled_by_a_place(text: str, meant: list[list[str]], vocabulary: Vocabulary) -> None:
    assert names(understand(text, [], vocabulary), vocabulary) == meant


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
def test_what_no_table_knows_is_said_to_be_unknown_and_never_replaced(text: str, unknown: str, vocabulary: Vocabulary) -> None:
    question = understand(text, [], vocabulary)
    assert any(unknown in told for told in question.unknown)
    assert (question.named, question.places) == ((), ())


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
def test_providers_are_found_with_and_without_their_legal_form(text: str, providers: list[str], vocabulary: Vocabulary) -> None:
    assert list(understand(text, [], vocabulary).providers) == providers


def test_initials_name_a_subject_where_few_are_loaded() -> None:
    oxleas = vocabulary_of(fact("Oxleas NHS Foundation Trust"), fact("Mersey Care NHS Foundation Trust"))
    assert names_of(understand("when did MCFT change", [], oxleas), oxleas) == ["Mersey Care NHS Foundation Trust"]


def names_of(question: Question, vocabulary: Vocabulary) -> list[str]:
    return [subject.name for one in question.named for subject in vocabulary.store.subjects(list(one.subjects))]


# Places, kinds, aspects, services -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("care homes in Leeds", [("local_authority", "Leeds")]),  # a council area before the town of that name
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
def test_a_place_is_a_council_area_before_a_region_before_a_town(text: str, places: list[tuple[str, str]], vocabulary: Vocabulary) -> None:
    assert [(place.field, place.value) for place in understand(f"how many {text}", [], vocabulary).places] == places


@pytest.mark.parametrize(
    ("words", "field", "values"),
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
    words: str, field: str, values: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    [kind] = understand(f"how many {words} in Leeds are good", [], vocabulary).kinds
    condition = vocabulary.kind_condition(kind)
    assert condition is not None
    assert (condition.field, condition.values) == (field, values)


@pytest.mark.parametrize(
    ("text", "aspects", "services"),
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
    text: str, aspects: list[str], services: list[str], vocabulary: Vocabulary
) -> None:
    question = understand(text, [], vocabulary)
    assert (list(question.aspects), list(question.services)) == (aspects, services)


# Corrections --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        ("how many inadaquate care homes in Leeds", [("inadaquate", "inadequate")]),
        ("oustanding care homes in leeds", [("oustanding", "outstanding")]),
        ("care homes in shrewsbery", [("shrewsbery", "shrewsbury")]),
        ("how many care homes in Leeds are good", []),
        ("how many carehomes in leeds r gd", []),
        ("which places in Oxford are good", []),  # a place that is known, though no table holds it
        ("is the bath good", []),
        ('how many "inadaquate" care homes in Leeds', []),
        ('care homes in "shrewsbery"', []),
    ],
)
def test_only_words_that_nothing_knows_are_corrected(text: str, corrections: list[tuple[str, str]], vocabulary: Vocabulary) -> None:
    assert [(one.source, one.target) for one in understand(text, [], vocabulary).corrections] == corrections


# Intents and small talk ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("oak tree house", "lookup"),
        ("is oak tree house good", "check"),
        ("oak tree house or quillbrook, which is better", "compare"),
        ("when was oak tree house rated", "when"),
        ("who runs oak tree house", "attribute"),
        ("where is oak tree house", "attribute"),
        ("how many care homes in leeds are good", "count"),
        ("good care homes in leeds", "list"),
        ("what percentage of care homes in leeds are good", "share"),
        ("which council has the most good care homes", "rank"),
        ("does Leeds or Devon have more good care homes", "compare"),
        ("how many places does larkmoor care run", "rollup"),
        ("are all care homes in leeds good", "check"),
        ("are there any inadequate care homes in leeds", "check"),
        ("hello", "small_talk"),
        ("why did standards of leadership change", "passage"),
    ],
)
def test_the_words_of_a_question_decide_what_kind_of_answer_it_wants(text: str, intent: str, vocabulary: Vocabulary) -> None:
    assert understand(text, [], vocabulary).intent == intent


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hi", "greeting"),
        ("Good morning!", "greeting"),
        ("thanks a lot", "thanks"),
        ("ta very much", "thanks"),
        ("ok thanks, bye", "thanks"),
        ("what can you do?", "help"),
        ("hello, can you help me", "help"),
    ],
)
def test_small_talk_is_known_by_its_words(text: str, said: str, vocabulary: Vocabulary) -> None:
    question = understand(text, ["oak tree house rating"], vocabulary)
    assert question.intent == "small_talk"
    assert question.cues == {said}


@pytest.mark.parametrize(
    "text", ["hi, is oak tree house good", "thanks, and is it safe", "good care homes in leeds", "help me find good homes", "ok"]
)
def test_a_question_with_a_greeting_is_a_question(text: str, vocabulary: Vocabulary) -> None:
    assert understand(text, ["quillbrook rating"], vocabulary).intent != "small_talk"


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_is_read_as_something_and_always_as_the_same(text: str, history: list[str]) -> None:
    assert understand(text, history, small_directory()) == understand(text, history, small_directory())
