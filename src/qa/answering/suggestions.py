"""Questions that the loaded corpus can answer, made from what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from qa.records import RatingFact
from qa.understanding import Question, Vocabulary

MOST = 4
_TELLING = 4  # words of a heading that says best what stands under it
TEXTUAL = "In the reports"  # examples that the passages, not the tables, must answer


def suggest(question: Question, facts: Iterable[RatingFact], vocabulary: Vocabulary, general: Sequence[str]) -> tuple[str, ...]:
    """Return at most four next questions: about the subjects of the answer, the nearest known names, then the ``general`` ones."""
    told = tuple(facts)
    names = list(dict.fromkeys(fact.subject for fact in told))
    found = [*(_about(question, told, vocabulary) if len(names) == 1 else ()), *nearest(question, vocabulary), *general]
    asked = {question.text.casefold(), *(f"what is {name} rated?".casefold() for name in names if question.intent == "lookup")}
    return tuple(dict.fromkeys(one for one in found if one.casefold() not in asked))[:MOST]


def _about(question: Question, facts: Sequence[RatingFact], vocabulary: Vocabulary) -> list[str]:
    """What else the tables hold about the one subject of these facts: aspects that were not told, and who runs it."""
    fact, told = facts[0], {one.aspect for one in facts}
    found = [f"How is {fact.subject} rated for {aspect}?" for aspect in _held(question, vocabulary) if aspect not in told][:2]
    if question.intent in ("when", "attribute", "check"):
        found.append(f"What is {fact.subject} rated?")
    if fact.attributes.get("provider") and not question.asks("provider"):
        found.append(f"Who runs {fact.subject}?")
    return found


def _held(question: Question, vocabulary: Vocabulary) -> list[str]:
    """The aspects for which the one subject that is named is rated."""
    if len(vocabulary.aspects) < 2 or len(question.named) != 1 or len(question.named[0].subjects) != 1:
        return []
    held = {fact.aspect for fact in vocabulary.store.history(question.named[0].subjects) if fact.rating}
    return [aspect for aspect in vocabulary.aspects if aspect in held and aspect != "Overall"]


def nearest(question: Question, vocabulary: Vocabulary) -> list[str]:
    """Offer the known names nearest to the unknown ones; they are never the answer."""
    if not question.unknown:
        return []
    subjects = vocabulary.candidates([*question.unknown, *question.content], 20) or vocabulary.store.subjects(list(range(1, 200)))
    names = list(dict.fromkeys(subject.name for subject in subjects))
    near = process.extract(" ".join(question.unknown), names, scorer=fuzz.WRatio, limit=2, score_cutoff=70)
    return [f"What is {name} rated?" for name, _, _ in near]


def candidates(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return questions for each way of asking that this corpus may support, each with what it is an example of."""
    ratings = {rating.casefold(): rating for rating in vocabulary.ratings}
    held = [ratings[rating.casefold()] for rating in vocabulary.scale.ratings if rating.casefold() in ratings]
    noun = "care homes" if "care_home" in vocabulary.fields else vocabulary.noun
    found: list[tuple[str, str]] = []
    if held:
        found += [("A figure", f"How many {noun} are rated {held[-1]}?"), ("A list", f"Which {noun} are rated {held[0]}?")]
    if held and "local_authority" in vocabulary.fields:
        found.append(("A ranking", f"Which council has the most {noun} rated {held[-1]}?"))
    if vocabulary.previous_ratings:
        found.append(("What changed", f"Which {noun} improved?"))
    found += [("One of them", f"What is {subject.name} rated?") for subject in vocabulary.store.subjects([1])]
    sections = dict.fromkeys(passage.section for passage in vocabulary.passages if passage.section)
    headings = sorted(sections, key=lambda heading: abs(len(heading.split()) - _TELLING))
    return found + [(TEXTUAL, f"What does the report say about {_lowered(heading)}?") for heading in headings]


def _lowered(heading: str) -> str:
    """A heading as it stands in a sentence: its first letter small where the second is."""
    return heading[:1].lower() + heading[1:] if heading[1:2].islower() else heading
