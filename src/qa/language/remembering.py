"""A cache for what was looked up for words, bounded in bytes rather than entries.

People may send words that nobody has sent before, as long as a question may be. Long words are never cached,
and the whole cache is bounded, so that a process does not grow however much it is asked.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

LONGEST = 40  # the most letters of a word that is cached
MOST = 8 * 1024 * 1024  # bytes
_ENTRY = 120  # bytes that an entry takes beside its contents

Key = TypeVar("Key", bound="str | tuple[str, ...]")
Found = TypeVar("Found")


def remembered(
    look_up: Callable[[Key], Found], most: int = MOST, longest: int = LONGEST
) -> Callable[[Key], Found]:
    """Return ``look_up``, a pure function of a word or of several, with a cache of at most ``most`` bytes.

    A key with more than ``longest`` letters, in all its words together, is looked up every time. A full cache
    is emptied. Threads may share it.
    """
    kept: dict[Key, Found] = {}
    held, lock = 0, threading.Lock()

    def recall(key: Key) -> Found:
        nonlocal held
        try:
            return kept[key]
        except KeyError:
            pass
        result = look_up(key)
        if _letters(key) <= longest:
            size = _ENTRY + _size(key) + _size(result)
            with lock:
                if held + size > most:
                    kept.clear()
                    held = 0
                held += size
                kept[key] = result
        return result

    return recall


def _letters(key: str | tuple[str, ...]) -> int:
    return len(key) if isinstance(key, str) else sum(map(len, key))


@functools.cache
def _fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass; empty for any other class."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _size(value: Any) -> int:
    """Return about how many bytes a value takes, with everything in it."""
    if isinstance(value, (str, int)):  # as most are
        return sys.getsizeof(value)
    inner: Iterable[Any] = ()
    if isinstance(value, (tuple, list, frozenset, set)):
        inner = value
    elif isinstance(value, Mapping):
        inner = (*value, *value.values())
    elif names := _fields_of(value.__class__):
        inner = [getattr(value, name) for name in names]
    return sys.getsizeof(value) + sum(map(_size, inner))
