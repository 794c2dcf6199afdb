"""The service as it runs, tried by schemathesis with everything that its OpenAPI document says and does not
say.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = os.environ.get("QA_TEST_EXAMPLES", "20")  # of each endpoint
HOOKS = """
import schemathesis

@schemathesis.serializer("application/x-ndjson")
def written(ctx, value):
    return value.encode(errors="replace") if isinstance(value, str) else b""  # what is no text has no lines

@schemathesis.hook
def filter_case(context, case):
    return len(case.as_transport_kwargs(base_url="http://127.0.0.1")["url"]) + len(str(case.query)) < 12_000  # else 414, by the server

@schemathesis.deserializer("application/x-ndjson")
def lines(ctx, response):
    return response.content.decode()
"""
# Its own lists of statuses know nothing of 413: a limit in bytes, or of lines, is one that a schema can't
# tell.
CONFIGURATION = """
[checks]
positive_data_acceptance.expected-statuses = [200, 404, 413]
negative_data_rejection.expected-statuses = [400, 404, 405, 413, 415, 422]
"""


@pytest.fixture
def schemathesis() -> str:
    """The program of that name."""
    found = shutil.which("st", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if found is None:
        pytest.skip("schemathesis is not installed")
    return found


@pytest.fixture
def address() -> Iterator[str]:
    """A service of its own, with the default corpus."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cache = os.environ["ASKWELL_TEST_CACHE"]
    command = [sys.executable, "-m", "qa", "serve", "--port", str(port), "--cache", cache]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _ready(address: str) -> str:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz"):
                return address
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("the service does not answer")


def test_schemathesis_finds_nothing_with_all_its_checks(
    schemathesis: str, address: str, tmp_path: Path
) -> None:
    (tmp_path / "hooks.py").write_text(HOOKS, encoding="utf-8")
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION, encoding="utf-8")
    environ = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)}
    command = [
        schemathesis,
        "run",
        f"{address}/openapi.json",
        "--checks",
        "all",
        "--max-examples",
        EXAMPLES,
        "--no-color",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout
