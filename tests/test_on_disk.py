"""Arrays and lists that are left on the disk give what those in memory give."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.engines import pack
from qa.engines.keyed import Coded, Counts, Lists, Tuples
from qa.engines.on_disk import OnDisk, mapped, on_disk
from qa.engines.pack import Parts

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
def lists(request: pytest.FixtureRequest, tmp_path: Path) -> Lists:
    made = Lists.of(LISTS)
    return Lists.of_parts(kept(made.parts(), tmp_path)) if request.param == "loaded" else made


def kept(parts: Parts, folder: Path) -> Parts:
    """The parts as they are read from a file."""
    pack.write(folder / "parts.arrays", parts)
    return pack.read(folder / "parts.arrays")


def test_a_key_has_its_list_in_its_order(lists: Lists) -> None:
    assert {key: lists.listed(key) for key in LISTS} == LISTS
    assert list(lists) == sorted(LISTS)
    assert {key: lists.at(place).tolist() for place, key in enumerate(lists)} == LISTS
    for key in ("oa", "oak ", "zebra", "\0", "𝒜𝒜"):
        assert (lists.listed(key), lists.get(key), lists.count(key), key in lists) == ([], None, 0, False)


@pytest.mark.parametrize(
    ("keys", "found"),
    [(["oak"], [1, 7, 9]), (["a b", "oak"], [7, 9]), (["oak", "größe", "a b"], [7]), (["oak", "none"], [])],
)
def test_what_is_under_all_of_several_keys(lists: Lists, keys: list[str], found: list[int]) -> None:
    assert lists.under_all(keys) == found
    assert lists.under_all([]) == []


@pytest.mark.parametrize("size", [0, 1, 2, 500, 20_000])
def test_anything_comes_back_in_the_same_bytes_whatever_its_order(size: int, tmp_path: Path) -> None:
    chance = random.Random(size)
    each = {
        f"key {chance.random()}": chance.choices(range(1_000), k=chance.randrange(4)) for _ in range(size)
    }
    shuffled = dict(chance.sample(list(each.items()), size))
    pairs = [(number, one) for number, key in enumerate(shuffled) for one in sorted(set(each[key]))]
    made: dict[str, tuple[Any, Any, Any]] = {
        "lists": (Lists.of, Lists.of_parts, each),
        "counts": (Counts.of, Counts.of_parts, {key: len(key) for key in each}),
        "tuples": (Tuples.of, Tuples.of_parts, {key: tuple(key.split()) for key in each}),
    }
    for name, (of, of_parts, told) in made.items():
        (tmp_path / name).mkdir()
        read = of_parts(kept(of(told).parts(), tmp_path / name))
        first = (tmp_path / name / "parts.arrays").read_bytes()
        found = {key: value.tolist() if name == "lists" else value for key, value in read.items()}
        assert found == told
        kept(of({key: told[key] for key in shuffled}).parts(), tmp_path / name)
        assert (tmp_path / name / "parts.arrays").read_bytes() == first
    packed = np.array([number << 32 | one for number, one in pairs], np.int64)
    of_pairs = Lists.of_pairs({key: number for number, key in enumerate(shuffled)}, packed)
    assert {key: value.tolist() for key, value in of_pairs.items()} == {
        key: sorted(set(value)) for key, value in each.items() if value
    }


def test_strings_with_repeats_come_back(tmp_path: Path) -> None:
    told = ["", "oak", "größe", "oak", "\ud800", "", "𝒜"] * 20_000
    for made in (Coded.of(told), Coded.of_parts(kept(Coded.of(told).parts(), tmp_path))):
        assert len(made) == len(told)
        assert list(made) == told
        assert [made[number] for number in (1, 4, 139_999)] == ["oak", "\ud800", "𝒜"]
        assert len(made.values) == 5


def test_parts_that_do_not_belong_together_are_refused() -> None:
    parts = Lists.of(LISTS).parts()
    for name, other in (("numbers", np.arange(3, dtype=np.int32)), ("keys/slots", np.zeros(2, np.int32))):
        with pytest.raises(ValueError, match="do not belong together"):
            Lists.of_parts(parts | {name: other})
    with pytest.raises(ValueError, match="there is no"):
        Lists.of_parts({name: part for name, part in parts.items() if name != "numbers"})


@pytest.mark.parametrize("size", [10, 20_000])
def test_a_file_of_parts_that_is_cut_off_is_refused(size: int, tmp_path: Path) -> None:
    parts = Lists.of({f"key {number}": [number] for number in range(size)}).parts()
    kept(parts, tmp_path)
    whole = (tmp_path / "parts.arrays").read_bytes()
    for rest in (0, 1, 30, len(whole) // 2, len(whole) * 9 // 10):
        (tmp_path / "parts.arrays").write_bytes(whole[:rest])
        with pytest.raises(ValueError, match="is damaged or incomplete"):
            pack.read(tmp_path / "parts.arrays")
