"""Encoders: models that turn texts into vectors that are near to each other if the texts have similar
meanings.

An extra: everything works without.

An encoder is a folder with three files::

    model.onnx        the model in ONNX, as many publishers of sentence encoders offer it
    tokenizer.json    its tokenizer
    encoder.toml      pooling = "mean" or "cls"; question = and passage = what is put before either;
                      longest = tokens of a text

Askwell downloads nothing.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError

Vectors: TypeAlias = NDArray[np.float32]

BATCH = 16  # texts encoded at once, of about the same length
_FILES = ("model.onnx", "tokenizer.json", "encoder.toml")
_KEYS = frozenset({"pooling", "question", "passage", "longest"})
_HOW = (
    "An encoder's folder contains model.onnx, tokenizer.json and encoder.toml; docs/settings.md says "
    "how to get one."
)


class Encoder(Protocol):
    """What the rest of Askwell knows about an encoder; ``name`` identifies it."""

    name: str

    def question(self, text: str) -> Vectors:
        """Return the vector of a question, with length 1."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text."""
        ...


class OnnxEncoder:
    """A sentence encoder run by onnxruntime; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder. Raises EncoderError, naming what is missing and how to get it."""
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise EncoderError(
                f'An encoder needs the extra "semantic" ({error}). Install it: pip install '
                '"askwell[semantic]".'
            ) from None
        self.name = digest(folder)
        self._read_table(folder / "encoder.toml")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # a question is short, and several threads serve questions
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                folder / "model.onnx", options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # neither library has a base class for its errors
            raise EncoderError(f"The encoder in {folder} can't be loaded: {error}. {_HOW}") from error
        self._tokenizer.enable_truncation(self._longest)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}

    def question(self, text: str) -> Vectors:
        """See :meth:`Encoder.question`."""
        vector: Vectors = self._encoded([self._before["question"] + text])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.passages`."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows |= zip(
                places,
                self._encoded([self._before["passage"] + texts[place] for place in places]),
                strict=True,
            )
        return (
            np.stack([rows[place] for place in range(len(texts))])
            if texts
            else np.zeros((0, 0), dtype=np.float32)
        )

    def _read_table(self, path: Path) -> None:
        try:
            table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise EncoderError(f"{path} can't be read: {error}. {_HOW}") from error
        if unknown := sorted(table.keys() - _KEYS):
            raise EncoderError(
                f"{path} has an unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}."
            )
        self._pooling, self._longest = table.get("pooling", "mean"), table.get("longest", 512)
        self._before = {key: table.get(key, "") for key in ("question", "passage")}
        if self._pooling not in ("mean", "cls"):
            raise EncoderError(f'{path}: pooling can\'t be {self._pooling!r}; it is "mean" or "cls".')
        if not isinstance(self._longest, int) or self._longest < 8:
            raise EncoderError(
                f"{path}: longest can't be {self._longest!r}; it is a number of tokens, 8 or more."
            )
        if not all(isinstance(text, str) for text in self._before.values()):
            raise EncoderError(f"{path}: question and passage are texts in quotation marks.")

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in tokens], dtype=np.int64)
        given = {
            "input_ids": np.array([one.ids for one in tokens], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": 0 * mask,
        }
        states = self._session.run(
            None, {name: value for name, value in given.items() if name in self._inputs}
        )[0]
        pooled = (
            states[:, 0]
            if self._pooling == "cls"
            else (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
        )
        with np.errstate(all="ignore"):  # the result is checked
            vectors: Vectors = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)
        if not np.isfinite(vectors).all():
            raise EncoderError(
                f"The encoder gives no numbers for {texts[0][:60]!r} or a text encoded with it. Is its model "
                "complete?"
            )
        return vectors


def digest(folder: Path) -> str:
    """Return a hash that identifies the files of an encoder. Raises EncoderError, naming what is missing and
    how to get it."""
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise EncoderError(f"The encoder's folder {folder} lacks {' and '.join(missing)}. {_HOW}")
    whole = hashlib.sha256()
    for name in _FILES:
        with (folder / name).open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:16]
