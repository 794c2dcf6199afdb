"""Askwell inside other sites: ``/embed``, a plain page for a frame, and ``/widget.js``, which inserts that
frame where it is loaded.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from qa.web.pages.assets import FOLDER
from qa.web.pages.conversation import from_form, from_link
from qa.web.pages.routes import show_conversation, wants_last
from qa.web.serving.compression import compressed
from qa.web.serving.request_body import form

KEEP = "public, max-age=3600"  # seconds: a site that embeds the script names it without a fingerprint

routes = Blueprint("embed", __name__)


@routes.get("/embed")
def start() -> Response:
    """Show the box, or the answer to ``?q=…``, without the header, the rail and the opinions."""
    return show_conversation(from_link(request.args), embedded=True)


@routes.post("/embed")
def converse() -> Response:
    """Answer the form."""
    return show_conversation(from_form(form()), only_last=wants_last(), embedded=True)


@routes.get("/widget.js")
def widget() -> Response:
    """Send the script."""
    body = (FOLDER / "widget.js").read_bytes()
    return compressed(
        Response(body, headers={"Cache-Control": KEEP}, content_type="text/javascript; charset=utf-8")
    )
