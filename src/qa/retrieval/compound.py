"""Compound questions: "what changed and who led it?" asks two things."""

from __future__ import annotations

import re

_BEGINS = r"(?:(?:in|at|on|by|for|to|from|with|of) (?:which|what|whom)|who|whom|whose|what|when|where|why|how|which)\b"
_SEAM = re.compile(rf"(?:[,;]?\s+and(?:\s+also)?|[;?])\s+(?={_BEGINS})", re.IGNORECASE)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question asks; one where it is simple."""
    return tuple(part.strip() for part in _SEAM.split(question) if part.strip()) or (question,)
