"""How sure it is that a question was read as it was meant: a logistic model over features of the parse and of
the result.

The coefficients are fitted by benchmarks/certainty.py on made questions and kept in certainty.toml.
docs/ranking.md describes the features.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from qa.facts.result import Result
from qa.language.dictionary import ordinary
from qa.language.tokens import key
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.families import names_somebody
from qa.question.parse import Parsed
from qa.question.parts import Meant
from qa.question.query import Condition, Query

LEAST, MOST = 0.02, 0.99  # the bounds of any confidence
EVEN = 0.5  # of the longest questions, too, half are read right at the first try
_IDLE = frozenset(
    ("or", "follow", "measure", "run_by")
)  # kinds of chunks that carry meaning if they are used
Signs = Mapping[str, float]


def signs(parsed: Parsed, queries: Sequence[Query], *, follows: bool) -> dict[str, float]:
    """Return the features of a reading, 0 where one does not apply: what was left out or guessed, and what
    the Queries look like."""
    return {
        **_of_words(parsed),
        **_of_names(parsed),
        **_of_queries(parsed, queries),
        "follows": float(follows),
    }


def signs_found(query: Query, result: Result) -> dict[str, float]:
    """Return the features of a result: people mostly ask about things that they expect to exist."""
    figure = result.figure if result.figure is not None else float(result.total or len(result.groups))
    nothing = not (
        result.facts
        or result.groups
        or result.values
        or figure
        or any(side.facts or side.figure for side in result.sides)
    )
    return {
        "nothing_found": float(nothing and query.claim is None),
        "nothing_claimed": float(query.claim is not None and not result.matching),
        "no_whole": float(result.whole == 0),
    }


def confidence(told: Signs) -> float:
    """Return the probability that a reading with these features is right."""
    model = coefficients()
    return _probability(model["constant"] + _weighted(told, model))


def in_view_of(sure: float, query: Query, result: Result) -> float:
    """Return the confidence in a reading, adjusted to what was found for it; a reading that is certain (asked
    in canonical English) stays certain."""
    if sure >= 1:
        return sure
    return _probability(math.log(sure / (1 - sure)) + _weighted(signs_found(query, result), coefficients()))


def as_first_asked(sure: float, words: int) -> float:
    """Return the confidence in a reading of a question of so many words that nobody has seen before: the
    model is fitted on questions that were learned from, and long ones are misread more often than it can
    tell. A reading that is certain stays certain, and none becomes surer."""
    if sure >= 1:
        return sure
    fitted = _fitted("first_asked")
    odds = fitted["shrunk"] * math.log(sure / (1 - sure)) + fitted["constant"]
    beyond = min(max(words, fitted["few"]), fitted["many"]) - fitted["few"]
    return min(sure, max(EVEN, _probability(odds + fitted["word"] * beyond)))


def coefficients() -> Mapping[str, float]:
    """Return the fitted coefficients by feature name."""
    return _fitted("certainty")


@cache
def _fitted(name: str) -> Mapping[str, float]:
    """Return the numbers that a benchmark has fitted, from the file and the table of this name."""
    text = files("qa.question").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[name])


def _weighted(told: Signs, model: Mapping[str, float]) -> float:
    return math.fsum(model.get(name, 0.0) * value for name, value in told.items())


def _probability(odds: float) -> float:
    return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


# Features ---------------------------------------------------------------------------------------------------


def _of_words(parsed: Parsed) -> dict[str, float]:
    left_out = [chunk for chunk in parsed.left_out if not chunk.used]
    words = [word.text for chunk in left_out for word in parsed.annotated.words[chunk.start : chunk.end]]
    known = [ordinary(word) or word.isdigit() for word in words]  # otherwise most likely a slip
    idle = [
        chunk for chunk in parsed.chunks if chunk.kind in _IDLE and not chunk.used and chunk not in left_out
    ]
    return {
        "left_out": float(sum(known)),
        "left_out_slips": float(len(known) - sum(known)),
        "idle_words": float(len(idle)),
        "corrected": float(len(parsed.annotated.corrections)),
    }


def _of_names(parsed: Parsed) -> dict[str, float]:
    named = [chunk for chunk in parsed.chunks if chunk.kind == "subject"]
    meant = [one for chunk in parsed.chunks for one in _meant(chunk)]
    untold, unlike = zip(*map(_likeness, named), strict=True) if named else ((0.0,), (0.0,))
    return {
        "name_untold": max(untold),  # the share of a name's words that were not typed
        "name_unlike": max(unlike),  # the share of the typed words that are not the name's
        "two_fields": float(sum(bool(one.others) for one in meant)),
    }


def _meant(chunk: Chunk) -> Sequence[Meant]:
    values = chunk.value if isinstance(chunk.value, tuple) else (chunk.value,)
    return [value for value in values if isinstance(value, Meant)]


def _likeness(chunk: Chunk) -> tuple[float, float]:
    labels = {word for one in _meant(chunk) for label in one.labels for word in key(label).split()}
    typed = set(chunk.text.split())
    if not labels or not typed:
        return 0.0, 0.0
    return len(labels - typed) / len(labels), len(typed - labels) / len(typed)


def _of_queries(parsed: Parsed, queries: Sequence[Query]) -> dict[str, float]:
    found: dict[str, float] = {}
    for query in queries:
        for name, value in _of_query(parsed, query).items():
            found[name] = max(value, found.get(name, 0.0))
    return found


def _of_query(parsed: Parsed, query: Query) -> dict[str, float]:
    return {
        **_of_measure(parsed, query),
        **_of_scope(query),
        **_of_groups(query),
        **_of_time_and_claim(parsed, query),
    }


def _simple(query: Query) -> list[Condition]:
    return [one for part in q.parts_of(query.scope) for one in q.simple_conditions(part)]


def _of_measure(parsed: Parsed, query: Query) -> dict[str, float]:
    measure = "claim" if query.claim else type(query.measure).__name__.casefold()
    rated = any(isinstance(one, q.Rated) for one in _simple(query))
    bare = query == Query(query.scope) and not names_somebody(query) and not rated
    return {f"asks_{measure}": 1.0, "asks_nothing": float(bare and not parsed.any("list"))}


def _of_scope(query: Query) -> dict[str, float]:
    parts, simple, named = q.parts_of(query.scope), _simple(query), names_somebody(query)
    told = query.claim.condition if query.claim else getattr(query.measure, "of", None)
    rated = [one for one in simple if isinstance(one, q.Rated)]
    return {
        "conditions": float(len(simple)),
        "all_of_them": float(query.scope == q.EVERYTHING),
        "alternatives": float(sum(isinstance(part, q.Or) for part in parts)),
        "left_aside": float(sum(isinstance(part, q.Not) for part in parts)),
        "named_and_more": float(
            named and any(isinstance(part, q.Is | q.Postcode | q.NameHas) for part in parts)
        ),
        "told_twice": float(len(_rated_now(told)) > 1),
        "cut": float(query.most is not None),
        "names_cut": float(query.most is not None and named),
        "rated_twice": float(len(rated) > len({(one.aspect, one.service, one.when) for one in rated})),
        "own_number": float(
            any(isinstance(part, q.Measured) for part in simple) or isinstance(query.measure, q.Total)
        ),
    }


def _of_groups(query: Query) -> dict[str, float]:
    return {
        "in_groups": float(bool(query.by)),
        "in_two_groups": float(len(query.by) > 1),
        "having": float(bool(query.having)),
        "across": float(query.across is not None),
        "ranked": float(query.ranks is not None),
        "rows_ranked": float(query.order is not None and query.order.key not in ("figure", "date")),
        "compared": float(bool(query.against)),
        "compared_by_several": float(len(query.against) > 1),
    }


def _of_time_and_claim(parsed: Parsed, query: Query) -> dict[str, float]:
    past = [
        one
        for one in _simple(query)
        if isinstance(one, q.Moved | q.Happened) or (isinstance(one, q.Rated) and one.when != "now")
    ]
    return {
        "past": float(bool(past)),
        "yes_no_unclaimed": float(parsed.yes_no and query.claim is None and query.relation is None),
        "claimed_unasked": float(query.claim is not None and not parsed.yes_no),
    }


def _rated_now(told: object) -> list[Condition]:
    parts = told.parts if isinstance(told, q.And) else ()
    return [
        part
        for part in parts
        if isinstance(part, q.Rated | q.RatedFor) and getattr(part, "when", "now") == "now"
    ]
