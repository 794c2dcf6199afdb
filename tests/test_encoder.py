"""Encoders: with a stub of known meanings for what retrieval makes of vectors, and a real model where one is
at hand.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qa import wire
from qa.errors import EncoderError
from qa.language.stems import terms
from qa.language.tokens import tokenize
from qa.records import Document, Passage
from qa.retrieval import Retriever, Thesaurus
from qa.retrieval.encoder import OnnxEncoder, Vectors
from qa.retrieval.vectors import Scale, VectorIndex
from qa.service import Service
from qa.settings import Settings

if TYPE_CHECKING:
    import wordings

MEANINGS = (
    "feline cat kitten purr",
    "vessel boat ship canoe",
    "meal dinner lunch supper",
    "gardener roses tulips weeds",
)


class Stub:
    """A text is where its words' meanings are; all texts have a little in common, as with real models."""

    def __init__(self, name: str = "stub") -> None:
        self.name = name
        self.encoded: list[str] = []

    def question(self, text: str) -> Vectors:
        return self._vector(text)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return np.stack([self._vector(one) for one in texts])

    def _vector(self, told: str) -> Vectors:
        words = {token.text for token in tokenize(told)}
        vector = np.array(
            [len(words & set(meaning.split())) for meaning in MEANINGS] + [0.5], dtype=np.float32
        )
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


def passage(number: int, body: str) -> Passage:
    return Passage(str(number), Document(f"{number}.txt", "Notes", body, ()), 0, len(body))


PASSAGES = [
    passage(0, "A kitten slept by the stove. It would purr all day."),
    passage(1, "The canoe was mended. The ship had sailed."),
    passage(2, "Supper was late."),
    *(passage(number, f"Roses and tulips stood in bed {number}.") for number in range(3, 40)),
]


def searched(question: str, encoder: Stub) -> Retriever:
    return Retriever(PASSAGES, thesaurus=Thesaurus.of(), vectors=VectorIndex(PASSAGES, encoder))


@pytest.mark.parametrize(
    ("asked", "number"), [("Where is the cat?", 0), ("What became of the boat?", 1), ("When is dinner?", 2)]
)
def test_a_passage_is_found_that_shares_no_word_with_the_question(asked: str, number: int) -> None:
    assert set(terms(asked)).isdisjoint(terms(PASSAGES[number].text))
    assert searched(asked, Stub()).search(asked).ranked[0].passage.id == str(number)


def test_the_nearest_sentence_is_marked() -> None:
    found = searched("", Stub()).search("Which boat is it?").ranked[0]
    assert found.answer
    assert (
        "canoe" in found.passage.text[found.answer.start : found.answer.end] or "ship" in found.passage.text
    )


def test_only_the_documents_asked_for_are_searched() -> None:
    found = searched("", Stub()).search("Where is the cat?", documents=frozenset({"5.txt", "6.txt"}))
    assert {ranked.passage.document.path for ranked in found.ranked} <= {"5.txt", "6.txt"}


def test_the_same_question_finds_the_same() -> None:
    one, other = (searched("", Stub()).search("Where is the boat of the gardener?") for _ in range(2))
    assert one == other


def test_only_new_texts_are_encoded_again(tmp_path: Path) -> None:
    first, again = Stub(), Stub()
    VectorIndex(PASSAGES, first, tmp_path)
    changed = [*PASSAGES, passage(99, "Weeds grew.")]
    index = VectorIndex(changed, again, tmp_path)
    yardstick = set(yardstick_texts())
    assert {told for told in again.encoded if told not in yardstick} == {"Notes. Weeds grew.", "Weeds grew."}
    question = again.question("Is the cat in?")
    assert index.nearest(question, 3) == VectorIndex(changed, Stub()).nearest(question, 3)


def yardstick_texts() -> list[str]:
    stub = Stub()
    Scale.of(stub)
    return stub.encoded


def test_another_encoder_takes_nothing_of_what_is_kept(tmp_path: Path) -> None:
    VectorIndex(PASSAGES, Stub("one"), tmp_path)
    other = Stub("two")
    VectorIndex(PASSAGES, other, tmp_path)
    assert len(other.encoded) > len(PASSAGES)


@pytest.mark.parametrize("broken", [b"", b"PK", b"not an archive"])
def test_kept_vectors_that_are_broken_are_made_anew(tmp_path: Path, broken: bytes) -> None:
    VectorIndex(PASSAGES, Stub(), tmp_path)
    (kept,) = tmp_path.glob("vectors-*.npz")
    kept.write_bytes(broken)
    assert VectorIndex(PASSAGES, Stub(), tmp_path).nearest(Stub().question("cat"), 1) == [0]


def test_progress_is_told_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    VectorIndex(PASSAGES, Stub(), tmp_path, lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] > 0


def test_an_index_without_passages_finds_nothing() -> None:
    assert Retriever([], vectors=VectorIndex([], Stub())).search("cat").ranked == ()


# Folders of encoders ----------------------------------------------------------------------------------------


def folder(path: Path, table: str) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        (path / name).write_text("{}", encoding="utf-8")
    (path / "encoder.toml").write_text(table, encoding="utf-8")
    return path


def test_a_folder_that_lacks_files_says_which() -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(EncoderError, match=r"lacks model.onnx and tokenizer.json and encoder.toml"):
        OnnxEncoder(Path("/nowhere"))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('pooling = "max"', 'it is "mean" or "cls"'),
        ("longest = 2", "8 or more"),
        ("layers = 2", "unknown key 'layers'"),
        ("pooling = ", "can't be read"),
        ("question = 3", "texts in quotation marks"),
        ('pooling = "cls"', "can't be loaded"),
    ],
)
def test_a_folder_that_can_not_be_used_says_why(tmp_path: Path, table: str, told: str) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(EncoderError, match=told):
        OnnxEncoder(folder(tmp_path, table))


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EncoderError, match=r'pip install "askwell\[semantic\]"'):
        OnnxEncoder(folder(tmp_path, ""))


ENCODERS = Path(__file__).resolve().parents[1] / ".encoders"  # .ci/encoders fetches them


@pytest.fixture(scope="module", params=["bge-small-en-v1.5", "all-MiniLM-L6-v2"])
def place(request: pytest.FixtureRequest) -> Path:
    found = ENCODERS / str(request.param)
    if not (found / "model.onnx").is_file():
        pytest.skip(f"the encoder {request.param} is not here: .ci/encoders fetches it")
    pytest.importorskip("onnxruntime")
    return found


@pytest.fixture(scope="module")
def real(place: Path) -> OnnxEncoder:
    return OnnxEncoder(place)


def test_a_real_encoder_finds_other_words(real: OnnxEncoder) -> None:
    told = ["The feline slept by the stove.", "The budget was cut by a third.", "Trains run every hour."]
    vectors = real.passages(told)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert int(np.argmax(vectors @ real.question("Where is the cat?"))) == 0
    assert real.passages(told[:1])[0] == pytest.approx(vectors[0], abs=0.05)
    assert Scale.of(real).above > 0.1


@pytest.fixture(scope="module")
def reworded() -> list[wordings.Asked]:
    """The pages that lie beside the benchmarks, with questions in other words than theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).resolve().parents[1] / "benchmarks"))
        return importlib.import_module("wordings").read(Path("/nowhere"))  # type: ignore[no-any-return]


def test_with_a_real_encoder_more_is_found_in_other_words(
    real: OnnxEncoder, reworded: list[wordings.Asked]
) -> None:
    found: Counter[str] = Counter()
    for asked in reworded:
        plain = Retriever(asked.passages, thesaurus=Thesaurus.of())
        encoded = Retriever(
            asked.passages, thesaurus=Thesaurus.of(), vectors=VectorIndex(asked.passages, real)
        )
        for case in asked.cases:
            for name, retriever in (("plain", plain), ("encoded", encoded)):
                found[name] += any(
                    case.answered_by(one.passage) for one in retriever.search(case.question, top=3).ranked
                )
    answerable = sum(bool(case.spans) for asked in reworded for case in asked.cases)
    assert answerable > 50
    assert found["encoded"] >= found["plain"] + answerable // 12
    assert found["encoded"] >= 0.8 * answerable


def test_a_service_with_a_real_encoder_answers_alike_however_often_it_is_opened(
    place: Path, tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    told = (
        "The library shuts at six.\n\nOverdue novels cost ten pence a week.\n\nDogs are welcome in the "
        "reading garden.\n"
    )
    (tmp_path / "corpus" / "notes.txt").write_text(told, encoding="utf-8")
    given = {"corpus": tmp_path / "corpus", "cache": tmp_path / "cache", "encoder": place}
    answers = [
        wire.dumps(
            Service.open(Settings.load(given, {})).ask("What is the fine for bringing books back late?")
        )
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert b"ten pence" in answers[0]
