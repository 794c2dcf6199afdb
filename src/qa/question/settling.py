"""Whole names in a question → the subjects that they mean, judged by the words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.language.tokens import key
from qa.question.annotate import without_senses
from qa.question.annotated import Annotated
from qa.question.choosing import Candidate, Choice
from qa.question.evidence import is_before_kind, is_rated_for, resolve_name
from qa.question.name_index import PLACE_ORDER
from qa.question.name_weights import DISAGREEING
from qa.question.name_words import FREE, GENERIC, bare
from qa.question.naming_found import INSIDE, Naming, corrected, sense_of, typed_with_place
from qa.question.parts import Sense, Span
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists, is_singular

_GENERAL = GENERIC - FREE
_IN_PART = 2  # tier from which more than general words of a name are missing
_INWARD = 3  # letters and digits of the second half of a postcode


def is_subject(span: Span) -> bool:
    """True for a name of a subject that is not decided yet and is not also a town, council, region or wider
    place."""
    meant = span.first("subject")
    if meant is not None and meant.decided:
        return False
    if meant is None and span.kinds == {"provider"}:
        return bool(span.first("provider").short)
    return meant is not None and meant.field != "street" and not _is_town(span) and "wider" not in span.kinds


def _is_town(span: Span) -> bool:
    """True for the name of a town, council or region; a line of an address does not compete with a name."""
    return any({meant.field, *meant.others} & set(PLACE_ORDER) for meant in span.of("place"))


def is_also_place(spans: Sequence[Span], place: int) -> bool:
    """True for a name of both a subject and a place, unless a word before says that it is the place."""
    before = spans[place - 1].text if place else ""
    return spans[place].kinds >= {"subject", "place"} and before not in INSIDE


def has_postcode(spans: Sequence[Span]) -> bool:
    """True if the question has a whole postcode, which says which subject is meant: "Kenwyn, EX17 2BZ"."""
    return any(
        " " in code and len(code.partition(" ")[2]) == _INWARD
        for span in spans
        for area in span.of("area")
        for code in area.areas
    )


def settle(annotated: Annotated, found: Naming, place: int, vocabulary: Vocabulary) -> None:
    """Decide from the words beside it which subject a whole name means."""
    span = found.spans[place]
    just_so = place > 0 and found.spans[place - 1].says("called", "whole")
    choice = resolve_name(annotated, found.spans, (place, place + 1), vocabulary)
    choice = called_so(span, choice, vocabulary, just_so=just_so)
    typed = annotated.typed(span.start, span.end)
    if choice.outcome == "tell" and _is_of_another_kind(annotated, found.spans, place, choice, vocabulary):
        choice = replace(choice, outcome="ask")
    if choice.outcome == "ask":
        found.asked.append((typed, choice))
    if (
        choice.outcome == "unknown"
        and "provider" in span.kinds
        and _may_own(annotated, found.spans, place, vocabulary)
    ):
        found.spans[place] = without_senses(span, "subject")
        return
    if choice.outcome == "unknown":
        typed = typed_with_place(annotated, found.spans, (place, place + 1), choice)
        found.unknown.append((typed, choice))
    sense = Sense("strange", typed) if choice.outcome == "unknown" else sense_of(choice)
    found.corrections |= corrected(annotated, (span.start, span.end), choice)
    found.spans[place] = replace(span, senses=(sense,))


def called_so(span: Span, choice: Choice, vocabulary: Vocabulary, *, just_so: bool) -> Choice:
    """Narrow an ambiguous choice to the subjects with exactly this name, or this name but for general words,
    if others only have the words in longer names; not if anything in the question disagrees.

    "Elm Court" may also be Elm Court Care Home, but never New Elm Court; "Elm Nursing Home" is not Elm
    Residential Nursing Home, and "called Elm Court" is ``just_so``.
    """
    if choice.field != "subject" or choice.outcome != "ask":
        return choice
    called = _bearers(span, choice, vocabulary)
    if not called or any(map(_is_contradicted, called)):
        return choice
    kept = called
    general = _GENERAL.intersection(key(span.text).split())  # in the name as typed, which is then whole
    if not (just_so or general):
        kept = tuple(one for one in choice.candidates if one in called or one.tier < _IN_PART)
    return replace(choice, outcome="tell" if len(kept) == 1 else "ask", candidates=kept)


def _bearers(span: Span, choice: Choice, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """The candidates of which a span is the whole name."""
    names = {one.id: one.name for one in vocabulary.store.subjects([int(one) for one in choice.values])}
    typed = bare(span.text)
    return tuple(
        one
        for one in choice.candidates
        if int(one.value) in names and bare(key(names[int(one.value)])) == typed
    )


def _is_contradicted(candidate: Candidate) -> bool:
    """True if the question contradicts a candidate in any way."""
    return any(reason.part in DISAGREEING for reason in candidate.reasons)


def _is_of_another_kind(
    annotated: Annotated, spans: Sequence[Span], place: int, choice: Choice, vocabulary: Vocabulary
) -> bool:
    """True if the words right after a name are a kind of place that the subject is not, nor a service that it
    is rated for: "Sunnydale Surgery" for a care home called Sunnydale."""
    if not is_before_kind(spans, place + 1) or not spans[place + 1].kinds >= {"kind", "service"}:
        return False
    if choice.field != "subject" or is_rated_for(spans[place + 1], choice, vocabulary):
        return False
    return resolve_name(annotated, spans, (place, place + 2), vocabulary).outcome != "tell"


def _may_own(annotated: Annotated, spans: Sequence[Span], place: int, vocabulary: Vocabulary) -> bool:
    """True if a name that no subject has may be an owner's: it comes before a plural kind, or the question
    asks who runs places."""
    behind = spans[place + 1] if place + 1 < len(spans) else None
    plural = behind is not None and "kind" in behind.kinds and not is_singular(behind)
    run = any(span.says("run_by") or span.says("measure", "provider") for span in spans)
    return plural or run or counts_or_lists(spans) or not spans[place].of("subject")
