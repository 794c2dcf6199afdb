"""Counters of one process in the Prometheus text format: requests, their duration, answers by status, the
size of the index.

https://prometheus.io/docs/instrumenting/exposition_formats/. No label contains anything that a client sent.
"""

from __future__ import annotations

import os
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.service import Service

TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
)  # seconds; the last bucket has none


class Metrics:
    """Counts the requests of one process; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests = Counter[tuple[str, int]]()
        self._answers = Counter[str]()
        self._buckets: dict[str, list[int]] = {}
        self._seconds = dict[str, float]()

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a request to a route (its pattern, never its address)."""
        bucket = bisect_left(BOUNDS, seconds)
        with self._lock:
            self._requests[route, status] += 1
            self._buckets.setdefault(route, [0] * (len(BOUNDS) + 1))[bucket] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds

    def answer(self, status: str) -> None:
        """Count an answer by its status."""
        with self._lock:
            self._answers[status] += 1

    def text(self, service: Service) -> str:
        """Write all counters, with the size of the corpus that ``service`` has loaded."""
        with self._lock:
            lines = [*self._counted(), *self._timed()]
        return "\n".join((*lines, *_sizes(service), ""))

    def _counted(self) -> Iterator[str]:
        yield from _head("askwell_requests_total", "counter", "Requests, by route and HTTP status.")
        for (route, status), count in sorted(self._requests.items()):
            yield _sample("askwell_requests_total", {"route": route, "status": str(status)}, count)
        yield from _head("askwell_answers_total", "counter", "Answers, by their status.")
        for name, count in sorted(self._answers.items()):
            yield _sample("askwell_answers_total", {"status": name}, count)

    def _timed(self) -> Iterator[str]:
        name = "askwell_request_seconds"
        yield from _head(name, "histogram", "Time to the response, by route.")
        for route, buckets in sorted(self._buckets.items()):
            totals = list(accumulate(buckets))
            for bound, total in zip((*map(str, BOUNDS), "+Inf"), totals, strict=True):
                yield _sample(f"{name}_bucket", {"route": route, "le": bound}, total)
            yield _sample(f"{name}_sum", {"route": route}, self._seconds[route])
            yield _sample(f"{name}_count", {"route": route}, totals[-1])


def _sizes(service: Service) -> Iterator[str]:
    summary = service.summary
    counts = {
        "documents": summary.documents,
        "passages": summary.passages,
        "facts": summary.facts,
        "subjects": summary.subjects,
    }
    yield from _head("askwell_index_size", "gauge", "What is loaded, by kind.")
    for kind, count in counts.items():
        yield _sample("askwell_index_size", {"kind": kind}, count)


def _head(name: str, kind: str, help: str) -> tuple[str, str]:
    return f"# HELP {name} {help}", f"# TYPE {name} {kind}"


def _sample(name: str, labels: Mapping[str, str], value: float) -> str:
    written = ",".join(
        f'{label}="{text}"' for label, text in (*labels.items(), ("process", str(os.getpid())))
    )
    return f"{name}{{{written}}} {value}"
