"""Ranking adds scores up word by word; here every feature is worked out as docs/ranking.md defines it,
sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.sentences import sentences
from qa.language.stems import stem
from qa.language.tokens import tokenize
from qa.records import Document, Passage
from qa.retrieval import Retriever
from qa.retrieval.above import ALIKE
from qa.retrieval.index import LENGTH, SATURATION, USUAL
from qa.retrieval.matching import Look
from qa.retrieval.model import Model
from qa.retrieval.query_terms import MOST, Concept
from qa.retrieval.ranking import FEATURES, WHOLE, add_up, rank
from qa.retrieval.thesaurus import Thesaurus
from qa.retrieval.word_vectors import _sum_of

THESAURUS = Thesaurus.of(
    {"same": ["boss, chief, head gardener", "wage, salary"], "means": {"night shift": "late hours, late"}}
)
WORD = st.sampled_from(
    [
        "the",
        "of",
        "boss",
        "chief",
        "gardener",
        "head",
        "wage",
        "salary",
        "night",
        "shift",
        "late",
        "hours",
        "Leeds",
        "lamp",
        "lamplight",
        "York",
        "oak",
    ]
)
SENTENCE = st.lists(WORD, min_size=1, max_size=9)
PASSAGE = st.tuples(
    SENTENCE, st.lists(SENTENCE, min_size=1, max_size=4)
)  # what stands above it, and its sentences
PASSAGES = st.lists(PASSAGE, min_size=1, max_size=5)

NOTHING = dict.fromkeys((*FEATURES, *WHOLE), 0.0)

Unit = Sequence[str]  # the terms of a sentence, or of what stands above a passage


def passage(number: int, above: Sequence[str], sentences: Sequence[Sequence[str]]) -> Passage:
    """A passage of its own document, each sentence with a word of its own, lest two passages be the same."""
    body = " ".join(f"So{number} {' '.join(words)}." for words in sentences)
    return Passage(str(number), Document(f"{number}.txt", " ".join(above), body, ()), 0, len(body))


def words_of(sentence: str) -> list[str]:
    return [stem(token.text) for token in tokenize(sentence)]


def units_of(one: Passage) -> list[Unit]:
    return [
        words_of(one.document.title),
        *(words_of(one.text[span.start : span.end]) for span in sentences(one.text)),
    ]


def features(seen: Look, units: Sequence[Unit]) -> dict[str, list[float]]:
    """Every feature of each sentence, by its definition."""
    concepts, asked = seen.asked.concepts, set(pairwise(seen.asked.sequence))
    held = [[float(concept.term in unit) for concept in concepts] for unit in units]
    meant = [
        [max(one, other(concept, unit)) for one, concept in zip(row, concepts, strict=True)]
        for row, unit in zip(held, units, strict=True)
    ]
    anywhere, exactly = [list(map(max, zip(*rows, strict=True))) for rows in (meant, held)]
    weights = [concept.weight for concept in concepts]
    names = [concept.weight if concept.name else 0.0 for concept in concepts]
    found: dict[str, list[float]] = {name: [] for name in FEATURES}
    for place, unit in enumerate(units[1:], 1):
        room = SATURATION * (1 - LENGTH + LENGTH * sum(not is_stop(term) for term in unit) / USUAL)
        often = [unit.count(concept.term) / (unit.count(concept.term) + room) for concept in concepts]
        told = (
            sum(weight for weight, concept in zip(weights, concepts, strict=True) if not concept.aside) or 1.0
        )
        covered = sum(
            weight
            for weight, one, concept in zip(weights, exactly, concepts, strict=True)
            if one and not concept.aside
        )
        before = [
            float(not meant[place][i] and any(row[i] for row in meant[:place])) for i in range(len(concepts))
        ]
        values = {
            "words": dot(weights, held[place]),
            "covers": (covered / told) ** 3,
            "often": dot(weights, often),
            "other_words": dot(weights, meant[place]) - dot(weights, held[place]),
            "context": dot(weights, before),
            "passage_other_words": dot(weights, anywhere) - dot(weights, exactly),
            "pairs": float(len(asked & set(pairwise(unit)))),
            "names": dot(names, held[place]),
            "names_lacking": dot(names, [float(not one) for one in anywhere]),
            "first": float(place == 1),
            "unmet": 0.0,
            "meaning": nearness(seen.asked.content, unit),
            "passage_meaning": nearness(seen.asked.content, [term for each in units for term in each]),
        }
        for name in FEATURES:
            found[name].append(values[name])
    return found


def other(concept: Concept, unit: Unit) -> float:
    return max((option.strength for option in concept.options if set(option.terms) <= set(unit)), default=0.0)


def nearness(asked: Iterable[str], told: Sequence[str]) -> float:
    """The cosine of the sums of the vectors of two texts."""
    left, right = (_sum_of(term for term in terms if not is_stop(term)) for terms in (asked, told))
    length = float(np.linalg.norm(left) * np.linalg.norm(right))
    return float(left @ right) / length if length else 0.0


def is_stop(term: str) -> bool:
    return term in {"the", "of"}


def dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(one * another for one, another in zip(left, right, strict=True))


def sums(seen: Look, coefficients: Mapping[str, float]) -> list[list[float]]:
    added = add_up(seen, coefficients)
    return [
        [score + whole for score in scores[1:]]
        for scores, whole in zip(added.units, added.wholes, strict=True)
    ]


@settings(deadline=None)
@given(told=PASSAGES, question=st.lists(WORD, min_size=1, max_size=8))
def test_each_feature_is_as_defined(
    told: list[tuple[list[str], list[list[str]]]], question: list[str]
) -> None:
    passages = [passage(number, *parts) for number, parts in enumerate(told)]
    seen = Retriever(passages, thesaurus=THESAURUS).look(" ".join(question))
    defined = [features(seen, units_of(passages[number])) for number in seen.passages]
    for name in FEATURES:
        added = sums(seen, NOTHING | {name: 1.0})
        for scores, expected in zip(added, defined, strict=True):
            assert scores == pytest.approx(expected[name], abs=1e-9), name


@settings(deadline=None)
@given(
    told=PASSAGES,
    question=st.lists(WORD, min_size=1, max_size=8),
    coefficients=st.lists(st.floats(-2, 2), min_size=len(FEATURES), max_size=len(FEATURES)),
)
def test_a_score_is_the_features_weighted_sum(
    told: list[tuple[list[str], list[list[str]]]], question: list[str], coefficients: list[float]
) -> None:
    passages = [passage(number, *parts) for number, parts in enumerate(told)]
    seen = Retriever(passages, thesaurus=THESAURUS).look(" ".join(question))
    weights = dict(zip(FEATURES, coefficients, strict=True))
    for number, scores in zip(seen.passages, sums(seen, NOTHING | weights), strict=True):
        values = features(seen, units_of(passages[number]))
        expected = [
            sum(weights[name] * values[name][place] for name in FEATURES) for place in range(len(scores))
        ]
        assert scores == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(
    told=PASSAGES,
    question=st.lists(WORD, min_size=1, max_size=8),
    asked=st.sampled_from(["", "who is the ", "when did ", "how many ", "where is "]),
)
def test_what_is_laid_out_and_marked_is_what_stands_there(
    told: list[tuple[list[str], list[list[str]]]], question: list[str], asked: str
) -> None:
    retriever = Retriever([passage(number, *parts) for number, parts in enumerate(told)], thesaurus=THESAURUS)
    seen = retriever.look(asked + " ".join(question))
    numbers = retriever.index.terms
    for place, (number, sheet) in enumerate(zip(seen.passages, seen.sheets, strict=True)):
        one = retriever.passages[number]
        units = [[numbers[term] for term in unit] for unit in units_of(one)]
        wanted = {term for unit in units for term in unit} & seen.terms
        there = {term: [place for place, unit in enumerate(units) if term in unit] for term in wanted}
        assert {term: list(places) for term, places in sheet.places.items()} == there
        marks = [
            (token.start, token.end)
            for token in tokenize(one.text)
            if numbers[stem(token.text)] in seen.terms and not is_stop(token.text)
        ]
        assert [(mark.start, mark.end) for mark in seen.layout.marks(place)] == marks


def test_a_passage_without_sentences_is_found_by_what_stands_above_it() -> None:
    retriever = Retriever(
        [passage(0, ["oak"], []), passage(1, ["lamp"], [["oak", "wage"]])], thesaurus=THESAURUS
    )
    seen = retriever.look("oak")
    ranked = rank(seen, Model.load().ranking)
    assert [seen.passages[place] for place in ranked.order] == [1, 0]
    assert retriever.search("oak").ranked[1].answer is None


def test_every_word_of_a_long_question_is_marked() -> None:
    rare = [f"rare{number}word" for number in range(MOST + 7)]
    retriever = Retriever([passage(0, ["oak"], [["staff", *rare]])], thesaurus=THESAURUS)
    assert len(retriever.search(" ".join(["staff", *rare])).ranked[0].highlights) == len(rare) + 1


def test_a_stop_words_stem_marks_nothing() -> None:
    found = Retriever([passage(0, ["oak"], [["willing", "boss"]])], thesaurus=THESAURUS).search(
        "will the boss"
    )
    (boss,) = found.ranked[0].highlights
    assert found.ranked[0].passage.text[boss.start : boss.end] == "boss"


def test_a_repeated_question_finds_the_same_sheets_and_scores() -> None:
    retriever = Retriever([passage(0, ["oak"], [["boss", "late"], ["wage"]])], thesaurus=THESAURUS)
    first, again = retriever.look("chief wage"), retriever.look("chief wage")
    assert list(first.sheets) == list(again.sheets)
    ranked = rank(first, dict.fromkeys((*FEATURES, *WHOLE), 1.0))
    assert (ranked.odds, ranked.order) == (rank(again, dict.fromkeys((*FEATURES, *WHOLE), 1.0)).odds, [0])


def titled(number: int, title: str, heading: str, body: str) -> Passage:
    return Passage(str(number), Document(f"{number}.txt", title, body, ()), 0, len(body), (heading,))


@pytest.mark.parametrize(
    ("asked", "how_far"),
    [
        ("What needs to improve?", 1.0),
        ("what needs to improve", 1.0),
        ("What needs to be improved?", ALIKE),  # the telling words are the heading's
        ("What needs paint?", 0.0),
        ("What?", 0.0),
    ],
)
def test_a_heading_that_is_the_question(asked: str, how_far: float) -> None:
    passages = [
        titled(0, "Oak", "What needs to improve", "Plans lack dates."),
        titled(1, "Oak", "Paint", "Paint needs no plan to improve it."),
    ]
    seen = Retriever(passages).look(asked)
    assert dict(zip(seen.passages, seen.fields, strict=True)).get(0, {}).get("headed", 0.0) == how_far


def test_a_section_is_found_whose_words_the_question_lacks() -> None:
    others = [titled(n, "Oak", "Paint", f"Number {n} needs to improve, needs it much.") for n in range(1, 60)]
    found = Retriever([titled(0, "Oak", "What needs to improve", "Plans lack dates."), *others]).search(
        "What needs to improve?"
    )
    assert found.ranked[0].passage.id == "0"
    assert found.answered


def test_the_title_that_is_asked_goes_first() -> None:
    body = "The team was praised for its lunch."
    passages = [
        titled(0, "Fernhill School", "Lunch", f"{body} Good."),
        titled(1, "Saltmarsh School", "Lunch", f"{body} Fine."),
    ]
    for title, number in (("Fernhill", "0"), ("Saltmarsh", "1")):
        assert Retriever(passages).search(f"Was the lunch praised at {title}?").ranked[0].passage.id == number
