"""What stands behind the application that is handling a request: the service, and what the operator has switched on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from qa.feedback import Feedback
    from qa.service import Service
    from qa.web.readings import Readings

KEY = "askwell"
PAGE_KEY = "askwell-page"


@dataclass(frozen=True, slots=True)
class Behind:
    """What only the pages need: the chips' maker; the file of opinions, or ``None``; the sites that may frame ``/embed``."""

    readings: Readings
    feedback: Feedback | None
    embed_origins: tuple[str, ...]


def service() -> Service:
    """Return the service that this application was made for."""
    return cast("Service", current_app.extensions[KEY])


def behind() -> Behind:
    """Return what the pages of this application need besides."""
    return cast("Behind", current_app.extensions[PAGE_KEY])
