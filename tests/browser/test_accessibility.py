"""Every page and state: no violation that axe-core knows, nothing wider than the screen, nothing covered,
nothing that moves.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import axe
import pytest
from browsing import BOX, ask, chromium, opened, unfolded
from states import HEIGHT, SCHEMES, STATES, WIDTHS, Scheme, State, show, sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# WCAG 2.2, success criterion 1.4.12. A sheet made by script is no inline style, so the page's policy lets it
# in.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
# Text that an element cuts off, though it is not hidden on purpose.
CUT = """() => Array.from(document.querySelectorAll("main *, header *, footer *, .bar *"))
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, thead, pre, svg, textarea, input, .words, .bar label, .bar .hint")
    && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 80))"""
# Whether the focused element lies under the bar: its lower edge below the bar's upper edge, though it is no
# part of the bar.
COVERED = """() => {
  const focused = document.activeElement, bar = document.getElementById("bar");
  if (focused === document.body || bar.contains(focused)) return false;
  return focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top && getComputedStyle(bar).position === "sticky";
}"""
FOCUSED = (
    "[document.activeElement.tagName, document.activeElement.className, "
    "document.activeElement.textContent.trim().slice(0, 40)].join(' ')"
)
# At which width and in which scheme axe-core looks for what: between 320 and 640 pixels only lines break
# elsewhere.
NARROW, PHONE, WIDE = WIDTHS
LIGHT, DARK = SCHEMES
LOOKS: Sequence[tuple[int, Scheme, Mapping[str, Any]]] = (
    (NARROW, LIGHT, axe.ALL),
    (PHONE, LIGHT, axe.SIZES),
    (NARROW, DARK, axe.COLOURS),
    (WIDE, DARK, axe.COLOURS),
    (WIDE, LIGHT, axe.ALL),
)
SLOW = 0.7  # seconds: what moves later than half a second after a press counts as moved by itself
MOST = 100 * 1024  # bytes of a page with all it loads


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with sites(tmp_path_factory.mktemp("corpora")) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: "Browser", addresses: Mapping[str, str]) -> Iterator["Page"]:
    """One page for all states: each begins with an address of its own."""
    page = opened(browser, addresses["shipped"])
    yield page
    page.context.close()


def each(state: State) -> str:
    return state.name


@pytest.fixture(scope="module", params=STATES, ids=each)
def shown(page: "Page", addresses: Mapping[str, str], request: pytest.FixtureRequest) -> "Page":
    """The page in a state, to which it is brought once for all tests of it."""
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    show(page, addresses, request.param)
    return page


def test_axe_finds_nothing_at_any_width_in_any_scheme(shown: "Page") -> None:
    page = shown
    page.evaluate(axe.script())
    for width, scheme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        assert (width, scheme, axe.found(page, rules)) == (width, scheme, [])
    page.emulate_media(color_scheme="light", forced_colors="active")
    assert axe.found(page, axe.COLOURS) == []
    page.emulate_media(forced_colors="none")
    assert page.evaluate("window.violations") == []


def test_nothing_scrolls_sideways_nor_is_cut_off(shown: "Page") -> None:
    page = shown
    unfolded(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert (width, page.evaluate(FITS), page.evaluate(CUT)) == (width, True, [])
    page.evaluate(SPACED)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert (width, page.evaluate(FITS), page.evaluate(CUT)) == (width, True, [])


def test_a_word_of_two_thousand_characters_scrolls_nothing_sideways(
    page: "Page", addresses: Mapping[str, str]
) -> None:
    show(page, addresses, State("endless", asked=("x" * 2_000,), unfold=True))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(FITS)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})


@pytest.mark.parametrize("state", STATES, ids=each)
def test_a_state_is_light_keeps_to_the_policy_and_moves_nothing(
    browser: "Browser", addresses: Mapping[str, str], state: State
) -> None:
    page = opened(browser, "about:blank")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[float] = []
    completing: set[str] = set()  # requests for names while one types, which may come late

    def sent(event: Mapping[str, Any]) -> None:
        if "/subjects?" in event["request"]["url"]:
            completing.add(event["requestId"])

    def finished(event: Mapping[str, Any]) -> None:
        if event["requestId"] not in completing:
            sizes.append(event["encodedDataLength"])

    devtools.on("Network.requestWillBeSent", sent)
    devtools.on("Network.loadingFinished", finished)
    page.goto(addresses[state.corpus] + state.path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") == []
    for question in state.asked:
        before = len(sizes)
        ask(page, question)
        page.wait_for_load_state("networkidle")
        assert len(sizes) == before + 1
    assert 0 < sum(sizes) < MOST
    assert page.evaluate("window.violations") == []
    assert page.evaluate("window.shifts") == []
    page.context.close()


def late(route: "Route") -> None:
    """Let a question through, but not at once."""
    time.sleep(SLOW)
    route.continue_()


def moved_late(page: "Page", address: str) -> list[float]:
    """What moved on a page whose answers are long in coming."""
    page.goto(address)
    page.route("**/", late)
    for question in ("Which trusts improved?", "And Oxleas?"):
        ask(page, question)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    shifts: list[float] = page.evaluate("window.shifts")
    page.unroute("**/")
    return shifts


@pytest.mark.parametrize("width", [390, 1280])
def test_an_answer_that_is_long_in_coming_moves_nothing(
    browser: "Browser", addresses: Mapping[str, str], width: int
) -> None:
    page = opened(browser, "about:blank", width=width)
    tries = (moved_late(page, addresses["shipped"]) for _ in range(3))  # a busy machine draws late itself
    assert any(shifts == [] for shifts in tries)
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 480)])
def test_what_has_the_focus_is_never_covered(
    browser: "Browser", addresses: Mapping[str, str], width: int, height: int
) -> None:
    page = opened(browser, addresses["shipped"], width=width, height=height)
    ask(page, "Which trusts improved?")
    unfolded(page)
    reached = set()
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        page.keyboard.press(key)
        assert (page.evaluate(COVERED), page.evaluate(FOCUSED)) == (False, page.evaluate(FOCUSED))
        reached.add(page.evaluate("document.activeElement.className"))
    assert {"pill", "primary"} <= reached
    page.context.close()


def tab_to(page: "Page", selector: str) -> None:
    """Press Tab until what ``selector`` finds has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} can't be reached by Tab")


def test_a_whole_conversation_needs_the_keyboard_only(
    browser: "Browser", addresses: Mapping[str, str]
) -> None:
    page = opened(browser, addresses["shipped"])
    tab_to(page, ".skip[href='#question']")
    page.keyboard.press("Enter")
    assert page.locator("#question:focus").count() == 1
    page.keyboard.type("Why did these trusts improve?")
    page.keyboard.press("Enter")
    page.locator("#turn-1 h2:focus").wait_for()
    tab_to(page, "#turn-1 .found summary")
    page.keyboard.press("Space")
    assert page.locator("#turn-1 .found[open]").count() == 1
    tab_to(page, "#turn-1 .pill")
    page.keyboard.press("Enter")
    page.locator("#turn-2 h2:focus").wait_for()
    assert page.get_by_label(BOX).input_value() == ""
    page.context.close()
