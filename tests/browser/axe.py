"""axe-core, which .ci/run fetches; AXE_CORE names its file where it stands elsewhere."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FILE = Path(os.environ.get("AXE_CORE") or Path(__file__).parents[2] / ".axe-core" / "axe.min.js")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: Mapping[str, Any] = {"runOnly": _TAGS}
COLOURS: Mapping[str, Any] = {
    "runOnly": ["color-contrast", "link-in-text-block"]
}  # what the scheme matters to
SIZES: Mapping[str, Any] = {
    "runOnly": ["target-size", "scrollable-region-focusable"]
}  # what a width matters to
_RUN = """(rules) => axe.run(document, { ...rules, resultTypes: ["violations", "incomplete"] }).then((found) => [
  ...found.violations.map((one) => ["violation", one.id, one.nodes.map((node) => node.target.join(" "))]),
  ...found.incomplete.map((one) => ["incomplete", one.id, one.nodes.map((node) => node.target.join(" "))]),
])"""


def script() -> str:
    """The script of axe-core; where it is missing, the test is skipped and says how to fetch it."""
    if not _FILE.is_file():
        pytest.skip("axe-core is not here: .ci/run fetches it with npm")
    return _FILE.read_text(encoding="utf-8")


def found(page: "Page", rules: Mapping[str, Any] = ALL) -> Any:
    """What axe-core objects to or can't judge, seen from the end of the page: only there the bar lies over no
    other text. ``COLOURS`` are enough for a page that was judged in other colours before, and ``SIZES`` for one
    whose lines only break elsewhere.
    """
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    return page.evaluate(_RUN, rules)
