"""What is asked after a comparison, of the sides compared: another figure, another rating, another key
question, or whether it is so of either, both or neither of them.

"Kent or Essex: who has more outstanding homes, and who has the bigger share?", "…, and who has fewer
inadequate ones?", "…, which is better for safe?", "…, and has either any inadequate one?"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from qa.question import query as q
from qa.question.chunks import Chunk, unique
from qa.question.families import family, in_saying_order, is_rating
from qa.question.order_of_both import share_of_better
from qa.question.parse import Parsed, parse
from qa.question.query import Claim, Condition, Order, Query, conjunction, parts_of
from qa.question.references import is_pointer
from qa.question.vocabulary import Vocabulary
from qa.question.worth import puts_more_first, way_said

_SMALL = frozenset(
    "and aspect compare cond follow function measure or quality quantifier rated super".split()
)
_KNOWN = _SMALL | {"versus", "kind"}
_OTHERS = ("difference", "ratio", "mean", "sum", "when", "provider", "address", "kind")  # not of each side


def of_same_sides(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> list[Query]:
    """Return the Queries of ``parsed``, asked after the comparison ``before`` of the same sides; none if it
    asks anything else."""
    sides = _Sides.of(before)
    if sides is None or not _is_of_the_sides(parsed, sides):
        return []
    claim = _claim_of(parsed, vocabulary)
    if claim is not None:
        made = sides.claimed(claim, apart=_says_each(parsed))
    elif _compares(parsed) or _goes_on(parsed):
        made = sides.compared(parsed, vocabulary)
    else:
        return []
    for chunk in parsed.chunks if made else ():
        chunk.use(chunk.used or ("claim" if claim is not None else "against"))
    return made


def points_at_sides(before: Query | None, parsed: Parsed) -> bool:
    """True for a question that compares, with nothing of its own to compare: "is it better for caring?",
    "which has the higher share of inadequate ones?"."""
    if before is None or not before.against or not _compares(parsed):
        return False
    nouns = [chunk for chunk in parsed.chunks if chunk.kind == "kind" and not is_pointer(chunk)]
    return not nouns and all(chunk.kind in _KNOWN or _is_pronoun(chunk) for chunk in parsed.chunks)


class _Sides:
    """The sides of a comparison: what each has for itself, what they share, and the ratings that are counted
    in each."""

    def __init__(self, before: Query) -> None:
        scopes = [parts_of(scope) for scope in (before.scope, *before.against)]
        alike = _alike(scopes)
        self.before = before
        self.shared = [part for part in alike if not is_rating(part)]
        self.own = [[part for part in scope if part not in alike] for scope in scopes]
        told = parts_of(before.measure.of) if isinstance(before.measure, q.Share) else ()
        self.told = [*told, *filter(is_rating, alike)]

    @classmethod
    def of(cls, before: Query) -> _Sides | None:
        """Return the sides of a comparison of subjects, places, owners or kinds; ``None`` for ratings that
        are compared, and if nothing is."""
        if not before.against or before.by or before.claim is not None or before.at is not None:
            return None
        if not isinstance(before.measure, q.Count | q.Share | q.Ratings):
            return None
        sides = cls(before)
        return sides if all(own and not any(map(is_rating, own)) for own in sides.own) else None

    def scopes(self, *more: Condition) -> list[Condition]:
        """Return the scope of each side with ``more`` conditions."""
        return [in_saying_order(*self.shared, *own, *more) for own in self.own]

    def claimed(self, claim: Claim, *, apart: bool) -> list[Query]:
        """Return ``claim`` about each side, or about all of them at once."""
        if apart:
            return [Query(scope, claim=claim) for scope in self.scopes()]
        whole = _at_once([conjunction(*own) for own in self.own])
        return [Query(in_saying_order(*self.shared, whole), claim=claim)]

    def compared(self, parsed: Parsed, vocabulary: Vocabulary) -> list[Query]:
        """Return the sides compared by what ``parsed`` asks; none if there is nothing to compare them by."""
        found = self._ratings_asked(parsed) if self._is_of_ratings else self._figure(parsed, vocabulary)
        if found is None:
            return []
        measure, scopes = found
        way = way_said(parsed.chunks)
        first = bool(way) and puts_more_first(vocabulary.scale, measure, scopes[0], way)
        made = Query(scopes[0], measure, against=tuple(scopes[1:]), relation="compare")
        if parsed.yes_no and (way or _says_more(parsed)):
            return [replace(made, relation="better" if first or not way else "worse")]
        order = Order("rating" if self._is_of_ratings else "figure", first) if way else None
        return [replace(made, order=order)]

    @property
    def _is_of_ratings(self) -> bool:
        return isinstance(self.before.measure, q.Ratings)

    def _ratings_asked(self, parsed: Parsed) -> tuple[q.Measure, list[Condition]] | None:
        """The ratings of each side, for the key questions that are named; ``None`` if a figure is asked
        for."""
        measure = self.before.measure
        if (
            parsed.has("cond")
            or parsed.any("measure", "share", "count")
            or not isinstance(measure, q.Ratings)
        ):
            return None
        aspects = _aspects(parsed)
        service = q.WHOLE if tuple(aspects) == (q.WHOLE,) else measure.service  # "and overall?"
        return replace(measure, aspects=aspects or measure.aspects, service=service), self.scopes()

    def _figure(self, parsed: Parsed, vocabulary: Vocabulary) -> tuple[q.Measure, list[Condition]] | None:
        """The number or share of each side; ``None`` for a share of nothing that was said."""
        told = self._ratings(parsed, vocabulary)
        better = share_of_better(parsed, vocabulary.scale)
        if better is not None and not told:  # "are they better?" of sides only counted
            return better, self.scopes()
        if not self._asks_share(parsed):
            return q.Count(), self.scopes(*told)
        return (q.Share(conjunction(*told)), self.scopes()) if told else None

    def _asks_share(self, parsed: Parsed) -> bool:
        """True if a share is asked for, or the one before again: "which is better for safe?"."""
        if parsed.any("measure", "share") or _says_rate(parsed):
            return True
        counted = parsed.any("measure", "count") or parsed.any("compare", "more", "fewer")
        counted = counted or parsed.any("super", "most", "least")
        return isinstance(self.before.measure, q.Share) and not counted

    def _ratings(self, parsed: Parsed, vocabulary: Vocabulary) -> list[Condition]:
        """The ratings that are counted: those of ``parsed``, or those before, for another key question if it
        names one."""
        said = [part for chunk in parsed.chunks if chunk.kind == "cond" for part in parts_of(chunk.value)]
        if said:
            return said
        aspects, fine = _aspects(parsed), vocabulary.scale.fine
        if not aspects:
            return self.told
        rated = unique(one.ratings for one in self.told if isinstance(one, q.Rated)) or (fine,)
        return [q.Rated(ratings, aspect) for ratings in rated for aspect in aspects]


def _alike(scopes: Sequence[Sequence[Condition]]) -> list[Condition]:
    """The conditions of the first scope that all have."""
    return [part for part in scopes[0] if all(part in scope for scope in scopes)]


def _at_once(sides: Sequence[Condition]) -> Condition:
    """Return what is true of all that is on any of the sides."""
    listed = [side for side in sides if isinstance(side, q.Is)]
    if len(listed) == len(sides) and len({side.field for side in listed}) == 1:
        return q.Is(listed[0].field, unique(value for side in listed for value in side.values))
    named = [side for side in sides if isinstance(side, q.Named)]
    return _named_together(named) if len(named) == len(sides) else q.disjunction(*sides)


def _named_together(named: Sequence[q.Named]) -> q.Named:
    numbers = chain.from_iterable(part.subjects for part in named)
    return q.Named(tuple(numbers), tuple(chain.from_iterable(part.labels for part in named)))


def _says_rate(parsed: Parsed) -> bool:
    """True for "the higher rate", which is a share; "rate" elsewhere is a verb."""
    ahead = [parsed.chunks.before(chunk) for chunk in parsed.chunks if chunk.text == "rate"]
    return any(one is not None and one.kind in ("versus", "super") for one in ahead)


def _aspects(parsed: Parsed) -> tuple[str, ...]:
    return unique(name for chunk in parsed.chunks if chunk.kind == "aspect" for name in chunk.value)


def _is_of_the_sides(parsed: Parsed, sides: _Sides) -> bool:
    """True if a question has no subject of its own: nothing but ratings, figures and words that compare."""
    if not all(chunk.kind in _KNOWN or chunk.text in _PLAIN or _is_pronoun(chunk) for chunk in parsed.chunks):
        return False
    if any(chunk.out or _asks_else(chunk) for chunk in parsed.chunks):
        return False
    nouns = [chunk for chunk in parsed.chunks if chunk.kind == "kind"]
    return all(is_pointer(chunk) or _is_counted(chunk, sides) for chunk in nouns)


def _asks_else(chunk: Chunk) -> bool:
    """True for what is not asked of each side by itself."""
    return (
        chunk.says("measure", *_OTHERS)
        or chunk.says("versus", "same", "than")
        or chunk.says("follow", "other")
    )


_PLAIN = frozenset(("neither", "one"))  # "a good one"


def _is_counted(kind: Chunk, sides: _Sides) -> bool:
    """True for the word for what was counted: "home" after a comparison of care homes."""
    held = [part for part in sides.shared if family(part) == "kind"]
    named = {value for one in held if isinstance(one, q.Is) for value in one.values}
    return all(not one.field or named == {*one.values} for one in kind.value)


def _compares(parsed: Parsed) -> bool:
    """True for "who has more", "which is better", "does it have the bigger share"."""
    return bool(way_said(parsed.chunks)) or _says_more(parsed) or parsed.any("versus", "compare")


def _goes_on(parsed: Parsed) -> bool:
    """True for "what about for safe?", "and for inadequate ones?"."""
    again = parsed.any("follow", "start") or (bool(parsed.chunks) and parsed.chunks[0].kind == "and")
    return again and parsed.has("aspect", "cond") and not parsed.has("measure")


def _says_more(parsed: Parsed) -> bool:
    return parsed.any("compare", "more")


def _claim_of(parsed: Parsed, vocabulary: Vocabulary) -> Claim | None:
    """The claim about each side in "has either any inadequate?", "do both have a good one?", "are any
    inadequate?"; ``None`` for a question that claims nothing about ratings."""
    if any(chunk.text == "neither" for chunk in parsed.chunks):
        claim = _claimed(parse(_with_either(parsed), vocabulary))
        return None if claim is None else replace(claim, quantifier=q.NONE)
    claim = _claimed(parsed)
    both = parsed.any("quantifier", "both", "each") and not parsed.any("quantifier", "all", "most")
    return replace(claim, quantifier=q.ANY) if claim and both and claim.quantifier == q.ALL else claim


def _claimed(parsed: Parsed) -> Claim | None:
    """The one claim about ratings, if it is not about the side that was named first."""
    if len(parsed.queries) != 1 or not parsed.has("cond") or _compares(parsed) or _is_of_the_first(parsed):
        return None
    return parsed.queries[0].claim


def _with_either(parsed: Parsed) -> str:
    """Return the text with "either" for "neither", so that what is denied can be read."""
    text, (chunk, *_) = parsed.annotated.text, (one for one in parsed.chunks if one.text == "neither")
    word = parsed.annotated.words[chunk.start]
    return f"{text[: word.start]}either{text[word.end :]}"


def _says_each(parsed: Parsed) -> bool:
    """True for "either", "both", "neither" and "each", which ask about one side after the other."""
    return any(word.text in _EACH for word in parsed.annotated.words)


_EACH = frozenset("both each either neither".split())


def _is_of_the_first(parsed: Parsed) -> bool:
    """True for "is it good?", which is about the side that was named first."""
    said = [chunk for chunk in parsed.chunks if chunk.kind == "follow" or _is_pronoun(chunk)]
    return any(_ONE.intersection(chunk.text.split()) for chunk in said)


def _is_pronoun(chunk: Chunk) -> bool:
    """True for "it" where it is already read as the subject before."""
    return chunk.kind == "subject" and chunk.text in _ONE


_ONE = frozenset("it its that this he she".split())
