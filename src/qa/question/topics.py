"""Decides whether the tables or the passages should answer, from how much of the question the parser used."""

from __future__ import annotations

from collections.abc import Sequence

from qa.language.dictionary import ordinary
from qa.language.tokens import Word, fold
from qa.language.words import is_function
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.name_words import variants
from qa.question.only_passages import asks_the_text
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
    if asks_the_text(parsed, vocabulary):
        return True
    if _has_figures_only(parsed, before):
        return False
    if parsed.left_out or parsed.naming.unknown:
        return not (asks_the_tables(parsed, vocabulary) or _about_somebody(parsed, vocabulary))
    return not _is_in_tables(parsed, vocabulary, before)


def _has_figures_only(parsed: Parsed, before: Query | None) -> bool:
    """True if no sentence can tell what is asked, whatever words are left over: the question before for
    another time, a choice between names, a count of ratings, groups in order."""
    if before is not None and before.prose is None and _only_of_another_time(parsed):
        return True
    if parsed.naming.asked and not parsed.left_out:
        return True
    if parsed.any("measure", "count", "share") and parsed.has("cond"):
        return True
    # "which town has the most and best homes"
    grouped = bool(parsed.left_out) and any(query.by for query in parsed.queries)
    return grouped and all(chunk.kind in OPERATORS for chunk in parsed.left_out)


def _is_in_tables(parsed: Parsed, vocabulary: Vocabulary, before: Query | None) -> bool:
    """True if every word of a question is understood, and it asks for something in the tables or continues a
    question that did."""
    if before is not None and before.prose is not None:
        return _signals(parsed) and not only_names(parsed)
    return before is not None or _signals(parsed) or _scoped(parsed) or _lists_all(parsed, vocabulary)


def _only_of_another_time(parsed: Parsed) -> bool:
    """True for "… and how many before?", which repeats the question before for another time."""
    return parsed.has("time") and all(chunk.kind in _OF_ANOTHER_TIME for chunk in parsed.chunks)


_OF_ANOTHER_TIME = frozenset("and follow function measure time".split())


def _about_somebody(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True if the words left over are an unknown name whose rating is asked for, or a topic that nothing
    published covers."""
    if _asks_never_told(parsed) or _asks_of_a_stranger(parsed, vocabulary):
        return True
    left = [word for chunk in parsed.left_out for word in chunk.text.split()]
    if _rates_strangers(parsed, left, vocabulary):
        return True
    if not _signals(parsed) or not vocabulary.passage_words.isdisjoint(left):
        return False
    return _strange_name(parsed) or parsed.any("subject") or _asks_by_rating(parsed)


def _asks_never_told(parsed: Parsed) -> bool:
    """True if a subject's future is asked about."""
    return parsed.any("subject") and any(chunk.says("unheld", *_NEVER) for chunk in parsed.left_out)


def _asks_of_a_stranger(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True if nothing but the rating of an unknown name is asked for, and the passages do not mention the
    name."""
    words = _placed(parsed, _strange(parsed))
    return not _spoken_of(parsed, words, vocabulary) and (_looks_up(parsed) or _names_a_stranger(parsed))


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
    strange = _strange(parsed)
    numbers = [chunk for chunk in parsed.chunks if _begins_name(parsed, chunk)]
    if not strange or not _asks_for_rating_alone(parsed, numbers):
        return False
    if _is_about_one_place(parsed):
        return True
    words = _placed(parsed, [*numbers, *strange])
    if len(strange) > 1 and all(ordinary(word.text) for word in words):
        return False  # a name is not in two places: "Culture change: what did that involve?"
    if len(words) == 1 or parsed.any("rated"):
        return parsed.any("rated", "")
    return parsed.has("cond", "aspect") or _is_written_as_name(parsed, words)


def _is_about_one_place(parsed: Parsed) -> bool:
    """True if a question has a kind of place in the singular: "the West Suffolk trust"."""
    return any(chunk.kind in ("kind", "service") and not chunk.text.endswith("s") for chunk in parsed.chunks)


def _asks_for_rating_alone(parsed: Parsed, numbers: Sequence[Chunk]) -> bool:
    """True if a question has nothing but a name and words for its rating; ``numbers`` are part of the
    name."""
    if any(chunk.kind not in _BESIDE_NAMES for chunk in parsed.chunks if chunk not in numbers):
        return False
    if parsed.any("measure", "count", "list", "share") or parsed.any("prose"):
        return False
    return not any(word.text in _SPEAKING for word in parsed.annotated.words)


def _is_written_as_name(parsed: Parsed, words: Sequence[Word]) -> bool:
    """True if all words but small ones begin with a capital."""
    return all(parsed.text[word.start].isupper() or is_function(word.text) for word in words)


_SPEAKING = frozenset("say says said think thinks thought".split())  # only passages quote people
_BESIDE_NAMES = frozenset(
    "function quality rated measure kind service cond aspect strange and versus follow".split()
)


def _strange(parsed: Parsed) -> list[Chunk]:
    return [chunk for chunk in parsed.chunks if chunk.kind == "strange"]


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
    asked = [query.scope, *([query.claim.condition] if query.claim is not None else [])]
    return any(isinstance(part, q.Is | q.NameHas) for one in asked for part in q.simple_conditions(one))


def _scoped(parsed: Parsed) -> bool:
    """True if places of some kind are counted or listed."""
    told = any(chunk.kind in _PLAIN and chunk.used for chunk in parsed.chunks)
    asked = parsed.any("measure", "count", "share", "list", "which", "provider", "address")
    return told and (asked or any(map(_is_of_a_field, parsed.queries)))
