"""Query → plain English: the reading shown to users, which :mod:`qa.question.canonical` reads back into the
same Query.

>>> say(Query(Is("care_home", ("Y",)), Count(), by=("town",)), vocabulary)
'Number of care homes; by town'

Names and values are in quotation marks, each condition comes after a comma, each further part of the Query
after a semicolon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from qa.language.dates import Period, say_period
from qa.phrasing import joined, long_date
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Quantifier, Query
from qa.question.vocabulary import Vocabulary

SIGNS = {(1,): "went up", (-1,): "went down", (0,): "stayed the same", (1, -1): "changed"}
HIGHER = {1: "higher than", 0: "the same as", -1: "lower than"}
RELATIONS = {
    "compare": "compared with",
    "difference": "the difference from",
    "ratio": "the ratio to",
    "better": "better than",
    "worse": "worse than",
    "same": "the same as",
}
TOTALS = {"sum": "Sum", "mean": "Mean", "least": "Least", "most": "Most"}
BESIDE = ". "  # between two Queries
WHENS = {"before": " before", "first": " first", "ever": " ever"}
WHICH = {"first": "First rating", "last": "Last rating", "every": "Every rating"}
EVERY_ASPECT = "every key question and overall"
EVERY_AREA = "every area"  # for tables without overall ratings
SHARES = {"over": "more than", "least": "at least", "under": "fewer than", "most": "at most"}
EXACTLY = "exactly"
TIMES = "times as many of them"
AS_THOSE = " as those "
PLACE = "Place of those "
ACROSS = {"count": "How many groups", "mean": "Mean per group"}


def say(query: Query, vocabulary: Vocabulary) -> str:
    """Return ``query`` in English; for prose, the question itself."""
    if query.prose is not None:
        return query.prose
    return _Speaker(vocabulary).query(query)


def say_all(queries: Sequence[Query], vocabulary: Vocabulary) -> str:
    """Return several Queries in English, one after the other."""
    return BESIDE.join(say(query, vocabulary) for query in queries)


def quoted(text: str) -> str:
    """Return a name or value in quotation marks."""
    return f"“{text}”"


def listed(items: Sequence[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return joined(items, last)


class _Speaker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.fields = {field.name: field for field in vocabulary.fields}

    # The Query ----------------------------------------------------------------------------------------------

    def query(self, query: Query) -> str:
        """The measure of the scope, then the other parts."""
        parts = [self._head(query)]
        parts += [f"{RELATIONS[query.relation or 'compare']} {self.scope(other)}" for other in query.against]
        if query.by:
            parts.append(f"by {listed([self._group(name) for name in query.by], 'and')}")
        parts += [f"where {self._having(one)}" for one in query.having]
        if query.order is not None:
            way = "highest first" if query.order.descending else "lowest first"
            parts.append(f"sorted by {self._group(query.order.key)}, {way}")
        if query.ranks is not None:
            parts.append(f"places {query.ranks[0]} to {query.ranks[1]}")
        if query.most is not None:
            parts.append(f"{query.most} of them")
        if query.at is not None:
            parts.append(f"as at {long_date(query.at)}")
        return "; ".join(parts)

    def _head(self, query: Query) -> str:
        if query.claim is not None and q.asks_place(query):
            whose = f"{PLACE}{self._are(query.claim.condition)}: "
            return f"{whose}{self._measure(query.measure)} {self.scope(query.scope)}"
        if query.claim is not None:
            number = self.quantifier(query.claim.quantifier)
            return f"Whether {number} of {self.scope(query.scope)}; {self._are(query.claim.condition)}"
        across = f"{ACROSS[query.across]}: " if query.across else ""
        return f"{across}{self._measure(query.measure)} {self.scope(query.scope)}"

    def _measure(self, measure: q.Measure) -> str:
        if isinstance(measure, q.Ratings):
            return f"Ratings{self._ratings_asked(measure)} of"
        if isinstance(measure, q.Values):
            return f"The {listed([self._label(name) for name in measure.fields], 'and')} of"
        if isinstance(measure, q.Dates):
            return f"Dates of the ratings{self._of_what(measure)} of"
        if isinstance(measure, q.Events):
            return f"{WHICH[measure.which]}{self._event(measure.event)} of"
        if isinstance(measure, q.Times):
            return f"Number of ratings{self._event(measure.event)} of"
        if isinstance(measure, q.Count):
            return f"Number of different {self._plural(measure.of)} of" if measure.of else "Number of"
        if isinstance(measure, q.Share):
            return f"Share ({self._are(measure.of)}) of"
        return f"{TOTALS[measure.function]} of {self._label(measure.field)} of"

    def _ratings_asked(self, measure: q.Ratings) -> str:
        """`` before for Safe``: which ratings are asked for."""
        before = " before" if measure.before else ""
        if measure.aspects == (WHOLE,):
            return f"{before}{self._service(measure.service)}"
        every = EVERY_AREA if self.vocabulary.areas else EVERY_ASPECT
        aspects = listed(measure.aspects, "and") if measure.aspects else every
        return f"{before} for {aspects}{self._service(measure.service)}"

    def _having(self, having: q.Having) -> str:
        if having.than is None:
            return f"{self.quantifier(having.quantifier)} of them {self._are(having.condition)}"
        words, part = times_said(having.quantifier)
        than = self._inner(having.than)
        return f"{words} {part} {TIMES} {self._are(having.condition)}{AS_THOSE}{than}"

    def quantifier(self, quantifier: Quantifier) -> str:
        """A quantifier as "all", "at least 2", "more than 1/2"."""
        if quantifier == q.ALL:
            return "all"
        if quantifier == q.NONE:
            return "none"
        if quantifier.is_share:
            return " ".join(times_said(quantifier))
        return bounds(quantifier.low, quantifier.high)

    # The scope ----------------------------------------------------------------------------------------------

    def scope(self, scope: Condition) -> str:
        """Return a noun and the conditions on it, each after a comma."""
        parts = list(q.parts_of(scope))
        noun = self.vocabulary.kinds.noun
        if parts and isinstance(parts[0], q.Is) and (label := self.vocabulary.kinds.label(parts[0])):
            noun = label
            parts = parts[1:]
        return ", ".join([noun, *(self.condition(part) for part in parts)])

    def _are(self, condition: Condition) -> str:
        """Return a conjunction as a predicate; several conditions are joined by "and also"."""
        if condition == q.EVERYTHING:
            return "are held"
        return " and also ".join(map(self._inner, q.parts_of(condition)))

    def condition(self, condition: Condition) -> str:
        """Return one condition in the form that follows a noun."""
        return _SAYERS[type(condition)](self, condition)

    def _and(self, condition: q.And) -> str:
        return f"both {' and also '.join(map(self._inner, condition.parts))}" if condition.parts else "of all"

    def _or(self, condition: q.Or) -> str:
        return f"either {' or else '.join(map(self._inner, condition.parts))}"

    def _inner(self, condition: Condition) -> str:
        """Return a condition within another, in brackets if it has several parts itself."""
        said = self.condition(condition)
        return f"({said})" if isinstance(condition, q.And | q.Or) and condition.parts else said

    def _not(self, condition: q.Not) -> str:
        return f"other than those {self._inner(condition.part)}"

    def _named(self, condition: q.Named) -> str:
        return f"namely {listed([self._subject(number) for number in condition.subjects], 'and')}"

    def _subject(self, number: int) -> str:
        return quoted(self.vocabulary.labels.label(number))

    def _is(self, condition: q.Is) -> str:
        return (
            f"whose {self._label(condition.field)} is {listed([quoted(value) for value in condition.values])}"
        )

    def _postcode(self, condition: q.Postcode) -> str:
        return f"whose postcode begins with {listed([quoted(area) for area in condition.areas])}"

    def _near(self, condition: q.Near) -> str:
        far = f"at any distance in {condition.unit}"
        if condition.distance is not None:
            far = f"at most {number(condition.distance)} {condition.unit}"
        return f"{far} from the middle of those {self._inner(condition.of)}"

    def _name_has(self, condition: q.NameHas) -> str:
        return f"whose name holds {listed([quoted(word) for word in condition.words], 'and')}"

    def _measured(self, condition: q.Measured) -> str:
        low, high = condition.low, condition.high
        said = (
            f"from {number(low)} to {number(high)}" if low == 0 and high else bounds(low, high)
        )  # for a number, 0 is a bound
        return f"whose {self._label(condition.field)} is {said}"

    def _rated(self, condition: q.Rated) -> str:
        rated = f"rated {self._ratings(condition.ratings)}{self._of_what(condition)}"
        if condition.since is not None or condition.until is not None:
            return f"{rated} at some time{_within(condition)}"
        return f"{rated}{WHENS.get(condition.when, '')}"

    def _rated_for(self, condition: q.RatedFor) -> str:
        number = (
            "all"
            if condition.low == len(condition.aspects) and condition.high is None
            else bounds(condition.low, condition.high)
        )
        aspects = listed(condition.aspects, "and")
        service = self._service(condition.service)
        return f"rated {self._ratings(condition.ratings)} for {number} of {aspects}{service}"

    def _aspect_against(self, condition: q.AspectAgainst) -> str:
        sign = HIGHER[condition.sign].rsplit(" ", 1)
        service = self._service(condition.service)
        return f"rated {sign[0]} for {condition.aspect} {sign[1]} for {condition.other}{service}"

    def _rated_against(self, condition: q.RatedAgainst) -> str:
        before = " before" if condition.before else ""
        subject = self._subject(condition.subject)
        return f"rated {HIGHER[condition.sign]} {subject}{self._of_what(condition)}{before}"

    def _published(self, condition: q.Published) -> str:
        return f"with a rating{self._of_what(condition)} published{_within(condition)}"

    def _moved(self, condition: q.Moved) -> str:
        return f"whose rating{self._of_what(condition)} {SIGNS[condition.signs]}{_within(condition)}"

    def _happened(self, condition: q.Happened) -> str:
        return f"having had {bounds(condition.low, condition.high)} rating{self._event(condition.event)}"

    def _event(self, event: q.Event) -> str:
        """Return an event in the form that follows "rating": ``for Safe at Good that went up
        published in 2019``.
        """
        ratings = f" at {self._ratings(event.ratings)}" if event.ratings else ""
        ratings += f" from {self._ratings(event.before)}" if event.before else ""
        signs = f" that {SIGNS[event.signs]}" if event.signs else ""
        new = " that was new" if event.new else ""
        published = f" published{_within(event)}" if event.since or event.until else ""
        return f"{self._of_what(event)}{ratings}{signs}{new}{published}"

    def _dated(self, condition: q.Dated) -> str:
        return f"whose {self._label(condition.field)} lies{_within(condition)}"

    def _closed(self, _: q.Closed) -> str:
        return "closed"

    def _unrated(self, condition: q.Unrated) -> str:
        return f"without a rating{self._of_what(condition)}"

    # Small pieces -------------------------------------------------------------------------------------------

    def _ratings(self, ratings: Sequence[str]) -> str:
        return listed(
            [
                rating if self.vocabulary.scale.rank(rating) is not None else quoted(rating)
                for rating in ratings
            ]
        )

    def _of_what(self, told: Any) -> str:
        aspect = f" for {told.aspect}" if told.aspect != WHOLE else ""
        return f"{aspect}{self._service(told.service)}"

    def _service(self, service: str) -> str:
        return f" in {quoted(service)}" if service != WHOLE else ""

    def _label(self, name: str) -> str:
        return self.fields[name].label if name in self.fields else name.replace("_", " ")

    def _plural(self, name: str) -> str:
        return self.fields[name].plural if name in self.fields else name

    def _group(self, name: str) -> str:
        if name in ("figure", "date", "name", "distance", "steps"):
            return name
        return "key question" if name == "aspect" else self._label(name)


def times_said(quantifier: Quantifier) -> tuple[str, str]:
    """Return the bound on a part of a whole, or on a multiple of another number: ``("more than", "1/2")``."""
    if quantifier.least is not None and quantifier.least == quantifier.most:
        return EXACTLY, _fraction(quantifier.least)
    for bound, words in SHARES.items():
        part: Fraction | None = getattr(quantifier, bound)
        if part is not None:
            return words, _fraction(part)
    raise ValueError("a quantifier of no part")


def _fraction(part: Fraction) -> str:
    return f"{part.numerator}/{part.denominator}"


def bounds(low: float | None, high: float | None) -> str:
    """``at least 2``, ``at most 5``, ``exactly 1``, ``from 2 to 5``; ``low`` 0 or ``None`` is open."""
    if high is None:
        return f"at least {number(low or 0)}"
    if low is None or (low == 0 and high != 0):
        return f"at most {number(high)}"
    return f"exactly {number(low)}" if low == high else f"from {number(low)} to {number(high)}"


def number(value: float) -> str:
    """A number as it is written back: 2, 2.5."""
    return f"{value:g}" if value != int(value) else str(int(value))


def _within(bounded: Any) -> str:
    """A period with the space before it; empty if there are no bounds."""
    period = say_period(Period(bounded.since, bounded.until, 0, 0, ""))
    return f" {period}" if period else ""


_SAYERS: dict[type, Callable[[_Speaker, Any], str]] = {
    q.And: _Speaker._and,
    q.Or: _Speaker._or,
    q.Not: _Speaker._not,
    q.Named: _Speaker._named,
    q.Is: _Speaker._is,
    q.Postcode: _Speaker._postcode,
    q.Near: _Speaker._near,
    q.NameHas: _Speaker._name_has,
    q.Measured: _Speaker._measured,
    q.Rated: _Speaker._rated,
    q.RatedFor: _Speaker._rated_for,
    q.AspectAgainst: _Speaker._aspect_against,
    q.RatedAgainst: _Speaker._rated_against,
    q.Published: _Speaker._published,
    q.Moved: _Speaker._moved,
    q.Happened: _Speaker._happened,
    q.Dated: _Speaker._dated,
    q.Closed: _Speaker._closed,
    q.Unrated: _Speaker._unrated,
}
