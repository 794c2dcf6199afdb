"""Words → spans: every reading of every stretch of a question, and the segmentations that explain most of
it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qa.language.tokens import APOSTROPHES, UNSEEN, Word, fold
from qa.language.words import is_function
from qa.question.annotated import Annotated, Reading, weight_of
from qa.question.by_form import OF_POSTCODES, readings_by_form
from qa.question.mentions import Mention
from qa.question.negative_questions import without_denial
from qa.question.parts import Meant, Sense, Span
from qa.question.vocabulary import Vocabulary
from qa.records import Change

MOST_WORDS = 300  # words of a question that are read; docs/contract.md says so
_STRESS = 1.01  # for words of emphasis: "at all" beats "all", but not "all five"
_WEAK = 0.66  # for a name of everyday words and places only: those readings are preferred
_SHORTEST_NAME = 3  # letters of a word of a name whose possessive is written without its apostrophe
_OF_MANY = frozenset(("rating", "range", "super", "by"))  # words about several places
_OPENED = re.compile(r"(?:^|[\s(])['‘]")  # a quotation in single quotes


def annotate(text: str, vocabulary: Vocabulary) -> Annotated:
    """Return ``text`` with every reading of every stretch of its words."""
    folded = [word for word in fold(text) if word.text]
    words = _as_meant(text, folded, vocabulary)
    gaps = tuple(_gap(text, words, place) for place in range(len(words)))
    found = Annotated(text, words, gaps, unread=max(len(folded) - MOST_WORDS, 0))
    forms = _forms(found, vocabulary)
    spans: dict[tuple[int, int], dict[Sense, float]] = defaultdict(dict)
    for start, end, sense, weight in _readings(found, forms, vocabulary):
        spans[start, end][sense] = max(weight, spans[start, end].get(sense, 0.0))
    many = any(_is_of_many(sense) for senses in spans.values() for sense in senses)
    for (start, end), senses in spans.items():
        if many and _is_place_and_kind(spans, start, end, words):
            _weaken_names(senses)
        phrase = " ".join(word.text for word in words[start:end])
        span = Span(start, end, phrase, tuple(senses), max(senses.values()), gaps[start])
        found.candidates.setdefault(start, []).append(span)
    return found


def _as_meant(text: str, folded: Sequence[Word], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """The words to read: abbreviations are written out, possessives without an apostrophe recognised, and
    negations that don't change what is asked left out."""
    coded = any(word.text.startswith(OF_POSTCODES) for word in folded)
    words = tuple(
        long
        for word in folded[:MOST_WORDS]
        for long in _written_out(_unabridged(text, word, vocabulary), vocabulary, coded=coded)
    )
    words = tuple(_as_possessive(words, place, vocabulary) for place in range(len(words)))
    return without_denial(words, text, vocabulary)


def _is_of_many(sense: Sense) -> bool:
    """True for a word about several places."""
    return sense.kind in _OF_MANY or (sense.kind == "measure" and sense.value in ("count", "list", "share"))


def _weaken_names(senses: dict[Sense, float]) -> None:
    for sense in senses:
        if sense.kind in ("subject", "provider"):
            senses[sense] *= _WEAK


_ASKED_OF_ONE = frozenset(("rated", "aspect", "field", "postcode"))


def _as_possessive(words: Sequence[Word], place: int, vocabulary: Vocabulary) -> Word:
    """Read a word as a possessive without its apostrophe if something that is asked of one subject comes
    right after: "Princess Royals overall rating"."""
    word = words[place]
    one = word.text.removesuffix("s")
    if word.base or len(one) < _SHORTEST_NAME or one == word.text or one.endswith("s"):
        return word
    behind = vocabulary.senses(words[place + 1].text) if place + 1 < len(words) else ()
    if not any(sense.kind in _ASKED_OF_ONE for sense in behind) or vocabulary.says(word.text):
        return word
    return word._replace(base=one) if vocabulary.names.holds(one) else word


def _gap(text: str, words: Sequence[Word], place: int) -> str:
    """The punctuation before a word; the apostrophe of "St Thomas' Hospital" belongs to the word before."""
    start = words[place - 1].end if place else 0
    gap = text[start : words[place].start].translate(UNSEEN).strip()
    ends = start > 0 and text[start - 1] in "sS" and text[start : start + 1] in APOSTROPHES
    return gap[1:].strip() if gap and ends and not _OPENED.search(text, 0, start) else gap


def _is_place_and_kind(
    spans: Mapping[tuple[int, int], Mapping[Sense, float]], start: int, end: int, words: Sequence[Word]
) -> bool:
    """True for "Norfolk care homes": if they are counted or rated, these are many, even if one subject has
    that name."""
    run_by = start > 0 and words[start - 1].text == "by"
    return (
        not run_by
        and words[end - 1].text.endswith("s")
        and any(
            any(sense.kind == "place" for sense in spans.get((start, at), ()))
            and any(sense.kind == "kind" for sense in spans.get((at, end), ()))
            for at in range(start + 1, end)
        )
    )


_LONG = {"yr": "year", "yrs": "years"}
_WITH = re.compile(
    r"(?:(?<=\s)w/\s?|(?<=\s)w\s)"
    r"(?=(?:an?|any|at (?:least|most)|both|exactly|fewer|less|more|no|one|only|over|the|two|three|\d+)\b)"
)


def _unabridged(text: str, word: Word, vocabulary: Vocabulary) -> Word:
    """Write out abbreviations in lower case that are not part of a name: "towns w 4 homes", "what yr"."""
    if word.text == "w" and _WITH.match(text, word.start):
        return word._replace(text="with")
    long = _LONG.get(word.text)
    known = long is None or word.base or vocabulary.names.holds(word.text)
    return word if known or long is None else word._replace(text=long)


def _written_out(word: Word, vocabulary: Vocabulary, *, coded: bool) -> Iterator[Word]:
    """A word, or what an abbreviated place name stands for: "Lincs", "SW" (two words in the position of
    one). In a question of postcodes, ``coded``, "SW" is their area."""
    places = vocabulary.places.gazetteer
    area = coded and vocabulary.places.has_area(word.text)
    if not (word.base or area or vocabulary.is_known(word.text)):
        if word.text in places.short:
            word = word._replace(text=places.short[word.text])
        elif word.text in places.initials:
            yield from (word._replace(text=long, base=None) for long in places.initials[word.text])
            return
    yield word


def segment(annotated: Annotated, without: Iterable[Span] = ()) -> list[Span]:
    """Return the segmentation with the most weight that covers every word, without the readings
    ``without``."""
    size, left_out = len(annotated.words), set(without)
    best = [0.0] * (size + 1)
    step: list[Span | None] = [None] * size
    for start in range(size - 1, -1, -1):
        best[start] = best[start + 1]
        for span in annotated.candidates.get(start, ()):
            total = span.weight + best[span.end]
            if span not in left_out and total > best[start] + 1e-9:
                best[start], step[start] = total, span
    spans, place = [], 0
    while place < size:
        span = step[place] or _bare(annotated, place)
        spans.append(span)
        place = span.end
    return spans


def _bare(annotated: Annotated, place: int) -> Span:
    """A word without a meaning of its own; "England's" is the small word without its ending, "Guy's" is not
    "guys"."""
    word = annotated.words[place]
    base = word.base or ""
    text = base if base and (is_function(base) or is_function(word.text)) else word.text
    return Span(place, place + 1, text, gap=annotated.gaps[place])


def _readings(
    found: Annotated, forms: Sequence[tuple[str, ...]], vocabulary: Vocabulary
) -> Iterator[Reading]:
    yield from _phrases(forms, found.gaps, vocabulary)
    yield from readings_by_form(found, vocabulary)
    yield from _names(found, vocabulary)
    yield from _wider(found.words, vocabulary)


def _names(found: Annotated, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Return every whole name in the question; a name of everyday words yields to their other meanings."""
    places: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in vocabulary.names.mentions(found.words, found.exact):
        if mention.field in vocabulary.place_fields:
            places[mention.start, mention.end].append(mention)
            continue
        capitals = mention.everyday and _in_capitals(found, mention)
        if _is_everyday_word(found, mention, capitals, vocabulary):
            continue
        sense = _sense_of_name(mention)
        if sense is None:
            continue
        weak = (mention.everyday and not capitals) or (
            sense.kind == "provider" and _is_council(found, mention)
        )
        weight = weight_of(mention.end - mention.start)
        yield mention.start, mention.end, sense, weight * (_WEAK if weak else 1.0)
    yield from _places(found, places, vocabulary)


def _is_everyday_word(found: Annotated, mention: Mention, capitals: bool, vocabulary: Vocabulary) -> bool:
    """True for an everyday word that is also a name but is not meant as one here: "how many branches" does
    not mean a company called "The Branches", nor "which home is it?" a place called "Home"."""
    said = " ".join(word.text for word in found.words[mention.start : mention.end])
    typed = found.typed(mention.start, mention.end)
    if vocabulary.is_any_place(said.removeprefix("the ")) and (typed.islower() or not mention.start):
        return True
    if not mention.everyday:
        return False
    return (mention.form != "full" and not capitals) or vocabulary.says(said)


def _in_capitals(found: Annotated, mention: Mention) -> bool:
    """True for several words, not at the start, that all begin with a capital: "Homes Together"."""
    typed = found.typed(mention.start, mention.end).split()
    return (
        mention.start > 0
        and len(typed) > 1
        and all(word[:1].isupper() and word[1:].islower() for word in typed)
    )


def _sense_of_name(mention: Mention) -> Sense | None:
    """Return what a name that is not a place's may mean: an owner, or the subjects with this name."""
    short = mention.form != "full"
    if mention.field in ("provider", "brand"):
        values = tuple(str(value) for value in mention.values)
        return Sense("provider", Meant(mention.field, values, short=short))
    numbers = tuple(int(value) for value in mention.values) if mention.field in ("subject", "street") else ()
    return Sense("subject", Meant(mention.field, subjects=numbers, short=short)) if numbers else None


def _places(
    found: Annotated, places: Mapping[tuple[int, int], Sequence[Mention]], vocabulary: Vocabulary
) -> Iterator[Reading]:
    for (start, end), held in places.items():
        whole = any(
            one.field == "region" and one.form == "full" for one in held
        )  # London, not the City of London
        mentions = [one for one in held if not (whole and one.form == "short")]
        mentions.sort(key=lambda one: vocabulary.place_fields.index(one.field))
        first, others = mentions[0], tuple(dict.fromkeys(one.field for one in mentions[1:]))
        if all(one.form == "spelling" for one in mentions):
            typed = found.text[found.words[start].start : found.words[end - 1].end]
            found.corrections[start] = Change(typed, str(first.values[0]))
        meant = Meant(first.field, tuple(str(value) for value in first.values[:1]), others=others)
        yield start, end, Sense("place", meant), weight_of(end - start) + 0.01


def _is_council(found: Annotated, mention: Mention) -> bool:
    """True for "care homes in Shropshire Council", which means the area, unless the question asks who runs
    them."""
    run = any(word.text in ("run", "runs", "by", "owned", "operates") for word in found.words)
    return found.words[mention.end - 1].text == "council" and not run


def _wider(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Reading]:
    """Return places that are in no column: "the north", "Greater Manchester"."""
    if not vocabulary.has_places:
        return
    names, longest = vocabulary.places.gazetteer.names, vocabulary.places.longest
    for start, word in enumerate(words):
        for end in range(start + 1, min(start + longest.get(word.text, 0), len(words)) + 1):
            phrase = " ".join(one.text for one in words[start:end])
            meant = vocabulary.places.wider(phrase) if phrase in names else None
            if meant is not None:
                yield start, end, Sense("wider", meant), weight_of(end - start) + 0.02
            offered = vocabulary.places.offered(phrase) if phrase in names else ()
            if offered:
                yield start, end, Sense("offered", offered), weight_of(end - start) + 0.03


def _forms(found: Annotated, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Return the forms under which each word is looked up, as typed first; a misspelt word that nothing knows
    is corrected."""
    forms = []
    for place, word in enumerate(found.words):
        own = [form for form in (word.text, word.base) if form]
        if not any(map(vocabulary.knows, own)) and word.start not in found.exact:
            capital = _is_capital(found, place) and (place > 0 or _is_capital(found, place + 1))
            meant = vocabulary.correction(own[-1], rating_only=capital)
            if meant:
                own.append(meant)
                found.corrections[place] = Change(found.text[word.start : word.end], meant)
        forms.append(tuple(dict.fromkeys(own)))
    return forms


def _is_capital(found: Annotated, place: int) -> bool:
    return place < len(found.words) and found.text[found.words[place].start].isupper()


_ENDS = re.compile(r"[,;:?!]")


def _is_cut(gap: str, forms: Sequence[str]) -> bool:
    """True if no phrase goes on behind ``gap``: "good or better, rated since 2022". Numbers may repeat what
    comes before: "the two most deprived deciles, 1 and 2"."""
    return _ENDS.search(gap) is not None and not forms[0].isdigit()


def _phrases(
    forms: Sequence[tuple[str, ...]], gaps: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Reading]:
    longest = vocabulary.longest
    for start, firsts in enumerate(forms):
        growing = [(form, longest[form]) for form in firsts if form in longest]
        end = start + 1
        while growing:
            for phrase, _ in growing:
                for sense in vocabulary.senses(phrase):
                    size = end - start - phrase.startswith("the ")
                    yield start, end, sense, _STRESS if sense.kind == "emphasis" else weight_of(size)
            if end == len(forms) or _is_cut(gaps[end], forms[end]):
                break
            growing = _with_next_word(growing, end - start, forms[end])
            end += 1


def _with_next_word(
    growing: Sequence[tuple[str, int]], size: int, forms: Sequence[str]
) -> list[tuple[str, int]]:
    """The phrases of ``size`` words that may become longer, each extended by every form of the next word."""
    return [(f"{phrase} {form}", most) for phrase, most in growing if most > size for form in forms]


def without_senses(span: Span, *kinds: str) -> Span:
    """Return ``span`` without its senses of these kinds."""
    return replace(span, senses=tuple(sense for sense in span.senses if sense.kind not in kinds))
