"""Unexplained runs of words → the subjects that they name, with more or fewer of the words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.language.dictionary import ordinary
from qa.question.annotate import Annotated
from qa.question.choosing import NEAR, Candidate, Choice
from qa.question.evidence import is_before_kind, is_rated_for, resolve_name
from qa.question.name_weights import DISAGREEING, Reason
from qa.question.name_words import FREE
from qa.question.naming_found import INSIDE, Naming, corrected, put, sense_of, typed_with_place
from qa.question.parts import Sense, Span
from qa.question.vocabulary import Vocabulary

_LOOSE = frozenset("the of and at in for on by a".split())  # small words that may be inside a name
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
_WHERE = frozenset(("at", "in", "on"))
_NAMED = frozenset(("subject", "kind", "place", "service", "provider", "ordinal", "number"))
_JOINS = frozenset(("and", "or", "nor"))


def runs(annotated: Annotated, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first and last (excluded) places of spans that contain unexplained words.

    A name with a capital begins anew after a small word: "baby at Royal Shrewsbury".
    """
    start = None
    for place, span in enumerate([*spans, Span(0, 0, "", (Sense("end"),))]):
        strange = span.strange
        if strange and start is None:
            start = place
        if start is not None and strange and place > start and set(span.gap) & set(",;/:"):
            yield start, place
            start = place
        if (
            start is not None
            and not strange
            and not (
                not span.senses
                and span.text in _LOOSE
                and _goes_on(spans, place)
                and not _begins_anew(annotated, spans, place)
            )
        ):
            yield start, place
            start = None


def _begins_anew(annotated: Annotated, spans: Sequence[Span], place: int) -> bool:
    """True for "at" between a word without and one with a capital."""
    before, behind = (annotated.typed(spans[at].start, spans[at].end) for at in (place - 1, place + 1))
    return spans[place].text in _WHERE and before.islower() and behind[:1].isupper()


def _goes_on(spans: Sequence[Span], place: int) -> bool:
    return place + 1 < len(spans) and spans[place + 1].strange


def resolve(annotated: Annotated, found: Naming, run: tuple[int, int], vocabulary: Vocabulary) -> None:
    """Find out which subject a run means, with more or fewer of the words beside it, and record it in
    ``found``."""
    if _must_be_place(found.spans, run):
        typed = annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
        unknown = Choice("unknown", "place", (), (), 0, 0)
        found.unknown.append((typed, unknown))
        put(found, run, Sense("strange", typed))
        return
    joint = _with_name(annotated, found.spans, run, vocabulary) if _is_beside_name(found.spans, run) else None
    if joint is not None and joint.outcome != "tell":
        typed = annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
        found.unknown.append(
            (typed, Choice("unknown", "subject", (), joint.near or joint.candidates[:3], 0, 0))
        )
        put(found, run, Sense("strange", typed))
        return
    nobody = _is_counted(annotated, found.spans, run) or _is_had(annotated, found.spans, run)
    choices = [(run, _NOBODY)] if nobody else None
    choices = choices or _choices(annotated, found.spans, run, vocabulary)
    (start, end), best = next((one for one in choices if one[1].outcome != "unknown"), choices[0])
    typed = annotated.typed(found.spans[start].start, found.spans[end - 1].end)
    there = found.housed.get(found.spans[run[0]].start) if run[1] - run[0] == 1 else None
    if best.outcome == "unknown" and there and not is_before_kind(found.spans, run[1]):
        reason = Reason(found.spans[run[0]].text, "address only", 0.0)
        best = replace(
            best,
            outcome="ask",
            field="subject",
            candidates=tuple(Candidate(number, 0.0, 3, (reason,)) for number in there),
        )
        (start, end), typed = run, annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
    if best.outcome == "unknown":
        run = _with_names(found.spans, run)
        choice = _with_near(found.spans, choices)
        typed = typed_with_place(annotated, found.spans, run, choice)
        found.unknown.append((typed, choice))
        sense = Sense("strange", typed)
    else:
        told = best.outcome == "tell"
        if told and _is_said_otherwise(annotated, found.spans, (start, end), best, vocabulary):
            best = replace(best, outcome="ask")
        if best.outcome == "ask":
            found.asked.append((typed, best))
        sense = sense_of(best)
        found.corrections |= corrected(annotated, (found.spans[start].start, found.spans[end - 1].end), best)
    put(found, (start, end) if best.outcome != "unknown" else run, sense)


_NOBODY = Choice("unknown", "subject", (), (), 0, 0)


def _is_counted(annotated: Annotated, spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True for a plural after a counting word, which is no name: "how many agencies are there"."""
    before, behind = spans[run[0] - 1] if run[0] else None, spans[run[1]] if run[1] < len(spans) else None
    typed = annotated.typed(spans[run[0]].start, spans[run[1] - 1].end)
    counted = (
        before is not None and before.says("measure", "count") and typed.islower() and typed.endswith("s")
    )
    return counted and run[1] - run[0] == 1 and not (behind is not None and "kind" in behind.kinds)


def _is_had(annotated: Annotated, spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True for everyday words for what places have, which are no name: "care homes with gardens", "homes that
    have a courtyard"."""
    words = [word for span in spans[run[0] : run[1]] for word in span.text.split()]
    if annotated.typed(spans[run[0]].start, spans[run[1] - 1].end) != " ".join(words):
        return False
    ahead = run[0] - 1
    while ahead >= 0 and spans[ahead].text in _ARTICLES:
        ahead -= 1
    listed = any("kind" in span.kinds and span.text.endswith("s") for span in spans[: max(ahead, 0)])
    return listed and spans[ahead].text in _HAVING and all(map(ordinary, words))


_ARTICLES = frozenset("a an any its no own some the their".split())
_HAVING = frozenset("had has have having with without".split())


def _with_near(spans: Sequence[Span], choices: Sequence[tuple[tuple[int, int], Choice]]) -> Choice:
    """The last choice, unknown, with the nearest names: first those near to the part that looks like a
    name."""
    named = [one for one in choices if all(_looks_like_name(span) for span in spans[slice(*one[0])])]
    near = {one.value: one for _, choice in (*named, *choices[::-1]) for one in choice.near}
    return replace(choices[-1][1], near=tuple(near.values())[:NEAR])


def _looks_like_name(span: Span) -> bool:
    return span.strange or span.text in _LOOSE or bool(span.kinds & _NAMED)


def _is_beside_name(spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True for words that say where the subject named before is, and name no other: "Tomlen in Derry"."""
    before = run[0] - 1
    while before >= 0 and spans[before].text in ("the", "in", "near", "at"):
        before -= 1
    if before < 0 or not spans[before].kinds & {"subject", "provider"}:
        return False
    joined = spans[run[0]].gap == "," or before < run[0] - 1
    return joined and not any(span.kinds & {"and", "or", "versus", "compare"} for span in spans)


def _with_name(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> Choice:
    """The choice for the run together with the name before it."""
    start = run[0] - 1
    while not spans[start].kinds & {"subject", "provider"}:
        start -= 1
    return resolve_name(annotated, spans, (start, run[1]), vocabulary)


def _is_said_otherwise(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], choice: Choice, vocabulary: Vocabulary
) -> bool:
    """True if the kind of place after a name does not fit the subject with that name: "Hilton Surgery" for
    Hilton House. A service that it is rated for does fit: "Royal Infirmary maternity"."""
    if not is_before_kind(spans, run[1]) or is_rated_for(spans[run[1]], choice, vocabulary):
        return False
    return resolve_name(annotated, spans, (run[0], run[1] + 1), vocabulary).outcome != "tell"


def _choices(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> list[tuple[tuple[int, int], Choice]]:
    """The choices for the run with more or fewer of the words beside it, up to the first that is not
    unknown."""
    found: list[tuple[tuple[int, int], Choice]] = []
    doubtful = None  # names joined by "and" that may be one name; if each is a name, they are several
    for wide in _widenings(spans, run):
        if doubtful is not None and not _is_item(spans, doubtful[0], wide):
            continue
        choice = resolve_name(annotated, spans, wide, vocabulary)
        if choice.outcome == "ask":
            choice = _without_what_is_asked(spans, wide, choice)
        if choice.outcome == "ask":
            choice = _by_whole_name(annotated, spans, wide, choice, vocabulary)
        if (
            choice.outcome == "ask"
            and doubtful is None
            and any(span.text in _JOINS for span in spans[wide[0] + 1 : wide[1] - 1])
        ):
            doubtful = (wide, choice)
            if _has_all_words(choice):
                break
            continue
        if doubtful is not None and _goes_on_behind(spans, (wide, choice), doubtful):
            return [*found, doubtful]
        if doubtful is None or choice.outcome == "tell":
            found.append((wide, choice))
        if choice.outcome == "tell" or (choice.outcome == "ask" and doubtful is None):
            break
    if doubtful is None or (found and found[-1][1].outcome == "tell"):
        return found
    first = None if _has_all_words(doubtful[1]) else _first_item(spans, doubtful[0])
    if first is not None and (said := resolve_name(annotated, spans, first, vocabulary)).outcome == "tell":
        item = first, said
        return [*found, doubtful if _goes_on_behind(spans, item, doubtful) else item]
    return [*found, doubtful]


def _goes_on_behind(
    spans: Sequence[Span], item: tuple[tuple[int, int], Choice], whole: tuple[tuple[int, int], Choice]
) -> bool:
    """True if the subject told by one item of a run has words of the rest in its name, too: then it is one
    name, "Loving Hands and Hearts"."""
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
    """True if the best candidate has every word that was typed, though it may be elsewhere or of another
    kind: then none of the words is another name."""
    return all(reason.part not in _OF_WORDS for reason in choice.candidates[0].reasons)


_OF_WORDS = frozenset(("left over", "other number", "known word", "resembling word"))


def _first_item(spans: Sequence[Span], run: tuple[int, int]) -> tuple[int, int] | None:
    """The spans of a run before its "and" or "or", if another name comes right after."""
    end = next(place for place in range(run[0] + 1, run[1]) if spans[place].text in _JOINS)
    behind = end + 2 if spans[end + 1].text == "the" else end + 1
    return (run[0], end) if behind < run[1] and spans[behind].strange else None


def _without_what_is_asked(spans: Sequence[Span], wide: tuple[int, int], choice: Choice) -> Choice:
    """Return unknown if all that disagrees with a name is a rating after it: "is the Air Ambulance good?" is
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


def _is_item(spans: Sequence[Span], whole: tuple[int, int], part: tuple[int, int]) -> bool:
    """True if ``part`` of a run is between its ends and the "and" or "or" in it."""
    begins = part[0] == whole[0] or spans[part[0] - 1].text in _JOINS
    return begins and (part[1] == whole[1] or spans[part[1]].text in _JOINS)


def _with_names(spans: Sequence[Span], run: tuple[int, int]) -> tuple[int, int]:
    """The run with a name right beside it: what was typed is longer than that name, so another subject is
    meant."""
    left, right = run
    while left > 0 and "subject" in spans[left - 1].kinds and not spans[left].gap:
        left -= 1
    while right < len(spans) and "subject" in spans[right].kinds and not spans[right].gap:
        right += 1
    return left, right


def _must_be_place(spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True after "in" if places of a kind are counted or listed: "good homes in Hereford"."""
    before = [span for span in spans[max(0, run[0] - 2) : run[0]] if span.text != "the"]
    inside = bool(before) and before[-1].text in INSIDE
    return inside and any("kind" in span.kinds for span in spans[: run[0]])


def _widenings(spans: Sequence[Span], run: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the run with the words right beside it that may be part of the name, the widest first; last the
    run alone."""
    left, right = run
    while left > 0 and _may_join(spans[left - 1]) and not spans[left].gap and not _is_of(spans, left - 1):
        left -= 1
    while right < len(spans) and _may_join(spans[right]) and not spans[right].gap:
        right += 1
    rights = [
        end for end in range(right, run[1] - 1, -1) if end == run[1] or spans[end - 1].text not in _LOOSE
    ]
    lefts = [
        start
        for start in range(left, run[0] + 1)
        if start == run[0] or spans[start].text not in _LOOSE - {"the"}
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
    return span.strange or bool(span.kinds & set(_PART_OF_NAME)) or span.text in _LOOSE
