"""Every character that Unicode assigns may be asked, alone and in a question: by programs, on the page and in
a history.
"""

import json
import random
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from flask.testing import FlaskClient

from qa.language.tokens import fold, tokenize
from qa.service import Service
from qa.web import create_app

LINES = "application/x-ndjson"
AT_ONCE = 1_000  # lines of a batch
APART = 2_000  # characters that are asked in a question each; of more, ten stand in one
UNASSIGNED = {"Cn", "Cs", "Co"}
KNOWN = "\u02bc\uff9e\uff9f"  # letters of which nothing is left once accents and apostrophes are taken off


@cache
def assigned() -> Sequence[str]:
    return [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in UNASSIGNED
    ]


def odd() -> list[str]:
    """Characters that folding treats unlike others: letters that fold to nothing, or to several words."""
    return [
        character
        for character in assigned()
        if character.isalnum() and len(unicodedata.normalize("NFKD", character).split()) != 1
    ] + [
        character
        for character in assigned()
        if character.isalnum() and all(map(unicodedata.combining, unicodedata.normalize("NFKD", character)))
    ]


@pytest.fixture(scope="module")
def client(trusts: Service) -> FlaskClient:
    return create_app(trusts).test_client()


def questions(characters: Sequence[str]) -> Iterator[str]:
    """Each character alone, and all of them in questions."""
    yield from filter(str.strip, characters)
    for some in (*characters[:APART], *map(" ".join, pages_of(characters[APART:], 10))):
        yield f"Is Oxleas {some} good?"


def test_no_character_is_an_error_for_programs(client: FlaskClient, request: pytest.FixtureRequest) -> None:
    wanted, every = request.config.getoption("--code-points"), assigned()
    sample = (
        every
        if wanted == "all"
        else [*KNOWN, *odd(), *random.Random(13).sample(every, min(int(wanted), len(every)))]
    )
    asked = list(questions(sample))
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        body = "\n".join(json.dumps({"question": question}) for question in some)
        lines = client.post("/ask/batch", data=body, content_type=LINES).data.splitlines()
        failed = [
            question
            for question, line in zip(some, lines, strict=True)
            if isinstance(json.loads(line)["status"], int)
        ]
        assert failed == []


def pages_of(characters: Sequence[str], size: int = 20) -> Iterator[Sequence[str]]:
    for start in range(0, len(characters), size):
        yield characters[start : start + size]


def test_no_character_is_an_error_on_the_page_or_in_a_history(client: FlaskClient) -> None:
    sample = [*KNOWN, *odd()[:100], *random.Random(14).sample(assigned(), 200)]
    for some in pages_of([character for character in sample if character.strip()]):
        history = [*some[:-1], f"Is Oxleas {some[-1]} good?"][-20:]
        assert client.post("/", data={"history": history, "question": some[0]}).status_code == 200
        assert client.post("/ask", json={"history": history, "question": "and Kent?"}).status_code == 200
        assert (
            client.get("/ask", query_string={"question": "and Kent?", "history": history}).status_code == 200
        )


@pytest.mark.parametrize("cut", [fold, tokenize])
def test_no_character_makes_a_word_of_nothing(cut: object) -> None:
    assert callable(cut)
    for some in pages_of(assigned(), 200):
        text = "\n".join(f"{character}\na{character}'s\n’{character}’" for character in some)
        assert [word.text for word in cut(text) if word.text.split() != [word.text]] == [], hex(ord(some[0]))
