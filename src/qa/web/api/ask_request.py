"""What a client may send to ``/ask``: checked strictly, and described once."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from qa.web.api.validation import INTEGRAL, Request, Text, from_json, from_query

MAX_BODY = 64 * 1024  # bytes
MAX_QUESTION = 2_000  # characters, after trimming
MAX_HISTORY = 20
MAX_TOP = 50
# What is trimmed. It is spelt out because \s differs from one language to the next.
BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
ASKABLE = rf"^[{BLANK}]*[^{BLANK}]([\s\S]{{0,{MAX_QUESTION - 2}}}[^{BLANK}])?[{BLANK}]*$"


def _question_length(text: str) -> str:
    if 1 <= len(text.strip()) <= MAX_QUESTION:
        return text
    raise PydanticCustomError("question_length", "length", {"most": MAX_QUESTION})


def _texts(items: object) -> object:
    """Return the questions among the messages of a chat, ``{"role": "user", "content": "…"}``; anything else
    is left unchanged.
    """
    if not isinstance(items, list):
        return items
    return [
        item["content"] if _is_message(item) else item
        for item in items
        if not (_is_message(item) and item["role"] == "assistant")
    ]


def _is_message(item: object) -> bool:
    return (
        isinstance(item, dict)
        and item.keys() == {"role", "content"}
        and item["role"] in ("user", "assistant")
        and isinstance(item["content"], str)
    )


MESSAGE = {
    "type": "object",
    "properties": {
        "role": {"enum": ["user", "assistant"]},
        "content": {"type": "string", "maxLength": MAX_QUESTION},
    },
    "required": ["role", "content"],
    "additionalProperties": False,
}


class AskRequest(Request):
    """One question with the conversation before it."""

    question: Annotated[
        Text,
        AfterValidator(_question_length),
        Field(
            description=f"The question as typed, 1 to {MAX_QUESTION:,} characters after trimming.",
            examples=["Which trust became outstanding?"],
            json_schema_extra={"minLength": 1, "pattern": ASKABLE},
        ),
    ]
    history: Annotated[
        list[Annotated[Text, Field(max_length=MAX_QUESTION)]],
        BeforeValidator(_texts),
        Field(
            default_factory=list,
            max_length=MAX_HISTORY,
            description="Earlier questions of the conversation, oldest first, as texts or as the messages "
            "of a chat; what an assistant said is left out. The server keeps none of them.",
            json_schema_extra={
                "default": [],
                "items": {"anyOf": [{"type": "string", "maxLength": MAX_QUESTION}, MESSAGE]},
            },
        ),
    ]
    top: Annotated[int, Field(ge=1, le=MAX_TOP, description="The most passages to return."), INTEGRAL] = 5
    documents: Annotated[
        list[Text],
        Field(
            default_factory=list,
            min_length=1,
            description="Use only these documents and tables, named as in `source.document`; all where it "
            "is left out. One that is not loaded is 422.",
        ),
    ]


def parse_json(body: bytes) -> AskRequest:
    """Read a JSON body. Raises RequestError: 400 if it is not JSON, 422 if it breaks the contract."""
    return from_json(AskRequest, body)


def parse_query(query: bytes) -> AskRequest:
    """Read a query string such as ``question=…&top=3``. Raises RequestError (422)."""
    return from_query(AskRequest, query)
