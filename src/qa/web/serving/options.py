"""How a service runs in public: its log, its limits and whom it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.web.serving.rate_limit import MEMORY
from qa.web.serving.request_log import Log


@dataclass(frozen=True, slots=True)
class ServingOptions:
    """What the operator sets; the defaults suit one's own machine. ``rate_limit`` is e.g. ``60/minute``, or
    ``None``; ``rate_store`` is ``memory`` or an address; ``proxies`` is how many to trust; ``capacity`` how
    many requests may run or wait; ``keys`` the file of accepted keys.
    """

    log: Log = "off"
    rate_limit: str | None = None
    rate_store: str = MEMORY
    proxies: int = 0
    cors_origins: tuple[str, ...] = ()
    capacity: int = 64
    keys: Path | None = None
