"""CORS: the sites whose scripts may read the endpoints' answers.

Pages are not shared with scripts of other sites, and there is no cookie to send.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request

from qa.web.serving.error_responses import is_endpoint

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Request-ID",
    "Access-Control-Max-Age": "600",
}
EXPOSED = "Link, Retry-After, X-Request-ID"
ANY = "*"


def register(app: Flask, origins: tuple[str, ...]) -> None:
    """Let scripts of ``origins`` use the endpoints of ``app``; ``*`` in a host matches any names before it,
    ``*`` alone any site.
    """
    allowed = re.compile("|".join(re.escape(one).replace(r"\*", r"[a-z0-9.-]+") for one in origins))

    @app.after_request
    def allow(response: Response) -> Response:
        if not is_endpoint(request.path):
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin and (ANY in origins or allowed.fullmatch(origin)):
            response.headers["Access-Control-Allow-Origin"] = ANY if ANY in origins else origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            if request.method == "OPTIONS":
                response.headers.update(PREFLIGHT)
        return response
