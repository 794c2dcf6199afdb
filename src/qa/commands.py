"""The commands ``qa verify`` and ``qa mcp``, to be added to the command line. Importing it loads nothing but click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.errors import RequestError, UsageError
from qa.evaluation.command import LOADING, Opening

if TYPE_CHECKING:
    from qa.verifying import CheckedFact, CheckedQuotation, Verification


def add_commands(group: click.Group, opening: Opening) -> None:
    """Add ``verify`` and ``mcp`` to the command line."""
    group.add_command(_verify(opening))
    group.add_command(_mcp(opening))


def _verify(opening: Opening) -> click.Command:
    @click.command()
    @click.argument("file", type=click.File("rb"))
    @click.option("--json", "as_json", is_flag=True, help="Print the records of the contract, one a line, instead of text.")
    @opening.with_flags(*LOADING)
    def verify(file: click.utils.LazyFile, as_json: bool, **flags: str | None) -> int:
        """Check that the corpus holds an answer.

        FILE holds an answer as JSON, or several as JSON lines; - reads standard input. Every fact and every quoted character is checked.
        Exits with 1 where something is not held.
        """
        from qa import wire
        from qa.web.verification import verified

        texts = list(_answers(file.name, file.read()))
        service = opening.service(flags)
        checked = [_named(file.name, line, lambda text=text: verified(text, service)) for line, text in texts]
        for (line, _), one in zip(texts, checked, strict=True):
            click.echo(wire.encode(one).decode() if as_json else "\n".join(_lines(one, line if len(texts) > 1 else 0)))
        return 0 if all(one.held for one in checked) else 1

    return verify
