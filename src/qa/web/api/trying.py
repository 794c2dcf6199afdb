"""A form for each endpoint, filled with its example, and the same request to copy: made from the OpenAPI
document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qa.web.api.openapi import Json
from qa.web.api.snippets import Call, snippets

_MOST_OPTIONS = 12  # values of a parameter that are offered as a list


@dataclass(frozen=True, slots=True)
class Input:
    """A box of a form: ``value`` is the example's; ``options`` are all values, if they are few. ``place`` is
    "path" or "query".
    """

    name: str
    place: str
    value: str
    options: tuple[str, ...]
    number: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent: the inputs with an example first.

    ``plain`` forms work without a script; ``address`` is that of the example.
    """

    method: str
    path: str
    inputs: tuple[Input, ...]
    body: str
    media_type: str
    address: str
    code: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> bool:
        """True of a request that a browser sends by itself."""
        return self.method == "GET" and not any(one.place == "path" for one in self.inputs)


def form_of(base: str, path: str, method: str, operation: Json) -> Form:
    """Return the form of an operation of the document; ``base`` is the address of the service, without a
    slash at its end.
    """
    inputs = sorted((_input(one) for one in operation.get("parameters", ())), key=lambda one: not one.value)
    body, media_type = _body(operation)
    filled = path
    for one in inputs:
        if one.place == "path" and one.value:
            filled = filled.replace(f"{{{one.name}}}", quote(one.value, safe="/"))
    call = Call(method.upper(), f"{base}{filled}", tuple(_pairs(operation)), body, media_type)
    return Form(
        method.upper(), path, tuple(inputs), body, media_type, call.address.removeprefix(base), snippets(call)
    )


def _body(operation: Json) -> tuple[str, str]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        example = content.get("example", "")
        return (example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)), media_type
    return "", ""


def _pairs(operation: Json) -> Iterator[tuple[str, str]]:
    for one in operation.get("parameters", ()):
        if one["in"] == "query" and "example" in one:
            values = one["example"] if isinstance(one["example"], list) else [one["example"]]
            yield from ((one["name"], _told(value)) for value in values)


def _input(parameter: Json) -> Input:
    schema = parameter["schema"]
    item = schema.get("items", schema)
    options = tuple(map(_told, item.get("enum", ())))
    example = parameter.get("example", "")
    value = _told(example[0] if isinstance(example, list) else example)
    few = options if len(options) <= _MOST_OPTIONS else ()
    return Input(
        parameter["name"], parameter["in"], value, few, item.get("type") == "integer", parameter["required"]
    )


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
