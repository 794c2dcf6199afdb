"""What the tables of one corpus say to a Query, or to the one that is answered in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.facts import FactStore
from qa.facts.result import Result
from qa.facts.run import run
from qa.question import query as q
from qa.question.areas import by_areas
from qa.question.asking_back import candidates_query
from qa.question.reading import Choice
from qa.scale import Scale

_FEW_TOLD = 2  # subjects of an answer that the next question may point at


class TableLookUp:
    """Looks Queries up in the tables; ``aspects`` are those besides the overall rating."""

    def __init__(self, facts: FactStore, scale: Scale, aspects: tuple[str, ...]) -> None:
        self._facts, self._scale, self._aspects = facts, scale, aspects

    def find(self, query: q.Query, documents: Sequence[str] | None) -> tuple[q.Query, Result]:
        """Return what the tables say to ``query``, with the Query that this answers. If they have nothing for
        it, it may be another: of every area instead of the whole, or the claim that the question supposes.
        """
        result = run(query, self._facts, self._scale, documents)
        if result.missing == "row" and (areas := by_areas(query, self._aspects, self._scale)) != query:
            rated = run(areas, self._facts, self._scale, documents)
            query, result = (areas, rated) if rated.facts else (query, result)
        if not result.facts and (supposed := supposition(query)) is not None:
            query, result = supposed, run(supposed, self._facts, self._scale, documents)
        if (
            query.claim is not None
            and not result.whole
            and result.missing not in ("before", "history")
            and isinstance(query.scope, q.Named)
        ):
            query = candidates_query(query.scope, query)  # "is it good?" about somebody who has no rating
            result = run(query, self._facts, self._scale, documents)
        return query, self._rolled_up(query, result, documents)

    def candidates(self, choice: Choice, query: q.Query, documents: Sequence[str] | None) -> Result:
        """The ratings of everybody who may be meant, as asked for or overall; none unless the answer asks
        which one is meant.
        """
        if not choice.subjects:
            return Result()
        asked = candidates_query(choice.named, query)
        result = run(asked, self._facts, self._scale, documents)
        whole = replace(asked, measure=q.Ratings((q.WHOLE,)))
        return result if result.facts or asked == whole else run(whole, self._facts, self._scale, documents)

    def _rolled_up(self, query: q.Query, result: Result, documents: Sequence[str] | None) -> Result:
        """Add the total to a count of an owner's places by rating: "4 of its 8 homes"."""
        counts_all = query.measure == q.Count() and not query.by and not query.against
        places = _places_of_owner(query.scope) if counts_all else None
        if places is None:
            return result
        whole = run(q.Query(places), self._facts, self._scale, documents, limit=1)
        split = run(q.Query(query.scope, q.Count(), by=("rating",)), self._facts, self._scale, documents)
        told = result.total if result.figure is None else int(result.figure)
        return replace(result, matching=told, whole=whole.total, groups=split.groups)

    def told_of(self, before: Sequence[q.Query]) -> tuple[str, ...]:
        """Return the subjects of the last of these Queries, if they are few: "it" may mean one of them."""
        asked = before[-1] if before and before[-1].prose is None else None
        result = run(asked, self._facts, self._scale, limit=_FEW_TOLD + 1) if asked else Result()
        subjects = tuple(dict.fromkeys(fact.subject for fact in result.facts))
        return subjects if len(subjects) <= _FEW_TOLD else ()


def _places_of_owner(scope: q.Condition) -> q.Condition | None:
    """Return the scope without its ratings; ``None`` if it has none, or is not about an owner's places."""
    parts = q.parts_of(scope)
    others = [part for part in parts if not isinstance(part, q.Rated | q.RatedFor | q.Moved | q.Happened)]
    owned = any(isinstance(part, q.Is) and part.field in ("provider", "brand") for part in others)
    return q.conjunction(*others) if owned and len(others) < len(parts) else None


def supposition(query: q.Query) -> q.Query | None:
    """Return what "When did Oak House become good?" supposes, as a claim to deny if it is false; ``None`` for
    other questions.
    """
    parts = q.parts_of(query.scope)
    named = [part for part in parts if isinstance(part, q.Named)]
    rated = [part for part in parts if isinstance(part, q.Rated) and part.when == "now"]
    if (
        not isinstance(query.measure, q.Dates)
        or query.claim
        or query.by
        or len(named) != 1
        or len(rated) != len(parts) - 1
        or not rated
    ):
        return None
    return q.Query(named[0], claim=q.Claim(q.ALL, q.conjunction(*rated)))
