"""What each user of a cluster needs and may do: the roles in ``docs/opensearch`` against the requests that
are made."""

from __future__ import annotations

import urllib.parse
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import served
from guarded_node import ALL, Guard, guarded, matches
from test_engine_service import _whole

from qa import cli

yaml = pytest.importorskip("yaml")

ROLES = Path(__file__).resolve().parents[1] / "docs" / "opensearch"
READER, INDEXER = "askwell-reader", "askwell-indexer"
QUESTIONS = ("Which trust became outstanding?", "Why did these trusts improve?", "summarise the report")
WRITING = (
    "indices:data/write/bulk",
    "indices:data/write/index",
    "indices:data/write/delete",
    "indices:admin/create",
    "indices:admin/delete",
    "indices:admin/mapping/put",
    "indices:admin/aliases",
    "indices:admin/refresh",
    "cluster:admin/settings/update",
)


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROLES / name).read_text(encoding="utf-8"))
    found.pop("_meta")
    return found


@pytest.fixture(scope="module")
def roles() -> dict[str, Any]:
    """The role of each user."""
    named = read("roles.yml")
    return {user: named[role] for role, held in read("roles_mapping.yml").items() for user in held["users"]}


@pytest.fixture(scope="module")
def guard(opensearch: tuple[str, ...], roles: dict[str, Any]) -> Iterator[Guard]:
    with guarded(opensearch[0], roles) as guard:
        yield guard


@pytest.fixture(scope="module")
def where(guard: Guard, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The flags of a cluster's index, without a user."""
    name = f"askwell-roles-{uuid.uuid4().hex}"
    cache = tmp_path_factory.mktemp("roles") / "cache"
    return [
        *("--engine", "opensearch", "--opensearch", guard.address),
        *("--opensearch-index", name, "--cache", str(cache)),
    ]


def as_user(name: str, folder: Path) -> list[str]:
    path = folder / f"{name}.txt"
    path.write_text(f"{name}:secret\n", encoding="utf-8")
    return ["--opensearch-user", str(path)]


def test_the_indexer_fills_and_a_server_only_reads(guard: Guard, where: list[str], tmp_path: Path) -> None:
    servers = str(tmp_path / "servers")
    index = ["index", "--replicas", "0", *where]
    for _ in range(2):  # what is full already, too
        assert cli.main([*index, "--for-servers", servers, *as_user(INDEXER, tmp_path)]) == 0
    guard.seen.clear()
    with served.askwell(*where, "--corpus", servers, *as_user(READER, tmp_path)) as port:
        for question in QUESTIONS:
            assert b'"degraded"' not in _whole(port, question)
        served.get(port, "/readyz")
        served.get(port, f"/documents/{urllib.parse.quote('report.md')}")
    assert {one.user for one in guard.seen} == {READER}
    assert [one for one in guard.seen if not one.allowed] == []
    assert {one.action for one in guard.seen} == {"indices:data/read/search", "indices:admin/mappings/get"}


def test_a_reader_can_not_fill_an_index(
    guard: Guard, where: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [*where, "--opensearch-index", "askwell-of-a-reader"]
    assert cli.main(["index", "--replicas", "0", *named, *as_user(READER, tmp_path)]) != 0
    assert "this user may not do that" in capsys.readouterr().err
    assert not guard.seen[-1].allowed


def test_the_role_of_a_reader_allows_nothing_that_changes(roles: dict[str, Any]) -> None:
    assert "cluster_permissions" not in roles[READER]
    (held,) = roles[READER]["index_permissions"]
    assert not [action for action in WRITING if matches(held["allowed_actions"], action)]
    assert not matches(held["index_patterns"], "another-index")
    assert not ALL.keys() & set(held["allowed_actions"])


def test_every_right_of_a_role_is_used(
    guard: Guard, where: list[str], roles: dict[str, Any], tmp_path: Path
) -> None:
    guard.seen.clear()
    index = ["index", "--replicas", "0", *where, "--opensearch-index", f"askwell-{uuid.uuid4().hex}"]
    assert cli.main([*index, *as_user(INDEXER, tmp_path)]) == 0
    assert cli.main(["ask", *QUESTIONS[1:2], *index[3:], *as_user(READER, tmp_path)]) == 0
    for user, role in roles.items():
        done = {one.action for one in guard.seen if one.user == user and one.allowed}
        rights = {*role.get("cluster_permissions", ()), *role["index_permissions"][0]["allowed_actions"]}
        assert [right for right in rights if not any(matches([right], action) for action in done)] == []
