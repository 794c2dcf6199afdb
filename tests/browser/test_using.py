"""Changing, keeping, judging and embedding answers in a real browser; and hostile text, which is text
wherever it stands.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import application, ask, chromium, opened, served, unfolded

from qa.feedback import Feedback

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = [
    "<script>window.harmed = 1</script>",
    '"><img src=x onerror="window.harmed = 1">',
    "</textarea></form><svg onload=window.harmed=1>",
    "{{ 7 * 7 }} ${7 * 7} &lt;b&gt;",
    "\u202eright to left\u202c \u2067rlm\u200f 👩🏽‍⚕️🏳️‍🌈",
    "<b>" + "x" * 1_990 + "</b>",
]
NAME = "<img src=x onerror=window.harmed=1> & Sons \u202eTrust"
DOCUMENT = "The zebra<script>window.harmed = 1</script> inspection found \u202eclean\u202c wards 👩🏽‍⚕️.\n"
# Elements that only hostile text could have made, where readers' and publishers' words stand.
MADE = "main script, main img, main iframe, main b > script, .rail script, .rail img, .bar img, svg[onload]"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("opinions") / "opinions.sqlite"


@pytest.fixture(scope="module")
def site(file: Path) -> Iterator[str]:
    """The address of a server that asks for opinions."""
    with served(application(feedback=file)) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(scripted: bool, browser: "Browser", site: str) -> Iterator["Page"]:
    page = opened(browser, site, scripted=scripted)
    yield page
    page.context.close()


def test_a_reader_changes_how_the_question_was_read(page: "Page") -> None:
    ask(page, "How many trusts are rated Good?")
    chip = page.locator("#turn-1 .chip", has_text="Good").locator("details")
    chip.locator("summary").click()
    chip.get_by_role("button", name="Outstanding").click()
    page.locator("#turn-2").wait_for()
    assert page.locator("#turn-2 .chip summary").first.inner_text().startswith("Outstanding")
    assert "Calderstones" in page.locator("#turn-2 .facts").inner_text()
    assert page.locator("#turn-2 h2").inner_text() == "Trusts · Outstanding · counted"
    page.locator("#turn-2").get_by_role("button", name="Remove: Outstanding").click()
    page.locator("#turn-3").wait_for()
    assert page.locator("#turn-3 h2").inner_text() == "Trusts · counted"


def test_words_that_were_left_out_are_underlined_and_told(page: "Page") -> None:
    ask(page, "Which trusts gleefully became outstanding?")
    assert page.locator("#turn-1 .asked .unused").all_inner_texts() == ["gleefully"]
    assert "“gleefully”" in page.locator("#turn-1 .left-out").inner_text()
    assert "gleefully" not in page.locator("#turn-1 .sentence").inner_text()


def test_a_reader_undoes_a_correction(page: "Page") -> None:
    ask(page, "What is Oxlees rated?")
    page.locator("#turn-1 .found summary").click()
    page.locator("#turn-1 .found").get_by_role("button", name="Undo and ask with “Oxlees” as typed").click()
    page.locator("#turn-2").wait_for()
    assert page.locator("#turn-2 h2").inner_text() == 'What is "Oxlees" rated?'
    assert "do not know “Oxlees”" in page.locator("#turn-2 .sentence").inner_text()
    assert page.locator("#turn-2 .corrected").count() == 0


def test_a_reader_says_that_an_answer_was_wrong_and_goes_on(page: "Page", file: Path) -> None:
    before = len(list(Feedback(file).all()))
    ask(page, "What is Oxleas rated?")
    ask(page, "And Sheffield?")
    page.locator("#turn-1-opinion summary").click()
    page.get_by_label("Comment (optional)").first.fill(HOSTILE[0])
    page.locator("#turn-1-opinion").get_by_role("button", name="No").click()
    page.locator(".reply", has_text="Your opinion was kept").wait_for()
    assert page.locator("article.turn").count() == 2
    *_, last = Feedback(file).all()
    assert len(list(Feedback(file).all())) == before + 1
    assert (last.question, last.right, last.comment) == ("What is Oxleas rated?", False, HOSTILE[0])
    ask(page, "And Lincolnshire?")
    assert page.locator("article.turn").count() == 3


def test_a_comment_that_is_refused_stands_in_its_box_again(page: "Page") -> None:
    comment = f"{HOSTILE[2]} call 07700 900123"
    ask(page, "What is Oxleas rated?")
    page.locator("#turn-1-opinion summary").click()
    page.get_by_label("Comment (optional)").fill(comment)
    page.locator("#turn-1-opinion").get_by_role("button", name="Yes").click()
    page.get_by_text("Not kept: the comment").first.wait_for()
    assert page.get_by_label("Comment (optional)").input_value() == comment
    assert page.locator(MADE).count() == 0


def test_a_reader_downloads_the_facts(page: "Page") -> None:
    ask(page, "Which trusts improved?")
    page.get_by_text("Keep or share this answer").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="7 ratings as a table").click()
    assert download.value.suggested_filename == "ratings.csv"


def test_a_citation_is_copied_by_its_button_and_needs_none(page: "Page", site: str, scripted: bool) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    ask(page, "Why did these trusts improve?")
    page.get_by_role("link", name="in passage").first.click()
    first = page.locator("#turn-1 .cite").first
    first.locator("summary").click()
    assert "Askwell’s digest of: Care Quality Commission" in first.locator("pre").first.inner_text()
    button = first.get_by_role("button", name="Copy as BibTeX")
    if not scripted:
        assert page.locator(".copy:visible").count() == 0
        return
    button.click()
    page.locator("#status", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{report-")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text_in_the_question_and_the_history(page: "Page", text: str) -> None:
    ask(page, text)
    ask(page, "hello")
    assert page.locator("#turn-1 h2").inner_text() == text
    assert page.locator("input[name=history]").first.get_attribute("value") == text
    assert page.locator(MADE).count() == 0
    assert page.evaluate("[window.harmed, window.violations ?? []]") == [None, []]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_text_is_text_in_the_corpus(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        f'Name,Overall,Published,Note\n"{NAME}",Good,2020-01-02,{NAME}\n', encoding="utf-8"
    )
    (tmp_path / "zebra<b>.txt").write_text(DOCUMENT, encoding="utf-8")
    with served(application(tmp_path)) as address:
        page = opened(browser, address)
        ask(page, "Which places are good?")
        assert NAME in (page.locator("#turn-1 tbody th").text_content() or "")
        ask(page, "What did the zebra inspection find?")
        assert "zebra<script>" in (page.locator("#turn-2 blockquote").first.text_content() or "")
        unfolded(page)
        for path in ("", "/about"):
            if path:
                page.goto(address + path)
            assert page.locator(MADE).count() == 0
            assert page.evaluate("[window.harmed, window.violations]") == [None, []]
        page.context.close()


@contextmanager
def host(body: str) -> Iterator[str]:
    """The address of another site, whose one page is ``body``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("allowed", [True, False])
def test_another_site_shows_askwell_only_where_the_operator_allows_it(
    browser: "Browser", allowed: bool
) -> None:
    origins = ("http://127.0.0.1:*",) if allowed else ()
    with (
        served(application(embed_origins=origins)) as address,
        host(
            f"<!doctype html><title>Elsewhere</title><body><script src='{address}/widget.js' "
            "data-height='700'></script>"
        ) as elsewhere,
    ):
        page = opened(browser, elsewhere)
        page.wait_for_load_state("networkidle")
        assert page.locator("iframe[title='Ask about ratings and reports'][height='700']").count() == int(
            allowed
        )
        if allowed:
            inside = page.frame_locator("iframe")
            inside.get_by_label("Ask about ratings and reports").fill("Which trust became outstanding?")
            inside.get_by_role("button", name="Ask", exact=True).click()
            inside.locator("#turn-1 h2").wait_for()
            inside.get_by_label("Ask about ratings and reports").fill("And what was it rated before?")
            inside.get_by_role("button", name="Ask", exact=True).click()
            inside.locator("#turn-2 h2").wait_for()
            assert inside.locator("article.turn").count() == 2
            assert inside.get_by_role("link", name="New conversation").get_attribute("href") == "/embed"
        page.context.close()


def test_a_form_of_the_reference_sends_its_request(page: "Page", site: str, scripted: bool) -> None:
    page.goto(f"{site}/docs")
    form = page.locator("#ask_by_link form")
    form.get_by_label("question").fill("What is Oxleas rated?")
    form.get_by_role("button").click()
    if not scripted:
        page.wait_for_url("**/ask?question=*")
        assert '"status":"answered"' in page.content()
        return
    page.locator("#ask_by_link .outcome pre").wait_for()
    assert form.locator(".outcome p").inner_text().startswith("200 OK")
    assert '"question": "What is Oxleas rated?"' in form.locator(".outcome pre").inner_text()
    page.locator("#ask textarea").fill('{"question": ""}')
    page.locator("#ask form").get_by_role("button").click()
    page.locator("#ask .outcome pre").wait_for()
    assert page.locator("#ask .outcome p").inner_text().startswith("422")
    page.locator("#show_document form").get_by_role("button").click()
    page.locator("#show_document .outcome pre").wait_for()
    assert page.locator("#show_document .outcome p").inner_text().startswith("200")
    assert page.evaluate("window.violations") == []


def test_what_needs_a_script_is_not_shown_without_one(page: "Page", site: str, scripted: bool) -> None:
    page.goto(f"{site}/docs")
    assert page.locator("#ask form").is_visible() is scripted
    assert page.locator("#show_document form").is_visible() is scripted
    assert page.locator("#show_document .unscripted a").count() == (not scripted)
    assert page.locator("#ask .code summary").first.is_visible()
