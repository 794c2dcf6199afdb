"""Examples for the OpenAPI document: real requests to the running service, and its answers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from qa import wire
from qa.facts.subject_id import subject_id
from qa.web.api import lookups, schemas
from qa.web.api.batch import TYPE
from qa.web.api.openapi import Json, document
from qa.web.api.operations import JSON, OPERATIONS
from qa.web.api.schemas import Health
from qa.web.api.verify import verified

if TYPE_CHECKING:
    from qa.service import Service

DEFAULT_QUESTION = "Which trust became outstanding?"
NAMED = 100  # documents, up to which they are listed
FEW = 8  # facts of an answer that is shown as an example
SHOWN = 300  # characters of a document's text in an example


@dataclass(frozen=True, slots=True)
class Example:
    """``sent`` is a body; otherwise ``given`` are parameters, by name. ``got`` is the response."""

    got: Any
    sent: Any = None
    given: Mapping[str, Any] | None = None


def with_examples(service: Service) -> Json:
    """Return the OpenAPI document with examples from this service."""
    shown = copy.deepcopy(document())
    for operation in OPERATIONS:
        example = MAKERS[operation.name](service)
        if example is None:
            continue
        written = shown["paths"][operation.path][operation.method]
        written["responses"]["200"]["content"][TYPE if operation.lines else JSON]["example"] = example.got
        if operation.body:
            written["requestBody"]["content"][operation.body]["example"] = example.sent
        for parameter in written.get("parameters", ()):
            if parameter["name"] in (example.given or {}):
                parameter["example"] = (example.given or {})[parameter["name"]]
    _name_documents(shown, service)
    return shown


def _name_documents(shown: Json, service: Service) -> None:
    """List the documents and the values of filters that can be named, if they are few."""
    tables = service.facts.tables()
    documents = [*(document.path for document in service.documents), *tables]
    schemas, paths = shown["components"]["schemas"], shown["paths"]
    _allow(schemas["AskRequest"]["properties"]["documents"], documents)
    filters = (("/facts", name, lookups.values_of(service, name)) for name in lookups.CLOSED)
    for path, name, allowed in (("/ask", "documents", documents), ("/facts", "document", tables), *filters):
        (parameter,) = (one for one in paths[path]["get"]["parameters"] if one["name"] == name)
        _allow(parameter["schema"], allowed)


def _allow(schema: Json, values: Sequence[str]) -> None:
    if 0 < len(values) <= NAMED:
        schema["items"] = {**schema["items"], "enum": list(values)}


def _questions(service: Service) -> list[str]:
    """The examples of this corpus, those first whose answer is short enough to be read as an example."""
    questions = [question for _, question in service.summary.examples] or [DEFAULT_QUESTION]
    return sorted(questions, key=lambda question: len(service.ask(question, top=1).facts) > FEW)


def _question(service: Service) -> str:
    return _questions(service)[0]


def _answer(service: Service) -> Any:
    return json.loads(wire.dumps(service.ask(_question(service), top=1)))


def _plain(record: object) -> Any:
    return json.loads(wire.encode(record))


def _ask(service: Service) -> Example:
    asked = {"question": _question(service), "top": 1}
    return Example(_answer(service), asked, asked)


def _batch(service: Service) -> Example:
    return Example(
        wire.dumps(service.ask(_question(service), top=1)).decode() + "\n",
        json.dumps({"question": _question(service), "top": 1}) + "\n",
    )


def _documents(service: Service) -> Example:
    return Example(_plain(lookups.documents(service, schemas.PageRequest(limit=1))), given={"limit": 1})


def _document(service: Service) -> Example | None:
    if not service.documents:
        return None
    path = service.documents[0].path
    shown = _plain(lookups.document(service, path))
    shown |= {
        "text": shown["text"][:SHOWN],
        "sections": shown["sections"][:1],
        "passages": shown["passages"][:1],
    }
    return Example(shown, given={"path": path})


def _passage(service: Service) -> Example | None:
    if not service.passages:
        return None
    shown = lookups.passage(service, service.passages[0].id)
    return Example(_plain(shown), given={"id": shown.id, "revision": shown.source.revision})


def _facts(service: Service) -> Example:
    given = {"aspect": ["Overall"], "sort": "-published", "limit": 1}
    return Example(_plain(lookups.facts(service, schemas.FactsRequest.model_validate(given))), given=given)


def _subjects(service: Service) -> Example:
    found = service.facts.subjects([1])
    typed = found[0].name[:3].strip() if found else "st"
    return Example(
        _plain(lookups.subjects(service, schemas.SubjectsRequest(q=typed, limit=1))),
        given={"q": typed, "limit": 1},
    )


def _subject(service: Service) -> Example | None:
    found = service.facts.subjects([1])
    if not found:
        return None
    identifier = subject_id(found[0].name, found[0].attributes)
    shown = _plain(lookups.subject(service, identifier))
    shown |= {name: shown[name][:1] for name in ("current", "history", "same_name", "near")}
    return Example(shown, given={"id": identifier})


def _provider(service: Service) -> Example | None:
    return _owner(service, "provider")


def _brand(service: Service) -> Example | None:
    return _owner(service, "brand")


def _owner(service: Service, field: Literal["provider", "brand"]) -> Example | None:
    if service.facts.field(field) is None:
        return None
    shown = _plain(lookups.owner(service, field, service.facts.values(field)[0]))
    return Example(shown | {"facts": shown["facts"][:1]}, given={"id": shown["id"]})


def _place(service: Service) -> Example | None:
    names = [value for field in service.vocabulary.place_fields for value in service.facts.values(field)[:1]]
    if not names:
        return None
    shown = _plain(lookups.place(service, names[0]))
    shown["areas"] = [area | {"kinds": area["kinds"][:1]} for area in shown["areas"][:1]]
    return Example(shown, given={"id": shown["id"]})


def _verify(service: Service) -> Example:
    answer = _answer(service)
    sent = {"facts": answer["facts"][:1], "passages": answer["passages"][:1]}
    return Example(_plain(verified(json.dumps(sent).encode(), service)), sent)


def _health(service: Service) -> Example:
    return Example(_plain(Health("ok", service.index.fingerprint, service.index.as_of)))


def _ready(service: Service) -> Example:
    return Example(_plain(schemas.Readiness("ready", service.index.fingerprint, service.index.as_of, False)))


MAKERS: dict[str, Callable[[Service], Example | None]] = {
    "ask": _ask,
    "ask_by_link": _ask,
    "ask_batch": _batch,
    "list_documents": _documents,
    "show_document": _document,
    "show_passage": _passage,
    "list_facts": _facts,
    "find_subjects": _subjects,
    "show_subject": _subject,
    "show_provider": _provider,
    "show_brand": _brand,
    "show_place": _place,
    "verify": _verify,
    "health": _health,
    "ready": _ready,
}
