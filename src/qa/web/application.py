"""The application as the settings want it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from ipaddress import ip_address

from flask import Flask

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.operating import Operating
from qa.web.reloading import Reloader

UNHEARD_OF = "How is Qzvxuia rated?"  # looked for among names, misspelt words and the words of English
RATE = "120/minute"  # of each client, where the operator says nothing else


def application(settings: Settings, asked: Callable[[], int] | None = None) -> Flask:
    """Open the corpus and make the application that serves it. Raises CorpusError or UsageError where that can't be.

    ``asked`` counts how often the operator has asked to load the corpus anew, where the server can tell.
    """
    opening = partial(_warm, settings)
    reloader = Reloader(opening, settings.corpus, settings.reload, asked or _nobody)
    service = opening()
    app = create_app(service, feedback=settings.feedback, embed_origins=settings.embed_origins, operating=operating(settings))
    for problem in service.report.problems:
        if problem.file == str(settings.cache):
            app.logger.warning("%s", problem)
    if asked or settings.reload:
        reloader.keep(app)
        reloader.start()
    return app


def _warm(settings: Settings) -> Service:
    """Open the corpus, and read what else a first question would have to wait for."""
    service = Service.open(settings)
    service.ask(UNHEARD_OF)
    return service


def operating(settings: Settings) -> Operating:
    """Return how the service is to be run, with the limit that suits where it can be reached from."""
    public = settings.proxies > 0 or not _is_loopback(settings.host)
    limit = settings.rate_limit if settings.rate_limit != "auto" else RATE if public else None
    return Operating(settings.log, limit, settings.rate_store, settings.proxies, settings.cors_origins, settings.capacity, settings.keys)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _nobody() -> int:
    return 0
