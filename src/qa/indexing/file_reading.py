"""One file of a corpus, read within limits: its documents cut into passages, their rows gathered, and its
facts batch by batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from qa.indexing.met_words import Met
from qa.indexing.sources import digest_of, is_own
from qa.language.spoken import document_words
from qa.reading import GLOSSARY, GRAMMAR, THESAURUS, read, read_glossary, read_grammar, read_thesaurus
from qa.records import RatingFact, Report
from qa.retrieval.gathering import Numbers, Rows, gather
from qa.retrieval.lexicon import Listed
from qa.shelf import Shelved
from qa.shelf.file_format import DocumentRow

BATCH = 2_000  # facts that are handed over at a time
_MEND = "Split it into smaller files, or give more room with QA_READ_MEMORY."


def _read_grammar(folder: Path, report: Report) -> None:
    from qa.question.own_rows import own_grammar  # all that reads questions, which hardly any process needs

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


def _nothing() -> Numbers:
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Read:
    """The contents of one file, except for its facts, of which ``facts`` is the number; its problems are in
    ``report``. Words have the numbers that the reading process gave them in ``met``.
    """

    documents: tuple[DocumentRow, ...] = ()
    rows: Rows | None = None  # of the passages of all its documents
    words: Numbers = field(default_factory=_nothing)  # of one document after another, each its words
    common: Numbers = field(default_factory=_nothing)  # and those of them that it has in lower case
    facts: int = 0
    report: Report = field(default_factory=Report)
    met: Met = field(default_factory=Met)

    def with_met(self, met: Met) -> Read:
        """The same of these words."""
        return replace(self, met=met, rows=self.rows and replace(self.rows, lexicon=met.lexicon))

    def without_met(self) -> Read:
        """The same without what its numbers stand for."""
        return replace(self, met=Met(), rows=self.rows and replace(self.rows, lexicon=Listed()))


def read_source(
    path: Path, name: str, digest: str, hand_over: Callable[[Sequence[RatingFact]], None], met: Met
) -> Read:
    """Read a file whose SHA-256 was ``digest``. Its facts are passed on as they are read, its words are added
    to ``met``, and whatever is wrong with it is reported as a problem.
    """
    report = Report()
    try:
        found = _read(path, name, report, hand_over, met)
    except MemoryError:
        return failed(name, "Reading the file takes more memory than is allowed.", _MEND)
    except RecursionError:
        return failed(name, "The file nests its parts too deeply to be read.", "Save it in a plainer form.")
    except Exception as error:  # a fault in a reader must not keep the other files from being read
        said = f"{type(error).__name__}: {error}"[:200]
        return failed(
            name, f"The file can't be read ({said}).", "Save it again, or take it out of the folder."
        )
    if digest_of(path) != digest:
        return failed(name, "The file was changed while it was read.", "Read it again once it is whole.")
    return found


def _read(
    path: Path, name: str, report: Report, hand_over: Callable[[Sequence[RatingFact]], None], met: Met
) -> Read:
    if is_own(name):
        _OWN[name](path.parent, report)
        return Read(report=report)
    contents, count = read(path, name, report), 0
    facts = iter(contents.facts)
    while batch := list(itertools.islice(facts, BATCH)):
        count += len(batch)
        hand_over(batch)
    documents = tuple(map(Shelved.of, contents.documents))
    passages = [shelved.as_passages() for shelved in documents]
    if not documents:
        return Read(facts=count, report=report)
    words = list(map(words_of, documents))
    return Read(
        tuple(map(DocumentRow.of, documents)),
        gather(itertools.chain.from_iterable(passages), met.lexicon),
        met.numbers(itertools.chain.from_iterable(one.words for one in words)),
        met.numbers(itertools.chain.from_iterable(one.common for one in words)),
        count,
        report,
        met,
    )


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
