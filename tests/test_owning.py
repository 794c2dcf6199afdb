"""What is kept is the user's alone: others can't read it, and what others may have written is not used, and
told.
"""

import os
import stat
from pathlib import Path

import pytest

from qa.cli import main
from qa.errors import UsageError
from qa.feedback import Feedback
from qa.indexing.opening import open_index
from qa.owning import make_private, why_not_trusted
from qa.settings import Settings
from qa.web.serving.application import application

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are of another kind here")
ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
NOBODY = 65_534


@pytest.fixture(autouse=True)
def _everybody_may_read() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_opinions_are_kept_where_the_user_alone_can_read_them(tmp_path: Path) -> None:
    path = tmp_path / "opinions.sqlite"
    Feedback(path)
    assert mode(path) == 0o600


def test_a_file_of_opinions_that_everybody_could_read_is_taken_from_them(tmp_path: Path) -> None:
    path = tmp_path / "opinions.sqlite"
    path.touch(0o644)
    Feedback(path)
    assert mode(path) == 0o640  # a group may have been let in on purpose


def test_a_file_that_can_not_be_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        Feedback(tmp_path / "nowhere" / "opinions.sqlite")


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        (0o700, None),
        (0o755, None),
        (0o775, "can be written by other users"),
        (0o707, "can be written by other users"),
    ],
)
def test_what_others_can_write_is_not_trusted(tmp_path: Path, rights: int, why: str | None) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    path.chmod(rights)
    assert why_not_trusted(path) == why


def test_what_is_not_there_is_nobody_elses(tmp_path: Path) -> None:
    assert why_not_trusted(tmp_path / "nothing") is None


@ROOT
def test_what_belongs_to_another_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    make_private(path)
    os.chown(path, NOBODY, NOBODY)
    assert why_not_trusted(path) == "belongs to another user"
    make_private(path)
    assert mode(path) == 0o600


# The cache folder -------------------------------------------------------------------------------------------

ROW = "{},2 Long Street,M1 1AA,Good,2018-03-15\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A corpus whose index is worth keeping."""
    (tmp_path / "corpus").mkdir()
    rows = "".join(ROW.format(f"The Home of Number {number} on the Hill") for number in range(9_000))
    (tmp_path / "corpus" / "ratings.csv").write_text(
        "name,street,postcode,rating,published\n" + rows, encoding="utf-8"
    )
    return Settings.load({"corpus": str(tmp_path / "corpus"), "cache": str(tmp_path / "cache")}, {})


def told(settings: Settings) -> str:
    return " ".join(problem.message for problem in open_index(settings).report.problems)


def test_the_cache_folder_is_made_for_the_user_alone(settings: Settings) -> None:
    assert settings.cache
    assert told(settings) == ""
    assert mode(settings.cache) == 0o700
    (kept,) = (path for path in settings.cache.iterdir() if path.is_dir())
    assert mode(kept) == 0o700


def test_a_cache_folder_that_others_can_write_is_not_used_and_told(settings: Settings) -> None:
    assert settings.cache
    settings.cache.mkdir()
    settings.cache.chmod(0o777)
    assert "The cache folder can be written by other users, so it is not used" in told(settings)
    assert list(settings.cache.iterdir()) == []


def test_a_kept_index_that_others_can_write_is_not_used_and_told(settings: Settings) -> None:
    assert settings.cache
    open_index(settings)
    (kept,) = (path for path in settings.cache.iterdir() if path.is_dir())
    kept.chmod(0o777)
    assert f"The index {kept.name} in the cache folder can be written by other users" in told(settings)


@ROOT
@pytest.mark.parametrize("name", ["cache folder", "kept index"])
def test_what_another_user_keeps_is_not_used_and_told(settings: Settings, name: str) -> None:
    assert settings.cache
    open_index(settings)
    (kept,) = (path for path in settings.cache.iterdir() if path.is_dir())
    os.chown(kept if name == "kept index" else settings.cache, NOBODY, NOBODY)
    named = "The cache folder" if name == "cache folder" else f"The index {kept.name} in the cache folder"
    assert f"{named} belongs to another user, so it is not used" in told(settings)


def test_the_start_and_the_command_say_so(
    settings: Settings, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.cache
    settings.cache.mkdir()
    settings.cache.chmod(0o777)
    application(settings)
    assert "can be written by other users" in caplog.text
    assert main(["index", "--corpus", str(settings.corpus), "--cache", str(settings.cache)]) == 1
    assert "can be written by other users" in capsys.readouterr().err
