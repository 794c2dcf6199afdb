"""The web face: the chat page for people, ``/ask`` for programs, both over one Service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from qa.feedback import Feedback
from qa.settings import shipped
from qa.web import (
    api,
    assets,
    batch,
    browsing,
    current,
    downloads,
    embedding,
    headers,
    pages,
    problems,
    readings,
    reference,
    shedding,
    verification,
)
from qa.web.bodies import MAX_FORM
from qa.web.operating import Operating
from qa.web.operating import register as operated

if TYPE_CHECKING:
    from qa.service import Service


def create_app(
    service: Service, *, feedback: Path | None = None, embed_origins: tuple[str, ...] = (), operating: Operating | None = None
) -> Flask:
    """Make the WSGI application that answers from ``service``.

    ``feedback`` is the file in which opinions are kept, ``None`` keeps none; pages of ``embed_origins`` may frame ``/embed``;
    ``operating`` says how it is run in public. Raises UsageError where ``feedback`` can't be written or ``operating`` not be had.
    """
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_FORM, MAX_FORM_MEMORY_SIZE=MAX_FORM)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.extensions[current.KEY] = current.Loaded(service, readings.Readings(service))
    app.extensions[current.PAGE_KEY] = current.Behind(Feedback(feedback) if feedback else None, embed_origins)
    operated(app, operating or Operating())
    files = assets.Assets()
    for routes in (
        api.api,
        batch.batch,
        browsing.browsing,
        verification.verification,
        reference.reference,
        pages.pages,
        downloads.downloads,
        embedding.embedding,
        files.blueprint(),
    ):
        app.register_blueprint(routes)
    pages.prepare(app.jinja_env, files)
    headers.register(app, embed_origins)
    problems.register(app)
    shedding.register(app)
    return app
