"""Fixtures that several test modules share."""

import os
from collections.abc import Iterator
from pathlib import Path

import opensearch_nodes
import pytest
from county import HEADS, rows
from hypothesis import settings
from made_corpus import serve

from qa.service import Service
from qa.settings import Settings, shipped

settings.register_profile("askwell", deadline=None)  # a busy machine is no failure
settings.load_profile("askwell")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--deaths",
        type=int,
        default=2,
        help="how often builds of an index are killed, and each kind of damage is done to one",
    )
    parser.addoption(
        "--code-points", default="2000", help="how many code points questions are made of, or all"
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the repository; tests that use it are skipped where it
    is missing.
    """
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the folder ../shared with real material is not here")
    return folder


@pytest.fixture(scope="session")
def opensearch() -> Iterator[tuple[str, ...]]:
    """Where a real OpenSearch node answers, which is started once for all tests, or runs already; skipped
    where none can be.
    """
    if running := os.environ.get("ASKWELL_TEST_OPENSEARCH"):
        yield (running,)
    elif why := opensearch_nodes.why_not():
        pytest.skip(why)
    else:
        with opensearch_nodes.running() as nodes:
            yield nodes.addresses


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The made county of :mod:`county`, open."""
    return serve(tmp_path_factory.mktemp("county"), rows(), HEADS)


@pytest.fixture(scope="session")
def trusts() -> Service:
    """The corpus that comes with the program, open."""
    return Service.open(Settings.load({"corpus": shipped("corpus"), "cache": "none"}, {}))
