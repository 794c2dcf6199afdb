"""The documents of the repository, and how tests find their parts."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CORPUS, SETTINGS_PAGE, DESIGN, CONTRACT, RANKING = (
    ROOT / "docs" / f"{name}.md" for name in ("corpus", "settings", "design", "contract", "ranking")
)
TUTORIAL = ROOT / "docs" / "tutorial.md"
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_NAMED = re.compile(r"`([\w/]+\.\w+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    """Every code block of a page: its language and its text."""
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def named_files(page: Path) -> dict[str, str]:
    """The files that a page has its reader write: the name that ends the line above a block → the block."""
    return dict(_NAMED.findall(page.read_text(encoding="utf-8")))


def section(page: Path, heading: str) -> str:
    """The part of a page under a heading, to the next of its level or a higher one."""
    found = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)",
        page.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"{page.name} has no heading {heading!r}"
    return found[2]


def rows(page: Path, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its own heading."""
    lines = (
        next(part for part in section(page, heading).split("\n\n") if part.lstrip().startswith("|"))
        .strip()
        .splitlines()
    )
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def code(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)
