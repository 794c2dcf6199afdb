"""How a service is run in public: what is logged, limited and trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from qa.web import admitting, crossing, guarding, limiting, origins, watching


@dataclass(frozen=True, slots=True)
class Operating:
    """What the operator sets; the defaults suit the own machine.

    ``rate_limit`` is e.g. ``120/minute``, ``None`` for none; ``rate_store`` an address, or ``memory``; ``proxies`` how many to trust;
    ``capacity`` how many requests to work at or let wait;
    ``keys`` the file of keys to ask for.
    """

    log: watching.Log = "off"
    rate_limit: str | None = None
    rate_store: str = limiting.MEMORY
    proxies: int = 0
    cors_origins: tuple[str, ...] = ()
    capacity: int = 64
    keys: Path | None = None


def register(app: Flask, operating: Operating) -> None:
    """Run ``app`` so; to be called before anything else looks at requests. Raises UsageError where the store or the keys can't be used."""
    watching.register(app, operating.log)
    app.register_blueprint(watching.watching)
    admitting.register(app, operating.capacity)
    crossing.register(app)
    if operating.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=operating.proxies, x_proto=operating.proxies)  # type: ignore[method-assign]
    if operating.keys:
        guarding.identify(app, operating.keys)
    if operating.rate_limit:
        limiting.register(app, operating.rate_limit, operating.rate_store)
    if operating.keys:
        guarding.require(app)
    if operating.cors_origins:
        origins.register(app, operating.cors_origins)
