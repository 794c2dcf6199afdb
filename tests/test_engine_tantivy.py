"""The engine on disk: what its folder holds, and what is told of one that can't be used."""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from random import Random

import pytest
from engines_made import document, entries_of, number_of

from qa.engines import Engine, Options
from qa.engines.tantivy import TantivyEngine
from qa.errors import EngineError


def made(folder: Path) -> Engine:
    engine = TantivyEngine(Options(folder=folder))
    engine.add(entries_of([["a", "b"], ["b"], ["b", "c"]]))
    engine.commit()
    return engine


def found(engine: Engine, term: str) -> list[int]:
    return [number_of(hit.passage) for hit in engine.search([term], 10)]


def test_the_folder_keeps_the_index(tmp_path: Path) -> None:
    made(tmp_path / "new" / "index").close()
    opened = TantivyEngine(Options(folder=tmp_path / "new" / "index"))
    assert found(opened, "b") == [1, 0, 2]
    opened.remove([document(1)])
    opened.commit()
    assert found(TantivyEngine(Options(folder=tmp_path / "new" / "index")), "b") == [0, 2]


def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    engine = made(tmp_path)
    engine.add(entries_of([["late"]], first=5))
    engine.close()
    assert found(TantivyEngine(Options(folder=tmp_path)), "late") == []


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    first, second = made(tmp_path), TantivyEngine(Options(folder=tmp_path))
    first.add(entries_of([["d"]], first=7))
    with pytest.raises(EngineError, match="can't be used"):
        second.add(entries_of([["e"]], first=8))
    first.commit()
    second.add(entries_of([["e"]], first=8))
    second.commit()
    assert found(second, "d") == [7]


@pytest.mark.parametrize("rest", [0, 1, 2], ids=["gone", "empty", "half"])
@pytest.mark.parametrize("ending", ["json", "idx", "store", "term", "fieldnorm", "fast"])
def test_a_damaged_folder_is_told_with_the_next_step(tmp_path: Path, ending: str, rest: int) -> None:
    made(tmp_path).close()
    files = [path for path in tmp_path.glob(f"*.{ending}") if path.name != ".managed.json"]
    assert files
    for path in files:
        whole = path.read_bytes()
        path.unlink()
        if rest:
            path.write_bytes(whole[: len(whole) // 2] if rest == 2 else b"")
    with pytest.raises(EngineError, match="Build it again"):
        found(TantivyEngine(Options(folder=tmp_path)), "b")


def test_a_flipped_bit_is_told_or_harmless(tmp_path: Path) -> None:
    made(tmp_path / "whole").close()
    random = Random(5)
    for number in range(60):
        copy = tmp_path / str(number)
        shutil.copytree(tmp_path / "whole", copy)
        file = random.choice(sorted(path for path in copy.iterdir() if path.stat().st_size))
        damaged = bytearray(file.read_bytes())
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
        file.write_bytes(damaged)
        with contextlib.suppress(EngineError):
            assert len(found(TantivyEngine(Options(folder=copy)), "b")) <= 3


def test_without_the_extra_the_next_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineError, match=r'pip install "askwell\[disk\]"'):
        TantivyEngine(Options())
