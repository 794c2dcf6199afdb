"""The cache folder: made, writable and the user's own, or why it is not used."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qa.owning import PRIVATE_FOLDER, why_not_trusted
from qa.records import Report
from qa.settings import Settings


def cache_folder(settings: Settings, report: Report) -> Path | None:
    """Return the cache folder, made and writable, outside the corpus and owned by the user; ``None``, with a
    warning, if there is none.
    """
    folder = settings.cache.absolute() if settings.cache else None
    if folder is None:
        return None
    if folder.resolve().is_relative_to(settings.corpus.resolve()):
        report.warn(
            str(settings.cache),
            None,
            "The cache folder is inside the corpus folder, so the index stays in memory.",
            "Set QA_CACHE to another folder.",
        )
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if why := _why_not_used(folder):
            report.warn(
                str(settings.cache),
                None,
                f"{why}, so it is not used, and the index stays in memory.",
                "Make it yours alone (chown, chmod go-w), remove it, or set QA_CACHE to another folder.",
            )
            return None
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        warn_unwritable(settings.cache or folder, error, report)
        return None


def warn_unwritable(cache: Path, error: OSError, report: Report) -> None:
    """Warn that the index stays in memory, as the cache folder can't be written."""
    report.warn(
        str(cache),
        None,
        f"The cache folder can't be written ({error.strerror or error}), so the index stays in memory.",
        "Set QA_CACHE to another folder.",
    )


def _why_not_used(folder: Path) -> str | None:
    """Say why the cache folder, or an index in it, may belong to somebody else."""
    for path in (folder, *folder.iterdir()):
        if why := why_not_trusted(path):
            return (
                "The cache folder " + why
                if path == folder
                else f"The index {path.name} in the cache folder {why}"
            )
    return None
