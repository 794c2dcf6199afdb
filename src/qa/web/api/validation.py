"""Checks requests against typed models: errors name the field, and never repeat the value that was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, NoReturn, TypeVar, get_origin
from urllib.parse import parse_qsl

import orjson
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from qa.errors import RequestError

MAX_TOLD = 10  # errors listed in one answer
MAX_NAME = 100  # characters of an unknown field's name

# What is wrong → the message; the names in braces are the limits that the field sets.
MESSAGES = {
    "missing": "is missing",
    "question_length": "must have 1 to {most:,} characters",
    "string_type": "must be text",
    "half_character": "has half a character (a lone surrogate, or bytes that are not UTF-8)",
    "string_unicode": "names a field with half a character",
    "string_too_long": "may have at most {max_length:,} characters",
    "string_too_short": "must have at least {min_length:,} characters",
    "string_pattern_mismatch": "is not written as it must be",
    "too_long": "may have at most {max_length:,} items",
    "too_short": "must name at least one; leave it out to use all",
    "list_type": "must be a list",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "greater_than_equal": "must be at least {ge:,}",
    "less_than_equal": "must be at most {le:,}",
    "literal_error": "must be one of {expected}",
    "extra_forbidden": "is not a field of this request",
    "model_type": "must be a JSON object",
    "given_twice": "may be given only once",
}


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("half_character", "half a character") from None
    return text


def _integral(value: object) -> object:
    """JSON has no whole numbers of its own: 5.0 is 5, in JSON Schema as in RFC 8259."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, AfterValidator(_whole_characters)]
INTEGRAL = BeforeValidator(
    _integral
)  # for every whole number, after its limits, which it would hide from the schema


class Request(BaseModel):
    """What every request has in common: exact types, no field that is not described."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Request)


def validated(model: type[Model], fields: object) -> Model:
    """Return ``fields`` as a ``model``. Raises RequestError (422) naming every field at fault."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    raise broken(
        {_field(one): _message(one) for one in reversed(found[:MAX_TOLD])}
    )  # if a field has several errors, the first is reported


def from_json(model: type[Model], body: bytes) -> Model:
    """Read a JSON body. Raises RequestError: 400 if it is not JSON, 422 if it breaks the contract."""
    return validated(model, load(body))


def from_query(model: type[Model], query: bytes) -> Model:
    """Read a query string such as ``question=…&top=3``; a field that is a list may be given several times.

    Raises RequestError (422).
    """
    # Bytes that are not UTF-8 become lone surrogates, which the model refuses under the field's name.
    pairs = parse_qsl(
        query.decode("utf-8", "surrogateescape"), keep_blank_values=True, errors="surrogateescape"
    )
    fields: dict[str, Any] = {}
    for name, value in pairs:
        kind = model.model_fields[name].annotation if name in model.model_fields else None
        if get_origin(kind) is list:
            fields.setdefault(name, []).append(value)
        elif name in fields:
            raise broken({name: MESSAGES["given_twice"]})
        else:
            fields[name] = _whole_number(value) if kind is int else value
    return validated(model, fields)


def load(body: bytes) -> object:
    """Decode JSON with orjson; only if that fails, the slower ``json`` distinguishes a lone surrogate (422)
    from nonsense (400).
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RequestError("The body is not valid JSON. Send one object, in UTF-8.", status=400) from None


def broken(fields: Mapping[str, str]) -> RequestError:
    """Return the error that says what is wrong with each field."""
    fields = {name[:MAX_NAME].encode(errors="replace").decode(): message for name, message in fields.items()}
    told = "; ".join(f"{name} {message}" for name, message in fields.items())
    return RequestError(f"The request breaks the contract: {told}.", fields=fields)


def _whole_number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _field(error: ErrorDetails) -> str:
    return str(error["loc"][0]) if error["loc"] else "body"


def _message(error: ErrorDetails) -> str:
    message = MESSAGES.get(error["type"], "is not valid").format_map(error.get("ctx", {}))
    if names := [str(place) for place in error["loc"][1:] if isinstance(place, str)]:
        message = f"{'.'.join(names)[:MAX_NAME]} {message}"
    items = [place for place in error["loc"][1:] if isinstance(place, int)]
    return f"item {items[0] + 1} {message}" if items else message
