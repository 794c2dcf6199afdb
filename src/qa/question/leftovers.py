"""What a reading leaves out: whether it changes the meaning, and what is in no table."""

from __future__ import annotations

from collections.abc import Sequence

from qa.language.tokens import fold, key
from qa.phrasing import long_date
from qa.question.acts import tells_of_acts
from qa.question.annotate import MOST_WORDS
from qa.question.chunks import Chunk, unique
from qa.question.parse import OPERATORS, Parsed
from qa.question.reading import NO_TEXT, NOT_APART
from qa.question.topics import UNHELD
from qa.question.vocabulary import Vocabulary

_BESIDE = 2  # the most words between a rating and what it is for: "for the"
_ASKING = frozenset(("how", "why", "when", "where", "who", "whose", "whom"))
_GRADE = frozenset(("rating", "ratings", "grade", "grades", "score", "judgement"))


def _leaves_out_asking(left_out: Sequence[Chunk]) -> bool:
    """True if the asking words are left out: "how much is it a week to stay at Elm House". A "how" alone may
    be answered by the rest, as in "how has its rating changed"."""
    asking = [chunk for chunk in left_out if any(word.text in _ASKING for word in fold(chunk.text))]
    return bool(asking) and (len(left_out) > 1 or "how" not in asking[0].text.split())


def _is_ranked_by(parsed: Parsed, chunk: Chunk) -> bool:
    """True for what an order is by, if that is not understood: "most deprived", "struggle with most"."""
    ahead = parsed.chunks.before(chunk)
    behind = [one for one in parsed.chunks[parsed.chunks.index(chunk) + 1 :] if one.kind != "function"]
    by_itself = len(behind) == 1 and behind[0].says("super", "most", "least")
    if ahead is not None and ahead.says("compare", "more", "fewer"):
        return True  # "who improved more steps?"
    return by_itself or (ahead is not None and ahead.says("super", "most", "least"))


def _is_head(parsed: Parsed, chunk: Chunk) -> bool:
    """True for what is counted or listed if nothing else says it: "which wards", "all good wards"."""
    if any(one.kind in ("kind", "subject", "field", "aspects") and not one.out for one in parsed.chunks):
        return False
    ahead = parsed.chunks.ahead_of(chunk, lambda one: one.kind in ("cond", "quantifier", "function"))
    return ahead is not None and ahead.says("measure", "which", "count", "list")


def _is_predicate(parsed: Parsed, chunk: Chunk) -> bool:
    """True for what places are asked to be or to have: "how many homes have gardens", "good homes with a
    view"."""
    ahead = parsed.chunks.before(chunk)
    if ahead is not None and ahead.text in ("a", "an", "any"):
        ahead = parsed.chunks.before(ahead)
    if ahead is None or ahead.text not in ("are", "have", "has", "with"):
        return False
    behind_noun = (noun := parsed.chunks.before(ahead)) is not None and noun.kind == "kind"
    return behind_noun or parsed.any("measure", "count", "which", "list", "share")


def is_blocked(parsed: Parsed, left_out: Sequence[Chunk]) -> bool:
    """True if what is left out changes the meaning, or is the question itself."""
    if any(_changes_meaning(parsed, chunk) for chunk in left_out) or _leaves_out_asking(left_out):
        return True
    if any(
        chunk.says("measure", "difference", "ratio", "share") and not chunk.used for chunk in parsed.chunks
    ):
        return True
    return _says_where(parsed, left_out) or (bool(left_out) and not _asks_of_ratings(parsed))


def _changes_meaning(parsed: Parsed, chunk: Chunk) -> bool:
    return (
        chunk.kind in (*OPERATORS, "run_by")
        or chunk.text.startswith("the same ")  # as whom nobody said
        or tells_of_acts([chunk])
        or chunk.says("follow", "elsewhere")
        or _is_ranked_by(parsed, chunk)
        or _is_head(parsed, chunk)
        or _is_predicate(parsed, chunk)
    )


def _says_where(parsed: Parsed, left_out: Sequence[Chunk]) -> bool:
    """True for unknown words that "there" means: "the Fens: which homes are good there?"."""
    strange = any(chunk.kind == "strange" for chunk in left_out)
    return strange and parsed.any("follow", "there") and not parsed.has("where")


def topics_not_held(parsed: Parsed, vocabulary: Vocabulary, *, prose: bool) -> tuple[str, ...]:
    """Return the topics of the question that are in no table, each once; for a question to the passages,
    those that they do not mention either."""
    told = [
        _off_the_scale(vocabulary) if one.value == "scale" else UNHELD[one.value]
        for one in parsed.left_out
        if one.kind == "unheld" and not (prose and _is_in_passages(one, vocabulary))
    ]
    if not prose and not vocabulary.has_passages:
        told += [NO_TEXT for one in parsed.left_out if one.says("prose", "why")]
    told += _not_told_apart(parsed)
    told += _ratings_not_held(parsed, vocabulary)
    if not prose:
        told += _who_cares(parsed)
        told += _after_all_dates(parsed, vocabulary)
    return unique(told)


def _is_in_passages(chunk: Chunk, vocabulary: Vocabulary) -> bool:
    return vocabulary.passage_words.issuperset(word.text for word in fold(chunk.text))


def _off_the_scale(vocabulary: Vocabulary) -> str:
    scales = [f"{part.ratings[0]} to {part.ratings[-1]}" for part in vocabulary.scale.parts]
    return f"ratings in words that are not on their scale ({', '.join(scales)})"


def _ratings_not_held(parsed: Parsed, vocabulary: Vocabulary) -> list[str]:
    """Return the things asked about whose ratings no table has: "cleanliness", key questions."""
    ratings = [
        f"ratings for “{parsed.annotated.typed(chunk.start, chunk.end)}”"
        for chunk in parsed.left_out
        if chunk.kind in ("strange", "word") and not chunk.used and _is_aspect(parsed, chunk)
    ]
    if not vocabulary.key_questions and any(chunk.says("aspects", "five") for chunk in parsed.left_out):
        ratings.append("ratings for key questions")
    return ratings


def _who_cares(parsed: Parsed) -> list[str]:
    """Return the services whose patients are asked about, if the tables have nothing about those services."""
    return [
        f"who cares for “{parsed.annotated.typed(chunk.start, chunk.end)}”"
        for chunk in parsed.left_out
        if chunk.kind == "service" and not chunk.used
    ]


def _after_all_dates(parsed: Parsed, vocabulary: Vocabulary) -> list[str]:
    """Return what is asked about a time after the newest date, about which nothing is known."""
    newest = vocabulary.as_of
    if newest is None:
        return []
    spans = [
        span for one in parsed.chunks if one.kind == "period" and one.used != "small" for span in one.value
    ]
    later = any(span.since is not None and span.since > newest for span in spans)
    later = later or any(query.at is not None and query.at > newest for query in parsed.queries)
    return [f"anything after {long_date(newest)}"] if later else []


def _is_aspect(parsed: Parsed, chunk: Chunk) -> bool:
    """True for what a rating is asked for if no table rates it: "rated for cleanliness"."""
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


def kinds_not_held(left_out: Sequence[Chunk], vocabulary: Vocabulary) -> list[str]:
    """Return the kinds of place in the question that are in no table: without them it is another question."""
    senses = [sense for chunk in left_out for sense in vocabulary.grammar.phrases.get(key(chunk.text), ())]
    return list(
        dict.fromkeys(sense.value.label for sense in senses if sense.kind == "kind" and sense.value.field)
    )


def _not_told_apart(parsed: Parsed) -> list[str]:
    """Return kinds of place that the tables can't distinguish from others, if the question asks about places
    of that kind, or whether a subject is of that kind."""
    named = parsed.any("subject")
    said = [chunk for chunk in parsed.chunks if chunk.kind == "kind" and (not named or chunk.used == "claim")]
    kinds = [kind for chunk in said for kind in chunk.value]
    return [f"{kind.label}{NOT_APART}" for kind in kinds if kind.unheld]


def _asks_of_ratings(parsed: Parsed) -> bool:
    """True if the question asks for something that the tables can answer; otherwise the words left out are
    the question itself."""
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
    return asked or parsed.has(*kinds)


def is_sought(chunk: Chunk) -> bool:
    """True for a topic that an answer must mention literally: "car park", "e-mail"."""
    return chunk.kind == "unheld" and chunk.value in ("fees", "contact", "capacity", "visiting", "jobs")


def unread_words(parsed: Parsed) -> tuple[str, ...]:
    """The note about words beyond the most that are read; empty if there are none."""
    return (f"everything after the first {MOST_WORDS} words",) if parsed.annotated.unread else ()
