"""Labels that say what an owner is: "the HC-One brand", "which brand has more, A or B?", "the company
HC-One".

The label decides which column is searched, so a brand is never mistaken for a company of the same name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from qa.language.tokens import key
from qa.question.annotated import Annotated, weight_of
from qa.question.name_words import FREE, LEGAL
from qa.question.parts import Meant, Sense, Span
from qa.question.spans_around import RUNNING
from qa.question.vocabulary import Vocabulary

_OWNERS = ("brand", "provider")
_MOST = 6  # the most spans of an owner's name
_CALLED = frozenset(("of", "called", "named", "is"))
_POINTING = frozenset(("the", "this", "that"))
_SEVERAL = frozenset(
    ("both", "of the two", "of these", "of those", "these", "those", "two")
)  # "which of the two brands"
_ALONE = frozenset(("kind", "field", "by", "place"))  # kinds of spans that are not read as a name of one word


def with_owners(annotated: Annotated, spans: Sequence[Span], vocabulary: Vocabulary) -> list[Span]:
    """Return ``spans`` with the names of owners that are labelled as a brand or company read as such."""
    found = list(spans)
    for place in range(len(found) - 1, -1, -1):
        field = _label(found, place)
        if field is None:
            continue
        if (way := _beside(annotated, found, place, field, vocabulary)) is not None:
            first, last, values = way
            if found[place].text == "trust" and not all("trust" in key(value).split() for value in values):
                continue  # "Belfast Health and Social Care Trust" is not a company called Social Care
            _go_on(annotated, found, last, field, vocabulary)
            put_owner(found, (min(first, place), max(last, place + 1)), field, values)
        elif field == "brand":
            _of_the_rest(annotated, found, place, vocabulary)
    _by_heads_of_brands(annotated, found, vocabulary)
    return found


def _by_heads_of_brands(annotated: Annotated, spans: list[Span], vocabulary: Vocabulary) -> None:
    """Read a word that begins one brand's name, and not one company's, as that brand if an owner is meant:
    "every Springcare home", "Cygnet or Priory"."""
    if "brand" not in vocabulary.field_names:
        return
    heads = {
        place: values
        for place, span in enumerate(spans)
        if (values := _head_of_brand(span, vocabulary, possessor=_is_possessor(annotated, spans, place)))
        is not None
    }
    for place, values in heads.items():
        owner = _is_possessor(annotated, spans, place) or (
            _is_owner(spans, place) and not _is_somebody(spans[place])
        )
        if owner or _is_beside_owner(spans, place, heads):
            put_owner(spans, (place, place + 1), "brand", values)
    _beside_brands(spans, vocabulary)


def _is_beside_owner(spans: Sequence[Span], place: int, heads: Collection[int]) -> bool:
    """True for a name in a list with an owner, or set against one that may be one: one of the ``heads``."""
    for other in (place - 2, place - 1, place + 1, place + 2):
        if not _are_joined(spans, place, other):
            continue
        if "provider" in spans[other].kinds or (other in heads and not _are_somebody(spans, place, other)):
            return True
    return any(_is_across(spans, place, other) for other in heads)


def _are_somebody(spans: Sequence[Span], place: int, other: int) -> bool:
    """True if both names are also those of places."""
    return _is_somebody(spans[place]) and _is_somebody(spans[other])


def _is_across(spans: Sequence[Span], place: int, other: int) -> bool:
    """True for two names with a "than" between them: "is A more often good than B?"."""
    first, last = sorted((place, other))
    than = any(span.says("versus", "than") for span in spans[first + 1 : last])
    return than and not _are_somebody(spans, place, other)


def _beside_brands(spans: list[Span], vocabulary: Vocabulary) -> None:
    """Read a name of one word in a list of brands as the brand even if a company has that name, too: in
    "Bupa, Four Seasons and HC-One" each is a brand."""
    brands = [place for place, span in enumerate(spans) if _is_brand(span)]
    while brands:
        place = brands.pop()
        for other in (place - 2, place - 1, place + 1, place + 2):
            if not _are_joined(spans, place, other) or "provider" not in spans[other].kinds:
                continue
            if _is_brand(spans[other]) or spans[other].end - spans[other].start > 1:
                continue
            values = vocabulary.names.owners("brand", spans[other].text)
            if len(values) == 1:
                put_owner(spans, (other, other + 1), "brand", values)
                brands.append(other)


def _is_brand(span: Span) -> bool:
    return any(meant.field == "brand" and meant.decided for meant in span.of("provider"))


def _is_possessor(annotated: Annotated, spans: Sequence[Span], place: int) -> bool:
    """True for a name after "are" that ends in an apostrophe and s: "how many of those are Cygnet's?"."""
    typed = annotated.typed(spans[place].start, spans[place].end)
    return place > 0 and spans[place - 1].text in ("are", "is", "were") and typed.endswith(("'s", "’s"))


def _head_of_brand(span: Span, vocabulary: Vocabulary, *, possessor: bool = False) -> tuple[str, ...] | None:
    """The one brand whose name begins with a word, if no single company's name does, or with several words,
    or for a ``possessor``."""
    if possessor:
        values = vocabulary.names.owners("brand", span.text.removesuffix("s"))
        return values if len(values) == 1 else None
    if not (span.strange or span.kinds & {"subject", "provider"}):
        return None
    if span.kinds & {"place", "wider"}:
        return None  # "Surrey care homes" are those in Surrey, not of the brand Surrey County Council
    values = vocabulary.names.owners("brand", span.text)
    if len(values) != 1:
        return None
    if span.end - span.start > 1:  # "HC-One Limited" is the company
        return None if not LEGAL.isdisjoint(span.text.split()) else values
    return None if len(vocabulary.names.owners("provider", span.text)) == 1 else values


def _is_somebody(span: Span) -> bool:
    """True for several words that are also the name of one place."""
    one = any(len(meant.subjects) == 1 for meant in span.of("subject"))
    return one and span.end - span.start > 1


def _are_joined(spans: Sequence[Span], place: int, other: int) -> bool:
    """True for two spans with "or", "and" or "versus" between them, or a comma."""
    if not 0 <= other < len(spans):
        return False
    if abs(place - other) == 1:
        return "," in spans[max(place, other)].gap
    return bool(spans[(place + other) // 2].kinds & {"and", "or", "versus"})


def _is_owner(spans: Sequence[Span], place: int) -> bool:
    """True for a word that begins the names of several companies, or comes before a plural ("Bupa homes")."""
    if any(len(meant.values) > 1 for meant in spans[place].of("provider")):
        return True
    ahead = spans[place - 1] if place else None
    if ahead is not None and "run_by" in ahead.kinds and not spans[place].gap:
        return ahead.text.endswith("by")
    behind = spans[place + 1] if place + 1 < len(spans) else None
    if behind is None:
        return False
    every = ahead is not None and ahead.says("quantifier", "all", "each", "any", "none")
    return _runs_places(behind) or _are_its_places(behind, every=every)


def _runs_places(behind: Span) -> bool:
    """True for "runs" behind a name, and for "Springcare: how many homes have they?"."""
    if "run_by" in behind.kinds and behind.text in RUNNING:
        return True
    return behind.says("measure", "count") and not _DIVIDING.isdisjoint(behind.gap)


def _are_its_places(behind: Span, *, every: bool) -> bool:
    """True for a kind of place right behind a name, in the plural or after "every"."""
    return "kind" in behind.kinds and not behind.gap and (behind.text.endswith("s") or every)


_DIVIDING = frozenset(":–—-")


def _label(spans: Sequence[Span], place: int) -> str | None:
    """Return the column of owners that a span is a word for; ``None`` if the table does not have it."""
    if place >= len(spans):
        return None
    said = spans[place].of("field")
    return next((name for name in _OWNERS if name in said), None)


def _beside(
    annotated: Annotated, spans: Sequence[Span], place: int, field: str, vocabulary: Vocabulary
) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the name right before or after a word for owners: its first and last (excluded) span, and its
    owners."""
    behind = place + 1
    while behind < len(spans) and spans[behind].text in _CALLED:
        behind += 1
    if (ahead := _begins(annotated, spans, behind, field, vocabulary)) is not None:
        return behind, *ahead
    for first in range(max(place - _MOST, 0), place if not spans[place].gap else 0):
        if (values := called(annotated, spans, (first, place), field, vocabulary)) is not None:
            return first, place, values
    return None


def _begins(
    annotated: Annotated, spans: Sequence[Span], first: int, field: str, vocabulary: Vocabulary
) -> tuple[int, tuple[str, ...]] | None:
    """Return where the longest name that begins at ``first`` ends, and its owners."""
    for last in range(min(first + _MOST, len(spans)), first, -1):
        if (values := called(annotated, spans, (first, last), field, vocabulary)) is not None:
            return last, values
    return None


def _go_on(annotated: Annotated, spans: list[Span], place: int, field: str, vocabulary: Vocabulary) -> None:
    """Read the further names of a list: "the brands HC-One and Barchester Healthcare"."""
    while place < len(spans) and (spans[place].kinds & {"and", "or", "versus"} or spans[place].gap == ","):
        first = place + (spans[place].gap != ",")
        ahead = _begins(annotated, spans, first, field, vocabulary)
        if ahead is None:
            return
        last, values = ahead
        put_owner(spans, (first, last), field, values)
        place = first + 1


def called(
    annotated: Annotated, spans: Sequence[Span], way: tuple[int, int], field: str, vocabulary: Vocabulary
) -> tuple[str, ...] | None:
    """Return the owners whose name is in the spans of ``way``; ``None`` if a mark divides them, a small word
    begins or ends them, or there is no such owner."""
    row = spans[way[0] : way[1]]
    edges = any(span.text in FREE or span.kinds & {"and", "or"} for span in (row[0], row[-1]))
    if edges or any(set(span.gap) & set(",;:.?!") for span in row[1:]):
        return None
    words = annotated.words[row[0].start : row[-1].end]
    return vocabulary.names.owners(field, " ".join(word.text for word in words)) or None


def _of_the_rest(annotated: Annotated, spans: list[Span], place: int, vocabulary: Vocabulary) -> None:
    """Read the names elsewhere in the question as brands: "HC-One, the brand's places", "which brand …, A or
    B?"."""
    label, before = spans[place], spans[place - 1] if place else None
    if before is None or not _is_of_named_brands(annotated, label, before):
        return
    named = list(_names(annotated, spans, place, vocabulary))
    for first, last, values in named[::-1]:
        put_owner(spans, (first, last), "brand", values)
    if named and before.text in _POINTING:
        at = next(at for at, span in enumerate(spans) if span is label)
        spans[at] = replace(label, senses=(Sense("rated", "called"),))


def _is_of_named_brands(annotated: Annotated, label: Span, before: Span) -> bool:
    """True for "which brand", "the brand" and "both brands", of which the question gives the names."""
    if before.text in _SEVERAL:
        return True
    one = label.text != "brands" or bool(annotated.words[label.start].base)
    return one and (before.says("measure", "which") or before.text in _POINTING)


def _names(
    annotated: Annotated, spans: Sequence[Span], place: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The stretches of a question that are names of brands, the longest first at each position."""
    first = 0
    while first < len(spans):
        for last in range(min(first + _MOST, len(spans)), first, -1):
            inside = first <= place < last
            alone = last == first + 1 and bool(spans[first].kinds & _ALONE)
            if inside or alone:
                continue
            values = called(annotated, spans, (first, last), "brand", vocabulary)
            if values is not None:
                yield first, last, values
                first = last - 1
                break
        first += 1


def put_owner(spans: list[Span], way: tuple[int, int], field: str, values: tuple[str, ...]) -> None:
    """Replace the spans of ``way`` by one that means these owners."""
    first, last = way
    words = (spans[first].start, spans[last - 1].end)
    text = " ".join(span.text for span in spans[first:last])
    sense = Sense("provider", Meant(field, values, decided=True))
    spans[first:last] = [Span(*words, text, (sense,), weight_of(words[1] - words[0]), spans[first].gap)]
