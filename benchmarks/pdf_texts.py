"""Makes Markdown texts of the tagged PDF reports that questions are asked about, for benchmarks only.

    pip install pypdfium2
    python benchmarks/pdf_texts.py FOLDER [../shared/data/pdf]

The texts are not stored in this repository: `benchmarks/data/questions.jsonl` refers to them by places that
count letters and digits only, so any other way of extracting the same words in the same order serves as well.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf"
SHORT = 0.75  # of the longest lines' length: a shorter line ends its paragraph
HEADING = 16  # words at most
EDGE = 3  # lines at the top and bottom of a page where running heads stand

_BEGINS = re.compile(r"(?:\d{1,3}\.|[•▪◼-])\s")
_BULLET = re.compile(r"^[•▪◼-]\s+")


def markdown(pages: Sequence[str]) -> str:
    """The text of a report with its headings and lists marked, running heads and page numbers left out."""
    lines = list(_lines(pages))
    lengths = sorted(map(len, lines))
    full = lengths[int(0.9 * len(lengths))] if lengths else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        goes_on = (
            before and not _BEGINS.match(line) and not (len(before) < SHORT * full and _ends(before, line))
        )
        if goes_on and paragraphs:
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
        before = line
    if not paragraphs:
        return ""
    told = [_is_heading(one) for one in paragraphs]
    marked = [
        _marked(one, here and not after)
        for one, here, after in zip(paragraphs[1:], told[1:], [*told[2:], True], strict=True)
    ]
    return "\n\n".join([f"# {paragraphs[0]}", *marked]) + "\n"


def _ends(before: str, line: str) -> bool:
    return before[-1] in ".:?!" or line[0].isupper()


def _marked(paragraph: str, heading: bool) -> str:
    """Of short lines that follow one another only the last is a heading; the others are particulars of the
    report.
    """
    return f"## {paragraph}" if heading else re.sub(r"^(\d+)\.", r"\1\\.", _BULLET.sub("- ", paragraph))


def _is_heading(paragraph: str) -> bool:
    short = len(paragraph.split()) <= HEADING and paragraph[-1] not in ".,;:" and paragraph[0].isupper()
    return short and not re.search(r"@|: [A-Z0-9]|\d$", paragraph)


def _lines(pages: Sequence[str]) -> Iterator[str]:
    split = [
        [re.sub(r"\s+", " ", line.replace("￾", "-")).strip() for line in page.splitlines()] for page in pages
    ]
    split = [[line.replace("\uf0a7", "•").replace("\uf0b7", "•") for line in page if line] for page in split]
    edges = Counter(key for page in split for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])})
    for page in split:
        for place, line in enumerate(page):
            at_edge = place < EDGE or place >= len(page) - EDGE
            if not line.isdigit() and not (at_edge and edges[_key(line)] > max(2, len(pages) // 2)):
                yield line


def _key(line: str) -> str:
    return re.sub(r"\d+", "", line).strip()


def main() -> None:
    """Write a text for each PDF."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("pdfs", type=Path, nargs="?", default=PDFS)
    options = parser.parse_args()
    try:
        import pypdfium2
    except ImportError:
        raise SystemExit("This needs pypdfium2: pip install pypdfium2") from None
    options.folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.pdfs.glob("*.pdf")):
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        (options.folder / f"{path.stem}.md").write_text(markdown(pages), encoding="utf-8")
        print(options.folder / f"{path.stem}.md")


if __name__ == "__main__":
    main()
