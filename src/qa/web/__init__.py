"""The web face: the chat page for people, ``/ask`` for programs, both over one Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from qa.settings import shipped
from qa.web import api, assets, batch, browsing, current, headers, pages, problems, reference, verification

if TYPE_CHECKING:
    from qa.service import Service

MAX_FORM = 512 * 1024  # bytes: 20 questions of 2,000 characters, of 12 bytes each when percent-encoded


def create_app(service: Service) -> Flask:
    """Make the WSGI application that answers from ``service``."""
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_FORM, MAX_FORM_MEMORY_SIZE=MAX_FORM)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.extensions[current.KEY] = service
    files = assets.Assets()
    for routes in (api.api, batch.batch, browsing.browsing, verification.verification, reference.reference, pages.pages, files.blueprint()):
        app.register_blueprint(routes)
    pages.prepare(app.jinja_env, files)
    headers.register(app)
    problems.register(app)
    return app
