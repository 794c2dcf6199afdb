"""Unexplained runs of words → the subjects that they name, with more or fewer of the words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.question.annotated import Annotated
from qa.question.choosing import NEAR, Candidate, Choice
from qa.question.evidence import is_before_kind, is_rated_for, resolve_name
from qa.question.name_weights import Reason
from qa.question.naming_found import INSIDE, Naming, corrected, put, sense_of, typed_with_place
from qa.question.parts import Sense, Span
from qa.question.run_choices import LOOSE, run_choices, typed_run
from qa.question.vocabulary import Vocabulary

_WHERE = frozenset(("at", "in", "on"))
_NAMED = frozenset(("subject", "kind", "place", "service", "provider", "ordinal", "number"))


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
        if start is not None and not strange and not _is_inside(annotated, spans, place):
            yield start, place
            start = None


def _is_inside(annotated: Annotated, spans: Sequence[Span], place: int) -> bool:
    """True for a small word inside a name, with another unexplained word behind it."""
    if place >= len(spans) or spans[place].senses or spans[place].text not in LOOSE:
        return False
    return _goes_on(spans, place) and not _begins_anew(annotated, spans, place)


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
        _put_unknown(annotated, found, run, Choice("unknown", "place", (), (), 0, 0))
        return
    joint = _with_name(annotated, found.spans, run, vocabulary) if _is_beside_name(found.spans, run) else None
    if joint is not None and joint.outcome != "tell":
        near = joint.near or joint.candidates[:3]
        _put_unknown(annotated, found, run, Choice("unknown", "subject", (), near, 0, 0))
        return
    choices = run_choices(annotated, found.spans, run, vocabulary)
    way, best = next((one for one in choices if one[1].outcome != "unknown"), choices[0])
    if best.outcome == "unknown" and (housed := _at_address(found, run, best)) is not None:
        way, best = run, housed
    if best.outcome == "unknown":
        run = _with_names(found.spans, run)
        choice = _with_near(found.spans, choices)
        typed = typed_with_place(annotated, found.spans, run, choice)
        found.unknown.append((typed, choice))
        put(found, run, Sense("strange", typed))
    else:
        _put_named(annotated, found, way, best, vocabulary)


def _put_unknown(annotated: Annotated, found: Naming, run: tuple[int, int], choice: Choice) -> None:
    """Record a run as an unknown name."""
    typed = typed_run(annotated, found.spans, run)
    found.unknown.append((typed, choice))
    put(found, run, Sense("strange", typed))


def _at_address(found: Naming, run: tuple[int, int], best: Choice) -> Choice | None:
    """The choice of the subjects with this one-word run in their address; ``None`` if there are none."""
    first = found.spans[run[0]]
    there = found.housed.get(first.start) if run[1] - run[0] == 1 else None
    if not there or is_before_kind(found.spans, run[1]):
        return None
    reason = Reason(first.text, "address only", 0.0)
    candidates = tuple(Candidate(number, 0.0, 3, (reason,)) for number in there)
    return replace(best, outcome="ask", field="subject", candidates=candidates)


def _put_named(
    annotated: Annotated, found: Naming, run: tuple[int, int], best: Choice, vocabulary: Vocabulary
) -> None:
    """Record a run as the subject that it names, or as a name to ask back about."""
    told = best.outcome == "tell"
    if told and _is_said_otherwise(annotated, found.spans, run, best, vocabulary):
        best = replace(best, outcome="ask")
    if best.outcome == "ask":
        found.asked.append((typed_run(annotated, found.spans, run), best))
    found.corrections |= corrected(annotated, (found.spans[run[0]].start, found.spans[run[1] - 1].end), best)
    put(found, run, sense_of(best))


def _with_near(spans: Sequence[Span], choices: Sequence[tuple[tuple[int, int], Choice]]) -> Choice:
    """The last choice, unknown, with the nearest names: first those near to the part that looks like a
    name."""
    named = [one for one in choices if all(_looks_like_name(span) for span in spans[slice(*one[0])])]
    near = {one.value: one for _, choice in (*named, *choices[::-1]) for one in choice.near}
    return replace(choices[-1][1], near=tuple(near.values())[:NEAR])


def _looks_like_name(span: Span) -> bool:
    return span.strange or span.text in LOOSE or bool(span.kinds & _NAMED)


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
