"""Products of matrices, without warnings that depend on the machine and say nothing about the numbers, and
without threads where these cost more time than they save."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def product(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """``left @ right``, without a warning.

    OpenBLAS computes whole registers, unused lanes with whatever was in memory, so that "invalid value" says
    nothing about the product and comes on some processors only (numpy issue 24067). A real NaN is seen in the
    product itself.
    """
    with np.errstate(all="ignore"):
        return np.asarray(left @ right)


def row_products(rows: NDArray[Any], vector: NDArray[Any]) -> NDArray[Any]:
    """Return the product of each of some short rows with a vector, computed in the calling thread.

    OpenBLAS shares even this among its threads, which then wait for one another: on a machine with other work
    to do it takes up to thirty times as long.
    """
    found: NDArray[Any] = np.einsum("ij,j->i", rows, vector)
    return found
