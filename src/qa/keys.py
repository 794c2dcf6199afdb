"""Keys to the endpoints, in a TOML file that holds their hashes only; it is read anew whenever it has
changed.

A key is 256 random bits, which nobody can guess or try out, so one round of SHA-256 keeps it as well as a
slow hash would.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import os
import secrets
import stat
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import UsageError

PREFIX = "askwell"
LONGEST_NAME = 100  # characters

_HEAD = "# Keys to Askwell's endpoints, written by qa keys. The keys themselves are not kept.\n"
_ENTRY = """
[[key]]
id = "{id}"
name = {name}
added = {added}
sha256 = "{sha256}"
"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its id, the name that the operator gave it, and the day it was made."""

    id: str
    name: str
    added: datetime.date
    sha256: str


class Keys:
    """The file of keys; any thread may ask it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int, int], dict[str, Key]] = ((0, 0, 0), {})

    def all(self) -> tuple[Key, ...]:
        """Return the keys in the order in which they were added. Raises UsageError if the file
        can't be read.
        """
        return tuple(self._current().values())

    def holder(self, token: str) -> Key | None:
        """Return the key equal to ``token``, or None. Raises UsageError if the file can't be read."""
        known = self._current().get(token.removeprefix(f"{PREFIX}_").partition("_")[0])
        return known if known and hmac.compare_digest(known.sha256, _hashed(token)) else None

    def add(self, name: str, day: datetime.date) -> tuple[Key, str]:
        """Add a key, and return it with its token, which can't be shown again. Raises UsageError."""
        name = name.strip()
        if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
            raise UsageError(
                f"A key needs a name of 1 to {LONGEST_NAME} characters that says who has it, e.g. qa "
                "keys add dashboard."
            )
        with _Change(self._path) as change:
            held = self._current() if self._path.exists() else {}
            identifier = next(one for _ in range(1_000) if (one := secrets.token_hex(4)) not in held)
            token = f"{PREFIX}_{identifier}_{secrets.token_urlsafe(32)}"
            key = Key(identifier, name, day, _hashed(token))
            change.write([*held.values(), key])
        return key, token

    def revoke(self, identifier: str) -> Key:
        """Remove a key, and return it. Raises UsageError if there is none with this id."""
        with _Change(self._path) as change:
            held = dict(self._current())
            if identifier not in held:
                raise UsageError(f"There is no key with the id {identifier!r}. qa keys list shows them.")
            key = held.pop(identifier)
            change.write(held.values())
        return key

    def _current(self) -> dict[str, Key]:
        try:
            found = self._path.stat()
            signature = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._read[0] != signature:
                self._read = signature, _parsed(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(
                f"There is no file of keys {self._path}. Make it with qa keys add NAME --keys {self._path}."
            ) from None
        except OSError as error:
            raise UsageError(
                f"The file of keys {self._path} can't be read: {os.strerror(error.errno or 0)}."
            ) from None
        except (ValueError, KeyError, TypeError):
            raise UsageError(
                f"The file of keys {self._path} is damaged. Fix it, or move it away and add the keys again."
            ) from None
        return self._read[1]


class _Change:
    """The new file beside the old one, which it replaces in one step; while it is there, nobody
    else changes the file.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._new = path, path.with_name(f"{path.name}.new")
        self._written = False

    def __enter__(self) -> _Change:
        try:
            self._file = self._new.open("x", encoding="utf-8")
        except FileExistsError:
            raise UsageError(
                f"Another command is changing the keys. Try again; remove {self._new} if that was broken off."
            ) from None
        except OSError as error:
            raise UsageError(
                f"The file of keys {self._path} can't be written: {os.strerror(error.errno or 0)}."
            ) from None
        return self

    def write(self, keys: Iterable[Key]) -> None:
        self._file.write(_HEAD)
        for key in keys:
            name = json.dumps(key.name, ensure_ascii=False)
            self._file.write(_ENTRY.format(id=key.id, name=name, added=key.added, sha256=key.sha256))
        self._file.flush()
        os.fsync(self._file.fileno())
        if self._path.exists():
            self._new.chmod(stat.S_IMODE(self._path.stat().st_mode))
        self._written = True

    def __exit__(self, *_: object) -> None:
        self._file.close()
        if self._written:
            self._new.replace(self._path)
        else:
            self._new.unlink()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _parsed(text: str) -> dict[str, Key]:
    entries = tomllib.loads(text).get("key", [])
    keys = [Key(str(one["id"]), str(one["name"]), one["added"], str(one["sha256"])) for one in entries]
    return {key.id: key for key in keys}
