"""The parts of an index by their names, except those of its passages, and how they are read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from qa.language.spoken import Spoken

FACTS = "facts.sqlite"
NAMES = "names.arrays"  # of the facts, see qa.question.name_tables
SHELF = "shelf"  # folder of the documents and passages
WORDS = "words.json"
OWN = "own"  # folder of the corpus's own words and of the descriptions of its tables, under their names


def read_words(folder: Path) -> Spoken:
    """Return the words of an index. Raises OSError or ValueError if they are missing or damaged."""
    told = json.loads((folder / WORDS).read_text(encoding="utf-8"))
    return Spoken(Counter(told["words"]), Counter(told["common"]))


def write_words(folder: Path, spoken: Spoken) -> None:
    """Write the words of an index, those that no document has any more left out."""
    told = {"words": _counted(spoken.words), "common": _counted(spoken.common)}
    (folder / WORDS).write_text(json.dumps(told, separators=(",", ":")), encoding="utf-8")


def _counted(words: Mapping[str, int]) -> dict[str, int]:
    return {word: count for word, count in sorted(words.items()) if count}
