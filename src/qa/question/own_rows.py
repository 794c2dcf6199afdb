"""A corpus's own rows of the grammar: put them before Askwell's own, and check their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qa.question.chunks import Chunk
from qa.question.grammar import Grammar, Rule, examples_of, kind_of, make, rule_of, senses_of, shipped
from qa.question.parse import Parsed, parse
from qa.question.parts import Sense
from qa.question.read import read
from qa.question.vocabulary import Vocabulary
from qa.reading import GRAMMAR
from qa.records import Report

# Parts that need not be used: they bind other parts, or send a question to the passages or the Query before.
_UNTOLD = ("and", "or", "rated", "quality", "follow", "run_by", "measure", "prose", "unheld")
_BECOMES = {"called": "named"}  # parts that become another together with the words beside them
_RULE = frozenset(("part", "value", "says", "example", "asks", "line"))
_KIND = frozenset(("label", "field", "values", "words", "unheld", "loose", "example", "asks", "line"))
_MEND = "Fix that row, or take it out; docs/corpus.md shows one."


class _Row(NamedTuple):
    """A row of the file: ``name`` is "rule" or "kind", ``number`` its position among those, from 1, ``told``
    its fields."""

    name: str
    number: int
    told: Mapping[str, Any]

    def misread(self, words: Mapping[str, Any]) -> str | None:
        """Return which field can't be understood, and why; ``None`` if all can. ``words`` are the lists of
        the file."""
        unknown = sorted(self.told.keys() - (_RULE if self.name == "rule" else _KIND))
        if unknown:
            return f"{unknown[0]}: there is no such field"
        try:
            rule_of(self.told) if self.name == "rule" else kind_of(self.told)
            examples_of(self.told)
        except ValueError as error:
            return str(error)
        try:
            list(senses_of({"words": words, self.name: [self.told]}))
        except ValueError as error:
            return f"says: {error}"
        return None


def own_grammar(table: Mapping[str, Any], report: Report) -> Grammar:
    """Return the grammar with a corpus's own ``table``; rows that can't be understood are reported as
    errors."""
    words, sound = table.get("words", {}), dict[str, list[Mapping[str, Any]]](rule=[], kind=[])
    for row in _rows(table):
        if fault := row.misread(words):
            _tell(row, fault, report)
        else:
            sound[row.name].append(row.told)
    return make({"words": words, **sound}) if table else shipped()


def try_examples(table: Mapping[str, Any], vocabulary: Vocabulary, report: Report) -> None:
    """Read the examples of a corpus's own rows; report those that are read differently as errors."""
    for row in _rows(table):
        if row.misread(table.get("words", {})):
            continue  # reported when it was read
        for fault in _faults(row, vocabulary):
            _tell(row, fault, report)


def unused(rule: Rule, example: str, vocabulary: Vocabulary) -> str | None:
    """Return why an example does not show its rule: it is read differently, or words are left over; ``None``
    if it does."""
    parsed = parse(example, vocabulary)
    chunks, part = _chunks_of(rule, parsed), f"{rule.part} {rule.value}".strip()
    if not chunks:
        return f"no words of “{example}” are read as {part}"
    if rule.part not in _UNTOLD and not any(chunk.used for chunk in chunks):
        return f"the reading of “{example}” does not use {part}"
    left = [chunk.text for chunk in parsed.left_out if chunk.kind not in _UNTOLD]
    if left and rule.part not in ("prose", "unheld"):
        return f"of “{example}” is left over: {', '.join(left)}"
    return None


def _chunks_of(rule: Rule, parsed: Parsed) -> list[Chunk]:
    """The chunks of a question, with those bound to others, that have the sense of a rule."""
    every = [*parsed.chunks, *(taken for chunk in parsed.chunks for taken in chunk.taken)]
    sense, became = Sense(rule.part, rule.value), _BECOMES.get(rule.part, "")
    return [
        chunk for chunk in every if any(sense in span.senses or became in span.kinds for span in chunk.spans)
    ]


def _rows(table: Mapping[str, Any]) -> Iterator[_Row]:
    for name in ("rule", "kind"):
        for number, told in enumerate(table.get(name, ()), 1):
            yield _Row(name, number, told)


def _tell(row: _Row, fault: str, report: Report) -> None:
    report.error(GRAMMAR, row.told["line"], f"[[{row.name}]] {row.number}, {fault}.", _MEND)


def _faults(row: _Row, vocabulary: Vocabulary) -> Iterator[str]:
    if fault := _value_fault(row, vocabulary):
        yield fault
        return
    examples, asks = examples_of(row.told)
    for example, other in zip(examples, asks or (None,) * len(examples), strict=True):
        if other is not None:
            fault = _read_otherwise(example, other, vocabulary)
        elif row.name == "rule":
            told = unused(rule_of(row.told), example, vocabulary)
            fault = f"example: {told}" if told else None
        else:
            fault = _not_of_kind(row, example, vocabulary)
        if fault:
            yield fault


def _read_otherwise(example: str, other: str, vocabulary: Vocabulary) -> str | None:
    """Return a message if an example is not read as the same Query as its ``other`` words, with nothing left
    out."""
    reading, wanted = read(example, None, vocabulary), read(other, None, vocabulary)
    if wanted.left_out or wanted.unknown or not wanted.queries:
        left = [*wanted.left_out, *(one.typed for one in wanted.unknown)]
        return f"asks: “{other}” can't be read: {', '.join(left) or 'it asks nothing of the tables'}"
    left = [*reading.left_out, *(one.typed for one in reading.unknown)]
    if left:
        return f"example: of “{example}” is left over: {', '.join(left)}"
    if reading.queries != wanted.queries:
        return f"example: “{example}” is read as “{reading.standalone}”, not as “{wanted.standalone}”"
    return None


def _not_of_kind(row: _Row, example: str, vocabulary: Vocabulary) -> str | None:
    kind, parsed = kind_of(row.told), parse(example, vocabulary)
    if not any(kind in chunk.value for chunk in parsed.chunks if chunk.kind == "kind"):
        return f"example: no words of “{example}” are read as {kind.label}"
    return None


def _value_fault(row: _Row, vocabulary: Vocabulary) -> str | None:
    """Return what a row names that is not in the tables; ``None`` if everything is."""
    if row.name == "kind":
        kind = kind_of(row.told)
        if kind.field and kind.field not in vocabulary.field_names:
            return _no_such("field", "column", kind.field, vocabulary.field_names)
        return (
            None
            if vocabulary.kinds.condition(kind) is not None
            else f"values: no place has {' or '.join(kind.values)} as its {kind.field}"
        )
    rule = rule_of(row.told)
    if rule.part == "is":
        name, _, value = rule.value.partition("=")
        if name not in vocabulary.field_names:
            return _no_such("value", "column", name, vocabulary.field_names)
        return (
            None if value in vocabulary.store.values(name) else f"value: no place has {value!r} as its {name}"
        )
    allowed = {
        "field": (*vocabulary.field_names, "year"),
        "rating": (*vocabulary.scale.ratings, *vocabulary.ratings),
        "aspect": vocabulary.aspects,
        "service": vocabulary.services,
    }.get(rule.part) or {one.value for one in shipped().rules if one.part == rule.part}
    return None if rule.value in allowed else _no_such("value", rule.part, rule.value, allowed)


def _no_such(field: str, what: str, told: str, allowed: Any) -> str:
    return f"{field}: there is no {what} {told!r}, only {', '.join(sorted(set(allowed))) or 'none'}"
