"""PDF: the text of its pages without running heads and feet, in paragraphs under headings, each with its
page.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from qa.records import FileContents, Report


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a PDF: its text is that of its blocks, each with the page on which it begins.

    Raises Unreadable.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        message = "A PDF can't be read without the package pypdfium2, so it is not searched."
        report.warn(name, None, message, "Install it: pip install 'askwell[pdf]'.")
        return FileContents()
    from qa.reading.pdf.document import read_document

    return read_document(path, name, report)
