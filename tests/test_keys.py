"""Keys as the operator has them: added, listed and revoked in a file that holds no key itself."""

import datetime
import re
import threading
from pathlib import Path

import pytest

from qa import cli
from qa.errors import UsageError
from qa.keys import Keys

DAY = datetime.date(2018, 3, 15)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.toml"


@pytest.fixture
def keys(path: Path) -> Keys:
    return Keys(path)


NAMES = ["dashboard", " Team  A ", 'with "quotes" and \\', "Übersicht 🎉", "[[key]]", "x" * 100]


@pytest.mark.parametrize("name", NAMES)
def test_a_key_opens_for_the_one_who_has_it(keys: Keys, path: Path, name: str) -> None:
    key, token = keys.add(name, DAY)
    assert keys.holder(token) == key == Keys(path).all()[0]
    assert (key.name, key.added) == (name.strip(), DAY)
    assert re.fullmatch(rf"askwell_{key.id}_[\w-]{{43}}", token, re.ASCII)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "two\nlines", "\0", "\ud800"])
def test_a_name_that_is_none_is_refused(keys: Keys, path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        keys.add(name, DAY)
    assert not path.exists()


def test_the_file_holds_no_key(keys: Keys, path: Path) -> None:
    _, token = keys.add("dashboard", DAY)
    held = path.read_text(encoding="utf-8")
    assert token.rpartition("_")[2] not in held
    assert token not in held


def test_no_two_keys_are_the_same(keys: Keys) -> None:
    assert len({keys.add("dashboard", DAY)[1] for _ in range(5)}) == len(keys.all()) == 5


def changed(token: str) -> list[str]:
    other = "a" if token[-3] != "a" else "b"
    return [
        "",
        "askwell",
        "askwell_",
        token[:-1],
        token + "a",
        token[:-3] + other + token[-2:],
        token.upper(),
        "\ud800",
        f"{token[:17]}é",
    ]


def test_nothing_but_the_key_opens(keys: Keys) -> None:
    _, token = keys.add("dashboard", DAY)
    assert [keys.holder(one) for one in changed(token)] == [None] * len(changed(token))


def test_a_revoked_key_opens_nothing_at_once_and_the_others_do(keys: Keys, path: Path) -> None:
    (first, token), (second, other) = keys.add("first", DAY), keys.add("second", DAY)
    serving = Keys(path)
    assert (serving.holder(token), serving.holder(other)) == (first, second)
    assert keys.revoke(first.id) == first
    assert (serving.holder(token), serving.holder(other)) == (None, second)
    with pytest.raises(UsageError, match="qa keys list"):
        keys.revoke(first.id)


def test_the_file_keeps_its_rights(keys: Keys, path: Path) -> None:
    keys.add("first", DAY)
    path.chmod(0o640)
    keys.add("second", DAY)
    assert path.stat().st_mode & 0o777 == 0o640


def test_of_those_who_change_it_at_a_time_none_undoes_anothers_change(path: Path) -> None:
    added, refused = list[str](), list[UsageError]()

    def add() -> None:
        try:
            added.append(Keys(path).add("dashboard", DAY)[0].id)
        except UsageError as error:
            refused.append(error)

    threads = [threading.Thread(target=add) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {key.id for key in Keys(path).all()} == set(added)
    assert all("Another command" in str(error) for error in refused)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("text", ["key = 1", "[[key]]\nid = 'a'\n", "not toml", "[[key", "\xff"])
def test_a_damaged_file_opens_for_nobody_and_says_what_to_do(keys: Keys, path: Path, text: str) -> None:
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match="damaged"):
        keys.holder("askwell_a_b")


def test_a_file_that_is_not_there_says_how_to_make_it(keys: Keys) -> None:
    with pytest.raises(UsageError, match="qa keys add"):
        keys.all()


# The commands -----------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["keys", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_keys_are_added_listed_and_revoked(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, token, told = run(capsys, "add", "dashboard", "--keys", str(path))
    holder = Keys(path).holder(token.strip())
    assert holder is not None
    assert (code, token in told, holder.id in told) == (0, False, True)
    assert run(capsys, "list", "--keys", str(path)) == (0, f"{holder.id}  {holder.added}  dashboard\n", "")
    assert run(capsys, "revoke", holder.id, "--keys", str(path))[0] == 0
    assert run(capsys, "list", "--keys", str(path)) == (0, "", "")


@pytest.mark.parametrize("arguments", [("add", "dashboard"), ("list",), ("revoke", "a")])
def test_a_file_must_be_named(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QA_KEYS", raising=False)
    code, out, told = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "QA_KEYS" in told


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, told = run(capsys, "add", "dashboard", "--keys", str(tmp_path / "nowhere" / "keys.toml"))
    assert (code, out) == (2, "")
    assert "can't be written" in told
