"""Requests a second of /ask beside those of an endpoint that does nothing, both served alike: `python
benchmarks/serving.py`.

The other endpoint sends bytes of the answers' average size, with the same server, limits, headers, log and
metrics. The two take turns, so that whatever else the machine does is shared by both. Everything stays on
this machine: the client takes its share of the processors, too.
"""

import argparse
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response
from granian import Granian
from granian.constants import Interfaces, TaskImpl
from serving_clients import HOST, QUESTIONS, connected, fetch, read_questions, running, written

from qa.web.serving import headers, rate_limit, request_log, request_queue
from qa.web.serving.gateway import Gateway
from qa.web.serving.options import ServingOptions
from qa.web.serving.server import CONNECTIONS

LIMIT = "999999999/minute"  # counted for every request, and never reached
OPTIONS = ServingOptions(log="json", rate_limit=LIMIT)
TURNS = 4
OVERLOAD = 20  # times as many clients, to see what is refused


@dataclass(frozen=True, slots=True)
class Measured:
    """``seconds`` that all took, ``times`` of each answer and of each refusal in milliseconds, ``size`` in
    bytes of a body on average.
    """

    seconds: float
    times: Sequence[float]
    refusals: Sequence[float]
    size: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    def row(self, name: str) -> str:
        """A line of the table."""
        return (
            f"{name:<16} {self.rate:>10,.0f} {centile(self.times, 50):>9.1f} "
            f"{centile(self.times, 99):>9.1f} {self.size:>12,.0f}"
        )


def centile(times: Sequence[float], percent: int) -> float:
    """What so many percent of the times stay below."""
    return statistics.quantiles(times, n=100)[percent - 1] if len(times) > 1 else float("nan")


def empty(size: int) -> Flask:
    """An application that answers /ask with ``size`` bytes, and otherwise does what Askwell does for every
    request.
    """
    app = Flask(__name__)
    request_log.register(app, OPTIONS.log)
    request_queue.register(app, OPTIONS.capacity)
    rate_limit.register(app, LIMIT, rate_limit.MEMORY)
    headers.register(app)
    body = b" " * size
    app.add_url_rule("/ask", "ask", lambda: Response(body, mimetype="application/json"), methods=["POST"])
    return app


def serve_empty(port: int, size: int) -> None:
    """Serve it as ``qa serve`` would."""
    server = Granian(
        "empty",
        address=HOST,
        port=port,
        interface=Interfaces.ASGINL,
        task_impl=TaskImpl.asyncio,
        backpressure=CONNECTIONS,
        log_enabled=False,
    )
    server.serve(target_loader=lambda: Gateway(empty(size), 10, 0, OPTIONS.capacity), wrap_loader=False)


def measure(port: int, requests: Sequence[bytes], clients: int) -> Measured:
    """Send all requests by ``clients`` connections at once, each taking every n-th."""
    times, refusals, sizes = list[float](), list[float](), list[int]()

    def send(connection: socket.socket, request: bytes) -> None:
        begun = time.perf_counter()
        status, body = fetch(connection, request)
        spent = (time.perf_counter() - begun) * 1000
        if status == 503:
            refusals.append(spent)
            time.sleep(1)  # as Retry-After says
        elif status == 200:
            times.append(spent)
            sizes.append(len(body))

    def client(first: int) -> None:
        with connected(port) as connection:
            fetch(
                connection, requests[first]
            )  # not counted: so many connections at one moment are no load that lasts
            start.wait()
            for request in requests[first::clients]:
                send(connection, request)

    start = threading.Barrier(clients + 1)
    threads = [threading.Thread(target=client, args=(first,)) for first in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if len(times) + len(refusals) < len(requests):
        raise SystemExit("Some requests were not answered.")
    return Measured(time.perf_counter() - begun, times, refusals, statistics.fmean(sizes))


def together(parts: Sequence[Measured]) -> Measured:
    """All turns as one."""
    times = [spent for part in parts for spent in part.times]
    refusals = [spent for part in parts for spent in part.refusals]
    return Measured(
        sum(part.seconds for part in parts), times, refusals, statistics.fmean(part.size for part in parts)
    )


def compare(questions: Sequence[str], count: int, clients: int) -> None:
    """Print the table."""
    requests = [written(questions[place % len(questions)]) for place in range(count)]
    turns = [requests[turn::TURNS] for turn in range(TURNS)]
    serve = ("-m", "qa", "serve", "--cache", "none", "--log", OPTIONS.log, "--rate-limit", LIMIT, "--port")
    with running(*serve) as (_, port):
        size = measure(port, requests[: len(questions)], clients).size
        with running(__file__, "--empty", str(round(size))) as (_, other):
            measure(other, requests[: len(questions)], clients)
            measured = [(measure(port, turn, clients), measure(other, turn, clients)) for turn in turns]
        crowd = measure(port, requests, clients * OVERLOAD)
    answered, nothing = (together(parts) for parts in zip(*measured, strict=True))
    print(f"{'':<16} {'requests/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'bytes':>12}")
    print(answered.row("/ask"))
    print(nothing.row("nothing"))
    print(f"/ask has {answered.rate / nothing.rate:.2f} of the rate of nothing, with {clients} clients.")
    print(
        f"With {clients * OVERLOAD} clients, {len(crowd.times):,} requests are answered, p99 "
        f"{centile(crowd.times, 99):.0f} ms; "
        f"{len(crowd.refusals):,} are refused, p99 {centile(crowd.refusals, 99):.0f} ms."
    )


def main() -> None:
    """Measure, or serve the endpoint that does nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON lines, each with a question")
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--empty", type=int, nargs=2, metavar=("SIZE", "PORT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.empty:
        serve_empty(options.empty[1], options.empty[0])
        return
    compare(read_questions(options.questions), options.requests, options.clients)


if __name__ == "__main__":
    main()
