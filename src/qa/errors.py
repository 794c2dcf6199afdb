"""What can go wrong, as a tree.

QaError                     exit 1, HTTP 500
├── UsageError              exit 2, HTTP 422   a setting, flag or argument is wrong
│   └── RequestError        exit 2, HTTP 4xx   a request breaks the contract; names the field
├── CorpusError             exit 1, HTTP 503   the corpus can't be served; carries every problem found
├── EngineError             exit 1, HTTP 503   a search engine can't be reached or is broken
├── EncoderError            exit 1, HTTP 503   an encoder can't be loaded: a file or the extra is missing
├── FetchError              exit 1, HTTP 500   what is published on the web can't be fetched
└── ServerError             exit 1, HTTP 500   the server can't start, e.g. its port is taken

A message says what is wrong and the next step. Nothing here imports anything of ``qa``.
"""

from __future__ import annotations

from collections.abc import Sequence


class QaError(Exception):
    """Anything that a user can cause or must know about; the root of the tree."""

    exit_code = 1
    http_status = 500
    title = "Something went wrong"


class UsageError(QaError):
    """A setting, flag or argument is wrong."""

    exit_code = 2
    http_status = 422
    title = "The request can't be understood"


class RequestError(UsageError):
    """A request breaks the contract. ``fields`` maps field names to what is wrong with them."""

    def __init__(
        self,
        detail: str,
        *,
        status: int = 422,
        title: str | None = None,
        fields: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.http_status = status
        self.title = title or type(self).title
        self.fields = fields or {}


class CorpusError(QaError):
    """The corpus can't be served. ``problems`` are ready to print, one a line."""

    http_status = 503
    title = "The corpus can't be read"

    def __init__(self, detail: str, problems: Sequence[object] = ()) -> None:
        super().__init__(detail)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([str(self.args[0]), *(f"  {problem}" for problem in self.problems)])


class EngineError(QaError):
    """A search engine can't be reached or is broken. After ``retry_after`` seconds it may
    answer again, if that is known.
    """

    http_status = 503
    title = "The search is not available"

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class EncoderError(QaError):
    """An encoder can't be loaded."""

    http_status = 503
    title = "The encoder is not available"


class FetchError(QaError):
    """What is published on the web can't be fetched."""

    title = "Fetching has failed"


class ServerError(QaError):
    """The server can't start."""
