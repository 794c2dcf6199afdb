"""A connection ends with a request that is refused before its body was read, and the response says so; any
other serves the next one.
"""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from served import askwell

JSON = "application/json"
LONG = {"Content-Length": "70000"}
CHUNKS = {"Transfer-Encoding": "chunked"}

REQUESTS: dict[str, tuple[str, dict[str, str], bytes, int, bool]] = {
    "of another type": ("/ask", {"Content-Type": "text/plain", **LONG}, b"", 415, True),
    "of another type, in chunks": ("/ask", {"Content-Type": "text/plain", **CHUNKS}, b"", 415, True),
    "longer than any may be": ("/ask", {"Content-Type": JSON, **LONG}, b"", 413, True),
    "where there is nothing": ("/nowhere", {"Content-Type": JSON, **LONG}, b"", 404, True),
    "where none is taken": ("/documents", {"Content-Type": JSON, **LONG}, b"", 405, True),
    "that was read": ("/ask", {"Content-Type": JSON, "Content-Length": "2"}, b"{}", 422, False),
    "that was read, in chunks": (
        "/ask",
        {"Content-Type": JSON, **CHUNKS},
        b"2\r\n{}\r\n0\r\n\r\n",
        422,
        False,
    ),
    "that is empty": ("/ask", {"Content-Type": JSON, "Content-Length": "0"}, b"", 400, False),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with askwell() as number:
        yield number


@pytest.mark.parametrize("body", REQUESTS)
def test_a_connection_ends_where_a_body_was_not_read(port: int, body: str) -> None:
    path, headers, sent, status, ends = REQUESTS[body]
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.putrequest("POST", path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(sent)
        with connection.getresponse() as response:
            assert (response.status, response.will_close) == (status, ends)
            response.read()
        connection.request("GET", "/healthz")  # on a new connection where the old one has ended
        assert connection.getresponse().status == 200
