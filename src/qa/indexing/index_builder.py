"""Builds an index of a corpus: a folder with everything that serving needs.

A file that has not changed since an earlier index was built is not read again: its contents are copied from
there.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from qa.errors import CorpusError
from qa.facts import FactStore
from qa.indexing.build_requests import Order
from qa.indexing.collecting import uncollected
from qa.indexing.earlier_index import EarlierIndex
from qa.indexing.file_reading import Read
from qa.indexing.index_parts import FACTS, NAMES, SHELF
from qa.indexing.index_writer import put_together
from qa.indexing.kept_indexes import Held, Manifest, settled, written
from qa.indexing.pool import Pool
from qa.indexing.side_process import begun
from qa.indexing.sources import Source, is_own
from qa.language.plurals import plurals
from qa.language.stems import stem
from qa.language.tokens import tokenize
from qa.question.name_tables import NameTables
from qa.reading import scale_of
from qa.reading.formats import may_be_table
from qa.retrieval.gathering import Rows
from qa.retrieval.passage_index import ROWS
from qa.scale import Scale

Progress = Callable[[int, int], None]  # files read, files to read


def build(order: Order, progress: Progress) -> None:
    """Build an index into its folder.

    Raises CorpusError, with every problem, if a source can't be read, and OSError if the disk is full.
    """
    before = EarlierIndex(order.base)
    unchanged = {source.name for source in order.sources if before.held(source)}
    anew = {source.name for source in order.sources} - unchanged
    facts_anew = before.gave_facts(unchanged) or any(map(may_be_table, anew))
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


def _read_all(
    order: Order, before: EarlierIndex, pool: Pool, wanted: Sequence[Source], facts_anew: bool
) -> bool:
    """Read the sources and build; ``False`` if facts turned up that were not expected."""
    scale = scale_of((source.name, source.path) for source in order.sources)
    store = _write_facts(order, pool, len(wanted), scale) if facts_anew else None
    read = {source.name: pool.read(number) for number, source in enumerate(wanted)}
    if not facts_anew and any(one.facts for one in read.values()):
        return False
    held = tuple(_held(read.get(source.name), before.held(source)) for source in order.sources)
    _check(order, read, held)
    parts = _take_over_facts(order, before) if store is None else {}  # files with their SHA-256
    if parts:
        store = FactStore.existing(order.folder / FACTS)
    with uncollected():
        names_written = begun(partial(_write_names, order.folder), facts_anew and order.processes > 1)
        rows, rest_written = put_together(order, before, read)
        claiming = _claiming(rows, store, scale)
        parts |= settled(
            order.folder, lambda name: name.startswith((FACTS, SHELF, ROWS)) and name not in parts
        )
        rest_written()
        names_written()
    made = Manifest(order.fingerprint, order.made_with, order.sources, held, claiming, order.problems, parts)
    written(order.folder, made)
    return True


def _write_facts(order: Order, pool: Pool, files: int, scale: Scale) -> FactStore:
    """Write the facts of the files that are read."""
    facts = itertools.chain.from_iterable(map(pool.facts, range(files)))
    ranks = {word: rank for rank, word in enumerate(scale.ratings)}
    return FactStore.at(order.folder / FACTS, facts, ranks)


def _take_over_facts(order: Order, before: EarlierIndex) -> dict[str, str]:
    """Carry the facts and names of the previous index, if there is one, over to the new one, as links to the
    same files where possible, since files never change once they are in an index. Return them with their
    SHA-256."""
    if order.base is None or before.manifest is None:
        return {}
    for name in (FACTS, NAMES):
        try:
            (order.folder / name).hardlink_to(order.base / name)
        except OSError:  # of a file system without links, or of a full one
            shutil.copyfile(order.base / name, order.folder / name)
    return {name: before.manifest.parts[name] for name in (FACTS, NAMES)}


def _write_names(folder: Path) -> None:
    """Write the names of the facts, unless they were taken over."""
    if not (folder / NAMES).exists():
        NameTables.of(FactStore.existing(folder / FACTS)).save(folder / NAMES)


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


def _claiming(rows: Rows, store: FactStore | None, scale: Scale) -> tuple[int, ...]:
    """Return the passages with a rating word and the noun for all subjects, which may therefore be about all
    of them; none without facts."""
    if store is None:
        return ()
    called = {stem(token.text) for noun in store.values("noun") for token in tokenize(plurals(noun)[-1])}
    rated = {stem(token.text) for rating in scale.ratings for token in tokenize(rating)}
    if not called or not rated:
        return ()
    having = [set(_having(rows, terms)) for terms in (called, rated)]
    return tuple(sorted(having[0] & having[1]))


def _having(rows: Rows, terms: Collection[str]) -> list[int]:
    places = np.flatnonzero(np.array([term in terms for term in rows.terms], dtype=bool)[rows.pair_terms])
    found: list[int] = (np.searchsorted(rows.passage_pairs, places, side="right") - 1).tolist()
    return found
