"""Many arrays in one file, mapped into memory together: a line of JSON with the name, type, shape and place
of each, then the arrays, each at a multiple of 64 bytes.

What consists of arrays gives them as its *parts*, and is made from them again: in memory when it is built,
mapped when it is opened. The parts of a larger whole have before their name that of their place in it, and a
slash.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

_ALIGNED = 64
_MAPPED = 1 << 16  # bytes from which a file is mapped rather than read


class Text(NamedTuple):
    """The bytes of many strings: those of ``held`` from ``start`` on, ``size`` of them."""

    held: bytes | mmap.mmap  # of both a slice is bytes, faster than of any view
    start: int
    size: int


Part: TypeAlias = "NDArray[Any] | Text"
Parts: TypeAlias = Mapping[str, Part]


def array(parts: Parts, name: str) -> NDArray[Any]:
    """Return the array of a name. Raises ValueError if there is none."""
    found = parts.get(name)
    if found is None or isinstance(found, Text):
        raise ValueError(f"there is no array {name}")
    return found


def text(parts: Parts, name: str) -> Text:
    """Return the text of a name. Raises ValueError if there is none."""
    found = parts.get(name)
    if not isinstance(found, Text):
        raise ValueError(f"there is no text {name}")
    return found


def nested(**wholes: Parts) -> dict[str, Part]:
    """Return the parts of several wholes as those of one, each under its name."""
    return {f"{name}/{part}": value for name, parts in wholes.items() for part, value in parts.items()}


def within(parts: Parts, name: str) -> dict[str, Part]:
    """Return the parts of one of the wholes that were :func:`nested`."""
    begin = f"{name}/"
    return {one.removeprefix(begin): value for one, value in parts.items() if one.startswith(begin)}


def write(path: Path, parts: Parts) -> None:
    """Write parts into a file, in the order of their names."""
    told, place = dict[str, list[object]](), 0
    for name in sorted(parts):
        part = parts[name]
        if isinstance(part, Text):
            told[name], size = ["text", [part.size], place], part.size
        else:
            told[name], size = [part.dtype.str, list(part.shape), place], part.nbytes
        place += _padded(size)
    head = json.dumps(told).encode()
    head += b" " * (_padded(len(head) + 1) - len(head) - 1) + b"\n"
    with path.open("wb") as file:
        file.write(head)
        for name in told:
            part = parts[name]
            data = _bytes_of(part)
            file.write(data)
            file.write(bytes(_padded(len(data)) - len(data)))


def read(path: Path) -> dict[str, Part]:
    """Return the parts in a file, mapped if it is large. Raises OSError or ValueError if it is missing or
    incomplete."""
    with path.open("rb") as file:
        head = file.readline()
        size = file.seek(0, 2)
        file.seek(0)
        large = size >= _MAPPED
        held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if large else file.read()
    try:
        told = json.loads(head)
        return {name: _part(held, len(head), *told[name]) for name in told}
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is damaged or incomplete ({error})") from error


def _part(held: bytes | mmap.mmap, head: int, kind: str, shape: list[int], place: int) -> Part:
    count = int(np.prod(shape, dtype=np.int64))
    if kind == "text":
        if head + place + count > len(held):
            raise ValueError("a text ends too early")
        return Text(held, head + place, count)
    if not count:
        return np.zeros(shape, kind)
    return np.frombuffer(held, kind, count, head + place).reshape(shape)


def _bytes_of(part: Part) -> bytes:
    return part.held[part.start : part.start + part.size] if isinstance(part, Text) else part.tobytes()


def _padded(size: int) -> int:
    return -size % _ALIGNED + size
