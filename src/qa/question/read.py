"""(text, the Reading before, Vocabulary) → Reading: what a question asks, and what of it was not
understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice

from qa.language.clauses import asked_part, asks, cut, lead, parts, sentences, without_manner
from qa.language.dictionary import ordinary
from qa.language.tokens import fold, key
from qa.language.words import is_function
from qa.question import certainty
from qa.question.annotate import MOST_WORDS
from qa.question.areas import by_areas
from qa.question.asking_back import choice_of, choice_of_places, is_unsettled, narrowed
from qa.question.canonical import read_canonical_all
from qa.question.choosing import Choice as NameChoice
from qa.question.chunks import Chunk, unique
from qa.question.conditions import condition_of
from qa.question.definite import with_article
from qa.question.distances import DEFAULT, FEW_NEAREST
from qa.question.follow_up import arranged, is_bare, is_of_many, leans, merge, take_denial
from qa.question.gazetteer import places_elsewhere
from qa.question.naming_found import INSIDE
from qa.question.parse import OPERATORS, Parsed, parse
from qa.question.parts import Meant
from qa.question.place_beside import with_place_beside
from qa.question.query import Condition, Events, Is, Named, Near, Query, Total, Values, conjunction, parts_of
from qa.question.reading import Choice, Reading, Unknown
from qa.question.references import (
    is_told,
    of_both,
    owner_of,
    points_at_nobody,
    points_at_place,
    speaks_of_owner,
    without_what_is_told,
)
from qa.question.say import say_all
from qa.question.several_scales import several_scales
from qa.question.shared_places import leading, led, with_places_before, with_shared_places
from qa.question.small_talk import small_talk
from qa.question.topics import UNHELD, in_words_of_reports, is_prose, only_names
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists
from qa.question.winners import of_the_first, turned
from qa.records import UsedWord

_MOST_PARTS = 4  # questions side by side that are answered one by one
_MOST_OF_TEXT = 6  # likewise, of questions about the text
_AND = re.compile(r",?\s+and\s+")
_CAPITALS = re.compile(r"(?<=\w\s)[A-Z]\w+(?:\s[A-Z]\w+)*")  # a name inside a question
_MOST_SEAMS = 10  # tried in one sentence: each costs two readings
_BESIDE = 2  # words between a rating and what it is for: "for the"
_GRADE = frozenset(("rating", "ratings", "grade", "grades", "score", "judgement"))
_BEFORE_NAMES = frozenset("in near around within across at called named by".split())


def read(text: str, before: Reading | None, vocabulary: Vocabulary) -> Reading:
    """Return what ``text`` asks, read in the light of the Reading of the question before it."""
    spoken = small_talk(text)
    if spoken is not None:
        return Reading(text, text, spoken=spoken)
    queries = read_canonical_all(text.strip(), vocabulary)
    if queries:
        return Reading(text, text.strip(), queries)
    whole_text = unescape(text)
    asked, before = _what_is_asked(whole_text, before, vocabulary)
    pieces = [side for piece in cut(asked) for side in _sides(piece, vocabulary)][:_MOST_PARTS] or [asked]
    if _asks_when_it_moved(pieces, asked, vocabulary):
        pieces = [asked]
    readings: list[Reading] = []
    place = 0
    for piece in pieces:
        one = _read_one(piece, readings[-1] if readings else before, vocabulary, inside=bool(readings))
        start = max(asked.find(piece, place), place)
        place = start + len(piece)
        readings.append(
            replace(
                one,
                words=tuple(UsedWord(start + word.start, start + word.end, word.part) for word in one.words),
            )
        )
    first = leading(pieces[0], vocabulary) if len(pieces) > 1 else ()
    whole = _joined(with_places_before(led(with_shared_places(readings), first)), vocabulary)
    if whole.prose:
        at_once = _read_one(asked, before, vocabulary, inside=False) if len(readings) > 1 else whole
        if not at_once.prose or not _stand_apart(readings):  # the passages are asked about the whole at once
            whole = _by_parts(at_once, asked) if at_once.prose and not at_once.unknown else at_once
    words = _within_text(whole.words, whole_text, text)
    return replace(whole, text=text, words=words, earlier=_spoken_of_earlier(whole, before))


def _asks_when_it_moved(pieces: Sequence[str], asked: str, vocabulary: Vocabulary) -> bool:
    """ "Did its rating change, and when?" is one question, for the dates of every change that is held."""
    if len(pieces) != 2 or key(pieces[1]) != "when" or not vocabulary.deep_history:
        return False
    return any(isinstance(query.measure, Events) for query in parse(asked, vocabulary).queries)


def _stand_apart(readings: Sequence[Reading]) -> bool:
    """True if some are of the tables and some of the text, and none of the tables leans on what is asked
    before it: each is answered from where it is told."""
    of_text = [one.prose for one in readings]
    return any(of_text) and not all(of_text) and all(one.prose or one.names for one in readings[1:])


def _within_text(words: tuple[UsedWord, ...], read: str, text: str) -> tuple[UsedWord, ...]:
    """Spans of ``read`` as spans of ``text``, in which characters may be written as in HTML; those that are
    not found are left out."""
    if read == text:
        return words
    found, place = [], 0
    for word in words:
        typed = read[word.start : word.end]
        start = text.find(typed, place)
        if start >= 0:
            place = start + len(typed)
            found.append(UsedWord(start, place, word.part))
    return tuple(found)


def _what_is_asked(text: str, before: Reading | None, vocabulary: Vocabulary) -> tuple[str, Reading | None]:
    """The question without what it tells beside, and what that tells of: "it" and "there" may be somebody
    named in it."""
    text = without_manner(text)
    asked = _without_story(asked_part(text), vocabulary)
    if asked == text or (before is not None and before.queries):
        return asked, before
    parsed = parse(asked, vocabulary)
    told = "".join(letter if blank.isspace() else " " for letter, blank in zip(text, asked, strict=True))
    about = any(chunk.kind in _HEADS for chunk in parsed.chunks)
    if not about and not parsed.any("follow", "pronoun", "there"):
        return text, before
    beside = parse(told, vocabulary)
    if any(chunk.kind == "cond" for chunk in beside.chunks) and _points_back(parsed):
        return text, before  # "A home can be good and yet inadequate for safe. How many is that?"
    if (placed := with_place_beside(text, asked, parsed, beside)) is not None:
        return placed, before
    if beside.naming.unknown or any(
        chunk.kind in ("subject", "where", "provider", "kind") for chunk in beside.chunks
    ):
        return asked, _reading(told, beside, [Query(conjunction(*_named_in(beside, vocabulary)))], vocabulary)
    return asked, before


def _points_back(parsed: Parsed) -> bool:
    """True of a count or list of what was just said: "how many is that?"."""
    back = any(
        chunk.kind == "follow" and chunk.text in ("is that", "that", "are those") for chunk in parsed.chunks
    )
    return back and parsed.any("measure", "count", "list", "share")


def _without_story(text: str, vocabulary: Vocabulary) -> str:
    """The text without sentences that ask nothing and name nothing that is asked about: "MP's office
    here.", and without a lead that says what the answer is for: "For the board paper: …"."""
    if "?" not in text:
        return text
    for span in (*lead(text), *sentences(text)):
        piece = text[span.start : span.end]
        if not piece.strip() or asks(piece):
            continue
        told = parse(piece, vocabulary)
        if not any(
            _is_titled(told, chunk) if chunk.kind == "strange" else chunk.kind in (*_HEADS, "cond", "period")
            for chunk in told.chunks
        ):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _is_titled(parsed: Parsed, chunk: Chunk) -> bool:
    """True of several words that all have a capital, as a name has: "Mersey Care - how is it rated?"."""
    words = parsed.annotated.typed(chunk.start, chunk.end).split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


_HEADS = ("subject", "kind", "where", "provider", "strange", "field", "aspects")


def _named_in(parsed: Parsed, vocabulary: Vocabulary) -> list[Condition]:
    """The conditions of place, kind and name in what is told beside a question."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind in ("subject", "where", "provider", "kind")]
    return [condition for chunk in chunks if (condition := condition_of(chunk, vocabulary)) is not None]


def _fields_of_places(parsed: Parsed) -> Iterator[str]:
    """The fields of the places named; a postcode counts as one."""
    for chunk in parsed.chunks:
        if chunk.kind == "where":
            yield from (value.field if isinstance(value, Meant) else "postcode" for value in chunk.value)


def _sides(text: str, vocabulary: Vocabulary) -> list[str]:
    """The two sides of "hospices in London, and hospices in Kent": the same kind with a place of its own on
    each."""
    for seam in islice(_AND.finditer(text), _MOST_SEAMS):
        sides = [text[: seam.start()], text[seam.end() :]]
        words = [{word.text for word in fold(side)} for side in sides]
        if not any(vocabulary.is_kind(word) for word in words[0] & words[1]):
            continue
        parsed = [parse(side, vocabulary) for side in sides]
        kinds = [[chunk.value for chunk in one.chunks if chunk.kind == "kind"] for one in parsed]
        places = [set(_fields_of_places(one)) for one in parsed]
        if (
            kinds[0] == kinds[1]
            and places[0] & places[1]
            and not any(one.cost or one.yes_no for one in parsed)
        ):
            return sides
    return [text]


def _by_parts(reading: Reading, asked: str) -> Reading:
    """A question about the text that asks several things, one after the other."""
    several = [part for part in parts(asked) if small_talk(part) is None]
    if not 2 <= len(several) <= _MOST_OF_TEXT:
        return reading
    return replace(reading, queries=tuple(Query(prose=part) for part in several))


def _read_one(text: str, before: Reading | None, vocabulary: Vocabulary, *, inside: bool) -> Reading:
    previous = before.queries[-1] if before is not None and before.queries else None
    parsed = parse(text, vocabulary, _spoken_of(previous))
    owner = owner_of(previous, vocabulary)
    if owner is not None and speaks_of_owner(parse(text, vocabulary)):
        parsed = parse(text, vocabulary, owner)
    follows = before is not None and (
        leans(parsed) or is_bare(parsed, previous) or (inside and _lacks_head(parsed))
    )
    told = previous if follows and previous is not None and previous.prose is None else None
    both: Query | None = None
    if told is not None and before is not None:
        if is_told(told, parsed):
            return replace(before, text=text, words=parsed.words(), left_out=(), follows=True)
        first = of_the_first(told, parsed, vocabulary)
        if first is not None:
            parsed, told = parse(text, vocabulary, _spoken_of(first)), first
            before = replace(before, queries=(*before.queries[:-1], first))
        take_denial(parsed)
        both = of_both(told, before.beside, before.earlier, parsed) or turned(told, parsed)
    prose = both is None and is_prose(parsed, vocabulary, previous if follows else None)
    if prose:
        if follows and before is not None and (same := _same_of_another(before, parsed)) is not None:
            return replace(_read_one(same, None, vocabulary, inside=inside), follows=True)
        topic = (before.text, *before.topic) if follows and before is not None else ()
        wanted = Query(prose=in_words_of_reports(text, parsed))
        return replace(_reading(text, parsed, [wanted], vocabulary, topic), follows=follows)
    if follows and before is not None:
        if before.unknown and not parsed.any("subject", "where", "kind") and not parsed.naming.unknown:
            return replace(before, text=text, standalone=text, words=parsed.words(), follows=True)
        if told is not None:
            queries = [both] if both is not None else _merged(before, parsed, text, vocabulary)
            merged = _reading(text, parsed, queries, vocabulary, follows=True)
            if both is None and is_of_many(told, parsed, queries):
                merged = replace(merged, unnamed=_pronoun(parsed), blocked=True)
            return replace(_still_asked(merged, before), follows=True, beside=told)
    return _by_itself(text, parsed, before, vocabulary, follows=follows)


def _pronoun(parsed: Parsed) -> str:
    """The word that points, as typed."""
    chunk = next((one for one in parsed.chunks if one.says("follow", "pronoun")), parsed.chunks[0])
    return with_article(parsed.annotated, chunk.start, chunk.end)


def _by_itself(
    text: str, parsed: Parsed, before: Reading | None, vocabulary: Vocabulary, *, follows: bool
) -> Reading:
    """The Reading of a question without the one before; where it points at somebody, it asks back whom."""
    queries = parsed.queries
    reading = replace(_reading(text, parsed, queries, vocabulary, follows=follows), follows=follows)
    lost = points_at_nobody(parsed.chunks, queries, vocabulary)
    if lost is not None:
        typed = with_article(parsed.annotated, lost.start, lost.end)
        return replace(reading, left_out=unique((*reading.left_out, typed)), unnamed=typed, blocked=True)
    return reading if before is None else _still_asked(reading, before)


def _merged(before: Reading, parsed: Parsed, text: str, vocabulary: Vocabulary) -> Sequence[Query]:
    """The Queries of a fragment; one that says which of several was meant is about that one."""
    previous, asked = before.queries[-1], before.ambiguous
    named = _named(before)
    if before.earlier is not None and named is not None and _is_other_one(parsed):
        kept = [before.earlier if part == named else part for part in parts_of(previous.scope)]
        return [replace(previous, scope=conjunction(*kept))]
    if (
        asked is None
        or not asked.subjects
        or parsed.any("subject")
        or not parsed.any("where", "provider", "kind")
    ):
        return merge(previous, parsed, historic=vocabulary.history)
    told = [one for query in parsed.queries for one in parts_of(query.scope)]
    chosen = narrowed(asked, told, text, vocabulary)
    if chosen is None:
        return (
            [previous]
            if parsed.any("follow", "pronoun")
            else merge(previous, parsed, historic=vocabulary.history)
        )
    named = Named(chosen.subjects, chosen.names)
    rest = [one for one in told if not isinstance(one, Is)]
    kept = [one for one in parts_of(previous.scope) if not isinstance(one, Named)]
    return [replace(previous, scope=conjunction(named, *kept, *rest))]


def _same_of_another(before: Reading, parsed: Parsed) -> str | None:
    """The question before about the text with another name in it: "who runs Mersey Care?" – "and Oxleas?"."""
    names = [chunk for chunk in parsed.chunks if chunk.kind == "subject"]
    spoken_of = before.names or tuple(_CAPITALS.findall(before.text))
    if not (before.prose and only_names(parsed) and len(names) == len(spoken_of) == 1):
        return None
    said = parsed.annotated.typed(names[0].start, names[0].end)
    return before.text.replace(spoken_of[0], said, 1)


def _is_other_one(parsed: Parsed) -> bool:
    """ "And the other one?", of two that were named one after the other."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and")]
    return (
        len(telling) == 1
        and telling[0].says("follow", "other")
        and telling[0].text.endswith(("other", "one"))
    )


def _still_asked(reading: Reading, before: Reading) -> Reading:
    """What was asked back before and not settled is asked back again: "Is it safe?" of two of one name."""
    asked = before.ambiguous
    if (
        reading.ambiguous is None
        and asked is not None
        and any(is_unsettled(asked, query) for query in reading.queries)
    ):
        return replace(reading, ambiguous=asked)
    return reading


def _spoken_of_earlier(reading: Reading, before: Reading | None) -> Named | None:
    """Whom "the other one" means in the next question: who was named before somebody else was."""
    if before is None:
        return None
    now, last = _named(reading), _named(before)
    return last if now is not None and last is not None and now != last else before.earlier


def _named(reading: Reading) -> Named | None:
    last = reading.queries[-1] if reading.queries else None
    return next((part for part in parts_of(last.scope) if isinstance(part, Named)), None) if last else None


def _spoken_of(query: Query | None) -> Meant | None:
    """Whom "it" and "they" mean: the subjects of the Query before."""
    named = [part for part in parts_of(query.scope) if isinstance(part, Named)] if query is not None else []
    return Meant("subject", subjects=named[0].subjects, labels=named[0].labels) if named else None


def _lacks_head(parsed: Parsed) -> bool:
    return not any(
        chunk.kind in ("kind", "subject", "field", "strange") and not chunk.out for chunk in parsed.chunks
    )


def _reading(
    text: str,
    parsed: Parsed,
    queries: Sequence[Query],
    vocabulary: Vocabulary,
    topic: tuple[str, ...] = (),
    *,
    follows: bool = False,
) -> Reading:
    queries = [by_areas(_of_one(arranged(query)), vocabulary.areas, vocabulary.scale) for query in queries]
    signs = certainty.signs(parsed, queries, follows=follows)
    prose = queries[0].prose is not None
    unknown = _unknown(parsed, vocabulary, prose=prose)
    left_out = [
        chunk
        for chunk in ([] if prose else parsed.left_out)
        if chunk not in unknown and not chunk.used and not points_at_place(parsed, chunk, queries)
    ]
    choices = dict(parsed.naming.unknown)
    strange_kinds = _strange_kinds(left_out, vocabulary)
    return Reading(
        text,
        text if prose else say_all(queries, vocabulary),
        tuple(queries),
        left_out=(*(parsed.annotated.typed(chunk.start, chunk.end) for chunk in left_out), *_unread(parsed)),
        words=parsed.words(),
        confidence=certainty.confidence(signs),
        signs=tuple(signs.items()),
        corrections=parsed.corrections,
        unknown=tuple(
            Unknown(
                chunk.value, _near(choices.get(chunk.value), vocabulary), _is_in_text(chunk.value, vocabulary)
            )
            for chunk in unknown
        ),
        ambiguous=None if prose else _ambiguous(text, parsed, queries, vocabulary),
        unheld=(*_unheld(parsed, vocabulary, prose=prose), *strange_kinds),
        notes=(*_notes(parsed, vocabulary), *several_scales(queries, vocabulary.scale)),
        alternative=_alternative(parsed, vocabulary, prose=prose, follows=follows),
        blocked=not prose and (bool(strange_kinds) or _is_blocked(parsed, left_out)),
        topic=topic,
        names=tuple(
            parsed.annotated.typed(chunk.start, chunk.end)
            for chunk in parsed.chunks
            if chunk.kind in ("subject", "provider") or _is_sought(chunk)
        )
        + (_called(parsed) if prose else ()),
    )


def _alternative(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool, follows: bool) -> str | None:
    """The next best reading in words, where it is as good as the one that is answered."""
    if prose or follows or not parsed.others or parsed.naming.unknown or parsed.naming.asked:
        return None
    return say_all(list(map(arranged, parsed.others)), vocabulary)


def _of_one(query: Query) -> Query:
    """ "How many beds does it have?" of one place asks for the number, and adds up nothing."""
    one = isinstance(query.scope, Named) and len(query.scope.subjects) == 1
    if one and isinstance(query.measure, Total) and query.measure.function == "sum" and not query.against:
        return replace(query, measure=Values((query.measure.field,)))
    return query


def _unknown(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool) -> list[Chunk]:
    """What is left out that looks like a name; of a question to passages, one that they do not speak of."""
    strange = [chunk for chunk in parsed.left_out if chunk.kind == "strange"]
    if not prose:
        return [
            chunk
            for chunk in strange
            if _is_name(parsed, chunk, prose=False) or _is_asked_about(parsed, chunk)
        ]
    names = [
        chunk
        for chunk in strange
        if _is_name(parsed, chunk, prose=True)
        and not _is_clause(parsed.annotated.typed(chunk.start, chunk.end))
    ]
    known = vocabulary.passage_words
    called = (_capitals(parsed, chunk) or chunk.value for chunk in names)
    return [
        chunk
        for chunk, name in zip(names, called, strict=True)
        if not known.issuperset(word.text for word in fold(name))
    ]


def _is_in_text(name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.passage_words.issuperset(word.text for word in fold(name))


def _called(parsed: Parsed) -> tuple[str, ...]:
    """What is written with capitals of unexplained words inside the question: names, which the answer has to
    speak of."""
    strange = (chunk for chunk in parsed.chunks if chunk.kind == "strange" and chunk.start > 0)
    return tuple(name for chunk in strange if (name := _capitals(parsed, chunk)))


def _capitals(parsed: Parsed, chunk: Chunk) -> str:
    """The words of a chunk that are written with a capital, by themselves: "Oxleas" of "Oxleas listen"."""
    typed = parsed.annotated.typed(chunk.start, chunk.end)
    return " ".join(word for word in typed.split() if word[:1].isupper())


def _is_clause(typed: str) -> bool:
    """True of words of a sentence rather than of a name: an article between words without a capital."""
    words = [word.text for word in fold(typed)]
    return typed == typed.lower() and not {"the", "a", "an"}.isdisjoint(words[1:-1])


def _is_ranked_by(parsed: Parsed, chunk: Chunk) -> bool:
    """True of what an order is of, where that is not understood: "the most deprived"."""
    ahead = parsed.chunks.before(chunk)
    return ahead is not None and ahead.says("super", "most", "least", "highest", "lowest")


def _is_head(parsed: Parsed, chunk: Chunk) -> bool:
    """True of what is counted or listed, where nothing else says it: "which wards", "all good wards"."""
    if any(one.kind in ("kind", "subject", "field", "aspects") and not one.out for one in parsed.chunks):
        return False
    ahead = list(parsed.chunks[: parsed.chunks.index(chunk)])
    while ahead and ahead[-1].kind in ("cond", "quantifier", "function"):
        ahead.pop()
    return bool(ahead) and ahead[-1].says("measure", "which", "count", "list")


def _is_predicate(parsed: Parsed, chunk: Chunk) -> bool:
    """True of what places of a kind are asked to be or to have: "how many homes have gardens"."""
    ahead = parsed.chunks.before(chunk)
    if ahead is not None and ahead.text in ("a", "an", "any"):
        ahead = parsed.chunks.before(ahead)
    return (
        ahead is not None
        and ahead.text in ("are", "have", "has", "with")
        and parsed.any("measure", "count", "which", "list", "share")
    )


def _is_blocked(parsed: Parsed, left_out: Sequence[Chunk]) -> bool:
    """True if what is left out changes the meaning, or is the question itself."""
    if any(
        chunk.kind in OPERATORS
        or _is_ranked_by(parsed, chunk)
        or _is_head(parsed, chunk)
        or _is_predicate(parsed, chunk)
        for chunk in left_out
    ):
        return True
    if any(chunk.says("measure", "difference", "ratio") and not chunk.used for chunk in parsed.chunks):
        return True
    return bool(left_out) and not _asks_of_ratings(parsed)


def _unheld(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool) -> tuple[str, ...]:
    """What is asked about that no table holds, each once; of a question to passages, what they don't speak of
    either."""
    topics = [chunk for chunk in parsed.left_out if chunk.kind == "unheld"]
    if prose:
        known = vocabulary.passage_words
        topics = [chunk for chunk in topics if not known.issuperset(word.text for word in fold(chunk.text))]
    scales = [f"{part.ratings[0]} to {part.ratings[-1]}" for part in vocabulary.scale.parts]
    other = f"ratings in words that are not on their scale ({', '.join(scales)})"
    told = (other if chunk.value == "scale" else UNHELD[chunk.value] for chunk in topics)
    aspects = (
        f"ratings for “{parsed.annotated.typed(chunk.start, chunk.end)}”"
        for chunk in parsed.left_out
        if chunk.kind in ("strange", "word") and not chunk.used and _is_aspect(parsed, chunk)
    )
    return tuple(dict.fromkeys((*told, *_not_told_apart(parsed), *aspects)))


def _is_aspect(parsed: Parsed, chunk: Chunk) -> bool:
    """True of what a rating is said to be for, where no table rates it: "rated for cleanliness"."""
    behind = parsed.chunks.after(chunk)
    if behind is not None and behind.kind == "rated" and behind.start == chunk.end:
        return behind.text.split()[0] in _GRADE  # "the cleanliness rating of …"
    words = [word.text for word in parsed.annotated.words[max(0, chunk.start - 2) : chunk.start]]
    if words[-1:] in (["the"], ["its"], ["their"]):
        words.pop()
    if words[-1:] not in (["for"], ["on"]):
        return False
    rated = ("rated", "cond", "rating", "ratings", "quality")
    before = [one for one in parsed.chunks if one.start < chunk.start and one.kind in rated]
    return bool(before) and chunk.start - before[-1].end <= _BESIDE


def _strange_kinds(left_out: Sequence[Chunk], vocabulary: Vocabulary) -> list[str]:
    """Kinds of place that are asked about and that no table holds: without them the question is another."""
    senses = [sense for chunk in left_out for sense in vocabulary.grammar.phrases.get(key(chunk.text), ())]
    return list(dict.fromkeys(sense.value.label for sense in senses if sense.kind == "kind"))


def _not_told_apart(parsed: Parsed) -> list[str]:
    """Kinds of place that the tables can't tell from others, where places of that kind are asked about."""
    if parsed.any("subject"):
        return []
    kinds = [kind for chunk in parsed.chunks if chunk.kind == "kind" for kind in chunk.value]
    return [f"{kind.label} apart from other places of their kind" for kind in kinds if kind.unheld]


def _asks_of_ratings(parsed: Parsed) -> bool:
    """True if something is asked that the tables can answer: without it, what was left out is the question
    itself."""
    kinds = ("cond", "rated", "quality", "aspect", "aspects", "spread", "unrated", "super", "versus", "is")
    asked = parsed.any(
        "measure",
        "count",
        "share",
        "list",
        "when",
        "provider",
        "address",
        "kind",
        "mean",
        "difference",
        "ratio",
    )
    return asked or any(chunk.kind in kinds for chunk in parsed.chunks)


def _is_sought(chunk: Chunk) -> bool:
    """True of a topic that an answer has to speak of in so many words: "car park", "e-mail"."""
    return chunk.kind == "unheld" and chunk.value in ("fees", "contact", "capacity", "visiting", "jobs")


def _unread(parsed: Parsed) -> tuple[str, ...]:
    """What is said of words beyond the most that are read."""
    return (f"everything after the first {MOST_WORDS} words",) if parsed.annotated.unread else ()


def _is_name(parsed: Parsed, chunk: Chunk, *, prose: bool) -> bool:
    """True if unexplained words look like a name: behind "in" or "called", with a capital, or in no
    dictionary."""
    words = parsed.annotated.words
    typed = parsed.annotated.typed(chunk.start, chunk.end)
    ahead = words[chunk.start - 1].text if chunk.start else ""
    if ahead == "the" and chunk.start > 1:
        ahead = words[chunk.start - 2].text
    if not any(letter.isalnum() for letter in typed):
        return False
    capitals = [word[:1].isupper() for word in typed.split() if not is_function(word)]
    capital = any(capitals) if chunk.start else len(capitals) > 1 and all(capitals)
    if typed.casefold() in places_elsewhere():
        return True
    return (
        (ahead in _BEFORE_NAMES and not prose)
        or capital
        or not all(ordinary(word.text) for word in fold(typed))
    )


def _is_asked_about(parsed: Parsed, name: Chunk) -> bool:
    """True if nothing but unexplained words tells of whom a rating is asked: "Arden House rating", "good hope
    hospital"."""
    behind = parsed.chunks.after(name)
    spans = parsed.naming.spans
    if counts_or_lists(spans):
        return False
    end = behind
    while end is not None and _is_inner(end):
        end = parsed.chunks.after(end)
    if _is_kind_of_one(end):
        return True
    kinds = {chunk.kind for chunk in parsed.chunks}
    there = behind
    while there is not None and there.text in INSIDE:
        there = parsed.chunks.after(there)
    if (
        there is not None
        and there.kind == "where"
        and not kinds & {"kind", "subject", "provider", "field", "super"}
    ):
        return True  # "Larkspur Manor, York", "larkspur manor in york"
    return not kinds & {"kind", "where", "subject", "provider", "field", "value", "quantifier", "super"}


def _is_kind_of_one(chunk: Chunk | None) -> bool:
    """True of what ends a name: "hospital", "nhs trust"."""
    if chunk is None or chunk.spans[0].gap:
        return False
    trust = chunk.kind == "field" and chunk.text.endswith("trust")
    return trust or chunk.kind in ("kind", "service")


def _is_inner(chunk: Chunk) -> bool:
    """True of a small word that may stand within a name: "area" of "Craigavon Area Hospital"."""
    return chunk.kind == "function" and not chunk.spans[0].gap and chunk.text not in _AROUND_NAMES


_AROUND_NAMES = frozenset(
    "a an the is are was were at in on for by to from with any this that its their my our".split()
)


def _ambiguous(text: str, parsed: Parsed, queries: Sequence[Query], vocabulary: Vocabulary) -> Choice | None:
    """The first name that does not settle of whom, or of where, the Queries ask."""
    for typed, places in parsed.naming.offered:
        return choice_of_places(typed, places, text)
    for typed, asked in parsed.naming.asked:
        choice = choice_of(typed, asked, text, vocabulary)
        if any(is_unsettled(choice, query) for query in queries):
            return choice
    return None


def _near(choice: NameChoice | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    if choice is None:
        return ()
    values: list[int | str] = []
    for one in choice.near:  # of an owner also what it runs: it may be meant
        values += [one.value, *(vocabulary.names.run_by(one.value) if isinstance(one.value, str) else ())]
    numbers = [value for value in values if isinstance(value, int)]
    known = {one.id: one.name for one in vocabulary.store.subjects(numbers)} if numbers else {}
    names = (known.get(value, "") if isinstance(value, int) else value for value in values)
    return tuple(dict.fromkeys(name for name in names if name))[:3]


def _notes(parsed: Parsed, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What was assumed: wider places, periods that were counted back."""
    found = list(parsed.naming.notes)
    for chunk in parsed.chunks:
        for value in chunk.value if isinstance(chunk.value, tuple) else ():
            note = getattr(value, "note", "")
            if note:
                found.append(note)
            if (
                isinstance(value, Near)
                and chunk.used == "scope"
                and any(one.says("near", "near") for one in chunk.taken)
            ):
                said = parsed.annotated.typed(chunk.taken[0].start, chunk.taken[0].end)
                found.append(f"“{said}” is read as within {DEFAULT:g} miles.")
            if getattr(value, "counted_back", False) and vocabulary.as_of:
                day = vocabulary.as_of
                found.append(f"“{value.said}” is counted back from {day.day} {day:%B %Y}.")
        plain = chunk.kind in ("function", "word") and any(span.says("near", "near") for span in chunk.spans)
        if plain and not vocabulary.has_coordinates:
            found.append(f"“{chunk.text}” is read as “in”, as the tables hold no latitude and longitude.")
        if chunk.says("near", "several nearest", "several furthest"):
            found.append(
                f"“{parsed.annotated.typed(chunk.start, chunk.end)}” is read as the first {FEW_NEAREST}."
            )
    return tuple(dict.fromkeys(found))


def _joined(readings: Sequence[Reading], vocabulary: Vocabulary) -> Reading:
    """One Reading of several side by side, each question's Queries once."""
    if len(readings) == 1:
        return readings[0]
    of_tables = [one for one in readings if not one.prose]  # how sure a text is, the passages say
    least_sure = min(of_tables or readings, key=lambda one: one.confidence)
    queries = without_what_is_told(dict.fromkeys(query for one in readings for query in one.queries))
    return replace(
        readings[0],
        standalone=say_all(queries, vocabulary),
        queries=queries,
        left_out=tuple(word for one in readings for word in one.left_out),
        confidence=least_sure.confidence,
        signs=least_sure.signs,
        corrections=tuple(dict.fromkeys(change for one in readings for change in one.corrections)),
        unknown=tuple(name for one in readings for name in one.unknown),
        ambiguous=next((one.ambiguous for one in readings if one.ambiguous), None),
        blocked=any(one.blocked for one in readings),
        unheld=tuple(dict.fromkeys(topic for one in readings for topic in one.unheld)),
        notes=tuple(dict.fromkeys(note for one in readings for note in one.notes)),
        words=tuple(word for one in readings for word in one.words),
    )
