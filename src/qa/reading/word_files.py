"""A corpus folder's own words: ``thesaurus.toml``, ``grammar.toml`` and ``glossary.toml``, as the shipped
ones explain.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Any

from qa.reading.problems import Unreadable
from qa.records import Report

# The names of these files, at the top of the corpus folder.
THESAURUS, GRAMMAR, GLOSSARY = OWN_WORDS = ("thesaurus.toml", "grammar.toml", "glossary.toml")
_ENTRIES = (
    'Write [[terms]] with name = "…", means = "…" and, if people ask for it in other words, asked = "…, …".'
)
_FORM = (
    'Write lines of words under same = [ … ], and "words of the report" = "words that people say" '
    "under [means]."
)


_ROWS = (
    "Write each phrase as a row [[rule]] with part, says and example, each kind of place as a row [[kind]]."
)


def read_thesaurus(folder: Path, report: Report) -> Mapping[str, Any]:
    """Return the table of the folder's thesaurus, an empty one if there is none; problems are
    in ``report``.
    """
    return _read(folder / THESAURUS, "thesaurus", lambda text: _checked(tomllib.loads(text)), report)


def read_grammar(folder: Path, report: Report) -> Mapping[str, Any]:
    """Return the table of the folder's own grammar, an empty one if there is none; problems are
    in ``report``.

    Each of its rows also has the key ``line``: the 1-based line on which it begins, or ``None``
    if that is unknown.
    """
    return _read(folder / GRAMMAR, "grammar", _grammar, report)


def read_glossary(folder: Path, report: Report) -> Mapping[str, Any]:
    """Return the table of the folder's glossary, an empty one if there is none; problems are in
    ``report``.
    """
    return _read(folder / GLOSSARY, "glossary", lambda text: _checked_glossary(tomllib.loads(text)), report)


def _read(
    path: Path, name: str, load: Callable[[str], Mapping[str, Any]], report: Report
) -> Mapping[str, Any]:
    try:
        return load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        report.error(
            path.name,
            None,
            f"The {name} is not valid TOML: {error}.",
            "Fix that line, or take the file out of the folder.",
        )
    except RecursionError:
        report.error(
            path.name,
            None,
            f"The {name} is nested too deeply.",
            "Fix it, or take the file out of the folder.",
        )
    except OSError as error:
        report.error(
            path.name,
            None,
            f"The {name} can't be opened: {error.strerror or error}.",
            "Check that you may read it.",
        )
    except Unreadable as problem:
        problem.tell(path.name, report)
    return {}


def _grammar(text: str) -> Mapping[str, Any]:
    table = tomllib.loads(text)
    _check_keys(table, {"words", "rule", "kind"}, "grammar", _ROWS)
    words = table.get("words", {})
    lists = words.values() if isinstance(words, dict) else [words]
    if not all(isinstance(one, list) and all(isinstance(entry, str) for entry in one) for one in lists):
        raise Unreadable(
            "In the grammar, “words” needs a table of lists of texts.", "Write its lists under [words]."
        )
    for name in ("rule", "kind"):
        rows = table.get(name, [])
        if not _are_tables(rows):
            raise Unreadable(f"In the grammar, “{name}” is not a list of rows.", _ROWS)
        begun = _lines_of(f"[[{name}]]", text)
        for number, row in enumerate(rows):
            row["line"] = begun[number] if len(begun) == len(rows) else None
    return table


def _lines_of(heading: str, text: str) -> list[int]:
    """Return the 1-based line numbers of a heading in TOML."""
    lines = enumerate(text.splitlines(), 1)
    return [number for number, line in lines if line.split("#")[0].strip() == heading]


def _checked_glossary(table: Mapping[str, Any]) -> Mapping[str, Any]:
    _check_keys(table, {"title", "publisher", "url", "published", "terms"}, "glossary", _ENTRIES)
    terms = table.get("terms", [])
    if not _are_tables(terms):
        raise Unreadable("In the glossary, the terms are not tables.", _ENTRIES)
    if not all(isinstance(table.get(key, ""), str) for key in ("title", "publisher", "url")):
        raise Unreadable("In the glossary, title, publisher and url need texts in quotation marks.", _ENTRIES)
    for number, term in enumerate(terms, 1):
        if not _is_term(term):
            raise Unreadable(
                f"In the glossary, term {number} must have text values for name, asked and means.",
                _ENTRIES,
            )
        if not {"name", "means"} <= term.keys():
            raise Unreadable(f"In the glossary, term {number} lacks name or means.", _ENTRIES)
    return table


def _is_term(term: Mapping[str, Any]) -> bool:
    """Return whether all values of a term have the right type."""
    told = [term[key] for key in ("name", "asked", "means") if key in term]
    return (
        term.keys() <= {"name", "asked", "means", "alone"}
        and all(isinstance(one, str) and one.strip() for one in told)
        and isinstance(term.get("alone", False), bool)
    )


def _checked(table: Mapping[str, Any]) -> Mapping[str, Any]:
    _check_keys(table, {"same", "means"}, "thesaurus", _FORM)
    same, means = table.get("same", []), table.get("means", {})
    if not isinstance(same, list) or not isinstance(means, dict):
        raise Unreadable("In the thesaurus, “same” needs a list and “means” a table.", _FORM)
    for line in (*same, *means.values()):
        if not isinstance(line, str):
            raise Unreadable(f"In the thesaurus, {line!r} is not a text in quotation marks.", _FORM)
    return table


def _check_keys(table: Mapping[str, Any], known: Set[str], file: str, mend: str) -> None:
    """Raise Unreadable if a table has keys other than these."""
    unknown = ", ".join(f"“{key}”" for key in sorted(table.keys() - known))
    if unknown:
        raise Unreadable(f"The {file} has unknown keys: {unknown}.", mend)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
