"""A quote with its citation, ready to paste: as text, as Markdown, as BibTeX.

A digest is cited as Askwell's own words, with the publisher as its source, and never in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.phrasing import MONTHS
from qa.web.pages.date_format import long_date
from qa.web.pages.quotes import safe_url

if TYPE_CHECKING:
    from qa.library import Library
    from qa.records import PassageSource, QuotedPassage

OWN = "Askwell"
UNDATED = "date not published"
# Replacements for characters that TeX would read as commands.
TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "<": "%3C", ">": "%3E", " ": "%20"})
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!&])")


@dataclass(frozen=True, slots=True)
class Citation:
    """One form of a citation: ``name`` as shown, ``text`` to paste."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made from; ``quote`` is one line."""

    quote: str
    source: PassageSource
    publisher: str
    licence: str
    url: str

    @property
    def digest(self) -> bool:
        """Whether the words are Askwell's own."""
        return self.source.kind == "digest"

    @property
    def date(self) -> str:
        """When the source was published, in words."""
        return f"published {long_date(self.source.published)}" if self.source.published else UNDATED

    @property
    def place(self) -> str:
        """Section and page, as far as known."""
        section = f"section “{self.source.section}”" if self.source.section else ""
        page = f"page {self.source.page}" if self.source.page else ""
        return ", ".join(part for part in (section, page) if part)


def citations(passage: QuotedPassage, library: Library) -> tuple[Citation, ...]:
    """Cite one passage in every form."""
    document = library.document(passage.source.document)
    publisher, licence = (document.publisher, document.licence) if document else (None, None)
    url = (safe_url(passage.source.url) or "").translate(URL)
    cited = Cited(" ".join(passage.text.split()), passage.source, publisher or "", licence or "", url)
    return (
        Citation("Text", _text(cited)),
        Citation("Markdown", _markdown(cited)),
        Citation("BibTeX", _bibtex(cited)),
    )


def _text(cited: Cited) -> str:
    title = f"“{cited.source.title}”"
    words = cited.quote if cited.digest else f"“{cited.quote}”"
    return "\n".join(part for part in (words, f"— {_told(cited, title)}", cited.url, _licence(cited)) if part)


def _markdown(cited: Cited) -> str:
    title = (
        f"[{_plain(cited.source.title)}](<{cited.url}>)" if cited.url else f"“{_plain(cited.source.title)}”"
    )
    words = _plain(cited.quote) if cited.digest else f"“{_plain(cited.quote)}”"
    told = _told(Cited("", cited.source, _plain(cited.publisher), "", ""), title, _plain(cited.place))
    licence = _plain(_licence(cited))
    return f"> {words}\n>\n> — {told}" + (f"\n> {licence}" if licence else "")


def _told(cited: Cited, title: str, place: str | None = None) -> str:
    """Name the author and source of the words: ``Askwell’s digest of: Publisher, “Title”, section “S”,
    published 15 March 2018.``
    """
    parts = (cited.publisher, title, cited.place if place is None else place, cited.date)
    told = ", ".join(part for part in parts if part)
    return f"{OWN}’s digest of: {told}." if cited.digest else f"{told}."


def _licence(cited: Cited) -> str:
    if not cited.licence:
        return ""
    return f"Licence of the source: {cited.licence}." if cited.digest else f"Licence: {cited.licence}."


def _bibtex(cited: Cited) -> str:
    source, published = cited.source, cited.source.published
    title = f"Digest of ``{source.title.translate(TEX)}''" if cited.digest else source.title.translate(TEX)
    author = OWN if cited.digest else cited.publisher.translate(TEX)
    credit = f"Source: {cited.publisher}" if cited.digest and cited.publisher else ""
    note = ". ".join(part for part in (cited.place, credit, _licence(cited).rstrip(".")) if part)
    fields = {
        "author": f"{{{author}}}" if author else "",
        "title": f"{{{title}}}",
        "year": str(published.year) if published else "",
        "month": MONTHS[published.month - 1][:3].lower() if published else "",
        "url": cited.url,
        "note": note.translate(TEX),
        "annote": cited.quote.translate(TEX),
    }
    return "\n".join((f"@misc{{{_key(source)},", *_fields(fields), "}"))


def _fields(fields: Mapping[str, str]) -> Iterator[str]:
    """Write the fields that have a value; the month is a macro, without braces."""
    for name, value in fields.items():
        if value:
            yield f"  {name} = {value if name == 'month' else f'{{{value}}}'},"


def _key(source: PassageSource) -> str:
    stem = re.sub(
        r"[^a-z0-9]+", "-", source.document.lower().rpartition(".")[0] or source.document.lower()
    ).strip("-")
    return f"{stem or 'report'}-{source.start}"


def _plain(text: str) -> str:
    """Return ``text`` escaped, so that Markdown shows it as it is."""
    return MARKDOWN.sub(r"\\\1", text)
