"""Writes the parts of an index: what was read anew, put together with what an earlier index had.

Everything in an index is numbered and ordered by its sources alone, so that it does not matter which of them
were copied.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from qa.engines import Options
from qa.indexing.build_requests import Order
from qa.indexing.earlier_index import EarlierIndex
from qa.indexing.file_reading import Read, words_of
from qa.indexing.index_parts import OWN, SHELF, read_words, write_words
from qa.indexing.kept_indexes import synced
from qa.indexing.side_process import begun
from qa.indexing.sources import description_of, is_own
from qa.language.spoken import Spoken
from qa.retrieval.gathering import Numbers, Rows, joined
from qa.retrieval.index import save_rows
from qa.retrieval.passage_index import ENGINE, ROWS, Base, write_above, write_engine, write_sentences
from qa.shelf.file_format import DocumentRow, DocumentRun, write
from qa.shelf.stored import StoredShelf

Wait = Callable[[], None]


def put_together(order: Order, before: EarlierIndex, read: Mapping[str, Read]) -> tuple[Rows, Wait]:
    """Write all parts but the facts. Return the rows of all passages, and a function that waits until the
    engine, the words and what is above passages are written, too. If the order allows several processes they
    share the work; one of them syncs to the disk, which takes long but hardly any computing.
    """
    pieces = list(_in_runs(_pieces(order, before, read)))
    beside = order.processes > 1
    shelf_written = begun(lambda: write(order.folder / SHELF, _documents(before, pieces)), beside)
    parts = list(_rows(before, pieces))
    rows = joined(parts)
    shelf_written()
    rows_written = begun(lambda: _write_rows(order, rows), beside)
    options = Options(order.k1, order.b)
    base = Base(order.base, _is_new(pieces, parts)) if order.base and before.engine == order.engine else None

    def write_rest() -> None:
        _write_engine(order, rows, options, base)
        with ThreadPoolExecutor(1) as disk:
            disk.submit(synced, order.folder / ENGINE)
            write_above(order.folder, StoredShelf(order.folder / SHELF), options)
            _write_words(order, before, pieces, read)
            _copy_own(order)

    rest_written = begun(write_rest, beside)
    write_sentences(order.folder, rows)
    rows_written()
    return rows, rest_written


def _pieces(order: Order, before: EarlierIndex, read: Mapping[str, Read]) -> Iterator[Read | range]:
    """Of each source what was read, or the numbers of its documents in the index before."""
    for source in order.sources:
        if source.name in read:
            yield read[source.name]
        elif held := before.held(source):
            yield held[1]


def _is_new(pieces: Sequence[Read | range], rows: Sequence[Rows]) -> NDArray[np.bool_]:
    """Of each passage of these pieces, whether the index before does not have it."""
    of_pieces = [piece for piece in pieces if isinstance(piece, range) or piece.rows is not None]
    sizes = np.array([some.size for some in rows], dtype=np.int64)
    return np.repeat([isinstance(piece, Read) for piece in of_pieces], sizes).astype(bool)


def _write_rows(order: Order, rows: Rows) -> None:
    save_rows(rows, order.folder / ROWS)
    synced(order.folder / SHELF)
    synced(order.folder / ROWS)


def _write_engine(order: Order, rows: Rows, options: Options, base: Base | None) -> None:
    shutil.rmtree(order.folder / ENGINE, ignore_errors=True)
    write_engine(order.folder, StoredShelf(order.folder / SHELF), rows, order.engine, options, base)


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


def _documents(before: EarlierIndex, pieces: Sequence[Read | range]) -> Iterator[DocumentRow | DocumentRun]:
    for piece in pieces:
        if isinstance(piece, Read):
            yield from piece.documents
        elif before.shelf:
            yield before.shelf.run(piece)


def _rows(before: EarlierIndex, pieces: Sequence[Read | range]) -> Iterator[Rows]:
    for piece in pieces:
        if isinstance(piece, range):
            yield before.rows(piece.start, piece.stop - 1)
        elif piece.rows is not None:
            yield piece.rows


def _write_words(
    order: Order, before: EarlierIndex, pieces: Sequence[Read | range], read: Mapping[str, Read]
) -> None:
    taken = {number for piece in pieces if isinstance(piece, range) for number in piece}
    spoken = read_words(order.base) if order.base and before.manifest else Spoken()
    for shelved in before.gone(taken):
        gone = words_of(shelved)
        spoken.words.subtract(gone.words)
        spoken.common.subtract(gone.common)
    _add_words(spoken, read.values())
    write_words(order.folder, spoken)


def _add_words(spoken: Spoken, read: Collection[Read]) -> None:
    """Add the words of newly read documents; each process has numbered those that it met."""
    for met in {id(one.met): one.met for one in read}.values():
        of_it = [one for one in read if one.met is met]
        _count(spoken.words, met.forms, [one.words for one in of_it])
        _count(spoken.common, met.forms, [one.common for one in of_it])


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
