"""Questions that are made to take long, and longer than is read: answered in time, and told what was not
read.
"""

import os
import random
import time
from typing import Any

import pace
import pytest
from directory import directory, write

from qa.question.annotate import MOST_WORDS
from qa.question.names import NameIndex
from qa.service import Service
from qa.settings import Settings, shipped

LONGEST = 2_000  # characters of a question
MOST = 0.5  # seconds of the processor
MOST_OF_A_PAGE = 1.5  # of a question behind twenty others, which counts as as many requests
REPEATED = [
    "31/02/2018? ", "st ", "NW,", "care ", "house ", "the ", "Kent and ", "good or ", "?", "(", "a", "1 ", "Dr Smith & Partners, ",
    "best ", "not ", "in Kent ", "Is Oxleas good? ", "who runs ", "M1 5AN ", "nhs trust ", "st marys ", "st'", "x-", "care home, ",
    "which ", "<", '"st" ', "3 of 4 ", "2018-2019 ", "between 2016 and 2018 ", "more than 3 ", "safe caring effective ", "except Kent ",
    "Oxleas versus ", "outstandign ", "ʼ", "ﾞ ", "&", "* ", "%", "n't ", "I am ", "St. ", "e.g. ", "-", "–", "…", ": who ", ", what ",
    "i’d like to know ", "my name is ", "03/04/2018-05/06/2019 ", "half of ", "one in three ", "improved from good to ", "1,", "1.1.", "London good ", "Oxleas Kent outstanding ", "inadequate twice Kent ",
]  # fmt: skip


@pytest.fixture(scope="module", params=["the default", "a directory"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Service:
    corpus = shipped("corpus")
    if request.param == "a directory":
        corpus = tmp_path_factory.mktemp("corpus")
        write(corpus, "directory.csv", directory())
    return Service.open(Settings.load({"corpus": str(corpus), "cache": os.environ["ASKWELL_TEST_CACHE"]}, {}))


def seconds(service: Service, question: str, history: tuple[str, ...] = ()) -> float:
    """What an answer takes of the processor, the least of three where the first is not quick."""
    times = list[float]()
    while len(times) < 3 and (not times or min(times) > MOST):
        begun = time.process_time()
        service.ask(question, history)
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("text", REPEATED)
def test_nothing_takes_long_however_often_it_is_repeated(service: Service, text: str) -> None:
    question = (text * LONGEST)[:LONGEST].strip()
    assert pace.keeps(seconds(service, question), MOST)
    assert pace.keeps(seconds(service, "and Kent?", (question,) * 20), MOST_OF_A_PAGE)


@pytest.fixture(scope="module")
def common_words(service: Service) -> list[str]:
    """The commonest words of the names in the tables."""
    counts: dict[str, int] = {}
    for subject in service.facts.subjects():
        for word in subject.name.lower().split():
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))[:100]


def test_no_word_of_the_names_takes_long(service: Service, common_words: list[str]) -> None:
    slow = {
        word: took
        for word in common_words
        if not pace.keeps(took := seconds(service, (f"{word} " * LONGEST)[:LONGEST]), MOST)
    }
    assert slow == {}


LOOKED_UP = 250  # names, with more or fewer of the words beside them, of one question
BETWEEN = ["and", "in", "good", "care homes", "surgery", "rated", "or", "M1 5AN", "high", "street"]


@pytest.mark.parametrize("seed", range(4))
def test_however_many_names_a_question_has_few_are_looked_up(
    service: Service, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chosen = random.Random(seed)
    names = [
        value
        for one in service.facts.subjects()
        for value in (one.name, one.attributes.get("town", "Kent"), chosen.choice(BETWEEN))
    ]
    question = " ".join(chosen.choice(names) for _ in range(LONGEST))[:LONGEST].strip()
    asked = list[object]()
    resolve = NameIndex.resolve

    def counted(*arguments: Any, **named: Any) -> Any:
        asked.append(arguments)
        return resolve(*arguments, **named)

    monkeypatch.setattr(NameIndex, "resolve", counted)
    assert pace.keeps(seconds(service, question), MOST)
    assert len(asked) <= LOOKED_UP


LONG = ["Is Oxleas good? ", "Xylo ", "why did staff leave ", "Kent and ", "a "]


@pytest.mark.parametrize("text", LONG)
def test_an_answer_says_that_not_all_of_a_long_question_was_read(service: Service, text: str) -> None:
    words = len(text.split())
    longest = text * -(-(MOST_WORDS + 1) // words)
    if len(longest.strip()) > LONGEST:
        pytest.skip("too long to be asked")
    answer = service.ask(longest)
    assert f"the first {MOST_WORDS} words" in answer.answer.text
    shorter = text * (MOST_WORDS // words)
    assert f"the first {MOST_WORDS} words" not in service.ask(shorter).answer.text
