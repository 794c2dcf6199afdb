"""Files and folders that belong to the user alone: others may neither read them nor replace them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_OTHERS = stat.S_IRWXO
_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


def why_not_trusted(path: Path) -> str | None:
    """Say why what is at ``path`` may belong to somebody else; ``None`` if it does not, or nothing is there.
    Raises OSError.
    """
    if not hasattr(os, "geteuid"):
        return None  # on Windows, rights are inherited from the user's own folder
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) and found.st_uid in (0, os.geteuid()):
            found = path.stat()
    except FileNotFoundError:
        return None
    if found.st_uid != os.geteuid():
        return "belongs to another user"
    return "can be written by other users" if found.st_mode & _WRITABLE else None


def make_private(path: Path) -> None:
    """Make the file for the user alone, if there is none; take away other users' access to an
    existing file. Raises OSError.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    found = path.stat()
    if hasattr(os, "geteuid") and found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
