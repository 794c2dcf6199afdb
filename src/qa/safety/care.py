"""Questions that suggest somebody is in danger, or that ask how to complain or to reach the regulator.

Everything that is recognised and everything that is answered is in ``care.toml``, which explains its own
notation. This module reads it and tries the rules in order, the gravest first.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from qa.errors import UsageError
from qa.language.dictionary import share
from qa.language.patterns import EDGE, Lexicon, Notation, Pattern, Phrase, Sightings, Spelling, forms

Kind = Literal["emergency", "crisis", "abuse", "complaint", "contact"]

CARE = Path(__file__).with_name("care.toml")


@dataclass(frozen=True, slots=True)
class Concern:
    """What a question is about, other than ratings and reports, and the text that says where to turn."""

    kind: Kind
    text: str


def concern(text: str, path: Path = CARE) -> Concern | None:
    """The gravest concern that ``text`` suggests, or ``None``.

    ``path`` is a file in the notation of ``care.toml``; it is read once. Raises UsageError if it can't be
    understood.
    """
    care = read_care(path)
    sightings = care.lexicon.sightings(care.spelling.words(text))
    kind = next((rule.kind for rule in care.candidates(sightings) if rule.applies(sightings)), None)
    return Concern(kind, care.messages[kind]) if kind else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of concern: suggested by ``pattern``, unless any of ``unless`` says that the question is about
    something else.
    """

    kind: Kind
    pattern: Pattern
    unless: tuple[Pattern, ...]

    def applies(self, sightings: Sightings) -> bool:
        """Whether the text suggests this concern."""
        return self.pattern.occurs(sightings) and not any(
            pattern.occurs(sightings) for pattern in self.unless
        )


@dataclass(frozen=True, slots=True)
class Care:
    """What ``care.toml`` says."""

    messages: Mapping[Kind, str]
    rules: tuple[Rule, ...]  # the gravest first
    anchored: Mapping[
        Phrase, tuple[int, ...]
    ]  # phrase → the rules that may apply if it occurs, by their place in ``rules``
    lexicon: Lexicon
    spelling: Spelling

    def candidates(self, sightings: Sightings) -> Iterator[Rule]:
        """The few rules that may apply to a text, the gravest first; most texts have none of their rare
        words.
        """
        places = {place for phrase in sightings.phrases for place in self.anchored.get(phrase, ())}
        return (self.rules[place] for place in sorted(places))


# The file ---------------------------------------------------------------------------------------------------


@functools.cache
def read_table(path: Path = CARE) -> dict[str, Any]:
    """Return the file as it is; raises UsageError if it is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path.name} can't be read: {error}. Fix it, or put the original file back."
        ) from error


@functools.cache
def read_care(path: Path = CARE) -> Care:
    """What the file says; raises UsageError where it can't be understood."""
    table = read_table(path)
    try:
        return _care(table)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path.name} can't be understood: {error}. Fix it, or put the original file back."
        ) from error


def _care(table: Mapping[str, Any]) -> Care:
    notation = Notation(table["words"])
    rules = tuple(rule for group in table["rules"] for rule in _rules(group, table["contexts"], notation))
    lexicon = _lexicon(rules, notation, table["harmless"]["phrases"])
    messages = {kind: table["messages"][kind].strip() for kind in get_args(Kind)}
    return Care(messages, rules, _anchors(rules, notation), lexicon, _spelling(table["spelling"], lexicon))


def _rules(
    group: Mapping[str, Any], contexts: Mapping[str, Sequence[str]], notation: Notation
) -> Iterator[Rule]:
    if group["kind"] not in get_args(Kind):
        raise ValueError(f"there is no kind {group['kind']!r}, only {', '.join(get_args(Kind))}")
    unless = tuple(notation.pattern(entry) for name in group.get("unless", ()) for entry in contexts[name])
    for entry in group["patterns"]:
        yield Rule(group["kind"], notation.pattern(entry), unless)


def _anchors(rules: Sequence[Rule], notation: Notation) -> dict[Phrase, tuple[int, ...]]:
    """Every rule under the phrases of its rarest step. A phrase is taken to be as rare as its rarest word is
    in English.
    """
    steps = [[notation.choice(step.slots) for step in rule.pattern.steps if step.required] for rule in rules]
    share_of = functools.cache(_share)  # the phrases share their words
    anchored: defaultdict[Phrase, tuple[int, ...]] = defaultdict(tuple)
    for place, choices in enumerate(steps):
        for phrase in min(choices, key=lambda phrases: sum(min(map(share_of, phrase)) for phrase in phrases)):
            anchored[phrase] += (place,)
    return dict(anchored)


def _share(word: str) -> float:
    """How common a word is in English, as a share of all words; the edge of a text is in every text."""
    return 1.0 if word == EDGE else share(word)


def _lexicon(rules: Sequence[Rule], notation: Notation, harmless: Sequence[str]) -> Lexicon:
    patterns = (pattern for rule in rules for pattern in (rule.pattern, *rule.unless))
    used = {slot for pattern in patterns for step in pattern.steps for slot in step.slots}
    hidden = frozenset(phrase for entry in harmless for phrase in notation.phrases(entry))
    return Lexicon.of({slot: notation.slots[slot] for slot in used}, hidden)


def _spelling(table: Mapping[str, Any], lexicon: Lexicon) -> Spelling:
    written = {
        typed: tuple(meant.split())
        for meant, ways in table["written"].items()
        for way in ways
        for typed in forms(way)
    }
    forgiven: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for word in (form for entry in table["forgiven"] for form in forms(entry)):
        forgiven[word[0]] += (word,)
    known = frozenset(word for phrase in lexicon.phrases | lexicon.harmless for word in phrase)
    return Spelling(known, written, dict(forgiven), frozenset(table["left"]))
