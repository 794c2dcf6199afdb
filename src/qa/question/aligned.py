"""The records that the steps of an alignment share: the words of a span, and which of them match an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from qa.question.name_index import Entries
from qa.question.name_kinds import NameKinds, NoKinds
from qa.question.name_weights import COMMON_BITS, GENERAL, VARIANT, NameContext, Part, Phrase, Reason, Typed
from qa.question.name_words import FREE, GENERIC, KIND_WORDS

_TELLING_PLACES = 3  # a word in the names of no more places than this identifies one


class TypedSpan:
    """The words of one span and what to look for in every entry, found once rather than for each entry.

    The lists are of indexes of words.
    """

    def __init__(
        self,
        entries: Entries,
        words: Sequence[Typed],
        phrases: Sequence[Phrase],
        told: NameContext,
        kinds: NameKinds | NoKinds,
        place_words: Mapping[str, int],
    ) -> None:
        self.entries, self.words, self.phrases, self.told = entries, words, phrases, told
        self.kinds = kinds
        self.texts = [typed.forms[0] for typed in words]
        self.said = frozenset(self.texts)
        self.own = frozenset(form for typed in words for form in typed.forms if form not in GENERIC)
        self.general = self._general()
        joined = [(index, one + two) for index, (one, two) in enumerate(pairwise(self.texts))]
        self.pairs = [(index, both) for index, both in joined if both in entries.holders]
        self.steps = self._steps()
        self.left = [self._left_over(text) for text in self.texts]  # each word's reason if nothing agrees
        self.slips: list[int] = []  # words that may be misspelt
        self.joined: list[int] = []  # words that names write as several
        self.bearing: list[int] = []  # words that are initials of an entry
        self.telling_places: list[int] = []
        self.counties: list[int] = []  # words that may be an abbreviated county
        self.kind_words: list[int] = []
        self._sort_words(place_words)

    def _sort_words(self, place_words: Mapping[str, int]) -> None:
        """Put each word into the lists for the steps that look at it."""
        for index, (typed, text) in enumerate(zip(self.words, self.texts, strict=True)):
            if typed.near or typed.resembling:
                self.slips.append(index)
            if typed.joined:
                self.joined.append(index)
            if typed.bearers:
                self.bearing.append(index)
            if 0 < place_words.get(text, 0) <= _TELLING_PLACES:
                self.telling_places.append(index)
            if may_be_county(text):
                self.counties.append(index)
            if text in KIND_WORDS:
                self.kind_words.append(index)

    def _general(self) -> frozenset[int]:
        """The words that say little about which subject is meant: general words, and places unless the span
        has nothing else."""
        placed = frozenset(index for phrase in self.phrases for index in range(phrase.start, phrase.end))
        general = frozenset(index for index, text in enumerate(self.texts) if text in GENERIC)
        return general | placed if len(placed) < len(self.words) else general

    def _steps(self) -> list[tuple[Part, float, list[tuple[int, tuple[str, ...]]]]]:
        """Return the ways a word can match a name, in the order tried: for each, the part it counts as, its
        weight in bits, and the word forms to look for.
        """
        last = self.words[-1] if self.words else None
        plain = [
            (at, typed.forms if typed is last else typed.forms[:1]) for at, typed in enumerate(self.words)
        ]
        varied = [(at, (*typed.forms[1:], *typed.variants)) for at, typed in enumerate(self.words)]
        return [("name", 0.0, plain), ("variant", VARIANT, [one for one in varied if one[1]])]

    def _left_over(self, word: str) -> Reason:
        """What a word counts as if it matches nothing in an entry."""
        if is_free(self.entries, word):
            return Reason(word, "free", 0.0)
        part = "other number" if word[0].isdigit() else "left over"
        return Reason(word, part, -self.entries.rarity(word))


class Match:
    """What has been matched so far between the span and one entry."""

    __slots__ = (
        *("at", "beside", "done", "entries", "entry", "held", "initials", "name", "nearness", "reasons"),
        *("span", "taken", "words"),
    )

    def __init__(self, span: TypedSpan, entry: int) -> None:
        self.span, self.entry = span, entry
        self.entries, self.words = span.entries, span.words
        self.name = self.entries.names[entry].split()
        self.held = frozenset(self.name)
        self.at: dict[int, int] = {}  # word of the span → word of the name
        self.taken: set[int] = set()  # words of the name that were typed
        # Those of them that are also in a place mentioned beside the name, so that they identify no subject.
        self.beside: set[int] = set()
        self.done: set[int] = set()  # words of the span that are aligned
        self.reasons: list[Reason] = []
        self.initials = False
        self.nearness = 0.0

    def column(self, field: str) -> str:
        """Return the folded value of the entry in a column, "" for none."""
        column = self.entries.columns.get(field)
        return "" if column is None else column[self.entry]

    def say(self, indexes: Sequence[int], part: Part, bits: float, meant: str = "") -> None:
        """Note that these words of the span agree with a part of the entry, and for how many bits."""
        self.done.update(indexes)
        texts = self.span.texts
        said = texts[indexes[0]] if len(indexes) == 1 else " ".join([texts[index] for index in indexes])
        self.reasons.append(Reason(said, part, bits, meant))
        if bits > 0:
            self.nearness += bits * GENERAL if self.span.general.issuperset(indexes) else bits

    def take(self, index: int, places: Sequence[int], part: Part, bits: float, meant: str = "") -> None:
        """Note that a word of the span agrees with these words of the name."""
        self.taken.update(places)
        self.at[index] = places[0]
        self.say((index,), part, bits, meant)

    def open(self, forms: Sequence[str], index: int) -> int | None:
        """Return where in the name one of the ``forms`` is not aligned yet; of several positions, the one
        nearest after the previously aligned word."""
        if self.held.isdisjoint(forms):
            return None
        places = [at for at, word in enumerate(self.name) if word in forms and at not in self.taken]
        if len(places) < 2:
            return places[0] if places else None
        following = 1 + max((at for other, at in self.at.items() if other < index), default=-1)
        return min(places, key=lambda at: abs(at - following))

    def is_untold(self) -> bool:
        """True if no word of the name was typed except small words."""
        return all(self.name[at] in FREE for at in self.taken)


def is_free(entries: Entries, word: str) -> bool:
    """True if a typed word that no name has says nothing: "the", or "care" where most names have it."""
    if word in FREE or word == "s" or word.removesuffix("s") in FREE:
        return True
    return word in GENERIC and entries.rarity(word) < COMMON_BITS


def may_be_county(word: str) -> bool:
    """True if a word may be an abbreviated county: Staffs, Yorks."""
    return len(word) >= 4 and word[-1] == "s"
