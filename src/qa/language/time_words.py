"""The words around a date, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from qa.language.tokens import words_of

_T = TypeVar("_T")
Phrases: TypeAlias = dict[
    str, list[tuple[tuple[str, ...], _T]]
]  # first word → the phrases that begin with it, the longest first, and their values

IN, SINCE, AFTER, BEFORE, UNTIL, AT, RANGE, FROM = (
    "in",
    "since",
    "after",
    "before",
    "until",
    "at",
    "range",
    "from",
)
_SAID = {
    IN: "in; during; on; of; for; throughout; within; dated; dating from; dated from; dates from; any time "
    "in; at any time in; some time in; sometime in; at any point in; at some point in; at some time in; "
    "at any time during; in the course of",
    SINCE: "since; ever since; not before; no earlier than; not earlier than; no sooner than; on or after; "
    "in or after; starting; starting in; starting from; starting on; beginning in; beginning from; "
    "as from; no older than; not older than; at the earliest",
    AFTER: "after; later than; newer than; more recent than; more recently than; younger than; subsequent "
    "to; post; post -; from after; any time after; at any time after",
    BEFORE: "before; since before; prior to; earlier than; older than; pre; pre -; up to but not including; "
    "until before; from before; ahead of;any time before; at any time before",
    UNTIL: "until; till; up to; up until; up till; by; no later than; not later than; not after; on or "
    "before; in or before; at or before; up to and including; not newer than; no newer than; no more "
    "recent than; not more recent than; at the latest by",
    AT: ("as at; as of; as on; at; as it stood on; as they stood on; as they stood in; as it stood in; as "
        "they were on; as they were in"),
    RANGE: "between; anywhere between; any time between; at any time between",
    FROM: "from; dates back to; dating back to",
}  # fmt: skip


def _by_first_word(listed: Iterable[tuple[str, _T]]) -> Phrases[_T]:
    """Index phrases, listed with ";" between them and with a value for each list, by their first words, the
    longest first."""
    table: Phrases[_T] = {}
    for phrases, meaning in listed:
        for phrase in phrases.split("; "):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, meaning))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


PREFIXES = _by_first_word((phrases, relation) for relation, phrases in _SAID.items())
LATER = _by_first_word([(
    "or later; and later; or after; and after; or newer; and newer; or since; and since; onwards; onward; "
    "or onwards; and onwards; and onward; or more recent; or more recently; to date; to now; to today; to "
    "the present day; to the present; until now; until today; up to now; till now; at the earliest; to "
    "present; until present; - present; – present; - now; – now; - today; – today; +", None)])  # fmt: skip
EARLIER = _by_first_word(
    [("or earlier; and earlier; or before; and before; or older; and older; at the latest", None)]
)
LATEST = _by_first_word([("at the latest", None)])
AGED = _by_first_word([("ago; old; of age; earlier", None)])
OR_MORE = _by_first_word([("or more; +", None)])
OR_OLDER = _by_first_word([("or more; or older; or longer; and older", None)])
TO = frozenset({"to", "until", "till", "through", "-", "–", "—"})
OF_REPORTS = words_of(
    "is are was were rating ratings report reports review reviews inspection inspections assessment "
    "assessments one ones date dates dated"
)  # a rating *from 2019* is from that year; a home rated *from 2019* (on) has one since then
COUNTS = words_of("than least most exactly number no under over £ $")  # before a number that is not a year
NEGATIONS = words_of("not never no without nor isnt arent wasnt werent hasnt havent hadnt didnt doesnt dont")
OF_RATING = words_of(
    "a an any another its their had have has been being was were is are re rated inspected reviewed "
    "assessed visited published checked updated seen looked at new further rating ratings inspection "
    "inspections report reports review reviews full once ever rerated reinspected issued overall grade "
    "got received come out cqc official current"
)  # words that may come between "not" and "since" if the two belong together
THAN = _by_first_word([
    (("no less than; not less than; no fewer than; more than; longer than; over; above; at least; "
        "older than; greater than"), 1),
    ("not more than; no more than; not over; no older than; not older than; less than; fewer than; under; "
    "within; at most; up to; newer than; younger than; more recent than; more recently than", -1),
])  # fmt: skip
BY_AGE = words_of("older newer younger recent recently")  # these need no "old" or "ago" after the years
RECENT = words_of("last past previous preceding latest recent")
