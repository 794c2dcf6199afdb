"""Decides whether the tables or the passages should answer, from how much of the question the parser used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from qa.language.dictionary import ordinary
from qa.language.stems import stem
from qa.language.tokens import Word, fold
from qa.language.words import flagged, is_function
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.name_words import variants
from qa.question.only_tables import asks_the_tables
from qa.question.parse import OPERATORS, Parsed
from qa.question.query import Query
from qa.question.reading import HERE
from qa.question.vocabulary import Vocabulary

# What tables don't have: the value of its rule in the grammar → the words of a refusal.
UNHELD = {
    "future": "future ratings or inspections",
    "here": HERE,
    "fees": "fees or prices",
    "contact": "contact details",
    "staffing": "staff or managers",
    "closure": "openings or closures",
    "ownership": "whether a council, a charity or a company runs a place",
    "jobs": "jobs or pay",
    "capacity": "beds, places or waiting times",
    "visiting": "visiting, opening times or facilities",
    "opinion": "reviews, complaints or incidents",
}
_SIGNALS = ("cond", "rated", "aspect", "aspects", "spread", "unrated", "quality", "super", "change", "is")
_PLAIN = ("kind", "where", "provider", "field", "period", "value", "measured", "named")
# Topics that reports mention and tables never have; the others ("opinion" …) are searched as well.
_NEVER = frozenset(("future",))


def is_prose(parsed: Parsed, vocabulary: Vocabulary, before: Query | None) -> bool:
    """True if the passages should answer: only they can, because the question asks for nothing in the tables
    or has words left over.

    ``before`` is the Query that a follow-up continues.
    """
    if not vocabulary.has_passages:
        return False
    if not vocabulary.store.size[0]:
        return True
    if _asks_the_text(parsed) or _of_a_visit(parsed, vocabulary) or _of_an_act(parsed):
        return True
    if before is not None and before.prose is None and _only_of_another_time(parsed):
        return False
    if parsed.naming.asked and not parsed.left_out:
        return False
    if parsed.any("measure", "count", "share") and parsed.has("cond"):
        return False  # a count of ratings: no sentence has that figure
    grouped = any(query.by for query in parsed.queries)
    if parsed.left_out and grouped and all(chunk.kind in OPERATORS for chunk in parsed.left_out):
        return False  # "which town has the most and best homes": no sentence has those figures
    if parsed.left_out or parsed.naming.unknown:
        return not (asks_the_tables(parsed, vocabulary) or _about_somebody(parsed, vocabulary))
    if before is not None and before.prose is not None:
        return not _signals(parsed) or only_names(parsed)
    if _lists_all(parsed, vocabulary):
        return False
    return not (_signals(parsed) or _scoped(parsed) or (before is not None and before.prose is None))


def _only_of_another_time(parsed: Parsed) -> bool:
    """True for "… and how many before?", which asks the question before for another time."""
    return parsed.has("time") and all(chunk.kind in _OF_ANOTHER_TIME for chunk in parsed.chunks)


_OF_ANOTHER_TIME = frozenset("and follow function measure time".split())


def _asks_the_text(parsed: Parsed) -> bool:
    """True for why, how, who took over, or what a place has to improve: only prose answers these."""
    if parsed.any("prose", "why", "identity"):
        return not (parsed.any("prose", "identity") and parsed.any("cond"))
    if _asks_what_is_improved(parsed) or _asks_what_was_told(parsed) or _asks_what_is_done(parsed):
        return True
    return parsed.any("prose", "how") and not (
        parsed.any("subject") or parsed.any("rated") or parsed.any("quality")
    )


def _asks_what_is_improved(parsed: Parsed) -> bool:
    """True for what a subject improved, or has to get better at: "what" is the object of the verb, as in
    "What must Kent improve?". In "What did Kent improve to?" it is the rating."""
    words = _asking_words(parsed)
    if words[:1] != ["what"] or not _HELPING.intersection(words[1:2]) or not parsed.any("subject"):
        return False
    if _is_about_ratings(parsed) or parsed.has("cond"):
        return _moves(parsed, words)
    return _moves(parsed, words) or _ends_mended(words)


def _asks_what_was_told(parsed: Parsed) -> bool:
    """True for what a named subject was told, asked or ordered to do. "Which homes were told to improve?" is
    about a rating."""
    words = _asking_words(parsed)
    if words[:1] != ["what"] or not parsed.any("subject"):
        return False
    return any(word in _TOLD and after == "to" for word, after in pairwise(words[1:]))


def _ends_mended(words: Sequence[str]) -> bool:
    """True if a question ends with a word for making good, ignoring when and in what: "… put right first"."""
    while words and words[-1] in _AT_WHAT:
        words = words[:-1]
    return any(" ".join(words[-size:]) in _MENDED for size in range(1, _LONGEST_MENDED + 1))


def _moves(parsed: Parsed, words: Sequence[str]) -> bool:
    """True if a word for getting better ends the question, ignoring what it got better at."""
    moved = [chunk for chunk in parsed.chunks if isinstance(chunk.value, q.Moved) or chunk.text in _BETTERING]
    to_what = bool(moved) and moved[-1].text.endswith(" to")  # "what did Kent go up to?" asks for the rating
    if not moved or to_what or any(isinstance(chunk.value, q.Rated) for chunk in parsed.chunks):
        return False
    return _AT_WHAT.issuperset([word.text for word in parsed.annotated.words[moved[-1].end :]])


def _asks_what_is_done(parsed: Parsed) -> bool:
    """True for what a subject did, or what was done to it, with a verb that is not about ratings: "What did
    the inspectors see at Elm House?", "So what turned these trusts round?". The tables answer neither."""
    words = _asking_words(parsed)
    if words[:1] != ["what"] or _is_about_ratings(parsed):
        return False
    if parsed.has("cond"):
        return False
    if not parsed.has("subject", "kind"):
        return False
    verbs = [
        word.text
        for chunk in parsed.chunks
        if chunk.kind in ("function", "time")
        for word in parsed.annotated.words[chunk.start : chunk.end]
        if stem(word.text) in _verbs() and word.text not in _OF_RATINGS and word.text not in _HELPING
    ]
    acts = [verb for verb in words[1:2] if verb in verbs and verb.endswith("ed")]
    return bool(verbs if _HELPING.intersection(words[1:2]) - _BEING else acts)


@cache
def _verbs() -> frozenset[str]:
    """The stems of verbs, adjectives and adverbs."""
    return frozenset(map(stem, flagged("manner")))


def _is_about_ratings(parsed: Parsed) -> bool:
    """True if any word is about ratings, rather than about a rated subject."""
    return any(chunk.kind in _RATING and chunk.kind != "cond" for chunk in parsed.chunks)


def _asking_words(parsed: Parsed) -> list[str]:
    """The words of a question from the asking word on: without "So …", "And …" and "actually"."""
    words = [word.text for word in parsed.annotated.words if word.text not in _EMPHATIC]
    return words[1:] if words[:1] and words[0] in _LEADING else words


def in_words_of_reports(text: str, parsed: Parsed) -> str:
    """Rephrase a question to the passages in the words of reports: what a subject must improve, or has to get
    better at, is under "What needs to improve"."""
    words = frozenset(word.text for word in parsed.annotated.words)
    named = [chunk for chunk in parsed.chunks if chunk.kind == "subject"]
    if len(named) != 1 or not _asks_what_is_improved(parsed) or words.isdisjoint(_OBLIGING):
        return text
    return f"What needs to improve in {parsed.annotated.typed(named[0].start, named[0].end)}?"


_HELPING = frozenset("must should could can will would does do did has have need needs ought is are".split())
_BEING = frozenset(("is", "are"))
_LEADING = frozenset("so and but well then ok okay right".split())
_EMPHATIC = frozenset("actually really exactly then please still yet".split())
# Verbs that ratings are asked with: "What did Kent get?", "What does the CQC say of Kent?"
_OF_RATINGS = frozenset(
    """get gets got gotten getting give gives gave given go goes went gone come comes came receive received
    achieve achieved become became earn earned award awarded say says said think thinks thought call called
    move moves moved rise rose climb climbed fall fell drop dropped slip slipped change changed
    make mean means show shows know tell tells told ask happen happened stand stands look looks find finds
    found now before then last time like year good bad well""".split()
)
_MENDED = frozenset(
    (
        "put right",
        "fix",
        "sort",
        "sort out",
        "work",
        "get right",
        "put in order",
        "mend",
        "remedy",
        "tackle",
        "do better",
        "get better",
        "improve",
    )
)
_TOLD = frozenset("told asked ordered advised urged instructed".split())
_LONGEST_MENDED = 3  # words
_OBLIGING = frozenset("must should could ought need needs have has got".split())
_BETTERING = frozenset(("do better", "better"))
_AT_WHAT = frozenset("at on in with now next first most".split())


def _of_a_visit(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True for when a place was visited, if all ratings have the date of one publication, which does not say
    it."""
    visited = parsed.any("rated", "visited") and not parsed.any("rated", "") and not parsed.any("cond")
    return (
        visited
        and vocabulary.one_publication
        and any(isinstance(query.measure, q.Dates) for query in parsed.queries)
    )


def _of_an_act(parsed: Parsed) -> bool:
    """True for who did something to a named subject, or when or where, in words that no table has:
    "Calderstones, who swallowed it up?"."""
    if not parsed.any("subject") or parsed.has(*_RATING):
        return False
    asks = any(word.text in _ASKING_OF_ACTS for word in parsed.annotated.words)
    left = [chunk.text for chunk in parsed.left_out if chunk.kind == "strange"]
    return asks and bool(left) and all(text.islower() and all(map(ordinary, text.split())) for text in left)


_RATING = ("cond", "rated", "aspect", "aspects", "spread", "unrated", "super", "change", "unheld")
_ASKING_OF_ACTS = frozenset("who whom when where why how".split())


def _about_somebody(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True if the words left over are an unknown name whose rating is asked for, or a topic that nothing
    published covers."""
    if any(chunk.says("unheld", *_NEVER) for chunk in parsed.left_out) and parsed.any("subject"):
        return True
    words = _placed(parsed, [chunk for chunk in parsed.chunks if chunk.kind == "strange"])
    if not _spoken_of(parsed, words, vocabulary) and (_looks_up(parsed) or _names_a_stranger(parsed)):
        return True
    left = [word for chunk in parsed.left_out for word in chunk.text.split()]
    if _rates_strangers(parsed, left, vocabulary):
        return True
    if not _signals(parsed) or not vocabulary.passage_words.isdisjoint(left):
        return False
    return _strange_name(parsed) or parsed.any("subject") or _asks_by_rating(parsed)


def _rates_strangers(parsed: Parsed, left: Sequence[str], vocabulary: Vocabulary) -> bool:
    """True if the rating of an unknown name is asked for, and the other words left over are not a topic of
    passages."""
    if not _strange_name(parsed) or not (parsed.any("rated") or parsed.any("cond")):
        return False
    names = {
        word.casefold() for typed, _ in parsed.naming.unknown for word in typed.split() if word[:1].isupper()
    }
    topics = [word for word in left if word not in names and word.removesuffix("s") not in names]
    return not vocabulary.common_words.intersection(topics)


def _asks_by_rating(parsed: Parsed) -> bool:
    """True if subjects with a rating are listed or counted."""
    conditions = [chunk.value for chunk in parsed.chunks if chunk.kind == "cond"]
    rated = any(isinstance(part, q.Rated) for one in conditions for part in q.parts_of(one))
    return rated and parsed.any("measure", "count", "which", "list", "share")


def _looks_up(parsed: Parsed) -> bool:
    """True if only the rating of an unknown name is asked for: "cqc rating west london mental health"."""
    small = ("function", "quality", "rated", "measure", "kind")
    told = [chunk for chunk in parsed.chunks if chunk.kind not in small and not _begins_name(parsed, chunk)]
    if len(told) != 1 or told[0].kind != "strange" or not parsed.any("rated", ""):
        return False
    if parsed.any("measure", "count", "list", "share"):
        return False
    return len(told[0].text.split()) > 1 or parsed.has("kind")


def _begins_name(parsed: Parsed, chunk: Chunk) -> bool:
    """True for a number right before unknown words: "what is four seasons care rated"."""
    behind = parsed.chunks.after(chunk)
    return chunk.kind == "quantity" and chunk.value.plain and behind is not None and behind.kind == "strange"


def _names_a_stranger(parsed: Parsed) -> bool:
    """True if nothing is asked for but the rating of a name that the passages do not mention: "Is Southern
    Health outstanding?", "the West Suffolk trust"."""
    strange = [chunk for chunk in parsed.chunks if chunk.kind == "strange"]
    numbers = [chunk for chunk in parsed.chunks if _begins_name(parsed, chunk)]
    others = {chunk.kind for chunk in parsed.chunks if chunk not in numbers} - _BESIDE_NAMES
    words = _placed(parsed, [*numbers, *strange])
    if not strange or others:
        return False
    if parsed.any("measure", "count", "list", "share") or parsed.any("prose"):
        return False
    if any(word.text in _SPEAKING for word in parsed.annotated.words):
        return False  # only passages quote people
    one = any(chunk.kind in ("kind", "service") and not chunk.text.endswith("s") for chunk in parsed.chunks)
    if len(strange) > 1 and not one and all(ordinary(word.text) for word in words):
        return False  # a name is not in two places: "Culture change: what did that involve?"
    if len(words) > 1 and not one and not parsed.any("rated"):
        asked = parsed.has("cond", "aspect")
        return asked or all(parsed.text[word.start].isupper() or is_function(word.text) for word in words)
    return one or parsed.any("rated", "")


_SPEAKING = frozenset("say says said think thinks thought".split())
_BESIDE_NAMES = frozenset(
    "function quality rated measure kind service cond aspect strange and versus follow".split()
)


def _placed(parsed: Parsed, chunks: Sequence[Chunk]) -> list[Word]:
    return [word for chunk in chunks for word in parsed.annotated.words[chunk.start : chunk.end]]


def _spoken_of(parsed: Parsed, words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """True if the passages have every word, in the singular or plural: a topic, or a name that only they
    have, with its words side by side as typed."""
    known = vocabulary.passage_words
    forms = [(word.text, word.base or word.text) for word in words]
    if not all(known.intersection((*each, *variants(each))) for each in forms):
        return False
    named = [word.base or word.text for word in words if parsed.text[word.start].isupper()]
    return vocabulary.common_words.issuperset(named) or vocabulary.tells_of(" ".join(named))


def _strange_name(parsed: Parsed) -> bool:
    """True if an unknown name looks like one: with a capital inside the question, or in no dictionary."""
    start = parsed.text.lstrip()[:1]
    for typed, _ in parsed.naming.unknown:
        first = parsed.text.find(typed) == parsed.text.find(start)
        if (typed[:1].isupper() and not first) or not all(ordinary(word.text) for word in fold(typed)):
            return True
    return False


def _signals(parsed: Parsed) -> bool:
    """True if a question mentions ratings at all, or a rated subject."""
    return parsed.has(*_SIGNALS) or parsed.any("subject")


def only_names(parsed: Parsed) -> bool:
    """True for a fragment that only names a subject and asks nothing itself: "and of Oxleas?"."""
    return all(chunk.kind in ("subject", "function", "and", "or") for chunk in parsed.chunks)


def _lists_all(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True if the whole table is wanted: "show the table", or "list the seven" if it has seven."""
    if not parsed.any("measure", "list"):
        return False
    tables = any(word.text in ("table", "tables") for word in parsed.annotated.words)
    held = vocabulary.store.size[1]
    return tables or any(
        chunk.kind == "quantity" and chunk.value.plain and chunk.value.low == held for chunk in parsed.chunks
    )


def _is_of_a_field(query: Query) -> bool:
    return any(isinstance(part, q.Is | q.NameHas) for part in q.simple_conditions(query.scope))


def _scoped(parsed: Parsed) -> bool:
    """True if places of some kind are counted or listed."""
    told = any(chunk.kind in _PLAIN and chunk.used for chunk in parsed.chunks)
    asked = parsed.any("measure", "count", "share", "list", "which", "provider", "address")
    return told and (asked or any(map(_is_of_a_field, parsed.queries)))
