"""Names that do not settle which subject is meant: whether to ask back, and what to look up instead.

A claim, a rating, a date and a comparison are about one subject, so a name that several subjects have is not
enough; "how many Rose Cottages" and "which Rose Cottage is good?" are about all of them. A name that only
resembles another gets no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.facts.store_rows import Subject
from qa.language.tokens import key
from qa.question.choosing import Choice as NameChoice
from qa.question.name_weights import DISAGREEING
from qa.question.query import (
    ANY,
    WHOLE,
    Condition,
    Count,
    Is,
    Named,
    Near,
    Not,
    Query,
    Rated,
    Ratings,
    Share,
    Values,
    parts_of,
)
from qa.question.reading import Choice
from qa.question.vocabulary import Vocabulary

_OFFERED = 4  # how many candidates are offered as questions
_APART = ("town", "postcode", "identifier")  # distinguish subjects of one name, most familiar first
_LISTED = 50
_LONGEST_KIND = 3  # words


def is_unsettled(choice: Choice, query: Query) -> bool:
    """True if ``query`` can't be answered until it is known which subject of ``choice`` it means."""
    if query.prose is not None:
        return False
    meant = set(choice.subjects)
    if not meant or _measures_from(query, meant):
        return True
    named = _names(query, meant)
    if not named or choice.near:
        return named
    if query.claim is not None:
        return query.claim.quantifier != ANY
    if query.against:
        return True
    of_many = isinstance(query.measure, Count | Share) or bool(query.by) or query.order is not None
    return not of_many and not any(isinstance(part, Rated) for part in parts_of(query.scope))


def _measures_from(query: Query, meant: set[int]) -> bool:
    """True if a distance is measured from one of the candidate subjects."""
    return any(
        not meant.isdisjoint(one.subjects) for scope in _scopes(query) for one in _measured_from(scope)
    )


def _names(query: Query, meant: set[int]) -> bool:
    """True if a Query names the candidate subjects; in a comparison each side is one of them."""
    named = [one for scope in _scopes(query) for one in _named(scope)]
    if query.against and any(not meant.isdisjoint(one.subjects) for one in named):
        return True
    return any(meant.issubset(one.subjects) for one in named)


def all_answer_alike(choice: Choice, query: Query, vocabulary: Vocabulary) -> bool:
    """True if a question for columns, "who runs Elm House?", has the same answer for each that may be
    meant."""
    if not isinstance(query.measure, Values) or len(choice.subjects) < 2 or query.against:
        return False
    held = vocabulary.store.subjects(list(choice.subjects))
    told = {tuple(one.attributes.get(field) for field in query.measure.fields) for one in held}
    return len(told) == 1 and all(all(values) for values in told) and not choice.near


def candidates_query(named: Named, query: Query) -> Query:
    """Return the Query for the rating that ``query`` asks for or supposes, for each of the subjects in
    ``named``."""
    if isinstance(query.measure, Ratings) and query.claim is None:
        return Query(named, Ratings(query.measure.aspects[:1], query.measure.service))
    rated = (
        [part for part in parts_of(query.claim.condition) if isinstance(part, Rated)] if query.claim else []
    )
    return Query(named, Ratings((rated[0].aspect,), rated[0].service) if rated else Ratings((WHOLE,)))


def choice_of(typed: str, choice: NameChoice, text: str, vocabulary: Vocabulary) -> Choice:
    """Return what to ask back about a name in ``text`` that may mean several subjects or one with a similar
    name."""
    near = len(choice.candidates) < 2 or any(
        reason.part in DISAGREEING for one in choice.candidates for reason in one.reasons
    )
    if choice.field != "subject":
        names = tuple(str(value) for value in choice.values)
        offered = [*names[:_OFFERED], *_run_by(names[:_OFFERED], vocabulary)][:_OFFERED]
        if _has_kind_behind(typed, text, vocabulary):
            return Choice(typed, (), names, near, tuple(f"What is {name} rated?" for name in offered))
        return Choice(typed, (), names, near, _instead(typed, offered, text))
    numbers = tuple(int(value) for value in choice.values)
    return of_subjects(Choice(typed, numbers, near=near), text, vocabulary)


def _run_by(owners: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Return the names of the first few places that these owners run: one of them may be meant."""
    numbers = [number for owner in owners for number in vocabulary.names.run_by(owner)]
    known = {one.id: one.name for one in vocabulary.store.subjects(numbers)} if numbers else {}
    return [known[number] for number in numbers if number in known]


def _has_kind_behind(typed: str, text: str, vocabulary: Vocabulary) -> bool:
    """True for "Elm Surgery", if "Elm" may be an owner: in the place of "Elm" its name would be no name."""
    words = key(text.partition(typed)[2]).split()
    phrases = [" ".join(words[:number]) for number in range(1, min(len(words), _LONGEST_KIND) + 1)]
    return any(sense.kind == "kind" for phrase in phrases for sense in vocabulary.senses(phrase))


def choice_of_places(typed: str, names: tuple[str, ...], text: str) -> Choice:
    """Return what to ask back about a name that several places have."""
    return Choice(typed, (), names, True, _instead(typed, names, text))


def of_subjects(choice: Choice, text: str, vocabulary: Vocabulary) -> Choice:
    """Return ``choice`` with the published names and with the questions that name one of the first few."""
    known = {one.id: one for one in vocabulary.store.subjects(list(choice.subjects[:_LISTED]))}
    subjects = [known[number] for number in choice.subjects[:_LISTED] if number in known]
    apart = next((field for field in _APART if _tells_apart(field, [one.attributes for one in subjects])), "")
    names = [one.name for one in subjects]
    told = [
        _with_where(one, apart) if apart == "town" or names.count(one.name) > 1 else one.name
        for one in subjects[:_OFFERED]
    ]
    return replace(choice, names=tuple(names), instead=_instead(choice.typed, told, text))


def _with_where(subject: Subject, apart: str) -> str:
    """The name of a subject with what tells it apart, "Elm House in Leeds", unless the name already does."""
    where = subject.attributes.get(apart, "")
    if not where or where.casefold() in subject.name.casefold():
        return subject.name
    return f"{subject.name}{' in ' if apart == 'town' else ', '}{where}"


def narrowed(
    choice: Choice, conditions: Sequence[Condition], text: str, vocabulary: Vocabulary
) -> Choice | None:
    """Return the subjects of ``choice`` that meet the conditions of a later question ("the one in Truro"), or
    ``None`` if none does."""
    told = [one for one in conditions if isinstance(one, Is)]
    subjects = vocabulary.store.subjects(list(choice.subjects)) if told else []
    fitting = {
        one.id
        for one in subjects
        if all(one.attributes.get(condition.field) in condition.values for condition in told)
    }
    kept = tuple(number for number in choice.subjects if number in fitting)
    return of_subjects(replace(choice, subjects=kept), text, vocabulary) if kept else None


def _scopes(query: Query) -> Iterator[Condition]:
    yield from (query.scope, *query.against)
    if query.claim is not None:
        yield query.claim.condition


def _named(condition: Condition) -> Iterator[Named]:
    for part in parts_of(condition):
        if isinstance(part, Named):
            yield part
        elif isinstance(part, Not):
            yield from _named(part.part)
        elif part is not condition and hasattr(part, "parts"):
            yield from (found for one in part.parts for found in _named(one))


def _measured_from(condition: Condition) -> Iterator[Named]:
    """The subjects that distances are measured from; each can be only one subject."""
    if isinstance(condition, Near):
        yield from _named(condition.of)
    for part in getattr(condition, "parts", ()) or ((condition.part,) if isinstance(condition, Not) else ()):
        yield from _measured_from(part)


def _tells_apart(field: str, told: Sequence[Mapping[str, str]]) -> bool:
    values = [one.get(field) for one in told]
    return all(values) and len(set(values)) == len(values)


def _instead(typed: str, names: Sequence[str], text: str) -> tuple[str, ...]:
    before, found, behind = text.partition(typed)
    return tuple(f"{before}{name}{behind}" for name in names[:_OFFERED]) if found else ()
