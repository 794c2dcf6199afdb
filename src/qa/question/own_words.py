"""What the loaded tables call their aspects, services, ratings, kinds, columns and values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from qa.facts import FactStore
from qa.fields import Field
from qa.language.plurals import plurals
from qa.language.tokens import fold, key
from qa.question.deprivation import ends_of_deciles
from qa.question.grammar import Grammar
from qa.question.own_terms import all_of_them, aspect_words, rating_words
from qa.question.parts import Meant, Sense
from qa.question.place_kinds import PlaceKinds
from qa.scale import Scale

_NOT_ASKED = (
    "identifier",
    "inherited",
    "provider_identifier",
    "street",
    "postcode",
    "care_home",
)  # fields with words of their own


class OwnWords:
    """The words in one store's tables and what each may mean."""

    def __init__(self, store: FactStore, scale: Scale, grammar: Grammar, kinds: PlaceKinds) -> None:
        self.store, self.scale, self.grammar, self._kinds = store, scale, grammar, kinds
        self.aspects, self.services, self.ratings = (
            store.values("aspect"),
            store.values("service"),
            store.values("rating"),
        )
        self.fields: tuple[Field, ...] = store.fields

    @cached_property
    def senses(self) -> Mapping[str, tuple[Sense, ...]]:
        """The names in the tables for aspects, services, ratings, kinds and columns, with their senses."""
        found: dict[str, list[Sense]] = defaultdict(list)
        for kind, values in (
            ("aspect", self.aspects),
            ("service", self.services),
            ("rating", (*self.scale.ratings, *self.ratings)),
        ):
            for value in values:
                if not (kind == "service" and key(value) == "overall"):
                    found[key(value)].append(Sense(kind, self._canonical(kind, value)))
        for sense_of in (
            self._terms,
            self._field_words,
            self._kinds.words,
            self._own_values,
            self._deciles,
        ):
            for phrase, sense in sense_of():
                found[phrase].append(sense)
        return {phrase: tuple(dict.fromkeys(senses)) for phrase, senses in found.items() if phrase}

    def _deciles(self) -> Iterator[tuple[str, Sense]]:
        return ends_of_deciles(self.fields)

    def _canonical(self, kind: str, value: str) -> str:
        return (self.scale.canonical(value) or value) if kind == "rating" else value

    def _terms(self) -> Iterator[tuple[str, Sense]]:
        """Return what people say for the aspects and ratings of these tables besides their names."""
        yield from aspect_words(self.aspects, self.grammar.phrases)
        yield from all_of_them(self.aspects)
        yield from rating_words(self.scale)

    def _field_words(self) -> Iterator[tuple[str, Sense]]:
        """Yield the words for the columns: their labels, their headings, and the last words of those."""
        brands = {word for field in self.fields if field.name == "brand" for word in field.words}
        for field in self.fields:
            if field.name not in _NOT_ASKED:
                words = field.words if field.name == "brand" else set(field.words) - brands  # "chain"
                yield from self._labels(field, words)
        for form, name in self.headings.items():
            yield form, Sense("field", name)
        for word, name in self._last_words().items():
            for form in plurals(word):
                yield form, Sense("field", name)

    def _labels(self, field: Field, words: Iterable[str]) -> Iterator[tuple[str, Sense]]:
        for label in (field.label, field.plural, *words, field.name.replace("_", " ")):
            for form in plurals(key(label)):
                if field.own or form not in self.headings:
                    yield form, Sense("field", field.name)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """Headings of the tables' own columns, without signs such as "%" → the columns. They take precedence
        over other meanings of their words."""
        return {
            form: field.name
            for field in self.fields
            if field.own
            for form in plurals(" ".join(word.text for word in fold(field.label) if word.text[0].isalnum()))
        }

    def _last_words(self) -> Mapping[str, str]:
        """The last word of a heading if it identifies a column of its own: "decile" of "IMD decile"."""
        last = [
            (words[-1], field.name)
            for field in self.fields
            if field.own and len(words := key(field.label).split()) > 1
        ]
        count = Counter(word for word, _ in last)
        return {word: name for word, name in last if count[word] == 1 and not self._is_said(word)}

    def _is_said(self, word: str) -> bool:
        """True for a word that the grammar has, other than as one for what no table holds."""
        return any(sense.kind != "unheld" for sense in self.grammar.phrases.get(word, ()))

    def _own_values(self) -> Iterator[tuple[str, Sense]]:
        """The values of the tables' own columns: "North Shropshire" in the column constituency."""
        for field in self.fields:
            if field.own and field.type == "category":
                for value in self.store.values(field.name):
                    folded = key(value)
                    if any(letter.isalpha() for letter in folded):
                        kind = "place" if field.place else "value"
                        for form in {folded, folded.removeprefix("the ")} - {""}:
                            yield form, Sense(kind, Meant(field.name, (value,)))

    @cached_property
    def single(self) -> frozenset[str]:
        """Every word in the tables' own phrases."""
        return frozenset(word for phrase in self.senses for word in phrase.split())

    def asks_a_column(self, phrase: str) -> bool:
        """True for "how many beds" if there is a column of beds, so that it is not reported as being in no
        table."""
        return any(sense.kind == "field" for word in phrase.split() for sense in self.senses.get(word, ()))
