"""A server as a user starts it."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def askwell(*flags: str) -> Iterator[int]:
    """The port of a server that is ready, with the default corpus, whose index is built once for all tests."""
    port = free_port()
    cache = os.environ["ASKWELL_TEST_CACHE"]
    command = [sys.executable, "-m", "qa", "serve", "--port", str(port), "--cache", cache, *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("Askwell is ready")
            yield port
        finally:
            process.terminate()


def get(port: int, path: str) -> bytes:
    """What a server answers, which must be a success."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        body: bytes = answer.read()
        return body
