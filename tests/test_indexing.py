"""The index on disk: built once, used again, whole or not at all, never inside the corpus."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import CorpusError
from qa.facts import run
from qa.indexing import Index, open_index
from qa.question.query import Count, Query
from qa.scale import CQC
from qa.settings import Settings

HEADS = "Location ID,Location Name,Location City,Domain,Latest Rating,Publication Date,Remarks"
ROWS = [f"{number},Home {number},Leeds,Overall,{CQC.ratings[number % 4]},02/03/2020,{'-' * 10_000}" for number in range(60)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a report, and with a table so large that its index is worth keeping."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "directory.csv").write_text("\n".join([HEADS, *ROWS, ""]), encoding="utf-8")
    (folder / "report.md").write_text("# A report\n\nThe homes in Leeds were visited twice.\n", encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def settings(corpus: Path, cache: Path | str, **more: object) -> Settings:
    return Settings.load({"corpus": corpus, "cache": cache, **more}, {})


def kept(cache: Path) -> list[str]:
    """The names of everything in the cache folder."""
    return sorted(path.name for path in cache.iterdir())


def state(cache: Path) -> dict[str, tuple[int, int]]:
    """Every file in the cache folder with its size and when it was written."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in cache.rglob("*") if path.is_file()}


def answers(index: Index) -> object:
    """What an index knows: its facts, its subjects, its documents."""
    facts = run(Query(), index.facts, index.scale, limit=100).facts
    ratings = run(Query(measure=Count(), by=("rating",)), index.facts, index.scale).groups
    return facts, ratings, index.facts.names(["home 7"]), index.documents


# Built once ---------------------------------------------------------------------------------------------------------


def test_an_index_is_built_once_and_used_again(corpus: Path, cache: Path) -> None:
    built = open_index(settings(corpus, cache))
    before = state(cache)
    again = open_index(settings(corpus, cache))
    assert kept(cache) == [built.fingerprint] == [again.fingerprint]
    assert state(cache) == before
    assert answers(built) == answers(again)


def test_a_kept_index_reads_no_table_again(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_index(settings(corpus, cache))
    monkeypatch.setattr("qa.reading.delimited.read", lambda *_: pytest.fail("the table was read"))
    assert open_index(settings(corpus, cache)).facts.size == (60, 60)


def test_a_kept_index_tells_what_a_new_one_tells(corpus: Path, cache: Path) -> None:
    _append(corpus, "61,Odd House,Leeds,Overall,Excellent,02/03/2020,")
    built, again, in_memory = (open_index(settings(corpus, folder)) for folder in (cache, cache, "none"))
    assert any("Excellent" in problem.message for problem in built.report.problems)
    assert built.report == again.report == in_memory.report
    assert built.documents == again.documents == in_memory.documents
    assert answers(built) == answers(again) == answers(in_memory)


def _touch(corpus: Path) -> None:
    os.utime(corpus / "directory.csv", (1, 1))


def _append(corpus: Path, row: str = "60,Home 60,Leeds,Overall,Good,02/03/2020,") -> None:
    with (corpus / "directory.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")


def _rename(corpus: Path) -> None:
    (corpus / "directory.csv").rename(corpus / "renamed.csv")


def _describe(corpus: Path) -> None:
    (corpus / "directory.csv.toml").write_text('title = "The directory"\n', encoding="utf-8")


def _report(corpus: Path) -> None:
    (corpus / "report.md").write_text("# Another report\n\nNobody was visited.\n", encoding="utf-8")


@pytest.mark.parametrize(("change", "same"), [(_touch, True), (_append, False), (_rename, False), (_describe, False), (_report, False)])
def test_an_index_is_known_by_what_its_files_hold(change: Callable[[Path], None], same: bool, corpus: Path, cache: Path) -> None:
    first = open_index(settings(corpus, cache))
    change(corpus)
    second = open_index(settings(corpus, cache))
    assert (first.fingerprint == second.fingerprint) is same
    assert kept(cache) == sorted({first.fingerprint, second.fingerprint})


def test_a_changed_table_is_answered_from_its_new_rows(corpus: Path, cache: Path) -> None:
    open_index(settings(corpus, cache))
    _append(corpus)
    assert open_index(settings(corpus, cache)).facts.size == (61, 61)


def test_an_index_is_known_by_the_settings_that_make_it(corpus: Path, cache: Path) -> None:
    assert open_index(settings(corpus, cache)).fingerprint != open_index(settings(corpus, cache, k1=2)).fingerprint
    assert open_index(settings(corpus, cache)).fingerprint == open_index(settings(corpus, cache, port=9000)).fingerprint


def test_only_the_newest_indexes_are_kept(corpus: Path, cache: Path) -> None:
    made = []
    for number in range(8):
        (corpus / "report.md").write_text(f"# Report {number}\n\nText.\n", encoding="utf-8")
        made.append(open_index(settings(corpus, cache)).fingerprint)
        os.utime(cache / made[-1], (number, number))
    assert kept(cache) == sorted(made[-6:])


def test_what_is_quick_to_read_is_not_kept(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "table.csv").write_text("Trust,From,To\nOxleas,Good,Good\n", encoding="utf-8")
    open_index(settings(tmp_path / "small", cache))
    assert not cache.exists()


# Whole or not at all ------------------------------------------------------------------------------------------------

OPEN = "import sys; from qa.indexing import open_index; from qa.settings import Settings\n"
THEN = 'print(open_index(Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {})).fingerprint)'
DEATHS = {
    "while the facts are written": (
        "import os, signal, qa.facts.store as store\n"
        "def build(connection, facts, scale): next(iter(facts)); os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.build = build\n"
    ),
    "before it is moved into place": (
        "import os, signal, qa.indexing as indexing\nindexing._keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    ),
}


def opening(corpus: Path, cache: Path, prelude: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", prelude + OPEN + THEN, str(corpus), str(cache)], stdout=subprocess.PIPE, text=True)


def test_two_processes_that_start_at_once_leave_one_whole_index(corpus: Path, cache: Path) -> None:
    both = [opening(corpus, cache) for _ in range(2)]
    told = {process.communicate()[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert kept(cache) == sorted(told)
    before = state(cache)
    index = open_index(settings(corpus, cache))
    assert (state(cache), index.fingerprint) == (before, *told)


@pytest.mark.parametrize("death", DEATHS)
def test_a_process_that_is_killed_half_way_leaves_nothing_that_is_taken_for_an_index(death: str, corpus: Path, cache: Path) -> None:
    process = opening(corpus, cache, DEATHS[death])
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    expected = open_index(settings(corpus, "none"))
    assert not (cache / expected.fingerprint).exists()
    index = open_index(settings(corpus, cache))
    assert answers(index) == answers(expected)
    assert (cache / index.fingerprint / "report.json").is_file()


def test_what_a_killed_process_left_is_cleared_away(corpus: Path, cache: Path) -> None:
    opening(corpus, cache, DEATHS["before it is moved into place"]).communicate()
    [left] = cache.iterdir()
    os.utime(left, (1, 1))  # long ago
    fingerprint = open_index(settings(corpus, cache)).fingerprint
    assert kept(cache) == [fingerprint]


def test_a_table_that_can_not_be_read_leaves_no_index(corpus: Path, cache: Path) -> None:
    shutil.copyfile(corpus / "directory.csv", corpus / "broken.csv.gz")
    with pytest.raises(CorpusError, match="can't be read"):
        open_index(settings(corpus, cache))
    assert kept(cache) == []


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"{")])
def test_an_index_without_its_whole_report_is_not_used(damage: Callable[[Path], object], corpus: Path, cache: Path) -> None:
    index = open_index(settings(corpus, cache))
    expected = answers(index)
    damage(cache / index.fingerprint / "report.json")
    assert answers(open_index(settings(corpus, cache))) == expected


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_damaged_index_is_built_anew(damage: Callable[[Path], object], corpus: Path, cache: Path) -> None:
    index = open_index(settings(corpus, cache))
    expected = answers(index)
    damage(cache / index.fingerprint / "facts.sqlite")
    before = state(cache)
    assert answers(open_index(settings(corpus, cache))) == expected
    assert state(cache) != before


# Where it may not be kept -------------------------------------------------------------------------------------------


def told(index: Index) -> str:
    return "\n".join(map(str, index.report.problems))


def test_without_a_cache_folder_the_index_stays_in_memory(corpus: Path) -> None:
    before = sorted(corpus.rglob("*"))
    index = open_index(settings(corpus, "none"))
    assert index.facts.size == (60, 60)
    assert sorted(corpus.rglob("*")) == before


@pytest.mark.parametrize("inside", [".", "cache", "deep/down"])
def test_a_cache_folder_inside_the_corpus_is_refused_with_a_notice(inside: str, corpus: Path) -> None:
    index = open_index(settings(corpus, corpus / inside))
    assert "inside the corpus folder, so the index stays in memory. Set QA_CACHE" in told(index)


@pytest.mark.parametrize("inside", [".", "cache", "deep/down"])
def test_nothing_is_ever_written_into_the_corpus(inside: str, corpus: Path) -> None:
    before = sorted(corpus.rglob("*"))
    assert open_index(settings(corpus, corpus / inside)).facts.size == (60, 60)
    assert sorted(corpus.rglob("*")) == before


def test_a_cache_folder_linked_into_the_corpus_is_inside_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(corpus, target_is_directory=True)
    before = sorted(corpus.rglob("*"))
    open_index(settings(corpus, tmp_path / "link" / "cache"))
    assert sorted(corpus.rglob("*")) == before


def _file_in_the_way(folder: Path) -> Path:
    (folder / "file").write_text("", encoding="utf-8")
    return folder / "file" / "cache"


def _a_file(folder: Path) -> Path:
    (folder / "file").write_text("", encoding="utf-8")
    return folder / "file"


def _read_only(folder: Path) -> Path:
    (folder / "sealed").mkdir(mode=0o500)
    if os.access(folder / "sealed", os.W_OK):
        pytest.skip("this user may write everywhere")
    return folder / "sealed"


@pytest.mark.parametrize("unwritable", [_file_in_the_way, _a_file, _read_only])
def test_where_the_cache_can_not_be_written_the_index_stays_in_memory(
    unwritable: Callable[[Path], Path], corpus: Path, tmp_path: Path
) -> None:
    index = open_index(settings(corpus, unwritable(tmp_path)))
    assert answers(index) == answers(open_index(settings(corpus, "none")))


def test_where_the_cache_can_not_be_written_a_notice_says_so(corpus: Path, tmp_path: Path) -> None:
    assert "can't be written" in told(open_index(settings(corpus, _file_in_the_way(tmp_path))))


def test_a_disk_that_fills_up_is_told_of_and_leaves_nothing(corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.facts.store.build", full)
    with pytest.raises(OSError, match="No space left"):
        open_index(settings(corpus, cache))
    assert kept(cache) == []
