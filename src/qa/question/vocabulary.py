"""What a question can be about: the grammar, and the names, values and words in the loaded tables and
passages."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from qa.facts import FactStore
from qa.facts.coordinates import Coordinates
from qa.fields import Field
from qa.language.dictionary import ordinary, share
from qa.language.remembering import remembered
from qa.language.spelling import Speller as Words
from qa.language.spoken import Spoken
from qa.language.tokens import key
from qa.language.words import is_function
from qa.question.grammar import Grammar, shipped
from qa.question.known_places import KnownPlaces
from qa.question.name_index import place_fields
from qa.question.name_tables import NameTables
from qa.question.names import NameIndex
from qa.question.own_words import OwnWords
from qa.question.parts import Sense
from qa.question.place_kinds import PlaceKinds
from qa.question.query import WHOLE
from qa.question.subject_labels import SubjectLabels
from qa.records import Passage
from qa.scale import CQC, Scale

_PHRASE = 120  # the most letters of a phrase whose senses are cached
_GONE_THROUGH = 2_000  # passages
_INITIALS = 4
_COUNCILS_OF_AREA = 2  # the most councils in a directory of one area
_OF_A_COUNTRY = 3  # regions
_OWNERSHIP = Sense("unheld", "ownership")  # a column of councils does not tell what they run
_VOWELS = frozenset("aeiouy")


class Vocabulary:
    """Everything that reading a question may look up in the corpus; immutable, shared by threads.

    ``kinds``, ``own_words``, ``places`` and ``labels`` are the parts of it that have a module of their own.
    ``spoken`` are the words of the passages, ``None`` if there are none. ``passage_words`` are all of them,
    including headings and titles; ``common_words`` those in lower case: topics rather than names. ``tables``
    are the names of the store, made of it if they are not given.
    """

    def __init__(
        self,
        store: FactStore,
        spoken: Spoken | None,
        scale: Scale,
        grammar: Grammar | None = None,
        passages: Sequence[Passage] = (),
        tables: NameTables | None = None,
    ) -> None:
        tables = tables or NameTables.of(store)
        self.store, self.scale, self.has_passages = store, scale, spoken is not None
        self.passages = passages
        self.passage_words = frozenset(spoken.words if spoken else ())
        self.common_words = frozenset(spoken.common if spoken else ())
        self.grammar = grammar or shipped()
        self.aspects, self.services, self.ratings = (
            store.values("aspect"),
            store.values("service"),
            store.values("rating"),
        )
        self.fields: tuple[Field, ...] = store.fields
        self.historic = bool(store.values("previous_rating"))
        self.history, self.deep_history = store.history_held
        self.one_publication = store.dates[0] == store.dates[1] and store.size[1] > 1
        self.as_of: datetime.date | None = store.dates[1]
        self.knows = remembered(self._knows)
        self.senses = remembered(self._senses, longest=_PHRASE)
        self.kinds = PlaceKinds(store, self.grammar)
        self.own_words = OwnWords(store, scale, self.grammar, self.kinds)
        self.places = KnownPlaces(store, tables.postcodes, tables.areas)
        self._fractions = lru_cache(64)(self._fractions_of)
        self.values_by_key = lru_cache(64)(self._values_by_key)
        self.names = NameIndex(tables, self._knows_elsewhere, share)
        self.labels = SubjectLabels(store, self.names.bearers, tables.identifiers, tables.code_lengths)
        self.place_fields = place_fields(self.fields)
        said = (key(rating) for rating in (*scale.ratings, *self.ratings))
        self._correctable = _spellings((*self.grammar.words, *self.own_words.single))
        self._rating_words = _spellings(" ".join(said).split())

    # Words --------------------------------------------------------------------------------------------------

    @cached_property
    def key_questions(self) -> tuple[str, ...]:
        """The aspects except Overall, in the tables' order."""
        return tuple(aspect for aspect in self.aspects if aspect != WHOLE)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The aspects, if no table has overall ratings; otherwise empty."""
        return () if WHOLE in self.aspects else self.aspects

    def value_of(self, field: str, name: str) -> str | None:
        """Return the value of ``field`` with the folded ``name``, with or without "the"; ``None`` if there is
        none."""
        held = self.values_by_key(field)
        return held.get(name) or held.get(f"the {name}") or held.get(name.removeprefix("the "))

    def _values_by_key(self, field: str) -> Mapping[str, str]:
        return {key(value): value for value in self.store.values(field)} if field in self.field_names else {}

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """First word → the number of words of the longest phrase in the grammar or the tables that begins
        with it."""
        found = dict(self.grammar.longest)
        for phrase in self.own_words.senses:
            first, *others = phrase.split()
            found[first] = max(found.get(first, 1), len(others) + 1)
        return found

    def _senses(self, phrase: str) -> tuple[Sense, ...]:
        own = self.own_words.senses.get(phrase, ())
        said = self.grammar.phrases.get(phrase, ())
        if not (own or said):
            return ()
        general = [sense for sense in said if self._applies(sense)]
        if not (own or general) and any(sense.kind == "rating" for sense in said):
            general = [Sense("unheld", "scale")]  # "good", if that is not a rating in the tables
        replaced = self._replaced_kinds(phrase, own)
        kept = [one for one in general if one.kind not in replaced or one == _OWNERSHIP]
        return tuple(dict.fromkeys((*own, *kept)))

    def _replaced_kinds(self, phrase: str, own: Sequence[Sense]) -> set[str]:
        """The kinds of general senses that a phrase loses because it has ``own`` senses in the tables."""
        kinds = {sense.kind for sense in own}
        replaced = kinds & {"aspect"}
        if "rating" in kinds and self.scale is not CQC:
            replaced |= {"rating", "range", "quality"}
        if phrase in self.own_words.headings:
            replaced.add("rated")
        if self.own_words.asks_a_column(phrase):
            replaced.add("unheld")
        return replaced

    def _applies(self, sense: Sense) -> bool:
        """True if a sense has a meaning in the loaded tables; otherwise its words are topics like any
        other."""
        if sense.kind == "kind":
            return not sense.value.field or self.kinds.condition(sense.value) is not None
        if sense.kind == "past":
            return self.history
        if sense.kind in ("near", "closing", "field"):
            return self._has_column_for(sense)
        if sense.kind == "service":
            return self.service(sense.value) is not None
        if sense.kind == "rating" and self.scale is not CQC:
            return self.scale.canonical(sense.value) is not None
        return True

    def _has_column_for(self, sense: Sense) -> bool:
        """True if the tables have the column that distances, closures or a named field need."""
        if sense.kind == "near":
            return self.has_places or not self.field_names.isdisjoint(("town", "postcode"))
        if sense.kind == "closing":
            return bool(self.field_names & ({"opened"} if sense.value == "opened" else {"closed", "status"}))
        return sense.value == "year" or sense.value in self.field_names

    def service(self, name: str) -> str | None:
        """Return the tables' own spelling of a service, ``None`` if nothing is rated for it."""
        return next((service for service in self.services if service.casefold() == name.casefold()), None)

    def _knows(self, word: str) -> bool:
        """True if any vocabulary has the folded word, so that it is never corrected."""
        return self.names.knows(word)

    def _knows_elsewhere(self, word: str) -> bool:
        """True if the grammar, the passages or English have the word."""
        return (
            word in self.grammar.words
            or word in self.own_words.single
            or word in self.passage_words
            or any(character.isdigit() for character in word)
            or ordinary(word)
            or is_function(word)
        )

    def correction(self, word: str, *, rating_only: bool = False) -> str | None:
        """Return the known word that an unknown one is a slip for: in the grammar, or with ``rating_only`` a
        rating's. Four letters without a vowel are initials instead: "SHFT"."""
        if len(word) <= _INITIALS and _VOWELS.isdisjoint(word):
            return None
        return next(iter((self._rating_words if rating_only else self._correctable).near(word)), None)

    def says(self, word: str) -> bool:
        """True if the folded word alone has a meaning in the grammar or the tables' own words."""
        return bool(self.senses(word)) or is_function(word)

    def is_known(self, word: str) -> bool:
        """True if the grammar or a name has the folded word."""
        return word in self.grammar.words or self.names.holds(word)

    # Columns ------------------------------------------------------------------------------------------------

    @cached_property
    def is_national(self) -> bool:
        """True if the tables have places of several regions, so that a place may be compared with all of
        them as the country. A county's directory with a few places beyond its border has not."""
        return "region" in self.field_names and len(self.store.values("region")) >= _OF_A_COUNTRY

    @cached_property
    def has_places(self) -> bool:
        """True if the tables have any council or region."""
        return bool(self.field_names & {"local_authority", "region"})

    @cached_property
    def has_coordinates(self) -> bool:
        """True if the tables have latitudes and longitudes."""
        return Coordinates.of(self.store) is not None

    def has_closed(self, number: int) -> bool:
        """True if the subject of this number has closed."""
        closed = self.store.view(self.scale).closed
        return 0 < number <= len(closed) and bool(closed[number - 1])

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of the fields in the loaded tables."""
        return frozenset(field.name for field in self.fields)

    def is_number(self, field: str) -> bool:
        """True for a column of numbers."""
        return any(one.name == field and one.type == "number" for one in self.fields)

    def number_above(self, field: str, number: float) -> float:
        """Return the least value above a number in a column: the next whole number, or in a column with
        fractions its next value."""
        fractions = self._fractions(field)
        place = bisect_right(fractions, number)
        return fractions[place] if place < len(fractions) else number + 1

    def number_below(self, field: str, number: float) -> float:
        """Return the greatest value below a number in a column: the whole number before it, or in a column
        with fractions its value before it."""
        fractions = self._fractions(field)
        place = bisect_left(fractions, number)
        return fractions[place - 1] if place else number - 1

    def _fractions_of(self, field: str) -> Sequence[float]:
        """Return the numbers of a column with fractions, in order; empty for any other column."""
        numbers = self.store.view(self.scale).field(field)
        held = sorted({float(one) for one in numbers if one == one})
        return () if all(map(float.is_integer, held)) else held

    def is_kind(self, phrase: str) -> bool:
        """True if a folded phrase is a kind of place."""
        return any(sense.kind == "kind" for sense in self.senses(phrase))

    def is_any_place(self, phrase: str) -> bool:
        """True if a folded phrase means whatever the tables rate: "branches", "locations"."""
        return any(sense.kind == "kind" and not sense.value.field for sense in self.senses(phrase))

    @cached_property
    def is_of_one_area(self) -> bool:
        """True for tables of one or two councils, whose readers may call all of it "here"."""
        return 0 < len(self.store.values("local_authority")) <= _COUNCILS_OF_AREA

    # Passages -----------------------------------------------------------------------------------------------

    def tells_of(self, phrase: str) -> bool:
        """True if a passage has the words of the folded phrase side by side, or if there are too many
        passages to check."""
        if len(self.passages) > _GONE_THROUGH:
            return True
        return any(f" {phrase} " in told for told in self._told)

    @cached_property
    def _told(self) -> Sequence[str]:
        """The folded texts of the passages."""
        return [f" {key(passage.text)} " for passage in self.passages]


def _spellings(words: Iterable[str]) -> Words:
    """The words of four letters or more, found by misspelt ones."""
    return Words(sorted({word for word in words if len(word) > 3}))
