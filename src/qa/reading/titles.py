"""A title for a file that does not give one."""

from __future__ import annotations

from pathlib import PurePosixPath

_SUFFIXES = {
    ".gz",
    ".csv",
    ".tsv",
    ".xlsx",
    ".ods",
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".htm",
    ".html",
    ".pdf",
    ".docx",
    ".odt",
    ".rtf",
    ".eml",
    ".json",
    ".ndjson",
}


def title_of(name: str) -> str:
    """Return the file's name in words: "ratings/england-2021.csv.gz" is "England 2021"."""
    path = PurePosixPath(name)
    while path.suffix.lower() in _SUFFIXES:
        path = path.with_suffix("")
    words = " ".join(path.name.replace("-", " ").replace("_", " ").split()) or name
    return words[0].upper() + words[1:]
