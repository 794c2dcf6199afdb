"""Requests a second of /ask beside those of an endpoint that does nothing, both served alike: `python benchmarks/serving.py`.

The other endpoint sends bytes of the answers' average size, with the same server, headers and metrics. Everything stays on this machine, so
that the client takes its share of the processors from both.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flask import Flask, Response
from granian import Granian
from granian.constants import Interfaces

from qa.settings import shipped
from qa.web import headers
from qa.web.operating import Operating, register
from qa.web.server import SLOW

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a server must answer


@dataclass(frozen=True, slots=True)
class Measured:
    """``rate`` in requests a second, ``times`` in milliseconds, ``size`` in bytes of a body on average."""

    rate: float
    times: Sequence[float]
    size: float

    def row(self, name: str) -> str:
        cuts = statistics.quantiles(self.times, n=100)
        return f"{name:<16} {self.rate:>10,.0f} {cuts[49]:>9.1f} {cuts[98]:>9.1f} {max(self.times):>9.1f} {self.size:>12,.0f}"


def empty(size: int) -> Flask:
    """An application that answers /ask with ``size`` bytes, and otherwise does what Askwell does for every request."""
    app = Flask(__name__)
    register(app, Operating())
    headers.register(app)
    body = b" " * size
    app.add_url_rule("/ask", "ask", lambda: Response(body, mimetype="application/json"), methods=["POST"])
    return app


def serve_empty(port: int, size: int) -> None:
    server = Granian(
        "empty", address=HOST, port=port, interface=Interfaces.WSGI, blocking_threads=SLOW + Operating().capacity, log_enabled=False
    )
    server.serve(target_loader=lambda: empty(size), wrap_loader=False)


@contextmanager
def running(*command: str) -> Iterator[int]:
    """Start a server, given its port as the last argument, and yield the port once it answers."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    with subprocess.Popen([sys.executable, *command, str(port)], stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("A server did not start.")


def written(question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    return f"POST /ask HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def fetch(connection: socket.socket, request: bytes) -> int:
    """Send a request and return how many bytes of body came back."""
    connection.sendall(request)
    received = connection.recv(65536)
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise SystemExit(f"A server answered {head.partition(bytes((13, 10)))[0].decode()}.")
    length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")).split(b":")[1])
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65536)))
    return length


def measure(port: int, requests: Sequence[bytes], clients: int) -> Measured:
    """Send all requests by ``clients`` connections at once, each taking every n-th."""
    times, sizes = list[float](), list[int]()

    def client(first: int) -> None:
        with socket.create_connection((HOST, port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in requests[first::clients]:
                begun = time.perf_counter()
                sizes.append(fetch(connection, request))
                times.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=client, args=(first,)) for first in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    if len(times) < len(requests):
        raise SystemExit("Some requests were not answered.")
    return Measured(len(times) / spent, times, statistics.fmean(sizes))


def compare(questions: Sequence[str], count: int, clients: int) -> None:
    """Print the table."""
    requests = [written(questions[place % len(questions)]) for place in range(count)]
    with running("-m", "qa", "serve", "--cache", "none", "--port") as port:
        measure(port, requests[: 4 * clients], clients)
        answered = measure(port, requests, clients)
    with running(__file__, "--empty", str(round(answered.size))) as port:
        measure(port, requests[: 4 * clients], clients)
        nothing = measure(port, requests, clients)
    print(f"{'':<16} {'requests/s':>10} {'p50 ms':>9} {'p99 ms':>9} {'most ms':>9} {'bytes':>12}")
    print(answered.row("/ask"))
    print(nothing.row("nothing"))
    print(f"/ask has {answered.rate / nothing.rate:.2f} of the rate of nothing, with {clients} clients.")


def main() -> None:
    """Measure, or serve the endpoint that does nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--questions", type=Path, default=shipped("corpus") / "questions.jsonl", help="JSON lines, each with a question")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--empty", type=int, nargs=2, metavar=("SIZE", "PORT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.empty:
        serve_empty(options.empty[1], options.empty[0])
        return
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = list(islice((json.loads(line)["question"] for line in lines if line.strip()), 1_000))
    compare(questions, options.requests, options.clients)


if __name__ == "__main__":
    main()
