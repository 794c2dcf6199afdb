"""A cluster over TLS: whose certificate is trusted, and that user and password reach nobody else."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from qa.engines import Options
from qa.engines.access import cluster_of
from qa.engines.opensearch import OpenSearchEngine
from qa.engines.opensearch_client import Unavailable

x509 = pytest.importorskip("cryptography.x509")
hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
curves = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec")

MAPPING = {"index": {"mappings": {"_meta": {"scale": 1.0, "generation": 1}}}}
FOUND = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"hits": [{"fields": {"passage": ["a.md-0-9"]}, "_score": 2.0}]},
}


class Node(ThreadingHTTPServer):
    """A node with the certificate of a file; it notes who asks, and says nothing of who does not trust it."""

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.users: list[str | None] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.users.append(self.headers.get("Authorization"))  # type: ignore[attr-defined]
        sent = json.dumps(FOUND if "_search" in self.path else MAPPING).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST = answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


def certificate(folder: Path, name: str, host: str) -> Path:
    """A file with a new certificate for a host, signed by itself, and its key."""
    key = curves.generate_private_key(curves.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.pem").write_bytes(made.public_bytes(pem) + secret)
    return folder / f"{name}.pem"


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    node = Node(certificate(tmp_path, "node", "127.0.0.1"))
    yield node
    node.shutdown()
    node.server_close()


def engine(node: Node, folder: Path, ca: Path | None, password: str = "secret") -> OpenSearchEngine:
    (folder / "user").write_text(f"reader:{password}\n", encoding="utf-8")
    address = f"https://127.0.0.1:{node.server_port}"
    return OpenSearchEngine(Options(cluster=cluster_of((address,), "index", folder / "user", ca)))


@pytest.mark.parametrize("password", ["secret", "with: colon", "wörd", "пароль"])
def test_a_node_with_a_certificate_of_the_file_is_asked_as_the_user(
    node: Node, tmp_path: Path, password: str
) -> None:
    asking = engine(node, tmp_path, tmp_path / "node.pem", password)
    assert [hit.passage for hit in asking.search(["word"], 5)] == ["a.md-0-9"]
    told = base64.b64encode(f"reader:{password}".encode()).decode()
    assert set(node.users) == {f"Basic {told}"}
    asking.close()


@pytest.mark.parametrize("ca", ["another", None])
def test_a_node_with_any_other_certificate_is_told_nothing(
    node: Node, tmp_path: Path, ca: str | None
) -> None:
    trusted = certificate(tmp_path, ca, "127.0.0.1") if ca else None
    asking = engine(node, tmp_path, trusted)
    with pytest.raises(Unavailable) as told:
        asking.search(["word"], 5)
    assert "secret" not in str(told.value)
    assert node.users == []
    asking.close()


def test_a_node_with_a_certificate_of_another_host_is_told_nothing(tmp_path: Path) -> None:
    elsewhere = certificate(tmp_path, "elsewhere", "127.0.0.2")
    node = Node(elsewhere)
    asking = engine(node, tmp_path, elsewhere)
    with pytest.raises(Unavailable):
        asking.search(["word"], 5)
    assert node.users == []
    asking.close()
    node.shutdown()
    node.server_close()
