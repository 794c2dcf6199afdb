"""The material for composed questions: the loaded tables as a vocabulary, and row by row for the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from random import Random

from qa.evaluation.making.random_conditions import Words
from qa.evaluation.making.random_tables import words_of
from qa.evaluation.plain import Rows
from qa.facts import FactStore
from qa.fields import BY_NAME
from qa.language.tokens import key
from qa.question.vocabulary import Vocabulary
from qa.records import RatingFact
from qa.scale import Scale

AREAS = (
    "local_authority",
    "region",
    "town",
)  # places that people name without the kind of place
_MOST_SUBJECTS = 600  # the most subjects that questions choose from
_MOST_VALUES = 400  # the most values of a column that people ask about
_NOT_ASKED = frozenset(("identifier", "provider_identifier", "street", "postcode", "address", "brand"))
_CODES = ("code", "id", "latitude", "longitude", "easting", "northing", "norm")
_NO_VALUES = frozenset(("", "-", "unspecified", "unknown"))


@dataclass(frozen=True)
class Material:
    """The tables of a corpus. ``vocabulary`` words the Queries, ``rows`` give the golds; the two share
    nothing but the facts."""

    vocabulary: Vocabulary
    rows: Rows

    @classmethod
    def of(cls, facts: Iterable[RatingFact], scale: Scale) -> Material:
        """Return the material of facts in the order of reading."""
        facts = list(facts)
        store = FactStore.in_memory(facts, {rating: rank for rank, rating in enumerate(scale.ratings)})
        return cls(Vocabulary(store, None, scale), Rows(facts, scale))

    @cached_property
    def words(self) -> Words:
        """Everything that a Query can be about."""
        return words_of(self.vocabulary.store, self.vocabulary.scale)

    @cached_property
    def everyday(self) -> Words:
        """What people ask about: no codes, no places or names with two meanings, no columns with very many
        values."""
        words = self.words
        fields = tuple(
            one for one in words.fields if one.name not in _NOT_ASKED and not one.label.endswith(_CODES)
        )
        values = {one.name: self._asked(one.name) for one in fields if one.name in words.values}
        kept = {
            name: told
            for name, told in values.items()
            if told and (name == "provider" or len(told) <= _MOST_VALUES)
        }
        numbers = {one.name: words.numbers[one.name] for one in fields if words.numbers.get(one.name)}
        used = {word.casefold() for word in self.vocabulary.ratings}
        return replace(
            words,
            fields=tuple(one for one in fields if one.name in kept or one.name in numbers),
            values=kept,
            numbers=numbers,
            ratings=tuple(rating for rating in words.ratings if rating.casefold() in used)
            if used
            else words.ratings,
            unrated=(),
            services=tuple(service for service in words.services if self._rated_for(service)),
            subjects=self._clear_subjects(),
            name_words=(),
            areas=tuple(area for area in words.areas if " " not in area),
            by=tuple(
                name
                for name in ("local_authority", "region", "town", "provider", *_own(kept))
                if len(kept.get(name, ())) > 1
            ),
        )

    def is_clear(self, name: str) -> bool:
        """True if only one subject has these words in its name, and they are no place or provider."""
        folded = key(name)
        return self._names.count(f" {folded} ") == 1 and folded not in self._values

    # Pieces -------------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> str:
        return "\n".join(f" {key(name)} " for _, name in self.words.subjects)

    @cached_property
    def _values(self) -> frozenset[str]:
        return frozenset(
            key(value) for name, told in self.words.values.items() if name in BY_NAME for value in told
        )

    def _clear_subjects(self) -> tuple[tuple[int, str], ...]:
        """Some of the subjects that a question can name unambiguously."""
        chosen = list(self.words.subjects)
        Random(0).shuffle(chosen)
        clear = (
            one for one in chosen[: 4 * _MOST_SUBJECTS] if self.is_clear(one[1]) and self._is_rated(one[0])
        )
        return tuple(islice(clear, _MOST_SUBJECTS))

    def _is_rated(self, number: int) -> bool:
        subject = self.rows.subjects[number - 1]
        return self.rows.rank(subject, *self.rows.home()) is not None

    def _rated_for(self, service: str) -> bool:
        return len(key(service).split()) < 3 and key(service) not in self._kinds

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(key(label) for label in self.vocabulary.kinds.labelled)

    def _asked(self, field: str) -> Sequence[str]:
        """The values of a column that people ask by; for places, only unambiguous ones."""
        values = [
            value
            for value in self.words.values[field]
            if value.casefold() not in _NO_VALUES and "“" not in value
        ]
        if field == "provider":
            names = Counter(key(name) for _, name in self.words.subjects)
            return [value for value in values if key(value) not in names and len(key(value).split()) > 1]
        if field not in AREAS:
            return values
        before = AREAS[: AREAS.index(field)]
        taken = {
            part
            for name in before
            for value in self.words.values.get(name, ())
            for part in (key(value), *key(value).split())
        }
        spelt = Counter(key(value.replace("-", " ")) for value in values)
        return [
            value for value in values if key(value) not in taken and spelt[key(value.replace("-", " "))] == 1
        ]


def _own(values: Iterable[str]) -> list[str]:
    return [name for name in values if name not in BY_NAME]
