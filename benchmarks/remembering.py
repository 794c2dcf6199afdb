"""An encoder that remembers what it has encoded, in a file beside the model, so that benchmarks encode every
text once.
"""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.retrieval.encoder import Encoder, OnnxEncoder, Vectors


class Remembering:
    """An encoder for another one's results."""

    def __init__(self, encoder: Encoder, file: Path) -> None:
        self.name = encoder.name
        self._encoder, self._file = encoder, file
        self._known: dict[str, Vectors] = {}
        if file.is_file():
            with np.load(file, allow_pickle=False) as stored:
                self._known = dict(zip(stored["texts"].tolist(), stored["rows"], strict=True))
        self._at_first = len(self._known)
        atexit.register(self._keep)

    def question(self, text: str) -> Vectors:
        """See :class:`qa.retrieval.encoder.Encoder`."""
        if f"?{text}" not in self._known:
            self._known[f"?{text}"] = self._encoder.question(text)
        return self._known[f"?{text}"]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`qa.retrieval.encoder.Encoder`."""
        new = [text for text in dict.fromkeys(texts) if f" {text}" not in self._known]
        self._known |= zip((f" {text}" for text in new), self._encoder.passages(new), strict=True)
        return np.stack([self._known[f" {text}"] for text in texts])

    def _keep(self) -> None:
        if len(self._known) > self._at_first:
            texts = sorted(self._known)
            np.savez(self._file, texts=np.array(texts), rows=np.stack([self._known[text] for text in texts]))


def remembering(folder: Path) -> Remembering:
    """The encoder of a folder."""
    return Remembering(OnnxEncoder(folder), folder / "remembered.npz")
