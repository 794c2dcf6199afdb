"""The values of settings, read from what somebody typed. Each raises ValueError with what it expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qa.phrasing import joined

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.ASCII)

# The address of a node, without a user and a path.
DEFAULT_RATE = "120/minute"  # of each client, where other machines can connect and the operator sets none
_ADDRESS = re.compile(r"https?://[!-.0-~]+(:[0-9]{1,5})?", re.ASCII)
_INDEX = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}", re.ASCII)
_RATE = re.compile(r"[1-9][0-9]{0,8}/(second|minute|hour|day)", re.ASCII)
_STORE = re.compile(r"[a-z+]+://[!-~]+", re.ASCII)


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a reader of whole numbers within these bounds."""
    bounds = f"from {least} to {most}" if most else f"of at least {least}"

    def read(text: str) -> int:
        if (
            not (text.isascii() and text.isdigit())
            or int(text) < least
            or (most is not None and int(text) > most)
        ):
            raise ValueError(f"expected a whole number {bounds}")
        return int(text)

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    """Return a reader of numbers within these bounds."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise ValueError(f"expected a number from {least:g} to {most:g}")
        return value

    return read


def choice(*allowed: str) -> Callable[[str], str]:
    """Return a reader that takes one of these words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"expected {joined(allowed, 'or')}")
        return text

    return read


def to_word(text: str) -> str:
    """Read a name or address without spaces."""
    if not text or text.split() != [text]:
        raise ValueError("expected a name or address without spaces")
    return text


def _path(text: str, expected: str) -> Path:
    if not text.strip() or "\0" in text:
        raise ValueError(f"expected {expected}")
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~somebody" without a home
        raise ValueError(f"expected {expected}") from None


def to_folder(text: str) -> Path:
    """Read the path of a folder."""
    return _path(text, "the path of a folder")


def to_folder_or_none(text: str) -> Path | None:
    """Read the path of a folder, or "none"."""
    return None if text == "none" else _path(text, "none, or the path of a folder")


def to_file_or_none(text: str) -> Path | None:
    """Read the path of a file, or "none"."""
    return None if text == "none" else _path(text, "none, or the path of a file")


def to_origins(text: str) -> tuple[str, ...]:
    """Read origins, or "none"."""
    origins = () if text == "none" else tuple(text.lower().replace(",", " ").split())
    if (not origins and text != "none") or not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("expected none, or origins such as https://www.example.org")
    return origins


def to_cors_origins(text: str) -> tuple[str, ...]:
    """Read origins, "none", or "*" for any."""
    return ("*",) if text == "*" else to_origins(text)


def to_addresses(text: str) -> tuple[str, ...]:
    """Read the addresses of the nodes of a cluster."""
    addresses = tuple(text.replace(",", " ").split())
    if not addresses or not all(_ADDRESS.fullmatch(one) and "@" not in one for one in addresses):
        raise ValueError(
            "expected addresses such as https://search1.example.org:9200, with commas between them and "
            "without a user"
        )
    return addresses


def to_index(text: str) -> str:
    """Read the name of an index."""
    if not _INDEX.fullmatch(text):
        raise ValueError("expected a name of lower-case letters, digits, dots, hyphens and underscores")
    return text


def to_rate(text: str) -> str | None:
    """Read a rate, "auto", or "none"."""
    if text == "none":
        return None
    if text != "auto" and not _RATE.fullmatch(text):
        raise ValueError("expected auto, none, or a rate such as 60/minute")
    return text


def to_store(text: str) -> str:
    """Read where requests are counted: "memory", or an address."""
    if text != "memory" and not _STORE.fullmatch(text):
        raise ValueError("expected memory, or an address such as redis://127.0.0.1:6379")
    return text


def to_seconds(text: str) -> int | None:
    """Read a number of seconds, or "off"."""
    return None if text == "off" else whole(1, 86_400)(text)
