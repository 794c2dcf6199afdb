"""The index on disk: built once, used again, whole or not at all, never inside the corpus."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import CorpusError
from qa.facts.run import run
from qa.indexing import kept_indexes, met_words
from qa.indexing import opening as opens
from qa.indexing.build_process import Workshop
from qa.indexing.build_requests import Order
from qa.indexing.index_builder import build
from qa.indexing.opening import Index, open_index
from qa.indexing.sources import sources_of
from qa.question.query import Count, Query
from qa.records import Report
from qa.scale import CQC
from qa.settings import Settings
from qa.shelf import stored

HEADS = "Location ID,Location Name,Location City,Domain,Latest Rating,Publication Date,Remarks"
ROWS = [
    f"{number},Home {number},Leeds,Overall,{CQC.ratings[number % 4]},02/03/2020,{'-' * 100}"
    for number in range(60)
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a report and a table."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "directory.csv").write_text("\n".join([HEADS, *ROWS, ""]), encoding="utf-8")
    (folder / "report.md").write_text(
        "# A report\n\nThe homes in Leeds were visited twice.\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def settings(corpus: Path, cache: Path | str, **more: object) -> Settings:
    return Settings.load({"corpus": corpus, "cache": cache, **more}, {})


def kept(cache: Path) -> list[str]:
    """The names of everything in the cache folder but its notes of what each corpus had last."""
    return sorted(path.name for path in cache.iterdir() if not path.name.startswith("last-"))


def state(cache: Path) -> dict[str, tuple[int, int]]:
    """Every file in the cache folder with its size and when it was written."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in cache.rglob("*")
        if path.is_file()
    }


def answers(index: Index) -> object:
    """What an index knows: its facts, its subjects, its documents."""
    facts = run(Query(), index.facts, index.scale, limit=100).facts
    ratings = run(Query(measure=Count(), by=("rating",)), index.facts, index.scale).groups
    return facts, ratings, index.facts.names(["home 7"]), tuple(index.shelf.documents)


# Built once -------------------------------------------------------------------------------------------------


def test_an_index_is_built_once_and_used_again(corpus: Path, cache: Path) -> None:
    built = open_index(settings(corpus, cache))
    before = state(cache)
    again = open_index(settings(corpus, cache))
    assert kept(cache) == [built.fingerprint] == [again.fingerprint]
    assert state(cache) == before
    assert answers(built) == answers(again)


def test_a_kept_index_reads_no_table_again(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(settings(corpus, cache))
    monkeypatch.setattr("qa.reading.delimited.read", lambda *_: pytest.fail("the table was read"))
    assert open_index(settings(corpus, cache)).facts.size == (60, 60)


def test_a_kept_index_tells_what_a_new_one_tells(corpus: Path, cache: Path) -> None:
    _append(corpus, "61,Odd House,Leeds,Overall,Excellent,02/03/2020,")
    built, again, in_memory = (open_index(settings(corpus, folder)) for folder in (cache, cache, "none"))
    assert any("Excellent" in problem.message for problem in built.report.problems)
    assert built.report == again.report == in_memory.report
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


@pytest.mark.parametrize(
    ("change", "same"),
    [(_touch, True), (_append, False), (_rename, False), (_describe, False), (_report, False)],
)
def test_an_index_is_known_by_what_its_files_hold(
    change: Callable[[Path], None], same: bool, corpus: Path, cache: Path
) -> None:
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
    assert (
        open_index(settings(corpus, cache)).fingerprint
        != open_index(settings(corpus, cache, k1=2)).fingerprint
    )
    assert (
        open_index(settings(corpus, cache)).fingerprint
        == open_index(settings(corpus, cache, port=9000)).fingerprint
    )


def test_only_the_newest_indexes_are_kept(corpus: Path, cache: Path) -> None:
    made = []
    for number in range(8):
        (corpus / "report.md").write_text(f"# Report {number}\n\nText.\n", encoding="utf-8")
        made.append(open_index(settings(corpus, cache)).fingerprint)
        os.utime(cache / made[-1], (number, number))
    assert kept(cache) == sorted(made[-6:])


# Whole or not at all ----------------------------------------------------------------------------------------

OPEN = "import sys; from qa.indexing.opening import open_index; from qa.settings import Settings\n"
THEN = 'print(open_index(Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {})).fingerprint)'


def opening(corpus: Path, cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN + THEN, str(corpus), str(cache)], stdout=subprocess.PIPE, text=True
    )


def test_two_processes_that_start_at_once_leave_one_whole_index(corpus: Path, cache: Path) -> None:
    both = [opening(corpus, cache) for _ in range(2)]
    told = {process.communicate()[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert kept(cache) == sorted(told)
    before = state(cache)
    index = open_index(settings(corpus, cache))
    assert (state(cache), index.fingerprint) == (before, *told)


def family(process: int) -> list[int]:
    """A process, and all that it has started, directly or not, the youngest first."""
    found = [process]
    for one in found:
        children = Path(f"/proc/{one}/task/{one}/children")
        found += map(int, children.read_text(encoding="ascii").split()) if children.is_file() else []
    return found[::-1]


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="what a process has started can't be found here"
)
def test_a_build_that_is_killed_at_any_moment_leaves_nothing_that_is_taken_for_an_index(
    corpus: Path, cache: Path, request: pytest.FixtureRequest
) -> None:
    chance, expected = random.Random(5), open_index(settings(corpus, "none"))
    begun = time.monotonic()
    opening(corpus, cache).communicate()
    whole = time.monotonic() - begun
    for _ in range(request.config.getoption("--deaths")):
        shutil.rmtree(cache)
        process = opening(corpus, cache)
        time.sleep(chance.uniform(0, whole))
        living = family(process.pid)
        for one in living if chance.random() < 0.5 else [chance.choice(living)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        process.communicate()
        for path in cache.iterdir() if cache.is_dir() else ():
            manifest = kept_indexes.read_manifest(path)
            assert path.name.startswith(("unfinished-", "last-", "lock-")) or (
                manifest and kept_indexes.is_whole(path, manifest)
            )
        assert answers(open_index(settings(corpus, cache))) == answers(expected)


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="what a process has started can't be found here"
)
@pytest.mark.parametrize("wait", [0.0, 0.1, 0.3])
def test_who_is_killed_while_reading_a_file_is_replaced_and_the_file_read_anew(
    corpus: Path, cache: Path, wait: float
) -> None:
    rows = (
        f"{number},Home {number},Leeds,Overall,{CQC.ratings[number % 4]},02/03/2020,-"
        for number in range(12_000)
    )
    (corpus / "directory.csv").write_text("\n".join([HEADS, *rows, ""]), encoding="utf-8")
    process = opening(corpus, cache)
    while (
        process.poll() is None and len(family(process.pid)) < 4
    ):  # the service, the process that builds, the build, who reads
        time.sleep(0.01)
    time.sleep(wait)
    if len(living := family(process.pid)) >= 4:
        os.kill(living[0], signal.SIGKILL)
    process.communicate()
    index = open_index(settings(corpus, cache))
    assert index.report.errors == []
    assert index.facts.size[1] == 12_000
    assert run(Query(measure=Count()), index.facts, CQC).figure == 12_000


def test_what_a_killed_process_left_is_cleared_away(corpus: Path, cache: Path) -> None:
    left = cache / "unfinished-left"
    left.mkdir(parents=True)
    os.utime(left, (1, 1))  # long ago
    assert [open_index(settings(corpus, cache)).fingerprint] == kept(cache)


def test_a_table_that_can_not_be_read_stops_no_other(corpus: Path, cache: Path) -> None:
    expected = answers(open_index(settings(corpus, cache)))
    shutil.copyfile(corpus / "directory.csv", corpus / "broken.csv.gz")
    index = open_index(settings(corpus, cache))
    assert answers(index) == expected
    assert [problem.file for problem in index.report.errors] == ["broken.csv.gz"]


def test_a_folder_of_which_nothing_can_be_read_leaves_no_index(corpus: Path, cache: Path) -> None:
    for path in list(corpus.iterdir()):
        path.unlink()
    (corpus / "broken.csv.gz").write_bytes(b"x" * 600_000)
    with pytest.raises(CorpusError, match="can't be read"):
        open_index(settings(corpus, cache))
    assert kept(cache) == []


def parts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _flip(path: Path, chance: random.Random) -> None:
    held = bytearray(path.read_bytes())
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    path.write_bytes(held)


def _cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def _zero(path: Path, _: random.Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _swap(path: Path, chance: random.Random) -> None:
    held = path.read_bytes()
    others = [one for one in parts(path.parents[0]) if one.read_bytes() != held]  # small arrays may be alike
    other = chance.choice(others or [path])
    path.write_bytes(other.read_bytes() + (b"" if other != path else b"more"))
    other.write_bytes(held)


def _remove(path: Path, _: random.Random) -> None:
    path.unlink()


def _add(path: Path, _: random.Random) -> None:
    path.with_name("more.npy").write_bytes(b"more")


def _age(path: Path, _: random.Random) -> None:
    manifest = next(one for one in path.parents if one.parent.name == "cache") / "manifest.json"
    text = (
        manifest.read_text(encoding="ascii")
        .split("\n", 1)[1]
        .strip()
        .replace(f'"schema": {kept_indexes.SCHEMA}', '"schema": 1')
    )
    manifest.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n", encoding="ascii")


DAMAGES = [_flip, _cut, _zero, _swap, _remove, _add, _age]


@pytest.mark.parametrize(
    "number", range(len(DAMAGES)), ids=lambda number: DAMAGES[number].__name__.strip("_")
)
def test_a_damaged_index_is_never_trusted_and_built_anew(
    number: int, corpus: Path, cache: Path, request: pytest.FixtureRequest
) -> None:
    index = open_index(settings(corpus, cache))
    expected, folder, chance = answers(index), cache / index.fingerprint, random.Random(number)
    for _ in range(request.config.getoption("--deaths")):
        held = parts(folder)
        DAMAGES[number](chance.choice([path for path in held if path.stat().st_size]), chance)
        assert not (manifest := kept_indexes.read_manifest(folder)) or not kept_indexes.is_whole(
            folder, manifest
        )
        assert answers(open_index(settings(corpus, cache))) == expected
        assert (manifest := kept_indexes.read_manifest(folder))
        assert kept_indexes.is_whole(folder, manifest)


# Where it may not be kept -----------------------------------------------------------------------------------


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


def test_a_disk_that_is_full_is_told_and_the_index_stays_in_memory(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = kept_indexes.unfinished

    def full(folder: Path) -> Path:
        built = real(folder)
        (built / "facts.sqlite").symlink_to("/dev/full")
        (built / "shelf").mkdir()
        for name in ("documents.sqlite", "texts", "passages.npy"):
            (built / "shelf" / name).symlink_to("/dev/full")
        return built

    monkeypatch.setattr(kept_indexes, "unfinished", full)
    index = open_index(settings(corpus, cache))
    assert "can't be written" in told(index)
    assert answers(index) == answers(open_index(settings(corpus, "none")))
    assert kept(cache) == []


# The last good one ------------------------------------------------------------------------------------------


def test_the_last_good_index_is_opened_where_the_folder_is_gone_or_bad(corpus: Path, cache: Path) -> None:
    good = open_index(settings(corpus, cache))
    (corpus / "broken.csv").write_text("no,table\n1,2\n", encoding="utf-8")
    last = open_index(settings(corpus, cache), or_last=True)
    assert (last.stale, last.fingerprint) == (True, good.fingerprint)
    assert "broken.csv" in told(last)
    rest = open_index(
        settings(corpus, cache)
    )  # which whoever asks for the corpus as it is gets, without what can't be read
    assert (rest.stale, [problem.file for problem in rest.report.errors]) == (False, ["broken.csv"])
    assert open_index(settings(corpus, cache), or_last=True).stale
    shutil.rmtree(corpus)
    assert open_index(settings(corpus, cache), or_last=True).fingerprint == good.fingerprint


def test_a_relative_cache_folder_is_used(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    index = open_index(settings(corpus, "cache"))
    assert kept(tmp_path / "cache") == [index.fingerprint]
    assert answers(open_index(settings(corpus, "cache"))) == answers(index)


# Renewed file by file ---------------------------------------------------------------------------------------

REPORT = (
    "# Report {0}\n\n## Findings of {0}\n\n"
    "The homes in Leeds were visited by Team {0}. They weren't told before.\n\nStaff of Oak {0} were kind.\n"
)


def _bytes(folder: Path) -> dict[str, bytes]:
    """Every part of an index but its manifest, which tells when its sources were changed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in parts(folder)
        if path.name != "manifest.json"
    }


def _random_change(corpus: Path, chance: random.Random) -> None:
    number, what = chance.randrange(8), chance.randrange(4)
    path = corpus / f"report-{number}.md"
    if what == 0:
        path.unlink(missing_ok=True)
    elif what == 1 and chance.random() < 0.3:
        (corpus / "directory.csv").write_text(
            "\n".join([HEADS, *chance.sample(ROWS, 50), ""]), encoding="utf-8"
        )
    else:
        path.write_text(REPORT.format(chance.randrange(100)) * chance.randint(1, 3), encoding="utf-8")


@pytest.mark.parametrize("seed", range(2))
def test_an_index_renewed_file_by_file_has_the_bytes_of_one_built_anew(
    seed: int, corpus: Path, cache: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    open_index(settings(corpus, cache))
    for _ in range(4):
        _random_change(corpus, chance)
        renewed = open_index(settings(corpus, cache))
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        anew = open_index(settings(corpus, tmp_path / "anew"))
        assert renewed.fingerprint == anew.fingerprint
        assert _bytes(cache / renewed.fingerprint) == _bytes(tmp_path / "anew" / anew.fingerprint)
        assert answers(renewed) == answers(anew)


def test_an_index_has_the_same_bytes_however_many_processes_build_it(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (corpus / f"report-{number}.md").write_text(REPORT.format(number), encoding="utf-8")
    found = []
    for processes in (1, 2, 5):
        monkeypatch.setattr(opens, "_processors", lambda count=processes: count)
        index = open_index(settings(corpus, tmp_path / str(processes)))
        found.append(_bytes(tmp_path / str(processes) / index.fingerprint))
    assert found[0] == found[1] == found[2]


def test_an_index_has_the_same_bytes_however_many_words_a_process_keeps(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "report-0.md").write_bytes(b"")  # has no document, as what broke off
    for number in range(1, 5):
        (corpus / f"report-{number}.md").write_text(REPORT.format(number), encoding="utf-8")
    found = []
    for most in (0, 30, 200_000):
        monkeypatch.setattr(met_words, "MOST", most)
        found.append(_bytes(_built_here(corpus, tmp_path / str(most))))
    assert found[0] == found[1] == found[2]


def _built_here(corpus: Path, folder: Path) -> Path:
    """An index that this process builds, with what was patched in it."""
    folder.mkdir()
    sources = tuple(sources_of(corpus, {}, Report()))
    build(Order(str(corpus), "of words", "{}", sources, folder, processes=2), lambda _, __: None)
    return folder


def test_passages_that_were_read_of_late_keep_no_more_texts_than_they_may(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        (corpus / f"report-{number}.md").write_text(REPORT.format(number), encoding="utf-8")
    monkeypatch.setattr(stored, "KEPT_CHARACTERS", 3 * len(REPORT))
    shelf = open_index(settings(corpus, cache)).shelf
    assert isinstance(shelf, stored.StoredShelf)
    assert len({passage.document.path for passage in shelf.passages}) > 9
    kept = shelf._passages._kept.values()
    assert 0 < sum(len(passage.document.text) for passage in kept) <= 3 * len(REPORT)


def test_a_file_that_is_the_same_is_not_read_again(corpus: Path, cache: Path) -> None:
    for number in range(3):
        (corpus / f"report-{number}.md").write_text(REPORT.format(number), encoding="utf-8")
    open_index(settings(corpus, cache))
    (corpus / "report-1.md").write_text(REPORT.format(9), encoding="utf-8")
    read: list[tuple[int, int]] = []
    open_index(settings(corpus, cache), lambda done, of: read.append((done, of)))
    assert read == [(1, 1)]


@pytest.mark.parametrize("changed", [{"k1": 2}, {"b": 0.3}, {"engine": "tantivy"}])
def test_other_settings_make_another_index_of_the_same_files_which_are_not_read_again(
    changed: dict[str, object], corpus: Path, cache: Path, tmp_path: Path
) -> None:
    if "engine" in changed:
        pytest.importorskip("tantivy")
    for number in range(3):
        (corpus / f"report-{number}.md").write_text(REPORT.format(number), encoding="utf-8")
    before = open_index(settings(corpus, cache))
    read: list[tuple[int, int]] = []
    found = open_index(settings(corpus, cache, **changed), lambda done, of: read.append((done, of)))
    anew = open_index(settings(corpus, tmp_path / "anew", **changed))
    assert sum(of for _, of in read) == 0
    assert before.fingerprint != found.fingerprint == anew.fingerprint
    told, expected = (
        {name: held for name, held in _bytes(place / found.fingerprint).items() if _is_told(name, changed)}
        for place in (cache, tmp_path / "anew")
    )
    assert told == expected
    assert answers(found) == answers(anew)


def _is_told(name: str, changed: dict[str, object]) -> bool:
    """Whether a part has the same bytes every time, which tantivy's own files have not."""
    return "engine" not in changed or not name.startswith("engine/")


def test_what_another_version_indexed_is_read_again(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(settings(corpus, cache))
    monkeypatch.setattr(opens, "__version__", "0.0.1")
    read: list[tuple[int, int]] = []
    open_index(settings(corpus, cache), lambda done, of: read.append((done, of)))
    assert read[-1] == (2, 2)


@pytest.mark.parametrize(
    ("end", "built"),
    [("input()", True), ("input(); os.kill(os.getpid(), 9)", False), ("input(); sys.exit(3)", False)],
)
def test_a_process_that_ends_being_idle_while_it_is_given_an_order_is_started_anew(
    corpus: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, end: str, built: bool
) -> None:
    """Between the end of its patience and that of the process, the pipe to it is still open."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    workshop = Workshop()
    workshop._process = subprocess.Popen([sys.executable, "-c", f"import os, sys; {end}"], **pipes)  # type: ignore[call-overload]
    monkeypatch.setattr(opens, "_workshop", workshop)
    with (
        contextlib.closing(workshop),
        contextlib.nullcontext() if built else pytest.raises(CorpusError, match="its process was ended"),
    ):
        assert len(open_index(settings(corpus, cache)).facts.subjects()) == 60
