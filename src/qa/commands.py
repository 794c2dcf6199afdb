"""The commands ``qa verify``, ``qa keys`` and ``qa mcp``, to be added to the command line. Importing it loads nothing but click."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click

from qa.errors import RequestError, UsageError
from qa.evaluation.command import LOADING, Opening

if TYPE_CHECKING:
    from qa.keys import Keys
    from qa.service import Service
    from qa.verifying import CheckedFact, CheckedQuotation, Difference, Verification

FINDINGS = {
    "differs": "not what the corpus holds",
    "other_revision": "the document has changed since",
    "no_such_document": "there is no such document",
    "no_such_fact": "there is no such fact",
}


def add_commands(group: click.Group, opening: Opening) -> None:
    """Add ``verify``, ``keys`` and ``mcp`` to the command line."""
    group.add_command(_verify(opening))
    group.add_command(_keys(opening))
    group.add_command(_mcp(opening))


def _verify(opening: Opening) -> click.Command:
    @click.command()
    @click.argument("file", type=click.File("rb"))
    @click.option("--json", "as_json", is_flag=True, help="Print the records of the contract, one a line, instead of text.")
    @opening.with_flags(*LOADING)
    def verify(file: BinaryIO, as_json: bool, **flags: str | None) -> int:
        """Check that the corpus holds an answer.

        FILE holds an answer as JSON, or several as JSON lines; - reads standard input. Every fact and every quoted character is checked.
        Exits with 1 where something is not held.
        """
        from qa import wire

        answers = _answers(file.name, file.read())
        service = opening.service(flags)
        held = True
        for line, text in answers:
            checked = _checked(file.name, line, text, service)
            held = held and checked.held
            where = f"line {line}: " if len(answers) > 1 else ""
            click.echo(wire.encode(checked).decode() if as_json else "\n".join(_lines(checked, where)))
        return 0 if held else 1

    return verify


def _answers(name: str, data: bytes) -> list[tuple[int, bytes]]:
    """Return the answers of a file with the lines on which they begin. Raises UsageError where it holds none."""
    from qa.web.checking import load

    try:
        load(data)
    except RequestError:  # not one JSON text, so it is taken for lines
        lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    else:
        lines = [(1, data)]
    if not lines:
        raise UsageError(f"{name} is empty. Give it an answer, e.g. from qa ask --json.")
    return lines


def _checked(name: str, line: int, text: bytes, service: Service) -> Verification:
    from qa.web.verification import verified

    try:
        return verified(text, service)
    except RequestError as error:
        raise UsageError(f"{name}, line {line}: {error} Give it an answer, e.g. from qa ask --json.") from error


def _lines(checked: Verification, where: str) -> Iterator[str]:
    facts = sum(fact.held for fact in checked.facts)
    characters = sum(one.characters for one in checked.passages)
    held = sum(one.held_characters for one in checked.passages)
    yield f"{where}{facts:,} of {len(checked.facts):,} facts and {held:,} of {characters:,} quoted characters are held"
    for fact in checked.facts:
        yield from _fact_lines(fact)
    for passage in checked.passages:
        yield from _passage_lines(passage)


def _fact_lines(fact: CheckedFact) -> Iterator[str]:
    if not fact.held:
        yield f"  fact {fact.id}: {FINDINGS[fact.finding]}"
        yield from _difference_lines(fact.differences)


def _passage_lines(passage: CheckedQuotation) -> Iterator[str]:
    if not passage.held:
        spans = ", ".join(f"{span.start}–{span.end}" for span in passage.differing)
        differing = f" (characters {spans})" if passage.finding == "differs" and spans else ""
        found = f"; its words stand at {passage.found.start}–{passage.found.end}" if passage.found and passage.differing else ""
        yield f"  passage {passage.id or passage.document}: {FINDINGS[passage.finding]}{differing}{found}"
        yield from _difference_lines(passage.differences)


def _difference_lines(differences: Iterable[Difference]) -> Iterator[str]:
    return (f"    {one.field} is {'not there' if one.held is None else one.held}" for one in differences)


def _mcp(opening: Opening) -> click.Command:
    @click.command(name="mcp")
    @opening.with_flags(*LOADING)
    def serve_assistants(**flags: str | None) -> None:
        """Serve an assistant over MCP on standard input and output.

        It gets the tools ask, find_facts and read_passage. Needs the extra: pip install 'askwell[mcp]'.
        """
        from qa.assistants import serve

        serve(lambda: opening.service(flags))

    return serve_assistants


def _keys(opening: Opening) -> click.Group:
    @click.group()
    def keys() -> None:
        """Add, list and revoke keys to the endpoints.

        --keys or QA_KEYS names their file, for this command and for qa serve. What is changed holds at once, without a restart.
        """

    @keys.command()
    @click.argument("name")
    @opening.with_flags("keys")
    def add(name: str, keys: str | None) -> None:
        """Make a key for NAME and print it, this once; the file keeps only its hash."""
        key, token = _file(opening, keys).add(name, datetime.datetime.now(datetime.UTC).date())
        click.echo(token)
        click.echo(f"The key of {key.name}, with the id {key.id}. It can't be shown again. Send it as Authorization: Bearer KEY.", err=True)

    @keys.command(name="list")
    @opening.with_flags("keys")
    def list_all(keys: str | None) -> None:
        """Print the id of every key, the day on which it was made, and whose it is."""
        for key in _file(opening, keys).all():
            click.echo(f"{key.id}  {key.added}  {key.name}")

    @keys.command()
    @click.argument("id")
    @opening.with_flags("keys")
    def revoke(id: str, keys: str | None) -> None:
        """Let the key with this ID open nothing any more."""
        click.echo(f"The key of {_file(opening, keys).revoke(id).name} is revoked.")

    return keys


def _file(opening: Opening, flag: str | None) -> Keys:
    from qa.keys import Keys

    path = opening.keys({"keys": flag})
    if path is None:
        raise UsageError("No file of keys is named. Name it with --keys or QA_KEYS, as for qa serve.")
    return Keys(path)
