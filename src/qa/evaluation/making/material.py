"""The material for composed questions: the loaded tables as a vocabulary, and row by row for the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from random import Random

from qa.evaluation.making.random_conditions import Words
from qa.evaluation.making.random_tables import words_of
from qa.evaluation.plain import Rows
from qa.facts import FactStore
from qa.fields import BY_NAME, Field
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
        fields = [
            one for one in words.fields if one.name not in _NOT_ASKED and not one.label.endswith(_CODES)
        ]
        values = self._asked_values(fields)
        numbers = {one.name: words.numbers[one.name] for one in fields if words.numbers.get(one.name)}
        return replace(
            words,
            fields=tuple(one for one in fields if one.name in values or one.name in numbers),
            values=values,
            numbers=numbers,
            ratings=self._used_ratings(),
            unrated=(),
            services=tuple(filter(self._rated_for, words.services)),
            subjects=self._clear_subjects(),
            name_words=(),
            areas=tuple(area for area in words.areas if " " not in area),
            by=_grouped_by(values),
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

    def _used_ratings(self) -> tuple[str, ...]:
        """The ratings of the scale that the tables use; all of them if the tables use none."""
        used = {word.casefold() for word in self.vocabulary.ratings}
        ratings = self.words.ratings
        return tuple(rating for rating in ratings if rating.casefold() in used) if used else ratings

    def _asked_values(self, fields: Iterable[Field]) -> dict[str, Sequence[str]]:
        """The values to ask by, for each column without too many of them."""
        found = {one.name: self._asked(one.name) for one in fields if one.name in self.words.values}
        return {
            name: values
            for name, values in found.items()
            if values and (name == "provider" or len(values) <= _MOST_VALUES)
        }

    def _asked(self, field: str) -> Sequence[str]:
        """The values of a column that people ask by; for places, only unambiguous ones."""
        values = [
            value
            for value in self.words.values[field]
            if value.casefold() not in _NO_VALUES and "“" not in value
        ]
        if field == "provider":
            names = {key(name) for _, name in self.words.subjects}
            return [value for value in values if key(value) not in names and len(key(value).split()) > 1]
        return self._clear_places(field, values) if field in AREAS else values

    def _clear_places(self, field: str, values: Sequence[str]) -> Sequence[str]:
        """The values that are not the name of a larger area, nor a word of one, nor spelt in two ways."""
        taken = {
            part
            for name in AREAS[: AREAS.index(field)]
            for value in self.words.values.get(name, ())
            for part in (key(value), *key(value).split())
        }
        spelt = Counter(key(value.replace("-", " ")) for value in values)
        return [
            value for value in values if key(value) not in taken and spelt[key(value.replace("-", " "))] == 1
        ]


def _grouped_by(values: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The columns to group by, those for places, for providers and the tables' own, if they have several
    values."""
    own = (name for name in values if name not in BY_NAME)
    names = ("local_authority", "region", "town", "provider", *own)
    return tuple(name for name in names if len(values.get(name, ())) > 1)
