"""The chat page in a real browser: the same stories with JavaScript and without it, by keyboard, and under
the page's own policy.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import BOX, application, ask, chromium, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a running server."""
    with served(application()) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: "Browser", site: str) -> Iterator["Page"]:
    page = opened(browser, site, scripted=request.param)
    yield page
    page.context.close()


@pytest.fixture
def scripted(browser: "Browser", site: str) -> Iterator["Page"]:
    page = opened(browser, site)
    yield page
    page.context.close()


def test_a_reader_looks_up_a_rating_and_follows_up(page: "Page") -> None:
    ask(page, "Which trust became outstanding?")
    first = page.locator("#turn-1")
    assert "Calderstones" in first.locator(".sentence").inner_text()
    assert first.get_by_role("cell").all_inner_texts() == [
        "Good",
        "Outstanding",
        "15\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2018",
    ]
    ask(page, "And what was it rated before?")
    assert page.locator("article.turn h2").all_inner_texts() == [
        "Which trust became outstanding?",
        "And what was it rated before?",
    ]
    assert "Good" in page.locator("#turn-2 .sentence").inner_text()
    page.get_by_role("link", name="New conversation").click()
    page.get_by_role("heading", level=1, name="Ask about").wait_for()
    assert page.locator("article.turn").count() == 0


def test_an_arrow_leads_from_before_to_now_only_where_they_stand_in_a_row_of_their_own(page: "Page") -> None:
    ask(page, "Which trust became outstanding?")
    arrow = "getComputedStyle(document.querySelector('td.now'), '::before').content"
    for width, shown in ((390, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 900})
        assert ("→" in page.evaluate(arrow)) is shown


def test_a_reader_reads_what_the_report_says_and_how_it_was_found(page: "Page") -> None:
    ask(page, "Why did these trusts improve?")
    turn = page.locator("#turn-1")
    assert turn.locator(".points mark").first.is_visible()
    assert not turn.locator(".quotes").first.is_visible()
    turn.get_by_role("link", name="in passage").first.click()
    assert turn.locator(".quotes mark").first.is_visible()
    assert (
        "Published 15\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2018"
        in turn.locator(".quotes .source").first.inner_text()
    )
    turn.get_by_text("How this answer was found").click()
    assert turn.get_by_text("Confidence").is_visible()
    turn.get_by_text("Keep or share this answer").click()
    turn.get_by_role("link", name="Link to this answer").click()
    page.wait_for_url("**/?q=*")
    assert page.locator("article.turn").count() == 1


def test_a_reader_whose_question_has_no_answer_takes_an_offered_one(page: "Page") -> None:
    ask(page, "How long do patients wait?")
    turn = page.locator("#turn-1")
    assert turn.get_by_role("heading").all_inner_texts()[1:] == [
        "Closest passage",
        "Questions the reports can answer",
    ]
    offered = turn.locator("button.pill").first
    question = offered.inner_text()
    offered.click()
    page.locator("#turn-2").wait_for()
    assert page.locator("#turn-2 h2").inner_text() == question


def test_an_empty_question_is_told_at_the_box(page: "Page") -> None:
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator("#question-error").wait_for()
    box = page.get_by_label(BOX)
    assert page.title().startswith("Error: ")
    assert box.get_attribute("aria-invalid") == "true"
    assert page.locator("#question:focus").count() == 1
    ask(page, "What is Oxleas rated?")
    assert not page.title().startswith("Error: ")


def test_an_answer_comes_without_a_reload_and_takes_the_focus(scripted: "Page") -> None:
    scripted.evaluate("window.kept = true")
    ask(scripted, "What is Oxleas rated?")
    scripted.locator("#turn-1 .found summary").click()
    ask(scripted, "And Sheffield?")
    assert scripted.evaluate("window.kept")
    assert scripted.locator("#turn-1 details.found").get_attribute("open") is not None
    assert scripted.locator("#turn-2 h2:focus").count() == 1
    assert scripted.locator("#status").inner_text().startswith("Answer ready: 1 rating, ")
    assert scripted.locator(".jump [aria-current]").inner_text() == "And Sheffield?"
    assert scripted.title().startswith("And Sheffield?")
    assert "Sheffield" not in scripted.url


def test_enter_sends_and_shift_enter_breaks_the_line(scripted: "Page") -> None:
    scripted.get_by_label(BOX).focus()
    scripted.keyboard.type("What is")
    scripted.keyboard.press("Shift+Enter")
    scripted.keyboard.type("Oxleas rated?")
    scripted.keyboard.press("Enter")
    scripted.locator("#turn-1").wait_for()
    assert scripted.locator("#turn-1 h2").inner_text() == "What is\nOxleas rated?"


def test_a_lost_connection_keeps_the_conversation_and_the_question(scripted: "Page") -> None:
    ask(scripted, "What is Oxleas rated?")
    scripted.context.set_offline(True)
    scripted.get_by_label(BOX).fill("And Sheffield?")
    scripted.get_by_role("button", name="Ask", exact=True).click()
    scripted.get_by_text("The answer did not arrive").first.wait_for()
    assert scripted.locator("article.turn").count() == 1
    assert scripted.get_by_label(BOX).input_value() == "And Sheffield?"
    scripted.context.set_offline(False)
    scripted.get_by_role("button", name="Ask", exact=True).click()
    scripted.locator("#turn-2").wait_for()


def test_who_asks_too_often_is_told_so_and_not_that_the_connection_is_lost(browser: "Browser") -> None:
    with served(application(rate_limit="3/hour")) as address:
        page = opened(browser, address)
        for number in (1, 2, 3):
            page.get_by_label(BOX).fill("hello")
            page.get_by_role("button", name="Ask", exact=True).click()
            page.locator(f"#turn-{number}, #unreached:visible").first.wait_for()
            if page.locator("#unreached").is_visible():
                break
        assert (
            page.locator("#unreached").inner_text()
            == "Too many questions came from here. Wait a minute, then ask again."
        )
        assert page.get_by_label(BOX).input_value() == "hello"
        page.context.close()


def test_beyond_twenty_questions_the_oldest_turn_leaves_the_page(scripted: "Page") -> None:
    for number in range(1, 23):
        ask_nth(scripted, f"hello {number}", number)
    assert scripted.locator("article.turn h2").all_inner_texts() == [
        f"hello {number}" for number in range(3, 23)
    ]


def ask_nth(page: "Page", question: str, number: int) -> None:
    page.get_by_label(BOX).fill(question)
    page.keyboard.press("Enter")
    page.locator(f"#turn-{number}").wait_for()


def test_the_page_keeps_to_its_policy_and_the_policy_holds(scripted: "Page") -> None:
    ask(scripted, "<script>alert(1)</script>")
    ask(scripted, "Why did these trusts improve?")
    assert scripted.evaluate("window.violations") == []
    assert scripted.context.cookies() == []
    refused = (
        "try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); 'allowed' } catch (error) { "
        "error.name }"
    )
    assert scripted.evaluate(refused) == "TypeError"
