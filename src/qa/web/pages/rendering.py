"""Makes pages from templates, and defines what templates may use."""

from __future__ import annotations

from flask import Response, render_template
from jinja2 import Environment

from qa.web.pages.answers import counted
from qa.web.pages.assets import Assets
from qa.web.pages.date_format import long_date, short_date
from qa.web.pages.quotes import safe_url
from qa.web.serving.compression import compressed
from qa.web.serving.current import service


def prepare(environment: Environment, assets: Assets) -> None:
    """Give the templates their functions and filters."""
    environment.filters.update(long_date=long_date, short_date=short_date, web_address=safe_url)
    environment.globals.update(asset=assets.url, counted=counted)


def page(template: str, **values: object) -> Response:
    """Return a page made from one of the templates."""
    text = render_template(
        template, summary=service().summary, publisher=_publisher(), **{"embedded": False, **values}
    )
    return compressed(Response(text, headers={"Cache-Control": "private, no-cache"}, mimetype="text/html"))


def _publisher() -> str:
    name = service().summary.publisher or "regulator"
    return f"the {name}" if " " in name or name == "regulator" else name
