"""Products of matrices: what they hold, and that no warning comes of what a processor does beside them."""

import numpy as np
import pytest

from qa.matrices import product, row_products

RANDOM = np.random.default_rng(1)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (3, 4), (7, 17), (64, 33)])
def test_it_is_the_sum_of_the_products(kind: type, shape: tuple[int, int]) -> None:
    rows, vector = RANDOM.normal(size=shape), RANDOM.normal(size=shape[1])
    plain = [
        sum(one * other for one, other in zip(row, vector.tolist(), strict=True)) for row in rows.tolist()
    ]
    for found in (product, row_products):
        assert found(rows.astype(kind), vector.astype(kind)).tolist() == pytest.approx(plain, abs=1e-4)


@pytest.mark.parametrize(("left", "right"), [(np.inf, 0), (np.inf, -np.inf), (1e308, 1e308), (np.nan, 1)])
def test_what_is_not_a_number_shows_in_the_product_and_raises_no_warning(left: float, right: float) -> None:
    assert not np.isfinite(product(np.array([[left]]), np.array([right]))).any()
