"""Reports failures to write a file, with the next step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import UsageError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise :class:`UsageError` if the code within can't write ``path``."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path} can't be written: {error.strerror}. Name a place that you may write to."
        ) from error
