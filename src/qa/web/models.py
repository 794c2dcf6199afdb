"""What a client may send to ``/ask``: checked strictly, and described once.

The models hold the contract's limits. :func:`parse_json` and :func:`parse_query` turn a request into an :class:`AskRequest` or
raise :class:`~qa.errors.RequestError` with the fields named; no message repeats what was sent as a value.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, NoReturn
from urllib.parse import parse_qsl

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from qa.errors import RequestError

MAX_BODY = 64 * 1024  # bytes
MAX_QUESTION = 2_000  # characters, after trimming
MAX_HISTORY = 20
MAX_TOP = 50
MAX_TOLD = 10  # errors listed in one answer
MAX_NAME = 100  # characters of an unknown field's name

MESSAGES = {
    "missing": "is missing",
    "question_length": f"must have 1 to {MAX_QUESTION:,} characters",
    "string_type": "must be text",
    "half_character": "holds half a character (a lone surrogate, or bytes that are not UTF-8)",
    "string_unicode": "names a field with half a character",
    "string_too_long": f"may have at most {MAX_QUESTION:,} characters",
    "too_long": f"may hold at most {MAX_HISTORY} items",
    "too_short": "must name at least one; leave it out to use all",
    "list_type": "must be a list",
    "int_type": "must be a whole number",
    "greater_than_equal": f"must be from 1 to {MAX_TOP}",
    "less_than_equal": f"must be from 1 to {MAX_TOP}",
    "extra_forbidden": "is not a field of this request",
    "model_type": "must be a JSON object",
    "given_twice": "may be given only once",
}


def _question_length(text: str) -> str:
    if 1 <= len(text.strip()) <= MAX_QUESTION:
        return text
    raise PydanticCustomError("question_length", "length")


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("half_character", "half a character") from None
    return text


Text = Annotated[str, AfterValidator(_whole_characters)]


class AskRequest(BaseModel):
    """One question with the conversation before it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    question: Annotated[Text, AfterValidator(_question_length)]
    history: Annotated[list[Annotated[Text, Field(max_length=MAX_QUESTION)]], Field(max_length=MAX_HISTORY)] = []
    top: Annotated[int, Field(ge=1, le=MAX_TOP)] = 5
    documents: Annotated[list[Text], Field(default_factory=list, min_length=1)]


REPEATABLE = frozenset({"history", "documents"})


def parse_json(body: bytes) -> AskRequest:
    """Read a JSON body. Raises RequestError: 400 where it is not JSON, 422 where it breaks the contract."""
    return _validated(_load(body))


def parse_query(query: bytes) -> AskRequest:
    """Read a query string such as ``question=…&top=3``. Raises RequestError (422)."""
    # Bytes that are not UTF-8 become lone surrogates, which the model refuses under the field's name.
    pairs = parse_qsl(query.decode("utf-8", "surrogateescape"), keep_blank_values=True, errors="surrogateescape")
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in REPEATABLE:
            fields.setdefault(name, []).append(value)
        elif name in fields:
            raise _broken({name: MESSAGES["given_twice"]})
        else:
            fields[name] = _whole_number(value) if name == "top" else value
    return _validated(fields)


def _whole_number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text


def _load(body: bytes) -> object:
    """Decode JSON with orjson; only where it refuses, the slower ``json`` tells a lone surrogate (422) from nonsense (400)."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RequestError('The body is not valid JSON. Send an object such as {"question": "…"}.', status=400) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _validated(fields: object) -> AskRequest:
    try:
        return AskRequest.model_validate(fields)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    raise _broken({_field(one): _message(one) for one in reversed(found[:MAX_TOLD])})  # of several for a field, the first is told


def _field(error: ErrorDetails) -> str:
    return str(error["loc"][0])[:MAX_NAME] if error["loc"] else "body"


def _message(error: ErrorDetails) -> str:
    message = MESSAGES.get(error["type"], "is not valid")
    items = [place for place in error["loc"][1:] if isinstance(place, int)]
    return f"item {items[0] + 1} {message}" if items else message


def _broken(fields: dict[str, str]) -> RequestError:
    told = "; ".join(f"{name} {message}" for name, message in fields.items())
    return RequestError(f"The request breaks the contract: {told}.", fields=fields)
