"""Reports of made-up words, and questions about them, of any size; the same size gives the same every time.

Passages hold about 60 words, drawn from a vocabulary whose frequencies follow the Zipf-Mandelbrot law, the
commonest word standing in a fifth of the passages as in English without its stop words. A question is 6 to 8
different words of one passage.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

VOCABULARY = 100_000  # words
SHIFT = 30  # Mandelbrot's: the greater, the rarer the commonest words
LENGTH, FEWEST = 60, 45  # words of a passage: on average, and so many that it is not joined with the next
SENTENCE, SECTION, REPORT = 12, 10, 500  # words of a sentence; passages of a section, and of a report
_CONSONANTS, _VOWELS = "bdfgklmnprtvz", "aou"


def made_up(size: int) -> Iterator[NDArray[np.intp]]:
    """So many passages, each the numbers of its words."""
    random = np.random.default_rng(size)
    chances = 1 / (np.arange(VOCABULARY) + SHIFT)
    limits = np.cumsum(chances / chances.sum())
    lengths = np.maximum(FEWEST, random.lognormal(math.log(LENGTH) - 0.08, 0.4, size)).astype(int)
    for length in lengths.tolist():
        yield np.searchsorted(limits, random.random(length)).clip(max=VOCABULARY - 1)


def word(number: int) -> str:
    """A made-up word like no other, which stays as it is when it is stemmed."""
    made = ""
    while number or len(made) < 4:
        number, one = divmod(number, len(_CONSONANTS))
        number, other = divmod(number, len(_VOWELS))
        made += _CONSONANTS[one] + _VOWELS[other]
    return made + "b"


def write(size: int, count: int, folder: Path) -> list[list[str]]:
    """Write reports that make so many passages into a folder, with a table of one rating beside them, and
    return so many questions, each its words.
    """
    random, words = np.random.default_rng(size + 1), [word(number) for number in range(VOCABULARY)]
    about, questions, held = set(random.integers(size, size=count).tolist()), list[list[str]](), list[str]()
    (folder / "reports").mkdir(parents=True)
    for number, drawn in enumerate(made_up(size)):
        said = [words[one] for one in drawn.tolist()]
        if number in about:
            different = list(dict.fromkeys(random.permutation(said).tolist()))
            questions.append(different[: random.integers(6, 9)])
        if number % SECTION == 0:
            heading = [words[one] for one in random.integers(VOCABULARY, size=3).tolist()]
            held.append("## " + " ".join(heading).capitalize())
        held.append(_paragraph(said))
        if (number + 1) % REPORT == 0 or number + 1 == size:
            text = f"# Report {number // REPORT}\n\n" + "\n\n".join(held) + "\n"
            (folder / "reports" / f"{number // REPORT:06}.md").write_text(text, encoding="utf-8")
            held = []
    (folder / "ratings.csv").write_text(
        "Name,Overall rating,Publication date\nOak House,Good,2024-05-01\n", encoding="utf-8"
    )
    return questions


def _paragraph(words: list[str]) -> str:
    sentences = (words[first : first + SENTENCE] for first in range(0, len(words), SENTENCE))
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
