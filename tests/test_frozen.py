"""Answers stay as they were frozen, and what changed is listed so that it can be judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import frozen
import pytest
from frozen import CORPORA, FOLDER, FREEZE, Case, Told, ask, changes, dump, listing, load, opened

KEPT = Told(
    "answered", "count", "2 care homes in Leeds.", ("Oak House", "Elm House"), ("places: 2 count",), 0.95
)


@pytest.mark.parametrize("name", CORPORA)
def test_answers_are_as_they_were_frozen(name: str, tmp_path: Path) -> None:
    before = load(FOLDER / f"{name}.jsonl")
    changed = changes(before, ask(before, opened(name, tmp_path)))
    assert not changed, "\n".join(["", *listing(name, changed), f"Where that is right, keep it: {FREEZE}"])


def test_every_file_of_frozen_answers_has_a_corpus() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(CORPORA)


@pytest.mark.parametrize("name", CORPORA)
def test_each_question_is_frozen_once_and_in_little_room(name: str) -> None:
    cases = load(FOLDER / f"{name}.jsonl")
    asked = [(case.question, case.history) for case in cases]
    assert len(asked) == len(set(asked))
    assert all(case.told is not None for case in cases)
    assert (FOLDER / f"{name}.jsonl").stat().st_size < 200_000


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (replace(KEPT, status="not_found", text="Nothing."), "answered before, not_found now"),
        (replace(KEPT, intent="list", text="Two."), "another kind"),
        (replace(KEPT, subjects=("Oak House",)), "other subjects"),
        (replace(KEPT, figures=("places: 3 count",)), "other figures"),
        (replace(KEPT, text="There are 2."), "another wording"),
        (replace(KEPT, confidence=0.6), "another confidence"),
    ],
)
def test_what_changed_is_listed_by_what_of_it_changed(now: Told, what: str) -> None:
    lines = list(listing("homes", changes([Case("How many?", told=KEPT)], [Case("How many?", told=now)])))
    assert lines[:2] == [f"homes: {what} (1)", "  How many?"]
    changed = [name for name in Told.__dataclass_fields__ if getattr(now, name) != getattr(KEPT, name)]
    assert [line.split(":")[0] for line in lines[2:]] == [
        f"    {sign} {name}" for name in changed for sign in "-+"
    ]


def test_what_stayed_is_not_listed_and_groups_with_most_changes_go_first() -> None:
    asked = [Case(name, told=KEPT) for name in "abcd"]
    told = (KEPT, replace(KEPT, text="2"), *[replace(KEPT, status="x")] * 2)
    now = [Case(name, told=one) for name, one in zip("abcd", told, strict=True)]
    heads = [line for line in listing("homes", changes(asked, now)) if not line.startswith(" ")]
    assert heads == ["homes: answered before, x now (2)", "homes: another wording (1)"]


def test_a_new_question_is_a_line_with_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "homes.jsonl"
    path.write_text('{"question":"How many?"}\n', encoding="utf-8")
    (case,) = load(path)
    assert changes([case], [replace(case, told=KEPT)])[0].what == "new questions"
    dump([replace(case, told=KEPT)], path)
    assert load(path) == [replace(case, told=KEPT)]


def test_a_line_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "homes.jsonl"
    path.write_text('{"question":"How many?"}\n{"asked":"?"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"homes\.jsonl, line 2"):
        load(path)


def test_the_tool_lists_freezes_and_then_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frozen, "FOLDER", tmp_path)
    (tmp_path / "schools.jsonl").write_text(
        '{"question":"How is Saltmarsh School rated?"}\n', encoding="utf-8"
    )
    assert frozen.main(["schools"]) == 1
    assert "schools: new questions (1)\n  How is Saltmarsh School rated?\n" in capsys.readouterr().out
    assert frozen.main(["schools", "--freeze"]) == 0
    capsys.readouterr()
    assert frozen.main(["schools"]) == 0
    assert capsys.readouterr().out == "All 1 answers are as frozen.\n"
