"""Arrays and lists that are left on the disk give what those in memory give."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest

from qa.engines.on_disk import OnDisk, mapped, on_disk
from qa.retrieval.under import Under

ARRAYS = [
    np.arange(100_000, dtype=np.int32),
    np.arange(60_000, dtype=np.int32).reshape(-1, 2),
    np.linspace(0, 1, 20_000),
    np.arange(100_000) % 3 == 0,
    np.zeros(0, dtype=np.uint8),
    np.zeros((0, 2), dtype=np.int32),
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype}{array.shape}")
def test_slices_are_those_of_the_array(array: np.ndarray, tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", array)
    left = OnDisk(tmp_path / "array.npy")
    assert len(left) == len(array)
    for span in (
        slice(0, 5),
        slice(7, 8),
        slice(3, 3),
        slice(len(array) - 3, None),
        slice(None),
        slice(9, 2),
    ):
        found = left[span]
        assert (found.dtype, found.shape) == (array.dtype, array[span].shape)
        assert np.array_equal(found, array[span])


@pytest.mark.parametrize("rows", [10, 100_000])
def test_only_long_arrays_are_left_on_the_disk(rows: int, tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(rows))
    left = on_disk(tmp_path / "array.npy")
    assert isinstance(left, OnDisk) == (rows == 100_000)
    assert left[2:9].tolist() == list(range(2, 9))


def test_a_file_that_is_taken_away_is_read_to_the_end(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(100_000))
    left = on_disk(tmp_path / "array.npy")
    (tmp_path / "array.npy").unlink()
    assert left[99_998:].tolist() == [99_998, 99_999]


@pytest.mark.parametrize("rest", [0, 40, 128, 400_000, 800_127, 800_129])
def test_a_file_that_is_cut_off_or_too_long_is_refused(rest: int, tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(100_000))
    whole = (tmp_path / "array.npy").read_bytes()
    assert len(whole) == 800_128
    (tmp_path / "array.npy").write_bytes((whole + b"more")[:rest])
    with pytest.raises((ValueError, EOFError)):
        OnDisk(tmp_path / "array.npy")


def test_where_files_cannot_be_read_at_a_place_they_are_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pread")
    np.save(tmp_path / "array.npy", np.arange(100_000))
    assert np.array_equal(on_disk(tmp_path / "array.npy"), mapped(tmp_path / "array.npy"))


# Lists ------------------------------------------------------------------------------------------------------

LISTS = {"": [4], "oak": [1, 7, 9], "elm": [], "größe": [2, 7], "a b": [7, 9], "𝒜": [0], "oak tree": [9, 1]}


@pytest.fixture(params=["made", "loaded"])
def under(request: pytest.FixtureRequest, tmp_path: Path) -> Under:
    made = Under.of(LISTS)
    if request.param == "made":
        return made
    made.save(tmp_path / "lists")
    return Under.load(tmp_path / "lists")


def test_a_key_has_its_list_in_its_order(under: Under) -> None:
    assert {key: under.get(key) for key in LISTS} == LISTS
    assert {key: under.at(place) for place, key in enumerate(under.keys)} == LISTS
    assert all(under.get(key) == [] for key in ("oa", "oak ", "zebra", "\0", "𝒜𝒜"))


@pytest.mark.parametrize(
    ("keys", "found"),
    [(["oak"], [1, 7, 9]), (["a b", "oak"], [7, 9]), (["oak", "größe", "a b"], [7]), (["oak", "none"], [])],
)
def test_what_is_under_all_of_several_keys(under: Under, keys: list[str], found: list[int]) -> None:
    assert under.under_all(keys) == found
    assert under.under_all([]) == []


def test_any_lists_come_back(tmp_path: Path) -> None:
    chance = random.Random(1)
    lists = {f"key{chance.random()}": chance.choices(range(1_000), k=chance.randrange(4)) for _ in range(500)}
    Under.of(lists).save(tmp_path)
    loaded = Under.load(tmp_path)
    assert {key: loaded.get(key) for key in lists} == lists


def test_no_lists_can_be_kept_too(tmp_path: Path) -> None:
    Under.of({}).save(tmp_path)
    assert Under.load(tmp_path).get("oak") == []


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    Under.of(LISTS).save(tmp_path)
    np.save(tmp_path / "numbers.npy", np.arange(3, dtype=np.int32))
    with pytest.raises(ValueError, match="do not belong together"):
        Under.load(tmp_path)
