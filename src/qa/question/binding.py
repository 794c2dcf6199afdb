"""Bind each rating to its aspects, service and time: chunks of ratings → chunks of conditions."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.changes import SMALL, against, change, not_moved_to, than_before
from qa.question.chunks import Bounds, Chunk, Chunks, unique
from qa.question.query import (
    WHOLE,
    Condition,
    Rated,
    RatedFor,
    When,
    conjunction,
)
from qa.question.vocabulary import Vocabulary

_THEN = ("before", "start", "from", "ever")
NOW = frozenset("currently now nowadays today".split()) | {"at present", "these days"}
_TELLS_ON = frozenset("got it that they which where".split()) | {
    "that is",
    "that was",
    "which is",
    "which was",
}  # words that continue about something just named
_STARTING = frozenset(("began", "begin", "begun", "kicked", "set", "start", "started", "starting", "starts"))
_NEAR = 4  # how many chunks, small words not counted, may be between a rating and its aspect


def bind(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Return the chunks with each rating made a condition ("cond"), bound to its aspects, service and
    time."""
    return _Binder(chunks, vocabulary).bound()


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
        when = self._when(chunk, taken)
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
            if (
                found is None
                or (found.kind == "aspects" and not self.vocabulary.key_questions)
                or (found.says("aspects", "any", "none") and not self._is_of_any(found, row, ahead))
                or found.says("aspects", "which")
                or any(found in other.taken for other in self.chunks)
                or id(found) in self._taken
            ):
                continue
            self._taken.add(id(found))
            taken += row
            whole = self.chunks.before(found)
            if whole is not None and whole.says("quantifier", "both", "all") and not whole.used:
                taken.append(whole)
            if found.kind == "aspect":
                return None, found.value, found.either
            if (named := self._named_behind(found)) is not None:
                taken.append(named)
                return None, named.value, False
            return self._of_five(found, row, taken)
        return None, (), False

    def _is_of_any(self, found: Chunk, row: Sequence[Chunk], ahead: bool) -> bool:
        """True if "any area" goes with a rating: behind it, or right before it with "rated" between."""
        beside = ahead or all(one is found or one.kind == "rated" for one in row)
        return beside and bool(self.vocabulary.key_questions)

    def _named_behind(self, five: Chunk) -> Chunk | None:
        """Return the key questions that follow by name: "all five of safe, effective, caring, …"."""
        behind = self.chunks[self.chunks.index(five) + 1 :][:2]
        if not five.says("aspects", "five") or [one.kind for one in behind] != ["function", "aspect"]:
            return None
        return behind[1] if behind[0].text == "of" and len(behind[1].value) > 1 else None

    @property
    def _taken(self) -> set[int]:
        if not hasattr(self, "_taken_ids"):
            self._taken_ids: set[int] = set()
        return self._taken_ids

    def _of_five(
        self, found: Chunk, row: Sequence[Chunk], taken: list[Chunk]
    ) -> tuple[Bounds | None, tuple[str, ...], bool]:
        five = self.vocabulary.key_questions
        quantity = next((one for one in row if one.kind == "quantity"), None)
        denied = any(
            one.kind == "not" for one in taken
        )  # not good for everything: for one at least it is not
        every = Bounds(1 if denied else len(five), None)
        if found.value == "any":  # "not good for any" is so for none; "not for at least one" leaves others
            none_is = denied and found.text.startswith("any")
            return (Bounds(len(five), None) if none_is else Bounds(1, None)), five, False
        if found.value == "none":
            return Bounds(0, 0), five, False
        if quantity is not None:
            whole = quantity.value.plain and quantity.value.low >= len(five)
            return every if whole else quantity.value, five, False
        if any(one.says("quantifier", "none") for one in row) or self._none_before(found, taken):
            return Bounds(0, 0), five, False
        if any(one.says("quantifier", "any") for one in row):
            single = denied and any(one.text in _NOT_EVEN for one in row)
            return Bounds(len(five) if single else 1, None), five, False
        left_out = [one for one in self.chunks if one.kind == "aspect" and one.out]
        taken += left_out
        gone = {aspect for one in left_out for aspect in one.value}
        if left_out:
            return None, tuple(aspect for aspect in five if aspect not in gone), False
        return every, five, False

    def _none_before(self, found: Chunk, taken: list[Chunk]) -> bool:
        place = self.chunks.index(found)
        for one in reversed(self.chunks[max(0, place - 3) : place]):
            if one.says("quantifier", "none"):
                taken.append(one)
                return True
            if one.kind not in ("ratings", *SMALL):
                return False
        return False

    def _beside(self, chunk: Chunk, ahead: bool) -> list[Chunk]:
        """The chunks from a rating up to and including its aspects; empty if none are near."""
        place = self.chunks.index(chunk)
        row = self.chunks[place + 1 :] if ahead else self.chunks[:place][::-1]
        taken: list[Chunk] = []
        for one in row:
            if sum(other.kind != "function" for other in row[: row.index(one)]) >= _NEAR:
                return []
            if one.kind in ("aspect", "aspects"):
                taken.append(one)
                return taken + (self._count_before(one) if not ahead else [])
            small = one.kind in SMALL or one.says("quantifier", "both", "all", "each", "any", "none")
            small = small or (one.kind == "quantity") or one.text in ("as", "with", "either")
            small = small or (ahead and one.kind == "kind" and self._is_for_aspect(one))
            small = small or (ahead and self._is_for_every(one, chunk))
            if not small:
                return []
            if one.kind not in ("function", "kind"):
                taken.append(one)
        return []

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
        place = self.chunks.index(aspects) - 1
        while place >= 0 and self.chunks[place].kind == "function":
            place -= 1
        one = self.chunks[place] if place >= 0 else None
        return (
            [one]
            if aspects.kind == "aspects"
            and one is not None
            and (one.kind == "quantity" or one.says("quantifier", "none", "any"))
            else []
        )

    def _when(self, chunk: Chunk, taken: list[Chunk]) -> When:
        """Now, before or ever, by the word of time nearest to a rating."""
        place = self.chunks.index(chunk)
        if (
            place + 1 < len(self.chunks)
            and self.chunks[place + 1].kind == "ratings"
            and _is_arrow(self.chunks[place + 1])
        ):
            return "before"
        behind = self.chunks[place - 1] if place else None
        if behind is not None and behind.kind == "change" and behind.text.endswith("from"):
            return "before"
        near: list[tuple[int, Chunk]] = []
        for other_place, other in enumerate(self.chunks):
            if other.kind != "time" or (other.value in ("from", "to") and other_place != place - 1):
                continue
            between = self.chunks[min(place, other_place) + 1 : max(place, other_place)]
            if other_place < place and self._came_later(other_place, between):
                continue
            if other_place > place and self._starts_another(other_place):
                continue
            if not any(one.kind in ("ratings", "subject") for one in between):
                near.append((abs(place - other_place) * 2 - (other_place < place), other))
        if self._was_so_then(place, near) or (self._later_another(place) and self._all_later(place, near)):
            return "before"
        if not near:
            return "now"
        time = min(near, key=lambda pair: pair[0])[1]
        taken += [time, *(one for _, one in near if one.value == time.value == "before" and one is not time)]
        ahead = place - 1
        while ahead >= 0 and self.chunks[ahead].kind in ("time", "function", "rated"):  # "start from good"
            if self.chunks[ahead].kind == "time":
                taken.append(self.chunks[ahead])
                time = self.chunks[ahead] if time.value in ("from", "to") else time
            ahead -= 1
        return {"before": "before", "start": "before", "from": "before", "ever": "ever"}.get(
            time.value, "now"
        )  # type: ignore[return-value]

    def _starts_another(self, place: int) -> bool:
        """True for "the good ones that started at requires improvement": the verb is about the rating right
        after it, not the one before."""
        behind = next((one for one in self.chunks[place + 1 :] if one.kind != "function"), None)
        return (
            self.chunks[place].text.split()[0] in _STARTING
            and behind is not None
            and behind.kind == "ratings"
        )

    def _came_later(self, place: int, between: Sequence[Chunk]) -> bool:
        """True for "inadequate before they were good": what comes after "before they" happened later."""
        earlier = any(one.kind == "ratings" for one in self.chunks[:place])
        pointed = any(one.says("follow", "pronoun") for one in between)
        return earlier and pointed and self.chunks[place].text == "before"

    def _was_so_then(self, place: int, near: Sequence[tuple[int, Chunk]]) -> bool:
        """True for "those that were inadequate are now good": the condition on the past comes first."""
        copula = self.chunks[place - 1] if place else None
        if copula is None or copula.text not in ("was", "were") or any(one.value in _THEN for _, one in near):
            return False
        behind = self.chunks[place + 1 :]
        now = next(
            (at for at, one in enumerate(behind) if one.says("time", "after") and one.text in NOW), None
        )
        return now is not None and any(one.kind == "ratings" for one in behind[max(0, now - 2) : now + 3])

    def _later_another(self, place: int) -> bool:
        """True for "requires improvement and later good": another rating follows at a later time."""
        behind = [one for one in self.chunks[place + 1 :] if one.kind not in SMALL]
        if len(behind) > 1 and behind[0].kind == "and":
            behind = behind[1:]
        later = len(behind) > 1 and behind[0].says("time", "after") and behind[0].text in _LATER
        return later and next((one.kind == "ratings" for one in behind if one.kind != "time"), False)

    def _all_later(self, place: int, near: Sequence[tuple[int, Chunk]]) -> bool:
        """True if no word of time near a rating comes before it."""
        return all(self.chunks.index(one) > place for _, one in near)


_LATER = frozenset(("afterwards", "eventually", "later", "subsequently"))
_NOT_EVEN = frozenset(("a single", "any", "any of", "even one"))  # "not good for a single key question"


def _is_arrow(chunk: Chunk) -> bool:
    return any(mark in chunk.spans[0].gap for mark in ("->", "→", "=>"))
