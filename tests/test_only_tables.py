"""Lists, counts and claims of rated places are never answered from the reports, even if the words that no
table knows occur in them; what a home has is no name."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which trusts except the two in the north-west were not outstanding?", "north-west"),
        ("Which trusts in the north-west were outstanding?", "north-west"),
        ("Have any trusts in the north-west become outstanding?", "north-west"),
        ("Was the trust in the north-west outstanding?", "north-west"),
        ("the north-west: which trusts were outstanding there?", "north-west"),
        ("No trust in the midlands was rated good, right?", "midlands"),
        ("What percentage of trusts near the coast became good?", "coast"),
        ("Which trusts in the north of england went up?", "north"),
        ("Which of the seven trusts are in the north?", "north"),
        ("Which trusts are in Yorkshire?", "Yorkshire"),
        ("How many trusts are based in the south?", "south"),
        ("Which trusts that have a new chief executive are good?", "staff or managers"),
        ("Which trusts with staff shortages improved?", "staff or managers"),
        ("Did every trust with a staff survey improve?", "reviews, complaints or incidents"),
        ("Are all the trusts rated the same?", "rated the same"),
        ("Did every trust start from the same rating?", "same"),
        ("Is Mersey Care one of the seven?", "Mersey Care"),
        ("Is Mersey Care one of the seven, and if not, why does it get a mention?", "Mersey Care"),
    ],
)
def test_what_no_table_knows_is_named_and_not_looked_for_in_the_reports(
    question: str, told: str, trusts: Service
) -> None:
    answer = trusts.ask(question)
    assert answer.status == "not_found"
    assert told in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What documents did trusts use as a starting block for change?",
        "Which trusts were good at listening to staff?",
        "Which trusts improved by changing their culture?",
        "Did all of the trusts become good by listening to staff?",
        "Do the good trusts have a strong culture?",
        "Which trusts are mentioned in the note?",
    ],
)
def test_what_reports_say_about_the_trusts_is_still_asked_of_them(question: str, trusts: Service) -> None:
    assert trusts.ask(question).answer.basis == "passage"


@pytest.mark.parametrize(
    "question",
    [
        "which care homes have a court?",  # Kestrane Court
        "are there any good homes with lodges?",
        "how many homes with a lodge in Ripon are good?",
        "good homes with views",
        "care homes without a park in Thirsk",
    ],
)
def test_what_a_home_has_is_no_name_and_is_never_dropped(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status == "not_found"
    assert "I did not understand" in answer.answer.text


def test_parts_for_the_tables_are_answered_beside_those_for_the_reports(trusts: Service) -> None:
    text = trusts.ask(
        "When did the report come out, what is it called, and did most of the trusts reach good?"
    )
    assert "Driving improvement" in text.answer.text
    assert "Yes. 6 of 7" in text.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Is Calderstones still a trust in its own right?",
        "Does Calderstones still exist as a trust?",
        "What has Calderstones become since?",
    ],
)
def test_what_became_of_a_place_is_asked_of_the_reports(question: str, trusts: Service) -> None:
    assert "took Calderstones Partnership NHS Foundation Trust over" in trusts.ask(question).answer.text


@pytest.mark.parametrize(
    "second",
    [
        "who took it over?",
        "what do the reports say about its takeover?",
        "what has it become since?",
        "what happened to it?",
        "when was it taken over?",
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_pronoun_in_a_question_to_the_reports_is_the_subject_told_before(
    second: str, at_once: bool, trusts: Service
) -> None:
    first = "How is Calderstones rated"
    asked = [f"{first}, and {second}"] if at_once else [f"{first}?", second]
    *_, last = trusts.converse(asked)
    assert last.answer.status == "answered"
    assert "took Calderstones Partnership NHS Foundation Trust over" in last.answer.answer.text


@pytest.mark.parametrize(
    "second", ["who took it over?", "what did it do about its culture?", "what do its patients think?"]
)
@pytest.mark.parametrize("at_once", [True, False])
def test_what_the_reports_say_of_others_is_not_told_of_a_subject_told_before(
    second: str, at_once: bool, trusts: Service
) -> None:
    asked = [f"How is Oxleas rated, and {second}"] if at_once else ["How is Oxleas rated?", second]
    *_, last = trusts.converse(asked)
    assert "do not answer that" in last.answer.answer.text


def test_they_are_those_who_wrote_the_report_rather_than_one_subject(trusts: Service) -> None:
    *_, last = trusts.converse(["How is Oxleas rated?", "who did they interview?"])
    assert "nursing directors" in last.answer.answer.text


def test_each_of_several_years_is_told(trusts: Service) -> None:
    text = trusts.ask("What happened to Calderstones in 2014, in 2015 and in 2016?").answer.text
    assert all(year in text for year in ("2014", "2015", "2016"))
