"""The server: granian, which handles HTTP outside Python, and the gateway, an event loop in front of the
application.

The first process watches; each worker is a process of its own that opens the corpus and answers in threads.
"""

from __future__ import annotations

import errno
import http.client
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from ctypes import c_ulong
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING, Any

import click
from granian.constants import Interfaces, TaskImpl
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from qa.errors import QaError, ServerError
from qa.settings import Settings
from qa.web.serving.preloading import preload

if TYPE_CHECKING:
    from flask import Flask

    from qa.web.serving.gateway import Gateway

CONNECTIONS = 8_192  # connections of a worker at a time; any more wait to be accepted
# Milliseconds within which a request's head has to arrive, and for which a kept connection may be idle.
HEADERS_WITHIN = 10_000
STOP_WITHIN = 10  # seconds for a worker to finish the requests under way
PATIENCE = 2  # seconds between two tries to open a corpus that can't be served
POLL = 0.02  # seconds between two checks that a worker answers
EVERYWHERE = {
    "0.0.0.0": "127.0.0.1",
    "::": "::1",
}  # addresses to bind → the address from this machine


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises ServerError if the address can't be used; exits 1 if no worker can
    start.
    """
    _check_address(settings.host, settings.port)
    ready = multiprocessing.Value("b", 0)
    reloads = multiprocessing.Value("L", 0, lock=False)  # written by the first process alone
    server = _Server(
        ready,
        "qa.web",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        task_impl=TaskImpl.asyncio,  # an event loop whose tasks can be timed out
        workers=settings.workers,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
    )

    def reload(*_: object) -> None:
        reloads.value += (
            1  # on SIGHUP a worker opens the new corpus beside the old one; granian would replace its process
        )

    server.signal_handler_reload = reload  # type: ignore[method-assign]
    # granian's own messages matter while it serves: a worker that can't start says itself why, and one that
    # was told to stop may.
    logging.getLogger("_granian").addFilter(lambda _: bool(ready.value) and not server.interrupt_signal)
    if settings.workers > 1 and multiprocessing.get_start_method() == "fork":
        preload()
    server.serve(target_loader=partial(_load, settings, ready, reloads), wrap_loader=False)


class _Server(MPServer):
    """Restarts a worker that was killed or crashed, unless none has been ready yet: then a restart would fail
    in the same way.
    """

    def __init__(self, ready: Synchronized[int], *args: Any, **options: Any) -> None:
        self._ready = ready
        super().__init__(*args, **options)

    @property
    def respawn_failed_workers(self) -> bool:
        return bool(self._ready.value)

    @respawn_failed_workers.setter
    def respawn_failed_workers(self, _: bool) -> None:
        """Decide when a worker ends whether to start another."""


def address(host: str, port: int) -> str:
    """Return the address of the page for a browser on this machine."""
    reached = EVERYWHERE.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _check_address(host: str, port: int) -> None:
    """Raise ServerError if ``host`` and ``port`` can't be served on; granian shares a port that is taken,
    rather than refuse it.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen(1)
    except socket.gaierror:
        raise ServerError(
            f"{host} is not an address of this machine. Choose another with --host, e.g. --host 127.0.0.1."
        ) from None
    except OSError as error:
        raise ServerError(_refused(host, port, error)) from None


def _refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is already in use. Choose another with --port, e.g. --port "
            f"{port + 1 if port < 65535 else 8000}."
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {port} may not be used without special rights. Choose one above 1023 with --port, e.g. "
            "--port 8000."
        )
    return (
        f"{host} can't be served on ({os.strerror(error.errno or 0)}). Choose another address with "
        "--host, e.g. --host 127.0.0.1."
    )


def _load(settings: Settings, ready: Synchronized[int], reloads: c_ulong) -> Gateway:
    """Make the application in the worker. The corpus, and everything that workers don't share, is loaded
    here.
    """
    from qa.web.serving.gateway import Gateway

    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the first process's handlers were inherited with the fork
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # Ctrl-C reaches the first process only, which then stops the workers in order
    app = _opened(settings, ready, lambda: int(reloads.value))
    threading.Thread(target=_announce, args=(settings.host, settings.port, ready), daemon=True).start()
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    return Gateway(app, settings.body_timeout, settings.proxies, settings.capacity)


def _opened(settings: Settings, ready: Synchronized[int], asked: Callable[[], int]) -> Flask:
    """Make the application. A worker that replaces another waits for a corpus that can be served, because its
    end would end the others.
    """
    from qa.web.serving.application import application

    told = ""
    while True:
        try:
            return application(settings, asked)
        except QaError as error:
            if str(error) != told:
                click.echo(error, err=True)
            if not ready.value:
                sys.exit(error.exit_code)
            told = str(error)
            time.sleep(PATIENCE)


def _announce(host: str, port: int, ready: Synchronized[int]) -> None:
    """Say once that the page can be opened; of several workers the first says it."""
    while not _answers(EVERYWHERE.get(host, host), port):
        time.sleep(POLL)
    with ready.get_lock():
        first, ready.value = not ready.value, 1
    if first:
        click.echo(f"Askwell is ready on {address(host, port)}")


def _stop_with_parent() -> None:
    """Stop the workers, and free the port, when the first process is killed outright."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
