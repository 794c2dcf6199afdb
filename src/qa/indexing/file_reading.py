"""One file of a corpus, read within limits: its documents cut into passages, their rows gathered, and its
facts batch by batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.indexing.sources import digest_of, is_own
from qa.language.spoken import document_words
from qa.question.own_rows import own_grammar
from qa.reading import GLOSSARY, GRAMMAR, THESAURUS, read, read_glossary, read_grammar, read_thesaurus
from qa.records import RatingFact, Report
from qa.retrieval.gathering import Rows, gather
from qa.shelf import Shelved

BATCH = 2_000  # facts that are handed over at a time
_MEND = "Split it into smaller files, or give more room with QA_READ_MEMORY."


def _read_grammar(folder: Path, report: Report) -> None:
    own_grammar(read_grammar(folder, report), report)


_OWN: Mapping[str, Callable[[Path, Report], object]] = {
    THESAURUS: read_thesaurus,
    GRAMMAR: _read_grammar,
    GLOSSARY: read_glossary,
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document and those in lower case, see :class:`qa.language.spoken.Spoken`."""

    words: frozenset[str]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class Read:
    """The contents of one file, except for its facts, of which ``facts`` is the number; its
    problems are in ``report``.
    """

    documents: tuple[Shelved, ...] = ()
    rows: Rows | None = None  # of the passages of all its documents
    words: tuple[Words, ...] = ()  # of each document
    facts: int = 0
    report: Report = field(default_factory=Report)


def read_source(
    path: Path, name: str, digest: str, hand_over: Callable[[Sequence[RatingFact]], None]
) -> Read:
    """Read a file whose SHA-256 was ``digest``; its facts are passed on as they are read. Anything wrong with
    it is reported as a problem.
    """
    report = Report()
    try:
        found = _read(path, name, report, hand_over)
    except MemoryError:
        return failed(name, "To read the file takes more memory than is allowed.", _MEND)
    except RecursionError:
        return failed(name, "The file nests its parts too deeply to be read.", "Save it in a plainer form.")
    except Exception as error:  # a reader that stumbles must not keep the other files from being read
        said = f"{type(error).__name__}: {error}"[:200]
        return failed(
            name, f"The file can't be read ({said}).", "Save it again, or take it out of the folder."
        )
    if digest_of(path) != digest:
        return failed(name, "The file was changed while it was read.", "Read it again once it is whole.")
    return found


def _read(path: Path, name: str, report: Report, hand_over: Callable[[Sequence[RatingFact]], None]) -> Read:
    if is_own(name):
        _OWN[name](path.parent, report)
        return Read(report=report)
    reading, count = read(path, name, report), 0
    facts = iter(reading.facts)
    while batch := list(itertools.islice(facts, BATCH)):
        count += len(batch)
        hand_over(batch)
    documents = tuple(map(Shelved.of, reading.documents))
    passages = [shelved.as_passages() for shelved in documents]
    rows = gather(itertools.chain.from_iterable(passages)) if documents else None
    return Read(documents, rows, tuple(map(words_of, documents)), count, report)


def words_of(shelved: Shelved) -> Words:
    """Return the words of a document's passages and of the headings above them; none for a
    document without passages.
    """
    document, passages = shelved
    if not passages:
        return Words(frozenset(), frozenset())
    above = dict.fromkeys((document.title, *itertools.chain.from_iterable(one.headings for one in passages)))
    words, common = document_words((document.text[one.start : one.end] for one in passages), above)
    return Words(frozenset(words), frozenset(common))


def failed(name: str, message: str, mend: str) -> Read:
    """The contents of a file that can't be read: nothing but the problem."""
    report = Report()
    report.error(name, None, message, mend)
    return Read(report=report)
