"""A conversation that stays, what shows while it works, and names as they are typed, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import BOX, application, ask, chromium, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ROWS = (
    "Oak House,Good,2020-01-02,Ludlow\nOak Lodge,Inadequate,2020-01-02,Leeds\nElm "
    "House,Good,2020-01-02,Ludlow\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small directory."""
    folder: Path = tmp_path_factory.mktemp("directory")
    (folder / "ratings.csv").write_text(f"Name,Overall,Published,Town\n{ROWS}", encoding="utf-8")
    with served(application(folder)) as address:
        yield address


@pytest.fixture
def page(browser: "Browser", site: str) -> Iterator["Page"]:
    page = opened(browser, site)
    yield page
    page.context.close()


def questions(page: "Page") -> list[str]:
    return page.locator("main article h2").all_inner_texts()


def counted(page: "Page") -> list[str]:
    """The requests that a page makes from here on, by method and path."""
    found: list[str] = []
    page.on(
        "request",
        lambda request: found.append(
            f"{request.method} {request.url.partition('/static')[0].rpartition('/')[2]}"
        ),
    )
    return found


def test_reload_back_and_forward_bring_the_conversation_back_without_asking_again(page: "Page") -> None:
    ask(page, "What is Oak House rated?")
    page.locator("#turn-1 .found summary").click()
    ask(page, "And Oak Lodge?")
    requests = counted(page)
    page.reload()
    page.locator("#turn-2").wait_for()
    assert questions(page) == ["What is Oak House rated?", "And Oak Lodge?"]
    assert page.locator("#turn-1 details.found").get_attribute("open") is not None
    page.go_back()
    page.locator("#turn-1:last-child").wait_for()
    assert questions(page) == ["What is Oak House rated?"]
    page.go_back()
    page.get_by_role("heading", level=1, name="Ask about").wait_for()
    assert questions(page) == []
    page.go_forward()
    page.go_forward()
    page.locator("#turn-2").wait_for()
    assert not [one for one in requests if one.startswith("POST")]
    ask(page, "And Elm House?")
    assert len(questions(page)) == 3
    assert page.evaluate("[location.search, location.hash]") == ["", ""]


def test_back_from_a_subjects_page_shows_the_conversation(page: "Page") -> None:
    ask(page, "What is Oak House rated?")
    page.locator("#turn-1 .facts a.door").click()
    page.get_by_role("heading", level=1, name="Oak House").wait_for()
    ask(page, "And Oak Lodge?")
    page.go_back()
    page.get_by_role("heading", level=1, name="Oak House").wait_for()
    page.go_back()
    page.locator("#turn-1").wait_for()
    assert questions(page) == ["What is Oak House rated?"]


def test_what_somebody_in_danger_was_told_is_not_kept(page: "Page") -> None:
    ask(page, "What is Oak House rated?")
    ask(page, "I want to kill myself")
    assert "116 123" in page.locator("#turn-2").inner_text()
    page.reload()
    page.locator("#turn-1").wait_for()
    assert page.locator("#turn-2").count() == 0
    assert page.evaluate("Object.values(sessionStorage).some((text) => text.includes('kill'))") is False


@contextmanager
def held(page: "Page") -> Iterator[list["Route"]]:
    """Hold back what the page sends."""
    waiting: list[Route] = []
    page.route(
        "**/*", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    yield waiting
    page.unroute("**/*")


def test_the_question_is_echoed_at_once_and_cancel_gives_it_back(page: "Page") -> None:
    with held(page):
        page.get_by_label(BOX).fill("What is Oak House rated?")
        page.keyboard.press("Enter")
        page.get_by_text("Searching …").wait_for()
        assert questions(page) == ["What is Oak House rated?"]
        page.get_by_role("button", name="Cancel").click()
        page.locator(".pending").wait_for(state="detached")
    assert page.get_by_label(BOX).input_value() == "What is Oak House rated?"
    assert page.locator("#question:focus").count() == 1
    page.keyboard.press("Enter")
    page.locator("#turn-1").wait_for()


def test_the_answer_takes_the_place_of_the_echo(page: "Page") -> None:
    ask(page, "What is Oak House rated?")
    with held(page) as waiting:
        page.get_by_label(BOX).fill("And Elm House?")
        page.keyboard.press("Enter")
        page.get_by_text("Searching …").wait_for()
        for route in waiting:
            route.continue_()
        page.locator("#turn-2").wait_for()
    page.locator("#turn-2").wait_for()
    assert page.locator(".pending").count() == 0
    assert page.evaluate("window.violations") == []


def test_names_complete_as_one_types_by_keyboard(page: "Page") -> None:
    page.get_by_label(BOX).focus()
    page.keyboard.type("What is Oak")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert [text.split(" ")[1] for text in options.all_inner_texts()] == ["House", "Lodge"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label(BOX).get_attribute("aria-activedescendant") == "name-1"
    page.keyboard.press("Enter")
    assert page.get_by_label(BOX).input_value() == "What is Oak Lodge"
    assert options.count() == 0
    page.keyboard.type(" rated?")
    page.keyboard.press("Enter")
    page.locator("#turn-1").wait_for()
    assert "Inadequate" in page.locator("#turn-1 .sentence").inner_text()


def test_escape_closes_the_names_and_enter_then_sends(page: "Page") -> None:
    page.get_by_label(BOX).focus()
    page.keyboard.type("Oak")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    page.keyboard.type(" House")
    page.keyboard.press("Enter")
    page.locator("#turn-1").wait_for()
