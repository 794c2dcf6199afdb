"""An earlier index of a corpus, of which a new one takes over what has not changed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from qa.indexing.index_parts import SHELF
from qa.indexing.kept_indexes import Held, read_manifest
from qa.indexing.sources import Source
from qa.retrieval.gathering import Rows
from qa.retrieval.index import read_rows
from qa.retrieval.passage_index import ROWS
from qa.shelf import Shelved
from qa.shelf.stored import StoredShelf


class EarlierIndex:
    """The index in ``folder``, if there is a whole one: what each of its sources contained."""

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

    @property
    def engine(self) -> str | None:
        """The name of its engine."""
        found: str | None = json.loads(self.manifest.made_with).get("engine") if self.manifest else None
        return found

    def has_facts(self, source: Source) -> bool:
        """True if a source is unchanged and gave facts."""
        held = self.held(source)
        return held is not None and held[0].facts > 0

    def gave_facts(self, unchanged: set[str]) -> bool:
        """True if a source that has changed or is gone gave facts, or nothing is known of before."""
        return self.manifest is None or any(
            one.facts for name, (_, one, _) in self._places.items() if name not in unchanged
        )

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
