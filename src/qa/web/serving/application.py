"""The application, made from the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from ipaddress import ip_address

from flask import Flask

from qa.errors import EngineError
from qa.service import Service
from qa.setting_values import DEFAULT_RATE
from qa.settings import Settings
from qa.web import create_app
from qa.web.serving.options import ServingOptions
from qa.web.serving.reload import Reloader

WARM_UP_QUESTION = (
    "How is Qzvxuia rated?"  # a name that makes every table of words load: names, misspelt words, English
)


def application(settings: Settings, asked: Callable[[], int] | None = None) -> Flask:
    """Open the corpus and make the application that serves it. Raises CorpusError or UsageError
    if that fails.

    ``asked`` counts how often the operator has asked for a reload, if the server can tell.
    """
    opening = partial(_open_warm, settings, or_last=False)
    reloader = Reloader(opening, settings.corpus, settings.reload, asked or _nobody)
    service = _open_warm(settings, or_last=True)
    app = create_app(
        service,
        feedback=settings.feedback,
        embed_origins=settings.embed_origins,
        options=serving_options(settings),
    )
    if service.stale:
        app.logger.error(
            "The corpus can't be served as it is; the last index of it is: %s", service.index.fingerprint
        )
    for problem in service.report.problems:
        if problem.severity == "error" or problem.file == str(settings.cache):
            app.logger.warning("%s", problem)
    if asked or settings.reload:
        reloader.keep(app)
        reloader.start()
    return app


def _open_warm(settings: Settings, *, or_last: bool) -> Service:
    """Open the corpus, and load everything else that a first question would wait for; a search engine that is
    away may come back.
    """
    service = Service.open(settings, or_last=or_last)
    try:
        service.ask(WARM_UP_QUESTION)
    except EngineError as error:
        if error.retry_after is None or not or_last:
            raise
    return service


def serving_options(settings: Settings) -> ServingOptions:
    """Return the options of serving; ``auto`` becomes a rate limit if other machines can connect."""
    public = settings.proxies > 0 or not _is_loopback(settings.host)
    limit = settings.rate_limit if settings.rate_limit != "auto" else DEFAULT_RATE if public else None
    return ServingOptions(
        settings.log,
        limit,
        settings.rate_store,
        settings.proxies,
        settings.cors_origins,
        settings.capacity,
        settings.keys,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _nobody() -> int:
    return 0
