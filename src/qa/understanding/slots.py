"""Mentions → slots: ratings with their roles and aspects, kinds, places, groups, and the words that none of them explains."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from qa.scale import Scale
from qa.understanding.lexicon import KindOfService, Sense
from qa.understanding.mentions import Mention
from qa.understanding.question import AskedRating, Place, Role
from qa.understanding.vocabulary import PLACE_FIELDS, Vocabulary

_NEAR = 3  # words between a rating and the word that gives it its role or aspect
_WEAK = {"from", "to"}  # they give a role only to the rating right behind them


def places(mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places mentioned: a council area before a region before a town, as CQC's users count."""
    found: list[Place] = []
    for mention in mentions:
        senses = sorted(mention.of(*PLACE_FIELDS), key=lambda sense: PLACE_FIELDS.index(sense.type))
        if senses and not mention.of("rating", "kind"):
            others = tuple(sense.type for sense in senses[1:])
            found.append(Place(senses[0].type, senses[0].value, others))
    return tuple(dict.fromkeys(found))


def kinds(mentions: Sequence[Mention], services: Sequence[str]) -> tuple[KindOfService, ...]:
    """Return the kinds of service mentioned, those that filter before those that do not, no kind twice."""
    told = [mention.of("kind") for mention in mentions if not (services and mention.says("service", *services))]
    found = [kind for senses in told for kind in _kinds(senses) if not (services and kind.loose)]
    unique = {kind.label: kind for kind in found}
    filtering = [kind for kind in unique.values() if kind.field]
    return tuple(filtering or unique.values())


def _kinds(senses: Sequence[Sense]) -> list[KindOfService]:
    """The lexicon's kinds, or the table's own where the lexicon has none."""
    return [sense.kind for sense in senses if sense.kind] or [KindOfService(sense.value, "kind", (sense.value,)) for sense in senses]


def aspects(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the aspects mentioned."""
    return tuple(dict.fromkeys(sense.value for mention in mentions for sense in mention.of("aspect")))


def services(mentions: Sequence[Mention], vocabulary: Vocabulary, rated: Container[str]) -> tuple[str, ...]:
    """Return the services mentioned that the tables rate by themselves. A word that may be a kind as well, such as "surgery", is a
    service only where the named subjects are ``rated`` for it."""
    held = {service.casefold(): service for service in vocabulary.services if service != "Overall"}
    found = [
        service
        for mention in mentions
        for sense in mention.of("service")
        if (service := held.get(sense.value.casefold())) and (service in rated or not mention.of("kind"))
    ]
    return tuple(dict.fromkeys(service for service in found if service))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the ratings among the mentions."""

    mentions: Sequence[Mention]
    scale: Scale

    def asked(self) -> tuple[AskedRating, ...]:
        """Return the ratings asked about, neighbours joined by "or" in one."""
        found: list[AskedRating] = []
        last_end = -9
        for index, mention in enumerate(self.mentions):
            senses = mention.of("rating", "range")
            if not senses:
                continue
            following = self._neighbour(index, 1, mention)
            if mention.text.startswith("not ") and following and following.of("rating"):
                continue  # "not rated Good": told by the negation of what follows
            one = self._one(index, mention, senses[0])
            if found and self._joins(found[-1], one, last_end, mention):
                joined = tuple(dict.fromkeys((*found[-1].ratings, *one.ratings)))
                aspect = one.aspect or found[-1].aspect  # "inadequate or good for safe"
                found[-1] = AskedRating(joined, f"{found[-1].text} or {one.text}", one.role, aspect, found[-1].negated)
            else:
                found.append(one)
            last_end = mention.end
        return tuple(found)

    def _joins(self, last: AskedRating, one: AskedRating, last_end: int, mention: Mention) -> bool:
        """Whether a rating is joined to the last one, which ends at ``last_end``: "good or outstanding"."""
        beside = mention.start - last_end <= 1 and not any(
            last_end <= other.start < mention.start and other.of("aspect") for other in self.mentions
        )
        negated = last.negated and not one.negated and mention.start == last_end  # "not good (inadequate)" says it in other words
        return beside and not negated and one.role == last.role and (last.negated or not one.negated)

    def _one(self, index: int, mention: Mention, sense: Sense) -> AskedRating:
        ratings, text = self._range(index, mention, sense)
        return AskedRating(ratings, text, self._role(index, mention), self._aspect(mention), self._negated(index, mention))

    def _range(self, index: int, mention: Mention, sense: Sense) -> tuple[tuple[str, ...], str]:
        following = self._neighbour(index, 1, mention)
        if sense.value == "fine" and following and following.of("kind"):
            return self.scale.ratings[1:2], self.scale.ratings[1]  # "any good care homes"
        if sense.type == "range":
            return (
                (self.scale.ratings[2:], mention.text)
                if sense.value == "bad"
                else (self.scale.ratings[:2], f"{self.scale.ratings[1]} or better")
            )
        word = self.scale.canonical(sense.value) or sense.value
        rank = self.scale.rank(word)
        before = self._neighbour(index, -1, mention)
        after = self._neighbour(index, 1, mention)
        rated = self.scale.ratings
        if rank is None:
            return (word,), word
        for neighbour, cue, chosen, label in (
            (before, "below", rated[rank + 1 :], f"below {word}"),
            (before, "above", rated[:rank], f"above {word}"),
            (before, "at_least", rated[: rank + 1], f"{word} or better"),
            (before, "at_most", rated[rank:], f"{word} or worse"),
            (after, "or_above", rated[: rank + 1], f"{word} or better"),
            (after, "or_below", rated[rank:], f"{word} or worse"),
        ):
            if neighbour and neighbour.says("comparator", cue) and chosen:
                return chosen, label
        return (word,), word

    def _neighbour(self, index: int, step: int, mention: Mention) -> Mention | None:
        other = self.mentions[index + step] if 0 <= index + step < len(self.mentions) else None
        if other is None:
            return None
        distance = mention.start - other.end if step < 0 else other.start - mention.end
        return other if distance <= (1 if step < 0 else 0) else None

    def _negated(self, index: int, mention: Mention) -> bool:
        near = [
            other
            for other in self.mentions[:index]
            if other.start > 0 and mention.start - other.end < _NEAR and (other.says("comparator", "not") or other.text == "not rated")
        ]
        return bool(near) and not any(near[-1].end <= other.start < mention.start and other.of("rating") for other in self.mentions)

    def _role(self, index: int, mention: Mention) -> Role | None:
        """A cue right before decides, then the nearest strong cue before or after the rating."""
        before = self._neighbour(index, -1, mention)
        if before is not None and before.text.split()[-1] == "from":
            return "before"
        if before is not None and before.text.split()[-1] == "to" and not mention.text.startswith(("require ", "need ")):
            return "after"
        strong = [other for other in self.mentions if other.of("cue") and other.text not in _WEAK]
        near: list[tuple[int, Role]] = []
        roles: tuple[Role, ...] = ("before", "after")
        for other in strong:
            distance = mention.start - other.end if other.end <= mention.start else other.start - mention.end + 1
            near += [(distance, role) for role in roles if other.says("cue", role)]
        return min(near)[1] if near else None

    def _aspect(self, mention: Mention) -> str | None:
        near = [
            (abs(other.start - mention.end) if other.start >= mention.end else mention.start - other.end + 1, sense.value)
            for other in self.mentions
            for sense in other.of("aspect")
            if other.start >= mention.end or not self._taken(other, mention)
        ]
        near = [(distance, value) for distance, value in near if distance <= _NEAR]
        return min(near)[1] if near else None

    def _taken(self, aspect: Mention, mention: Mention) -> bool:
        """Whether an aspect before a rating stands right behind another one: "good overall, requires improvement for safe"."""
        return any(other is not mention and 0 <= aspect.start - other.end <= 1 for other in self.mentions if other.of("rating", "range"))


def ratings(mentions: Sequence[Mention], scale: Scale) -> tuple[AskedRating, ...]:
    """Return the ratings that the question asks about, in reading order."""
    found = _Reader(mentions, scale).asked()
    told = [one for one in found if not one.negated and any(_explains(one, other) for other in found)]
    return tuple(one for one in found if not any(_explains(other, one) for other in told)) if told else found


def _explains(one: AskedRating, other: AskedRating) -> bool:
    """Whether a rating says in other words what a negated one says: "not good (inadequate)"."""
    alike = one.aspect == other.aspect and (one.role == other.role or one.role is None)
    return other.negated and not one.negated and alike and not set(one.ratings) & set(other.ratings)


def group(mentions: Sequence[Mention]) -> str | None:
    """Return the field by which figures are to be grouped, the first that is mentioned."""
    return next((sense.value for mention in mentions for sense in mention.of("group")), None)
