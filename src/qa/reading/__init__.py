"""Reading: a corpus folder's files to Documents and RatingFacts.

One module reads a format; a row of ``qa.reading.formats`` registers it.
"""

from __future__ import annotations

import importlib
import itertools
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

from qa.errors import CorpusError
from qa.reading import bounds
from qa.reading.description import SUFFIX, read_sidecar
from qa.reading.formats import endings, format_of, how_to_save, is_table
from qa.reading.problems import Unreadable
from qa.reading.word_files import (
    GLOSSARY,
    GRAMMAR,
    OWN_WORDS,
    THESAURUS,
    read_glossary,
    read_grammar,
    read_thesaurus,
)
from qa.records import FileContents, Report
from qa.scale import CQC, Scale, TableScale, side_by_side

__all__ = [
    "GLOSSARY",
    "GRAMMAR",
    "OWN_WORDS",
    "THESAURUS",
    "Corpus",
    "corpus_files",
    "has_reader",
    "load_reader",
    "read",
    "read_corpus",
    "read_glossary",
    "read_grammar",
    "read_thesaurus",
    "scale_of",
]


class Reader(Protocol):
    """What a format's module offers as ``read``: the documents at once, the facts lazily.

    Raises Unreadable or OSError.
    """

    def __call__(self, path: Path, name: str, report: Report) -> FileContents: ...


_NOT_REPORTS = (
    "readme",
    "sources",
    "changelog",
    "license",
    "licence",
)  # files about the folder, by the start of their names
_NOT_REPORT_SUFFIXES = (".jsonl", SUFFIX)  # question sets and tables' descriptions


@dataclass(frozen=True, slots=True)
class Corpus(FileContents):
    """The contents of a folder: its documents, its facts (lazy, to be consumed once), its
    scale, and its own words.
    """

    files: tuple[str, ...] = ()
    scale: Scale = CQC  # the scale of its tables, or several side by side
    thesaurus: Mapping[str, Any] = field(default_factory=dict)
    grammar: Mapping[str, Any] = field(default_factory=dict)
    glossary: Mapping[str, Any] = field(default_factory=dict)


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read one file; ``name`` is its path relative to the corpus folder, with "/".

    What can't be read is in ``report``.
    """
    known = format_of(name)
    if known is None:
        report.warn(name, None, "This type of file can't be read, so it is not searched.", how_to_save(name))
        return FileContents()
    try:
        return _reader(known.module)(path, name, report)
    except Unreadable as problem:
        problem.tell(name, report)
    except OSError as error:
        report.error(
            name,
            None,
            f"The file can't be opened: {error.strerror or error}.",
            "Check that it is there and that you may read it.",
        )
    return FileContents()


def load_reader(name: str) -> None:
    """Import the module that reads a file of this name: processes that are forked later need not."""
    if known := format_of(name):
        _reader(known.module)


@cache
def _reader(module: str) -> Reader:
    return cast("Reader", importlib.import_module(module).read)


def read_corpus(folder: Path, report: Report) -> Corpus:
    """Read every report and table of ``folder``, in the order of their names.

    ``report`` is complete once the facts have been consumed. Raises CorpusError if there is nothing to read.
    """
    if not folder.is_dir():
        raise CorpusError(f"There is no corpus folder {folder}. Name one that exists with --corpus.")
    files = list(corpus_files(folder, report))
    if not any(has_reader(name) for name, _ in files):
        raise CorpusError(
            (
                f"The corpus folder {folder} has no file that can be read. Put reports or rating tables "
                f"into it: {endings()}."
            ),
            report.problems,
        )
    return replace(
        _corpus_of(files, report),
        thesaurus=read_thesaurus(folder, report),
        grammar=read_grammar(folder, report),
        glossary=read_glossary(folder, report),
    )


def _corpus_of(files: Sequence[tuple[str, Path]], report: Report) -> Corpus:
    files_read = [read(path, name, report) for name, path in files]
    return Corpus(
        documents=tuple(document for contents in files_read for document in contents.documents),
        facts=itertools.chain.from_iterable(contents.facts for contents in files_read),
        files=tuple(name for name, _ in files),
        scale=scale_of(files),
    )


def corpus_files(folder: Path, report: Report) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of every file that may be a report or table, in the order of their names.

    Only files, and links to files within the folder, are returned; anything else is reported,
    and never opened.
    """

    def tell(error: OSError) -> None:
        report.error(
            _name(Path(error.filename), folder),
            None,
            f"The folder can't be opened: {error.strerror}.",
            "Check that you may read it.",
        )

    found, here = list[tuple[tuple[str, ...], Path]](), folder.resolve()
    for parent, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(child for child in folders if not child.startswith("."))
        _tell_linked_folders(folder, [Path(parent, child) for child in folders], report)
        above = Path(parent).relative_to(folder).parts
        if folders and len(above) >= bounds.DEEPEST:
            told = f"Folders within more than {bounds.DEEPEST} others are not looked into."
            report.warn(_name(Path(parent, folders[0]), folder), None, told, "Move them further up.")
            folders.clear()
        found += [
            ((*above, name), path)
            for name in names
            if _may_be_report(name) and _is_file(path := Path(parent, name), here, folder, report)
        ]
        _tell_stray_descriptions(folder, Path(parent), names, report)
        if len(found) > bounds.MOST_FILES:
            raise CorpusError(
                f"The corpus folder {folder} has more than {bounds.MOST_FILES:,} files. Name a "
                "smaller one with --corpus."
            )
    for parts, path in sorted(found):
        yield _text("/".join(parts)), path


def _tell_linked_folders(folder: Path, folders: Iterable[Path], report: Report) -> None:
    for linked in folders:
        if linked.is_symlink():
            report.warn(
                _name(linked, folder),
                None,
                "A link to a folder is not followed.",
                "Put the folder itself there, or name it as the corpus.",
            )


def _is_file(path: Path, here: Path, folder: Path, report: Report) -> bool:
    """Return whether ``path`` is a file of the folder ``here``, or a link to one; anything else
    is reported.
    """
    try:
        mode = path.lstat().st_mode
        linked = stat.S_ISLNK(mode)
        regular = stat.S_ISREG(path.stat().st_mode if linked else mode)
        inside = not linked or path.resolve().is_relative_to(here)
    except (OSError, RuntimeError) as error:  # gone meanwhile, or a link that leads nowhere or back to itself
        why = getattr(error, "strerror", None) or error
        report.warn(
            _name(path, folder),
            None,
            f"It can't be opened: {why}.",
            "Fix the link, or take it out of the folder.",
        )
        return False
    if not regular:
        report.warn(
            _name(path, folder),
            None,
            "This is not a regular file, so it is not read.",
            "Take it out of the folder.",
        )
    elif not inside:
        report.warn(
            _name(path, folder),
            None,
            "A link out of the folder is not followed.",
            "Put the file itself there.",
        )
    return regular and inside


def _name(path: Path, folder: Path) -> str:
    """Return the path within the folder, with "/"; bytes of a file name that are no text are replaced."""
    return _text(path.relative_to(folder).as_posix())


def _text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _may_be_report(name: str) -> bool:
    plain = name.lower()
    return not plain.startswith((".", "~$", *_NOT_REPORTS)) and not plain.endswith(_NOT_REPORT_SUFFIXES)


def _tell_stray_descriptions(folder: Path, parent: Path, names: Iterable[str], report: Report) -> None:
    present = set(names)
    for name in sorted(present):
        if parent == folder and name in OWN_WORDS:
            continue
        if name.endswith(SUFFIX) and not name.startswith(".") and name.removesuffix(SUFFIX) not in present:
            report.warn(
                _name(parent / name, folder),
                None,
                f"This description has no table: there is no {name.removesuffix(SUFFIX)} beside it.",
                f"Name it after the table, with {SUFFIX} added.",
            )


def has_reader(name: str) -> bool:
    """True if a file of this name can be read."""
    return format_of(name) is not None


def scale_of(files: Iterable[tuple[str, Path]]) -> Scale:
    """Return the scale of the tables among ``files``: one, or several side by side; a table in
    a report uses the first.
    """
    found: dict[str, TableScale] = {}
    for name, path in files:
        try:
            sidecar = read_sidecar(path)
        except (Unreadable, OSError):
            continue  # reported when the table was read
        if is_table(name) or sidecar.scale is not CQC or sidecar.scales:
            found[name] = sidecar.table_scale
    return side_by_side(found)
