"""What a service stands on: documents and the store of facts; built once and kept in the cache folder.

The cache holds one folder an index, named by the fingerprint of every file of the corpus. It is filled under another name and then
renamed, so that neither a crash nor a second process ever leaves half of one. Without a cache folder that can be written, or for a
corpus that is quick to read, all of it stays in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qa import __version__
from qa.errors import CorpusError
from qa.facts import FactStore
from qa.owning import PRIVATE_FOLDER, why_not_trusted
from qa.question.grammar import Grammar
from qa.question.own_rows import own_grammar
from qa.reading import (
    GLOSSARY,
    GRAMMAR,
    READERS,
    THESAURUS,
    corpus_files,
    read,
    read_corpus,
    read_glossary,
    read_grammar,
    read_thesaurus,
    scales,
)
from qa.records import Document, Problem, Report
from qa.retrieval.encoder import digest as encoder_digest
from qa.scale import CQC, Scale
from qa.settings import Settings

_SCHEMA = 4  # of what is kept; one more with every change to what a kept index holds, lest an older one is taken for it
_WORTH_KEEPING = 500_000  # bytes of tables from which an index is kept between starts
_LONG_AGO = 3600.0  # seconds after which an unfinished index is nobody's any more
_KEPT = 6  # indexes kept in the cache folder
_TABLES = ("qa.reading.delimited", "qa.reading.spreadsheet")


@dataclass(frozen=True, slots=True)
class Index:
    """A corpus, read and indexed."""

    documents: tuple[Document, ...]
    facts: FactStore
    scale: Scale
    thesaurus: Mapping[str, Any]  # the corpus's own
    grammar: Grammar  # the corpus's own rows before those that come with Askwell
    glossary: Mapping[str, Any]
    report: Report
    fingerprint: str


def open_index(settings: Settings) -> Index:
    """Return the index of the corpus folder: from the cache where it is there, else built. Raises CorpusError with every problem."""
    report = Report()
    files = list(corpus_files(settings.corpus, report)) if settings.corpus.is_dir() else []
    fingerprint = _fingerprint(settings, files)
    worth = sum(path.stat().st_size for name, path in files if _is_table(name) and path.is_file()) >= _WORTH_KEEPING
    notices = Report()
    folder = _cache_folder(settings, fingerprint, notices) if worth else None
    index = _load(folder / fingerprint, settings.corpus, files, fingerprint) if folder else None
    if folder and index is None:
        _clear(folder, fingerprint)
    index = index or _build(settings, fingerprint, folder)
    index.report.problems.extend(notices.problems)
    return index


def _clear(folder: Path, fingerprint: str) -> None:
    """Take away a damaged index, and what processes left that died long ago."""
    shutil.rmtree(folder / fingerprint, ignore_errors=True)
    for left in folder.glob("unfinished-*"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)


def _fingerprint(settings: Settings, files: Sequence[tuple[str, Path]]) -> str:
    """Return what identifies the index: the program, its settings, and every file's name and content, with descriptions and own words."""
    encoder = encoder_digest(settings.encoder) if settings.encoder else ""
    digest = hashlib.sha256(f"{__version__} {_SCHEMA} {settings.engine} {settings.k1} {settings.b} {encoder}".rstrip().encode())
    described = [(f"{name}.toml", path.with_name(f"{path.name}.toml")) for name, path in files]
    described += [(name, settings.corpus / name) for name in (THESAURUS, GRAMMAR, GLOSSARY)]
    for name, path in sorted([*files, *(pair for pair in described if pair[1].is_file())]):
        digest.update(os.fsencode(name) + b"\0")
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            continue  # told when it is read
    return digest.hexdigest()[:16]


def _is_table(name: str) -> bool:
    return any(name.lower().endswith(ending) and module in _TABLES for ending, module in READERS.items())


def _cache_folder(settings: Settings, fingerprint: str, report: Report) -> Path | None:
    """Return the cache folder, made and writable, outside of the corpus and the user's own; ``None``, with a notice,
    where there is none."""
    folder = settings.cache
    if folder is None:
        return None
    if folder.resolve().is_relative_to(settings.corpus.resolve()):
        report.warn(
            str(folder),
            None,
            "The cache folder lies inside the corpus folder, so the index stays in memory.",
            "Set QA_CACHE to another folder.",
        )
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if why := _why_not_used(folder, fingerprint):
            report.warn(
                str(folder),
                None,
                f"{why}, so it is not used, and the index stays in memory.",
                "Make it yours alone (chown, chmod go-w), take it away, or set QA_CACHE to another folder.",
            )
            return None
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        report.warn(
            str(folder),
            None,
            f"The cache folder can't be written ({error.strerror}), so the index stays in memory.",
            "Set QA_CACHE to another folder.",
        )
        return None


def _why_not_used(folder: Path, fingerprint: str) -> str | None:
    """Say why the cache folder, or the index in it, may be somebody else's."""
    for path, name in ((folder, "The cache folder"), (folder / fingerprint, f"The index {fingerprint} in the cache folder")):
        if why := why_not_trusted(path):
            return f"{name} {why}"
    return None


def _load(folder: Path, corpus: Path, files: Sequence[tuple[str, Path]], fingerprint: str) -> Index | None:
    """Return a kept index with the documents read anew; ``None`` where it is not there or not whole."""
    try:
        told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        facts = FactStore.existing(folder / "facts.sqlite")
    except (OSError, ValueError, CorpusError):
        return None
    report = Report([Problem(**problem) for problem in told["problems"]], told["rows"])
    readings = [read(path, name, Report()) for name, path in files if not _is_table(name)]
    documents = tuple(document for reading in readings for document in reading.documents)
    grammar = own_grammar(read_grammar(corpus, report), report)
    own = read_thesaurus(corpus, report), grammar, read_glossary(corpus, report)
    return Index(documents, facts, _scale(scales(files)), *own, report, fingerprint)


def _build(settings: Settings, fingerprint: str, folder: Path | None) -> Index:
    report = Report()
    corpus = read_corpus(settings.corpus, report)
    scale = _scale(corpus.scales)
    grammar = own_grammar(corpus.grammar, report)
    ranks = {word: rank for rank, word in enumerate(scale.ratings)}
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder)) if folder else None
    try:
        facts = FactStore.at(unfinished / "facts.sqlite", corpus.facts, ranks) if unfinished else FactStore.in_memory(corpus.facts, ranks)
        if report.errors:
            raise CorpusError(f"The corpus folder {settings.corpus} has files that can't be read.", report.errors)
        if folder and unfinished:
            _keep(unfinished, folder / fingerprint, report)
            facts = FactStore.existing(folder / fingerprint / "facts.sqlite")
    finally:
        if unfinished:
            shutil.rmtree(unfinished, ignore_errors=True)
    return Index(corpus.documents, facts, scale, corpus.thesaurus, grammar, corpus.glossary, report, fingerprint)


def _keep(unfinished: Path, folder: Path, report: Report) -> None:
    told = {"problems": [asdict(problem) for problem in report.problems], "rows": report.rows}
    (unfinished / "report.json").write_text(json.dumps(told), encoding="utf-8")
    with contextlib.suppress(OSError):  # where another process was faster, its index is the same
        unfinished.rename(folder)
    older = sorted((path for path in folder.parent.iterdir() if (path / "report.json").is_file()), key=lambda path: path.stat().st_mtime)
    for path in older[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)


def _scale(described: Mapping[str, Scale]) -> Scale:
    """The scale in force: a table's own where one is described, else the Care Quality Commission's."""
    return next(iter(described.values()), CQC)
