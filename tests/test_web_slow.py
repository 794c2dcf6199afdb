"""Clients that send slowly stop nobody else from being served: by the server alone, and behind nginx as
docs/deploy.md has it.
"""

import getpass
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from served import askwell, free_port

from qa.web.serving.body_reader import OF_ONE

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy.md"
SLOW = 100  # clients
QUESTION = b'{"question": "Which trust became outstanding?"}'
QUICK = 20  # requests of others meanwhile
HEAD = b"POST /ask HTTP/1.1\r\nHost: askwell.example\r\n"
BODY = b"Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"
BEGINNINGS = {
    "headers": (HEAD, b"X-More: 1\r\n"),
    "bodies": (HEAD + BODY, b" "),
}  # what is sent at first, and then again and again


def configuration(port: int, behind: int) -> str:
    """The server of docs/deploy.md, on ports of its own and without TLS."""
    found = re.search(r"```nginx\n(.*?)```", DEPLOY.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    server = re.sub(r"\n *ssl_[^\n]*", "", found[1]).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    assert "http://127.0.0.1:8000;" in server
    server = server.replace("http://127.0.0.1:8000;", f"http://127.0.0.1:{behind};")
    user = f"user {getpass.getuser()};\n" if os.getuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"{user}daemon off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{server}}}\n"
    )


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(port, behind), encoding="utf-8")
    with subprocess.Popen([program, "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


@pytest.fixture(params=["alone", "nginx"], scope="module")
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with ExitStack() as running:
        if request.param == "alone":
            yield running.enter_context(askwell())
        else:
            behind = running.enter_context(askwell("--proxies", "1", "--rate-limit", "none"))
            yield running.enter_context(nginx(tmp_path_factory.mktemp("nginx"), behind))


@contextmanager
def dripping(port: int, kind: str) -> Iterator[list[socket.socket]]:
    """Clients that have begun a request and go on with it, byte by byte."""
    beginning, more = BEGINNINGS[kind]
    done = threading.Event()
    with ExitStack() as open_ones:
        clients = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(SLOW)
        ]

        def drip() -> None:
            while not done.wait(0.1):
                for client in clients:
                    with suppress(OSError):  # one that has been refused
                        client.sendall(more)

        for client in clients:
            client.sendall(beginning)
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield clients
        finally:
            done.set()
            thread.join()


def unanswered(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1, socket.MSG_PEEK) is None
    except BlockingIOError:
        return True
    finally:
        client.settimeout(10)


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_others_are_served_while_many_clients_send_slowly(port: int, kind: str) -> None:
    with dripping(port, kind) as clients:
        for _ in range(QUICK):
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(
                "POST", "/ask", '{"question": "Oxleas?"}', {"Content-Type": "application/json"}
            )
            response = connection.getresponse()
            assert (response.status, json.loads(response.read())["status"]) == (200, "answered")
            connection.close()
        held = sum(map(unanswered, clients))
    assert held == SLOW or (
        kind == "bodies" and held >= OF_ONE
    )  # beyond so many of one address, a body has one second


def test_a_body_has_a_deadline_and_whatever_watches_the_service_does_not_wait_for_it() -> None:
    with askwell("--body-timeout", "1", "--capacity", "2") as port, dripping(port, "bodies") as clients:
        for path in ("/healthz", "/readyz", "/static/none", "/metrics"):
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            assert connection.getresponse().status in (200, 404)
            connection.close()
            assert (
                time.perf_counter() - begun < 4
            )  # behind a hundred bodies, two at a time, it would be fifty
        for client in clients[:: len(clients) // 5]:
            answer = client.recv(10_000)
            assert answer.startswith(b"HTTP/1.1 408 ")
            assert b"\r\nconnection: close\r\n" in answer.lower()
            assert b"\r\ncontent-type: application/problem+json\r\n" in answer.lower()


BROKEN = {
    "of a length": b"Content-Length: 60\r\n\r\n" + QUESTION,
    "in chunks": b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(QUESTION), QUESTION),
}


@pytest.mark.parametrize("port", ["alone"], indirect=True)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_body_that_breaks_off_is_not_answered_even_if_it_can_be_read(port: int, kind: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(HEAD + b"Content-Type: application/json\r\n" + BROKEN[kind])
        client.shutdown(socket.SHUT_WR)
        answer = client.recv(10_000)
        assert not answer or answer.startswith(b"HTTP/1.1 400 ")
