"""Products of matrices, without the warnings that depend on the machine and say nothing about the numbers."""

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
