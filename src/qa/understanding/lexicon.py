"""The lexicon: people's words and what they stand for, from lexicon.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from qa.folding import key

LONGEST = 9  # words in the longest phrase that is looked up


@dataclass(frozen=True, slots=True)
class KindOfService:
    """People's word for a kind of service: ``field`` of the subject and the values it takes (a leading or trailing * is open).

    An empty field filters nothing. ``unheld`` says why the tables can't tell this kind from others.
    """

    label: str
    field: str
    values: tuple[str, ...]
    unheld: str | None = None
    loose: bool = False  # gives way to a service that is named beside it


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase: ``type`` names the lexicon's table or a vocabulary field, ``value`` what is meant."""

    type: str
    value: str
    kind: KindOfService | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded phrases and their senses, and every word that occurs in one."""

    phrases: Mapping[str, tuple[Sense, ...]]
    words: frozenset[str] = field(repr=False)
    chatter: frozenset[str] = field(repr=False)
    kind_words: frozenset[str] = field(repr=False)
    small_talk: Mapping[str, frozenset[str]] = field(repr=False)
    small_talk_openings: frozenset[str] = field(repr=False)  # the first words of those
    known_places: frozenset[str] = field(repr=False)
    abbreviations: Mapping[str, str] = field(repr=False)
    weak_before: frozenset[str] = field(repr=False)
    fillers: frozenset[str] = field(repr=False)
    regulator: frozenset[str] = field(repr=False)
    name_endings: frozenset[str] = field(repr=False)
    expansions: Mapping[str, tuple[str, ...]] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)  # what a place is called → the key of its name in tables


@cache
def lexicon() -> Lexicon:
    """Return the shipped lexicon, read once."""
    data = tomllib.loads(files("qa.understanding").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    places = files("qa.understanding").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    phrases: dict[str, list[Sense]] = {}
    for phrase, sense in _senses(data):
        senses = phrases.setdefault(phrase, [])
        if sense not in senses:
            senses.append(sense)
    small_talk = {kind: frozenset(map(key, words)) for kind, words in data["small_talk"].items()}
    chatter = frozenset(word for phrase in data["chatter"]["words"] for word in key(phrase).split())
    return Lexicon(
        phrases={phrase: tuple(senses) for phrase, senses in phrases.items()},
        words=frozenset(word for phrase in (*phrases, *chatter, *small_talk["greeting"], *small_talk["thanks"]) for word in phrase.split()),
        chatter=chatter,
        kind_words=frozenset(word for phrase, senses in phrases.items() if any(sense.kind for sense in senses) for word in phrase.split()),
        small_talk=small_talk,
        small_talk_openings=frozenset(phrase.split()[0] for said in small_talk.values() for phrase in said),
        known_places=frozenset(key(line) for line in places if line and not line.startswith("#")),
        abbreviations=data["abbreviations"],
        weak_before=frozenset(map(key, data["weak"]["before"])),
        fillers=frozenset(data["fillers"]["small_talk"]),
        regulator=frozenset(data["fillers"]["regulator"]),
        name_endings=frozenset(data["fillers"]["names"]),
        expansions={short: tuple(long.split()) for short, long in data["expansions"].items()},
        places=data["places"],
    )


def _senses(data: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for table, sense_type in (("ratings", "rating"), ("comparators", "comparator"), ("ranges", "range"), ("aspects", "aspect")):
        yield from _plain(data[table], sense_type, plural=False)
    yield from _plain(data["services"], "service", plural=False)
    yield from _plain(data["groups"], "group", plural=True)
    yield from _plain(data["cues"], "cue", plural=False)
    yield from _plain(data["unheld"], "unheld", plural=False)
    yield from _plain(data["follow"], "follow", plural=False)
    for row in data["kinds"]:
        kind = KindOfService(row["label"], row["field"], tuple(row["values"]), row.get("unheld"), row.get("loose", False))
        for phrase in row["words"]:
            for form in plurals(key(phrase)):
                yield form, Sense("kind", kind.label, kind)


def _plain(table: Mapping[str, Sequence[str]], sense_type: str, *, plural: bool) -> Iterator[tuple[str, Sense]]:
    for value, phrases in table.items():
        for phrase in phrases:
            for form in plurals(key(phrase)) if plural else (key(phrase),):
                yield form, Sense(sense_type, value)


def plurals(phrase: str) -> tuple[str, ...]:
    """Return the phrase and its plural: ``hospice``, ``hospices``."""
    if phrase.endswith("y") and phrase[-2:-1] not in tuple("aeiou"):
        return phrase, f"{phrase[:-1]}ies"
    return (phrase,) if phrase.endswith("s") else (phrase, f"{phrase}s")
