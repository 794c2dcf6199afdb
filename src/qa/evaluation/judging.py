"""Whether an answer is fully right: every part of the gold is checked, and each missing one is named; pure.

An answer is right when :func:`faults` finds nothing. Each check in :data:`CHECKS` looks at one part of the
gold and passes if the case does not give that part. docs/evaluation.md says the same in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qa.evaluation.cases import ABOUT_TEXT, MUST_BE_BARE, Case
from qa.evaluation.ranking_scores import relevance
from qa.evaluation.received import Response, plain
from qa.question.query import WHOLE

READ = 3  # evidence counts in this many of the first passages
# Words that many names share, so that they identify none.
_COMMON = frozenset(
    [
        "nhs",
        "foundation",
        "trust",
        "partnership",
        "combined",
        "healthcare",
        "health",
        "and",
        "social",
        "care",
        "south",
        "north",
        "west",
    ]
)


def faults(case: Case, told: Response) -> list[str]:
    """Return every way in which the answer falls short of the gold; empty if it is right."""
    if told.failed:
        refused_well = case.kind == "hostile" and 0 < told.http_status < 500
        return [] if refused_well else [f"HTTP {told.http_status}" if told.http_status else "no reply"]
    if not case.answerable:
        return list(_when_unanswerable(case, told))
    if case.kind == "ambiguous":
        return list(_when_ambiguous(case, told))
    if told.status != "answered":
        return [f"status {told.status}"]
    return [fault for check in CHECKS for fault in check(case, told)]


def _when_unanswerable(case: Case, told: Response) -> Iterator[str]:
    if told.status == "answered":
        yield "answered what has no answer"
    if told.facts and not case.facts:
        yield "gave facts where none belong"


def _when_ambiguous(case: Case, told: Response) -> Iterator[str]:
    if told.status != "ambiguous" and told.facts_total != case.total:
        yield "did not say that the name is shared"
    yield from _names(case, told)


def _facts(case: Case, told: Response) -> Iterator[str]:
    if case.facts and told_changes(told) != gold_changes(case):
        yield "facts differ"
    if not case.facts and case.kind in MUST_BE_BARE and told.facts:
        yield "gave facts where none belong"


def told_changes(told: Response) -> set[tuple[str, str, str]]:
    """Return the facts of the answer as (subject, before, after) in plain form."""
    return {
        (plain(fact.get("subject")), plain(fact.get("previous_rating")), plain(fact.get("rating")))
        for fact in told.facts
    }


def gold_changes(case: Case) -> set[tuple[str, str, str]]:
    """Return the gold facts as (subject, before, after) in plain form."""
    return {(plain(fact.trust), plain(fact.before), plain(fact.to)) for fact in case.facts}


def _direct(case: Case, told: Response) -> Iterator[str]:
    for pattern in case.direct:
        if not re.search(pattern, told.text, re.IGNORECASE):
            yield f"answer text lacks /{pattern}/"


def _points(case: Case, told: Response) -> Iterator[str]:
    found, wanted = points_told(case, told), len(case.points) if case.at_least is None else case.at_least
    if found < wanted:
        yield f"has {found} of {len(case.points)} points, {wanted} wanted"


def points_told(case: Case, told: Response) -> int:
    """Return how many points of a full answer the text contains."""
    return sum(bool(re.search(point, told.text, re.IGNORECASE)) for point in case.points)


def _evidence(case: Case, told: Response) -> Iterator[str]:
    if not case.evidence:
        return
    read = [str(passage["text"]) for passage in told.passages[:READ]] + [
        str(fact.get("note") or "") for fact in told.facts
    ]
    if not any(shows(case, text) for text in read):
        yield f"evidence not in the first {READ} passages"


def shows(case: Case, text: str) -> bool:
    """True if one text has all of the case's evidence."""
    return all(re.search(pattern, text, re.IGNORECASE) for pattern in case.evidence)


def _passage(case: Case, told: Response) -> Iterator[str]:
    if (case.spans or case.relevant is not None) and not any(
        gain > 0 for gain in relevance(case, told).gains[:READ]
    ):
        yield f"gold passage not in the first {READ}"


def _stray(case: Case, told: Response) -> Iterator[str]:
    if case.kind in ABOUT_TEXT and not case.facts and case.count is None:
        strays = [fact for fact in told.facts if not _is_named(fact, case)]
        if strays:
            yield f"stray fact about {strays[0].get('subject')}"


def _is_named(fact: Mapping[str, Any], case: Case) -> bool:
    """True if the conversation so far names the fact's subject, judged by the first five letters of one of
    its own words."""
    asked = plain(" ".join([*case.history, case.question]))
    return any(word not in _COMMON and word[:5] in asked for word in plain(fact.get("subject")).split())


def _figure(case: Case, told: Response) -> Iterator[str]:
    if case.figure is not None and not told.has_figure(float(case.figure)):
        yield f"figure {case.figure} not in the answer"


def _names(case: Case, told: Response) -> Iterator[str]:
    for name in case.names:
        if not told.names(name):
            yield f"missing {name}"


def _total(case: Case, told: Response) -> Iterator[str]:
    if case.total is not None and told.facts_total != case.total:
        yield f"total {told.facts_total} is not {case.total}"


def _values(case: Case, told: Response) -> Iterator[str]:
    for name, value in (case.values or {}).items():
        if isinstance(value, str):
            if not told.gives([name], value, case.domain or WHOLE):
                yield f"no fact gives {name} {value}"
        elif not told.has_figure(float(value)):
            yield f"figure {value} ({name}) not in the answer"


def _rating(case: Case, told: Response) -> Iterator[str]:
    if not case.rating:
        return
    aspect = case.domain or WHOLE
    if not case.values and not told.gives(case.names, case.rating, aspect):
        yield f"no fact gives {' or '.join(case.names)} {aspect} {case.rating}"
    if plain(case.rating) not in plain(told.text):
        yield f"answer text lacks {case.rating}"


def _winner(case: Case, told: Response) -> Iterator[str]:
    among = case.names or (*(case.values or {}), *case.winner)
    if case.winner and told.first_of(among) not in map(plain, case.winner):
        yield f"{' or '.join(case.winner)} not named first"


def _date(case: Case, told: Response) -> Iterator[str]:
    if case.date and not told.has_date(case.date):
        yield f"date {case.date} not in the answer"


CHECKS: tuple[Callable[[Case, Response], Iterator[str]], ...] = (
    _facts,
    _direct,
    _points,
    _evidence,
    _passage,
    _stray,
    _figure,
    _names,
    _total,
    _values,
    _rating,
    _winner,
    _date,
)
