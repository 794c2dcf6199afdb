"""Questions that the loaded corpus can answer, made from what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from qa.records import RatingFact
from qa.understanding import Question, Vocabulary

MOST = 4


def suggest(question: Question, facts: Iterable[RatingFact], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return at most four next questions: about the subjects of the answer, the nearest known names, then the corpus at large."""
    found = [*_about(question, facts, vocabulary), *nearest(question, vocabulary), *general(vocabulary)]
    asked = question.text.casefold()
    return tuple(dict.fromkeys(one for one in found if one.casefold() != asked))[:MOST]


def _about(question: Question, facts: Iterable[RatingFact], vocabulary: Vocabulary) -> list[str]:
    subjects = list(dict.fromkeys(fact.subject for fact in facts))
    if len(subjects) != 1:
        return []
    [subject] = subjects
    found = [f"How is {subject} rated for {aspect}?" for aspect in vocabulary.aspects if aspect != "Overall"][:2]
    if vocabulary.previous_ratings and not question.asks("before"):
        found.append(f"What was {subject} rated before?")
    return found if question.intent != "lookup" or found else [f"What does the report say about {subject}?"]


def nearest(question: Question, vocabulary: Vocabulary) -> list[str]:
    """Offer the known names nearest to the unknown ones; they are never the answer."""
    if not question.unknown:
        return []
    subjects = vocabulary.candidates([*question.unknown, *question.content], 20) or vocabulary.store.subjects(list(range(1, 200)))
    names = list(dict.fromkeys(subject.name for subject in subjects))
    near = process.extract(" ".join(question.unknown), names, scorer=fuzz.WRatio, limit=2, score_cutoff=70)
    return [f"What is {name} rated?" for name, _, _ in near]


def general(vocabulary: Vocabulary) -> list[str]:
    """Return a question for each way of asking that this corpus supports."""
    found: list[str] = []
    ratings = {rating.casefold(): rating for rating in vocabulary.ratings}
    held = [ratings[rating.casefold()] for rating in vocabulary.scale.ratings if rating.casefold() in ratings]
    subjects = vocabulary.store.subjects([1])
    plural = (
        "care homes" if "care_home" in vocabulary.fields else f"{vocabulary.kinds[0].lower()}s" if len(vocabulary.kinds) == 1 else "places"
    )
    if held:
        found.append(f"Which {plural} are rated {held[0]}?")
    if vocabulary.previous_ratings:
        found.append(f"Which {plural} improved?")
    if subjects:
        found.append(f"What is {subjects[0].name} rated?")
    if held and "local_authority" in vocabulary.fields:
        found.insert(0, f"Which council has the most {held[-1].lower()} {plural}?")
    headings = [passage.section for passage in vocabulary.passages if passage.section]
    if headings:
        found.append(f"What does the report say about {headings[len(headings) // 3]}?")
    return found
