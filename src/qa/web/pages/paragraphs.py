"""An answer's text as the page shows it: its first sentence large, the rest below, points with
their passages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qa.answering.distances import MEASURED
from qa.answering.english import listed as listed_words
from qa.answering.lists import NAMING
from qa.answering.quoting import BULLET, OTHERWISE
from qa.answering.refusing import held
from qa.answering.remarks import did_you_mean, left_out_sentence
from qa.answering.wording_parts import PLACE_KINDS
from qa.language.sentences import sentences
from qa.phrasing import long_date
from qa.question.parsed_reading import WITHIN
from qa.records import Answer, Distance, QuotedPassage, Span
from qa.web.pages import answer_charts, contact_links
from qa.web.pages.list_view import Listing, length_told

if TYPE_CHECKING:
    from qa.library import Library
    from qa.service import Service

SHORT = 24  # characters of a sentence that says no more than "Yes. 8 of 10"
FEW_NAMES = 3  # in the largest type
_BEHIND_A_NUMBER = re.compile(r"(?<=\d) (?=\w)")
_BEFORE_A_NUMBER = re.compile(r"\b([A-Z][\w’]*) (?=\d)")
_DATES_FIRST = ("Published ", "Date not published")
_DAY = r"published \d+ \w+ \d{4}|date not published"
_DATED = re.compile(rf" \((?P<alone>{_DAY})\)|, (?P<last>{_DAY})(?=\))")
# How a ranking's sentence introduces what it ranks → how a sentence of its own introduces it.
_RANKED = (
    ("share of", "The share is of"),
    (" most", "The count is of"),
    (" fewest", "The count is of"),
    (" of", "Among"),
)
_KIND_OF_PLACE = re.compile(rf"(?P<name>[\w’'&,.-]+) \((?:{'|'.join(PLACE_KINDS.values())})s?\)")
_WALL = 135  # characters of a comparison; the figures of a longer one follow below
_LISTED = re.compile(", | and ")
LONG = 90  # of a text; in a longer one the first sentence stands by itself


class Point(NamedTuple):
    """One of several points: its section, and the number of the passage that it quotes, 0 if
    that is not shown.
    """

    text: str
    section: str = ""
    passage: int = 0


class Paragraph(NamedTuple):
    """A paragraph of the answer's text in runs, or a list of its points; ``rest`` is the text
    after its first sentence.
    """

    runs: tuple[contact_links.Run, ...]
    points: Sequence[Point]
    rest: str = ""


def told(
    answer: Answer,
    other: str | None,
    listed: Listing | None,
    chart: answer_charts.Chart | None,
    passages: Sequence[QuotedPassage],
    ranked: str = "",
) -> Iterator[Paragraph]:
    """Return the paragraphs of an answer. If it lists many, their split by rating follows their number; if
    two groupings are drawn, their figures are not repeated. ``ranked`` is what a ranking is of, in words.
    """
    if answer.status == "signposted":  # its sentences are contacts
        return
    for place, paragraph in enumerate(_paragraphs(answer, other)):
        shown = _paragraph(answer, paragraph, passages, ranked)
        if chart and chart.multiples and not answer.parts:
            shown = shown._replace(rest="")
        first = shown.runs[0].text
        if place == 0 and listed and listed.split and _is_number_alone(first):
            split = listed_words(
                [f"{part.count:,} {part.badge.words}" for part in listed.split], len(listed.split)
            )
            shown = shown._replace(runs=_plain(f"{first.removesuffix('.')}: {split}"))
        yield shown


def _is_number_alone(text: str) -> bool:
    """True of one sentence that begins with a number and lists nothing."""
    return text[:1].isdigit() and ". " not in text and ":" not in text


def _paragraph(answer: Answer, text: str, passages: Sequence[QuotedPassage], ranked: str) -> Paragraph:
    first, rest = _first_and_rest(answer, text)
    first, of_what = _without_what_is_ranked(first, ranked)
    first, names = _without_names(first, answer)
    first = _without_kinds_of_place(first, answer)
    if of_what:
        first, names = f"{first.removesuffix(':').removesuffix('.')}.", f"They are {names}" if names else ""
    return Paragraph(
        _plain(first),
        _points(answer, text, passages),
        unbroken(" ".join(part for part in (of_what, names, rest) if part)),
    )


def _first_and_rest(answer: Answer, text: str) -> tuple[str, str]:
    """Cut a text after its first sentence, unless it is short, and take the dates out of that."""
    first, rest = _first_sentence(text) if answer.answer.basis != "passage" else (text, "")
    if answer.facts and answer.answer.basis == "facts":
        first, when = _dates_apart(first, answer)
        rest = " ".join(part for part in (when, rest) if part)
    if rest and len(f"{first} {rest}") <= LONG and not rest.startswith(_DATES_FIRST):
        return f"{first} {rest}", ""
    return first, rest


def _dates_apart(sentence: str, answer: Answer) -> tuple[str, str]:
    """Take the dates of ratings out of a sentence if the table below has them. A single date follows the
    sentence; several are only in the table. The dates of one subject's ratings are its history, and stay.
    """
    days = dict.fromkeys(found["alone"] or found["last"] for found in _DATED.finditer(sentence))
    history = len(days) > 1 and len({fact.subject for fact in answer.facts}) < len(answer.facts)
    if not days or history or answer.understood.intent == "when":
        return sentence, ""
    day, *others = days
    return _DATED.sub("", sentence), "" if others else f"{day[:1].upper()}{day[1:]}."


def _without_kinds_of_place(sentence: str, answer: Answer) -> str:
    """``8 care homes in Ludlow`` rather than ``in Ludlow (postal town)``: the reading, shown below, says
    which it is.
    """
    if answer.status != "answered" or answer.answer.basis != "facts":
        return sentence
    shorter = _KIND_OF_PLACE.sub("\\g<name>", sentence)
    names = Counter(found["name"] for found in _KIND_OF_PLACE.finditer(sentence))
    return sentence if any(number > 1 for number in names.values()) else shorter


def _without_what_is_ranked(sentence: str, ranked: str) -> tuple[str, str]:
    """Move what a ranking is of out of a long sentence into one of its own: ``Leeds (12) has the most.``,
    ``Counted are care homes rated Good.``
    """
    if not ranked or len(sentence) <= LONG or f" {ranked}" not in sentence:
        return sentence, ""
    lead, _, rest = sentence.partition(f" {ranked}")
    for end, says in _RANKED:
        if lead.endswith(end):
            return f"{lead.removesuffix(' of')}{rest}", f"{says} {ranked}."
    return sentence, ""


def _without_names(sentence: str, answer: Answer) -> tuple[str, str]:
    """Shorten a long sentence that lists names. Up to three names stay, and what they are follows; more names
    follow below in plain type, unless the table has them all.
    """
    if len(sentence) <= LONG or answer.answer.basis == "passage":
        return sentence, ""
    lead, seam, names = sentence.partition(": ")
    if seam and _lists_many(names, answer):
        all_below = len(answer.facts) == answer.facts_total and _begins_with_a_subject(names, answer)
        return (f"{lead}.", "") if all_below else (f"{lead}:", names)
    if seam and answer.understood.intent == "compare" and len(sentence) > _WALL:
        return f"{lead}.", names
    return _names_first(sentence, answer)


def _lists_many(names: str, answer: Answer) -> bool:
    """True of many names, and not of numbers by rating: "4 Good, 2 Inadequate"."""
    many = names.count(", ") >= FEW_NAMES or (
        len(answer.facts) > FEW_NAMES and _begins_with_a_subject(names, answer)
    )
    return many and not all(one[:1].isdigit() for one in _LISTED.split(names))


def _names_first(sentence: str, answer: Answer) -> tuple[str, str]:
    """Put the names of "The … are …" before what they are; of many only their distances, if they have any."""
    lead, seam, names = sentence.partition(" are ")
    if not (seam and lead.startswith("The ") and _begins_with_a_subject(names, answer)):
        return sentence, ""
    if len(answer.facts) > FEW_NAMES and answer.distances:
        return f"{lead}: {_from_to(answer.distances)}.", ""
    for rating in {fact.rating for fact in answer.facts if f"rated {fact.rating}" in lead}:
        names = names.replace(f", {rating})", ")")
    return names, f"These are {lead[:1].lower()}{lead[1:]}."


def _from_to(distances: Sequence[Distance]) -> str:
    """``0.3 to 0.5 miles``; the table has each distance."""
    near, far, unit = *(end(one.value for one in distances) for end in (min, max)), distances[0].unit
    if near == far or not near:
        return f"{'up to ' if far > near else ''}{length_told(far, unit)}"
    return f"{near:.1f} to {length_told(far, unit)}"


def _begins_with_a_subject(names: str, answer: Answer) -> bool:
    return names.startswith(tuple(fact.subject for fact in answer.facts))


def without_repeats(answer: Answer, service: Service, basis: str) -> Answer:
    """Remove what the line below the answer says already: the latest date and the number of ratings."""
    if not basis or answer.status not in ("answered", "not_found"):
        return answer
    newest = service.facts.dates[1]
    said = [held(service.holdings)] if answer.status == "not_found" else []
    said += (
        [f"Ratings published up to {long_date(newest)}."] if newest and newest == answer.index.as_of else []
    )
    return _without(answer, [*said, *_names_in_table(answer), *_contradicting(answer)])


def method_apart(answer: Answer, notes: Sequence[str]) -> tuple[Answer, str]:
    """Split off what distances are measured from, and how far "near" is: both are shown below the answer."""
    if answer.status != "answered" or answer.answer.basis != "facts":
        return answer, ""
    told = [one for one in _sentences(answer.answer.text) if one.startswith(MEASURED)]
    told += [note for note in notes if WITHIN in note]
    return _without(answer, told), " ".join(dict.fromkeys(told))


def _names_in_table(answer: Answer) -> list[str]:
    """The sentences that only name the subjects of the table below."""
    if answer.status != "answered" or answer.answer.basis != "facts":
        return []
    names = tuple(fact.subject for fact in answer.facts)
    return [
        one
        for one in _sentences(answer.answer.text)
        for lead in NAMING
        if one.startswith(lead) and one[len(lead) + 1 :].startswith(names)
    ]


def _contradicting(answer: Answer) -> list[str]:
    """The sentence about a passage that contradicts the table, which the page shows as a bar above the
    table.
    """
    text = answer.answer.text
    places = [text.find(OTHERWISE)] if answer.conflicts and not answer.parts else []
    return [text[text.rfind(". ", 0, place) + 2 :] for place in places if place > 0]


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in sentences(text)]


def _without(answer: Answer, said: Sequence[str]) -> Answer:
    """An answer without some of its sentences, in its text and in that of its parts."""

    def left(text: str) -> str:
        for sentence in said:
            text = text.replace(f" {sentence}", "")
        return text

    return replace(
        answer,
        answer=replace(answer.answer, text=left(answer.answer.text)),
        parts=tuple(replace(part, text=left(part.text)) for part in answer.parts),
    )


def passages_of_points(answer: Answer, library: Library) -> Iterator[QuotedPassage]:
    """The passages that points are quoted from and that are not among the answer's."""
    shown = {passage.id for passage in answer.passages}
    for point in answer.answer.points:
        if point.passage not in shown and (found := library.passage(point.passage)) is not None:
            shown.add(point.passage)
            span = Span(point.start, point.end)
            yield QuotedPassage(found.id, len(shown), 0.0, found.text, span, (), library.source(found))


def _first_sentence(text: str) -> tuple[str, str]:
    """Cut a text after its first sentence that says more than yes or no."""
    ends = [span.end for span in sentences(text)]
    end = next((end for end in ends if end > SHORT), len(text))
    return text[:end], text[end:].strip()


def _plain(text: str) -> tuple[contact_links.Run, ...]:
    return (contact_links.Run(unbroken(text)),)


def unbroken(text: str) -> str:
    """Put no-break spaces between a number and what it counts, and between it and the month or name before
    it.
    """
    return _BEFORE_A_NUMBER.sub("\\1\u00a0", _BEHIND_A_NUMBER.sub("\u00a0", text))


def _paragraphs(answer: Answer, other: str | None) -> list[str]:
    """Return the answer's text, cut after the answer to each part of a compound question. What was left out,
    and what else may be meant, is shown elsewhere on the page.
    """
    text, ends = _without_remarks(answer, other), [0]
    for part in answer.parts:
        start = text.find(part.text, ends[-1])
        ends += [start + len(part.text)] if start >= 0 else []
    cut = [text[start:end].strip() for start, end in pairwise([*ends, len(text)])]
    return [paragraph for paragraph in cut if paragraph]


def _without_remarks(answer: Answer, other: str | None) -> str:
    text = answer.answer.text
    if answer.status == "answered":
        for remark in (did_you_mean(other) if other else "", left_out_sentence(answer.understood.left_out)):
            start = text.rfind(f" {remark}") if remark else -1
            text = text[:start] + text[start + len(remark) + 1 :] if start >= 0 else text
    return text


def _points(answer: Answer, paragraph: str, passages: Sequence[QuotedPassage]) -> tuple[Point, ...]:
    """The points that a paragraph lists, each with its section and its passage."""
    numbered = {passage.id: passage for passage in passages}
    known = {point.text: numbered.get(point.passage) for point in answer.answer.points}
    return tuple(
        Point(line, found.source.section or "", found.rank) if (found := known.get(line)) else Point(line)
        for line in _lines(paragraph)
    )


def _lines(paragraph: str) -> Sequence[str]:
    """Return the points that a paragraph lists, none if it is prose."""
    lines = paragraph.split("\n")
    return (
        [line.removeprefix(BULLET) for line in lines]
        if len(lines) > 1 and all(line.startswith(BULLET) for line in lines)
        else ()
    )
