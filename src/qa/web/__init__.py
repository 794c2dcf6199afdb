"""The web interface: the chat page for people and ``/ask`` for programs, on one Service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from qa.feedback import Feedback
from qa.settings import shipped
from qa.web.api import ask, batch, browse, reference, verify
from qa.web.pages import assets, chips, downloads, embed, glossary_page, rendering, sitemap, subject_pages
from qa.web.pages import routes as pages
from qa.web.serving import (
    api_keys,
    cors,
    cross_site,
    current,
    error_responses,
    headers,
    health,
    load_shedding,
    rate_limit,
    request_log,
    request_queue,
)
from qa.web.serving.options import ServingOptions
from qa.web.serving.request_body import MAX_FORM

if TYPE_CHECKING:
    from qa.service import Service

ROUTES = (
    ask.routes,
    batch.routes,
    browse.routes,
    verify.routes,
    reference.routes,
    pages.routes,
    subject_pages.routes,
    sitemap.routes,
    glossary_page.routes,
    downloads.routes,
    embed.routes,
    health.routes,
    request_log.routes,
)


def create_app(
    service: Service,
    *,
    feedback: Path | None = None,
    embed_origins: tuple[str, ...] = (),
    options: ServingOptions | None = None,
) -> Flask:
    """Make the WSGI application that answers from ``service``.

    ``feedback`` is the file for opinions, ``None`` keeps none; pages of ``embed_origins`` may frame
    ``/embed``; ``options`` say how the service runs in public. Raises UsageError if a file or a store that
    they name can't be used.
    """
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_FORM, MAX_FORM_MEMORY_SIZE=MAX_FORM)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    app.extensions[current.KEY] = current.Loaded(service, chips.Readings(service), service.stale)
    app.extensions[current.PAGE_KEY] = current.Behind(Feedback(feedback) if feedback else None, embed_origins)
    _register(app, embed_origins, options or ServingOptions())
    return app


def _register(app: Flask, embed_origins: tuple[str, ...], options: ServingOptions) -> None:
    """Register everything that handles requests and responses. Requests go through it in this order,
    responses in the reverse.
    """
    request_log.register(app, options.log)  # first: its time and its id cover all that follows
    request_queue.register(app, options.capacity)  # before anything costly looks at a request
    cross_site.register(app)  # before requests are counted: a form of another site is not its visitor's own
    if options.proxies:  # before addresses are looked at
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=options.proxies, x_proto=options.proxies)  # type: ignore[method-assign]
    if options.keys:
        api_keys.identify(app, options.keys)  # before requests are counted: a key has a count of its own
    if options.rate_limit:
        rate_limit.register(app, options.rate_limit, options.rate_store)
    if options.keys:
        api_keys.require(app)  # after requests are counted, so that guessing keys is limited
    if options.cors_origins:
        cors.register(app, options.cors_origins)  # refusals carry its headers, too
    files = assets.Assets()
    for routes in (*ROUTES, files.blueprint()):
        app.register_blueprint(routes)
    rendering.prepare(app.jinja_env, files)
    headers.register(app, embed_origins)
    error_responses.register(app)
    load_shedding.register(app)  # last: it wraps the whole application and knows all routes
