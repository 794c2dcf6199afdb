"""Real OpenSearch nodes for the tests, on this machine's loopback: the distribution without plug-ins, which
CI fetches.

It has no security plug-in, so that it is for tests only. A node takes about 700 MB and some 20 seconds to
start.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = "2.19.6"
ARCHIVE = ROOT / ".opensearch" / f"opensearch-{VERSION}.zip"
SHA256 = "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293"
PATIENCE = 300  # seconds within which nodes have to be up; 40 are usual
JVM = "-Xms384m -Xmx384m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = """\
cluster.name: {cluster}
node.name: {name}
path.data: {data}
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
cluster.routing.allocation.disk.threshold_enabled: false
cluster.initial_cluster_manager_nodes: [{managers}]
discovery.seed_hosts: [{seeds}]
"""


@functools.cache
def why_not() -> str | None:
    """Why no node can be started here; ``None`` where one can."""
    if not _java():
        return (
            "OpenSearch needs Java, which is not installed (Debian, Ubuntu: sudo apt install "
            "openjdk-17-jre-headless)"
        )
    if not ARCHIVE.is_file():
        return f"{ARCHIVE.relative_to(ROOT)} is missing: .ci/opensearch fetches it"
    with ARCHIVE.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            return (
                f"{ARCHIVE.relative_to(ROOT)} is not the file that is expected: take it away, "
                ".ci/opensearch fetches it anew"
            )
    return None


def _java() -> Path | None:
    """The folder of the Java that is installed."""
    found = shutil.which("java")
    return Path(found).resolve().parents[1] if found else None


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Nodes:
    """A cluster of a few nodes on this machine, in a folder that goes with it; their ``data`` may stay in one
    that does not, in which the next cluster finds it.
    """

    def __init__(self, count: int = 1, data: Path | None = None) -> None:
        self._data = data.resolve() if data else None
        self._folder = Path(tempfile.mkdtemp(prefix="askwell-opensearch-"))
        self._count = count
        self._ports = [(_free_port(), _free_port()) for _ in range(count)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(self._folder)
        (self._home,) = self._folder.glob("opensearch-*")
        for script in (self._home / "bin").iterdir():
            script.chmod(0o755)
        for number in range(count):
            self._configure(number)
        self._give_away()

    def _configure(self, number: int) -> None:
        folder = self._folder / f"node-{number}"
        shutil.copytree(self._home / "config", folder / "config")
        options = folder / "config" / "jvm.options"  # which want another garbage collector, and its log
        kept = [
            line
            for line in options.read_text(encoding="utf-8").splitlines()
            if "GC" not in line and "gc" not in line
        ]
        options.write_text("\n".join(kept), encoding="utf-8")
        http, transport = self._ports[number]
        managers = ", ".join(f"node-{one}" for one in range(self._count))
        seeds = ", ".join(f'"127.0.0.1:{port}"' for _, port in self._ports)
        data = (self._data or self._folder) / f"data-{number}"
        data.mkdir(parents=True, exist_ok=True)
        names = {
            "cluster": self._folder.name,
            "data": data,
            "name": f"node-{number}",
            "folder": folder,
            "managers": managers,
            "seeds": seeds,
        }
        (folder / "config" / "opensearch.yml").write_text(
            SETTINGS.format(**names, http=http, transport=transport), encoding="utf-8"
        )

    def _give_away(self) -> None:
        """Give the folder to a user who is not root, as whom OpenSearch refuses to run."""
        self._user = None
        if os.getuid() == 0:
            self._user = "nobody"
            one = pwd.getpwnam(self._user)
            for folder in (self._folder, *filter(None, [self._data])):
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, one.pw_uid, one.pw_gid)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the nodes answer, whether they run or not."""
        return tuple(f"http://127.0.0.1:{http}" for http, _ in self._ports)

    @property
    def processes(self) -> tuple[int, ...]:
        """The nodes that run, as processes of this machine."""
        return tuple(process.pid for process in self._running.values())

    def start(self, *numbers: int) -> None:
        """Start these nodes, all by default."""
        for number in numbers or range(self._count):
            folder = self._folder / f"node-{number}"
            environ = {
                "PATH": os.environ["PATH"],
                "OPENSEARCH_JAVA_HOME": str(_java()),
                "OPENSEARCH_PATH_CONF": str(folder / "config"),
                "OPENSEARCH_JAVA_OPTS": JVM,
            }
            with (self._folder / f"node-{number}.log").open("ab") as log:
                self._running[number] = subprocess.Popen(
                    [self._home / "bin" / "opensearch"],
                    cwd=folder,
                    env=environ,
                    user=self._user,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def wait(self, status: str = "green", *, nodes: int | None = None) -> None:
        """Wait until so many nodes, all by default, are one cluster of this status."""
        wanted = f"wait_for_status={status}&wait_for_nodes={nodes or self._count}&timeout=5s"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not any(
            process.poll() is not None for process in self._running.values()
        ):
            for number in list(self._running):
                with contextlib.suppress(OSError):
                    told = self.get(f"/_cluster/health?{wanted}", number)
                    if not told["timed_out"]:
                        return
            time.sleep(0.3)
        raise TimeoutError(f"OpenSearch was not {status} within {PATIENCE} seconds:\n{self._log()}")

    def get(self, path: str, number: int = 0) -> dict[str, object]:
        """What a node answers to a GET."""
        with urllib.request.urlopen(self.addresses[number] + path, timeout=10) as answer:
            told: dict[str, object] = json.load(answer)
            return told

    def manager(self) -> int:
        """The number of the node that the others elected."""
        for number in list(self._running):
            with contextlib.suppress(OSError):
                state = self.get("/_cluster/state/cluster_manager_node,nodes", number)
                name: str = state["nodes"][state["cluster_manager_node"]]["name"]  # type: ignore[index]
                return int(name.removeprefix("node-"))
        raise OSError("No node answers.")

    def kill(self, *numbers: int) -> None:
        """Kill these nodes as if their machines lost power, all by default."""
        for number in numbers or list(self._running):
            process = self._running.pop(number)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def close(self) -> None:
        """Kill what runs and take the folder away."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _log(self) -> str:
        logs = sorted(self._folder.glob("node-*.log"))
        return "\n".join(line for log in logs for line in log.read_text(errors="replace").splitlines()[-15:])


@contextlib.contextmanager
def running(count: int = 1, data: Path | None = None) -> Iterator[Nodes]:
    """So many nodes, up and green, for as long as they are needed; see :class:`Nodes`."""
    nodes = Nodes(count, data)
    try:
        nodes.start()
        nodes.wait()
        yield nodes
    finally:
        nodes.close()


@contextlib.contextmanager
def shared(folder: Path) -> Iterator[tuple[str, ...]]:
    """Where one node answers that all processes of a run share; ``folder`` is the run's. Whoever comes first
    starts it, and ends it when no other uses it any more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "opensearch.json"
    with (
        (folder / "opensearch-deciding").open("w") as deciding,
        (folder / "opensearch-used").open("w") as used,
    ):
        fcntl.flock(deciding, fcntl.LOCK_EX)
        own = None if told.is_file() else Nodes()
        try:
            if own:
                own.start()
                own.wait()
                told.write_text(json.dumps(own.addresses), encoding="ascii")
            else:
                fcntl.flock(used, fcntl.LOCK_SH)
            fcntl.flock(deciding, fcntl.LOCK_UN)
            yield tuple(json.loads(told.read_text(encoding="ascii")))
        finally:
            if own:
                fcntl.flock(deciding, fcntl.LOCK_EX)  # who comes now starts another
                fcntl.flock(used, fcntl.LOCK_EX)
                told.unlink(missing_ok=True)
                own.close()
