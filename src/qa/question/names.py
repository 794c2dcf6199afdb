"""Which subject, owner or place a name means: propose, score, choose.

The words of a span that may be a name are a record-linkage question. *Propose*: the entries that share the
rarest words. *Score*: align each with every word of the span (:mod:`qa.question.alignment`). *Choose*: "tell"
if nothing disagrees and one is ahead; "ask" if one thing disagrees or several are level; otherwise "unknown",
with at most three similar names. No word of a span is ignored.

>>> index = NameIndex(tables, knows, share)                          # doctest: +SKIP
>>> index.resolve(fold("Oak Hause Nursing Home"), (0, 4)).outcome    # doctest: +SKIP
'tell'
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

from qa.engines.keyed import Keyed
from qa.language.remembering import remembered
from qa.language.tokens import Word, key
from qa.question.agreeing import Agreeing
from qa.question.align_names import bits_of
from qa.question.aligned import TypedSpan
from qa.question.alignment import align
from qa.question.choosing import BY_NAME, NEAR, Candidate, Choice, candidates, choose, choose_exactly, rank
from qa.question.mentions import Mention, Mentions
from qa.question.name_index import Entries
from qa.question.name_kinds import NoKinds
from qa.question.name_tables import NameTables
from qa.question.name_weights import (
    JOINED,
    KNOWN_WORD,
    RESEMBLING,
    SPELLING,
    VARIANT,
    Alignment,
    NameContext,
    Phrase,
    Typed,
)
from qa.question.name_words import FREE, GENERIC, LEGAL, bare, variants
from qa.question.owners import Owners

LONGEST = 24  # a span with more words is not a name
_PROPOSED = 40
_KEPT = 128  # cached choices: a question asks for the same ones again in each of its readings
_OWNER = 8.0  # bits from which the name of an owner in a longer span is no coincidence
_PLAIN = 1e-6  # share of English text from which a word is not split into two words of a name
_MOST_ALIKE = 240  # the most subjects with one name that are examined
_NO_KINDS = NoKinds()
_OTHER_BEGINNING = 0.9  # similarity of a word to one with another first letter
_LEAST = 0.1  # the least bits of an agreement in proposals


@dataclass(frozen=True, slots=True)
class Place:
    """A place mentioned beside a name: its folded ``text`` and the (field, value) pairs that it may be."""

    text: str
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the question says about the subject beside its name; each part is evidence for or against a
    candidate."""

    places: tuple[Place, ...] = ()
    postcodes: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, values): ("care_home", ("Y",))


NOTHING = Evidence()


class NameIndex:
    """The names of a loaded corpus. It never changes; threads may share it.

    ``knows`` returns true for a folded word in any vocabulary other than the names, which is therefore not a
    misspelling; ``share`` returns a word's share of English text (0 for a word that is not English).
    """

    def __init__(
        self, tables: NameTables, knows: Callable[[str], bool], share: Callable[[str], float]
    ) -> None:
        self._knows_elsewhere, self._share = knows, share
        self._sorts, self._subjects = tables.sorts, tables.sorts["subject"]
        self.places, self._kinds, self._run_by = tables.places, tables.kinds, tables.run_by
        self._owner_forms, self._spellings = tables.owner_forms, tables.spellings
        self._holding: list[Keyed[Any]] = [
            *(entries.holders for entries in self._sorts.values()),
            self.places.words,
        ]
        self._typed = remembered(self._typed_of)
        self._resolved = lru_cache(_KEPT)(self._resolve)
        self._agreeing = Agreeing(self._subjects)
        self._mentions = Mentions(self._sorts, self.places, tables.phrases, self.knows, knows, share)

    def knows(self, word: str) -> bool:
        """True if any name, place, address or other vocabulary has the folded word."""
        return self.holds(word) or word in self._subjects.near_holders or self._knows_elsewhere(word)

    def holds(self, word: str) -> bool:
        """True if a name or a place has the folded word."""
        return any(word in held for held in self._holding)

    def is_everyday(self, words: Iterable[str]) -> bool:
        """True if all the folded words are everyday English or general in names: they count only as a whole
        name."""
        return self._mentions.is_everyday(words)

    def bearers(self, name: str) -> tuple[int, ...]:
        """Return all subjects with this name, ignoring case and accents."""
        folded, subjects = key(name), self._subjects
        alike = subjects.full.listed(bare(folded)) if folded else ()
        return tuple(int(subjects.values[entry]) for entry in alike if subjects.names[entry] == folded)

    def run_by(self, owner: str) -> tuple[int, ...]:
        """Return the first few subjects that an owner with this name runs."""
        return tuple(int(self._subjects.values[entry]) for entry in self._entries_of(owner)[:NEAR])

    def _entries_of(self, owner: int | str) -> list[int]:
        """Return the entries that an owner with this name runs."""
        return self._run_by.listed(bare(key(str(owner))))

    def owners(self, field: str, name: str) -> tuple[str, ...]:
        """Return the owners in a column that a folded ``name`` means, with or without the column's own word:
        "hc one" for "BRAND HC-One Limited"; or the only one whose name begins so, unless the words are
        everyday ones."""
        asked = bare(name)
        forms = self._owner_forms[field]
        called = forms.called(asked)
        if called or self.is_everyday(asked.split()):
            return called
        return forms.begun(asked)

    def mentions(self, words: Sequence[Word], exact: Collection[int] = ()) -> list[Mention]:
        """Return every name in ``words``, with all readings; linear in the number of words. Words at the
        offsets ``exact`` are not corrected."""
        return self._mentions.find(words, exact)

    def resolve(
        self,
        words: Sequence[Word],
        span: tuple[int, int] | Sequence[int],
        evidence: Evidence | None = None,
        exact: Collection[int] = (),
    ) -> Choice:
        """Return what the words of ``span`` mean: its first and last (excluded) index, or a list of indexes.
        Every word counts. Words that begin at one of the offsets ``exact`` are not corrected."""
        indexes = range(*span) if isinstance(span, tuple) else sorted(span)
        said = tuple([words[index] for index in indexes])
        if not said or len(said) > LONGEST:
            return Choice(
                "unknown", "subject", (), (), said[0].start if said else 0, said[-1].end if said else 0
            )
        typed = tuple(place for place, word in enumerate(said) if word.start in exact)
        begin = said[0].start  # the meaning does not depend on the position
        moved = tuple([Word(word.text, word.start - begin, word.end - begin, word.base) for word in said])
        choice = self._resolved(moved, evidence or NOTHING, typed)
        return replace(choice, start=choice.start + begin, end=choice.end + begin) if begin else choice

    def _resolve(self, said: tuple[Word, ...], evidence: Evidence, exact: tuple[int, ...]) -> Choice:
        told = _folded(evidence)
        typed = [self._typed(_forms_typed(word)) for word in said]
        for place in exact:
            typed[place] = replace(typed[place], near=(), resembling={})
        choices = [self._choose("subject", said, typed, told)]
        if not rank(choices[0]) < BY_NAME:
            choices += self._of_owners(said, typed, told)
        best = min(choices, key=rank)
        brand = next((one for one in choices if one.field == "brand"), None)
        if brand is not None and self._means_brand(brand, best, said):
            best = replace(brand, outcome="tell", candidates=brand.candidates[:1])
        others = tuple(one for one in choices if one is not best and one.outcome != "unknown")
        return replace(best, others=others) if others else best

    def _of_owners(self, said: Sequence[Word], typed: Sequence[Typed], told: NameContext) -> Iterator[Choice]:
        """Yield the choices of a provider and of a brand, if there are any with such words."""
        for field in ("provider", "brand"):
            owners = Owners(self._sorts[field], typed) if self._sorts[field].size else None
            if owners is not None and owners.are_there():
                yield self._there(self._choose(field, said, typed, NameContext(), owners), told)

    def _means_brand(self, brand: Choice, best: Choice, said: tuple[Word, ...]) -> bool:
        """True if a brand is meant, which may have the same name as one of its companies, or the name that
        several begin with."""
        if best is brand and self._is_called(brand, said):
            return True
        return self._is_brand_of(brand, best, said) or self._is_brand_of_some(brand, best, said)

    def _is_brand_of(self, brand: Choice, company: Choice, said: tuple[Word, ...]) -> bool:
        """True for a brand with the name of one of its companies except for a legal form that was not typed:
        "HC-One" is everything that the brand runs, "HC-One Limited" the company."""
        if (company.field, company.outcome) != ("provider", "tell") or not brand.candidates:
            return False
        name, whole = (bare(key(str(one.candidates[0].value))) for one in (company, brand))
        if whole.removeprefix("brand ") != name or not LEGAL.isdisjoint(word.text for word in said):
            return False
        return {*self._run_by.listed(name)} < {*self._run_by.listed(whole)}

    def _is_brand_of_some(self, brand: Choice, company: Choice, said: tuple[Word, ...]) -> bool:
        """True for the only brand that is called so, where several companies may be meant and the brand runs
        all that one of them runs: "Springcare" is no single one of its companies."""
        if (company.field, company.outcome) != ("provider", "ask") or not brand.candidates:
            return False
        if not LEGAL.isdisjoint(word.text for word in said):
            return False
        called = {name for form in _written(said) for name in self.owners("brand", form)}
        if called != {brand.candidates[0].value}:
            return False
        whole = {*self._entries_of(brand.candidates[0].value)}
        held = [self._entries_of(one.value) for one in company.candidates]
        return any(runs and whole.issuperset(runs) for runs in held)

    def _is_called(self, brand: Choice, said: tuple[Word, ...]) -> bool:
        """True if what was typed is the whole name of this brand alone: "Voyage"."""
        forms = self._owner_forms["brand"]
        called = {name for form in _written(said) for name in forms.called(bare(form))}
        return bool(brand.candidates) and called == {brand.candidates[0].value}

    def _there(self, choice: Choice, told: NameContext) -> Choice:
        """Keep only owners that run something in the places mentioned; if none does, the name counts as
        unknown."""
        columns = self._subjects.columns

        def runs(candidate: Candidate) -> bool:
            return any(
                all(
                    any(field in columns and columns[field][entry] == value for field, value in one)
                    for _, one in told.places
                )
                for entry in self._entries_of(candidate.value)
            )

        kept = (
            tuple(candidate for candidate in choice.candidates if runs(candidate))
            if told.places
            else choice.candidates
        )
        return replace(choice, candidates=kept, outcome=choice.outcome if kept else "unknown")

    # Propose ------------------------------------------------------------------------------------------------

    def _choose(
        self,
        field: str,
        said: Sequence[Word],
        typed: Sequence[Typed],
        told: NameContext,
        owners: Owners | None = None,
    ) -> Choice:
        entries = self._sorts[field]
        typed = [_of(entries, one, self._is_plain(one.forms[0])) for one in typed]
        aligned = self._aligned(field, said, typed, told)
        offsets = said[0].start, said[-1].end
        few = self._agreeing.with_all(typed) if field == "subject" else []
        exact = choose_exactly(field, entries, [*aligned(few)], self._share, offsets) if few else None
        if exact is not None:
            return exact
        proposed = [
            entry for entry in self._propose(entries, typed, told) if owners is None or owners.hold(entry)
        ]
        choice = choose(field, entries, aligned(proposed), self._share, offsets)
        if choice.outcome == "unknown" and field == "subject" and (owned := self._owned(said)):
            first = candidates(entries, aligned(owned))
            near = {one.value: one for one in (*first[:1], *choice.near[: NEAR - 1], *first[1:])}
            return replace(choice, near=tuple(near.values())[:NEAR])
        return choice

    def _aligned(
        self, field: str, said: Sequence[Word], typed: Sequence[Typed], told: NameContext
    ) -> Callable[[Sequence[int]], Iterable[Alignment]]:
        """Return what aligns the words with entries."""
        spans: list[TypedSpan] = []  # made when it is needed; most words are no name

        def aligned(some: Sequence[int]) -> Iterable[Alignment]:
            if some and not spans:
                kinds = self._kinds if field == "subject" else _NO_KINDS
                held, places = self._sorts[field], self._span_places(said)
                spans.append(TypedSpan(held, typed, places, told, kinds, self.places.words))
            return [align(spans[0], entry) for entry in some]

        return aligned

    def _owned(self, said: Sequence[Word]) -> list[int]:
        """Return the first places of an owner whose whole name is in the span: it may run nothing at the
        place in the question."""
        words = [word.text for word in said if word.text not in FREE]
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                name = words[start : start + size]
                if (held := self._run_by.listed(" ".join(name))) and sum(
                    map(self._subjects.rarity, name)
                ) >= _OWNER:
                    return held[:NEAR]
        return []

    def _is_plain(self, word: str) -> bool:
        """True for an English word that is not two words of a name: "cared" is not "Care-D"."""
        return word not in GENERIC and self._share(word) >= _PLAIN

    def _typed_of(self, forms: tuple[str, ...]) -> Typed:
        if forms[0] in GENERIC:
            return Typed(forms, variants(forms))
        known = any(map(self.knows, forms))
        initials = not self._knows_elsewhere(forms[0]) and any(
            form in each.initials for form in forms for each in self._sorts.values()
        )
        near = [near for form in forms for near in self._spellings.near(form)]
        resembling = {} if forms[0] in self._subjects.holders else self._spellings.resembling(forms[0])
        begun = self._spellings.with_other_beginning(forms[0])
        if known:  # either may be meant, as with any other slip
            near += begun
        else:  # hardly anybody mistypes a first letter
            resembling |= dict.fromkeys(begun, _OTHER_BEGINNING)
        return Typed(
            forms, variants(forms), tuple(dict.fromkeys(near)), resembling, known or initials, initials
        )

    def _propose(self, entries: Entries, typed: Sequence[Typed], told: NameContext) -> list[int]:
        groups = [_forms(entries, one) for one in typed]
        for group, (one, two) in zip(groups, pairwise(typed), strict=False):
            joined = one.forms[0] + two.forms[0]
            if joined in entries.holders:
                group[joined] = entries.rarity(joined) + JOINED
        groups += [{word: 0.5 * entries.rarity(word)} for text, _ in told.places for word in text.split()]
        whole = entries.full.listed(bare(" ".join(one.forms[-1] for one in typed)))
        first = [
            *whole[:_MOST_ALIKE],
            *sorted(entry for one in typed for entry in one.bearers),
        ]
        return list(dict.fromkeys([*first, *entries.propose(groups, _PROPOSED)]))

    def _span_places(self, said: Sequence[Word]) -> list[Phrase]:
        at = [index for index, word in enumerate(said) if word.text not in FREE]
        found = []
        for start in range(len(at)):
            for end in range(min(len(at), start + 6), start, -1):
                readings = self.places.folded.get(" ".join(said[index].text for index in at[start:end]))
                found += [Phrase(at[start], at[end - 1] + 1, frozenset(readings))] if readings else []
        return sorted(found, key=lambda phrase: (phrase.start - phrase.end, phrase.start))


def _written(said: Sequence[Word]) -> set[str]:
    """The words as typed, and without the s of a possessive."""
    return {" ".join(word.text for word in said), " ".join(word.base or word.text for word in said)}


def _forms_typed(word: Word) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (word.text, word.base) if form))


def _forms(entries: Entries, typed: Typed) -> dict[str, float]:
    """Return the forms that a typed word may have in a name, and the bits of each; see
    :meth:`Entries.propose`."""
    said = typed.forms[0]
    found = {
        word: similarity * min(RESEMBLING, entries.rarity(word))
        for word, similarity in typed.resembling.items()
    }
    penalty = KNOWN_WORD if typed.known else SPELLING
    found |= {word: max(_LEAST, entries.rarity(word) + penalty) for word in typed.near}
    found |= {word: entries.rarity(word) for word in typed.joined}
    found |= {
        word: max(_LEAST, bits_of(entries, said, word) + VARIANT)
        for word in (*typed.variants, *typed.forms[1:])
    }
    return found | {said: max(_LEAST, entries.rarity(said))}


def _of(entries: Entries, typed: Typed, plain: bool) -> Typed:
    """Return the typed word with what the entries say about it: its parts, if they write it as several words
    and it is not ``plain``, and the entries with it as initials."""
    bearers: frozenset[int] = frozenset()
    if typed.initials:
        bearers = frozenset(
            int(one) for form in typed.forms for one in islice(entries.initials.get(form, ()), _PROPOSED)
        )
    joined = () if plain else entries.joined.get(typed.forms[0], ())
    return replace(typed, joined=joined, bearers=bearers) if joined or bearers else typed


def _folded(evidence: Evidence) -> NameContext:
    return NameContext(
        tuple(
            (key(place.text), frozenset((field, key(value)) for field, value in place.readings))
            for place in evidence.places
        ),
        tuple(map(key, evidence.postcodes)),
        tuple(map(key, evidence.streets)),
        tuple((field, frozenset(map(key, values))) for field, values in evidence.kinds),
    )
