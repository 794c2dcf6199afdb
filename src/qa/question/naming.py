"""Unexplained words → the names that they are: look up each run of them in the name index, with the words
beside it as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.annotate import without_senses
from qa.question.annotated import Annotated
from qa.question.beside_names import longer, with_capitals, with_places
from qa.question.called import called_alike, with_words_of_names, without_called
from qa.question.choosing import Choice
from qa.question.evidence import resolve_name
from qa.question.gazetteer import TOWN
from qa.question.naming_found import INSIDE, Naming, corrected, put, sense_of
from qa.question.owner_labels import with_owners
from qa.question.parts import Meant, Sense, Span
from qa.question.query import Postcode
from qa.question.runs import resolve, runs
from qa.question.settling import has_postcode, is_also_place, is_subject, settle
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists, whole_names

_INWARD = 3  # letters and digits of the second half of a postcode
_MOST_RUNS = 4  # the most runs of unexplained words that are looked up

_MOST_SETTLED = 24  # the most names that are looked up; others are not understood
_MOST_NAMES = 24  # in a question with more names, none is extended by the words beside it


def find_names(annotated: Annotated, spans: Sequence[Span], vocabulary: Vocabulary) -> Naming:
    """Find the names in ``spans``: return the spans with the names read, and what remains to be asked."""
    spans = with_owners(annotated, with_words_of_names(annotated, spans), vocabulary)
    spans = with_places(with_capitals(annotated, spans))
    found = Naming(spans)
    _offer_places(annotated, found)
    spans = list(found.spans)
    _read_whole_names(annotated, found, vocabulary)
    _leave_addresses(found)
    _resolve_runs(annotated, found, vocabulary)  # first: a name may be part of a longer one
    _settle_names(annotated, found, spans, vocabulary)
    _lengthen(annotated, found, vocabulary)
    alike = called_alike(annotated, found.spans)
    found.asked = [one for one in found.asked if one[1].start not in alike or one[1].near]
    found.spans = without_called(found.spans)
    _doubt_postcodes(annotated, found, vocabulary)
    return found


def _read_whole_names(annotated: Annotated, found: Naming, vocabulary: Vocabulary) -> None:
    """Read every stretch that is one name as that name."""
    spans = list(found.spans)
    for way, choice in whole_names(
        annotated, spans, lambda way: resolve_name(annotated, spans, way, vocabulary)
    ):
        words = (spans[way[0]].start, spans[way[1] - 1].end)
        found.corrections |= corrected(annotated, words, choice)
        if choice.outcome == "ask":
            found.asked.append((annotated.typed(*words), choice))
        put(found, way, sense_of(choice), decided=True)


def _resolve_runs(annotated: Annotated, found: Naming, vocabulary: Vocabulary) -> None:
    """Look up the runs of unexplained words, one after another."""
    for _ in range(_MOST_RUNS):
        run = next(runs(annotated, found.spans), None)
        if run is None:
            return
        resolve(annotated, found, run, vocabulary)


def _settle_names(annotated: Annotated, found: Naming, spans: Sequence[Span], vocabulary: Vocabulary) -> None:
    """Decide which subject each remaining name of ``spans`` means. Names beyond the most that are looked up
    become unknown."""
    settled = 0
    untouched, coded = set(map(id, spans)), has_postcode(found.spans)
    for place, span in enumerate(found.spans):
        if id(span) not in untouched or not _is_to_settle(found.spans, place, coded=coded):
            continue
        if settled < _MOST_SETTLED:
            settle(annotated, found, place, vocabulary)
        else:
            typed = annotated.typed(span.start, span.end)
            found.spans[place] = replace(span, senses=(Sense("strange", typed),))
        settled += 1


def _is_to_settle(spans: Sequence[Span], place: int, *, coded: bool) -> bool:
    """True for the name of a subject, in a question with a postcode also for one that is a place as well; not
    for a place after "in"."""
    if place and spans[place - 1].text in INSIDE and "place" in spans[place].kinds:
        return False
    return is_subject(spans[place]) or (coded and is_also_place(spans, place))


def _lengthen(annotated: Annotated, found: Naming, vocabulary: Vocabulary) -> None:
    """Combine names with the words right beside them if what was typed is longer than the name."""
    if sum(bool(span.kinds & {"subject", "provider"}) for span in found.spans) > _MOST_NAMES:
        return  # no one lists so many names
    for _ in range(_MOST_RUNS):
        made = longer(
            annotated, found.spans, lambda way: resolve_name(annotated, found.spans, way, vocabulary)
        )
        if made is None:
            return
        way, choice = made
        typed = annotated.typed(found.spans[way[0]].start, found.spans[way[1] - 1].end)
        _forget(found, [annotated.typed(span.start, span.end) for span in found.spans[way[0] : way[1]]])
        if choice.outcome == "unknown":
            found.unknown.append((typed, choice))
        elif choice.outcome == "ask":
            found.asked.append((typed, choice))
        put(found, way, Sense("strange", typed) if choice.outcome == "unknown" else sense_of(choice))


def _forget(found: Naming, names: Sequence[str]) -> None:
    """Stop looking for these names as they were typed."""
    found.unknown = [one for one in found.unknown if one[0] not in names]
    found.asked = [one for one in found.asked if one[0] not in names]


def _doubt_postcodes(annotated: Annotated, found: Naming, vocabulary: Vocabulary) -> None:
    """Treat a whole postcode that is in no table as unknown, like a name."""
    if any(span.kinds & {"subject", "provider", "strange"} for span in found.spans):
        return
    for place, span in enumerate(found.spans):
        codes = [
            code for area in span.of("area") for code in area.areas if len(code.partition(" ")[2]) == _INWARD
        ]
        if codes and not any(map(vocabulary.places.has_postcode, codes)):
            typed = annotated.typed(span.start, span.end)
            district = codes[0].partition(" ")[0]
            if any(one.kinds & {"near", "length"} for one in found.spans) and vocabulary.places.has_area(
                district.casefold()
            ):
                found.spans[place] = replace(span, senses=(Sense("area", Postcode((district,))),))
                found.notes.append(f"No place at {typed} is held; {district} is measured from instead.")
                continue
            found.unknown.append((typed, Choice("unknown", "place", (), (), 0, 0)))
            found.spans[place] = replace(span, senses=(Sense("strange", typed),))


def _offer_places(annotated: Annotated, found: Naming) -> None:
    """Offer the places that a name may mean if nothing beside it says which."""
    for place, span in enumerate(found.spans):
        if "offered" not in span.kinds:
            continue
        beside = [
            one
            for one in found.spans
            if one is not span and one.kinds & {"place", "wider", "area", "subject"}
        ]
        if not beside:
            found.offered.append((annotated.typed(span.start, span.end), span.first("offered")))
        rest = without_senses(span, "offered")
        meant = Sense("wider", Meant(TOWN, span.first("offered")[:1]))
        found.spans[place] = rest if rest.senses else replace(rest, senses=(meant,) if not beside else ())


def _leave_addresses(found: Naming) -> None:
    """Read the name of a house or village in an address like any other name: unlike "41 Plumstone Road", it
    does not identify the subject there."""
    if counts_or_lists(found.spans):
        return
    for place, span in enumerate(found.spans):
        before = found.spans[place - 1].text if place else ""
        if before in _BEFORE_ADDRESSES or not _is_house_or_village(span):
            continue
        if span.kinds == {"subject"}:
            found.housed[span.start] = span.first("subject").subjects
            found.spans[place] = replace(span, senses=())
        elif span.kinds == {"subject", "provider"} and all(
            one.field == "street" for one in span.of("subject")
        ):
            found.spans[place] = without_senses(span, "subject")


_BEFORE_ADDRESSES = INSIDE | {"on", "at"}


def _is_house_or_village(span: Span) -> bool:
    """True for a subject by a line of its address that has no number."""
    meant = span.first("subject")
    return meant is not None and meant.field == "street" and not any(map(str.isdigit, span.text))
