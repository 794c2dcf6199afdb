"""Small PDFs made by hand: lines of Helvetica at a place, tagged or not."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LEFT = 72.0
PAGE = (595, 842)


@dataclass(frozen=True)
class Text:
    """A line at a place in points from the left and the bottom; ``tag`` is the structure element that it is
    in, ``part`` tells elements apart. A line of a tagged PDF without a tag is an artifact.
    """

    y: float
    text: str
    size: float = 11
    bold: bool = False
    x: float = LEFT
    tag: str = ""
    part: int = 0


def make_pdf(pages: Sequence[Sequence[Text]], *, encrypt: bool = False) -> bytes:
    """Return a PDF of ``pages``, compressed as programs write it."""
    tagged = any(line.tag for lines in pages for line in lines)
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s>>"
        % (b"/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R " if tagged else b""),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    }
    kids, parents, elements, free = [], [], list[int](), 10
    for number, lines in enumerate(pages):
        page, content, free = free, free + 1, free + 2
        kids.append(page)
        own, free = _elements(lines, page, free, objects)
        elements += dict.fromkeys(own)
        parents.append(b"%d [%s]" % (number, b" ".join(b"%d 0 R" % element for element in own)))
        packed = zlib.compress(_content(lines, tagged))
        objects[content] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
            len(packed),
            packed,
        )
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /StructParents %d "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (*PAGE, content, number)
        )
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    if tagged:
        objects[5] = b"<< /Type /StructTreeRoot /K [6 0 R] /ParentTree 7 0 R >>"
        objects[6] = b"<< /Type /StructElem /S /Document /P 5 0 R /K [%s] >>" % b" ".join(
            b"%d 0 R" % element for element in elements
        )
        objects[7] = b"<< /Nums [%s] >>" % b" ".join(parents)
    if encrypt:
        objects[8] = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"00" * 32, b"11" * 32)
    return _file(objects, encrypt)


def _elements(
    lines: Sequence[Text], page: int, free: int, objects: dict[int, bytes]
) -> tuple[list[int], int]:
    """Add the structure elements of a page; return by marked-content id the element that it is in."""
    numbers, contents, owners = dict[tuple[str, int], int](), dict[int, list[int]](), list[int]()
    for line in (line for line in lines if line.tag):
        if (line.tag, line.part) not in numbers:
            numbers[line.tag, line.part] = free
            free += 1
        owner = numbers[line.tag, line.part]
        contents.setdefault(owner, []).append(len(owners))
        owners.append(owner)
    for (tag, _), owner in numbers.items():
        held = b" ".join(b"%d" % content for content in contents[owner])
        objects[owner] = b"<< /Type /StructElem /S /%s /P 6 0 R /Pg %d 0 R /K [%s] >>" % (
            tag.encode(),
            page,
            held,
        )
    return owners, free


def _content(lines: Sequence[Text], tagged: bool) -> bytes:
    parts, content = [], 0
    for line in lines:
        shown = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        written = b"BT /F%d %g Tf %g %g Td (%s) Tj ET" % (
            2 if line.bold else 1,
            line.size,
            line.x,
            line.y,
            shown,
        )
        if line.tag:
            written = b"/%s << /MCID %d >> BDC %s EMC" % (line.tag.encode(), content, written)
            content += 1
        elif tagged:
            written = b"/Artifact BMC %s EMC" % written
        parts.append(written)
    return b"\n".join(parts)


def _file(objects: dict[int, bytes], encrypt: bool) -> bytes:
    data, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number in sorted(objects):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, places[number]) for number in sorted(places)
    )
    more = b"/Encrypt 8 0 R /ID [<00><00>] " if encrypt else b""
    data += b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, more, start)
    return bytes(data)
