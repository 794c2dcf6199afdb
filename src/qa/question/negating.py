"""Attaches negations to the words they negate: "not good", "except Leeds", "neither in Leeds nor good"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa.question.chunks import Chunk, Chunks, unique
from qa.question.vocabulary import Vocabulary

_ALL_OF = frozenset(("any", "anything", "any of them"))
_BEGINNING = frozenset("is are was were has have had that which who".split())  # words that begin a statement
_NEGATED = frozenset(
    "ratings unrated aspect aspects where provider subject kind value is service called period change "
    "quantity cond postcode closing named".split()
)


def bind_negations(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Attach "not" and "except" to the words they negate; a negation that fits nothing stays unused, and the
    answer says so."""
    negating = _Negating(chunks, vocabulary)
    for place, chunk in enumerate(chunks):
        if not (negating.opens(chunk, place) or (negating.pending and negating.applies(chunk, place))):
            negating.found.append(chunk)
    return negating.found


@dataclass(slots=True)
class _Negating:
    """The chunks of a question, those ``found`` so far with their negations, and the negations that are
    ``pending``: not yet attached to anything."""

    chunks: Chunks
    vocabulary: Vocabulary
    found: Chunks = field(default_factory=Chunks)
    pending: list[Chunk] = field(default_factory=list)

    def opens(self, chunk: Chunk, place: int) -> bool:
        """Add a chunk that negates others or is more than a plain negation; return false for any other
        one."""
        if chunk.says("except", "aside"):
            _left_aside(chunk, self.found)
            self.found.append(chunk)
        elif _lack_a_kind(self.chunks, place):
            none = Chunk("quantifier", "none", chunk.spans)  # "councils without an outstanding home"
            self.found.append(none)
        elif chunk.kind == "except" and _is_of_majority(self.chunks, place):
            self.found[-1] = Chunk("versus", "than not", (*self.found[-1].spans, *chunk.spans))
        elif chunk.kind in ("not", "except"):
            # "neither in Ripon nor good": each separately
            self.pending = [*(one for one in self.pending if not one.used), chunk]
            self.found.append(chunk)
        elif _leaves_the_first_out(self.chunks, place):
            chunk.kind, chunk.value = "except", ""
            self.pending.append(chunk)
            self.found.append(chunk)
        else:
            return False
        return True

    def applies(self, chunk: Chunk, place: int) -> bool:
        """Add a chunk that a pending negation applies to; return false for any other one."""
        last = self.pending[-1]
        if chunk.says("quantifier", "any") and _stands_right_before(last, self.chunks, place):
            self.found.append(_of_any(chunk, self.pending, self.found, self.chunks))
        elif _points(chunk, self.chunks, place) and _beside(self.chunks, last, place):
            chunk.used = "bound"  # "leaving out those in Skegness", "except the ones that are good"
            self.found.append(chunk)
        elif _is_told_by_name(self.chunks, last, place):
            again = any(one.kind == "kind" for one in self.chunks if one is not chunk)
            chunk.used = "bound" if again else chunk.used
            self.found.append(chunk)
        elif chunk.kind in _NEGATED and _reaches(self.chunks, last, place):
            for one in self.pending:
                one.used = "bound"
            self.found.append(_negated(chunk, self.pending, self.vocabulary))
            self.pending = _still_denied(self.pending, self.chunks, place)
        else:
            return False
        return True


def _leaves_the_first_out(chunks: Chunks, place: int) -> bool:
    """True for "after" in "after Shrewsbury, which town has the most?"."""
    return (
        chunks[place].says("time", "after") and chunks[place].text == "after" and _named_behind(chunks, place)
    )


def _is_of_majority(chunks: Chunks, place: int) -> bool:
    """True for "not in" in "more good homes than not in Leeds", if no place comes before it."""
    ahead = chunks[:place]
    than = bool(ahead) and ahead[-1].says("versus", "than") and chunks[place].text in ("not at", "not in")
    return (
        than and any(one.kind == "ratings" for one in ahead) and not any(one.kind == "where" for one in ahead)
    )


def _of_any(chunk: Chunk, pending: list[Chunk], found: Chunks, chunks: Chunks) -> Chunk:
    """Return what "any" means after a negation: none, everything in an exception, or whether there is one."""
    if pending[-1].kind == "except" and chunk.text in _ALL_OF:
        chunk.used = "bound"  # "excluding anything rated before 2020"
        return chunk
    negation = pending.pop()
    if _asks_whether_there_is(chunks, chunks.index(chunk)):
        negation.used = "bound"  # "isn't there a single good home?"
        return chunk
    found.remove(negation)
    return Chunk("quantifier", "none", (*negation.spans, *chunk.spans))  # "without any"


def _still_denied(pending: list[Chunk], chunks: Chunks, place: int) -> list[Chunk]:
    """Return the negations that also apply to the words after: "not in Ripon or good" is neither."""
    if not _goes_on(chunks, pending[-1], place):
        return []
    if chunks[place + 1].kind == "or":
        chunks[place + 1].kind = "and"
    return pending


def _stands_right_before(negation: Chunk, chunks: Chunks, place: int) -> bool:
    """True if at most "there" comes between a negation and a chunk: "not any", "aren't there any"."""
    ahead = chunks[place - 1]
    return (chunks[place - 2] if ahead.says("follow", "there") and place > 1 else ahead) is negation


def _asks_whether_there_is(chunks: Chunks, place: int) -> bool:
    """True after a denied verb and "there" that open a question, which asks whether there is one."""
    first, *rest = chunks[:place]
    return first.kind == "not" and first.text.endswith("nt") and [one.text for one in rest] == ["there"]


def _points(chunk: Chunk, chunks: Chunks, place: int) -> bool:
    """True for words that stand for the subjects in general: "those", "the ones", "places", "the two run by
    …"."""
    if chunk.kind == "quantity":
        behind = chunks[place + 1] if place + 1 < len(chunks) else None
        the = place > 0 and chunks[place - 1].text in ("the", "those", "these")
        return chunk.value.plain and the and behind is not None and behind.kind != "kind"
    if chunk.kind == "kind":
        return not any(kind.field for kind in chunk.value)
    return chunk.says("follow", "pronoun")


def _is_told_by_name(chunks: Chunks, exception: Chunk, place: int) -> bool:
    """True for the noun in "leaving out every trust with Foundation in its name", where the words in the name
    are left out of all trusts; not beside another noun, which may be a wider one."""
    behind = [one for one in chunks[place + 1 : place + 3] if one.kind not in ("function", "and")]
    nouns = [one.value for one in chunks if one.kind == "kind"]
    named = exception.kind == "except" and bool(behind) and behind[0].kind == "named"
    return named and chunks[place].kind == "kind" and all(value == nouns[0] for value in nouns)


def _beside(chunks: Chunks, exception: Chunk, place: int) -> bool:
    """True if the excepted words come after a word such as "those"."""
    between = chunks[chunks.index(exception) + 1 : place]
    return (
        exception.kind in ("except", "not")
        and all(one.kind == "function" for one in between)
        and any(one.kind in _NEGATED for one in chunks[place + 1 :])
    )


def _lack_a_kind(chunks: Chunks, place: int) -> bool:
    """True if places of a kind with a rating are missing, rather than the rating: "without a good home", and
    for groups "towns that don't have a good home", "… any home rated good"."""
    chunk = chunks[place]
    denied = chunk.kind == "not" and any(one.kind == "field" for one in chunks[:place])
    if chunk.text != "without" and not denied:
        return False
    behind = [one for one in chunks[place + 1 : place + 9] if not _is_small(one)]
    if [one.kind for one in behind[:2]] not in (["ratings", "kind"], ["kind", "ratings"]):
        return False
    for one in chunks[place + 1 : chunks.index(behind[0])]:
        if one.says("quantifier", "any"):
            one.used = "bound"  # "don't have any" is "have no"
    return True


def _is_small(chunk: Chunk) -> bool:
    """True for the words between a negation, the places and their rating: "have", "any", "that is rated"."""
    return chunk.kind in ("function", "rated") or chunk.text in _HAVING or chunk.says("quantifier", "any")


_HAVING = frozenset("a an contain got had has have hold own run to".split())


def _left_aside(chunk: Chunk, found: Chunks) -> None:
    """Make an exception of the words before "aside" or "excluded": "Leaving Oxleas aside"."""
    chunk.used = "bound"
    last = _last_named(found)
    if last is None or last.out:
        return
    if (
        len(last.spans) > 1 and len(last.value) > 1 and last.spans[-1].gap
    ):  # "the South East, London excluded"
        rest = replace(last, value=last.value[:-1], spans=last.spans[:-1])
        found[found.index(last)] = rest
        last = replace(last, value=last.value[-1:], spans=last.spans[-1:])
        found.append(last)
    last.out = True
    last.taken.append(chunk)


def _last_named(found: Chunks) -> Chunk | None:
    """The last words that can be left out: of "unrated homes", those without a rating, not all homes."""
    last = next((one for one in reversed(found) if one.kind in _NEGATED), None)
    described = found.before(last) if last is not None and last.kind == "kind" else None
    if last is None or described is None or described.kind not in ("ratings", "unrated"):
        return last
    last.used = "bound"
    return described


def _named_behind(chunks: Chunks, place: int) -> bool:
    behind = chunks[place + 1] if place + 1 < len(chunks) else None
    return (
        behind is not None
        and behind.kind in ("where", "provider", "subject")
        and any(one.kind == "super" for one in chunks)
    )


def _reaches(chunks: Chunks, negation: Chunk, place: int) -> bool:
    """True if only small words come between a negation and what it applies to."""
    begin = chunks.index(negation) + 1
    between = chunks[begin:place]
    loose = ("function", "rated", "run_by", "and", "or", "not", "except", "quantifier", "time", "postcode")
    bound = negation.kind == "except"
    return all(
        one.kind in loose or one.used == "bound" or (bound and one.kind in _NEGATED) or one.text in ("nor",)
        for one in between
    )


def _goes_on(chunks: Chunks, negation: Chunk, place: int) -> bool:
    """True if a list of another kind continues after: "except in Leeds and GP practices", "neither in Leeds
    nor good"; not for "not in Leeds and good", nor for a new verb: "except in Leeds and are good"."""
    behind = chunks[place + 1 : place + 3]
    if not behind or (behind[0].kind == "and" and "not" in negation.text.split()):
        return False
    anew = len(behind) > 1 and behind[1].text in _BEGINNING
    said = any(one.text in _BEGINNING for one in chunks[chunks.index(negation) + 1 : place])
    return behind[0].text == "nor" or (
        behind[0].kind in ("and", "or") and behind[0].text != "but" and (said or not anew)
    )


def _negated(chunk: Chunk, negations: Sequence[Chunk], vocabulary: Vocabulary) -> Chunk:
    odd = len(list(negations)) % 2 == 1
    if chunk.kind != "ratings" or not odd:
        return replace(chunk, out=odd, taken=[*chunk.taken, *negations])
    left_out = {rating for values in chunk.value for rating in values}
    wide = any(one.kind == "except" for one in negations)
    rest = vocabulary.scale.others(left_out)
    folded = {rating.casefold() for rating in (*left_out, *rest)}
    if wide:
        rest = (*rest, *(rating for rating in unique(vocabulary.ratings) if rating.casefold() not in folded))
    return replace(chunk, value=(rest,), out=False, taken=[*chunk.taken, *negations])
