"""Limits how many requests one client may send: a client is a key, or an address."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from qa.errors import RequestError, UsageError
from qa.web.serving.client_address import client_of

if TYPE_CHECKING:
    from flask_limiter import Limiter
    from limits import RateLimitItem

KEY = "askwell-limits"
FREE = (
    "/static/",
    "/healthz",
    "/readyz",
    "/metrics",
)  # beginnings of paths that are not limited: they cost nothing, or are the operator's
MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limit in force and the counter."""

    limiter: Limiter
    item: RateLimitItem


def register(app: Flask, limit: str, store: str) -> None:
    """Refuse a client's requests beyond ``limit``, e.g. ``60/minute``. Raises UsageError if
    ``store`` can't be used.
    """
    from flask_limiter import (
        Limiter,
    )  # imported only if there is a limit, because that takes a tenth of a second
    from limits import parse
    from limits.errors import ConfigurationError

    shared = store != MEMORY
    try:
        limiter = Limiter(
            client,
            app=app,
            application_limits=[limit],
            storage_uri=store if shared else "memory://",
            strategy="sliding-window-counter",
            in_memory_fallback_enabled=shared,  # a store that fails leaves each process to count by itself
        )
    except ConfigurationError as error:
        raise UsageError(
            f"The store of rate limits can't be used: {error} Set QA_RATE_STORE=memory, or install what "
            "it needs."
        ) from None
    limiter.request_filter(_is_free)
    app.extensions[KEY] = Limits(limiter, parse(limit))

    @app.after_request
    def say_when(response: Response) -> Response:
        current = limiter.current_limit
        if response.status_code == TooManyRequests.code and current and current.breached:
            response.headers["Retry-After"] = _seconds_to(current.reset_at)
        return response


def client() -> str:
    """Identify the client by the key that it sent, otherwise by its address, as reported by the
    trusted proxies.
    """
    if key := g.get("key"):
        return f"key {key}"
    return client_of(request.remote_addr or "")


def count_batch_lines(lines: int) -> None:
    """Count the lines of a batch as requests.

    Raises RequestError (413) or TooManyRequests beyond it.
    """
    limits = cast("Limits | None", current_app.extensions.get(KEY))
    if limits is None:
        return
    if lines > limits.item.amount:
        raise RequestError(
            f"A batch may have at most {limits.item.amount:,} lines here. Send the others later.", status=413
        )
    _count(limits, lines)


def count_turns(turns: int) -> None:
    """Count the questions that a page answers as requests; the first is counted with the page itself. Raises
    TooManyRequests beyond the limit. A page with more questions than the limit uses up all of it.
    """
    limits = cast("Limits | None", current_app.extensions.get(KEY))
    if limits is not None and turns > 1:
        _count(limits, min(turns, limits.item.amount))


def _count(limits: Limits, questions: int) -> None:
    counting = limits.limiter.limiter
    if not counting.hit(limits.item, "lines", client(), cost=questions):
        reset = counting.get_window_stats(limits.item, "lines", client()).reset_time
        raise TooManyRequests(retry_after=int(_seconds_to(reset)))


def _is_free() -> bool:
    return request.path.startswith(FREE)


def _seconds_to(moment: float) -> str:
    return str(max(1, math.ceil(moment - time.time())))
