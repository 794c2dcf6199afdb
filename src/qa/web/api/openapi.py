"""The OpenAPI 3.1 document, made from the models that check the requests and the records that are sent."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from qa import __version__
from qa.web.api.operations import JSON, OPERATIONS, Operation
from qa.web.api.validation import Request
from qa.web.serving.error_responses import ADVICE, ProblemDetails, problem_type

PROBLEM = "application/problem+json"
SCHEMAS = "#/components/schemas/"
SAME_AS = {
    "FactTold": "RatingFact",
    "FactSourceTold": "FactSource",
    "QuoteTold": "QuotedPassage",
    "QuoteSource": "PassageSource",
}
ABSENT: Mapping[str, Mapping[str, Mapping[str, object]]] = {  # left out if there is none, as qa.wire does
    "Answer": {
        "degraded": {"const": True},
        "distances": {"type": "array", "items": {"$ref": f"{SCHEMAS}Distance"}, "minItems": 1},
    },
    "Figure": {"group": {"type": "string"}},
}
RENAMED = {"Change": {"source": "from", "target": "to"}}  # as qa.wire writes them

Json = dict[str, Any]


class _Schemas(GenerateJsonSchema):
    """JSON Schemas of what is sent, in which every field is required."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)


@cache
def document() -> Json:
    """Return the document without the examples that only a corpus can give."""
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Askwell",
            "version": __version__,
            "summary": "Ask a regulator's reports and ratings a question in plain words.",
            "description": "Dates are ISO 8601. Spans are half-open and count Unicode code points. Text is "
            "UTF-8 and never HTML. Every error is a problem as in RFC 9457.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas(), "responses": _refusals()},
    }


@cache
def schemas() -> Json:
    """Return the JSON Schema of every record, by name."""
    wanted: list[tuple[str, Any, TypeAdapter[Any]]] = [
        *((operation.takes.__name__, "validation", TypeAdapter(operation.takes)) for operation in OPERATIONS),
        *(
            (operation.gives.__name__, "serialization", TypeAdapter(operation.gives))
            for operation in OPERATIONS
        ),
        ("ProblemDetails", "serialization", TypeAdapter(ProblemDetails)),
    ]
    _, found = TypeAdapter.json_schemas(wanted, ref_template=SCHEMAS + "{model}", schema_generator=_Schemas)
    described: Json = found["$defs"]
    for name, schema in described.items():
        _describe(name, schema)
    return described


@cache
def meanings() -> Mapping[str, Mapping[str, str]]:
    """Return the meaning of every field, by record."""
    return tomllib.loads(files("qa.web.api").joinpath("field_descriptions.toml").read_text(encoding="utf-8"))


def _describe(name: str, schema: Json) -> None:
    """Add the meanings of a record's fields, under their names on the wire."""
    renamed = RENAMED.get(name, {})
    schema["properties"] = {
        renamed.get(field, field): one for field, one in schema.get("properties", {}).items()
    }
    if "required" in schema:
        schema["required"] = [
            renamed.get(field, field) for field in schema["required"] if field not in ABSENT.get(name, ())
        ]
    docstring = schema.get("description", "").replace("``", "`")
    schema["description"] = meanings()["records"].get(name, docstring)
    for field, held in ABSENT.get(name, {}).items():
        schema["properties"][field] = dict(held)
    told = meanings().get(SAME_AS.get(name, name), {})
    for field, one in schema["properties"].items():
        one.pop("title", None)
        if field in told:
            one.setdefault("description", told[field])


def _operation(operation: Operation) -> Json:
    written: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
    }
    if parameters := _parameters(operation):
        written["parameters"] = parameters
    if operation.body:
        written["requestBody"] = {
            "required": True,
            "content": {operation.body: {"schema": _content(operation, operation.takes)}},
        }
    given = {operation.body if operation.lines else JSON: {"schema": _content(operation, operation.gives)}}
    if operation.also:
        given[operation.also] = {"schema": {"type": "string"}}
    refused = {
        str(status): {"$ref": f"#/components/responses/{_name(status)}"}
        for status in sorted(operation.errors)
    }
    written["responses"] = {"200": {"description": operation.summary, "content": given}, **refused}
    return written


def _content(operation: Operation, record: type) -> Json:
    """Return the schema of a body. OpenAPI 3.1 knows lines of JSON only as text, so the content of a line is
    described separately.
    """
    if not operation.lines:
        return _reference(record)
    problem = " or of `ProblemDetails`" if record is operation.gives else ""
    about = f"Lines, each the JSON of one `{record.__name__}`{problem}."
    return {"type": "string", "pattern": r"[^\n]", "description": about, "x-line": _reference(record)}


def _reference(record: type) -> Json:
    return {"$ref": f"{SCHEMAS}{record.__name__}"}


def _parameters(operation: Operation) -> list[Json]:
    found: list[Json] = []
    if operation.path_parameter:
        name, meaning = operation.path_parameter
        found.append(
            {
                "name": name,
                "in": "path",
                "required": True,
                "description": meaning,
                "schema": {"type": "string"},
            }
        )
    return found if operation.body else [*found, *_query(operation.takes)]


def _query(model: type[Request]) -> list[Json]:
    schema = schemas()[model.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": one.get("description", ""),
            "schema": _as_text({key: value for key, value in one.items() if key != "description"}),
        }
        for name, one in schema["properties"].items()
    ]


def _as_text(schema: Json) -> Json:
    """Return the schema of a parameter: if a body accepts several forms of an item, an address
    takes only the text.
    """
    texts = [one for one in schema.get("items", {}).get("anyOf", ()) if one.get("type") == "string"]
    return {**schema, "items": texts[0]} if texts else schema


def _refusals() -> Json:
    statuses = sorted({status for operation in OPERATIONS for status in operation.errors})
    return {_name(status): refusal(status) for status in statuses}


def _name(status: int) -> str:
    return HTTPStatus(status).name.title().replace("_", "")


def refusal(status: int) -> Json:
    """Return how an error is described."""
    heading, advice = ADVICE[status]
    example = {
        "type": problem_type(status),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": advice,
        "errors": [],
    }
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        example["errors"] = [{"field": "limit", "detail": "must be a whole number"}]
        example["detail"] = "The request breaks the contract: limit must be a whole number."
    return {
        "description": f"{heading}. {advice}",
        "content": {PROBLEM: {"schema": _reference(ProblemDetails), "example": example}},
    }
