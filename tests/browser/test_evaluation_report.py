"""The report of an evaluation in a browser: no violation that axe-core knows, nothing wider than the screen,
nothing fetched.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import axe
import pytest
from browsing import chromium, opened, unfolded
from states import HEIGHT, SCHEMES, WIDTHS

from qa.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = Path(__file__).parents[2] / "corpus" / "questions.jsonl"
MISSED = {"question": "What is Oxleas rated?", "direct": ["^Nothing of the kind"]}  # whatever is answered
OUTDATED = {"question": "What is Nobody Lodge rated?", "names": ["Nobody Lodge"], "rating": "Good"}


def evaluate(*arguments: object) -> None:
    assert main(["eval", str(QUESTIONS), "--cache", "none", "--failures", "0", *map(str, arguments)]) == 0


def earlier(run: Path) -> Path:
    """The run as it would be had its first six questions come out the other way."""
    body = json.loads(run.read_text(encoding="utf-8"))
    for result in body["results"][:6]:
        result["right"] = not result["right"]
        result["marks"]["right"] = float(result["right"])
    baseline = run.with_name("baseline.json")
    baseline.write_text(json.dumps(body), encoding="utf-8")
    return baseline


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything in it: failures, an outdated gold, and what changed since an earlier run."""
    folder = tmp_path_factory.mktemp("report")
    more = folder / "more.jsonl"
    more.write_text(f"{json.dumps(MISSED)}\n{json.dumps(OUTDATED)}", encoding="utf-8")
    evaluate(more, "--json", folder / "run.json")
    evaluate(more, "--baseline", earlier(folder / "run.json"), "--report", folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def page(report: Path) -> Iterator["Page"]:
    with chromium() as browser:
        page = opened(browser, "about:blank")
        page.goto(report.as_uri())
        unfolded(page)
        yield page


def test_the_report_shows_every_part(page: "Page") -> None:
    headings = page.locator("h2").all_inner_texts()
    assert headings == [
        "Metrics",
        "By kind of question",
        "Confidence and speed",
        "What changed since the baseline",
        "Outdated gold",
        "Failures",
        "Right",
    ]
    assert page.locator("svg[role='img']").count() == 3
    assert page.get_by_role("heading", name="Better (").is_visible()
    assert page.get_by_text("the corpus does not name Nobody Lodge").is_visible()
    failures = page.locator("details.failure")
    assert failures.count() > 0
    assert failures.get_by_role("link", name="Ask it again").count() == failures.count()


def test_questions_are_found_by_their_words(page: "Page") -> None:
    every = page.locator("details.failure").count()
    page.get_by_label("Find among all questions").fill("nothing kind")
    assert 0 < page.locator("details.failure:visible").count() < every
    assert page.locator("#found").inner_text().endswith(f" of {every}")
    page.get_by_label("Find among all questions").fill("")
    assert page.locator("details.failure:visible").count() == every


def test_axe_finds_nothing_in_the_report(page: "Page") -> None:
    page.evaluate(axe.script())
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        assert (width, scheme, axe.found(page)) == (width, scheme, [])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_scrolls_nothing_sideways(page: "Page", width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_report_fetches_nothing_and_breaks_no_policy(page: "Page") -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked == [page.url]
    assert page.evaluate("window.violations") == []
