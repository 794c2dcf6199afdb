"""``/robots.txt`` and ``/sitemap.xml``: lead search engines to the pages of subjects."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, request

from qa.facts.subject_id import subject_id
from qa.service import Service
from qa.web.pages.list_view import value_href
from qa.web.serving.compression import compressed
from qa.web.serving.current import service

PART = 10_000  # addresses of one file: the protocol allows 50,000, and as many megabytes
PAGES = ("/", "/about", "/accessibility", "/privacy", "/glossary", "/docs")
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

routes = Blueprint("sitemap", __name__)


@routes.get("/robots.txt")
def robots() -> Response:
    """Allow everything except answers and lists, and say where the map is."""
    text = (
        "User-agent: *\nDisallow: /list\nDisallow: /answer.\nDisallow: /*?q=\nSitemap: "
        f"{request.url_root}sitemap.xml\n"
    )
    return Response(text, mimetype="text/plain")


@routes.get("/sitemap.xml")
def index() -> Response:
    """List the parts of the map."""
    parts = range(-(-_number(service()) // PART))
    entries = "".join(
        f"<sitemap><loc>{escape(request.url_root)}sitemap-{part + 1}.xml</loc></sitemap>" for part in parts
    )
    return _xml(f'<sitemapindex xmlns="{NAMESPACE}">{entries}</sitemapindex>')


@routes.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """List the addresses of one part."""
    held = service()
    if not 1 <= number <= -(-_number(held) // PART):
        abort(404)
    root = escape(request.url_root.rstrip("/"))
    addresses = _addresses(held, PART * (number - 1), PART * number)
    entries = "".join(f"<url><loc>{root}{escape(one)}</loc></url>" for one in addresses)
    return _xml(f'<urlset xmlns="{NAMESPACE}">{entries}</urlset>')


def _number(held: Service) -> int:
    return held.facts.size[1] + len(_others(held))


def _addresses(held: Service, start: int, end: int) -> Iterator[str]:
    subjects = held.facts.size[1]
    for subject in held.facts.subjects(range(start + 1, min(end, subjects) + 1)) if start < subjects else ():
        yield f"/subjects/{quote(subject_id(subject.name, subject.attributes))}"
    yield from _others(held)[max(0, start - subjects) : max(0, end - subjects)]


def _others(held: Service) -> list[str]:
    """The addresses of the pages that are not about one subject."""
    fields = [
        field for field in ("provider", "brand", *held.vocabulary.place_fields) if held.facts.field(field)
    ]
    return [
        *PAGES,
        *dict.fromkeys(value_href(field, value) for field in fields for value in held.facts.values(field)),
    ]


def _xml(text: str) -> Response:
    return compressed(Response(f'<?xml version="1.0" encoding="UTF-8"?>{text}', mimetype="application/xml"))
