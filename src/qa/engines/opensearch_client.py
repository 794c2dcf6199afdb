"""Requests to an OpenSearch cluster: user, time limits, retries, and messages about failures.

No message or log entry here contains a word of a question.
"""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Mapping
from typing import Any, TypeAlias

from qa.engines.breaker import REST, Breaker, Open
from qa.engines.protocol import Cluster
from qa.errors import EngineError

Json: TypeAlias = dict[str, Any]  # JSON

_LOGGERS = ("opensearch", "opensearchpy.trace")  # the client's loggers, which would log questions
_BUSY = (429, 502, 503, 504)
_DYING = "search_phase_execution_exception"  # status 500 while a node dies
_THERE = "resource_already_exists_exception"  # for a request that timed out and was repeated
_LONG = 60.0  # seconds that a change may take
_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 16.0)  # seconds before a change is tried again
_DEAD = 2.0  # seconds for which a failed node is not asked


class Missing(EngineError):
    """The index does not exist."""


class Unavailable(EngineError):
    """The cluster can't be reached, or is too busy to answer."""


class Client:
    """A cluster as one user sees it; threads share it."""

    def __init__(self, cluster: Cluster) -> None:
        try:
            import opensearchpy
            import urllib3
        except ImportError as error:
            told = f'The engine opensearch needs the extra "opensearch" ({error})'
            raise EngineError(f'{told}. Install it: pip install "askwell[opensearch]".') from None
        for name in _LOGGERS:
            logging.getLogger(name).disabled = True
        self._errors: Any = opensearchpy.exceptions
        self._breaker = Breaker()
        self._client = opensearchpy.OpenSearch(
            list(cluster.addresses),
            headers=_signed(cluster),
            ca_certs=str(cluster.ca) if cluster.ca else None,
            timeout=urllib3.Timeout(connect=cluster.connect, read=cluster.read),
            max_retries=0,
            retry_on_timeout=True,  # marks the node, so that the next request goes to another
            retry_on_status=_BUSY,
            dead_timeout=_DEAD,
            pool_maxsize=32,
        )

    def search(self, path: str, body: Json, params: Mapping[str, Any]) -> Json:
        """Search, within a second or so. Raises Unavailable, immediately while the last searches failed;
        Missing."""
        return self._soon("POST", path, body, params)

    def look(self, path: str) -> Json:
        """Look up something that a search needs, within its time limit. Raises like :meth:`search`."""
        return self._soon("GET", path, None, {})

    def _soon(self, method: str, path: str, body: Json | None, params: Mapping[str, Any]) -> Json:
        try:
            with self._breaker.guard((Unavailable,)):
                try:
                    return self._call(method, path, body, params)
                except Unavailable:
                    return self._call(method, path, body, params)
        except Open as error:
            told = f"The last searches failed, so that OpenSearch is left alone for {error.seconds} seconds."
            raise Unavailable(f"{told} {error.why}", retry_after=error.seconds) from None

    def change(self, method: str, path: str, body: Json | str | None = None, **params: Any) -> Json:
        """Read or change something, however long it takes, trying again for a minute. Raises EngineError."""
        for wait in (*_WAITS, None):
            try:
                return self._call(method, path, body, {**params, "request_timeout": _LONG})
            except Unavailable:
                if wait is None:
                    raise
                time.sleep(wait)
        raise AssertionError

    def _call(self, method: str, path: str, body: Json | str | None, params: Mapping[str, Any]) -> Json:
        try:
            told = self._client.transport.perform_request(method, path, params=dict(params), body=body)
        except self._errors.ConnectionError as error:
            raise Unavailable(
                f"OpenSearch can't be reached ({type(error).__name__}). "
                "Start it, or set QA_OPENSEARCH to where it runs.",
                retry_after=REST,
            ) from None
        except self._errors.TransportError as error:
            return _refused(error.status_code, error.error)
        except (self._errors.SerializationError, UnicodeError) as error:
            raise Unavailable(f"The server there is not OpenSearch ({type(error).__name__}).") from None
        return told if isinstance(told, dict) else {}

    def close(self) -> None:
        """Close its connections."""
        self._client.close()


def _signed(cluster: Cluster) -> dict[str, str] | None:
    """Return the header that says who asks, in UTF-8, as OpenSearch reads it; the client would use
    Latin-1."""
    if not cluster.user:
        return None
    told = f"{cluster.user}:{cluster.password}".encode()
    return {"authorization": f"Basic {base64.b64encode(told).decode()}"}


def _refused(status: int, kind: str) -> Json:
    """Return the error for a response of the cluster, without its reason, which may contain the question."""
    told = f"OpenSearch answers {status} ({kind})"
    if kind == _THERE:
        return {"acknowledged": True}
    if status in _BUSY or (status == 500 and kind == _DYING):
        raise Unavailable(
            f"{told}: it is too busy, or a part of it is unavailable. Ask again.", retry_after=REST
        )
    if status in (401, 403):
        raise EngineError(f"{told}: this user may not do that. docs/scale.md lists the roles it needs.")
    if status == 404:
        raise Missing(f"{told}: the index is not there. Fill it: qa index --engine opensearch.")
    raise EngineError(f"{told}. Fill the index again: qa index --engine opensearch.")
