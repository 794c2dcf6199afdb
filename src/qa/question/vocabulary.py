"""What a question can be about: the grammar, and the names, values and words of the loaded tables and
passages."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

from qa.facts import FactStore, Subject
from qa.facts.coordinates import Coordinates
from qa.fields import Field
from qa.language.dictionary import ordinary, share
from qa.language.remembering import remembered
from qa.language.spelling import Speller as Words
from qa.language.spoken import Spoken
from qa.language.tokens import fold, key
from qa.language.words import is_function
from qa.question import own_kinds
from qa.question.deprivation import ends_of_deciles
from qa.question.gazetteer import gazetteer
from qa.question.grammar import Grammar, Kind, plurals, shipped
from qa.question.names import PLACE_ORDER, NameIndex
from qa.question.own_terms import aspect_words, rating_words
from qa.question.parts import Meant, Sense
from qa.question.query import EVERYTHING, WHOLE, Condition, Is, NameHas
from qa.records import Passage
from qa.scale import CQC, Scale

SHORTEST_CODE = 5  # characters of an identifier that may stand for its subject
NOUN = "noun"  # what a subject without a kind is called: the last word of its name
_PHRASE = 120  # letters of a phrase whose senses are remembered
_GONE_THROUGH = 2_000  # passages
_INITIALS = 4
_VOWELS = frozenset("aeiouy")
_FEW_NOUNS = 20  # different last words of names up to which they are read as kinds
_NOT_ASKED = (
    "identifier",
    "inherited",
    "provider_identifier",
    "street",
    "postcode",
    "care_home",
)  # fields with words of their own


class Vocabulary:
    """Everything that reading may ask about the corpus; immutable, shared by threads.

    ``spoken`` are the words of the passages, ``None`` where there are none. ``passage_words`` are all of
    them, with those of headings and titles; ``common_words`` those in lower case: topics rather than names.
    """

    def __init__(
        self,
        store: FactStore,
        spoken: Spoken | None,
        scale: Scale,
        grammar: Grammar | None = None,
        passages: Sequence[Passage] = (),
    ) -> None:
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
        self.kind_condition = lru_cache(512)(self._kind_condition)
        self.gazetteer = gazetteer()
        self._fractions = lru_cache(64)(self._fractions_of)
        self.values_by_key = lru_cache(64)(self._values_by_key)
        self.wider = lru_cache(1024)(self._wider)
        self.offered = lru_cache(1024)(self._offered)
        self.names = NameIndex(store, self._knows_elsewhere, share, self.fields)
        self.place_fields = (
            *PLACE_ORDER,
            *(one.name for one in self.fields if one.place and one.name not in PLACE_ORDER),
        )
        self._correctable = Words(
            sorted(word for word in {*self.grammar.words, *self.own_single_words} if len(word) > 3)
        )
        self._rating_words = Words(
            sorted(
                {
                    word
                    for rating in (*scale.ratings, *self.ratings)
                    for word in key(rating).split()
                    if len(word) > 3
                }
            )
        )

    # Words --------------------------------------------------------------------------------------------------

    @cached_property
    def own_words(self) -> Mapping[str, tuple[Sense, ...]]:
        """What the tables call their aspects, services, ratings, kinds and columns."""
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
            self._kind_words,
            self._noun_words,
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
        """What people say for the aspects and ratings of these tables, besides their names."""
        yield from aspect_words(self.aspects, self.grammar.phrases)
        yield from rating_words(self.scale)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The aspects, where no table rates anybody as a whole; else none."""
        return () if WHOLE in self.aspects else self.aspects

    def _field_words(self) -> Iterator[tuple[str, Sense]]:
        for field in self.fields:
            if field.name not in _NOT_ASKED:
                for label in (field.label, field.plural, *field.words, field.name.replace("_", " ")):
                    for form in plurals(key(label)):
                        if field.own or form not in self._own_headings:
                            yield form, Sense("field", field.name)
        for form, name in self._own_headings.items():
            yield form, Sense("field", name)
        for word, name in self._last_words().items():
            for form in plurals(word):
                yield form, Sense("field", name)

    @cached_property
    def _own_headings(self) -> Mapping[str, str]:
        """The headings of the tables' own columns, without signs such as "%", and the columns: they go before
        what else their words may mean."""
        return {
            form: field.name
            for field in self.fields
            if field.own
            for form in plurals(" ".join(word.text for word in fold(field.label) if word.text[0].isalnum()))
        }

    def _last_words(self) -> Mapping[str, str]:
        """The last word of a heading of the tables' own, where it says which column is meant: "decile" of
        "IMD decile"."""
        last = [(key(field.label).split(), field.name) for field in self.fields if field.own]
        words = [words[-1] for words, _ in last if len(words) > 1]
        said = {
            word for word in words if any(one.kind != "unheld" for one in self.grammar.phrases.get(word, ()))
        }
        free = {word for word in words if words.count(word) == 1 and word not in said}
        return {words[-1]: name for words, name in last if len(words) > 1 and words[-1] in free}

    def _kind_words(self) -> Iterator[tuple[str, Sense]]:
        yield from self._own_kinds
        for value in () if self._own_kinds else self.store.values("kind"):
            for form in plurals(key(value)):
                yield form, Sense("kind", Kind(value, "kind", (value,)))

    @cached_property
    def _own_kinds(self) -> tuple[tuple[str, Sense], ...]:
        """What the kinds of a table are called that has none of the Commission's."""
        if any(isinstance(self.kind_condition(kind), Is) for kind in self.grammar.kinds):
            return ()
        field = next((name for name in own_kinds.FIELDS if name in self.field_names), None)
        return tuple(own_kinds.own_kinds(field, self.store.values(field), self.grammar)) if field else ()

    def _own_values(self) -> Iterator[tuple[str, Sense]]:
        """The values of the tables' own columns: "North Shropshire" of the column constituency."""
        for field in self.fields:
            if field.own and field.type == "category":
                for value in self.store.values(field.name):
                    folded = key(value)
                    if any(letter.isalpha() for letter in folded):
                        kind = "place" if field.place else "value"
                        for form in {folded, folded.removeprefix("the ")} - {""}:
                            yield form, Sense(kind, Meant(field.name, (value,)))

    def value_of(self, field: str, name: str) -> str | None:
        """Return the value of ``field`` that is called ``name``, folded, with or without "the"."""
        held = self.values_by_key(field)
        return held.get(name) or held.get(f"the {name}") or held.get(name.removeprefix("the "))

    def _values_by_key(self, field: str) -> Mapping[str, str]:
        return {key(value): value for value in self.store.values(field)} if field in self.field_names else {}

    def _noun_words(self) -> Iterator[tuple[str, Sense]]:
        """The last words of the names, where there is no column of kinds: "trusts", and "the seven" of
        seven."""
        held = {field.name for field in self.fields}
        nouns = self.store.values(NOUN) if not held & {"kind", "care_home", "type"} else ()
        for noun in nouns if len(nouns) <= _FEW_NOUNS else ():
            label = plurals(noun)[-1]
            for form in plurals(noun):
                yield form, Sense("kind", Kind(label, NOUN, (noun,)))

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """First word → most words of a phrase of the grammar or the tables that begins with it."""
        found = dict(self.grammar.longest)
        for phrase in self.own_words:
            first, *others = phrase.split()
            found[first] = max(found.get(first, 1), len(others) + 1)
        return found

    def _senses(self, phrase: str) -> tuple[Sense, ...]:
        own = self.own_words.get(phrase, ())
        said = self.grammar.phrases.get(phrase, ())
        general = tuple(sense for sense in said if self._applies(sense))
        if not (own or general) and any(sense.kind == "rating" for sense in said):
            general = (Sense("unheld", "scale"),)  # "good", where nobody is rated so
        if self.scale is not CQC and any(sense.kind == "rating" for sense in own):
            general = tuple(sense for sense in general if sense.kind not in ("rating", "range", "quality"))
        if phrase in self._own_headings:
            general = tuple(sense for sense in general if sense.kind != "rated")
        if self._asks_a_column(phrase):
            general = tuple(sense for sense in general if sense.kind != "unheld")
        if any(sense.kind == "aspect" for sense in own):
            general = tuple(sense for sense in general if sense.kind != "aspect")
        return tuple(dict.fromkeys((*own, *general)))

    def _asks_a_column(self, phrase: str) -> bool:
        """True of "how many beds" where a column holds beds, so that it is not among what no table tells."""
        return any(sense.kind == "field" for word in phrase.split() for sense in self.own_words.get(word, ()))

    def _applies(self, sense: Sense) -> bool:
        """True if a sense means anything in the loaded tables; where it does not, its words are topics like
        any other."""
        if sense.kind == "kind":
            return not sense.value.field or self.kind_condition(sense.value) is not None
        if sense.kind == "past":
            return self.history
        if sense.kind == "near":
            return self.has_places or not self.field_names.isdisjoint(("town", "postcode"))
        if sense.kind == "closing":
            return bool(self.field_names & ({"opened"} if sense.value == "opened" else {"closed", "status"}))
        if sense.kind == "field":
            return sense.value == "year" or sense.value in self.field_names
        if sense.kind == "service":
            return self.service(sense.value) is not None
        if sense.kind == "rating" and self.scale is not CQC:
            return self.scale.canonical(sense.value) is not None
        return True

    def service(self, name: str) -> str | None:
        """Return the tables' own spelling of a service, ``None`` where none is rated for it."""
        return next((service for service in self.services if service.casefold() == name.casefold()), None)

    def _knows(self, word: str) -> bool:
        """True if any vocabulary holds the folded word, so that it is never corrected."""
        return self.names.knows(word)

    def _knows_elsewhere(self, word: str) -> bool:
        """True if the grammar, the passages or English hold the word."""
        return (
            word in self.grammar.words
            or word in self.own_single_words
            or word in self.passage_words
            or any(character.isdigit() for character in word)
            or ordinary(word)
            or is_function(word)
        )

    @cached_property
    def own_single_words(self) -> frozenset[str]:
        """Every word of the tables' own phrases."""
        return frozenset(word for phrase in self.own_words for word in phrase.split())

    def correction(self, word: str, *, rating_only: bool = False) -> str | None:
        """Return the word that an unknown one is a slip of: of the grammar, or a rating's where
        ``rating_only``. Four letters without a vowel are rather initials: "SHFT"."""
        if len(word) <= _INITIALS and _VOWELS.isdisjoint(word):
            return None
        return next(iter((self._rating_words if rating_only else self._correctable).near(word)), None)

    def says(self, word: str) -> bool:
        """True if the folded word alone has a meaning in the grammar or the tables' own words."""
        return bool(self.senses(word)) or is_function(word)

    # Places -------------------------------------------------------------------------------------------------

    def is_known(self, word: str) -> bool:
        """True if the grammar or a name holds the folded word."""
        return word in self.grammar.words or self.names.holds(word)

    @cached_property
    def has_places(self) -> bool:
        """True if the tables tell of any council or region."""
        return bool(self.field_names & {"local_authority", "region"})

    @cached_property
    def has_coordinates(self) -> bool:
        """True if the tables tell of latitudes and longitudes."""
        return Coordinates.of(self.store) is not None

    @cached_property
    def longest_wider(self) -> Mapping[str, int]:
        """First word → most words of a place's name that no column holds."""
        found: dict[str, int] = {}
        for name in self.gazetteer.names:
            first, *others = name.split()
            found[first] = max(found.get(first, 1), len(others) + 1)
        return found

    def _wider(self, name: str) -> Meant | None:
        """Return what a place that no column holds consists of in these tables."""
        place = self.gazetteer.find(name, self.store.values)
        if place is None or not place.exact:
            return None
        note = "" if len(place.values) < 2 else f"{place.said[:1].upper()}{place.said[1:]}."
        return Meant(place.field, place.values, note=note)

    def _offered(self, name: str) -> tuple[str, ...]:
        """Return the places that a folded name may mean, none of which may be told.

        They are several of the name, or more or less than was asked.
        """
        shared = self.gazetteer.shared(name, self.store.values)
        if shared:
            return tuple(place.said for place in shared)
        place = self.gazetteer.find(name, self.store.values)
        return place.values if place is not None and not place.exact else ()

    # Conditions ------------------------------------------------------------------------------------------

    def _kind_condition(self, kind: Kind) -> Condition | None:
        """Return the condition that a kind stands for in these tables; ``None`` where they can't tell it."""
        if not kind.field:
            return EVERYTHING
        if kind.field == "name":
            words = kind.values[0].split()
            return (
                NameHas(tuple(words)) if self.store.values(NOUN) and not self.store.values("kind") else None
            )
        if kind.instead and kind.field not in self.field_names:
            return self._kind_condition(Kind(kind.label, *kind.instead))
        values = self.store.values(kind.field) if kind.field == NOUN or kind.field in self.field_names else ()
        fitting = tuple(
            value
            for value in values
            if any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in kind.values)
        )
        if not fitting:
            return None
        return EVERYTHING if kind.field == NOUN and len(fitting) == len(values) else Is(kind.field, fitting)

    def identified(self, code: str) -> tuple[int, ...]:
        """Return the subjects whose identifier is written so, in any case; none for one without a digit."""
        return self._by_identifier.get(code.casefold(), ()) if any(map(str.isdigit, code)) else ()

    def is_code(self, digits: str) -> bool:
        """True if digits are an identifier, or as long as those of these tables are, and so count nothing."""
        if len(digits) < SHORTEST_CODE or not digits.isdigit():
            return False
        return len(digits) in self._lengths_of_codes

    @cached_property
    def _lengths_of_codes(self) -> frozenset[int]:
        return frozenset(len(code) for code in self._by_identifier if code.isdigit())

    @cached_property
    def _by_identifier(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for subject in self.store.subjects() if "identifier" in self.field_names else ():
            if code := subject.attributes.get("identifier", "").casefold():
                found[code] = (*found.get(code, ()), subject.id)
        return found

    def has_closed(self, number: int) -> bool:
        """True if the subject of this number has closed."""
        closed = self.store.view(self.scale).closed
        return 0 < number <= len(closed) and bool(closed[number - 1])

    def subject_label(self, number: int) -> str:
        """Return the published name of a subject; where several are called so, with what tells it from all
        others of the name."""
        found = self.store.subjects([number])
        if not found:
            return str(number)
        name = found[0].name
        others = [one for one in self._called(name) if one.id != number]
        if not others:
            return name
        elsewhere = {detail for one in others for detail in _details(one)}
        return f"{name} ({next(detail for detail in _details(found[0]) if detail not in elsewhere)})"

    def subject_called(self, label: str) -> int | None:
        """Return the number of the subject that :meth:`subject_label` calls so; ``None`` where there is none
        or several."""
        whole = self._called(label)
        if len(whole) == 1:
            return whole[0].id
        name, _, told = label.rpartition(" (")
        fitting = (
            [one.id for one in self._called(name) if told.removesuffix(")") in _details(one)] if name else []
        )
        return fitting[0] if len(fitting) == 1 else None

    def _called(self, name: str) -> list[Subject]:
        numbers = [int(one.value) for one in self.store.names([key(name)]) if one.field == "subject"]
        return [one for one in self.store.subjects(numbers) if one.name == name]

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of the fields that the loaded tables hold."""
        return frozenset(field.name for field in self.fields)

    def is_number(self, field: str) -> bool:
        """True of a column that holds numbers."""
        return any(one.name == field and one.type == "number" for one in self.fields)

    def number_above(self, field: str, number: float) -> float:
        """The least that is more than a number in a column: the next whole one, or of fractions the next
        held."""
        fractions = self._fractions(field)
        place = bisect_right(fractions, number)
        return fractions[place] if place < len(fractions) else number + 1

    def number_below(self, field: str, number: float) -> float:
        """The most that is less than a number, likewise."""
        fractions = self._fractions(field)
        place = bisect_left(fractions, number)
        return fractions[place - 1] if place else number - 1

    def _fractions_of(self, field: str) -> Sequence[float]:
        """The numbers of a column that holds others than whole ones, in order; none of any other."""
        numbers = self.store.view(self.scale).field(field)
        held = sorted({float(one) for one in numbers if one == one})
        return () if all(map(float.is_integer, held)) else held

    def is_kind(self, phrase: str) -> bool:
        """True if a folded phrase is a kind of place."""
        return any(sense.kind == "kind" for sense in self.senses(phrase))

    @cached_property
    def noun(self) -> str:
        """What people call all that is rated: "trusts" where every name ends so."""
        nouns = self.store.values(NOUN)
        return plurals(nouns[0])[-1] if len(nouns) == 1 and not self.store.values("kind") else "places"

    def kind_label(self, condition: Is) -> str | None:
        """Return what people call the kind of place that a condition on a field stands for: ``care_home`` is
        Y → "care homes"."""
        return self.kind_labels.get((condition.field, condition.values))

    @cached_property
    def labelled_kinds(self) -> Mapping[str, Condition]:
        """What people call each kind of place that the tables hold → the condition that it stands for."""
        return {label: Is(*condition) for condition, label in self.kind_labels.items()}

    @cached_property
    def kind_labels(self) -> Mapping[tuple[str, tuple[str, ...]], str]:
        """(field, values) of each kind of place that the tables hold → what people call it."""
        found: dict[tuple[str, tuple[str, ...]], str] = {}
        for kind in (*self.grammar.kinds, *(sense.value for _, sense in self._own_kinds)):
            condition = self.kind_condition(kind)
            if isinstance(condition, Is) and not kind.unheld:
                found.setdefault((condition.field, condition.values), kind.label)
        return found

    # Numbers, dates and postcodes ---------------------------------------------------------------------------

    def has_area(self, area: str) -> bool:
        """True if any postcode of the tables lies in this area, district or sector, written in small
        letters."""
        return area in self._areas

    def has_postcode(self, postcode: str) -> bool:
        """True if the tables hold this whole postcode, in capitals."""
        return postcode in self._postcodes

    @cached_property
    def _postcodes(self) -> frozenset[str]:
        return (
            frozenset(map(str.upper, self.store.values("postcode")))
            if "postcode" in self.field_names
            else frozenset()
        )

    @cached_property
    def _areas(self) -> frozenset[str]:
        found: set[str] = set()
        for postcode in self.store.values("postcode") if "postcode" in self.field_names else ():
            outward, _, inward = postcode.casefold().partition(" ")
            letters = (
                outward.rstrip("0123456789") if outward[-1:].isdigit() else outward[:-1].rstrip("0123456789")
            )
            found |= {outward, letters, f"{outward} {inward[:1]}"}
        return frozenset(found)

    # Passages -----------------------------------------------------------------------------------------------

    def tells_of(self, phrase: str) -> bool:
        """True if a passage holds the folded words side by side; of more passages than can be gone through,
        too."""
        if len(self.passages) > _GONE_THROUGH:
            return True
        return any(f" {phrase} " in f" {key(passage.text)} " for passage in self.passages)


def _details(subject: Subject) -> list[str]:
    """What tells a subject from others of its name, what people know best first; its number in the store is
    its own."""
    told = (subject.attributes.get(field) for field in ("postcode", "identifier", "town", "street"))
    return [*(detail for detail in told if detail), f"no. {subject.id}"]
