"""Small office documents made by hand: the parts that Word and LibreOffice write, with as little in them as
will do.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        ("fo", "xsl-fo-compatible"),
    )
)
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Section name"/><w:pPr><w:outlineLvl '
    'w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="List"><w:name w:val="List Bullet"/><w:pPr><w:numPr/></w:pPr></w:style></w:styles>'
)
NOTES = (
    f'<w:footnotes {W}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Merged in 2016.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
CORE = (
    '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Its '
    "properties</dc:title></c:coreProperties>"
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the parts as a packed file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def paragraph(text: str, style: str = "", look: str = "") -> str:
    """A paragraph of Word with one run."""
    settings = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{settings}<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_table(*rows: tuple[str, ...]) -> str:
    """A table of Word whose cells hold a paragraph each."""
    lines = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def make_docx(body: str, *, core: str = CORE) -> bytes:
    """Return a Word document with this body."""
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        f"{W}><w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    return packed(
        {
            "word/document.xml": document,
            "word/styles.xml": STYLES,
            "word/footnotes.xml": NOTES,
            "docProps/core.xml": core,
        },
    )


def make_odt(body: str, *, manifest: str = "<manifest/>") -> bytes:
    """Return an OpenDocument text with this body."""
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"content.xml": content, "META-INF/manifest.xml": manifest})


def odt_table(*rows: tuple[str, ...]) -> str:
    """A table of an OpenDocument text."""
    lines = (
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    )
    return f"<table:table>{''.join(f'<table:table-row>{line}</table:table-row>' for line in lines)}</table:table>"
