"""Every atom of a text: which words can begin one, and which method reads it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from qa.language.atoms import PLACES, Atom
from qa.language.counts import NUMBER_WORDS
from qa.language.digit_atoms import DigitAtoms
from qa.language.stretches import MONTH_NUMBERS
from qa.language.tokens import Piece
from qa.language.word_atoms import SEASONS, VAGUE, WEEKDAYS, WordAtoms


class Calendar(DigitAtoms, WordAtoms):
    """The atoms of one text, read when it is made."""

    def __init__(self, words: Sequence[Piece], as_of: datetime.date | None) -> None:
        super().__init__(words, as_of)
        for place in range(len(words) - 1, -1, -1):  # backwards: an atom may take the next one's year
            text = words[place].text
            readers = _OF_DIGITS if text.isdecimal() else _READERS.get(text)
            if readers:
                self.atoms[place] = self._atom(place, readers)

    def _atom(self, place: int, readers: _Readers) -> Atom | None:
        for read in readers:
            atom = read(self, place)
            if atom is not None:
                after = atom.after + 2 * (self.has(atom.after, "'", "s") or self.has(atom.after, "’", "s"))
                return replace(atom, after=after) if after != atom.after else atom
        return None


_Readers: TypeAlias = tuple[Callable[[Calendar, int], Atom | None], ...]
_OF_DIGITS: _Readers = (
    Calendar.numeric,
    Calendar.named_part,
    Calendar.year_to,
    Calendar.relative,
    Calendar.dated,
)
_READERS: dict[str, _Readers] = {
    word: readers
    for words, readers in (
        (NUMBER_WORDS, (Calendar.year_to, Calendar.relative)),
        (PLACES, (Calendar.named_part,)),
        (SEASONS, (Calendar.named_part,)),
        (("q", "h"), (Calendar.named_part,)),
        (("this", "last"), (Calendar.named_part, Calendar.relative)),
        (("year",), (Calendar.year_to, Calendar.led)),
        (MONTH_NUMBERS, (Calendar.dated,)),
        (WEEKDAYS, (Calendar.dated,)),
        (("start", "beginning", "end", "close"), (Calendar.edge,)),
        (VAGUE, (Calendar.led,)),
        (("the", "calendar", "financial", "fiscal", "fy"), (Calendar.led,)),
    )
    for word in words
    if not word.isdecimal()
}
