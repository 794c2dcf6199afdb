"""What is at a position in a text: the small tests that reading dates needs."""

from __future__ import annotations

from collections.abc import Sequence

from qa.language.counts import NUMBER_WORDS, read_count
from qa.language.tokens import Piece

UNITS = {
    "day": (0, 1), "days": (0, 1), "week": (0, 7), "weeks": (0, 7), "fortnight": (0, 14),
    "month": (1, 0), "months": (1, 0),
    "year": (12, 0), "years": (12, 0), "yr": (12, 0), "yrs": (12, 0), "decade": (120, 0), "decades": (120, 0),
}  # months and days  # fmt: skip
ENDINGS = frozenset({"st", "nd", "rd", "th"})
FIRST_YEAR, LAST_YEAR = 1900, 2099


class Cursor:
    """The pieces of one text by position; outside the text there are none."""

    def __init__(self, words: Sequence[Piece]) -> None:
        self.words = words
        self.spans = not UNITS.keys().isdisjoint(word.text for word in words)  # whether there can be any span

    def text(self, place: int) -> str:
        """Return the piece at ``place``; empty outside the text."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def has(self, place: int, *texts: str) -> bool:
        """True if these pieces are at ``place``."""
        return all(self.text(place + further) == text for further, text in enumerate(texts))

    def year(self, place: int) -> int | None:
        """Return the year in four digits at ``place``."""
        text = self.text(place)
        return (
            int(text)
            if len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR
            else None
        )

    def count(self, place: int) -> tuple[int, int] | None:
        """Return the whole number that begins at ``place`` ("a" is one) and the place after it and after a
        hyphen."""
        text = self.text(place)
        if text in {"a", "an"} and self.text(place + 1) in UNITS:
            return 1, place + 1
        if text.isdecimal():
            value, after = int(text[:5]), place + 1
        elif text in NUMBER_WORDS and (read := read_count(self.words, place)) and read[0].denominator == 1:
            value, after = int(read[0]), read[1]
        else:
            return None
        if not 0 < value < 10_000:
            return None
        return value, after + (self.text(after) == "-" and self.text(after + 1) in UNITS)

    def span(self, place: int) -> tuple[int, int, int] | None:
        """Return the months and days of "two years" or "18 months" at ``place``, and the place after it."""
        count = self.count(place) if self.spans else None
        if count is None or self.text(count[1]) not in UNITS:
            return None
        of_months, of_days = UNITS[self.text(count[1])]
        return of_months * count[0], of_days * count[0], count[1] + 1

    def day_number(self, place: int) -> tuple[int, int] | None:
        """Return the day of a month at ``place``, "3" or "3rd", and the place after it."""
        text = self.text(place)
        if not text.isdecimal() or len(text) > 2 or self.is_glued(place) or int(text) == 0:
            return None
        after = place + 1
        if self.is_glued(after):
            return (int(text), after + 1) if self.text(after) in ENDINGS else None
        return int(text), after

    def is_number(self, place: int) -> bool:
        """True for at most four digits, as in a date."""
        return self.text(place).isdecimal() and len(self.text(place)) < 5

    def is_glued(self, place: int) -> bool:
        """True for letters or digits right after other letters or digits."""
        return (
            place < len(self.words)
            and self.words[place].glued
            and (self.text(place)[0] + self.text(place - 1)[:1]).isalnum()
        )

    def is_within_code(self, place: int) -> bool:
        """True for a number right after another one and a mark."""
        return (
            self.words[place].glued
            and self.text(place - 1) in {"/", "."}
            and self.is_joined(place - 1)
            and self.is_number(place - 2)
        )

    def is_joined(self, place: int) -> bool:
        """True for a mark without white space on either side."""
        return place + 1 < len(self.words) and self.words[place].glued and self.words[place + 1].glued
