"""How certain it is that the chosen sentences answer the question, and whether they are given as an answer.

A small logistic model over a few signals of the best passage and the chosen sentences gives the probability.
Below the threshold there is no answer; nor is there one if the passage mentions none of the names that were
asked about, or nothing else.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qa.language.stems import terms
from qa.records import Change, Passage
from qa.retrieval.matching import Look
from qa.retrieval.model import Model
from qa.retrieval.point import Point
from qa.retrieval.query_terms import Concept
from qa.retrieval.ranking import Ranking
from qa.retrieval.sentence_layout import Sheet

READ = 1.7  # factor for a corrected word, times its strength: nearly all
TELLING = 2.0  # information of a word that distinguishes one subject's name from others
MANNER = 0.4  # share of its information that counts as lacking for a verb, adjective or adverb
ENOUGH = 0.2  # part of the information of what is asked about a name
HALF = 0.5  # part of the information of the question
STRANGE = 2  # words that no passage has in any form


#: The sentences of an answer: their units, by the places of their passages in the ranking.
AnswerUnits: TypeAlias = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The assessment of the best passage."""

    confidence: float
    answered: bool
    expanded: tuple[Change, ...]
    missing: tuple[str, ...]
    nearly: bool  # the best sentence has the kind of answer asked for, and half of what is asked


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best passage and its best sentence."""

    seen: Look
    place: int  # among those examined
    unit: int  # its best sentence
    meant: Sequence[Mapping[int, float]]  # for each concept, the units that match it, see `Sought.meant`

    @classmethod
    def of(cls, ranking: Ranking) -> Best:
        """Return the best passage of a ranking, which must not be empty."""
        seen, place = ranking.seen, ranking.order[0]
        return cls(
            seen, place, ranking.best(place), [sought.meant(seen.sheets[place]) for sought in seen.sought]
        )

    @property
    def sheet(self) -> Sheet:
        """The passage as the closer look reads it."""
        return self.seen.sheets[self.place]

    def in_sentence(self, concept: int) -> float:
        """Return how well the sentence, or the headings above its passage, match a concept."""
        meant = self.meant[concept]
        return max(meant.get(0, 0.0), meant.get(self.unit, 0.0))

    def shares(self) -> tuple[list[float], list[float]]:
        """Return how far the passage matches each concept, and how far the sentence does."""
        return (
            [min(1.0, READ * max(meant.values(), default=0.0)) for meant in self.meant],
            [min(1.0, READ * self.in_sentence(concept)) for concept in range(len(self.meant))],
        )


def verdict(
    ranking: Ranking,
    required: Sequence[str],
    model: Model,
    told: AnswerUnits,
    weigh: Callable[[str], float],
) -> Verdict:
    """Judge the best passage.

    ``required`` are names; it must have the most distinctive word of each. ``told`` are the sentences of the
    answer; ``weigh`` returns the information of a term in the index.
    """
    best = Best.of(ranking)
    signs, (_, sentence) = signals(ranking, best, told), best.shares()
    confidence = probability(signs, model.confidence)
    return Verdict(
        confidence,
        confidence >= model.threshold
        and _has_names(best, required, weigh)
        and _is_evidence(best, signs, sentence, required),
        _expanded(best),
        _missing(best),
        bool(signs["demanded"]) and _covered(ranking.seen.asked.concepts, sentence) >= HALF,
    )


def _has_names(best: Best, required: Sequence[str], weigh: Callable[[str], float]) -> bool:
    """True if the best passage has the most distinctive word of each name."""
    concepts, there = best.seen.asked.concepts, [bool(meant) for meant in best.meant]
    return all(_name_there(concepts, there, frozenset(terms(name)), weigh) for name in required)


def _is_evidence(
    best: Best, signs: Mapping[str, float], sentence: Sequence[float], required: Sequence[str]
) -> bool:
    """True if the best sentence contains enough of what is asked to answer it, however sure the model is."""
    if best.seen.asked.kind.strict and not best.seen.meets(best.place, best.unit):
        return False
    if signs["headed"] == 1:
        return True
    return not (_tells_nothing_asked(signs) or _strange(best)) and _more_than_names(
        best.seen.asked.concepts, sentence, required
    )


def _missing(best: Best) -> tuple[str, ...]:
    """The words of the question that the best passage lacks in every form."""
    concepts = zip(best.seen.asked.concepts, best.meant, strict=True)
    return tuple(concept.word for concept, meant in concepts if not meant and not concept.aside)


def answer_units(ranking: Ranking, passages: Sequence[Passage], points: Iterable[Point]) -> AnswerUnits:
    """Return the units of the sentences of an answer; ``passages`` are those of the index."""
    seen, told = ranking.seen, dict[int, set[int]]()
    places = {passages[number].id: place for place, number in enumerate(seen.passages)}
    for point in points:
        if (place := places.get(point.passage.id)) is not None:
            told.setdefault(place, set()).update(
                unit
                for unit, span in enumerate(seen.sheets[place].spans)
                if unit and point.start <= span.start and span.end <= point.end
            )
    return told


def signals(ranking: Ranking, best: Best, told: AnswerUnits) -> Mapping[str, float]:
    """Return the signals that the probability is computed from; shares are of the information in the
    question's words."""
    concepts, sheet = best.seen.asked.concepts, best.sheet
    weights = _weights(concepts)
    passage, sentence = best.shares()
    others = [
        share * (sought.term not in sheet.places)
        for share, sought in zip(passage, best.seen.sought, strict=True)
    ]
    span, meaning = sheet.spans[best.unit], best.seen.layout.meaning
    signs = {
        "passage_covers": _covered(concepts, passage),
        "words_unknown": _unknown(best),
        "other_words": math.fsum(map(operator.mul, weights, others)) / (sum(weights) or 1.0),
        "share_told": _share_told(ranking, told),
        "sentences_told": math.log(max(1, sum(map(len, told.values())))),
        "words_there": math.log(
            1 + sum(weight > 0 and share > 0 for weight, share in zip(weights, sentence, strict=True))
        ),
        "sentence_length": math.log(1 + span.end - span.start),
        "demanded": float(holds_demanded(best)),
        "passage_meaning": float(meaning.passages[best.place]),
        "nearest_meaning": float(meaning.units.max()),
        "headed": max(best.seen.fields[place]["headed"] for place in {best.place, *told}),
    }
    if near := best.seen.near:
        of_sentences = near.sentences[best.place]
        signs["near_passage"] = near.passages[best.place]
        signs["near_sentence"] = of_sentences[best.unit - 1] if best.unit else 0.0
        signs["nearest"] = max(max(of_one, default=0.0) for of_one in near.sentences)
    return signs


def _share_told(ranking: Ranking, told: AnswerUnits) -> float:
    """The odds of the answer's sentences as a share of the odds of all."""
    odds = (
        math.exp(ranking.wholes[place] + ranking.scores[place][unit] - ranking.top)
        for place in sorted(told)
        for unit in sorted(told[place])
    )
    return math.fsum(odds) / (sum(ranking.odds) or 1.0)


def _covered(concepts: Sequence[Concept], there: Sequence[float]) -> float:
    """The share of a question's information that is there; a missing verb counts for less."""
    weights = _weights(concepts)
    found = math.fsum(map(operator.mul, weights, there))
    lacking = (
        (MANNER if concept.manner else 1.0) * weight * (1 - share)
        for weight, share, concept in zip(weights, there, concepts, strict=True)
    )
    whole = found + math.fsum(lacking)
    return found / whole if whole else 0.0


def _weights(concepts: Sequence[Concept]) -> list[float]:
    """The information of each concept that may be missing, 0 for the rest; "when was that" has only the words
    of earlier questions."""
    none = all(concept.aside for concept in concepts)
    return [concept.weight if none or not concept.aside else 0.0 for concept in concepts]


def probability(signs: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """Return the logistic function of the weighted sum of the signals."""
    odds = coefficients["constant"] + sum(coefficients[name] * value for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def holds_demanded(best: Best) -> bool:
    """True if the marked sentence has the kind of word asked for and whatever else is needed, and the passage
    has the year asked for."""
    asked = best.seen.asked
    for place, concept in enumerate(asked.concepts):
        if concept.year and not best.meant[place]:
            return False
        if concept.term == asked.post and not best.in_sentence(place):
            return False
    return best.seen.meets(best.place, best.unit)


def _tells_nothing_asked(signs: Mapping[str, float]) -> bool:
    """True if the sentence has no word of the question in any form, and the text around it less than half.
    With an encoder, which matches meaning, this says nothing and is false."""
    silent = signs["words_there"] == 0 and signs["passage_covers"] < HALF
    return silent and "near_sentence" not in signs


def _strange(best: Best) -> bool:
    """True if some of the question's words are in no passage in any form, and the best passage has none as it
    was asked: other words alone are then too little evidence."""
    sought = zip(best.seen.sought, best.seen.asked.concepts, strict=True)
    return _unknown(best) >= STRANGE and not any(
        one.term in best.sheet.places for one, concept in sought if not concept.aside
    )


def _unknown(best: Best) -> int:
    """Return how many of the question's words are in no passage, not even in other words."""
    concepts = best.seen.asked.concepts
    weighed = zip(best.seen.sought, concepts, _weights(concepts), strict=True)
    return sum(weight > 0 and one.term < 0 and not concept.options for one, concept, weight in weighed)


def _more_than_names(concepts: Sequence[Concept], there: Sequence[float], required: Sequence[str]) -> bool:
    """True if the best sentence has enough of what is asked about a name, if anything is: "how do I park at
    Elm House?".

    With several names it is always true: the question may only need both to be mentioned.
    """
    if not required or sum(name[:1].isupper() for name in required) > 1:
        return True
    named = frozenset(term for name in required for term in terms(name))
    asked = [place for place, one in enumerate(concepts) if not (one.aside or one.name or one.term in named)]
    whole = sum(concepts[place].weight for place in asked)
    return sum(concepts[place].weight * there[place] for place in asked) >= ENOUGH * whole


def _name_there(
    concepts: Sequence[Concept], there: Sequence[bool], name: Iterable[str], weigh: Callable[[str], float]
) -> bool:
    """True if the best passage has the most distinctive word of a name, given by its terms.

    A name from the background ("Dad is at Elm House. What did they find?") is not one of the question's own
    words, so it is ignored if no passage has it.
    """
    asked = {
        concept.term: (concept.weight, is_there)
        for concept, is_there in zip(concepts, there, strict=True)
        if not concept.aside
    }
    beside = {
        concept.term: is_there for concept, is_there in zip(concepts, there, strict=True) if concept.aside
    }
    words = [asked.get(term) or (weigh(term), beside.get(term, False)) for term in name]
    most = max((weight for weight, _ in words), default=0.0)
    return most < TELLING or any(is_there for weight, is_there in words if weight == most)


def _expanded(best: Best) -> tuple[Change, ...]:
    """The other words that the best passage has in place of words that it lacks, the strongest for each."""
    sheet, changes = best.sheet, dict[str, Change]()
    for concept, sought in zip(best.seen.asked.concepts, best.seen.sought, strict=True):
        if sought.term in sheet.places or concept.phrase in changes:
            continue
        options = zip(concept.options, sought.options, strict=True)
        there = [option for option, (terms, _) in options if option.shown and sheet.has(terms)]
        if there:
            changes[concept.phrase] = Change(
                concept.phrase, max(there, key=lambda option: option.strength).shown
            )
    return tuple(changes.values())
