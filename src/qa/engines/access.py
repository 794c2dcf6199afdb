"""How to log in to a cluster: the user and password from a file, and the certificates to trust."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from qa.engines.protocol import Cluster
from qa.errors import UsageError


def cluster_of(addresses: tuple[str, ...], index: str, user_file: Path | None, ca: Path | None) -> Cluster:
    """Return the cluster at these addresses. Raises UsageError, naming the file or setting, if one is not
    valid."""
    user, password = _user_of(user_file) if user_file else (None, None)
    if ca and not ca.is_file():
        raise UsageError(f"The certificate file {ca} does not exist. Set QA_OPENSEARCH_CA to a PEM file.")
    if user and any(address.startswith("http://") and not _is_here(address) for address in addresses):
        raise UsageError("A password is sent over https only. Change the addresses in QA_OPENSEARCH.")
    return Cluster(addresses, index, user, password, ca)


def _user_of(file: Path) -> tuple[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(f"The user file {file} can't be read ({why}). See QA_OPENSEARCH_USER.") from None
    user, colon, password = lines[0].partition(":") if len(lines) == 1 else ("", "", "")
    if not (user and colon and password):
        raise UsageError(f"The user file {file} must have one line, user:password.")
    return user, password


def _is_here(address: str) -> bool:
    """True for an address of this machine that no other machine can use."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
