"""The Query: what a question asks of the tables, in a few parts that combine freely.

Glossary, with example values for "Which councils have more than two care homes in the West Midlands that are
not safe?":

* the *scope* is a tree of conditions over rated subjects:
  ``And((Is("care_home", ("Y",)), Is("region", ("West Midlands",)), …))``;
* the *measure* is what is asked about them: ``Count()``;
* *by* are the one or two fields whose values make groups: ``("local_authority",)``; "aspect", "service",
  "rating" and "year" can make groups as well;
* *having* are conditions on each group: ``(Having(Quantifier(low=3)),)``;
* *order* and *ranks* say which come first and which places of the order are wanted:
  ``Order("figure"), (1, 5)``;
* a *claim* is what a yes/no question supposes of the scope: a quantifier over a condition;
* *against* are further scopes for the same measure: comparison, difference, ratio.

Two programs give a Query its meaning: :mod:`qa.facts.run` over columns of numbers and
:mod:`qa.evaluation.plain` row by row; :mod:`qa.question.say` puts it into English. This module imports
nothing but the fields.

Counting (both programs follow these rules): a subject counts once, by the newest fact for the aspect and
service in question. Facts with the same newest date that contradict each other do not count. Values of fields
are compared by their folded names (:func:`qa.language.tokens.key`), ratings by the scale's own comparison. An
unknown value (no row, empty cell) meets no condition but :class:`Not` and :class:`Unrated`. The newest fact
with a rating of the scale counts, even if a later visit gave none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, TypeAlias

WHOLE = "Overall"  # the aspect and the service of a subject as a whole
When: TypeAlias = Literal["now", "before", "first", "ever"]

# History --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """A rating of the scale that a subject was given: one of ``ratings`` (empty: any), published from
    ``since`` up to, but not on, ``until`` (``None`` is open).

    ``signs``: whether it rose (1), fell (-1) or stayed (0) from the rating before (empty: any of these);
    ``before``: the rating before was one of these; ``new``: the rating before was none of ``ratings``, or
    there was none. Ratings without a known date are in no period, and a date with contradictory ratings gives
    none.
    """

    ratings: tuple[str, ...] = ()
    signs: tuple[int, ...] = ()
    new: bool = False
    aspect: str = WHOLE
    service: str = WHOLE
    since: datetime.date | None = None
    until: datetime.date | None = None
    before: tuple[str, ...] = ()


# Conditions: each is true or false for a rated subject ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``; without parts, true for every subject."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``parts``."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not ``part``; also true if a value is unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Named:
    """One of these subjects, by their numbers in the store; ``labels`` are their published names, in the
    order of the question."""

    subjects: tuple[int, ...]
    labels: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """The subject's ``field`` has one of ``values``. "inherited" is the field of the current Overall fact."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postcode:
    """The postcode begins with one of these areas, districts or sectors: "SW", "SW1", "TQ5 9". "SW1" is not
    "SW11"."""

    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """At most ``distance`` in a straight line (``None``: any known distance) from the middle of the subjects
    that ``of`` matches.

    The middle is the mean of the latitudes and of the longitudes of those whose location is known. Lines are
    great circles, and are measured to a thousandth of a mile. Subjects that ``of`` names are not near
    themselves. If the scope or the claim contains this condition outside any :class:`Not`, the nearest come
    first in an answer, unless there is an order.
    """

    of: Condition
    distance: float | None = None
    unit: Literal["miles", "km"] = "miles"


@dataclass(frozen=True, slots=True)
class NameHas:
    """The subject's name has all of these folded words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The number in column ``field`` is from ``low`` to ``high``, both included; ``None`` is open."""

    field: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating for ``aspect`` and ``service`` is one of ``ratings``, in the publisher's words.

    ``when`` is "now" (the rating of the current fact), "before" (the rating before it), "first" (the oldest
    known) or "ever" (any known rating: current, before or older). With ``since`` or ``until``, "ever" is any
    rating in force at some time from ``since`` up to, but not on, ``until``, whenever it was published.
    """

    ratings: tuple[str, ...]
    aspect: str = WHOLE
    service: str = WHOLE
    when: When = "now"
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class RatedFor:
    """From ``low`` to ``high`` (``None``: all) of ``aspects`` are currently rated one of ``ratings``. "No
    inadequate domain" is 0 to 0."""

    ratings: tuple[str, ...]
    aspects: tuple[str, ...]
    low: int = 1
    high: int | None = None
    service: str = WHOLE


@dataclass(frozen=True, slots=True)
class AspectAgainst:
    """Rated higher (1), the same (0) or lower (-1) on the scale for ``aspect`` than for ``other``."""

    aspect: str
    sign: int
    other: str
    service: str = WHOLE


@dataclass(frozen=True, slots=True)
class RatedAgainst:
    """Rated higher (1), the same (0) or lower (-1) on the scale than this subject, which itself does not
    count; with ``before``, by the ratings before the current ones."""

    subject: int
    sign: int
    aspect: str = WHOLE
    service: str = WHOLE
    label: str = field(default="", compare=False)
    before: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The current fact for ``aspect`` and ``service`` was published from ``since`` up to, but not on,
    ``until``; ``None`` is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    aspect: str = WHOLE
    service: str = WHOLE


@dataclass(frozen=True, slots=True)
class Moved:
    """The rating before and the current one are both on the scale, and it rose (1), fell (-1) or stayed (0):
    one of ``signs``.

    With ``since`` or ``until``, the two ratings are the one in force when that time began, otherwise the
    first in it, and the one in force when it ended.
    """

    signs: tuple[int, ...]
    aspect: str = WHOLE
    service: str = WHOLE
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """From ``low`` to ``high`` (``None`` is open) of the subject's ratings match ``event``."""

    event: Event
    low: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """The date in column ``field`` is from ``since`` up to, but not on, ``until``; ``None`` is open."""

    field: str
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The subject has closed: it has a closing date, or a status that says so. Closed subjects count only if
    a Query names them or asks about closing."""


@dataclass(frozen=True, slots=True)
class Unrated:
    """No current rating for ``aspect`` and ``service``: no row, an empty cell, or words of the scale's
    ``unrated``. "Insufficient evidence to rate" and other results that are not ratings of the scale also
    count as unrated here."""

    aspect: str = WHOLE
    service: str = WHOLE


Condition: TypeAlias = (
    And
    | Or
    | Not
    | Named
    | Is
    | Postcode
    | Near
    | NameHas
    | Measured
    | Rated
    | RatedFor
    | AspectAgainst
    | RatedAgainst
    | Published
    | Moved
    | Happened
    | Dated
    | Closed
    | Unrated
)
EVERYTHING = And()

# Measures: what is asked about a scope
# --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ratings:
    """The rating facts for these aspects of one service, subject by subject; an empty tuple means every
    aspect in the tables.

    ``before`` asks for the ratings before the current ones. A list ("which homes …") has this measure as
    well.
    """

    aspects: tuple[str, ...] = (WHOLE,)
    service: str = WHOLE
    before: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """The values of these fields, subject by subject: "who runs it", "where is it"."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """When the current rating for ``aspect`` was published, subject by subject."""

    aspect: str = WHOLE
    service: str = WHOLE


@dataclass(frozen=True, slots=True)
class Events:
    """The first, the last or every such rating of each subject, with its date: "when did it last improve",
    "how was it rated over the years"."""

    event: Event = Event()
    which: Literal["first", "last", "every"] = "every"


@dataclass(frozen=True, slots=True)
class Times:
    """How many such ratings the subjects of the scope were given in all: "how often has it been
    inadequate"."""

    event: Event = Event()


@dataclass(frozen=True, slots=True)
class Count:
    """How many subjects; with ``of``, how many different values they have in that field ("how many
    providers")."""

    of: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the scope for which ``of`` is true, in percent to one decimal.

    The whole is the part of the scope with a rating of the scale for the aspect and service of each rating
    condition in ``of``; without such conditions it is the whole scope. A condition on words off the scale,
    :class:`Unrated` and :class:`Published` are not rating conditions in this sense. If ``of`` also allows a
    subject to be unrated, that rating is not required.
    """

    of: Condition


@dataclass(frozen=True, slots=True)
class Total:
    """Sum, mean, minimum or maximum of a number column over the scope; subjects without a number don't
    count."""

    function: Literal["sum", "mean", "least", "most"]
    field: str


Measure: TypeAlias = Ratings | Values | Dates | Events | Times | Count | Share | Total

# The other parts --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many of a whole must match: from ``low`` to ``high``, and as a part of it ``over``, ``least``,
    ``under`` or ``most``.

    "Only one" is 1 to 1; "most" is over ½; "half" is at least ½; "all" is at least 1; "not all" is under 1;
    "none" is 0 to 0. No bound on a part is met if the whole is empty.
    """

    low: int = 0
    high: int | None = None
    over: Fraction | None = None
    least: Fraction | None = None
    under: Fraction | None = None
    most: Fraction | None = None

    @property
    def is_share(self) -> bool:
        """True if the quantifier is about a part of the whole."""
        return not (self.over is None and self.least is None and self.under is None and self.most is None)

    def holds(self, matching: int, whole: int) -> bool:
        """True if ``matching`` of ``whole`` meet the quantifier. If the whole is empty, no proportion
        does."""
        if matching < self.low or (self.high is not None and matching > self.high):
            return False
        return not self.is_share or (whole > 0 and self.compares(matching, whole))

    def compares(self, number: int, other: int) -> bool:
        """True if ``number`` divided by ``other`` is within the bounds on a part, even if ``other`` is 0: 3
        are more than 0."""
        return (
            (self.over is None or number > self.over * other)
            and (self.least is None or number >= self.least * other)
            and (self.under is None or number < self.under * other)
            and (self.most is None or number <= self.most * other)
        )


ALL = Quantifier(least=Fraction(1))
ANY = Quantifier(low=1)
NONE = Quantifier(high=0)
MOST = Quantifier(over=Fraction(1, 2))
MORE = Quantifier(over=Fraction(1))  # of two numbers beside each other
FEWER = Quantifier(under=Fraction(1))
AS_MANY = Quantifier(least=Fraction(1), most=Fraction(1))


@dataclass(frozen=True, slots=True)
class Having:
    """A condition on each group: how many of its subjects must meet ``condition``. "Both …" and "… none" are
    two of them.

    With ``than``, their number is compared, by :meth:`Quantifier.compares`, with the number of subjects that
    meet ``than``. "More inadequate homes than outstanding ones" is ``Having(MORE, inadequate, outstanding)``.
    The first such comparison orders groups that have no other order, the largest difference first.
    """

    quantifier: Quantifier
    condition: Condition = EVERYTHING
    than: Condition | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What is counted in each group."""
        return (self.condition,) if self.than is None else (self.condition, self.than)


@dataclass(frozen=True, slots=True)
class Order:
    """What is sorted by: "figure" (of groups), "date", "rating", "name", "distance" (from the nearest middle
    of a :class:`Near`), "steps" (the number of grades between the rating before and the current one), or a
    field. ``descending`` puts the most, newest, best, furthest or the largest rise first."""

    key: str = "figure"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """What a yes/no question supposes: ``quantifier`` over how many of the scope meet ``condition``. The
    whole is that of :class:`Share`; if ``condition`` is not about ratings it is the whole scope."""

    quantifier: Quantifier
    condition: Condition


Relation: TypeAlias = Literal["compare", "difference", "ratio", "better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Query:
    """What one question asks. ``prose`` is set, and everything else left at its default, if only the passages
    can answer.

    ``ranks`` are the first and last rank wanted: "second most" is (2, 2), "top 5" is (1, 5). All groups or
    rows whose rank is within are included, so ties are never cut. The rank is 1 + how many come before; for
    an ordinal such as (2, 2) it is 1 + how many distinct values come before. ``most`` cuts a plain list
    ("list 20 …") without an order. ``across`` asks about all groups at once: their number, or the mean of
    their figures. ``at`` asks for the ratings as they were on that day, if the tables have a history. A claim
    over groups with an order asks for a place in it: :func:`asks_place`.
    """

    scope: Condition = EVERYTHING
    measure: Measure = field(default_factory=Ratings)
    by: tuple[str, ...] = ()
    having: tuple[Having, ...] = ()
    order: Order | None = None
    ranks: tuple[int, int] | None = None
    most: int | None = None
    across: Literal["count", "mean"] | None = None
    claim: Claim | None = None
    against: tuple[Condition, ...] = ()
    relation: Relation | None = None
    at: datetime.date | None = None
    prose: str | None = None


def asks_place(query: Query) -> bool:
    """True if a Query asks which place one group has in the order of all by their figure, highest first:
    "where does Kent rank among councils?". It claims that any member is of that group, and wants no
    ranks. Its place is 1 + the number of groups before it."""
    claim, order = query.claim, query.order
    if claim is None or order is None or claim.quantifier != ANY or len(query.by) != 1:
        return False
    named = claim.condition
    of_group = isinstance(named, Is) and named.field == query.by[0] and len(named.values) == 1
    return of_group and order == Order("figure") and query.ranks is None and query.across is None


def conjunction(*parts: Condition) -> Condition:
    """Return the canonical ``And`` of ``parts``: nested ones flattened, repeats left out, a single part by
    itself."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else (part,)
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else And(unique)


def disjunction(*parts: Condition) -> Condition:
    """Return the canonical ``Or`` of ``parts``, likewise; without parts it is false for every subject, with
    one it is that part."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else (part,)
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else Or(unique)


def shared_parts(scopes: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions that all of ``scopes`` have, in the order of the first."""
    others = [parts_of(scope) for scope in scopes[1:]]
    return tuple(part for part in parts_of(scopes[0]) if all(part in parts for parts in others))


def having_conditions(query: Query) -> tuple[Condition, ...]:
    """Return everything that a Query's conditions on groups count."""
    return tuple(one for having in query.having for one in having.conditions)


def simple_conditions(condition: Condition) -> Iterator[Condition]:
    """Yield the simple conditions within ``condition``, in their order: those that contain no others."""
    if isinstance(condition, And | Or):
        for part in condition.parts:
            yield from simple_conditions(part)
    elif isinstance(condition, Not):
        yield from simple_conditions(condition.part)
    else:
        yield condition


def change_simple(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return ``condition`` with each simple condition within it replaced by the result of ``change``."""
    if isinstance(condition, And | Or):
        return type(condition)(tuple(change_simple(part, change) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(change_simple(condition.part, change))
    return change(condition)


def change_throughout(query: Query, change: Callable[[Condition], Condition]) -> Query:
    """Return ``query`` with each simple condition of its scopes, its claim and its share replaced by the
    result of ``change``."""
    made = replace(
        query,
        scope=change_simple(query.scope, change),
        against=tuple(change_simple(scope, change) for scope in query.against),
    )
    if made.claim is not None:
        made = replace(made, claim=replace(made.claim, condition=change_simple(made.claim.condition, change)))
    if isinstance(made.measure, Share):
        made = replace(made, measure=Share(change_simple(made.measure.of, change)))
    return made


KM = 1.609344  # kilometres of a mile


def near_parts(condition: Condition) -> tuple[Near, ...]:
    """Return the conditions on distance in a scope outside any :class:`Not`, in their order."""
    if isinstance(condition, And | Or):
        return tuple(one for part in condition.parts for one in near_parts(part))
    return (condition,) if isinstance(condition, Near) else ()


def nears(query: Query) -> tuple[Near, ...]:
    """Return the conditions on distance of a Query: those in its scope and in its claim."""
    claimed = near_parts(query.claim.condition) if query.claim is not None else ()
    return (*near_parts(query.scope), *claimed)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of a conjunction; any other condition by itself."""
    return condition.parts if isinstance(condition, And) else (condition,)
