"""Refuses forms of other sites: what they send through a visitor's browser is not answered, stored or counted
as the visitor's own.
"""

from __future__ import annotations

from flask import Flask, abort, request

from qa.web.serving.error_responses import is_endpoint

ELSEWHERE = frozenset({"cross-site", "same-site"})  # the browsers' names for a page of another origin


def register(app: Flask) -> None:
    """Refuse forms that a page of another site has sent."""

    @app.before_request
    def refuse() -> None:
        if (
            request.method == "POST"
            and not is_endpoint(request.path)
            and request.headers.get("Sec-Fetch-Site") in ELSEWHERE
        ):
            abort(403)
