"""What answers tell, as properties of every answer to a made question: figures, dates, facts, status."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from questions.asking import KINDS, Asked, World, ask, invented_worlds
from questions.choosing import Wordings

from qa.language.tokens import key
from qa.phrasing import long_date
from qa.records import Answer
from qa.service import Service
from qa.settings import Settings
from qa.wire import dumps

A_KIND = 16  # questions of each kind and half
_NUMBER = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?!\w)")
_DATE = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}")
_DATED = re.compile(r"[Pp]ublished (?:on |up to )?\d{1,2} [A-Z][a-z]+ \d{4}|not published")


@pytest.fixture(scope="module")
def world_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], World]:
    return invented_worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="module")
def asked(world_of: Callable[[str], World]) -> Mapping[str, Sequence[Asked]]:
    """Questions of every kind, in familiar words and in others."""
    halves = [Wordings.read(half) for half in ("familiar", "independent")]
    return {
        kind: [one for wordings in halves for one in ask(world_of(kind), wordings, kind, A_KIND)]
        for kind in KINDS
    }


@pytest.fixture(scope="module")
def every(asked: Mapping[str, Sequence[Asked]]) -> Sequence[Asked]:
    return [one for of_kind in asked.values() for one in of_kind]


@pytest.fixture(scope="module")
def answered(every: Sequence[Asked]) -> Sequence[Asked]:
    found = [one for one in every if one.answer.status == "answered"]
    assert len(found) > 1_000
    return found


def dates(answer: Answer) -> set[str]:
    return {
        long_date(datetime.date.fromisoformat(str(figure.value)))
        for figure in answer.figures
        if figure.unit == "date"
    }


def untold_numbers(one: Asked, text: str) -> set[float]:
    """The numbers of the text that no figure holds, those of names, dates and the question's own words left
    out.
    """
    names = {
        name
        for told in one.answer.facts
        for name in (told.subject, *told.attributes.values(), told.service or "")
    }
    text = _DATE.sub(" ", text)
    for name in sorted({*names, *(figure.label for figure in one.answer.figures)}, key=len, reverse=True):
        text = text.replace(name, " ") if len(name) > 2 else text
    figures = {float(figure.value) for figure in one.answer.figures if not isinstance(figure.value, str)}
    return numbers(text) - figures - numbers(one.conversation[-1])


def numbers(text: str) -> set[float]:
    return {float(number.replace(",", "")) for number in _NUMBER.findall(text)}


def test_every_number_in_the_text_is_a_figure(answered: Sequence[Asked]) -> None:
    for one in answered:
        assert not untold_numbers(one, re.sub(r" and [\d,]+ more\b", " ", one.answer.answer.text)), str(one)


def test_the_rest_of_a_long_list_is_a_figure_too(answered: Sequence[Asked]) -> None:
    for one in answered:
        assert not untold_numbers(one, one.answer.answer.text), str(one)


def test_every_date_in_the_text_is_a_figure(answered: Sequence[Asked]) -> None:
    for one in answered:
        assert set(_DATE.findall(one.answer.answer.text)) <= dates(one.answer), str(one)


@pytest.mark.parametrize(
    "kind",
    KINDS,
)
def test_every_answer_from_facts_tells_as_of_when(kind: str, asked: Mapping[str, Sequence[Asked]]) -> None:
    for one in asked[kind]:
        assert one.answer.status != "answered" or _DATED.search(one.answer.answer.text), str(one)


def test_facts_are_given_only_where_they_answer_or_stand_to_choose_from(every: Sequence[Asked]) -> None:
    for one in every:
        rests_on_facts = one.answer.status in ("answered", "ambiguous")
        assert rests_on_facts or (one.answer.facts, one.answer.facts_total, one.answer.figures) == (
            (),
            0,
            (),
        ), str(one)
        assert (one.answer.answer.basis == "facts") == rests_on_facts, str(one)


def test_at_most_fifty_facts_are_given_no_fact_twice_each_with_its_row_and_date(
    every: Sequence[Asked],
) -> None:
    for one in every:
        facts = one.answer.facts
        assert len(facts) == len({told.id for told in facts}) <= 50, str(one)
        assert all(told.source.row > 1 and told.source.document and told.published for told in facts), str(
            one
        )


def test_an_ambiguous_answer_lists_its_candidates_and_does_not_choose(every: Sequence[Asked]) -> None:
    ambiguous = [one for one in every if one.answer.status == "ambiguous"]
    assert ambiguous
    for one in ambiguous:
        near = one.answer.answer.text.startswith(
            "Did you mean "
        )  # a near name is offered, be it the only one
        assert one.answer.facts_total == len(one.answer.facts) > (0 if near else 1), str(one)
        assert near or "Which one do you mean?" in one.answer.answer.text, str(one)


def test_texts_are_plain_sentences(every: Sequence[Asked]) -> None:
    for one in every:
        text = one.answer.answer.text
        assert text == " ".join(text.split()), str(one)
        assert text.endswith((".", "?", "”", ")")), str(one)
        assert not re.search(r"\{|\}|<|>| ,| \.|\bNone (?!of)\w", text), str(one)


def test_confidence_is_a_probability(every: Sequence[Asked]) -> None:
    assert all(0 <= one.answer.answer.confidence <= 1 for one in every)


def test_at_most_four_other_questions_are_suggested(every: Sequence[Asked]) -> None:
    for one in every:
        assert len(set(one.answer.suggestions)) == len(one.answer.suggestions) <= 4, str(one)
        assert key(one.conversation[-1]) not in map(key, one.answer.suggestions), str(one)


def test_a_named_place_is_not_suggested_as_the_question_just_asked(trusts: Service) -> None:
    assert "What is Oxleas NHS Foundation Trust rated?" in trusts.ask("Which trusts improved?").suggestions
    assert "What is Oxleas NHS Foundation Trust rated?" not in trusts.ask("how good is oxleas").suggestions


def test_after_an_answer_from_the_reports_other_sections_are_suggested_that_they_answer(
    trusts: Service,
) -> None:
    about = {
        question: tuple(one for one in trusts.ask(question).suggestions if "the report say" in one)
        for question in (
            "How did the trusts engage patients?",
            "Why did the trusts improve?",
            "Was it culture?",
        )
    }
    assert len(set(about.values())) == len(about)
    for asked, suggested in about.items():
        assert suggested, asked
        for question in suggested:
            assert trusts.ask(question).status == "answered", question


def test_a_suggested_question_is_one_that_is_answered(
    world_of: Callable[[str], World], asked: Mapping[str, Sequence[Asked]]
) -> None:
    for kind, of_kind in asked.items():
        for question in {question for one in of_kind[::12] for question in one.answer.suggestions}:
            assert world_of(kind).service.ask(question).status in ("answered", "ambiguous"), question


def test_the_same_question_gets_the_same_bytes(
    world_of: Callable[[str], World], asked: Mapping[str, Sequence[Asked]]
) -> None:
    for kind, of_kind in asked.items():
        *history, question = of_kind[-1].conversation
        assert dumps(world_of(kind).service.ask(question, history)) == dumps(of_kind[-1].answer)


# Sentences --------------------------------------------------------------------------------------------------

HEADS = (
    "Location ID,Location Name,Care Home?,Location City,Location Local Authority,Service / Population "
    "Group,Domain,Latest Rating,Publication Date,Provider Name"
)
TABLE = """
1,Oak House,Y,Leeds,Leeds,Overall,Overall,Good,02/03/2020,Larkmoor Care Limited
1,Oak House,Y,Leeds,Leeds,Overall,Safe,Requires improvement,02/03/2020,Larkmoor Care Limited
2,Elm House,Y,Leeds,Leeds,Overall,Overall,Good,01/05/2019,Larkmoor Care Limited
2,Elm House,Y,Leeds,Leeds,Overall,Overall,Requires improvement,01/05/2017,Larkmoor Care Limited
3,Ash House,Y,Ripon,North Yorkshire,Overall,Overall,Inadequate,09/06/2021,Harrow Vale Homes Ltd
4,The Laurels,Y,Ripon,North Yorkshire,Overall,Overall,Good,01/01/2021,Harrow Vale Homes Ltd
5,The Laurels,Y,Hull,Hull,Overall,Overall,Outstanding,01/01/2021,Harrow Vale Homes Ltd
6,Twofold House,Y,Hull,Hull,Overall,Overall,Good,01/01/2021,Harrow Vale Homes Ltd
6,Twofold House,Y,Hull,Hull,Overall,Overall,Inadequate,01/01/2021,Harrow Vale Homes Ltd
7,Beech House,Y,Hull,Hull,Overall,Overall,Good,,Harrow Vale Homes Ltd
"""


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("seven")
    (folder / "table.csv").write_text(HEADS + TABLE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("what is Oak House rated", ["Oak House in Leeds", "Good", "2 March 2020"]),
        ("is Oak House safe", ["No", "Requires improvement", "Safe", "2 March 2020"]),
        (
            "what was Elm House rated before",
            ["Elm House", "Good", "up from Requires improvement", "1 May 2019"],
        ),
        ("when was Ash House inspected", ["9 June 2021", "publication dates, not inspection dates"]),
        ("who runs Ash House", ["Harrow Vale Homes Ltd"]),
        ("how many care homes in Leeds are good", ["2 care homes", "Leeds (council area)", "Good"]),
        ("how many care homes in Ripon are good", ["1 care home ", "Ripon (postal town)", "The Laurels"]),
        (
            "how many care homes in Leeds are outstanding",
            ["None", "Leeds (council area)", "Outstanding", "9 June 2021"],
        ),
        ("are all care homes in Ripon good", ["No", "1 of 2", "Ash House", "Inadequate"]),
        ("are there any inadequate care homes in Ripon", ["Yes", "1 of 2", "Ash House"]),
        ("what percentage of care homes in Ripon are good", ["50%", "1 of 2"]),
        ("which council has the most good care homes", ["Leeds (2)"]),
        ("is Oak House better than Ash House", ["Oak House is rated higher", "Inadequate", "Good"]),
        ("is Oak House better than Elm House", ["the same", "Good"]),
        ("what is The Laurels rated", ["2", "The Laurels", "town or postcode"]),
        ("what is Beech House rated", ["Good", "date not published"]),
        ("when was Beech House rated", ["Good", "date", "was not published"]),
        ("what is Twofold House rated", ["different ratings", "same date"]),
        ("what is Zanderley Court rated", ["Zanderley", "do not know"]),
        ("what will Oak House be rated next year", ["future"]),
        ("how much does Oak House cost", ["fees or prices"]),
        ("how many nursing homes in Leeds", ["do not tell nursing homes apart"]),
    ],
)
def test_the_text_says_what_was_asked_for(question: str, says: Sequence[str], seven: Service) -> None:
    text = seven.ask(question).answer.text
    assert [words for words in says if words not in text] == [], text


def test_ratings_of_one_date_that_contradict_each_other_are_both_shown(seven: Service) -> None:
    answer = seven.ask("what is Twofold House rated")
    assert {told.rating for told in answer.facts} == {"Good", "Inadequate"}


def test_the_reading_of_a_question_is_told(seven: Service) -> None:
    understood = seven.ask("how many inadaquate care homes in Leeds").understood
    filters = {one.field: one.value for one in understood.filters}
    assert filters == {"local_authority": "Leeds", "kind": "care homes", "rating": "Inadequate"}
    assert [(one.source, one.target) for one in understood.corrections] == [("inadaquate", "inadequate")]


def test_an_unknown_name_gets_the_nearest_known_names_as_suggestions_and_no_answer(seven: Service) -> None:
    answer = seven.ask("what is Larels House rated")
    assert (answer.status, answer.facts) == ("not_found", ())
    assert any("Laurels" in suggestion or "House" in suggestion for suggestion in answer.suggestions)


def test_every_exception_is_counted_though_fifty_are_given(tmp_path: Path) -> None:
    rows = [
        (
            f"{number},Home "
            f"{number},Y,Leeds,Leeds,Overall,Overall,{'Good' if number < 5 else 'Inadequate'},01/01/2021,Oak "
            "Ltd"
        )
        for number in range(70)
    ]
    (tmp_path / "table.csv").write_text("\n".join([HEADS, *rows, ""]), encoding="utf-8")
    answer = Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {})).ask(
        "are all care homes in Leeds good"
    )
    assert (len(answer.facts), answer.facts_total) == (50, 65)


@pytest.mark.parametrize(
    ("said", "contradicts"),
    [
        ("All seven trusts were rated requires improvement when CQC first came.", True),
        ("It tells what trusts that were rated requires improvement have done.", False),
        ("All seven trusts were rated requires improvement, Alder from good.", False),
    ],
)
def test_where_the_prose_says_of_all_what_the_table_does_not_both_are_shown(
    tmp_path: Path, said: str, contradicts: bool
) -> None:
    names = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse")
    rows = [
        f"{name} NHS Trust,{'Good' if name == 'Alder' else 'Requires improvement'},Good,2018-03-15"
        for name in names
    ]
    (tmp_path / "ratings.csv").write_text("\n".join(["Trust,Rating before,Rating,Published", *rows, ""]))
    (tmp_path / "report.md").write_text(f"# What the trusts did\n\n{said} Their leaders listened to staff.\n")
    answer = Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {})).ask(
        "Did all seven trusts start at requires improvement?"
    )
    assert answer.answer.text.startswith("No. 6 of 7 rated trusts")
    assert bool(answer.conflicts) is contradicts is ("says otherwise" in answer.answer.text)


def test_what_a_report_says_of_some_is_no_contradiction(trusts: Service) -> None:
    answer = trusts.ask("Did all seven trusts start at requires improvement?")
    assert answer.answer.text.startswith("No. 6 of 7 rated trusts")
    [fact] = answer.facts
    assert (fact.subject, fact.previous_rating) == ("Calderstones Partnership NHS Foundation Trust", "Good")
    assert not answer.conflicts
    assert "otherwise" not in answer.answer.text


def test_every_rating_answer_on_the_default_corpus_shows_a_passage_of_the_publication(
    trusts: Service,
) -> None:
    for question in (
        "What is Oxleas rated?",
        "Which trusts got worse?",
        "How many improved?",
        "compare SWYPFT and North Staffs",
        "show the table",
    ):
        answer = trusts.ask(question)
        assert (answer.status, answer.answer.basis) == ("answered", "facts"), question
        assert answer.passages, question
