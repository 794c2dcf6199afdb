"""A corpus folder's own thesaurus: ``thesaurus.toml``, in the notation that the shipped one explains."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.reading.problems import Unreadable
from qa.records import Report

THESAURUS = "thesaurus.toml"  # at the top of the corpus folder
_FORM = 'Write lines of words under same = [ … ], and "words of the report" = "words that people say" under [means].'


def read_thesaurus(folder: Path, report: Report) -> Mapping[str, Any]:
    """Return the table of the folder's thesaurus, an empty one where there is none; what is wrong with it is in ``report``."""
    path = folder / THESAURUS
    try:
        return _checked(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        report.error(THESAURUS, None, f"The thesaurus is not valid TOML: {error}.", "Mend that line, or take the file out of the folder.")
    except OSError as error:
        report.error(THESAURUS, None, f"The thesaurus can't be opened: {error.strerror or error}.", "Check that you may read it.")
    except Unreadable as problem:
        problem.tell(THESAURUS, report)
    return {}


def _checked(table: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = ", ".join(f"“{key}”" for key in sorted(table.keys() - {"same", "means"}))
    if unknown:
        raise Unreadable(f"The thesaurus has unknown keys: {unknown}.", _FORM)
    same, means = table.get("same", []), table.get("means", {})
    if not isinstance(same, list) or not isinstance(means, dict):
        raise Unreadable("In the thesaurus, “same” needs a list and “means” a table.", _FORM)
    for line in (*same, *means.values()):
        if not isinstance(line, str):
            raise Unreadable(f"In the thesaurus, {line!r} is no text in quotation marks.", _FORM)
    return table
