"""What a document says about itself: title, dates, address, licence, in a head of ``key: value`` lines or a
line of dates.

A report's head, between lines of three hyphens (or as the first lines of the file, up to an empty line)::

    ---
    title: Driving improvement
    publisher: Care Quality Commission
    published: 2018-03-15
    updated: 12 May 2022
    url: https://example.org/report
    licence: Open Government Licence v3.0
    kind: digest                     # a retelling; else original
    ---
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.reading.lines import Line
from qa.reading.problems import Unreadable
from qa.reading.written_dates import FORMS_IN_WORDS, IN_TEXT, read_date
from qa.records import Block, Document, DocumentKind, Report

Field = Literal["title", "publisher", "published", "updated", "url", "licence", "kind", "other"]

_FIELDS: Mapping[str, Field] = {
    "title": "title",
    "publisher": "publisher",
    "published": "published",
    "date published": "published",
    "report published": "published",
    "publication date": "published",
    "first published": "published",
    "date": "published",
    "updated": "updated",
    "last updated": "updated",
    "page last updated": "updated",
    "date updated": "updated",
    "last modified": "updated",
    "modified": "updated",
    "url": "url",
    "source": "url",
    "link": "url",
    "address": "url",
    "licence": "licence",
    "license": "licence",
    "kind": "kind",
    "author": "other",
    "authors": "other",
    "category": "other",
    "categories": "other",
    "tags": "other",
    "description": "other",
    "language": "other",
}
_PAIR = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{1,30}?)\s*:(?:\s+(?P<value>.*))?$")
_DATE_KEYS = "|".join(
    sorted(
        (key for key, field in _FIELDS.items() if field in ("published", "updated") and key != "date"),
        key=len,
        reverse=True,
    )
)
_DATED = re.compile(
    rf"(?P<key>{_DATE_KEYS})\s*:?\s*(?:on\s+)?(?P<date>{IN_TEXT.pattern})[\s|·•,;–-]*", re.IGNORECASE
)
_DATE_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_SHORT = 40  # characters of a line such as "Categories" beside the dates


@dataclass(slots=True)
class Metadata:
    """The metadata of a document; the first source that gives a value counts."""

    title: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    updated: datetime.date | None = None
    licence: str | None = None
    kind: DocumentKind | None = None
    publisher: str | None = None

    def add(self, other: Metadata) -> None:
        """Take from ``other`` the values that are still missing."""
        self.title = self.title or other.title
        self.url = self.url or other.url
        self.published = self.published or other.published
        self.updated = self.updated or other.updated
        self.licence = self.licence or other.licence
        self.kind = self.kind or other.kind
        self.publisher = self.publisher or other.publisher

    def document(self, path: str, text: str, blocks: Sequence[Block], title: str) -> Document:
        """Return the document; ``title`` is its name if nothing else is known."""
        return Document(
            path=path,
            title=self.title or title,
            text=text,
            blocks=tuple(blocks),
            kind=self.kind or "original",
            url=self.url,
            published=self.published,
            updated=self.updated,
            licence=self.licence,
            publisher=self.publisher,
        )


def date_in_name(name: str) -> datetime.date | None:
    """Return the last date in a file's name, e.g. in "ofsted-2017-06-13.pdf"."""
    found = _DATE_IN_NAME.findall(name)
    return read_date(found[-1]) if found else None


def split_head(lines: Sequence[str], file: str, report: Report) -> tuple[Metadata, int]:
    """Return the metadata in the head of a text file, and the number of its lines. Raises Unreadable for a
    value that can't be right.
    """
    if lines and lines[0].strip() == "---":
        end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
        if end is None:
            return Metadata(), 0  # a rule, not a head
        pairs = _pairs(lines[1:end], 2, file, report)
        return _metadata(pairs), end + 1
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    if end and all(
        (found := _PAIR.match(line.strip())) and _FIELDS.get(found["key"].lower()) for line in lines[:end]
    ):
        return _metadata(_pairs(lines[:end], 1, file, report)), end
    return Metadata(), 0


def _pairs(lines: Sequence[str], first: int, file: str, report: Report) -> list[tuple[Field, str, int]]:
    pairs: list[tuple[Field, str, int]] = []
    for number, line in enumerate(lines, first):
        if not line.strip() or line.startswith((" ", "\t", "-", "#")):
            continue  # a comment, or the items of a list, which no key here has
        found = _PAIR.match(line.strip())
        if found is None:
            raise Unreadable(
                "This line of the head is not of the form “key: value”.",
                "Fix it, or end the head with “---” above it.",
                number,
            )
        field = _FIELDS.get(found["key"].lower())
        if field is None:
            report.warn(
                file,
                number,
                f"The head has an unknown key “{found['key']}”, which is not used.",
                "Use title, publisher, published, updated, url, licence and kind.",
            )
        else:
            pairs.append((field, (found["value"] or "").strip().strip("\"'"), number))
    return pairs


def _metadata(pairs: Iterable[tuple[Field, str, int]]) -> Metadata:
    metadata = Metadata()
    for field, value, line in pairs:
        if value:
            _set(metadata, field, value, line)
    return metadata


def _set(metadata: Metadata, field: Field, value: str, line: int) -> None:
    if field in ("published", "updated"):
        date = read_date(value)
        if date is None:
            raise Unreadable(f"The date “{value[:40]}” can't be read.", FORMS_IN_WORDS, line)
        setattr(metadata, field, date)
    elif field == "kind":
        if value not in ("digest", "original"):
            raise Unreadable(
                f"The kind “{value[:40]}” is not known.", "Write digest for a retelling, or original.", line
            )
        metadata.kind = "digest" if value == "digest" else "original"
    elif field == "url":
        metadata.url = value if value.startswith(("http://", "https://")) else None
    elif field in ("title", "licence", "publisher"):
        setattr(metadata, field, value)


def read_metadata_lines(
    run: Sequence[Line], file: str, report: Report, at_top: bool = True
) -> Metadata | None:
    """Return the metadata in a paragraph of nothing but dates, ``key: value`` pairs and labels;
    ``None`` for any other.

    Only ``at_top`` of a document is an address the document's own.
    """
    metadata, told = Metadata(), False
    for line in run:
        dates = _dates(line, file, report)
        pair = _PAIR.match(line.text)
        field = _FIELDS.get(pair["key"].lower()) if pair else None
        if dates is not None:
            metadata.add(dates)
            told = True
        elif at_top and pair and field == "url" and pair["value"]:
            _set(metadata, "url", pair["value"], line.number)
            told = True
        elif field is None and (len(line.text) > _SHORT or line.text.endswith((".", "!", "?", ":"))):
            return None
    return metadata if told else None


def _dates(line: Line, file: str, report: Report) -> Metadata | None:
    """Return the dates in a line with nothing else, e.g. "Published: 15 March 2018 Page last
    updated: 12 May 2022".
    """
    if not _DATED.match(line.text) or _DATED.sub("", line.text):
        return None
    metadata = Metadata()
    for found in _DATED.finditer(line.text):
        date = read_date(found["date"])
        if date is None:
            report.warn(
                file,
                line.number,
                f"The date “{found['date']}” can't be read, so the document is treated as undated.",
                FORMS_IN_WORDS,
            )
        published = _FIELDS[found["key"].lower()] == "published"
        metadata.add(Metadata(published=date) if published else Metadata(updated=date))
    return metadata
