"""The Care Quality Commission's published data: the locations of its API, and the directory that it puts on
its site every month.
"""

from __future__ import annotations

import contextlib
import datetime
import html
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from qa.errors import FetchError
from qa.fetching.client import Client

API = "https://api.service.cqc.org.uk/public/v1"
DIRECTORY_PAGE = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
LOCATIONS = "locations"  # the folder of the locations' files
STATE = ".fetch-cqc.json"  # what is left to do; its name begins with a dot, so it is not read as a report
SOURCES = "SOURCES.md"
_A_PAGE = 1_000
_MOST_PAGES = 10_000
_SAVED_AFTER = 50  # locations
_LINK = re.compile(rb"""href\s*=\s*["']([^"']+\.(?:ods|xlsx|csv))["']""", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,40}")
_LEFT_OUT = frozenset(
    ("contacts", "mainPhoneNumber", "nominatedIndividual")
)  # keys that are left out: names and telephone numbers of people

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class State:
    """How far fetching has got: ``left`` are the locations still to get, ``until`` the time up to which
    changes are then known.

    A location tells only its provider's identifier, so each provider is asked for its name once.
    """

    councils: list[str] = field(default_factory=list)
    until: str | None = None
    since: str | None = None  # the end of the last complete run
    left: list[str] = field(default_factory=list)
    providers: dict[str, str] = field(
        default_factory=dict
    )  # the names of those that were asked for, by identifier


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run has done: how many locations were written, and how many are no longer there or of another
    council.
    """

    written: int
    passed_over: int


def fetch_locations(
    client: Client,
    folder: Path,
    address: str,
    councils: Sequence[str],
    now: datetime.datetime,
    progress: Progress | None,
) -> Fetched:
    """Get the locations that have changed since the last run; the first run gets all. If ``councils`` are
    named, only theirs. An interrupted run continues where it stopped. Raises FetchError.
    """
    (folder / LOCATIONS).mkdir(parents=True, exist_ok=True)
    state = _state(folder, councils)
    if not state.left:
        state.until = now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        found = _changed(client, address, state) if state.since else _listed(client, address, councils)
        state.left = sorted(set(found))
        _save(folder, state)
    written, passed_over, whole = 0, 0, len(state.left)
    for done, identifier in enumerate(list(state.left), 1):
        is_written = _fetch_one(client, folder, address, identifier, state)
        written, passed_over = written + is_written, passed_over + (not is_written)
        state.left.remove(identifier)
        if done % _SAVED_AFTER == 0:
            _save(folder, state)
        if progress:
            progress(done, whole)
    state.since = state.until
    _save(folder, state)
    _write_sources(folder, "Locations, as its API gives them", address, now)
    return Fetched(written, passed_over)


def fetch_directory(client: Client, folder: Path, page: str, now: datetime.datetime) -> Path:
    """Get the newest directory with ratings that a page links, and return its file. Raises FetchError."""
    markup = client.get(page)
    links = [html.unescape(link.decode("utf-8", "replace")) for link in _LINK.findall(markup or b"")]
    rated = [link for link in links if "rating" in link.lower()]
    if not rated:
        raise FetchError(f"{page} links no directory with ratings. Give the page that does: --page.")
    address = urllib.parse.urljoin(page, max(rated, key=_age))
    data = client.get(address)
    if not data:
        raise FetchError(f"There is nothing at {address}, which {page} links. Try again later.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"directory{Path(urllib.parse.urlsplit(address).path).suffix.lower()}"
    _write(path, data)
    _write_sources(folder, f"`{path.name}`, its directory with ratings", address, now)
    return path


def _age(link: str) -> tuple[str, ...]:
    """Return a sort key that is greater for newer links: the years and months that they name, "/2025-09/" or
    "01_September_2025".
    """
    months = "january february march april may june july august september october november december".split()
    dated = re.findall(r"(20\d\d)[-_/](\d\d)\b", link)
    words = re.findall(rf"({'|'.join(months)})[-_ %20]*(20\d\d)", link.lower())
    return max([*dated, *((year, f"{months.index(month) + 1:02}") for month, year in words)], default=("",))


# Which locations --------------------------------------------------------------------------------------------


def _listed(client: Client, address: str, councils: Sequence[str]) -> Iterator[str]:
    parameters: dict[str, str | list[str]] = {"localAuthority": list(councils)} if councils else {}
    for answer in _pages(client, f"{address}/locations", parameters):
        for place in _list(answer, "locations"):
            if isinstance(place, dict) and _is_identifier(place.get("locationId")):
                yield str(place["locationId"])


def _changed(client: Client, address: str, state: State) -> Iterator[str]:
    parameters: dict[str, str | list[str]] = {
        "startTimestamp": state.since or "",
        "endTimestamp": state.until or "",
    }
    for answer in _pages(client, f"{address}/changes/location", parameters):
        yield from (str(identifier) for identifier in _list(answer, "changes") if _is_identifier(identifier))


def _pages(
    client: Client, address: str, parameters: Mapping[str, str | list[str]]
) -> Iterator[Mapping[str, Any]]:
    for number in range(1, _MOST_PAGES):
        answer = _json(
            client.get(address, {**parameters, "page": str(number), "perPage": str(_A_PAGE)}), address
        )
        yield answer
        pages = answer.get("totalPages")
        if not isinstance(pages, int) or number >= pages:
            return


def _list(answer: Mapping[str, Any], key: str) -> list[Any]:
    found = answer.get(key)
    return found if isinstance(found, list) else []


def _is_identifier(value: object) -> bool:
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def _json(data: bytes | None, address: str) -> dict[str, Any]:
    try:
        answer = orjson.loads(data or b"")
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        raise FetchError(
            f"{address} did not answer with a record of JSON. Check whether it is the address of the "
            "API: --address."
        )
    return answer


# Files ------------------------------------------------------------------------------------------------------


def _fetch_one(client: Client, folder: Path, address: str, identifier: str, state: State) -> bool:
    """Write a location's file with its provider's name; return whether it exists, and is in one of the
    requested councils.
    """
    data = client.get(f"{address}/locations/{identifier}")
    if data is None:
        return False
    place = _json(data, f"{address}/locations/{identifier}")
    if place.get("locationId") != identifier:
        raise FetchError(f"{address}/locations/{identifier} answered with another location. Try again later.")
    if state.councils and place.get("localAuthority") not in state.councils:
        return False
    if _is_identifier(place.get("providerId")) and (
        name := _provider(client, address, str(place["providerId"]), state.providers)
    ):
        place["providerName"] = name
    _write(
        folder / LOCATIONS / f"{identifier}.json",
        orjson.dumps(_without_people(place), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS),
    )
    return True


def _provider(client: Client, address: str, identifier: str, known: dict[str, str]) -> str:
    """Return a provider's name; empty where the server does not know it."""
    if identifier not in known:
        data = client.get(f"{address}/providers/{identifier}")
        name = _json(data, f"{address}/providers/{identifier}").get("name") if data else None
        known[identifier] = name if isinstance(name, str) else ""
    return known[identifier]


def _without_people(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_people(item)
            for key, item in value.items()
            if key not in _LEFT_OUT and not key.startswith("person")
        }
    return [_without_people(item) for item in value] if isinstance(value, list) else value


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise FetchError(
            f"{path} can't be written: {error.strerror}. Name a folder that you may write to."
        ) from error


def _state(folder: Path, councils: Sequence[str]) -> State:
    """Return how far the last run got; a new state if there was none, or one of other councils."""
    wanted = sorted(councils)
    try:
        told = orjson.loads((folder / STATE).read_bytes())
        state = State(**told)
    except (OSError, ValueError, TypeError):
        return State(wanted)
    return state if state.councils == wanted else State(wanted)


def _save(folder: Path, state: State) -> None:
    _write(folder / STATE, orjson.dumps(asdict(state)))


def _write_sources(folder: Path, what: str, address: str, now: datetime.datetime) -> None:
    """List in the folder where its files come from; entries about other sources stay."""
    path = folder / SOURCES
    line = (
        f"- {what}: Care Quality Commission, Open Government Licence v3.0, <{address}>, fetched "
        f"{now:%Y-%m-%d}."
    )
    with contextlib.suppress(OSError):
        told = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ["# Sources", ""]
        kept: Iterable[str] = (other for other in told if not other.startswith(f"- {what}:"))
        _write(path, "\n".join([*kept, line, ""]).encode())
