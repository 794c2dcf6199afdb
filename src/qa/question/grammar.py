"""The grammar: what people say and which part of a question it is, from grammar.toml, and the kinds of place
from kinds.toml."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from qa.errors import UsageError
from qa.language.patterns import Notation
from qa.language.plurals import plurals
from qa.language.tokens import key
from qa.question.parts import Sense

PARTS = frozenset(
    (
        *(
            "rating",
            "range",
            "unrated",
            "aspect",
            "aspects",
            "service",
            "compare",
            "not",
            "except",
            "and",
            "or",
            "quantifier",
        ),
        *(
            "measure",
            "by",
            "spread",
            "super",
            "order",
            "order_way",
            "versus",
            "change",
            "time",
            "rated",
            "quality",
            "called",
        ),
        *(
            "is",
            "postcode",
            "run_by",
            "follow",
            "emphasis",
            "prose",
            "unheld",
            "field",
            "past",
            "closing",
            "near",
            "chance",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A word for a kind of place: ``field`` of the subject and the values it takes (a leading or trailing *
    is open). An empty field filters nothing. ``unheld`` says why the tables can't distinguish this kind from
    others."""

    label: str
    field: str
    values: tuple[str, ...]
    unheld: str | None = None
    loose: bool = False  # gives way to a service named beside it
    instead: tuple[str, tuple[str, ...]] | None = None  # field and values for tables without ``field``


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grammar. ``asks`` is empty or has, for each of the ``examples``, the same question in
    other words."""

    part: str
    value: str
    says: tuple[str, ...]
    examples: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Folded phrases and their senses; ``longest`` maps a first word to the number of words of the longest
    phrase that begins with it."""

    phrases: Mapping[str, tuple[Sense, ...]]
    longest: Mapping[str, int]
    words: frozenset[str] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)


_PARTS_OF_PLACES = frozenset("clinic department service unit ward".split())


@cache
def shipped() -> Grammar:
    """Return the grammar that comes with Askwell, read once."""
    return make()


def make(*own: Mapping[str, Any]) -> Grammar:
    """Return the grammar that comes with Askwell, preceded by the ``own`` tables in the same notation. Raises
    UsageError if one can't be understood."""
    tables = (*own, _table("grammar.toml"), _table("kinds.toml"))
    try:
        rules = tuple(rule_of(row) for table in tables for row in table.get("rule", ()))
        kinds = tuple(kind_of(row) for table in tables for row in table.get("kind", ()))
        phrases = _phrases_of(tables)
    except ValueError as error:
        raise UsageError(
            f"A grammar can't be understood: {error}. Each rule needs part, says and example."
        ) from error
    words = frozenset(word for phrase in phrases for word in phrase.split())
    return Grammar(phrases, _longest(phrases), words, rules, kinds)


def _phrases_of(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Sense, ...]]:
    """The senses of each phrase, each once, in the order of the tables."""
    senses: dict[str, dict[Sense, None]] = defaultdict(dict)
    for table in tables:
        for phrase, sense in senses_of(table):
            senses[phrase][sense] = None
    return {phrase: tuple(found) for phrase, found in senses.items()}


def _longest(phrases: Iterable[str]) -> dict[str, int]:
    """The number of words of the longest phrase that begins with each first word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, *others = phrase.split()
        longest[first] = max(longest.get(first, 1), len(others) + 1)
    return longest


def senses_of(table: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    """Yield each folded phrase of a table with its sense. Raises ValueError if a row can't be understood."""
    yield from _of_rules(table)
    yield from _of_kinds(table)


def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("qa.question").joinpath(name).read_text(encoding="utf-8"))


def rule_of(row: Mapping[str, Any]) -> Rule:
    """Return the rule of a row. Raises ValueError, naming the field, if it can't be understood."""
    part = _text(row, "part")
    if part not in PARTS:
        raise ValueError(f"part: there is no part {part!r}, only {', '.join(sorted(PARTS))}")
    return Rule(part, _text(row, "value", ""), _texts(row, "says"), *examples_of(row))


def kind_of(row: Mapping[str, Any]) -> Kind:
    """Return the kind of place of a row. Raises ValueError, naming the field, if it can't be understood."""
    _texts(row, "words")
    unheld = _text(row, "unheld") if "unheld" in row else None
    return Kind(
        _text(row, "label"),
        _text(row, "field"),
        _texts(row, "values", ()),
        unheld,
        bool(row.get("loose", False)),
        (_text(row, "field_instead"), _texts(row, "values_instead")) if "field_instead" in row else None,
    )


def examples_of(row: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the examples of a row and, for each or for none, what it asks in other words. Raises ValueError
    like :func:`rule_of`."""
    examples, asks = (
        _texts({name: [told] if isinstance(told := row.get(name), str) else told}, name, ())
        for name in ("example", "asks")
    )
    if not examples:
        raise ValueError("example: it is missing")
    if asks and len(asks) != len(examples):
        raise ValueError(f"asks: {len(examples)} examples need as many, not {len(asks)}")
    return examples, asks


def _text(row: Mapping[str, Any], name: str, default: str | None = None) -> str:
    found = row.get(name, default)
    if found is None:
        raise ValueError(f"{name}: it is missing")
    if not isinstance(found, str):
        raise ValueError(f"{name}: {found!r} is not a text in quotation marks")
    return found


def _texts(row: Mapping[str, Any], name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    found = default if row.get(name) is None else row[name]
    if found is None:
        raise ValueError(f"{name}: it is missing")
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise ValueError(f"{name}: {found!r} is not a list of texts")
    return tuple(found)


def _of_rules(table: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    notation = Notation(table.get("words", {}))
    for rule in (rule_of(row) for row in table.get("rule", ())):
        for entry in rule.says:
            for phrase in _phrases(notation, entry):
                yield phrase, Sense(rule.part, rule.value)


def _phrases(notation: Notation, entry: str) -> Iterator[str]:
    """Return the folded phrases of an entry; an entry without brackets and lists is one phrase."""
    if not any(mark in entry for mark in "({?"):
        yield key(entry) or entry
        return
    for phrase in notation.phrases(entry):
        yield key(" ".join(phrase))


def _of_kinds(table: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for row in table.get("kind", ()):
        kind = kind_of(row)
        for form in _forms(row["words"]):
            yield form, Sense("kind", kind)
    for row in table.get("service", ()):
        for phrase in row["words"]:
            several = phrase.rpartition(" ")[2] in _PARTS_OF_PLACES  # "maternity units", but not "surgeries"
            for form in plurals(key(phrase)) if several else (key(phrase),):
                yield form, Sense("service", row["name"])


def _forms(words: Sequence[str]) -> Iterator[str]:
    return (form for phrase in words for form in plurals(key(phrase)))
