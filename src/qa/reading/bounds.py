"""What reading a file may take, whatever it says of itself; set once for the process that reads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from qa.reading.problems import Unreadable

unpacked = 2 << 30  # bytes that a packed file may be unpacked to
LINE = 16 << 20  # characters of a line
DEEPEST = 64  # how deep folders may be nested
MOST_FILES = 200_000  # of a folder, with all that lie in it
_SPLIT = "Split it into smaller files; QA_READ_UNPACKED allows more."


def lines(text: TextIO) -> Iterator[str]:
    """Yield the lines of a text with their ends. Raises Unreadable at one that is too long."""
    number = 0
    while line := text.readline(LINE + 1):
        number += 1
        if len(line) > LINE:
            raise Unreadable(
                f"The line has more than {LINE >> 20} million characters.",
                "Check whether its line breaks were lost.",
                number,
            )
        yield line


def unpacking(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks of a file as it is unpacked. Raises Unreadable when they become too large."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        _check(size)
        yield chunk


def check_archive(path: Path) -> None:
    """Raise Unreadable if a file is an archive that declares too large an unpacked size."""
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                _check(sum(one.file_size for one in archive.infolist()))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return  # reported by its reader


def _check(size: int) -> None:
    if size > unpacked:
        raise Unreadable(f"The file unpacks to more than {unpacked >> 20:,} MB.", _SPLIT)
