"""Makes the Reading of one parsed question: its Queries, what they leave out, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.facts import Subject
from qa.language.dates import Period
from qa.language.tokens import key
from qa.phrasing import long_date
from qa.question import certainty
from qa.question.areas import by_areas
from qa.question.asking_back import all_answer_alike, choice_of, choice_of_places, is_unsettled
from qa.question.choosing import Choice as NameChoice
from qa.question.chunks import Chunk, unique
from qa.question.contradictions import contradictions, places_apart, say_contradiction
from qa.question.distances import FEW_NEAREST, NEAR_MILES
from qa.question.everywhere import OF_THE_COUNTRY
from qa.question.families import arranged
from qa.question.leftovers import is_blocked, is_sought, kinds_not_held, topics_not_held, unread_words
from qa.question.parse import Parsed
from qa.question.query import EVERYTHING, Named, Near, Query, Share, Total, Values
from qa.question.reading import Choice, Reading, Unknown
from qa.question.references import points_at_place
from qa.question.say import say_all
from qa.question.services import services_alike
from qa.question.several_scales import several_scales
from qa.question.unknown_names import called_in_text, is_in_text, unknown_names
from qa.question.vocabulary import Vocabulary

WITHIN = "is read as within"  # the note about how far "near" is


def make_reading(
    text: str,
    parsed: Parsed,
    queries: Sequence[Query],
    vocabulary: Vocabulary,
    topic: tuple[str, ...] = (),
    *,
    follows: bool = False,
) -> Reading:
    """Return the Reading of ``parsed``: what it asks with ``queries``, and what of it they do not answer."""
    queries = [by_areas(_of_one(arranged(query)), vocabulary.areas, vocabulary.scale) for query in queries]
    signs = certainty.signs(parsed, queries, follows=follows)
    prose = queries[0].prose is not None
    unknown = unknown_names(parsed, vocabulary, prose=prose)
    left_out = [] if prose else _left_out(parsed, queries, unknown)
    strange_kinds = kinds_not_held(left_out, vocabulary)
    return Reading(
        text,
        text if prose else say_all(queries, vocabulary),
        tuple(queries),
        left_out=(*_typed(parsed, left_out), *unread_words(parsed)),
        words=parsed.words(),
        confidence=certainty.confidence(signs),
        signs=tuple(signs.items()),
        corrections=parsed.corrections,
        unknown=_unknown(parsed, unknown, vocabulary),
        ambiguous=None if prose else _ambiguous(text, parsed, queries, vocabulary),
        unheld=(
            *topics_not_held(parsed, vocabulary, prose=prose),
            *strange_kinds,
            *_exclusions(queries, vocabulary),
        ),
        notes=(
            *_notes(parsed, vocabulary),
            *several_scales(queries, vocabulary.scale),
            *services_alike(queries, vocabulary),
        ),
        alternative=_alternative(parsed, vocabulary, prose=prose, follows=follows),
        blocked=not prose
        and (bool(strange_kinds) or any(map(_is_of_all, queries)) or is_blocked(parsed, left_out)),
        topic=topic,
        names=(*_names(parsed), *(called_in_text(parsed) if prose else ())),
    )


def _left_out(parsed: Parsed, queries: Sequence[Query], unknown: Sequence[Chunk]) -> list[Chunk]:
    """What the Queries leave out, other than unknown names and words for places that the question names; with
    a share of nothing that was said, which would be of all."""
    shares = (
        [chunk for chunk in parsed.chunks if chunk.says("measure", "share")]
        if any(map(_is_of_all, queries))
        else []
    )
    return shares + [
        chunk
        for chunk in parsed.left_out
        if chunk not in unknown and not chunk.used and not points_at_place(parsed, chunk, queries)
    ]


def _is_of_all(query: Query) -> bool:
    return query.measure == Share(EVERYTHING) and not query.by


def _typed(parsed: Parsed, chunks: Iterable[Chunk]) -> tuple[str, ...]:
    return tuple(parsed.annotated.typed(chunk.start, chunk.end) for chunk in chunks)


def _unknown(parsed: Parsed, chunks: Sequence[Chunk], vocabulary: Vocabulary) -> tuple[Unknown, ...]:
    """The unknown names of a question, each with the names to offer."""
    choices = dict(parsed.naming.unknown)
    return tuple(
        Unknown(
            chunk.value,
            _near(chunk.value, choices.get(chunk.value), vocabulary),
            is_in_text(chunk.value, vocabulary),
        )
        for chunk in chunks
    )


def _exclusions(queries: Sequence[Query], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The conditions of the Queries that no place can meet together."""
    apart = unique(say_contradiction(pair) for query in queries for pair in contradictions(query))
    return (*apart, *unique(said for query in queries for said in places_apart(query, vocabulary)))


def _names(parsed: Parsed) -> tuple[str, ...]:
    """The names and topics, as typed, that an answer must be about."""
    return _typed(
        parsed, [one for one in parsed.chunks if one.kind in ("subject", "provider") or is_sought(one)]
    )


def _alternative(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool, follows: bool) -> str | None:
    """The next best reading in words, if it is as good as the one that is answered."""
    if prose or follows or not parsed.others or parsed.naming.unknown or parsed.naming.asked:
        return None
    return say_all(list(map(arranged, parsed.others)), vocabulary)


def _of_one(query: Query) -> Query:
    """Read "how many beds does it have?" about one place as a question for the number, with nothing to add
    up."""
    one = isinstance(query.scope, Named) and len(query.scope.subjects) == 1
    if one and isinstance(query.measure, Total) and query.measure.function == "sum" and not query.against:
        return replace(query, measure=Values((query.measure.field,)))
    return query


def _ambiguous(text: str, parsed: Parsed, queries: Sequence[Query], vocabulary: Vocabulary) -> Choice | None:
    """Return the first ambiguous name of a subject or a place in the Queries."""
    for typed, places in parsed.naming.offered:
        return choice_of_places(typed, places, text)
    for typed, asked in parsed.naming.asked:
        choice = choice_of(typed, asked, text, vocabulary)
        if any(
            is_unsettled(choice, query) and not all_answer_alike(choice, query, vocabulary)
            for query in queries
        ):
            return choice
    return None


def _near(typed: str, choice: NameChoice | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names to offer for one that is unknown. What is called just so, but is elsewhere or of
    another kind, is offered with its town, or if that is not known not at all."""
    if choice is None:
        return ()
    values: list[int | str] = []
    for one in choice.near:  # for an owner also what it runs, which may be meant
        values += [one.value, *(vocabulary.names.run_by(one.value) if isinstance(one.value, str) else ())]
    numbers = [value for value in values if isinstance(value, int)]
    known = (
        {one.id: _told_apart(one, typed, vocabulary) for one in vocabulary.store.subjects(numbers)}
        if numbers
        else {}
    )
    names = (known.get(value, "") if isinstance(value, int) else value for value in values)
    return tuple(dict.fromkeys(name for name in names if name))[:3]


def _told_apart(subject: Subject, typed: str, vocabulary: Vocabulary) -> str:
    if vocabulary.labels.label(subject.id) != subject.name:  # one of several of this name
        return "" if key(subject.name) == key(typed) else subject.name
    name, town = key(subject.name), subject.attributes.get("town")
    if name != key(typed) and not key(typed).startswith(f"{name} in "):
        return subject.name
    return f"{subject.name} in {town}" if town and key(town) not in name.split() else ""


def _of_the_country(parsed: Parsed, vocabulary: Vocabulary) -> list[str]:
    """The remark if all of the country is asked about, and the tables are only of a part of it."""
    if vocabulary.is_national or not vocabulary.has_places or parsed.has("where", "subject", "provider"):
        return []
    said = [word for word in parsed.annotated.words if word.text in OF_THE_COUNTRY]
    return [f"“{word.text.capitalize()}” is read as everywhere in the tables." for word in said[:1]]


_ONE_RATING = "Those rated again later are left out, as the tables have only the newest rating of each."


def _notes(parsed: Parsed, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The assumptions: wider places, periods that were counted back."""
    found = [*parsed.naming.notes, *_of_the_country(parsed, vocabulary)]
    for chunk in parsed.chunks:
        for value in chunk.value if isinstance(chunk.value, tuple) else ():
            found += _notes_of_value(value, chunk, parsed, vocabulary)
        found += _notes_of_words(chunk, parsed, vocabulary)
    return unique(found)


def _notes_of_value(value: object, chunk: Chunk, parsed: Parsed, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the assumptions made about a place or a period."""
    if note := getattr(value, "note", ""):
        yield note
    near = any(one.says("near", "near") for one in chunk.taken)
    if near and isinstance(value, Near) and chunk.used == "scope":
        said = parsed.annotated.typed(chunk.taken[0].start, chunk.taken[0].end)
        yield f"“{said}” {WITHIN} {NEAR_MILES:g} miles."
    if isinstance(value, Period) and value.counted_back and vocabulary.as_of:
        yield f"“{value.said}” is counted back from {long_date(vocabulary.as_of)}."
    if isinstance(value, Period) and value.standing and value.since is None:
        yield _ONE_RATING


def _notes_of_words(chunk: Chunk, parsed: Parsed, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield how words were read that the tables can't answer as they are meant."""
    plain = chunk.kind in ("function", "word") and any(span.says("near", "near") for span in chunk.spans)
    if plain and not vocabulary.has_coordinates:
        yield f"“{chunk.text}” is read as “in”, as the tables have no latitude and longitude."
    if chunk.says("unheld", "here") and chunk.used:
        yield f"“{chunk.text}” is read as everywhere in the tables."
    if chunk.says("near", "several nearest", "several furthest"):
        said = parsed.annotated.typed(chunk.start, chunk.end)
        yield f"“{said}” is read as the first {FEW_NEAREST}."
