"""The index of the passages of a corpus, computed before any question is asked, stored in one folder and
mapped from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.engines import ENGINES, EXTERNAL, Engine, Entry, Options, PackedEntry
from qa.engines.memory import MemoryEngine
from qa.engines.okapi import Counted
from qa.engines.on_disk import mapped
from qa.engines.opensearch import OpenSearchEngine
from qa.retrieval.above import Above
from qa.retrieval.gathering import Rows, gather, joined, offsets_of
from qa.retrieval.index import SentenceIndex, Weighed, twins_of, weighed
from qa.retrieval.token_rows import UnpackedRows
from qa.shelf import Shelf, WholeShelf
from qa.shelf.cluster_shelf import ClusterShelf
from qa.shelf.packed import packed_passage
from qa.shelf.stored import StoredShelf

ROWS = "rows"  # folder of the sentence index
ENGINE = "engine"  # folder of the engine's own files
MEMORY = "memory"
_TWINS = "twins.npy"


@dataclass(frozen=True, slots=True, eq=False)
class PassageIndex:
    """The passages on a ``shelf`` with their rows, their engine and their headings. It never changes, so
    threads may share it.
    """

    shelf: Shelf
    sentences: SentenceIndex
    engine: Engine
    above: Above
    twins: Mapping[int, int]  # passage with the same words as an earlier one → the earliest

    @classmethod
    def of(cls, shelf: WholeShelf, engine: str = MEMORY, options: Options = Options()) -> PassageIndex:  # noqa: B008 - it is never changed
        """Return the index of the passages of a shelf."""
        rows = joined([gather(shelf.passages)])
        return cls(
            shelf,
            SentenceIndex.of(weighed(rows)),
            _filled(ENGINES[engine](options), shelf, rows),
            _above(shelf, options),
            _as_twins(twins_of(rows)),
        )

    def entries(self) -> Iterator[Entry]:
        """Yield every passage with its terms, as an engine takes it, in the order of the passage numbers.
        Raises LookupError if they are elsewhere.
        """
        shelf, rows = self._whole()
        return _entries(shelf, rows.rows)

    def packed_entries(self, first: int, last: int) -> Iterator[PackedEntry]:
        """Yield the passages from number ``first`` to before ``last`` as an engine outside takes them. Raises
        LookupError if they are elsewhere.
        """
        shelf, weighed = self._whole()
        document = shelf.document_of(first)
        while first < last:
            card = shelf.cards[document]
            end = min(last, card.first + card.passages)
            for passage in shelf.shelved(document).as_passages()[first - card.first : end - card.first]:
                packed = packed_passage(first, passage, weighed.row(first).packed())
                yield PackedEntry(Entry(passage.id, card.path, weighed.rows.entry(first)), first, packed)
                first += 1
            document += 1

    def _whole(self) -> tuple[StoredShelf, Weighed]:
        shelf, rows = self.shelf, self.sentences.rows
        if not isinstance(shelf, StoredShelf) or not isinstance(rows, Weighed):
            raise LookupError("The passages are not in this index.")
        return shelf, rows

    @classmethod
    def load(cls, folder: Path, shelf: Shelf, engine: str, options: Options) -> PassageIndex:
        """Return the saved index of a shelf. Raises OSError, ValueError or EngineError if it is missing or
        incomplete."""
        sentences, above = SentenceIndex.load(folder / ROWS), Above.load(folder, options.k1, options.b)
        kept = (
            MemoryEngine.load(folder / ENGINE)
            if engine == MEMORY
            else ENGINES[engine](replace(options, folder=folder / ENGINE))
        )
        return cls(shelf, sentences, kept, above, _as_twins(mapped(folder / _TWINS)))

    @classmethod
    def load_without_passages(cls, folder: Path, shelf_folder: Path, options: Options) -> PassageIndex:
        """Return the saved index of passages that are in a cluster, together with their rows. Raises as
        :meth:`load`.
        """
        engine = OpenSearchEngine(replace(options, packed=True))
        shelf = ClusterShelf(shelf_folder, engine.store)
        rows = UnpackedRows(shelf)
        sentences = SentenceIndex.load_without_rows(folder / ROWS, rows, len(shelf.passages))
        above = Above.load(folder, options.k1, options.b)
        return cls(shelf, sentences, engine, above, _as_twins(mapped(folder / _TWINS)))


def write_sentences(folder: Path, rows: Rows) -> None:
    """Write what follows from the rows of all passages, joined, into a folder, beside them."""
    weighed(rows).save(folder / ROWS)
    np.save(folder / _TWINS, twins_of(rows), allow_pickle=False)


class Base(NamedTuple):
    """An earlier index of the same engine, in its ``folder``, and which passages it does not have."""

    folder: Path
    is_new: NDArray[np.bool_]


def write_above(folder: Path, shelf: WholeShelf, options: Options) -> None:
    """Write the titles and headings of all passages into a folder."""
    _above(shelf, options).save(folder)


def write_engine(
    folder: Path, shelf: WholeShelf, rows: Rows, engine: str, options: Options, base: Base | None = None
) -> None:
    """Fill an engine with the passages, and write it into a folder; none whose index is external. What the
    engine of the ``base`` has of them is taken from there, if it can be.
    """
    if engine in EXTERNAL:
        return
    opened = (
        _renewed(base, shelf, rows, options)
        if base and engine == MEMORY and rows.size
        else _filled(ENGINES[engine](replace(options, folder=folder / ENGINE)), shelf, rows)
    )
    if isinstance(opened, MemoryEngine):
        opened.save(folder / ENGINE)
    opened.close()


def _above(shelf: WholeShelf, options: Options) -> Above:
    titles = [card.title if card.passages else None for card in shelf.cards]
    return Above.of(titles, shelf.headings(), options.k1, options.b)


def _as_twins(pairs: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> Mapping[int, int]:
    return dict(pairs.tolist())


def _filled(engine: Engine, shelf: WholeShelf, rows: Rows) -> Engine:
    """Return the engine with every passage added under its terms."""
    if isinstance(engine, MemoryEngine):
        engine.add_counted(
            shelf.names(), Counted(rows.terms, rows.pair_terms, rows.pair_counts, rows.passage_pairs)
        )
    else:
        engine.add(_entries(shelf, rows))
    engine.commit()
    return engine


def _renewed(base: Base, shelf: WholeShelf, rows: Rows, options: Options) -> Engine:
    before, new = MemoryEngine.load(base.folder / ENGINE), np.flatnonzero(base.is_new)
    sizes = np.diff(rows.passage_pairs)[new]
    offsets = offsets_of(sizes)
    pairs = np.repeat(rows.passage_pairs[new] - offsets[:-1], sizes) + np.arange(offsets[-1])
    counted = Counted(rows.terms, rows.pair_terms[pairs], rows.pair_counts[pairs], offsets)
    return MemoryEngine.renewed(before, shelf.names(), base.is_new, counted, options)


def _entries(shelf: WholeShelf, rows: Rows) -> Iterator[Entry]:
    return (Entry(name, path, rows.entry(number)) for number, (name, path) in enumerate(shelf.names()))
