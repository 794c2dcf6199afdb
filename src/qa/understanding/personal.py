"""Personal data typed into a question: it is neither searched nor kept."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def personal_data(text: str) -> str | None:
    """Return the kind of personal data that ``text`` holds, or ``None``."""
    return "e-mail address" if _EMAIL.search(text) else None
