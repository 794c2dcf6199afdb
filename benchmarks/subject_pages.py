"""CPU time of the pages behind names: a subject's page, and a long list sorted by each column.

``subject_pages.py CORPUS``.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from qa.facts.whole_list import ListRequest, whole_list
from qa.question.query import EVERYTHING, Is, Query
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

RUNS = 200
SORTS = ("told", "subject", "provider", "rating", "published")
ROOT = Path(__file__).parents[1]


def main(corpus: Path = ROOT / "corpus") -> None:
    """Print the table."""
    service = Service.open(Settings.load({"corpus": str(corpus)}, {}))
    client = create_app(service).test_client()
    numbers = [1 + number * service.facts.size[1] // RUNS for number in range(RUNS)]
    subjects = client.get("/subjects?q=a&limit=1").get_json()[
        "subjects"
    ]  # what a first request reads is read
    names = [one.attributes.get("identifier") or one.name for one in service.facts.subjects(numbers)]
    times, sizes = [], []
    for name in [*(one["id"] for one in subjects), *names]:
        begun = time.thread_time()
        response = client.get(f"/subjects/{name}", headers={"Accept": "text/html"})
        times.append(1000 * (time.thread_time() - begun))
        sizes.append(len(response.data))
    print(
        f"{'subject page':<24}{statistics.median(times):>8.1f} ms{centile(times):>8.1f} ms at 95 "
        f"%{max(sizes):>10,} bytes at most"
    )
    scope = Is("care_home", ("Y",)) if service.facts.field("care_home") else EVERYTHING
    for sort in SORTS:
        spent = []
        for offset in (0, 50, 5_000):
            begun = time.thread_time()
            request = ListRequest(sort=sort, offset=offset)  # type: ignore[arg-type]
            listed = whole_list(Query(scope), service.facts, service.scale, request)
            spent.append(1000 * (time.thread_time() - begun))
        total = listed.total if listed else 0
        print(
            f"{f'list of {total:,} by {sort}':<32}{statistics.median(spent):>8.1f} ms{max(spent):>8.1f} "
            "ms at most"
        )


def centile(times: list[float]) -> float:
    """What 95 % of the times stay below."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
