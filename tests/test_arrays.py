"""Long arrays of numbers: their rows sorted and their runs summed, as Python would do it one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.engines.arrays import ascending, sums


@pytest.mark.parametrize("most", [3, 1 << 20, (1 << 31) - 1], ids=["small", "packed", "too long to pack"])
@given(data=st.data())
def test_rows_are_sorted_by_one_column_after_another(most: int, data: st.DataObject) -> None:
    numbers = st.integers(0, most)
    rows = data.draw(st.lists(st.tuples(numbers, numbers, numbers), max_size=30))
    rows += [(most, most, most)]
    columns = ascending(*np.array(rows, dtype=np.int32).reshape(-1, 3).T)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == sorted(rows)
    assert {column.dtype for column in columns} == {np.dtype(np.int32)}


def test_no_rows_are_no_rows() -> None:
    assert [column.tolist() for column in ascending(np.zeros(0, np.int32), np.zeros(0, bool))] == [[], []]


@given(st.lists(st.lists(st.integers(0, 255), max_size=4), max_size=12))
def test_runs_are_summed_the_empty_ones_too(runs: list[list[int]]) -> None:
    values = np.array(list(itertools.chain.from_iterable(runs)), dtype=np.uint8)
    offsets = np.array([0, *itertools.accumulate(map(len, runs))], dtype=np.int64)
    assert sums(values, offsets).tolist() == list(map(sum, runs))
