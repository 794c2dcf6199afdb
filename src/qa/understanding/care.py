"""Questions that suggest somebody is in danger, or that ask how to complain or to reach the regulator.

Everything that is recognised and everything that is said stands in ``care.toml``, which explains its own notation. Here it is
read, and the rules are tried in their order: the gravest first.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

from qa.errors import UsageError
from qa.understanding.phrases import ANY, EDGE, Lexicon, Pattern, Phrase, Sightings, Spelling, Step

Kind = Literal["emergency", "crisis", "abuse", "complaint", "contact"]

CARE = Path(__file__).with_name("care.toml")
_ELEMENT = re.compile(r"(?P<gap>\.+|~)$|(?:\{(?P<slots>[\w|]+)\}|(?P<word>[\^#]|[\w*]+|\w*\([\w|]+\)))(?P<optional>\?)?$")
_ENDINGS = re.compile(r"(\w*)\(([\w|]+)\)")


@dataclass(frozen=True, slots=True)
class Concern:
    """What a question is about, other than ratings and reports, and the text that says where to turn."""

    kind: Kind
    text: str


def concern(text: str, path: Path = CARE) -> Concern | None:
    """The gravest concern that ``text`` suggests, or ``None``.

    ``path`` is a file in the notation of ``care.toml``; it is read once. Raises UsageError where it can't be understood.
    """
    care = read_care(path)
    sightings = care.lexicon.sightings(care.spelling.words(text))
    kind = next((rule.kind for rule in care.candidates(sightings) if rule.applies(sightings)), None)
    return Concern(kind, care.messages[kind]) if kind else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of concern: suggested by ``pattern``, unless any of ``unless`` says that the question is about something else."""

    kind: Kind
    pattern: Pattern
    unless: tuple[Pattern, ...]

    def applies(self, sightings: Sightings) -> bool:
        """Whether the text suggests this concern."""
        return self.pattern.occurs(sightings) and not any(pattern.occurs(sightings) for pattern in self.unless)


@dataclass(frozen=True, slots=True)
class Care:
    """What ``care.toml`` says."""

    messages: Mapping[Kind, str]
    rules: tuple[Rule, ...]  # the gravest first
    anchored: Mapping[str, tuple[int, ...]]  # slot → the rules that can only apply where it is seen, by their place in ``rules``
    lexicon: Lexicon
    spelling: Spelling

    def candidates(self, sightings: Sightings) -> Iterator[Rule]:
        """The few rules that may apply to a text, the gravest first; most texts have none of their rare words."""
        places = {place for slot in sightings.starts for place in self.anchored.get(slot, ())}
        return (self.rules[place] for place in sorted(places))


# The file -----------------------------------------------------------------------------------------------------------


@functools.cache
def read_table(path: Path = CARE) -> dict[str, Any]:
    """The file as it stands; raises UsageError where it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path.name} can't be read: {error}. Mend it, or put the original file back.") from error


@functools.cache
def read_care(path: Path = CARE) -> Care:
    """What the file says; raises UsageError where it can't be understood."""
    table = read_table(path)
    try:
        return _Reader(table).care()
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(f"{path.name} can't be understood: {error}. Mend it, or put the original file back.") from error


class _Reader:
    """Turns the file's notation into a :class:`Care`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self.phrases: dict[str, frozenset[Phrase]] = {}  # of each slot
        self.open: set[str] = set()  # the slots being read

    def care(self) -> Care:
        messages = {kind: self.table["messages"][kind].strip() for kind in get_args(Kind)}
        rules = tuple(rule for table in self.table["rules"] for rule in self._rules(table))
        lexicon = self._lexicon()
        return Care(messages, rules, self._anchors(rules), lexicon, self._spelling(lexicon))

    def _rules(self, table: Mapping[str, Any]) -> Iterator[Rule]:
        if table["kind"] not in get_args(Kind):
            raise ValueError(f"there is no kind {table['kind']!r}, only {', '.join(get_args(Kind))}")
        unless = tuple(Pattern(tuple(self._steps(entry))) for name in table.get("unless", ()) for entry in self.table["contexts"][name])
        for entry in table["patterns"]:
            yield Rule(table["kind"], Pattern(tuple(self._steps(entry))), unless)

    def _anchors(self, rules: Sequence[Rule]) -> dict[str, tuple[int, ...]]:
        """Every rule under the step that is likely to be seen least; how often the file speaks of a word is a fair guess of that."""
        uses = Counter(phrase[0] for rule in rules for step in rule.pattern.steps for slot in step.slots for phrase in self.phrases[slot])
        anchored: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        for place, rule in enumerate(rules):
            required = [step.slots for step in rule.pattern.steps if not step.optional and step.slots != {EDGE}]
            for slot in min(required, key=lambda slots: max(uses[phrase[0]] for name in slots for phrase in self.phrases[name])):
                anchored[slot] += (place,)
        return dict(anchored)

    def _steps(self, entry: str) -> Iterator[Step]:
        gap = 0
        for element in self._elements(entry):
            if element["gap"]:
                gap = ANY if element["gap"] == "~" else len(element["gap"])
                continue
            slots = _slots(element)
            for slot in slots:
                self._read(slot)
            yield Step(frozenset(slots), gap, bool(element["optional"]))
            gap = 0

    def _elements(self, entry: str) -> Iterator[re.Match[str]]:
        for part in entry.split():
            element = _ELEMENT.match(part)
            if element is None:
                raise ValueError(f"{part!r} in {entry!r} is no word, {{slot}} or gap")
            yield element

    def _read(self, slot: str) -> frozenset[Phrase]:
        """The phrases of a slot: ``{kin}`` is a list of the file, ``kill(s|ed)`` the forms of a word."""
        if slot in self.phrases:
            return self.phrases[slot]
        if not slot.startswith("{"):
            phrases = frozenset((form,) for form in _forms(slot))
        elif slot[1:-1] not in self.table["words"] or slot in self.open:
            raise ValueError(f"the list {slot} is missing from [words], or holds itself")
        else:
            self.open.add(slot)
            phrases = frozenset(phrase for entry in self.table["words"][slot[1:-1]] for phrase in self._expand(entry))
        self.phrases[slot] = phrases
        return phrases

    def _expand(self, entry: str) -> Iterator[Phrase]:
        """Every phrase that an entry without gaps stands for."""
        choices = []
        for element in self._elements(entry):
            phrases: frozenset[Phrase] = frozenset().union(*map(self._read, _slots(element)))
            choices.append(phrases | {()} if element["optional"] else phrases)
        for parts in product(*choices):
            yield tuple(word for part in parts for word in part)

    def _lexicon(self) -> Lexicon:
        slots: defaultdict[Phrase, set[str]] = defaultdict(set)
        for slot, phrases in self.phrases.items():
            for phrase in phrases:
                slots[phrase].add(slot)
        harmless = frozenset(phrase for entry in self.table["harmless"]["phrases"] for phrase in self._expand(entry))
        longest: Counter[str] = Counter()
        for phrase in (*slots, *harmless):
            longest[phrase[0]] = max(longest[phrase[0]], len(phrase))
        return Lexicon({phrase: frozenset(names) for phrase, names in slots.items()}, harmless, dict(longest))

    def _spelling(self, lexicon: Lexicon) -> Spelling:
        table = self.table["spelling"]
        written = {typed: tuple(meant.split()) for meant, ways in table["written"].items() for entry in ways for typed in _forms(entry)}
        forgiven: defaultdict[str, list[str]] = defaultdict(list)
        for word in (form for entry in table["forgiven"] for form in _forms(entry)):
            forgiven[word[0]].append(word)
        known = frozenset(word for phrase in (*lexicon.slots, *lexicon.harmless) for word in phrase)
        return Spelling(known, written, {letter: tuple(words) for letter, words in forgiven.items()}, frozenset(table["left"]))


def _slots(element: re.Match[str]) -> tuple[str, ...]:
    return tuple(f"{{{name}}}" for name in element["slots"].split("|")) if element["slots"] else (element["word"],)


def _forms(word: str) -> Iterator[str]:
    """``kill(s|ed)`` → kill, kills, killed; ``(in|at)`` → in, at."""
    endings = _ENDINGS.fullmatch(word)
    if endings is None:
        yield word
        return
    stem = endings[1]
    yield from ([stem] if stem else [])
    yield from (stem + ending for ending in endings[2].split("|"))
