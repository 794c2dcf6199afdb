"""Fixtures that several test modules share."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("askwell", deadline=None)  # a busy machine is no failure
settings.load_profile("askwell")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--code-points", default="2000", help="how many code points questions are made of, or all")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the repository; tests that use it are skipped where it is missing."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the folder ../shared with real material is not here")
    return folder
