"""The ends of an index of deprivation: "the most deprived decile", "the two least deprived deciles", in a
table's column of deciles.

The English Indices of Deprivation number the tenths of all neighbourhoods from 1, the most deprived, to 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.fields import Field
from qa.language.tokens import key
from qa.question.chunks import Bounds
from qa.question.parts import Sense

_ENDS = {"most": 1.0, "least": 10.0}
_SEVERAL = {2: "two", 3: "three", 4: "four", 5: "five"}
_TENTHS = "decile|tenth|10 %|10 percent|10 per cent|areas|area|neighbourhoods|neighbourhood|places".split("|")


def ends_of_deciles(fields: Iterable[Field]) -> Iterator[tuple[str, Sense]]:
    """Yield the phrases for the first and last decile of the column of deprivation deciles, if there is
    exactly one."""
    columns = [
        field.name for field in fields if field.own and field.type == "number" and _is_of_deciles(field)
    ]
    for end, decile in _ENDS.items() if len(columns) == 1 else ():
        for tenth in _TENTHS:
            sense = Sense("measured", (columns[0], Bounds(decile, decile)))
            yield f"{end} deprived {tenth}", sense
            yield f"the {end} deprived {tenth}", sense
        for number, word in _SEVERAL.items():
            first, last = (1, number) if end == "most" else (11 - number, 10)
            for said in _several(end, number, word, range(first, last + 1)):
                yield said, Sense("measured", (columns[0], Bounds(first, last)))


def _several(end: str, number: int, word: str, deciles: range) -> Iterator[str]:
    """The phrases for several deciles at an end, also with their numbers after them: "the two most deprived
    deciles (1 and 2)"."""
    held = list(map(str, deciles))
    numbers = ("", f" {' '.join(held[:-1])} and {held[-1]}", f" {held[0]} to {held[-1]}")
    for tenth in ("deciles", "tenths"):
        for said in (f"{number} {end} deprived {tenth}", f"{word} {end} deprived {tenth}"):
            for told in numbers:
                yield f"{said}{told}"
                yield f"the {said}{told}"


def _is_of_deciles(field: Field) -> bool:
    words = key(field.label).split()
    return "decile" in words and any(word == "imd" or word.startswith("depriv") for word in words)
