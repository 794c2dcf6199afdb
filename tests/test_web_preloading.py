"""What workers share is loaded before they are forked."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOADED = """
import gc, json, sys, threading
from qa.web.serving.preloading import preload
preload()
print(json.dumps([
    "qa.web.serving.gateway" in sys.modules, "nltk.stem.snowball" in sys.modules, threading.active_count(),
    gc.get_freeze_count() > 100_000,
]))
"""
ANSWERED = """
import json, os, sys
from qa.web.serving.preloading import preload
preload()
pid = os.fork()
if pid:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
from qa.service import Service
from qa.settings import Settings
service = Service.open(Settings.load({"cache": sys.argv[1]}, {}))
print(json.dumps([service.ask("What is Oxleas rated?").answer.text]))
"""


def test_what_workers_need_is_there_and_no_thread_runs_that_a_fork_would_lose() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    assert json.loads(found.stdout) == [True, True, 1, True]


@pytest.mark.skipif(sys.platform == "win32", reason="the system forks no processes")
def test_a_process_forked_from_it_answers(tmp_path: object) -> None:
    command = [sys.executable, "-c", ANSWERED, str(tmp_path)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "Oxleas" in json.loads(found.stdout)[0]
