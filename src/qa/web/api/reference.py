"""The OpenAPI document at ``/openapi.json``, and as a page at ``/docs`` for people, which loads nothing from
elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request
from markupsafe import Markup, escape

from qa.web.api.examples import with_examples
from qa.web.api.openapi import SCHEMAS, Json
from qa.web.api.operations import OPERATIONS
from qa.web.api.trying import Form, form_of
from qa.web.pages.rendering import page
from qa.web.serving.api_keys import asks_for_keys, with_keys
from qa.web.serving.compression import compressed
from qa.web.serving.current import service

KEY = "askwell.reference"

routes = Blueprint("reference", __name__)


@dataclass(frozen=True, slots=True)
class Field:
    """A field or parameter: ``kind`` is its type in words, ``record`` the record inside it, if any."""

    name: str
    kind: str
    record: str | None
    meaning: Markup
    required: bool
    default: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its fields."""

    name: str
    about: Markup
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method at one address."""

    name: str
    method: str
    path: str
    summary: str
    about: Markup
    parameters: tuple[Field, ...]
    body: tuple[str, str] | None  # media type, record
    gives: tuple[tuple[str, str | None], ...]  # media type, record
    errors: tuple[tuple[str, str], ...]  # status, meaning
    sent: str | None
    got: str | None
    form: Form


@routes.get("/openapi.json")
def openapi() -> Response:
    """Describe every endpoint for programs."""
    return compressed(Response(orjson.dumps(_shown()), mimetype="application/json"))


@routes.get("/docs")
def docs() -> Response:
    """Describe every endpoint for people."""
    shown = _shown()
    base = request.url_root.rstrip("/")
    return page(
        "docs.html",
        sections=_sections(_endpoints(shown, base)),
        records=tuple(_records(shown)),
        keys=asks_for_keys(),
    )


def _sections(endpoints: Iterable[Endpoint]) -> dict[str, list[Endpoint]]:
    """Put endpoints under the headings of their operations."""
    names: dict[str, str] = {}
    for one in OPERATIONS:
        names[one.name] = one.section or next(reversed(names.values()), "")
    found: dict[str, list[Endpoint]] = {}
    for endpoint in endpoints:
        found.setdefault(names[endpoint.name], []).append(endpoint)
    return {section: found[section] for section in dict.fromkeys(names.values())}


def _shown() -> Json:
    """Return the document with examples from the loaded corpus, made at the first request for it."""
    fingerprint = service().index.fingerprint
    held: tuple[str, Json] | None = current_app.extensions.get(KEY)
    if held is None or held[0] != fingerprint:
        held = current_app.extensions[KEY] = (fingerprint, with_keys(with_examples(service())))
    return held[1]


def _endpoints(shown: Json, base: str) -> Iterator[Endpoint]:
    for path, methods in shown["paths"].items():
        for method, one in methods.items():
            body = next(iter(one["requestBody"]["content"].items())) if "requestBody" in one else None
            given = one["responses"]["200"]["content"]
            refused = (status for status in one["responses"] if status != "200")
            yield Endpoint(
                name=one["operationId"],
                method=method.upper(),
                path=path,
                summary=one["summary"],
                about=coded(one["description"]),
                parameters=tuple(_parameter(parameter) for parameter in one.get("parameters", ())),
                body=(body[0], _record_of(body[1]["schema"]) or "") if body else None,
                gives=tuple((kind, _record_of(content["schema"])) for kind, content in given.items()),
                errors=tuple((status, _refused(shown, status, one)) for status in refused),
                sent=_written(body[1].get("example")) if body else None,
                got=_written(next(iter(given.values())).get("example")),
                form=form_of(base, path, method, one),
            )


def _refused(shown: Json, status: str, operation: Json) -> str:
    name = operation["responses"][status]["$ref"].rpartition("/")[2]
    return str(shown["components"]["responses"][name]["description"])


def _parameter(parameter: Json) -> Field:
    return _field(
        parameter["name"],
        {**parameter["schema"], "description": parameter["description"]},
        parameter["required"],
    )


def _records(shown: Json) -> Iterator[Record]:
    used = set(_used(shown))
    for name, schema in shown["components"]["schemas"].items():
        if name in used and schema["properties"]:
            required = schema.get("required", ())
            required = (
                required if len(required) < len(schema["properties"]) else ()
            )  # nothing is ever left out of what is sent
            fields = tuple(
                _field(field, one, field in required) for field, one in schema["properties"].items()
            )
            yield Record(name, coded(schema.get("description", "")), fields)


def _used(value: Any) -> Iterator[str]:
    """Yield the names of the records that anything of the document refers to."""
    if isinstance(value, dict):
        if str(value.get("$ref", "")).startswith(SCHEMAS):
            yield value["$ref"].removeprefix(SCHEMAS)
        for one in value.values():
            yield from _used(one)
    elif isinstance(value, list):
        for one in value:
            yield from _used(one)


def _field(name: str, schema: Json, required: bool) -> Field:
    default = json.dumps(schema["default"]) if schema.get("default") is not None else None
    return Field(
        name,
        kind_of(schema) + limits(schema),
        _record_of(schema),
        coded(schema.get("description", "")),
        required,
        default,
    )


def _record_of(schema: Json) -> str | None:
    return next(_used(schema), None)


def kind_of(schema: Json) -> str:
    """Say a schema's type in words, e.g. ``list of text``, ``date or null``."""
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " · ".join(schema["enum"])
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(SCHEMAS)
    match schema.get("type"):
        case "array":
            return f"list of {kind_of(schema['items'])}"
        case "object":
            return "object" if schema.get("additionalProperties") is True else "text by name"
        case "string":
            return "date" if schema.get("format") == "date" else "text"
        case "integer":
            return "whole number"
        case str(kind):
            return kind
    return "anything"


def limits(schema: Json) -> str:
    """Return the limits of a value in words, e.g. ``, 1 to 500``; empty if there are none."""
    for least, most, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
    ):
        if most in schema:
            return f", {schema.get(least, 0):,} to {schema[most]:,}{unit}"
    return ""


def coded(text: str) -> Markup:
    """Return a text with everything between backticks as code."""
    parts = (
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(text.split("`"))
    )
    return Markup("").join(parts)


def _written(example: Any) -> str | None:
    if example is None:
        return None
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
