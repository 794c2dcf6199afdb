"""The files of a corpus: what identifies each, and whether it has changed since it was read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import CorpusError
from qa.reading import OWN_WORDS, corpus_files, has_reader
from qa.reading.description import SUFFIX
from qa.reading.formats import endings
from qa.records import Report

# Seconds: a file that was changed less than this before we looked may change again with the same times.
SETTLED = 2.0
State = tuple[int, int, int]  # size, and times of change of its content and its metadata; see `state_of`


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a corpus by its name there, with the states of itself and of its description, and the SHA-256
    of both.
    """

    name: str
    path: Path
    states: tuple[State | None, ...]
    digest: str


def state_of(path: Path) -> State | None:
    """Return a value that changes when a file is changed, without reading it; ``None`` if it is missing or
    changed so recently that a later change could go unnoticed.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    settled = time.time() - max(found.st_mtime, found.st_ctime) > SETTLED
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns) if settled else None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file and its description, "" for one that can't be read."""
    whole = hashlib.sha256()
    for one in (path, description_of(path)):
        try:
            with one.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            whole.update(b"-")
    return whole.hexdigest()


def description_of(path: Path) -> Path:
    """Return the path of a table's description."""
    return path.with_name(f"{path.name}{SUFFIX}")


def sources_of(corpus: Path, known: Mapping[str, Source], report: Report) -> list[Source]:
    """The files of a corpus in order, its own words last.

    Files whose states are as ``known`` are not read again.
    """
    files = [
        *corpus_files(corpus, report),
        *((name, corpus / name) for name in OWN_WORDS if (corpus / name).is_file()),
    ]
    return [_source(name, path, known.get(name)) for name, path in files]


def source_of(path: Path) -> Source:
    """Return a single report or table as a source. Raises CorpusError if its type can't be read."""
    if not has_reader(path.name):
        raise CorpusError(
            f"The file {path} is of a type that can't be read. Name a folder, or a file of one of "
            f"these: {endings()}."
        )
    return _source(path.name, path, None)


def _source(name: str, path: Path, known: Source | None) -> Source:
    described = description_of(path)
    states = state_of(path), state_of(described)
    if (
        known is not None
        and known.states == states
        and states[0] is not None
        and (states[1] is not None or not described.exists())
    ):
        return Source(name, path, states, known.digest)
    return Source(name, path, states, digest_of(path))


def is_own(name: str) -> bool:
    """Whether a file has words of the corpus's own rather than a report or a table."""
    return name in OWN_WORDS


def fingerprint_of(made_with: str, sources: Iterable[Source]) -> str:
    """Return what identifies an index: what it is ``made_with``, and every file's name and
    content, with its description.
    """
    whole = hashlib.sha256(made_with.encode())
    for source in sorted(sources, key=lambda one: one.name):
        whole.update(os.fsencode(source.name) + b"\0" + source.digest.encode())
    return whole.hexdigest()[:16]
