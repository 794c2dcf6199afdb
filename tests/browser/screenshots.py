"""Writes a picture of every page and state at both widths, in both schemes: ``make screenshots`` or
``screenshots.py FOLDER STATE ...``, without states of all.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import chromium, opened
from states import HEIGHT, SCHEMES, STATES, State, show, sites

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDTHS = (390, 1280)
# What is fixed to an edge of the screen is painted a frame after the screen was made higher.
PAINTED = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def take(page: "Page", state: State, folder: Path) -> None:
    """Write a state at each width in each scheme.

    Where the screen is as high as the page, the bar covers nothing.
    """
    for width, scheme in product(WIDTHS, SCHEMES):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.set_viewport_size(
            {"width": width, "height": state.screen or page.evaluate("document.documentElement.scrollHeight")}
        )
        page.evaluate("window.scrollTo(0, 0)")
        page.evaluate(PAINTED)
        page.screenshot(path=folder / f"{state.name}-{width}-{scheme}.png")


def main(folder: Path = FOLDER, *wanted: str) -> None:
    """Take them all, or those of the states that are ``wanted``."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpora, chromium() as browser, sites(Path(corpora)) as addresses:
        page = opened(browser, addresses["shipped"])
        for state in STATES:
            if wanted and state.name not in wanted:
                continue
            page.set_viewport_size({"width": 1280, "height": HEIGHT})
            show(page, addresses, state)
            page.evaluate("document.activeElement.blur()")
            page.mouse.move(0, 0)
            take(page, state, folder)
            page.emulate_media(media="print", color_scheme="light")
            page.set_viewport_size({"width": 794, "height": 1123})
            page.screenshot(path=folder / f"{state.name}-print.png", full_page=True)
            page.emulate_media(media="screen")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, *sys.argv[2:])
