"""How people type: typing errors, and names without words that distinguish none."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

SLIPS = (0, 0, 0, 1, 1, 2)  # the number of slips in a question is one of these
_WORD = re.compile(r"[^\W\d_]{5,}")
_TAIL = re.compile(
    r"\s+(?:residential|nursing)?\s*(?:care home|care home with nursing|residential home|nursing "
    r"home|medical practice|medical centre|surgery|limited|ltd|nhs foundation trust|nhs trust)\.?$",
    re.IGNORECASE,
)


def slipped(question: str, random: Random, slips: int) -> str:
    """Return the question with this many slips: two letters of a longer word swapped, one left out, or one
    doubled."""
    for _ in range(slips):
        words = list(_WORD.finditer(question))
        if words:
            word = random.choice(words)
            at = random.randrange(word.start() + 1, word.end() - 1)
            pair = question[at : at + 2]
            typed = random.choice((pair[::-1], pair[:1], pair[:1] * 2 + pair[1:]))
            question = question[:at] + typed + question[at + 2 :]
    return question


def shortened(name: str, is_clear: Callable[[str], bool]) -> str:
    """Return the name without "Care Home", "Limited" and the like at its end, if it is still unambiguous."""
    short = _TAIL.sub("", name)
    return short if short != name and len(short) > 3 and is_clear(short) else name
