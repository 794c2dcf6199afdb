"""The page's own files, each under an address that changes with its content, so that browsers
may cache it for good.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort

from qa.web.serving.compression import compressed

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED = frozenset({".css", ".js", ".svg"})
KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as served. ``packed`` is its gzip, if that is smaller."""

    content_type: str
    body: bytes
    packed: bytes | None


class Assets:
    """Every file of the static folder: ``url(name)`` for templates, a blueprint that serves them."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._urls: dict[str, str] = {}
        self._files: dict[str, Asset] = {}
        # Style sheets go last: they name the other files by their fingerprinted addresses.
        for path in sorted(folder.iterdir(), key=lambda one: (one.suffix == ".css", one.name)):
            if path.suffix in TYPES:
                self._add(path)

    def url(self, name: str) -> str:
        """Return the address of a file. Raises KeyError for one that is not there."""
        return self._urls[name]

    def blueprint(self) -> Blueprint:
        """Return the route that serves the files."""
        routes = Blueprint("static", __name__)
        routes.add_url_rule("/static/<name>", "file", self._serve)
        return routes

    def _add(self, path: Path) -> None:
        body = path.read_bytes()
        if path.suffix == ".css":
            body = _with_urls(body, self._urls)
        served = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:10]}{path.suffix}"
        packed = gzip.compress(body, mtime=0) if path.suffix in COMPRESSED else None
        self._urls[path.name] = f"/static/{served}"
        self._files[served] = Asset(TYPES[path.suffix], body, packed)

    def _serve(self, name: str) -> Response:
        asset = self._files.get(name)
        if asset is None:
            abort(404)
        headers = {"Cache-Control": KEEP}
        if asset.packed is None:
            return Response(asset.body, headers=headers, content_type=asset.content_type)
        return compressed(
            Response(asset.body, headers=headers, content_type=asset.content_type), asset.packed
        )


def _with_urls(sheet: bytes, urls: Mapping[str, str]) -> bytes:
    for name, url in urls.items():
        sheet = sheet.replace(f'url("{name}")'.encode(), f'url("{url}")'.encode())
    return sheet
