"""Indexes in the cache folder: one folder each, with a manifest that says what it was made of and what it
consists of.

A *manifest* is one JSON object in ``manifest.json``, after the SHA-256 of all that follows on its first line.
Nothing in a folder is used unless the manifest is whole and every part is, byte for byte, what it says.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.indexing.record_json import as_json, fields_of
from qa.indexing.sources import Source
from qa.owning import why_not_trusted
from qa.records import Problem

fcntl: Any = None  # without file locks, two processes may build the same index; one of them is kept
with contextlib.suppress(ImportError):
    import fcntl

SCHEMA = 15  # increased with every change to the contents of an index, so that older ones are not used
MANIFEST = "manifest.json"
KEPT = 6  # indexes in the cache folder
_UNFINISHED, _LAST, _LOCK = "unfinished-", "last-", "lock-"
_LONG_AGO = 3600.0  # seconds after which an unfinished index is taken for abandoned
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """The contents of one source: how many documents, facts and table rows it has, and its problems."""

    documents: int = 0
    facts: int = 0
    rows: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of and consists of."""

    fingerprint: str
    made_with: str  # the program, its settings, the encoder
    sources: tuple[Source, ...]
    held: tuple[Held, ...]  # of each source
    claiming: tuple[int, ...] = ()  # passages that may speak of a whole kind of subjects
    problems: tuple[Problem, ...] = ()  # of the folder itself
    parts: Mapping[str, str] = field(default_factory=dict)  # file → its SHA-256


def written(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a finished folder, sync all of it to the disk, and make it the user's alone.
    Parts that the manifest has already are settled.
    """
    parts = {**settled(folder, lambda name: name not in manifest.parts), **manifest.parts}
    told = {"schema": SCHEMA, **fields_of(manifest), "parts": dict(sorted(parts.items()))}
    text = json.dumps(told, default=as_json, ensure_ascii=True)
    whole = f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n"
    (folder / MANIFEST).write_text(whole, encoding="ascii")
    _settled(folder / MANIFEST)
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o700)
        _synced(Path(place))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an index; ``None`` if there is none that is intact and of this program."""
    try:
        told, text = (folder / MANIFEST).read_bytes().split(b"\n", 1)
        if told.decode() != hashlib.sha256(text.rstrip(b"\n")).hexdigest():
            return None
        values = json.loads(text)
        if values.pop("schema") != SCHEMA:
            return None
        values |= {
            "sources": tuple(map(_source, values["sources"])),
            "held": tuple(map(_held, values["held"])),
        }
        values |= {"claiming": tuple(values["claiming"]), "problems": _problems(values["problems"])}
        return Manifest(**values)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _source(told: dict[str, Any]) -> Source:
    states = tuple(tuple(state) if state else None for state in told["states"])
    return Source(told["name"], Path(told["path"]), states, told["digest"])


def _held(told: dict[str, Any]) -> Held:
    return Held(told["documents"], told["facts"], told["rows"], _problems(told["problems"]))


def _problems(told: list[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in told)


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Whether every part of an index is there, belongs to the user, and matches the manifest."""
    if {path.relative_to(folder).as_posix() for path in _files(folder)} != manifest.parts.keys():
        return False
    try:
        return all(why_not_trusted(folder / name) is None for name in manifest.parts) and list(
            _each(folder, manifest.parts, digest)
        ) == list(manifest.parts.values())
    except OSError:
        return False


def _each(folder: Path, names: Collection[str], digested: Callable[[Path], str]) -> Iterable[str]:
    """The SHA-256 of each file of a folder, several computed at a time. Raises OSError."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return pool.map(lambda name: digested(folder / name), names)


def settled(folder: Path, wanted: Callable[[str], bool]) -> dict[str, str]:
    """Settle the files of a folder whose names are ``wanted`` (see :func:`_settled`), and return the SHA-256
    of each.
    """
    names = [name for path in _files(folder) if wanted(name := path.relative_to(folder).as_posix())]
    return dict(zip(names, _each(folder, names, _settled), strict=True))


def _settled(path: Path) -> str:
    """Make a file the user's alone, sync it to the disk, and return its SHA-256."""
    path.chmod(0o600)
    _synced(path)
    return digest(path)


def digest(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(
        Path(place, name) for place, _, names in os.walk(folder) for name in names if name != MANIFEST
    )


def synced(path: Path) -> None:
    """Sync a file, or the entries of a folder, to the disk."""
    for one in path.iterdir() if path.is_dir() else (path,):
        _synced(one)


def _synced(path: Path) -> None:
    with contextlib.suppress(OSError):  # not every system can do this with folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# The cache folder -------------------------------------------------------------------------------------------


def unfinished(cache: Path) -> Path:
    """Return a new folder, private to the user, to build an index in. Raises OSError if none can be made."""
    return Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=cache))


def publish_index(built: Path, place: Path) -> Path:
    """Move a finished index to its final place, and return that. A damaged index that is there is removed
    last.
    """
    aside = place.with_name(f"{_UNFINISHED}{place.name}-{os.getpid()}-{time.time_ns()}")
    with contextlib.suppress(OSError):
        place.rename(aside)
    try:
        built.rename(place)
    except OSError:  # if another process was faster, its index is the same
        if read_manifest(place) is None:
            raise
        shutil.rmtree(built, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
    _synced(place.parent)
    return place


def note_last(cache: Path, corpus: Path, fingerprint: str) -> None:
    """Note that an index is the last good one of a corpus, and used now."""
    with contextlib.suppress(OSError):
        os.utime(cache / fingerprint)
        note = cache / f"{_LAST}{_name_of(corpus)}"
        if not note.is_file() or note.read_text(encoding="utf-8") != fingerprint:
            with tempfile.NamedTemporaryFile("w", dir=cache, prefix=_UNFINISHED, delete=False) as file:
                file.write(fingerprint)
            Path(file.name).replace(note)


def last_of(cache: Path, corpus: Path) -> str | None:
    """Return the fingerprint of the last good index of a corpus; ``None`` if none is recorded."""
    try:
        told = (cache / f"{_LAST}{_name_of(corpus)}").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return told if told.isalnum() else None


def _name_of(corpus: Path) -> str:
    return hashlib.sha256(os.fsencode(corpus.resolve())).hexdigest()[:16]


@contextlib.contextmanager
def locked(cache: Path, fingerprint: str) -> Iterator[None]:
    """Hold the lock of this index: wait until no other process builds it, and keep others waiting."""
    if fcntl is None:
        yield
        return
    path = cache / f"{_LOCK}{fingerprint}"
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def remove_old_indexes(cache: Path, newest: str) -> None:
    """Remove the oldest indexes beyond those to keep, and the remains of processes that died long ago."""
    for left in cache.glob(f"{_UNFINISHED}*"):
        if time.time() - left.lstat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)
            left.unlink(missing_ok=True) if left.is_file() else None
    noted = {note.read_text(encoding="utf-8") for note in cache.glob(f"{_LAST}*")}
    held = sorted(
        (path for path in cache.iterdir() if (path / MANIFEST).is_file()),
        key=lambda path: path.stat().st_mtime,
    )
    for path in held[:-KEPT]:
        if path.name != newest and path.name not in noted:
            shutil.rmtree(path, ignore_errors=True)
