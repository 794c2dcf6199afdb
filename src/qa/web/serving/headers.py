"""The headers that every response carries.

Nothing is loaded from elsewhere, nothing is inline. Nothing may frame a page, except ``/embed``, which the
sites that the operator names may frame.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_KEPT = ("Cache-Control", "no-store")

NOBODY = "frame-ancestors 'none'"
EMBEDDED = frozenset({"/embed", "/widget.js"})  # files that other sites may load, if the operator allows it


def register(app: Flask, embed_origins: tuple[str, ...] = ()) -> None:
    """Add the headers to every response of ``app``; caches never store an answer unless its route says so."""
    fixed = list(SECURITY_HEADERS.items())
    policy = CONTENT_SECURITY_POLICY.replace(NOBODY, f"frame-ancestors {' '.join(embed_origins)}")
    framed = {"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin"}

    @app.after_request
    def add_headers(response: Response) -> Response:
        if place := response.headers.get("Location"):
            response.headers["Location"] = _here(place)
        response.headers.extend(fixed)
        if embed_origins and request.path in EMBEDDED:
            response.headers.update(framed)
        response.headers.setdefault(*NOT_KEPT)
        return response


def _here(address: str) -> str:
    """Return an address of this service without the host, which the request is free to choose."""
    found = urlsplit(address)
    return urlunsplit(("", "", "/" + found.path.lstrip("/"), found.query, found.fragment))
