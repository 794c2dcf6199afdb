"""Start a server with the command given, ask it one question and stop it; print the seconds from its start to
its answer.

python3 .ci/first_answer.py [--within SECONDS] make serve
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

QUESTION, ANSWER = "Which trust became outstanding?", "Calderstones"
PATIENCE = 600  # seconds, with what a first start downloads


def answered(port: int) -> bool:
    """Whether a server answers the question on ``port``."""
    body = json.dumps({"question": QUESTION}).encode()
    asking = urllib.request.Request(
        f"http://127.0.0.1:{port}/ask", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(asking, timeout=PATIENCE) as response:
            return ANSWER in json.load(response)["answer"]["text"]
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--within", type=float, default=PATIENCE, metavar="SECONDS", help="fail if it takes longer"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    port, begun = free_port(), time.monotonic()
    process = subprocess.Popen([*given.command, f"ARGS=--port {port}"], start_new_session=True)
    seconds = float("inf")
    while process.poll() is None and time.monotonic() - begun < PATIENCE:
        if answered(port):
            seconds = time.monotonic() - begun
            break
        time.sleep(0.05)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
    print(f"{' '.join(given.command)}: {seconds:.1f} s to the first answer", flush=True)
    return int(seconds > given.within)


if __name__ == "__main__":
    sys.exit(main())
