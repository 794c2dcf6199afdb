"""Query → a question in words that people use, chosen at random from composed.toml, where ``say.py`` has one
English for each.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from qa.evaluation.making.slips import shortened
from qa.fields import Field
from qa.language.dates import Period, say_period
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Quantifier, Query
from qa.question.vocabulary import Vocabulary

_WORDINGS = Path(__file__).with_name("composed.toml")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("", "", "second", "third", "fourth", "fifth")
_MOVES = {(1,): "improved", (-1,): "worsened", (0,): "stayed", (1, -1): "changed"}
_SIGNS = {1: "higher", 0: "same", -1: "lower"}
_MOST_NAMES = 4

Said = tuple[str, Mapping[str, str]]  # a section of the wordings, and what its braces are filled with


class _NoWordsError(Exception):
    """There is no looser wording of this."""


@functools.cache
def wordings() -> Mapping[str, Any]:
    """Return the file of wordings."""
    return tomllib.loads(_WORDINGS.read_text(encoding="utf-8"))


class Loosely:
    """Words Queries over one corpus; every choice is made by ``random``.

    ``is_clear`` tells if a shorter name means one subject.
    """

    def __init__(self, vocabulary: Vocabulary, random: Random, is_clear: Callable[[str], bool]) -> None:
        self.vocabulary, self.random, self.is_clear = vocabulary, random, is_clear
        self.fields: Mapping[str, Field] = {field.name: field for field in vocabulary.fields}

    def question(self, query: Query) -> str | None:
        """Return a question that asks ``query``, with what people put around one; ``None`` where the file has
        no words for it.
        """
        try:
            asked = self._asked(query)
        except _NoWordsError:
            return None
        around = wordings()["around"]
        frame = str(self.random.choices(list(around), list(around.values()))[0])
        asked = asked if self.random.random() < 0.7 else asked[:1].lower() + asked[1:]
        asked = asked if self.random.random() < 0.8 else asked.rstrip("?.")
        return frame.format(question=asked)

    # The parts of a Query -----------------------------------------------------------------------------------

    def _asked(self, query: Query) -> str:
        if query.at is not None or query.prose is not None:
            raise _NoWordsError
        if query.claim is not None:
            return self._claimed(query, query.claim)
        if query.by:
            return self._grouped(query)
        if query.against:
            return self._compared(query)
        return self._measured(query, query.measure)

    def _measured(self, query: Query, measure: q.Measure) -> str:
        names = self._names(query.scope)
        if isinstance(measure, q.Ratings):
            return self._looked_up(measure, names) if names else self._listed(query, measure)
        if isinstance(measure, q.Values):
            return self._value(measure, names)
        if isinstance(measure, q.Dates):
            return self._dated(measure, names)
        scope = self.scope(query.scope)
        if isinstance(measure, q.Events | q.Times):
            raise _NoWordsError
        if isinstance(measure, q.Share):
            return self._ask("share", scope=scope, are=self._are(measure.of))
        if isinstance(measure, q.Total):
            return self._ask(measure.function, scope=scope, label=self._field(measure.field).label)
        if measure.of:
            return self._ask(
                "count_providers" if measure.of == "provider" else "count_of",
                scope=scope,
                plural=self._field(measure.of).plural,
            )
        return self._ask("count", scope=scope)

    def _looked_up(self, measure: q.Ratings, names: Sequence[str]) -> str:
        if measure.service != WHOLE or len(measure.aspects) != 1:
            raise _NoWordsError
        if measure.before:
            if measure.aspects != (WHOLE,):
                raise _NoWordsError
            return self._ask("lookup_before", **self._named(names))
        if measure.aspects == (WHOLE,):
            return self._ask("lookup", **self._named(names))
        return self._ask("lookup_for", aspect=self._aspect(measure.aspects[0]), **self._named(names))

    def _listed(self, query: Query, measure: q.Ratings) -> str:
        if measure != q.Ratings():
            raise _NoWordsError
        scope, order, ranks = self.scope(query.scope), query.order, query.ranks
        if query.most is not None:
            return self._ask("listing_most", scope=scope, n=str(query.most))
        if order is None:
            return self._ask("listing", scope=scope)
        if ranks is None and order.key in ("date", "name") and order.descending == (order.key == "date"):
            return self._ask("sorted", scope=scope, key=order.key)
        if order.key != "date" or ranks is None or ranks[0] != 1:
            raise _NoWordsError
        section = ("newest" if order.descending else "oldest") + ("_one" if ranks[1] == 1 else "")
        return self._ask(section, scope=scope, n=self._number(ranks[1]))

    def _value(self, measure: q.Values, names: Sequence[str]) -> str:
        if len(names) != 1 or len(measure.fields) != 1:
            raise _NoWordsError
        field = self._field(measure.fields[0])
        return self._ask(
            "provider" if field.name == "provider" else "values", label=field.label, **self._named(names)
        )

    def _dated(self, measure: q.Dates, names: Sequence[str]) -> str:
        if len(names) != 1 or measure.service != WHOLE:
            raise _NoWordsError
        if measure.aspect == WHOLE:
            return self._ask("dates", **self._named(names))
        return self._ask("dates_for", aspect=self._aspect(measure.aspect), **self._named(names))

    def _claimed(self, query: Query, claim: q.Claim) -> str:
        if query.by:
            raise _NoWordsError
        are, names = self._are(claim.condition), self._names(query.scope)
        bare = are.removeprefix("are ")
        if names:
            if len(names) > 1 or bare == are or claim.quantifier not in (q.ALL, q.ANY):
                raise _NoWordsError
            return self._ask("claim_of_one", bare=bare, **self._named(names))
        scope = self.scope(query.scope)
        quantifier = claim.quantifier
        if not quantifier.is_share and quantifier not in (q.ANY, q.NONE):
            return self._ask("claim_number", quantity=self._bounds(quantifier), scope=scope, are=are)
        quantity = self._quantity(quantifier)
        return self._ask(
            "claim_are" if bare != are else "claim", quantity=quantity, scope=scope, are=are, bare=bare
        )

    def _grouped(self, query: Query) -> str:
        if query.across:
            return self._across(query)
        if (
            query.by == ("rating",)
            and query.measure == q.Count()
            and not (query.having or query.ranks or query.order)
        ):
            return self._ask("groups_rating", scope=self.scope(query.scope))
        group = self._field(query.by[0])
        told = {"scope": self.scope(query.scope), "group": group.label, "plural": group.plural}
        if (
            len(query.by) == 2
            and query.measure == q.Count()
            and not (query.having or query.ranks or query.order)
        ):
            return self._ask("groups_two", other=self._field(query.by[1]).label, **told)
        if len(query.by) > 1:
            raise _NoWordsError
        if isinstance(query.measure, q.Share):
            return self._shares(query, query.measure, told)
        if query.measure != q.Count():
            raise _NoWordsError
        if query.having:
            return self._having(query, told)
        return self._ranked(query, told) if query.ranks else self._ask("groups", **told)

    def _shares(self, query: Query, measure: q.Share, told: Mapping[str, str]) -> str:
        if query.having or (query.ranks not in (None, (1, 1))):
            raise _NoWordsError
        ranked = "most_share" if query.order is None or query.order.descending else "least_share"
        return self._ask(ranked if query.ranks else "groups_share", are=self._are(measure.of), **told)

    def _having(self, query: Query, told: Mapping[str, str]) -> str:
        if len(query.having) > 1 or query.ranks or query.having[0].condition != q.EVERYTHING:
            raise _NoWordsError
        return self._ask("having", bounds=self._bounds(query.having[0].quantifier), **told)

    def _across(self, query: Query) -> str:
        if len(query.by) > 1 or query.measure != q.Count() or query.ranks or len(query.having) > 1:
            raise _NoWordsError
        group = self._field(query.by[0])
        told = {"scope": self.scope(query.scope), "group": group.label, "plural": group.plural}
        if query.across == "mean":
            if query.having:
                raise _NoWordsError
            return self._ask("mean_per", **told)
        if not query.having:
            return self._ask("count_of", **told)
        if query.having[0].condition != q.EVERYTHING:
            raise _NoWordsError
        return self._ask("having_count", bounds=self._bounds(query.having[0].quantifier), **told)

    def _ranked(self, query: Query, told: Mapping[str, str]) -> str:
        assert query.ranks
        first, last = query.ranks
        descending = query.order is None or query.order.descending
        if first == last == 1:
            return self._ask("most_of" if descending else "fewest_of", **told)
        if first == 1:
            return self._ask("top_of" if descending else "bottom_of", n=self._number(last), **told)
        if first != last or not descending:
            raise _NoWordsError
        return self._ask("ordinal_of", ordinal=_ORDINALS[first], **told)

    def _compared(self, query: Query) -> str:
        scopes = (query.scope, *query.against)
        if isinstance(query.measure, q.Ratings):
            return self._subjects_compared(
                query, query.measure, [name for scope in scopes for name in self._names(scope)]
            )
        if len(scopes) != 2:
            raise _NoWordsError
        shared = [part for part in q.parts_of(scopes[0]) if part in q.parts_of(scopes[1])]
        first, second = (next(part for part in q.parts_of(scope) if part not in shared) for scope in scopes)
        if not (isinstance(first, q.Is) and isinstance(second, q.Is)) or not self._field(first.field).place:
            raise _NoWordsError
        told = {
            "scope": self.scope(q.conjunction(*shared)),
            "first": first.values[0],
            "second": second.values[0],
        }
        if isinstance(query.measure, q.Share) and query.relation == "compare":
            return self._ask("compare_share", are=self._are(query.measure.of), **told)
        if query.measure != q.Count() or query.relation not in ("compare", "difference"):
            raise _NoWordsError
        return self._ask(query.relation, **told)

    def _subjects_compared(self, query: Query, measure: q.Ratings, names: Sequence[str]) -> str:
        aspect = measure.aspects[0] if len(measure.aspects) == 1 else ""
        if not aspect or measure.service != WHOLE or len(names) != 1 + len(query.against):
            raise _NoWordsError
        if query.relation == "compare":
            told = {"names": _joined(names, "or"), "all": _joined(names, "and")}
            section = "compare_subjects" if aspect == WHOLE else "compare_subjects_for"
            return self._ask(section, aspect=self._aspect(aspect), **told)
        if aspect != WHOLE or len(names) != 2 or query.relation not in ("better", "worse", "same"):
            raise _NoWordsError
        return self._ask(query.relation, first=names[0], second=names[1])

    # The scope ----------------------------------------------------------------------------------------------

    def scope(self, scope: Condition) -> str:
        """Return a noun with its conditions around it."""
        noun, rest = self._noun(scope)
        before, after = "", list[str]()
        for part in rest:
            forms = self._forms(part)
            if forms.get("before") and not before and self.random.random() < 0.5:
                before = f"{forms['before']} "
            elif forms.get("after"):
                after.append(forms["after"])
            else:
                raise _NoWordsError
        relative = [one for one in after if one.split()[0] in ("that", "which", "whose")]
        direct = [one for one in after if one not in relative]
        tail = [*direct, *([_joined(relative, "and")] if relative else [])]
        return " ".join([f"{before}{noun}", *tail])

    def _noun(self, scope: Condition) -> tuple[str, Sequence[Condition]]:
        for part in q.parts_of(scope):
            label = self.vocabulary.kinds.label(part) if isinstance(part, q.Is) else None
            if label:
                return self.random.choice(wordings()["word"]["noun"].get(label, [label])), [
                    one for one in q.parts_of(scope) if one is not part
                ]
        return self.vocabulary.kinds.noun, q.parts_of(scope)

    def _are(self, condition: Condition) -> str:
        """Return a predicate: "are rated good"."""
        forms = self._forms(condition)
        if not forms.get("are"):
            raise _NoWordsError
        return forms["are"]

    def _forms(self, condition: Condition) -> Mapping[str, str]:
        """Return how a condition is said before a noun, behind it and as a predicate, as far as it can be."""
        if isinstance(condition, q.Or):
            return self._either(condition)
        negated = isinstance(condition, q.Not)
        part = condition.part if isinstance(condition, q.Not) else condition
        if type(part) not in _SECTIONS:
            raise _NoWordsError
        section, told = _SECTIONS[type(part)](self, part)
        kinds = wordings()["condition"][section]
        wanted = (
            {"after": "not_after", "are": "not_are"}
            if negated
            else {"before": "before", "after": "after", "are": "are"}
        )
        return {
            form: self.random.choice(kinds[name]).format_map(told)
            for form, name in wanted.items()
            if name in kinds
        }

    def _either(self, condition: q.Or) -> Mapping[str, str]:
        if len(condition.parts) != 2:
            raise _NoWordsError
        sides = [self._forms(part) for part in condition.parts]
        kinds, found = wordings()["condition"]["either"], {}
        for form in ("after", "are"):
            if all(form in side for side in sides):
                found[form] = self.random.choice(kinds[form]).format(
                    first=sides[0][form], second=sides[1][form]
                )
        return found

    # Conditions ---------------------------------------------------------------------------------------------

    def _is(self, part: q.Is) -> Said:
        field, values = self._field(part.field), _joined(part.values, "or")
        told = {"values": values, "label": field.label}
        if field.name == "inherited":
            if part.values != ("Y",):
                raise _NoWordsError
            return "inherited", told
        label = self.vocabulary.kinds.label(part)
        if label:
            return "kind", {"values": label}
        if field.place:
            return ("own_place" if field.own else "place"), told
        return ("provider" if field.name == "provider" else "column"), told

    def _rated(self, part: q.Rated) -> Said:
        told = {
            "ratings": self._ratings(part.ratings),
            "aspect": self._aspect(part.aspect),
            "service": part.service,
        }
        if part.service != WHOLE:
            if part.aspect != WHOLE or part.when != "now":
                raise _NoWordsError
            return "rated_in", told
        if part.when == "first" or part.since is not None or part.until is not None:
            raise _NoWordsError
        if part.when != "now":
            return f"rated_{part.when}", told
        if part.aspect != WHOLE:
            return "rated_for", told
        is_plain = len(part.ratings) == 1
        return ("rated" if is_plain else "rated_range"), told

    def _rated_for(self, part: q.RatedFor) -> Said:
        told = {"ratings": self._ratings(part.ratings)}
        if part.low == len(part.aspects):
            return "all_of", told
        if part.high == 0:
            return "none_of", told
        return "some_of", {**told, "bounds": self._bounds(Quantifier(low=part.low, high=part.high))}

    def _aspect_against(self, part: q.AspectAgainst) -> Said:
        return f"aspect_{_SIGNS[part.sign]}", {
            "aspect": self._aspect(part.aspect),
            "other": self._aspect(part.other),
        }

    def _rated_against(self, part: q.RatedAgainst) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE) or part.before:
            raise _NoWordsError
        return f"{_SIGNS[part.sign]}_{'as' if not part.sign else 'than'}", {"name": self._short(part.label)}

    def _published(self, part: q.Published) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE):
            raise _NoWordsError
        return "published", {"period": say_period(Period(part.since, part.until, 0, 0, ""))}

    def _moved(self, part: q.Moved) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE) or part.since is not None or part.until is not None:
            raise _NoWordsError
        return _MOVES[part.signs], {}

    def _unrated(self, part: q.Unrated) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE):
            raise _NoWordsError
        return "unrated", {}

    def _measured_by(self, part: q.Measured) -> Said:
        low, high = (None if bound is None else f"{bound:g}" for bound in (part.low, part.high))
        return "measured", {"label": self._field(part.field).label, "bounds": self._between(low, high)}

    def _postcode(self, part: q.Postcode) -> Said:
        return "postcode", {"values": _joined(part.areas, "or")}

    def _name_has(self, part: q.NameHas) -> Said:
        return "name_has", {"values": _joined(part.words, "and")}

    def _other_than(self, part: q.Named) -> Said:
        return "named", {"values": _joined([self._short(name) for name in part.labels], "and")}

    # Words --------------------------------------------------------------------------------------------------

    def _ask(self, section: str, **told: str) -> str:
        return str(self.random.choice(wordings()["question"][section])).format_map(told)

    def _names(self, scope: Condition) -> list[str]:
        """The names of a scope of nobody but these, perhaps shortened; [] of any other."""
        if not isinstance(scope, q.Named) or len(scope.labels) > _MOST_NAMES:
            return []
        return [self._short(name) for name in scope.labels]

    def _short(self, name: str) -> str:
        return shortened(name, self.is_clear) if self.random.random() < 0.4 else name

    def _named(self, names: Sequence[str]) -> Mapping[str, str]:
        one = len(names) == 1
        return {
            "names": _joined(names, "and"),
            "is": "is" if one else "are",
            "does": "does" if one else "do",
            "was": "was" if one else "were",
        }

    def _field(self, name: str) -> Field:
        if name not in self.fields:
            raise _NoWordsError
        return self.fields[name]

    def _aspect(self, aspect: str) -> str:
        return str(self.random.choice(wordings()["word"]["aspect"].get(aspect, [aspect])))

    def _ratings(self, ratings: Sequence[str]) -> str:
        scale, words = list(self.vocabulary.scale.ratings), wordings()["word"]["range"]
        told = [rating if self.random.random() < 0.4 else rating.lower() for rating in ratings]
        held = [scale.index(rating) for rating in ratings]
        left_out = [rating for rating in scale if rating not in ratings]
        if len(ratings) > 1 and self.random.random() < 0.75:
            if len(left_out) == 1 and self.random.random() < 0.6:
                return self._range("but", left_out[0])
            if held[-1] == len(scale) - 1 and held[0] == len(scale) - len(held):
                way = self.random.choice(("below", "down"))
                return self._range(way, scale[held[0] - 1] if way == "below" else scale[held[0]])
            if held[0] == 0 and held[-1] == len(held) - 1:
                return self._range("up", scale[held[-1]])
        assert words
        return _joined(told, "or")

    def _range(self, way: str, rating: str) -> str:
        said = rating if self.random.random() < 0.4 else rating.lower()
        return str(self.random.choice(wordings()["word"]["range"][way])).format(rating=said)

    def _quantity(self, quantifier: Quantifier) -> str:
        words = wordings()["word"]["quantifier"]
        for known, name in ((q.ALL, "all"), (q.ANY, "any"), (q.NONE, "none"), (q.MOST, "most")):
            if quantifier == known:
                return str(self.random.choice(words[name]))
        half, parts = Fraction(1, 2), {"least": "half", "under": "minority"}
        for bound, name in parts.items():
            if getattr(quantifier, bound) == half:
                return str(self.random.choice(words[name]))
        if quantifier.under == 1:
            return str(self.random.choice(words["not_all"]))
        for bound, name in (("over", "over"), ("most", "up_to")):
            part: Fraction | None = getattr(quantifier, bound)
            if part is not None and (100 * part).denominator == 1:
                return str(self.random.choice(words[name])).format(percent=int(100 * part))
        raise _NoWordsError

    def _bounds(self, quantifier: Quantifier) -> str:
        if quantifier.is_share:
            raise _NoWordsError
        low = self._number(quantifier.low) if quantifier.low or quantifier.high == 0 else None
        return self._between(low, None if quantifier.high is None else self._number(quantifier.high))

    def _between(self, low: str | None, high: str | None) -> str:
        way = "least" if high is None else "most" if low is None else "exactly" if low == high else "between"
        if low == "no":
            return "no"
        return str(self.random.choice(wordings()["word"]["bounds"][way])).format(low=low, high=high)

    def _number(self, number: int) -> str:
        return (
            _NUMBERS[number]
            if number < len(_NUMBERS) and (not number or self.random.random() < 0.4)
            else str(number)
        )


def _joined(items: Iterable[str], last: str) -> str:
    *others, end = items
    return f"{', '.join(others)} {last} {end}" if others else end


_SECTIONS: dict[type, Callable[[Loosely, Any], Said]] = {
    q.Is: Loosely._is,
    q.Rated: Loosely._rated,
    q.RatedFor: Loosely._rated_for,
    q.AspectAgainst: Loosely._aspect_against,
    q.RatedAgainst: Loosely._rated_against,
    q.Published: Loosely._published,
    q.Moved: Loosely._moved,
    q.Unrated: Loosely._unrated,
    q.Measured: Loosely._measured_by,
    q.Postcode: Loosely._postcode,
    q.NameHas: Loosely._name_has,
    q.Named: Loosely._other_than,
}
