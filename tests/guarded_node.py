"""A server in front of a real OpenSearch node that lets each user do what its role allows, as the security
plug-in does, which the distribution for tests lacks."""

from __future__ import annotations

import base64
import contextlib
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Role = Mapping[str, Any]  # as in roles.yml
ALL = {"indices_all": "indices:*"}  # the plug-in's own names for several actions
INDEX = r"/(?P<index>[^/_?][^/?]*)"
ACTIONS = (  # of a request: its method and path, the action that the plug-in checks, and whether of the cluster
    ("GET", r"/", "cluster:monitor/main", True),
    ("POST", rf"{INDEX}/_search", "indices:data/read/search", False),
    ("GET", rf"{INDEX}/_mapping", "indices:admin/mappings/get", False),
    ("PUT", rf"{INDEX}/_mapping", "indices:admin/mapping/put", False),
    ("PUT", INDEX, "indices:admin/create", False),
    ("POST", rf"{INDEX}/_refresh", "indices:admin/refresh", False),
    ("POST", rf"{INDEX}/_bulk", "indices:data/write/bulk", True),
    ("POST", r"/_aliases", "indices:admin/aliases", True),
    ("GET", rf"{INDEX}/_settings/.*", "indices:monitor/settings/get", False),
    ("DELETE", INDEX, "indices:admin/delete", False),
)


class Seen(NamedTuple):
    """A request that a user made, the index that it is ``on``, if any, and whether its role allows it."""

    user: str
    action: str
    on: str
    allowed: bool


class Guard(ThreadingHTTPServer):
    """Passes the requests of users on to a node, as far as their roles allow, and notes them all."""

    daemon_threads = True

    def __init__(self, node: str, roles: Mapping[str, Role]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.node, self.roles, self.seen = node, roles, list[Seen]()
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        pass

    def noted(self, user: str, method: str, path: str) -> bool:
        """Whether a user may make a request, which is noted."""
        for its_method, pattern, action, of_cluster in ACTIONS:
            found = re.fullmatch(pattern, path) if method == its_method else None
            if found:
                index = "" if of_cluster else found["index"]
                allowed = may(self.roles.get(user, {}), action, index)
                self.seen.append(Seen(user, action, index, allowed))
                return allowed
        self.seen.append(Seen(user, f"{method} {path}", "", allowed=False))
        return False


def may(role: Role, action: str, index: str) -> bool:
    """Whether a role allows an action on an index, or on the cluster."""
    if not index:
        return matches(role.get("cluster_permissions", ()), action)
    return any(
        matches(one["index_patterns"], index) and matches(one["allowed_actions"], action)
        for one in role["index_permissions"]
    )


def matches(patterns: list[str], name: str) -> bool:
    return any(fnmatchcase(name, ALL.get(pattern, pattern)) for pattern in patterns)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Guard

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        _, _, signed = self.headers.get("Authorization", "").partition(" ")
        user = base64.b64decode(signed).decode().partition(":")[0]
        if self.server.noted(user, self.command, self.path.partition("?")[0]):
            self.send(*self.passed_on(body))
        else:
            self.send(403, b'{"error": {"type": "security_exception"}, "status": 403}')

    def passed_on(self, body: bytes) -> tuple[int, bytes]:
        headers = {"Content-Type": self.headers.get("Content-Type", "application/json")}
        request = urllib.request.Request(
            self.server.node + self.path, body or None, headers, method=self.command
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def guarded(node: str, roles: Mapping[str, Role]) -> Iterator[Guard]:
    """A guard in front of a node for users with these roles."""
    guard = Guard(node, roles)
    try:
        yield guard
    finally:
        guard.shutdown()
        guard.server_close()
