"""Which subjects a question names: in part, abbreviated, misspelt, beside a place.

BM25 over the rating table proposes candidates; a candidate holds if it covers every word of the name as typed, exactly or nearly.
Among those that hold, the one whose name is told most completely wins; where several are told alike, the name is shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.facts import Subject
from qa.folding import key
from qa.understanding.spelling import near_words
from qa.understanding.vocabulary import Vocabulary

_ADDRESS = ("street", "address", "town", "local_authority", "region", "postcode", "provider")
EXACT, NEAR, PART = range(3)  # how completely a name is told


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a name as typed: its spellings, whether it must be covered (a name) or only may be (a kind, a place), and exactly."""

    index: int
    forms: tuple[str, ...]
    required: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate that covers the words: how completely its name is told (0 exactly), and the words it covers."""

    subject: Subject
    told: int
    in_name: int  # required words that its name holds
    covered: frozenset[int]
    corrections: tuple[tuple[str, str], ...]


def match(words: Sequence[Typed], vocabulary: Vocabulary) -> list[Match]:
    """Return the best-told candidates that cover every required word; several where the name is shared; ``[]`` for none."""
    return best(matches(words, vocabulary))


def matches(words: Sequence[Typed], vocabulary: Vocabulary) -> list[Match]:
    """Return every candidate that covers every required word."""
    rare = telling(words, vocabulary)
    proposals = vocabulary.candidates(_search_words(words, vocabulary))
    return [found for subject in proposals if (rare or _begins(subject, words)) and (found := _cover(subject, words, vocabulary))]


def _begins(subject: Subject, words: Sequence[Typed]) -> bool:
    """Whether a name begins with the words that are required, two or more side by side: "Park House" of Park House Nursing Home."""
    required = [word for word in words if word.required]
    together = all(right.index - left.index == 1 for left, right in pairwise(required))
    name = key(subject.name).removeprefix("the ").split()
    return len(required) > 1 and together and all(said in word.forms for said, word in zip(name, required, strict=False))


def best(found: Sequence[Match]) -> list[Match]:
    """Keep the matches that cover most and are told most completely."""
    kept = list(found)
    for rank in (lambda one: (-one.in_name, -len(one.covered)), lambda one: one.told, lambda one: len(one.corrections)):
        least = min(map(rank, kept), default=None)
        kept = [one for one in kept if rank(one) == least]
    return kept


def initials(word: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the subject whose initials the word abbreviates: three letters or more of them, in order, from the first."""
    if len(word) < 3 or not word.isalpha() or vocabulary.knows(word):
        return ()
    found = {number for letters, numbers in vocabulary.initials.items() if _abbreviates(word, letters) for number in numbers}
    return tuple(sorted(found)) if len(found) == 1 else ()


def _abbreviates(word: str, letters: str) -> bool:
    rest = iter(letters)
    return word[0] == letters[0] and all(letter in rest for letter in word)


def _search_words(words: Sequence[Typed], vocabulary: Vocabulary) -> list[str]:
    found: list[str] = []
    for word in words:
        found += word.forms
        if word.required and not word.exact and not any(form in vocabulary.name_words for form in word.forms):
            found += vocabulary.misspelt_names.near(word.forms[0])
    return found


def _cover(subject: Subject, words: Sequence[Typed], vocabulary: Vocabulary) -> Match | None:
    name = key(subject.name).split()
    address = {word for field in _ADDRESS for word in key(subject.attributes.get(field, "")).split()}
    covered: dict[int, str] = {}
    corrections: list[tuple[str, str]] = []
    in_name: set[str] = set()
    for word in words:
        exact = next((form for form in word.forms if form in name), None)
        nearby = exact or next((form for form in word.forms if form in address), None)
        if nearby is None and not word.exact and (other := _nearly(word.forms[0], [*name, *address])):
            corrections.append((word.forms[0], other))
            nearby, exact = other, other if other in name else None
        if nearby is None:
            if word.required:
                return None
            continue
        covered[word.index] = nearby
        in_name.update([exact] if exact else [])
    if not any(word.required and covered.get(word.index) in in_name for word in words) and not _street_only(subject, words):
        return None
    if corrections and not _sure(words, covered, corrections, vocabulary):
        return None
    told = _completeness(name, in_name, vocabulary)
    required = sum(word.required and covered.get(word.index) in in_name for word in words)
    return Match(subject, told, required, frozenset(covered), tuple(corrections))


def _nearly(word: str, others: Sequence[str]) -> str | None:
    return next(iter(near_words(word, others, 1)), None)


def _street_only(subject: Subject, words: Sequence[Typed]) -> bool:
    street = {word for field in ("street", "address") for word in key(subject.attributes.get(field, "")).split()}
    return all(any(form in street for form in word.forms) for word in words if word.required)


def _sure(words: Sequence[Typed], covered: Mapping[int, str], corrections: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> bool:
    """A misspelling is believed of words that no vocabulary knows, or where another word of the name is spelt right."""
    wrong = {typed for typed, _ in corrections}
    right = [word for word in words if word.required and word.index in covered and word.forms[0] not in wrong]
    return bool(right) or all(not vocabulary.knows(typed) for typed in wrong)


def _completeness(name: Sequence[str], in_name: set[str], vocabulary: Vocabulary) -> int:
    untold = [word for word in name if word not in in_name and word not in ("the", "and", "of")]
    if not untold:
        return EXACT
    return NEAR if all(vocabulary.everyday(word) or word in vocabulary.lexicon.name_endings for word in untold) else PART


def telling(words: Sequence[Typed], vocabulary: Vocabulary) -> bool:
    """Whether any of the required words is rare enough among the names to name somebody: "partnership" alone is not."""
    most = max(2, vocabulary.sizes.subjects // 50)
    return any(min(vocabulary.name_words.get(form, 0) for form in word.forms) <= most for word in words if word.required)


def provider(words: Sequence[Typed], vocabulary: Vocabulary, *, loosely: bool) -> str | None:
    """Return the provider whose name covers every required word, the one most completely told; ``None`` for none.

    Unless ``loosely``, all but general words of the name must be told.
    """
    if not telling(words, vocabulary):
        return None
    told: dict[str, int] = {}
    several = sum(word.required for word in words) > 1
    for subject in vocabulary.candidates(_search_words(words, vocabulary), 400):
        name = subject.attributes.get("provider", "")
        if name and name not in told:
            held = key(name).split()
            if all(not word.required or any(form in held for form in word.forms) for word in words):
                in_name = {form for word in words for form in word.forms if form in held}
                told[name] = _completeness(held, in_name, vocabulary) * 100 + len(held) - len(in_name)
    best_told = min(told, key=lambda name: (told[name], name)) if told else None
    return best_told if best_told and (told[best_told] < PART * 100 or loosely or (several and len(told) == 1)) else None
