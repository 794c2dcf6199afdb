"""Servers to measure, and connections that ask them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from qa.settings import shipped

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a server must answer
QUESTIONS = shipped("corpus") / "questions.jsonl"


def read_questions(path: Path, most: int = 1_000) -> Sequence[str]:
    """The questions of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(islice((json.loads(line)["question"] for line in lines if line.strip()), most))


@contextmanager
def running(*command: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a server, given its port as the last argument, and yield it with the port once it answers."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, *command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(port)
            yield process, port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Return once something listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("A server did not start.")


def connected(port: int) -> socket.socket:
    """A connection that sends at once."""
    connection = socket.create_connection((HOST, port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def written(question: str) -> bytes:
    """A request for an answer."""
    body = json.dumps({"question": question}).encode()
    return (
        f"POST /ask HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: "
        f"{len(body)}\r\n\r\n"
    ).encode() + body


def fetch(connection: socket.socket, request: bytes) -> tuple[int, bytes]:
    """Send a request and return the status and the body. Raises OSError where the connection ends before."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    parts = [body]
    left = length - len(body)
    while left > 0:
        parts.append(_more(connection))
        left -= len(parts[-1])
    return int(lines[0].split()[1]), b"".join(parts)


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise ConnectionResetError("the server ended the connection")
    return received
