"""Who asks a cluster: what the files hold, and what is told where they don't."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.engines.access import cluster_of
from qa.errors import UsageError

HTTPS = ("https://one.example.org:9200", "https://two.example.org")


def test_user_and_password_come_from_one_line(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("reader:pass:wörd\n", encoding="utf-8")
    (tmp_path / "ca.pem").write_text("", encoding="utf-8")
    made = cluster_of(HTTPS, "askwell-1", tmp_path / "user", tmp_path / "ca.pem")
    assert (made.addresses, made.index, made.user, made.password) == (
        HTTPS,
        "askwell-1",
        "reader",
        "pass:wörd",
    )
    assert "wörd" not in repr(made)
    assert cluster_of(HTTPS, "askwell-1", None, None).user is None


@pytest.mark.parametrize(
    "text", [b"", b"reader", b"reader:", b":password", b"a:b\nc:d\n", b"\xff:x"], ids=repr
)
def test_a_file_that_is_not_one_line_is_named(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "user").write_bytes(text)
    with pytest.raises(UsageError, match=str(tmp_path / "user")):
        cluster_of(HTTPS, "askwell", tmp_path / "user", None)


@pytest.mark.parametrize("which", ["user", "ca"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, which: str) -> None:
    files = {"user": None, "ca": None} | {which: tmp_path / "nowhere"}
    with pytest.raises(UsageError, match="nowhere"):
        cluster_of(HTTPS, "askwell", files["user"], files["ca"])


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://127.0.0.1:9200", True),
        ("http://localhost:9200", True),
        ("http://localhost.example.org", False),
        ("http://127.example.org", False),
    ],
)
def test_a_password_is_never_sent_in_the_open(tmp_path: Path, address: str, allowed: bool) -> None:
    (tmp_path / "user").write_text("reader:secret", encoding="utf-8")
    if allowed:
        assert cluster_of((address,), "askwell", tmp_path / "user", None).password == "secret"
    else:
        with pytest.raises(UsageError, match="https only"):
            cluster_of((address,), "askwell", tmp_path / "user", None)
    assert cluster_of((address,), "askwell", None, None).addresses == (address,)
