"""The table of settings: name, default, how its text is read, help.

A flag overrides a ``QA_…`` variable, which overrides the default.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from qa.errors import UsageError
from qa.phrasing import joined
from qa.setting_values import (
    DEFAULT_RATE,
    choice,
    number,
    to_addresses,
    to_cors_origins,
    to_file_or_none,
    to_folder,
    to_folder_or_none,
    to_index,
    to_origins,
    to_rate,
    to_seconds,
    to_store,
    to_word,
    whole,
)

Log = Literal["off", "text", "json"]

SEARCH_ENGINES = ("memory", "tantivy", "opensearch")
"""The names in :data:`qa.engines.ENGINES`, which this module must not import; a test keeps both alike."""

LOADING = (
    *("corpus", "cache", "read_memory", "read_time", "read_unpacked"),
    *("engine", "opensearch", "opensearch_index", "opensearch_user", "opensearch_ca", "k1", "b", "encoder"),
)
"""The settings of every command that opens a corpus."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    ``read`` takes the text as typed; it raises ValueError with what it expected.
    """

    name: str
    default: str  # as typed; a description if ``fallback`` computes it on the machine
    read: Callable[[str], object]
    help: str
    fallback: Callable[[Mapping[str, str]], object] | None = None

    @property
    def variable(self) -> str:
        """The name of the environment variable, e.g. ``QA_PORT``."""
        return f"QA_{self.name.upper()}"

    @property
    def flag(self) -> str:
        """The name of the command-line flag, e.g. ``--port``."""
        return f"--{self.name.replace('_', '-')}"

    def value(self, override: object | None, environ: Mapping[str, str]) -> object:
        """Return the value in force; an empty variable is ignored.

        Raises UsageError, naming the flag or variable at fault.
        """
        variable = environ.get(self.variable, "").strip()
        if override is not None:
            return self._checked(self.flag, str(override))
        if variable:
            return self._checked(self.variable, variable)
        return self.fallback(environ) if self.fallback else self.read(self.default)

    def _checked(self, where: str, text: str) -> object:
        try:
            return self.read(text)
        except ValueError as error:
            raise UsageError(f"{where} can't be {text!r}: {error}. Default: {self.default}.") from None


def shipped(name: str) -> Path:
    """Return the folder ``name`` that comes with Askwell: inside the installed package, otherwise at the top
    of the repository.
    """
    package = Path(__file__).parent
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parents[1] / name


def _user_cache(environ: Mapping[str, str]) -> Path | None:
    """Return Askwell's folder in this platform's cache folder of the user; ``None`` for a user without a
    home folder.
    """
    try:
        home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    except RuntimeError:
        return None
    places = {
        "darwin": home / "Library" / "Caches",
        "win32": Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local"),
    }
    return places.get(sys.platform, Path(environ.get("XDG_CACHE_HOME") or home / ".cache")) / "askwell"


SETTINGS = (
    Setting(
        "corpus",
        "the corpus that comes with Askwell",
        to_folder,
        "Folder of reports and rating tables to answer from.",
        fallback=lambda _: shipped("corpus"),
    ),
    Setting("host", "127.0.0.1", to_word, "Address to serve on; 0.0.0.0 for every network of the machine."),
    Setting("port", "8000", whole(1, 65535), "Port to serve on."),
    Setting("workers", "1", whole(1, 256), "Processes that serve."),
    Setting(
        "cache",
        "askwell in the user's cache folder",
        to_folder_or_none,
        "Folder that keeps indexes between starts; none keeps them in memory.",
        fallback=_user_cache,
    ),
    Setting(
        "read_memory",
        "4096",
        whole(256),
        "Megabytes of memory that reading a file may take; a file that takes more is not read.",
    ),
    Setting("read_time", "900", whole(1, 86_400), "Seconds of computing that reading a file may take."),
    Setting(
        "read_unpacked",
        "2048",
        whole(1),
        "Megabytes that a packed file, such as a spreadsheet, may be unpacked to.",
    ),
    Setting(
        "engine",
        "memory",
        choice(*SEARCH_ENGINES),
        f"Search engine: {joined(SEARCH_ENGINES, 'or')}.",
    ),
    Setting(
        "opensearch",
        "http://127.0.0.1:9200",
        to_addresses,
        "Addresses of the nodes of OpenSearch, with commas between them.",
    ),
    Setting(
        "opensearch_index",
        "askwell",
        to_index,
        "Name of the indexes in OpenSearch; each generation adds its own suffix.",
    ),
    Setting(
        "opensearch_user",
        "none",
        to_file_or_none,
        "File with one line, user:password, for OpenSearch; none sends no password.",
    ),
    Setting(
        "opensearch_ca",
        "none",
        to_file_or_none,
        "File of the certificates to trust for OpenSearch; none trusts those of the system.",
    ),
    Setting("k1", "1.2", number(0, 100), "BM25: how much more a repeated word counts; 0 counts it once."),
    Setting(
        "b", "0.75", number(0, 1), "BM25: how much long passages are marked down, from 0 (not at all) to 1."
    ),
    Setting(
        "encoder",
        "none",
        to_folder_or_none,
        "Folder of an encoder, which finds passages in words other than the question's; none uses none.",
    ),
    Setting(
        "feedback",
        "none",
        to_file_or_none,
        "SQLite file that keeps readers' opinions of answers; none asks for no opinions.",
    ),
    Setting(
        "embed_origins",
        "none",
        to_origins,
        "Sites that may show Askwell in a frame, e.g. https://www.example.org; none allows no site.",
    ),
    Setting(
        "log",
        "off",
        choice("off", "text", "json"),
        "Log one line per request: off, text or json. Questions are never logged.",
    ),
    Setting(
        "rate_limit",
        "auto",
        to_rate,
        f"Most requests of one client, e.g. 60/minute; none sets no limit; auto sets {DEFAULT_RATE} unless "
        "only this machine can connect.",
    ),
    Setting(
        "rate_store",
        "memory",
        to_store,
        "Where requests are counted: memory, in each process; or an address, e.g. redis://127.0.0.1:6379.",
    ),
    Setting(
        "proxies",
        "0",
        whole(0, 10),
        "How many proxies in front of Askwell to trust about a client's address.",
    ),
    Setting(
        "cors_origins",
        "none",
        to_cors_origins,
        "Sites whose scripts may use the endpoints, e.g. https://www.example.org; * for any.",
    ),
    Setting(
        "keys",
        "none",
        to_file_or_none,
        "File of the keys that the endpoints require, made by qa keys; none requires no key.",
    ),
    Setting(
        "capacity",
        "64",
        whole(1, 10_000),
        "Requests that a process answers or lets wait; any more get 503 at once.",
    ),
    Setting(
        "body_timeout",
        "10",
        whole(1, 3_600),
        "Seconds within which the body of a request must arrive; a later one is refused.",
    ),
    Setting(
        "reload",
        "off",
        to_seconds,
        "Seconds between two checks whether the corpus folder has changed, to reload it; off never checks.",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, one field for each row of :data:`SETTINGS`."""

    corpus: Path
    host: str
    port: int
    workers: int
    cache: Path | None
    read_memory: int
    read_time: int
    read_unpacked: int
    engine: str
    opensearch: tuple[str, ...]
    opensearch_index: str
    opensearch_user: Path | None
    opensearch_ca: Path | None
    k1: float
    b: float
    encoder: Path | None
    feedback: Path | None
    embed_origins: tuple[str, ...]
    log: Log
    rate_limit: str | None
    rate_store: str
    proxies: int
    cors_origins: tuple[str, ...]
    keys: Path | None
    capacity: int
    body_timeout: int
    reload: int | None

    @classmethod
    def load(cls, overrides: Mapping[str, object | None], environ: Mapping[str, str]) -> Settings:
        """Read every setting; ``overrides`` are the flags, ``None`` for one that is not given.

        Raises UsageError.
        """
        unknown = overrides.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise UsageError(f"There is no setting named {sorted(unknown)[0]!r}; `qa settings` lists them.")
        values: dict[str, Any] = {
            setting.name: setting.value(overrides.get(setting.name), environ) for setting in SETTINGS
        }
        return cls(**values)
