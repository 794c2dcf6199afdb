"""What the application that handles a request serves: the service, and the features that the
operator has switched on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, g

if TYPE_CHECKING:
    from qa.feedback import Feedback
    from qa.service import Service
    from qa.web.pages.chips import Readings

KEY = "askwell"
PAGE_KEY = "askwell-page"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The service with the chips' maker, always replaced together; ``stale`` if the corpus has changed into
    one that can't be served.
    """

    service: Service
    readings: Readings
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """What only the pages need: the file of opinions, or ``None``, and the sites that may frame
    ``/embed``.
    """

    feedback: Feedback | None
    embed_origins: tuple[str, ...]


def loaded() -> Loaded:
    """Return what this application answers from. It stays the same throughout a request, even if a new corpus
    is loaded meanwhile.
    """
    held = g.get(KEY)
    if held is None:
        held = g.askwell = current_app.extensions[KEY]
    return cast("Loaded", held)


def service() -> Service:
    """Return the service that answers this request."""
    return loaded().service


def behind() -> Behind:
    """Return what only the pages of this application need."""
    return cast("Behind", current_app.extensions[PAGE_KEY])
