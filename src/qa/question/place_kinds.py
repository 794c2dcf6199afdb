"""The kinds of places that the loaded tables distinguish, and what people call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

from qa.facts import FactStore
from qa.language.plurals import plurals
from qa.language.tokens import key
from qa.question import own_kinds
from qa.question.grammar import Grammar, Kind
from qa.question.parts import Sense
from qa.question.query import EVERYTHING, Condition, Is, NameHas

NOUN = "noun"  # the kind of subjects without a kind: the last word of their names
_FEW_NOUNS = 20  # the most different last words of names that are read as kinds


class PlaceKinds:
    """The kinds of the subjects in one store, by the words of the grammar and of the tables."""

    def __init__(self, store: FactStore, grammar: Grammar) -> None:
        self.store, self.grammar = store, grammar
        self.field_names = frozenset(field.name for field in store.fields)
        self.condition = lru_cache(512)(self._condition)

    def words(self) -> Iterator[tuple[str, Sense]]:
        """Yield the names of the kinds in these tables, with their senses."""
        yield from self._kind_words()
        yield from self._noun_words()

    @cached_property
    def _own(self) -> tuple[tuple[str, Sense], ...]:
        """The names of the kinds in a table that has none of the Commission's kinds."""
        if any(isinstance(self.condition(kind), Is) for kind in self.grammar.kinds):
            return ()
        field = next((name for name in own_kinds.FIELDS if name in self.field_names), None)
        return tuple(own_kinds.own_kinds(field, self.store.values(field), self.grammar)) if field else ()

    def _condition(self, kind: Kind) -> Condition | None:
        """Return the condition for a kind in these tables; ``None`` if they can't distinguish it."""
        if not kind.field:
            return EVERYTHING
        if kind.field == "name":
            return NameHas(tuple(kind.values[0].split())) if self._are_told_by_name else None
        if kind.field != NOUN and kind.field not in self.field_names:
            return self._condition(Kind(kind.label, *kind.instead)) if kind.instead else None
        values = self.store.values(kind.field)
        fitting = tuple(value for value in values if _fits(value, kind))
        if not fitting:
            return None
        return EVERYTHING if kind.field == NOUN and len(fitting) == len(values) else Is(kind.field, fitting)

    @property
    def _are_told_by_name(self) -> bool:
        """True if the tables have no column of kinds, but names that end in the noun for one."""
        return bool(self.store.values(NOUN)) and not self.store.values("kind")

    @cached_property
    def noun(self) -> str:
        """The noun for everything that is rated: "trusts" if every name ends with it."""
        nouns = self.store.values(NOUN)
        return plurals(nouns[0])[-1] if len(nouns) == 1 and not self.store.values("kind") else "places"

    def label(self, condition: Is) -> str | None:
        """Return the name of the kind of place in a condition on a field, ``None`` if it is no kind:
        ``care_home`` is Y → "care homes"."""
        return self.labels.get((condition.field, condition.values))

    @cached_property
    def labelled(self) -> Mapping[str, Condition]:
        """The name of each kind of place in the tables → its condition."""
        return {label: Is(*condition) for condition, label in self.labels.items()}

    @cached_property
    def labels(self) -> Mapping[tuple[str, tuple[str, ...]], str]:
        """(field, values) of each kind of place in the tables → its name."""
        found: dict[tuple[str, tuple[str, ...]], str] = {}
        for kind in (*self.grammar.kinds, *(sense.value for _, sense in self._own)):
            condition = self.condition(kind)
            if isinstance(condition, Is) and not kind.unheld:
                found.setdefault((condition.field, condition.values), kind.label)
        return found

    def _noun_words(self) -> Iterator[tuple[str, Sense]]:
        """Return the last words of the names as kinds, if there is no column of kinds: "trusts", and "the
        seven" for seven."""
        nouns = self.store.values(NOUN) if not self.field_names & {"kind", "care_home", "type"} else ()
        for noun in nouns if len(nouns) <= _FEW_NOUNS else ():
            label = plurals(noun)[-1]
            for form in plurals(noun):
                yield form, Sense("kind", Kind(label, NOUN, (noun,)))

    def _kind_words(self) -> Iterator[tuple[str, Sense]]:
        yield from self._own
        for value in () if self._own else self.store.values("kind"):
            for said in (key(value), *own_kinds.turned_round(value)):
                for form in plurals(said):
                    yield form, Sense("kind", Kind(value, "kind", (value,)))


def _fits(value: str, kind: Kind) -> bool:
    """True for a value of the column that fits one of the patterns of a kind."""
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in kind.values)
