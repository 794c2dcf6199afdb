"""Subjects of earlier questions: "it", "the other one", and a name that was asked back about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.language.tokens import tokenize
from qa.question.asking_back import is_unsettled, narrowed
from qa.question.better_side import ahead_in, either
from qa.question.chunks import unique
from qa.question.claiming import of_anything_there
from qa.question.families import family
from qa.question.follow_up import merge
from qa.question.parse import Parsed, parse
from qa.question.parts import Meant
from qa.question.query import Condition, Is, Named, Query, conjunction, parts_of
from qa.question.reading import Choice, Reading
from qa.question.topics import only_names
from qa.question.unanswered import named_in
from qa.question.vocabulary import Vocabulary

_CAPITALS = re.compile(r"(?<=\w\s)[A-Z]\w+(?:\s[A-Z]\w+)*")  # a name inside a question


def queries_of_fragment(
    before: Reading, parsed: Parsed, text: str, vocabulary: Vocabulary
) -> Sequence[Query]:
    """The Queries of a fragment; one that says which of several subjects was meant is about that one."""
    previous = before.queries[-1]
    named = _named(before)
    if before.earlier is not None and named is not None and _is_other_one(parsed):
        kept = [before.earlier if part == named else part for part in parts_of(previous.scope)]
        return [replace(previous, scope=conjunction(*kept))]
    asked = before.ambiguous
    if asked is not None and asked.subjects and _says_which(parsed):
        return _of_the_one_meant(previous, asked, parsed, text, vocabulary)
    return unique(
        of_anything_there(made, parsed.chunks, vocabulary.key_questions)
        for one in _asked_again(before, parsed, vocabulary.place_fields)
        for made in _merge(one, parsed, vocabulary)
    )


def _says_which(parsed: Parsed) -> bool:
    """True for where or what a subject is or who runs it, without a name."""
    return not parsed.any("subject") and parsed.has("where", "provider", "kind")


def _of_the_one_meant(
    previous: Query, asked: Choice, parsed: Parsed, text: str, vocabulary: Vocabulary
) -> Sequence[Query]:
    """The Query before, about the one of the candidates ``asked`` back about that the fragment describes."""
    told = [one for query in parsed.queries for one in parts_of(query.scope)]
    chosen = narrowed(asked, told, text, vocabulary)
    if chosen is None:
        return [previous] if parsed.any("follow", "pronoun") else _merge(previous, parsed, vocabulary)
    named = Named(chosen.subjects, chosen.names)
    rest = [one for one in told if not isinstance(one, Is)]
    kept = [one for one in parts_of(previous.scope) if not isinstance(one, Named)]
    return [replace(previous, scope=conjunction(named, *kept, *rest))]


def _merge(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> list[Query]:
    return merge(
        before,
        parsed,
        historic=vocabulary.history,
        places=vocabulary.place_fields,
        national=vocabulary.is_national,
    )


def _asked_again(before: Reading, parsed: Parsed, places: Collection[str]) -> Sequence[Query]:
    """The Queries that a fragment asks again: the last one, or, if it is only another owner, place, name or
    kind, all that have one: "How many homes does Larkmoor run, and how many are good?" – "and Wrenfield?"."""
    last = before.queries[-1:]
    if len(before.queries) == 1 or not _only_of_whom(parsed):
        return last
    said = {_sort(part, places) for query in parsed.queries for part in parts_of(query.scope)}
    again = [
        one
        for one in before.queries
        if one.prose is None and said & {_sort(part, places) for part in parts_of(one.scope)}
    ]
    return again or last


def _sort(condition: Condition, places: Collection[str]) -> str:
    """The family of a condition, with brands and providers as one, and a table's own columns of places as
    places."""
    found = "where" if isinstance(condition, Is) and condition.field in places else family(condition)
    return "provider" if found == "brand" else found


def _only_of_whom(parsed: Parsed) -> bool:
    """True for nothing but a subject, place, owner or kind."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and", "or")]
    heads = [chunk for chunk in telling if chunk.kind in ("where", "provider", "subject", "kind")]
    return bool(heads) and all(chunk in heads or chunk.says("follow", "start", "there") for chunk in telling)


def chooses(parsed: Parsed, before: Reading) -> bool:
    """True for nothing but where or what it is or who runs it, after a question back about who was meant:
    "the one in Truro"."""
    telling = {chunk.kind for chunk in parsed.chunks} - {"function", "follow", "and"}
    asked = before.ambiguous is not None and bool(before.ambiguous.subjects)
    return asked and bool(telling) and telling <= {"where", "provider", "kind", "run_by"}


def same_of_another(before: Reading, parsed: Parsed) -> str | None:
    """Return the question before to the passages with another name in it: "who runs Mersey Care?" – "and
    Oxleas?"."""
    names = [chunk for chunk in parsed.chunks if chunk.kind == "subject"]
    spoken_of = before.names or tuple(_CAPITALS.findall(before.text))
    if not (before.prose and only_names(parsed) and len(names) == len(spoken_of) == 1):
        return None
    said = parsed.annotated.typed(names[0].start, names[0].end)
    return before.text.replace(spoken_of[0], said, 1)


def _is_other_one(parsed: Parsed) -> bool:
    """True for "and the other one?", about two subjects named one after the other."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and")]
    return (
        len(telling) == 1
        and telling[0].says("follow", "other")
        and telling[0].text.endswith(("other", "one"))
    )


def still_asked(reading: Reading, before: Reading) -> Reading:
    """Ask back again if the question back before was not settled: "Is it safe?" about two with one name."""
    asked = before.ambiguous
    if (
        reading.ambiguous is None
        and asked is not None
        and any(is_unsettled(asked, query) for query in reading.queries)
    ):
        return replace(reading, ambiguous=asked)
    return reading


def spoken_of_earlier(reading: Reading, before: Reading | None) -> Named | None:
    """What "the other one" means in the next question: the subjects named before the current ones."""
    if before is None:
        return None
    now, last = _named(reading), _named(before)
    return last if now is not None and last is not None and now != last else before.earlier


def _named(reading: Reading) -> Named | None:
    last = reading.queries[-1] if reading.queries else None
    return next((part for part in parts_of(last.scope) if isinstance(part, Named)), None) if last else None


def subjects_spoken_of(query: Query | None, text: str, vocabulary: Vocabulary) -> Meant | None:
    """What "it" and "they" mean in ``text``: the subjects of the Query before. Of those compared, "they" are
    all and "it" is the one that came out ahead."""
    sides = () if query is None else (query.scope, *query.against)
    if query is None or not any(isinstance(part, Named) for side in sides for part in parts_of(side)):
        return None  # a comparison of places names nobody, so that it need not be run
    ahead = None if speaks_of_several(text) else ahead_in(query, vocabulary)
    scope = ahead or either(sides)
    named = [part for part in parts_of(scope) if isinstance(part, Named)]
    return Meant("subject", subjects=named[0].subjects, labels=named[0].labels) if named else None


def named_in_reports_question(before: Reading | None, vocabulary: Vocabulary) -> Meant | None:
    """The only subject that a question to the passages named: "it" in "how was it rated?" after "what
    happened to Oxleas in 2016?"; ``None`` if it named none, or others beside it."""
    if before is None or not before.prose or len(_CAPITALS.findall(before.text)) > 1:
        return None
    said = named_in(parse(before.text, vocabulary), vocabulary)
    named = [one for one in said if isinstance(one, Named)]
    if len(named) != 1 or len(named[0].subjects) != 1:
        return None
    return Meant("subject", subjects=named[0].subjects, labels=named[0].labels)


def speaks_of_several(text: str) -> bool:
    """True if a pronoun of ``text`` is plural: "who runs them?"."""
    return not _SEVERAL.isdisjoint(token.text for token in tokenize(text))


_SEVERAL = frozenset("both each their theirs them they theyre theyve".split())
