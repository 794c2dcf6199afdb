"""Every page and state that a reader can meet: which corpus serves it, where it stands, and what is asked
there.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from browsing import application, ask, served, unfolded

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 390, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
HEIGHT = 900

TOWNS = {
    "Ludlow": "Shropshire",
    "Telford": "Telford and Wrekin",
    "Oswestry": "Shropshire",
    "Bridgnorth": "Shropshire",
}
REPORT = """---
title: How seven trusts improved
published: 2018-03-15
---

# How seven trusts improved

All seven trusts were rated requires improvement when inspectors first came. Their leaders listened to staff.
"""
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "Good", "Not rated", "Good")
HEADER = (
    "Location ID,Location Name,Location Primary Inspection Category,Domain,Latest Rating,"
    "Publication Date,Location City,Location Local Authority,Provider Name,Latitude,Longitude"
)


@dataclass(frozen=True)
class State:
    """One state: ``asked`` one after the other from ``path``; ``empty`` then sends an
    empty question; ``unfold`` opens what is folded; ``pressed`` names a button.

    ``screen`` is the height of its picture, 0 for that of the whole page.
    """

    name: str
    path: str = "/"
    asked: tuple[str, ...] = ()
    corpus: str = "shipped"
    empty: bool = False
    unfold: bool = False
    pressed: str = ""
    screen: int = 0


STATES = (
    State("start"),
    State("conversation", asked=("Which trusts improved from requires improvement to good?",), screen=1360),
    State(
        "follow-up",
        asked=(
            "Which trusts improved from requires improvement to good?",
            "How long do patients wait at Oxleas?",
        ),
    ),
    State("passages", asked=("Why did these trusts improve?",), unfold=True),
    State("parts", asked=("Why did the trusts improve? And what about governance?",)),
    State("conflict", corpus="conflict", asked=("Did all seven trusts start at requires improvement?",)),
    State("corrected", asked=("What is Oxlees rated?",), unfold=True),
    State("taken-as-typed", asked=('What is "Oxlees" rated?',), unfold=True),
    State("not-found", asked=("How long do patients wait?",)),
    State("small-talk", asked=("hello",)),
    State("signposted", asked=("I want to kill myself",)),
    State("error", empty=True),
    State("error-in-conversation", asked=("What is Oxleas rated?",), empty=True),
    State("ambiguous", corpus="many", asked=("What is Rose Cottage rated?",)),
    State(
        "left-out", corpus="many", asked=("How many places in Ludlow are rated Good for Safe on tuesdays?",)
    ),
    State(
        "reading",
        corpus="many",
        asked=("top 2 towns for good places outstanding for safe in 2024 outside Telford",),
    ),
    State(
        "changed",
        corpus="many",
        asked=("How many places in Ludlow are rated Good?",),
        pressed="Remove: Good",
    ),
    State(
        "two-readings",
        corpus="many",
        asked=("How many places in Ludlow are rated Good and how many are Inadequate?",),
    ),
    State("long", corpus="many", asked=("Which places are rated Good?",)),
    State("chart", corpus="many", asked=("How many services by rating in Ludlow?",), unfold=True),
    State("multiples", corpus="many", asked=("How many places by council and rating?",), screen=1400),
    State("multiples-of-bars", corpus="many", asked=("How many places by town and provider?",), screen=1400),
    State("unanswered", corpus="many", asked=("How many beds does Care Home 007 have?",)),
    State("how-far", corpus="many", asked=("How far is Care Home 007 from Ludlow?",)),
    State("start-directory", corpus="many"),
    State("subject", "/subjects/1-901", corpus="many", unfold=True),
    State("subject-questions", "/subjects/1-007", corpus="many"),
    State("subject-trust", "/subjects/oxleas-nhs-foundation-trust"),
    State("provider", "/providers/oak-care-3-limited", corpus="many"),
    State("place", "/places/ludlow", corpus="many"),
    State("list", "/list?q=Show+all+care+homes+in+Ludlow", corpus="many", unfold=True, screen=1400),
    State(
        "list-filtered", "/list?q=Show+all+care+homes&rating=Good&town=Ludlow&sort=-published", corpus="many"
    ),
    State("near", corpus="many", asked=("care homes near Ludlow",), screen=1400),
    State("nearest", corpus="many", asked=("nearest 3 good care homes to Ludlow",)),
    State("near-nowhere", asked=("trusts near me",)),
    State("list-near", "/list?q=care+homes+near+Ludlow", corpus="many", screen=1400),
    State("empty", corpus="empty"),
    State("about", "/about"),
    State("about-directory", "/about", corpus="many"),
    State("accessibility", "/accessibility"),
    State("privacy", "/privacy"),
    State("glossary", "/glossary#word-good"),
    State("missing", "/nowhere"),
    State("reference", "/docs", corpus="many", screen=3000),
    State("opinion", corpus="opinions", asked=("What is Oxleas rated?",), unfold=True),
    State("opinion-kept", corpus="opinions", asked=("What is Oxleas rated?",), pressed="Yes, this was right"),
    State("privacy-opinions", "/privacy", corpus="opinions"),
    State("embed", "/embed"),
    State("embed-conversation", "/embed", asked=("What is Oxleas rated?", "Why did these trusts improve?")),
)


def rows() -> Iterator[str]:
    """The rows of a small directory: 150 care homes with three ratings each, and two of one name."""
    yield HEADER
    places = list(TOWNS.items())
    for number in range(150):
        town, council = places[number % len(places)]
        owner = f"Oak Care {number % 7} Limited,{52 + number / 400:.4f},{-2.5 - number % 13 / 30:.4f}"
        day = f"2024-0{number % 9 + 1}-15"
        for aspect, step in (("Overall", 0), ("Safe", 1), ("Well-led", 2)):
            rating = RATINGS[(number + step) % len(RATINGS)]
            yield (
                f"1-{number:03},Care Home {number:03},Residential social "
                f"care,{aspect},{rating},{day},{town},{council},{owner}"
            )
    for number, place in ((901, "Ludlow"), (902, "Telford")):
        yield (
            f"1-{number},Rose Cottage,Residential social "
            f"care,Overall,Good,2024-03-02,{place},{TOWNS[place]},Rose Limited,52.5,-2.7"
        )
    for year, rating in ((2016, "Good"), (2019, "Inadequate"), (2022, "Requires improvement")):
        yield (
            "1-901,Rose Cottage,Residential social "
            f"care,Overall,{rating},{year}-05-06,Ludlow,Shropshire,Rose Limited,52.5,-2.7"
        )


def trusts() -> Iterator[str]:
    """Seven trusts, of which the report beside them says what is true of six."""
    yield "Trust,Rating before,Rating,Published"
    for name in ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse"):
        before = "Good" if name == "Alder" else "Requires improvement"
        yield f"{name} NHS Foundation Trust,{before},Good,2018-03-15"


def write_corpora(folder: Path) -> dict[str, Path | None]:
    """Name of a corpus → its folder; ``None`` is the corpus that comes with Askwell."""
    for name, lines in (("many", rows()), ("empty", iter(["Name,Overall,Published"]))):
        (folder / name).mkdir()
        (folder / name / "ratings.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "conflict").mkdir()
    (folder / "conflict" / "ratings.csv").write_text("\n".join(trusts()) + "\n", encoding="utf-8")
    (folder / "conflict" / "report.md").write_text(REPORT, encoding="utf-8")
    return {"shipped": None, **{name: folder / name for name in ("many", "empty", "conflict")}}


@contextmanager
def sites(folder: Path) -> Iterator[Mapping[str, str]]:
    """Name of a corpus → the address at which it is served."""

    with ExitStack() as stack:
        apps = {name: application(corpus) for name, corpus in write_corpora(folder).items()}
        apps["opinions"] = application(feedback=folder / "opinions.sqlite")
        yield {name: stack.enter_context(served(app)) for name, app in apps.items()}


def show(page: "Page", addresses: Mapping[str, str], state: State) -> None:
    """Bring ``page`` to a state."""
    page.goto(addresses[state.corpus] + "/healthz")  # where no script keeps what is cleared
    page.evaluate("sessionStorage.clear()")  # the conversation of a state before
    page.goto(addresses[state.corpus] + state.path)
    for question in state.asked:
        ask(page, question)
    if state.empty:
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator("#question-error").wait_for()
    if state.pressed:
        page.get_by_role("button", name=state.pressed).click()
        page.locator(".reply, #turn-2").first.wait_for()
    if state.unfold:
        unfolded(page)
