"""The results of looking up the names in a question, and how they are written into its spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa.question.annotated import Annotated, weight_of
from qa.question.choosing import Choice
from qa.question.parts import Meant, Sense, Span
from qa.records import Change

INSIDE = frozenset(("in", "near", "around", "within", "across"))


@dataclass(slots=True)
class Naming:
    """The names found among the words that nothing else explains."""

    spans: list[Span]
    asked: list[tuple[str, Choice]] = field(default_factory=list)  # names as typed that are ambiguous
    unknown: list[tuple[str, Choice]] = field(default_factory=list)  # names as typed that are unknown
    corrections: dict[int, Change] = field(
        default_factory=dict
    )  # place of a misspelt word of a name → its correction
    offered: list[tuple[str, tuple[str, ...]]] = field(
        default_factory=list
    )  # names that several places have, with these places
    housed: dict[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # first word of a house's name → the subjects at that address

    notes: list[str] = field(default_factory=list)  # what was assumed about a place, for the answer


def put(found: Naming, run: tuple[int, int], sense: Sense, *, decided: bool = False) -> None:
    """Replace the spans of ``run`` by one span with ``sense``; ``decided`` if all words of the name were
    typed."""
    if decided:
        sense = replace(sense, value=replace(sense.value, decided=True))
    first, last = run
    words = (found.spans[first].start, found.spans[last - 1].end)
    text = " ".join(span.text for span in found.spans[first:last])
    made = Span(*words, text, (sense,), weight_of(words[1] - words[0]), found.spans[first].gap)
    found.spans[first:last] = [made]


def sense_of(choice: Choice) -> Sense:
    """Return the subjects of a choice as a sense."""
    if choice.field == "subject":
        return Sense("subject", Meant("subject", subjects=tuple(int(value) for value in choice.values)))
    return Sense("provider", Meant(choice.field, tuple(str(value) for value in choice.values)))


def corrected(annotated: Annotated, run: tuple[int, int], choice: Choice) -> dict[int, Change]:
    """The misspelt words of a run by their places, with the words that they were read as; empty for an
    unknown name."""
    reasons = choice.candidates[0].reasons if choice.candidates and choice.outcome != "unknown" else ()
    meant = {reason.words: reason.meant for reason in reasons if reason.meant}
    places = [place for place in range(*run) if annotated.words[place].text in meant]
    return {
        place: Change(annotated.typed(place, place + 1), meant[annotated.words[place].text])
        for place in places
    }


def typed_with_place(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], choice: Choice
) -> str:
    """Return a name as typed, followed by its place if others with the name are elsewhere: "Elm House in
    Truro"."""
    first, last = spans[run[0]].start, spans[run[1] - 1].end
    behind = run[1] + (run[1] < len(spans) and spans[run[1]].text in INSIDE)
    if behind < len(spans) and "place" in spans[behind].kinds and spans[behind].gap in ("", ","):
        words = spans[behind].text.split()
        against = [reason for one in choice.near for reason in one.reasons]
        if any(
            one.part == "other place" or (one.part == "left over" and one.words in words) for one in against
        ):
            last = spans[behind].end
    return annotated.typed(first, last)
