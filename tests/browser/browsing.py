"""What the browser tests and the screenshots share: Debian's Chromium, a served corpus, pages in a context,
questions asked.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.serving.options import ServingOptions

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser, Page

BOX = "Ask about ratings and reports"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Collects what breaks the policy, and what moves after it was drawn.
WATCH = """
window.violations = [];
window.shifts = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium; where it or playwright is missing, the test is skipped and says how to
    install it.
    """
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: make test installs it"
    )
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed: sudo apt install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def application(
    corpus: Path | None = None,
    feedback: Path | None = None,
    embed_origins: tuple[str, ...] = (),
    rate_limit: str | None = None,
) -> "Flask":
    """The application for a corpus folder; by default for the corpus that comes with Askwell."""
    flags = {"cache": "none"} | ({"corpus": str(corpus)} if corpus else {})
    service, options = Service.open(Settings.load(flags, {})), ServingOptions(rate_limit=rate_limit)
    return create_app(service, feedback=feedback, embed_origins=embed_origins, options=options)


@contextmanager
def served(app: "Flask") -> Iterator[str]:
    """The address at which ``app`` is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def opened(
    browser: "Browser", address: str, *, scripted: bool = True, width: int = 1280, height: int = 900
) -> "Page":
    """A page in a fresh context that watches the policy and the layout."""
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripted)
    if scripted:
        context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(30_000)  # a busy machine is no failure
    page.goto(address)
    return page


def ask(page: "Page", question: str) -> None:
    """Type a question, press "Ask", and wait for its turn."""
    turns = page.locator("article.turn").count()
    page.get_by_label(BOX).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator("article.turn").nth(turns).wait_for()


def unfolded(page: "Page") -> None:
    """Unfold everything that can be."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
