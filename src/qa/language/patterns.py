"""Patterns of words, found in a text however it is spelt; the patterns are in files such as ``care.toml``.

Glossary, with example values:

* the *words* of a text are as meant, not as typed: ``("^", "my", "carer", "hits", "me", "^")``; ``^`` is the
  start or end of a sentence;
* a *slot* is a set of phrases: the list ``{kin}`` has "mum", "mother in law" …; ``kill(s|ed)`` and ``(in|out
  of)`` are slots too;
* a *pattern* is a sequence of steps, each a slot with a number of other words that may come before it;
* a *sighting* is a place where a phrase of a slot starts.

Patterns are matched with sets of places stored as the bits of an integer: no text and no pattern can make
them backtrack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from rapidfuzz.distance import OSA

from qa.language.spelling import slips_in
from qa.language.tokens import APOSTROPHES

Phrase = tuple[str, ...]

EDGE = "^"  # the start or the end of a sentence
NUMBER = "#"  # any number that is in no list
ANY = -1  # as the gap of a step: any number of words

_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES + "\u2018\u00b4"))
_WORD = re.compile(r"[^\W_][\w*]*|(?<!\.)\.(?!\.)|[!?;:\n]")
_LETTER_SHAPES = str.maketrans("013457", "oieast")  # "k1ll"
_ELEMENT = re.compile(
    r"\s*(?:(?P<gap>\.+|~)|(?:\{(?P<lists>[\w|]+)\}|(?P<word>[\^#]|[\w*]*\([^()]+\)|[\w*]+))(?P<optional>\?)?)(?=\s|$)\s*"
)
_OR = re.compile(r"\|(?![^{}]*\})")  # between the choices of "in|{kin|he}|out of"
_FORMS = re.compile(r"([\w*]*)\(([^()]+)\)")
_LONG_LETTER = re.compile(r"(.)\1{2,}")  # "pleeease"


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where phrases occur in a text. All places are bit sets: bit 0 is the first word."""

    everywhere: int
    inside: int  # the words, without the edges of sentences
    phrases: Mapping[Phrase, int]  # the places of its first word
    slots: Mapping[str, frozenset[Phrase]]
    _starts: dict[str, dict[int, int]] = field(default_factory=dict)

    def after(self, places: int, slots: Iterable[str]) -> int:
        """Return the places right after a phrase of ``slots`` that starts at one of ``places``."""
        after = 0
        for slot in slots:
            for length, starts in self._of(slot).items():
                after |= (places & starts) << length
        return after

    def further(self, places: int, gap: int) -> int:
        """Return ``places``, and those at most ``gap`` words after them in the same sentence."""
        if gap == ANY:  # the carry of a sum fills each place up to the end of its sentence
            return places | (self.inside ^ (self.inside + (places & self.inside)))
        for _ in range(gap):
            places |= (places & self.inside) << 1
        return places

    def _of(self, slot: str) -> dict[int, int]:
        """Length of phrase → places of its first word, for the phrases of a slot; computed when a slot is
        needed."""
        if slot not in self._starts:
            starts = self._starts[slot] = {}
            for phrase in self.slots[slot].intersection(self.phrases):
                starts[len(phrase)] = starts.get(len(phrase), 0) | self.phrases[phrase]
        return self._starts[slot]


@dataclass(frozen=True, slots=True)
class Step:
    """One of ``slots``, after at most ``gap`` other words of the same sentence."""

    slots: frozenset[str]
    gap: int
    optional: bool

    @property
    def required(self) -> bool:
        """True if the pattern can't occur in a text without a word of this step."""
        return not self.optional and EDGE not in self.slots


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of steps."""

    steps: tuple[Step, ...]

    def occurs(self, sightings: Sightings) -> bool:
        """True if the steps can be followed anywhere in the text."""
        places = sightings.everywhere
        for step in self.steps:
            places = sightings.further(places, step.gap)
            places = sightings.after(places, step.slots) | (places if step.optional else 0)
        return bool(places)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of all slots, and those that are harmless even if they contain other phrases."""

    slots: Mapping[str, frozenset[Phrase]]
    phrases: frozenset[Phrase]  # of all slots
    harmless: frozenset[Phrase]
    all: frozenset[Phrase]  # both
    longest: Mapping[str, int]  # first word → length of the longest phrase that starts with it

    @classmethod
    def of(cls, slots: Mapping[str, frozenset[Phrase]], harmless: frozenset[Phrase]) -> Lexicon:
        """Return the lexicon of these slots and harmless phrases."""
        phrases: frozenset[Phrase] = frozenset().union(*slots.values())
        both, longest = phrases | harmless, dict[str, int]()
        for phrase in both:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
        return cls(slots, phrases, harmless, both, longest)

    def sightings(self, words: Phrase) -> Sightings:
        """Return where each phrase occurs in ``words``, ignoring the words of harmless phrases."""
        found = list(self._phrases(words))
        hidden = {
            place
            for start, phrase in found
            if phrase in self.harmless
            for place in range(start, start + len(phrase))
        }
        phrases: dict[Phrase, int] = {}
        for start, phrase in found:
            if phrase in self.phrases and (
                not hidden or hidden.isdisjoint(range(start, start + len(phrase)))
            ):
                phrases[phrase] = phrases.get(phrase, 0) | 1 << start
        inside = sum(1 << place for place, word in enumerate(words) if word != EDGE)
        return Sightings((1 << len(words)) - 1, inside, phrases, self.slots)

    def _phrases(self, words: Phrase) -> Iterator[tuple[int, Phrase]]:
        """Every phrase of any list in ``words``, with the place of its first word."""
        for start, word in enumerate(words):
            for length in range(1, self.longest.get(word, 0) + 1):
                phrase = words[start : start + length]
                if phrase in self.all:
                    yield start, phrase


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are typed, and what they mean."""

    known: frozenset[str]
    written: Mapping[str, Phrase]  # as typed → as meant
    forgiven: Mapping[str, tuple[str, ...]]  # first letter → the words in which a slip is corrected
    left: frozenset[str]  # words that look like a slip and are not one

    def words(self, text: str) -> Phrase:
        """Return the words of ``text`` as meant: in lower case, without accents, apostrophes and invisible
        characters."""
        if not text.isascii():
            text = "".join(
                letter
                for letter in unicodedata.normalize("NFD", text)
                if unicodedata.category(letter) not in {"Mn", "Cf"}
            )
        words = [EDGE]
        for typed in _WORD.findall(text.translate(_APOSTROPHES).casefold()):
            words.extend(self._meant(typed) if typed[0].isalnum() else (EDGE,))
        return (*words, EDGE)

    def _meant(self, word: str) -> Phrase:
        """Return the words that ``word`` stands for; the word itself if it is not a slip."""
        if word in self.known and word not in self.written:
            return (word,)
        if word.isdecimal():
            return (NUMBER,)
        plain = word.isalpha() and not _LONG_LETTER.search(word)
        bare = word if plain else word.rstrip("*_")  # "*help*"
        for typed in (word,) if plain else (word, *_ways(bare)):
            if typed in self.written:
                return self.written[typed]
            if typed in self.known:
                return (typed,)
        return (bare if bare in self.left else self._nearest(bare),)

    def _nearest(self, word: str) -> str:
        """Return the word that ``word`` is a slip for: of one letter, or of two in a word of ten letters."""
        for near in self.forgiven.get(word[0], ()):
            slips = slips_in(near)
            if abs(len(word) - len(near)) <= slips and OSA.distance(word, near, score_cutoff=slips) <= slips:
                return near
        return word


def _ways(word: str) -> tuple[str, ...]:
    """Return a word as typed, and as it may be meant if digits stand for letters or letters are repeated."""
    return (
        word,
        word.translate(_LETTER_SHAPES),
        _LONG_LETTER.sub(r"\1\1", word),
        _LONG_LETTER.sub(r"\1", word),
    )


@dataclass(slots=True)
class Notation:
    """Reads patterns and their lists; ``care.toml`` explains how they are written."""

    lists: Mapping[str, Sequence[str]]
    slots: dict[str, frozenset[Phrase]] = field(default_factory=dict)  # as read so far
    _begun: set[str] = field(default_factory=set)

    def pattern(self, entry: str) -> Pattern:
        """Return the pattern for ``entry``. Raises ValueError if it can't be understood."""
        steps, gap = [], 0
        for element in self._elements(entry):
            if element["gap"]:
                gap = ANY if element["gap"] == "~" else len(element["gap"])
            else:
                steps.append(Step(frozenset(self._named(element)), gap, bool(element["optional"])))
                gap = 0
        if not any(step.required for step in steps):
            raise ValueError(f"{entry!r} has no word that must be there")
        return Pattern(tuple(steps))

    def phrases(self, entry: str) -> Iterator[Phrase]:
        """Yield every phrase that an ``entry`` without gaps stands for. Raises ValueError if it can't be
        understood."""
        choices = []
        for element in self._elements(entry):
            phrases = self.choice(self._named(element))
            choices.append(phrases | {()} if element["optional"] else phrases)
        for parts in product(*choices):
            if not any(parts):
                raise ValueError(f"{entry!r} may be empty")
            yield tuple(word for part in parts for word in part)

    def choice(self, slots: Iterable[str]) -> frozenset[Phrase]:
        """Return the phrases of any of ``slots``, which must have been read."""
        return frozenset().union(*(self.slots[slot] for slot in slots))

    def _elements(self, entry: str) -> Iterator[re.Match[str]]:
        place = 0
        while place < len(entry):
            element = _ELEMENT.match(entry, place)
            if element is None:
                raise ValueError(
                    f"{entry[place:]!r} in {entry!r} does not begin with a word, a list or a gap"
                )
            place = element.end()
            yield element

    def _named(self, element: re.Match[str]) -> list[str]:
        """Return the slots that an element names, reading them if necessary."""
        names = (
            [f"{{{name}}}" for name in element["lists"].split("|")] if element["lists"] else [element["word"]]
        )
        for name in names:
            if name not in self.slots:
                self.slots[name] = self._read(name)
        return names

    def _read(self, name: str) -> frozenset[Phrase]:
        if name.startswith("{"):
            if name in self._begun or name[1:-1] not in self.lists:
                raise ValueError(f"the list {name} is missing from [words], or contains itself")
            self._begun.add(name)
            return frozenset(phrase for entry in self.lists[name[1:-1]] for phrase in self.phrases(entry))
        if name.startswith("("):
            return frozenset(phrase for entry in _OR.split(name[1:-1]) for phrase in self.phrases(entry))
        return frozenset((form,) for form in forms(name))


def forms(word: str) -> Iterator[str]:
    """``kill(s|ed)`` → kill, kills, killed."""
    endings = _FORMS.fullmatch(word)
    if endings is None:
        yield word
        return
    yield endings[1]
    yield from (endings[1] + ending for ending in endings[2].split("|"))
