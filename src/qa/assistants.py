"""Askwell for assistants: an MCP server on standard input and output with three tools, each over the same
service as the endpoints.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from qa import __version__, wire
from qa.errors import QaError, RequestError, UsageError
from qa.web.api import lookups, schemas, validation
from qa.web.api.ask_request import AskRequest

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from qa.service import Service

INSTRUCTIONS = """\
Published ratings and reports of a regulator. Use `ask` for questions in plain words: ratings, counts,
comparisons, what a report says. Give a rating only with its date of publication, and quote passages only as
they are, each with its source. A passage of the kind `digest` is a retelling: never cite it as the
publisher's words. If the status is `not_found`, say that the reports have no answer."""
MOST_FACTS = 100  # facts of a page: an assistant reads all of them


def serve(open_service: Callable[[], Service]) -> None:
    """Serve on standard input and output until the assistant disconnects. Raises UsageError if
    the extra is not installed.
    """
    try:
        import mcp  # noqa: F401
    except ImportError:
        raise UsageError("qa mcp needs the extra mcp. Install it with: pip install 'askwell[mcp]'") from None
    server(open_service()).run("stdio")


def server(service: Service) -> MCPServer:
    """Return the server with its tools."""
    from mcp.server.mcpserver import MCPServer
    from mcp.types import ToolAnnotations

    made = MCPServer(
        "askwell", title="Askwell", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for name, (title, tool) in tools(service).items():
        made.add_tool(tool, name=name, title=title, annotations=reading, structured_output=True)
    return made


def tools(service: Service) -> dict[str, tuple[str, Callable[..., dict[str, Any]]]]:
    """Return the tools by name, each with its title.

    Their signatures and docstrings are what an assistant sees.
    """
    return {
        "ask": ("Ask the reports and ratings", _asking(service)),
        "find_facts": ("Find rating facts", _finding(service)),
        "read_passage": ("Read a quoted passage", _reading(service)),
    }


def _asking(service: Service) -> Callable[..., dict[str, Any]]:
    def ask(
        question: Annotated[str, Field(description="The question in plain words, at most 2,000 characters.")],
        history: Annotated[
            list[str] | None,
            Field(description="Earlier questions of the conversation, oldest first, at most 20."),
        ] = None,
        top: Annotated[int, Field(ge=1, le=50, description="The most passages to return.")] = 5,
    ) -> dict[str, Any]:
        """Answer a question from the published ratings and reports: the answer in words, the rating facts
        that it rests on, and verbatim passages, each with its source, date and revision.
        """

        def answer() -> bytes:
            asked = validation.validated(
                AskRequest, {"question": question, "history": history or [], "top": top}
            )
            return wire.dumps(service.ask(asked.question, asked.history, top=asked.top))

        return _told(answer)

    return ask


def _finding(service: Service) -> Callable[..., dict[str, Any]]:
    def find_facts(
        subject: Annotated[str | None, Field(description="Full name as published.")] = None,
        provider: Annotated[str | None, Field(description="Full name of the provider.")] = None,
        town: Annotated[str | None, Field(description="Postal town.")] = None,
        local_authority: Annotated[str | None, Field(description="Council area.")] = None,
        region: Annotated[str | None, Field(description="Region.")] = None,
        kind: Annotated[str | None, Field(description="The publisher's category of service.")] = None,
        rating: Annotated[str | None, Field(description="The rating in the publisher's words.")] = None,
        aspect: Annotated[str | None, Field(description="Overall or a key question, e.g. Safe.")] = None,
        service_name: Annotated[
            str | None, Field(description="Overall, or the part of a subject that is rated.")
        ] = None,
        state: Annotated[
            Literal["current", "all"], Field(description="all: superseded ratings too.")
        ] = "current",
        sort: Annotated[
            schemas.Sort, Field(description="What to sort by, - before it for descending.")
        ] = "read",
        limit: Annotated[int, Field(ge=1, le=MOST_FACTS, description="The most facts to return.")] = 20,
        offset: Annotated[
            int, Field(ge=0, le=schemas.FARTHEST, description="How many facts go before them.")
        ] = 0,
    ) -> dict[str, Any]:
        """List published rating facts by exact filters, each with its source; total says how many there are
        on all pages.
        """
        filters = {
            "subject": subject,
            "provider": provider,
            "town": town,
            "local_authority": local_authority,
            "region": region,
            "kind": kind,
            "rating": rating,
            "aspect": aspect,
            "service": service_name,
        }
        fields = {name: [value] for name, value in filters.items() if value is not None}
        fields |= {"state": state, "sort": sort, "limit": limit, "offset": offset}  # type: ignore[dict-item]
        return _told(
            lambda: wire.encode(lookups.facts(service, validation.validated(schemas.FactsRequest, fields)))
        )

    return find_facts


def _reading(service: Service) -> Callable[..., dict[str, Any]]:
    def read_passage(
        id: Annotated[str, Field(description="The passage's id, as in an answer.")],
        revision: Annotated[
            str | None,
            Field(description="The revision that was quoted; an error if the document has changed."),
        ] = None,
    ) -> dict[str, Any]:
        """Read a passage again by its id: the verbatim text, the headings above it and its source."""

        def passage() -> bytes:
            asked = validation.validated(schemas.PassageRequest, {"revision": revision} if revision else {})
            return wire.encode(lookups.passage(service, id, asked.revision))

        return _told(passage)

    return read_passage


def _told(make: Callable[[], bytes]) -> dict[str, Any]:
    """Return a record as JSON; an error that the assistant can fix is reported to it. Raises ToolError."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        record: dict[str, Any] = json.loads(make())
    except RequestError as error:
        raise ToolError(str(error)) from None
    except QaError as error:
        raise ToolError("The service can't answer now. Try again in a minute.") from error
    return record
