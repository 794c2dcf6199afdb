"""Write what the documents take from the code: ``reference.md`` and the picture ``parts.svg``.

    make docs

``tests/test_docs_made.py`` fails if they are not what this script writes.
"""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import click

from qa import errors
from qa.cli import WIDEST, commands
from qa.help_pages import SETTINGS_TITLE, SettingOption

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "qa"

# What stands in the picture, and what each part does.
PARTS = {
    "cli": "the command qa",
    "web": "the page and the endpoints",
    "evaluation": "question sets → scores",
    "service": "one open corpus: ask()",
    "answering": "Result and passages → Answer",
    "indexing": "a folder → an index, opened",
    "question": "text → Query",
    "retrieval": "text → ranked passages",
    "facts": "Query → Result, in SQL",
    "reading": "files → documents, ratings",
    "safety": "danger, personal data",
    "shelf": "documents and passages",
    "engines": "BM25",
    "language": "words, numbers, dates",
    "query": "the Query and the Reading",
    "records": "what all parts exchange",
    "fetching": "a regulator’s site → files",
}
EVERYWHERE = ("language", "records")
RECORDS_OF_QUESTIONS = ("question/query", "question/reading")  # the part "query"
WIDTH, HEIGHT = 196, 46  # of a box
COLUMN, ROW = 216, 84
MARGIN = 16


# The picture ------------------------------------------------------------------------------------------------


def part_of(path: str) -> str:
    """The part that a module belongs to, by its path below ``qa``."""
    return "query" if path.startswith(RECORDS_OF_QUESTIONS) else path.split("/")[0]


@cache
def imports() -> dict[str, set[str]]:
    """Which parts each part of the package imports."""
    found: dict[str, set[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        own = part_of(file.relative_to(PACKAGE).with_suffix("").as_posix())
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qa"):
                for name in node.names:
                    path = "/".join([*(node.module or "").split(".")[1:], name.name])
                    found.setdefault(own, set()).add(part_of(path))
    return {own: others - {own} for own, others in found.items()}


@cache
def used(part: str) -> frozenset[str]:
    """The parts of the picture that ``part`` imports, by itself or through parts that are not in it."""
    direct = imports().get(part, set())
    return frozenset(one for one in direct if one in PARTS).union(
        *(used(one) for one in direct if one not in PARTS)
    )


@cache
def beneath(part: str) -> frozenset[str]:
    """All parts that ``part`` stands on."""
    return used(part).union(*(beneath(one) for one in used(part)))


def arrows(part: str) -> list[str]:
    """The parts that ``part`` uses, without those that one of them uses in turn, and of those that nearly all
    use only the ones in the next row.
    """
    direct = sorted(one for one in used(part) if not any(one in beneath(other) for other in used(part)))
    return [one for one in direct if one not in EVERYWHERE or level(one) == level(part) + 1]


@cache
def level(part: str) -> int:
    """In which row a part stands: right below the lowest of those that use it."""
    return 1 + max((level(one) for one in PARTS if part in used(one)), default=-1)


def picture() -> str:
    """The parts as boxes; an arrow leads from a part to one that it uses."""
    rows: dict[int, list[str]] = {}
    for part in PARTS:
        rows.setdefault(level(part), []).append(part)
    widest = max(map(len, rows.values()))
    width, depth = widest * COLUMN + 2 * MARGIN, max(rows) * ROW + HEIGHT + 2 * MARGIN
    centres = {
        part: (
            width / 2 + (place - (len(parts) - 1) / 2) * COLUMN,
            MARGIN + row * ROW + HEIGHT / 2,
        )
        for row, parts in rows.items()
        for place, part in enumerate(parts)
    }
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {depth}" width="{width}" '
            f'height="{depth}" font-family="system-ui, sans-serif" role="img">\n',
            "<title>The parts of Askwell; an arrow leads from a part to one that it uses</title>\n",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M0 0 8 4 0 8z" fill="#667"/></marker></defs>\n',
            f'<rect width="{width}" height="{depth}" fill="#fff"/>\n',
            *(arrow(centres[part], centres[other]) for part in PARTS for other in arrows(part)),
            *(box(part, *centres[part]) for part in PARTS),
            "</svg>\n",
        ]
    )


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve from the lower edge of one box to the upper edge of another."""
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + HEIGHT / 2, y2 - HEIGHT / 2 - 2
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}" fill="none" '
        'stroke="#667" marker-end="url(#tip)"/>\n'
    )


def box(part: str, x: float, y: float) -> str:
    """A part's name and what it does."""
    return (
        f'<rect x="{x - WIDTH / 2:g}" y="{y - HEIGHT / 2:g}" width="{WIDTH}" height="{HEIGHT}" rx="6" '
        'fill="#eef3f8" stroke="#456"/>'
        f'<text x="{x:g}" y="{y - 4:g}" text-anchor="middle" font-weight="600" font-size="15">{part}</text>'
        f'<text x="{x:g}" y="{y + 14:g}" text-anchor="middle" font-size="12" fill="#334">'
        f"{escape(PARTS[part])}</text>\n"
    )


# The reference ----------------------------------------------------------------------------------------------


def reference() -> str:
    """Every command with its help, and every error with its codes."""
    os.environ["NO_COLOR"] = "1"
    return "\n".join(
        [
            "# Reference",
            "",
            "Written by `tests/docs_made.py` from the code; `make docs` writes it anew. The settings have a page of",
            "their own, [settings.md](settings.md), and so have the endpoints, [contract.md](contract.md), which",
            "a running service also describes at `/docs`.",
            "",
            "## Commands",
            "",
            "A shell completes commands, options and paths after one line in its start-up file:",
            "",
            *(f"- {shell}: `{line}`" for shell, line in COMPLETIONS.items()),
            "",
            *(line for command in helps(commands, "qa") for line in command),
            "## Errors",
            "",
            "Each says what is wrong and what to do next. The command line prints it and exits with its code; an",
            "endpoint answers with its status.",
            "",
            "| error | exit code | HTTP status | what it means |",
            "|---|---|---|---|",
            *(
                f"| `{error.__name__}` | {error.exit_code} | {status(error)} | {first_line(error)} |"
                for error in every_error(errors.QaError)
            ),
            "",
        ]
    )


COMPLETIONS = {
    "Bash": 'eval "$(_QA_COMPLETE=bash_source qa)"',
    "Zsh": 'eval "$(_QA_COMPLETE=zsh_source qa)"',
    "fish": "_QA_COMPLETE=fish_source qa | source",
}


def helps(command: click.Command, name: str) -> Iterator[list[str]]:
    """The help of a command and of those below it."""
    context = click.Context(command, info_name=name, terminal_width=WIDEST)
    if not isinstance(command, click.Group) or name != "qa":
        yield [f"### {name}", "", "```", without_settings(command.get_help(context), command), "```", ""]
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from helps(one, f"{name} {inner}")


def without_settings(text: str, command: click.Command) -> str:
    """A command's help with only the names of the settings that it takes."""
    if SETTINGS_TITLE not in text:
        return text
    flags = [one.setting.flag for one in command.params if isinstance(one, SettingOption)]
    names = textwrap.wrap(
        " ".join(flags), WIDEST, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    before, _, rest = text.partition(f"{SETTINGS_TITLE}:\n")
    return "\n".join([f"{before}Settings:", *names, "", rest[rest.index("Exit codes:") :]])


def every_error(error: type[errors.QaError]) -> Iterator[type[errors.QaError]]:
    """An error and those of the tree below it."""
    yield error
    for inner in error.__subclasses__():
        if inner.__module__ == error.__module__:
            yield from every_error(inner)


def status(error: type[errors.QaError]) -> str:
    """The HTTP status of an error."""
    return "4xx" if error is errors.RequestError else str(error.http_status)


def first_line(error: type[errors.QaError]) -> str:
    """The first sentence of an error's docstring."""
    return " ".join((inspect.getdoc(error) or "").split()).split(". ")[0].split("; ")[0].rstrip(".") + "."


MADE = {"reference.md": reference, "parts.svg": picture}

if __name__ == "__main__":
    for name, make in MADE.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
