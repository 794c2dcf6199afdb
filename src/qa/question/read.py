"""(text, the Reading before, Vocabulary) → Reading: what a question asks, and what of it was not
understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice

from qa.language.clauses import asked_part, cut, lead, parts, sentences
from qa.language.dictionary import ordinary
from qa.language.tokens import fold
from qa.question import certainty
from qa.question.annotate import MOST_WORDS
from qa.question.asking_back import choice_of, choice_of_places, is_unsettled, narrowed
from qa.question.canonical import read_canonical_all
from qa.question.choosing import Choice as NameChoice
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of
from qa.question.follow_up import arranged, family, is_bare, leans, merge, take_denial
from qa.question.gazetteer import places_elsewhere
from qa.question.parse import OPERATORS, Parsed, parse
from qa.question.parts import Meant
from qa.question.query import Condition, Count, Is, Named, Query, conjunction, parts_of
from qa.question.reading import Choice, Reading, Unknown
from qa.question.say import say_all
from qa.question.small_talk import small_talk
from qa.question.topics import UNHELD, is_prose, only_names
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists
from qa.records import UsedWord

_MOST_PARTS = 4  # questions side by side that are answered one by one
_MOST_OF_TEXT = 6  # likewise, of questions about the text
_AND = re.compile(r",?\s+and\s+")
_CAPITALS = re.compile(r"(?<=\w\s)[A-Z]\w+(?:\s[A-Z]\w+)*")  # a name inside a question
_MOST_SEAMS = 10  # tried in one sentence: each costs two readings
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
    whole = _joined(_with_shared_places(readings), vocabulary)
    if len(readings) > 1 and whole.prose:  # the passages are asked about the whole at once
        whole = _read_one(asked, before, vocabulary, inside=False)
    if whole.prose and not whole.unknown:
        whole = _by_parts(whole, asked)
    words = _within_text(whole.words, whole_text, text)
    return replace(whole, text=text, words=words, earlier=_spoken_of_earlier(whole, before))


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
    if not text.rstrip().endswith("?"):
        return text
    for span in (*lead(text), *sentences(text)[:-1]):
        piece = text[span.start : span.end]
        if not piece.strip() or "?" in piece:
            continue
        told = parse(piece, vocabulary)
        if not any(
            chunk.kind in (*_HEADS, "cond", "period") and chunk.kind != "strange" for chunk in told.chunks
        ):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


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


def _with_shared_places(readings: list[Reading]) -> list[Reading]:
    """ "How many homes and how many practices are there in Wem?": what stands at the end is said of both."""
    last = readings[-1].queries[-1] if readings[-1].queries else None
    if len(readings) < 2 or last is None or last.prose is not None:
        return readings
    places = [
        part for part in parts_of(last.scope) if family(part) in ("kind", "where", "provider", "published")
    ]
    return [*(_within(reading, places) for reading in readings[:-1]), readings[-1]]


def _within(reading: Reading, places: list[Condition]) -> Reading:
    query = reading.queries[0] if len(reading.queries) == 1 else None
    bare = query is not None and query.prose is None and isinstance(query.measure, Count) and not query.by
    if query is None or not bare or {family(part) for part in parts_of(query.scope)} - {"kind", "rated"}:
        return reading
    held = {family(part) for part in parts_of(query.scope)}
    shared = [part for part in places if family(part) not in held]
    return replace(reading, queries=(arranged(replace(query, scope=conjunction(query.scope, *shared))),))


def _by_parts(reading: Reading, asked: str) -> Reading:
    """A question about the text that asks several things, one after the other."""
    several = [part for part in parts(asked) if small_talk(part) is None]
    if not 2 <= len(several) <= _MOST_OF_TEXT:
        return reading
    return replace(reading, queries=tuple(Query(prose=part) for part in several))


def _read_one(text: str, before: Reading | None, vocabulary: Vocabulary, *, inside: bool) -> Reading:
    previous = before.queries[-1] if before is not None and before.queries else None
    parsed = parse(text, vocabulary, _spoken_of(previous))
    follows = before is not None and (
        leans(parsed) or is_bare(parsed, previous) or (inside and _lacks_head(parsed))
    )
    if follows and previous is not None and previous.prose is None:
        take_denial(parsed)
    prose = is_prose(parsed, vocabulary, previous if follows else None)
    if prose:
        if follows and before is not None and (same := _same_of_another(before, parsed)) is not None:
            return replace(_read_one(same, None, vocabulary, inside=inside), follows=True)
        topic = (before.text, *before.topic) if follows and before is not None else ()
        return replace(_reading(text, parsed, [Query(prose=text)], vocabulary, topic), follows=follows)
    queries: Sequence[Query] = parsed.queries
    if follows and before is not None:
        if before.unknown and not parsed.any("subject", "where", "kind") and not parsed.naming.unknown:
            return replace(before, text=text, standalone=text, words=parsed.words(), follows=True)
        if previous is not None and previous.prose is None:
            merged = _reading(
                text, parsed, _merged(before, parsed, text, vocabulary), vocabulary, follows=True
            )
            return replace(_still_asked(merged, before), follows=True)
    reading = replace(_reading(text, parsed, queries, vocabulary, follows=follows), follows=follows)
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
        return merge(previous, parsed)
    told = [one for query in parsed.queries for one in parts_of(query.scope)]
    chosen = narrowed(asked, told, text, vocabulary)
    if chosen is None:
        return [previous] if parsed.any("follow", "pronoun") else merge(previous, parsed)
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
    queries = list(map(arranged, queries))
    signs = certainty.signs(parsed, queries, follows=follows)
    prose = queries[0].prose is not None
    unknown = _unknown(parsed, vocabulary, prose=prose)
    left_out = (
        [] if prose else [chunk for chunk in parsed.left_out if chunk not in unknown and not chunk.used]
    )
    choices = dict(parsed.naming.unknown)
    return Reading(
        text,
        text if prose else say_all(queries, vocabulary),
        tuple(queries),
        left_out=(*(parsed.annotated.typed(chunk.start, chunk.end) for chunk in left_out), *_unread(parsed)),
        words=parsed.words(),
        confidence=certainty.confidence(signs),
        signs=tuple(signs.items()),
        corrections=parsed.corrections,
        unknown=tuple(Unknown(chunk.value, _near(choices.get(chunk.value), vocabulary)) for chunk in unknown),
        ambiguous=None if prose else _ambiguous(text, parsed, queries, vocabulary),
        unheld=_unheld(parsed),
        notes=_notes(parsed, vocabulary),
        blocked=not prose and _is_blocked(parsed, left_out),
        topic=topic,
        names=tuple(
            parsed.annotated.typed(chunk.start, chunk.end)
            for chunk in parsed.chunks
            if chunk.kind in ("subject", "provider") or _is_sought(chunk)
        ),
    )


def _unknown(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool) -> list[Chunk]:
    """What is left out that looks like a name; of a question to passages, one that they do not speak of."""
    strange = [chunk for chunk in parsed.left_out if chunk.kind == "strange"]
    if not prose:
        return [
            chunk
            for chunk in strange
            if _is_name(parsed, chunk, prose=False) or _is_asked_about(parsed, chunk)
        ]
    names = [chunk for chunk in strange if _is_name(parsed, chunk, prose=True)]
    known = vocabulary.passage_words
    return [chunk for chunk in names if not known.issuperset(word.text for word in fold(chunk.value))]


def _is_ranked_by(parsed: Parsed, chunk: Chunk) -> bool:
    """True of what an order is of, where that is not understood: "the most deprived"."""
    ahead = parsed.chunks.before(chunk)
    return ahead is not None and ahead.says("super", "most", "least", "highest", "lowest")


def _is_blocked(parsed: Parsed, left_out: Sequence[Chunk]) -> bool:
    """True if what is left out changes the meaning, or is the question itself."""
    if any(chunk.kind in OPERATORS or _is_ranked_by(parsed, chunk) for chunk in left_out):
        return True
    if any(chunk.says("measure", "difference", "ratio") and not chunk.used for chunk in parsed.chunks):
        return True
    return bool(left_out) and not _asks_of_ratings(parsed)


def _unheld(parsed: Parsed) -> tuple[str, ...]:
    """What is asked about that no table holds, each once."""
    told = (UNHELD[chunk.value] for chunk in parsed.left_out if chunk.kind == "unheld")
    return tuple(dict.fromkeys((*told, *_not_told_apart(parsed))))


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
    capital = chunk.start > 0 and any(word[:1].isupper() for word in typed.split())
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
    if behind is not None and behind.kind in ("kind", "service") and not behind.spans[0].gap:
        return True
    kinds = {chunk.kind for chunk in parsed.chunks}
    if (
        behind is not None
        and behind.kind == "where"
        and not kinds & {"kind", "subject", "provider", "field", "super"}
    ):
        return True  # "Larkspur Manor, York"
    return not kinds & {"kind", "where", "subject", "provider", "field", "value", "quantifier", "super"}


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
    numbers = [int(one.value) for one in choice.near if isinstance(one.value, int)]
    known = {one.id: one.name for one in vocabulary.store.subjects(numbers)} if numbers else {}
    names = (known.get(one.value, "") if isinstance(one.value, int) else one.value for one in choice.near)
    return tuple(dict.fromkeys(name for name in names if name))[:3]


def _notes(parsed: Parsed, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What was assumed: wider places, periods that were counted back."""
    found = []
    for chunk in parsed.chunks:
        for value in chunk.value if isinstance(chunk.value, tuple) else ():
            note = getattr(value, "note", "")
            if note:
                found.append(note)
            if getattr(value, "counted_back", False) and vocabulary.as_of:
                day = vocabulary.as_of
                found.append(f"“{value.said}” is counted back from {day.day} {day:%B %Y}.")
    return tuple(dict.fromkeys(found))


def _joined(readings: Sequence[Reading], vocabulary: Vocabulary) -> Reading:
    """One Reading of several side by side, each question's Queries once."""
    if len(readings) == 1:
        return readings[0]
    least_sure = min(readings, key=lambda one: one.confidence)
    queries = tuple(dict.fromkeys(query for one in readings for query in one.queries))
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
