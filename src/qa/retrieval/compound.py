"""Compound questions: "what changed and who led it?" asks two things."""

from __future__ import annotations

import re

_SEAM = re.compile(r"(?:[,;]?\s+and(?:\s+also)?|[;?])\s+(?=(?:who|whom|whose|what|when|where|why|how|which)\b)", re.IGNORECASE)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question asks; one where it is simple."""
    return tuple(part.strip() for part in _SEAM.split(question) if part.strip()) or (question,)
