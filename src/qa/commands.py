"""The commands ``qa verify``, ``qa keys``, ``qa fetch`` and ``qa mcp``, to be added to the command line.

Importing it loads nothing but click.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from qa.errors import RequestError, UsageError
from qa.evaluation.command import Opening
from qa.help_pages import Command, Group
from qa.settings import LOADING

if TYPE_CHECKING:
    from qa.keys import Keys
    from qa.service import Service
    from qa.verifying import CheckedFact, CheckedQuotation, Difference, Verification

FINDINGS = {
    "differs": "not what is in the corpus",
    "other_revision": "the document has changed since",
    "no_such_document": "there is no such document",
    "no_such_fact": "there is no such fact",
}


def add_commands(group: click.Group, opening: Opening) -> None:
    """Add ``verify``, ``keys``, ``fetch`` and ``mcp`` to the command line."""
    group.add_command(_verify(opening))
    group.add_command(_keys(opening))
    group.add_command(fetch)
    group.add_command(_mcp(opening))


@click.group(cls=Group)
def fetch() -> None:
    """Download what a regulator publishes into a corpus folder."""


@fetch.command(
    examples=[
        "qa fetch cqc cqc --directory",
        "QA_CQC_KEY=… qa fetch cqc cqc --council Kent --council Medway",
    ]
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--key", envvar="QA_CQC_KEY", help="Key of the API, from its portal (QA_CQC_KEY).")
@click.option(
    "--address", envvar="QA_CQC_ADDRESS", help="Address of the API (QA_CQC_ADDRESS); by default CQC's own."
)
@click.option(
    "--council",
    "councils",
    multiple=True,
    help="Only locations of this council, as CQC names it; may be given several times.",
)
@click.option(
    "--directory", is_flag=True, help="Get the newest directory with ratings instead, which needs no key."
)
@click.option(
    "--page",
    envvar="QA_CQC_PAGE",
    help="The page that links the directory (QA_CQC_PAGE); by default CQC's own.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 50),
    default=5.0,
    show_default=True,
    help="The most requests per second.",
)
def cqc(
    folder: Path,
    key: str | None,
    address: str | None,
    councils: tuple[str, ...],
    directory: bool,
    page: str | None,
    rate: float,
) -> int:
    """Download the Care Quality Commission's locations, or its directory.

    The first run gets all locations, or those of the named councils, each into a file of FOLDER/locations;
    later runs get what has changed since. An interrupted run continues where it stopped. Names of managers
    and telephone numbers are not kept.
    """
    from qa.fetching import cqc as source
    from qa.fetching.client import Client
    from qa.terminal import progress

    now = datetime.datetime.now(datetime.UTC)
    if directory:
        path = source.fetch_directory(Client(rate=rate), folder, page or source.DIRECTORY_PAGE, now)
        click.echo(f"Wrote {path}. Check it: qa check {folder}")
        return 0
    if not key:
        raise UsageError(
            "The API needs a key: get one at its portal, and give it as QA_CQC_KEY or --key. "
            "--directory needs none."
        )
    client = Client({"Ocp-Apim-Subscription-Key": key}, rate)
    server = (address or source.API).rstrip("/")
    fetched = source.fetch_locations(client, folder, server, councils, now, progress("Fetching locations"))
    passed = (
        f"; {fetched.passed_over:,} are no longer there, or in another council" if fetched.passed_over else ""
    )
    click.echo(f"Wrote {fetched.written:,} locations{passed}. Check them: qa check {folder}")
    return 0


def _verify(opening: Opening) -> click.Command:
    @click.command(
        cls=Command,
        examples=['qa ask --json "Which trust became outstanding?" | qa verify -', "qa verify answers.jsonl"],
        exit_codes={0: "Everything is in the corpus.", 1: "Something is not in the corpus."},
    )
    @click.argument("file", type=click.File("rb"))
    @click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print the records of the contract, one per line, instead of text.",
    )
    @opening.with_flags(*LOADING)
    def verify(file: BinaryIO, as_json: bool, **flags: str | None) -> int:
        """Check that an answer is in the corpus.

        FILE has an answer as JSON, or several as JSON lines; - reads standard input. Every fact and every
        quoted character is checked.
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
    """Return the answers of a file with the lines on which they begin.

    Raises UsageError where it holds none.
    """
    from qa.web.api.validation import load

    try:
        load(data)
    except RequestError:  # not one JSON text, so it must be lines
        lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    else:
        lines = [(1, data)]
    if not lines:
        raise UsageError(f"{name} is empty. Give it an answer, e.g. from qa ask --json.")
    return lines


def _checked(name: str, line: int, text: bytes, service: Service) -> Verification:
    from qa.web.api.verify import verified

    try:
        return verified(text, service)
    except RequestError as error:
        raise UsageError(
            f"{name}, line {line}: {error} Give it an answer, e.g. from qa ask --json."
        ) from error


def _lines(checked: Verification, where: str) -> Iterator[str]:
    facts = sum(fact.held for fact in checked.facts)
    characters = sum(one.characters for one in checked.passages)
    held = sum(one.held_characters for one in checked.passages)
    yield (
        f"{where}{facts:,} of {len(checked.facts):,} facts and {held:,} of {characters:,} quoted "
        "characters are in the corpus"
    )
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
        found = (
            f"; its words are at {passage.found.start}–{passage.found.end}"
            if passage.found and passage.differing
            else ""
        )
        yield f"  passage {passage.id or passage.document}: {FINDINGS[passage.finding]}{differing}{found}"
        yield from _difference_lines(passage.differences)


def _difference_lines(differences: Iterable[Difference]) -> Iterator[str]:
    return (f"    {one.field} is {'not there' if one.held is None else one.held}" for one in differences)


def _mcp(opening: Opening) -> click.Command:
    @click.command(cls=Command, name="mcp", examples=["qa mcp --corpus reports"])
    @opening.with_flags(*LOADING)
    def serve_assistants(**flags: str | None) -> None:
        """Serve an assistant over MCP on standard input and output.

        It gets the tools ask, find_facts and read_passage. Needs the extra: pip install 'askwell[mcp]'.
        """
        from qa.assistants import serve

        serve(lambda: opening.service(flags))

    return serve_assistants


def _keys(opening: Opening) -> click.Group:
    @click.group(cls=Group)
    def keys() -> None:
        """Add, list and revoke keys to the endpoints.

        --keys or QA_KEYS names their file, for these commands and for qa serve. Changes take effect at once,
        without a restart.
        """

    @keys.command(examples=['qa keys add "Team dashboard" --keys keys.toml'])
    @click.argument("name")
    @opening.with_flags("keys")
    def add(name: str, keys: str | None) -> None:
        """Make a key for NAME and print it, once; the file keeps only its hash."""
        key, token = _file(opening, keys).add(name, datetime.datetime.now(datetime.UTC).date())
        click.echo(token)
        click.echo(
            (
                f"The key of {key.name}, with the id {key.id}. It can't be shown again. Send it as "
                "Authorization: Bearer KEY."
            ),
            err=True,
        )

    @keys.command(name="list")
    @opening.with_flags("keys")
    def list_all(keys: str | None) -> None:
        """Print the id of every key, the day it was made, and its name."""
        for key in _file(opening, keys).all():
            click.echo(f"{key.id}  {key.added}  {key.name}")

    @keys.command(examples=["qa keys revoke 5f0c2a91 --keys keys.toml"])
    @click.argument("id")
    @opening.with_flags("keys")
    def revoke(id: str, keys: str | None) -> None:
        """Revoke the key with this ID."""
        click.echo(f"The key of {_file(opening, keys).revoke(id).name} is revoked.")

    return keys


def _file(opening: Opening, flag: str | None) -> Keys:
    from qa.keys import Keys

    path = opening.keys({"keys": flag})
    if path is None:
        raise UsageError("No file of keys is named. Name it with --keys or QA_KEYS, as for qa serve.")
    return Keys(path)
