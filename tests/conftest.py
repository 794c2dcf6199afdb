"""Fixtures that several test modules share."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import opensearch_nodes
import pytest
from county import HEADS, rows
from hypothesis import settings
from made_corpus import serve

from qa.service import Service
from qa.settings import Settings, shipped

# The files that take longest, the longest first: they start servers, a browser, a cluster, or try thousands of
# examples. They are handed out first, so that no process is left with a long one at the end, and --fast leaves
# them out.
LONGEST = (
    "test_accessibility.py",
    "test_faults.py",
    "test_web_server.py",
    "test_made_questions.py",
    "test_engine_servers.py",
    "test_engine_service.py",
    "test_web_schemathesis.py",
    "test_using.py",
    "test_web_characters.py",
    "test_web_hostile_questions.py",
    "test_first_screen.py",
    "test_indexing.py",
    "test_composed_sets.py",
    "test_chat.py",
    "test_engines.py",
    "test_query_run.py",
    "test_engine_opensearch.py",
    "test_engine_roles.py",
    "test_web_slow.py",
    "test_reading_damage.py",
    "test_evaluation_report.py",
    "test_names.py",
    "test_web_pages.py",
    "test_answering.py",
    "test_cli.py",
    "test_encoder.py",
    "test_keeping.py",
)
CACHE = "ASKWELL_TEST_CACHE"  # names the folder of indexes that all processes of a run share

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
    parser.addoption(
        "--fast", action="store_true", help="leave out the browser and the files of tests that take longest"
    )


def pytest_configure(config: pytest.Config) -> None:
    if CACHE not in os.environ:  # the first process of the run, of which the others inherit it
        folder = tempfile.mkdtemp(prefix="askwell-tests-")
        os.environ[CACHE] = str(Path(folder, "cache"))
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One process more than there are processors, for tests of servers, clusters and browsers wait, too."""
    processors = yield
    return processors + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--fast"):
        kept, left_out = list[pytest.Item](), list[pytest.Item]()
        for item in items:
            long = item.path.name in LONGEST or item.path.parent.name == "browser"
            (left_out if long else kept).append(item)
        items[:] = kept
        config.hook.pytest_deselected(items=left_out)
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))  # those of a file stay in their order


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
    """Where a real OpenSearch node answers, which is started once for all tests and processes, or runs already;
    skipped where none can be.
    """
    if running := os.environ.get("ASKWELL_TEST_OPENSEARCH"):
        yield (running,)
    elif why := opensearch_nodes.why_not():
        pytest.skip(why)
    else:
        with opensearch_nodes.shared(Path(os.environ[CACHE]).parent) as addresses:
            yield addresses


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The made county of :mod:`county`, open."""
    return serve(tmp_path_factory.mktemp("county"), rows(), HEADS)


@pytest.fixture(scope="session")
def trusts() -> Service:
    """The corpus that comes with the program, open."""
    return Service.open(Settings.load({"corpus": shipped("corpus"), "cache": os.environ[CACHE]}, {}))
