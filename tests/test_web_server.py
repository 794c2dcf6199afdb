"""The server as a user starts it: it says when it is ready, stops cleanly, and says what to do when it can't
start.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.errors import ServerError
from qa.settings import Settings, shipped
from qa.web.serving.server import address, serve


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def serving(port: int, *flags: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server in a process group of its own, as a terminal starts it, with the first line that it prints."""
    cache = os.environ["ASKWELL_TEST_CACHE"]  # with the index of the default corpus, built once for all tests
    command = [sys.executable, "-m", "qa", "serve", "--port", str(port), "--cache", cache, *flags]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_says_when_it_is_ready_answers_and_stops_cleanly(port: int, stop: signal.Signals) -> None:
    with serving(port) as (process, line):
        assert line == f"Askwell is ready on http://127.0.0.1:{port}\n"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/ask", b'{"question": "Oxleas?"}', {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=10) as response:
            assert json.load(response)["status"] == "answered"
        os.killpg(process.pid, stop)
        output, errors = process.communicate(timeout=20)
        assert (process.returncode, output, errors) == (0, "", "")


def ready(port: int) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as response:
        found: dict[str, object] = json.load(response)
        return found


def test_a_hangup_loads_the_corpus_anew_and_keeps_the_workers(port: int, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(shipped("corpus"), tmp_path / "corpus"))
    with serving(port, "--cache", "none", "--corpus", str(corpus)) as (process, _):
        before = ready(port)
        (corpus / "added.md").write_text(
            "# Aardvarks\n\nThe aardvark ward was praised by every visitor.\n", encoding="utf-8"
        )
        process.send_signal(signal.SIGHUP)
        for _ in range(400):
            if (now := ready(port)) != before:
                break
            time.sleep(0.05)
        assert (now["stale"], now["fingerprint"] != before["fingerprint"]) == (False, True)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_request_that_has_begun_is_answered_to_its_end_when_the_server_is_told_to_stop(port: int) -> None:
    with (
        serving(port) as (process, _),
        socket.create_connection(("127.0.0.1", port), timeout=20) as connection,
    ):
        body = b'{"question": "Which trust became outstanding?"}\n' * 300
        head = (
            "POST /ask/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
            f"application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        received = connection.recv(4096)
        process.send_signal(signal.SIGTERM)
        while part := connection.recv(65536):
            received += part
        _, errors = process.communicate(timeout=20)
        assert received.count(b'"status":"answered"') == 300
        assert received.endswith(b"0\r\n\r\n")
        assert (process.returncode, errors) == (0, "")


def worker_of(port: int) -> int:
    """The process that answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        return int(re.findall(rb'process="(\d+)"', response.read())[0])


def test_a_killed_worker_is_replaced_even_if_its_corpus_has_to_be_mended_first(
    port: int, tmp_path: Path
) -> None:
    corpus = Path(shutil.copytree(shipped("corpus"), tmp_path / "corpus"))
    with serving(port, "--cache", "none", "--corpus", str(corpus)) as (process, _):
        killed = worker_of(port)
        corpus.rename(tmp_path / "away")
        os.kill(killed, signal.SIGKILL)
        assert process.stderr is not None
        while "There is no" not in (line := process.stderr.readline()):
            assert line
        (tmp_path / "away").rename(corpus)
        for _ in range(400):
            try:
                assert worker_of(port) != killed
                break
            except OSError:
                time.sleep(0.05)
        assert ready(port)["stale"] is False


def test_nothing_is_wrong_or_lost_while_corpora_change_and_a_worker_is_killed() -> None:
    measure = Path(__file__).parents[1] / "benchmarks" / "reloading.py"
    command = [sys.executable, str(measure), "--requests", "200", "--reloads", "2", "--clients", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_several_workers_say_it_once(port: int) -> None:
    with serving(port, "--workers", "2") as (process, line):
        assert line.startswith("Askwell is ready")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        assert (process.returncode, output) == (0, "")


def test_a_body_sent_in_chunks_is_limited_too(port: int) -> None:
    with serving(port), socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        head = (
            f"POST /ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: "
            "application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = f"{0x8000:x}\r\n{' ' * 0x8000}\r\n"
        connection.sendall(f"{head}{chunk * 4}0\r\n\r\n".encode())
        assert re.match(rb"HTTP/1.1 413 ", connection.recv(4096))


def test_a_corpus_that_cannot_be_read_is_told_once(port: int, tmp_path: Path) -> None:
    with serving(port, "--cache", "none", "--corpus", str(tmp_path / "nowhere")) as (process, line):
        output, errors = process.communicate(timeout=20)
        assert (process.returncode, line, output) == (1, "", "")
        assert errors.count("nowhere") == 1
        assert "--corpus" in errors
        assert "Traceback" not in errors


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_in_use_is_told_with_the_next_step(host: str) -> None:
    with socket.socket() as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=rf"Port {port} .* in use.*--port"):
            serve(Settings.load({"host": host, "port": port, "cache": "none"}, {}))


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_not_this_machines_is_told(host: str, port: int) -> None:
    with pytest.raises(ServerError, match="--host"):
        serve(Settings.load({"host": host, "port": port, "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("host", "opened"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("askwell.example", "http://askwell.example:8000"),
    ],
)
def test_the_address_told_is_one_that_a_browser_can_open(host: str, opened: str) -> None:
    assert address(host, 8000) == opened
