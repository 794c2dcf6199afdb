"""An index of the sentences of all passages, word by word: the data for the closer look at the best passages.

The gathered rows of the passages (:mod:`qa.retrieval.gathering`) are joined, weighed over all of them, and
kept in flat arrays, which are mapped from files and read only as far as needed;
:mod:`qa.retrieval.sentence_layout` lays out the passages to examine.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.engines.arrays import looked_up, sums
from qa.engines.on_disk import mapped, on_disk
from qa.language.spelling import Speller
from qa.language.words import flagged
from qa.retrieval import classes
from qa.retrieval.background import shares
from qa.retrieval.classes import Flags
from qa.retrieval.demands import demands
from qa.retrieval.gathering import Numbers, Rows
from qa.retrieval.lexicon import Lexicon, Listed
from qa.retrieval.token_rows import TokenRow, TokenRows
from qa.retrieval.word_vectors import NOTHING, Tokens, rows_of, vectors_of

# The fewest letters of a word that is corrected; passages have so many words that shorter ones resemble too
# many.
SHORTEST = 6
SATURATION = 1.2  # for words repeated in a sentence, like BM25's k1 …
LENGTH = 0.75  # … and its b
USUAL = 14.0  # words of a usual sentence, without stop words
PRIOR = 300  # passages of general prose that the corpus's own counts are combined with
UNCOMMON = 0.001  # share of general passages assumed for a word that is not in the background list
CHUNK = 20_000  # passages whose tokens are processed together
AT_ONCE = 1_000  # likewise, while their vectors are made
MEANINGS = 20_000  # of more passages none is found by its vector: that takes long, and finds chance likeness
_LISTED, _OF_LEXICON = ("words", "terms"), "term_of"
_ARRAYS = tuple(one.name for one in fields(Rows) if one.name != "lexicon")
_NO_NUMBER = np.uint16(classes.ANY ^ (classes.FLAGS["number"] | classes.FLAGS["year"]))
_WEIGHED = ("weights", "names", "meanings", "flags", "unit_rooms")
OF_PASSAGES = frozenset({*_ARRAYS, "flags", "unit_rooms"})  # whose rows they are
_SLICED = {  # arrays that have an entry for each token, unit or pair
    *("tokens", "starts", "lengths", "capital", "unit_tokens", "unit_spans", "pair_terms", "pair_counts"),
    *("flags", "unit_rooms"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The rows of all passages, and the values computed from all of them together."""

    rows: Rows
    weights: NDArray[np.float64]  # for each term: its information
    names: NDArray[np.bool_]  # for each term: whether it is usually a name
    meanings: NDArray[np.float32]  # for each passage, its vector by those of its words; none of too many
    flags: Flags  # for each token
    unit_rooms: NDArray[np.float64]  # for each unit: k1 · (1 - b + b · length / usual length), as in BM25

    def save(self, folder: Path) -> None:
        """Write the values into a folder, beside the rows; see :func:`save_rows`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _WEIGHED:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    def row(self, passage: int) -> TokenRow:
        """The row of a passage, by its number."""
        rows = self.rows
        units = slice(*rows.passage_units[passage : passage + 2].tolist())
        ends = rows.unit_tokens[units.start : units.stop + 1]  # each begins where the last ended
        tokens = slice(*ends[[0, -1]].tolist())
        return TokenRow(
            rows.tokens[tokens],
            rows.starts[tokens],
            rows.lengths[tokens],
            self.flags[tokens],
            np.diff(ends),
            rows.unit_spans[units],
            self.unit_rooms[units],
        )


class Kept(NamedTuple):
    """What is kept also where the rows of the passages are not, as in Weighed."""

    weights: NDArray[np.float64]
    names: NDArray[np.bool_]
    meanings: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SentenceIndex:
    """The rows of all passages, and lookups for their words."""

    rows: TokenRows
    lexicon: Lexicon
    size: int  # the number of indexed passages
    weights: NDArray[np.float64]  # this and the next two as in Weighed
    names: NDArray[np.bool_]
    meanings: NDArray[np.float32]
    terms: Mapping[str, int]  # term → its number, including the terms of stop words
    sorted_terms: Sequence[str]  # without stop words, to find those that begin alike
    vector_rows: Numbers  # for each term: its row in the table of vectors of words
    spelling: Speller

    @classmethod
    def of(cls, weighed: Weighed) -> SentenceIndex:
        """Return the index of weighed rows."""
        kept = Kept(weighed.weights, weighed.names, weighed.meanings)
        return cls.over(weighed, weighed.rows.lexicon, weighed.rows.size, kept)

    @classmethod
    def over(cls, rows: TokenRows, lexicon: Lexicon, size: int, kept: Kept) -> SentenceIndex:
        """Return the index of the rows of ``size`` passages."""
        stop, term_of = flagged("stop"), lexicon.term_of.tolist()
        stopped = {number for word, number in zip(lexicon.words, term_of, strict=True) if word in stop}
        return cls(
            rows,
            lexicon,
            size,
            *kept,
            {term: number for number, term in enumerate(lexicon.terms)},
            [term for number, term in enumerate(lexicon.terms) if number not in stopped],
            rows_of(lexicon.terms),
            Speller(filter(str.isalpha, lexicon.words), SHORTEST),
        )

    def weight(self, term: str) -> float:
        """Return the information of a term; a term in no passage counts as if it could be in one."""
        number = self.terms.get(term)
        return (
            float(self.weights[number])
            if number is not None
            else _weight(0, shares().get(term, UNCOMMON), self.size)
        )

    def beginning(self, prefix: str) -> Iterator[str]:
        """Yield the terms that begin with a prefix."""
        for place in range(bisect_left(self.sorted_terms, prefix), len(self.sorted_terms)):
            if not self.sorted_terms[place].startswith(prefix):
                return
            yield self.sorted_terms[place]

    @classmethod
    def load(cls, folder: Path) -> SentenceIndex:
        """Return a saved index, mapped or left on the disk rather than read. Raises OSError or ValueError if
        it is missing or incomplete."""
        return cls.of(Weighed(read_rows(folder, _sliced), *(_sliced(folder, name) for name in _WEIGHED)))

    @classmethod
    def load_without_rows(cls, folder: Path, rows: TokenRows, size: int) -> SentenceIndex:
        """Return a saved index whose rows are elsewhere. Raises as :meth:`load`."""
        kept = Kept(*(_whole(folder, name) for name in Kept._fields))
        return cls.over(rows, _lexicon(folder, size), size, kept)


def save_rows(rows: Rows, folder: Path) -> None:
    """Write rows into a folder, creating it if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _LISTED:
        (folder / f"{name}.txt").write_text("\n".join(getattr(rows, name)), encoding="utf-8")
    for name in (_OF_LEXICON, *_ARRAYS):
        np.save(folder / f"{name}.npy", getattr(rows, name), allow_pickle=False)


def _whole(folder: Path, name: str) -> NDArray[Any]:
    return mapped(folder / f"{name}.npy")


def _sliced(folder: Path, name: str) -> Any:
    return on_disk(folder / f"{name}.npy") if name in _SLICED else _whole(folder, name)


def read_rows(folder: Path, read: Callable[[Path, str], Any] = _whole) -> Rows:
    """Return the rows of a saved index, whose arrays are ``read`` by name, mapped by default. Raises OSError
    or ValueError if they are missing or incomplete."""
    arrays = {name: read(folder, name) for name in _ARRAYS}
    return Rows(_lexicon(folder, len(arrays["passage_units"]) - 1), **arrays)


def _lexicon(folder: Path, passages: int) -> Listed:
    words, terms = (_listed(folder / f"{name}.txt") for name in _LISTED)
    return Listed(words, terms, _whole(folder, _OF_LEXICON), passages)


def _listed(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return text.split("\n") if text else []


def _weight(held_by: float, share: float, size: int) -> float:
    return math.log(1 + (size + PRIOR) / (held_by + PRIOR * share + 0.5))


def weighed(rows: Rows) -> Weighed:
    """Weigh rows that were joined."""
    of_word = _word_flags(rows.words)
    stop = np.zeros(len(rows.terms), dtype=bool)
    stop[rows.term_of[of_word & classes.STOP > 0]] = True
    names = _names(rows)
    usual_word = names[rows.term_of]
    flags, rooms = np.zeros(len(rows.tokens), dtype=np.uint16), np.zeros(len(rows.unit_tokens) - 1)
    for tokens, units in _chunks(rows):
        own, first = looked_up([(of_word, rows.tokens[tokens])], of_word.dtype), _first(rows, tokens, units)
        begins = np.flatnonzero(first)
        own[_labels(rows, begins + tokens.start) - tokens.start] &= _NO_NUMBER
        usual = np.zeros(len(first), dtype=bool)
        usual[begins] = usual_word[rows.tokens[begins + tokens.start]]
        flags[tokens] = classes.in_context(own, rows.capital[tokens], first, usual)
        rooms[units] = SATURATION * (1 - LENGTH + LENGTH * _sizes(rows, tokens, units, own) / USUAL)
    return Weighed(rows, _weights(rows), names & ~stop, _meanings(rows, of_word), flags, rooms)


def _meanings(rows: Rows, of_word: Flags) -> NDArray[np.float32]:
    """Return the vector of each passage, from the flags of words; none if there are more than MEANINGS."""
    if rows.size > MEANINGS:
        return np.zeros((0, 1), dtype=np.float32)
    of_words = rows_of(rows.terms)[rows.term_of]
    of_words[of_word & classes.STOP > 0] = NOTHING
    firsts = rows.unit_tokens[rows.passage_units]
    found = []
    for begun in range(0, rows.size, AT_ONCE):
        ends = firsts[begun : begun + AT_ONCE + 1]
        held, owner = rows.tokens[ends[0] : ends[-1]], np.arange(len(ends) - 1).repeat(np.diff(ends))
        found.append(vectors_of(Tokens(of_words[held], owner), len(ends) - 1))
    return np.concatenate(found) if found else np.zeros((0, 1), dtype=np.float32)


def _word_flags(words: Sequence[str]) -> Flags:
    """The flags that follow from the words' texts, of which few have any."""
    listed, stop = demands().words, flagged("stop")
    flags = np.zeros(len(words), dtype=np.uint16)
    for number, word in enumerate(words):
        if word in listed or word in stop or word[0].isdigit():
            flags[number] = classes.flags_of(word, listed, word in stop)
    return flags


def _chunks(rows: Rows) -> Iterator[tuple[slice, slice]]:
    """Yield the slices of tokens and units for some thousand passages at a time."""
    for begun in range(0, rows.size, CHUNK):
        units = slice(int(rows.passage_units[begun]), int(rows.passage_units[min(begun + CHUNK, rows.size)]))
        yield slice(int(rows.unit_tokens[units.start]), int(rows.unit_tokens[units.stop])), units


def _first(rows: Rows, tokens: slice, units: slice) -> NDArray[np.bool_]:
    """Return for each token whether it begins a unit."""
    first = np.zeros(tokens.stop - tokens.start, dtype=bool)
    begins = rows.unit_tokens[units] - tokens.start
    first[begins[begins < len(first)]] = True
    return first


def _labels(rows: Rows, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which of the tokens at ``places``, which begin a unit, are the number of a paragraph or list
    item: "33. The council …"."""
    behind = np.minimum(places + 1, len(rows.starts) - 1)
    ends = rows.starts[places].astype(np.int64) + rows.lengths[places]
    apart = rows.starts[behind].astype(np.int64) - ends == 2  # a full stop or bracket, and a space
    places = places[apart]
    return places[[rows.words[word].isdigit() for word in rows.tokens[places].tolist()]]


def _sizes(rows: Rows, tokens: slice, units: slice, flags: Flags) -> NDArray[np.int64]:
    """Return the number of words of each unit, without stop words."""
    return sums(flags & classes.STOP == 0, rows.unit_tokens[units.start : units.stop + 1] - tokens.start)


def _names(rows: Rows) -> NDArray[np.bool_]:
    """Return for each term whether it is usually a name."""
    seen, capitals = np.zeros(len(rows.words), dtype=np.int64), np.zeros(len(rows.words), dtype=np.int64)
    for tokens, units in _chunks(rows):
        within = ~_first(rows, tokens, units)
        words, capital = rows.tokens[tokens], rows.capital[tokens]
        seen += np.bincount(words[within], minlength=len(seen))
        capitals += np.bincount(words[within & capital], minlength=len(seen))
    of_terms = np.zeros((2, len(rows.terms)), dtype=np.int64)
    for of_term, of_words in zip(of_terms, (seen, capitals), strict=True):
        np.add.at(of_term, rows.term_of, of_words)
    return classes.usual_names(*of_terms)


def _weights(rows: Rows) -> NDArray[np.float64]:
    """Return ln(1 + (N + P) / (n + P·s + ½)) for a term that is in n of N passages and in a share s of P
    passages of general prose."""
    held_by = np.bincount(rows.pair_terms, minlength=len(rows.terms))
    share = np.array([shares().get(term, UNCOMMON) for term in rows.terms])
    weights: NDArray[np.float64] = np.log(1 + (rows.size + PRIOR) / (held_by + PRIOR * share + 0.5))
    return weights


def twins_of(rows: Rows) -> Numbers:
    """Return pairs of a passage with the same words as an earlier one, and the earliest such passage."""
    sentences = rows.unit_tokens[rows.passage_units[:-1] + 1].tolist()  # without the headings above
    ends = rows.unit_tokens[rows.passage_units[1:]].tolist()
    first, found = dict[bytes, int](), list[tuple[int, int]]()
    for number in _alike(rows):
        words = rows.term_of[rows.tokens[sentences[number] : ends[number]]].tobytes()
        if (twin := first.setdefault(words, number)) != number:
            found.append((number, twin))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


def _alike(rows: Rows) -> list[int]:
    """Return the passages with the same number of words as another and the same sum of squares of term
    numbers: all twins, and hardly any others."""
    bounds = np.stack([rows.passage_units[:-1] + 1, rows.passage_units[1:]], axis=1)
    bounds = np.append(rows.unit_tokens[bounds].ravel(), len(rows.tokens))  # of passages, and between them
    squares = np.square(rows.term_of.astype(np.int64))
    summed = sums(squares[rows.tokens], bounds)[::2] << 16 | np.diff(bounds)[::2] & 0xFFFF
    _, place, count = np.unique(summed, return_inverse=True, return_counts=True)
    return np.flatnonzero(count[place] > 1).tolist()
