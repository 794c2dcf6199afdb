"""How names are written: words that carry no information in them, their shorter forms, and words similar to a
misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa.engines.keyed import Tuples
from qa.engines.pack import Part, Parts, nested, within

# Words that carry no information in a name: it is the same name without them.
FREE = frozenset(
    ["the", "and", "of", "at", "in", "for", "a", "an", "on", "by", "to", "from", "with", "limited", "ltd"]
)
# Words that say what a place is or what form its owner has, not which one it is; also their plurals.
_GENERAL = """
    care caring home nursing residential rest retirement elderly surgery surgeries medical health
    healthcare centre practice clinic group service agency domiciliary homecare dr drs doctor mr mrs
    ms gp partner partnership llp plc cic company co uk nhs foundation trust head office
""".split()
GENERIC = FREE | frozenset(_GENERAL) | frozenset(f"{word}s" for word in _GENERAL if len(word) > 3)
# Words for the kind of a place, which people may add to a name that lacks them, if its kind
# agrees.
KIND_WORDS = frozenset(
    [
        "care",
        "home",
        "homes",
        "nursing",
        "residential",
        "rest",
        "retirement",
        "surgery",
        "surgeries",
        "medical",
        "health",
        "centre",
        "practice",
        "clinic",
        "hospital",
        "hospice",
        "dental",
        "dentist",
        "dentists",
        "doctors",
        "gp",
        "agency",
        "domiciliary",
        "homecare",
        "carers",
        "ambulance",
    ]
)
# Share of English text from which a word alone identifies no name: "second", "health"; "orchid" has 1e-6.
COMMON = 5e-6
# Words that people may abbreviate within a name: "Great Ormond St Hospital", "Old Street Surgery".
_SHORTENED = (
    ("st", "street"),
    ("rd", "road"),
    ("ave", "avenue"),
    ("ln", "lane"),
    ("sq", "square"),
    ("gdns", "gardens"),
    ("ct", "court"),
    ("hse", "house"),
    ("hosp", "hospital"),
    ("ctr", "centre"),
    ("dept", "department"),
)
_SHORTER = {long: short for short, long in _SHORTENED}
_LONGER = dict(_SHORTENED)
LEGAL = frozenset(["limited", "plc", "llp", "cic", "company", "uk"])
_TRUST = frozenset(["nhs", "foundation", "trust"])
_ENDINGS = LEGAL | _TRUST
_OPENING = 4  # letters that two resembling words must have in common at the start
_HISSING = ("ses", "xes", "zes", "ches", "shes")
_COMPASS = {f"{one[0]}{two[0]}": (one, two) for one in ("north", "south") for two in ("east", "west")}
_DIGITS = re.compile("[0-9]")
_SPACED = re.compile(r"(?<![^ ])[a-z0-9](?: [a-z0-9])+(?![^ ])")


class Spellings:
    """The words of names, found by words that resemble them."""

    def __init__(self, near: Tuples, by_opening: Tuples, by_ending: Tuples) -> None:
        """``near`` has the words under their first letter and the length that they may be typed with,
        ``by_opening`` under their first letters, ``by_ending`` under all but the first letter."""
        self._near, self._by_opening, self._by_ending = near, by_opening, by_ending

    @classmethod
    def of(cls, words: Iterable[str]) -> Spellings:
        """Make them from words."""
        near, by_opening, by_ending = (dict[str, list[str]]() for _ in range(3))
        for word in sorted(words):
            if len(word) > 3 and not word.isdigit():
                by_opening.setdefault(word[:_OPENING], []).append(word)
                by_ending.setdefault(word[1:], []).append(word)
                for length in (len(word) - 1, len(word), len(word) + 1):
                    near.setdefault(f"{word[0]}{length}", []).append(word)
        return cls(Tuples.of(near), Tuples.of(by_opening), Tuples.of(by_ending))

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        return nested(
            near=self._near.parts(), by_opening=self._by_opening.parts(), by_ending=self._by_ending.parts()
        )

    @classmethod
    def of_parts(cls, parts: Parts) -> Spellings:
        """Make them of their :meth:`parts`."""
        return cls(*(Tuples.of_parts(within(parts, name)) for name in ("near", "by_opening", "by_ending")))

    def near(self, word: str, most: int = 24) -> list[str]:
        """Return the known words one edit away with the same first letter; none for a word of three letters.
        Digits are never corrected."""
        if len(word) < 4 or word.isdigit():
            return []
        alike = self._near.get(f"{word[0]}{len(word)}", ())
        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=most)
        digits = _DIGITS.findall(word)
        return [other for other, _, _ in found if other != word and _DIGITS.findall(other) == digits]

    def with_other_beginning(self, word: str) -> list[str]:
        """Return the known words that differ from ``word`` in the first letter alone, which may be missing
        from either, or in the order of the first two letters; none for a word of four letters."""
        if len(word) <= _OPENING or not word.isalpha():
            return []
        swapped = f"{word[1]}{word[0]}{word[2:]}"
        endings = self._by_ending
        found = [*endings.get(word[1:], ()), *endings.get(word, ())]
        found += [one for one in (word[1:], swapped) if one in endings.get(one[1:], ())]
        return [one for one in found if one != word]

    def resembling(self, word: str, most: int = 32) -> dict[str, float]:
        """Return the known words that begin as ``word`` does, and their similarity from 0.4 to 1, the nearest
        first."""
        if len(word) < 6:
            return {}
        begun, alike = self._by_opening.get(word[:_OPENING], ()), OSA.normalized_similarity
        found = process.extract(word, begun, scorer=alike, score_cutoff=0.4, limit=most)
        return {other: similarity for other, similarity, _ in found if other != word}


def bare(name: str) -> str:
    """Return a folded name without the words that carry no information; if nothing else is left, the name
    itself."""
    return " ".join([word for word in name.split() if word not in FREE]) or name


def short_forms(name: str) -> set[str]:
    """Return what a folded name shortens to: without "the", its legal form, or "NHS Foundation Trust"."""
    words = name.removeprefix("the ").split()
    found = {" ".join(words)}
    for endings in (LEGAL, _TRUST) if words and words[-1] in _ENDINGS else ():
        while len(words) > 1 and words[-1] in endings:
            words = words[:-1]
            found.add(" ".join(words))
    return found - {name, ""}


def forms_of(name: str) -> set[str]:
    """Return a folded name and what it shortens to, each :func:`bare`."""
    return {bare(form) for form in (name, *short_forms(name))}


def is_cut_short(one: str, other: str) -> bool:
    """True if one of the words abbreviates the other: "st" and "street"."""
    return other in (_SHORTER.get(one), _LONGER.get(one))


def variants(forms: Sequence[str]) -> tuple[str, ...]:
    """Return the plural and singular forms as far as they differ by an s (surgery, surgeries, surgerys) and
    the abbreviated ones (street, st)."""
    found = []
    for form in forms:
        found += [f"{form}s"] if len(form) > 1 else []
        found += [other for other in (_SHORTER.get(form), _LONGER.get(form)) if other]
        if len(form) > 3 and form.endswith("s"):
            found += [
                form[:-1],
                f"{form[:-3]}y"
                if form.endswith("ies")
                else form[:-2]
                if form.endswith(_HISSING)
                else form[:-1],
            ]
        elif len(form) > 3 and form.endswith("y"):
            found.append(f"{form[:-1]}ies")
    return tuple(dict.fromkeys(found))


def joined_words(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Map words in names that are several words joined to those words: "hcone" → hc, one; "abc" → a, b, c."""
    found: dict[str, tuple[str, ...]] = dict(_COMPASS)
    for name in names:
        words = name.split()
        for one, two in pairwise(words):
            if one not in FREE and len(one) + len(two) > 3:
                found.setdefault(one + two, (one, two))
        for run in _SPACED.findall(name):
            found.setdefault(run.replace(" ", ""), tuple(run.split()))
    return found


def initials_of(name: str) -> set[str]:
    """Return the initials of a folded name in the ways people shorten it: all words, and without NHS,
    Foundation, Trust and a legal form."""
    words = name.split()
    if len(words) < 3:
        return set()
    capitals = [word for word in words if word not in FREE]
    ways = [capitals] if _ENDINGS.isdisjoint(words) else [capitals, *_without_endings(words, capitals)]
    found = {"".join([word[0] for word in way]) for way in ways}
    return {letters for letters in found if len(letters) >= 3 and letters.isalpha()}


def _without_endings(words: list[str], capitals: list[str]) -> list[list[str]]:
    """Return the words whose initials people use for an NHS trust or a company, in several versions."""
    lean = [word for word in capitals if word != "nhs"]
    brief = [word for word in lean if word not in ("foundation", "trust") and word not in LEGAL]
    if "trust" not in lean:
        return [lean, brief]
    with_small_words = [word for word in words if word not in ("nhs", "foundation", "trust", "the")]
    return [lean, brief, [*brief, "trust"], with_small_words]
