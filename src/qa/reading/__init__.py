"""Reading: a corpus folder's files to Documents and RatingFacts. One module reads a format; a row of ``READERS`` registers it."""

from __future__ import annotations

import importlib
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from qa.errors import CorpusError
from qa.reading.problems import Unreadable
from qa.reading.sidecar import SUFFIX, read_sidecar
from qa.reading.words import GLOSSARY, GRAMMAR, THESAURUS, read_glossary, read_grammar, read_thesaurus
from qa.records import Reading, Report
from qa.scale import CQC, Scale

__all__ = [
    "GLOSSARY",
    "GRAMMAR",
    "READERS",
    "THESAURUS",
    "Corpus",
    "corpus_files",
    "read",
    "read_corpus",
    "read_glossary",
    "read_grammar",
    "read_thesaurus",
    "scales",
]


class Reader(Protocol):
    """What a format's module offers as ``read``: the documents at once, the facts lazily. Raises Unreadable or OSError."""

    def __call__(self, path: Path, name: str, report: Report) -> Reading: ...


# File ending → the module that reads it, imported when the first such file is read.
READERS: Mapping[str, str] = {
    ".md": "qa.reading.markdown",
    ".markdown": "qa.reading.markdown",
    ".txt": "qa.reading.plain",
    ".text": "qa.reading.plain",
    ".html": "qa.reading.html",
    ".htm": "qa.reading.html",
    ".csv": "qa.reading.delimited",
    ".csv.gz": "qa.reading.delimited",
    ".tsv": "qa.reading.delimited",
    ".tsv.gz": "qa.reading.delimited",
    ".xlsx": "qa.reading.spreadsheet",
    ".ods": "qa.reading.spreadsheet",
}
_NOT_REPORTS = ("readme", "sources", "changelog", "license", "licence")  # files about the folder, by the start of their names
_NOT_REPORT_SUFFIXES = (".jsonl", SUFFIX)  # question sets and tables' descriptions


@dataclass(frozen=True, slots=True)
class Corpus(Reading):
    """All that a folder holds: its documents, its facts (lazy, to be consumed once), what rates them, and words of its own."""

    files: tuple[str, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)  # of the files whose description gives a scale of their own
    thesaurus: Mapping[str, Any] = field(default_factory=dict)
    grammar: Mapping[str, Any] = field(default_factory=dict)
    glossary: Mapping[str, Any] = field(default_factory=dict)


def read(path: Path, name: str, report: Report) -> Reading:
    """Read one file; ``name`` is its path relative to the corpus folder, with "/". What can't be read is in ``report``."""
    ending = _ending(name)
    if ending is None:
        kinds = ", ".join(sorted(READERS))
        report.warn(
            name,
            None,
            "This type of file can't be read, so it is not searched.",
            f"Save it as one of {kinds}, or take it out of the folder.",
        )
        return Reading()
    reader = cast("Reader", importlib.import_module(READERS[ending]).read)
    try:
        return reader(path, name, report)
    except Unreadable as problem:
        problem.tell(name, report)
    except OSError as error:
        report.error(
            name, None, f"The file can't be opened: {error.strerror or error}.", "Check that it is there and that you may read it."
        )
    return Reading()


def read_corpus(folder: Path, report: Report) -> Corpus:
    """Read every report and table of ``folder``, in the order of their names.

    ``report`` is complete once the facts have been consumed. Raises CorpusError where there is nothing to read.
    """
    if not folder.is_dir():
        raise CorpusError(f"There is no corpus folder {folder}. Name one that exists with --corpus.")
    files = list(corpus_files(folder, report))
    if not any(_ending(name) for name, _ in files):
        kinds = ", ".join(sorted(READERS))
        raise CorpusError(
            f"The corpus folder {folder} holds no file that can be read. Put reports or rating tables into it: {kinds}.", report.problems
        )
    readings = [read(path, name, report) for name, path in files]
    return Corpus(
        documents=tuple(document for reading in readings for document in reading.documents),
        facts=itertools.chain.from_iterable(reading.facts for reading in readings),
        files=tuple(name for name, _ in files),
        scales=scales(files),
        thesaurus=read_thesaurus(folder, report),
        grammar=read_grammar(folder, report),
        glossary=read_glossary(folder, report),
    )


def corpus_files(folder: Path, report: Report) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of every file that may be a report or table, in the order of their names."""

    def tell(error: OSError) -> None:
        report.error(
            _name(Path(error.filename), folder), None, f"The folder can't be opened: {error.strerror}.", "Check that you may read it."
        )

    found = []
    for parent, folders, names in os.walk(folder, onerror=tell):
        folders[:] = [child for child in folders if not child.startswith(".")]
        for child in folders:
            if (linked := Path(parent, child)).is_symlink():
                report.warn(
                    _name(linked, folder),
                    None,
                    "A link to a folder is not followed.",
                    "Put the folder itself there, or name it as the corpus.",
                )
        found += [Path(parent, name) for name in names if _may_be_report(name)]
        _tell_stray_descriptions(folder, Path(parent), names, report)
    for path in sorted(found, key=lambda path: path.relative_to(folder).parts):
        yield _name(path, folder), path


def _name(path: Path, folder: Path) -> str:
    """Return the path within the folder, with "/"; bytes of a file name that are no text are replaced."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")


def _may_be_report(name: str) -> bool:
    plain = name.lower()
    return not plain.startswith((".", "~$", *_NOT_REPORTS)) and not plain.endswith(_NOT_REPORT_SUFFIXES)


def _tell_stray_descriptions(folder: Path, parent: Path, names: Iterable[str], report: Report) -> None:
    present = set(names)
    for name in sorted(present):
        if parent == folder and name in (THESAURUS, GRAMMAR):
            continue
        if name.endswith(SUFFIX) and not name.startswith(".") and name.removesuffix(SUFFIX) not in present:
            report.warn(
                _name(parent / name, folder),
                None,
                f"It describes no table: there is no {name.removesuffix(SUFFIX)} beside it.",
                f"Name it after the table, with {SUFFIX} added.",
            )


def _ending(name: str) -> str | None:
    """Return the longest registered ending of ``name``, ".csv.gz" before ".gz"; ``None`` where there is none."""
    return max((ending for ending in READERS if name.lower().endswith(ending)), key=len, default=None)


def scales(files: Iterable[tuple[str, Path]]) -> Mapping[str, Scale]:
    """Return the rating scales of the files whose description gives one of their own, by file name."""
    found: dict[str, Scale] = {}
    for name, path in files:
        try:
            scale = read_sidecar(path).scale
        except (Unreadable, OSError):
            continue  # told when the table was read
        if scale is not CQC:
            found[name] = scale
    return found
