"""Bind each rating to its aspects, service and time: chunks of ratings → chunks of conditions."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.all_but import deny_what_is_claimed
from qa.question.changes import SMALL, against, change, not_moved_to, than_before
from qa.question.chunks import Bounds, Chunk, Chunks, unique
from qa.question.counted_aspects import counted_aspects
from qa.question.query import (
    WHOLE,
    Condition,
    Rated,
    RatedFor,
    When,
    conjunction,
)
from qa.question.rating_time import time_of
from qa.question.still_so import say_still_so
from qa.question.vocabulary import Vocabulary

_TELLS_ON = frozenset("got it that they which where".split()) | {
    "that is",
    "that was",
    "which is",
    "which was",
}  # words that continue about something just named
_BETWEEN = (*SMALL, "quantity")  # kinds of chunk between a rating and its aspects
_HOW_MANY = ("both", "all", "each", "any", "none")
_LINKING = ("as", "with", "either")
_NEAR = 4  # how many chunks, small words not counted, may be between a rating and its aspect


def bind(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Return the chunks with each rating made a condition ("cond"), bound to its aspects, service and
    time."""
    return say_still_so(deny_what_is_claimed(_Binder(chunks, vocabulary).bound(), vocabulary))


def _without_unrated(chunks: Chunks, vocabulary: Vocabulary) -> None:
    """Take words that leave out those without a rating, if only rated ones meet the conditions: "the share of
    good homes, ignoring unrated ones". A share of a rating is of those rated."""
    conditions = [chunk.value for chunk in chunks if chunk.kind == "cond"]
    if conditions and all(_needs_rating(one, vocabulary) for one in conditions):
        for chunk in chunks:
            if chunk.kind == "unrated" and chunk.out:
                chunk.use("bound")


def _needs_rating(condition: Condition, vocabulary: Vocabulary) -> bool:
    """True for a condition that only an overall rating on the scale meets."""
    if not isinstance(condition, Rated) or condition.aspect != WHOLE:
        return False
    return set(condition.ratings) <= set(vocabulary.scale.others(()))


class _Binder:
    def __init__(self, chunks: Chunks, vocabulary: Vocabulary) -> None:
        self.chunks, self.vocabulary = chunks, vocabulary
        self.service = self._service()
        self._taken: set[int] = set()  # aspects that a rating has

    def bound(self) -> Chunks:
        """Replace the ratings chunks, in order, by conditions; the chunks that a condition includes are
        marked as used when it is used."""
        made = {id(chunk): self._rated(chunk) for chunk in self.chunks if chunk.kind == "ratings"}
        beside = against(self.chunks, self.service, self._taken)
        found = not_moved_to(Chunks(made.get(id(chunk), chunk) for chunk in than_before(self.chunks)))
        _without_unrated(found, self.vocabulary)
        if beside is not None:
            found.append(beside)
        return Chunks(change(chunk, self.chunks, self.service) for chunk in found)

    def _service(self) -> str:
        chunk = next((chunk for chunk in self.chunks if chunk.kind == "service"), None)
        if chunk is None:
            return WHOLE
        return self.vocabulary.service(chunk.value[0]) or WHOLE

    def _take_service(self) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.kind == "service"]

    # Ratings ------------------------------------------------------------------------------------------------

    def _rated(self, chunk: Chunk) -> Chunk:
        values = unique(rating for one in chunk.value for rating in one)
        taken: list[Chunk] = [*chunk.taken, *self._take_service()]
        own = self._exception_told(chunk, taken)
        bounds, aspects, either = (None, own, False) if own else self._aspects(chunk, taken)
        when = time_of(chunk, self.chunks, taken)
        service = self._service_of(chunk, aspects)
        condition = self._condition(values, aspects, bounds, either, when, taken, service)
        each = tuple(self._condition(one, aspects, bounds, either, when, [], service) for one in chunk.value)
        made = Chunk("cond", condition, chunk.spans, taken=taken, either=chunk.either, out=chunk.out)
        made.members = each
        for one in taken:
            one.used = one.used or "bound"
        return made

    def _condition(
        self,
        values: tuple[str, ...],
        aspects: tuple[str, ...],
        bounds: Bounds | None,
        either: bool,
        when: When,
        taken: list[Chunk],
        service: str,
    ) -> Condition:
        if bounds is not None:
            high = None if bounds.high is None else int(bounds.high)
            return RatedFor(values, aspects, int(bounds.low), high, service)
        if either and len(aspects) > 1:
            return RatedFor(values, aspects, 1, None, service)
        parts = [Rated(values, aspect, service, when) for aspect in aspects or (WHOLE,)]
        exception = self._but_for(values, aspects, taken)
        return conjunction(*parts, *exception)

    def _service_of(self, chunk: Chunk, aspects: tuple[str, ...]) -> str:
        """The service of a rating: the one in the question, except for an overall rating beside another that
        is for the service: "outstanding for older people but not outstanding overall"."""
        ratings = [one for one in self.chunks if one.kind == "ratings"]
        services = [place for place, one in enumerate(self.chunks) if one.kind == "service"]
        if aspects != (WHOLE,) or len(ratings) < 2 or not services:
            return self.service
        nearest = min(ratings, key=lambda one: abs(self.chunks.index(one) - services[0]))
        return self.service if nearest is chunk else WHOLE

    def _but_for(
        self, values: tuple[str, ...], aspects: tuple[str, ...], taken: list[Chunk]
    ) -> list[Condition]:
        """ "Good for everything except well-led": return the condition that the exception is not rated so."""
        left_out = [chunk for chunk in taken if chunk.kind == "aspect" and chunk.out]
        left_out = [chunk for chunk in left_out if self._rating_of_exception(chunk) is None]
        rest = self.vocabulary.scale.others(values)
        return [
            Rated(rest, aspect, self.service)
            for chunk in left_out
            for aspect in chunk.value
            if len(aspects) > 1
        ]

    def _rating_of_exception(self, aspect: Chunk) -> Chunk | None:
        """The rating given for an exception: "apart from well-led, which is inadequate"."""
        whole = any(one.says("aspects", "five") and one.start < aspect.start for one in self.chunks)
        for one in self.chunks[self.chunks.index(aspect) + 1 :] if whole and aspect.out else ():
            if one.kind == "ratings":
                return None if any(other.kind == "aspect" for other in self._beside(one, ahead=True)) else one
            if one.kind not in SMALL and one.text not in _TELLS_ON:
                return None
        return None

    def _exception_told(self, chunk: Chunk, taken: list[Chunk]) -> tuple[str, ...]:
        """Return the excepted aspects before the rating that applies to them; none if there are none."""
        for aspect in self.chunks:
            if aspect.kind == "aspect" and self._rating_of_exception(aspect) is chunk:
                between = self.chunks[self.chunks.index(aspect) : self.chunks.index(chunk)]
                taken += [one for one in between if one.kind != "function"]
                self._taken.add(id(aspect))
                return tuple(aspect.value)
        return ()

    def _aspects(self, chunk: Chunk, taken: list[Chunk]) -> tuple[Bounds | None, tuple[str, ...], bool]:
        """The bounds, the names and whether they are joined by "or", of the aspects that a rating is for;
        empty if none is given."""
        for ahead in (True, False):
            row = self._beside(chunk, ahead)
            found = next((one for one in row if one.kind in ("aspect", "aspects") and not one.out), None)
            if found is not None and self._is_free(found) and self._goes_with(found, row, ahead):
                self._taken.add(id(found))
                taken += row
                return self._aspects_of(found, row, taken)
        return None, (), False

    def _is_free(self, aspects: Chunk) -> bool:
        """True if no other rating or chunk has taken these aspects."""
        return id(aspects) not in self._taken and not any(aspects in other.taken for other in self.chunks)

    def _goes_with(self, aspects: Chunk, row: Sequence[Chunk], ahead: bool) -> bool:
        """True if aspects may belong to a rating beside them; ``row`` is what stands between."""
        if aspects.kind == "aspect":
            return True
        if not self.vocabulary.key_questions or aspects.says("aspects", "which"):
            return False
        if not aspects.says("aspects", "any", "none"):
            return True
        # "any area" goes with a rating behind it, or right before it with "rated" between
        return ahead or all(one is aspects or one.kind == "rated" for one in row)

    def _aspects_of(
        self, found: Chunk, row: Sequence[Chunk], taken: list[Chunk]
    ) -> tuple[Bounds | None, tuple[str, ...], bool]:
        """Likewise, of the chunk that gives the aspects; what goes with it is added to ``taken``."""
        whole = self.chunks.before(found)
        if whole is not None and whole.says("quantifier", "both", "all") and not whole.used:
            taken.append(whole)
        if found.kind == "aspect":
            return None, found.value, found.either
        if (named := self._named_behind(found)) is not None:
            taken.append(named)
            return None, named.value, False
        five = self.vocabulary.key_questions
        return *counted_aspects(found, row, self.chunks, five, taken), False

    def _named_behind(self, five: Chunk) -> Chunk | None:
        """Return the key questions that follow by name: "all five of safe, effective, caring, …"."""
        behind = self.chunks[self.chunks.index(five) + 1 :][:2]
        if not five.says("aspects", "five") or [one.kind for one in behind] != ["function", "aspect"]:
            return None
        return behind[1] if behind[0].text == "of" and len(behind[1].value) > 1 else None

    def _beside(self, chunk: Chunk, ahead: bool) -> list[Chunk]:
        """The chunks from a rating up to and including its aspects; empty if none are near."""
        place = self.chunks.index(chunk)
        row = self.chunks[place + 1 :] if ahead else self.chunks[:place][::-1]
        taken: list[Chunk] = []
        passed = 0
        for one in row:
            if passed >= _NEAR:
                return []
            if one.kind in ("aspect", "aspects"):
                return [*taken, one] if ahead else [*taken, one, *self._count_before(one)]
            if not self._may_be_between(one, chunk, ahead):
                return []
            if one.kind not in ("function", "kind"):
                taken.append(one)
            passed += one.kind != "function"
        return []

    def _may_be_between(self, one: Chunk, rating: Chunk, ahead: bool) -> bool:
        """True for what may stand between a rating and its aspects."""
        if one.kind in _BETWEEN or one.says("quantifier", *_HOW_MANY) or one.text in _LINKING:
            return True
        if ahead and one.kind == "kind":
            return self._is_for_aspect(one)
        return ahead and self._is_for_every(one, rating)

    def _is_for_aspect(self, noun: Chunk) -> bool:
        """True for "the poor ones for safety": the aspect comes after the noun and belongs to no other
        rating."""
        behind = self.chunks[self.chunks.index(noun) + 1 :][:4]
        aspects = [place for place, one in enumerate(behind) if one.kind == "aspect"]
        if aspects[:1] != [1] or behind[0].text not in ("for", "on"):
            return False
        return all(one.kind in ("function", "where", "and") for one in behind[2:])

    def _is_for_every(self, by: Chunk, rating: Chunk) -> bool:
        """True for "not good for every key question", which does not ask for a number for each of them."""
        denied = any(one.kind == "not" for one in rating.taken)
        behind = self.chunks.after(by)
        return (
            denied
            and by.says("by")
            and by.text.endswith("every")
            and behind is not None
            and behind.kind == "aspects"
        )

    def _count_before(self, aspects: Chunk) -> list[Chunk]:
        """The chunks of a count before the aspects: "three or more key questions at requires improvement"."""
        one = self.chunks.ahead_of(aspects, lambda other: other.kind == "function")
        if one is None or aspects.kind != "aspects":
            return []
        return [one] if one.kind == "quantity" or one.says("quantifier", "none", "any") else []
