"""Makes the words of like meaning and the vectors of words that retrieval uses: `near_words.txt`,
`word_vectors.txt` and `word_vectors.npy` in `src/qa/retrieval`.

    python benchmarks/near_words.py ENCODER_FOLDER [ENCODER_FOLDER …] [--store]

The words are the most common ones of the English dictionary that spelling uses. Each encoder turns every
word, alone, into a vector; what all words have in common is taken out (the mean and the two strongest
directions: Mu and Viswanath, "All-but-the-Top", 2018). Words of one stem make one vector, by how common they
are. Nearness is the cosine, averaged over the encoders. The vectors kept of all encoders together are the
parts along the strongest directions, as small whole numbers.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from spellchecker import SpellChecker

from qa.language.dictionary import share
from qa.language.stems import is_stop, stem
from qa.matrices import product
from qa.retrieval import encoder, near_words, word_vectors
from qa.retrieval.encoder import OnnxEncoder

Matrix: TypeAlias = NDArray[np.float64]

STORED = Path(__file__).resolve().parents[1] / "src" / "qa" / "retrieval"
WORDS = 24_000  # the most common ones
SHORTEST = 3  # letters of a word
DIRECTIONS = 2  # the strongest, which say how common a word is rather than what it means
LEAST = 0.36  # nearness of words that are kept
MOST = 16  # words that are kept for one
BATCH = 128  # words encoded at once
KEPT = 64  # directions of the vectors that are kept …
STEPS = 180  # … with so many steps in one; few of their numbers are above 0.7
HEAD = (
    "# Stems of common English words, each with those nearest in meaning and how near, in hundredths;",
    "# made by benchmarks/near_words.py with all-MiniLM-L6-v2 (Apache-2.0) and bge-small-en-v1.5 (MIT).",
)
HEAD_OF_STEMS = (
    "# Stems of common English words, whose vectors are the rows of word_vectors.npy; made by",
    HEAD[1].replace("made by ", "", 1),
)


def common_words() -> list[str]:
    """The most common words of the dictionary, stop words left out."""
    known = SpellChecker(language="en").word_frequency.dictionary
    words = (word for word in known if len(word) >= SHORTEST and word.isascii() and word.isalpha())
    return [
        word for word in sorted(words, key=lambda word: (-known[word], word))[:WORDS] if not is_stop(word)
    ]


def centred(vectors: Matrix) -> Matrix:
    """The vectors without what they have in common, of length 1."""
    rows = vectors - vectors.mean(axis=0)
    strongest = np.linalg.svd(rows, full_matrices=False)[2][:DIRECTIONS]
    return _unit(rows - product(product(rows, strongest.T), strongest))


def by_stem(words: Sequence[str], vectors: Matrix) -> tuple[list[str], Matrix]:
    """The stems of the words, and a vector of each."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        places[stem(word)].append(place)
    weights = np.array([share(word) + 1e-9 for word in words])
    rows = [np.average(vectors[held], axis=0, weights=weights[held]) for held in places.values()]
    return list(places), _unit(np.stack(rows))


def lines(stems: Sequence[str], of_each: Sequence[Matrix]) -> Iterator[str]:
    """A line for each stem that has neighbours, by the alphabet."""
    for place in sorted(range(len(stems)), key=stems.__getitem__):
        near = np.mean([product(vectors, vectors[place]) for vectors in of_each], axis=0)
        near[place] = -1.0
        order = [other for other in np.argsort(-near, kind="stable")[:MOST] if near[other] >= LEAST]
        if order:
            yield " ".join([stems[place], *(f"{stems[other]}:{round(100 * near[other])}" for other in order)])


def kept(of_each: Sequence[Matrix]) -> NDArray[np.int8]:
    """A row for each stem: its vectors by all encoders along their strongest directions."""
    rows = np.concatenate(of_each, axis=1)
    rows -= rows.mean(axis=0)
    directions = np.linalg.svd(rows, full_matrices=False)[2][:KEPT]
    return np.clip(np.round(STEPS * _unit(product(rows, directions.T))), -127, 127).astype(np.int8)


def _unit(vectors: Matrix) -> Matrix:
    unit: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def main() -> None:
    """Make the table, and store it where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("encoders", type=Path, nargs="+", help="the folders of encoders")
    parser.add_argument("--store", action="store_true", help="write the table beside the code that uses it")
    options = parser.parse_args()
    encoder.BATCH = BATCH
    words = common_words()
    made = [
        by_stem(words, centred(OnnxEncoder(folder).passages(words).astype(np.float64)))
        for folder in options.encoders
    ]
    table = [*HEAD, *lines(made[0][0], [vectors for _, vectors in made])]
    print(f"{len(table) - len(HEAD)} stems, {sum(line.count(':') for line in table[len(HEAD) :])} neighbours")
    if options.store:
        stems = [*HEAD_OF_STEMS, *made[0][0]]
        (STORED / near_words.FILE).write_text("\n".join(table) + "\n", encoding="utf-8")
        (STORED / word_vectors.STEMS).write_text("\n".join(stems) + "\n", encoding="utf-8")
        np.save(STORED / word_vectors.VECTORS, kept([vectors for _, vectors in made]), allow_pickle=False)


if __name__ == "__main__":
    main()
