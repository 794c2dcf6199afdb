"""Query → a question in words that people use, chosen at random from composed.toml; ``say.py`` has one
wording for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.evaluation.making.loose_conditions import LooseConditions
from qa.evaluation.making.loose_words import NoWordsError, wordings
from qa.phrasing import joined
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query

_MORE = {q.MORE: "more", q.FEWER: "fewer"}
_ORDINALS = ("", "", "second", "third", "fourth", "fifth")


class Loosely(LooseConditions):
    """Words Queries over one corpus; ``random`` makes every choice. ``is_clear`` returns true for a shorter
    name that means one subject."""

    def question(self, query: Query) -> str | None:
        """Return a question for ``query``, with the small talk that people add; ``None`` if the file has no
        words for it."""
        try:
            asked = self._asked(query)
        except NoWordsError:
            return None
        around = wordings()["around"]
        frame = str(self.random.choices(list(around), list(around.values()))[0])
        asked = asked if self.random.random() < 0.7 else asked[:1].lower() + asked[1:]
        asked = asked if self.random.random() < 0.8 else asked.rstrip("?.")
        return frame.format(question=asked)

    def _asked(self, query: Query) -> str:
        if query.at is not None or query.prose is not None:
            raise NoWordsError
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
            raise NoWordsError
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
            raise NoWordsError
        if measure.before:
            if measure.aspects != (WHOLE,):
                raise NoWordsError
            return self._ask("lookup_before", **self._named(names))
        if measure.aspects == (WHOLE,):
            return self._ask("lookup", **self._named(names))
        return self._ask("lookup_for", aspect=self._aspect(measure.aspects[0]), **self._named(names))

    def _listed(self, query: Query, measure: q.Ratings) -> str:
        if measure != q.Ratings():
            raise NoWordsError
        scope, order, ranks = self.scope(query.scope), query.order, query.ranks
        if query.most is not None:
            return self._ask("listing_most", scope=scope, n=str(query.most))
        if order is None:
            return self._ask("listing", scope=scope)
        if ranks is None and order.key in ("date", "name") and order.descending == (order.key == "date"):
            return self._ask("sorted", scope=scope, key=order.key)
        if order.key != "date" or ranks is None or ranks[0] != 1:
            raise NoWordsError
        section = ("newest" if order.descending else "oldest") + ("_one" if ranks[1] == 1 else "")
        return self._ask(section, scope=scope, n=self._number(ranks[1]))

    def _value(self, measure: q.Values, names: Sequence[str]) -> str:
        if len(names) != 1 or len(measure.fields) != 1:
            raise NoWordsError
        field = self._field(measure.fields[0])
        return self._ask(
            "provider" if field.name == "provider" else "values", label=field.label, **self._named(names)
        )

    def _dated(self, measure: q.Dates, names: Sequence[str]) -> str:
        if len(names) != 1 or measure.service != WHOLE:
            raise NoWordsError
        if measure.aspect == WHOLE:
            return self._ask("dates", **self._named(names))
        return self._ask("dates_for", aspect=self._aspect(measure.aspect), **self._named(names))

    def _claimed(self, query: Query, claim: q.Claim) -> str:
        if query.by:
            raise NoWordsError
        are, names = self._are(claim.condition), self._names(query.scope)
        bare = are.removeprefix("are ")
        if names:
            if len(names) > 1 or bare == are or claim.quantifier not in (q.ALL, q.ANY):
                raise NoWordsError
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
        if query.by == ("rating",) and _counts_every_group(query):
            return self._ask("groups_rating", scope=self.scope(query.scope))
        group = self._field(query.by[0])
        told = {"scope": self.scope(query.scope), "group": group.label, "plural": group.plural}
        if len(query.by) == 2 and _counts_every_group(query):
            return self._ask("groups_two", other=self._field(query.by[1]).label, **told)
        if len(query.by) > 1:
            raise NoWordsError
        if isinstance(query.measure, q.Share):
            return self._shares(query, query.measure, told)
        if query.measure != q.Count():
            raise NoWordsError
        if query.having:
            return self._having(query, told)
        return self._ranked(query, told) if query.ranks else self._ask("groups", **told)

    def _shares(self, query: Query, measure: q.Share, told: Mapping[str, str]) -> str:
        if query.having or (query.ranks not in (None, (1, 1))):
            raise NoWordsError
        ranked = "most_share" if query.order is None or query.order.descending else "least_share"
        return self._ask(ranked if query.ranks else "groups_share", are=self._are(measure.of), **told)

    def _having(self, query: Query, told: Mapping[str, str]) -> str:
        if len(query.having) == 1 and (than := query.having[0].than) is not None and not query.ranks:
            if (more := _MORE.get(query.having[0].quantifier)) is None:
                raise NoWordsError
            one, other = self._are(query.having[0].condition), self._are(than)
            return self._ask("having_more", more=more, one=one, other=other, **told)
        if len(query.having) > 1 or query.ranks or query.having[0].condition != q.EVERYTHING:
            raise NoWordsError
        return self._ask("having", bounds=self._bounds(query.having[0].quantifier), **told)

    def _across(self, query: Query) -> str:
        if len(query.by) > 1 or query.measure != q.Count() or query.ranks or len(query.having) > 1:
            raise NoWordsError
        group = self._field(query.by[0])
        told = {"scope": self.scope(query.scope), "group": group.label, "plural": group.plural}
        if query.across == "mean":
            if query.having:
                raise NoWordsError
            return self._ask("mean_per", **told)
        if not query.having:
            return self._ask("count_of", **told)
        if query.having[0].condition != q.EVERYTHING:
            raise NoWordsError
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
            raise NoWordsError
        return self._ask("ordinal_of", ordinal=_ORDINALS[first], **told)

    def _compared(self, query: Query) -> str:
        scopes = (query.scope, *query.against)
        if isinstance(query.measure, q.Ratings):
            return self._subjects_compared(
                query, query.measure, [name for scope in scopes for name in self._names(scope)]
            )
        if len(scopes) != 2:
            raise NoWordsError
        told = self._two_places(*scopes)
        if isinstance(query.measure, q.Share) and query.relation == "compare":
            return self._ask("compare_share", are=self._are(query.measure.of), **told)
        if query.measure != q.Count() or query.relation not in ("compare", "difference"):
            raise NoWordsError
        return self._ask(query.relation, **told)

    def _two_places(self, one: Condition, other: Condition) -> Mapping[str, str]:
        """Return what two scopes have in common, and the two places in which they differ."""
        shared = [part for part in q.parts_of(one) if part in q.parts_of(other)]
        first, second = (
            next(part for part in q.parts_of(side) if part not in shared) for side in (one, other)
        )
        if not (isinstance(first, q.Is) and isinstance(second, q.Is)) or not self._field(first.field).place:
            raise NoWordsError
        scope = self.scope(q.conjunction(*shared))
        return {"scope": scope, "first": first.values[0], "second": second.values[0]}

    def _subjects_compared(self, query: Query, measure: q.Ratings, names: Sequence[str]) -> str:
        aspect = measure.aspects[0] if len(measure.aspects) == 1 else ""
        if not aspect or measure.service != WHOLE or len(names) != 1 + len(query.against):
            raise NoWordsError
        if query.relation == "compare":
            told = {"names": joined(names, "or"), "all": joined(names, "and")}
            section = "compare_subjects" if aspect == WHOLE else "compare_subjects_for"
            return self._ask(section, aspect=self._aspect(aspect), **told)
        if aspect != WHOLE or len(names) != 2 or query.relation not in ("better", "worse", "same"):
            raise NoWordsError
        return self._ask(query.relation, first=names[0], second=names[1])


def _counts_every_group(query: Query) -> bool:
    """True if a Query counts all of its groups, in no order."""
    return query.measure == q.Count() and not (query.having or query.ranks or query.order)
