"""Messy questions on a phone's screen of 390 x 780: the main thing is on it, there is a way on, and a list
begins on it.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from browsing import ask, chromium, opened
from states import sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 390, 780
# Asked as a daughter, a journalist, a board secretary and a commissioner would, of which corpus.
QUESTIONS = {
    "many": [
        "my mum needs a care home in ludlow which r good",
        "is Care Home 007 ok",
        "homes near ludlow safe for mum",
        "who runs Care Home 008",
        "has rose cottage ludlow got better or worse",
        "whats the worst care home in telford",
        "can i visit my dad at any time",
        "how many beds does Care Home 007 have",
        "nursing homes Oswestry rated inadequate",
        "are there any homes run by Bupa",
        "rose cottage",
        "is it safe",
        "dentist near me taking nhs patients",
        "which council has the worst care homes",
        "percentage of homes rated good by town",
        "Oak Care 3 homes rating breakdown",
        "top 10 providers with most inadequate homes",
        "inadequate homes ludlow vs telford",
        "care homes between 5 and 10 miles of Ludlow",
        "is the nearest care home to Ludlow good?",
        "how far is Care Home 007 from Ludlow",
        "which homes went from good to inadequate",
        "rating by council and provider",
        "how many by town and rating",
        "list all inadequate homes in telford",
        "what share of Shropshire homes requires improvement or worse",
        "biggest provider",
        "outstanding for well led but not safe",
        "did they get worse since 2019",
        "Wibblestone Manor",
        "what does requires improvement mean",
        "im scared what they do to mum",
    ],
    "shipped": [
        "how are we doing compared with others - oxleas",
        "which trusts improved on well led",
        "what did the trusts that improved have in common",
        "give me lessons on governance for the board",
        "when was oxleas last inspected",
        "who is outstanding",
        "waiting times",
        "what does well led mean",
        "are we safe? oxleas",
        "did staff engagement matter",
        "summary pls",
        "why did Northumberland go down",
        "leeds and york",
        "Which trust is best",
        "lincolnshire partnership before and after",
        "what should our board do first",
        "mersey care??",
        "how many trusts good",
    ],
}
# Where the answer begins and its first sentence or point ends, where the bar begins, and how many ways on
# there are.
PLACES = """() => {
  const turn = Array.from(document.querySelectorAll("article.turn")).at(-1), bar = document.getElementById("bar").getBoundingClientRect();
  const main = turn.querySelector(".sentence, .contacts").getBoundingClientRect();
  const begun = turn.querySelector(".points li, .contacts li.now") || turn.querySelector(".sentence");
  return {
    top: main.top,
    bottom: Math.max(main.bottom, begun.getBoundingClientRect().bottom),
    bar: bar.top,
    ways: turn.querySelectorAll(".next .pill, .example, .contacts a").length,
    size: turn.querySelector(".sentence")?.textContent.length ?? 0,
  };
}"""
LONGEST = 250  # characters in the largest type; a quoted sentence is not cut


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
    page = opened(browser, addresses["shipped"], width=WIDTH, height=HEIGHT)
    yield page
    page.context.close()


def fits(told: Mapping[str, Any]) -> bool:
    return bool(
        told["top"] >= 0 and told["bottom"] <= told["bar"] and told["ways"] and told["size"] <= LONGEST
    )


ASKED = [(corpus, question) for corpus, asked in QUESTIONS.items() for question in asked]


@pytest.mark.parametrize(("corpus", "question"), ASKED, ids=[question for _, question in ASKED])
def test_the_main_thing_of_an_answer_is_on_the_first_screen_with_a_way_on(
    page: "Page", addresses: Mapping[str, str], corpus: str, question: str
) -> None:
    page.goto(addresses[corpus] + "/healthz")
    page.evaluate("sessionStorage.clear()")
    page.goto(addresses[corpus])
    ask(page, question)
    told = page.evaluate(PLACES)
    assert fits(told), told


@pytest.mark.parametrize(
    "question", ["whats the worst care home in telford", "how many beds does Care Home 007 have"]
)
def test_it_is_there_without_a_script_too(
    browser: "Browser", addresses: Mapping[str, str], question: str
) -> None:
    page = opened(browser, addresses["many"], scripted=False, width=WIDTH, height=HEIGHT)
    ask(page, question)
    told = page.evaluate(PLACES)
    page.context.close()
    assert fits(told), told


@pytest.mark.parametrize(
    "path",
    ["/list?q=care+homes+near+Ludlow", "/list?q=care+homes&rating=Good", "/providers/oak-care-3-limited"],
)
@pytest.mark.parametrize("scripted", [True, False], ids=["with a script", "without"])
def test_a_list_begins_on_the_first_screen_and_its_filters_unfold(
    browser: "Browser", addresses: Mapping[str, str], path: str, scripted: bool
) -> None:
    page = opened(browser, addresses["many"] + path, scripted=scripted, width=WIDTH, height=HEIGHT)
    first = page.locator("table.facts tbody th").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] <= HEIGHT - 72
    assert not page.locator(".facets dl").is_visible()
    page.get_by_text("Filter this list").click()
    assert page.locator(".facets dl").is_visible()
    page.context.close()
    page = opened(browser, addresses["many"] + path, scripted=scripted)
    groups = page.locator(".facets dl > div")
    assert [group.is_visible() for group in groups.all()][:3] == [True, True, False][: groups.count()]
    if groups.count() > 2:
        page.get_by_text("All filters").click()
    assert all(group.is_visible() for group in groups.all())
    page.context.close()
