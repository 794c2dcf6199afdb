"""Reads an HTML page's head: dates, address, title, in the many ways in which publishers give them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup

from qa.reading.metadata import Metadata
from qa.reading.written_dates import read_date

# Names of meta elements (name, property or itemprop), in lower case, the surest first.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "date",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_LICENCE = ("dcterms.license", "dc.rights", "dcterms.rights")


def read_head(soup: BeautifulSoup) -> Metadata:
    """Return the page's metadata apart from its text. A date that can't be read is ignored."""
    metas = dict(_metas(soup))
    canonical = soup.find("link", rel="canonical", href=True)
    url = str(canonical["href"]).strip() if canonical else metas.get("og:url", "")
    data = list(_linked_data(soup))
    return Metadata(
        title=" ".join(soup.title.get_text().split()) or None if soup.title else None,
        url=url if url.startswith(("http://", "https://")) else None,
        published=_first_date(
            [*_named(metas, _PUBLISHED), *(str(item.get("datePublished", "")) for item in data)]
        ),
        updated=_first_date(
            [*_named(metas, _UPDATED), *(str(item.get("dateModified", "")) for item in data)]
        ),
        licence=next(_named(metas, _LICENCE), None),
    )


def _metas(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for meta in reversed(soup.find_all("meta", content=True)):  # of several, the first counts
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name:
            yield str(name).lower(), str(meta["content"]).strip()
    for time in reversed(soup.find_all("time", datetime=True)):
        name = time.get("itemprop") or ("pubdate" if time.has_attr("pubdate") else None)
        if name:
            yield str(name).lower(), str(time["datetime"]).strip()


def _named(metas: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    return (metas[name] for name in names if metas.get(name))


def _linked_data(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """Yield the things that the page describes as JSON-LD."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            told = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        things = (
            told if isinstance(told, list) else told.get("@graph", [told]) if isinstance(told, dict) else []
        )
        yield from (thing for thing in things if isinstance(thing, dict))


def _first_date(texts: Iterable[str]) -> datetime.date | None:
    return next(filter(None, map(read_date, texts)), None)
