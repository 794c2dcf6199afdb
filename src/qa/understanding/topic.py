"""What a question is about: the ratings that tables hold, or the text of the reports. The first rule that holds decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.folding import fold
from qa.understanding.english import ordinary
from qa.understanding.question import Question
from qa.understanding.vocabulary import Vocabulary

CHANGES = ("up", "down", "unchanged", "changed")
_TARGETS = ("list", "count", "share", "all", "any", "none", "only", "most", "least", "oldest", "newest")
_FACTUAL = ("rating", *CHANGES)
_MAY = re.compile(r"\W*(?:can|could|should|would|may|might|must) (?:a|an|any|the|other|trusts|they|we|i|you)\b", re.IGNORECASE)
_MOST = 4  # words that nothing explains, beside a name and a rating
_Rule = Callable[[Question, Vocabulary], bool]


def about_facts(question: Question, vocabulary: Vocabulary, *, yes_no: bool) -> bool:
    """Whether the tables are to answer; the question is one for the passages where they can't."""
    if not vocabulary.sizes.facts:
        return False
    if "future" in question.unheld and question.named and not question.asks("passage"):
        return True  # to be told that nothing published tells it
    if any(holds(question, vocabulary) for holds in _FOR_THE_PASSAGES):
        return False
    if question.content or question.unheld:
        return _explicit(question, vocabulary)
    if question.named or question.providers:
        return True
    return _of_all_trusts(question) or _of_many(question, yes_no)


def signals(question: Question) -> bool:
    """Whether the question speaks of ratings at all."""
    return bool(
        question.ratings or question.asks(*_FACTUAL) or (question.aspects and (question.named or question.kinds or question.places))
    )


def filtered(question: Question) -> bool:
    """Whether it is narrowed to some of all that is rated."""
    return bool(
        question.places or question.outside or question.services or any(_narrows(kind.label, kind.field) for kind in question.kinds)
    )


def _narrows(label: str, field: str) -> bool:
    return bool(field) and label != "trusts"


def _trusts(question: Question) -> bool:
    return any(kind.label == "trusts" for kind in question.kinds)


# Rules of what only the passages may answer ---------------------------------------------------------------------------


def _of_a_person(question: Question, vocabulary: Vocabulary) -> bool:
    """He or she is nobody that tables rate."""
    return question.asks("follow-person") and bool(vocabulary.passages) and not signals(question) and not question.named


def _of_an_owner(question: Question, vocabulary: Vocabulary) -> bool:
    """Who runs it, where no table says so."""
    held = "provider" in vocabulary.fields
    return question.asks("provider") and not held and bool(vocabulary.passages) and not signals(question)


def _why_or_how(question: Question, vocabulary: Vocabulary) -> bool:
    """Asked why or how, and not just how somebody is rated."""
    if not question.asks("passage"):
        return False
    plain = question.asks("rating", "quality", "compare") and not question.content and not question.asks("up", "down", "unchanged")
    several = max(len(question.places), len(question.providers)) > 1
    return not (plain and (question.named or several or (_trusts(question) and not question.asks("when"))))


def _of_identity(question: Question, vocabulary: Vocabulary) -> bool:
    """What became of somebody."""
    rated = bool(question.ratings) or question.asks("rating", *CHANGES)
    return question.asks("identity") and bool(vocabulary.passages) and not rated


def _of_others(question: Question, vocabulary: Vocabulary) -> bool:
    """What is counted is nothing rated, or the topic is none of the tables'."""
    rated = bool(question.ratings or question.aspects) or question.asks("rating")
    return "other-count" in question.cues or (bool(question.unheld) and not rated)


def _of_a_year(question: Question, vocabulary: Vocabulary) -> bool:
    """What happened to somebody in a year."""
    dated = bool(question.named) and question.period is not None
    return dated and not signals(question) and bool(vocabulary.passages) and not question.asks("after", "quality")


def _of_what_may_be(question: Question, vocabulary: Vocabulary) -> bool:
    """What anybody can or should do."""
    return bool(_MAY.match(question.text) and vocabulary.passages) and not (question.named or question.ratings)


_FOR_THE_PASSAGES: tuple[_Rule, ...] = (_of_what_may_be, _of_a_person, _of_an_owner, _why_or_how, _of_identity, _of_others, _of_a_year)


# What the tables answer -----------------------------------------------------------------------------------------------


def _of_all_trusts(question: Question) -> bool:
    asked = question.asks("list", "count", "share", "all", "about") or question.cues >= {"passage", "quality"}
    return _trusts(question) and asked


def _of_many(question: Question, yes_no: bool) -> bool:
    target = bool(question.kinds) or question.asks(*_TARGETS) or yes_no
    return bool(
        (signals(question) and target)
        or question.asks("table", "best", "worst")
        or question.asks("oldest", "newest")
        or filtered(question)
        or (question.asks("count", "share") and question.kinds)
    )


def _explicit(question: Question, vocabulary: Vocabulary) -> bool:
    """Whether a question with unexplained words still asks for ratings beyond doubt."""
    if question.named and (question.ratings or question.aspects or question.asks("rating", *CHANGES)):
        return len(question.content) <= _MOST and not _of_the_text(question, vocabulary)
    if question.named and question.asks("before", "after") and not question.asks("passage", "when", "list", "count"):
        return len(question.content) <= _MOST and not question.unheld and not any(_topical(word, vocabulary) for word in question.content)
    if question.providers and (question.asks("count", "list", "share", "provider") or signals(question)):
        return len(question.content) <= 2
    unknown = {word.text for name in question.unknown for word in fold(name)}
    if unknown and (signals(question) or filtered(question)) and not (set(question.content) - unknown) & vocabulary.common_words:
        return True
    return filtered(question) and bool(question.ratings) and not any(word in vocabulary.common_words for word in question.content)


def _topical(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word that nothing explains is a topic, rather than a name or a slip."""
    return word in vocabulary.common_words or (bool(vocabulary.passages) and ordinary(word))


def _of_the_text(question: Question, vocabulary: Vocabulary) -> bool:
    """Whether an unknown name is one that the reports speak of: what is asked may be about it rather than the named subject."""
    return any(word.text in vocabulary.passage_words for name in question.unknown for word in fold(name))
