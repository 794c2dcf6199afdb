"""The vectors of all passages and their sentences, stored by the hash of each text, and how near a question
is to them.

*Nearness* is a cosine on the encoder's own scale: 0 is for texts that have nothing to do with each other, 1
for a question and its answer. Both are computed from :data:`YARDSTICK` when an encoder is loaded, so that one
set of coefficients serves every encoder.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.matrices import product
from qa.passages import sentences_of
from qa.records import Passage
from qa.retrieval.encoder import Encoder, OnnxEncoder, Vectors

Small: TypeAlias = NDArray[np.int8]
Progress = Callable[[int, int], None]  # texts encoded, texts to encode

BATCH = 64  # texts encoded between two reports of progress
_KEY = 16  # bytes of a text's digest

YARDSTICK = (
    ("When does the shop open on Sundays?", "On Sundays the doors are open from ten to four."),
    ("Who painted the ceiling?", "The ceiling is the work of a young artist from Siena."),
    ("Why was the bridge closed?", "Cracks in two of its pillars forced the town to shut the bridge."),
    ("How many people live on the island?", "The island has some three hundred inhabitants."),
    (
        "What should I do when the alarm rings?",
        "At the sound of the alarm leave the building and meet at the gate.",
    ),
    ("Which plants grow in the shade?", "Ferns and mosses thrive where little light falls."),
    ("How is the money spent?", "Two thirds of the budget go to wages, the rest to repairs."),
    ("Did the patients get better?", "Most of those treated had recovered within a month."),
    ("What did the judge decide?", "The court found for the tenant and awarded costs."),
    ("How cold does it get in winter?", "In January the temperature falls to twenty below zero."),
    ("Who may join the club?", "Membership is open to anybody over sixteen."),
    ("What is the train made of?", "Its carriages are built of aluminium and glass."),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of an encoder's cosines: the cosine of unrelated texts, and how far above it a question and
    its answer are."""

    unrelated: float
    above: float

    @classmethod
    def of(cls, encoder: Encoder) -> Scale:
        """Compute the scale from the yardstick."""
        told = encoder.passages([answer for _, answer in YARDSTICK])
        cosines = product(np.stack([encoder.question(question) for question, _ in YARDSTICK]), told.T)
        related = float(np.diag(cosines).mean())
        unrelated = float((cosines.sum() - np.trace(cosines)) / (cosines.size - len(cosines)))
        return cls(unrelated, max(related - unrelated, 1e-3))


@dataclass(frozen=True, slots=True)
class Near:
    """How near a question is to some passages and to each of their sentences."""

    passages: Sequence[float]
    sentences: Sequence[Sequence[float]]  # for each passage, in their order


class VectorIndex:
    """The vectors of an index; it never changes, so threads may share it."""

    def __init__(
        self,
        passages: Sequence[Passage],
        encoder: Encoder,
        folder: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Encode the passages; vectors in ``folder`` are reused, and new ones are stored there."""
        self._encoder, self._scale = encoder, Scale.of(encoder)
        whole = [_whole(passage) for passage in passages]
        sentences = [
            [passage.text[span.start : span.end] for span in sentences_of(passage)] for passage in passages
        ]
        self._firsts = np.cumsum([0, *map(len, sentences)])
        rows = _rows([*whole, *(text for of_one in sentences for text in of_one)], encoder, folder, progress)
        self._whole = _unit(rows[: len(whole)])
        self._sentences = rows[len(whole) :]

    @classmethod
    def of(
        cls, passages: Sequence[Passage], encoder: Path, folder: Path | None, progress: Progress | None = None
    ) -> VectorIndex:
        """Return the vectors by the encoder in a folder. Raises EncoderError if it can't be loaded."""
        return cls(passages, OnnxEncoder(encoder), folder, progress)

    def question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self._encoder.question(text)

    def nearest(self, question: Vectors, count: int) -> list[int]:
        """Return the ``count`` passages nearest to a question, the nearest first."""
        if not len(self._whole):
            return []
        cosines = product(self._whole, question)
        chosen = (
            np.argpartition(-cosines, count - 1)[:count] if count < len(cosines) else np.arange(len(cosines))
        )
        nearest: list[int] = chosen[np.lexsort((chosen, -cosines[chosen]))][:count].tolist()
        return nearest

    def near(self, question: Vectors, passages: Sequence[int]) -> Near:
        """Return how near a question is to these passages."""
        if not passages:
            return Near((), ())
        told = [self._sentences[self._firsts[number] : self._firsts[number + 1]] for number in passages]
        cosines = self._on_scale(product(_unit(np.concatenate(told)), question))
        ends = np.cumsum([len(rows) for rows in told])[:-1]
        whole = self._on_scale(product(self._whole[list(passages)], question))
        return Near(whole.tolist(), [part.tolist() for part in np.split(cosines, ends)])

    def _on_scale(self, cosines: Vectors) -> NDArray[np.float64]:
        return (cosines.astype(np.float64) - self._scale.unrelated) / self._scale.above


def _whole(passage: Passage) -> str:
    """Return a passage with its headings."""
    above = dict.fromkeys((passage.document.title, *passage.headings, *passage.columns))
    return f"{'. '.join(above)}. {passage.text}"


def _rows(texts: Sequence[str], encoder: Encoder, folder: Path | None, progress: Progress | None) -> Small:
    """Return a row for each text, stored or new."""
    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY] for text in texts]
    kept = _load(folder, encoder.name)
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if new:
        kept |= zip(new, _encoded(list(new.values()), encoder, progress), strict=True)
        _save(folder, encoder.name, keys, kept)
    return np.stack([kept[key] for key in keys]) if keys else np.zeros((0, 1), dtype=np.int8)


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress | None) -> Iterable[Small]:
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: dict[int, Small] = {}
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        vectors = encoder.passages([texts[place] for place in places])
        small = np.round(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True))).astype(np.int8)
        rows |= zip(places, small, strict=True)
        if progress:
            progress(len(rows), len(texts))
    return [rows[place] for place in range(len(texts))]


def _unit(rows: Small) -> Vectors:
    """Return the rows scaled to length 1."""
    vectors = rows.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    unit: Vectors = (vectors / lengths).astype(np.float32, copy=False)
    return unit


def _path(folder: Path, name: str) -> Path:
    return folder / f"vectors-{name}.npz"


def _load(folder: Path | None, name: str) -> dict[bytes, Small]:
    """Return the cached vectors; none if they are missing or damaged, so that they are made again."""
    if folder is None:
        return {}
    try:
        with np.load(_path(folder, name), allow_pickle=False) as stored:
            keys, rows = stored["keys"], stored["rows"]
        return dict(zip((key.tobytes() for key in keys), rows, strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def _save(folder: Path | None, name: str, keys: Sequence[bytes], kept: dict[bytes, Small]) -> None:
    """Store the vectors of the current texts; an incomplete file never replaces a complete one."""
    if folder is None:
        return
    present = list(dict.fromkeys(keys))
    stored = np.frombuffer(b"".join(present), dtype=np.uint8).reshape(-1, _KEY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".npz", delete=False) as file:
            np.savez(file, keys=stored, rows=np.stack([kept[key] for key in present]))
        Path(file.name).replace(_path(folder, name))
    except OSError:
        return  # if the folder can't be written to, texts are only encoded again at the next start
