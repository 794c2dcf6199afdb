"""Words that nothing else explains → who they name: each run of them is put to the name index, with what is
told beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.language.tokens import key
from qa.language.words import is_function
from qa.question.annotate import Annotated, weight_of, without_senses
from qa.question.called import with_words_of_names, without_called
from qa.question.choosing import Candidate, Choice
from qa.question.gazetteer import TOWN
from qa.question.name_weights import Reason
from qa.question.name_words import bare
from qa.question.names import Evidence, Place
from qa.question.parts import Meant, Sense, Span
from qa.question.query import Is
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import counts_or_lists, is_singular, whole_names
from qa.records import Change

_LOOSE = frozenset("the of and at in for on by a".split())  # that may stand within a name
_PART_OF_NAME = (
    "subject",
    "kind",
    "place",
    "rating",
    "service",
    "aspect",
    "ordinal",
    "number",
    "field",
    "super",
    "provider",
    "follow",
    "quality",
    "unheld",
)
_JOINS = frozenset(("and", "or", "nor"))
_INSIDE = frozenset(("in", "near", "around", "within", "across"))
_INWARD = 3  # letters and digits of the second half of a postcode
_MOST_RUNS = 4  # runs of unexplained words that are looked up


@dataclass(slots=True)
class Naming:
    """What became of the words that nothing else explains."""

    spans: list[Span]
    asked: list[tuple[str, Choice]] = field(default_factory=list)  # names as typed that may mean several
    unknown: list[tuple[str, Choice]] = field(default_factory=list)  # names as typed that mean nobody
    corrections: dict[int, Change] = field(
        default_factory=dict
    )  # by its place, a word of a name that was misspelt
    offered: list[tuple[str, tuple[str, ...]]] = field(
        default_factory=list
    )  # names that several places have, and these
    housed: dict[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # first word of a house's name → who is at that address


def name(annotated: Annotated, spans: Sequence[Span], vocabulary: Vocabulary) -> Naming:
    """Return ``spans`` with those that turn out to be names made so."""
    spans = with_words_of_names(spans)
    found = Naming(spans)
    _offer_places(annotated, found)
    spans = list(found.spans)
    for way, choice in whole_names(annotated, spans, lambda way: _choice(annotated, spans, way, vocabulary)):
        words = (spans[way[0]].start, spans[way[1] - 1].end)
        found.corrections |= _corrected(annotated, words, choice)
        if choice.outcome == "ask":
            found.asked.append((annotated.typed(*words), choice))
        _replace(found, way, _sense(choice), decided=True)
    _leave_addresses(found)
    for _ in range(_MOST_RUNS):  # first the runs: a word that names somebody may be part of a longer name
        run = next(_runs(found.spans), None)
        if run is None:
            break
        _resolve(annotated, found, run, vocabulary)
    untouched = set(map(id, spans))
    for place, span in enumerate(found.spans):
        if id(span) in untouched and (_is_subject(span, found.spans) or _is_at_postcode(found.spans, place)):
            _settle(annotated, found, place, vocabulary)
    found.spans = without_called(found.spans)
    _doubt_postcodes(annotated, found, vocabulary)
    return found


def _doubt_postcodes(annotated: Annotated, found: Naming, vocabulary: Vocabulary) -> None:
    """A whole postcode that no table holds is unknown, as a name is."""
    if any(span.kinds & {"subject", "provider", "strange"} for span in found.spans):
        return
    for place, span in enumerate(found.spans):
        codes = [
            code for area in span.of("area") for code in area.areas if len(code.partition(" ")[2]) == _INWARD
        ]
        if codes and not any(map(vocabulary.has_postcode, codes)):
            typed = annotated.typed(span.start, span.end)
            found.unknown.append((typed, Choice("unknown", "place", (), (), 0, 0)))
            found.spans[place] = replace(span, senses=(Sense("strange", typed),))


def _offer_places(annotated: Annotated, found: Naming) -> None:
    """Offer the places that a name may mean where nothing beside it tells which."""
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
    """The name of a house or a village in somebody's address does not name them as "41 Plumstone Road" does:
    it is read as any other name."""
    if counts_or_lists(found.spans):
        return
    for place, span in enumerate(found.spans):
        meant = span.first("subject")
        before = found.spans[place - 1].text if place else ""
        address = meant is not None and meant.field == "street" and not any(map(str.isdigit, span.text))
        if not address or before in _INSIDE or before in ("on", "at"):
            continue
        if span.kinds == {"subject"}:
            found.housed[span.start] = meant.subjects
            found.spans[place] = replace(span, senses=())
        elif span.kinds == {"subject", "provider"} and all(
            one.field == "street" for one in span.of("subject")
        ):
            found.spans[place] = without_senses(span, "subject")


def _is_subject(span: Span, spans: Sequence[Span]) -> bool:
    meant = span.first("subject")
    if meant is not None and meant.decided:
        return False
    if meant is None and span.kinds == {"provider"}:
        return bool(span.first("provider").short)
    return meant is not None and meant.field != "street" and "place" not in span.kinds


def _is_at_postcode(spans: Sequence[Span], place: int) -> bool:
    """True of a name of somebody and of a place, where a whole postcode says whose: "Kenwyn, EX17 2BZ"."""
    before = spans[place - 1].text if place else ""
    if not spans[place].kinds >= {"subject", "place"} or before in _INSIDE:
        return False
    return any(
        " " in code and len(code.partition(" ")[2]) == _INWARD
        for span in spans
        for area in span.of("area")
        for code in area.areas
    )


def _settle(annotated: Annotated, found: Naming, place: int, vocabulary: Vocabulary) -> None:
    """Decide by what is told beside it who is meant by a name that stands as a whole."""
    span = found.spans[place]
    choice = _exactly(span, _choice(annotated, found.spans, (place, place + 1), vocabulary), vocabulary)
    typed = annotated.typed(span.start, span.end)
    if choice.outcome == "ask":
        found.asked.append((typed, choice))
    if (
        choice.outcome == "unknown"
        and "provider" in span.kinds
        and _may_own(annotated, found.spans, place, vocabulary)
    ):
        found.spans[place] = without_senses(span, "subject")
        return
    sense = Sense("strange", typed) if choice.outcome == "unknown" else _sense(choice)
    found.corrections |= _corrected(annotated, (span.start, span.end), choice)
    if choice.outcome == "unknown":
        found.unknown.append((typed, choice))
    found.spans[place] = replace(span, senses=(sense,))


def _may_own(annotated: Annotated, spans: Sequence[Span], place: int, vocabulary: Vocabulary) -> bool:
    """True if a name that is no subject's may be an owner's: of places of a kind, or what they are run by."""
    behind = spans[place + 1] if place + 1 < len(spans) else None
    plural = behind is not None and "kind" in behind.kinds and not is_singular(behind)
    run = any(span.says("run_by") or span.says("measure", "provider") for span in spans)
    return plural or run or counts_or_lists(spans) or not spans[place].of("subject")


def _exactly(span: Span, choice: Choice, vocabulary: Vocabulary) -> Choice:
    """Those who are called just so, with or without "the", where others have the words in longer names."""
    meant = span.first("subject")
    if meant is None or meant.short or choice.field != "subject" or choice.outcome != "ask":
        return choice
    known = {
        one.id: bare(key(one.name))
        for one in vocabulary.store.subjects([int(value) for value in (*choice.values, *meant.subjects)])
    }
    so = {known[number] for number in meant.subjects if number in known}
    called = tuple(one for one in choice.candidates if known.get(int(one.value)) in so)
    if not called or len(called) == len(choice.candidates):
        return choice
    return replace(choice, outcome="tell" if len(called) == 1 else "ask", candidates=called)


def _runs(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The first and last (excluded) places of spans that hold words which nothing explains."""
    start = None
    for place, span in enumerate([*spans, Span(0, 0, "", (Sense("end"),))]):
        strange = not span.senses and not is_function(span.text)
        if strange and start is None:
            start = place
        if start is not None and strange and place > start and set(span.gap) & set(",;/:"):
            yield start, place
            start = place
        if (
            start is not None
            and not strange
            and not (not span.senses and span.text in _LOOSE and _goes_on(spans, place))
        ):
            yield start, place
            start = None


def _goes_on(spans: Sequence[Span], place: int) -> bool:
    return place + 1 < len(spans) and not spans[place + 1].senses and not is_function(spans[place + 1].text)


def _resolve(annotated: Annotated, found: Naming, run: tuple[int, int], vocabulary: Vocabulary) -> None:
    if _must_be_place(found.spans, run):
        typed = annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
        unknown = Choice("unknown", "place", (), (), 0, 0)
        found.unknown.append((typed, unknown))
        _replace(found, run, Sense("strange", typed))
        return
    joint = _with_name(annotated, found.spans, run, vocabulary) if _is_beside_name(found.spans, run) else None
    if joint is not None and joint.outcome != "tell":
        typed = annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
        found.unknown.append(
            (typed, Choice("unknown", "subject", (), joint.near or joint.candidates[:3], 0, 0))
        )
        _replace(found, run, Sense("strange", typed))
        return
    choices = _choices(annotated, found.spans, run, vocabulary)
    (start, end), best = next((one for one in choices if one[1].outcome != "unknown"), choices[0])
    typed = annotated.typed(found.spans[start].start, found.spans[end - 1].end)
    there = found.housed.get(found.spans[run[0]].start) if run[1] - run[0] == 1 else None
    if best.outcome == "unknown" and there and not _before_kind(found.spans, run[1]):
        reason = Reason(found.spans[run[0]].text, "address only", 0.0)
        best = replace(
            best,
            outcome="ask",
            field="subject",
            candidates=tuple(Candidate(number, 0.0, 3, (reason,)) for number in there),
        )
        (start, end), typed = run, annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
    if best.outcome == "unknown":
        run = _with_names(found.spans, run)
        typed = annotated.typed(found.spans[run[0]].start, found.spans[run[1] - 1].end)
        found.unknown.append((typed, choices[0][1]))
        sense = Sense("strange", typed)
    else:
        if best.outcome == "tell" and _is_said_otherwise(annotated, found.spans, (start, end), vocabulary):
            best = replace(best, outcome="ask")
        if best.outcome == "ask":
            found.asked.append((typed, best))
        sense = _sense(best)
        found.corrections |= _corrected(annotated, (found.spans[start].start, found.spans[end - 1].end), best)
    _replace(found, (start, end) if best.outcome != "unknown" else run, sense)


def _is_beside_name(spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True of what says where somebody named before is, and names nobody else: "Tomlen in Derry"."""
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
    """Who is meant by the run with the name before it."""
    start = run[0] - 1
    while not spans[start].kinds & {"subject", "provider"}:
        start -= 1
    return _choice(annotated, spans, (start, run[1]), vocabulary)


def _is_said_otherwise(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> bool:
    """True if a kind of place behind a name is not said of its bearer: "Hilton Surgery" of Hilton House."""
    if not _before_kind(spans, run[1]):
        return False
    return _choice(annotated, spans, (run[0], run[1] + 1), vocabulary).outcome != "tell"


def _before_kind(spans: Sequence[Span], end: int) -> bool:
    """True if a word for one place of a kind stands right behind."""
    return end < len(spans) and not spans[end].gap and is_singular(spans[end])


def _choices(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> list[tuple[tuple[int, int], Choice]]:
    """Who the run may mean, with more or fewer of the words beside it, up to the first that means
    somebody."""
    found: list[tuple[tuple[int, int], Choice]] = []
    doubtful = None  # names joined by "and" that may be one; where each is somebody, they are several
    for wide in _widenings(spans, run):
        if doubtful is not None and not _is_item(spans, doubtful[0], wide):
            continue
        choice = _choice(annotated, spans, wide, vocabulary)
        words = [word for span in spans[wide[0] : wide[1]] for word in span.text.split()]
        if choice.outcome == "ask" and vocabulary.names.is_everyday(
            words
        ):  # everyday words name somebody only as a whole name
            choice = replace(choice, outcome="unknown", candidates=())
        if (
            choice.outcome == "ask"
            and doubtful is None
            and any(span.text in _JOINS for span in spans[wide[0] + 1 : wide[1] - 1])
        ):
            doubtful = (wide, choice)
            continue
        if doubtful is None or choice.outcome == "tell":
            found.append((wide, choice))
        if choice.outcome == "tell" or (choice.outcome == "ask" and doubtful is None):
            break
    return found if doubtful is None or (found and found[-1][1].outcome == "tell") else [*found, doubtful]


def _is_item(spans: Sequence[Span], whole: tuple[int, int], part: tuple[int, int]) -> bool:
    """True if ``part`` of a run stands between its ends and the "and" or "or" in it."""
    begins = part[0] == whole[0] or spans[part[0] - 1].text in _JOINS
    return begins and (part[1] == whole[1] or spans[part[1]].text in _JOINS)


def _corrected(annotated: Annotated, run: tuple[int, int], choice: Choice) -> dict[int, Change]:
    """The misspelt words of a run by their places, with what they were read as; of a name that nobody bears
    there are none."""
    reasons = choice.candidates[0].reasons if choice.candidates and choice.outcome != "unknown" else ()
    meant = {reason.words: reason.meant for reason in reasons if reason.meant}
    places = [place for place in range(*run) if annotated.words[place].text in meant]
    return {
        place: Change(annotated.typed(place, place + 1), meant[annotated.words[place].text])
        for place in places
    }


def _with_names(spans: Sequence[Span], run: tuple[int, int]) -> tuple[int, int]:
    """The run with a name right beside it: what is said is longer than the name, and so is somebody
    else's."""
    left, right = run
    while left > 0 and "subject" in spans[left - 1].kinds and not spans[left].gap:
        left -= 1
    while right < len(spans) and "subject" in spans[right].kinds and not spans[right].gap:
        right += 1
    return left, right


def _must_be_place(spans: Sequence[Span], run: tuple[int, int]) -> bool:
    """True of what stands behind "in" where places of a kind are counted or listed: "good homes in
    Hereford"."""
    before = [span for span in spans[max(0, run[0] - 2) : run[0]] if span.text != "the"]
    inside = bool(before) and before[-1].text in _INSIDE
    return inside and any("kind" in span.kinds for span in spans[: run[0]])


def _replace(found: Naming, run: tuple[int, int], sense: Sense, *, decided: bool = False) -> None:
    if decided:
        sense = replace(sense, value=replace(sense.value, decided=True))
    first, last = run
    words = (found.spans[first].start, found.spans[last - 1].end)
    text = " ".join(span.text for span in found.spans[first:last])
    made = Span(*words, text, (sense,), weight_of(words[1] - words[0]), found.spans[first].gap)
    found.spans[first:last] = [made]


def _sense(choice: Choice) -> Sense:
    if choice.field == "subject":
        return Sense("subject", Meant("subject", subjects=tuple(int(value) for value in choice.values)))
    return Sense("provider", Meant(choice.field, tuple(str(value) for value in choice.values)))


def _widenings(spans: Sequence[Span], run: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The run with the words right beside it that may be part of the name, the widest first; last the run
    alone."""
    left, right = run
    while left > 0 and _may_join(spans[left - 1]) and not spans[left].gap:
        left -= 1
    while right < len(spans) and _may_join(spans[right]) and not spans[right].gap:
        right += 1
    rights = [
        end for end in range(right, run[1] - 1, -1) if end == run[1] or spans[end - 1].text not in _LOOSE
    ]
    lefts = [
        start
        for start in range(left, run[0] + 1)
        if start == run[0] or spans[start].text not in _LOOSE - {"the"}
    ]
    wide = [
        (lefts[0], rights[0]),
        *((run[0], end) for end in rights[:3]),
        *((start, run[1]) for start in lefts[:2]),
    ]
    yield from [one for one in dict.fromkeys(wide) if one != run]
    yield run


def _may_join(span: Span) -> bool:
    strange = not span.senses and not is_function(span.text)
    return strange or bool(span.kinds & set(_PART_OF_NAME)) or span.text in _LOOSE


def _choice(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> Choice:
    words = range(spans[run[0]].start, spans[run[1] - 1].end)
    beside = [*_up_to_wall(spans[: run[0]][::-1]), *_up_to_wall(spans[run[1] :])]
    return vocabulary.names.resolve(
        annotated.words, list(words), _evidence(beside, vocabulary), annotated.exact
    )


def _up_to_wall(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans beside a name up to the next thing that is asked about: "X in Leeds compared to Y in
    York"."""
    for span in spans:
        if span.kinds & {"versus", "and", "or"}:
            return
        yield span


def _evidence(spans: Sequence[Span], vocabulary: Vocabulary) -> Evidence:
    """What the rest of the question tells of whoever is named."""
    places = tuple(
        Place(
            span.text,
            tuple(
                (one, value)
                for meant in span.of("place")
                for value in meant.values
                for one in (meant.field, *meant.others)
            ),
        )
        for span in spans
        if "place" in span.kinds
    )
    postcodes = tuple(
        area.areas[0].casefold() for span in spans for area in span.of("area") if " " in area.areas[0]
    )
    kinds = []
    for span in spans:
        if "service" in span.kinds:
            continue  # "rated for surgery" may say of what, not what kind of place
        for kind in span.of("kind")[:1]:
            condition = vocabulary.kind_condition(kind)
            if isinstance(condition, Is):
                kinds.append((condition.field, condition.values))
    return Evidence(places, postcodes, (), tuple(kinds))


def labelled(spans: Sequence[Span], vocabulary: Vocabulary) -> list[Span]:
    """Return the spans with the published names of the subjects in them."""
    found = []
    spans = _served(spans, vocabulary)
    for span in spans:
        meant = span.first("subject")
        if meant is not None and not meant.labels:
            known = {one.id: one.name for one in vocabulary.store.subjects(list(meant.subjects))}
            labels = tuple(known[number] for number in meant.subjects if number in known)
            senses = tuple(
                Sense("subject", replace(meant, labels=labels))
                if one.kind == "subject" and one.value == meant
                else one
                for one in span.senses
            )
            found.append(replace(span, senses=senses))
        else:
            found.append(span)
    return found


def _served(spans: Sequence[Span], vocabulary: Vocabulary) -> Sequence[Span]:
    """A word for a kind of place and for a service is the service, where somebody is named who is rated for
    it: "surgery"."""
    named = [number for span in spans for meant in span.of("subject") for number in meant.subjects[:3]][:6]
    if not named or not any(span.kinds >= {"kind", "service"} for span in spans):
        return spans
    rated = {service.casefold() for service in vocabulary.store.services_of(named)}
    return [
        replace(span, senses=(*span.senses, Sense("served")))
        if span.kinds >= {"kind", "service"}
        and any(str(service).casefold() in rated for service in span.of("service"))
        else span
        for span in spans
    ]
