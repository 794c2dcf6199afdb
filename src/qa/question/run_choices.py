"""The names that a run of unknown words may be, with more or fewer of the words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from qa.language.dictionary import ordinary
from qa.question.annotated import Annotated
from qa.question.choosing import NEAR, Choice
from qa.question.evidence import resolve_name
from qa.question.name_weights import DISAGREEING
from qa.question.name_words import FREE
from qa.question.parts import Span
from qa.question.vocabulary import Vocabulary

_Way: TypeAlias = tuple[tuple[int, int], Choice]  # the spans of a name, and its candidates
LOOSE = frozenset("the of and at in for on by a".split())  # small words that may be inside a name
_PART_OF_NAME = (
    "subject",
    "kind",
    "place",
    "wider",
    "rating",
    "service",
    "aspect",
    "ordinal",
    "number",
    "field",
    "super",
    "provider",
    "follow",
    "quality",
    "unheld",
)
_JOINS = frozenset(("and", "or", "nor"))
_NOBODY = Choice("unknown", "subject", (), (), 0, 0)


def run_choices(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> list[_Way]:
    """Return the choices for the run with more or fewer of the words beside it, ending with the first that is
    not unknown."""
    if _is_counted(annotated, spans, run) or _is_had(annotated, spans, run):
        return [(run, _NOBODY)]
    found: list[_Way] = []
    doubtful = None  # names joined by "and" that may be one name; if each is a name, they are several
    for wide in _widenings(spans, run):
        if doubtful is not None and not _may_be_item(spans, doubtful, wide):
            continue
        choice = _choice(annotated, spans, wide, vocabulary)
        if choice.outcome == "tell":
            return [*found, _item_or_all(spans, (wide, choice), doubtful)]
        if doubtful is not None:
            continue
        if choice.outcome == "ask" and _has_join(spans, wide):
            doubtful = (wide, choice)
            continue
        found.append((wide, choice))
        if choice.outcome == "ask":
            break
    return found if doubtful is None else [*found, _first_named(annotated, spans, doubtful, vocabulary)]


def _first_named(annotated: Annotated, spans: Sequence[Span], joined: _Way, vocabulary: Vocabulary) -> _Way:
    """The first of the names joined by "and", if it is a name; otherwise all of them as one name."""
    first = None if _has_all_words(joined[1]) else _first_item(spans, joined[0])
    if first is None:
        return joined
    choice = resolve_name(annotated, spans, first, vocabulary)
    return _item_or_all(spans, (first, choice), joined) if choice.outcome == "tell" else joined


def _item_or_all(spans: Sequence[Span], item: _Way, joined: _Way | None) -> _Way:
    """The one of several names joined by "and" that is known, or all of them if they are one name."""
    return joined if joined is not None and _goes_on_behind(spans, item, joined) else item


def _goes_on_behind(spans: Sequence[Span], item: _Way, whole: _Way) -> bool:
    """True if the subject that one item of a run names also has the words of the rest in its name, so that
    all of it is one name: "Loving Hands and Hearts"."""
    (way, choice), (run, joint) = item, whole
    if choice.outcome != "tell":
        return False
    rest = {word for span in (*spans[run[0] : way[0]], *spans[way[1] : run[1]]) for word in span.text.split()}
    return any(
        one.value in choice.values
        and any(reason.part == "name" and reason.words in rest - FREE for reason in one.reasons)
        for one in joint.candidates
    )


def _has_all_words(choice: Choice) -> bool:
    """True if the best candidate has every typed word, even if it is in another place or of another kind.
    Then none of the words is another name."""
    return all(reason.part not in _OF_WORDS for reason in choice.candidates[0].reasons)


_OF_WORDS = frozenset(("left over", "other number", "known word", "resembling word"))


def typed_run(annotated: Annotated, spans: Sequence[Span], run: tuple[int, int]) -> str:
    """Return the words of a run as typed."""
    return annotated.typed(spans[run[0]].start, spans[run[1] - 1].end)


def _choice(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> Choice:
    """The choice for a run; unknown if the words to ask back about are a rating or everyday words."""
    choice = resolve_name(annotated, spans, run, vocabulary)
    if choice.outcome == "ask":
        choice = _without_what_is_asked(spans, run, choice)
    if choice.outcome == "ask":
        choice = _by_whole_name(annotated, spans, run, choice, vocabulary)
    return choice


def _has_join(spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True if "and" or "or" is inside a run."""
    return any(span.text in _JOINS for span in spans[run[0] + 1 : run[1] - 1])


def _is_counted(annotated: Annotated, spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True for a plural after a counting word, which is not a name: "how many agencies are there"."""
    before, behind = spans[run[0] - 1] if run[0] else None, spans[run[1]] if run[1] < len(spans) else None
    typed = typed_run(annotated, spans, run)
    counted = (
        before is not None and before.says("measure", "count") and typed.islower() and typed.endswith("s")
    )
    return counted and run[1] - run[0] == 1 and not (behind is not None and "kind" in behind.kinds)


def _is_had(annotated: Annotated, spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True for everyday words for what places have, which are not a name: "care homes with gardens", "homes
    that have a courtyard"."""
    words = [word for span in spans[run[0] : run[1]] for word in span.text.split()]
    if typed_run(annotated, spans, run) != " ".join(words):
        return False
    ahead = run[0] - 1
    while ahead >= 0 and spans[ahead].text in _ARTICLES:
        ahead -= 1
    listed = any("kind" in span.kinds and span.text.endswith("s") for span in spans[: max(ahead, 0)])
    return listed and spans[ahead].text in _HAVING and all(map(ordinary, words))


_ARTICLES = frozenset("a an any its no own some the their".split())
_HAVING = frozenset("had has have having with without".split())


def _first_item(spans: Sequence[Span], run: tuple[int, int]) -> tuple[int, int] | None:
    """The spans of a run before its "and" or "or", if another name comes right after."""
    end = next(place for place in range(run[0] + 1, run[1]) if spans[place].text in _JOINS)
    behind = end + 2 if spans[end + 1].text == "the" else end + 1
    return (run[0], end) if behind < run[1] and spans[behind].strange else None


def _without_what_is_asked(spans: Sequence[Span], wide: tuple[int, int], choice: Choice) -> Choice:
    """Return unknown if the only mismatch with a name is a rating after it: "is the Air Ambulance good?" is
    about the shorter name."""
    asked = {
        word for span in spans[wide[0] + 1 : wide[1]] if span.kinds & _RATED for word in span.text.split()
    }
    reasons = choice.candidates[0].reasons if choice.candidates else ()
    over = {word for one in reasons if one.part in DISAGREEING for word in one.words.split()}
    if not over or not over <= asked:
        return choice
    return replace(choice, outcome="unknown", candidates=(), near=choice.near or choice.candidates[:NEAR])


_RATED = frozenset(("rating", "range", "unrated"))


def _by_whole_name(
    annotated: Annotated, spans: Sequence[Span], wide: tuple[int, int], choice: Choice, vocabulary: Vocabulary
) -> Choice:
    """Accept everyday words as a name only if nothing but general words is missing and they have a capital
    inside the question: "Retreat" for The Retreat. Otherwise the candidates are only near."""
    words = [word for span in spans[wide[0] : wide[1]] for word in span.text.split()]
    if not vocabulary.names.is_everyday(words):
        return choice
    first = spans[wide[0]].start
    whole = tuple(
        one
        for one in choice.candidates
        if one.tier < 2 and not any(part.part in DISAGREEING for part in one.reasons)
    )
    if whole and first and annotated.text[annotated.words[first].start].isupper():
        return replace(choice, candidates=whole)
    return replace(choice, outcome="unknown", candidates=(), near=choice.near or choice.candidates[:NEAR])


def _may_be_item(spans: Sequence[Span], joined: _Way, part: tuple[int, int]) -> bool:
    """True for a part of names ``joined`` by "and" that may be one of them."""
    return not _has_all_words(joined[1]) and _is_item(spans, joined[0], part)


def _is_item(spans: Sequence[Span], whole: tuple[int, int], part: tuple[int, int]) -> bool:
    """True if ``part`` of a run is between its ends and the "and" or "or" in it."""
    begins = part[0] == whole[0] or spans[part[0] - 1].text in _JOINS
    return begins and (part[1] == whole[1] or spans[part[1]].text in _JOINS)


def _widest(spans: Sequence[Span], run: tuple[int, int]) -> tuple[int, int]:
    """The run with all adjacent words that may be part of the name."""
    left, right = run
    while left > 0 and _may_join(spans[left - 1]) and not spans[left].gap and not _is_of(spans, left - 1):
        left -= 1
    while right < len(spans) and _may_join(spans[right]) and not spans[right].gap:
        right += 1
    return left, right


def _widenings(spans: Sequence[Span], run: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the run with adjacent words that may be part of the name, the widest first and the run alone
    last."""
    left, right = _widest(spans, run)
    rights = [
        end for end in range(right, run[1] - 1, -1) if end == run[1] or spans[end - 1].text not in LOOSE
    ]
    lefts = [
        start
        for start in range(left, run[0] + 1)
        if start == run[0] or spans[start].text not in LOOSE - {"the"}
    ]
    wide = [
        (lefts[0], rights[0]),
        *((run[0], end) for end in rights[:3]),
        *((start, run[1]) for start in lefts[:2]),
    ]
    yield from [one for one in dict.fromkeys(wide) if one != run]
    yield run


def _is_of(spans: Sequence[Span], place: int) -> bool:
    """True for "at" after a service of the named subject: "a&e at the Princess Royal"."""
    return place > 0 and spans[place].text == "at" and spans[place - 1].kinds == {"service"}


def _may_join(span: Span) -> bool:
    return span.strange or bool(span.kinds & set(_PART_OF_NAME)) or span.text in LOOSE
