"""The service behind the application that is handling a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from qa.service import Service

KEY = "askwell"


def service() -> Service:
    """Return the service that this application was made for."""
    return cast("Service", current_app.extensions[KEY])
