"""Bounds of time that mean the same on a slow machine as on a quick one."""

import os
import re
import time
from collections.abc import Callable

REFERENCE = 0.05  # seconds of the processor that `_work` takes on the machine that the bounds were set on
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_TEXT = "which of the care homes in the county, if any, weren't rated good for how well they're led? " * 40


def keeps(took: float, bound: float) -> bool:
    """Whether seconds of the processor are fewer than a bound, which is longer where this machine, as it is now,
    is slower than the one it was set on: that is measured only where it matters.
    """
    return took < bound or took < bound * min(_work() for _ in range(3)) / REFERENCE


def waits(took: float, bound: float) -> bool:
    """As :func:`keeps`, of seconds on the clock, which pass as well while others have the processor."""
    others = os.getloadavg()[0] / (os.cpu_count() or 1)
    return took < bound or took < bound * max(1.0, others, _work(time.perf_counter) / REFERENCE)


def _work(clock: Callable[[], float] = time.process_time) -> float:
    """The seconds of the processor, or of another clock, for work of the kind that reading a question is."""
    begun = clock()
    for _ in range(200):
        counts: dict[str, int] = {}
        for match in _WORDS.finditer(_TEXT):
            word = match[0].replace("'", "")
            counts[word] = counts.get(word, 0) + 1
        sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return clock() - begun
