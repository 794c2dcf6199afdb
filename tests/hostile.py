"""Hostile texts and bodies, and a long run of them: `make hostile`, against the default corpus or, with
`--corpus`, another.

`--corpus country` is an invented directory of England's size. After the bodies come the commonest words of
the names in the tables, each repeated for as long as a question may be.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from directory import of_a_country, write
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from qa.service import Service
from qa.service.limits import LONGEST_QUESTION
from qa.settings import Settings
from qa.web import create_app
from qa.web.api.openapi import PROBLEM, document
from qa.web.api.operations import OPERATIONS, Operation

LONGEST = 1.0  # seconds that any answer may take
LONGEST_REPEATED = 0.5  # seconds of the processor that a repeated word may take
NUMBERS = st.sampled_from([0, -1, 1, 10**9, 10**30, -(10**30), 0.5, 1e308, True])
CHARACTERS = st.one_of(
    st.characters(),
    st.characters(categories=["Cs"]),
    st.sampled_from("\0\n\t\r\x1f\x7f\ufeff\uffff\U0010ffff'\";%_*()[]{}<>&=+-@/\\.?#"),
    st.tuples(st.integers(0, 16), st.integers(0, 0xFFFF)).map(
        lambda pair: chr((pair[0] << 16) + pair[1])
    ),  # of every plane
)
WORDS = st.sampled_from(
    ["rating", "Good", "care homes in", "how many", "best", "Overall", "the", "wards", "x" * 501, "x" * 2_001]
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=40),
    st.lists(st.one_of(WORDS, st.text(CHARACTERS, max_size=5)), max_size=8).map(" ".join),
)
SCALARS = st.one_of(TEXTS, NUMBERS, st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
NAMES = [
    "Oxleas",
    "Kent",
    "Calderstones Partnership",
    "outstanding",
    "requires improvement",
    "London",
    "2018",
    "and",
    "or",
    "not",
]
WORDINGS = [
    "Is {} good?",
    "Why did {} improve?",
    "How many {} in {}?",
    "Compare {} with {}",
    "what about {}",
    "{} {} {}",
    "Did {}? And {}?",
]


def questions(characters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Questions that look like some, with anything in their places; short, and as long as may be."""
    pieces = st.lists(
        st.one_of(st.sampled_from(NAMES), st.text(characters, max_size=12)), min_size=3, max_size=3
    )
    worded = st.tuples(st.sampled_from(WORDINGS), pieces).map(lambda pair: pair[0].format(*pair[1]))
    plain = st.text(characters, min_size=1, max_size=60)
    long = st.tuples(st.one_of(plain, worded), st.integers(2, 400)).map(
        lambda pair: (pair[0] * pair[1])[:2_000]
    )
    return st.one_of(worded, plain, long)


def asked() -> st.SearchStrategy[bytes]:
    """Bodies for /ask: most of them fit, and hold hostile texts; some hold half characters, some are none."""
    fitting = records(
        questions(CHARACTERS.filter(lambda one: not "\ud800" <= one <= "\udfff")), st.integers(1, 50)
    )
    broken = records(st.one_of(TEXTS, questions(CHARACTERS)), NUMBERS)
    halves = broken.map(lambda fields: json.dumps(fields, ensure_ascii=False).encode(errors="surrogatepass"))
    escaped = broken.map(lambda fields: json.dumps(fields).encode())
    whole = fitting.map(lambda fields: json.dumps(fields).encode())
    return st.integers(0, 9).flatmap(
        lambda kind: [halves, escaped, bodies(by_name("ask"))][kind] if kind < 3 else whole
    )


def records(
    texts: st.SearchStrategy[str], numbers: st.SearchStrategy[float]
) -> st.SearchStrategy[dict[str, Any]]:
    """Questions with histories, from none to as long as may be."""
    return st.fixed_dictionaries(
        {"question": texts}, optional={"history": st.lists(texts, max_size=20), "top": numbers}
    )


def bodies(operation: Operation) -> st.SearchStrategy[bytes]:
    """JSON bodies of known and unknown fields, and bytes that are none."""
    names = st.sampled_from([*operation.takes.model_fields, "unknown"])
    records = st.dictionaries(names, VALUES, max_size=5).map(lambda fields: json.dumps(fields).encode())
    deep = st.integers(1, 60_000).map(lambda depth: b'{"question": ' + b"[" * depth)
    return st.one_of(
        records, VALUES.map(lambda value: json.dumps(value).encode()), st.binary(max_size=60), deep
    )


def by_name(name: str) -> Operation:
    return next(operation for operation in OPERATIONS if operation.name == name)


def validators() -> Iterator[tuple[tuple[str, int], Draft202012Validator]]:
    whole = document()
    for operation in OPERATIONS:
        given = next(
            iter(whole["paths"][operation.path][operation.method]["responses"]["200"]["content"].values())
        )
        yield (
            (operation.name, 200),
            Draft202012Validator({**given["schema"], "components": whole["components"]}),
        )
    problem = {"$ref": "#/components/schemas/ProblemDetails", "components": whole["components"]}
    for operation in OPERATIONS:
        for status in operation.errors:
            yield (operation.name, status), Draft202012Validator(problem)


VALIDATORS = dict(validators())


def check(operation: Operation, response: TestResponse) -> None:
    """Hold a response against what the document says of its operation."""
    assert response.status_code < 500, response.text
    validator = VALIDATORS[operation.name, response.status_code]
    if response.status_code != 200:
        assert response.content_type == PROBLEM
    elif response.mimetype == operation.also:
        return
    if operation.lines and response.status_code == 200:
        lines = response.data.removesuffix(b"\n").split(b"\n")
        assert all(
            isinstance(json.loads(line)["status"], str | int) and b'"status":5' not in line for line in lines
        )
        return
    validator.validate(json.loads(response.data))


def ask(client: FlaskClient, body: bytes) -> TestResponse:
    """The response to a body, which is as described."""
    response = client.post("/ask", data=body, content_type="application/json")
    check(by_name("ask"), response)
    return response


def opened(corpus: str | None) -> Service:
    """The service over a folder, the default corpus (``None``) or an invented directory (``country``)."""
    if corpus != "country":
        return Service.open(Settings.load({"corpus": corpus, "cache": "none"}, {}))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "directory.csv", of_a_country())
        return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


def common_words(service: Service, most: int) -> list[str]:
    """The commonest words of the names in the tables, the commonest first."""
    counts = Counter(
        word for subject in service.facts.subjects() for word in set(subject.name.lower().split())
    )
    return sorted(counts, key=lambda word: (-counts[word], word))[:most]


def repeat(service: Service, most: int) -> float:
    """Ask each of the commonest words, as often as a question holds it; print the slowest, and return its
    seconds of the processor.
    """
    slowest = (0.0, "")
    for word in common_words(service, most):
        times = list[float]()
        while len(times) < 3 and (not times or min(times) > LONGEST_REPEATED):
            begun = time.process_time()
            service.ask((f"{word} " * LONGEST_QUESTION)[:LONGEST_QUESTION])
            times.append(time.process_time() - begun)
        slowest = max(slowest, (min(times), word))
    click.echo(
        f"{most} words of names, each repeated: the slowest took {slowest[0]:.2f} s of the processor: "
        f"{slowest[1]!r}"
    )
    return slowest[0]


def run(service: Service, examples: int) -> float:
    """Ask as many questions, print what came of it, and return the seconds of the slowest answer."""
    client = create_app(service).test_client()
    found, slowest = Counter[Any](), (0.0, b"")

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(asked())
    def ask_all(body: bytes) -> None:
        nonlocal slowest
        seconds, response = timed(client, body)
        if seconds > LONGEST:  # of a busy machine, that may say nothing of the question
            seconds = min(seconds, timed(client, body)[0], timed(client, body)[0])
        slowest = max(slowest, (seconds, body))
        check(by_name("ask"), response)
        found[response.json["status"] if response.json else None] += 1

    ask_all()
    click.echo(
        f"{found.total():,} requests: "
        f"{', '.join(f'{count:,} {status}' for status, count in found.most_common())}"
    )
    click.echo(f"each as described, none a 5xx; the slowest took {slowest[0]:.2f} s: {slowest[1][:300]!r}")
    return slowest[0]


def timed(client: FlaskClient, body: bytes) -> tuple[float, TestResponse]:
    """The response to a body, and the seconds that it took."""
    begun = time.perf_counter()
    response = client.post("/ask", data=body, content_type="application/json")
    return time.perf_counter() - begun, response


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--corpus", help="a folder, or country for an invented directory of England's size")
    chosen = parser.parse_args()
    held = opened(chosen.corpus)
    slow = run(held, chosen.examples) > LONGEST
    sys.exit(repeat(held, chosen.words) > LONGEST_REPEATED or slow)
