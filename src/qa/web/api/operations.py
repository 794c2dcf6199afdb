"""The endpoints as a table: what each accepts, returns and refuses. The OpenAPI document is made from it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.records import Answer
from qa.verifying import Verification
from qa.web.api import batch, schemas
from qa.web.api.ask_request import AskRequest
from qa.web.api.validation import Request
from qa.web.api.verify import VerifyRequest

JSON = "application/json"
READING = (422, 429, 500, 503)  # the errors that any request for a record may get
SENDING = (400, 408, 413, 415, *READING)
SHOWING = (404, *READING)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address. ``path_parameter`` is (name, meaning); ``records`` is what it
    returns, by media type.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    takes: type[Request]
    gives: type
    errors: tuple[int, ...]
    body: str | None = None  # media type of the body; if None, the parameters are in the address
    path_parameter: tuple[str, str] | None = None
    also: str | None = None  # another media type in which it returns the same
    lines: bool = False  # a record a line
    section: str = ""  # the section of the reference; if empty, that of the previous operation


OPERATIONS = (
    Operation(
        "ask",
        "post",
        "/ask",
        "Answer a question",
        "Ratings computed exactly, passages quoted exactly, each with its source. A body may have at most "
        "64 KiB. The same question to the same index gives the same bytes.",
        AskRequest,
        Answer,
        SENDING,
        body=JSON,
        section="Ask",
    ),
    Operation(
        "ask_by_link",
        "get",
        "/ask",
        "Answer the question of a link",
        "The same answer as by `POST`; `history` and `documents` may be given several times.",
        AskRequest,
        Answer,
        READING,
    ),
    Operation(
        "ask_batch",
        "post",
        "/ask/batch",
        "Answer many questions",
        f"One request per line, at most {batch.MAX_LINES:,} lines and 8 MiB; one answer or problem per "
        "line, in the same order, each sent as soon as it is made.",
        AskRequest,
        Answer,
        SENDING,
        body=batch.TYPE,
        lines=True,
    ),
    Operation(
        "list_documents",
        "get",
        "/documents",
        "List the documents",
        "Every report that is quoted from, in the order of their paths.",
        schemas.PageRequest,
        schemas.DocumentPage,
        READING,
        section="Look up",
    ),
    Operation(
        "show_document",
        "get",
        "/documents/{path}",
        "Show a document",
        "The text as extracted, so that any span of an answer can be checked against it.",
        schemas.NoParameters,
        schemas.DocumentText,
        SHOWING,
        path_parameter=("path", "The document's path, as in `source.document`."),
    ),
    Operation(
        "show_passage",
        "get",
        "/passages/{id}",
        "Show a passage",
        (
            "A quotation by its permanent address. With a `revision` it never shows another text: once "
            "the document has changed, the response is 404."
        ),
        schemas.PassageRequest,
        schemas.PassageText,
        SHOWING,
        path_parameter=("id", "The passage's id, as in an answer."),
    ),
    Operation(
        "list_facts",
        "get",
        "/facts",
        "List rating facts",
        "Filters may be combined, and each given up to 20 times for any of its values. As CSV, a cell "
        "that a spreadsheet program "
        "could take for a formula has an apostrophe before it. The `Link` header leads to the other pages.",
        schemas.FactsRequest,
        schemas.FactPage,
        READING,
        also="text/csv",
    ),
    Operation(
        "find_subjects",
        "get",
        "/subjects",
        "Find rated subjects",
        "For type-ahead: subjects in whose name every word typed begins a word.",
        schemas.SubjectsRequest,
        schemas.SubjectList,
        READING,
    ),
    Operation(
        "show_subject",
        "get",
        "/subjects/{id}.json",
        "Show a rated subject",
        "All that the tables hold of it: the ratings that count, the overall ratings over time, others "
        "of the same name, the nearest of its kind. Without `.json` the address is a page for people.",
        schemas.NoParameters,
        schemas.SubjectDetails,
        SHOWING,
        path_parameter=("id", "The subject's id, as `/subjects` gives it."),
    ),
    Operation(
        "show_provider",
        "get",
        "/providers/{id}.json",
        "Show a provider",
        "Its places by rating. Without `.json` the address is a page for people.",
        schemas.NoParameters,
        schemas.OwnerDetails,
        SHOWING,
        path_parameter=("id", "The provider's name in small letters, hyphens between its words."),
    ),
    Operation(
        "show_brand",
        "get",
        "/brands/{id}.json",
        "Show a brand",
        "Its places by rating. Without `.json` the address is a page for people.",
        schemas.NoParameters,
        schemas.OwnerDetails,
        SHOWING,
        path_parameter=("id", "The brand's name in small letters, hyphens between its words."),
    ),
    Operation(
        "show_place",
        "get",
        "/places/{id}.json",
        "Show a place",
        (
            "What is rated at a town, in a council area or a region, by kind and rating. Without `.json` "
            "the address is a page for people."
        ),
        schemas.NoParameters,
        schemas.PlaceDetails,
        SHOWING,
        path_parameter=("id", "The place's name in small letters, hyphens between its words."),
    ),
    Operation(
        "verify",
        "post",
        "/verify",
        "Check an answer",
        "Takes an answer, or only facts and quotations, and says for every fact and every quoted character "
        "whether the corpus holds it, at the revision that was quoted. Only what is sent is checked; the "
        "words of `answer.text` and the `figures` are not. A body may have at most 1 MiB.",
        VerifyRequest,
        Verification,
        SENDING,
        body=JSON,
        section="Check",
    ),
    Operation(
        "health",
        "get",
        "/healthz",
        "Ask whether the service answers",
        "For whatever watches the service.",
        schemas.NoParameters,
        schemas.Health,
        (500,),
        section="Operate",
    ),
    Operation(
        "ready",
        "get",
        "/readyz",
        "Ask whether questions can be answered",
        "For load balancers: 503 while this process should receive no questions.",
        schemas.NoParameters,
        schemas.Readiness,
        (500, 503),
    ),
)
