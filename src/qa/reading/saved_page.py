"""Pages saved from a browser as text: tables whose cells stand one to a line, footnotes, pull-quotes that
repeat a sentence.

Such a table looks like this, with or without empty lines between its cells; an empty cell is an empty line
more::

    Trust
    From
    To
    North Trust*
    Good
    Outstanding

    * North Trust merged in 2016.

Its columns are found by the headings (see ``columns``), its width by where the ratings stand.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.reading.cell_per_line import StackedTable, find_tables
from qa.reading.description import Sidecar
from qa.reading.footnotes import marked, marks_of, with_notes
from qa.reading.lines import Line, Piece, runs
from qa.reading.table import Origin, read_facts
from qa.reading.table_start import NoTable, find_layout
from qa.records import RatingFact, Report

_SENTENCE = 40  # characters of a sentence that is worth repeating
_SENTENCE_END = (".", "!", "?", "”", '"', "’")
_REPEATABLE = ("paragraph", "item", "quote", "note")
_PHRASE = 12  # characters of a line below such a sentence, e.g. the speaker's name


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, and the key of the mark that points to it."""

    mark: str
    piece: Piece
    text: str  # without its mark


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What a text contains of such pages: nothing, for most texts."""

    tables: tuple[StackedTable, ...]
    footnotes: tuple[Footnote, ...]

    def facts(self, sidecar: Sidecar, origin: Origin, report: Report) -> Iterator[RatingFact]:
        """Yield the facts of every table; a fact's note is the footnote that a cell of its row points to."""
        notes = {note.mark: note.text for note in self.footnotes}
        for table in self.tables:
            heading, *rows = (with_notes(row, notes) for row in (table.heading, *table.rows))
            try:
                layout = find_layout([heading, *rows], sidecar)
            except NoTable as problem:
                report.warn(origin.document, problem.line, problem.message, problem.mend)
                continue
            yield from read_facts(rows, layout, sidecar, origin, report)


def find_saved_page(lines: Sequence[Line], sidecar: Sidecar, file: str, report: Report) -> SavedPage:
    """Return the stacked tables and their footnotes among ``lines``; rows that can't be read are reported."""
    tables = tuple(find_tables(lines, sidecar, file, report))
    return SavedPage(tables, tuple(_footnotes(lines, tables)) if tables else ())


def _footnotes(lines: Sequence[Line], tables: Sequence[StackedTable]) -> Iterator[Footnote]:
    """Yield the first footnote below the tables' start for every mark that a cell carries."""
    wanted = marks_of(row for table in tables for row in (table.heading, *table.rows))
    for run in runs(_below(lines, tables)):
        starts = [place for place, line in enumerate(run) if marked(line.text, wanted)]
        for start, end in itertools.pairwise([*starts, len(run)]):
            if found := marked(run[start].text, wanted):
                wanted.remove(found[0])
                piece = Piece.of("note", run[start:end])
                yield Footnote(found[0], replace(piece, start=piece.start + found[1]), piece.text[found[1] :])


def _below(lines: Sequence[Line], tables: Sequence[StackedTable]) -> list[Line]:
    """Return the lines below the first table's heading, those of tables without their text."""
    taken = {line.number for table in tables for line in table.lines}
    below = [line for line in lines if line.number > tables[0].heading.number]
    return [replace(line, text="") if line.number in taken else line for line in below]


# Pull-quotes ------------------------------------------------------------------------------------------------


def without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` without those that only repeat earlier words: pull-quotes, their
    speakers, cut-off ends.

    Left out are repeated sentences anywhere, short lines directly below one, and everything
    repeated that ends the page.
    """
    folded = [_folded(piece.text) if piece.kind in _REPEATABLE else "" for piece in pieces]
    repeated = _repeated(folded)
    last = max((place for place, text in enumerate(folded) if text and place not in repeated), default=-1)
    kept, below_repeat = list[Piece](), False
    for place, piece in enumerate(pieces):
        sentence = _is_sentence(piece.text, folded[place])
        leave_out = place in repeated and (sentence or below_repeat or place > last)
        below_repeat = leave_out and sentence
        if not leave_out:
            kept.append(piece)
    return kept


def _is_sentence(text: str, folded: str) -> bool:
    return len(folded) >= _SENTENCE and text.endswith(_SENTENCE_END)


def _repeated(folded: Sequence[str]) -> set[int]:
    """Return the indexes of the texts that occur, whole, within an earlier text."""
    said, found = "", set[int]()
    for place, text in enumerate(folded):
        if len(text) >= _PHRASE and text in said:
            found.add(place)
        elif text:
            said += f"\n{text}"
    return found


def _folded(text: str) -> str:
    """Return only the words: without the surrounding quotation marks and the dots where they were cut off."""
    return " ".join(text.casefold().split()).strip("“”\"‘’' .…")
