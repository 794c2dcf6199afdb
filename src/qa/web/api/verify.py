"""``/verify``: takes an answer, or only facts and quotations, and returns which of them are in the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from flask import Blueprint, Response
from pydantic import ConfigDict, Field

from qa import wire
from qa.verifying import (
    DOCUMENT_FIELDS,
    FACT_FIELDS,
    PASSAGE_FIELDS,
    SOURCE_FIELDS,
    Claim,
    Quotation,
    Verification,
    verify,
)
from qa.web.api.validation import INTEGRAL, Request, Text, broken, from_json
from qa.web.serving.compression import compressed
from qa.web.serving.current import service
from qa.web.serving.request_body import body

if TYPE_CHECKING:
    from qa.service import Service

MAX_FACTS = 500
MAX_PASSAGES = 50
MAX_TEXT = 100_000  # characters of a quotation
FARTHEST = 10_000_000_000  # code points

routes = Blueprint("verify", __name__)

Name = Annotated[Text, Field(max_length=10_000)]
Place = Annotated[int, Field(ge=0, le=FARTHEST), INTEGRAL]
Passed = Annotated[Any, Field(description="Ignored. It is allowed so that an answer can be sent as it is.")]


class _Told(Request):
    """A record of an answer. Its fields are checked, or ignored if they claim nothing about the corpus."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class FactSourceTold(_Told):
    """The claimed source of a fact."""

    document: Name | None = None
    title: Name | None = None
    url: Name | None = None
    row: Place | None = None


class FactTold(_Told):
    """A fact as an answer has it; only the fields that are sent are checked."""

    id: Annotated[Name, Field(description="The fact's id, as in an answer.")]
    subject: Name | None = None
    aspect: Name | None = None
    service: Name | None = None
    rating: Name | None = None
    previous_rating: Name | None = None
    published: Name | None = None
    note: Name | None = None
    attributes: dict[Name, Name] = Field(default_factory=dict)
    source: FactSourceTold = Field(default_factory=FactSourceTold)


class QuoteSource(_Told):
    """The claimed source of a quotation."""

    document: Annotated[Name, Field(description="Path of the document, as in `source.document`.")]
    start: Annotated[
        Place | None,
        Field(description="Where the text begins; if left out, the text may be anywhere."),
    ] = None
    end: Place | None = None
    title: Name | None = None
    kind: Name | None = None
    url: Name | None = None
    section: Name | None = None
    page: Place | None = None
    published: Name | None = None
    revision: Annotated[
        Name | None, Field(description="The revision that was quoted; the current one if left out.")
    ] = None


class QuoteTold(_Told):
    """A passage as an answer has it, or any quotation: its text and its source."""

    text: Annotated[Text, Field(min_length=1, max_length=MAX_TEXT)]
    source: QuoteSource
    id: Name | None = None


class VerifyRequest(Request):
    """An answer as it was given, or only its ``facts``, its ``passages`` or both."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["facts"]}, {"required": ["passages"]}]}
    )

    facts: Annotated[
        list[FactTold], Field(default_factory=list, max_length=MAX_FACTS, description="Facts to be checked.")
    ]
    passages: Annotated[
        list[QuoteTold],
        Field(default_factory=list, max_length=MAX_PASSAGES, description="Quotations to be checked."),
    ]
    question: Passed = None
    status: Passed = None
    answer: Passed = None
    facts_total: Passed = None
    figures: Passed = None
    conflicts: Passed = None
    parts: Passed = None
    understood: Passed = None
    suggestions: Passed = None
    index: Passed = None
    facts_next: Passed = None
    degraded: Passed = None
    distances: Passed = None


@routes.post("/verify")
def verify_answer() -> Response:
    """Check the facts and passages of a JSON body."""
    return compressed(Response(wire.encode(verified(body(), service())), mimetype="application/json"))


def verified(sent: bytes, service: Service) -> Verification:
    """Check the facts and passages of a JSON text.

    Raises RequestError as :func:`~qa.web.api.validation.from_json` does.
    """
    asked = from_json(VerifyRequest, sent)
    if not asked.model_fields_set & {"facts", "passages"}:
        raise broken({"facts": "is missing, and passages too; send one of them or both"})
    claims, quotations = (
        [_claim(fact) for fact in asked.facts],
        [_quotation(quote) for quote in asked.passages],
    )
    return verify(claims, quotations, service.facts, service.library, service.index)


def _claim(fact: FactTold) -> Claim:
    return Claim(fact.id, _sent(fact, FACT_FIELDS), fact.attributes, _sent(fact.source, SOURCE_FIELDS))


def _quotation(quote: QuoteTold) -> Quotation:
    source = quote.source
    told = _sent(source, (*DOCUMENT_FIELDS, *PASSAGE_FIELDS))
    return Quotation(quote.text, source.document, source.start, source.end, source.revision, quote.id, told)


def _sent(record: _Told, names: Sequence[str]) -> dict[str, Any]:
    """Return the fields that were sent; ``None`` if null was sent."""
    return {name: getattr(record, name) for name in names if name in record.model_fields_set}
