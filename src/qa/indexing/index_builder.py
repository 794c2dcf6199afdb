"""Builds an index from what was read: a folder with everything that serving needs.

A file that has not changed since an earlier index was built is not read again: its contents are copied from
there. Everything in an index is numbered and ordered by its sources alone, so that it does not matter which
of them were copied.
"""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from qa.engines import Options
from qa.errors import CorpusError
from qa.facts import FactStore
from qa.indexing.collecting import uncollected
from qa.indexing.file_reading import Read, words_of
from qa.indexing.index_parts import FACTS, OWN, SHELF, read_words, write_words
from qa.indexing.kept_indexes import Held, Manifest, read_manifest, settled, synced, written
from qa.indexing.pool import Limits, Pool
from qa.indexing.side_process import begun
from qa.indexing.sources import Source, description_of, is_own
from qa.language.plurals import plurals
from qa.language.spoken import Spoken
from qa.language.stems import stem
from qa.language.tokens import tokenize
from qa.reading import scale_of
from qa.records import Problem, RatingFact
from qa.retrieval.gathering import Numbers, Rows, joined
from qa.retrieval.index import read_rows, save_rows
from qa.retrieval.passage_index import ENGINE, ROWS, write_engine, write_sentences
from qa.scale import Scale
from qa.shelf import Shelved
from qa.shelf.file_format import DocumentRow, write
from qa.shelf.stored import StoredShelf


@dataclass(frozen=True, slots=True)
class Order:
    """A request to build an index: from which folder, into which folder, and from which earlier
    index, if there is one.

    ``anyway`` builds it from what can be read, if not everything can.
    """

    corpus: str
    fingerprint: str
    made_with: str
    sources: tuple[Source, ...]
    folder: Path
    base: Path | None = None
    problems: tuple[Problem, ...] = ()
    engine: str = "memory"
    k1: float = 1.2
    b: float = 0.75
    limits: Limits = field(default_factory=Limits)
    processes: int = 1
    anyway: bool = False


Wait = Callable[[], None]
Progress = Callable[[int, int], None]  # files read, files to read


class _Before:
    """The previous index, if there is a whole one: what each of its sources contained."""

    def __init__(self, folder: Path | None) -> None:
        self.manifest = read_manifest(folder) if folder else None
        sources = self.manifest.sources if self.manifest else ()
        held = self.manifest.held if self.manifest else ()
        firsts = list(itertools.accumulate((one.documents for one in held), initial=0))
        self._places = {
            source.name: (source, one, range(first, first + one.documents))
            for source, one, first in zip(sources, held, firsts[:-1], strict=True)
        }
        self.shelf = StoredShelf(folder / SHELF) if folder and self.manifest else None
        self._rows = read_rows(folder / ROWS) if folder and self.manifest else None

    def held(self, source: Source) -> tuple[Held, range] | None:
        """Return the contents of an unchanged source, with the numbers of its documents."""
        found = self._places.get(source.name)
        return (found[1], found[2]) if found and found[0].digest == source.digest else None

    def has_facts(self, source: Source) -> bool:
        """True if a source is unchanged and gave facts."""
        held = self.held(source)
        return held is not None and held[0].facts > 0

    def gave_facts(self, unchanged: set[str]) -> bool:
        """True if a source that has changed or is gone gave facts, or nothing is known of before."""
        return self.manifest is None or any(
            one.facts for name, (_, one, _) in self._places.items() if name not in unchanged
        )

    def names(self) -> set[str]:
        return set(self._places)

    def gone(self, taken: set[int]) -> Iterator[Shelved]:
        """The documents that are not copied from the previous index."""
        if self.shelf:
            yield from (
                self.shelf.shelved(number)
                for number in range(len(self.shelf.documents))
                if number not in taken
            )

    def rows(self, first: int, last: int) -> Rows:
        """The rows of the documents from number ``first`` to ``last``."""
        if self.shelf is None or self._rows is None:
            raise LookupError(first)
        begin, end = self.shelf.cards[first], self.shelf.cards[last]
        return self._rows.part(begin.first, end.first + end.passages)


def build(order: Order, progress: Progress) -> None:
    """Build an index into its folder.

    Raises CorpusError, with every problem, if a source can't be read, and OSError if the disk is full.
    """
    before = _Before(order.base)
    unchanged = {source.name for source in order.sources if before.held(source)}
    anew = {source.name for source in order.sources} - unchanged
    facts_anew = before.gave_facts(unchanged) or any(map(_may_give_facts, anew))
    while True:
        if facts_anew:
            anew |= {source.name for source in order.sources if before.has_facts(source)}
        wanted = [source for source in order.sources if source.name in anew]
        pool = Pool(wanted, order.limits, order.processes, progress)
        try:
            if _read_all(order, before, pool, wanted, facts_anew):
                return
        finally:
            pool.close()
        facts_anew = True  # a report gave facts


def _may_give_facts(name: str) -> bool:
    return name.lower().endswith((".csv", ".tsv", ".gz", ".xlsx", ".ods", ".json", ".ndjson"))


def _read_all(order: Order, before: _Before, pool: Pool, wanted: Sequence[Source], facts_anew: bool) -> bool:
    """Read the sources and build; ``False`` if facts turned up that were not expected."""
    scale = scale_of((source.name, source.path) for source in order.sources)
    ranks = {word: rank for rank, word in enumerate(scale.ratings)}
    facts: Iterator[RatingFact] = itertools.chain.from_iterable(
        pool.facts(number) for number in range(len(wanted))
    )
    store = FactStore.at(order.folder / FACTS, facts, ranks) if facts_anew else None
    read = {source.name: pool.read(number) for number, source in enumerate(wanted)}
    if not facts_anew and any(one.facts for one in read.values()):
        return False
    held = tuple(_held(read.get(source.name), before.held(source)) for source in order.sources)
    _check(order, read, held)
    if store is None:
        store = _copied_facts(order)
    with uncollected():
        rows, engine_written = _put_together(order, before, read)
        claiming = _claiming(rows, store, scale) if store else ()
        parts = settled(order.folder, lambda name: not name.startswith(ENGINE))
        engine_written()
    written(
        order.folder,
        Manifest(order.fingerprint, order.made_with, order.sources, held, claiming, order.problems, parts),
    )
    return True


def _copied_facts(order: Order) -> FactStore | None:
    """Copy the facts of the previous index; ``None`` if there is none."""
    if order.base is None:
        return None
    shutil.copyfile(order.base / FACTS, order.folder / FACTS)
    return FactStore.existing(order.folder / FACTS)


def _check(order: Order, read: Mapping[str, Read], held: Sequence[Held]) -> None:
    """Raise CorpusError if nothing can be served: nothing could be read, or not the corpus's own words, which
    affect every question.
    """
    if order.anyway:
        return
    errors = [problem for problem in order.problems if problem.severity == "error"]
    for source in order.sources:
        errors += read[source.name].report.errors if source.name in read else ()
    nothing = not any(one.documents or one.facts for one in held)
    if errors and (nothing or any(is_own(problem.file) for problem in errors)):
        raise CorpusError(f"The corpus folder {order.corpus} has files that can't be read.", errors)


def _held(read: Read | None, before: tuple[Held, range] | None) -> Held:
    if read is None:
        return before[0] if before else Held()
    rows = next(iter(read.report.rows.values()), None)
    return Held(len(read.documents), read.facts, rows, tuple(read.report.problems))


def _put_together(order: Order, before: _Before, read: Mapping[str, Read]) -> tuple[Rows, Wait]:
    """Write the documents, passages and words. Return the rows of all passages, and a function that waits
    until the engine is written, too. If the order allows several processes they share the work; one of them
    syncs to the disk, which takes long but hardly any computing.
    """
    found, taken = list[Read | range](), set[int]()
    for source in order.sources:
        if source.name in read:
            found.append(read[source.name])
        elif held := before.held(source):
            taken.update(held[1])
            found.append(held[1])
    pieces = list(_in_runs(found))
    beside = order.processes > 1
    shelf_written = begun(lambda: write(order.folder / SHELF, _documents(before, pieces)), beside)
    rows = joined(list(_rows(before, pieces)))
    shelf_written()
    rows_written = begun(lambda: _write_rows(order, rows), beside)
    options = Options(order.k1, order.b)
    engine_written = begun(lambda: _write_engine(order, rows, options), beside)
    write_sentences(order.folder, StoredShelf(order.folder / SHELF), rows, options)
    _write_words(order, before, taken, read)
    _copy_own(order)
    rows_written()
    return rows, engine_written


def _write_rows(order: Order, rows: Rows) -> None:
    save_rows(rows, order.folder / ROWS)
    synced(order.folder / SHELF)
    synced(order.folder / ROWS)


def _write_engine(order: Order, rows: Rows, options: Options) -> None:
    shutil.rmtree(order.folder / ENGINE, ignore_errors=True)
    write_engine(order.folder, StoredShelf(order.folder / SHELF), rows, order.engine, options)


def _in_runs(pieces: Iterable[Read | range]) -> Iterator[Read | range]:
    """The pieces in their order; consecutive documents that are copied make one piece."""
    run = range(0)
    for piece in pieces:
        if isinstance(piece, range) and run and (not piece or piece.start == run.stop):
            run = range(run.start, max(run.stop, piece.stop))
            continue
        if run:
            yield run
        run = piece if isinstance(piece, range) else range(0)
        if isinstance(piece, Read):
            yield piece
    if run:
        yield run


def _documents(before: _Before, pieces: Sequence[Read | range]) -> Iterator[DocumentRow]:
    for piece in pieces:
        if isinstance(piece, Read):
            yield from piece.documents
        elif before.shelf:
            yield from before.shelf.rows(piece)


def _rows(before: _Before, pieces: Sequence[Read | range]) -> Iterator[Rows]:
    for piece in pieces:
        if isinstance(piece, range):
            yield before.rows(piece.start, piece.stop - 1)
        elif piece.rows is not None:
            yield piece.rows


def _write_words(order: Order, before: _Before, taken: set[int], read: Mapping[str, Read]) -> None:
    spoken = read_words(order.base) if order.base and before.manifest else Spoken()
    for shelved in before.gone(taken):
        gone = words_of(shelved)
        spoken.words.subtract(gone.words)
        spoken.common.subtract(gone.common)
    for one in {id(one.met): one.met for one in read.values()}.values():
        of_it = [other for other in read.values() if other.met is one]
        _count(spoken.words, one.forms, [other.words for other in of_it])
        _count(spoken.common, one.forms, [other.common for other in of_it])
    write_words(order.folder, spoken)


def _count(counted: Counter[str], forms: Sequence[str], found: Sequence[Numbers]) -> None:
    counts = np.bincount(np.concatenate(found), minlength=len(forms))
    counted.update({forms[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist()})


def _copy_own(order: Order) -> None:
    """Keep the corpus's own words and the descriptions of its tables, under their names."""
    for source in order.sources:
        kept = order.folder / OWN / source.name
        pairs = (
            [(source.path, kept)]
            if is_own(source.name)
            else [(description_of(source.path), description_of(kept))]
        )
        for path, copy in pairs:
            if path.is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


def _claiming(rows: Rows, store: FactStore, scale: Scale) -> tuple[int, ...]:
    """Return the passages that contain a rating word and the noun for all subjects, and so may
    be about all of them.
    """
    called = {stem(token.text) for noun in store.values("noun") for token in tokenize(plurals(noun)[-1])}
    rated = {stem(token.text) for rating in scale.ratings for token in tokenize(rating)}
    having = [set(_having(rows, terms)) for terms in (called, rated)]
    return tuple(sorted(having[0] & having[1]))


def _having(rows: Rows, terms: Collection[str]) -> list[int]:
    places = np.flatnonzero(np.array([term in terms for term in rows.terms], dtype=bool)[rows.pair_terms])
    found: list[int] = (np.searchsorted(rows.passage_pairs, places, side="right") - 1).tolist()
    return found
