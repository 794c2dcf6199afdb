"""Fetching from a local server with recorded answers: all, changes, going on after a break, a busy server,
keys, the directory.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from qa import cli
from qa.errors import FetchError
from qa.fetching.client import Client
from qa.fetching.cqc import STATE, fetch_directory, fetch_locations
from qa.reading import read_corpus
from qa.records import Report

NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=7)
KEY = "secret"


def location(identifier: str, council: str = "Leeds") -> dict[str, object]:
    contact = {"personGivenName": "Ada", "personFamilyName": "Manager"}
    return {
        "locationId": identifier,
        "name": f"Home {identifier}",
        "localAuthority": council,
        "mainPhoneNumber": "0113 496 0000",
        "regulatedActivities": [{"name": "Personal care", "contacts": [contact]}],
        "currentRatings": {"overall": {"rating": "Good", "reportDate": "2018-03-15"}},
    }


@dataclass
class Recorded:
    """What the server answers, and what it was asked.

    ``faults`` are statuses that it gives first for a path.
    """

    locations: dict[str, dict[str, object]]
    changes: list[str] = field(default_factory=list)
    faults: dict[str, list[int]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent_to: str = ""  # where every request is sent on to, if anywhere
    keys: list[str | None] = field(default_factory=list)  # that were given
    address: str = ""

    def answer(self, path: str, query: dict[str, list[str]], key: str | None) -> tuple[int, bytes]:
        self.asked.append(path)
        self.keys.append(key)
        if self.sent_to:
            return 302, b""
        if self.faults.get(path):
            return self.faults[path].pop(0), b""
        if path in self.files:
            return 200, self.files[path]
        if key != KEY:
            return 401, b""
        if path == "/locations":
            wanted = query.get("localAuthority")
            found = [
                name
                for name, place in self.locations.items()
                if not wanted or place["localAuthority"] in wanted
            ]
            return 200, self._page(
                [{"locationId": name, "locationName": "x"} for name in found], "locations", query
            )
        if path == "/changes/location":
            return 200, self._page(self.changes, "changes", query)
        if path == "/providers/1-900":
            return 200, json.dumps({"providerId": "1-900", "name": "Elm Care Limited"}).encode()
        place = self.locations.get(path.removeprefix("/locations/"))
        return (200, json.dumps(place).encode()) if place else (404, b"")

    def _page(
        self, items: list[object] | list[str] | list[dict[str, str]], key: str, query: dict[str, list[str]]
    ) -> bytes:
        number = int(query["page"][0])
        return json.dumps(
            {"totalPages": 2, key: items[: len(items) // 2] if number == 1 else items[len(items) // 2 :]}
        ).encode()


def recorded_answers() -> Recorded:
    return Recorded(
        {name: location(name) for name in ("1-1", "1-2", "1-3")} | {"1-9": location("1-9", "York")}
    )


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    with served(recorded_answers()) as answers:
        yield answers


@contextlib.contextmanager
def served(answers: Recorded) -> Iterator[Recorded]:

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, body = answers.answer(
                parts.path, parse_qs(parts.query), self.headers.get("Ocp-Apim-Subscription-Key")
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Retry-After", "3")
            self.send_header("Location", answers.sent_to + self.path)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    answers.address = f"http://127.0.0.1:{server.server_port}"
    yield answers
    server.shutdown()
    thread.join()
    server.server_close()


def a_client(waited: list[float] | None = None) -> Client:
    """A client whose time stands still, so that only what it would have waited is noted."""
    return Client(
        {"Ocp-Apim-Subscription-Key": KEY},
        rate=10,
        wait=(waited if waited is not None else []).append,
        clock=lambda: 0.0,
    )


def files(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "locations").iterdir())


def test_the_first_run_gets_every_location_and_says_where_from(tmp_path: Path, recorded: Recorded) -> None:
    fetched = fetch_locations(a_client(), tmp_path, recorded.address, (), NOW, None)
    assert (fetched.written, fetched.passed_over) == (4, 0)
    assert files(tmp_path) == ["1-1", "1-2", "1-3", "1-9"]
    assert "Open Government Licence" in (tmp_path / "SOURCES.md").read_text()
    corpus = read_corpus(tmp_path, Report())
    assert sorted(fact.subject for fact in corpus.facts) == ["Home 1-1", "Home 1-2", "Home 1-3", "Home 1-9"]


def test_names_of_people_and_telephone_numbers_are_not_kept(tmp_path: Path, recorded: Recorded) -> None:
    fetch_locations(a_client(), tmp_path, recorded.address, (), NOW, None)
    written = (tmp_path / "locations" / "1-1.json").read_text()
    assert "Manager" not in written
    assert "0113" not in written
    assert "Personal care" in written


def test_each_provider_is_asked_for_its_name_once(tmp_path: Path, recorded: Recorded) -> None:
    recorded.locations["1-1"]["providerId"] = recorded.locations["1-2"]["providerId"] = "1-900"
    recorded.locations["1-3"]["providerId"] = "1-901"
    fetch_locations(a_client(), tmp_path, recorded.address, (), NOW, None)
    assert [path for path in recorded.asked if path.startswith("/providers")] == [
        "/providers/1-900",
        "/providers/1-901",
    ]
    providers = {
        fact.subject: fact.attributes.get("provider") for fact in read_corpus(tmp_path, Report()).facts
    }
    assert providers == {
        "Home 1-1": "Elm Care Limited",
        "Home 1-2": "Elm Care Limited",
        "Home 1-3": None,
        "Home 1-9": None,
    }


def test_later_runs_get_what_has_changed(tmp_path: Path, recorded: Recorded) -> None:
    fetch_locations(a_client(), tmp_path, recorded.address, (), NOW, None)
    recorded.changes, recorded.asked = ["1-2", "1-404"], []
    recorded.locations["1-2"]["name"] = "Home with a new name"
    fetched = fetch_locations(a_client(), tmp_path, recorded.address, (), LATER, None)
    assert (fetched.written, fetched.passed_over) == (1, 1)
    assert recorded.asked == ["/changes/location", "/changes/location", "/locations/1-2", "/locations/1-404"]
    assert "new name" in (tmp_path / "locations" / "1-2.json").read_text()


def test_only_locations_of_the_councils_that_are_named(tmp_path: Path, recorded: Recorded) -> None:
    assert fetch_locations(a_client(), tmp_path, recorded.address, ("York",), NOW, None).written == 1
    recorded.changes = ["1-1", "1-9"]
    fetched = fetch_locations(a_client(), tmp_path, recorded.address, ("York",), LATER, None)
    assert (fetched.written, fetched.passed_over) == (1, 1)
    assert files(tmp_path) == ["1-9"]


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(
    tmp_path: Path, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.fetching.cqc._SAVED_AFTER", 1)
    recorded.faults["/locations/1-3"] = [400]
    with pytest.raises(FetchError, match="status 400"):
        fetch_locations(a_client(), tmp_path, recorded.address, (), NOW, None)
    recorded.asked = []
    assert fetch_locations(a_client(), tmp_path, recorded.address, (), LATER, None).written == 2
    assert recorded.asked == ["/locations/1-3", "/locations/1-9"]
    assert json.loads((tmp_path / STATE).read_bytes())["since"] == "2026-03-02T09:30:00Z"


@pytest.mark.parametrize(("statuses", "waits"), [([429], [3.0]), ([503, 500], [3.0, 3.0])])
def test_a_busy_server_is_asked_once_more_when_it_says(
    tmp_path: Path, recorded: Recorded, statuses: list[int], waits: list[float]
) -> None:
    recorded.faults["/locations/1-1"] = statuses
    waited: list[float] = []
    assert fetch_locations(a_client(waited), tmp_path, recorded.address, (), NOW, None).written == 4
    assert [wait for wait in waited if wait == 3.0] == waits


def test_no_more_requests_than_agreed(recorded: Recorded) -> None:
    waited: list[float] = []
    client = a_client(waited)
    for _ in range(4):
        client.get(f"{recorded.address}/locations/1-1")
    assert waited == pytest.approx([0.1, 0.2, 0.3])


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("{}/none", "did not answer"),
        ("http://127.0.0.1:9", "can't be reached"),
        ("ftp://x", "does not begin with https://"),
    ],
)
def test_what_can_not_be_fetched_is_told(tmp_path: Path, recorded: Recorded, address: str, told: str) -> None:
    with pytest.raises(FetchError, match=told):
        fetch_locations(a_client(), tmp_path, address.format(recorded.address), (), NOW, None)


def test_another_server_that_one_is_sent_to_gets_no_key(recorded: Recorded) -> None:
    with served(recorded_answers()) as other:
        other.files["/file"] = b"held"
        recorded.sent_to = other.address.replace("127.0.0.1", "localhost")
        assert a_client().get(f"{recorded.address}/file") == b"held"
        assert (recorded.keys, other.keys) == ([KEY], [None])


def test_a_wrong_key_is_told(tmp_path: Path, recorded: Recorded) -> None:
    with pytest.raises(FetchError, match="does not accept the key"):
        fetch_locations(Client({"Ocp-Apim-Subscription-Key": "x"}), tmp_path, recorded.address, (), NOW, None)


def test_the_newest_directory_that_the_page_links(tmp_path: Path, recorded: Recorded) -> None:
    links = (
        "/a/2025-08/01_August_2025_Latest_ratings.ods",
        "/b/01_September_2025_Latest_ratings.csv",
        "/c/2025-11/Deactivated.csv",
    )
    recorded.files = {
        "/page": "".join(f'<a href="{link}">x</a>' for link in links).encode(),
        links[1]: b"Name,Rating\nElm House,Good\n",
    }
    path = fetch_directory(Client(), tmp_path, f"{recorded.address}/page", NOW)
    assert (path.name, path.read_bytes()) == ("directory.csv", b"Name,Rating\nElm House,Good\n")
    recorded.files["/page"] = b"<p>nothing</p>"
    with pytest.raises(FetchError, match="links no directory"):
        fetch_directory(Client(), tmp_path, f"{recorded.address}/page", NOW)


def test_the_command(
    tmp_path: Path, recorded: Recorded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QA_CQC_KEY", raising=False)
    assert cli.main(["fetch", "cqc", str(tmp_path)]) == 2
    assert "QA_CQC_KEY" in capsys.readouterr().err
    monkeypatch.setenv("QA_CQC_KEY", KEY)
    monkeypatch.setenv("QA_CQC_ADDRESS", recorded.address)
    assert cli.main(["fetch", "cqc", str(tmp_path), "--council", "Leeds", "--rate", "50"]) == 0
    assert "Wrote 3 locations. Check them" in capsys.readouterr().out
