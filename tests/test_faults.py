"""Files that would end, hang or flood whoever reads them, dropped into a corpus that two workers serve: what
was served before goes on.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from served import free_port

from qa import cli

QUESTION = "What+is+Elm+House+rated%3F"
TABLE = "Name,Overall,Published\nElm House,Good,2020-01-02\n"
PATIENCE = 120.0

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has none of these files")


def _far_cell(folder: Path) -> None:
    """A spreadsheet of two cells, the second as far from the first as a cell can be."""
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{cell.format("A1")}</row><row '
        f'r="1048576">{cell.format("XFD1048576")}</row></sheetData></worksheet>'
    )
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(folder / "far.xlsx", "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relation(f"{relations}/officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relation(f"{relations}/worksheet", "worksheets/sheet1.xml")
        )
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{relations}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")


def _device(folder: Path) -> None:
    (folder / "zero.txt").symlink_to("/dev/zero")


def _loops(folder: Path) -> None:
    (folder / "self").symlink_to(folder, target_is_directory=True)
    (folder / "one.md").symlink_to(folder / "two.md")
    (folder / "two.md").symlink_to(folder / "one.md")


def _long_line(folder: Path) -> None:
    (folder / "line.csv.gz").write_bytes(gzip.compress(b"x" * (1 << 20)) * 1024)


def _deep(folder: Path) -> None:
    """Folders within one another, so deep that no path to the last is short enough to be given at once."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(990):
        os.mkdir("d", dir_fd=place)
        place, above = os.open("d", os.O_RDONLY, dir_fd=place), place
        os.close(above)
    os.close(place)


def _unreadable(folder: Path) -> None:
    (folder / "locked.md").write_text("# Locked\n\nText.\n", encoding="utf-8")
    (folder / "locked.md").chmod(0)


def _changing(folder: Path) -> None:
    """A file that somebody goes on writing for a while."""

    def write() -> None:
        with (folder / "growing.csv").open("w", encoding="utf-8") as file:
            file.write("Name,Overall,Published\n")
            for number in range(40):
                file.write(f"Oak {number},Good,2020-01-02\n")
                file.flush()
                time.sleep(0.05)

    threading.Thread(target=write, daemon=True).start()


def _charset(folder: Path) -> None:
    (folder / "page.html").write_bytes(
        b'<meta charset="rot13"><title>A page</title><p>Text of the page\xff\x81.</p>'
    )


def _many(folder: Path) -> None:
    for number in range(2_000):
        (folder / f"tiny-{number}.md").write_text(f"# Tiny {number}\n\nText {number}.\n", encoding="utf-8")


def _nested(folder: Path) -> None:
    (folder / "deep.csv.toml").write_text("x = " + "[" * 100_000, encoding="utf-8")
    (folder / "deep.csv").write_text(TABLE, encoding="utf-8")


# What is dropped → what is told of it in the log or by `qa check`, and whether what was served before stays.
FAULTS: dict[str, tuple[Callable[[Path], None], str, bool]] = {
    "a far cell": (_far_cell, "far.xlsx", True),
    "a pipe": (_fifo, "pipe.csv", False),
    "a device": (_device, "zero.txt", False),
    "links to themselves": (_loops, "one.md", False),
    "a line of a gigabyte": (_long_line, "line.csv.gz", True),
    "folders without end": (_deep, "d/d/d", False),
    "a file that may not be read": (_unreadable, "locked.md", True),
    "a file that grows": (_changing, "", False),
    "an encoding that there is not": (_charset, "page.html", True),
    "a description that nests": (_nested, "deep.csv", True),
    "many files": (_many, "", False),
}


class Served:
    """A server of two workers with somebody who asks all the time."""

    def __init__(self, corpus: Path, log: Path) -> None:
        self.port, self.corpus, self.log = free_port(), corpus, log
        self.answers: list[str] = []
        self._done = threading.Event()
        command = [
            sys.executable,
            "-m",
            "qa",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "2",
            "--log",
            "text",
        ]
        command += [
            "--corpus",
            str(corpus),
            "--cache",
            str(corpus.parent / "cache"),
            "--reload",
            "1",
            "--read-memory",
            "1500",
        ]
        with log.open("w", encoding="utf-8") as told:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith("Askwell is ready")
        self._asking = threading.Thread(target=self._ask)
        self._asking.start()

    def get(self, path: str) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as response:
            found: dict[str, object] = json.load(response)
            return found

    def _ask(self) -> None:
        while not self._done.is_set():
            try:
                self.answers.append(str(self.get(f"/ask?question={QUESTION}")["answer"]["text"]))  # type: ignore[index]
            except Exception as error:
                self.answers.append(repr(error))
            time.sleep(0.05)

    def wait_until(self, seen: Callable[[], bool]) -> None:
        begun = time.monotonic()
        while not seen():
            assert time.monotonic() - begun < PATIENCE, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)

    def states(self) -> set[tuple[object, object]]:
        """The indexes that several requests are answered from, and whether they are stale."""
        told = [self.get("/readyz") for _ in range(6)]
        return {(one["fingerprint"], one["stale"]) for one in told}

    def all_tell(self, words: str) -> bool:
        """Whether every process serves the document that was put in last, with these words."""
        try:
            return all(words in str(self.get("/documents/more.md")["text"]) for _ in range(6))
        except urllib.error.HTTPError:  # it is not served yet
            return False

    def stop(self) -> None:
        self._done.set()
        self._asking.join()
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all faults: what one of them did to it the next would show."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "homes.csv").write_text(TABLE, encoding="utf-8")
    (folder / "corpus" / "report.md").write_text(
        "# Report\n\nElm House was visited twice.\n", encoding="utf-8"
    )
    server = Served(folder / "corpus", folder / "log")
    yield server
    server.stop()


def without(folder: Path) -> None:
    """Take away all but what was there first."""
    subprocess.run(
        [
            "rm",
            "-rf",
            *(str(path) for path in folder.iterdir() if path.name not in ("homes.csv", "report.md")),
        ],
        check=True,
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_served_goes_on_being_served_and_a_good_corpus_is_taken_later(
    fault: str, served: Served
) -> None:
    drop, told, stays = FAULTS[fault]
    if fault == "a file that may not be read" and os.geteuid() == 0:
        pytest.skip("this user may read everything")
    before, answers_before, told_before = (
        served.get("/readyz")["fingerprint"],
        len(served.answers),
        len(served.log.read_text(encoding="utf-8")),
    )
    drop(served.corpus)
    if stays:
        served.wait_until(lambda: served.states() == {(before, True)})
        assert told in served.log.read_text(encoding="utf-8")[told_before:]
    else:
        time.sleep(3)
        served.wait_until(lambda: all(not stale for _, stale in served.states()))
    without(served.corpus)
    (served.corpus / "more.md").write_text(
        f"# More\n\nOak House was visited after {fault}, too.\n", encoding="utf-8"
    )
    served.wait_until(
        lambda: (
            served.all_tell(f"visited after {fault}, too")
            and len(states := served.states()) == 1
            and (before, True) not in states
            and (before, False) not in states
        )
    )
    answers = served.answers[answers_before:]
    assert set(answers) == {answers[0]}
    assert "Good" in answers[0]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_check_tells_what_is_wrong_and_ends(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drop, told, stays = FAULTS[fault]
    if fault == "a file that may not be read" and os.geteuid() == 0:
        pytest.skip("this user may read everything")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "homes.csv").write_text(TABLE, encoding="utf-8")
    drop(folder)
    monkeypatch.setenv("QA_READ_MEMORY", "1500")
    status = cli.main(["check", str(folder)])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert told in "".join(said.out.split())
    if fault != "a file that grows":  # whether it grows while it is read is chance, and is told if so
        assert status == int(stays)
    without(folder)
