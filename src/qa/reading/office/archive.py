"""The packed XML of an office document, unpacked within bounds and parsed without entities."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from qa.reading.problems import Unreadable

MOST_UNPACKED = 60_000_000  # bytes of a part
DENSEST = 200  # times that a large part is packed; text is packed some ten times
_LARGE = 5_000_000
_OLD = b"\xd0\xcf\x11\xe0"  # begins the files of older programs, and those with a password
_SAVE = "Open it in an office program and save it again, or take it out of the folder."


class Archive:
    """An open office document. Every method raises Unreadable if it is damaged."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise Unreadable(
                    "The document has a password, or is of an old format.",
                    "Save it without a password, as .docx or .odt.",
                )
        try:
            self._zip = zipfile.ZipFile(path)
            for part in self._zip.infolist():
                self._zip.open(part).close()  # compares the two places that have its name
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise Unreadable("The file is not an office document, or it is damaged.", _SAVE) from error
        except RuntimeError as error:  # how zipfile reports a password
            raise Unreadable("The document is protected by a password.", "Save it without one.") from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> Element | None:
        """Return a part as its root element; ``None`` if the document has none of this name."""
        data = self.data(name)
        if data is None:
            return None
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise Unreadable(f"Its part {name} is damaged.", _SAVE) from error
        return root

    def data(self, name: str) -> bytes | None:
        """Return a part's bytes; ``None`` if there is none of this name."""
        try:
            told = self._zip.getinfo(name)
        except KeyError:
            return None
        if told.file_size > MOST_UNPACKED or (
            told.file_size > _LARGE and told.file_size > DENSEST * max(told.compress_size, 1)
        ):
            raise Unreadable(
                f"Its part {name} unpacks to {told.file_size:,} bytes, far more than any text would.", _SAVE
            )
        try:
            with self._zip.open(told) as part:
                return part.read(told.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
            raise Unreadable(f"Its part {name} is damaged.", _SAVE) from error
