"""Parses one question without context: of a few segmentations, take the one that leaves the fewest words
unexplained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from qa.language.yes_no import wants_yes_or_no, without_frame
from qa.question.acts import leave_acts
from qa.question.annotate import annotate, segment
from qa.question.annotated import Annotated
from qa.question.binding import bind
from qa.question.chunking import chunks_of
from qa.question.chunks import Chunk, Chunks
from qa.question.definite import with_definite
from qa.question.labelling import labelled
from qa.question.name_index import PLACE_ORDER
from qa.question.naming import find_names
from qa.question.naming_found import Naming
from qa.question.owners_elsewhere import with_owner_for_place
from qa.question.parts import Meant, Sense, Span
from qa.question.query import Query
from qa.question.shapes import queries_of
from qa.question.vocabulary import Vocabulary
from qa.question.what_it_has import with_what_it_has
from qa.records import Change, UsedWord

# Parts that change the meaning: they are never dropped without being used.
OPERATORS = frozenset(
    "not except compare quantity portion period quantifier super order versus by called postcode measured "
    "cond where provider subject kind is unrated change time ordinal service aspect aspects spread value "
    "order_way field times past closing near reach".split()
)
_MOST_TRIED = 4  # spans that are tried with another meaning, each by a whole parse; 1 in a long question
_LONG = 60  # words
_INSIDE = frozenset(("in", "near", "around", "within", "across", "at", "on"))
_HARMLESS = frozenset("function and or rated quality follow run_by".split())
_COMPUTED = ("mean", "difference", "ratio", "share", "provider", "kind")  # never implied by the rest


@dataclass(slots=True)
class Parsed:
    """One reading of a question by itself, without the questions before it."""

    text: str
    queries: list[Query]
    chunks: Chunks
    naming: Naming
    annotated: Annotated
    yes_no: bool = False
    left_out: list[Chunk] = field(default_factory=list)
    others: list[Query] = field(default_factory=list)  # of the next best reading, if it is as good

    @property
    def cost(self) -> float:
        """How many words the reading leaves unexplained; words that change the meaning count double."""
        return sum(
            (2.0 if chunk.kind in OPERATORS else 1.0) * (chunk.end - chunk.start)
            for chunk in self.left_out
            if not chunk.used
        )

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The corrected words, in the order of the text, each once."""
        found = {**self.annotated.corrections, **self.naming.corrections}
        return tuple(
            {change.source.casefold(): change for _, change in sorted(found.items(), reverse=True)}.values()
        )[::-1]

    def any(self, kind: str, *values: str) -> bool:
        """True if there is a chunk of a kind with one of these values."""
        return self.chunks.any(kind, *values)

    def has(self, *kinds: str) -> bool:
        """True if there is a chunk of one of these kinds."""
        return any(chunk.kind in kinds for chunk in self.chunks)

    def leave_out(self, chunk: Chunk) -> None:
        """Leave a chunk out after all, so that the answer says so."""
        chunk.used = ""
        if chunk not in self.left_out:
            self.left_out.append(chunk)

    def words(self) -> tuple[UsedWord, ...]:
        """Return the spans of the question with the part that used them."""
        found = []
        for chunk in self.chunks:
            part = chunk.used if chunk.used not in ("", "small", "bound") else None
            telling = chunk in self.left_out
            if part or telling:
                words = self.annotated.words
                found.append(
                    UsedWord(words[chunk.start].start, words[chunk.end - 1].end, None if telling else part)
                )
        return tuple(found)


def parse(text: str, vocabulary: Vocabulary, spoken_of: Meant | None = None) -> Parsed:
    """Return the best reading of ``text``, a single question; "it" and "they" in it mean ``spoken_of``."""
    annotated = annotate(without_frame(text), vocabulary)
    yes_no = wants_yes_or_no(text, [word.text for word in annotated.words])
    best = _parse(annotated, segment(annotated), vocabulary, yes_no, spoken_of)
    tried = _MOST_TRIED if len(annotated.words) <= _LONG else 1
    if best.cost:
        for span in _doubtful(best)[:tried]:
            other = _parse(annotated, segment(annotated, without=[span]), vocabulary, yes_no, spoken_of)
            if other.cost < best.cost:
                best = other
    owned = with_owner_for_place(annotated, best.naming.spans, best.queries, vocabulary)
    if owned is not None:
        other = _parse(annotated, owned, vocabulary, yes_no, spoken_of)
        if other.cost <= best.cost:
            return other
    for spans in islice(_rivals(best), tried):
        other = _parse(annotated, spans, vocabulary, yes_no, spoken_of)
        if other.cost <= best.cost and other.queries != best.queries and not other.naming.unknown:
            best.others = other.queries
            break
    return best


def _rivals(parsed: Parsed) -> Iterator[list[Span]]:
    """Yield the spans of a reading with a name read as a subject instead of a place, and the other way round:
    "Is Oswestry any good?"."""
    spans = parsed.naming.spans
    if any(span.kinds & {"near", "length"} for span in spans):
        return  # distances are measured from places
    for place, span in enumerate(spans):
        if span.kinds >= {"place", "subject"} and not _must_be_of_place(spans, place):
            of_place = any(chunk.kind == "subject" and span in chunk.spans for chunk in parsed.chunks)
            kind = "place" if of_place else "subject"
            kept = tuple(sense for sense in span.senses if sense.kind == kind)
            yield [*spans[:place], replace(span, senses=kept), *spans[place + 1 :]]


def _must_be_of_place(spans: Sequence[Span], place: int) -> bool:
    """True for a name after "in", and before a kind of place."""
    before = spans[place - 1].text if place else ""
    behind = spans[place + 1].kinds if place + 1 < len(spans) else frozenset()
    return before in _INSIDE or "kind" in behind


def _doubtful(parsed: Parsed) -> list[Span]:
    """The spans that may have another meaning: names of several words, and what was left out."""
    return [
        span
        for span in parsed.naming.spans
        if span.senses
        and span.end - span.start > 1
        and span.kinds & {"subject", "provider", "place"}
        and not _is_town(span)
    ]


def _is_town(span: Span) -> bool:
    """True for the whole name of a town, council or region and nothing else, which is never read as words of
    another name."""
    return span.kinds == {"place"} and all(meant.field in PLACE_ORDER for meant in span.of("place"))


def _parse(
    annotated: Annotated, spans: Sequence[Span], vocabulary: Vocabulary, yes_no: bool, spoken_of: Meant | None
) -> Parsed:
    spans = with_what_it_has(annotated, spans, spoken_of, vocabulary)
    naming = find_names(annotated, spans, vocabulary)
    naming.spans = with_definite(annotated, naming.spans)
    if spoken_of is not None and _is_meant(spoken_of, naming.spans):
        naming.spans = [_meaning(span, spoken_of) for span in naming.spans]
    naming.spans = labelled(naming.spans, vocabulary)
    chunks = bind(chunks_of(naming.spans, vocabulary, yes_no), vocabulary)
    queries = queries_of(chunks, vocabulary, yes_no)
    used = {chunk.value for chunk in chunks if chunk.kind == "strange" and chunk.used}
    naming.unknown = [one for one in naming.unknown if one[0] not in used]  # "by one step"
    parsed = Parsed(annotated.text, queries, chunks, naming, annotated, yes_no)
    parsed.left_out = _left_out(chunks)
    return parsed


def _left_out(chunks: Chunks) -> list[Chunk]:
    """The chunks of a question that its Queries leave out."""
    taken = {id(one) for chunk in chunks for one in chunk.taken}
    found = [
        chunk for chunk in chunks if not chunk.used and not _is_harmless(chunk) and id(chunk) not in taken
    ]
    found += _unbound_owners(chunks)
    if not chunks.any("cond"):  # "is there a hospice that is too?"
        found += [chunk for chunk in chunks.saying("follow", "so") if chunk not in found]
    return [*found, *chunks.saying("follow", "reversed", "elsewhere"), *leave_acts(chunks)]


def _is_harmless(chunk: Chunk) -> bool:
    """True for words that may stay unused because they only say that something is asked."""
    if chunk.kind == "measure":
        return not chunk.says("measure", *_COMPUTED)
    return chunk.kind in _HARMLESS


def _unbound_owners(chunks: Chunks) -> list[Chunk]:
    """Words about who runs places that were not used: "run by that provider", "run themselves", "run by
    Telford", which is a place."""
    if any(chunk.kind in ("provider", "subject") for chunk in chunks):
        return []
    return [
        chunk
        for place, chunk in enumerate(chunks)
        if chunk.kind == "run_by" and not chunk.used and _is_of_no_owner(chunk, chunks[place + 1 : place + 4])
    ]


def _is_of_no_owner(chunk: Chunk, behind: Sequence[Chunk]) -> bool:
    """True for words about who runs places, if those ``behind`` them name nobody."""
    words = [one.text for one in behind]
    if chunk.text.endswith(" by") and behind and behind[0].kind == "where":
        return True
    pointed = words[:1] and words[0] in _POINTING and not _OWNERS.isdisjoint(words[1:2])
    return bool(pointed) or not _SELVES.isdisjoint(words)


_POINTING = frozenset("that the this".split())
_OWNERS = frozenset("brand company group operator organisation owner provider".split())
_SELVES = frozenset("itself themselves".split())


def _is_head(span: Span, spans: Sequence[Span]) -> bool:
    """True for what is asked about beside a pronoun; "provider" in "which provider is it run by" is what is
    asked for."""
    asked_for = "field" in span.kinds and any("run_by" in one.kinds for one in spans)
    return bool(span.kinds & {"kind", "strange"}) and not asked_for


def _is_spoken_of(spans: Sequence[Span]) -> bool:
    """True if pronouns are what is asked about: nothing else is, or it is said of them, as in "is it a care
    home?"."""
    if not any(_is_head(span, spans) for span in spans):
        return True
    opening = [span for span in spans if span.kinds != {"and"}][:2]
    places = [at for at, span in enumerate(opening) if span.says("follow", "pronoun", "person")]
    return bool(places) and opening[0].text.split()[0] in _BEING


_BEING = frozenset("are arent is isnt was wasnt were werent".split())


def _is_meant(spoken_of: Meant, spans: Sequence[Span]) -> bool:
    """True if the pronouns of a question mean the owner or the subjects ``spoken_of``, and never a place."""
    return spoken_of.field == "provider" or (spoken_of.field == "subject" and _is_spoken_of(spans))


def _meaning(span: Span, spoken_of: Meant) -> Span:
    """Return a pronoun as the subjects that it means."""
    if not span.says("follow", "pronoun", "person") or span.text in ("those", "these", "of those", "of them"):
        return span
    kind = "provider" if spoken_of.field == "provider" else "subject"
    return replace(span, senses=(Sense(kind, spoken_of),))
