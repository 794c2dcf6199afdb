"""One byte of a table is another: what is read is right, or the problem is told; never a traceback, never a
wrong fact.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_tables_spreadsheets import WRITERS, Cell

from qa.reading import read, read_corpus
from qa.records import RatingFact, Report

PLACES = 500  # bytes changed of each sample
RATINGS = ("Good", "Inadequate", "Outstanding", "Requires improvement")
HEADS = ("Name", "Town", "Overall rating", "Safe", "Published", "Beds")
Told = tuple[str, str, str | None, datetime.date | None, tuple[tuple[str, str], ...]]


def rows(number: int) -> Iterator[tuple[Cell, ...]]:
    for place in range(number):
        name = f'Home "{place}", the {"x" * (place % 3)}' if place % 5 == 0 else f"Home {place}"
        day = datetime.date(2018, 3, 1 + place % 28)
        dated: Cell = day if place % 2 else f"{day:%d/%m/%Y}"
        yield (
            name,
            ("Leeds", "York")[place % 2],
            RATINGS[place % 4],
            RATINGS[(place + 1) % 4],
            dated,
            10 + place,
        )


def written_csv(path: Path) -> None:
    quoted = (
        [f'"{str(cell).replace(chr(34), chr(34) * 2)}"' if '"' in str(cell) else str(cell) for cell in row]
        for row in rows(25)
    )
    path.write_text("\n".join(map(",".join, [HEADS, *quoted])) + "\n", encoding="utf-8")


def read_table(path: Path) -> tuple[dict[str, RatingFact], Report]:
    report = Report()
    return {fact.id: fact for fact in read(path, path.name, report).facts}, report


def told(fact: RatingFact) -> Told:
    shown = {name: value for name, value in fact.attributes.items() if not name.endswith("as_printed")}
    return fact.subject, fact.aspect, fact.rating, fact.published, tuple(sorted(shown.items()))


def corrupted(data: bytes, seed: int) -> Iterator[tuple[int, bytes]]:
    chance = random.Random(seed)
    for _ in range(PLACES):
        at, changed = chance.randrange(len(data)), bytearray(data)
        changed[at] = chance.choice(
            (changed[at] ^ (1 << chance.randrange(8)), chance.randrange(256), ord(","), ord('"'), ord("\n"))
        )
        if changed[at] != data[at]:
            yield at, bytes(changed)


@pytest.mark.parametrize("ending", WRITERS)
def test_a_damaged_spreadsheet_gives_its_facts_or_tells(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"table{ending}"
    WRITERS[ending](path, {"Data": [HEADS, *rows(25)]})
    whole = {told(fact) for fact in read_table(path)[0].values()}
    assert len(whole) == 50
    for at, data in corrupted(path.read_bytes(), seed=5):
        path.write_bytes(data)
        facts, report = read_table(path)
        found = {told(fact) for fact in facts.values()}
        assert found <= whole, at
        assert found == whole or report.errors, at


def test_a_damaged_text_table_gives_its_facts_or_tells(tmp_path: Path) -> None:
    """What is changed is one cell of one place, and nothing of another; a lost row, column, rating or date is
    told.
    """
    path = tmp_path / "table.csv"
    written_csv(path)
    data, whole = (
        path.read_bytes(),
        {(fact.subject, fact.aspect): fact for fact in read_table(path)[0].values()},
    )
    at_row = {fact.source.row: fact.subject for fact in whole.values()}
    body = data.index(b"\n") + 1
    assert len(whole) == 50
    for at, changed in corrupted(data, seed=7):
        path.write_bytes(changed)
        facts, report = read_table(path)
        damaged = at_row.get(data.count(b"\n", 0, at) + 1, "")
        for fact in facts.values() if at >= body else ():
            other = whole.get((fact.subject, fact.aspect))
            renamed = other is None
            other = other or whole[damaged, fact.aspect]
            assert differing(fact, other) <= (1 if renamed or fact.subject == damaged else 0), at
        kept = {(fact.subject, fact.aspect) for fact in facts.values()}
        assert (
            kept == whole.keys()
            or (len(facts) == len(whole) and len(whole.keys() - kept) <= 2)
            or report.problems
        ), at
        lost = any(fact.rating is None or fact.published is None for fact in facts.values())
        assert not lost or report.problems, at


def differing(fact: RatingFact, other: RatingFact) -> int:
    """How many cells two facts of one row tell otherwise."""
    names = fact.attributes.keys() | other.attributes.keys()
    shown = [name for name in names if not name.endswith("as_printed")]
    pairs = [(fact.attributes.get(name), other.attributes.get(name)) for name in shown]
    return sum(
        one != another for one, another in [*pairs, *zip(told(fact)[:4], told(other)[:4], strict=True)]
    )


def test_a_damaged_description_is_told_or_says_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text(
        "School,Staff,Published\nHill School,Met,12/01/2026\n", encoding="utf-8"
    )
    described = (
        '[aspects]\n"Staff" = "Staff"\n[scale]\nratings = ["Good", "Bad"]\n[scales.Staff]\nratings = '
        '["Met", "Not met"]\n'
    )
    for at, data in corrupted(described.encode(), seed=9):
        (tmp_path / "cards.csv.toml").write_bytes(data)
        report = Report()
        facts = list(read_corpus(tmp_path, report).facts)
        assert report.problems or [fact.rating for fact in facts] == ["Met"], at
