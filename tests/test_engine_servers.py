"""Servers that read passages from a cluster, and have no more of a corpus than an index without passages."""

from __future__ import annotations

import json
import re
import shutil
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient
from test_engine_service import patiently

from qa import cli, wire
from qa.errors import CorpusError, UsageError
from qa.indexing.for_servers import NAMED
from qa.indexing.opening import open_index
from qa.service import Service
from qa.settings import Settings, shipped
from qa.shelf.stored import StoredShelf
from qa.web import create_app

SOME = 600  # questions of a corpus that are asked
ASKED = "questions.jsonl"
AWAY = "http://127.0.0.1:9"  # where nothing listens
RATED = "Which trust became outstanding?"
TOLD_IN_PASSAGES = "Why did these trusts improve?"
PAGES = (  # addresses of the default corpus
    "/",
    "/?q=Why+did+these+trusts+improve%3F",
    "/?q=What+do+the+reports+say+about+leadership%3F",
    "/documents",
)
HIDDEN = re.compile(rb'(?:nonce|id)="[^"]*"|nonce-[^;\']*')  # is drawn anew for every page


class Corpus(NamedTuple):
    """A corpus in a cluster, and its questions."""

    folder: Path
    cache: Path
    for_servers: Path
    flags: dict[str, str]
    questions: list[str]

    def kept(self) -> Service:
        """A service with the whole index on its disk."""
        return Service.open(self._settings(corpus=self.folder, cache=self.cache))

    def claiming(self) -> tuple[int, ...]:
        """The passages that may speak of all."""
        return open_index(self._settings(corpus=self.folder, cache=self.cache)).claiming

    def server(self, **others: object) -> Service:
        """A service with the index without passages."""
        return Service.open(self._settings(**{"corpus": self.for_servers, "cache": "none", **others}))

    def _settings(self, **others: object) -> Settings:
        return Settings.load({**self.flags, **others}, {})


def questions_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line]


@pytest.fixture(scope="module")
def trusts(opensearch: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The corpus that comes with Askwell, in a cluster."""
    yield from filled(shipped("corpus"), opensearch[0], tmp_path_factory.mktemp("trusts"))


@pytest.fixture(scope="module")
def squad(
    opensearch: tuple[str, ...], shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    """The sample of SQuAD, in a cluster."""
    folder = shared / "data" / "squad" / "corpus"
    yield from filled(folder, opensearch[0], tmp_path_factory.mktemp("squad"))


@pytest.fixture(scope="module", params=["trusts", "squad"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    """Each of them."""
    found: Corpus = request.getfixturevalue(request.param)
    return found


def filled(folder: Path, address: str, place: Path) -> Iterator[Corpus]:
    """A corpus in a cluster's index of its own, which goes at the end; its questions are in it or beside
    it.
    """
    name = f"askwell-servers-{uuid.uuid4().hex}"
    flags = {"engine": "opensearch", "opensearch": address, "opensearch_index": name}
    (path,) = (one for one in (folder / ASKED, folder.parent / ASKED) if one.is_file())
    questions = questions_of(path)
    some = questions[:: len(questions) // SOME or 1]
    made = Corpus(folder, place / "cache", place / "servers", flags, some)
    assert cli.main(indexing(made)) == 0
    yield made
    drop = urllib.request.Request(f"{address}/{name}-*?expand_wildcards=open", method="DELETE")
    urllib.request.urlopen(drop, timeout=30).close()


def indexing(made: Corpus) -> list[str]:
    """The command that fills the cluster and writes what servers need."""
    where = {"corpus": made.folder, "cache": made.cache, "for-servers": made.for_servers, "replicas": 0}
    flags = {**where, **{name.replace("_", "-"): value for name, value in made.flags.items()}}
    return ["index", *(part for name, value in flags.items() for part in (f"--{name}", str(value)))]


@pytest.fixture(scope="module")
def services(corpus: Corpus) -> tuple[Service, Service]:
    """A service with the whole index, and one without passages."""
    return corpus.kept(), corpus.server()


def test_every_question_gets_the_same_bytes(corpus: Corpus, services: tuple[Service, Service]) -> None:
    for question in corpus.questions:
        told = [wire.dumps(patiently(partial(one.ask, question))) for one in services]
        assert told[0] == told[1], question


def test_a_server_has_no_passage_before_it_asks_for_one(
    corpus: Corpus, services: tuple[Service, Service]
) -> None:
    kept, server = services
    assert isinstance(kept._shelf, StoredShelf)
    assert not isinstance(server._shelf, StoredShelf)
    names = {path.name for path in corpus.for_servers.rglob("*")}
    assert "facts.sqlite" in names
    assert not names & {"texts", "passages.npy", "tokens.npy", "engine"}
    there = corpus.claiming()
    telling = [one.text[:60] for number, one in enumerate(kept.passages) if number not in there]
    held = b"".join(path.read_bytes() for path in corpus.for_servers.rglob("*") if path.is_file())
    assert not [text for text in telling if text.encode() in held]


def test_whole_documents_and_passages_by_their_ids_are_the_same(services: tuple[Service, Service]) -> None:
    kept, server = services
    assert list(server.documents) == list(kept.documents)
    assert [(one.id, one.text, one.blocks) for one in server.passages] == [
        (one.id, one.text, one.blocks) for one in kept.passages
    ]
    for passage in list(kept.passages)[::20]:
        found = server.library.passage(passage.id)
        assert found is not None
        assert server.library.source(found) == kept.library.source(passage)
        assert (found.text, found.headings, found.columns) == (
            passage.text,
            passage.headings,
            passage.columns,
        )
    assert server.library.passage("nowhere.md-1-2") is None
    assert server.library.passage("no id") is None


def test_every_page_is_the_same(services: tuple[Service, Service]) -> None:
    clients = [create_app(service).test_client() for service in services]
    document = urllib.parse.quote(services[0].documents[0].path)
    for page in (*PAGES, f"/documents/{document}", f"/passages/{services[0].passages[0].id}"):
        kept, server = (shown(client, page) for client in clients)
        assert kept == server, page
        assert kept[0] == 200, page


def shown(client: FlaskClient, page: str) -> tuple[int, bytes]:
    response = client.get(page, headers={"Accept": "text/html"})
    return response.status_code, HIDDEN.sub(b"", response.data)


# What may fail ----------------------------------------------------------------------------------------------


def test_a_server_that_starts_while_the_cluster_is_away_tells_ratings(trusts: Corpus) -> None:
    service = trusts.server(opensearch=AWAY)
    answer = service.ask(RATED)
    assert (answer.status, answer.degraded) == ("answered", True)
    assert answer.facts == trusts.kept().ask(RATED).facts
    client = create_app(service).test_client()
    passage = trusts.kept().passages[0]
    for address in (f"/ask?question={TOLD_IN_PASSAGES}", f"/passages/{passage.id}", "/documents/report.md"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert int(response.headers["Retry-After"]) > 0
    assert json.loads(client.get("/readyz").data)["away"] == ["passages"]


def test_passages_that_may_contradict_a_table_are_there_before_any_question(trusts: Corpus) -> None:
    away, numbers = trusts.server(opensearch=AWAY), trusts.claiming()
    assert numbers
    kept = trusts.kept()
    assert [away.passages[number].text for number in numbers] == [
        kept.passages[number].text for number in numbers
    ]


def test_a_folder_that_was_copied_in_part_is_told_with_the_next_step(trusts: Corpus, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(trusts.for_servers, tmp_path / "copy"))
    fingerprint = (copy / NAMED).read_text(encoding="ascii").strip()
    (copy / fingerprint / "words.json").unlink()
    with pytest.raises(CorpusError, match="Copy it again"):
        trusts.server(corpus=copy)
    (copy / NAMED).write_text("nowhere\n", encoding="ascii")
    with pytest.raises(CorpusError, match="is incomplete"):
        trusts.server(corpus=copy)


@pytest.mark.parametrize("other", [{"k1": 2}, {"engine": "memory"}], ids=str)
def test_other_settings_than_the_index_was_made_with_are_told(
    trusts: Corpus, other: dict[str, object]
) -> None:
    with pytest.raises(UsageError, match="other settings"):
        trusts.server(**other)


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--engine", "memory"], "--engine opensearch"),
        (["--cache", "none"], "needs a cache folder"),
        (["--corpus", "{servers}"], "on the corpus itself"),
        (["--encoder", "{servers}"], "Leave out"),
    ],
    ids=str,
)
def test_what_can_not_be_written_for_servers_is_told(
    trusts: Corpus, flags: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [flag.format(servers=trusts.for_servers) for flag in flags]
    assert cli.main([*indexing(trusts), *told]) == 2
    assert says in capsys.readouterr().err


def test_the_same_generation_is_written_once_and_a_damaged_one_again(trusts: Corpus) -> None:
    (place,) = (path for path in trusts.for_servers.iterdir() if path.is_dir())
    before = (place / "facts.sqlite").stat().st_ino
    assert cli.main(indexing(trusts)) == 0
    assert (place / "facts.sqlite").stat().st_ino == before
    (place / "words.json").write_text("{}", encoding="utf-8")
    assert cli.main(indexing(trusts)) == 0
    assert (place / "facts.sqlite").stat().st_ino != before
    trusts.server()
