"""The thesaurus: what stands for what, from the shipped file and from a corpus folder's own."""

from pathlib import Path

import pytest
from test_reading import make_corpus

from qa.errors import CorpusError
from qa.retrieval import Thesaurus
from qa.service import Service
from qa.settings import Settings

REPORT = (
    "# Visit\n\nThe school was visited in May.\n\nNo learner was put on another register.\n\nThe "
    "roof of the hall was mended.\n"
)
OWN = (
    'same = ["fledgling, learner"]\n\n[means]\n"another register" = """\nkicked out, thrown out,\n  '
    'got rid of"""\n'
)


def opened(folder: Path) -> Service:
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    "asked",
    ["Was any fledgling kicked out?", "Were fledglings thrown out?", "Which fledgling was got rid of?"],
)
def test_a_corpus_may_bring_words_of_its_own(tmp_path: Path, asked: str) -> None:
    answer = opened(make_corpus(tmp_path, {"report.md": REPORT, "thesaurus.toml": OWN})).ask(asked)
    assert answer.status == "answered"
    assert "another register" in answer.answer.text
    assert "another register" in {change.target for change in answer.understood.expanded}


def test_without_them_the_same_question_is_not_answered(tmp_path: Path) -> None:
    assert (
        opened(make_corpus(tmp_path, {"report.md": REPORT})).ask("Was any fledgling kicked out?").status
        == "not_found"
    )


def test_the_fingerprint_tells_one_thesaurus_from_another(tmp_path: Path) -> None:
    folders = [
        make_corpus(tmp_path / name, {"report.md": REPORT, **files})
        for name, files in (("a", {}), ("b", {"thesaurus.toml": OWN}))
    ]
    assert len({opened(folder).index.fingerprint for folder in folders}) == 2


def test_a_thesaurus_that_can_not_be_read_keeps_the_corpus_from_being_served(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        opened(make_corpus(tmp_path, {"report.md": REPORT, "thesaurus.toml": "same = ["}))
    assert "thesaurus.toml" in str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("did the learners leave", "pupil"),  # endings do not matter
        ("they were thrown out of it", "another register"),  # phrases are found in a sentence
        ("got rid of the pupil", "another register"),  # articles and pronouns within are left out
    ],
)
def test_what_stands_for_a_part_of_a_question(asked: str, shown: str) -> None:
    thesaurus = Thesaurus.of(
        {"same": ["pupil, learner"], "means": {"another register": "kicked out, thrown out, got rid of"}}
    )
    words = asked.split()
    assert shown in {
        other.shown
        for start, end in thesaurus.parts(words)
        for other in thesaurus.others_of(words[start:end])
    }


def test_the_longest_phrase_goes_first() -> None:
    thesaurus = Thesaurus.of({"means": {"ending": "end", "palliative": "end of life"}})
    words = ["care", "at", "the", "end", "of", "life"]
    assert [thesaurus.others_of(words[start:end])[0].shown for start, end in thesaurus.parts(words)] == [
        "palliative"
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Are the crews singing from the same hymn sheet?", "at one with the harbour master"),
        ("Do the crews see eye to eye with the harbour master?", "at one with the harbour master"),
        ("Is anything in the pipeline for the pier?", "forthcoming"),
        ("Did anyone from outside help?", "others who use the harbour"),
    ],
)
def test_sayings_are_found_in_any_corpus(tmp_path: Path, asked: str, told: str) -> None:
    report = (
        "# Harbour\n\nThe boats came home in May.\n\nThe crews are at one with the harbour master.\n\n"
        "A new roof for the pier is forthcoming.\n\nOn Sundays others who use the harbour help to clean it.\n"
    )
    assert told in opened(make_corpus(tmp_path, {"report.md": report})).ask(asked).answer.text
