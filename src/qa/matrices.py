"""The product of matrices, the same on every machine: the warnings that its parts raise are not about the
numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def product(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """``left @ right``, without a warning.

    A kernel of OpenBLAS calculates whole lanes of a register, the unused ones with whatever stood in memory:
    there an "invalid value" says nothing about the product, and comes on one processor and not on another
    (numpy issue 24067). What is not a number shows in the product itself.
    """
    with np.errstate(all="ignore"):
        return np.asarray(left @ right)
