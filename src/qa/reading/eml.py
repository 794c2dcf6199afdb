"""Messages (.eml): subject, date and text. Addresses, attachments and quoted earlier messages
are left out.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from qa.reading.description import read_sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.formats import title_of
from qa.reading.html import add_markup
from qa.reading.metadata import Metadata
from qa.reading.problems import Unreadable
from qa.records import FileContents, Report

MOST_BYTES = 50_000_000
_SAVE = "Save the message again as .eml, or its text as .txt."


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a message. Raises Unreadable."""
    sidecar = read_sidecar(path)
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", _SAVE)
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        subject, sent = str(message.get("Subject", "")), str(message.get("Date", ""))
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        is_markup = body is not None and body.get_content_type() == "text/html"
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:  # the errors that the standard library raises for damaged ones
        raise Unreadable("The file is not a message, or it is damaged.", _SAVE) from error
    if not (subject or sent):
        raise Unreadable("The file is not a message, or it is damaged.", _SAVE)
    builder, title = TextBuilder(), " ".join(subject.split())
    builder.add("title", title, 1)
    if is_markup:
        add_markup(str(text), builder)
    else:
        for paragraph in _paragraphs(str(text)):
            builder.add("paragraph", paragraph)
    known = Metadata(sidecar.title, sidecar.url, sidecar.published)
    known.add(Metadata(title=title or None, published=_day(sent)))
    return FileContents((known.document(name, builder.text, builder.blocks, title_of(name)),))


def _day(sent: str) -> date | None:
    try:
        return parsedate_to_datetime(sent).date()
    except (ValueError, TypeError, IndexError):
        return None


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text, without the lines that quote an earlier message."""
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        if line.strip() and not line.startswith(">"):
            lines.append(line.strip())
        elif lines:
            yield " ".join(lines)
            lines = []
