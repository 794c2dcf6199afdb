"""How a service runs in public: its log, its limits and whom it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.web.serving.rate_limit import MEMORY
from qa.web.serving.request_log import Log


@dataclass(frozen=True, slots=True)
class ServingOptions:
    """What the operator sets; the defaults suit the own machine.

    ``rate_limit`` is e.g. ``120/minute``, ``None`` for none; ``rate_store`` an address, or ``memory``;
    ``proxies`` how many to trust; ``capacity`` how many requests to work at or let wait; ``keys`` the file of
    keys to ask for.
    """

    log: Log = "off"
    rate_limit: str | None = None
    rate_store: str = MEMORY
    proxies: int = 0
    cors_origins: tuple[str, ...] = ()
    capacity: int = 64
    keys: Path | None = None
