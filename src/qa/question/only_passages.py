"""Questions that only the passages can answer: why, who did what, what a place has to improve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from qa.language.dictionary import ordinary
from qa.language.stems import stem
from qa.language.words import flagged
from qa.question import query as q
from qa.question.acts import moves_of_things
from qa.question.parse import Parsed
from qa.question.vocabulary import Vocabulary


def asks_the_text(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True for why, how, who took over, when a place was visited, or what it has to improve."""
    return (
        _asks_for_prose(parsed)
        or _of_a_visit(parsed, vocabulary)
        or _of_an_act(parsed)
        or _asks_who_it_is_now(parsed)
        or _is_before_any_rating(parsed)
        or bool(moves_of_things(parsed.chunks))
    )


def _asks_for_prose(parsed: Parsed) -> bool:
    """True for why, how, who took over, or what a place did, was told or has to improve."""
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
    if _moves(parsed, words):
        return True
    return not (_is_about_ratings(parsed) or parsed.has("cond")) and _ends_mended(words)


def _asks_what_was_told(parsed: Parsed) -> bool:
    """True for what a named subject was told, asked or ordered to do. "Which homes were told to improve?" is
    about a rating."""
    words = _asking_words(parsed)
    if words[:1] != ["what"] or not parsed.any("subject"):
        return False
    return any(word in _TOLD and after == "to" for word, after in pairwise(words[1:]))


def _ends_mended(words: Sequence[str]) -> bool:
    """True if a question ends with a verb for putting things right, ignoring when and in what respect: "… put
    right first"."""
    while words and words[-1] in _AT_WHAT:
        words = words[:-1]
    return any(" ".join(words[-size:]) in _MENDED for size in range(1, _LONGEST_MENDED + 1))


def _moves(parsed: Parsed, words: Sequence[str]) -> bool:
    """True if a question ends with a verb for getting better, ignoring at what."""
    moved = [chunk for chunk in parsed.chunks if isinstance(chunk.value, q.Moved) or chunk.text in _BETTERING]
    to_what = bool(moved) and moved[-1].text.endswith(" to")  # "what did Kent go up to?" asks for the rating
    if not moved or to_what or any(isinstance(chunk.value, q.Rated) for chunk in parsed.chunks):
        return False
    return _AT_WHAT.issuperset([word.text for word in parsed.annotated.words[moved[-1].end :]])


def _asks_what_is_done(parsed: Parsed) -> bool:
    """True for what a subject did, or what was done to it, with a verb that is not about ratings: "What did
    the inspectors see at Elm House?", "So what turned these trusts round?". The tables can't answer either.
    """
    words = _asking_words(parsed)
    if words[:1] != ["what"] or _is_about_ratings(parsed) or parsed.has("cond"):
        return False
    if not parsed.has("subject", "kind"):
        return False
    verbs = _verbs_said(parsed)
    if _HELPING.intersection(words[1:2]) - _BEING:
        return bool(verbs)
    return any(verb in verbs and verb.endswith("ed") for verb in words[1:2])


def _verbs_said(parsed: Parsed) -> list[str]:
    """The verbs of a question, other than those that ratings are asked for with."""
    small = [chunk for chunk in parsed.chunks if chunk.kind in ("function", "time")]
    words = [word.text for chunk in small for word in parsed.annotated.words[chunk.start : chunk.end]]
    return [
        word for word in words if stem(word) in _verbs() and word not in _HELPING and word not in _OF_RATINGS
    ]


@cache
def _verbs() -> frozenset[str]:
    """The stems of verbs, adjectives and adverbs."""
    return frozenset(map(stem, flagged("manner")))


def _is_about_ratings(parsed: Parsed) -> bool:
    """True if any word is about ratings, rather than about a rated subject."""
    return any(chunk.kind in _RATING and chunk.kind != "cond" for chunk in parsed.chunks)


def _asking_words(parsed: Parsed) -> list[str]:
    """The words of a question from the question word on, without "So …", "And …" or "actually"."""
    words = [word.text for word in parsed.annotated.words if word.text not in _EMPHATIC]
    return words[1:] if words[:1] and words[0] in _LEADING else words


def in_words_of_reports(text: str, parsed: Parsed) -> str:
    """Rephrase a question to the passages in the words of reports: what a subject must improve is under "What
    needs to improve", and who a subject is now is asked as what became of it."""
    words = frozenset(word.text for word in parsed.annotated.words)
    named = [chunk for chunk in parsed.chunks if chunk.kind == "subject"]
    if len(named) != 1:
        return text
    name = parsed.annotated.typed(named[0].start, named[0].end)
    if _asks_who_it_is_now(parsed):
        return f"What has become of {name}?"
    if not _asks_what_is_improved(parsed) or words.isdisjoint(_OBLIGING):
        return text
    return f"What needs to improve in {name}?"


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
_RATING = ("cond", "rated", "aspect", "aspects", "spread", "unrated", "super", "change", "unheld")
_ASKING_OF_ACTS = frozenset("who whom when where why how".split())


def _of_a_visit(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True for when a place was visited, if all ratings carry the date of one publication, which is no date
    of a visit."""
    visited = parsed.any("rated", "visited") and not parsed.any("rated", "") and not parsed.any("cond")
    return (
        visited
        and vocabulary.one_publication
        and any(isinstance(query.measure, q.Dates) for query in parsed.queries)
    )


def _asks_who_it_is_now(parsed: Parsed) -> bool:
    """True for a question that only asks "who is Elm House now?": what became of it, not how it is rated."""
    asking = _asking_words(parsed)
    if not asking or asking[0] not in _WHO or not parsed.any("subject"):
        return False
    now = [chunk for chunk in parsed.chunks if chunk.kind == "time" and chunk.text in _NOW]
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and", "measure")]
    return bool(now) and all(chunk in now or chunk.kind == "subject" for chunk in telling)


_WHO = frozenset(("who", "whos"))
_NOW = frozenset(("now", "nowadays", "these days", "today", "right now", "at present", "present"))


def _is_before_any_rating(parsed: Parsed) -> bool:
    """True for what was so "before it was ever rated" or had a rating, which no rating tells."""
    if any(isinstance(chunk.value, q.Rated) for chunk in parsed.chunks):
        return False  # "before it was rated good"
    words = [word.text for word in parsed.annotated.words]
    starts = [place + 1 for place, word in enumerate(words) if word in _BEFORE]
    return any(_ends_rated(words[start : start + _CLAUSE]) for start in starts)


def _ends_rated(words: Sequence[str]) -> bool:
    """True if words begin with a clause such as "it was ever rated" or "the trust had any rating"."""
    rated = next((place for place, word in enumerate(words) if word in _RATED), 0)
    said = [word for word in words[:rated] if word not in _FIRST]
    if not said or any(word.startswith("wh") for word in said):
        return False
    if words[rated] == "rated":
        return said[-1] in _BEING_RATED
    return said[-1] in _ANY and not _HAVING.isdisjoint(said[:-1])


_BEFORE = frozenset(("before", "until"))
_CLAUSE = 7  # words
_RATED = frozenset(("rated", "rating"))
_FIRST = frozenset("even ever first officially".split())
_BEING_RATED = frozenset("was were got been".split())
_ANY = frozenset("a any its their".split())
_HAVING = frozenset("had got received given".split())


def _of_an_act(parsed: Parsed) -> bool:
    """True for who did something to a named subject, or when or where, with a verb that is in no table:
    "Calderstones, who swallowed it up?"."""
    if not parsed.any("subject") or parsed.has(*_RATING):
        return False
    asks = any(word.text in _ASKING_OF_ACTS for word in parsed.annotated.words)
    left = [chunk.text for chunk in parsed.left_out if chunk.kind == "strange"]
    return asks and bool(left) and all(text.islower() and all(map(ordinary, text.split())) for text in left)
